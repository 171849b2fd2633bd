# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What pages of the books have in common: the way to them, their parts, names, and their data as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mainport.agenda.rules.elements import Kind
from mainport.core.rules.permissions import Actor, Permission
from mainport.cycle.queries.bank import LineView as BankLineView
from mainport.cycle.queries.books import MovementView, PartyView, YearSums
from mainport.cycle.queries.budgets import LineView, VersionView, YearView
from mainport.cycle.queries.grants import GrantView
from mainport.cycle.queries.invoices import CommitmentView, InvoiceView
from mainport.cycle.queries.naming import Group, Names
from mainport.cycle.rules.chart import CHART, Code, CostType
from mainport.cycle.rules.ledger import Cell
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.context import Item
from mainport.web.cycle import labels
from mainport.web.templatetags.mainport import words

#: The parts of the books: name of the address, and whether only who books gets there.
_PARTS = (
    ("books", False),
    ("ledger", False),
    ("budget_list", False),
    ("grant_list", False),
    ("commitment_list", True),
    ("invoice_list", True),
    ("bank_list", True),
    ("party_list", True),
)


def _called() -> dict[str, str]:
    return {
        "books": _("Overview"),
        "ledger": _("Ledger"),
        "budget_list": _("Budgets"),
        "grant_list": _("Grants"),
        "commitment_list": _("Commitments"),
        "invoice_list": _("Invoices"),
        "bank_list": _("Bank"),
        "party_list": _("Parties"),
    }


def books_crumbs(*more: Crumb | str) -> list[Crumb]:
    """By the workspace and the overview of the books."""
    after = [one if isinstance(one, Crumb) else Crumb(one) for one in more]
    books = Crumb(_("The books"), reverse("books") if after else "")
    return crumbs(Crumb(_("Workspace"), reverse("workspace")), books, *after)


def crumb(name: str, **arguments: Any) -> Crumb:
    """The way back to one of the parts."""
    return Crumb(_called()[name], reverse(name, kwargs=arguments or None))


def frame(by: Actor, title: str, part: str, *between: Crumb) -> dict[str, Any]:
    """What every page of the books needs: its title, the way to it, the parts beside it, whether the reader books."""
    books = by.may(Permission.BOOK)
    called = _called()
    parts = [
        Item(url=reverse(name), label=called[name], current=name == part)
        for name, only_who_books in _PARTS
        if books or not only_who_books
    ]
    after: list[Crumb | str] = [] if part == "books" and not between else [*between, title]
    return {"page_title": title, "breadcrumbs": books_crumbs(*after), "parts": parts, "may_book": books}


# --- Names ---


def element_name(names: Names, uid: str) -> str:
    """A task by its code and title; what left the agenda by its uid."""
    found = names.elements.get(uid)
    if found is None:
        return uid or _("not told apart")
    title = str(words(found.title))
    return f"{found.key} {title}" if found.kind == Kind.TASK else title


def fund_name(names: Names, key: str) -> str:
    found = names.fund(key)
    return str(words(found.title)) if found else key


def party_name(names: Names, key: str) -> str:
    party = names.parties.get(key)
    if party is None:
        return key
    element = names.elements.get(party.element)
    return str(words(element.title)) if element else party.name


def cell_name(names: Names, cell: Cell) -> str:
    """The account, and after it all that is told apart on it; a counter-account has the same as what it stands by."""
    if cell.code in _COUNTERS:
        return labels.account(cell.code)
    parts = [
        str(cell.year or ""),
        party_name(names, cell.party),
        fund_name(names, cell.fund) if cell.fund and not cell.party.endswith(cell.fund) else "",
        element_name(names, cell.element) if cell.element else "",
        str(labels.COSTS[CostType(cell.cost)]) if cell.cost else "",
    ]
    return f"{labels.account(cell.code)}: {', '.join(filter(None, parts))}"


_COUNTERS = frozenset(account.counter for account in CHART.values() if account.counter)


def element_choices(names: Names) -> list[tuple[str, str]]:
    return [(element.uid, element_name(names, element.uid)) for element in names.payable]


def fund_choices(names: Names, *, base: bool = True) -> list[tuple[str, str]]:
    return [(one.key, str(words(one.title))) for one in names.funds if base or one.key != "base"]


def party_choices(names: Names, *, suppliers: bool = False) -> list[tuple[str, str]]:
    """By name; `suppliers` leaves out contributors and funds of the agenda."""
    found = [(key, party_name(names, key)) for key, one in names.parties.items() if not (suppliers and one.element)]
    return sorted(found, key=lambda one: one[1].lower())


def cost_choices() -> list[tuple[str, Any]]:
    return [(cost.value, label) for cost, label in labels.COSTS.items()]


# --- Rows ---


@dataclass(frozen=True)
class GroupRow:
    """A line of a table by goal: the goal with its sums, or what lies below it."""

    uid: str
    name: str
    is_group: bool
    amounts: tuple[Any, ...]


