# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who may read a file today, and how works are related."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mainport.catalogue.rules.works import Access


def is_open(access: str, embargo_until: date | None, day: date) -> bool:
    """Whether everybody may read a file on this day: one under embargo from the day on which that ends.

    >>> end = date(2027, 1, 1)
    >>> is_open("embargoed", end, date(2026, 12, 31)), is_open("embargoed", end, end)
    (False, True)
    """
    if access == Access.EMBARGOED:
        return embargo_until is not None and embargo_until <= day
    return access == Access.OPEN and (embargo_until is None or embargo_until <= day)


class Sense(StrEnum):
    """What another work is to this one."""

    GROUND = "ground"  # This one builds on it.
    SEQUEL = "sequel"  # It builds on this one.
    TOGETHER = "together"


#: Kinds of relations of DataCite 4.7 by which a work says that it came after another, and their opposites.
_AFTER = frozenset(
    [
        "Continues",
        "IsDerivedFrom",
        "References",
        "Cites",
        "IsSupplementTo",
        "IsNewVersionOf",
        "Reviews",
        "Obsoletes",
        "Documents",
        "Compiles",
    ]
)
_BEFORE = frozenset(
    [
        "IsContinuedBy",
        "IsSourceOf",
        "IsReferencedBy",
        "IsCitedBy",
        "IsSupplementedBy",
        "IsPreviousVersionOf",
        "IsReviewedBy",
        "IsObsoletedBy",
        "IsDocumentedBy",
        "IsCompiledBy",
    ]
)


def sense(kind: str, *, told_by_other: bool = False) -> Sense:
    """What the other work is to this one, where this one (or that one) told the relation.

    >>> sense("Continues").value, sense("Continues", told_by_other=True).value, sense("IsPartOf").value
    ('ground', 'sequel', 'together')
    """
    if kind not in _AFTER | _BEFORE:
        return Sense.TOGETHER
    return Sense.SEQUEL if (kind in _AFTER) == told_by_other else Sense.GROUND
