# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What of the paths, moves and rates of places may be shown: small counts kept back, and what would give them away.

Three tables tell of the same people, and each is protected so that it says nothing of what another hides:

1. by home: who lives there, who left along each of three paths, and whose path isn't known;
2. of who lives there, whether they returned or remained. The totals are those of table 1, and a row of which the
   total isn't shown there isn't in it;
3. who left, by home and where they live. The totals of its rows follow from table 1 where that shows all the rest
   of the row. Homes where it doesn't are one row together, with everybody of whom the home or the path isn't known.

So table 3 is protected as if it were known what table 1 hides. And what table 1 hides moves its totals by nobody, or
by one: for the last, one place doesn't tell how many came to it, and its sum moves along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from mainport.talent.rules.cuts import protect_cuts
from mainport.talent.rules.disclosure import THRESHOLD, CantProtect, protect
from mainport.talent.rules.paths import Moved, PathCounts, Paths
from mainport.talent.rules.retention import Retention

Ints = npt.NDArray[np.int64]
Line = Sequence[int | None]


@dataclass(frozen=True)
class Cautious:
    """Only what may be shown. A place whose number of graduates is itself kept back isn't there."""

    counts: tuple[PathCounts, ...]
    retention: tuple[Retention, ...]
    #: Places of which nothing can be said.
    left_out: int
    moved: tuple[Moved, ...] = ()
    #: By home of which the moves are told: how many left along a known path. To where there is no move, nobody went.
    left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Homes:
    """Table 1: by home (lives there, three paths away, path not known, all), and the totals."""

    lines: Mapping[str, Line]
    totals: Line

    @property
    def open(self) -> dict[str, int]:
        """Homes of which it is shown how many left along a known path, with that number."""
        return {
            home: everybody - kept - unknown
            for home, (kept, *_paths, unknown, everybody) in self.lines.items()
            if kept is not None and unknown is not None and everybody is not None
        }

    @property
    def still(self) -> bool:
        """Whether what is hidden can't change how many left in all."""
        kept, *paths, unknown, everybody = self.totals
        return unknown is not None and (None not in (kept, everybody) or None not in paths)


def cautious(found: Paths, threshold: int = THRESHOLD) -> Cautious:
    """The paths, moves and rates of which no small count can be reckoned, from all of them together."""
    if not found.counts:
        return Cautious((), (), len(found.retention))
    kept = {row.place: round(row.retained or 0) for row in found.retention}
    homes = _homes(found.counts, kept, threshold)
    split = _split(found.counts, kept, homes, threshold)
    counts = []
    for place in found.counts:
        _kept, stayed, elsewhere, gone, unknown, graduates = homes.lines[place.place]
        if graduates is not None:
            returned, remained, back = split.get(place.place, (None, None, None))
            rest = None if back is None or unknown is None else back + unknown
            paths = (stayed, returned, elsewhere, gone, remained)
            counts.append(PathCounts(place.place, graduates, paths, rest))
    inward, moved, left = _moved(found, homes, threshold)
    retention = []
    shown = {place.place: place.graduates for place in counts}
    for row in found.retention:
        came = inward.get(row.place, 0)
        if row.place in shown:
            retention.append(replace(row, graduates=shown[row.place], retained=homes.lines[row.place][0], inward=came))
        elif not row.graduates:
            retention.append(replace(row, inward=came))
    return Cautious(tuple(counts), tuple(retention), len(found.retention) - len(retention), moved, left)


def _homes(counts: Sequence[PathCounts], kept: Mapping[str, int], threshold: int) -> _Homes:
    rows = []
    for place in counts:
        stayed, _returned, elsewhere, left, _remained = map(_known, place.counts)
        there = kept[place.place]
        rows.append([there, stayed, elsewhere, left, _known(place.graduates) - there - stayed - elsewhere - left])
    *lines, totals = protect(rows, threshold).shown()
    return _Homes(dict(zip((place.place for place in counts), lines, strict=True)), totals)


