# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From a form that was filled in well to the elements that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import ValidationError

from mainport.agenda.rules import nesting
from mainport.agenda.rules.checks import Trouble
from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.faults import explain
from mainport.agenda.rules.nodes import NODES, PLAN_TITLE
from mainport.core.rules.languages import say
from mainport.web.agenda.edit_data import MILESTONE_FIELDS, MILESTONES
from mainport.web.agenda.edit_fields import title_of
from mainport.web.agenda.edit_forms import EditForm, FieldsForm

#: Characters that a code takes from a title.
_KEY_LENGTH = 48

#: What the rules say of a whole agenda, for readers of a page.
_SAID: dict[str, Promise] = {
    "nothing": gettext_lazy("nothing"),
    "plans that don't wait for each other": gettext_lazy("plans that don't wait for each other"),
    "an id that no partner has": gettext_lazy("a code that no partner has"),
    "text that isn't empty, without control characters": gettext_lazy("text without control characters"),
}


class Unfit(Exception):
    """What was filled in makes no element; the faults stand at their inputs."""


@dataclass(frozen=True)
class Result:
    """What is to be put, the element itself first, and the uids of what is to be removed."""

    put: list[Element]
    remove: list[str]


def result_of(form: EditForm, taken: Iterable[str]) -> Result:
    """The elements that the form makes. `taken` are the uids of all that is or was in the agenda.

    Raises Unfit.
    """
    used = set(taken)
    base = form.subject.element
    values = form.fields.values(nesting.fields_of(base))
    for rows in form.lists:
        if rows.name != MILESTONES and rows.rows:
            values[rows.name] = [row.form.values({}) for row in rows.rows]
    element = _element(form, form.fields, values, _key(form, values, used), base)
    milestones = _milestones(form, element, used)
    kept = {milestone.uid for milestone in milestones}
    gone = [milestone.uid for milestone in form.subject.milestones if milestone.uid not in kept]
    return Result([element, *milestones], gone)


def _key(form: EditForm, values: Mapping[str, Any], used: set[str]) -> str:
    element = form.subject.element
    if form.key is None:
        return element.key
    written = str(form.key.cleaned_data["id"])
    if not written:
        return _free_key(element.kind, _title(form, values), used)
    if f"{element.kind}:{written}" in used:
        words = _("Found “%(found)s”, which is in use or once was. Expected a new code.")
        form.key.add_error("id", words % {"found": written})
        raise Unfit
    return written


def _title(form: EditForm, values: Mapping[str, Any]) -> str:
    return say(values.get("title"), form.setting.languages[0])


def _free_key(kind: Kind, words: str, used: set[str]) -> str:
    """A code out of these words, with a number where it is in use."""
    stem = slugify(words)[:_KEY_LENGTH].strip("-_").replace("_", "-") or kind.value
    keys = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(used) + 3))
    key = next(key for key in keys if f"{kind}:{key}" not in used)
    used.add(f"{kind}:{key}")
    return key


def _element(form: EditForm, inputs: FieldsForm, values: Mapping[str, Any], key: str, base: Element) -> Element:
    """The element that these values make, in the place of `base`."""
    model = NODES[base.kind]
    fields: dict[str, Any] = dict(values)
    if base.kind is not Kind.PLAN:
        fields["id"] = key
    elif not fields.get("title"):
        fields["title"] = dict(PLAN_TITLE)
    try:
        node = model.model_validate(fields)
    except ValidationError as error:
        for path, found, expected in explain(error, model):
            if inputs is form.fields:
                form.note(path, _words(found, expected))
            else:
                inputs.add_error(None, _words(found, expected))
        raise Unfit from None
    partners = {element.key for element in form.setting.agenda.elements.values() if element.kind is Kind.PARTNER}
    return nesting.element_of(node, key=key, parent=base.parent, position=base.position, partners=partners)


def _milestones(form: EditForm, plan: Element, used: set[str]) -> list[Element]:
    """The milestones of a plan; of one that was there, what the form doesn't show stays as it is."""
    stored = {milestone.key: milestone for milestone in form.subject.milestones}
    last = max((milestone.position for milestone in stored.values()), default=-1)
    found = []
    for inputs in form.rows(MILESTONES):
        base = stored.get(inputs.cleaned_data["key"])
        before = nesting.fields_of(base) if base else {}
        values = {name: value for name, value in before.items() if name not in (*MILESTONE_FIELDS, "id")}
        values |= inputs.values(before)
        if base is None:
            last += 1
            planned = plan.key.partition("-")[2]
            key = _free_key(Kind.MILESTONE, f"{planned} {_title(form, values)}", used)
            base = Element(Kind.MILESTONE, key, plan.uid, last, {})
        found.append(_element(form, inputs, values, base.key, base))
    return found


def _words(found: str, expected: str) -> str:
    return _("Found %(found)s. Expected %(expected)s.") % {
        "found": _SAID.get(found, found),
        "expected": _SAID.get(expected, expected),
    }


def note_troubles(form: EditForm, troubles: Iterable[Trouble]) -> None:
    """What the agenda would no longer hold, at its input where it is about the element itself."""
    elements = form.setting.agenda.elements
    about = form.subject.element.uid
    for trouble in troubles:
        words = _words(trouble.found, trouble.expected)
        other = elements.get(trouble.uid)
        if trouble.uid == about or other is None:
            form.note(trouble.field, words)
        else:
            form.fields.add_error(None, f"{title_of(other, form.setting.language)}: {words}")
