# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The search page: its tabs, what narrows, what it says of a result, and its data."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from lxml import etree, html

from mainport.catalogue.actions import records
from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.rules.courses import Offering
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Organisation, Subject, Work, WorkType
from mainport.core.models import Person
from tests import works
from tests.conftest import BY, Cast

LogIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Any) -> None:
    settings.INDEX_DIR = tmp_path
    settings.LANGUAGE_CODE = "en"


def a_work(title: str, language: str = "nl", **more: Any) -> Record:
    value = Work({language: title}, **{"type": WorkType.THESIS, "language": language, **more})
    return records.put(by=BY, value=value).record


def ask(client: Client, words: str = "", **more: Any) -> Any:
    return client.get(reverse("search"), {"q": words, **more})


def titles(response: Any) -> list[str]:
    found = html.fromstring(response.content).xpath("//*[@class='mainport-results__title']")
    return [" ".join(title.text_content().split()) for title in found]


def test_a_course_that_starts_at_any_moment_is_not_said_to_have_no_date(db: None, client: Client) -> None:
    works.course(offerings=(Offering("steeds", flexible_start=True),))
    works.course("zonder", titles={"en": "Without a date"}, identifier="zonder", offerings=(Offering("ooit"),))
    page = ask(client, tab="courses").content.decode()
    assert page.count("You can start at any moment") == 1
    assert page.count("No date given") == 1


# --- Tabs ---


def test_everything_shows_some_of_each_place(groningen: Any, client: Client) -> None:
    a_work("Hydrogen in the harbour", "en")
    page = ask(client, "hydrogen")
    parts = html.fromstring(page.content).xpath("//section/div/h2")
    assert [part.text for part in parts] == ["Agenda", "Research"]
    assert "Hydrogen in the harbour" in titles(page)
    data = client.get(reverse("search_json"), {"q": "hydrogen"}).json()
    assert data["counts"]["research"] == 1
    assert data["total"] == sum(data["counts"].values())


def test_a_tab_keeps_the_words(db: None, client: Client) -> None:
    tabs = html.fromstring(ask(client, "water").content).xpath("//nav[@aria-label='Where to look']//a")
    assert [tab.get("href") for tab in tabs][2] == f"{reverse('search')}?q=water&tab=research"
    assert tabs[0].get("aria-current") == "page"


def test_research_and_courses_stay_apart(db: None, client: Client) -> None:
    works.work()
    works.course()
    assert titles(ask(client, tab="research")) == ["Heat from the sewer"]
    assert titles(ask(client, tab="courses")) == ["Safe on the internet"]


def test_an_address_of_before_the_tabs_still_searches_the_agenda(groningen: Any, client: Client) -> None:
    assert b"Search the agenda" in client.get(f"{reverse('search')}?q=energy&kind=task").content


# --- What narrows ---


def test_facets_are_counted_and_narrow(db: None, client: Client) -> None:
    for number in range(3):
        a_work(f"Water {number}", published=Day(2024))
    a_work("Water en wind", published=Day(2023))
    page = html.fromstring(ask(client, "water", tab="research").content)
    (box,) = page.xpath("//input[@name='year'][@value='2024']")
    assert box.get("form") == "search-form"
    assert box.getparent().text_content().split() == ["2024", "3"]
    narrowed = ask(client, "water", tab="research", year="2024")
    assert len(titles(narrowed)) == 3
    other = html.fromstring(narrowed.content).xpath("//input[@name='year'][@value='2023']")
    assert other[0].getparent().text_content().split() == ["2023", "1"], "counted as if no year was chosen"


def test_a_choice_can_be_taken_back(db: None, client: Client) -> None:
    a_work("Water", published=Day(2024))
    page = html.fromstring(ask(client, "water", tab="research", year=["2024", "2023"], page="1").content)
    chips = page.xpath("//ul[@class='mainport-chips']//a")
    assert "2023" in chips[1].text_content()
    assert "year=2024" in chips[1].get("href")
    assert "year=2023" not in chips[1].get("href")
    assert "page=" not in chips[1].get("href")
    assert "year" not in chips[-1].get("href")


def test_a_task_is_named_by_its_title(groningen: Any, client: Client) -> None:
    a_work("Water", task="E3")
    a_work("Water", task="E1")
    label = html.fromstring(ask(client, "water", tab="research").content).xpath("//input[@name='task'][@value='E3']")
    assert label[0].getparent().text_content().strip().startswith("E3: ")


def test_newest_first(db: None, client: Client) -> None:
    a_work("Water oud", published=Day(2020))
    a_work("Water nieuw", published=Day(2025))
    assert titles(ask(client, "water", tab="research", sort="newest")) == ["Water nieuw", "Water oud"]
    assert titles(ask(client, "water", tab="research", sort="oldest")) == ["Water oud", "Water nieuw"]


# --- What it says of a result ---


