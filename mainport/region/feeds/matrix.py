# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A table with a row for each origin and a column for each destination, as many statistical offices publish flows.

Such a table is known by codes (or names) that stand both beside its rows and above its columns. Beside them may stand
names, above them titles, and at its ends totals: those are told apart by what they are called, or by being the sum of
the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import polars as pl

from mainport.region.feeds.faults import Fault, refuse
from mainport.region.feeds.texts import HEAD_ROWS, ROW, Texts

#: What a row or column of sums is called.
TOTALS = frozenset(
    {
        *("total", "totals", "grand total", "sum", "totaal", "som", "eindtotaal", "gesamt", "insgesamt", "summe"),
        *("totale", "somme", "suma", "totalt", "yhteensä", "razem", "ogółem", "összesen"),
    }
)
#: Codes may stand in one of so many first columns, with names before or behind them.
_MOST_LABELS = 4
#: So many pairs are looked at together.
MOST_CELLS = 16_000_000
_DECIMAL = re.compile(r"^(\d+)\.0+$")
_NUMBER = r"^[-+]?[\d.,' \u00a0\u2009\u202f\u2019]*\d[\d.,]*(?:[eE][-+]?\d+)?$"


def is_total(code: str) -> bool:
    """Whether a row or column is called one of sums.

    >>> is_total("Totaal:"), is_total("TOTAL"), is_total("Totnes")
    (True, True, False)
    """
    return code.strip(" :.*").casefold() in TOTALS


@dataclass(frozen=True)
class Place:
    """Where a table has the codes of its rows, and its columns of destinations with their codes."""

    labels: int
    columns: dict[int, str]


@dataclass(frozen=True)
class Wide:
    """The pairs of a table: ROW, home, work, amount as texts; `rows` tells what stood beside a row (home or work),
    `heading` what stands above the codes of rows; `empty` cells said nothing."""

    pairs: pl.DataFrame
    rows: str
    heading: str
    at: int
    empty: int


def head_of(rows: Sequence[tuple[int, list[str]]]) -> int | None:
    """Which of the first rows stands above the columns of such a table; None where there is none.

    `rows` may be the first of a file only: what is found is looked at again with all of them.
    """
    best, most = None, (0, 0)
    for place, (_number, cells) in enumerate(rows[:HEAD_ROWS]):
        below = rows[place + 1 :]
        titles = all(2 * _filled(row) <= _filled(cells) for _at, row in rows[:place])
        for labels in range(min(_MOST_LABELS, len(cells))):
            beside = {_code(row[labels]) for _at, row in below if len(row) > labels}
            found = _both([_code(cell) for cell in cells[labels + 1 :]], beside)
            # In rows of pairs a few codes may be those of a row above by chance. Codes stand before names.
            if found and (found, -labels) > most and (titles or found > 2):
                best, most = place, (found, -labels)
    return best


def _code(cell: str) -> str:
    """A code as it was before a program for tables made a number of it."""
    return _DECIMAL.sub(r"\1", cell.strip())


def _labels(texts: Texts, labels: int) -> pl.Series:
    return texts.frame[str(labels)].str.strip_chars().str.replace(_DECIMAL.pattern, "${1}")


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _both(above: Sequence[str], beside: Collection[str]) -> int:
    """How many codes stand both above and beside; 0 where they are less than half of those above or beside."""
    codes = set(above) - {""}
    both = len(codes & set(beside))
    return both if 2 * both >= min(len(codes), len(set(beside) - {""})) else 0


def place_of(texts: Texts) -> Place | None:
    """Where the codes are; None for what is no such table."""
    found = []
    for labels in range(min(_MOST_LABELS, len(texts.header))):
        beside = set(_labels(texts, labels).unique().to_list())
        above = set(map(_code, texts.header[labels + 1 :])) - {""}
        both = len(above & beside)
        found.append((both if 2 * both >= max(len(above), len(beside - {""})) else 0, -labels))
    most, labels = max(found, default=(0, 0))
    return _place(texts, -labels) if most else None


def _place(texts: Texts, labels: int) -> Place:
    """Columns with neither a code that a row has nor a number anywhere tell of the rows, as names do."""
    beside = set(_labels(texts, labels).unique().to_list())
    columns = {}
    for place in range(labels + 1, len(texts.header)):
        code = _code(texts.header[place])
        if (code and code in beside) or _numbers(texts.frame[str(place)]):
            columns[place] = code
    return Place(labels, columns)


def _numbers(cells: pl.Series) -> bool:
    return bool(cells.str.strip_chars().str.contains(_NUMBER).any())


