# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A file comes in by a mapping that is previewed, kept, and used again; nothing of a file with faults is stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from mainport.core.fetching import raw
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed
from mainport.monitor.actions.sheet import import_sheet
from mainport.monitor.models import Conflict, Dataset, Feed, Fetch, Observation
from tests.integration.monitor.test_feeds_command import read, run

pytestmark = pytest.mark.django_db

MAPPING = """
feed: werk
title: {nl: Banen per gemeente, en: Jobs per municipality}
decimal: comma
thousands: point
licence: CC-BY-4.0
period: {columns: [Jaar, Maand]}
dimensions:
  - column: Gemeente
    role: geo
    codes: {Groningen: GM0014, Assen: GM0106}
measures:
  - {column: Banen, key: banen, title: Aantal banen, unit: aantal}
missing: {x: confidential}
"""
CSV = "Gemeente;Jaar;Maand;Banen\nGroningen;2024;januari;1.042,5\nGroningen;2024;maart;x\nAssen;2024;januari;900\n"


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    (tmp_path / "werk.csv").write_text(CSV)
    return tmp_path


def take_in(folder: Path, *more: str, file: str = "werk.csv", mapping: bool = True):
    words = ("--mapping", str(folder / "mapping.yaml")) if mapping else ()
    return run("import", "sheet", str(folder / file), *words, *more)


def known() -> list[tuple[str, str, str, float | None, int]]:
    rows = Observation.objects.filter(current=True).order_by("series__coordinates", "period__code")
    return list(rows.values_list("series__measure", "series__coordinates", "period__code", "value", "missing"))


STORED = [
    ("banen", "GM0014", "2024-01", 1042.5, 0),
    ("banen", "GM0014", "2024-03", None, 2),
    ("banen", "GM0106", "2024-01", 900.0, 0),
]


def test_a_preview_stores_nothing(folder):
    result = take_in(folder, "--preview", "--json")
    assert result.exit_code == 0, result.output
    data = read(result)
    assert (data["feed"], data["preview"], data["observations"], data["changed"]) == ("werk", True, 3, 3)
    assert data["values"][1] == {
        "measure": "banen",
        "Gemeente": "GM0014",
        "Perioden": "2024-03",
        "value": None,
        "missing": "confidential",
    }
    for model in (Feed, Fetch, Dataset, Observation, AuditEvent):
        assert not model.objects.exists()
    assert not raw.folder().exists()
    shown = take_in(folder, "--preview").output
    assert "1042.5" in shown
    assert "Nothing was stored" in shown


def test_a_file_is_stored_with_its_mapping(folder):
    data = read(take_in(folder, "--json"))
    assert (data["observations"], data["changed"], data["series"], data["conflicts"]) == (3, 3, 2, [])
    assert known() == STORED
    feed = Feed.objects.get()
    assert (feed.key, feed.format, feed.licence) == ("werk", "sheet", "CC-BY-4.0")
    assert feed.title == {"nl": "Banen per gemeente", "en": "Jobs per municipality"}
    assert feed.settings["mapping"]["decimal"] == "comma"
    fetch = Fetch.objects.get()
    assert (raw.folder() / fetch.raw).read_text() == CSV
    assert set(AuditEvent.objects.values_list("action", flat=True)) == {"feed.add", "monitor.store"}


def test_the_next_file_needs_only_the_feed(folder):
    take_in(folder)
    (folder / "werk2.csv").write_text(CSV.replace("900", "950"))
    data = read(take_in(folder, "--feed", "werk", "--json", file="werk2.csv", mapping=False))
    assert (data["observations"], data["changed"]) == (3, 1)
    revisions = Observation.objects.filter(series__coordinates="GM0106").order_by("id").values_list("value", "current")
    assert list(revisions) == [(900.0, False), (950.0, True)]


