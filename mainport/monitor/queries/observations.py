# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of observations: a line of values, what was known on a day, every revision, a whole table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Subquery

from mainport.monitor.models import Conflict, Dataset, Fetch, Observation, Series
from mainport.monitor.rules import describing
from mainport.monitor.rules.lines import table_of
from mainport.monitor.rules.tables import Cell, LineKey, Lines, Table


class Value(NamedTuple):
    """One value of one series. `start` and `end` are the first and last day of its period."""

    series: int
    start: date
    end: date
    frequency: str
    period: str
    value: float | None
    text: str | None
    missing: int
    finality: int


class Revision(NamedTuple):
    """One value that was learnt at `at`, by the visit `fetch`."""

    period: str
    start: date
    end: date
    value: float | None
    text: str | None
    missing: int
    finality: int
    fetch: int
    at: datetime
    current: bool


def series(dataset: str, measure: str | None = None, coordinates: str | Sequence[str] | None = None) -> list[Series]:
    """The series of a dataset, of one measure and at these codes where they are given.

    `coordinates` is the codes of the dimensions besides time in their order, joined by | or as a sequence.
    """
    found = Series.objects.filter(dataset__key=dataset)
    if measure is not None:
        found = found.filter(measure=measure)
    if coordinates is not None:
        found = found.filter(coordinates=coordinates if isinstance(coordinates, str) else "|".join(coordinates))
    return list(found.order_by("id"))


def values(series_ids: Iterable[int], known_at: datetime | None = None) -> list[Value]:
    """The values of these series in the order of time, as known now or as known at a moment.

    A value that its source had taken back by then is there, without number and with its reason.
    """
    ids = list(series_ids)
    rows = Observation.objects.filter(series_id__in=ids)
    fields = ("series_id", "period__start", "period__end", "period__frequency", "period__code")
    cell = ("value", "text", "missing", "finality")
    if known_at is None:
        found = rows.filter(current=True).order_by("series_id", "period__start", "period__end", "period__code")
        return [Value(*row) for row in found.values_list(*fields, *cell)]
    # The last that was learnt by then. Two at the same moment: the later row.
    found = rows.filter(fetch__at__lte=known_at).order_by(
        "series_id", "period__start", "period__end", "period__code", "fetch__at", "id"
    )
    last = {(row[0], row[4]): Value(*row) for row in found.values_list(*fields, *cell)}
    return list(last.values())


def history(series_id: int) -> list[Revision]:
    """Every value of a series that was ever learnt, by period and then in the order in which it was."""
    rows = Observation.objects.filter(series_id=series_id).order_by(
        "period__start", "period__end", "period__code", "fetch__at", "id"
    )
    fields = ("period__code", "period__start", "period__end", "value", "text", "missing", "finality")
    return [Revision(*row) for row in rows.values_list(*fields, "fetch_id", "fetch__at", "current")]


def dataset_keys() -> list[str]:
    return list(Dataset.objects.values_list("key", flat=True))


def table(dataset_key: str, known_at: datetime | None = None) -> Table:
    """What was stored of a dataset, as a table with a frame. Raises Dataset.DoesNotExist."""
    return table_of(lines(Dataset.objects.get(key=dataset_key), known_at))


def lines(dataset: Dataset, known_at: datetime | None = None) -> Lines:
    """A whole table as plain lines, as known now or as known at a moment."""
    found: dict[LineKey, dict[str, Cell]] = {}
    line: dict[str, Cell] = {}
    last = 0
    for series_id, measure, coordinates, period, value, text, missing, finality in _rows(dataset.pk, known_at):
        if series_id != last:
            last = series_id
            line = found[measure, coordinates] = {}
        line[period] = (value, text, missing, finality)
    return Lines(
        key=dataset.key,
        title=dataset.title,
        dimensions=describing.dimensions_from_json(dataset.dimensions),
        measures=describing.measures_from_json(dataset.measures),
        description=dataset.description,
        language=dataset.language,
        version=dataset.version,
        modified=dataset.modified,
        licence=dataset.licence,
        publisher=dataset.publisher,
        frequency=dataset.frequency,
        extra=dataset.extra,
        lines=found,
    )


_CELLS = """
SELECT o.series_id, s.measure, s.coordinates, p.code, o.value, o.text, o.missing, o.finality
FROM monitor_series s JOIN monitor_observation o ON o.series_id = s.id JOIN monitor_period p ON p.id = o.period_id
"""
#: By series first, so that a line is read in one go; then by time.
_ORDER = "ORDER BY s.id, p.start, p.end, p.code"


def _rows(dataset_id: int, known_at: datetime | None) -> Iterator[tuple[Any, ...]]:
    """Plain rows: the ORM would cost more than the rest of reading a table."""
    with connection.cursor() as cursor:
        if known_at is None:
            cursor.execute(f'{_CELLS} WHERE s.dataset_id = %s AND o."current" {_ORDER}', [dataset_id])
            yield from cursor.fetchall()
            return
        at = connection.ops.adapt_datetimefield_value(known_at)
        cursor.execute(
            f"{_CELLS} JOIN monitor_fetch f ON f.id = o.fetch_id WHERE s.dataset_id = %s AND f.at <= %s "
            f"{_ORDER}, f.at, o.id",
            [dataset_id, at],
        )
        last = {(row[0], row[3]): row for row in cursor.fetchall()}
        yield from last.values()


def conflicts(dataset_key: str | None = None) -> list[Conflict]:
    """The cells for which the last visit that stored something found several values; of one dataset or of all."""
    last = Fetch.objects.filter(outcome=Fetch.Outcome.STORED, feed=OuterRef("fetch__feed")).order_by("-at", "-id")
    found = Conflict.objects.filter(fetch=Subquery(last.values("id")[:1])).select_related("fetch__feed")
    return list(found.filter(dataset=dataset_key) if dataset_key else found)
