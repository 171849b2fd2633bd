# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Seats, meetings and their items, as each role may see and do them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from mainport.agenda.rules.elements import Kind
from mainport.board import queries
from mainport.board.actions import items, meetings, seats
from mainport.board.models import Item, Meeting, Seat
from mainport.board.rules.refusals import Reason, Refused
from mainport.board.tasks import mail_invitations
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed
from tests.integration.board.conftest import BODY, Board

pytestmark = pytest.mark.django_db

NOT_OFFICE = ["alice", "bob", "charlie", "erin", "frank", "grace"]


# --- Seats ---


def test_seats_on_a_day_with_their_history(board: Board) -> None:
    seat = Seat.objects.get(person=board.rector)
    seats.leave_seat(by=board.office, seat=seat, end=date(2024, 12, 31))
    seats.take_seat(
        by=board.office,
        body=BODY,
        person=board.cast.charlie,
        role="member",
        organisation="rug",
        start=date(2025, 1, 1),
    )
    steering = queries.body_of("steering-group")
    view = queries.body(board.office, steering, date(2024, 12, 31))
    assert "Rector" in {seat.person for seat in view.seats}
    assert [seat.person for seat in view.later] == ["Charlie"]
    view = queries.body(board.office, steering, date(2025, 1, 1))
    assert [seat.person for seat in view.earlier] == ["Rector"]
    assert view.quorum == 2
    assert view.seats[0].role == "chair"
    assert {o.key for o in queries.organisations_with_vote(steering, date(2025, 1, 1))} == {
        "gemeente-groningen",
        "rug",
        "hanze",
    }
    public = queries.body(VISITOR, steering)
    assert {seat.person for seat in public.seats} == {""}
    assert next(view.body.key for view in queries.bodies(VISITOR)) == "steering-group"
    assert [seat.body for seat in queries.seats_of_organisation(VISITOR, "hanze")] == [BODY]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"organisation": ""}, Reason.MISSING),
        ({"organisation": "nobody"}, Reason.UNKNOWN),
        ({"body": "body:none"}, Reason.UNKNOWN),
        ({"role": "king"}, Reason.VALUE),
        ({"end": date(2020, 1, 1)}, Reason.ORDER),
        ({"person": "mayor"}, Reason.TWICE),
    ],
)
def test_seats_that_cannot_be(board: Board, fields: Any, reason: Reason) -> None:
    values = {"body": BODY, "person": board.cast.charlie, "role": "member", "organisation": "rug"} | fields
    if values["person"] == "mayor":
        values["person"] = board.mayor
    before = Seat.objects.count()
    with pytest.raises(Refused) as caught:
        seats.take_seat(by=board.office, start=date(2023, 1, 1), **values)
    assert caught.value.troubles[0].reason is reason
    assert Seat.objects.count() == before


@pytest.mark.parametrize("name", NOT_OFFICE)
def test_only_the_programme_office_gives_seats_and_plans(board: Board, name: str) -> None:
    actor = getattr(board.cast, name).actor
    with pytest.raises(NotAllowed):
        seats.take_seat(by=actor, body=BODY, person=board.cast.grace, role="guest", start=date(2023, 1, 1))
    with pytest.raises(NotAllowed):
        seats.leave_seat(by=actor, seat=Seat.objects.all()[0], end=date(2030, 1, 1))
    meeting = board.plan()
    item = board.item(meeting)
    start = timezone.now()
    for deed in (
        lambda: meetings.plan(
            by=actor, body=BODY, title={"nl": "x"}, start=start, end=start + timedelta(1), papers_due=start
        ),
        lambda: meetings.change(by=actor, meeting=meeting, place="Elsewhere"),
        lambda: meetings.convene(by=actor, meeting=meeting),
        lambda: meetings.hold_meeting(by=actor, meeting=meeting, attended=[]),
        lambda: meetings.cancel(by=actor, meeting=meeting, why="x"),
        lambda: meetings.close(by=actor, meeting=meeting),
        lambda: meetings.write_minutes(by=actor, meeting=meeting, text={"nl": "x"}),
        lambda: meetings.invite(by=actor, meeting=meeting, person=board.cast.grace, role="guest"),
        lambda: items.place(by=actor, item=item),
        lambda: items.order(by=actor, meeting=meeting, items=[item.pk]),
        lambda: items.refuse_item(by=actor, item=item, reason="x"),
        lambda: items.handle(by=actor, item=item),
    ):
        with pytest.raises(NotAllowed):
            deed()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("planned", 0)


