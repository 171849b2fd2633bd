# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In the workspace a paper is opened, divided, written, commented, laid before the partners, signed and decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainport.cycle.actions import papers as actions
from mainport.cycle.models import Comment, Paper, Section
from mainport.cycle.queries import papers as queries
from tests.integration.cycle.stage import OFFICE, coordinator, laid, money_of_2023, written

pytestmark = pytest.mark.django_db

Where = Callable[..., str]


@pytest.fixture
def plan() -> Paper:
    """A draft of which the Hanzehogeschool writes a section."""
    paper = actions.open(by=OFFICE, kind="annual-plan", year=2023)
    actions.assign(by=OFFICE, section=paper.sections.get(key="goal-labour"), organisation="hanze")
    return paper


@pytest.fixture
def dave(as_person: Any, cast: Any) -> Client:
    client: Client = as_person(cast.dave)
    return client


@pytest.fixture
def alice(as_person: Any, cast: Any) -> Client:
    client: Client = as_person(cast.alice)
    return client


@pytest.fixture
def bob(as_person: Any, cast: Any) -> Client:
    client: Client = as_person(cast.bob)
    return client


def text_of(section: str) -> Any:
    return Section.objects.get(key=section).text


# --- Opening and dividing ---


def test_the_programme_office_opens_a_paper_and_gives_a_section_away(dave: Client, where: Where) -> None:
    response = dave.post(reverse("paper_open"), {"kind": "annual-plan", "year": "2023"})
    assert response["Location"] == where("paper_work")
    response = dave.post(where("paper_section_writer", section="goal-labour"), {"organisation": "hanze"})
    assert response["Location"] == f"{where('paper_work')}#goal-labour"
    assert "Hanzehogeschool" in dave.get(where("paper_work")).text


def test_a_paper_that_is_being_made_is_not_opened_twice(dave: Client, plan: Paper) -> None:
    page = dave.post(reverse("paper_open"), {"kind": "annual-plan", "year": "2023"}).text
    assert "This paper is being made already" in page
    assert Paper.objects.count() == 1


def test_the_list_says_what_is_lacking_and_whose_it_is(alice: Client, dave: Client, plan: Paper) -> None:
    rows = dave.get(reverse("paper_work_list_json")).json()["papers"]
    assert {row["section"] for row in rows[0]["missing"]} == {"priorities", "co-financing"}
    assert rows[0]["not_said"] == 8
    assert "yours" in dave.get(reverse("paper_work_list")).text
    assert "yours" not in alice.get(reverse("paper_work_list")).text


# --- Writing ---


def test_a_reporter_writes_the_section_of_the_own_organisation_in_both_languages(
    alice: Client, where: Where, plan: Paper
) -> None:
    address = where("paper_section", section="goal-labour")
    page = alice.get(address).text
    assert "Hanzehogeschool Groningen writes this section." in page
    response = alice.post(address, {"text_nl": "Wij werven.", "text_en": "We recruit.", "revision": "1"})
    assert response["Location"] == address
    assert text_of("goal-labour") == {"nl": "Wij werven.", "en": "We recruit."}
    assert "We recruit." in alice.get(where("paper_chapter", section="goal-labour")).text


def test_nobody_writes_where_another_does(alice: Client, where: Where, plan: Paper) -> None:
    address = where("paper_section", section="priorities")
    assert 'name="text_nl"' not in alice.get(address).text
    assert alice.post(address, {"text_nl": "Van ons", "text_en": "Ours", "revision": "1"}).status_code == 403
    assert text_of("priorities") == {}


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_ones_own(
    alice: Client, bob: Client, where: Where, plan: Paper
) -> None:
    address = where("paper_section", section="goal-labour")
    bob.post(address, {"text_nl": "Van Bob", "text_en": "By Bob", "revision": "1"})
    page = alice.post(address, {"text_nl": "Van Alice", "text_en": "By Alice", "revision": "1"}).text
    assert "The text as Bob left it" in page
    assert "By Bob" in page
    assert "By Alice</textarea>" in page
    assert 'name="revision" value="2"' in page
    assert text_of("goal-labour")["en"] == "By Bob"
    alice.post(address, {"text_nl": "Van Alice", "text_en": "By Alice", "revision": "2"})
    assert text_of("goal-labour")["en"] == "By Alice"
    versions = alice.get(where("paper_section_versions", section="goal-labour")).text
    assert "<del>By Bob</del>" in versions
    assert "<ins>By Alice</ins>" in versions


