# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Inputs for the fields of any kind: from what an element holds to what a form shows, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.agenda.rules.elements import Agenda, Element, Kind
from mainport.agenda.rules.fields import FieldShape, Sort
from mainport.agenda.rules.merging import Filled
from mainport.agenda.rules.nodes import KEY_PATTERN, WEBSITE_PATTERN, To
from mainport.core.rules.dates import is_reduced_date
from mainport.core.rules.languages import EVERY_LANGUAGE, say
from mainport.web.agenda import labels
from mainport.web.agenda.edit_labels import help_of, label_of, language_name

LONGEST_TEXT = 5000
#: More options than this are a list to scroll through, fewer are boxes to tick.
MANY_OPTIONS = 30
#: Texts that are a name or a few words.
_SHORT = frozenset({"title", "unit", "qualifier", "area", "precision"})

Options = list[tuple[str, Any]]


@dataclass(frozen=True)
class Setting:
    """What the inputs of one form have in common: the agenda around it, and the reader's language."""

    agenda: Agenda
    language: str
    kind: Kind | None  # None in the rows of a list that are no elements
    #: Fields that are shown and can't be changed by this person.
    locked: frozenset[str] = frozenset()
    #: Uids that make no sense as a target, such as the element itself.
    leave_out: frozenset[str] = frozenset()

    @property
    def languages(self) -> tuple[str, ...]:
        return self.agenda.languages


@dataclass(frozen=True)
class Input:
    """One input of a field: its name in the form, and how it is labelled."""

    name: str
    field: forms.Field = field(repr=False)


# --- What an element holds, as the inputs of a form ---


def filled_of(shape: FieldShape, value: Any, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """A value by the names of its inputs."""
    match shape.sort:
        case Sort.TEXT:
            text = {EVERY_LANGUAGE: value} if isinstance(value, str) else value or {}
            return {f"{shape.name}_{code}": _words(text.get(code) or text.get(EVERY_LANGUAGE)) for code in languages}
        case Sort.GROUP:
            return {f"{shape.name}_{part.name}": _words((value or {}).get(part.name)) for part in shape.parts}
        case Sort.FLAG:
            return {shape.name: ("on",) if value else ()}
        case Sort.SEVERAL:
            return {shape.name: tuple(value or ())}
        case Sort.LINES:
            return {shape.name: _words("\n".join(value or ()))}
        case Sort.LANGUAGES:
            return {}
    return {shape.name: _words(value)}


def _words(value: Any) -> tuple[str, ...]:
    return () if value in (None, "") else (str(value),)


def initial_of(filled: Filled, shapes: Sequence[FieldShape]) -> dict[str, Any]:
    """The same as Django's forms take it: several values where a field has several."""
    several = {shape.name for shape in shapes if shape.sort is Sort.SEVERAL}
    return {name: list(values) if name in several else values[0] if values else None for name, values in filled.items()}


# --- Inputs ---


def inputs_of(shape: FieldShape, setting: Setting) -> list[Input]:
    """The inputs of a field, the first one with its help."""
    if shape.sort is Sort.TEXT:
        found = [_text_input(shape, code, setting) for code in setting.languages]
    elif shape.sort is Sort.GROUP:
        found = [
            Input(f"{shape.name}_{part.name}", _with_words(_FIELDS[part.sort](part, setting), part, setting))
            for part in shape.parts
        ]
    elif shape.sort is Sort.LANGUAGES:
        return []
    else:
        make = _source if shape.name == "source" else _FIELDS[shape.sort]
        found = [Input(shape.name, _with_words(make(shape, setting), shape, setting))]
    for one in found:
        one.field.disabled = shape.name in setting.locked
    return found


def _with_words(made: forms.Field, shape: FieldShape, setting: Setting) -> forms.Field:
    made.label = label_of(shape.name)
    made.help_text = help_of(setting.kind, shape.name)
    made.required = shape.required
    return made


def _text_input(shape: FieldShape, code: str, setting: Setting) -> Input:
    attributes: dict[str, Any] = {"lang": code}
    widget: forms.Widget = forms.TextInput(attributes)
    if shape.name not in _SHORT:
        widget = forms.Textarea(attributes | {"rows": 4})
    made = _with_words(forms.CharField(max_length=LONGEST_TEXT, widget=widget), shape, setting)
    if len(setting.languages) > 1:
        made.label = f"{made.label} ({language_name(code)})"
        if code != setting.languages[0]:
            made.help_text = ""
    return Input(f"{shape.name}_{code}", made)


def _plain(shape: FieldShape, setting: Setting) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT)


def _lines(shape: FieldShape, setting: Setting) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 6}))


def _date(shape: FieldShape, setting: Setting) -> forms.Field:
    return forms.CharField(max_length=10, validators=[_is_date], widget=forms.TextInput({"inputmode": "numeric"}))


def _is_date(value: str) -> None:
    if not is_reduced_date(value):
        raise ValidationError(
            _("Found “%(found)s”. Expected a year, a month or a day: 2026, 2026-03 or 2026-03-31."),
            params={"found": value},
        )


def _website(shape: FieldShape, setting: Setting) -> forms.Field:
    return _Pattern(
        WEBSITE_PATTERN,
        gettext_lazy("Found “%(found)s”. Expected an address that begins with https:// or http://."),
        max_length=500,
        widget=forms.TextInput({"inputmode": "url"}),
    )


def _key(shape: FieldShape, setting: Setting) -> forms.Field:
    return _Pattern(
        KEY_PATTERN, gettext_lazy("Found “%(found)s”. Expected letters, digits and hyphens only."), max_length=80
    )


