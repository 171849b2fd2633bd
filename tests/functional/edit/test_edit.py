# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Editing on the site, as the people do it who may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from mainport.agenda import actions, queries
from mainport.agenda.models import Version
from mainport.agenda.queries.history import newest_version
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link
from mainport.agenda.rules.nodes import PLAN_TITLE
from mainport.core.models import Person
from tests.conftest import BY, Cast

LogIn = Callable[[Person | None], Client]


def url(name: str, **arguments: str) -> str:
    return reverse(name, kwargs=arguments)


EDIT_E3 = {"kind": "task", "key": "E3"}
PLAN_E3 = {"kind": "plan", "key": "task-E3"}


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def plan(groningen: Agenda) -> Element:
    """The Hanzehogeschool leads the plan of E3, with one milestone."""
    lead = Link("lead", "partner:hanze")
    plan = Element(Kind.PLAN, "task-E3", "task:E3", 0, PLAN_TITLE, attributes={"start": "2023"}, links=(lead,))
    first = Element(
        Kind.MILESTONE,
        "E3-first",
        plan.uid,
        0,
        {"nl": "Eerste groep", "en": "First group"},
        attributes={"due": "2027-06"},
        source="energy",
    )
    actions.edit(by=BY, put=[plan, first], why="tests")
    return plan


