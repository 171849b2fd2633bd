# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers: checked when they come, open to who may read them, and written down when they are confidential."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainport.board import queries
from mainport.board.actions import items, meetings
from mainport.board.actions.documents import add_document, open_document, remove_document
from mainport.board.models import Document
from mainport.board.rules.refusals import Reason, Refused
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed
from tests.integration.board.conftest import Board, pdf

pytestmark = pytest.mark.django_db


def openings() -> int:
    return AuditEvent.objects.filter(action="document.open").count()


def test_a_public_paper_is_open_once_the_meeting_is_convened(board: Board) -> None:
    meeting = board.plan()
    item = board.item(meeting)
    paper = add_document(by=board.office, item=item, file=pdf("Plan of 2027.pdf"))
    assert (paper.title, paper.media_type, paper.late) == ("Plan of 2027", "application/pdf", False)
    assert paper.sha256 == hashlib.sha256(b"%PDF-1.7 a paper").hexdigest()
    with pytest.raises(queries.Unseen):
        open_document(by=VISITOR, document=paper.pk)
    assert open_document(by=board.cast.erin.actor, document=paper.pk) == paper
    meetings.convene(by=board.office, meeting=meeting)
    with open_document(by=VISITOR, document=paper.pk).file.open() as file:
        assert file.read() == b"%PDF-1.7 a paper"
    assert queries.file_name(paper) == "Plan of 2027.pdf"
    assert openings() == 0


@pytest.mark.parametrize("on", ["item", "document"])
def test_a_confidential_paper_is_for_members_and_every_opening_is_written_down(board: Board, on: str) -> None:
    meeting = board.plan()
    item = board.item(meeting, confidential="a person" if on == "item" else "")
    paper = add_document(by=board.office, item=item, file=pdf(), confidential="a person" if on == "document" else "")
    meetings.convene(by=board.office, meeting=meeting)
    for person in (board.cast.alice, board.cast.charlie, board.cast.erin, board.guest, board.cast.grace):
        with pytest.raises(queries.Unseen):
            open_document(by=person.actor, document=paper.pk)
        [view] = queries.meeting(person.actor, meeting.key).items
        assert list(view.documents) == []
    with pytest.raises(queries.Unseen):
        open_document(by=VISITOR, document=paper.pk)
    assert openings() == 0
    for number, person in enumerate((board.mayor, board.mayor, board.secretary, board.cast.dave), 1):
        open_document(by=person.actor, document=paper.pk)
        assert openings() == number
    event = AuditEvent.objects.filter(action="document.open").first()
    assert event is not None
    assert (event.by_name, event.subject, event.why) == ("Dave", f"document:{paper.pk}", "a person")


def test_who_left_the_body_opens_nothing_confidential_any_more(board: Board) -> None:
    meeting = board.plan()
    paper = add_document(by=board.office, item=board.item(meeting), file=pdf(), confidential="a person")
    seat = board.mayor.seats.get()
    seat.end = timezone.localdate() - timedelta(days=1)
    seat.save()
    with pytest.raises(queries.Unseen):
        open_document(by=board.mayor.actor, document=paper.pk)


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf(content=b""), "paper.pdf: empty"),
        (pdf("paper.exe"), "unknown-type"),
        (pdf(content=b"MZ no pdf"), "other-content"),
    ],
)
def test_files_that_are_refused(board: Board, file: Any, words: str) -> None:
    item = board.item(board.plan())
    with pytest.raises(Refused, match=words) as caught:
        add_document(by=board.office, item=item, file=file)
    assert caught.value.troubles[0].reason is Reason.FILE
    assert not Document.objects.exists()


def test_too_large_a_file_is_refused(board: Board, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(Refused, match="too-large"):
        add_document(by=board.office, item=board.item(board.plan()), file=pdf())


def test_partners_add_papers_to_their_own_items_and_late_ones_are_marked(board: Board) -> None:
    meeting = board.plan()
    own = items.propose(by=board.cast.bob.actor, meeting=meeting, organisation="hanze", title={"nl": "Ons"})
    assert not add_document(by=board.cast.bob.actor, item=own, file=pdf()).late
    meeting.papers_due = timezone.now() - timedelta(hours=1)
    meeting.save()
    assert add_document(by=board.cast.bob.actor, item=own, file=pdf()).late
    for person in (board.cast.alice, board.cast.charlie, board.rector):
        with pytest.raises(NotAllowed):
            add_document(by=person.actor, item=own, file=pdf())
    assert Document.objects.count() == 2


def test_papers_are_removed_before_the_meeting_is_convened_and_not_after(
    board: Board, django_capture_on_commit_callbacks: Any
) -> None:
    meeting = board.plan()
    item = board.item(meeting)
    one, two = (add_document(by=board.office, item=item, file=pdf()) for _ in range(2))
    with pytest.raises(NotAllowed):
        remove_document(by=board.cast.bob.actor, document=one)
    storage, name = one.file.storage, str(one.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=board.office, document=one)
    assert not storage.exists(name)
    meetings.convene(by=board.office, meeting=meeting)
    with pytest.raises(Refused, match="convened"):
        remove_document(by=board.office, document=two)
    assert list(Document.objects.all()) == [two]
