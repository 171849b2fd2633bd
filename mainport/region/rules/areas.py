# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities through the years: which there were on a day, and what became of those that are no more.

The municipalities since 2006 stand in `core/data/municipalities.csv`, what went over from one to another in
`data/successions.csv`; both follow CBS's descriptions of its codes of regions (table 03759ned, CC BY 4.0), up to
the division of 2023. Numbers of inhabitants are those on the day before, land is in hectares.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib import resources

import polars as pl

#: The first and the last year of which the division is known here; later years are taken to be as the last.
FIRST, LAST = 2006, 2023


class Basis(StrEnum):
    """By what a municipality was shared among its successors."""

    WHOLE = "whole"  # There is one: nothing had to be shared.
    PEOPLE = "people"
    LAND = "land"
    EQUAL = "equal"  # Neither is known.


@dataclass(frozen=True)
class Municipality:
    """A municipality under its code of CBS; `ended` is the first day without it."""

    code: str
    name: str
    began: date | None = None
    ended: date | None = None
    latitude: float | None = None
    longitude: float | None = None
    inhabitants: int | None = None
    households: int | None = None
    land: int | None = None

    def exists(self, day: date) -> bool:
        return (self.began is None or self.began <= day) and (self.ended is None or day < self.ended)


@dataclass(frozen=True)
class Step:
    """What went over from a municipality that ended to one that came after it; 0 is not known."""

    older: str
    newer: str
    on: date
    inhabitants: int = 0
    land: int = 0


@dataclass(frozen=True)
class Share:
    """How much of an older municipality lies in a newer one, and by what that was reckoned."""

    code: str
    share: float
    basis: Basis


