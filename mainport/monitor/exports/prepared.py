# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every format of a table needs, worked out once: periods as SDMX writes them, numbers as text, statuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from mainport.monitor.rules import demo
from mainport.monitor.rules.identifiers import sdmx_code, sdmx_name
from mainport.monitor.rules.lines import lines_of
from mainport.monitor.rules.periods import PeriodSpan, parse
from mainport.monitor.rules.tables import Code, Description, Dimension, Lines, Measure, Role, Table

#: Who keeps what is written, where the site names nobody else.
AGENCY = "MAINPORT"
#: The dimension of the measures.
INDICATOR = "INDICATOR"


@dataclass(frozen=True)
class Edition:
    """By whom and when what is written was learnt: the same table gives the same bytes."""

    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    agency: str = AGENCY
    site_url: str = "http://localhost:8000"
    #: Whether the values are invented: then each file says so.
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A period: as its source writes it, as SDMX writes it, and its days."""

    code: str
    sdmx: str
    title: str
    span: PeriodSpan


#: Place of the period in the list, number as text ('' where there is none), text, place of the status.
Point = tuple[int, str, str | None, int]


@dataclass(frozen=True)
class Side:
    """A dimension besides time with its codes, also as SDMX takes them."""

    dimension: Dimension
    sdmx: str
    #: Place of a code, and the codes as SDMX takes them, in the same order.
    places: dict[str, int]
    ids: list[str]


@dataclass(frozen=True)
class Prepared:
    """A table that is ready to be written."""

    table: Description
    edition: Edition
    periods: list[Moment]
    measures: Side
    sides: list[Side]
    #: Place of the measure, places of the codes, points in the order of time.
    lines: list[tuple[int, tuple[int, ...], list[Point]]]
    statuses: list[Status]


@dataclass(frozen=True)
class Status:
    """How a value stands: in our words, as SDMX's CL_OBS_STATUS, and as Eurostat's flag."""

    key: str
    title: str
    sdmx: str
    flag: str


_NORMAL = Status("", "Normal value", "A", "")
_MISSING = {
    1: Status("impossible", "Missing value; data cannot exist", "M", "z"),
    2: Status("confidential", "Missing value; suppressed", "Q", "c"),
    3: Status("not-available", "Missing value", "O", ":"),
}
_FINALITY = {
    0: _NORMAL,
    1: Status("provisional", "Provisional value", "P", "p"),
    2: Status("revised-provisional", "Provisional value", "P", "p"),
    3: Status("definitive", "Normal value", "A", ""),
    4: Status("estimated", "Estimated value", "E", "e"),
}


def prepare(table: Table | Lines | Prepared, edition: Edition | None = None) -> Prepared:
    """Work out what the writers share; what is prepared already stays as it is."""
    if isinstance(table, Prepared):
        return table
    lines = table if isinstance(table, Lines) else lines_of(table)
    if edition and edition.demo:
        description = demo.description_of(lines.description, lines.language)
        lines = replace(lines, title=demo.title_of(lines.title), description=description)
    periods = _moments(lines)
    at = {moment.code: place for place, moment in enumerate(periods)}
    measures = _side(_measures(lines), INDICATOR)
    sides = [_side(dimension, name) for dimension, name in zip(lines.sides, _names(lines), strict=True)]
    by_side = [side.places for side in sides]
    marks = _Marks()
    done = []
    for (measure, coordinates), line in lines.lines.items():
        codes = coordinates.split("|") if sides else ()
        places = tuple([places[code] for places, code in zip(by_side, codes, strict=True)])
        # The shortest text that reads back as the same number; in place, since this is done for every value.
        points: list[Point] = [
            (
                at[period],
                "" if value is None else text[:-2] if (text := repr(value)).endswith(".0") else text,
                words,
                marks[missing, finality],
            )
            for period, (value, words, missing, finality) in line.items()
        ]
        points.sort()
        done.append((measures.places[measure], places, points))
    done.sort(key=lambda line: line[:2])
    return Prepared(
        table=lines,
        edition=edition or Edition(),
        periods=periods,
        measures=measures,
        sides=sides,
        lines=done,
        statuses=marks.statuses or [_NORMAL],
    )


class _Marks(dict[tuple[int, int], int]):
    """The place of the status of a missing and a finality among those that the table has."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: list[Status] = []

    def __missing__(self, key: tuple[int, int]) -> int:
        missing, finality = key
        status = _MISSING[missing] if missing else _FINALITY[finality]
        if status not in self.statuses:
            self.statuses.append(status)
        place = self[key] = self.statuses.index(status)
        return place