def group_rows(names: Names, groups: Sequence[Group]) -> list[GroupRow]:
    """Each goal with its sub-total, and under it its tasks, flagships and projects."""
    rows = []
    for group in groups:
        name = element_name(names, group.uid) if group.uid else _("Outside goals and sectors")
        rows.append(GroupRow(group.uid, name, True, group.amounts))
        for uid, amounts in group.rows:
            own = _("the goal or sector itself") if uid == group.uid else element_name(names, uid)
            rows.append(GroupRow(uid, own, False, amounts))
    return rows


# --- Data ---

_YEAR = (
    "year",
    "pledged",
    "contributions",
    "sought",
    "promised",
    "cofinancing",
    "budgeted",
    "committed",
    "spent",
    "left",
    "receivable",
    "payable",
    "unassigned",
    "uncovered",
    "leverage",
)


def year_json(sums: YearSums) -> dict[str, Any]:
    return {name: getattr(sums, name) for name in _YEAR}


def movement_json(found: MovementView) -> dict[str, Any]:
    names = ("number", "sort", "date", "words", "reference", "document", "decision", "corrects", "corrected_by")
    return {name: getattr(found, name) for name in names} | {
        "by": found.by_name,
        "at": found.at,
        "demo": found.demo,
        "transfers": [
            {"debit": _cell_json(one.debit), "credit": _cell_json(one.credit), "amount": one.amount}
            for one in found.transfers
        ],
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    names = ("code", "year", "party", "fund", "element", "cost")
    return {name: getattr(cell, name) for name in names if getattr(cell, name)}


def movement_rows(found: MovementView) -> list[dict[str, Any]]:
    """A line a transfer."""
    head = movement_json(found)
    head.pop("transfers")
    rows = []
    for one in found.transfers:
        row = dict(head)
        for side, cell in (("debit", one.debit), ("credit", one.credit)):
            row[f"{side}_account"] = cell.code.value
            row |= {f"{side}_{name}": getattr(cell, name) for name in ("year", "party", "fund", "element", "cost")}
        rows.append(row | {"amount": one.amount})
    return rows


def version_json(found: VersionView) -> dict[str, Any]:
    names = ("year", "version", "state", "words", "decision", "decided_at", "total", "demo")
    return {name: getattr(found, name) for name in names}


def year_of_budget_json(found: YearView) -> dict[str, Any]:
    used = {"committed": found.committed, "spent": found.spent, "left": found.left, "versions": found.versions}
    return version_json(found.shown) | used


def line_json(found: LineView) -> dict[str, Any]:
    names = ("element", "fund", "cost", "amount", "before", "difference", "words")
    return {name: getattr(found, name) for name in names}


def grant_json(found: GrantView) -> dict[str, Any]:
    names = (
        "key",
        "fund",
        "element",
        "applicant",
        "year",
        "state",
        "sought",
        "promised",
        "claimed",
        "received",
        "claimable",
        "asked_on",
        "decided_on",
        "account_by",
        "reference",
        "demo",
    )
    return {"title": words(found.title)} | {name: getattr(found, name) for name in names}


def conditions_json(found: GrantView) -> list[dict[str, Any]]:
    return [{"words": one.words, "due": one.due, "met_on": one.met_on} for one in found.conditions]


def invoice_json(found: InvoiceView) -> dict[str, Any]:
    names = (
        "direction",
        "number",
        "date",
        "due",
        "net",
        "vat",
        "total",
        "paid",
        "left",
        "state",
        "late",
        "words",
        "year",
        "element",
        "fund",
        "cost",
        "commitment",
        "grant",
        "movement",
        "demo",
    )
    return {"party": found.party.key, "party_name": found.party.name} | {n: getattr(found, n) for n in names}


def commitment_json(found: CommitmentView) -> dict[str, Any]:
    names = ("key", "words", "year", "element", "fund", "cost", "amount", "invoiced", "outstanding", "date")
    more = {"closed_at": found.closed_at, "movement": found.movement, "demo": found.demo}
    return {"party": found.party.key} | {name: getattr(found, name) for name in names} | more


def line_of_bank_json(found: BankLineView) -> dict[str, Any]:
    names = (
        "statement",
        "position",
        "booked_on",
        "amount",
        "counter_iban",
        "counter_name",
        "reference",
        "words",
        "movement",
        "assigned",
        "invoice_number",
        "demo",
    )
    return {name: getattr(found, name) for name in names}


def party_json(found: PartyView) -> dict[str, Any]:
    names = ("key", "name", "element", "iban", "kvk", "vat", "email", "address", "receivable", "payable", "spent")
    return {name: getattr(found, name) for name in names} | {"demo": found.demo}


def codes() -> list[tuple[str, str]]:
    return [(code.value, labels.account(code)) for code in Code]