@dataclass(frozen=True)
class Division:
    """All municipalities, with what became of those that ended."""

    municipalities: Mapping[str, Municipality]
    steps: tuple[Step, ...] = ()

    @cached_property
    def _after(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for step in self.steps:
            found.setdefault(step.older, []).append(step)
        return found

    def on(self, day: date) -> list[Municipality]:
        """The municipalities that there were on a day, by code."""
        return sorted((one for one in self.municipalities.values() if one.exists(day)), key=lambda one: one.code)

    def strange(self, codes: Collection[str], year: int) -> dict[str, str]:
        """By code why it isn't a municipality of the first of January of that year, with what was expected instead."""
        day = date(year, 1, 1)
        return {code: reason for code in codes if (reason := self._strange(code, day))}

    def _strange(self, code: str, day: date) -> str:
        known = self.municipalities.get(code)
        if known is None:
            return "no municipality since 2006"
        if known.began and day < known.began:
            olds = [step.older for step in self.steps if step.newer == code]
            before = f": until then {self._named(olds)}" if olds else ""
            return f"{known.name} is there from {known.began} on{before}"
        if known.ended and day >= known.ended:
            news = [step.newer for step in self._after.get(code, [])]
            after = f": since then {self._named(news)}" if news else ""
            return f"{known.name} ended on {known.ended}{after}"
        return ""

    def _named(self, codes: Sequence[str]) -> str:
        return ", ".join(
            f"{code} {self.municipalities[code].name}" if code in self.municipalities else code for code in codes
        )

    def crosswalk(self, older: int, newer: int) -> dict[str, tuple[Share, ...]]:
        """Of each municipality of the older year its shares in those of the newer year; they add up to 1.

        Shares go by inhabitants where all parts have a number, else by land, else they are equal. The way back
        can't be gone: what was merged is not told apart any more. Raises ValueError where `newer` is before `older`.
        """
        if newer < older:
            raise ValueError(f"from {older} to {newer}: figures can be brought to later borders only")
        end = date(newer, 1, 1)
        return {one.code: tuple(self._shares(one.code, end)) for one in self.on(date(older, 1, 1))}

    def _shares(self, code: str, end: date) -> Iterator[Share]:
        found: dict[str, tuple[float, Basis]] = {}
        queue: list[tuple[str, float, Basis, date]] = [(code, 1.0, Basis.WHOLE, date.min)]
        while queue:
            name, share, basis, after = queue.pop()
            steps = [step for step in self._after.get(name, []) if after < step.on <= end]
            if not steps:
                held, old = found.get(name, (0.0, Basis.WHOLE))
                found[name] = (held + share, max(old, basis, key=list(Basis).index))
                continue
            own, parts = _parted(steps)
            basis = max(basis, own, key=list(Basis).index)
            queue += [(step.newer, share * part, basis, step.on) for step, part in parts]
        yield from (Share(name, share, basis) for name, (share, basis) in sorted(found.items()))


def _parted(steps: Sequence[Step]) -> tuple[Basis, list[tuple[Step, float]]]:
    if len(steps) == 1:
        return Basis.WHOLE, [(steps[0], 1.0)]
    for basis, amounts in (
        (Basis.PEOPLE, [step.inhabitants for step in steps]),
        (Basis.LAND, [step.land for step in steps]),
    ):
        if all(amounts):
            total = sum(amounts)
            return basis, [(step, amount / total) for step, amount in zip(steps, amounts, strict=True)]
    return Basis.EQUAL, [(step, 1 / len(steps)) for step in steps]


def brought(pairs: pl.DataFrame, crosswalk: Mapping[str, Sequence[Share]]) -> pl.DataFrame:
    """Pairs (home, work, amount) at the borders of the newer year: each amount shared at both ends, and summed.

    Codes that the crosswalk doesn't have (abroad, unknown) stay. A null amount (suppressed) stays null where nothing
    else comes with it, and counts as nothing beside a number.
    """
    rows = [(code, one.code, one.share) for code, shares in crosswalk.items() for one in shares]
    walk = pl.DataFrame(rows, schema={"code": pl.String, "new": pl.String, "share": pl.Float64}, orient="row")
    for column in ("home", "work"):
        pairs = (
            pairs.join(walk, left_on=column, right_on="code", how="left")
            .with_columns(
                pl.coalesce("new", column).alias(column),
                (pl.col("amount") * pl.col("share").fill_null(1.0)).alias("amount"),
            )
            .drop("new", "share")
        )
    return (
        pairs.group_by("home", "work")
        .agg(pl.when(pl.col("amount").is_not_null().any()).then(pl.col("amount").sum()).alias("amount"))
        .sort("home", "work")
    )


@cache
def netherlands() -> Division:
    """The municipalities of the Netherlands since 2006."""
    rows = _rows("municipalities.csv", of="core")
    steps = _rows("successions.csv")
    return Division(
        {row["code"]: _municipality(row) for row in rows},
        tuple(
            Step(
                row["older"],
                row["newer"],
                date.fromisoformat(row["on"]),
                int(row["inhabitants"] or 0),
                int(row["hectares"] or 0),
            )
            for row in steps
        ),
    )


class Larger(StrEnum):
    """Kinds of larger areas."""

    PROVINCE = "province"
    COROP = "corop"
    ALLIANCE = "alliance"  # What partners call their region: Regio Groningen-Assen.


@dataclass(frozen=True)
class Area:
    """A larger area, by the municipalities of 2023 that are in it."""

    kind: Larger
    code: str
    name: str
    municipalities: tuple[str, ...]


@cache
def larger() -> tuple[Area, ...]:
    """The larger areas of the North: provinces, COROP areas (CBS's division of 2023), and Regio Groningen-Assen."""
    found: dict[str, tuple[Larger, str, list[str]]] = {}
    for row in _rows("parts.csv"):
        found.setdefault(row["whole"], (Larger(row["kind"]), row["name"], []))[2].append(row["part"])
    return tuple(Area(kind, code, name, tuple(parts)) for code, (kind, name, parts) in found.items())


def _rows(name: str, of: str = "region") -> list[dict[str, str]]:
    text = resources.files(f"mainport.{of}").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(
        code=row["code"],
        name=row["name"],
        began=date.fromisoformat(row["began"]) if row["began"] else None,
        ended=date.fromisoformat(row["ended"]) if row["ended"] else None,
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        inhabitants=int(row["inhabitants"]) if row["inhabitants"] else None,
        households=int(row["households"]) if row["households"] else None,
        land=int(row["land_ha"]) if row["land_ha"] else None,
    )
