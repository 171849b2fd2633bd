# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of observations: a line of values, what was known on a day, every revision, a whole table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import OuterRef, Subquery

from mainport.monitor.models import Conflict, Dataset, Fetch, Observation, Period, Series
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


def learnt(series_ids: Iterable[int], known_at: datetime | None = None) -> list[tuple[datetime, Value]]:
    """Every value of these series that was ever learnt, or until a moment, in the order in which it was. One query."""
    rows = Observation.objects.filter(series_id__in=list(series_ids)).order_by("fetch__at", "id")
    if known_at is not None:
        rows = rows.filter(fetch__at__lte=known_at)
    fields = ("series_id", "period__start", "period__end", "period__frequency", "period__code")
    found = rows.values_list("fetch__at", *fields, "value", "text", "missing", "finality")
    return [(at, Value(*row)) for at, *row in found]


def dataset_keys() -> list[str]:
    return list(Dataset.objects.values_list("key", flat=True))


def table(dataset_key: str, known_at: datetime | None = None) -> Table:
    """What was stored of a dataset, as a table with a frame. Raises Dataset.DoesNotExist."""
    return table_of(lines(Dataset.objects.get(key=dataset_key), known_at))


@dataclass(frozen=True)
class Calendar:
    """All periods in the order of time. Who reads many tables reads it once."""

    codes: dict[int, str]
    order: dict[int, int]

    @classmethod
    def read(cls) -> Calendar:
        rows = list(Period.objects.order_by("start", "end", "code").values_list("id", "code"))
        return cls(dict(rows), {pk: place for place, (pk, _) in enumerate(rows)})


def lines(dataset: Dataset, known_at: datetime | None = None, calendar: Calendar | None = None) -> Lines:
    """A whole table as plain lines in the order of time, as known now or as known at a moment."""
    calendar = calendar or Calendar.read()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, measure, coordinates FROM monitor_series WHERE dataset_id = %s", [dataset.pk])
        keys = {pk: (measure, coordinates) for pk, measure, coordinates in cursor.fetchall()}
    by_series: dict[int, dict[int, Cell]] = {}
    for series_id, period_id, value, text, missing, finality in _rows(dataset.pk, known_at):
        by_series.setdefault(series_id, {})[period_id] = (value, text, missing, finality)
    codes, order = calendar.codes, calendar.order.__getitem__
    found: dict[LineKey, dict[str, Cell]] = {
        keys[pk]: {codes[period]: line[period] for period in sorted(line, key=order)}
        for pk, line in sorted(by_series.items())
    }
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
SELECT o.series_id, o.period_id, o.value, o.text, o.missing, o.finality
FROM monitor_series s JOIN monitor_observation o ON o.series_id = s.id
"""


def _rows(dataset_id: int, known_at: datetime | None) -> list[tuple[Any, ...]]:
    """Plain rows, of one cell the last that was learnt last: the ORM would cost more than the rest of reading."""
    with connection.cursor() as cursor:
        if known_at is None:
            cursor.execute(f'{_CELLS} WHERE s.dataset_id = %s AND o."current"', [dataset_id])
        else:
            cursor.execute(
                f"{_CELLS} JOIN monitor_fetch f ON f.id = o.fetch_id WHERE s.dataset_id = %s AND f.at <= %s "
                "ORDER BY f.at, o.id",
                [dataset_id, connection.ops.adapt_datetimefield_value(known_at)],
            )
        return list(cursor.fetchall())


def conflicts(dataset_key: str | None = None) -> list[Conflict]:
    """The cells for which the last visit that stored something found several values; of one dataset or of all."""
    last = Fetch.objects.filter(outcome=Fetch.Outcome.STORED, feed=OuterRef("fetch__feed")).order_by("-at", "-id")
    found = Conflict.objects.filter(fetch=Subquery(last.values("id")[:1])).select_related("fetch__feed")
    return list(found.filter(dataset=dataset_key) if dataset_key else found)