# --- Meetings ---


def test_a_meeting_from_plan_to_close(board: Board) -> None:
    meeting, [item] = board.held()
    assert meeting.quorum == 2
    assert meeting.key == f"steering-group-{timezone.localdate(meeting.start)}"
    full = queries.meeting(VISITOR, meeting.key)
    assert (full.is_quorate, full.minutes) == (True, None)
    assert len(full.present) == 3
    assert {one.person for one in full.invitations} == {""}
    meetings.write_minutes(by=board.office, meeting=meeting, text={"nl": "Notulen", "en": "Minutes"})
    assert queries.meeting(VISITOR, meeting.key).minutes is None
    assert queries.meeting(board.cast.erin.actor, meeting.key).minutes == {"nl": "Notulen", "en": "Minutes"}
    with pytest.raises(Refused, match="1 not handled"):
        meetings.close(by=board.office, meeting=meeting)
    items.handle(by=board.office, item=item, notes={"en": "Said"})
    assert queries.meeting(VISITOR, meeting.key).items[0].notes is None
    later, _items = board.held(start=timezone.now() - timedelta(hours=3))
    meetings.close(by=board.office, meeting=meeting, adopted_in=later)
    full = queries.meeting(VISITOR, meeting.key)
    assert (full.adopted_in, full.minutes) == (later.key, {"nl": "Notulen", "en": "Minutes"})
    assert full.items[0].notes == {"en": "Said"}
    with pytest.raises(Refused, match="closed"):
        items.handle(by=board.office, item=item)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"papers_due": timezone.now() + timedelta(days=99)}, "papers_due: found .* before the meeting begins"),
        ({"end": timezone.now()}, "end: found"),
        ({"body": "nobody"}, "body of the agenda"),
        ({"title": {"nl": ""}}, "title"),
        ({"url": "javascript:alert(1)"}, "https://"),
        ({"quorum": 0}, "quorum"),
    ],
)
def test_a_meeting_that_cannot_be(board: Board, fields: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        board.plan(**fields)
    assert not Meeting.objects.exists()


def test_states_forbid_what_comes_too_soon_or_too_late(board: Board) -> None:
    meeting = board.plan()
    with pytest.raises(Refused, match="none on the agenda"):
        meetings.convene(by=board.office, meeting=meeting)
    board.item(meeting)
    meeting = meetings.convene(by=board.office, meeting=meeting)
    with pytest.raises(Refused, match="has begun"):
        meetings.hold_meeting(by=board.office, meeting=meeting, attended=[])
    with pytest.raises(Refused, match="planned, to convene"):
        meetings.convene(by=board.office, meeting=meeting)
    with pytest.raises(Refused, match="why"):
        meetings.cancel(by=board.office, meeting=meeting, why=" ")
    cancelled = meetings.cancel(by=board.office, meeting=meeting, why="storm")
    assert (cancelled.state, cancelled.sequence) == ("cancelled", 1)
    with pytest.raises(Refused, match="cancelled"):
        meetings.change(by=board.office, meeting=meeting, place="x")
    with pytest.raises(TypeError):
        meetings.change(by=board.office, meeting=board.plan(), state="held")


def test_attendance_is_of_who_was_invited_and_rests_once_something_was_decided(board: Board) -> None:
    meeting, [item] = board.held()
    with pytest.raises(Refused, match="people who were invited"):
        meetings.attend(by=board.office, meeting=meeting, attended=[board.cast.grace.pk])
    meetings.attend(by=board.office, meeting=meeting, attended=[board.mayor.pk])
    assert queries.meeting(VISITOR, meeting.key).is_quorate is False
    with pytest.raises(Refused, match="a vote on that day"):
        meetings.invite(by=board.office, meeting=meeting, person=board.cast.charlie, role="member", organisation="umcg")
    meetings.invite(by=board.office, meeting=meeting, person=board.cast.charlie, role="member", organisation="rug")
    meetings.attend(by=board.office, meeting=meeting, attended=[board.mayor.pk, board.cast.charlie.pk])
    assert queries.meeting(VISITOR, meeting.key).is_quorate is True
    from mainport.board.actions.decisions import decide

    decide(by=board.office, item=item, title={"nl": "x"}, text={"nl": "x"})
    with pytest.raises(Refused, match="decided nothing yet"):
        meetings.attend(by=board.office, meeting=meeting, attended=[])


def test_answers(board: Board) -> None:
    meeting = board.plan()
    board.item(meeting)
    with pytest.raises(Refused, match="planned"):
        meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="accepted")
    meeting = meetings.convene(by=board.office, meeting=meeting)
    meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="accepted")
    meetings.answer(by=board.office, meeting=meeting, answer="declined", person=board.mayor)
    assert queries.meetings(board.cast.bob.actor)[0].my_answer == "accepted"
    answers = {one.person: one.answer for one in queries.meeting(board.cast.erin.actor, meeting.key).invitations}
    assert (answers["Bob"], answers["Mayor"], answers["Rector"]) == ("accepted", "declined", "needs-action")
    with pytest.raises(NotAllowed):
        meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="declined", person=board.mayor)
    with pytest.raises(NotAllowed):
        meetings.answer(by=board.cast.alice.actor, meeting=meeting, answer="accepted")
    with pytest.raises(Refused, match="maybe"):
        meetings.answer(by=board.cast.bob.actor, meeting=meeting, answer="maybe")
    moved = meetings.change(
        by=board.office, meeting=meeting, start=meeting.start + timedelta(1), end=meeting.end + timedelta(1)
    )
    assert moved.sequence == 1
    assert queries.meetings(board.cast.bob.actor)[0].my_answer == "needs-action"


