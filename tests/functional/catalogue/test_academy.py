# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Learning on pages: the questions without an account, the offer with its reasons, saving, following, forgetting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from mainport.catalogue import demo_courses
from mainport.catalogue.actions import academy as actions
from mainport.catalogue.models import Answers, Following, Record
from mainport.catalogue.rules.following import Learner
from mainport.core.rules.permissions import system
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

BY = system("tests")
LOWEST: dict[str, dict[str, Any]] = {
    "where": {"situation": "resident", "home": "9671 AB", "distance": "15"},
    "computer": {"ease": "never", "reading": "hard"},
    "want": {"areas": ["start"]},
    "how": {"contact": "phone", "mode": "place", "language": ["nl"], "price": "0"},
}


@pytest.fixture
def courses(groningen: object) -> None:
    demo_courses.load(by=BY)


def fill_in(client: Client, answers: dict[str, dict[str, Any]] = LOWEST) -> str:
    """Answers step by step as a browser would; the address at which it ends."""
    at = client.get("/en/learn/questions/").headers["location"]
    while "/questions/" in at:
        step = at.rstrip("/").rpartition("/")[2]
        if step == "questions":
            at = client.get(at).headers["location"]
            continue
        assert client.get(at).status_code == 200
        at = client.post(at, answers[step]).headers["location"]
    return at


def test_a_visitor_answers_and_gets_the_library_next_door_with_reasons(client: Client, courses: None) -> None:
    assert fill_in(client) == "/en/learn/offer/"
    page = client.get("/en/learn/offer/")
    text = page.content.decode()
    assert "Click and tap: the first steps" in text
    assert "It is in Winschoten, where you live." in text
    assert ">free</dd>" in text
    assert "It is free." not in text, "what a fact says isn't said again to who has enough to read"
    assert "Call or drop in at the library" in text
    assert "Bibliotheek Winschoten" in text
    assert 'href="tel:0500000003"' in text
    assert "Invented example" in text
    assert page.headers["Cache-Control"] == "private, no-store"
    data = client.get("/en/learn/offer.json").json()
    assert data["widened"] == []
    assert all(one["provider"] == "Biblionet" for one in data["courses"])
    assert data["courses"][0]["km"] is None or data["courses"][0]["km"] < 15


