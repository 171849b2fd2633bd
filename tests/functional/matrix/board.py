# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the board: meetings, items, papers, decisions and their follow-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mainport.board.actions import calendar, decisions, documents, follow_ups, items, meetings
from mainport.board.actions.decisions import NewFollowUp
from mainport.board.models import Decision, FollowUp, Item, Meeting, Seat
from tests.functional.matrix import Stage, page, row, table
from tests.integration.board.conftest import Board, make_board, pdf

Arguments = Callable[[Stage], dict[str, Any]]


def _key(make: Callable[[Board], Meeting]) -> Callable[[Stage], str]:
    return lambda stage: make(make_board(stage.cast)).key


planned = _key(lambda board: board.plan())


def _convened(board: Board) -> Meeting:
    meeting = board.plan()
    board.item(meeting)
    return meetings.convene(by=board.office, meeting=meeting)


convened = _key(_convened)
held = _key(lambda board: board.held()[0])


def _minuted(board: Board) -> Meeting:
    meeting, placed = board.held()
    Item.objects.filter(pk=placed[0].pk).update(state="handled")
    return meetings.write_minutes(by=board.office, meeting=meeting, text={"nl": "Notulen"})


minuted = _key(_minuted)


def ready(stage: Stage) -> str:
    """A meeting that can be convened: it has an item."""
    board = make_board(stage.cast)
    meeting = board.plan()
    board.item(meeting)
    return meeting.key


def to_answer(stage: Stage) -> str:
    """Bob is invited."""
    return _convened(make_board(stage.cast)).key


def _decided(board: Board, **fields: Any) -> Decision:
    _meeting, (item,) = board.held()
    follow_up = NewFollowUp("hanze", {"nl": "Doen", "en": "Do it"}, timezone.localdate() + timedelta(days=30))
    return decisions.decide(
        by=board.office,
        item=item,
        title={"nl": "Besluit"},
        text={"nl": "Wij besluiten."},
        follow_ups=[follow_up],
        **fields,
    )


def decided(stage: Stage) -> str:
    return _decided(make_board(stage.cast)).key


def secret(stage: Stage) -> str:
    return _decided(make_board(stage.cast), confidential="Onderhandelingen lopen nog").key


def follow_up(stage: Stage) -> int:
    return FollowUp.objects.get(decision__key=decided(stage)).pk


def done(stage: Stage) -> int:
    found = FollowUp.objects.get(pk=follow_up(stage))
    follow_ups.close(by=stage.cast.dave.actor, follow_up=found, note="Gedaan")
    return found.pk


def proposed(stage: Stage) -> int:
    """An item of the Hanzehogeschool."""
    meeting = make_board(stage.cast).plan()
    return items.propose(by=stage.cast.bob.actor, meeting=meeting, title={"nl": "Punt"}, organisation="hanze").pk


def on_agenda(stage: Stage) -> int:
    return make_board(stage.cast).held()[1][0].pk


def paper(stage: Stage) -> int:
    """A public paper of a meeting that is convened."""
    board = make_board(stage.cast)
    meeting = board.plan()
    item = board.item(meeting)
    document = documents.add_document(by=board.office, item=item, file=pdf(), title="Stuk")
    meetings.convene(by=board.office, meeting=meeting)
    return document.pk


def loose_paper(stage: Stage) -> int:
    """A paper of the Hanzehogeschool, of a meeting that isn't convened."""
    item = Item.objects.get(pk=proposed(stage))
    return documents.add_document(by=stage.cast.bob.actor, item=item, file=pdf(), title="Stuk").pk


def seat(stage: Stage) -> int:
    make_board(stage.cast)
    return Seat.objects.get(person=stage.cast.bob).pk


def address(stage: Stage) -> str:
    make_board(stage.cast)
    return calendar.make_calendar_address(by=stage.cast.bob.actor)


def hours(_stage: Stage) -> dict[str, Any]:
    start = timezone.localtime() + timedelta(days=40)
    return {
        "body": "steering-group",
        "title_nl": "Stuurgroep",
        "start": f"{start:%Y-%m-%dT%H:%M}",
        "end": f"{start + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "papers_due": f"{start - timedelta(days=7):%Y-%m-%dT%H:%M}",
    }


ITEM = {"title_nl": "Punt", "purpose": "discuss", "minutes": "10", "organisation": "hanze"}
OFFICE = "302     403   403     403 200  403  403   403"
BY_OFFICE = "302     403   403     403 302  403  403   403"


def present(stage: Stage) -> dict[str, Any]:
    return {"attended": [stage.cast.bob.pk]}


def began(stage: Stage) -> str:
    """A meeting that has begun and isn't said to be held yet."""
    board = make_board(stage.cast)
    meeting = board.plan(start=timezone.now() - timedelta(hours=1))
    board.item(meeting)
    return meetings.convene(by=board.office, meeting=meeting).key


