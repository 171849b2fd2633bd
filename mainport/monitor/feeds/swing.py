# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""ABF Swing's Open Data Service, `jiveservices/odata`: variables of one geographic level, as one table.

The addresses are those of https://swing.eu/handleiding/Open%20Data%20Service/index.html and
https://klimaatmonitor.databank.nl/content/handleiding-open-data-service: `Variables('x')`,
`GeoLevels('gemeente')/GeoItems`, and the values at
`Variables('x')/GeoLevels('gemeente')/PeriodLevels('year')/Periods('all')/Values`. Sites that aren't open want a
key in the header `apikey`.

These pages don't list the fields of an answer, nor say what stands in place of a number. The fields read here
are those on which published clients agree: `ExternalCode` and `Name` of everything, `Description`, `Unit`,
`Source` and `LastUpdate` of a variable, and `ExternalCode` (of the place), `Period` and `ValueString` of a value.
The marks `?`, `-` and `x` stand for no number there; why, nobody says, so each is "not available" unless the feed's
settings say what this site means by it. Whatever else isn't a number is refused by name. Tables with more
dimensions (`CubeVariables`) aren't read, and neither is the service's second version, which has other addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotReached, NotTrusted
from mainport.monitor.feeds import Asked
from mainport.monitor.feeds.answers import Json, json_object
from mainport.monitor.feeds.odata import pages_of
from mainport.monitor.rules.lines import Row, gather
from mainport.monitor.rules.numbers import decimals_of
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.sheet_mapping import MISSING
from mainport.monitor.rules.tables import Cell, Code, Dimension, LineKey, Lines, Measure, Missing, Role

SERVICE = "jiveservices/odata"
#: What stands in place of a number, and means none.
MARKS = {"": Missing.NOT_AVAILABLE, "?": Missing.NOT_AVAILABLE, "-": Missing.NOT_AVAILABLE, "x": Missing.NOT_AVAILABLE}
_NUMBER = re.compile(r"-?\d+(\.\d+)?(E[+-]?\d+)?", re.ASCII | re.IGNORECASE)


def read(asked: Asked, visit: Visit) -> list[Lines]:
    """The table of the variables that `settings` names, each a measure."""
    settings = asked.settings
    level, period_level = settings["geo_level"], settings.get("period_level", "year")
    service = service_of(asked.url)
    measures = [_variable(visit, service, code) for code in settings["variables"]]
    places = _places(visit, service, level)
    marks = {**MARKS, **{mark: MISSING[word] for mark, word in settings.get("missing", {}).items()}}
    rows: list[Row] = []
    for code in settings["variables"]:
        path = f"{_one('Variables', code)}/{_one('GeoLevels', level)}/{_one('PeriodLevels', period_level)}"
        url = f"{service}/{path}/{_one('Periods', settings.get('periods', 'all'))}/Values"
        rows += [row for page in _pages(visit, url) for row in _rows(page, code, places, marks, url)]
    lines, contradictions = gather(rows)
    periods = sorted({row[2] for row in rows}, key=lambda period: (parse(period).start, period))
    if not periods:
        names = ", ".join(settings["variables"])
        raise NotTrusted(f"{service} has no values of {names} by {level} and {period_level}: is the level right?")
    return [
        Lines(
            key=asked.key,
            title=measures[0]["Name"] if len(measures) == 1 else asked.key,
            description=_text(measures[0], "Description") if len(measures) == 1 else "",
            dimensions=(
                Dimension("GeoItem", level, Role.GEO, tuple(Code(key, title) for key, title in places.items())),
                Dimension("Period", period_level, Role.TIME, tuple(Code(period, period) for period in periods)),
            ),
            measures=tuple(_measure(item, lines) for item in measures),
            modified=max(_text(item, "LastUpdate") for item in measures),
            publisher="; ".join(dict.fromkeys(filter(None, (_text(item, "Source") for item in measures)))),
            extra={"source": "swing", "url": service, "variables": measures},
            lines=lines,
            contradictions=contradictions,
        )
    ]


def service_of(url: str) -> str:
    """Where the service of a site is, however its address is given.

    >>> service_of("https://klimaatmonitor.databank.nl/")
    'https://klimaatmonitor.databank.nl/jiveservices/odata'
    """
    base = url.rstrip("/")
    return base if base.casefold().endswith("/odata") else f"{base}/{SERVICE}"