def test_each_is_mailed_each_change_once(board: Board, django_capture_on_commit_callbacks: Any) -> None:
    meeting = board.plan()
    board.item(meeting)
    with django_capture_on_commit_callbacks(execute=True):
        meeting = meetings.convene(by=board.office, meeting=meeting)
    mail_invitations.call(meeting.pk)
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        person.email for person in (*board.voters, board.secretary, board.guest)
    )
    letter = mail.outbox[0]
    name, content, media_type = letter.attachments[0]
    assert (name, media_type) == ("meeting.ics", "text/calendar; method=REQUEST")
    assert "METHOD:REQUEST" in content
    mail_invitations.call(meeting.pk)
    assert len(mail.outbox) == 5
    with django_capture_on_commit_callbacks(execute=True):
        meetings.cancel(by=board.office, meeting=meeting, why="storm")
    mail_invitations.call(meeting.pk)
    assert len(mail.outbox) == 10
    assert "METHOD:CANCEL" in mail.outbox[-1].attachments[0][1]


def test_lists_of_meetings(board: Board, django_assert_max_num_queries: Any) -> None:
    held, _items = board.held()
    coming = board.plan()
    far = board.plan(start=timezone.now() + timedelta(days=300))
    assert [view.key for view in queries.next_meetings(VISITOR)] == [coming.key, far.key]
    assert [view.key for view in queries.meetings(VISITOR, coming=False)] == [held.key]
    assert queries.meetings(VISITOR, body="lobby-team") == []
    with django_assert_max_num_queries(2):
        assert len(queries.meetings(board.cast.bob.actor, body="steering-group")) == 3
    with django_assert_max_num_queries(10):
        queries.meeting(board.cast.bob.actor, held.key)
    with pytest.raises(queries.Unseen):
        queries.meeting(VISITOR, "steering-group-1999-01-01")


# --- Items ---


def propose(board: Board, meeting: Meeting, **fields: Any) -> Item:
    values = {"by": board.cast.bob.actor, "organisation": "hanze", "title": {"nl": "Voorstel", "en": "Proposal"}}
    return items.propose(meeting=meeting, **(values | fields))


def test_partners_propose_before_the_deadline(board: Board) -> None:
    meeting = board.plan()
    item = propose(board, meeting, elements=["task:E3"], purpose="decide", minutes=20)
    assert (item.state, item.proposed_by.key) == ("proposed", "hanze")
    items.edit_item(by=board.cast.bob.actor, item=item, minutes=30, elements=["task:E1"])
    late = board.plan(start=timezone.now() + timedelta(days=3))
    with pytest.raises(Refused) as caught:
        propose(board, late)
    assert caught.value.troubles[0].reason is Reason.LATE
    assert items.propose(by=board.office, meeting=late, title={"nl": "Toch"}).proposed_by is None
    items.place(by=board.office, item=item)
    with pytest.raises(Refused, match="placed"):
        items.edit_item(by=board.cast.bob.actor, item=item, minutes=40)
    items.edit_item(by=board.office, item=item, minutes=40, confidential=" reason ")
    item.refresh_from_db()
    assert (item.minutes, item.confidential) == (40, "reason")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": {}}, "title"),
        ({"purpose": "sing"}, "purpose: found sing"),
        ({"minutes": 0}, "minutes: found 0"),
        ({"elements": ["task:nowhere"]}, "task:nowhere"),
    ],
)
def test_proposals_that_cannot_be(board: Board, fields: Any, words: str) -> None:
    with pytest.raises(Refused, match=words):
        propose(board, board.plan(), **fields)
    assert not Item.objects.exists()


