# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""CBS StatLine by OData v4: a table's properties, dimensions, codes and observations, page by page.

As https://datasets.cbs.nl/odata/v1/CBS answers; described at https://www.cbs.nl/en-gb/our-services/open-data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotChanged, NotReached, NotTrusted
from mainport.monitor.feeds import Asked
from mainport.monitor.feeds.answers import Json, json_object
from mainport.monitor.feeds.odata import pages_of
from mainport.monitor.rules.lines import Row, gather
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Cell, Code, Dimension, Finality, Lines, Measure, Missing, Role

BASE_URL = "https://datasets.cbs.nl/odata/v1/CBS"
CATALOG = "CBS"
#: What the measures are called where dimensions go by their keys.
MEASURE = "Measure"
#: The key of the dimension of time in a table that has none.
COVERAGE = "TemporalCoverage"

_ROLES = {"TimeDimension": Role.TIME, "GeoDimension": Role.GEO, "GeoDetailDimension": Role.GEO}
_MISSING = {
    "None": Missing.NONE,
    "Impossible": Missing.IMPOSSIBLE,
    "Confidential": Missing.CONFIDENTIAL,
    "NotAvailable": Missing.NOT_AVAILABLE,
}
_FINALITY = {
    "Voorlopig": Finality.PROVISIONAL,
    "NaderVoorlopig": Finality.REVISED_PROVISIONAL,
    "Definitief": Finality.DEFINITIVE,
}
#: What a filter may hold as it is (RFC 3986, 3.4), but for & and + that mean something else there.
_PLAIN = "$'(),:/;=@!*"
#: The columns of an observation besides those of its dimensions, and those that may be left out.
_COLUMNS = {"Id", "Measure", "ValueAttribute", "Value", "StringValue"}
_OPTIONAL = {"Id", "StringValue", "ValueAttribute"}


def read(asked: Asked, visit: Visit) -> list[Lines]:
    """The table that `settings` names, of its observations those that its `filter` lets through."""
    table, chosen = asked.settings["table"], asked.settings.get("filter", "")
    root, properties = _properties(visit, asked.url or BASE_URL, table)
    version = str(properties.get("Version") or "")
    if version and version == asked.known_version:
        raise NotChanged
    raw_dimensions = _all(visit, f"{root}/Dimensions")
    raw_measures = _all(visit, f"{root}/MeasureCodes")
    _check_dimensions(asked, raw_dimensions)
    dimensions = tuple(_dimension(visit, root, item) for item in raw_dimensions) + _coverage(raw_dimensions, properties)
    measures = tuple(_measure(item) for item in raw_measures)
    groups = _groups(visit, root, raw_dimensions, raw_measures)
    rows = _Rows(table, dimensions, measures)
    pages = pages_of(visit, f"{root}/Observations{_query(chosen)}")
    lines, contradictions = gather(row for page in pages for row in rows.read(page))
    return [
        Lines(
            key=asked.key,
            title=_text(properties, "Title"),
            dimensions=dimensions,
            measures=measures,
            description=_text(properties, "Description"),
            language=_text(properties, "Language") or "nl",
            version=version,
            modified=_text(properties, "Modified"),
            licence=_text(properties, "License"),
            publisher=_text(properties, "Publisher"),
            frequency=_text(properties, "Frequency"),
            extra={
                "source": "cbs",
                "table": table,
                "filter": chosen,
                "declared": None if chosen else properties.get("ObservationCount"),
                "properties": properties,
                "dimensions": raw_dimensions,
                "measures": {m["Identifier"].strip(): _rest(m) for m in raw_measures},
                "groups": groups,
            },
            lines=lines,
            contradictions=contradictions,
        )
    ]


def _groups(visit: Visit, root: str, dimensions: list[Json], measures: list[Json]) -> dict[str, list[Json]]:
    """The groups of the codes of each dimension, and of the measures, as the source names them.

    A table without them is whole all the same: the key of a code's group stands with the code.
    """
    wanted = [_identifier(item, "a dimension") for item in dimensions if item.get("ContainsGroups") is True]
    if any(item.get("MeasureGroupId") is not None for item in measures):
        wanted.append(MEASURE)
    found = {}
    for name in wanted:
        try:
            found[name] = _all(visit, f"{root}/{name}Groups")
        except NotReached as error:
            if error.status is None:
                raise
    return found


