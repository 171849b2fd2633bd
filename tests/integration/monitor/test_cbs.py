# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every recorded table of CBS comes in whole, with its codes, statuses and reasons for what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mainport.core.rules.permissions import system
from mainport.monitor import queries
from mainport.monitor.actions import add_feed, refresh
from mainport.monitor.models import Dataset, Feed, Observation
from mainport.monitor.rules.tables import Finality, Missing, Role
from tests.conftest import SHARED
from tests.replay import Replay, index

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BY = system("tests")
CBS = SHARED / "data" / "cbs"
TABLES = sorted(folder.name for folder in CBS.glob("*") if (folder / "observations-page-1.json").is_file())


def feed_of(replay: Replay, table: str, *, url: str = "") -> Feed:
    chosen = index(replay.folder / table)["sliceFilter"]
    return add_feed(
        by=BY,
        key=table,
        format="cbs",
        title={},
        url=url or replay.url,
        settings={"table": table, **({"filter": chosen} if chosen else {})},
    )


def recorded(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / f"{name}.json").read_text())["value"]


@pytest.mark.parametrize("table", TABLES)
def test_every_recorded_value_is_stored(replay, table):
    visited = refresh(by=BY, feed=feed_of(replay, table))

    rows = recorded(CBS / table, "observations-page-1")
    assert not visited.stale, visited.fetch.message
    assert (visited.stored.observations, visited.stored.changed) == (len(rows), len(rows))
    assert Observation.objects.filter(series__dataset__key=table).count() == len(rows)

    dataset = Dataset.objects.get(key=table)
    lines = queries.lines(dataset)
    status = {"Definitief": 3, "NaderVoorlopig": 2, "Voorlopig": 1}
    finality = {code["Identifier"]: status[code["Status"]] for code in recorded(CBS / table, "codes-Perioden")}
    missing = {"None": 0, "Impossible": 1, "Confidential": 2, "NotAvailable": 3}
    sides = [side.key for side in lines.sides]
    for row in rows:
        cell = lines.lines[row["Measure"], "|".join(row[side] for side in sides)][row["Perioden"]]
        assert cell == (row["Value"], None, missing[row["ValueAttribute"]], finality[row["Perioden"]])


def test_the_table_describes_itself(replay):
    refresh(by=BY, feed=feed_of(replay, "03759ned"))

    table = queries.table("03759ned")
    assert table.title == "Bevolking op 1 januari en gemiddeld; geslacht, leeftijd en regio"
    assert (table.version, table.frequency, table.language) == ("202606230000", "Per jaar", "nl")
    assert table.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert [(d.key, d.role) for d in table.dimensions] == [
        ("BurgerlijkeStaat", Role.OTHER),
        ("Geslacht", Role.OTHER),
        ("Leeftijd", Role.OTHER),
        ("RegioS", Role.GEO),
        ("Perioden", Role.TIME),
    ]
    regions = {code.key: code for code in table.dimensions[3].codes}
    assert regions["GM0014"].title == "Groningen (gemeente)"
    assert "Haren (GM0017)" in regions["GM0014"].description, "the history of its mergers is kept"
    assert len(regions) == 892
    measure = next(m for m in table.measures if m.key == "M000352")
    assert (measure.title, measure.unit, measure.decimals, measure.kind) == (
        "Bevolking op 1 januari",
        "aantal",
        0,
        "Long",
    )
    assert Feed.objects.get(key="03759ned").title == {"nl": table.title}


def test_groningen_in_2019(replay):
    refresh(by=BY, feed=feed_of(replay, "03759ned"))

    (series,) = queries.series("03759ned", "M000352", "T001019|T001038|10000|GM0014")
    values = {value.period: value for value in queries.values([series.pk])}
    expected = next(
        row["Value"]
        for row in recorded(CBS / "03759ned", "observations-page-1")
        if (row["Measure"], row["RegioS"], row["Perioden"]) == ("M000352", "GM0014", "2019JJ00")
    )
    assert values["2019JJ00"].value == expected > 230_000
    assert values["2019JJ00"].finality == Finality.DEFINITIVE


def test_what_can_not_be_is_missing_and_not_zero(replay):
    refresh(by=BY, feed=feed_of(replay, "03759ned"))

    gone = Observation.objects.filter(series__dataset__key="03759ned", missing=Missing.IMPOSSIBLE)
    assert gone.count() == 8165
    assert set(gone.values_list("value", flat=True)) == {None}


def test_asked_page_by_page_with_the_filter_left_to_the_source(replay):
    refresh(by=BY, feed=feed_of(replay, "03759ned"))

    pages = [path for path, _status in replay.asked if "/Observations" in path]
    assert len(pages) == 7  # 13,568 by 2,000
    assert all("startswith(RegioS,'GM')" in path for path in pages)


@pytest.mark.parametrize("rest", ["/odata/v1/CBS", "/odata/v1/CBS/", "/odata/v1", ""])
def test_an_address_without_the_catalogue_will_do(replay, rest):
    visited = refresh(by=BY, feed=feed_of(replay, "82235NED", url=f"{replay.root}{rest}"))
    assert visited.stored.observations == 889, visited.fetch.message


