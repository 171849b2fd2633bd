# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The form on which an element is edited or added: its code, its fields, its rows, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.fields import FieldShape, Sort, fields_of_kind
from mainport.agenda.rules.merging import Filled
from mainport.agenda.rules.nodes import KEY_PATTERN
from mainport.core.rules.dates import first_day, last_day
from mainport.web.agenda.edit_data import MILESTONES, Subject, lists_of, rows_of, stored
from mainport.web.agenda.edit_fields import Setting, initial_of, inputs_of, value_of
from mainport.web.agenda.edit_labels import label_of

#: Rows that one form takes; far beyond a plan that anybody can carry out.
MOST_ROWS = 200

#: Fields that stand beside the one before them.
_BESIDE = {"end": "start", "owner": "due", "years": "per_year", "total": "years", "longitude": "latitude"}

_ADD = {"risks": gettext_lazy("Add a risk"), MILESTONES: gettext_lazy("Add a milestone")}
_ROW = {
    "risks": pgettext_lazy("row", "Risk %(number)s"),
    MILESTONES: pgettext_lazy("row", "Milestone %(number)s"),
}


class WhyForm(forms.Form):
    """The reason, kept with the version, and the newest version that the editor saw."""

    why = forms.CharField(
        label=gettext_lazy("Why do you change this?"),
        help_text=gettext_lazy(
            "One sentence, such as “Decided by the steering group on 12 March”. It stays with this version, "
            "and everybody can read it: name no people."
        ),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )
    opened = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class KeyForm(forms.Form):
    """The code of something new."""

    id = forms.CharField(
        label=pgettext_lazy("field", "Code"),
        help_text=gettext_lazy(
            "Letters, digits and hyphens, such as E7. It stands in the address and never changes. "
            "Leave it empty and it is made from the title."
        ),
        max_length=80,
        required=False,
    )

    def clean_id(self) -> str:
        key: str = self.cleaned_data["id"]
        if key and not re.search(KEY_PATTERN, key):
            raise forms.ValidationError(
                _("Found “%(found)s”. Expected letters, digits and hyphens only."), params={"found": key}
            )
        return key