def _rest(measure: Json) -> Json:
    """What the source says of a measure that `Measure` has no place for."""
    return {name: measure[name] for name in ("Index", "PresentationType") if name in measure}


def _check_dimensions(asked: Asked, found: list[Json]) -> None:
    """Raises NotTrusted where the table no longer has the dimensions that it had."""
    keys = tuple(_identifier(item, "a dimension") for item in found)
    known = tuple(key for key in asked.known_dimensions if key != COVERAGE)
    if known and keys != known:
        raise NotTrusted(f"the dimensions of {asked.key} changed: now {', '.join(keys)}; before {', '.join(known)}")


def _coverage(dimensions: list[Json], properties: Json) -> tuple[Dimension, ...]:
    """The dimension of time of a table that has none, such as the key figures of one year: what it says it covers."""
    times = sum(_role(item) is Role.TIME for item in dimensions)
    if times == 1:
        return ()
    covered = _text(properties, "TemporalCoverage")
    try:
        if times == 0 and parse(covered):
            return (Dimension(COVERAGE, COVERAGE, Role.TIME, (Code(covered, covered),)),)
    except ValueError:
        pass
    names = ", ".join(_identifier(item, "a dimension") for item in dimensions)
    raise NotTrusted(f"{_text(properties, 'Identifier')} has the dimensions {names}: one must be of time")


def _role(dimension: Json) -> Role:
    return _ROLES.get(str(dimension.get("Kind")), Role.OTHER)


def _properties(visit: Visit, base: str, table: str) -> tuple[str, Json]:
    """Where the table is, and its properties. An address without the catalogue's name is followed by it."""
    base = base.rstrip("/")
    places = [base, f"{base}/{CATALOG}"]
    if urlsplit(base).path in ("", "/"):
        places.append(f"{base}/odata/v1/{CATALOG}")
    for place in places:
        url = f"{place}/{table}/Properties"
        try:
            found = json_object(visit.get(url, accept="application/json"), url)
        except NotReached as error:
            if error.status == 404 and place != places[-1]:
                continue
            if error.status == 404:
                raise NotReached(f"there is no table {table} at {base}", status=404) from error
            raise
        if str(found.get("Identifier", "")).casefold() != table.casefold():
            raise NotTrusted(f"{url} doesn't speak of {table}, but of {found.get('Identifier', 'nothing')!r}")
        return f"{place}/{table}", found
    raise AssertionError("the last place returns or raises")


def _all(visit: Visit, url: str) -> list[Json]:
    return [item for page in pages_of(visit, url) for item in page]


def _query(chosen: str) -> str:
    # Spaces as %20, as OData has it: + is a habit of forms.
    return f"?$filter={quote(chosen, safe=_PLAIN)}" if chosen else ""


def _text(item: Json, name: str) -> str:
    """Texts are passed on as they are; the spaces round a title or code say nothing."""
    return str(item.get(name) or "").strip()


def _identifier(item: Json, what: str) -> str:
    found = item.get("Identifier")
    if not isinstance(found, str) or not found.strip():
        raise NotTrusted(f"{what} came without Identifier")
    return found.strip()


def _dimension(visit: Visit, root: str, item: Json) -> Dimension:
    key = _identifier(item, "a dimension")
    role = _role(item)
    codes = tuple(_code(code, key) for code in _all(visit, f"{root}/{key}Codes"))
    if len({code.key for code in codes}) < len(codes):
        raise NotTrusted(f"{key} has codes that are the same but for spaces")
    if not codes:
        raise NotTrusted(f"{key} came without codes")
    return Dimension(key, _text(item, "Title") or key, role, codes, _text(item, "Description"))


def _code(item: Json, dimension: str) -> Code:
    key = _identifier(item, f"a code of {dimension}")
    if "|" in key:
        raise NotTrusted(f"{key} isn't a code of {dimension}: it has a |")
    group = item.get("DimensionGroupId")
    return Code(
        key,
        _text(item, "Title") or key,
        _text(item, "Description"),
        None if group is None else str(group),
        _FINALITY.get(str(item.get("Status")).replace(" ", ""), Finality.UNKNOWN),
    )


