# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Statements of the bank, taken in once and whole, and what their lines were for."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.cycle.actions.invoices import keep
from mainport.cycle.actions.ledger import book, hold, take_back
from mainport.cycle.actions.parties import set_own_account
from mainport.cycle.actions.shared import require_cost, require_element, require_fund, require_words, require_year
from mainport.cycle.models import BankFile, BankLine, Invoice, Movement, Party
from mainport.cycle.rules import matching
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import Cell, Sort, Transfer
from mainport.cycle.rules.ledger import Movement as Draft
from mainport.cycle.rules.refusals import Refused, refuse
from mainport.cycle.rules.statements import Statement, troubles


@transaction.atomic
def import_statement(*, by: Actor, statement: Statement, demo: bool = False) -> BankFile:
    """Take in a statement: every line is booked, and assigned where it can be recognised.

    The first one says which account is ours. Raises NotAllowed; Refused for a statement that doesn't tie, is of
    another account, was taken in already, overlaps one that was, or doesn't go on where the one before it ended.
    """
    require(by, Permission.BOOK)
    if wrong := troubles(statement):
        raise Refused(wrong)
    ledger = hold()
    if ledger.iban and statement.iban != ledger.iban:
        raise refuse("iban", statement.iban, f"{ledger.iban}, our own account")
    _require_next(statement)
    if not ledger.iban:
        set_own_account(by=by, iban=statement.iban)
    name, sha256 = keep(statement.data, "statements", "xml") if statement.data else ("", "")
    file = BankFile.objects.create(
        identification=statement.identification,
        iban=statement.iban,
        start=statement.start,
        end=statement.end,
        opening=statement.opening,
        closing=statement.closing,
        name=statement.name[:200],
        file=name,
        sha256=sha256,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )
    drafts = [
        Draft(
            sort=Sort.BANK,
            date=line.booked_on,
            words=(line.words or line.counter_name or "Bank")[:500],
            transfers=(_through_bank(line.amount, line.booked_on.year),),
            reference=f"bank:{statement.iban}:{statement.identification}:{line.position}",
            document=f"statement:{statement.identification}",
            demo=demo,
        )
        for line in statement.lines
    ]
    movements = book(by=by, movements=drafts) if drafts else []
    rows = BankLine.objects.bulk_create(
        BankLine(
            file=file,
            position=line.position,
            booked_on=line.booked_on,
            amount=line.amount,
            counter_iban=line.counter_iban,
            counter_name=line.counter_name[:200],
            reference=line.reference[:140],
            words=line.words[:500],
            movement=movement,
        )
        for line, movement in zip(statement.lines, movements, strict=True)
    )
    assigned = _recognise(by, rows)
    record(
        by=by,
        action="bank.import",
        subject=f"statement:{statement.identification}",
        lines=len(rows),
        assigned=assigned,
        closing=str(statement.closing),
    )
    return file


@transaction.atomic
def import_statements(*, by: Actor, statements: Iterable[Statement]) -> list[BankFile]:
    """Take in every statement of a file, all or none. Raises NotAllowed, Refused."""
    return [import_statement(by=by, statement=statement) for statement in statements]


def _require_next(statement: Statement) -> None:
    mine = BankFile.objects.filter(iban=statement.iban)
    if there := mine.filter(identification=statement.identification).first():
        when = f"{there.at:%Y-%m-%d}"
        raise refuse("identification", f"{statement.identification}, taken in on {when}", "a new statement")
    last = mine.order_by("-end", "-id").first()
    if last is None:
        return
    # A bank may give several statements of one day: those go on where the one before ended.
    if statement.start < last.end:
        raise refuse("start", statement.start, f"{last.end} or later, where statement {last.identification} ends")
    if statement.opening != last.closing:
        raise refuse("opening", statement.opening, f"{last.closing}, the closing balance of {last.identification}")


def _through_bank(amount: Decimal, year: int) -> Transfer:
    bank, waiting = Cell(Code.BANK, year), Cell(Code.SUSPENSE, year)
    return Transfer(bank, waiting, amount) if amount > 0 else Transfer(waiting, bank, -amount)


def _recognise(by: Actor, rows: list[BankLine]) -> int:
    """Assign the lines of which it is certain for which invoice they are; how many."""
    open_ = list(Invoice.objects.filter(state=Invoice.State.OPEN).select_related("party"))
    owners = dict(Party.objects.exclude(iban="").values_list("iban", "key"))
    done = 0
    for row in rows:
        candidates = [
            matching.Candidate(
                invoice.pk, invoice.number, invoice.total - invoice.paid, invoice.direction == "sent", invoice.party.key
            )
            for invoice in open_
            if invoice.state == Invoice.State.OPEN
        ]
        payment = matching.Payment(
            row.amount, f"{row.reference} {row.words}", owners.get(row.counter_iban, ""), row.booked_on
        )
        found = matching.recognise(payment, candidates)
        if found is not None:
            invoice = next(one for one in open_ if one.pk == found)
            _assign(by, row, invoice)
            done += 1
    return done


