# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A decision is stored with its votes, follow-ups and all that it changes, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models.query import QuerySet
from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.agenda.models import Version
from mainport.board import queries
from mainport.board.actions import decisions
from mainport.board.actions.decisions import NewFollowUp, decide
from mainport.board.models import Decision, FollowUp, Item, Vote
from mainport.board.rules.changes import ElementChange, TargetChange
from mainport.board.rules.refusals import Reason, Refused
from mainport.board.rules.voting import Ballot, Choice
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed
from mainport.monitor.models import Indicator, Target
from tests.conftest import BY
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db

TITLE = {"nl": "Een besluit", "en": "A decision"}
TEXT = {"nl": "We doen het.", "en": "We do it."}
ORGANISATIONS = ("gemeente-groningen", "rug", "hanze")


def take(board: Board, item: Item, **fields: Any) -> Decision:
    return decide(**({"by": board.office, "item": item, "title": TITLE, "text": TEXT} | fields))


@contextmanager
def refused(reason: Reason, words: str = "") -> Iterator[None]:
    """Refused for this reason, and nothing of the decision stays."""
    versions = Version.objects.count()
    with pytest.raises(Refused, match=words) as caught:
        yield
    assert caught.value.troubles[0].reason is reason
    assert_nothing()
    assert Version.objects.count() == versions


def assert_nothing() -> None:
    assert not Decision.objects.exists()
    assert not Vote.objects.exists()
    assert not FollowUp.objects.exists()
    assert not AuditEvent.objects.filter(action="decision.take").exists()
    assert not Item.objects.filter(state="handled").exists()


