# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The chart of accounts: what the ledger tells apart, in the order of its codes.

Below 9000 is what money did, as in anybody's books. From 9000 on are memorandum accounts, in pairs: what was
pledged, sought, promised, budgeted and committed is booked with the same care as what was paid, each against its
counter-account, so that one way of adding up serves all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """An account of the chart; its value is its number in the books."""

    RESERVE = "0500"
    BANK = "1000"
    SUSPENSE = "1090"  # Came in or went out by the bank, and nobody has said yet what it was.
    RECEIVABLE = "1300"
    PAYABLE = "1600"
    EXPENDITURE = "4000"
    CONTRIBUTION = "8000"
    COFINANCING = "8100"
    PLEDGED = "9000"
    PLEDGED_COUNTER = "9001"
    SOUGHT = "9100"
    SOUGHT_COUNTER = "9101"
    PROMISED = "9200"
    PROMISED_COUNTER = "9201"
    BUDGETED = "9300"
    BUDGETED_COUNTER = "9301"
    COMMITTED = "9400"
    COMMITTED_COUNTER = "9401"


class Side(StrEnum):
    """The side on which an account grows."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True)
class Account:
    """One account of the chart; `counter` is what a memorandum account is booked against."""

    code: Code
    side: Side
    nl: str
    en: str
    counter: Code | None = None


_D, _C = Side.DEBIT, Side.CREDIT

#: Every account by its code.
CHART: dict[Code, Account] = {
    account.code: account
    for account in (
        Account(Code.RESERVE, _C, "Reserve", "Reserve"),
        Account(Code.BANK, _D, "Bank", "Bank"),
        Account(Code.SUSPENSE, _D, "Bank, nog toe te wijzen", "Bank, to be assigned"),
        Account(Code.RECEIVABLE, _D, "Te ontvangen", "Receivable"),
        Account(Code.PAYABLE, _C, "Te betalen", "Payable"),
        Account(Code.EXPENDITURE, _D, "Uitgaven", "Expenditure"),
        Account(Code.CONTRIBUTION, _C, "Bijdragen van partners", "Contributions of partners"),
        Account(Code.COFINANCING, _C, "Cofinanciering", "Co-financing"),
        Account(Code.PLEDGED, _D, "Toegezegd door partners", "Pledged by partners", Code.PLEDGED_COUNTER),
        Account(Code.PLEDGED_COUNTER, _C, "Tegenrekening toezeggingen", "Counter-account of pledges"),
        Account(Code.SOUGHT, _D, "Aangevraagd bij fondsen", "Sought from funds", Code.SOUGHT_COUNTER),
        Account(Code.SOUGHT_COUNTER, _C, "Tegenrekening aanvragen", "Counter-account of applications"),
        Account(Code.PROMISED, _D, "Toegekend door fondsen", "Promised by funds", Code.PROMISED_COUNTER),
        Account(Code.PROMISED_COUNTER, _C, "Tegenrekening toekenningen", "Counter-account of grants"),
        Account(Code.BUDGETED, _D, "Begroot", "Budgeted", Code.BUDGETED_COUNTER),
        Account(Code.BUDGETED_COUNTER, _C, "Tegenrekening begroting", "Counter-account of the budget"),
        Account(Code.COMMITTED, _D, "Verplicht", "Committed", Code.COMMITTED_COUNTER),
        Account(Code.COMMITTED_COUNTER, _C, "Tegenrekening verplichtingen", "Counter-account of commitments"),
    )
}


def is_memorandum(code: Code) -> bool:
    """Whether this is no money, but what was said about money."""
    return code >= Code.PLEDGED


class CostType(StrEnum):
    """What money was spent on; '' in a cell where that doesn't matter."""

    STAFF = "staff"
    HIRED = "hired"
    EVENTS = "events"
    COMMUNICATION = "communication"
    RESEARCH = "research"
    ICT = "ict"
    MATERIAL = "material"
    OTHER = "other"
