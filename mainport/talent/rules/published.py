# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What of the paths and rates of places may be shown: small counts kept back, and what would give them away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mainport.talent.rules.disclosure import THRESHOLD, protect, protect_list
from mainport.talent.rules.paths import PathCounts, Paths
from mainport.talent.rules.retention import Retention


@dataclass(frozen=True)
class Cautious:
    """Only what may be shown. A place whose number of graduates is itself kept back isn't there."""

    counts: tuple[PathCounts, ...]
    retention: tuple[Retention, ...]
    #: Places of which nothing can be said.
    left_out: int


def cautious(found: Paths, threshold: int = THRESHOLD) -> Cautious:
    """The paths as one table (places by path, unknown included), with its totals protected too.

    Who was kept is told only where both its paths are, since the one would give away the other. Who came from
    elsewhere is protected as a list, and belongs to no row of the table.
    """
    if not found.counts:
        return Cautious((), (), len(found.retention))
    table = protect([[*map(_known, place.counts), _known(place.unknown)] for place in found.counts], threshold)
    counts = []
    for place, (*paths, unknown, graduates) in zip(found.counts, table.shown()[:-1], strict=True):
        if graduates is not None:
            counts.append(PathCounts(place.place, graduates, tuple(paths), unknown))
    by_place = {place.place: place for place in counts}
    inward = _inward(found.retention, threshold)
    retention = []
    for row, came in zip(found.retention, inward, strict=True):
        if row.place in by_place:
            shown = by_place[row.place]
            retention.append(replace(row, graduates=shown.graduates, retained=shown.retained, inward=came))
        elif not row.graduates:
            retention.append(replace(row, inward=came))
    return Cautious(tuple(counts), tuple(retention), len(found.retention) - len(retention))


def _inward(rows: tuple[Retention, ...], threshold: int) -> list[int | None]:
    values, _total = protect_list([_known(row.inward) for row in rows], threshold)
    return values


def _known(count: float | None) -> float:
    return 0.0 if count is None else count
