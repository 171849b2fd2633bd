# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of the yearly papers: states, why something is refused, which figures differ and where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from mainport.cycle.actions.papers import Refused
from mainport.cycle.models import Paper
from mainport.cycle.rules.chart import CHART, Account
from mainport.cycle.rules.papers import PaperKind
from mainport.cycle.rules.ties import Difference, Tie
from mainport.web.agenda.addresses import url_or_nothing

Words = str | Promise
State = Paper.State

STATES: dict[str, Words] = {
    State.DRAFT: pgettext_lazy("paper", "being written"),
    State.SIGNING: pgettext_lazy("paper", "before the partners"),
    State.DECIDED: pgettext_lazy("paper", "decided"),
    State.REPLACED: pgettext_lazy("paper", "replaced by a later version"),
}

#: What a refusal says, by the field that it is about.
REFUSALS: dict[str, Words] = {
    "kind": gettext_lazy("The agenda knows no such paper. Choose one from the list."),
    "year": gettext_lazy("This paper is being made already, or the year can't be. Look among the papers at work."),
    "organisation": gettext_lazy("Only partners of the alliance sign. Choose one from the list."),
    "section": gettext_lazy("Nobody writes in this section: all of it is drawn up."),
    "text": gettext_lazy("This text is too long, or in a language that the alliance doesn't use. Make it shorter."),
    "words": gettext_lazy("Fill in what you want to say, in at most 50,000 characters."),
    "reason": gettext_lazy("Say why your organisation doesn't agree. The other partners read it."),
    "state": gettext_lazy("That can't be done with this paper as it is now. Look at its page and start from there."),
    "sections": gettext_lazy("Not every text is there yet. The list of sections shows which are missing."),
    "revision": gettext_lazy("Somebody else changed this text while you were writing. See both texts below."),
}


def sentence(error: Refused) -> str:
    return str(REFUSALS.get(error.field, error))


def put_trouble(form: forms.Form, error: Refused) -> None:
    """At its field, where the form has it; else above the form."""
    form.add_error(error.field if error.field in form.fields else None, sentence(error))


# --- Figures that should be the same ---

#: What is compared, of each tie.
TIES: dict[Tie, Words] = {
    Tie.SUMS: gettext_lazy("Totals, whichever way they are added up"),
    Tie.LINES: gettext_lazy("The lines of the budget, and the ledger"),
    Tie.COVER: gettext_lazy("Income, and what it must pay"),
    Tie.CLOSING: gettext_lazy("Opening, movements and closing of the year"),
    Tie.BANK: gettext_lazy("The ledger, and the statements of the bank"),
    Tie.SUSPENSE: gettext_lazy("Lines of the bank that nobody has assigned yet"),
    Tie.BALANCE: gettext_lazy("Both sides of the balance sheet"),
    Tie.ACCOUNTS: gettext_lazy("The report, and the accounts of its year"),
}

#: What can be done about it.
REMEDIES: dict[Tie, Words] = {
    Tie.SUMS: gettext_lazy("Look up the movements of this account and give what has no goal, fund or partner one."),
    Tie.LINES: gettext_lazy("Decide the budget of this year, or move its lines back to what was decided."),
    Tie.COVER: gettext_lazy("Name the gap in the section on how the budget is paid, or lower the budget."),
    Tie.CLOSING: gettext_lazy("Look up the movements of this account around the turn of the year."),
    Tie.BANK: gettext_lazy("Take in the statement of the bank that is lacking."),
    Tie.SUSPENSE: gettext_lazy("Assign these lines of the bank."),
    Tie.BALANCE: gettext_lazy("Look up the movements of the year; tell whoever runs Mainport."),
    Tie.ACCOUNTS: gettext_lazy("Decide the annual accounts of this year first, or correct what was booked since."),
}

