# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Stores what a fetch brought: twice in time, so that a revised figure never overwrites what was known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor
from mainport.monitor.actions import bulk
from mainport.monitor.actions.summaries import renew_after
from mainport.monitor.models import Conflict, Dataset, Fetch, Observation, Period, Series
from mainport.monitor.rules import describing
from mainport.monitor.rules.lines import lines_of
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Cell, LineKey, Lines, Missing, Table

#: What the source took back: there is a row, without value, from then on.
GONE: Cell = (None, None, Missing.NOT_AVAILABLE.value, 0)


class ChangedShape(ValueError):
    """A table came with other dimensions than it had: its older values would no longer fit."""


@dataclass(frozen=True)
class Stored:
    """What a fetch brought: observations in it, those that were new or differed, conflicts, series in it."""

    observations: int = 0
    changed: int = 0
    conflicts: int = 0
    series: int = 0

    def __add__(self, other: Stored) -> Stored:
        return Stored(
            self.observations + other.observations,
            self.changed + other.changed,
            self.conflicts + other.conflicts,
            self.series + other.series,
        )


@transaction.atomic
def store(
    *, by: Actor, fetch: Fetch, tables: Sequence[Table | Lines], whole: bool = True, total: str | None = None
) -> Stored:
    """Store the tables that this fetch brought, and keep on the fetch how much that was.

    A cell that differs from what was known becomes another row; one that doesn't costs nothing. A cell that
    was known and that a table no longer gives was taken back by its source: unless the tables aren't `whole`
    (an entry by hand, a file with one year). A cell with several values changes nothing and is a conflict.
    Where the source has a code for all of a dimension together, `total`, a table may come with more
    dimensions than it had: what was known is the total of those.

    Raises ValueError for a period that is none or an infinite number, ChangedShape for a known table with
    other dimensions: then nothing is stored. A fetch stores once.
    """
    known = {dataset.key: dataset for dataset in Dataset.objects.filter(key__in=[table.key for table in tables])}
    done = Stored()
    periods = _Periods()
    touched: set[str] = set()
    measures: set[str] = set()
    for table in tables:
        lines = table if isinstance(table, Lines) else lines_of(table)
        one, is_changed = _store_one(fetch, lines, known.get(lines.key), periods, whole=whole, total=total)
        done += one
        if is_changed:
            touched.add(lines.key)
            measures.update(measure for measure, _coordinates in lines.lines)
    fetch.observations += done.observations
    fetch.changed += done.changed
    fetch.save(update_fields=["observations", "changed"])
    if touched:
        renew_after(touched, measures)
    record(
        by=by,
        action="monitor.store",
        subject=f"feed:{fetch.feed.key}",
        fetch=fetch.pk,
        **{name: getattr(done, name) for name in ("observations", "changed", "conflicts", "series")},
    )
    return done


def _store_one(
    fetch: Fetch, table: Lines, dataset: Dataset | None, periods: _Periods, *, whole: bool, total: str | None
) -> tuple[Stored, bool]:
    """What there was to store, and whether anything of the table is other than it was."""
    _check_names(table)
    dataset, is_new, described_anew = _describe(fetch, table, dataset, total)
    periods.know(set[str]().union(*table.lines.values()))
    series = _series(dataset, table.lines, is_new=is_new)
    if is_new:
        rows = _new_rows(table, series, periods.ids, fetch.pk)
        changed = bulk.insert(Observation, COLUMNS, rows)
    else:
        changed = _revise(fetch, table, dataset, series, periods, whole=whole)
    is_changed = bool(changed or described_anew)
    if is_changed:
        Dataset.objects.filter(pk=dataset.pk).update(changed_in=fetch)
    Conflict.objects.bulk_create(
        Conflict(
            fetch=fetch,
            dataset=table.key,
            measure=found.measure,
            coordinates=found.coordinates,
            period=found.period,
            values=list(found.values),
        )
        for found in table.contradictions
    )
    stored = Stored(
        observations=sum(map(len, table.lines.values())),
        changed=changed,
        conflicts=len(table.contradictions),
        series=len(table.lines),
    )
    return stored, is_changed


#: What the columns of names hold. One cut off could be another's: it is refused, and texts are kept whole.
LONGEST = {"table": 120, "measure": 80, "coordinates": 500, "period": 40, "language": 10}


def _check_names(table: Lines) -> None:
    """Raises ValueError for a name that no column holds: databases differ in what they would make of it."""
    named: list[tuple[str, Collection[str]]] = [("table", [table.key]), ("language", [table.language])]
    named.append(("measure", [measure for measure, _ in table.lines]))
    named.append(("coordinates", [coordinates for _, coordinates in table.lines]))
    named.append(("period", set[str]().union(*table.lines.values())))
    for what, names in named:
        longest = max(names, key=len, default="")
        if len(longest) > LONGEST[what]:
            said = f"the {what} {longest[:60]!r} … of {table.key[:120]} has {len(longest)} characters"
            raise ValueError(f"{said}; at most {LONGEST[what]} are kept")


COLUMNS = ("series_id", "period_id", "value", "text", "missing", "finality", "fetch_id", "current")


def _new_rows(
    table: Lines, series: dict[LineKey, int], periods: dict[str, int], fetch: int
) -> Iterator[tuple[Any, ...]]:
    for key, line in table.lines.items():
        series_id = series[key]
        for period, cell in line.items():
            yield (series_id, periods[period], *cell, fetch, True)