@transaction.atomic
def assign(*, by: Actor, line: BankLine, invoice: Invoice) -> BankLine:
    """Say for which invoice a line paid.

    Raises NotAllowed; Refused for a payment by another party's account, of too much, or the wrong way.
    """
    require(by, Permission.BOOK)
    hold()
    line = _held(line)
    invoice = Invoice.objects.select_for_update(of=("self",)).select_related("party").get(pk=invoice.pk)
    if invoice.state != Invoice.State.OPEN:
        raise refuse("invoice", f"one that is {invoice.state}", "one that is open")
    if (line.amount > 0) != (invoice.direction == Invoice.Direction.SENT):
        way = "came in" if line.amount > 0 else "went out"
        raise refuse("invoice", f"{invoice.number}, which was {invoice.direction}", f"one for money that {way}")
    left = invoice.total - invoice.paid
    if abs(line.amount) > left:
        raise refuse("amount", abs(line.amount), f"at most {left}, which is open on {invoice.number}")
    owner = Party.objects.filter(iban=line.counter_iban).exclude(iban="").first()
    if owner is not None and owner.pk != invoice.party_id:
        raise refuse("party", f"a payment by the account of {owner.name}", f"one of {invoice.party.name}")
    _assign(by, line, invoice)
    record(by=by, action="bank.assign", subject=_subject(line), invoice=invoice.number, amount=str(line.amount))
    return line


def _assign(by: Actor, line: BankLine, invoice: Invoice) -> None:
    assert invoice.year is not None, "an open invoice counts for a year"
    waiting = Cell(Code.SUSPENSE, line.booked_on.year)
    party, amount = invoice.party.key, abs(line.amount)
    if line.amount > 0:
        transfer = Transfer(waiting, Cell(Code.RECEIVABLE, invoice.year, party=party), amount)
    else:
        transfer = Transfer(Cell(Code.PAYABLE, invoice.year, party=party), waiting, amount)
    sort = Sort.RECEIPT if line.amount > 0 else Sort.PAYMENT
    _put(by, line, sort, transfer, f"{invoice.party.name}, {invoice.number}", invoice.demo)
    line.invoice = invoice
    line.save(update_fields=["assigned", "invoice"])
    invoice.paid += amount
    invoice.state = Invoice.State.PAID if invoice.paid == invoice.total else Invoice.State.OPEN
    invoice.save(update_fields=["paid", "state"])


@transaction.atomic
def spend(
    *, by: Actor, line: BankLine, year: int, element: str, fund: str, cost: str, words: str, party: Party | None = None
) -> BankLine:
    """Say that a line was a cost without an invoice, such as the bank's own. Raises NotAllowed, Refused."""
    require(by, Permission.BOOK)
    hold()
    line = _held(line)
    if line.amount > 0:
        raise refuse("line", f"{line.amount} that came in", "money that went out")
    cell = Cell(
        Code.EXPENDITURE,
        require_year(year),
        party=party.key if party else "",
        fund=require_fund(fund),
        element=require_element(element).uid,
        cost=require_cost(cost),
    )
    transfer = Transfer(cell, Cell(Code.SUSPENSE, line.booked_on.year), -line.amount)
    _put(by, line, Sort.PAYMENT, transfer, require_words(words, longest=500), line.file.demo)
    line.save(update_fields=["assigned"])
    record(by=by, action="bank.spend", subject=_subject(line), element=element, fund=fund, cost=cost)
    return line


@transaction.atomic
def unassign(*, by: Actor, line: BankLine, why: str) -> BankLine:
    """Say that a line was for something else: what was booked is undone, and it waits again.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.BOOK)
    hold()
    line = (
        BankLine.objects.select_for_update(of=("self",)).select_related("file", "assigned", "invoice").get(pk=line.pk)
    )
    if line.assigned is None:
        raise refuse("line", "one that waits", "one that was assigned")
    take_back(by=by, movement=line.assigned, why=require_words(why, "why", 500))
    if line.invoice:
        line.invoice.paid -= abs(line.amount)
        line.invoice.state = Invoice.State.OPEN
        line.invoice.save(update_fields=["paid", "state"])
    line.assigned = line.invoice = None
    line.save(update_fields=["assigned", "invoice"])
    record(by=by, action="bank.unassign", subject=_subject(line), why=why)
    return line


def _put(by: Actor, line: BankLine, sort: Sort, transfer: Transfer, words: str, demo: bool) -> None:
    draft = Draft(
        sort,
        line.booked_on,
        words[:500],
        (transfer,),
        f"assign:{line.movement.number}:{_times(line)}",
        document=f"statement:{line.file.identification}"[:200],
        demo=demo,
    )
    [line.assigned] = book(by=by, movements=[draft])


def _times(line: BankLine) -> int:
    """How often this line was assigned before: each time is another movement."""
    return Movement.objects.filter(reference__startswith=f"assign:{line.movement.number}:").count() + 1


def _held(line: BankLine) -> BankLine:
    found = BankLine.objects.select_for_update(of=("self",)).select_related("file", "movement").get(pk=line.pk)
    if found.assigned_id is not None:
        raise refuse("line", "one that was assigned", "one that waits")
    return found


def _subject(line: BankLine) -> str:
    return f"bank-line:{line.file.identification}:{line.position}"
