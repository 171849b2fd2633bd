# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Seats, quorum, votes, states, days and openness, on plain values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.board.rules import follow_ups, keys, meetings, openness, seats, voting
from mainport.board.rules.follow_ups import FollowUpState, Standing
from mainport.board.rules.meetings import Deed, ItemState, MeetingState
from mainport.board.rules.openness import Asker
from mainport.board.rules.refusals import Reason
from mainport.board.rules.seats import Role, Seat
from mainport.board.rules.voting import Ballot, Choice, Manner

NOON = datetime(2025, 6, 1, 12, tzinfo=UTC)


# --- Seats ---


def test_first_and_last_day_count() -> None:
    seat = Seat(1, "rug", Role.MEMBER, date(2023, 1, 1), date(2023, 12, 31))
    days = [date(2022, 12, 31), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    assert [seat in seats.seats_on([seat], day) for day in days] == [False, True, True, False]


def test_an_organisation_has_one_vote_however_many_sit_there() -> None:
    start = date(2023, 1, 1)
    rows = [
        Seat(1, "rug", Role.CHAIR, start),
        Seat(2, "rug", Role.MEMBER, start),
        Seat(3, "hanze", Role.GUEST, start),
        Seat(4, None, Role.SECRETARY, start),
    ]
    assert seats.with_vote(rows) == {"rug"}


@pytest.mark.parametrize(("number", "quorum"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (12, 7)])
def test_the_usual_quorum_is_more_than_half(number: int, quorum: int) -> None:
    assert seats.usual_quorum([str(n) for n in range(number)]) == quorum
    assert seats.is_quorate(range(quorum), quorum)  # type: ignore[arg-type]
    assert not seats.is_quorate(range(quorum - 1), quorum)  # type: ignore[arg-type]


# --- Votes ---


def ballots(*choices: str) -> list[Ballot]:
    return [Ballot(f"o{n}", Choice(choice)) for n, choice in enumerate(choices)]


@pytest.mark.parametrize(
    ("manner", "choices", "adopted"),
    [
        ("vote", ["for", "for", "against"], True),
        ("vote", ["for", "against"], False),
        ("vote", ["for", "abstained", "abstained"], True),
        ("vote", ["abstained"], False),
        ("vote", [], False),
        ("consensus", [], True),
        ("consensus", ["abstained", "abstained"], True),
        ("consensus", ["against"], False),
    ],
)
def test_what_is_adopted(manner: str, choices: list[str], adopted: bool) -> None:
    assert voting.is_adopted(Manner(manner), ballots(*choices)) is adopted


@given(st.lists(st.sampled_from(list(Choice)), max_size=20))
def test_abstentions_change_no_vote(choices: list[Choice]) -> None:
    cast = [Ballot(str(n), choice) for n, choice in enumerate(choices)]
    without = [ballot for ballot in cast if ballot.choice is not Choice.ABSTAINED]
    assert voting.is_adopted(Manner.VOTE, cast) is voting.is_adopted(Manner.VOTE, without)
    assert voting.is_adopted(Manner.CONSENSUS, cast) is voting.is_adopted(Manner.CONSENSUS, without)


def test_troubles_of_votes() -> None:
    found = voting.troubles(
        Manner.VOTE,
        [Ballot("rug", Choice.FOR), Ballot("rug", Choice.AGAINST), Ballot("umcg", Choice.FOR)],
        {"rug", "hanze"},
    )
    assert [trouble.reason for trouble in found] == [Reason.NO_VOTE, Reason.TWICE, Reason.MISSING]
    [trouble] = voting.troubles(Manner.CONSENSUS, [Ballot("rug", Choice.FOR)], {"rug"})
    assert str(trouble) == "votes: found rug for, expected abstentions only, by consensus"


# --- Meetings ---


def test_every_deed_has_its_states() -> None:
    assert set(meetings.WHEN) == set(Deed)
    for deed, states in meetings.WHEN.items():
        for state in MeetingState:
            assert (meetings.state_trouble(deed, state) is None) is (state in states)
    assert not any(MeetingState.CANCELLED in states for states in meetings.WHEN.values())


def test_the_hours_of_a_meeting() -> None:
    hour = timedelta(hours=1)
    assert not list(meetings.time_troubles(NOON, NOON + hour, NOON))
    fields = [t.field for t in meetings.time_troubles(NOON, NOON, NOON + hour)]
    assert fields == ["end", "papers_due"]
    assert not meetings.is_late(NOON, NOON)
    assert meetings.is_late(NOON + timedelta(seconds=1), NOON)


# --- Follow-ups ---


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, Standing.OVERDUE), (0, Standing.DUE_SOON), (7, Standing.DUE_SOON), (8, Standing.OPEN)],
)
def test_how_a_follow_up_stands(days: int, expected: Standing) -> None:
    today = date(2025, 6, 1)
    assert follow_ups.standing(FollowUpState.OPEN, today + timedelta(days), today) is expected
    assert follow_ups.standing(FollowUpState.DONE, today + timedelta(days), today) is Standing.DONE
    told = follow_ups.is_to_remind(FollowUpState.OPEN, today + timedelta(days), None, NOON)
    assert told is (expected is not Standing.OPEN)


