# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport cycle status|totals|pledges`: what stands in the books."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from mainport.core.terminal import console, emit, fail, json_option, table

if TYPE_CHECKING:
    from mainport.cycle.queries.subtotals import Subtotal

#: As in `queries.subtotals.DIMENSIONS`, which is loaded when it is asked for.
DIMENSIONS = ("year", "partner", "fund", "goal", "task", "element", "type")


@click.command()
@click.option("--year", type=click.IntRange(2000, 2200), help="The year; by default this one, or the last with money.")
@json_option
def status(year: int | None, as_json: bool) -> None:
    """Tell how the books stand: the year's amounts, the bank, and what waits for somebody."""
    from mainport.core.rules.permissions import system
    from mainport.cycle.queries.books import overview

    found = overview(system("mainport cycle status"), year)
    sums = {field.name: getattr(found.of_year, field.name) for field in fields(found.of_year)}
    sums |= {"left": found.of_year.left, "leverage": found.of_year.leverage}
    waiting = found.waiting
    data = {
        **sums,
        "closed": found.is_closed,
        "closed_through": found.closed_year or None,
        "movements": found.last_number,
        "own_account": found.iban,
        "bank": found.bank,
        "all_receivable": found.receivable,
        "all_payable": found.payable,
        "waiting": {
            "invoices_to_accept": waiting.invoices,
            "invoices_to_collect": waiting.to_collect,
            "invoices_to_pay": waiting.to_pay,
            "bank_lines": waiting.lines,
            "draft_budgets": list(waiting.drafts),
            "deadlines": [{"day": one.day, "grant": one.grant, "words": one.words} for one in waiting.deadlines],
        },
    }

    def show() -> None:
        waits = {name: len(of) if isinstance(of, list) else of for name, of in data["waiting"].items()}
        rows = [(name, _plain(value)) for name, value in {**data, **waits}.items() if name != "waiting"]
        table(["", ""], [(name.replace("_", " "), value) for name, value in rows], title=f"The books of {found.year}")

    emit(data, as_json=as_json, show=show)


@click.command("totals")
@click.option(
    "--by", type=click.Choice(DIMENSIONS), multiple=True, default=("goal",), help="What to tell apart; more than once."
)
@click.option("--year", type=click.IntRange(2000, 2200), help="Only this budget year.")
@click.option("--tree", is_flag=True, help="Each goal, task and project with all below it; instead of --by.")
@json_option
def totals_command(by: tuple[str, ...], year: int | None, tree: bool, as_json: bool) -> None:
    """Add the money up by anything: partner, fund, goal, task, element of the agenda, type of cost, year.

    A task is told with what lies below it, an element by itself. Amounts are in euro.
    """
    from mainport.cycle.queries.subtotals import NoSuchDimension, rolled_up, subtotals

    try:
        found = rolled_up(year) if tree else subtotals(by, year=year)
    except NoSuchDimension as error:
        fail(str(error), as_json=as_json)
        return
    sides = ("element",) if tree else by
    measures = [measure for measure in found.measures if found.total.get(measure)]
    data = {
        "by": list(sides),
        "year": year,
        "currency": "EUR",
        "ledger_through": found.through,
        "demo": found.demo,
        "rows": [_row(one, sides, measures) for one in found.rows],
        "total": {measure: found.total[measure] for measure in measures},
    }

    def show() -> None:
        columns = [*sides, *measures]
        total = ["in all", *[""] * (len(sides) - 1), *(_plain(found.total[measure]) for measure in measures)]
        rows = [[*_names(one), *(_plain(one.amounts.get(m, Decimal(0))) for m in measures)] for one in found.rows]
        table(columns, [*rows, total], title=f"Euro, movements 1 to {found.through}")
        _tell_invented(found.demo)

    emit(data, as_json=as_json, show=show)


def _row(one: Subtotal, sides: Sequence[str], measures: Iterable[str]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for side, key, name in zip(sides, one.key, one.names, strict=True):
        row |= {side: key, f"{side}_name": name}
    return {**row, **{measure: one.amounts.get(measure, Decimal("0.00")) for measure in measures}, **one.more}


def _names(one: Subtotal) -> list[str]:
    indent = "  " * int(one.more.get("depth", 0))
    return [indent + (name or key or "not told apart") for key, name in zip(one.key, one.names, strict=True)]


@click.command()
@click.option("--book", is_flag=True, help="Book what the agenda says and isn't booked yet.")
@json_option
def pledges(book: bool, as_json: bool) -> None:
    """Tell what the partners pledged by year, were asked for and paid."""
    from mainport.core.rules.permissions import system
    from mainport.cycle.actions.pledges import book_pledges
    from mainport.cycle.queries.subtotals import subtotals

    booked = len(book_pledges(by=system("mainport cycle pledges"))) if book else 0
    found = subtotals(("partner", "year"), contributors_only=True)
    names = ("pledged", "invoiced", "received")
    rows: list[dict[str, Any]] = [
        {"partner": one.key[0], "partner_name": one.names[0], "year": int(one.key[1])}
        | {name: one.amounts.get(name, Decimal("0.00")) for name in names}
        for one in found.rows
    ]
    by_year = {year: _sum(rows, "pledged", year) for year in sorted({row["year"] for row in rows})}
    data = {
        "booked": booked,
        "rows": rows,
        "pledged_by_year": by_year,
        "total": {name: _sum(rows, name) for name in names},
        "demo": found.demo,
    }

    def show() -> None:
        if book:
            console.print(f"{booked} movements booked.")
        lines = [[row["partner_name"], row["year"], *(_plain(row[name]) for name in names)] for row in rows]
        lines += [["in all", year, _plain(amount), "", ""] for year, amount in by_year.items()]
        lines.append(["in all", "", *(_plain(_sum(rows, name)) for name in names)])
        table(["partner", "year", *names], lines)

    emit(data, as_json=as_json, show=show)


def _sum(rows: Iterable[dict[str, Any]], name: str, year: int | None = None) -> Decimal:
    return sum((row[name] for row in rows if year in (None, row["year"])), Decimal("0.00"))


def _plain(value: Any) -> Any:
    return f"{value:,.2f}" if isinstance(value, Decimal) else value


def _tell_invented(demo: bool) -> None:
    if demo:
        console.print("Some of these amounts are invented, to look around with.")
