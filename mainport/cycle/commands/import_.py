# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle import camt|ubl`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mainport.core.terminal import emit, fail, json_option

T = TypeVar("T")

_NAME = "mainport cycle import"
_files = click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)


@click.command("camt")
@_files
@json_option
def import_camt(files: tuple[Path, ...], as_json: bool) -> None:
    """Take in statements of the bank, as CAMT.053 (ISO 20022): all of the files, or none.

    Every payment is booked, and assigned to an invoice where that is certain. What the bank announced and hasn't
    booked yet is left out: it comes in a later statement.
    """
    from mainport.core.rules.permissions import system
    from mainport.cycle.actions.bank import import_statement
    from mainport.cycle.feeds import camt

    # Statements go on where the one before ended, whatever the order of the files.
    statements = sorted(
        (statement for found in _read(files, camt.read, as_json) for statement in found),
        key=lambda one: (one.iban, one.start, one.end),
    )

    def take_in(statement: Any) -> dict[str, Any]:
        stored = import_statement(by=system(_NAME), statement=statement)
        return {
            "statement": statement.identification,
            "file": statement.name,
            "iban": statement.iban,
            "start": statement.start,
            "end": statement.end,
            "lines": len(statement.lines),
            "assigned": stored.lines.filter(assigned__isnull=False).count(),
            "pending": statement.pending,
            "closing": statement.closing,
        }

    rows = _all_or_none(statements, take_in, lambda one: f"{one.name}, statement {one.identification}", as_json)

    def show() -> None:
        for row in rows:
            left_out = f", {row['pending']} not booked by the bank yet and left out" if row["pending"] else ""
            click.echo(
                f"{row['file']}, statement {row['statement']}: {row['lines']} lines, {row['assigned']} assigned"
                f"{left_out}; closing balance {row['closing']} euro"
            )

    emit({"statements": rows}, as_json=as_json, show=show)


@click.command("ubl")
@_files
@json_option
def import_ubl(files: tuple[Path, ...], as_json: bool) -> None:
    """Take in invoices of suppliers, as UBL (Peppol BIS Billing 3, NLCIUS): all of the files, or none.

    An invoice waits until somebody says for what it is. A credit note takes back the invoice that it names.
    """
    from mainport.core.rules.permissions import system
    from mainport.cycle.actions.invoices import receive
    from mainport.cycle.feeds import ubl

    # A credit note may be about an invoice that comes along with it.
    invoices = sorted(_read(files, ubl.read, as_json), key=lambda one: one.is_credit)

    def take_in(invoice: Any) -> dict[str, Any]:
        stored = receive(by=system(_NAME), invoice=invoice)
        return {
            "number": invoice.number,
            "file": invoice.name,
            "supplier": stored.party.name,
            "date": invoice.date,
            "due": invoice.due,
            "total": invoice.total,
            "credit": invoice.is_credit,
            "state": stored.state,
            "attachments": len(invoice.attachments),
        }

    rows = _all_or_none(invoices, take_in, lambda one: f"{one.name}, {one.number}", as_json)

    def show() -> None:
        for row in rows:
            kind = "credit note" if row["credit"] else "invoice"
            click.echo(f"{row['file']}: {kind} {row['number']} of {row['supplier']}, {row['total']} euro")

    emit({"invoices": rows}, as_json=as_json, show=show)


def _read(files: tuple[Path, ...], read: Callable[[bytes, str], T], as_json: bool) -> list[T]:
    """What the files hold; every fault of every file at once."""
    from mainport.cycle.feeds.xml import LIMIT
    from mainport.cycle.rules.files import Fault, Refused

    found: list[T] = []
    faults: list[Fault] = []
    for file in files:
        try:
            with file.open("rb") as content:
                found.append(read(content.read(LIMIT + 1), file.name))
        except Refused as error:
            faults += error.faults
        except OSError as error:
            faults.append(Fault(file.name, 0, "", error.strerror or str(error), "a file that can be read"))
    if faults:
        message = "\n".join(["nothing was stored:", *map(str, faults)])
        fail(message, as_json=as_json, faults=[fault.__dict__ for fault in faults])
    return found


def _all_or_none(
    items: list[T], take_in: Callable[[T], dict[str, Any]], name: Callable[[T], str], as_json: bool
) -> list[dict[str, Any]]:
    from django.db import transaction

    from mainport.cycle.rules.refusals import Refused

    done: list[dict[str, Any]] = []
    refused = ""
    with transaction.atomic():
        for item in items:
            try:
                done.append(take_in(item))
            except Refused as error:
                refused = f"{name(item)}: {error}"
                transaction.set_rollback(True)
                break
    if refused:
        fail(f"nothing was stored: {refused}", as_json=as_json)
    return done
