# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the partners pledged, as the agenda says it, booked a year at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.ledger import book, hold
from mainport.cycle.actions.shared import BASE, party_of_element
from mainport.cycle.models import Movement, Party
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, memorandum
from mainport.cycle.rules.ledger import Movement as Draft


@transaction.atomic
def book_pledges(*, by: Actor) -> list[Movement]:
    """Book every contribution of the agenda for each of its years, as far as it isn't booked yet.

    A contribution that was changed books the difference; one that left the agenda is taken back. Done again it
    books nothing. Raises NotAllowed.
    """
    require(by, Permission.BOOK)
    hold()
    booked = {
        (total.key[0], total.key[1]): total.amount
        for total in totals([Code.PLEDGED], by=("party", "year"))
        if total.amount
    }
    wanted, demo = _wanted()
    drafts = [
        Draft(
            sort=Sort.PLEDGE,
            date=date(year, 1, 1),
            words=f"Pledge {party} {year}",
            transfers=(memorandum(Code.PLEDGED, difference, Cell(Code.PLEDGED, year, party=party, fund=BASE)),),
            reference=f"pledge:{party}:{year}:{_round(party, year)}",
            demo=party in demo,
        )
        for (party, year) in sorted(wanted.keys() | booked.keys())
        if (difference := wanted.get((party, year), Decimal(0)) - booked.get((party, year), Decimal(0)))
    ]
    if not drafts:
        return []
    rows = book(by=by, movements=drafts)
    record(by=by, action="pledge.book", subject="ledger", movements=len(rows), first=rows[0].number)
    return rows


def _wanted() -> tuple[dict[tuple[str, int], Decimal], set[str]]:
    """Euro by party and year, as the agenda has it; and the parties that are invented."""
    found: dict[tuple[str, int], Decimal] = {}
    demo: set[str] = set()
    for element, party in contributors():
        for year, amount in _years(element):
            found[party.key, year] = amount
        if element.demo:
            demo.add(party.key)
    return found, demo


def contributors() -> Iterator[tuple[Element, Party]]:
    """Every contribution of the agenda with the party that pays it."""
    for element in agenda.elements(Kind.CONTRIBUTION):
        yield element, party_of_element(element)


def _years(element: Element) -> Iterator[tuple[int, Decimal]]:
    """The years of a contribution, from the first year of the agenda on."""
    alliance = agenda.alliance()
    assert alliance is not None, "a contribution belongs to an alliance"
    first = int(str(alliance.attributes["period"]["start"])[:4])
    for year in range(first, first + int(element.attributes["years"])):
        yield year, Decimal(element.attributes["per_year"])


def _round(party: str, year: int) -> int:
    """Tells the bookings of one pledge apart."""
    return Movement.objects.filter(reference__startswith=f"pledge:{party}:{year}:").count() + 1
