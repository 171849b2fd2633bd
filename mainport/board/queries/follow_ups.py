# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is to be done after decisions, by whom and by when.

Follow-ups of public decisions are public, without the names of people. Those of a confidential one are seen by who
is privy to it and by the organisation that must do them, which doesn't read the decision by that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from mainport.board.models import FollowUp
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.rules.follow_ups import FollowUpState, Standing, standing
from mainport.board.rules.openness import Asker, is_confidential
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class FollowUpView:
    """A follow-up as this asker may read it."""

    id: int
    decision: str  # key
    #: None where the decision itself is withheld.
    decision_title: Mapping[str, str] | None
    decision_date: date
    body: str  # uid
    organisation: str
    organisation_name: str
    owner: str  # '' where there is none, or the asker may not know
    owner_id: int | None
    words: Mapping[str, str]
    due: date
    state: FollowUpState
    standing: Standing
    note: str
    closed_on: date | None
    may_close: bool
    may_manage: bool
    demo: bool

    @property
    def is_overdue(self) -> bool:
        return self.standing is Standing.OVERDUE


def follow_ups(
    by: Actor,
    *,
    organisation: str = "",
    owner: int | None = None,
    body: str = "",
    standing: Iterable[Standing] = (),
    open_only: bool = False,
) -> list[FollowUpView]:
    """Follow-ups, those that are due first in front. Two queries at most.

    `organisation` and `body` are keys, `owner` the id of a person.
    """
    asker = asker_of(by)
    rows = _rows()
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    if owner is not None:
        rows = rows.filter(owner_id=owner)
    if body:
        rows = rows.filter(decision__body__key=body)
    if open_only:
        rows = rows.filter(state=FollowUpState.OPEN)
    wanted = frozenset(standing)
    views = [_view(row, asker) for row in rows if _is_seen(row, asker)]
    return [view for view in views if not wanted or view.standing in wanted]


def overdue(by: Actor, *, organisation: str = "") -> list[FollowUpView]:
    """What should have been done by now. Two queries at most."""
    asker = asker_of(by)
    rows = _rows().filter(state=FollowUpState.OPEN, due__lt=timezone.localdate())
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    return [_view(row, asker) for row in rows if _is_seen(row, asker)]


def follow_ups_of(by: Actor) -> list[FollowUpView]:
    """What the asker must see to: as its owner, or for an organisation where nobody is. Two queries at most."""
    asker = asker_of(by)
    if by.person_id is None:
        return []
    own = Q(owner_id=by.person_id) | Q(owner=None, organisation__key__in=asker.follows)
    rows = _rows().filter(own, state=FollowUpState.OPEN)
    return [_view(row, asker, own=row.owner_id == by.person_id) for row in rows]


def pressing(by: Actor, asker: Asker) -> tuple[list[FollowUpView], list[FollowUpView]]:
    """What the asker must see to, as `follow_ups_of`; and for who manages the board all that is overdue. One query."""
    own = Q(owner_id=by.person_id) | Q(owner=None, organisation__key__in=asker.follows)
    today = timezone.localdate()
    rows = list(_rows().filter(own | Q(due__lt=today) if asker.manages else own, state=FollowUpState.OPEN))
    mine = [row for row in rows if row.owner_id == by.person_id or (not row.owner_id and _follows(row, asker))]
    late = [row for row in rows if row.due < today] if asker.manages else []
    return (
        [_view(row, asker, own=row.owner_id == by.person_id) for row in mine],
        [_view(row, asker) for row in late],
    )


def follow_up(by: Actor, number: int) -> FollowUpView:
    """Raises Unseen. Two queries at most."""
    asker = asker_of(by)
    row = _rows().filter(pk=number).first()
    if row is None or not _is_seen(row, asker):
        raise Unseen(number)
    return _view(row, asker)


def find_follow_up(by: Actor, number: int) -> FollowUp:
    """The row, for actions, where this asker sees it. Raises Unseen."""
    row = _rows().filter(pk=number).first()
    if row is None or not _is_seen(row, asker_of(by)):
        raise Unseen(number)
    return row


def follow_ups_of_decisions(asker: Asker, decisions: Collection[int]) -> dict[int, Sequence[FollowUpView]]:
    """The follow-ups of decisions (their ids) that this asker reads. One query."""
    found: defaultdict[int, list[FollowUpView]] = defaultdict(list)
    for row in _rows().filter(decision_id__in=decisions):
        found[row.decision_id].append(_view(row, asker))
    return dict(found)


def _rows() -> QuerySet[FollowUp]:
    return FollowUp.objects.select_related("decision__body", "organisation", "owner").order_by("due", "id")


def _is_open(row: FollowUp, asker: Asker) -> bool:
    """Whether the asker may read the decision that it follows from."""
    decision = row.decision
    hidden = is_confidential(decision.confidential, decision.public_from, timezone.localdate())
    return not hidden or asker.is_privy(decision.body.uid)


def _is_seen(row: FollowUp, asker: Asker) -> bool:
    return _is_open(row, asker) or _follows(row, asker)


def _follows(row: FollowUp, asker: Asker) -> bool:
    return row.organisation.key in asker.follows


def _view(row: FollowUp, asker: Asker, *, own: bool = False) -> FollowUpView:
    body = row.decision.body.uid
    within = own or row.organisation.key in asker.follows
    inside = within or asker.is_inside(body)
    state = FollowUpState(row.state)
    return FollowUpView(
        id=row.pk,
        decision=row.decision.key,
        decision_title=row.decision.title if _is_open(row, asker) else None,
        decision_date=row.decision.date,
        body=body,
        organisation=row.organisation.key,
        organisation_name=row.organisation.name,
        owner=str(row.owner) if row.owner and inside else "",
        owner_id=row.owner_id if inside else None,
        words=row.words,
        due=row.due,
        state=state,
        standing=standing(state, row.due, timezone.localdate()),
        note=row.note if inside else "",
        closed_on=row.closed_on,
        may_close=state is FollowUpState.OPEN and (asker.manages or row.organisation.key in asker.follows),
        may_manage=asker.manages,
        demo=row.demo,
    )
