# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A decision adopts papers and budgets and moves money: the rooms of the cycle and the register agree."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from mainport.board import queries
from mainport.board.actions.decisions import decide
from mainport.board.models import Decision
from mainport.board.rules.changes import ElementChange, PaperDecided
from mainport.board.rules.refusals import Reason, Refused
from mainport.core.rules.permissions import VISITOR
from mainport.cycle.actions import papers
from mainport.cycle.models import Paper
from mainport.cycle.rules.papers import Written
from mainport.monitor.models import Edition
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db


def written(board: Board, kind: str = "annual-plan", year: int = 2024) -> Paper:
    """A paper with all its texts, laid before the partners."""
    paper = papers.open(by=board.office, kind=kind, year=year)
    for section in paper.sections.all():
        plan = papers.plan_of(section)
        if plan is None or plan.written is Written.NEVER:
            continue
        text = {"nl": "Een tekst die zegt wat er te zeggen valt.", "en": "A text that says what there is to say."}
        papers.write(by=board.office, section=section, text=text, revision=section.revision)
    return papers.lay_before(by=board.office, paper=paper)


def take(board: Board, *changes: Any, **fields: Any) -> Decision:
    _meeting, [item] = board.held()
    title = {"nl": "Vastgesteld", "en": "Adopted"}
    return decide(by=board.office, item=item, title=title, text=title, changes=changes, **fields)


def test_it_decides_a_paper(board: Board) -> None:
    paper = written(board)
    decision = take(board, PaperDecided("annual-plan", 2024, ahead="All agreed by telephone"))
    paper.refresh_from_db()
    assert (paper.state, paper.decision) == ("decided", decision.key)
    assert paper.edition is not None
    [change] = queries.decision(VISITOR, decision.key).changes
    assert (change["version"], change["before"]) == (1, {"version": None})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (PaperDecided("annual-plan", 2024), "change 2 .*signature"),
        (PaperDecided("annual-plan", 2030), "change 2 .*annual-plan 2030"),
        (PaperDecided("annual-plan", 2024, 7), "version 7"),
    ],
)
def test_a_paper_that_cannot_be_decided_undoes_all(board: Board, change: Any, words: str) -> None:
    paper = written(board)
    with pytest.raises(Refused, match=words) as caught:
        take(board, ElementChange("task:E3", {"title": "Anders"}), change)
    assert caught.value.troubles[0].reason is Reason.CHANGE
    paper.refresh_from_db()
    assert paper.state == "signing"
    assert not Decision.objects.exists()
    assert not Edition.objects.exists()


def test_papers_tell_the_public_decisions_of_their_year(board: Board) -> None:
    year = timezone.localdate().year
    decision = take(board, ElementChange("task:E3", {"title": "Anders"}))
    take(board, confidential="negotiations")
    [line] = queries.lines_of(year)
    assert (line.key, line.changes) == (decision.key, ("task:E3",))