class _Pattern(forms.CharField):
    """Words of a certain form, with a message that says which."""

    def __init__(self, pattern: str, message: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern, self.message = pattern, message

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.search(self.pattern, value):
            raise ValidationError(self.message, params={"found": value})


def _whole(shape: FieldShape, setting: Setting) -> forms.Field:
    least = None if shape.least is None else int(shape.least)
    most = None if shape.most is None else int(shape.most)
    return forms.IntegerField(min_value=least, max_value=most)


class _NumberField(forms.FloatField):
    """A number that stays whole where it is written so."""

    def to_python(self, value: Any) -> Any:
        number = super().to_python(value)
        return int(number) if number is not None and re.fullmatch(r"\s*-?\d{1,15}\s*", str(value)) else number


def _number(shape: FieldShape, setting: Setting) -> forms.Field:
    widget = forms.NumberInput({"step": "any"})
    return _NumberField(min_value=shape.least, max_value=shape.most, widget=widget)


def _flag(shape: FieldShape, setting: Setting) -> forms.Field:
    return forms.BooleanField()


def _choice(shape: FieldShape, setting: Setting) -> forms.Field:
    words = [(value, labels.value(shape.name, value)) for value in shape.choices]
    # A choice that has a value of its own when nothing is said needs no empty option.
    return forms.ChoiceField(choices=words if shape.name == "size" else _with_none(words))


def _source(shape: FieldShape, setting: Setting) -> forms.Field:
    sources = setting.agenda.sources.values()
    return forms.ChoiceField(choices=_with_none([(s.key, say(s.title, setting.language)) for s in sources]))


def _one(shape: FieldShape, setting: Setting) -> forms.Field:
    assert shape.to
    return forms.ChoiceField(choices=_with_none(_targets(shape.to, setting)))


def _several(shape: FieldShape, setting: Setting) -> forms.Field:
    assert shape.to
    options = _targets(shape.to, setting)
    count = sum(len(inner) if isinstance(inner, list) else 1 for _value, inner in options)
    if count <= MANY_OPTIONS:
        return forms.MultipleChoiceField(choices=_flat(options), widget=forms.CheckboxSelectMultiple)
    return forms.MultipleChoiceField(choices=options, widget=forms.SelectMultiple({"size": 10}))


def _with_none(options: Options) -> Options:
    return [("", _("none")), *options]


def _flat(options: Options) -> Options:
    return [one for value, inner in options for one in (inner if isinstance(inner, list) else [(value, inner)])]


def _targets(to: To, setting: Setting) -> Options:
    """What a relation may name, under the word for its kind where there are several kinds."""
    by_kind: dict[Kind, Options] = {kind: [] for kind in to.kinds}
    for element in setting.agenda.elements.values():
        if element.kind in by_kind and element.uid not in setting.leave_out:
            by_kind[element.kind].append((element.uid, title_of(element, setting.language)))
    groups = [(labels.several(kind), options) for kind, options in by_kind.items() if options]
    return [one for _label, options in groups for one in options] if len(groups) == 1 else list(groups)


def title_of(element: Element, language: str) -> str:
    """An element in a list: a task with its code."""
    title = say(element.title, language)
    return f"{element.key} {title}" if element.kind is Kind.TASK else title


_FIELDS: Mapping[Sort, Callable[[FieldShape, Setting], forms.Field]] = {
    Sort.WORDS: _plain,
    Sort.LINES: _lines,
    Sort.DATE: _date,
    Sort.WEBSITE: _website,
    Sort.KEY: _key,
    Sort.WHOLE: _whole,
    Sort.NUMBER: _number,
    Sort.CHOICE: _choice,
    Sort.FLAG: _flag,
    Sort.ONE: _one,
    Sort.SEVERAL: _several,
}


# --- And back ---


def value_of(shape: FieldShape, cleaned: Mapping[str, Any], stored: Any, languages: Sequence[str]) -> Any:
    """What a node class takes, out of what the inputs hold; None for nothing. `stored` is what it was."""
    match shape.sort:
        case Sort.TEXT:
            return _text_of(shape.name, cleaned, stored, languages)
        case Sort.GROUP:
            parts = {part.name: cleaned.get(f"{shape.name}_{part.name}") for part in shape.parts}
            return {name: value for name, value in parts.items() if value} or None
        case Sort.LINES:
            return [line.strip() for line in (cleaned.get(shape.name) or "").splitlines() if line.strip()] or None
        case Sort.LANGUAGES:
            return stored
        case Sort.ONE:
            return _target(cleaned.get(shape.name), shape) or None
        case Sort.SEVERAL:
            chosen = [_target(uid, shape) for uid in cleaned.get(shape.name) or ()]
            before = [key for key in stored or () if key in chosen]
            return [*before, *(key for key in chosen if key not in before)] or None
    value = cleaned.get(shape.name)
    return None if value in ("", False) else value


def _text_of(name: str, cleaned: Mapping[str, Any], stored: Any, languages: Sequence[str]) -> Any:
    """Words that are the same in every language stay one text where they were, or where they are new."""
    words = {code: (cleaned.get(f"{name}_{code}") or "").replace("\r\n", "\n") for code in languages}
    words = {code: text for code, text in words.items() if text}
    if not words:
        return None
    was_one = isinstance(stored, str) or (stored is None and len(languages) > 1)
    same = len(words) == len(languages) and len(set(words.values())) == 1
    return {EVERY_LANGUAGE: next(iter(words.values()))} if same and was_one else words


def _target(uid: str | None, shape: FieldShape) -> str:
    assert shape.to
    return (uid or "") if shape.to.qualified else (uid or "").partition(":")[2]
