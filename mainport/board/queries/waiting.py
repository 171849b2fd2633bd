# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody after decisions and before meetings, read for one page at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.utils import timezone

from mainport.board.models import Invitation, Item
from mainport.board.queries.asking import asker_of
from mainport.board.queries.follow_ups import FollowUpView, pressing
from mainport.board.queries.meetings import MeetingView, meeting_rows, meeting_view
from mainport.board.rules.meetings import WHEN, Deed, ItemState, is_late
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class ProposalView:
    """An item that an organisation proposed for a meeting that comes."""

    id: int
    title: Mapping[str, str]
    organisation: str
    state: ItemState
    reason: str
    meeting: MeetingView
    papers: int
    papers_due: datetime | None  # while there is no paper, and one can still come in time


@dataclass(frozen=True)
class Waiting:
    """What waits. `overdue` and `to_place` are those of everybody, for who manages the board."""

    follow_ups: Sequence[FollowUpView]
    to_answer: Sequence[MeetingView]
    proposals: Sequence[ProposalView]
    overdue: Sequence[FollowUpView]
    to_place: Sequence[ProposalView]


def waiting(by: Actor) -> Waiting:
    """What this actor must do for the board, what is due first in front. At most four queries."""
    asker = asker_of(by)
    now = timezone.now()
    coming = {row.pk: row for row in meeting_rows(by).filter(end__gte=now, state__in=WHEN[Deed.ARRANGE])}
    views = {pk: meeting_view(row, asker) for pk, row in sorted(coming.items(), key=lambda pair: pair[1].start)}
    rows: list[Item] = []
    if views and (asker.manages or asker.proposes):
        found = (
            Item.objects.filter(meeting_id__in=views).select_related("proposed_by").annotate(given=Count("documents"))
        )
        rows = list(found.order_by("meeting__start", "position", "id"))
    own = [row for row in rows if row.proposed_by and row.proposed_by.key in asker.proposes]
    mine, late = pressing(by, asker) if by.person_id else ([], [])
    return Waiting(
        follow_ups=mine,
        to_answer=[view for view in views.values() if _waits(view)],
        proposals=[_proposal(row, views[row.meeting_id], now) for row in own],
        overdue=late,
        to_place=[_proposal(row, views[row.meeting_id], now) for row in rows if row.state == ItemState.PROPOSED]
        if asker.manages
        else [],
    )


def _waits(view: MeetingView) -> bool:
    return view.state in WHEN[Deed.ANSWER] and view.my_answer == Invitation.Answer.NONE


def _proposal(row: Item, meeting: MeetingView, now: datetime) -> ProposalView:
    papers = getattr(row, "given", 0)
    asked = not papers and row.state != ItemState.REFUSED and not is_late(now, meeting.papers_due)
    return ProposalView(
        id=row.pk,
        title=row.title,
        organisation=row.proposed_by.name if row.proposed_by else "",
        state=ItemState(row.state),
        reason=row.reason,
        meeting=meeting,
        papers=papers,
        papers_due=meeting.papers_due if asked else None,
    )
