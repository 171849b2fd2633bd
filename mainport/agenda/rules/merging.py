# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Two people filled in the same form: what each changed, put together.

A form is a mapping from the name of an input to its values. Inputs whose names begin alike up to a
hyphen (risks-0-size, risks-1-size) are one list of rows, which is merged as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Filled = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Merged:
    """Both people's changes together. Of `conflicts`, which both changed, it holds mine."""

    filled: dict[str, tuple[str, ...]]
    taken: tuple[str, ...]
    conflicts: tuple[str, ...]


def merge(opened: Filled, theirs: Filled, mine: Filled) -> Merged:
    """What I changed since `opened` over what they did; units by name, in the order of mine."""
    filled: dict[str, tuple[str, ...]] = {}
    taken, conflicts = [], []
    for unit in dict.fromkeys(unit_of(name) for name in (*mine, *theirs, *opened)):
        before, other, own = (_part(form, unit) for form in (opened, theirs, mine))
        changed_by_me, changed_by_them = _said(own) != _said(before), _said(other) != _said(before)
        if changed_by_them and not changed_by_me:
            taken.append(unit)
            filled |= other
            continue
        if changed_by_them and _said(own) != _said(other):
            conflicts.append(unit)
        filled |= own
    return Merged(filled, tuple(taken), tuple(conflicts))


def unit_of(name: str) -> str:
    return name.partition("-")[0]


def _part(form: Filled, unit: str) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in form.items() if unit_of(name) == unit}


def _said(part: Filled) -> dict[str, tuple[str, ...]]:
    """What was filled in: an input that was left empty is as one that isn't there; order says nothing."""
    found = {name: tuple(sorted(filter(None, map(_clean, values)))) for name, values in part.items()}
    return {name: values for name, values in found.items() if values}


def _clean(value: str) -> str:
    return value.replace("\r\n", "\n").strip()
