# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Counts the values of facets among what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tantivy import Query, Searcher

from mainport.catalogue.search.answers import Facet, Value
from mainport.catalogue.search.wordindex import facet_field

#: Values that are counted beyond those shown, so that chosen ones and ties come out right.
SPARE = 20


def count(
    names: Sequence[str],
    chosen: Mapping[str, Sequence[str]],
    size: int,
    searcher: Searcher,
    found: Callable[[str | None], Query],
) -> tuple[Facet, ...]:
    """The facets' values and counts. `found` gives the query without the filter of the facet that is named.

    Facets without a choice of their own are counted in one pass.
    """
    free = [name for name in names if not chosen.get(name)]
    counts: dict[str, dict[str, int]] = {}
    if free:
        counts |= _counts(free, size, searcher, found(None))
    for name in names:
        if chosen.get(name):
            counts |= _counts([name], size, searcher, found(name))
    return tuple(_facet(name, counts[name], tuple(chosen.get(name, ())), size) for name in names)


def _counts(names: Sequence[str], size: int, searcher: Searcher, query: Query) -> dict[str, dict[str, int]]:
    asked = {name: {"terms": {"field": facet_field(name), "size": size + SPARE}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[name]["buckets"]} for name in names
    }


def _facet(name: str, counts: Mapping[str, int], chosen: tuple[str, ...], size: int) -> Facet:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = ordered[:size]
    shown += [(value, counts.get(value, 0)) for value in chosen if value not in dict(shown)]
    return Facet(name, tuple(Value(value, number, value in chosen) for value, number in shown))
