# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Harvesting an OAI-PMH source: all of it, what changed, and whatever bad manners it has."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from mainport.catalogue import tasks
from mainport.catalogue.actions import harvesting, taking_in
from mainport.catalogue.actions.repositories import RepositoryRefused, add_repository
from mainport.catalogue.models import Harvest, RawRecord, Record, Repository
from mainport.core.fetching import http
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed, system
from tests.harvest_server import Kept, Source, served

pytestmark = pytest.mark.django_db
BY = system("tests")
State = Harvest.State


@pytest.fixture(autouse=True)
def loopback(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.FEEDS_ALLOW_LOOPBACK = True
    monkeypatch.setattr(http, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)


@pytest.fixture
def source() -> Source:
    return Source().add(35)


@pytest.fixture
def repository(source: Source) -> Iterator[Repository]:
    with served(source) as url:
        yield add_repository(by=BY, key="test", format="oai-pmh", url=url)


def go(repository: Repository, **options: Any) -> Harvest:
    repository.refresh_from_db()
    return harvesting.harvest(by=BY, repository=repository, **options)


def titles() -> list[str]:
    return sorted(next(iter(one.titles.values())) for one in Record.objects.filter(state="published"))


def test_all_comes_in_once(source: Source, repository: Repository) -> None:
    found = go(repository)
    assert (found.state, found.new, found.requests, found.problem) == (State.COMPLETE, 35, 6, "")
    assert titles() == source.titles()
    raw = RawRecord.objects.select_related("record").get(identifier="oai:test:7")
    assert b"Title number 7" in zlib.decompress(raw.body)
    assert raw.record is not None
    assert raw.record.content["provenance"]["source"] == "test"
    assert raw.record.identifiers.get(scheme="doi").value == "10.1000/7"
    repository.refresh_from_db()
    assert repository.until == source.now
    assert AuditEvent.objects.filter(subject="repository:test", action="repository.harvested").count() == 1


def test_only_what_changed_is_asked_by_the_clock_of_the_source(source: Source, repository: Repository) -> None:
    go(repository)
    key = RawRecord.objects.select_related("record").get(identifier="oai:test:3").record
    assert key is not None
    source.records["oai:test:3"] = Kept("Another title", "2026-01-11T00:00:00Z")
    source.records["oai:test:4"] = Kept("", "2026-01-11T00:00:00Z", deleted=True)
    source.records["oai:test:99"] = Kept("A new one", "2026-01-11T00:00:00Z")
    source.now = "2026-01-12T00:00:00Z"
    found = go(repository)
    assert source.asked[-1]["from"] == "2026-01-10T11:59:00Z"
    assert harvesting.counted(found) == {"new": 1, "changed": 1, "same": 0, "deleted": 1, "refused": 0}
    assert titles() == source.titles()
    key.refresh_from_db()
    assert key.titles == {"nl": "Another title"}
    withdrawn = RawRecord.objects.select_related("record").get(identifier="oai:test:4").record
    assert withdrawn is not None
    assert withdrawn.state == "withdrawn"
    source.records["oai:test:4"] = Kept("It came back", "2026-01-13T00:00:00Z")
    assert go(repository).changed == 1
    assert titles() == source.titles()


def test_a_source_that_counts_in_days_is_asked_in_days(source: Source, repository: Repository) -> None:
    source.granularity, source.now = "YYYY-MM-DD", "2026-01-10T12:00:00Z"
    go(repository)
    go(repository)
    assert source.asked[-1]["from"] == "2026-01-09"


def test_the_same_again_changes_nothing(source: Source, repository: Repository) -> None:
    go(repository)
    before = list(Record.objects.order_by("pk").values_list("pk", "changed_at"))
    for one in source.records.values():
        one.stamp = "2026-01-11T00:00:00Z"
    assert harvesting.counted(go(repository))["same"] == 35
    assert {**harvesting.counted(go(repository, whole=True)), "same": 0} == dict.fromkeys(
        ("new", "changed", "same", "deleted", "refused"), 0
    )
    assert list(Record.objects.order_by("pk").values_list("pk", "changed_at")) == before


def test_what_a_whole_list_no_longer_names_is_withdrawn(source: Source, repository: Repository) -> None:
    source.deletions = "no"
    go(repository)
    for number in range(5):
        del source.records[f"oai:test:{number}"]
    assert go(repository).deleted == 0
    assert go(repository, whole=True).deleted == 5
    assert titles() == source.titles()


def test_a_source_from_which_much_is_gone_is_believed_on_request(source: Source, repository: Repository) -> None:
    go(repository)
    for number in range(30):
        del source.records[f"oai:test:{number}"]
    found = go(repository, whole=True)
    assert found.state == State.FAILED
    assert "30 of 35 records are no longer at the source" in found.problem
    assert len(titles()) == 35
    asked = len(source.asked)
    found = go(repository, whole=True, accept=True)
    assert (found.state, found.deleted, len(source.asked)) == (State.COMPLETE, 30, asked)
    assert titles() == source.titles()


def test_a_record_that_cannot_be_read_is_kept_with_its_faults(source: Source, repository: Repository) -> None:
    source.records["oai:test:1"].title = ""
    source.records["oai:test:2"].raw = "<strange xmlns='urn:x'>words</strange>"
    source.records["oai:test:3"].stamp = "yesterday"
    found = go(repository)
    assert (found.state, found.new, found.refused) == (State.COMPLETE, 32, 3)
    raw = RawRecord.objects.get(identifier="oai:test:1")
    assert raw.record is None
    assert raw.faults[0]["where"] == "titles"
    assert b"strange" in zlib.decompress(RawRecord.objects.get(identifier="oai:test:2").body)
    nameless = RawRecord.objects.get(identifier__startswith="?")
    assert "oai:test:3" in nameless.faults[0]["expected"]
    source.records["oai:test:1"].title, source.records["oai:test:1"].stamp = "Now with a title", "2026-01-11T00:00:00Z"
    source.records["oai:test:5"].title, source.records["oai:test:5"].stamp = "", "2026-01-11T00:00:00Z"
    found = go(repository)
    assert (found.new, found.refused) == (1, 2)
    assert "Title number 5" in titles()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("repeat", "asked before"),
        ("loop", "asked before"),
        ("endless", "without anything new"),
        ("500", "answered 500"),
        ("encoding", "well-formed XML"),
        ("cut", "well-formed XML"),
        ("packed", "can't be unpacked"),
        ("html", "DOCTYPE"),
        ("expire", "expires each time"),
        ("huge", "2,048 MiB"),
        ("later", "answered 503"),
        ("error", "cannotDisseminateFormat no such format"),
    ],
)
def test_bad_manners_are_told_and_what_came_stays(source: Source, repository: Repository, bad: str, words: str) -> None:
    source.bad, source.bad_from = bad, 2
    found = go(repository)
    assert found.state == State.FAILED
    assert words in found.problem
    assert Record.objects.count() in (20, 30, 35)
    assert RawRecord.objects.count() == Record.objects.count()
    source.bad = ""
    assert len(source.asked) < 250
    again = go(repository)
    assert (again.pk, again.state) == (found.pk, State.COMPLETE)
    assert again.new == 35
    assert titles() == source.titles()


