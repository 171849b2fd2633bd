# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings: the lists of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mainport.board.models import CalendarAddress, Invitation, Item, Meeting
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.queries.decisions import Named, named
from mainport.board.rules.keys import hash_of
from mainport.board.rules.meetings import CONVENED, ON_THE_AGENDA, ItemState, MeetingState
from mainport.board.rules.openness import Asker, sees_item
from mainport.board.rules.seats import VOTING
from mainport.core.models import Organisation, Person
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class MeetingView:
    """A meeting in a list: its day and place are public from the moment on which it is planned."""

    id: int
    key: str
    body: Named
    title: Mapping[str, str]
    start: datetime
    end: datetime
    place: str
    url: str  # where it is held online; '' for who wasn't invited
    papers_due: datetime
    quorum: int
    state: MeetingState
    sequence: int
    items: int  # on its agenda; 0 before it is convened, for who isn't inside
    decisions: int
    my_answer: str  # '' where the asker isn't invited
    demo: bool

    @property
    def day(self) -> date:
        return timezone.localdate(self.start)


def meetings(
    by: Actor,
    *,
    body: str = "",
    year: int | None = None,
    states: Collection[MeetingState] = (),
    coming: bool | None = None,
    newest_first: bool = True,
) -> list[MeetingView]:
    """Meetings, of a body (its key), of a year, or those to come (`coming`) or that were. Two queries at most."""
    asker = asker_of(by)
    rows = meeting_rows(by)
    if body:
        rows = rows.filter(body__key=body)
    if year:
        rows = rows.filter(start__year=year)
    if states:
        rows = rows.filter(state__in=list(states))
    if coming is not None:
        now = timezone.now()
        rows = rows.filter(end__gte=now) if coming else rows.filter(end__lt=now)
    return [meeting_view(row, asker) for row in rows.order_by("-start" if newest_first else "start", "key")]


def next_meetings(by: Actor, *, body: str = "", limit: int = 5) -> list[MeetingView]:
    """The meetings that come, the first in front, without those that were called off. Two queries at most."""
    states = [MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.HELD]
    return meetings(by, body=body, states=states, coming=True, newest_first=False)[:limit]


def meeting_in_short(by: Actor, key: str) -> MeetingView:
    """A meeting as a list shows it. Raises Unseen. Two queries at most."""
    row = meeting_rows(by).filter(key=key).first()
    if row is None:
        raise Unseen(key)
    return meeting_view(row, asker_of(by))


def present_with_vote(meeting: Meeting) -> list[Organisation]:
    """The organisations with a vote of which somebody came, by name. One query."""
    came = meeting.invitations.filter(attended=True, role__in=VOTING).select_related("organisation")
    found = {row.organisation.key: row.organisation for row in came if row.organisation}
    return sorted(found.values(), key=lambda organisation: organisation.name)


def meeting_years() -> list[int]:
    """Years in which there are meetings, the newest first. One query."""
    return [day.year for day in Meeting.objects.datetimes("start", "year", order="DESC")]


def find_meeting(key: str) -> Meeting:
    """The row, for actions. Raises Unseen."""
    row = Meeting.objects.select_related("body").filter(key=key).first()
    if row is None:
        raise Unseen(key)
    return row


def find_item(by: Actor, item: int) -> Item:
    """The row, for actions, where this asker sees that there is such an item. Raises Unseen. Two queries at most."""
    row = Item.objects.select_related("meeting__body", "proposed_by").filter(pk=item).first()
    if row is None or not is_seen(row, row.meeting, asker_of(by)):
        raise Unseen(item)
    return row


def meetings_of_calendar(secret: str) -> tuple[Person, list[MeetingView]] | None:
    """Whose calendar address this is, with the meetings of their bodies and to which they were invited.

    None where the secret opens nothing. Of the last year and all that come; those called off as well, so that they
    vanish from calendars. Four queries at most.
    """
    address = CalendarAddress.objects.select_related("person").filter(sha256=hash_of(secret)).first()
    if address is None or not address.person.is_active:
        return None
    by = actor_of(address.person)
    return address.person, meetings_of_person(by)


def meetings_of_person(by: Actor) -> list[MeetingView]:
    """The meetings of the bodies in which the asker sits, and to which they were invited. Three queries at most."""
    asker = asker_of(by)
    since = timezone.now() - timedelta(days=366)
    invited = Invitation.objects.filter(meeting=OuterRef("pk"), person_id=by.person_id or 0)
    seated = Q(body__key__in=[uid.partition(":")[2] for uid in asker.bodies])
    rows = meeting_rows(by).filter(Q(Exists(invited)) | seated, start__gte=since).order_by("start")
    return [meeting_view(row, asker) for row in rows]


def meeting_rows(by: Actor) -> QuerySet[Meeting]:
    """Meetings with what is counted in them, and what the asker answered."""
    mine = Invitation.objects.filter(meeting=OuterRef("pk"), person_id=by.person_id or 0)
    return Meeting.objects.select_related("body", "minutes_adopted_in").annotate(
        placed=Count("items", filter=Q(items__state__in=list(ON_THE_AGENDA)), distinct=True),
        decided=Count("items__decisions", distinct=True),
        mine=mine.values("answer")[:1],
    )


def meeting_view(row: Meeting, asker: Asker) -> MeetingView:
    inside = asker.is_inside(row.body.uid)
    mine = getattr(row, "mine", None) or ""
    shows_agenda = inside or row.state in CONVENED
    return MeetingView(
        id=row.pk,
        key=row.key,
        body=named(row.body),
        title=row.title,
        start=row.start,
        end=row.end,
        place=row.place,
        url=row.url if inside or mine else "",
        papers_due=row.papers_due,
        quorum=row.quorum,
        state=MeetingState(row.state),
        sequence=row.sequence,
        items=getattr(row, "placed", 0) if shows_agenda else 0,
        decisions=getattr(row, "decided", 0),
        my_answer=mine,
        demo=row.demo,
    )


def is_seen(item: Item, meeting: Meeting, asker: Asker) -> bool:
    proposer = item.proposed_by.key if item.proposed_by else None
    return sees_item(asker, meeting.body.uid, MeetingState(meeting.state), ItemState(item.state), proposer)
