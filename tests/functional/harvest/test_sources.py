# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of sources and duplicates, as somebody who manages the catalogue uses them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mainport.catalogue import tasks
from mainport.catalogue.actions import harvesting
from mainport.catalogue.actions.repositories import add_repository
from mainport.catalogue.models import Harvest, Match, RawRecord, Record, Repository
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import system
from tests.conftest import Cast
from tests.functional.matrix import Stage, catalogue_harvest
from tests.harvest_server import Source, served

pytestmark = pytest.mark.django_db
BY = system("tests")


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """The addresses are those of the English pages."""
    with translation.override("en"):
        yield


@pytest.fixture
def frank(cast: Cast, as_person: Any) -> Client:
    client: Client = as_person(cast.frank)
    return client


def _words(client: Client, name: str, **arguments: Any) -> str:
    response = client.get(reverse(name, kwargs=arguments))
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_source_is_added_harvested_and_looked_at(frank: Client, settings: Any) -> None:
    settings.FEEDS_ALLOW_LOOPBACK = True
    source = Source().add(12)
    source.records["oai:test:3"].title = ""
    with served(source) as url:
        said = {"title": "Proef", "url": url, "format": "oai-pmh", "every": "24", "preference": "10"}
        response = frank.post(reverse("harvest_add"), said)
        assert response.status_code == 302
        repository = Repository.objects.get()
        assert (repository.title, repository.every, repository.preference) == ({"mul": "Proef"}, 24, 10)
        assert repository.owner is not None
        assert frank.post(reverse("harvest_start", args=[repository.key])).status_code == 302
    harvest = Harvest.objects.get()
    assert (harvest.state, harvest.new, harvest.refused, harvest.by_name) == ("complete", 11, 1, "Frank")
    page = _words(frank, "harvest_source", key=repository.key)
    assert "Proef" in page
    assert "1 with faults" in page
    raw = RawRecord.objects.exclude(faults=[]).get()
    page = _words(frank, "harvest_record", key=repository.key, number=raw.pk)
    assert "a title in at least one language" in page
    assert "&lt;dc:creator&gt;Jansen, Alice" in page
    listed = frank.get(reverse("harvest_records_json", args=[repository.key]), {"faulty": "on"}).json()
    assert [one["identifier"] for one in listed["records"]] == ["oai:test:3"]


def test_a_wrong_address_is_told(frank: Client) -> None:
    said = {"title": "Proef", "url": "ftp://x", "format": "oai-pmh", "every": "24", "preference": "10"}
    response = frank.post(reverse("harvest_add"), said)
    assert response.status_code == 422
    assert "begins with https://" in response.content.decode()
    assert not Repository.objects.exists()


def test_a_running_harvest_shows_how_far_it_is_and_can_be_stopped(frank: Client) -> None:
    repository = add_repository(by=BY, key="test", format="oai-pmh", url="https://oai.example.org/")
    running = harvesting.begin(by=BY, repository=repository, whole=False, owner="x")
    running.position |= {"records": 40, "size": 160}
    running.save()
    page = _words(frank, "harvest_source", key="test")
    assert "40 of 160 records" in page
    assert 'hx-trigger="every 3s"' in page
    assert frank.post(reverse("harvest_start", args=["test"]), follow=True).status_code == 200
    assert Harvest.objects.count() == 1
    frank.post(reverse("harvest_stop", args=["test"]))
    running.refresh_from_db()
    assert running.state == "stopped"
    page = _words(frank, "harvest_source", key="test")
    assert reverse("harvest_start", args=["test"]) in page
    assert reverse("harvest_stop", args=["test"]) not in page
    assert "hx-trigger" not in page.partition('id="live"')[2].partition("</section>")[0]
    assert AuditEvent.objects.filter(action="repository.stop", by_name="Frank").exists()


def test_a_source_is_switched_off_and_not_harvested(frank: Client) -> None:
    add_repository(by=BY, key="test", format="oai-pmh", url="https://oai.example.org/", every=24)
    frank.post(reverse("harvest_switch", args=["test"]))
    assert tasks.harvest_due_repositories.call() == 0
    frank.post(reverse("harvest_start", args=["test"]))
    assert not Harvest.objects.exists()
    frank.post(reverse("harvest_switch", args=["test"]))
    assert Repository.objects.get().next_at is not None


def test_pairs_are_joined_told_apart_and_asked_again(frank: Client, cast: Cast) -> None:
    number = catalogue_harvest.pair(Stage(cast))
    page = _words(frank, "match_list")
    assert "the same DOI" in page
    where = reverse("match_decide", args=[number])
    assert frank.post(where, {"deed": "merge"}, follow=True).status_code == 200
    assert Record.objects.filter(merged_into__isnull=False).count() == 1
    merged = frank.get(reverse("match_list_json"), {"verdict": "merged"}).json()
    assert [(one["pair"], one["by"]) for one in merged["pairs"]] == [(number, "Frank")]
    frank.post(where, {"deed": "apart"})
    assert not Record.objects.filter(merged_into__isnull=False).exists()
    assert frank.post(where, {"deed": "merge"}, follow=True).content.decode().count("told apart by Frank")
    frank.post(where, {"deed": "ask"})
    assert Match.objects.get().verdict == "open"
    assert frank.post(where, {"deed": "else"}).status_code == 400
    assert frank.get(reverse("match_list"), {"verdict": "else"}).status_code == 404


def test_no_page_asks_more_the_more_there_is(frank: Client, cast: Cast, django_assert_max_num_queries: Any) -> None:
    for number in range(15):
        repository = add_repository(by=BY, key=f"s{number}", format="ris", title={"mul": "S"})
        Harvest.objects.create(repository=repository, started_at=timezone.now(), alive_at=timezone.now())
        catalogue_harvest.pair(Stage(cast))
    catalogue_harvest.source(Stage(cast))
    for address in (
        reverse("harvest_list"),
        reverse("harvest_source", args=["hanze"]),
        reverse("harvest_records", args=["hanze"]),
        reverse("match_list"),
    ):
        with django_assert_max_num_queries(12):
            assert frank.get(address).status_code == 200
