# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings: the lists of them, and one in full as far as the asker may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mainport.board.models import CalendarAddress, Decision, Document, Invitation, Item, Meeting
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.queries.decisions import DecisionView, Named, named, views_of
from mainport.board.queries.documents import DocumentView, document_view
from mainport.board.rules.keys import hash_of
from mainport.board.rules.meetings import CONVENED, ON_THE_AGENDA, ItemState, MeetingState, is_late
from mainport.board.rules.openness import Asker, reads_item, reads_minutes, sees_item
from mainport.board.rules.seats import VOTING, Role, is_quorate
from mainport.core.models import Person
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


@dataclass(frozen=True)
class ItemView:
    """A point of the agenda; of one that is `withheld` only its place and the reason stand."""

    id: int
    position: int | None
    withheld: bool
    confidential: str
    title: Mapping[str, str] | None
    summary: Mapping[str, str] | None
    purpose: Item.Purpose
    minutes: int
    begins: datetime | None  # as planned; None before it is placed
    elements: Sequence[Named]
    proposed_by: str
    proposed_by_name: str
    state: ItemState
    reason: str
    notes: Mapping[str, str] | None
    documents: Sequence[DocumentView]
    decisions: Sequence[DecisionView]
    may_edit: bool


@dataclass(frozen=True)
class InvitationView:
    """Somebody who is asked; without their name for who isn't inside."""

    person: str
    person_id: int | None
    organisation: str
    organisation_name: str
    role: Role
    answer: str
    attended: bool | None
    email: str = ""  # for who manages the board

    @property
    def has_vote(self) -> bool:
        return self.role in VOTING


@dataclass(frozen=True)
class FullMeeting:
    """A meeting with all of it that the asker may see."""

    meeting: MeetingView
    items: Sequence[ItemView]  # on the agenda, in its order
    proposals: Sequence[ItemView]  # proposed or refused
    invitations: Sequence[InvitationView]
    present: Sequence[str]  # names of the organisations with a vote that came
    is_quorate: bool | None  # None before it is held
    minutes: Mapping[str, str] | None
    adopted_in: str  # key of the meeting that adopted them
    decisions: Sequence[DecisionView]
    inside: bool
    may_manage: bool
    may_propose: bool


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
    rows = _rows(by)
    if body:
        rows = rows.filter(body__key=body)
    if year:
        rows = rows.filter(start__year=year)
    if states:
        rows = rows.filter(state__in=list(states))
    if coming is not None:
        now = timezone.now()
        rows = rows.filter(end__gte=now) if coming else rows.filter(end__lt=now)
    return [_meeting_view(row, asker) for row in rows.order_by("-start" if newest_first else "start", "key")]


def next_meetings(by: Actor, *, body: str = "", limit: int = 5) -> list[MeetingView]:
    """The meetings that come, the first in front, without those that were called off. Two queries at most."""
    states = [MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.HELD]
    return meetings(by, body=body, states=states, coming=True, newest_first=False)[:limit]


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
    if row is None or not _is_seen(row, row.meeting, asker_of(by)):
        raise Unseen(item)
    return row


def proposals_of(by: Actor, *, organisation: str = "") -> list[tuple[MeetingView, ItemView]]:
    """What the asker's organisations, or this one, proposed for meetings that are to come. Four queries at most."""
    asker = asker_of(by)
    own = asker.proposes if not organisation else {organisation} & asker.proposes
    rows = Item.objects.filter(meeting__end__gte=timezone.now()).select_related("meeting__body", "proposed_by")
    if asker.manages:
        rows = rows.filter(proposed_by__key=organisation) if organisation else rows
    else:
        rows = rows.filter(proposed_by__key__in=own)
    found = list(rows.order_by("meeting__start", "position", "id"))
    meetings_of = {row.pk: row for row in _rows(by).filter(pk__in={item.meeting_id for item in found})}
    papers = _documents(found, asker)
    return [
        (
            _meeting_view(meetings_of[item.meeting_id], asker),
            _item_view(item, item.meeting, asker, None, (), papers.get(item.pk, ()), ()),
        )
        for item in found
    ]


def meeting(by: Actor, key: str) -> FullMeeting:
    """A meeting in full. Raises Unseen. At most ten queries."""
    asker = asker_of(by)
    row = _rows(by).filter(key=key).first()
    if row is None:
        raise Unseen(key)
    body = row.body.uid
    rows = list(row.items.select_related("proposed_by").order_by("id"))
    seen = [item for item in rows if _is_seen(item, row, asker)]
    invitations = list(row.invitations.select_related("person", "organisation"))
    decided = views_of(_decisions(row), asker, with_elements=False) if getattr(row, "decided", 0) else []
    elements, papers = _elements(seen, row, asker), _documents(seen, asker, row)
    views: list[ItemView] = []
    begins = row.start
    for item in sorted(seen, key=lambda item: (item.position is None, item.position or 0, item.pk)):
        on_agenda = item.state in ON_THE_AGENDA
        taken = [view for view in decided if view.item == item.pk]
        views.append(
            _item_view(
                item,
                row,
                asker,
                begins if on_agenda else None,
                elements.get(item.pk, ()),
                papers.get(item.pk, ()),
                taken,
            )
        )
        if on_agenda:
            begins += timedelta(minutes=item.minutes)
    return FullMeeting(
        meeting=_meeting_view(row, asker),
        items=[view for view in views if view.state in ON_THE_AGENDA],
        proposals=[view for view in views if view.state not in ON_THE_AGENDA],
        invitations=[_invitation_view(one, asker, body) for one in invitations],
        present=_present(invitations),
        is_quorate=_quorate(row, invitations),
        minutes=row.minutes if reads_minutes(asker, body, MeetingState(row.state)) else None,
        adopted_in=row.minutes_adopted_in.key if row.minutes_adopted_in else "",
        decisions=decided,
        inside=asker.is_inside(body),
        may_manage=asker.manages,
        may_propose=_may_propose(row, asker),
    )


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
    rows = _rows(by).filter(Q(Exists(invited)) | seated, start__gte=since).order_by("start")
    return [_meeting_view(row, asker) for row in rows]