def wide(texts: Texts, name: str, *, rows: str = "home", anyway: bool = False) -> Wide | None:
    """The pairs of a table with a column for each destination (or, with `rows` work, for each home).

    None for what isn't known as such a table, unless it is to be read as one `anyway`: then its first column holds the
    codes. Raises Refused for codes that come twice, and columns of numbers without one.
    """
    place = place_of(texts) or (_place(texts, 0) if anyway else None)
    if place is None:
        return None
    texts = replace(texts, frame=texts.frame.with_columns(_labels(texts, place.labels).alias(str(place.labels))))
    width = texts.frame.height * len(place.columns)
    if not place.columns or width > MOST_CELLS:
        found = f"{width:,} cells" if width else "no column of numbers"
        expected = f"at most {MOST_CELLS:,}; as pairs it may be larger" if width else "a column for each destination"
        refuse([Fault(name, texts.at, "-", found, expected)])
    frame = _without_words(texts, place)
    refuse([*_above(texts, place, name), *_beside(texts, place, frame, name)])
    names = {str(at): code for at, code in place.columns.items()}
    label = str(place.labels)
    cells = frame.select(pl.col(ROW), pl.col(label).alias("beside"), *(pl.col(at) for at in names))
    pairs = (
        cells.unpivot(index=[ROW, "beside"], variable_name="above", value_name="amount")
        .with_columns(pl.col("above").replace_strict(names), pl.col("amount").str.strip_chars())
        .sort(ROW, maintain_order=True)
    )
    empty = pairs.filter(pl.col("amount") == "").height
    # A zone of which all cells are empty is one: nobody goes from it or to it.
    pairs = pairs.with_columns(
        pl.when((pl.col("amount") == "") & (pl.col("beside") == pl.col("above")))
        .then(pl.lit("0"))
        .otherwise("amount")
        .alias("amount")
    ).filter(pl.col("amount") != "")
    home, work = ("beside", "above") if rows == "home" else ("above", "beside")
    pairs = pairs.select(pl.col(ROW), pl.col(home).alias("home"), pl.col(work).alias("work"), "amount")
    heading = texts.header[place.labels] or str(place.labels + 1)
    return Wide(pairs, rows, heading, texts.at, empty)


def _without_words(texts: Texts, place: Place) -> pl.DataFrame:
    """Without rows of which no cell is a number: names below the codes, headings between, notes below."""
    codes = list(place.columns.values())
    label = pl.col(str(place.labels))
    cells = [pl.col(str(at)).str.strip_chars() for at in place.columns]
    number = pl.any_horizontal([cell.str.contains(_NUMBER) for cell in cells])
    return texts.frame.filter(label.is_in(codes) | number)


def _above(texts: Texts, place: Place, name: str) -> list[Fault]:
    codes = list(place.columns.values())
    faults = [
        Fault(name, texts.at, code, "the column twice", "each destination once")
        for code in sorted({code for code in codes if code and codes.count(code) > 1})
    ]
    faults += [
        Fault(name, texts.at, str(at + 1), "numbers without a heading", "the code of a zone above them")
        for at, code in place.columns.items()
        if not code
    ]
    return faults


def _beside(texts: Texts, place: Place, frame: pl.DataFrame, name: str) -> list[Fault]:
    heading = texts.header[place.labels] or str(place.labels + 1)
    first: dict[str, int] = {}
    faults = []
    for row, written in frame.select(ROW, str(place.labels)).iter_rows():
        code = re.sub(r"\s+", " ", written.strip())
        if not code:
            faults.append(Fault(name, row, heading, "nothing", "the code of a zone"))
        elif code in first:
            faults.append(Fault(name, row, heading, f"'{code}' again", f"each row once; it is in row {first[code]}"))
        first.setdefault(code, row)
    return faults


@dataclass(frozen=True)
class Totals:
    """What was found of rows and columns of sums: what they are called, and how much they count that is in no zone."""

    names: tuple[str, ...] = ()
    beyond: float = 0.0
    elsewhere: str = ""  # The code that stands for where those are.


def sums_of(frame: pl.DataFrame, is_wide: bool) -> tuple[set[str], set[str]]:
    """What among the homes, and among the places of work, is a sum: by its name, or (in a wide table) since it is no
    zone on the other side and each of its amounts is the sum of those of all others."""
    found = []
    for own, other in (("home", "work"), ("work", "home")):
        codes = set(frame[own].unique().cast(pl.String).to_list())
        others = set(frame[other].unique().cast(pl.String).to_list())
        named = {code for code in codes if is_total(code)}
        if is_wide and not named and len(codes) > 2:
            named = _adding_up(frame, own, other, sorted(codes - others))
        found.append(named)
    if is_wide and not found[0] and not found[1]:
        # The row and the column of sums may be called alike.
        both = set(frame["home"].cast(pl.String)) & set(frame["work"].cast(pl.String))
        if len(both) > 2:
            alike = _adding_up(frame, "home", "work", sorted(both))
            alike &= _adding_up(frame, "work", "home", sorted(alike))
            found = [alike, alike]
    return found[0], found[1]


