# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import system
from mainport.monitor import queries
from mainport.monitor.actions import ChangedShape, Stored, store
from mainport.monitor.models import Conflict, Dataset, Feed, Fetch, Observation, Period, Series
from mainport.monitor.rules.lines import lines_of, table_of
from mainport.monitor.rules.tables import Code, Dimension, Finality, Lines, Measure, Missing, Role, Table, schema

pytestmark = pytest.mark.django_db
BY = system("tests")
DAY = datetime(2024, 3, 1, 12, tzinfo=UTC)


def make_table(*rows: tuple[Any, ...], **changes: Any) -> Table:
    """A table of people by place and year; a row is place, period and value, then perhaps what else its cell holds."""
    frame = pl.DataFrame(
        [
            ("people", place, period, value, *(rest or (None, Missing.NONE if value is not None else 3, 0)))
            for place, period, value, *rest in rows
        ],
        schema={"measure": pl.Utf8, "d0": pl.Utf8, **{k: v for k, v in schema().items() if k != "measure"}},
        orient="row",
    )
    table = Table(
        key="people",
        title="People",
        dimensions=(
            Dimension("place", "Place", Role.GEO, (Code("GM0014", "Groningen"), Code("GM1680", "Aa en Hunze"))),
            Dimension("period", "Period", Role.TIME, (Code("2022", "2022", finality=Finality.PROVISIONAL),)),
        ),
        measures=(Measure("people", "People", "number", decimals=0),),
        frame=frame,
        extra={"note": "as the source says it"},
    )
    return replace(table, **changes)


@pytest.fixture
def visit(db: None):
    """Make another visit to the feed, a day after the one before."""
    feed = Feed.objects.create(key="people", format=Feed.Format.CBS, title={"nl": "Mensen"})

    def make() -> Fetch:
        at = DAY + timedelta(days=feed.fetches.count())
        return Fetch.objects.create(feed=feed, at=at, outcome="stored", code_version="1", by_name="tests")

    return make


def store_rows(fetch: Fetch, *rows: tuple[Any, ...], whole: bool = True, **changes: Any) -> Stored:
    return store(by=BY, fetch=fetch, tables=[make_table(*rows, **changes)], whole=whole)


def cells(known_at: datetime | None = None) -> dict[tuple[str, str], float | None]:
    frame = queries.table("people", known_at).frame
    return {(place, period): value for _, place, period, value, *_ in frame.iter_rows()}


def test_what_is_stored_reads_back_the_same(visit) -> None:
    table = make_table(
        ("GM0014", "2022JJ00", 238147.0, None, 0, Finality.PROVISIONAL),
        ("GM0014", "2023JJ00", None, None, Missing.CONFIDENTIAL, 0),
        ("GM1680", "2022JJ00", None, "about 25 thousand", 0, 0),
    )
    stored = store(by=BY, fetch=visit(), tables=[table])
    assert stored == Stored(observations=3, changed=3, conflicts=0, series=2)
    back = queries.table("people")
    assert back.frame.rows() == table.frame.rows()
    assert replace(back, frame=table.frame) == replace(table, frame=table.frame)
    fetch = Fetch.objects.get()
    assert (fetch.observations, fetch.changed) == (3, 3)
    event = AuditEvent.objects.get(action="monitor.store")
    assert (event.subject, event.data["observations"]) == ("feed:people", 3)
    assert {(p.code, f"{p.start}", f"{p.end}") for p in Period.objects.all()} == {
        ("2022JJ00", "2022-01-01", "2022-12-31"),
        ("2023JJ00", "2023-01-01", "2023-12-31"),
    }


def test_the_same_again_costs_no_row(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0), ("GM1680", "2022", 2.0))
    first = Dataset.objects.get().changed_in_id
    again = store_rows(visit(), ("GM0014", "2022", 1.0), ("GM1680", "2022", 2.0))
    assert again == Stored(observations=2, changed=0, conflicts=0, series=2)
    assert Observation.objects.count() == 2
    assert Dataset.objects.get().changed_in_id == first