class FieldsForm(forms.Form):
    """Inputs for a list of fields; `key` names what a row is stored as."""

    def __init__(self, shapes: Sequence[FieldShape], setting: Setting, *, in_row: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shapes = shapes
        self.setting = setting
        self.names: dict[str, list[str]] = {}
        for shape in shapes:
            inputs = inputs_of(shape, setting)
            self.names[shape.name] = [one.name for one in inputs]
            self.fields |= {one.name: one.field for one in inputs}
        if in_row:
            self.fields["key"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for shape in self.shapes:
            if shape.sort is Sort.TEXT:
                self._check_text(shape, cleaned)
        for start, end in (("start", "end"), ("period_start", "period_end")):
            self._check_order(cleaned.get(start), cleaned.get(end), end)
        if self.setting.kind is Kind.CONTRIBUTION:
            self._check_total(cleaned)
        if self.setting.kind is Kind.PLACE:
            self._check_coordinates(cleaned)
        return cleaned

    def _check_text(self, shape: FieldShape, cleaned: Mapping[str, Any]) -> None:
        """A text stands in every language, or in none."""
        names = self.names[shape.name]
        if any(cleaned.get(name) for name in names):
            for name in names:
                if not cleaned.get(name) and not self.has_error(name):
                    self.add_error(name, _("Found nothing. Expected the text in every language, or in none."))

    def _check_order(self, start: str | None, end: str | None, name: str) -> None:
        if start and end and first_day(start) > last_day(end):
            words = _("Found “%(end)s”. Expected a date not before the start, %(start)s.")
            self.add_error(name, words % {"end": end, "start": start})

    def _check_total(self, cleaned: Mapping[str, Any]) -> None:
        per_year, years, total = (cleaned.get(name) for name in ("per_year", "years", "total"))
        if per_year is not None and years and total is not None and per_year * years != total:
            words = _("Found %(total)s. Expected %(years)s years of %(per_year)s: %(right)s.")
            found = {"total": total, "years": years, "per_year": per_year, "right": per_year * years}
            self.add_error("total", words % found)

    def _check_coordinates(self, cleaned: Mapping[str, Any]) -> None:
        one, other = cleaned.get("latitude"), cleaned.get("longitude")
        if (one is None) != (other is None):
            missing = "latitude" if one is None else "longitude"
            if not self.has_error(missing):
                self.add_error(missing, _("Found nothing. Expected latitude and longitude together."))
        name = self.names["precision"][0]
        if one is not None and not cleaned.get(name) and not self.has_error(name):
            self.add_error(name, _("Found nothing. Expected how exact the coordinates are."))

    def groups(self) -> list[list[forms.BoundField]]:
        """The inputs that stand beside each other: one field in each language, fields that go together."""
        found: list[list[forms.BoundField]] = []
        before = ""
        for field, names in self.names.items():
            inputs = [self[name] for name in names]
            if _BESIDE.get(field) == before and found:
                found[-1] += inputs
            elif inputs:
                found.append(inputs)
            before = field
        return found

    def values(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """What was filled in, as a node class takes it; `before` is what it was."""
        languages = self.setting.languages
        found = {s.name: value_of(s, self.cleaned_data, before.get(s.name), languages) for s in self.shapes}
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True)
class Row:
    """One row of a list."""

    name: str  # risks-0
    label: str
    form: FieldsForm


@dataclass(frozen=True)
class Rows:
    """A list whose rows are edited in the form of what holds it."""

    name: str
    label: str
    add_label: str
    rows: list[Row]


class EditForm:
    """The whole form, opened on what is stored, or bound to what somebody filled in."""

    def __init__(
        self,
        subject: Subject,
        setting: Setting,
        *,
        filled: Filled | None = None,
        why: QueryDict | dict[str, Any] | None = None,
        opened: int = 0,
        add: str = "",
    ) -> None:
        self.subject = subject
        self.setting = setting
        kind = subject.element.kind
        own = [shape for shape in fields_of_kind(kind) if shape.sort is not Sort.ROWS]
        before = stored(subject, setting.languages)
        shown = before if filled is None else filled
        data = None if filled is None else _query(filled)
        self.fields = FieldsForm(own, setting, data=data, initial=initial_of(before, own))
        self.key = KeyForm(data=data) if subject.is_new and kind is not Kind.PLAN else None
        self.why = WhyForm(data=why, initial={"opened": opened})
        self.lists = [
            self._rows(name, shapes, shown, bound=filled is not None, add=add == name)
            for name, shapes in lists_of(kind).items()
        ]

    def _rows(self, name: str, shapes: tuple[FieldShape, ...], shown: Filled, *, bound: bool, add: bool) -> Rows:
        kind = Kind.MILESTONE if name == MILESTONES else None
        setting = replace(self.setting, kind=kind, locked=frozenset())
        found: dict[str, FieldsForm] = {}
        for row in rows_of(shown, name)[:MOST_ROWS]:
            inside = {one: values for one, values in shown.items() if one.startswith(f"{row}-")}
            initial = initial_of({one.rpartition("-")[2]: values for one, values in inside.items()}, shapes)
            data = _query(inside) if bound else None
            found[row] = FieldsForm(shapes, setting, in_row=True, data=data, initial=initial, prefix=row)
        if add and len(found) < MOST_ROWS:
            number = max((int(row.rpartition("-")[2]) for row in found), default=-1) + 1
            fresh = FieldsForm(shapes, setting, in_row=True, initial={"size": "medium"}, prefix=f"{name}-{number}")
            next(iter(fresh.fields.values())).widget.attrs["autofocus"] = True
            found[f"{name}-{number}"] = fresh
        rows = [Row(row, str(_ROW[name] % {"number": n}), form) for n, (row, form) in enumerate(found.items(), 1)]
        return Rows(name, label_of(name), str(_ADD[name]), rows)

    def rows(self, name: str) -> list[FieldsForm]:
        """The forms of the rows of one list."""
        return [row.form for rows in self.lists if rows.name == name for row in rows.rows]

    def every_form(self) -> list[forms.Form]:
        heads = [self.key] if self.key else []
        return [*heads, self.fields, *(row.form for rows in self.lists for row in rows.rows), self.why]

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.every_form())

    def faults(self) -> list[tuple[str, str, str]]:
        """(id of the input, its label, what is wrong) of every fault, in the order of the page."""
        bound = [form for form in self.every_form() if form.is_bound]
        general = [("", "", str(error)) for form in bound for error in form.non_field_errors()]
        at_inputs = [
            (f"{one.auto_id}_0" if one.use_fieldset else one.auto_id, str(one.label), str(error))
            for form in bound
            for one in form
            for error in one.errors
        ]
        return general + at_inputs

    def labels_of(self, units: Iterable[str]) -> list[str]:
        """What these inputs and lists are called, each field once."""
        fields = {one: name for name, inputs in self.fields.names.items() for one in inputs}
        return list(dict.fromkeys(label_of(fields.get(unit, unit)) for unit in units))

    def note(self, path: Sequence[str | int], words: str) -> None:
        """A fault that shows only when all is put together, at the input where it belongs."""
        form: FieldsForm = self.fields
        names = [str(part) for part in path]
        if len(path) > 1 and isinstance(path[1], int) and path[1] < len(self.rows(names[0])):
            form, names = self.rows(names[0])[path[1]], names[2:]
        candidates = ["_".join(names), *form.names.get(names[0] if names else "", ())]
        form.add_error(next((name for name in candidates if name in form.fields), None), words)


def _query(filled: Filled) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in filled.items():
        data.setlist(name, list(values))
    return data
