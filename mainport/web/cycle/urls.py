# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the books, in the workspace."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.cycle.views import bank, books, budgets, commitments, grants, invoices, ledger, parties
from mainport.web.pages import routes

BOOKS = format_lazy("{}/{}", pgettext_lazy("route", "workspace"), pgettext_lazy("route", "books"))


def under(base: Any, word: Any) -> Any:
    return format_lazy("{}/{}", base, word)


def below(base: Any, word: Any, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(format_lazy("{}/{}/", base, word), view, name=name)
    return found


LEDGER = under(BOOKS, pgettext_lazy("route", "ledger"))
MOVEMENT = under(LEDGER, "<int:number>")
BUDGETS = under(BOOKS, pgettext_lazy("route", "budgets"))
BUDGET = under(BUDGETS, "<int:year>")
DRAFT = under(BUDGET, pgettext_lazy("route", "draft"))
LINE = under(DRAFT, "<int:pk>")
GRANTS = under(BOOKS, pgettext_lazy("route", "grants"))
GRANT = under(GRANTS, "<slug:key>")
COMMITMENTS = under(BOOKS, pgettext_lazy("route", "commitments"))
INVOICES = under(BOOKS, pgettext_lazy("route", "invoices"))
INVOICE = under(INVOICES, "<int:pk>")
BANK = under(BOOKS, pgettext_lazy("route", "bank"))
BANK_LINE = under(BANK, "<int:pk>")
PARTIES = under(BOOKS, pgettext_lazy("route", "parties"))
PARTY = under(PARTIES, "<slug:key>")
ACCOUNTANT = under(BOOKS, pgettext_lazy("route", "accountant"))

ADD = pgettext_lazy("route", "add")
CHANGE = pgettext_lazy("route", "change")
CLOSE = pgettext_lazy("route", "close")
DROP = pgettext_lazy("route", "drop")
UPLOAD = pgettext_lazy("route", "upload")
REFUSE = pgettext_lazy("route", "refuse")

urlpatterns: list[URLPattern] = [
    *routes(BOOKS, books.overview, "books"),
    below(BOOKS, pgettext_lazy("route", "pledges"), books.pledge_book, "pledge_book"),
    path(format_lazy("{}/<int:year>/{}/", BOOKS, CLOSE), books.year_close, name="year_close"),
    path(format_lazy("{}/<int:year>.xaf", ACCOUNTANT), books.books_xaf, name="books_xaf"),
    path(format_lazy("{}/<int:year>-{}.csv", ACCOUNTANT, "ledger"), books.books_ledger_csv, name="books_ledger_csv"),
    path(format_lazy("{}/<int:year>-{}.csv", ACCOUNTANT, "totals"), books.books_totals_csv, name="books_totals_csv"),
    *routes(LEDGER, ledger.ledger, "ledger"),
    *routes(MOVEMENT, ledger.movement, "movement"),
    below(MOVEMENT, pgettext_lazy("route", "undo"), ledger.movement_correct, "movement_correct"),
    *routes(BUDGETS, budgets.budget_list, "budget_list"),
    below(BUDGETS, ADD, budgets.budget_draft, "budget_draft"),
    *routes(BUDGET, budgets.budget, "budget"),
    path(format_lazy("{}/", DRAFT), budgets.budget_edit, name="budget_edit"),
    below(DRAFT, ADD, budgets.budget_line, "budget_line"),
    below(DRAFT, DROP, budgets.budget_drop, "budget_drop"),
    below(DRAFT, pgettext_lazy("route", "decide"), budgets.budget_decide, "budget_decide"),
    below(LINE, CHANGE, budgets.budget_line_change, "budget_line_change"),
    below(LINE, DROP, budgets.budget_line_drop, "budget_line_drop"),
    below(BUDGET, pgettext_lazy("route", "move"), budgets.budget_move, "budget_move"),
    *routes(GRANTS, grants.grant_list, "grant_list"),
    below(GRANTS, ADD, grants.grant_apply, "grant_apply"),
    path(
        format_lazy("{}/{}/<int:pk>/", GRANTS, pgettext_lazy("route", "conditions")),
        grants.condition_meet,
        name="condition_meet",
    ),
    *routes(GRANT, grants.grant, "grant"),
    below(GRANT, pgettext_lazy("route", "award"), grants.grant_award, "grant_award"),
    below(GRANT, REFUSE, grants.grant_refuse, "grant_refuse"),
    below(GRANT, pgettext_lazy("route", "withdraw"), grants.grant_withdraw, "grant_withdraw"),
    below(GRANT, pgettext_lazy("route", "claim"), grants.grant_claim, "grant_claim"),
    below(GRANT, pgettext_lazy("route", "settle"), grants.grant_settle, "grant_settle"),
    *routes(COMMITMENTS, commitments.commitment_list, "commitment_list"),
    below(COMMITMENTS, ADD, commitments.commitment_add, "commitment_add"),
    path(format_lazy("{}/<slug:key>/{}/", COMMITMENTS, CLOSE), commitments.commitment_close, name="commitment_close"),
    *routes(INVOICES, invoices.invoice_list, "invoice_list"),
    below(INVOICES, UPLOAD, invoices.invoice_upload, "invoice_upload"),
    below(INVOICES, pgettext_lazy("route", "send"), invoices.invoice_send, "invoice_send"),
    *routes(INVOICE, invoices.invoice, "invoice"),
    path(format_lazy("{}.xml", INVOICE), invoices.invoice_file, name="invoice_file"),
    below(INVOICE, pgettext_lazy("route", "accept"), invoices.invoice_accept, "invoice_accept"),
    below(INVOICE, REFUSE, invoices.invoice_refuse, "invoice_refuse"),
    below(INVOICE, pgettext_lazy("route", "cancel"), invoices.invoice_cancel, "invoice_cancel"),
    *routes(BANK, bank.bank_list, "bank_list"),
    below(BANK, UPLOAD, bank.bank_upload, "bank_upload"),
    *routes(
        format_lazy("{}/{}/<int:pk>", BANK, pgettext_lazy("route", "statements")), bank.bank_statement, "bank_statement"
    ),
    path(format_lazy("{}/", BANK_LINE), bank.bank_line, name="bank_line"),
    below(BANK_LINE, pgettext_lazy("route", "assign"), bank.bank_assign, "bank_assign"),
    path(
        format_lazy("{}/{}/<int:invoice>/", BANK_LINE, pgettext_lazy("route", "assign")),
        bank.bank_accept,
        name="bank_accept",
    ),
    below(BANK_LINE, pgettext_lazy("route", "spend"), bank.bank_spend, "bank_spend"),
    below(BANK_LINE, pgettext_lazy("route", "let-wait"), bank.bank_unassign, "bank_unassign"),
    *routes(PARTIES, parties.party_list, "party_list"),
    below(PARTIES, ADD, parties.party_add, "party_add"),
    below(PARTY, pgettext_lazy("route", "account"), parties.party_account, "party_account"),
    below(PARTY, pgettext_lazy("route", "address"), parties.party_address, "party_address"),
]