def _measure(item: Json) -> Measure:
    key = _identifier(item, "a measure")
    decimals, group = item.get("Decimals"), item.get("MeasureGroupId")
    return Measure(
        key,
        _text(item, "Title") or key,
        _text(item, "Unit"),
        decimals if isinstance(decimals, int) else 0,
        _text(item, "Description"),
        None if group is None else str(group),
        _text(item, "DataType") or "Double",
    )


class _Rows:
    """Reads the observations of one table, page after page."""

    def __init__(self, table: str, dimensions: tuple[Dimension, ...], measures: tuple[Measure, ...]) -> None:
        self._table = table
        self._time = next(d.key for d in dimensions if d.role is Role.TIME)
        self._sides = [d.key for d in dimensions if d.role is not Role.TIME]
        self._columns = _COLUMNS | {d.key for d in dimensions if d.key != COVERAGE}
        self._whole = next(d.codes[0].key for d in dimensions if d.role is Role.TIME) if self._time == COVERAGE else ""
        self._names = {d.key: _Names(d.key, [code.key for code in d.codes]) for d in dimensions}
        self._measures = _Names("Measure", [measure.key for measure in measures])
        self._finality = {code.key: code.finality.value for d in dimensions for code in d.codes if d.key == self._time}

    def read(self, page: list[Json]) -> Iterator[Row]:
        """Raises NotTrusted for a row that doesn't fit the table's own description."""
        measures, names, sides, time = self._measures, self._names, self._sides, self._time
        periods, finality = names[time], self._finality
        for item in page:
            if item.keys() != self._columns and (item.keys() ^ self._columns) - _OPTIONAL:
                raise self._other_shape(item)
            try:
                period = self._whole or periods[item[time]]
                coordinates = "|".join([names[side][item[side]] for side in sides])
                row = measures[item["Measure"]], coordinates, period, self._cell(item, finality[period])
            except (TypeError, OverflowError) as error:  # A list where a code belongs; a number of 400 digits.
                raise self._wrong(item, f"something that doesn't belong there: {error}") from error
            yield row

    def _other_shape(self, item: Json) -> NotTrusted:
        more, less = sorted(item.keys() - self._columns), sorted(self._columns - item.keys() - _OPTIONAL)
        said = [f"{word} {', '.join(names)}" for word, names in (("with", more), ("without", less)) if names]
        return NotTrusted(f"the dimensions of {self._table} changed: an observation came {' and '.join(said)}")

    def _cell(self, item: Json, finality: int) -> Cell:
        value, text, attribute = item["Value"], item.get("StringValue"), item.get("ValueAttribute", "None")
        missing = _MISSING.get(attribute)
        if missing is None:
            raise self._wrong(item, f"an unknown ValueAttribute {attribute!r}")
        if value is not None and (type(value) not in (int, float) or abs(value) == float("inf")):
            raise self._wrong(item, f"a value that is no number: {value!r}")
        if text is not None and not isinstance(text, str):
            raise self._wrong(item, f"a StringValue that is no text: {text!r}")
        if missing:
            # Confidential and what the like: a number beside it isn't meant to be seen.
            return (None, text, missing.value, finality)
        if value is not None:
            return (float(value), text, 0, finality)
        return (None, text, (Missing.NONE if text is not None else Missing.NOT_AVAILABLE).value, finality)

    def _wrong(self, item: Json, what: str) -> NotTrusted:
        return NotTrusted(f"observation {item.get('Id', '')} of {self._table} has {what}")


class _Names(dict[Any, str]):
    """The codes of a dimension, also as they are written in observations: with spaces behind (GM0014    )."""

    def __init__(self, what: str, codes: list[str]) -> None:
        super().__init__((code, code) for code in codes)
        self._what = what

    def __missing__(self, written: Any) -> str:
        code = written.strip() if isinstance(written, str) else ""
        if code not in self:
            raise NotTrusted(f"an observation has the {self._what} {written!r}, which the table doesn't name")
        self[written] = code
        return code