def test_nobody_proposes_for_another(board: Board) -> None:
    meeting = board.plan()
    for actor, organisation in (
        (board.cast.bob.actor, "rug"),
        (board.cast.bob.actor, ""),
        (board.cast.alice.actor, "hanze"),
        (board.cast.erin.actor, "hanze"),
        (VISITOR, ""),
    ):
        with pytest.raises(NotAllowed):
            propose(board, meeting, by=actor, organisation=organisation)
    with pytest.raises(Refused, match="nobody"):
        propose(board, meeting, by=board.office, organisation="nobody")


def test_the_programme_office_puts_items_in_order(board: Board) -> None:
    meeting = board.plan()
    one, two = board.item(meeting, "One"), board.item(meeting, "Two")
    three = items.place(by=board.office, item=propose(board, meeting), position=1)
    assert list(meeting.items.order_by("position").values_list("pk", flat=True)) == [three.pk, one.pk, two.pk]
    items.order(by=board.office, meeting=meeting, items=[two.pk, three.pk, one.pk])
    for wrong in ([two.pk, three.pk], [two.pk, two.pk, three.pk], [two.pk, three.pk, 10**6]):
        with pytest.raises(Refused, match="each item on the agenda once"):
            items.order(by=board.office, meeting=meeting, items=wrong)
    with pytest.raises(Refused, match="reason"):
        items.refuse_item(by=board.office, item=three, reason="")
    items.refuse_item(by=board.office, item=three, reason="next time")
    assert list(queries.meeting(board.cast.alice.actor, meeting.key).items) == []
    full = queries.meeting(board.cast.bob.actor, meeting.key)
    assert [(view.state, view.reason) for view in full.proposals] == [("refused", "next time")]
    full = queries.meeting(board.cast.erin.actor, meeting.key)
    assert [(view.id, view.position) for view in full.items] == [(two.pk, 1), (one.pk, 2)]
    assert full.items[1].begins == meeting.start + timedelta(minutes=10)
    assert AuditEvent.objects.filter(action="item.refuse", why="next time").exists()


def test_what_isnt_convened_or_ones_own_is_unseen(board: Board) -> None:
    meeting = board.plan()
    item = propose(board, meeting)
    for actor in (VISITOR, board.cast.alice.actor, board.cast.charlie.actor, board.guest.actor, board.rector.actor):
        inside = actor == board.rector.actor
        assert bool(queries.meeting(actor, meeting.key).proposals) is inside
        if inside:
            assert queries.find_item(actor, item.pk) == item
        else:
            with pytest.raises(queries.Unseen):
                queries.find_item(actor, item.pk)
    [(view, proposal)] = queries.proposals_of(board.cast.bob.actor)
    assert (view.key, proposal.id, proposal.may_edit) == (meeting.key, item.pk, True)
    assert len(queries.proposals_of(board.office)) == 1
    assert queries.proposals_of(board.cast.erin.actor) == []


def test_of_a_confidential_item_only_its_place_and_the_reason_stand(board: Board) -> None:
    meeting, _items = board.held("Secret", confidential="about a person")
    for actor in (VISITOR, board.cast.erin.actor, board.cast.charlie.actor, board.guest.actor):
        [view] = queries.meeting(actor, meeting.key).items
        assert view.withheld
        assert (view.title, view.summary, view.notes, list(view.documents)) == (None, None, None, [])
        assert view.confidential == "about a person"
    for actor in (board.office, board.mayor.actor, board.secretary.actor):
        [view] = queries.meeting(actor, meeting.key).items
        assert view.title == {"nl": "Secret", "en": "Secret"}


def test_bodies_are_those_of_the_agenda(board: Board) -> None:
    assert all(view.body.kind == Kind.BODY for view in queries.bodies(VISITOR))
    with pytest.raises(queries.Unseen):
        queries.body_of("parliament")
