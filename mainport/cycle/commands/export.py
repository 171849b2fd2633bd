# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle export iati|xaf|csv|ubl`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, BinaryIO

import click

from mainport.core.terminal import emit, fail, json_option

_out = click.option("--out", type=click.Path(path_type=Path), required=True, help="The file or folder to write.")


_YEAR = click.IntRange(1900, 9999)


@click.command("iati")
@_out
@json_option
def export_iati(out: Path, as_json: bool) -> None:
    """Write activities and organisation by IATI 2.03.

    In the folder PATH as activities.xml and organisation.xml; or, where PATH ends in .xml, the activities there and
    the organisation beside it, with -organisation behind its name.
    """
    from mainport.cycle.exports import iati

    first, second = _two(out, ".xml", "activities", "organisation")
    try:
        with _all_or_none([first, second], as_json) as (activities, organisation):
            count = iati.write_activities(activities)
            iati.write_organisation(organisation)
    except iati.NothingToTell as error:
        fail(str(error), as_json=as_json)
        return
    _tell([first, second], as_json, activities=count)


@click.command("xaf")
@_out
@click.option("--year", type=_YEAR, required=True, help="The year to write.")
@json_option
def export_xaf(out: Path, year: int, as_json: bool) -> None:
    """Write a year of the books for the accountant, as XML Auditfile Financieel 3.2.

    What was said about money and is no money (pledges, grants, budget, commitments) stays out.
    """
    from mainport.cycle.exports import xaf

    with _all_or_none([out], as_json) as [file]:
        xaf.write(file, year)
    _tell([out], as_json, year=year)


@click.command("csv")
@_out
@click.option("--year", type=_YEAR, help="Only this year.")
@json_option
def export_csv(out: Path, year: int | None, as_json: bool) -> None:
    """Write the ledger and its sub-totals as CSV.

    In the folder PATH as ledger.csv and totals.csv; or, where PATH ends in .csv, the ledger there and the sub-totals
    beside it, with -totals behind its name. With --year the ledger has the movements of that year, and the sub-totals
    what counts for its budget.
    """
    from mainport.cycle.exports.csv import write_ledger, write_totals

    first, second = _two(out, ".csv", "ledger", "totals")
    with _all_or_none([first, second], as_json) as files:
        for file, write in zip(files, (write_ledger, write_totals), strict=True):
            text = TextIOWrapper(file, encoding="utf-8", newline="")
            write(text, year)
            text.detach()
    _tell([first, second], as_json, year=year)


@click.command("ubl")
@click.argument("number")
@_out
@click.option("--nlcius", is_flag=True, help="By NLCIUS; else by Peppol BIS Billing 3.")
@json_option
def export_ubl(number: str, out: Path, nlcius: bool, as_json: bool) -> None:
    """Write the invoice NUMBER that was sent to a contributor or fund as UBL, ready for Peppol."""
    from mainport.cycle.exports import ubl
    from mainport.cycle.exports.sent import of_sent
    from mainport.cycle.models import Invoice

    sent = Invoice.objects.filter(direction=Invoice.Direction.SENT, number=number)
    invoice = sent.select_related("party", "grant").first()
    if invoice is None:
        fail(f"{number}: no invoice with this number was sent", as_json=as_json)
        return
    try:
        content = ubl.write(of_sent(invoice), ubl.Profile.NLCIUS if nlcius else ubl.Profile.PEPPOL)
    except ubl.Unsendable as error:
        lacks = [trouble.__dict__ for trouble in error.troubles]
        fail(
            "\n".join([f"{number} lacks what a valid invoice has:", *map(str, error.troubles)]),
            as_json=as_json,
            lacks=lacks,
        )
        return
    with _all_or_none([out], as_json) as [file]:
        file.write(content)
    _tell([out], as_json, number=number)


def _two(out: Path, suffix: str, first: str, second: str) -> tuple[Path, Path]:
    if out.suffix == suffix:
        return out, out.with_name(f"{out.stem}-{second}{suffix}")
    return out / f"{first}{suffix}", out / f"{second}{suffix}"


@contextmanager
def _all_or_none(paths: list[Path], as_json: bool) -> Iterator[list[BinaryIO]]:
    """Files that are there once all of them are whole: what fails half-way leaves what stood there before."""
    drafts = [path.with_name(f".{path.name}.{os.getpid()}.part") for path in paths]
    files: list[IO[bytes]] = []
    try:
        for draft in drafts:
            draft.parent.mkdir(parents=True, exist_ok=True)
            files.append(draft.open("xb"))
        yield list(files)  # type: ignore[arg-type]
        for file, draft, path in zip(files, drafts, paths, strict=True):
            file.close()
            draft.replace(path)
    except OSError as error:
        fail(f"{error.filename or paths[0]} can't be written: {error.strerror or error}", as_json=as_json)
    finally:
        for file, draft in zip(files, drafts, strict=False):
            file.close()
            draft.unlink(missing_ok=True)


def _tell(paths: list[Path], as_json: bool, **more: Any) -> None:
    files = [{"path": str(path), "bytes": path.stat().st_size} for path in paths]

    def show() -> None:
        for file in files:
            click.echo(f"{file['path']}: {file['bytes']:,} bytes")

    emit({"files": files, **more}, as_json=as_json, show=show)
