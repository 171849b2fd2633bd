# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented money (demo.yaml) on top of the pledges of the agenda: years that are closed, and one that runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.permissions import Actor
from mainport.cycle.actions import bank, budgets, commitments, grants, invoices, parties, pledges, years
from mainport.cycle.actions.shared import BASE
from mainport.cycle.models import BankFile, Grant, Invoice, Movement, Party
from mainport.cycle.rules import invoices as parsed
from mainport.cycle.rules.amounts import CENT
from mainport.cycle.rules.statements import Line, Statement

Sketch = Mapping[str, Any]

#: Our own account, at a bank that doesn't exist.
_BANK = "DEMO"
_FIRST = 2022
#: When the invoices of a half of a year come in, and how much of a budget line they are.
_HALVES = ((3, Decimal("0.45")), (9, Decimal("0.50")))
_VAT = Decimal("1.21")


@transaction.atomic
def load(*, by: Actor) -> dict[str, int]:
    """Book the pledges, and invented money where there is none yet. How many movements were booked.

    Tasks and funds that this agenda doesn't have are passed over.
    """
    before = Movement.objects.count()
    pledges.book_pledges(by=by)
    if not Invoice.objects.exists():
        _Books(by).fill(yaml.safe_load((resources.files("mainport.cycle") / "demo.yaml").read_bytes()))
    return {"movements": Movement.objects.count() - before}


@dataclass(frozen=True)
class _Paid:
    """What will stand on the statement of the bank."""

    day: date
    amount: Decimal
    iban: str
    name: str
    words: str