def test_words_are_marked_and_another_language_is_said(db: None, client: Client) -> None:
    a_work("Waterstof", abstracts={"nl": "Over <b>waterstof</b> in de haven."})
    page = ask(client, "waterstof", tab="research").content.decode()
    assert "<mark>Waterstof</mark>" in page
    assert "Found in another language: Dutch" in page
    assert "&lt;b&gt;" in page
    with translation.override("nl"):
        assert "Found in another language" not in ask(client, "waterstof", tab="research").content.decode()


def test_the_page_of_a_file_is_told(db: None, client: Client) -> None:
    record = a_work("Een scriptie")
    KeptFile.objects.create(
        record=record, name="a.pdf", file="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        text="Voorblad.\fInhoud.\fOp deze bladzijde staat iets over zeepaardjes en hun gewoonten.", access="open",
        by_name="", at=timezone.now(),
    )  # fmt: skip
    page = ask(client, "zeepaardjes", tab="research").content.decode()
    assert "<mark>zeepaardjes</mark>" in page
    assert "page 3 of the file" in page


def test_a_result_says_why_it_stands_there(db: None, client: Client) -> None:
    a_work("Water")
    page = html.fromstring(ask(client, "water", tab="research").content)
    (why,) = page.xpath("//details[@class='mainport-why']")
    assert "By its words it is number 1" in why.text_content()


def test_a_course_says_when_where_and_for_what(db: None, client: Client) -> None:
    works.course()
    row = html.fromstring(ask(client, tab="courses").content).xpath("//li[@class='mainport-results__item']")[0]
    assert "free" in row.text_content() or "€" in row.text_content()


def test_left_out_words_are_said(db: None, client: Client) -> None:
    a_work("Water in de stad")
    assert "Left out: zeepaardje" in ask(client, "water zeepaardje", tab="research").content.decode()


@pytest.mark.parametrize("tab", ["research", "everything"])
def test_where_nothing_is_found_the_better_spelling_is_asked(db: None, client: Client, tab: str) -> None:
    a_work("Duurzaamheid in de bouw")
    answer = ask(client, "duurzaamhied", tab=tab)
    page = html.fromstring(answer.content)
    (link,) = page.xpath("//p[contains(., 'These are the results for')]/a")
    assert link.text == "duurzaamheid"
    assert "q=duurzaamheid" in link.get("href")
    assert titles(answer) == ["Duurzaamheid in de bouw"]
    assert page.xpath("//input[@name='q']/@value") == ["duurzaamhied"], "what was typed stays"
    assert "Nothing was found for “duurzaamhied”." in page.text_content()
    data = client.get(reverse("search_json"), {"q": "duurzaamhied", "tab": tab}).json()
    assert (data["total"], data["did_you_mean"]) == (0, "duurzaamheid"), "a program gets what it asked"


def test_no_other_spelling_is_asked_where_that_finds_nothing_either(db: None, client: Client) -> None:
    a_work("Duurzaamheid in de bouw")
    page = html.fromstring(ask(client, "duurzaamhied", tab="research", year="1900").content)
    assert not page.xpath("//p[contains(., 'These are the results for')]")
    assert page.xpath("//p[contains(., 'Did you mean')]/a") or "Nothing was found" in page.text_content()


def test_nothing_found_helps_further(db: None, client: Client) -> None:
    page = ask(client, "<zeepaardje>", tab="research", year="1900").content.decode()
    assert "&lt;zeepaardje&gt;" in page
    assert "Search again without your choices" in page
    assert reverse("provider_map") in page


def test_what_isnt_public_isnt_found(db: None, client: Client) -> None:
    records.put(by=BY, value=Work({"nl": "Geheim concept"}), state=Record.State.DRAFT)
    gone = a_work("Geheim ingetrokken")
    assert titles(ask(client, "geheim", tab="research")) == ["Geheim ingetrokken"]
    records.withdraw(by=BY, record=gone, why="tests")
    assert titles(ask(client, "geheim", tab="research")) == []


# --- Data ---


def test_the_same_as_data(db: None, client: Client) -> None:
    record = a_work(
        "Water", published=Day(2024), authors=(Author("Jan"), Author("Piet")), organisations=(Organisation("Hanze"),)
    )
    asked = {"q": "water", "tab": "research"}
    data = client.get(reverse("search_json"), asked).json()
    (result,) = data["results"]
    assert (data["total"], result["uid"], result["authors"]) == (1, f"work:{record.key}", ["Jan", "Piet"])
    assert data["facets"]["year"] == [{"value": "2024", "label": "2024", "count": 1, "chosen": False}]
    assert result["explanation"]["words"]["rank"] == 1
    (row,) = csv.DictReader(io.StringIO(client.get(reverse("search_csv"), asked).content.decode()))
    assert (row["authors"], row["organisation"]) == ("Jan; Piet", "Hanze")