_FOUND: dict[str, Words] = {
    "lines of the budget, of which none was decided": gettext_lazy("Lines of the budget: none was decided"),
    "lines of the budget": gettext_lazy("Lines of the budget"),
    "pledged and promised income": gettext_lazy("Pledged and promised income"),
    "bank in the ledger": gettext_lazy("Bank in the ledger"),
    "bank lines to be assigned": gettext_lazy("Lines of the bank to be assigned"),
    "assets": gettext_lazy("Assets"),
    "contributions in the report": gettext_lazy("Contributions in the report"),
    "co-financing in the report": gettext_lazy("Co-financing in the report"),
    "expenditure in the report": gettext_lazy("Expenditure in the report"),
    "result in the report": gettext_lazy("Result in the report"),
}
_EXPECTED: dict[str, Words] = {
    "transfers in the ledger": gettext_lazy("the transfers in the ledger"),
    "budgeted": gettext_lazy("budgeted in the ledger"),
    "budgeted in the ledger": gettext_lazy("budgeted in the ledger"),
    "expenses; or a text in the section about cover that names the gap": gettext_lazy("the expenses"),
    "closing": gettext_lazy("the closing"),
    "no statement of the bank was taken in": gettext_lazy("no statement of the bank was taken in"),
    "last statement of the bank": gettext_lazy("the last statement of the bank"),
    "nothing left to assign": gettext_lazy("nothing left to assign"),
    "liabilities and reserve": gettext_lazy("liabilities and reserve"),
    "accounts of the year, which weren't decided yet": gettext_lazy("the accounts, which weren't decided yet"),
    "accounts of the year": gettext_lazy("the accounts of the year"),
}
_WAYS: dict[str, Words] = {
    "by partner": gettext_lazy("by partner"),
    "by goal": gettext_lazy("by goal"),
    "by fund": gettext_lazy("by fund"),
    "by type of cost": gettext_lazy("by type of cost"),
}
#: Where the figures of a tie come from.
_PLACES: dict[Tie, tuple[str, Words]] = {
    Tie.SUMS: ("ledger", gettext_lazy("The ledger")),
    Tie.LINES: ("budget", gettext_lazy("The budget of this year")),
    Tie.COVER: ("budget", gettext_lazy("The budget of this year")),
    Tie.CLOSING: ("ledger", gettext_lazy("The ledger")),
    Tie.BANK: ("bank_list", gettext_lazy("The bank")),
    Tie.SUSPENSE: ("bank_list", gettext_lazy("The bank")),
    Tie.BALANCE: ("ledger", gettext_lazy("The ledger")),
    Tie.ACCOUNTS: ("paper_work", gettext_lazy("The annual accounts of this year")),
}
#: What the address of a place needs to know.
_ARGUMENTS: dict[str, tuple[str, ...]] = {"budget": ("year",), "paper_work": ("kind", "year")}


@dataclass(frozen=True)
class Trouble:
    """A difference as its page says it."""

    tie: Words
    what: str
    found: Decimal
    expected: Decimal
    than: str
    amount: Decimal
    remedy: Words
    url: str
    url_label: Words


def trouble(one: Difference, year: int, *, accounts: bool) -> Trouble:
    """`accounts`: whether the annual accounts of the year were begun."""
    url, label = _where(one, year, accounts)
    return Trouble(
        TIES[one.tie],
        _what(one.what),
        one.found,
        one.expected,
        str(_EXPECTED.get(one.than, one.than)),
        one.amount,
        REMEDIES[one.tie],
        url,
        label,
    )


def _what(said: str) -> str:
    """What differs, in the reader's language."""
    if said in _FOUND:
        return str(_FOUND[said])
    account, rest = _account(said)
    if account is None:
        return str(capfirst(said))
    name = account.nl if (get_language() or "en").startswith("nl") else account.en
    if rest in _WAYS:
        return f"{name}, {_WAYS[rest]}"
    return _("Opening and movements of %(account)s") % {"account": name}


def _account(said: str) -> tuple[Account | None, str]:
    """The account that a difference is about, and by what its amounts were added up; '' for its course."""
    for account in CHART.values():
        name = account.en.lower()
        if said.lower() == f"opening and movements of {name}":
            return account, ""
        if said.startswith(f"{name} ") and said[len(name) + 1 :] in _WAYS:
            return account, said[len(name) + 1 :]
    return None, ""


def _where(one: Difference, year: int, accounts: bool) -> tuple[str, Words]:
    """The page on which these figures are looked up; '' where this installation has none."""
    name, label = _PLACES[one.tie]
    if name == "paper_work" and not accounts:
        name, label = "paper_work_list", gettext_lazy("Papers at work")
    known = {"kind": PaperKind.ANNUAL_ACCOUNTS.value, "year": str(year)}
    url = url_or_nothing(name, **{key: known[key] for key in _ARGUMENTS.get(name, ())})
    if url and name == "ledger":
        account, way = _account(one.what)
        said = {"budget" if way else "year": str(year)} | ({"code": account.code.value} if account else {})
        url = f"{url}?{urlencode(said)}"
    return url, label
