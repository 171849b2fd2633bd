# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How much money business waits for the programme office."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, Count, QuerySet, Value

from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.models import BankLine, Invoice


@dataclass(frozen=True)
class MoneyWaiting:
    """Invoices that were received and not judged, lines of the bank of which nobody said what they were for."""

    invoices: int
    bank_lines: int


def money_waiting(by: Actor) -> MoneyWaiting:
    """One query. Raises NotAllowed."""
    require(by, Permission.BOOK)
    asked = _counted(Invoice.objects.filter(state=Invoice.State.WAITING), "invoices")
    lines = _counted(BankLine.objects.filter(assigned=None), "lines")
    found = dict(asked.union(lines, all=True))
    return MoneyWaiting(found.get("invoices", 0), found.get("lines", 0))


def _counted(rows: QuerySet[Invoice] | QuerySet[BankLine], name: str) -> QuerySet[Invoice, tuple[str, int]]:
    """(name, how many), or no row where there are none."""
    named = rows.order_by().annotate(what=Value(name, output_field=CharField()))
    return named.values_list("what").annotate(many=Count("pk"))  # type: ignore[return-value]
