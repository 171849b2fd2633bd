# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Groups of records that are one, out of pairs."""

from __future__ import annotations

from collections.abc import Iterable

from mainport.catalogue.rules.matching.evidence import SURE, Pair


def groups(
    pairs: Iterable[Pair], *, least: float = SURE, apart: Iterable[tuple[str, str]] = ()
) -> list[tuple[str, ...]]:
    """The groups of two or more that the pairs make, the most certain pairs first.

    `apart` holds pairs that may never be in one group, such as those that somebody took apart: one can't be joined
    with another by way of a third.
    """
    member: dict[str, set[str]] = {}
    never: dict[str, set[str]] = {}
    for one, other in apart:
        never.setdefault(one, set()).add(other)
        never.setdefault(other, set()).add(one)
    for pair in sorted(pairs, key=lambda pair: (-pair.certainty, pair.first, pair.second)):
        if pair.certainty < least:
            break
        mine, theirs = member.get(pair.first, {pair.first}), member.get(pair.second, {pair.second})
        if mine is theirs or any(never.get(one, set()) & theirs for one in mine):
            continue
        joined = mine | theirs
        member.update(dict.fromkeys(joined, joined))
    found = {min(group): tuple(sorted(group)) for group in member.values()}
    return [found[name] for name in sorted(found)]