def test_a_feed_of_the_newest(db: None, client: Client) -> None:
    a_work("Water & wind")
    response = client.get(reverse("search_feed"), {"q": "water", "tab": "research"})
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = etree.fromstring(response.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("//a:entry/a:title/text()", namespaces=atom) == ["Water & wind"]
    assert len(feed.xpath("//a:entry/a:id", namespaces=atom)) == 1


def test_suggestions_complete_the_last_word(db: None, client: Client) -> None:
    a_work("Waterstof in de haven", subjects=(Subject("waterstof"),))
    typed, found = client.get(reverse("search_suggest"), {"q": "haven waters"}).json()
    # Nothing is indexed yet: suggestions don't make a visitor wait for that.
    assert (typed, found) == ("haven waters", [])
    ask(client, "waterstof")
    assert client.get(reverse("search_suggest"), {"q": "haven waters"}).json()[1] == ["haven waterstof"]
    assert client.get(reverse("search_suggest"), {"q": " "}).json()[1] == []
    found = client.get(reverse("search_suggest"), {"q": "waterstof"}).json()[1]
    assert "waterstof" not in found, "what was typed is nothing to choose"


def test_a_facet_with_more_values_than_are_told_says_so(db: None, client: Client) -> None:
    for number in range(34):
        a_work(f"Werk {number}", subjects=(Subject(f"onderwerp {number}"),))
    page = html.fromstring(ask(client, tab="research").content)
    (more,) = page.xpath("//details[summary[contains(., 'more')]][.//input[@name='subject']]")
    assert "These occur most." in more.text_content()
    assert not page.xpath("//details[.//input[@name='language']]//p[contains(., 'These occur most')]")


def test_the_api_searches_too(db: None, client: Client) -> None:
    record = a_work("Water", published=Day(2024))
    works.course()
    response = client.get("/api/v1/catalogue/search", {"q": "water", "kind": "work", "facet": ["year", "type"]})
    data = response.json()
    assert (data["count"], data["items"][0]["id"]) == (1, f"work:{record.key}")
    assert data["facets"]["year"] == [{"value": "2024", "count": 1}]
    assert data["items"][0]["words"]["rank"] == 1
    assert client.get("/api/v1/catalogue/search", {"q": "water", "year": "1999"}).json()["count"] == 0
    assert client.get("/api/v1/catalogue/search", {"colour": "blue"}).status_code == 400
    assert client.get("/api/v1/catalogue/search", {"page": "501"}).status_code == 400


# --- Bad input, speed ---

ODD = ["\0", '"', "((((", "-", "AND OR NOT", "*", "é" * 3000, "a" * 20_000, "\\", "title:", "author:\0", "🙂", "-a -b"]


@pytest.mark.parametrize("asked", ODD)
@pytest.mark.parametrize("tab", ["research", "everything"])
def test_odd_questions_are_answered(db: None, client: Client, asked: str, tab: str) -> None:
    works.work()
    assert client.get(f"{reverse('search')}?tab={tab}&q={quote(asked)}").status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        "page=0", "page=-1", "page=999999", "sort=nonsense", "tab=nonsense", "year=%00", "year=" + "9" * 999,
        "starts_from=2026-02-30", "starts_from=x&starts_until=2026-01-01", "&".join(f"year={n}" for n in range(200)),
    ],
)  # fmt: skip
def test_odd_parameters_are_taken_as_none(db: None, client: Client, more: str) -> None:
    works.course()
    for tab in ("courses", "research"):
        assert client.get(f"{reverse('search')}?q=internet&tab={tab}&{more}").status_code == 200


@pytest.mark.parametrize("tab", ["everything", "research", "courses"])
def test_few_queries(
    groningen: Any, cast: Cast, as_person: LogIn, django_assert_max_num_queries: Any, tab: str
) -> None:
    for number in range(30):
        a_work(f"Energy and the internet {number}", "en", task="E3", sector="energy")
    works.course()
    client = as_person(cast.alice)
    ask(client, "energy")
    a_work("Energy once more", "en")
    with django_assert_max_num_queries(12):
        assert ask(client, "energy", tab=tab).status_code == 200
    with django_assert_max_num_queries(12):
        assert ask(client, "internet", tab=tab).status_code == 200


# --- The map ---


def test_the_map_shows_where_courses_are_given(db: None, client: Client) -> None:
    course = works.course()
    page = html.fromstring(client.get(reverse("provider_map")).content)
    town = course.offerings.exclude(town="").first().town
    (row,) = page.xpath(f"//tbody/tr[th[normalize-space()='{town}']]")
    assert "Bibliotheek Voorbeeld" in row.text_content()
    (link,) = page.xpath("//*[local-name()='svg']/a")
    assert link.get("aria-label") == f"{town}: 1 course"
    assert len(titles(client.get(link.get("href")))) == 1
    (told,) = client.get(reverse("provider_map_json")).json()["towns"]
    assert (told["town"], told["courses"]) == (town, 1)


def test_an_empty_map_says_so(db: None, client: Client) -> None:
    assert b"No course is given at a place now." in client.get(reverse("provider_map")).content
