# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of the books: states, sorts of movements, types of cost."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy

from mainport.cycle.models import Budget, Grant, Invoice
from mainport.cycle.queries.invoices import Tab
from mainport.cycle.rules.chart import CHART, Code, CostType
from mainport.cycle.rules.ledger import Sort

Words = str | Promise

SORTS: dict[Sort, Words] = {
    Sort.PLEDGE: pgettext_lazy("movement", "pledge"),
    Sort.INVOICE_SENT: pgettext_lazy("movement", "invoice sent"),
    Sort.INVOICE_RECEIVED: pgettext_lazy("movement", "invoice received"),
    Sort.BANK: pgettext_lazy("movement", "bank"),
    Sort.RECEIPT: pgettext_lazy("movement", "receipt"),
    Sort.PAYMENT: pgettext_lazy("movement", "payment"),
    Sort.APPLICATION: pgettext_lazy("movement", "application to a fund"),
    Sort.GRANT: pgettext_lazy("movement", "grant"),
    Sort.BUDGET: pgettext_lazy("movement", "budget"),
    Sort.VIREMENT: pgettext_lazy("movement", "move within the budget"),
    Sort.COMMITMENT: pgettext_lazy("movement", "commitment"),
    Sort.RELEASE: pgettext_lazy("movement", "release"),
    Sort.CLOSING: pgettext_lazy("movement", "closing"),
    Sort.CORRECTION: pgettext_lazy("movement", "correction"),
}

COSTS: dict[CostType, Words] = {
    CostType.STAFF: pgettext_lazy("cost", "staff"),
    CostType.HIRED: pgettext_lazy("cost", "hired work"),
    CostType.EVENTS: pgettext_lazy("cost", "events"),
    CostType.COMMUNICATION: pgettext_lazy("cost", "communication"),
    CostType.RESEARCH: pgettext_lazy("cost", "research"),
    CostType.ICT: pgettext_lazy("cost", "ICT"),
    CostType.MATERIAL: pgettext_lazy("cost", "material"),
    CostType.OTHER: pgettext_lazy("cost", "other costs"),
}

#: The glyph of a state, and its word.
BUDGET_STATES: dict[str, tuple[str, Words]] = {
    Budget.State.DRAFT: ("no-report", pgettext_lazy("budget", "draft")),
    Budget.State.DECIDED: ("done", pgettext_lazy("budget", "in force")),
    Budget.State.AMENDED: ("no-plan", pgettext_lazy("budget", "replaced")),
    Budget.State.DROPPED: ("no-plan", pgettext_lazy("budget", "dropped")),
}

GRANT_STATES: dict[str, tuple[str, Words]] = {
    Grant.State.SOUGHT: ("no-report", pgettext_lazy("grant", "applied for")),
    Grant.State.PROMISED: ("on-track", pgettext_lazy("grant", "awarded")),
    Grant.State.REFUSED: ("behind", pgettext_lazy("grant", "turned down")),
    Grant.State.WITHDRAWN: ("no-plan", pgettext_lazy("grant", "withdrawn")),
    Grant.State.SETTLED: ("done", pgettext_lazy("grant", "settled")),
}

INVOICE_STATES: dict[str, tuple[str, Words]] = {
    Invoice.State.WAITING: ("no-report", pgettext_lazy("invoice", "waits for a purpose")),
    Invoice.State.OPEN: ("on-track", pgettext_lazy("invoice", "open")),
    Invoice.State.PAID: ("done", pgettext_lazy("invoice", "paid")),
    Invoice.State.REFUSED: ("no-plan", pgettext_lazy("invoice", "sent back")),
    Invoice.State.CANCELLED: ("no-plan", pgettext_lazy("invoice", "cancelled")),
}
OVERDUE: tuple[str, Words] = ("behind", pgettext_lazy("invoice", "overdue"))

DIRECTIONS: dict[str, Words] = {
    Invoice.Direction.SENT: pgettext_lazy("invoice", "sent by us"),
    Invoice.Direction.RECEIVED: pgettext_lazy("invoice", "received"),
}

TABS: dict[Tab, Words] = {
    Tab.WAITING: pgettext_lazy("invoices", "Waiting"),
    Tab.OPEN: pgettext_lazy("invoices", "Open"),
    Tab.OVERDUE: pgettext_lazy("invoices", "Overdue"),
    Tab.PAID: pgettext_lazy("invoices", "Paid"),
    Tab.ENDED: pgettext_lazy("invoices", "Sent back or cancelled"),
}


def account(code: str) -> str:
    """The name of an account of the chart, which has its own in both languages."""
    found = CHART[Code(code)]
    return found.nl if (get_language() or "").startswith("nl") else found.en


def state_of(invoice_state: str, late: bool) -> tuple[str, Words]:
    return OVERDUE if late else INVOICE_STATES[invoice_state]