def test_a_file_with_faults_stores_nothing_and_says_all(folder):
    take_in(folder)
    (folder / "werk.csv").write_text(CSV.replace("900", "9.00").replace("maart", "foo") + "Haren;2024;mei;7\n")
    result = take_in(folder, "--json")
    assert result.exit_code == 1
    assert read(result)["faults"] == [
        {
            "file": "werk.csv",
            "row": 3,
            "field": "Jaar and Maand",
            "found": "'2024 foo'",
            "expected": "a period, such as 2024, 2024-Q1, maart 2024 or 31-12-2024",
        },
        {
            "file": "werk.csv",
            "row": 4,
            "field": "Banen",
            "found": "'9.00'",
            "expected": "a number such as 1.234,5, or a word that means none",
        },
        {
            "file": "werk.csv",
            "row": 5,
            "field": "Gemeente",
            "found": "'Haren'",
            "expected": "one of the words of the mapping: Groningen, Assen",
        },
    ]
    assert known() == STORED
    refused, stored = Fetch.objects.all()
    assert (refused.outcome, stored.outcome) == ("refused", "stored")
    assert "werk.csv, row 4, Banen" in refused.message
    assert not Feed.objects.get().problem


def test_faults_in_a_new_feed_leave_no_feed(folder):
    (folder / "werk.csv").write_text("Gemeente;Jaar\n")
    assert take_in(folder).exit_code == 1
    assert not Feed.objects.exists()


def test_much_that_is_gone_is_refused_unless_it_is_a_part_or_accepted(folder):
    take_in(folder)
    (folder / "werk.csv").write_text("Gemeente;Jaar;Maand;Banen\nAssen;2024;mei;901\n")
    result = take_in(folder, "--json")
    assert result.exit_code == 1
    assert "lost too much" in read(result)["error"]
    assert known() == STORED
    (folder / "mapping.yaml").write_text(MAPPING + "whole: false\n")
    assert read(take_in(folder, "--json"))["changed"] == 1
    assert known() == [*STORED, ("banen", "GM0106", "2024-05", 901.0, 0)]
    (folder / "mapping.yaml").write_text(MAPPING)
    assert read(take_in(folder, "--accept", "--json"))["changed"] == 3


def test_other_dimensions_are_refused(folder):
    take_in(folder)
    (folder / "mapping.yaml").write_text(
        MAPPING.replace("- column: Gemeente\n", "- column: Gemeente\n    key: Plaats\n")
    )
    result = take_in(folder)
    assert result.exit_code == 1
    assert "came with the dimensions Plaats, Perioden; it had Gemeente, Perioden" in result.output
    assert Feed.objects.get().settings["mapping"]["dimensions"][0].get("key") is None


def test_conflicts_are_reported_with_their_rows(folder):
    (folder / "werk.csv").write_text(CSV + "Assen;2024;1;901\n")
    data = read(take_in(folder, "--json"))
    (conflict,) = data["conflicts"]
    assert conflict["values"] == [
        {"value": 900.0, "file": "werk.csv", "row": 4},
        {"value": 901.0, "file": "werk.csv", "row": 5},
    ]
    assert Conflict.objects.get().values == conflict["values"]
    assert known() == STORED[:2]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("feed: [", "mapping.yaml, row 1, mapping"),
        (MAPPING.replace("feed: werk", "feed: a b"), "a name of letters, digits"),
        (MAPPING.replace("feed: werk", "feed: hand"), "a name that no feed of hand has"),
        (MAPPING + "kolom: 3\n", "mapping.yaml, kolom: found 3"),
    ],
)
def test_mappings_that_are_refused(folder, mapping, message):
    Feed.objects.create(key="hand", format="hand", title={})
    (folder / "mapping.yaml").write_text(mapping)
    result = take_in(folder)
    assert result.exit_code == 1
    assert message in result.output
    assert not Fetch.objects.exists()


def test_without_a_mapping_there_must_be_a_feed_that_keeps_one(folder):
    result = take_in(folder, "--feed", "werk", mapping=False)
    assert result.exit_code == 1
    assert "a mapping, or a feed that keeps one" in result.output


def test_only_who_may_manage_feeds(folder, cast):
    with pytest.raises(NotAllowed):
        import_sheet(by=cast.alice.actor, path=folder / "werk.csv", mapping={})