@pytest.mark.parametrize("bad", ["500", "cut", "encoding", "503", "expire"])
def test_a_fault_that_passes_by_itself_is_no_matter(source: Source, repository: Repository, bad: str) -> None:
    source.bad, source.bad_from, source.bad_times = bad, 2, 1
    found = go(repository)
    assert (found.state, found.new, found.same) == (State.COMPLETE, 35, 0)
    assert titles() == source.titles()


def test_a_source_that_is_not_there_is_told(repository: Repository) -> None:
    Repository.objects.filter(pk=repository.pk).update(url="http://127.0.0.1:9/")
    found = go(repository)
    assert found.state == State.FAILED
    assert "can't be reached" in found.problem


def test_a_harvest_that_broke_goes_on_where_it_was(
    source: Source, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = iter(range(100))

    def breaking(**options: Any) -> Harvest:
        if next(parts) == 2:
            raise KeyboardInterrupt
        return taking_in.take_in(**options)

    monkeypatch.setattr(harvesting, "take_in", breaking)
    with pytest.raises(KeyboardInterrupt):
        go(repository)
    assert Harvest.objects.get().state == State.STOPPED
    assert Record.objects.count() == 20
    asked = len(source.asked)
    found = go(repository)
    assert (found.state, found.new) == (State.COMPLETE, 35)
    assert source.asked[asked]["resumptionToken"].endswith("@20")
    assert titles() == source.titles()


def test_one_at_a_time_and_a_dead_one_is_followed(repository: Repository) -> None:
    running = harvesting.begin(by=BY, repository=repository, whole=False, owner="one")
    with pytest.raises(harvesting.Busy):
        go(repository)
    running.position["owner"]["pid"] = 2**22 + 1
    running.save()
    assert go(repository).pk == running.pk


def test_a_silent_one_elsewhere_is_followed(repository: Repository) -> None:
    running = harvesting.begin(by=BY, repository=repository, whole=False, owner="one")
    running.position["owner"]["host"] = "elsewhere"
    running.save()
    with pytest.raises(harvesting.Busy):
        go(repository)
    Harvest.objects.update(alive_at=timezone.now() - harvesting.SILENT)
    assert go(repository).pk == running.pk


def test_somebody_stops_it(source: Source, repository: Repository) -> None:
    def stop(told: harvesting.Told) -> None:
        if told.place.pages == 1:
            harvesting.end(by=BY, harvest=told.harvest)

    found = go(repository, tell=stop)
    assert (found.state, found.new) == (State.STOPPED, 10)
    assert go(repository).new == 35
    assert titles() == source.titles()


def test_a_long_harvest_leaves_turns_to_other_jobs(
    source: Source, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = go(repository, at_most=0)
    assert (found.state, harvesting.is_paused(found)) == (State.STOPPED, True)
    turns: list[Any] = []
    job = tasks.harvest_repository
    again = SimpleNamespace(enqueue=lambda *words, **named: turns.append((words, named)))
    monkeypatch.setattr(tasks, "harvest_repository", again)
    monkeypatch.setattr(tasks, "TURN", 0.0)
    assert job.call("test", whole=True) == "stopped"
    assert turns == [(("test",), {"whole": True, "person": None})]
    found = go(repository)
    assert (found.state, harvesting.is_paused(found), found.new) == (State.COMPLETE, False, 35)


def test_only_who_manages_the_catalogue_may(repository: Repository) -> None:
    with pytest.raises(NotAllowed):
        harvesting.harvest(by=VISITOR, repository=repository)
    with pytest.raises(NotAllowed):
        add_repository(by=VISITOR, key="x", format="oai-pmh", url="https://example.org")


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "a b"},
        {"key": "test"},
        {"format": "fax"},
        {"url": ""},
        {"url": "file:///etc/passwd"},
        {"settings": {"prefix": "a b"}},
        {"settings": {"pause": -1}},
    ],
)
def test_a_repository_that_cannot_be_is_refused(repository: Repository, wrong: dict[str, Any]) -> None:
    with pytest.raises(RepositoryRefused):
        add_repository(by=BY, **({"key": "other", "format": "oai-pmh", "url": "https://example.org"} | wrong))


def test_the_owner_is_told_once(source: Source, repository: Repository, cast: Any, mailoutbox: list[Any]) -> None:
    Repository.objects.update(owner=cast.frank, every=24)
    source.bad = "500"
    found = go(repository)
    assert tasks.tell_owner.call(found.pk) == 1
    assert tasks.tell_owner.call(found.pk) == 0
    assert "answered 500" in mailoutbox[0].body
    assert mailoutbox[0].to == ["frank@example.org"]
    repository.refresh_from_db()
    assert repository.next_at is not None
    assert repository.next_at < timezone.now() + timedelta(hours=3)


def test_due_repositories_are_harvested_in_rounds(source: Source, repository: Repository) -> None:
    Repository.objects.update(every=24, next_at=timezone.now())
    assert tasks.harvest_due_repositories.call() == 1
    assert tasks.harvest_due_repositories.call() == 0
    assert tasks.harvest_repository.call("test") == "complete"
    assert titles() == source.titles()
