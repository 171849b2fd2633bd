# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport region areas`."""

from __future__ import annotations

from typing import Any

import click

from mainport.core.terminal import emit, fail, json_option, table


@click.command("areas")
@click.option("--year", type=int, required=True, help="The municipalities of 1 January of this year.")
@click.option("--to", type=int, help="A later year: what each of them is part of then.")
@json_option
def areas(year: int, to: int | None, as_json: bool) -> None:
    """List the municipalities of a year, or tell what became of them up to a later year.

    A municipality that was divided is shared out by inhabitants, or by land where those aren't known: `basis` tells
    which.
    """
    from datetime import date

    from mainport.region.rules.areas import FIRST, LAST, netherlands

    for asked in (year, to):
        if asked is not None and not FIRST <= asked <= LAST:
            fail(f"{asked}: the division is known from {FIRST} to {LAST}", as_json=as_json)
    division = netherlands()
    if to is None:
        rows: list[dict[str, Any]] = [
            {
                "code": one.code,
                "name": one.name,
                "began": one.began,
                "ended": one.ended,
                "inhabitants": one.inhabitants,
            }
            for one in division.on(date(year, 1, 1))
        ]
    else:
        try:
            walk = division.crosswalk(year, to)
        except ValueError as error:
            fail(str(error), as_json=as_json)
            return
        names = {code: one.name for code, one in division.municipalities.items()}
        rows = [
            {
                "code": code,
                "name": names[code],
                "newer": part.code,
                "newer_name": names[part.code],
                "share": round(part.share, 6),
                "basis": str(part.basis),
            }
            for code, parts in walk.items()
            for part in parts
        ]
    data = {"year": year, "to": to, "source": "CBS, 03759ned (CC BY 4.0)", "municipalities": rows}
    emit(data, as_json=as_json, show=lambda: table(list(rows[0]), [list(row.values()) for row in rows]))