def test_answers_stay_and_a_wrong_one_is_told_at_its_question(client: Client, courses: None) -> None:
    page = client.post("/en/learn/questions/where/", {"situation": "work", "home": "Winschooten", "distance": "5"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Do you mean Winschoten" in text
    again = client.get("/en/learn/questions/where/").content.decode()
    assert again.count("checked") == 2  # The place is asked for anew, the rest stands.
    page = client.post("/en/learn/questions/where/", {})
    assert page.content.decode().count("Choose an answer, please.") == 4  # At two questions, and above.


def test_only_the_areas_that_were_chosen_are_asked(client: Client, courses: None) -> None:
    client.post("/en/learn/questions/where/", LOWEST["where"])
    client.post("/en/learn/questions/computer/", {"ease": "some"})
    at = client.post("/en/learn/questions/want/", {"areas": ["4"]}).headers["location"]
    assert at == "/en/learn/questions/safe/"
    assert "Can you secure your phone and your computer?" in client.get(at).content.decode()
    assert client.get("/en/learn/questions/search/").headers["location"] == "/en/learn/questions/"


def test_begin_again(client: Client, courses: None) -> None:
    fill_in(client)
    client.post("/en/learn/questions/begin-again/")
    assert not Answers.objects.exists()
    assert client.get("/en/learn/offer/").headers["location"] == "/en/learn/questions/"


def test_who_only_looks_gets_no_cookie(client: Client, courses: None) -> None:
    for address in ("/en/learn/", "/en/learn/my-courses/", "/en/learn/questions/where/"):
        client.get(address)
    assert "sessionid" not in client.cookies


def test_the_offer_can_be_narrowed_and_printed(client: Client, courses: None) -> None:
    fill_in(client)
    everything = client.get("/en/learn/offer.json").json()["courses"]
    safe = client.get("/en/learn/offer.json", {"area": "4"}).json()["courses"]
    assert 0 < len(safe) < len(everything)
    assert all(one["competences"].startswith("4.") for one in safe)
    paper = client.get("/en/learn/offer/print/").content.decode()
    assert "050 000 00 03" in paper
    assert "<form" not in paper.partition("<main")[2].partition("</main")[0]


def test_save_follow_and_complete(client: Client, courses: None) -> None:
    here = "/en/learn/my-courses/demo-klik-en-tik"
    assert client.post(f"{here}/save/").headers["location"] == "/en/learn/my-courses/"
    text = client.get("/en/learn/my-courses/").content.decode()
    assert "Click and tap" in text
    assert "How you find this list again" in text
    offering = Record.objects.get(key="demo-klik-en-tik").offerings.first()
    assert offering is not None
    page = client.get(f"{here}/enrol/").content.decode()
    assert "Bibliotheek Winschoten" in page
    client.post(f"{here}/enrol/", {"offering": offering.key})
    client.post(f"{here}/keep/", {"deed": "begin"})
    client.post(f"{here}/keep/", {"deed": "progress", "percent": "50"})
    followed = Following.objects.get()
    assert (followed.state, followed.progress, followed.offering) == ("busy", 50, offering)
    client.post(f"{here}/keep/", {"deed": "complete"})
    assert Following.objects.get().completed_on == timezone.localdate()
    assert "can’t be done" in client.post(f"{here}/keep/", {"deed": "begin"}, follow=True).content.decode()


def test_the_nearest_library_stands_on_top_where_one_enrols(client: Client, courses: None) -> None:
    here = "/en/learn/my-courses/demo-klik-en-tik"
    fill_in(client)
    page = html.fromstring(client.get(f"{here}/enrol/").content)
    times = [" ".join(one.text_content().split()) for one in page.xpath("//fieldset//label")]
    assert len(times) == 24
    assert all("Winschoten" in one for one in times[:3])
    assert len(page.xpath("//fieldset/div/label")) == 6
    assert page.xpath("//fieldset//summary[contains(., '18 more choices')]")
    phones = page.xpath("//ul[@class='mainport-phones']/li")
    assert "Winschoten" in phones[0].text_content()
    assert len(phones) == 8, "none is lost"


def test_the_page_of_a_course_has_the_nearest_place_on_top_for_who_said_where_they_live(
    client: Client, courses: None, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def places() -> list[str]:
        found = html.fromstring(client.get("/en/courses/demo-digitaal-spreekuur/").content)
        return [" ".join(one.text_content().split()) for one in found.xpath("//section[@aria-labelledby='when']//h3")]

    before = places()
    assert len(before) == 11
    fill_in(client)
    after = places()
    assert after[0] == "Bibliotheek Oude Pekela", "the nearest to Winschoten of where it is given"
    assert sorted(after) == sorted(before), "none is lost"
    with django_assert_max_num_queries(12):
        text = client.get("/en/courses/demo-digitaal-spreekuur/").content.decode()
    assert "7 more places" in text


def test_a_course_is_saved_with_the_time_and_place_of_the_offer(client: Client, courses: None) -> None:
    fill_in(client)
    offer = html.fromstring(client.get("/en/learn/offer/").content)
    form = next(one for one in offer.forms if one.get("action", "").endswith("/demo-tablet-voor-beginners/save/"))
    client.post(form.get("action"), dict(form.form_values()))
    text = client.get("/en/learn/my-courses/").content.decode()
    assert "Bibliotheek Oude Pekela" in text
    assert "tel:0500000014" in text
    page = html.fromstring(client.get("/en/learn/my-courses/demo-tablet-voor-beginners/enrol/").content)
    (chosen,) = page.xpath("//fieldset//label[input[@checked]]")
    assert "Oude Pekela" in chosen.text_content()


def test_a_place_that_is_left_open_is_asked_for_in_its_own_words(client: Client, courses: None) -> None:
    text = client.post("/en/learn/questions/where/", {"situation": "work", "distance": "15"}).content.decode()
    assert "Fill in your postcode or the place where you live." in text
    assert "Choose an answer" not in text


@pytest.mark.parametrize("data", [{"deed": "dance"}, {"deed": "progress", "percent": "x"}, {}])
def test_a_deed_that_is_none(client: Client, courses: None, data: dict[str, str]) -> None:
    client.post("/en/learn/my-courses/demo-klik-en-tik/save/")
    assert client.post("/en/learn/my-courses/demo-klik-en-tik/keep/", data).status_code == 404


def test_a_course_that_isnt_there_or_isnt_mine(client: Client, courses: None) -> None:
    assert client.post("/en/learn/my-courses/nothing/save/").status_code == 404
    assert client.post("/en/learn/my-courses/demo-klik-en-tik/keep/", {"deed": "begin"}).status_code == 404
    assert client.get("/en/learn/my-courses/nothing/enrol/").status_code == 404


def test_logging_in_takes_answers_and_courses_along(
    courses: None, cast: Cast, as_person: Callable[..., Client], client: Client
) -> None:
    fill_in(client)
    client.post("/en/learn/my-courses/demo-klik-en-tik/save/")
    visit = client.session["visit"]
    client.force_login(cast.heidi, backend="mainport.web.accounts.backends.AuthenticationBackend")
    session = client.session
    session["visit"] = visit
    session.save()
    assert "Click and tap" in client.get("/en/learn/my-courses/").content.decode()
    assert client.get("/en/learn/offer/").status_code == 200
    assert "visit" not in client.session
    assert Following.objects.get().person == cast.heidi
    assert "Click and tap" in as_person(cast.heidi).get("/en/learn/my-courses/").content.decode()
    assert "Click and tap" not in as_person(cast.alice).get("/en/learn/my-courses/").content.decode()


def test_what_can_be_learnt_leads_to_the_courses(client: Client, courses: None) -> None:
    page = html.fromstring(client.get("/en/learn/").content)
    links = page.xpath("//section[@aria-labelledby='what']//li/a/@href")
    assert len(links) == 21
    assert links[0] == "/en/search/?tab=courses&competence=1.1"
    found = html.fromstring(client.get(links[0]).content)
    assert found.xpath("//*[@class='mainport-chips']")
    (every,) = page.xpath("//a[.='Search all courses']/@href")
    assert "Find a course" in client.get(every).content.decode()


def test_forgetting(client: Client, courses: None) -> None:
    fill_in(client)
    client.post("/en/learn/my-courses/demo-klik-en-tik/save/")
    assert "1 course on your list" in client.get("/en/learn/forget-me/").content.decode()
    client.post("/en/learn/forget-me/")
    assert not Answers.objects.exists()
    assert not Following.objects.exists()
    assert "We keep nothing of you here" in client.get("/en/learn/forget-me/").content.decode()


def test_few_queries(
    client: Client, courses: None, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.heidi, backend="mainport.web.accounts.backends.AuthenticationBackend")
    fill_in(client)
    for record in Record.objects.filter(kind="course")[:30]:
        actions.save(by=BY, learner=Learner(cast.heidi.pk), record=record)
    for address in (
        "",
        "offer/",
        "offer/print/",
        "my-courses/",
        "questions/where/",
        "my-courses/demo-klik-en-tik/enrol/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(f"/en/learn/{address}").status_code == 200


def test_who_adds_a_course_twice_gets_one(cast: Cast, as_person: Callable[..., Client], groningen: object) -> None:
    said = {
        "organisation": "hanze",
        "title_nl": "Veilig mailen",
        "about_nl": "U leert veilig mailen.",
        "mode": "online",
        "languages": ["nl"],
        "level-2-1": "2",
    }
    judy = as_person(cast.judy)
    places = {judy.post("/en/learn/courses-that-you-give/add/", said)["Location"] for _ in range(2)}
    assert len(places) == 1
    other = judy.post("/en/learn/courses-that-you-give/add/", {**said, "title_nl": "Veilig bellen"})["Location"]
    assert other not in places
    assert Record.objects.filter(kind="course").count() == 2