@pytest.fixture
def indicator(board: Board) -> Indicator:
    from importlib import resources

    from mainport.monitor.actions.indicators import load
    from mainport.monitor.rules.indicators import read

    file = read((resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes())
    load(by=BY, file=file)
    return (
        Indicator.objects.filter(measures__isnull=False, targets__value__isnull=False)
        .distinct()
        .order_by("position")[0]
    )


def test_by_consensus_with_an_abstention(board: Board) -> None:
    meeting, [item] = board.held()
    due = timezone.localdate() + timedelta(days=20)
    decision = take(
        board,
        item,
        votes=[Ballot("hanze", Choice.ABSTAINED, "no mandate yet")],
        follow_ups=[NewFollowUp("hanze", {"en": "Do it"}, due, board.cast.bob.pk)],
        elements=["task:E3"],
    )
    day = timezone.localdate(meeting.start)
    assert decision.key == f"{day.year}-01"
    assert decision.date == day
    [view] = queries.register(VISITOR)
    assert (view.title, view.manner, view.meeting) == (TITLE, "consensus", meeting.key)
    assert [(v.organisation, v.choice, v.words) for v in view.votes] == [("hanze", "abstained", "no mandate yet")]
    assert [named.uid for named in view.elements] == ["task:E3"]
    assert view.follow_ups[0].owner == ""
    assert queries.decision(board.office, decision.key).follow_ups[0].owner == "Bob"
    item.refresh_from_db()
    assert item.state == "handled"
    assert AuditEvent.objects.get(action="decision.take").subject == f"decision:{decision.key}"


def test_numbers_follow_each_other(board: Board) -> None:
    _meeting, placed = board.held("One", "Two")
    year = timezone.localdate(_meeting.start).year
    assert [take(board, item).key for item in placed] == [f"{year}-01", f"{year}-02"]


def test_by_vote(board: Board) -> None:
    _meeting, [item] = board.held()
    votes = [Ballot("gemeente-groningen", Choice.FOR), Ballot("rug", Choice.FOR), Ballot("hanze", Choice.AGAINST)]
    view = queries.decision(VISITOR, take(board, item, manner="vote", votes=votes).key)
    assert (view.tally.for_, view.tally.against) == (2, 1)


@pytest.mark.parametrize(
    ("fields", "reason", "words"),
    [
        ({"votes": [Ballot("hanze", Choice.AGAINST)]}, Reason.NOT_ADOPTED, "1 against"),
        (
            {
                "manner": "vote",
                "votes": [
                    Ballot("hanze", Choice.FOR),
                    Ballot("rug", Choice.AGAINST),
                    Ballot("gemeente-groningen", Choice.ABSTAINED),
                ],
            },
            Reason.NOT_ADOPTED,
            "more for than against",
        ),
        ({"manner": "vote", "votes": [Ballot("hanze", Choice.FOR)]}, Reason.MISSING, "no choice of rug"),
        ({"votes": [Ballot("umcg", Choice.ABSTAINED)]}, Reason.NO_VOTE, "umcg"),
        ({"votes": [Ballot("nobody", Choice.ABSTAINED)]}, Reason.UNKNOWN, "nobody"),
        ({"votes": [Ballot("hanze", Choice.ABSTAINED)] * 2}, Reason.TWICE, "2 votes of hanze"),
        ({"manner": "lots"}, Reason.VALUE, "lots"),
        ({"title": {"nl": " "}}, Reason.MISSING, "title"),
        ({"elements": ["task:nowhere"]}, Reason.UNKNOWN, "task:nowhere"),
        ({"replaces": "2001-01"}, Reason.UNKNOWN, "2001-01"),
        ({"public_from": date(2099, 1, 1)}, Reason.MISSING, "confidential"),
        ({"confidential": "negotiations", "public_from": date(2001, 1, 1)}, Reason.ORDER, "2001-01-01"),
        (
            {"follow_ups": [NewFollowUp("nobody", {"en": "x"}, date(2099, 1, 1))]},
            Reason.UNKNOWN,
            "follow-up 1 organisation: found nobody",
        ),
        (
            {"follow_ups": [NewFollowUp("hanze", {"en": "x"}, date(2001, 1, 1))]},
            Reason.ORDER,
            "follow-up 1 due: found 2001-01-01",
        ),
        ({"follow_ups": [NewFollowUp("hanze", {"en": "x"}, date(2099, 1, 1), 999999)]}, Reason.UNKNOWN, "999999"),
    ],
)
def test_bad_input_stores_nothing(board: Board, fields: Any, reason: Reason, words: str) -> None:
    _meeting, [item] = board.held()
    with refused(reason, words):
        take(board, item, **fields)


def test_an_owner_of_another_organisation_is_refused(board: Board) -> None:
    _meeting, [item] = board.held()
    with refused(Reason.UNKNOWN, "somebody of hanze"):
        follow_up = NewFollowUp("hanze", {"en": "x"}, date(2099, 1, 1), board.cast.charlie.pk)
        take(board, item, follow_ups=[follow_up])


def test_without_quorum_there_is_no_decision(board: Board) -> None:
    _meeting, [item] = board.held(attended=[board.mayor, board.secretary, board.guest])
    with refused(Reason.NO_QUORUM, "2 of them present"):
        take(board, item)


def test_an_item_is_decided_once_unless_the_decision_is_replaced(board: Board) -> None:
    _meeting, [item] = board.held()
    first = take(board, item)
    with pytest.raises(Refused, match=f"decision {first.key}") as caught:
        take(board, item)
    assert caught.value.troubles[0].reason is Reason.TWICE
    second = take(board, item, replaces=first.key)
    assert queries.decision(VISITOR, first.key).replaced_by == second.key
    assert queries.decision(VISITOR, second.key).replaces == [first.key]


def test_only_a_meeting_that_is_held_decides(board: Board) -> None:
    item = board.item(board.plan())
    with refused(Reason.STATE, "planned"):
        take(board, item)


@pytest.mark.parametrize("name", ["alice", "bob", "charlie", "erin", "frank", "grace"])
def test_the_programme_office_records_decisions(board: Board, name: str) -> None:
    _meeting, [item] = board.held()
    with pytest.raises(NotAllowed):
        take(board, item, by=getattr(board.cast, name).actor)
    assert_nothing()


# --- What it changes ---


def test_it_changes_an_element(board: Board) -> None:
    _meeting, [item] = board.held()
    old = dict(agenda.find("task:E3").title)
    decision = take(board, item, changes=[ElementChange("task:E3", {"title": {"nl": "Anders", "en": "Otherwise"}})])
    assert agenda.find("task:E3").title == {"nl": "Anders", "en": "Otherwise"}
    assert agenda.versions("task:E3")[0].why == f"decision:{decision.key} {TITLE['nl']}"
    [change] = queries.decision(VISITOR, decision.key).changes
    assert change["before"]["title"] == old
    assert [view.key for view in queries.decisions_about(VISITOR, [agenda.find("task:E3").pk])] == [decision.key]


def test_it_moves_a_target(board: Board, indicator: Indicator) -> None:
    _meeting, [item] = board.held()
    old = indicator.targets.filter(until=None)[0]
    decision = take(board, item, changes=[TargetChange(indicator.key, old.period, 12345.0)])
    new = Target.objects.get(indicator=indicator, period=old.period, until=None)
    assert (new.value, new.source, new.interim) == (12345.0, f"decision:{decision.key}", old.interim)
    [change] = queries.decision(VISITOR, decision.key).changes
    assert change["before"]["value"] == old.value
    measured = [element.uid for element in indicator.measures.all()]
    assert {named.uid for named in queries.decision(VISITOR, decision.key).elements} == set(measured)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (ElementChange("task:gone", {"title": "x"}), "change 2 .*found task:gone"),
        (ElementChange("task:E3", {"colour": "green"}), "no such field"),
        (ElementChange("task:E3", {"title": None}), "change 2 .*title"),
        (ElementChange("task:E3", {"horizon": "soon"}), "horizon"),
        (TargetChange("no-such", "2030", 1.0), "change 2 .*no-such"),
    ],
)
def test_one_change_that_is_refused_undoes_all(board: Board, change: Any, words: str) -> None:
    _meeting, [item] = board.held()
    good = ElementChange("task:E1", {"title": {"nl": "Anders", "en": "Otherwise"}})
    with refused(Reason.CHANGE, words):
        take(board, item, changes=[good, change])
    assert agenda.find("task:E1").title != good.fields["title"]


