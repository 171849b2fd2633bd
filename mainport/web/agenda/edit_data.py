# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is edited, as the inputs of its form: of what is stored, and of what somebody sent.

A row of a list (a risk, a milestone of a plan) has inputs named list-number-field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from mainport.agenda.rules import nesting
from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.fields import FieldShape, Sort, fields_of_kind
from mainport.agenda.rules.merging import Filled
from mainport.web.agenda.edit_fields import filled_of

#: Of a milestone inside the form of its plan; its other fields stay what they are.
MILESTONE_FIELDS = ("title", "due", "owner")
MILESTONES = "milestones"
#: Inputs that aren't about the element.
_ASIDE = frozenset({"csrfmiddlewaretoken", "why", "opened", "row"})


@dataclass(frozen=True)
class Subject:
    """What is edited: an element as it stands, or a draft of a new one, and the milestones of a plan."""

    element: Element
    milestones: tuple[Element, ...] = ()
    is_new: bool = False


def lists_of(kind: Kind) -> dict[str, tuple[FieldShape, ...]]:
    """The lists whose rows stand in the form of this kind, with the fields of a row."""
    found = {shape.name: shape.parts for shape in fields_of_kind(kind) if shape.sort is Sort.ROWS}
    if kind is Kind.PLAN:
        by_name = {shape.name: shape for shape in fields_of_kind(Kind.MILESTONE)}
        found[MILESTONES] = tuple(by_name[name] for name in MILESTONE_FIELDS)
    return found


def stored(subject: Subject, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What stands in the agenda, as its form would send it."""
    fields = by_uid(subject.element)
    found: dict[str, tuple[str, ...]] = {}
    for shape in fields_of_kind(subject.element.kind):
        if shape.sort is not Sort.ROWS:
            found |= filled_of(shape, fields.get(shape.name), languages)
    for name, shapes in lists_of(subject.element.kind).items():
        rows = fields.get(name, ())
        if name == MILESTONES:
            rows = [by_uid(milestone) | {"key": milestone.key} for milestone in subject.milestones]
        found |= _filled_rows(name, shapes, rows, languages)
    return found


def _filled_rows(
    name: str, shapes: Sequence[FieldShape], rows: Iterable[Mapping[str, Any]], languages: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for index, row in enumerate(rows):
        for shape in shapes:
            value = row.get(shape.name, _UNSAID.get(shape.name))
            found |= {f"{name}-{index}-{one}": values for one, values in filled_of(shape, value, languages).items()}
        if row.get("key"):
            found[f"{name}-{index}-key"] = (row["key"],)
    return found


#: What a field of a row is where nothing is said.
_UNSAID = {"size": "medium"}


def by_uid(element: Element) -> dict[str, Any]:
    """The element's own fields, with relations by uid."""
    fields = nesting.fields_of(element) | {"title": dict(element.title)}
    for name in {link.role for link in element.links}:
        targets = [link.target for link in element.links if link.role == name]
        fields[name] = targets if isinstance(fields[name], list) else targets[0]
    return fields


def sent(data: QueryDict) -> dict[str, tuple[str, ...]]:
    """What somebody filled in, without rows that are empty or that this very press takes out."""
    found = {name: tuple(values) for name, values in data.lists() if name not in _ASIDE}
    drop = data.get("row", "").removeprefix("drop:")
    for row in rows_of(found):
        inside = {name: values for name, values in found.items() if name.startswith(f"{row}-")}
        told = any(
            value.strip() and name.rpartition("-")[2] not in _UNSAID
            for name, values in inside.items()
            for value in values
        )
        if row == drop or not told:
            found = {name: values for name, values in found.items() if name not in inside}
    return found


def rows_of(filled: Filled, name: str = "") -> list[str]:
    """The rows that are filled in (risks-0, risks-1), of one list or of all, in their order."""
    found = set()
    for one in filled:
        parts = one.split("-")
        if len(parts) == 3 and parts[1].isascii() and parts[1].isdigit() and (not name or parts[0] == name):
            found.add((parts[0], int(parts[1])))
    return [f"{of}-{number}" for of, number in sorted(found)]