def test_a_preview_keeps_nothing(alice: Client, where: Where, plan: Paper) -> None:
    sent = {"text_nl": "Nog niet", "text_en": "Not yet <b>kept</b>", "revision": "1", "verb": "preview"}
    page = alice.post(where("paper_section", section="goal-labour"), sent).text
    assert "Preview: not kept yet" in page
    assert '<p class="nl-paragraph">Not yet &lt;b&gt;kept&lt;/b&gt;</p>' in page
    assert "The tasks of ‘Create a future-proof labour market’" in page  # what is drawn up stands beside it
    assert text_of("goal-labour") == {}


def test_one_goes_on_to_the_next_section(alice: Client, where: Where, plan: Paper) -> None:
    sent = {"text_nl": "Tekst", "text_en": "Text", "revision": "1", "verb": "next"}
    response = alice.post(where("paper_section", section="goal-labour"), sent)
    assert response["Location"] == where("paper_section", section="goal-mainport")


def test_a_text_that_is_too_long_is_refused_at_its_field(alice: Client, where: Where, plan: Paper) -> None:
    sent = {"text_nl": "x" * 50_001, "text_en": "", "revision": "1"}
    page = alice.post(where("paper_section", section="goal-labour"), sent).text
    assert 'id="id_text_nl_error"' in page
    assert text_of("goal-labour") == {}


def test_what_is_drawn_up_stands_on_its_own_page_from_which_htmx_takes_it(
    alice: Client, where: Where, plan: Paper
) -> None:
    address = where("paper_chapter", section="goal-labour")
    assert "The tasks of ‘Create a future-proof labour market’" in alice.get(address).text
    page = alice.get(where("paper_section", section="goal-labour")).text
    assert f'hx-get="{address}" hx-trigger="load" hx-select=".mainport-paper--beside"' in page
    assert f'<a class="nl-link mainport-way-in" href="{address}">' in page


def test_a_section_that_is_drawn_up_has_no_form(dave: Client, where: Where, plan: Paper) -> None:
    page = dave.get(where("paper_section", section="calendar")).text
    assert 'name="text_nl"' not in page
    assert "All of this section is drawn up" in page


# --- Comments ---


def test_a_comment_stands_with_its_section_until_it_is_dealt_with(
    alice: Client, bob: Client, where: Where, plan: Paper
) -> None:
    bob.post(where("paper_comment", section="goal-labour"), {"words": "Graag korter"})
    page = alice.get(where("paper_section", section="goal-labour")).text
    assert "Graag korter" in page
    assert "Mark as dealt with" in page
    comment = Comment.objects.get()
    alice.post(where("paper_comment_resolve", section="goal-labour", pk=comment.pk))
    assert "Dealt with by Alice" in alice.get(where("paper_section", section="goal-labour")).text
    assert alice.post(where("paper_comment_resolve", section="priorities", pk=comment.pk)).status_code == 404


def test_an_empty_comment_is_refused_at_its_field(bob: Client, where: Where, plan: Paper) -> None:
    page = bob.post(where("paper_comment", section="goal-labour"), {"words": " "}).text
    assert 'id="id_words_error"' in page
    assert not Comment.objects.exists()


# --- Before the partners ---


def test_a_paper_that_lacks_a_text_is_not_laid_before_the_partners(dave: Client, where: Where, plan: Paper) -> None:
    page = dave.post(where("paper_lay_before"), follow=True).text
    assert "Not every text is there yet." in page
    assert Paper.objects.get().state == "draft"


def test_a_partner_signs_and_says_why_not(bob: Client, dave: Client, where: Where) -> None:
    written("annual-plan")
    dave.post(where("paper_lay_before"))
    sign = where("paper_sign")
    assert "You sign for Hanze" in bob.get(sign).text
    page = bob.post(sign, {"organisation": "hanze", "agrees": "no", "reason": ""}).text
    assert "Say why your organisation doesn&#x27;t agree" in page
    bob.post(sign, {"organisation": "hanze", "agrees": "no", "reason": "Te duur"})
    assert "Te duur" in dave.get(where("paper_work")).text
    bob.post(sign, {"organisation": "hanze", "agrees": "yes", "reason": ""})
    assert "1 of the 8 partners agree." in dave.get(where("paper_work")).text


def test_a_partner_signs_for_itself_only(bob: Client, where: Where) -> None:
    paper = laid("annual-plan", signed=False)
    page = bob.post(where("paper_sign"), {"organisation": "rug", "agrees": "yes", "reason": ""})
    assert page.status_code == 200
    assert not paper.sign_offs.exists()