def test_two_changes_of_one_thing_are_refused(board: Board) -> None:
    _meeting, [item] = board.held()
    with refused(Reason.TWICE, "change 2"):
        take(board, item, changes=[ElementChange("task:E3", {"title": title}) for title in ("One", "Two")])


@pytest.mark.parametrize("statement", ["bulk_create", "bulk_update", "update"])
@pytest.mark.parametrize("after", [1, 2])
def test_a_crash_in_the_middle_leaves_nothing_half(
    board: Board, indicator: Indicator, statement: str, after: int, monkeypatch: Any
) -> None:
    _meeting, [item] = board.held()
    target = indicator.targets.filter(until=None)[0]
    fields = {
        "votes": [Ballot("hanze", Choice.ABSTAINED)],
        "follow_ups": [NewFollowUp("hanze", {"en": "x"}, date(2099, 1, 1))],
        "changes": [
            TargetChange(indicator.key, target.period, 54321.0),
            ElementChange("task:E3", {"title": {"nl": "Anders", "en": "Otherwise"}}),
        ],
    }
    seen = 0
    real = getattr(QuerySet, statement)

    def breaks(self: Any, *args: Any, **kwargs: Any) -> Any:
        nonlocal seen
        seen += 1
        result = real(self, *args, **kwargs)
        if seen == after:
            raise OSError("the machine stopped")
        return result

    monkeypatch.setattr(QuerySet, statement, breaks)
    with pytest.raises(OSError, match="stopped"):
        take(board, item, **fields)
    monkeypatch.undo()
    assert_nothing()
    assert not Target.objects.filter(value=54321.0).exists()
    assert agenda.find("task:E3").title != {"nl": "Anders", "en": "Otherwise"}
    take(board, item, **fields)
    assert Target.objects.filter(value=54321.0, until=None).exists()