def _split(
    counts: Sequence[PathCounts], kept: Mapping[str, int], homes: _Homes, threshold: int
) -> dict[str, tuple[int | None, ...]]:
    """Table 2: who returned, who remained, and who is back of whom it isn't known where they studied."""
    known = [place for place in counts if homes.lines[place.place][0] is not None]
    rows = [[_known(place.counts[1]), _known(place.counts[4])] for place in known]
    table = [[*row, kept[place.place] - sum(row)] for place, row in zip(known, rows, strict=True)]
    if not table:
        return {}
    safe = protect_cuts({"": table}, threshold)
    return {known[row].place: line for row, line in zip(safe.rows, safe.tables.get("", ()), strict=True)}


def _moved(
    found: Paths, homes: _Homes, threshold: int
) -> tuple[dict[str, int | None], tuple[Moved, ...], dict[str, int]]:
    """Table 3: by place how many came, the moves between places, and by home of which these are told how many left."""
    came = {row.place: round(row.inward) for row in found.retention if row.inward}
    nothing: dict[str, int | None] = dict.fromkeys(came)
    place = {later: number for number, later in enumerate(came)}
    row = {home: number for number, home in enumerate(home for home, left in homes.open.items() if left)}
    table = np.zeros((len(row) + 1, len(place)), dtype=np.int64)
    for one in found.moved:
        if one.home in row:
            table[row[one.home], place[one.later]] = _known(one.people)
    table[-1] = np.array(list(came.values()), dtype=np.int64) - table.sum(axis=0)
    told, safe = _protected(table, list(row), threshold)
    others = table.sum(axis=0) - table[[row[home] for home in told]].sum(axis=0)
    among = {one.place: round(one.movers or 0) for one in found.counts if one.place not in told and one.movers}
    from_others = dict(zip(came, others.tolist(), strict=True))
    if safe is None or _tight(among, from_others):
        return nothing, (), {}
    *lines, _others, totals = safe
    sums = dict(zip(came, totals, strict=False))
    if not homes.still:
        # One more or fewer of the others, who didn't all grow up there, to a place that doesn't tell its total.
        alone = next(iter(among)) if len(among) == 1 else None
        movable = [(count, later) for later, count in from_others.items() if count > 1 and later != alone]
        if not movable:
            return nothing, (), {}
        enough = [one for one in movable if one[0] >= threshold]
        sums[min(enough)[1] if enough else max(movable)[1]] = None
    moves = tuple(
        Moved(home, later, count)
        for home, line in zip(told, lines, strict=True)
        for later, count in zip(came, line, strict=False)
        if count != 0
    )
    return sums, moves, {home: left for home, left in homes.open.items() if not left or home in told}


def _tight(left: Mapping[str, int], came: Mapping[str, int]) -> bool:
    """Whether of the homes that are one row together, it follows who went where from there being no way from a home
    to itself: they go anywhere else as long as each leaves room for the others to go elsewhere than to it (Gale 1957).
    Room for two is enough for one more or fewer on either side."""
    everybody = sum(came.values())
    if len(left) == 1 and not came.get(next(iter(left)), 0):
        return False
    return any(everybody - number - came.get(home, 0) < 2 for home, number in left.items())


def _protected(table: Ints, homes: list[str], threshold: int) -> tuple[list[str], list[Line] | None]:
    """The homes that are told of and the table as it may be shown, of which the last row holds all others. Where the
    totals of the rows, which are known, give something away, the smallest home goes to the others."""
    while True:
        try:
            return homes, list(protect(table, threshold, row_totals_known=True).shown())
        except CantProtect:
            if not homes:
                return [], None
        smallest = int(np.argmin(table[:-1].sum(axis=1)))
        line = table[smallest]
        table = np.delete(table, smallest, axis=0)
        table[-1] += line
        homes = [home for at, home in enumerate(homes) if at != smallest]


def _known(count: float | None) -> int:
    return round(count or 0)