def test_a_table_that_is_not_there(replay):
    feed = add_feed(by=BY, key="x", format="cbs", title={}, url=replay.url, settings={"table": "99999NED"})
    visited = refresh(by=BY, feed=feed)
    assert visited.fetch.message == f"there is no table 99999NED at {replay.url}"
    assert visited.fetch.outcome == "failed"


def test_codes_written_with_spaces_behind_are_the_same_codes(replay):
    def padded(found):
        for row in found["value"]:
            row["RegioS"] = row["RegioS"].ljust(10)
        return found

    replay.changes["03759ned/Observations"] = padded
    assert refresh(by=BY, feed=feed_of(replay, "03759ned")).stored.observations == 13568
    assert queries.series("03759ned", "M000352", "T001019|T001038|10000|GM0014")


def test_codes_that_only_spaces_tell_apart_are_not_merged(replay):
    def doubled(found):
        found["value"].append({**found["value"][0], "Identifier": found["value"][0]["Identifier"] + "  "})
        return found

    replay.changes["03759ned/RegioSCodes"] = doubled
    assert "the same but for spaces" in refresh(by=BY, feed=feed_of(replay, "03759ned")).fetch.message


def test_texts_and_reasons(replay):
    def changed(found):
        for row, more in zip(
            found["value"],
            [
                {"Value": None, "StringValue": "een tekst"},
                {"Value": None, "ValueAttribute": "Confidential"},
                {"Value": 12, "ValueAttribute": "Confidential"},
                {"Value": None},
            ],
            strict=False,
        ):
            row.update(more)
        return found

    replay.changes["82235NED/Observations"] = changed
    rows = replay.recorded("82235NED", "Observations")["value"]
    refresh(by=BY, feed=feed_of(replay, "82235NED"))
    lines = queries.lines(Dataset.objects.get(key="82235NED")).lines
    cells = [lines[row["Measure"], ""][row["Perioden"]][:3] for row in rows[:4]]
    assert cells == [
        (None, "een tekst", Missing.NONE),
        (None, None, Missing.CONFIDENTIAL),
        (None, None, Missing.CONFIDENTIAL),
        (None, None, Missing.NOT_AVAILABLE),
    ]


def test_two_values_for_one_cell_are_a_conflict(replay):
    def doubled(found):
        found["value"].append({**found["value"][0], "Id": 999_999, "Value": 1})
        return found

    replay.changes["82235NED/Observations"] = doubled
    visited = refresh(by=BY, feed=feed_of(replay, "82235NED"))
    assert (visited.stored.observations, visited.stored.conflicts) == (888, 1)
    assert [sorted(conflict.values) for conflict in queries.conflicts("82235NED")] == [[1.0, 1442.0]]


def test_a_table_without_time_speaks_of_what_it_covers(replay):
    """As the key figures of districts have it: a table a year."""
    replay.changes["83625NED/Dimensions"] = lambda found: {
        "value": [d for d in found["value"] if d["Kind"] != "TimeDimension"]
    }
    replay.changes["83625NED/Properties"] = lambda found: {**found, "TemporalCoverage": "2024"}
    replay.changes["83625NED/Observations"] = lambda found: {
        "value": [
            {name: value for name, value in row.items() if name != "Perioden"}
            for row in found["value"]
            if row["Perioden"] == "2024JJ00"
        ]
    }
    feed = feed_of(replay, "83625NED")
    assert refresh(by=BY, feed=feed).stored.observations == 745
    replay.etags = False
    replay.changes["83625NED/MeasureCodes"] = lambda found: {"value": found["value"], "new": "line"}
    again = refresh(by=BY, feed=feed)
    assert (again.stored.observations, again.stored.changed, again.stale) == (745, 0, False)
    (series,) = queries.series("83625NED", coordinates="GM0014")
    assert [value.period for value in queries.values([series.pk])] == ["2024"]


def test_a_table_of_no_time_at_all_is_refused(replay):
    replay.changes["82235NED/Dimensions"] = lambda found: {"value": []}
    replay.changes["82235NED/Properties"] = lambda found: {**found, "TemporalCoverage": "lang geleden"}
    assert "one must be of time" in refresh(by=BY, feed=feed_of(replay, "82235NED")).fetch.message


def test_columns_that_say_nothing_may_be_left_out(replay):
    replay.changes["82235NED/Observations"] = lambda found: {
        "value": [{k: v for k, v in row.items() if k not in ("Id", "StringValue")} for row in found["value"]]
    }
    assert refresh(by=BY, feed=feed_of(replay, "82235NED")).stored.observations == 889


def test_the_groups_of_codes_keep_their_titles(replay):
    feed_of(replay, "82235NED")
    assert refresh(by=BY, feed=Feed.objects.get()).fetch.outcome == "stored"
    (group, *_others) = Dataset.objects.get().extra["groups"]["Perioden"]
    assert (group["Id"], group["Title"]) == ("0", "Group 0")


def test_a_table_without_its_groups_is_whole(replay):
    feed_of(replay, "82235NED")
    replay.answers["82235NED/PeriodenGroups"] = lambda handler: handler.send(404, b"", "text/html")
    assert refresh(by=BY, feed=Feed.objects.get()).fetch.outcome == "stored"
    assert Dataset.objects.get().extra["groups"] == {}
