# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What speaks for two records being one, what against it, and how certain that makes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import prod

#: From here on records are merged by themselves; that can be undone.
SURE = 0.9
#: From here on somebody is asked.
PERHAPS = 0.5
#: Records that share a key and are still compared each with each; of more, each is compared with the first.
MOST = 60


class Evidence(StrEnum):
    """A kind of reason; the values are those of the API."""

    DOI = "same-doi"
    HANDLE = "same-handle"
    ISBN = "same-isbn"
    URN = "same-urn"
    RECORD = "same-record"
    ADDRESS = "same-address"
    FILE = "same-file"
    TITLE = "same-title"
    LIKE_TITLE = "alike-title"
    AUTHORS = "same-authors"
    YEAR = "same-year"
    TEXT = "alike-text"
    PROVIDER = "same-provider"
    CODE = "same-code"
    OTHER_TITLE = "other-title"
    OTHER_DOI = "other-doi"
    OTHER_TYPE = "other-type"
    OTHER_YEAR = "other-year"
    OTHER_AUTHORS = "other-authors"


@dataclass(frozen=True)
class Reason:
    """One reason, with what both records say, or how alike they are. `most` is how certain it lets the pair be."""

    kind: Evidence
    detail: str = ""
    weight: float = 0.0
    most: float = 1.0

    @property
    def against(self) -> bool:
        return self.most < 1


@dataclass(frozen=True)
class Pair:
    """Two records that may be one. The keys stand in order."""

    first: str
    second: str
    certainty: float
    reasons: tuple[Reason, ...]


def weigh(first: str, second: str, reasons: Iterable[Reason]) -> Pair:
    """The pair, as certain as its reasons make it together, and never more than those against it allow."""
    told = tuple(reasons)
    certainty = 1 - prod(1 - reason.weight for reason in told)
    bounded = min([certainty, *(reason.most for reason in told)])
    one, other = sorted((first, second))
    return Pair(one, other, round(bounded, 4), told)


def candidates(listed: Mapping[str, list[int]]) -> set[tuple[int, int]]:
    """The places to compare, out of those that share each key."""
    found: set[tuple[int, int]] = set()
    for places in listed.values():
        alone = sorted(set(places))
        if len(alone) <= MOST:
            found.update(combinations(alone, 2))
        else:
            found.update((alone[0], other) for other in alone[1:])
    return found