def _adding_up(frame: pl.DataFrame, own: str, other: str, codes: Sequence[str]) -> set[str]:
    for code in codes:
        is_sum = pl.col(own).cast(pl.String) == code
        amount = pl.col("amount").fill_nan(0)
        sides = (
            frame.filter(pl.col(other).cast(pl.String) != code)
            .group_by(other)
            .agg(amount.filter(is_sum).sum().alias("sum"), amount.filter(~is_sum).sum().alias("parts"))
        )
        if sides.height > 2 and sides["sum"].sum() > 0 and bool((sides["sum"] - sides["parts"]).abs().max() < 1e-6):  # type: ignore[operator]
            return {code}
    return set()


def step_of(amounts: pl.Series) -> float:
    """To what amounts are rounded: 100, 1, 0.1 …

    >>> step_of(pl.Series([300.0, 1200.0])), step_of(pl.Series([0.5, 2.0])), step_of(pl.Series([0.1, 0.25, 7.0]))
    (300.0, 0.5, 0.05)
    """
    known = amounts.fill_nan(0).unique()
    for decimals in range(7):
        scaled = known * 10**decimals
        if bool(((scaled - scaled.round()).abs() < 1e-6).all()):
            return float(max(math.gcd(*map(int, scaled.round().to_list())), 1) / 10**decimals)
    return 0.0


def without_totals(
    frame: pl.DataFrame, name: str, column: str, outside: Collection[str], *, is_wide: bool
) -> tuple[pl.DataFrame, Totals]:
    """Pairs (row, home, work, text, amount) without those of sums, which are compared with what they are sums of.

    A sum that is larger than the parts counts people who are in no column: the rest stays in the total, as going to (or
    coming from) elsewhere. `column` is that of amounts in a table of pairs. Raises Refused for sums that are too small.
    """
    homes, works = sums_of(frame, is_wide)
    if not homes and not works:
        return frame, Totals()
    own = frame.filter(~_in("home", homes) & ~_in("work", works))
    codes = {str(code) for side in ("home", "work") for code in frame[side].unique().cast(pl.String)}
    elsewhere = "elsewhere"
    while elsewhere in codes:
        elsewhere += "*"
    faults: list[Fault] = []
    rests: list[tuple[int, str, str, float]] = []
    step = step_of(frame["amount"])
    for side, sums in (("home", works), ("work", homes)):
        other = "work" if side == "home" else "home"
        told = frame.filter(_in(other, sums) & ~_in(side, homes if side == "home" else works))
        for row, code, text, total, parts, inside, count in _compared(told, own, side, other, outside).iter_rows():
            slack = step / 2 * (count + 1) + 1e-9 * parts
            if total < inside - slack:
                at = (text[1] if side == "home" else code) if is_wide else column
                faults.append(Fault(name, row, at, f"'{text[0]}'", f"{inside:.15g}, the sum of what it is a total of"))
            elif total > parts + slack:
                pair = (code, elsewhere) if side == "home" else (elsewhere, code)
                rests.append((row, *pair, total - parts))
    refuse(faults)
    if rests:
        more = pl.DataFrame(rests, ["row", "home", "work", "amount"], orient="row").with_columns(
            pl.col("row").cast(frame["row"].dtype), pl.col("amount").cast(pl.Float64), text=pl.lit("", pl.String)
        )
        own = pl.concat([_plain(own), more.select(own.columns)]).with_columns(
            pl.col("home", "work", "text").cast(pl.Categorical)
        )
    return own, Totals(tuple(sorted(homes | works)), sum(rest[3] for rest in rests), elsewhere if rests else "")


def _in(side: str, codes: Collection[str]) -> pl.Expr:
    return pl.col(side).cast(pl.String).is_in(list(codes))


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("home", "work", "text").cast(pl.String))


def _compared(told: pl.DataFrame, own: pl.DataFrame, side: str, other: str, outside: Collection[str]) -> pl.DataFrame:
    """By total its row, code, text with where it stands, amount, the sum of all parts and of those in zones, and how
    many parts there are. Totals that were kept back tell nothing."""
    amount = pl.col("amount").fill_nan(0)
    parts = (
        _plain(own)
        .group_by(side)
        .agg(
            amount.sum().alias("parts"),
            amount.filter(~_in(other, outside)).sum().alias("inside"),
            (amount > 0).sum().alias("count"),
        )
    )
    return (
        _plain(told)
        .filter(pl.col("amount").is_not_nan())
        .join(parts, on=side, how="left")
        .sort("row")
        .select(
            "row",
            side,
            pl.concat_list("text", other),
            "amount",
            pl.col("parts").fill_null(0.0),
            pl.col("inside").fill_null(0.0),
            pl.col("count").fill_null(0),
        )
    )
