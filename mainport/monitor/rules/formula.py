# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an indicator is made of: series of tables, and what is reckoned with them.

Every outcome carries the margin of error of its parts, and exists only where all parts have a value: what is
missing isn't zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field

from mainport.agenda.rules.nodes import Words
from mainport.core.rules.mergers import Part


class Span(NamedTuple):
    """First and last day of a period, and its frequency."""

    start: date
    end: date
    frequency: str


@dataclass(frozen=True)
class Point:
    """A value with half the width of its 95 percent interval (0: not known to have one)."""

    value: float
    margin: float = 0.0


Line = dict[Span, Point]
#: Table, measure, and the code of each dimension besides time.
Address = tuple[str, str, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Where:
    """An area by its id, and the codes of the regions that it consists of."""

    id: str
    codes: tuple[str, ...] = ()


class Reader(Protocol):
    """Where values come from."""

    def line(self, address: Address) -> Mapping[Span, float]: ...

    def parts(self, table: str, dimension: str, code: str) -> Sequence[Part]:
        """What a region is made of, itself included."""
        ...


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


Codes = Annotated[dict[Words, Words], Field(max_length=20)]


class Series(_Node):
    """A measure of a table at these codes; `area` names the dimension that takes the area's own codes.

    Where an area has several codes, or had others before municipalities merged, `combine` says how: counts are
    summed; averages and shares are weighed by their numbers of inhabitants, which `weight` gives.
    """

    kind: Literal["series"]
    table: Words
    measure: Words
    at: Codes = Field(default_factory=dict)
    area: Words | None = None
    #: Codes of an area, by its id, where this table has others for it.
    codes: dict[Words, tuple[Words, ...]] = Field(default_factory=dict)
    combine: Literal["sum", "mean"] = "sum"
    weight: Series | None = None
    #: Other codes at which the bounds of the 95 percent interval stand.
    low: Codes | None = None
    high: Codes | None = None


class Ratio(_Node):
    """One over another, times a factor: 100 gives percent. `per-inhabitant` says that below stand people."""

    kind: Literal["ratio", "per-inhabitant"]
    of: Formula
    over: Formula
    factor: float = Field(1.0, gt=0)


class Index(_Node):
    """Each value as a share of that of the base year, which is 100."""

    kind: Literal["index"]
    of: Formula
    base: int = Field(ge=1, le=9999)


class Sum(_Node):
    """Several together; each with its sign, so that a balance is one too."""

    kind: Literal["sum"]
    of: tuple[Formula, ...] = Field(min_length=1)
    minus: tuple[Formula, ...] = ()


Formula = Annotated[Series | Ratio | Index | Sum, Field(discriminator="kind")]
for _model in (Series, Ratio, Index, Sum):
    _model.model_rebuild()


def evaluate(formula: Series | Ratio | Index | Sum, where: Where, read: Reader) -> Line:
    """The line of a formula for an area."""
    if isinstance(formula, Series):
        return _series(formula, where, read)
    if isinstance(formula, Ratio):
        above, below = evaluate(formula.of, where, read), evaluate(formula.over, where, read)
        return _ratio(above, below, formula.factor)
    if isinstance(formula, Index):
        return _index(evaluate(formula.of, where, read), formula.base)
    plus = [evaluate(part, where, read) for part in formula.of]
    minus = [evaluate(part, where, read) for part in formula.minus]
    return _sum(plus, minus)


def addresses(formula: Series | Ratio | Index | Sum, where: Where, parts: Reader) -> set[Address]:
    """Every series that an evaluation will ask for, so that all can be read at once."""
    asked: set[Address] = set()

    class Asking:
        def line(self, address: Address) -> Mapping[Span, float]:
            asked.add(address)
            return {}

        def parts(self, table: str, dimension: str, code: str) -> Sequence[Part]:
            return parts.parts(table, dimension, code)

    evaluate(formula, where, Asking())
    return asked


def tables(formula: Series | Ratio | Index | Sum) -> set[str]:
    """The tables that a formula reads."""
    if isinstance(formula, Series):
        return {formula.table} | (tables(formula.weight) if formula.weight else set())
    if isinstance(formula, Ratio):
        return tables(formula.of) | tables(formula.over)
    if isinstance(formula, Index):
        return tables(formula.of)
    return {name for part in (*formula.of, *formula.minus) for name in tables(part)}


def _series(series: Series, where: Where, read: Reader) -> Line:
    if series.area is None:
        return _at(series, {}, read)
    members = [
        part for code in series.codes.get(where.id, where.codes) for part in read.parts(series.table, series.area, code)
    ]
    lines = {part.code: _at(series, {series.area: part.code}, read) for part in members}
    if len(members) == 1:
        return lines[members[0].code]
    if series.combine == "sum":
        return _together(members, lines, lambda _span, part: part.share)
    return _mean(members, lines, _people(series.weight, members, read))


def _people(weight: Series | None, members: Iterable[Part], read: Reader) -> dict[str, Line]:
    if weight is None or weight.area is None:
        return {}
    return {part.code: _at(weight, {weight.area: part.code}, read) for part in members}


def _mean(members: Sequence[Part], lines: Mapping[str, Line], people: Mapping[str, Line]) -> Line:
    """The mean over the regions that existed at each period, by inhabitants; of one alone, its own value."""

    def weight(span: Span, part: Part) -> float:
        if sum(member.region.exists(span.start) for member in members) == 1:
            return 1.0
        return part.share * _near(people.get(part.code, {}), span)

    ones = {code: dict.fromkeys(line, Point(1.0)) for code, line in lines.items()}
    return _ratio(_together(members, lines, weight), _together(members, ones, weight), 1.0)


def _at(series: Series, area: Mapping[str, str], read: Reader) -> Line:
    def line(codes: Mapping[str, str]) -> Mapping[Span, float]:
        return read.line((series.table, series.measure, frozenset({**series.at, **codes, **area}.items())))

    values = line({})
    if series.low is None or series.high is None:
        return {span: Point(value) for span, value in values.items()}
    low, high = line(series.low), line(series.high)
    return {
        span: Point(value, (high[span] - low[span]) / 2 if span in low and span in high else 0.0)
        for span, value in values.items()
    }


def _together(members: Iterable[Part], lines: Mapping[str, Line], factor: Callable[[Span, Part], float]) -> Line:
    """The sum over the regions that existed at each period; none where one of them has no value."""
    found: Line = {}
    members = list(members)
    for span in {span for line in lines.values() for span in line}:
        there = [part for part in members if part.region.exists(span.start)]
        if not there or any(span not in lines[part.code] for part in there):
            continue
        points = [(lines[part.code][span], factor(span, part)) for part in there]
        if any(math.isnan(weight) for _point, weight in points):
            continue
        found[span] = Point(
            sum(point.value * weight for point, weight in points),
            math.hypot(*(point.margin * weight for point, weight in points)),
        )
    return dict(sorted(found.items()))


def _near(line: Line, span: Span) -> float:
    """The value of the same period, or of the year in which it lies; NaN where there is neither."""
    point = _matching(line, span)
    return point.value if point else math.nan


def _matching(line: Line, span: Span) -> Point | None:
    if span in line:
        return line[span]
    year = Span(date(span.start.year, 1, 1), date(span.start.year, 12, 31), "A")
    return line.get(year)


def _ratio(above: Line, below: Line, factor: float) -> Line:
    found: Line = {}
    for span, point in above.items():
        base = _matching(below, span)
        if base is None or base.value == 0:
            continue
        value = point.value / base.value
        # First order: relative errors of a quotient add in squares.
        margin = math.hypot(point.margin / base.value, value * base.margin / base.value)
        found[span] = Point(value * factor, abs(margin) * factor)
    return found


def _index(line: Line, base: int) -> Line:
    start = line.get(Span(date(base, 1, 1), date(base, 12, 31), "A"))
    if start is None or start.value == 0:
        return {}
    found = _ratio(line, dict.fromkeys(line, start), 100.0)
    # The base is 100 by definition, whatever its margin.
    return {span: Point(100.0) if line[span] is start else point for span, point in found.items()}


def _sum(plus: Sequence[Line], minus: Sequence[Line]) -> Line:
    lines = [*plus, *minus]
    common = [span for span in lines[0] if all(span in line for line in lines)]
    return {
        span: Point(
            sum(line[span].value for line in plus) - sum(line[span].value for line in minus),
            math.hypot(*(line[span].margin for line in lines)),
        )
        for span in common
    }