def test_a_revision_leaves_what_was_known(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0), ("GM0014", "2023", 5.0))
    second = visit()
    assert store_rows(second, ("GM0014", "2022", 1.5), ("GM0014", "2023", 5.0)).changed == 1
    assert cells() == {("GM0014", "2022"): 1.5, ("GM0014", "2023"): 5.0}
    assert cells(DAY) == {("GM0014", "2022"): 1.0, ("GM0014", "2023"): 5.0}
    assert cells(DAY - timedelta(days=1)) == {}
    (series,) = queries.series("people", "people", "GM0014")
    assert [v.value for v in queries.values([series.pk])] == [1.5, 5.0]
    assert [v.value for v in queries.values([series.pk], DAY)] == [1.0, 5.0]
    assert [(r.period, r.value, r.current) for r in queries.history(series.pk)] == [
        ("2022", 1.0, False),
        ("2022", 1.5, True),
        ("2023", 5.0, True),
    ]
    assert Dataset.objects.get().changed_in == second


def test_another_status_is_a_revision_too(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0, None, 0, Finality.PROVISIONAL))
    assert store_rows(visit(), ("GM0014", "2022", 1.0, None, 0, Finality.DEFINITIVE)).changed == 1


def test_missing_is_not_zero(visit) -> None:
    store_rows(visit(), ("GM0014", "2021", 0.0), ("GM0014", "2022", None), ("GM0014", "2023", float("nan")))
    (series,) = queries.series("people")
    assert [(v.value, v.missing) for v in queries.values([series.pk])] == [(0.0, 0), (None, 3), (None, 3)]


def test_a_value_taken_back_stays_in_history(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0), ("GM0014", "2023", 2.0))
    assert store_rows(visit(), ("GM0014", "2023", 2.0)).changed == 1
    assert cells() == {("GM0014", "2022"): None, ("GM0014", "2023"): 2.0}
    assert cells(DAY)["GM0014", "2022"] == 1.0
    assert store_rows(visit(), ("GM0014", "2023", 2.0)).changed == 0
    assert store_rows(visit(), ("GM0014", "2022", 1.0), ("GM0014", "2023", 2.0)).changed == 1
    assert cells()["GM0014", "2022"] == 1.0


def test_a_part_takes_nothing_back(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0))
    store_rows(visit(), ("GM0014", "2023", 2.0), whole=False)
    assert cells() == {("GM0014", "2022"): 1.0, ("GM0014", "2023"): 2.0}


def test_contradicting_values_are_reported_and_none_is_picked(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0), ("GM0014", "2023", 3.0))
    stored = store_rows(
        visit(), ("GM0014", "2022", 1.5), ("GM0014", "2022", 1.6), ("GM0014", "2023", 3.0), ("GM0014", "2023", 3.0)
    )
    assert stored == Stored(observations=1, changed=0, conflicts=1, series=1)
    assert cells() == {("GM0014", "2022"): 1.0, ("GM0014", "2023"): 3.0}
    (conflict,) = queries.conflicts("people")
    assert (conflict.coordinates, conflict.period, conflict.values) == ("GM0014", "2022", [1.5, 1.6])
    store_rows(visit(), ("GM0014", "2022", 1.5), ("GM0014", "2023", 3.0))
    assert queries.conflicts("people") == []
    assert Conflict.objects.count() == 1


def test_codes_that_are_gone_stay_readable(visit) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0))
    table = make_table(("GM1680", "2022", 1.0))
    place = Dimension("place", "Place", Role.GEO, (Code("GM1680", "Aa en Hunze (new)"),))
    store(by=BY, fetch=visit(), tables=[replace(table, dimensions=(place, table.dimensions[1]))])
    codes = queries.table("people").dimensions[0].codes
    assert [(code.key, code.title) for code in codes] == [("GM1680", "Aa en Hunze (new)"), ("GM0014", "Groningen")]