def _revise(
    fetch: Fetch, table: Lines, dataset: Dataset, series: dict[LineKey, int], periods: _Periods, *, whole: bool
) -> int:
    """Store only the cells that differ from what is known, and those that were taken back."""
    known = _current(dataset)
    rows: list[tuple[Any, ...]] = []
    replaced: list[int] = []
    for key, line in table.lines.items():
        series_id = series[key]
        for period, cell in line.items():
            period_id = periods.ids[period]
            old_id, old = known.pop((series_id, period_id), (None, None))
            if old == cell:
                continue
            rows.append((series_id, period_id, *cell, fetch.pk, True))
            if old_id is not None:
                replaced.append(old_id)
    if whole:
        for found in table.contradictions:
            at = (series.get((found.measure, found.coordinates), 0), periods.ids.get(found.period, 0))
            known.pop(at, None)
        for (series_id, period_id), (old_id, old) in known.items():
            if old != GONE:
                rows.append((series_id, period_id, *GONE, fetch.pk, True))
                replaced.append(old_id)
    bulk.update(Observation, "current", False, replaced)
    return bulk.insert(Observation, COLUMNS, rows)


def _current(dataset: Dataset) -> dict[tuple[int, int], tuple[int, Cell]]:
    """What is known of this table now, by series and period."""
    rows = (
        Observation.objects.filter(series__dataset=dataset, current=True)
        .values_list("id", "series_id", "period_id", "value", "text", "missing", "finality")
        .iterator(chunk_size=10_000)
    )
    return {
        (series, period): (pk, (value, text, missing, finality))
        for pk, series, period, value, text, missing, finality in rows
    }


def _describe(fetch: Fetch, table: Lines, known: Dataset | None, total: str | None) -> tuple[Dataset, bool, bool]:
    """The dataset as the table describes itself now; whether it is new; and whether that differs from before."""
    if known:
        table = _joined(table, known, total)
    values = {
        "title": table.title,
        "description": table.description,
        "language": table.language,
        "version": table.version,
        "modified": table.modified,
        "licence": table.licence,
        "publisher": table.publisher,
        "frequency": table.frequency,
        "dimensions": describing.dimensions_to_json(table.dimensions),
        "measures": describing.measures_to_json(table.measures),
        "extra": dict(table.extra),
    }
    if known is None:
        return Dataset.objects.create(key=table.key, feed_id=fetch.feed_id, changed_in=fetch, **values), True, True
    changed = [name for name, value in values.items() if getattr(known, name) != value]
    for name in changed:
        setattr(known, name, values[name])
    if changed:
        known.save(update_fields=changed)
    return known, False, bool(changed)


def _joined(table: Lines, known: Dataset, total: str | None) -> Lines:
    old = describing.dimensions_from_json(known.dimensions)
    before, now = ([(d.key, d.role) for d in dimensions] for dimensions in (old, table.dimensions))
    if before != now:
        places = describing.grown(old, table.dimensions)
        if total is None or places is None:
            shapes = [", ".join(key for key, _ in shape) for shape in (before, now)]
            raise ChangedShape(f"{table.key} came with the dimensions {shapes[1]}; it had {shapes[0]}")
        _widen(known, places, total)
    return replace(
        table,
        dimensions=describing.joined_dimensions(old, table.dimensions),
        measures=describing.joined(describing.measures_from_json(known.measures), table.measures),
    )


def _widen(dataset: Dataset, places: list[int | None], total: str) -> None:
    """Give the series of a dataset the dimensions that were added, each at its total."""
    rows = []
    for pk, coordinates in Series.objects.filter(dataset=dataset).values_list("id", "coordinates"):
        codes = coordinates.split("|")
        rows.append(("|".join([total if place is None else codes[place] for place in places]), pk))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE monitor_series SET coordinates = %s WHERE id = %s", rows)


class _Periods:
    """The ids of all periods by their code, those that are new made on the way."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = dict(Period.objects.values_list("code", "id"))

    def know(self, codes: set[str]) -> None:
        new = sorted(codes - self.ids.keys())
        if not new:
            return
        spans = [(code, parse(code)) for code in new]
        bulk.insert(
            Period,
            ("code", "start", "end", "frequency"),
            ((code, span.start, span.end, span.frequency) for code, span in spans),
            quietly=True,
        )
        self.ids.update(Period.objects.filter(code__in=new).values_list("code", "id"))


def _series(dataset: Dataset, keys: Iterable[LineKey], *, is_new: bool) -> dict[LineKey, int]:
    """The ids of the series of this dataset, those that are new made on the way."""

    def read() -> dict[LineKey, int]:
        # Plain rows: a table may have a hundred thousand series.
        with connection.cursor() as cursor:
            cursor.execute("SELECT measure, coordinates, id FROM monitor_series WHERE dataset_id = %s", [dataset.pk])
            return {(measure, coordinates): pk for measure, coordinates, pk in cursor.fetchall()}

    known = {} if is_new else read()
    new = [(dataset.pk, *key) for key in keys if key not in known]
    if not new:
        return known
    bulk.insert(Series, ("dataset_id", "measure", "coordinates"), new)
    return read()
