# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle render`, `papers` and `check`, and the invented papers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mainport.agenda import demo as agenda_demo
from mainport.agenda import queries as agenda
from mainport.agenda.models import Report, ReportingPeriod
from mainport.agenda.rules.elements import Kind
from mainport.core import demo as people
from mainport.cycle import demo as money
from mainport.cycle import demo_papers
from mainport.cycle.commands.render import check, papers, render
from mainport.cycle.models import BankFile, Comment, Paper
from mainport.cycle.queries import papers as queries
from tests.conftest import BY
from tests.integration.cycle.stage import OFFICE, decided, money_of_2023

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("groningen")]


def run(command: Any, *args: str) -> Result:
    return CliRunner().invoke(command, args)


@pytest.mark.parametrize(
    ("format_", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("odt", b"PK"), ("html", b"<!doctype html>")]
)
def test_a_decided_paper_is_written_in_every_format_and_each_time_the_same(
    format_: str, start: bytes, tmp_path: Path
) -> None:
    money_of_2023()
    paper = decided("budget")
    out = tmp_path / f"paper.{format_}"
    result = run(render, "budget", "2023", "--lang", "en", "--format", format_, "--out", str(out), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert (told["state"], told["sha256"], told["bytes"]) == ("decided", paper.sha256, out.stat().st_size)
    first = out.read_bytes()
    assert first.lower().startswith(start.lower())
    money = Paper.objects.get()
    assert money.content
    run(render, "budget", "2023", "--lang", "en", "--format", format_, "--out", str(out))
    assert out.read_bytes() == first


def test_a_paper_that_nobody_began_is_drawn_up_as_a_draft_and_not_stored(tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    result = run(render, "annual-report", "2023", "--format", "html", "--out", str(out))
    assert result.exit_code == 0, result.output
    assert "Jaarverslag 2023, concept, versie 1" in result.stdout
    assert "Tekst ontbreekt nog" in out.read_text("utf-8")
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("novel", "2023"), "kind novel: expected implementation-agenda, annual-plan"),
        (("budget", "2023", "--lang", "fr"), "language fr: expected nl, en"),
        (("budget", "2023", "--version", "3"), "there is no version 3 of budget 2023"),
    ],
)
def test_what_cannot_be_rendered_is_said_and_nothing_is_written(
    args: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    out = tmp_path / "paper.pdf"
    result = run(render, *args, "--out", str(out), "--json")
    assert result.exit_code == 1
    assert said in json.loads(result.stdout)["error"]
    assert not out.exists()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = run(render, "budget", "2023", "--format", "html", "--out", str(tmp_path / "no" / "paper.html"))
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr


def test_papers_are_listed_with_how_far_they_are() -> None:
    decided("annual-plan", 2022)
    queries_before = json.loads(run(papers, "--json").stdout)
    [row] = queries_before
    assert (row["kind"], row["year"], row["state"], row["agreed"]) == ("annual-plan", 2022, "decided", 8)
    assert row["edition"] == "annual-plan-2022-v1"
    assert json.loads(run(papers, "--year", "2023", "--json").stdout) == []
    assert "annual-plan" in run(papers).stdout


def test_check_names_every_difference_and_ends_with_one() -> None:
    money_of_2023()
    assert run(check, "annual-accounts", "2023").stdout == "annual-accounts 2023: the figures tie.\n"
    BankFile.objects.update(closing=0)
    result = run(check, "annual-accounts", "2023", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["ties"] is False
    [one] = told["differences"]
    assert one == {
        "tie": "bank",
        "what": "bank in the ledger",
        "found": "199999.50",
        "expected": "0.00",
        "than": "last statement of the bank",
    }
    assert "- bank in the ledger: found 199999.50" in run(check, "annual-accounts", "2023").stdout


# --- The demonstration ---


@pytest.fixture
def invented(settings: Any, tmp_path: Path) -> dict[str, int]:
    settings.DATA_DIR = tmp_path
    people.load(by=BY, organisations=[partner.key for partner in agenda.elements(Kind.PARTNER)])
    return agenda_demo.load(by=BY, earlier=demo_papers.reports())


def test_without_money_no_papers_are_invented(invented: dict[str, int]) -> None:
    assert demo_papers.load(by=BY) == {"papers": 0}


def test_2023_is_planned_accounted_for_and_reported_and_2026_is_being_written(invented: dict[str, int]) -> None:
    assert invented["periods"] == 3
    period = ReportingPeriod.objects.get(key="2023")
    assert period.is_locked
    assert Report.objects.filter(period=period, state="approved", demo=True).count() == 23
    money.load(by=BY)
    assert demo_papers.load(by=BY) == {"papers": 5}
    assert {paper.kind: paper.state for paper in Paper.objects.filter(year=2023)} == dict.fromkeys(
        ("annual-plan", "budget", "annual-accounts", "annual-report"), "decided"
    )
    assert Paper.objects.get(year=2026).state == "draft"
    assert Comment.objects.filter(resolved_at=None).count() == 2
    assert not Paper.objects.filter(demo=False).exists()
    for language, said in (("nl", "op koers"), ("en", "on track")):
        document = queries.document(OFFICE, queries.find(OFFICE, "annual-report", 2023), language)
        text = " ".join(getattr(block, "text", "") for block in document.blocks)
        assert f"Gemeente Groningen: {said}" in text
    assert demo_papers.load(by=BY) == {"papers": 0}