@pytest.mark.parametrize(
    ("rows", "changes", "error"),
    [
        ([("GM0014", "2023", 2.0), ("GM0014", "someday", 2.0)], {}, ValueError),
        ([("GM0014", "2023", float("inf"))], {}, ValueError),
        ([("GM0014", "2023", 2.0)], {"dimensions": make_table().dimensions[::-1]}, ChangedShape),
        ([("GM0014", "2023", 2.0)], {"dimensions": make_table().dimensions[1:]}, ChangedShape),
    ],
)
def test_what_cannot_be_trusted_changes_nothing(visit, rows, changes, error) -> None:
    store_rows(visit(), ("GM0014", "2022", 1.0))
    if "dimensions" in changes and len(changes["dimensions"]) == 1:
        table = replace(make_table(*rows), frame=make_table(*rows).frame.drop("d0"), **changes)
    else:
        table = make_table(*rows, **changes)
    with pytest.raises(error):
        store(by=BY, fetch=visit(), tables=[table])
    assert cells() == {("GM0014", "2022"): 1.0}
    assert Series.objects.count() == 1


def test_many_rows_at_once(visit) -> None:
    rows = [(place, f"{year}MM{month:02}", float(year * month))
            for place in ("GM0014", "GM1680") for year in range(1990, 2020) for month in range(1, 13)]  # fmt: skip
    assert store_rows(visit(), *rows).changed == 720
    changed = [(place, period, value + 1) for place, period, value in rows]
    assert store_rows(visit(), *changed).changed == 720
    assert cells() == {(place, period): value for place, period, value in changed}
    assert Observation.objects.filter(current=False).count() == 720


def test_lines_and_frames_tell_the_same() -> None:
    table = make_table(("GM0014", "2022", 1.0), ("GM1680", "2022", None))
    assert table_of(lines_of(table)).frame.equals(table.frame)


# --- Names and texts that are long ---


def long_table(**more: Any) -> Lines:
    values: dict[str, Any] = {
        "key": "long",
        "title": "T" * 2000,
        "licence": "L" * 900,
        "publisher": "P" * 900,
        "version": "V" * 300,
        "modified": "M" * 300,
        "frequency": "F" * 300,
        "dimensions": (Dimension("Perioden", "Perioden", Role.TIME, (Code("2024", "2024"),)),),
        "measures": (Measure("jobs", "J" * 2000, "number"),),
        "lines": {("jobs", ""): {"2024": (1.0, None, 0, 0)}},
    }
    return Lines(**{**values, **more})


def test_texts_of_a_source_are_kept_whole_however_long(visit) -> None:
    table = long_table()
    store(by=BY, fetch=visit(), tables=[table])
    kept = queries.lines(Dataset.objects.get(key="long"))
    for name in ("title", "licence", "publisher", "version", "modified", "frequency", "measures"):
        assert getattr(kept, name) == getattr(table, name), name


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"lines": {("m" * 81, ""): {"2024": (1.0, None, 0, 0)}}},
            "the measure 'mmm.* of long has 81 characters",
        ),
        ({"lines": {("m", "c" * 501): {"2024": (1.0, None, 0, 0)}}}, "the coordinates 'ccc.* has 501 characters"),
        ({"lines": {("m", ""): {"2" * 41: (1.0, None, 0, 0)}}}, "the period '222.* has 41 characters"),
        ({"key": "k" * 121}, "the table 'kkk.* has 121 characters; at most 120"),
        ({"language": "l" * 11}, "the language 'lll.* has 11 characters"),
    ],
)
def test_a_name_that_no_column_holds_is_refused_on_every_database(visit, more: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        store(by=BY, fetch=visit(), tables=[long_table(**more)])
    assert not Dataset.objects.exists()