def _one(set_: str, code: str) -> str:
    """One of a set, by its key (OData 4.01, URL Conventions, 4.3.1): quotes are doubled."""
    doubled = code.replace("'", "''")
    return f"{set_}('{quote(doubled, safe='')}')"


def _variable(visit: Visit, service: str, code: str) -> Json:
    url = f"{service}/{_one('Variables', code)}"
    try:
        found = json_object(visit.get(url, accept="application/json"), url)
    except NotReached as error:
        raise _told(error, url, f"there is no variable {code} at {service}") from error
    if str(found.get("ExternalCode", "")).casefold() != code.casefold():
        raise NotTrusted(f"{url} doesn't speak of {code}, but of {str(found.get('ExternalCode', 'nothing'))[:80]!r}")
    return {**found, "ExternalCode": code, "Name": _text(found, "Name") or code}


def _told(error: NotReached, url: str, no_such: str) -> NotReached:
    """The same problem, in words that say what to do where the answer alone doesn't."""
    if error.status in (401, 403):
        host = urlsplit(url).hostname
        return NotReached(
            f"{error}: the site wants a key, or another one; set it with MAINPORT_FEEDS_API_KEYS={host}=KEY",
            status=error.status,
        )
    return NotReached(no_such, status=404) if error.status == 404 else error


def _pages(visit: Visit, url: str) -> Iterator[list[Json]]:
    try:
        yield from pages_of(visit, url)
    except NotReached as error:
        raise _told(error, url, f"{url} isn't there: the variable isn't published at this level") from error


def _places(visit: Visit, service: str, level: str) -> dict[str, str]:
    url = f"{service}/{_one('GeoLevels', level)}/GeoItems"
    found: dict[str, str] = {}
    for page in _pages(visit, url):
        for item in page:
            code = _text(item, "ExternalCode")
            if (
                not code
                or "|" in code
                or found.setdefault(code, _text(item, "Name") or code) != (_text(item, "Name") or code)
            ):
                raise NotTrusted(f"{url} has a place whose ExternalCode is {item.get('ExternalCode')!r:.80}")
    return found


def _rows(
    page: list[Json], measure: str, places: Mapping[str, str], marks: Mapping[str, Missing], url: str
) -> Iterator[Row]:
    for item in page:
        place, period = _text(item, "ExternalCode"), _text(item, "Period")
        if place not in places:
            raise NotTrusted(f"a value of {url} is of the place {place[:80]!r}, which its level doesn't name")
        try:
            parse(period)
        except ValueError as error:
            raise NotTrusted(f"a value of {url} at {place}: its Period: {error}") from error
        yield measure, place, period, _cell(item, marks, f"{url} at {place} {period}")


def _cell(item: Json, marks: Mapping[str, Missing], where: str) -> Cell:
    if "ValueString" not in item:
        raise NotTrusted(f"a value of {where} came without ValueString")
    found = item["ValueString"]
    written = "" if found is None else str(found).strip()
    if isinstance(found, bool | list | dict) or not (_NUMBER.fullmatch(written) or written in marks):
        known = ", ".join(repr(mark) for mark in marks if mark)
        raise NotTrusted(f"a value of {where} is {written[:40]!r}: neither a number nor one of the marks {known}")
    if written in marks:
        return (None, None, marks[written].value, 0)
    number = float(written)
    if number in (float("inf"), float("-inf")):
        raise NotTrusted(f"a value of {where} is {written[:40]}, which is too large to be one")
    return (number, None, Missing.NONE.value, 0)


def _measure(item: Json, lines: Mapping[LineKey, Mapping[str, Cell]]) -> Measure:
    key = item["ExternalCode"]
    cells = (cell for (measure, _), line in lines.items() if measure == key for cell in line.values())
    decimals = decimals_of([cell[0] for cell in cells if cell[0] is not None])
    return Measure(key, item["Name"], _text(item, "Unit"), decimals, _text(item, "Description"))


def _text(item: Mapping[str, Any], name: str) -> str:
    found = item.get(name)
    return "" if found is None or isinstance(found, list | dict) else str(found).strip()
