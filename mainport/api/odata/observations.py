# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The observations of a table that a question asks for, as JSON, page by page.

A filter's tests are told apart by what they need to know. Those of measure and codes choose series, those
of the period choose periods, and only what is left is asked of each value.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any

from mainport.api.odata.options import PAGE, Options, ordered
from mainport.api.odata.refusal import Refused
from mainport.api.odata.tables import Shape
from mainport.monitor.queries.observations import Calendar
from mainport.monitor.queries.scan import Line, Point, scan
from mainport.monitor.rules.tables import Missing, Role

#: Rows that are put in another order; more must be narrowed first.
SORTED = 200_000
#: Series that are named to the database one by one.
_NAMED = 2000
#: Rows that are sent at once.
_BATCH = 2000

_ATTRIBUTE = {
    Missing.NONE: "None",
    Missing.IMPOSSIBLE: "Impossible",
    Missing.CONFIDENTIAL: "Confidential",
    Missing.NOT_AVAILABLE: "NotAvailable",
}
Found = tuple[Line, Point]


class Question:
    """What one request asks of a table."""

    def __init__(self, shape: Shape, options: Options) -> None:
        self.shape, self.options = shape, options
        self.calendar = Calendar.read()
        self.sides = [name for name, d in shape.dimensions.items() if d.role is not Role.TIME]
        self.time = next((name for name, d in shape.dimensions.items() if d.role is Role.TIME), "")
        of_line, of_period = {"Measure", *self.sides}, {self.time}
        parts = options.filter.parts if options.filter else ()
        self._of_lines = [one for one in parts if one.columns <= of_line]
        self._of_periods = [one for one in parts if one.columns and one.columns <= of_period]
        self._of_values = [one for one in parts if one not in self._of_lines and one not in self._of_periods]

    # --- Which rows ---

    def rows(self) -> Iterator[Found]:
        """All rows that pass, from the token on."""
        token = self.options.token
        start = self.calendar.order.get(token[1], -1) if token else -1
        for line in self._lines():
            points: Iterable[Point] = line.points
            if token and line.id == token[0]:
                points = [point for point in points if self.calendar.order[point.period] > start]
            if self._of_values:
                points = [point for point in points if self._passes(line, point)]
            for point in points:
                yield line, point

    def count(self) -> int:
        """How many rows pass, whatever the page."""
        if not self.options.filter:
            return self.shape.count
        whole = Question(self.shape, Options(filter=self.options.filter))
        return sum(1 for _row in whole.rows())

    def _lines(self) -> Iterator[Line]:
        chosen = dict(self._chosen())
        return scan(
            self.shape.dataset,
            self.calendar,
            wanted=self._wanted if self._of_lines else None,
            measures=_texts(chosen["Measure"]) if "Measure" in chosen else None,
            coordinates=self._coordinates(chosen),
            periods=self._periods(),
            since=self.options.token[0] if self.options.token else 0,
        )

    def _chosen(self) -> Iterator[tuple[str, frozenset[Any]]]:
        return (one.chosen for one in self._of_lines if one.chosen)

    def _coordinates(self, chosen: dict[str, frozenset[Any]]) -> list[str] | None:
        """The coordinates where the filter names the codes of every side."""
        lists = [_texts(chosen.get(side, frozenset())) for side in self.sides]
        size = 1
        for names in lists:
            size *= len(names)
        if not self.sides or not 0 < size <= _NAMED:
            return None
        return ["|".join(codes) for codes in itertools.product(*lists)]

    def _wanted(self, measure: str, codes: list[str]) -> bool:
        row = dict(zip(self.sides, codes, strict=True), Measure=measure)
        return all(one.of(row) for one in self._of_lines)

    def _periods(self) -> Collection[int] | None:
        if not self._of_periods:
            return None
        tests, time = self._of_periods, self.time
        return {pk for pk, code in self.calendar.codes.items() if all(one.of({time: code}) for one in tests)}

    def _passes(self, line: Line, point: Point) -> bool:
        row = self.values(line, point)
        return all(one.of(row) for one in self._of_values)

    def values(self, line: Line, point: Point) -> dict[str, Any]:
        """A row with every column."""
        row: dict[str, Any] = dict(zip(self.sides, line.codes, strict=True))
        if self.time:
            row[self.time] = self.calendar.codes[point.period]
        return {
            **row,
            "Id": point.id,
            "Measure": line.measure,
            "ValueAttribute": _ATTRIBUTE[Missing(point.missing)],
            "Value": point.value,
            "StringValue": point.text,
        }

    # --- As JSON ---

    def answer(self, context: str, url: str) -> Iterator[str]:
        """The page, in pieces. Raises Refused before the first."""
        options = self.options
        rows = self._in_order() if options.order else self.rows()
        rows = itertools.islice(rows, options.skip, None)
        size = PAGE if options.top is None else min(PAGE, options.top)
        count = f'"@odata.count":{self.count()},' if options.count else ""
        return self._pieces(f'{{"@odata.context":{json.dumps(context)},{count}"value":[', rows, size, url)

    def _pieces(self, opening: str, rows: Iterator[Found], size: int, url: str) -> Iterator[str]:
        done, last, comma = 0, None, opening
        while batch := list(itertools.islice(rows, min(_BATCH, size - done))):
            yield comma + ",\n".join(map(self._json, batch))
            done, last, comma = done + len(batch), batch[-1], ",\n"
        yield opening if done == 0 else ""
        goes_on = self.options.top is None or self.options.top > done
        if last and goes_on and next(rows, None) is not None:
            token = None if self.options.order else (last[0].id, last[1].period)
            yield f'],"@odata.nextLink":{json.dumps(self.options.following(url, done, token))}}}'
        else:
            yield "]}"

    def _in_order(self) -> Iterator[Found]:
        found = list(itertools.islice(self.rows(), SORTED + 1))
        if len(found) > SORTED:
            raise Refused(400, f"$orderby: more than {SORTED:,} rows; narrow them with $filter first", "$orderby")
        return iter(ordered(found, self.options.order, lambda row, name: self.values(*row)[name]))

    @cached_property
    def _columns(self) -> list[str]:
        """The columns of an answer in the order of CBS."""
        return self.options.select or list(self.shape.columns)

    @cached_property
    def _writers(self) -> dict[str, str]:
        return {code: json.dumps(code, ensure_ascii=False) for code in self.calendar.codes.values()}

    def _json(self, row: Found) -> str:
        line, point = row
        before, behind = self._fixed(line)
        pieces = [before] if before else []
        for name in self._columns:
            if name == "Value":
                pieces.append(f'"Value":{number(point.value)}')
            elif name == "ValueAttribute":
                pieces.append(f'"ValueAttribute":"{_ATTRIBUTE[Missing(point.missing)] if point.missing else "None"}"')
            elif name == "StringValue":
                pieces.append(f'"StringValue":{"null" if point.text is None else json.dumps(point.text)}')
            elif name == "Id":
                pieces.insert(0, f'"Id":{point.id}')
            elif name == self.time:
                pieces.append(f'"{name}":{self._writers[self.calendar.codes[point.period]]}')
        if behind:
            pieces.append(behind)
        return f"{{{','.join(pieces)}}}"

    _last: tuple[int, tuple[str, str]] = (0, ("", ""))

    def _fixed(self, line: Line) -> tuple[str, str]:
        """What all rows of a series share, made once: the measure, and the codes of the sides."""
        if self._last[0] != line.id:
            codes = dict(zip(self.sides, line.codes, strict=True))
            measure = f'"Measure":{json.dumps(line.measure)}' if "Measure" in self._columns else ""
            sides = ",".join(
                f'"{name}":{json.dumps(codes[name], ensure_ascii=False)}' for name in self._columns if name in codes
            )
            self._last = (line.id, (measure, sides))
        return self._last[1]


def number(value: float | None) -> str:
    """A number as CBS writes it: whole ones without a point; what is no finite number as OData has it."""
    if value is None:
        return "null"
    text = repr(value)
    if text[-1] in "fn":
        return {"inf": '"INF"', "-inf": '"-INF"'}.get(text, '"NaN"')
    return text.removesuffix(".0")


def _texts(values: Iterable[Any]) -> list[str]:
    return sorted(value for value in values if isinstance(value, str))