def who(stage: Stage) -> dict[str, Any]:
    return {"person": stage.cast.charlie.pk, "role": "guest", "start": f"{timezone.localdate()}"}


NOTE = {"note": "Gedaan"}
REASON = {"reason": "Niet meer nodig"}
LATER = {"due": "2099-01-01", "why": "Later"}
YES = {"answer": "accepted"}
DECISION = {"title_nl": "Besluit", "text_nl": "Wij besluiten.", "manner": "consensus"}

# fmt: off
ROWS = table(
    #                                                   visitor alice charlie bob dave erin frank grace
    page("decision_list",                          get="200"),
    page("decision", {"key": decided},             get="200"),
    page("decision", {"key": secret},              get="200"),
    page("decision", {"key": "1999-01"},           get="404"),
    row("decision_publish", {"key": secret},       get=OFFICE, post=BY_OFFICE, data={"why": "Voorbij"}),
    page("follow_up_list",                         get="200"),
    page("follow_up", {"pk": follow_up},           get="200"),
    page("follow_up", {"pk": 0},                   get="404"),
    row("follow_up_remind",                        get="405", post=BY_OFFICE),
    row("follow_up_close", {"pk": follow_up},      get="302     200   403     200 200  403  403   403",
                                                  post="302     302   403     302 302  403  403   403", data=NOTE),
    row("follow_up_drop", {"pk": follow_up},       get=OFFICE, post=BY_OFFICE, data=REASON),
    row("follow_up_reopen", {"pk": done},          get=OFFICE, post=BY_OFFICE, data={"why": "Toch niet"}),
    row("follow_up_due", {"pk": follow_up},        get=OFFICE, post=BY_OFFICE, data=LATER),
    row("follow_up_assign", {"pk": follow_up},     get=OFFICE, post=BY_OFFICE, data={"owner": ""}),
    page("seat_list",                              get="200"),
    row("seat_take", {"key": "steering-group"},    get=OFFICE, post=BY_OFFICE, data=who),
    row("seat_take", {"key": "nothing"},           get="302     403   403     403 404  403  403   403"),
    row("seat_leave", {"pk": seat},                get=OFFICE, post=BY_OFFICE, data={"end": "2099-01-01"}),
    row("meetings_calendar",                       get="200"),
    row("personal_calendar", {"secret": address},  get="200"),
    row("personal_calendar", {"secret": "nothing"}, get="404"),
    row("calendar_address",                        get="302     200   200     200 200  200  200   200"),
    row("calendar_make",                           get="405", post="302"),
    row("calendar_end",                            get="405", post="302"),
    page("meeting_list",                           get="200"),
    page("meeting", {"key": planned},              get="200"),
    page("meeting", {"key": held},                 get="200"),
    page("meeting", {"key": "nothing"},            get="404"),
    row("meeting_pack", {"key": convened},         get="200"),
    row("meeting_plan",                            get=OFFICE, post=BY_OFFICE, data=hours),
    row("meeting_change", {"key": planned},        get=OFFICE, post=BY_OFFICE, data=hours),
    row("meeting_convene", {"key": ready},         get="405", post=BY_OFFICE),
    row("meeting_hold", {"key": began},            get=OFFICE, post=BY_OFFICE, data=present),
    row("meeting_minutes", {"key": held},          get=OFFICE, post=BY_OFFICE, data={"minutes_nl": "Notulen"}),
    row("meeting_minutes", {"key": planned},       get="302     403   403     403 404  403  403   403"),
    row("meeting_close", {"key": minuted},         get=OFFICE, post=BY_OFFICE, data={"adopted_in": ""}),
    row("meeting_cancel", {"key": planned},        get=OFFICE, post=BY_OFFICE, data={"why": "Ziekte"}),
    row("meeting_answer", {"key": to_answer},      get="405",
                                                  post="302     404   404     302 404  404  404   404", data=YES),
    row("item_propose", {"key": planned},          get="302     403   403     200 200  403  403   403",
                                                  post="302     403   403     302 302  403  403   403", data=ITEM),
    row("item_edit", {"pk": proposed},             get="302     404   404     200 200  404  404   404",
                                                  post="302     404   404     302 302  404  404   404", data=ITEM),
    row("item_place", {"pk": proposed},            get="405", post=BY_OFFICE),
    row("item_refuse", {"pk": proposed},           get=OFFICE, post=BY_OFFICE, data=REASON),
    row("item_handle", {"pk": on_agenda},          get=OFFICE, post=BY_OFFICE, data={"notes_nl": "Besproken"}),
    row("document_add", {"pk": proposed},          get="302     404   404     200 200  404  404   404"),
    row("document", {"pk": paper},                 get="200"),
    row("document", {"pk": loose_paper},           get="404     404   404     200 200  200  404   404"),
    row("document_remove", {"pk": loose_paper},    get="405", post="302     404   404     302 302  403  404   404"),
    row("decide", {"pk": on_agenda},               get=OFFICE, post=BY_OFFICE, data=DECISION),
)
# fmt: on
