# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What changed between two states of an agenda: file and database, or one day and another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mainport.agenda.rules.elements import Agenda, Element
from mainport.agenda.rules.nodes import SHAPES


class Sort(StrEnum):
    """What happened to an element."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new value, as plain JSON values; None where there was or is none."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """What happened to one element."""

    sort: Sort
    uid: str
    old: Element | None
    new: Element | None

    @property
    def element(self) -> Element:
        """The element as it is, or as it last was."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def fields(self) -> tuple[FieldChange, ...]:
        """The fields that differ; for an added or removed element all that it has."""
        old = _fields(self.old) if self.old else {}
        new = _fields(self.new) if self.new else {}
        return tuple(
            FieldChange(name, old.get(name), new.get(name))
            for name in dict.fromkeys([*old, *new])
            if old.get(name) != new.get(name)
        )

    def to_json(self) -> dict[str, Any]:
        return {
            "change": self.sort.value,
            "id": self.uid,
            "title": dict(self.element.title),
            "fields": [{"field": f.field, "old": f.old, "new": f.new} for f in self.fields],
        }


def _fields(element: Element) -> dict[str, Any]:
    """All that can differ, flat: attributes and relations beside what every element has."""
    fields = element.to_json()
    links = fields.pop("links")
    attributes = fields.pop("attributes")
    del fields["kind"], fields["key"]
    fields |= attributes
    for name in SHAPES[element.kind].relations:
        targets = [link["target"] for link in links if link["role"] == name]
        if targets:
            fields[name] = targets
    return {name: value for name, value in fields.items() if value is not None and value is not False}


def compare(old: Mapping[str, Element], new: Mapping[str, Element]) -> Iterator[Change]:
    """Every difference, in the order of the new state, what was removed last."""
    for uid, element in new.items():
        before = old.get(uid)
        if before is None:
            yield Change(Sort.ADDED, uid, None, element)
        elif before != element:
            yield Change(Sort.CHANGED, uid, before, element)
    for uid, element in old.items():
        if uid not in new:
            yield Change(Sort.REMOVED, uid, element, None)


def overlay(old: Mapping[str, Element], agenda: Agenda) -> dict[str, Element]:
    """The state after this agenda is laid over the old one: what it doesn't speak of stays.

    An old element goes only where the agenda speaks of its kind under its parent, or where its
    parent goes.
    """
    if agenda.stated is None:
        return dict(agenda.elements)
    result = dict(agenda.elements)
    for uid, element in old.items():  # Parents come before their children.
        if uid in result or element.parent is None:
            continue
        if element.parent in result and (element.parent, element.kind) not in agenda.stated:
            result[uid] = element
    return result