class _Books:
    """Fills the books year by year, in the order in which things would have happened."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        self.today = timezone.localdate()
        self.known = {e.uid for e in agenda.elements()} | {e.key for e in agenda.elements(Kind.FUND)}
        self.suppliers: dict[str, parsed.PartyData] = {}
        self.balance = Decimal("0.00")

    def fill(self, sketch: Sketch) -> None:
        parties.set_own_account(by=self.by, iban=_iban(1))
        for place, (cost, supplier) in enumerate(sketch["suppliers"].items(), 100):
            self.suppliers[cost] = parsed.PartyData(supplier["name"], kvk=supplier["kvk"])
            parties.add_party(by=self.by, name=supplier["name"], kvk=supplier["kvk"], iban=_iban(place), demo=True)
        for place, (_element, party) in enumerate(pledges.contributors(), 10):
            parties.set_account(by=self.by, party=party, iban=_iban(place))
        for year in range(_FIRST, self.today.year + 1):
            self._year(year, sketch["budgets"].get(year), [g for g in sketch["grants"] if g["year"] == year])

    def _year(self, year: int, budget: Sketch | None, sought: Iterable[Sketch]) -> None:
        lines = [line for line in budget["lines"] if {line[0], line[1]} <= self.known] if budget else []
        if budget and lines:
            self._budget(year, budget["decision"], lines)
        sketches = [one for one in sought if {one["element"], one["fund"]} <= self.known]
        made = [(self._grant(sketch), sketch) for sketch in sketches]
        first = self._contributions(year) + [paid for grant, sketch in made for paid in self._claims(grant, sketch)]
        covered = {(grant.element, grant.fund) for grant, _sketch in made if grant.promised}
        payable = [line for line in lines if line[1] == BASE or (line[0], line[1]) in covered]
        for half, (month, share) in enumerate(_HALVES, 1):
            paid = self._spend(year, month, share, payable)
            self._statement(year, half, [*(first if half == 1 else []), *paid])
        for grant, sketch in made:
            self._account(grant, sketch)
        if year < self.today.year:
            years.close_year(by=self.by, year=year)
        else:
            self._leave_open(year, payable)

    def _budget(self, year: int, decision: str, lines: Iterable[Any]) -> None:
        made = budgets.draft(by=self.by, year=year, demo=True)
        for element, fund, cost, amount in lines:
            budgets.put_line(by=self.by, budget=made, element=element, fund=fund, cost=cost, amount=Decimal(amount))
        budgets.decide(by=self.by, budget=made, decision=decision)

    def _contributions(self, year: int) -> list[_Paid]:
        """All partners are asked in February, and pay in March."""
        found = []
        for _element, party in pledges.contributors():
            if not _is_pledged(party, year) or date(year, 2, 1) > self.today:
                continue
            sent = invoices.send_contribution(by=self.by, party=party, year=year, on=date(year, 2, 1), demo=True)
            party = Party.objects.get(pk=party.pk)
            found.append(_Paid(date(year, 3, 4), sent.total, party.iban, party.name, f"Factuur {sent.number}"))
        return found

    def _grant(self, sketch: Sketch) -> Grant:
        year = sketch["year"]
        languages = agenda.alliance().attributes["languages"]  # type: ignore[union-attr]
        made = grants.apply(
            by=self.by,
            title={code: sketch["title"].get(code, sketch["title"]["en"]) for code in languages},
            fund=sketch["fund"],
            element=sketch["element"],
            year=year,
            amount=Decimal(sketch["sought"]),
            asked_on=date(year, 1, 15),
            account_by=date(year + 1, 12, 31),
            conditions=[(words, day) for words, day in sketch.get("conditions", ())],
            demo=True,
        )
        if sketch.get("refused"):
            return grants.refuse_grant(by=self.by, grant=made, decided_on=date(year, 2, 20))
        if why := sketch.get("withdrawn"):
            return grants.withdraw(by=self.by, grant=made, why=why)
        if promised := sketch.get("promised"):
            return grants.award(by=self.by, grant=made, amount=Decimal(promised), decided_on=date(year, 2, 10))
        return made

    def _claims(self, grant: Grant, sketch: Sketch) -> list[_Paid]:
        """A part each month from March on, paid after three weeks."""
        found = []
        for number, amount in enumerate(sketch.get("claims", ())):
            day = date(grant.year, 3, 1) + timedelta(days=30 * number)
            if day <= self.today:
                sent = grants.claim(by=self.by, grant=grant, amount=Decimal(amount), on=day)
                paid = day + timedelta(days=21)
                found.append(_Paid(paid, sent.total, "", sent.party.name, f"Declaratie {sent.number}"))
        return [one for one in found if one.day <= self.today - timedelta(days=2)]

    def _account(self, grant: Grant, sketch: Sketch) -> None:
        """What was done for the fund since: conditions that were due, the account, a claim that isn't paid."""
        for condition in grant.conditions.all():
            if condition.due and condition.due < self.today:
                grants.meet_condition(by=self.by, condition=condition, met_on=condition.due - timedelta(days=10))
        if sketch.get("settled"):
            grants.settle(by=self.by, grant=grant)
        recent = self.today - timedelta(days=45)
        if "late" in sketch and recent.year == grant.year:
            grants.claim(by=self.by, grant=grant, amount=Decimal(sketch["late"]), on=recent)

    def _spend(self, year: int, month: int, share: Decimal, lines: Iterable[Any]) -> list[_Paid]:
        """One invoice a line of the budget, paid a month later."""
        day = date(year, month, 15)
        found = []
        if day > self.today:
            return []
        for place, (element, fund, cost, amount) in enumerate(lines, 1):
            total = (Decimal(amount) * share).quantize(CENT)
            number = f"{year}{month:02}{place:02}"
            waiting = invoices.receive(by=self.by, invoice=self._bill(cost, number, day, total), demo=True)
            order = None
            if cost in ("research", "hired") and month == 3:
                order = commitments.commit(
                    by=self.by,
                    party=waiting.party,
                    year=year,
                    element=element,
                    fund=fund,
                    cost=cost,
                    amount=(Decimal(amount) * Decimal("0.95")).quantize(CENT),
                    words=f"Opdracht {year}: {element.partition(':')[2]}",
                    on=date(year, 1, 20),
                    demo=True,
                )
            elif cost in ("research", "hired"):
                order = waiting.party.commitments.filter(year=year, element=element, fund=fund, cost=cost).first()
            opened = invoices.accept(
                by=self.by, invoice=waiting, year=year, element=element, fund=fund, cost=cost, commitment=order
            )
            words = f"Factuur {number}"
            found.append(_Paid(day + timedelta(days=30), -total, opened.party.iban, opened.party.name, words))
        return [one for one in found if one.day <= self.today - timedelta(days=2)]

    def _bill(self, cost: str, number: str, day: date, total: Decimal) -> parsed.Invoice:
        net = (total / _VAT).quantize(CENT)
        words = f"Werkzaamheden {day:%Y-%m}"
        return parsed.Invoice(
            number=number,
            date=day,
            due=day + timedelta(days=30),
            seller=self.suppliers[cost],
            buyer=parsed.PartyData("Akkoord van Groningen"),
            lines=(parsed.InvoiceLine("1", words, net, percent=Decimal(21)),),
            vat=(parsed.VatLine(net, total - net, percent=Decimal(21)),),
            line_total=net,
            net=net,
            vat_total=total - net,
            total=total,
            payable=total,
            words=words,
        )

    def _statement(self, year: int, half: int, paid: Iterable[_Paid]) -> None:
        """What the bank says of a half of a year, up to today."""
        rows = sorted(paid, key=lambda one: (one.day, one.words))
        if not rows:
            return
        start, end = _days(year, half, self.today)
        lines = tuple(
            Line(n, one.day, one.amount, counter_name=one.name, counter_iban=one.iban, words=one.words)
            for n, one in enumerate(rows, 1)
        )
        closing = self.balance + sum((line.amount for line in lines), Decimal("0.00"))
        bank.import_statement(
            by=self.by,
            statement=Statement(f"DEMO-{year}-{half}", _iban(1), start, end, self.balance, closing, lines),
            demo=True,
        )
        self.balance = closing

    def _leave_open(self, year: int, lines: list[Any]) -> None:
        """In the year that runs: an order, an invoice that waits, one that is overdue, money nobody explained yet."""
        if not lines:
            return
        element, fund, cost, _amount = lines[0]
        recent = max(date(year, 1, 2), self.today - timedelta(days=45))
        late = invoices.receive(
            by=self.by, invoice=self._bill(cost, f"{year}9901", recent, Decimal("7260.00")), demo=True
        )
        invoices.accept(by=self.by, invoice=late, year=year, element=element, fund=fund, cost=cost)
        invoices.receive(
            by=self.by, invoice=self._bill("events", f"{year}9902", self.today, Decimal("3630.00")), demo=True
        )
        for element, fund, cost, amount in [line for line in lines if line[2] in ("hired", "ict")][:2]:
            commitments.commit(
                by=self.by,
                party=Party.objects.get(kvk=self.suppliers[cost].kvk),
                year=year,
                element=element,
                fund=fund,
                cost=cost,
                amount=(Decimal(amount) * Decimal("0.05")).quantize(CENT),
                words=f"Aanvullende opdracht {year}: {element.partition(':')[2]}",
                on=recent,
                demo=True,
            )
        if BankFile.objects.exists():
            self._statement(year, 3, [_Paid(self.today, Decimal("1250.00"), "", "Onbekend", "zonder omschrijving")])


def _days(year: int, half: int, today: date) -> tuple[date, date]:
    """The days of a statement: a half of a year up to two days ago, or (3) the two days since."""
    last = today - timedelta(days=2)
    if half == 1:
        return date(year, 1, 1), min(date(year, 6, 30), last)
    if half == 2:
        return date(year, 7, 1), min(date(year, 12, 31), last)
    return today - timedelta(days=1), today


def _is_pledged(party: Party, year: int) -> bool:
    return Movement.objects.filter(reference=f"pledge:{party.key}:{year}:1").exists()


def _iban(number: int) -> str:
    """An account at a bank that doesn't exist, with check digits that are right (ISO 13616)."""
    account = f"{_BANK}{number:010}"
    digits = "".join(str(int(character, 36)) for character in f"{account}NL00")
    return f"NL{98 - int(digits) % 97:02}{account}"
