# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Closes a year of the books."""

from __future__ import annotations

from django.db import transaction

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.ledger import hold
from mainport.cycle.actions.shared import require_year
from mainport.cycle.models import Book, Budget, Invoice
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Trouble
from mainport.cycle.rules.refusals import Refused


@transaction.atomic
def close_year(*, by: Actor, year: int) -> None:
    """Let no money be booked in a year any more; what turns out later is booked in a later one.

    Raises NotAllowed; Refused while something waits: money without a purpose, an invoice, a draft of a budget, or an
    earlier year that is open.
    """
    require(by, Permission.BOOK)
    require_year(year)
    ledger = hold()
    found = []
    if year <= ledger.closed_year:
        found.append(Trouble("year", str(year), f"a year after {ledger.closed_year}, which is closed"))
    suspense = sum(total.amount for total in totals([Code.SUSPENSE], where={"year": year}))
    if suspense:
        found.append(Trouble("bank", f"{suspense} to be assigned", "every line of the bank assigned"))
    waiting = Invoice.objects.filter(state=Invoice.State.WAITING, date__year__lte=year).count()
    if waiting:
        found.append(Trouble("invoices", f"{waiting} waiting", "every invoice accepted or refused"))
    if Budget.objects.filter(year__lte=year, state=Budget.State.DRAFT).exists():
        found.append(Trouble("budget", "a draft", "no draft of this year or before"))
    if found:
        raise Refused(found)
    Book.objects.filter(pk=ledger.pk).update(closed_year=year)
    record(by=by, action="ledger.close-year", subject=f"year:{year}")