# --- Rows and views ---


def _rows(by: Actor) -> QuerySet[Meeting]:
    """Meetings with what is counted in them, and what the asker answered."""
    mine = Invitation.objects.filter(meeting=OuterRef("pk"), person_id=by.person_id or 0)
    return Meeting.objects.select_related("body", "minutes_adopted_in").annotate(
        placed=Count("items", filter=Q(items__state__in=list(ON_THE_AGENDA)), distinct=True),
        decided=Count("items__decisions", distinct=True),
        mine=mine.values("answer")[:1],
    )


def _meeting_view(row: Meeting, asker: Asker) -> MeetingView:
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


def _is_seen(item: Item, meeting: Meeting, asker: Asker) -> bool:
    proposer = item.proposed_by.key if item.proposed_by else None
    return sees_item(asker, meeting.body.uid, MeetingState(meeting.state), ItemState(item.state), proposer)


def _is_read(item: Item, meeting: Meeting, asker: Asker) -> bool:
    proposer = item.proposed_by.key if item.proposed_by else None
    return reads_item(asker, meeting.body.uid, item.confidential, proposer)


def _decisions(row: Meeting) -> list[Decision]:
    found = Decision.objects.filter(item__meeting=row).select_related("body", "item__meeting", "replaced_by")
    return list(found.order_by("item__position", "key"))


def _elements(items: Sequence[Item], meeting: Meeting, asker: Asker) -> dict[int, list[Named]]:
    found: defaultdict[int, list[Named]] = defaultdict(list)
    ids = [item.pk for item in items if _is_read(item, meeting, asker)]
    if ids:
        through = Item.elements.through.objects.filter(item_id__in=ids).select_related("element")
        for link in through.order_by("element__tree_key"):
            found[link.item_id].append(named(link.element))
    return found


def _documents(items: Sequence[Item], asker: Asker, meeting: Meeting | None = None) -> dict[int, list[DocumentView]]:
    found: defaultdict[int, list[DocumentView]] = defaultdict(list)
    by_id = {item.pk: item for item in items if _is_read(item, meeting or item.meeting, asker)}
    if by_id:
        for row in Document.objects.filter(item_id__in=by_id).order_by("id"):
            row.item = by_id[row.item_id]
            if meeting:
                row.item.meeting = meeting
            if view := document_view(row, asker):
                found[row.item_id].append(view)
    return found


def _item_view(
    item: Item,
    meeting: Meeting,
    asker: Asker,
    begins: datetime | None,
    elements: Sequence[Named],
    documents: Sequence[DocumentView],
    decisions: Sequence[DecisionView],
) -> ItemView:
    proposer = item.proposed_by
    readable = _is_read(item, meeting, asker)
    notes_open = reads_minutes(asker, meeting.body.uid, MeetingState(meeting.state))
    return ItemView(
        id=item.pk,
        position=item.position,
        withheld=not readable,
        confidential=item.confidential,
        title=item.title if readable else None,
        summary=item.summary if readable else None,
        purpose=Item.Purpose(item.purpose),
        minutes=item.minutes,
        begins=begins,
        elements=elements,
        proposed_by=proposer.key if proposer and readable else "",
        proposed_by_name=proposer.name if proposer and readable else "",
        state=ItemState(item.state),
        reason=item.reason if readable else "",
        notes=item.notes if readable and notes_open else None,
        documents=documents,
        decisions=decisions,
        may_edit=_may_edit(item, meeting, asker),
    )


def _may_edit(item: Item, meeting: Meeting, asker: Asker) -> bool:
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CONVENED):
        return False
    if asker.manages:
        return True
    own = item.proposed_by is not None and item.proposed_by.key in asker.proposes
    return own and item.state == ItemState.PROPOSED and not is_late(timezone.now(), meeting.papers_due)


def _may_propose(meeting: Meeting, asker: Asker) -> bool:
    if asker.manages:
        return meeting.state in (MeetingState.PLANNED, MeetingState.CONVENED)
    in_time = meeting.state == MeetingState.PLANNED and not is_late(timezone.now(), meeting.papers_due)
    return bool(asker.proposes) and in_time


def _invitation_view(row: Invitation, asker: Asker, body: str) -> InvitationView:
    inside = asker.is_inside(body)
    organisation = row.organisation
    view = InvitationView(
        person=str(row.person) if inside else "",
        person_id=row.person_id if inside else None,
        organisation=organisation.key if organisation else "",
        organisation_name=organisation.name if organisation else "",
        role=Role(row.role),
        answer=row.answer if inside else "",
        attended=row.attended,
    )
    return replace(view, email=row.person.email) if asker.manages else view


def _present(invitations: Sequence[Invitation]) -> list[str]:
    found = {
        row.organisation.key: row.organisation.name
        for row in invitations
        if row.attended and row.organisation and Role(row.role) in VOTING
    }
    return sorted(found.values())


def _quorate(row: Meeting, invitations: Sequence[Invitation]) -> bool | None:
    if row.state not in (MeetingState.HELD, MeetingState.CLOSED):
        return None
    return is_quorate(_present(invitations), row.quorum)
