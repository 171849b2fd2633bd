# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A decided paper is read on the site by everybody, in the page's language, for ever the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from mainport.cycle.actions import papers as actions
from mainport.cycle.exports.html import STYLE_SOURCE
from mainport.cycle.models import Paper
from tests.integration.cycle.stage import OFFICE, decided, money_of_2023, written

pytestmark = pytest.mark.django_db

Where = Callable[..., str]


@pytest.fixture
def budget() -> Paper:
    money_of_2023()
    return decided("budget")


def again(paper: Paper, text: str) -> Paper:
    """The next version of a paper, decided with another explanation."""
    made = actions.open(by=OFFICE, kind=paper.kind, year=paper.year)
    section = made.sections.get(key="explanation")
    actions.write(by=OFFICE, section=section, text={"nl": text, "en": text}, revision=section.revision)
    laid = actions.lay_before(by=OFFICE, paper=made)
    return actions.decide(by=OFFICE, paper=laid, ahead="Spoed")


def test_it_reads_as_chapters_with_tables_and_charts(client: Client, where: Where, budget: Paper) -> None:
    page = client.get(where("yearly_paper", "budget")).text
    assert '<h2 class="nl-heading nl-heading--level-2 mainport-paper__title" id="explanation">Explanation</h2>' in page
    assert "Text of explanation." in page
    assert "Table 1. Budget 2023 per goal, task and project" in page
    assert 'data-label="Base money"' in page
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == page.count('class="mainport-chart__title"') > 0
    assert 'href="#cover"' in page  # its contents


def test_the_page_says_what_it_rests_on(client: Client, where: Where, budget: Paper) -> None:
    page = client.get(where("yearly_paper", "budget")).text
    assert budget.sha256 in page
    assert budget.edition
    assert budget.edition.key in page
    assert budget.edition.sha256 in page
    assert "8 of the 8 partners agreed." in page
    for language in ("nl", "en"):
        for format_ in ("pdf", "docx", "odt", "html"):
            assert where("yearly_paper_file", "budget", version=1, language=language, format=format_) in page


def test_in_dutch_it_reads_dutch(client: Client, where: Where, budget: Paper) -> None:
    with translation.override("nl"):
        page = client.get(where("yearly_paper", "budget")).text
    assert "Tekst van explanation." in page
    assert "Tabel 1. Begroting 2023 per doel, opgave en project" in page


def test_the_json_holds_what_the_checksum_is_over(client: Client, where: Where, budget: Paper) -> None:
    data = client.get(where("yearly_paper_json", "budget")).json()
    assert actions.digest(data["content"]) == data["sha256"] == budget.sha256
    assert data["signatures"][0]["agrees"] is True


def test_the_csv_holds_every_cell_of_its_tables(client: Client, where: Where, budget: Paper) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(where("yearly_paper_csv", "budget")).text)))
    row = next(row for row in rows if row["row"] == "Total" and row["column"] == "Total")
    assert row["value"] == "200,000"
    assert row["chapter"] == "Budget per goal, task and project"
    assert "ledger of Mainport" in row["source"]


def test_a_draft_is_nobodys_to_read_here(as_person: Any, cast: Any, where: Where) -> None:
    written("annual-plan")
    for who in (None, cast.dave):
        assert as_person(who).get(where("yearly_paper")).status_code == 404
        assert as_person(who).get(where("yearly_paper_version", version=1)).status_code == 404
        assert where("yearly_paper") not in as_person(who).get(reverse("yearly_paper_list")).text


def test_an_earlier_version_stays_readable_and_says_so(client: Client, where: Where, budget: Paper) -> None:
    again(budget, "Anders gezegd.")
    now = client.get(where("yearly_paper", "budget")).text
    before = client.get(where("yearly_paper_version", "budget", version=1)).text
    assert "Anders gezegd." in now
    assert where("yearly_paper_version", "budget", version=1) in now
    assert "Text of explanation." in before
    assert "Anders gezegd." not in before
    assert "This is an earlier version" in before
    listed = client.get(reverse("yearly_paper_list")).text
    assert where("yearly_paper_version", "budget", version=1) in listed


def test_a_draft_of_a_new_version_leaves_the_decided_one_where_it_is(client: Client, where: Where, budget: Any) -> None:
    made = actions.open(by=OFFICE, kind="budget", year=2023)
    assert made.version == 2
    assert budget.sha256 in client.get(where("yearly_paper", "budget")).text


@pytest.mark.parametrize(
    ("format_", "begins", "media"),
    [
        ("pdf", b"%PDF-", "application/pdf"),
        ("docx", b"PK", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("odt", b"PK", "application/vnd.oasis.opendocument.text"),
        ("html", b"<!DOCTYPE html>", "text/html; charset=utf-8"),
    ],
)
def test_it_is_taken_along_as(
    format_: str, begins: bytes, media: str, client: Client, where: Where, budget: Paper
) -> None:
    address = where("yearly_paper_file", "budget", version=1, language="nl", format=format_)
    response = client.get(address)
    assert response.content.startswith(begins)
    assert response["Content-Type"] == media
    assert f'filename="budget-2023-v1-nl.{format_}"' in response["Content-Disposition"]
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_the_file_of_html_may_use_its_own_style_and_nothing_else(client: Client, where: Where, budget: Paper) -> None:
    response = client.get(where("yearly_paper_file", "budget", version=1, language="en", format="html"))
    policy = response["Content-Security-Policy"]
    assert f"style-src {STYLE_SOURCE}" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_what_was_written_is_text_and_no_markup(client: Client, where: Where, budget: Paper) -> None:
    again(budget, "<script>alert(1)</script> & meer")
    page = client.get(where("yearly_paper", "budget")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer" in page


def test_the_list_stands_by_year_with_a_pdf_in_the_readers_language(
    client: Client, budget: Paper, where: Where
) -> None:
    response = client.get(reverse("yearly_paper_list"))
    assert 'id="year-2023">2023</h2>' in response.text
    assert where("yearly_paper_file", "budget", version=1, language="en", format="pdf") in response.text
    (row,) = client.get(reverse("yearly_paper_list_json")).json()["papers"]
    assert (row["kind"], row["year"], row["state"], row["sha256"]) == ("budget", 2023, "decided", budget.sha256)


def test_without_any_the_list_says_so(client: Client) -> None:
    assert "No paper has been decided yet." in client.get(reverse("yearly_paper_list")).text


def test_reading_asks_few_questions(client: Client, where: Where, budget: Paper) -> None:
    again(budget, "Anders gezegd.")
    for address in (where("yearly_paper", "budget"), reverse("yearly_paper_list")):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 12, address