def fill(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What the form at this address would send, with these changes; a value None leaves an input out."""
    response = client.get(address)
    assert response.status_code == 200
    return fill_from(response.content, **changes)


def fill_from(content: bytes, **changes: Any) -> dict[str, Any]:
    form = html.fromstring(content).get_element_by_id("edit-form")
    sent: dict[str, Any] = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    sent |= {"why": "tests"} | {name.replace("__", "-"): value for name, value in changes.items()}
    return {name: value for name, value in sent.items() if value is not None}


def stored(uid: str) -> Element:
    return queries.agenda().elements[uid]


# --- The programme office ---


def test_the_office_changes_a_task(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_edit", **EDIT_E3)
    data = fill(client, address, summary_nl="Nieuwe zin.", summary_en="New sentence.", why="decided on 12 March")
    response = client.post(address, data, follow=True)
    assert response.redirect_chain[-1][0] == reverse("task", kwargs={"key": "E3"})
    assert "Saved" in response.content.decode()
    assert stored("task:E3").summary == {"nl": "Nieuwe zin.", "en": "New sentence."}
    version = Version.objects.get(pk=newest_version())
    assert (version.uid, version.by_name, version.why) == ("task:E3", "Dave", "decided on 12 March")


def test_saving_without_a_change_says_so(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client, before = as_person(cast.dave), newest_version()
    address = url("element_edit", **EDIT_E3)
    response = client.post(address, fill(client, address), follow=True)
    assert "nothing was saved" in response.content.decode()
    assert newest_version() == before


def test_a_reason_is_asked(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client, before = as_person(cast.dave), newest_version()
    address = url("element_edit", **EDIT_E3)
    response = client.post(address, fill(client, address, title_en="Other", title_nl="Ander", why=" "))
    assert response.status_code == 200
    page = html.fromstring(response.content)
    assert page.xpath("//a[@href='#id_why']")
    assert page.get_element_by_id("id_why").get("aria-invalid") == "true"
    assert page.get_element_by_id("id_title_en").value == "Other"
    assert newest_version() == before


FAULTS = [
    (EDIT_E3, {"title_en": ""}, "id_title_en"),
    (EDIT_E3, {"summary_nl": "", "summary_en": "Only English"}, "id_summary_nl"),
    (EDIT_E3, {"horizon": "31-03-2026"}, "id_horizon"),
    ({"kind": "contribution", "key": "hanze"}, {"total": "1"}, "id_total"),
    ({"kind": "contribution", "key": "hanze"}, {"per_year": "-1"}, "id_per_year"),
    ({"kind": "contribution", "key": "hanze"}, {"partners": None}, "id_partners_0"),
    ({"kind": "partner", "key": "hanze"}, {"website": "hanze"}, "id_website"),
    ({"kind": "place", "key": "campus-fryslan"}, {"latitude": ""}, "id_latitude"),
    ({"kind": "place", "key": "campus-fryslan"}, {"longitude": "999"}, "id_longitude"),
    ({"kind": "alliance", "key": "akkoord-van-groningen"}, {"period_end": "2001"}, "id_period_end"),
    ({"kind": "figure", "key": "campus-companies"}, {"value": "many"}, "id_value"),
]


@pytest.mark.parametrize(("where", "wrong", "anchor"), FAULTS, ids=lambda value: str(value)[:40])
def test_a_fault_stands_at_its_input_and_in_the_summary(
    groningen: Agenda, cast: Cast, as_person: LogIn, where: dict[str, str], wrong: dict[str, Any], anchor: str
) -> None:
    client, before = as_person(cast.dave), newest_version()
    address = url("element_edit", **where)
    response = client.post(address, fill(client, address, **wrong))
    assert response.status_code == 200
    page = html.fromstring(response.content)
    (link,) = page.xpath(f"//div[@role='alert']//a[@href='#{anchor}']")
    words = link.text_content().partition(": ")[2]
    assert words
    (message,) = page.xpath(f"//*[@id='{anchor.removesuffix('_0')}_error']")
    assert words in message.text_content()
    assert page.get_element_by_id(anchor) is not None
    assert newest_version() == before


def test_plans_that_wait_for_each_other_are_refused(plan: Element, cast: Cast, as_person: LogIn) -> None:
    other = Element(Kind.PLAN, "task-E1", "task:E1", 0, PLAN_TITLE, links=(Link("depends_on", "task:E3"),))
    actions.put_element(by=BY, element=other, why="tests")
    client = as_person(cast.dave)
    address = url("element_edit", **PLAN_E3)
    response = client.post(address, fill(client, address, depends_on="task:E1"))
    assert "plans that don&#x27;t wait for each other" in response.content.decode()
    assert stored(plan.uid) == plan


def test_the_office_adds_a_task(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_add", kind="task", parent="goal:ecosystem")
    response = client.post(address, fill(client, address, id="X9", title_nl="Nieuw", title_en="New"))
    assert response["Location"] == reverse("task", kwargs={"key": "X9"})
    added = stored("task:X9")
    beside = [e for e in queries.agenda().elements.values() if e.parent == "goal:ecosystem" and e.kind is Kind.TASK]
    assert added.title == {"nl": "Nieuw", "en": "New"}
    assert beside[-1] == added


def test_a_code_is_made_from_the_title_and_never_used_twice(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_add", kind="flagship", parent="sector:energy")
    for expected in ("nieuw-schip", "nieuw-schip-2"):
        client.post(address, fill(client, address, title_nl="Nieuw schip", title_en="New ship"))
        assert stored(f"flagship:{expected}").title == {"nl": "Nieuw schip", "en": "New ship"}
    actions.remove_element(by=BY, uid="flagship:nieuw-schip", why="tests")
    response = client.post(address, fill(client, address, id="nieuw-schip", title_nl="A", title_en="B"))
    assert "once was" in response.content.decode()
    response = client.post(address, fill(client, address, id="no good!", title_nl="A", title_en="B"))
    assert "hyphens only" in response.content.decode()


def test_what_does_not_fit_cannot_be_added(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    for kind, parent in (("goal", "task:E3"), ("nonsense", "task:E3"), ("task", "goal:none"), ("alliance", "task:E3")):
        assert client.get(url("element_add", kind=kind, parent=parent)).status_code == 404
    assert client.get(url("element_edit", kind="task", key="none")).status_code == 404
    assert client.get(url("element_remove", kind="task", key="none")).status_code == 404


def test_a_second_plan_is_the_first_one(plan: Element, cast: Cast, as_person: LogIn) -> None:
    response = as_person(cast.dave).get(url("element_add", kind="plan", parent="task:E3"))
    assert response["Location"] == url("element_edit", **PLAN_E3)


def test_words_that_are_the_same_in_every_language_stay_one_text(
    groningen: Agenda, cast: Cast, as_person: LogIn
) -> None:
    client = as_person(cast.dave)
    address = url("element_edit", kind="partner", key="noorderpoort")
    client.post(address, fill(client, address, title_nl="Noorderpoort!", title_en="Noorderpoort!"))
    assert stored("partner:noorderpoort").title == {"mul": "Noorderpoort!"}
    client.post(address, fill(client, address, title_nl="Noorderpoort", title_en="Northern Gate"))
    assert stored("partner:noorderpoort").title == {"nl": "Noorderpoort", "en": "Northern Gate"}


# --- Plans, with their rows ---


def test_a_coordinator_lays_out_the_plan(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", **PLAN_E3)
    for name in ("risks", "milestones"):
        more = client.post(address, fill(client, address) | {"row": f"add:{name}"})
        assert more.status_code == 200
        assert "Not saved" not in more.content.decode()
    data = fill(client, address) | {
        "row": "add:risks",
        "risks-0-title_nl": "Te laat",
        "risks-0-title_en": "Too late",
        "risks-0-size": "large",
        "milestones-1-title_nl": "Klaar",
        "milestones-1-title_en": "Ready",
        "milestones-1-due": "2027",
    }
    page = client.post(address, data)
    data = fill_from(page.content, end="2028")
    response = client.post(address, data, follow=True)
    assert "Saved" in response.content.decode()
    now = stored(plan.uid)
    assert now.attributes["risks"] == [{"title": {"nl": "Te laat", "en": "Too late"}, "size": "large"}]
    assert (now.attributes["start"], now.attributes["end"]) == ("2023", "2028")
    assert stored("milestone:e3-klaar").attributes == {"due": "2027"}
    assert stored("milestone:E3-first").source == "energy"


def test_adding_a_row_saves_nothing_and_keeps_what_was_typed(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client, before = as_person(cast.bob), newest_version()
    address = url("element_edit", **PLAN_E3)
    page = client.post(address, fill(client, address, result_nl="Half", why="") | {"row": "add:milestones"})
    form = html.fromstring(page.content)
    assert form.get_element_by_id("id_result_nl").value.strip() == "Half"
    assert form.get_element_by_id("id_milestones-1-title_nl").get("autofocus") is not None
    assert not form.xpath("//div[@role='alert']")
    assert newest_version() == before


def test_a_row_is_taken_out(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", **PLAN_E3)
    page = client.post(address, fill(client, address) | {"row": "drop:milestones-0"})
    assert b"First group" not in page.content
    assert "milestone:E3-first" in queries.agenda().elements
    client.post(address, fill_from(page.content))
    assert "milestone:E3-first" not in queries.agenda().elements


def test_a_milestone_without_a_date_is_refused(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", **PLAN_E3)
    page = client.post(address, fill(client, address, milestones__0__due=""))
    assert html.fromstring(page.content).xpath("//div[@role='alert']//a[@href='#id_milestones-0-due']")


def test_a_coordinator_cannot_give_the_lead_away(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", **PLAN_E3)
    client.post(address, fill(client, address, lead="partner:rug", end="2029"))
    now = stored(plan.uid)
    assert [link.target for link in now.links] == ["partner:hanze"]
    assert now.attributes["end"] == "2029"


def test_another_organisations_plan_answers_404(plan: Element, cast: Cast, as_person: LogIn) -> None:
    actions.put_element(by=BY, element=replace(plan, links=(Link("lead", "partner:rug"),)), why="tests")
    client = as_person(cast.bob)
    assert client.get(url("element_edit", **PLAN_E3)).status_code == 404
    assert client.post(url("element_edit", **PLAN_E3), {"why": "x", "opened": "1"}).status_code == 404
    assert client.get(url("element_edit", kind="milestone", key="E3-first")).status_code == 404
    assert client.get(url("element_remove", **PLAN_E3)).status_code == 404


def test_a_coordinator_edits_a_milestone_of_its_plan(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", kind="milestone", key="E3-first")
    client.post(address, fill(client, address, due="2027-09"))
    assert stored("milestone:E3-first").attributes == {"due": "2027-09"}
    assert client.get(url("element_remove", **PLAN_E3)).status_code == 403
    assert client.get(url("element_remove", kind="milestone", key="E3-first")).status_code == 200


def test_a_visitor_is_sent_to_log_in(groningen: Agenda) -> None:
    address = url("element_edit", **EDIT_E3)
    assert Client().get(address)["Location"].startswith(reverse("account_login"))


# --- Two at once ---


def test_the_second_is_told_and_loses_nothing(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_edit", **EDIT_E3)
    mine = fill(client, address, summary_nl="Mijn zin.", summary_en="My sentence.")
    other = replace(stored("task:E3"), title={"nl": "Hun titel", "en": "Their title"}, attributes={"horizon": "2031"})
    actions.put_element(by=cast.dave.actor, element=other, why="faster")
    response = client.post(address, mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Dave changed this while you were at it" in page
    assert "Taken over from the other, since you left it as it was: Title, Horizon." in page
    assert stored("task:E3") == other
    client.post(address, fill_from(response.content))
    now = stored("task:E3")
    assert now.title == other.title
    assert now.attributes == {"horizon": "2031"}
    assert now.summary == {"nl": "Mijn zin.", "en": "My sentence."}


def test_what_both_changed_is_named(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_edit", **EDIT_E3)
    mine = fill(client, address, title_nl="Mijn", title_en="Mine")
    other = replace(stored("task:E3"), title={"nl": "Hun", "en": "Theirs"})
    actions.put_element(by=BY, element=other, why="faster")
    response = client.post(address, mine)
    assert "You both changed: Title." in response.content.decode()
    client.post(address, fill_from(response.content))
    assert stored("task:E3").title == {"nl": "Mijn", "en": "Mine"}


def test_rows_of_both_are_kept(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.bob)
    address = url("element_edit", **PLAN_E3)
    mine = fill(client, address, end="2028")
    second = Element(
        Kind.MILESTONE, "E3-second", plan.uid, 1, {"nl": "Tweede", "en": "Second"}, attributes={"due": "2028"}
    )
    actions.put_element(by=BY, element=second, why="one more")
    response = client.post(address, mine)
    assert response.status_code == 409
    client.post(address, fill_from(response.content))
    assert stored("milestone:E3-second") == second
    assert stored(plan.uid).attributes["end"] == "2028"


def test_what_was_taken_out_meanwhile_can_be_put_back(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_edit", kind="flagship", key="waterstof-werkt")
    mine = fill(client, address, summary_nl="Toch.", summary_en="Still.")
    actions.remove_element(by=BY, uid="flagship:waterstof-werkt", why="away")
    response = client.post(address, mine)
    assert response.status_code == 409
    assert "If you save, you put it back" in response.content.decode()
    client.post(address, fill_from(response.content))
    assert stored("flagship:waterstof-werkt").summary == {"nl": "Toch.", "en": "Still."}


# --- Taking out ---


def test_taking_out_shows_what_goes_with_it(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_remove", **PLAN_E3)
    page = client.get(address)
    assert b"What goes with it" in page.content
    assert b"First group" in page.content
    (opened,) = html.fromstring(page.content).xpath("//main//input[@name='opened']/@value")
    missing = client.post(address, {"why": "", "opened": opened})
    assert missing.status_code == 200
    assert plan.uid in queries.agenda().elements
    response = client.post(address, {"why": "stopped", "opened": opened}, follow=True)
    assert "Taken out of the agenda" in response.content.decode()
    assert not {plan.uid, "milestone:E3-first"} & queries.agenda().elements.keys()


def test_what_others_name_is_shown_and_stays(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    client = as_person(cast.dave)
    address = url("element_remove", kind="partner", key="hanze")
    page = client.get(address)
    assert b"This cannot be taken out yet" in page.content
    assert not html.fromstring(page.content).xpath("//main//form")
    client.post(address, {"why": "x", "opened": str(newest_version())})
    assert "partner:hanze" in queries.agenda().elements


def test_taking_out_what_another_changed_is_told(plan: Element, cast: Cast, as_person: LogIn) -> None:
    client, opened = as_person(cast.dave), newest_version()
    actions.put_element(by=BY, element=replace(plan, attributes={}), why="meanwhile")
    response = client.post(url("element_remove", **PLAN_E3), {"why": "x", "opened": str(opened)})
    assert "Look at it again" in response.content.decode()
    assert plan.uid in queries.agenda().elements


def test_the_alliance_is_never_taken_out(groningen: Agenda, cast: Cast, as_person: LogIn) -> None:
    address = url("element_remove", kind="alliance", key="akkoord-van-groningen")
    assert as_person(cast.dave).get(address).status_code == 404


@pytest.mark.parametrize("where", [EDIT_E3, PLAN_E3, {"kind": "instrument", "key": "human-capital-agendas"}])
def test_a_form_takes_few_queries(
    plan: Element, cast: Cast, as_person: LogIn, where: dict[str, str], django_assert_max_num_queries: Any
) -> None:
    client = as_person(cast.dave)
    with django_assert_max_num_queries(12):
        assert client.get(url("element_edit", **where)).status_code == 200


ODD: list[dict[str, Any]] = [
    {},
    {"why": "x"},
    {"why": "x", "opened": "no"},
    {"why": "x", "opened": "9" * 40},
    {"row": "add:nonsense"},
    {"row": "drop:"},
    {"risks-x-title_nl": "a", "risks--title": "b", "risks-99999999999-title_nl": "c", "why": "x", "opened": "1"},
    {"title_nl": "\0", "title_en": "\0", "why": "x", "opened": "1"},
    {"source": "none-such", "demo": "maybe", "why": "x", "opened": "1"},
]


@pytest.mark.parametrize("data", ODD, ids=lambda data: str(data)[:40])
def test_odd_forms_are_no_fault(plan: Element, cast: Cast, as_person: LogIn, data: dict[str, Any]) -> None:
    for where in (EDIT_E3, PLAN_E3):
        assert as_person(cast.dave).post(url("element_edit", **where), data).status_code in (200, 302, 409)
        assert as_person(cast.dave).post(url("element_remove", **where), data).status_code in (200, 302)
