# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One meeting in full, as far as the asker may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from mainport.board.models import Decision, Document, Invitation, Item, Meeting
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.queries.decisions import DecisionView, Named, named, views_of
from mainport.board.queries.documents import DocumentView, document_view
from mainport.board.queries.meetings import MeetingView, is_seen, meeting_rows, meeting_view
from mainport.board.rules.meetings import ON_THE_AGENDA, ItemState, MeetingState, is_late
from mainport.board.rules.openness import Asker, reads_item, reads_minutes
from mainport.board.rules.seats import VOTING, Role, is_quorate
from mainport.core.rules.permissions import Actor


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


def meeting(by: Actor, key: str) -> FullMeeting:
    """A meeting in full. Raises Unseen. At most ten queries."""
    asker = asker_of(by)
    row = meeting_rows(by).filter(key=key).first()
    if row is None:
        raise Unseen(key)
    body = row.body.uid
    rows = list(row.items.select_related("proposed_by").order_by("id"))
    seen = [item for item in rows if is_seen(item, row, asker)]
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
        meeting=meeting_view(row, asker),
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
    meetings_of = {row.pk: row for row in meeting_rows(by).filter(pk__in={item.meeting_id for item in found})}
    papers = _documents(found, asker)
    return [
        (
            meeting_view(meetings_of[item.meeting_id], asker),
            _item_view(item, item.meeting, asker, None, (), papers.get(item.pk, ()), ()),
        )
        for item in found
    ]


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