# --- The register ---


def test_a_confidential_decision_shows_number_day_body_and_reason(board: Board) -> None:
    _meeting, [item] = board.held(confidential="Negotiations with a supplier")
    decision = take(board, item, elements=["task:E3"], changes=[ElementChange("task:E3", {"title": "Anders"})])
    for who in (VISITOR, board.cast.alice.actor, board.cast.erin.actor, board.guest.actor):
        [view] = queries.register(who)
        assert view.withheld
        assert (view.key, view.day, view.confidential) == (decision.key, decision.date, "Negotiations with a supplier")
        assert view.body.uid == "body:steering-group"
        assert (view.title, view.text, list(view.votes), list(view.changes), list(view.elements)) == (
            None,
            None,
            [],
            [],
            [],
        )
        assert queries.register(who, words="besluit") == []
        assert queries.register(who, element=agenda.find("task:E3")) == []
        assert queries.decisions_about(who, [agenda.find("task:E3").pk]) == []
    for who in (board.office, board.mayor.actor, board.secretary.actor, board.cast.bob.actor):
        [view] = queries.register(who)
        assert not view.withheld
        assert view.title == TITLE
    assert agenda.versions("task:E3")[0].why == f"decision:{decision.key}"


def test_confidentiality_ends(board: Board) -> None:
    _meeting, [item] = board.held(confidential="Negotiations")
    decision = take(board, item, public_from=timezone.localdate() + timedelta(days=3))
    assert queries.decision(VISITOR, decision.key).withheld
    with pytest.raises(Refused, match="why"):
        decisions.publish(by=board.office, decision=decision, why="")
    decisions.publish(by=board.office, decision=decision, why="signed")
    view = queries.decision(VISITOR, decision.key)
    assert (view.withheld, view.confidential, view.title) == (False, "", TITLE)


def test_a_decision_of_before_is_entered_and_changes_nothing(board: Board) -> None:
    change = ElementChange("task:E3", {"title": "New"}, before={"title": "Old"})
    fields: dict[str, Any] = {
        "by": board.office,
        "body": "steering-group",
        "key": "2022-03",
        "date": date(2022, 5, 1),
        "title": TITLE,
        "text": TEXT,
    }
    decisions.enter(**fields, changes=[change])
    assert agenda.find("task:E3").title != "New"
    assert queries.decision(VISITOR, "2022-03").changes[0]["before"] == {"title": "Old"}
    with pytest.raises(Refused, match="a key that no other decision has"):
        decisions.enter(**fields)
    with pytest.raises(Refused, match="such as 2022-04"):
        decisions.enter(**fields | {"key": "2021-03"})
    with pytest.raises(NotAllowed):
        decisions.enter(**fields | {"by": board.cast.bob.actor})
    with pytest.raises(queries.Unseen):
        queries.decision(VISITOR, "1999-01")


def test_the_register_asks_little(board: Board, django_assert_max_num_queries: Any) -> None:
    _meeting, placed = board.held("One", "Two", "Three")
    for item in placed:
        take(board, item, elements=["task:E3"], follow_ups=[NewFollowUp("hanze", {"en": "x"}, date(2099, 1, 1))])
    with django_assert_max_num_queries(7):
        assert len(queries.register(board.cast.bob.actor)) == 3
    assert queries.years() == [timezone.localdate(_meeting.start).year]
    assert len(queries.register(VISITOR, words="we doen", body="steering-group")) == 3
    assert queries.register(VISITOR, year=1999) == []
    assert len(queries.decisions_of_meeting(VISITOR, _meeting.key)) == 3
