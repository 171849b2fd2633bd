# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What one partner pays, and what one fund was asked for, year by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from mainport.cycle.models import Condition, Grant, Party
from mainport.cycle.queries.money.sheet import Measure, Sheet, of_parties
from mainport.cycle.rules.shares import ZERO


@dataclass(frozen=True)
class YearOfContribution:
    """A contribution in one year; outstanding is what was invoiced and isn't paid."""

    contribution: str  # uid
    year: int
    pledged: Decimal
    invoiced: Decimal
    paid: Decimal

    @property
    def outstanding(self) -> Decimal:
        return self.invoiced - self.paid


def contributions(uids: Collection[str]) -> list[YearOfContribution]:
    """The years of these contributions of the agenda. Two queries; none without contributions."""
    keys = {party.key: party.element for party in Party.objects.filter(element__in=list(uids))} if uids else {}
    return years_of(of_parties(list(keys)), keys) if keys else []


def years_of(sheet: Sheet, contributors: dict[str, str]) -> list[YearOfContribution]:
    """By contribution and year; of `contributors` the uid by the key of the party."""
    found: dict[tuple[str, int], dict[Measure, Decimal]] = {}
    for row in sheet.rows:
        if row.party in contributors:
            amounts = found.setdefault((contributors[row.party], row.year), {})
            amounts[row.measure] = amounts.get(row.measure, ZERO) + row.amount
    return [
        YearOfContribution(
            uid,
            year,
            pledged=amounts.get(Measure.PLEDGED, ZERO),
            invoiced=amounts.get(Measure.INVOICED, ZERO),
            paid=amounts.get(Measure.RECEIVED, ZERO),
        )
        for (uid, year), amounts in sorted(found.items())
    ]


@dataclass(frozen=True)
class GrantOfFund:
    """What was sought from a fund, for what, and how it went."""

    key: str
    title: dict[str, str]
    element: str
    year: int
    state: Grant.State
    sought: Decimal
    promised: Decimal | None
    asked_on: date
    demo: bool


@dataclass(frozen=True)
class Deadline:
    """A day by which a fund asks something: to account for its grant, or to meet a condition."""

    day: date
    words: str  # of the condition; '' for the account
    grant: GrantOfFund


def grants_of(fund: str) -> list[GrantOfFund]:
    """All that was sought from this fund, the latest first. One query."""
    return [_grant(grant) for grant in Grant.objects.filter(fund=fund)]


def deadlines_of(fund: str, since: date) -> list[Deadline]:
    """What must still be done for grants of this fund, from a day on, what is due first in front. Two queries."""
    standing = Grant.objects.filter(fund=fund, state__in=[Grant.State.SOUGHT, Grant.State.PROMISED])
    conditions: Sequence[Condition] = list(
        Condition.objects.filter(grant__in=standing, due__gte=since, met_on=None).select_related("grant")
    )
    found = [Deadline(one.due, one.words, _grant(one.grant)) for one in conditions if one.due]
    found += [
        Deadline(grant.account_by, "", _grant(grant))
        for grant in standing.filter(Q(account_by__gte=since))
        if grant.account_by
    ]
    return sorted(found, key=lambda one: (one.day, one.grant.key))


def _grant(grant: Grant) -> GrantOfFund:
    return GrantOfFund(
        key=grant.key,
        title=grant.title,
        element=grant.element,
        year=grant.year,
        state=Grant.State(grant.state),
        sought=grant.sought,
        promised=grant.promised,
        asked_on=grant.asked_on,
        demo=grant.demo,
    )