def test_nobody_is_reminded_again_within_a_week() -> None:
    due = date(2025, 5, 1)
    for days, again in ((0, False), (6, False), (7, True)):
        assert follow_ups.is_to_remind(FollowUpState.OPEN, due, NOON - timedelta(days), NOON) is again
    assert not follow_ups.is_to_remind(FollowUpState.DROPPED, due, None, NOON)


# --- Keys ---


def test_keys_of_decisions_and_meetings() -> None:
    day = date(2023, 5, 1)
    assert keys.next_decision_key(day, []) == "2023-01"
    assert keys.next_decision_key(day, ["2023-99", "other"]) == "2023-100"
    assert keys.next_decision_key(day, ["2023-100", "2023-99"]) == "2023-101"
    assert keys.meeting_key("steering-group", day, ["steering-group-2023-05-01"]) == "steering-group-2023-05-01-2"
    assert [keys.is_decision_key(key) for key in ("2023-04", "2023-4", "23-04", "2023-04x")] == [
        True,
        False,
        False,
        False,
    ]


# --- Openness ---

BODY = "body:steering-group"
VISITOR, OFFICE = Asker(), Asker(manages=True, reads=True)
READER, MEMBER = Asker(reads=True), Asker(bodies=frozenset({BODY}))
PROPOSER = Asker(proposes=frozenset({"hanze"}))
OTHER_MEMBER = Asker(bodies=frozenset({"body:lobby-team"}))


@pytest.mark.parametrize(
    ("meeting", "state", "seen"),
    [
        (MeetingState.PLANNED, ItemState.PLACED, [OFFICE, READER, MEMBER, PROPOSER]),
        (MeetingState.CONVENED, ItemState.PROPOSED, [OFFICE, READER, MEMBER, PROPOSER]),
        (MeetingState.HELD, ItemState.REFUSED, [OFFICE, READER, MEMBER, PROPOSER]),
        (MeetingState.CONVENED, ItemState.PLACED, [VISITOR, OFFICE, READER, MEMBER, PROPOSER, OTHER_MEMBER]),
        (MeetingState.CANCELLED, ItemState.PLACED, [OFFICE, READER, MEMBER, PROPOSER]),
    ],
)
def test_who_sees_an_item(meeting: MeetingState, state: ItemState, seen: list[Asker]) -> None:
    for asker in (VISITOR, OFFICE, READER, MEMBER, PROPOSER, OTHER_MEMBER):
        assert openness.sees_item(asker, BODY, meeting, state, "hanze") is (asker in seen)


def test_who_reads_what_is_confidential() -> None:
    readers = [a for a in (VISITOR, OFFICE, READER, MEMBER, OTHER_MEMBER) if openness.reads_item(a, BODY, "why", "rug")]
    assert readers == [OFFICE, MEMBER]
    assert openness.reads_item(PROPOSER, BODY, "why", "hanze")
    assert openness.reads_item(VISITOR, BODY, "", None)


def test_confidentiality_ends_on_its_day() -> None:
    day = date(2025, 6, 1)
    assert openness.is_confidential("why", None, day)
    assert openness.is_confidential("why", day + timedelta(1), day)
    assert not openness.is_confidential("why", day, day)
    assert not openness.is_confidential("", None, day)


def test_minutes_are_public_once_adopted() -> None:
    assert not openness.reads_minutes(VISITOR, BODY, MeetingState.HELD)
    assert openness.reads_minutes(READER, BODY, MeetingState.HELD)
    assert openness.reads_minutes(VISITOR, BODY, MeetingState.CLOSED)
