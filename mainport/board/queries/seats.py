# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who sits, and sat, in a body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mainport.agenda.models import Element
from mainport.agenda.queries import elements
from mainport.agenda.rules.elements import Kind
from mainport.board.models import Seat
from mainport.board.queries.asking import asker_of
from mainport.board.rules.openness import Asker
from mainport.board.rules.seats import VOTING, Role, usual_quorum
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class SeatView:
    """A seat; without the name of the person for who isn't inside: they know the organisation and the role."""

    id: int
    body: str  # uid
    person: str
    person_id: int | None
    organisation: str
    organisation_name: str
    role: Role
    start: date
    end: date | None
    demo: bool

    @property
    def has_vote(self) -> bool:
        return self.role in VOTING


@dataclass(frozen=True)
class BodyView:
    """A body with its seats on a day, those of before and those to come."""

    body: Element
    day: date
    seats: Sequence[SeatView]
    earlier: Sequence[SeatView]
    later: Sequence[SeatView]

    @property
    def quorum(self) -> int:
        """How many organisations make more than half of those with a vote."""
        return usual_quorum({seat.organisation for seat in self.seats if seat.has_vote})


def bodies(by: Actor, day: date | None = None) -> list[BodyView]:
    """All bodies of the agenda, with their seats on a day (today) and their history. Three queries at most."""
    day = day or timezone.localdate()
    asker = asker_of(by)
    rows = Seat.objects.select_related("body", "person", "organisation")
    by_body: defaultdict[int, list[Seat]] = defaultdict(list)
    for row in rows:
        by_body[row.body_id].append(row)
    return [_body_view(element, by_body[element.pk], day, asker) for element in elements(Kind.BODY)]


def body(by: Actor, element: Element, day: date | None = None) -> BodyView:
    """One body with its seats on a day (today) and their history. Two queries at most."""
    rows = Seat.objects.filter(body=element).select_related("body", "person", "organisation")
    return _body_view(element, list(rows), day or timezone.localdate(), asker_of(by))


def seats_of_organisation(by: Actor, organisation: str, day: date | None = None) -> list[SeatView]:
    """The seats that an organisation (its key) has on a day (today). Two queries at most."""
    day = day or timezone.localdate()
    asker = asker_of(by)
    rows = Seat.objects.filter(organisation__key=organisation, start__lte=day)
    rows = rows.select_related("body", "person", "organisation").order_by("body__tree_key", "person__name")
    return [_seat_view(row, asker) for row in rows if row.end is None or day <= row.end]


def find_seat(seat: int) -> Seat:
    """The row of a seat, for who manages them. Raises Seat.DoesNotExist."""
    return Seat.objects.select_related("body", "person", "organisation").get(pk=seat)


def organisations_with_vote(element: Element, day: date) -> list[Organisation]:
    """The organisations that have a vote in a body on a day, by name. One query."""
    rows = Seat.objects.filter(body=element, role__in=VOTING, start__lte=day).select_related("organisation")
    found = {row.organisation_id: row.organisation for row in rows if row.end is None or day <= row.end}
    return sorted((o for o in found.values() if o), key=lambda o: o.name)


def _body_view(element: Element, rows: Sequence[Seat], day: date, asker: Asker) -> BodyView:
    views = [(row, _seat_view(row, asker)) for row in rows]
    views.sort(key=lambda pair: (list(Role).index(pair[1].role), pair[1].organisation_name, pair[0].person.name))
    return BodyView(
        body=element,
        day=day,
        seats=[v for row, v in views if row.start <= day and (row.end is None or day <= row.end)],
        earlier=[v for row, v in views if row.end is not None and row.end < day],
        later=[v for row, v in views if row.start > day],
    )


def _seat_view(row: Seat, asker: Asker) -> SeatView:
    inside = asker.is_inside(row.body.uid) or bool(asker.bodies)
    organisation = row.organisation
    return SeatView(
        id=row.pk,
        body=row.body.uid,
        person=str(row.person) if inside else "",
        person_id=row.person_id if inside else None,
        organisation=organisation.key if organisation else "",
        organisation_name=organisation.name if organisation else "",
        role=Role(row.role),
        start=row.start,
        end=row.end,
        demo=row.demo,
    )
