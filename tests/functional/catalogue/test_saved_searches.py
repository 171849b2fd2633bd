# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Saving a search, changing it, and ending its letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from mainport.catalogue.actions import saved as actions
from mainport.catalogue.models import SavedSearch
from mainport.core.models import AuditEvent, Person
from tests.conftest import Cast

LogIn = Callable[[Person | None], Client]
QUESTION = "?q=waterstof&tab=research&year=2024&page=3"


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Any) -> None:
    settings.INDEX_DIR = tmp_path
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def saved(cast: Cast) -> SavedSearch:
    query = {"q": ["waterstof"], "tab": ["research"]}
    return actions.save_search(by=cast.alice.actor, name="Waterstof", query=query, language="nl", every=7)


def test_a_question_is_kept_without_its_page(cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.heidi)
    address = reverse("search_save") + QUESTION
    form = html.fromstring(client.get(address).content).get_element_by_id("id_name")
    assert form.get("value") == "Research: “waterstof”, 2024"
    client.post(address, {"name": "Waterstof", "every": "1"})
    one = SavedSearch.objects.get()
    assert one.query == {"q": ["waterstof"], "tab": ["research"], "year": ["2024"]}
    assert (one.person, one.every, one.language) == (cast.heidi, 1, "en")
    page = client.get(reverse("saved_searches")).content.decode()
    assert f"{reverse('search')}?q=waterstof&amp;tab=research&amp;year=2024" in page


def test_a_visitor_logs_in_first_and_comes_back(db: None, client: Client) -> None:
    response = client.get(reverse("search_save") + QUESTION)
    assert response.status_code == 302
    assert "next=" in response["Location"]
    assert "waterstof" in response["Location"]


def test_a_name_is_needed(cast: Cast, as_person: LogIn) -> None:
    response = as_person(cast.alice).post(reverse("search_save") + QUESTION, {"name": " ", "every": "7"})
    assert response.status_code == 422
    assert not SavedSearch.objects.exists()


def test_rename_letters_remove(saved: SavedSearch, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.alice)
    address = reverse("saved_search", kwargs={"pk": saved.pk})
    client.post(address, {f"s{saved.pk}-name": "H2", f"s{saved.pk}-every": ""})
    saved.refresh_from_db()
    assert (saved.name, saved.every, saved.next_at) == ("H2", None, None)
    client.post(address, {"remove": "yes"})
    assert not SavedSearch.objects.exists()


def test_nobody_sees_or_changes_those_of_another(saved: SavedSearch, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    assert b"Waterstof" not in client.get(reverse("saved_searches")).content
    assert client.post(reverse("saved_search", kwargs={"pk": saved.pk}), {"remove": "yes"}).status_code == 404
    assert SavedSearch.objects.exists()


def test_letters_end_by_the_secret_and_not_by_following_the_link(saved: SavedSearch, client: Client) -> None:
    address = reverse("letters_end", kwargs={"secret": saved.secret})
    assert b"Stop these letters?" in client.get(address).content
    saved.refresh_from_db()
    assert saved.every == 7
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    saved.refresh_from_db()
    assert saved.every is None
    assert client.get(reverse("letters_end", kwargs={"secret": "wrong"})).status_code == 404


def test_there_is_a_most(saved: SavedSearch, cast: Cast, as_person: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST", 1)
    response = as_person(cast.alice).post(reverse("search_save") + QUESTION, {"name": "Nog een", "every": ""})
    assert response.status_code == 422
    assert SavedSearch.objects.count() == 1


def test_events_dont_say_what_somebody_looks_for(saved: SavedSearch, cast: Cast) -> None:
    event = AuditEvent.objects.get(action="search.save")
    assert "waterstof" not in str(event.data).lower()
    assert event.subject == f"saved-search:{saved.pk}"


def test_the_list_as_data(saved: SavedSearch, cast: Cast, as_person: LogIn) -> None:
    (one,) = as_person(cast.alice).get(reverse("saved_searches_json")).json()["saved_searches"]
    assert (one["name"], one["days_between_letters"]) == ("Waterstof", 7)
    assert saved.secret not in str(one)


def test_a_visitor_is_told_that_saving_asks_for_an_account(client: Client, db: None) -> None:
    page = client.get("/en/search/?tab=research").content.decode()
    assert "Log in to save this search" in page
    assert "Save this search, and get" not in page