def _names(lines: Lines) -> list[str]:
    """The dimensions as SDMX takes them, none of them twice nor ours."""
    taken = {INDICATOR, "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "COMMENT_OBS"}
    names = []
    for dimension in lines.sides:
        name = sdmx_name(dimension.key)
        while name in taken:
            name += "_"
        taken.add(name)
        names.append(name)
    return names


def _measures(lines: Lines) -> Dimension:
    codes = tuple(Code(measure.key, _with_unit(measure), measure.description) for measure in lines.measures)
    key = "measure"
    while any(dimension.key == key for dimension in lines.dimensions):
        key += "_"
    return Dimension(key, "Measure", Role.OTHER, codes)


def _with_unit(measure: Measure) -> str:
    return f"{measure.title} ({measure.unit})" if measure.unit else measure.title


def _side(dimension: Dimension, sdmx: str) -> Side:
    ids: list[str] = []
    places = _Places(ids)
    for code in dimension.codes:
        places[code.key]
    return Side(dimension, sdmx, places, ids)


class _Places(dict[str, int]):
    """The places of codes; one that the source uses but doesn't describe stands behind the others."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__()
        self._ids = ids
        self._taken: set[str] = set()

    def __missing__(self, code: str) -> int:
        made = sdmx_code(code)
        while made in self._taken:
            made += "_"
        self._taken.add(made)
        self[code] = len(self._ids)
        self._ids.append(made)
        return self[code]


def _moments(lines: Lines) -> list[Moment]:
    titles = {code.key: code.title for code in lines.time.codes}
    spans = {code: parse(code) for code in {code for line in lines.lines.values() for code in line}}
    taken: set[str] = set()
    found = []
    for code, span in sorted(spans.items(), key=lambda item: (item[1].start, item[1].end, item[0])):
        spelt = next((text for spell in _SPELLINGS if (text := spell(span)) and text not in taken), None)
        if spelt is None:
            raise ValueError(f"{lines.key} has too many periods that cover the same days as {code}")
        taken.add(spelt)
        found.append(Moment(code, spelt, titles.get(code, code), span))
    return found


def _standard(span: PeriodSpan) -> str:
    """SDMX's standard period; '' where there is none for these days."""
    start = span.start
    match span.frequency:
        case "A" if start.month == 1 and span.end.year == start.year:
            return f"{start.year:04}"
        case "S":
            return f"{start.year:04}-S{(start.month + 5) // 6}"
        case "Q":
            return f"{start.year:04}-Q{(start.month + 2) // 3}"
        case "M":
            return f"{start.year:04}-{start.month:02}"
        case "W":
            year, week, _ = start.isocalendar()
            return f"{year:04}-W{week:02}"
        case "D":
            return start.isoformat()
        case _:
            return ""


def _months(span: PeriodSpan) -> int:
    """The whole months that the span covers; 0 where it covers none or not whole ones."""
    after = span.end + timedelta(days=1)
    if span.start.day != 1 or after.day != 1:
        return 0
    return (after.year - span.start.year) * 12 + after.month - span.start.month


def _in_years(span: PeriodSpan) -> str:
    months = _months(span)
    return f"{span.start}/P{months // 12}Y" if months and months % 12 == 0 else ""


def _in_months(span: PeriodSpan) -> str:
    months = _months(span)
    return f"{span.start}/P{months}M" if months else ""


def _in_days(span: PeriodSpan) -> str:
    return f"{span.start}/P{(span.end - span.start).days + 1}D"


def _in_hours(span: PeriodSpan) -> str:
    return f"{span.start}T00:00:00/P{(span.end - span.start).days + 1}D"


#: A source may write the same days in several ways (2019/20, 2019-2020), as periods of their own: each gets
#: a spelling of its own, the plainest that is left.
_SPELLINGS: tuple[Callable[[PeriodSpan], str], ...] = (_standard, _in_years, _in_months, _in_days, _in_hours)
