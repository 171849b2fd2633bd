# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a cell of a sheet says: words, a day by its form, an amount."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from mainport.catalogue.rules.texts import Day, day

_FREE = frozenset({"gratis", "free", "geen", "kosteloos"})


def words_of(cell: object, *, lines: bool = False) -> str:
    """The words of a cell on one line; a whole number without the fraction that sheets keep, a date as 2026-09-01."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    words = str(cell)
    return words.strip() if lines else " ".join(words.split())


def formed(words: str, form: str) -> Day | None:
    """A date by its form; None for other words.

    >>> str(formed("31-5-2024", "d-m-Y")), formed("2024", "d-m-Y")
    ('2024-05-31', None)
    """
    parts = {"d": r"(?P<d>\d{1,2})", "m": r"(?P<m>\d{1,2})", "Y": r"(?P<Y>\d{4})"}
    pattern = "".join(parts.get(sign, re.escape(sign)) for sign in form)
    found = re.fullmatch(pattern, words.strip())
    if not found:
        return None
    told = found.groupdict()
    return day("-".join(told[name] for name in ("Y", "m", "d") if told.get(name)))


def amount(cell: object, decimal: str) -> Decimal | None:
    """An amount, where words have this sign before their decimals; None for what is none.

    >>> amount("\u20ac 1.250,50", ","), amount("gratis", ","), amount(12.5, ","), amount("12.50", ",")
    (Decimal('1250.50'), Decimal('0'), Decimal('12.5'), None)
    """
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        words, decimal = words_of(cell), "."  # As Python writes it.
    else:
        words = re.sub(r"[\u20ac\s\xa0]|[,.]-$", "", words_of(cell))
    if words.lower() in _FREE:
        return Decimal(0)
    thousands = "." if decimal == "," else ","
    if re.fullmatch(rf"\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d{{1,4}})?", words):
        words = words.replace(thousands, "")
    if re.fullmatch(rf"\d{{1,12}}(?:\{decimal}\d{{1,10}})?", words):
        return Decimal(words.replace(decimal, "."))
    return None