def test_texts_rest_until_the_paper_is_taken_back(dave: Client, where: Where) -> None:
    laid("annual-plan")
    address = where("paper_section", section="priorities")
    assert 'name="text_nl"' not in dave.get(address).text
    page = dave.post(address, {"text_nl": "Toch", "text_en": "Still", "revision": "2"}).text
    assert "be done with this paper as it is now" in page
    dave.post(where("paper_take_back"), {"why": "Een fout"})
    assert 'name="text_nl"' in dave.get(address).text
    assert not Paper.objects.get().sign_offs.exists()


# --- Checking and deciding ---


def test_the_check_names_every_difference_and_where_it_comes_from(dave: Client, where: Where) -> None:
    money_of_2023()
    laid("annual-report", signed=False)
    page = dave.get(where("paper_check", "annual-report")).text
    assert "Expenditure in the report" in page
    assert "€150,000.75" in page
    assert page.count(f'href="{reverse("paper_work_list")}"') == 2  # nobody began the accounts: the list is where
    actions.open(by=OFFICE, kind="annual-accounts", year=2023)
    assert f'href="{where("paper_work", "annual-accounts")}"' in dave.get(where("paper_check", "annual-report")).text
    data = dave.get(where("paper_check_json", "annual-report")).json()
    assert data["ties"] is False
    assert data["differences"][0]["tie"] == "accounts"
    assert len(data["unsigned"]) == 8


def test_a_paper_that_does_not_tie_is_not_decided(dave: Client, where: Where) -> None:
    money_of_2023()
    laid("annual-report")
    page = dave.post(where("paper_decide", "annual-report"), {"decision": "", "ahead": ""}).text
    assert "be decided yet. The page of the check says what is in the way." in page
    assert where("paper_check", "annual-report") in page
    assert Paper.objects.get().state == "signing"


def test_going_ahead_without_signatures_needs_a_reason(dave: Client, where: Where) -> None:
    paper = laid("annual-plan", signed=False)
    actions.sign(by=coordinator("hanze"), paper=paper, organisation="hanze", agrees=False, reason="Te duur")
    decide = where("paper_decide")
    assert "Te duur" in dave.get(decide).text
    dave.post(decide, {"decision": "", "ahead": ""})
    assert Paper.objects.get().state == "signing"
    response = dave.post(decide, {"decision": "", "ahead": "Besproken in de stuurgroep"})
    assert response["Location"] == where("yearly_paper")
    page = dave.get(response["Location"]).text
    assert "0 of the 8 partners agreed." in page
    assert "Te duur" in page


def test_a_decided_paper_is_worked_on_no_more(dave: Client, where: Where) -> None:
    actions.decide(by=OFFICE, paper=laid("annual-plan"))
    assert where("yearly_paper") in dave.get(where("paper_work")).text
    for name in ("paper_preview", "paper_check", "paper_sign", "paper_take_back", "paper_decide"):
        assert dave.get(where(name)).status_code == 404
    assert dave.get(where("paper_section", section="priorities")).status_code == 404


# --- As it reads now ---


def test_a_draft_reads_as_a_page_and_as_a_file(alice: Client, where: Where, plan: Paper) -> None:
    page = alice.get(where("paper_preview")).text
    assert "This is a draft of" in page
    response = alice.get(where("paper_preview_file", language="nl", format="pdf"))
    assert response.content.startswith(b"%PDF-")
    assert response["Cache-Control"] == "private, no-store"
    assert alice.get(where("paper_preview_file", language="fr", format="pdf")).status_code == 404
    assert alice.get(where("paper_preview_file", language="nl", format="exe")).status_code == 404


def test_pages_ask_few_questions_and_drawing_a_paper_up_asks_no_more_with_more(
    dave: Client, where: Where, plan: Paper
) -> None:
    actions.comment(by=OFFICE, section=plan.sections.get(key="priorities"), words="Mooi")
    few = [
        where("paper_work"),
        where("paper_section", section="priorities"),
        where("paper_section_versions", section="priorities"),
        where("paper_section_writer", section="priorities"),
        reverse("paper_work_list"),
        reverse("paper_open"),
    ]
    # All that is stored is read for these, once: the agenda, reports, indicators, the ledger, decisions.
    drawn = [where("paper_preview"), where("paper_check"), where("paper_chapter", section="goal-labour")]
    for address in [*few, *drawn]:
        with CaptureQueriesContext(connection) as asked:
            assert dave.get(address).status_code == 200
        assert len(asked) <= (12 if address in few else 48), address
    assert queries.lacking(plan)
