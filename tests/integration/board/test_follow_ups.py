# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Follow-ups are done, dropped, moved and reminded of; and are seen by who may."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from mainport.board import queries
from mainport.board.actions import follow_ups
from mainport.board.actions.decisions import NewFollowUp, decide
from mainport.board.models import FollowUp
from mainport.board.rules.refusals import Refused
from mainport.board.tasks import remind_of_follow_ups
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db


def make(board: Board, *, days: int = 0, organisation: str = "hanze", owner: bool = True, **fields: Any) -> FollowUp:
    """A follow-up that is due so many days from now."""
    _meeting, [item] = board.held(start=timezone.now() - timedelta(days=30), **fields)
    new = NewFollowUp(
        organisation,
        {"nl": "Doe dit", "en": "Do this"},
        timezone.localdate() + timedelta(days=days),
        board.cast.bob.pk if owner else None,
    )
    decision = decide(
        by=board.office, item=item, title={"nl": "Geheim", "en": "Secret"}, text={"nl": "x"}, follow_ups=[new]
    )
    return decision.follow_ups.get()


def test_the_organisation_says_that_it_is_done(board: Board) -> None:
    row = make(board)
    for person in (board.cast.charlie, board.cast.erin, board.mayor, board.cast.grace):
        with pytest.raises(NotAllowed):
            follow_ups.close(by=person.actor, follow_up=row, note="done")
    with pytest.raises(Refused, match="what was done"):
        follow_ups.close(by=board.cast.alice.actor, follow_up=row, note=" ")
    follow_ups.close(by=board.cast.alice.actor, follow_up=row, note="All done")
    [view] = queries.follow_ups(board.cast.bob.actor)
    assert (view.state, view.note, view.closed_on) == ("done", "All done", timezone.localdate())
    with pytest.raises(Refused, match="one that is done"):
        follow_ups.close(by=board.cast.alice.actor, follow_up=row, note="again")
    with pytest.raises(Refused, match="why"):
        follow_ups.reopen(by=board.office, follow_up=row, why="")
    assert follow_ups.reopen(by=board.office, follow_up=row, why="not quite").state == "open"


def test_the_programme_office_drops_and_moves(board: Board) -> None:
    row = make(board, days=-1)
    assert [view.id for view in queries.overdue(VISITOR)] == [row.pk]
    for deed in (
        lambda by: follow_ups.drop(by=by, follow_up=row, reason="x"),
        lambda by: follow_ups.change_due(by=by, follow_up=row, due=row.due, why="x"),
        lambda by: follow_ups.remind(by=by),
    ):
        with pytest.raises(NotAllowed):
            deed(board.cast.bob.actor)
    with pytest.raises(Refused, match="or a later day"):
        follow_ups.change_due(by=board.office, follow_up=row, due=row.decision.date - timedelta(1), why="x")
    with pytest.raises(Refused, match="reason"):
        follow_ups.change_due(by=board.office, follow_up=row, due=row.due, why="")
    due = timezone.localdate() + timedelta(days=40)
    follow_ups.change_due(by=board.office, follow_up=row, due=due, why="holidays")
    assert queries.overdue(VISITOR) == []
    with pytest.raises(Refused, match="why it is needed no more"):
        follow_ups.drop(by=board.office, follow_up=row, reason="")
    assert follow_ups.drop(by=board.office, follow_up=row, reason="overtaken").state == "dropped"
    with pytest.raises(Refused, match="dropped"):
        follow_ups.change_due(by=board.office, follow_up=row, due=due, why="x")


def test_somebody_of_the_organisation_sees_to_it(board: Board) -> None:
    row = make(board, owner=False)
    assert [view.id for view in queries.follow_ups_of(board.cast.alice.actor)] == [row.pk]
    with pytest.raises(Refused, match="somebody of hanze"):
        follow_ups.assign(by=board.cast.bob.actor, follow_up=row, owner=board.cast.charlie.pk)
    follow_ups.assign(by=board.cast.bob.actor, follow_up=row, owner=board.cast.bob.pk)
    assert queries.follow_ups_of(board.cast.alice.actor) == []
    assert [view.owner for view in queries.follow_ups_of(board.cast.bob.actor)] == ["Bob"]
    assert queries.follow_ups_of(VISITOR) == []
    assert [view.id for view in queries.follow_ups(VISITOR, owner=board.cast.bob.pk, body="steering-group")]


def test_of_a_confidential_decision_others_see_nothing_and_the_organisation_its_own_part(board: Board) -> None:
    row = make(board, days=-2, confidential="negotiations")
    for actor in (VISITOR, board.cast.charlie.actor, board.cast.erin.actor):
        assert queries.follow_ups(actor) == []
        assert queries.overdue(actor) == []
        with pytest.raises(queries.Unseen):
            queries.follow_up(actor, row.pk)
        with pytest.raises(queries.Unseen):
            queries.find_follow_up(actor, row.pk)
    view = queries.follow_up(board.cast.alice.actor, row.pk)
    assert (view.decision_title, view.words["en"], view.may_close, view.may_manage) == (None, "Do this", True, False)
    assert queries.follow_up(board.office, row.pk).decision_title == {"nl": "Geheim", "en": "Secret"}


def test_owners_are_reminded_once(board: Board) -> None:
    late, soon, far = make(board, days=-1), make(board, days=7), make(board, days=8)
    assert remind_of_follow_ups.call() == 1
    [letter] = mail.outbox
    assert letter.to == ["bob@example.org"]
    for row, named in ((late, True), (soon, True), (far, False)):
        assert (row.decision.key in letter.body) is named
    assert remind_of_follow_ups.call() == 0
    assert len(mail.outbox) == 1
    FollowUp.objects.update(reminded_at=timezone.now() - timedelta(days=7))
    assert remind_of_follow_ups.call() == 1
    assert AuditEvent.objects.filter(action="follow-ups.tell").count() == 2


def test_without_an_owner_the_coordinators_hear(board: Board) -> None:
    make(board, days=-1, organisation="rug", owner=False)
    assert remind_of_follow_ups.call() == 1
    assert mail.outbox[0].to == ["rector@example.org"]


def test_a_letter_that_fails_is_given_back_and_keeps_nobody_else_from_theirs(board: Board, monkeypatch: Any) -> None:
    make(board, days=-1)
    make(board, days=-1, organisation="rug", owner=False)
    from mainport.board import tasks

    real = tasks.send_mail

    def breaks(subject: str, body: str, sender: Any, to: list[str]) -> int:
        if to == ["bob@example.org"]:
            raise OSError("the mail server stopped")
        return real(subject, body, sender, to)

    monkeypatch.setattr(tasks, "send_mail", breaks)
    with pytest.raises(ExceptionGroup):
        remind_of_follow_ups.call()
    assert [letter.to for letter in mail.outbox] == [["rector@example.org"]]
    monkeypatch.undo()
    remind_of_follow_ups.call()
    assert [letter.to for letter in mail.outbox] == [["rector@example.org"], ["bob@example.org"]]


def test_the_programme_office_sets_the_job_going(board: Board, django_capture_on_commit_callbacks: Any) -> None:
    make(board, days=-1)
    with django_capture_on_commit_callbacks(execute=True):
        follow_ups.remind(by=board.office)
    assert len(mail.outbox) == 1
