# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One indicator with its past: what is known of it, or was on a day, and what its values were before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from mainport.monitor.models import Dataset
from mainport.monitor.queries.indicators import (
    ENTERED,
    PUBLISHED,
    IndicatorValues,
    Reads,
    definition_of,
    find_indicators,
    goals_of,
)
from mainport.monitor.queries.observations import Value, learnt
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.revisions import Revision, State, revisions

#: Moments at which something was learnt that are told apart; the first of them holds all that is older.
_MOMENTS = 40


@dataclass(frozen=True)
class InFull:
    """`tables` hold the values: those that the formula reads, then those of figures that were published."""

    values: IndicatorValues
    revisions: Sequence[Revision]
    tables: Sequence[Dataset]


def in_full(key: str, known_at: datetime | None = None) -> InFull:
    """An indicator as known now, or as known at a moment. Five queries. Raises Indicator.DoesNotExist."""
    one = find_indicators().prefetch_related(None).get(key=key)
    definition = definition_of(one)
    read = Reads([definition])
    rows = learnt(read.series, known_at) if read.series else []
    states = _states(read, definition, rows)
    read.fill(_in_order({(row.series, row.period): row for _at, row in rows}))
    used = {at[0] for at in read.series.values()} - {ENTERED}
    return InFull(
        values=read.values_of(one, definition, goals_of([one], known_at).get(one.pk, [])),
        revisions=revisions(states),
        tables=sorted(
            (read.datasets[name] for name in used if name in read.datasets),
            key=lambda row: (row.key == PUBLISHED, row.key != definition.connection.table, row.key),
        ),
    )


def _states(read: Reads, definition: Definition, rows: Sequence[tuple[datetime, Value]]) -> list[State]:
    """What was known from each moment on; none where no cell was ever learnt twice, so that nothing was revised."""
    if len({(row.series, row.period) for _at, row in rows}) == len(rows):
        return []
    moments = [(at, [row for _at, row in several]) for at, several in groupby(rows, key=itemgetter(0))]
    cells: dict[tuple[int, str], Value] = {}
    states = []
    for left, (at, several) in zip(range(len(moments), 0, -1), moments, strict=True):
        cells.update({(row.series, row.period): row for row in several})
        if left <= _MOMENTS:
            read.fill(_in_order(cells))
            states.append(State(at, read.lines_of(definition), read.figures(definition)))
    return states


def _in_order(cells: dict[tuple[int, str], Value]) -> list[Value]:
    return sorted(cells.values(), key=lambda row: (row.series, row.start, row.end, row.period))
