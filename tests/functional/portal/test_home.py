# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The home page: the ambition, all tasks at a glance, what changed, what one can do here."""

from __future__ import annotations

import pytest
from django.test import Client

from mainport.agenda import actions, queries
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.status import Status
from tests import planning
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_without_an_agenda_it_says_what_to_do() -> None:
    page = see("/en/")
    assert "This site holds no agenda yet" in page.words
    assert "mainport agenda load groningen-2022-2026" in page.words
    assert see("/nl/").tree.get("lang") == "nl"


def test_it_opens_with_the_ambition_and_what_the_alliance_is(groningen: Agenda) -> None:
    page = see("/en/")
    assert page.all("h1")[0].startswith("Develop and position the metropolitan region of Groningen as a mainport")
    assert page.all(".mainport-cover__figures .mainport-figure") == [
        "8 partners",
        "33 tasks",
        "13 flagships",
        "1,050,000 euro base financing a year Source: Budget and funds",
    ]


def test_dutch_readers_get_dutch_words_and_numbers(groningen: Agenda) -> None:
    page = see("/nl/")
    assert page.all("h1")[0].startswith("De metropoolregio Groningen ontwikkelen")
    assert "1.050.000" in page.all(".mainport-cover__figures")[0]


def test_the_matrix_is_a_table_of_all_tasks(groningen: Agenda) -> None:
    page = see("/en/")
    assert len(page.all(".mainport-matrix tr")) == 8
    assert len(page.all(".mainport-matrix td")) == 33
    heads = page.all(".mainport-matrix th")
    assert heads[3].startswith("Sector Energy No plan yet None of the tasks has a plan with a lead yet.")
    assert "E3 Energy Human Capital Agenda 2030 with New Energy Coalition and business: No plan yet" in " ".join(
        page.all(".mainport-matrix td")
    )


def test_an_approved_report_changes_it(groningen: Agenda, cast: Cast) -> None:
    planning.plan("task:E3", "hanze")
    period = planning.open_period()
    planning.write(cast.alice, period, status=Status.BEHIND, words="De docenten ontbreken.", submit=False)
    before = see("/en/")
    assert "De docenten ontbreken." not in before.words
    assert "No report yet" in before.all(".mainport-matrix th")[3]

    period_report = queries.place(cast.alice.actor, period=period.key, uid="task:E3", organisation="hanze").report
    assert period_report is not None
    planning.write(cast.alice, period, status=Status.BEHIND, words="De docenten ontbreken.", reviewer=cast.bob)
    after = see("/en/")
    assert "Behind As its worst task stands: E3." in after.all(".mainport-matrix th")[3]
    latest = after.all(".mainport-changes li")[0]
    assert "Hanze University of Applied Sciences Groningen reported on E3 Behind De docenten ontbreken." in latest
    assert '<p class="mainport-soft mainport-small mainport-measure" lang="nl">' in after.response.content.decode()


def test_a_change_of_one_element_is_named_with_its_reason(groningen: Agenda) -> None:
    agenda = queries.agenda()
    assert agenda is not None
    actions.remove_element(by=BY, uid="flagship:zap", why="Stopped in spring.")
    latest = see("/en/").all(".mainport-changes li")[0]
    assert "Removed: Zernike Advanced Processing" in latest
    assert "Stopped in spring." in latest
    assert "174 elements of the agenda were laid down or changed." in see("/en/").words


def test_figures_stand_with_their_source(groningen: Agenda) -> None:
    figures = see("/en/").all("main section .mainport-figure")
    assert figures[0] == (
        "at least 235,000 people Inhabitants, municipality of Groningen Source: Key figures, in more than one chapter"
    )


def test_only_what_is_there_can_be_done(groningen: Agenda) -> None:
    cards = see("/en/").all(".mainport-card h3")
    assert "See where it happens" in cards
    assert "Follow the money" in cards


def test_only_the_programme_office_sees_ways_to_edit(groningen: Agenda, cast: Cast, as_person) -> None:
    assert "Edit" not in see("/en/").links()
    assert "Edit" not in see("/en/", as_person(cast.bob)).links()
    assert see("/en/", as_person(cast.dave)).links()["Edit"] == "/en/edit/alliance/akkoord-van-groningen/"


def test_the_same_as_data(groningen: Agenda) -> None:
    data = Client().get("/en/index.json").json()
    assert data["counts"]["task"] == 33
    assert len(data["pillars"]) == 8
    assert data["pillars"][0]["standing"]["counts"] == {"no-plan": 5}
    rows = Client().get("/en/index.csv").content.decode().splitlines()
    assert len(rows) == 34
