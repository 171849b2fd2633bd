# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""JSON-stat 2.0 (https://json-stat.org/full/): datasets, collections of them, and what Eurostat answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import Any
from urllib.parse import urljoin, urlsplit

from mainport.core.fetching.http import Visit
from mainport.core.fetching.problems import NotChanged, NotTrusted
from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.monitor.feeds import Asked
from mainport.monitor.feeds.answers import Json, json_object
from mainport.monitor.rules import statuses
from mainport.monitor.rules.periods import parse
from mainport.monitor.rules.tables import Cell, Code, Dimension, LineKey, Lines, Measure, Missing, Role

#: The key of the one measure of a dataset that has no dimension of measures.
VALUE = "value"
#: Collections hold datasets, not one another without end.
MAX_DEPTH = 3
#: No source publishes more; what it computes may have 17.
MAX_DECIMALS = 6


def read(asked: Asked, visit: Visit) -> list[Lines]:
    """The dataset at this address under the feed's key, or those of a collection, each with its own name behind it."""
    found = json_object(visit.get(asked.url, accept="application/json"), asked.url)
    if found.get("class") == "dataset":
        table = _table(found, asked.key, asked.url)
        if table.version and table.version == asked.known_version:
            raise NotChanged
        _check_dimensions(asked, table)
        return [table]
    tables: dict[str, Lines] = {}
    for name, dataset, url in _datasets(found, asked.url, visit, 0):
        key = f"{asked.key}-{name}"[:120]
        if key in tables:
            raise NotTrusted(f"{asked.url} has two datasets that are called {name}")
        tables[key] = _table(dataset, key, url)
    if not tables:
        raise NotTrusted(f"{asked.url} is a collection without datasets")
    return list(tables.values())


def _check_dimensions(asked: Asked, table: Lines) -> None:
    keys = tuple(dimension.key for dimension in table.dimensions)
    if asked.known_dimensions and keys != asked.known_dimensions:
        was = ", ".join(asked.known_dimensions)
        raise NotTrusted(f"the dimensions of {asked.key} changed: now {', '.join(keys)}; before {was}")


def _datasets(found: Json, url: str, visit: Visit, depth: int) -> Iterator[tuple[str, Json, str]]:
    """The datasets of a collection: those in it and those that it points to, each with its name and address."""
    if found.get("class") != "collection":
        raise NotTrusted(_refusal(found, url))
    if depth == MAX_DEPTH:
        raise NotTrusted(f"{url} is a collection too deep: {MAX_DEPTH} in one another are followed")
    link = found.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    if not isinstance(items, list):
        raise NotTrusted(f"{url} is a collection without link.item")
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict) or item.get("class") not in ("dataset", "collection"):
            continue
        at, href = url, item.get("href")
        whole = item
        if isinstance(href, str) and not ("value" in item or "link" in item):
            at = urljoin(url, href)
            whole = json_object(visit.get(at, accept="application/json"), at)
        if item["class"] == "collection":
            yield from _datasets(whole, at, visit, depth + 1)
        else:
            yield _name(whole, href, number), whole, at


def _name(dataset: Json, href: Any, number: int) -> str:
    """What a dataset in a collection is called, whatever its place: its own name, its address or its title."""
    extension = dataset.get("extension")
    own = extension.get("id") if isinstance(extension, dict) else None
    path = urlsplit(href).path.rstrip("/").rpartition("/")[2].removesuffix(".json") if isinstance(href, str) else ""
    for name in (own, path, dataset.get("label")):
        if isinstance(name, str) and (slug := re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")):
            return slug[:40]
    return str(number)


def _refusal(found: Json, url: str) -> str:
    """Why this is no dataset; in the source's words where it says so, as Eurostat does under `error` and `warning`."""
    for key in ("error", "warning"):
        said = found.get(key)
        first = said[0] if isinstance(said, list) and said else said
        if isinstance(first, dict) and first.get("label"):
            return f"{url} answered: {str(first['label'])[:300]}"
    return f"{url} isn't a dataset or a collection of JSON-stat 2.0: its class is {str(found.get('class'))[:40]!r}"


@dataclass(frozen=True)
class _Cube:
    """The dimensions of a dataset in the order of its cells, and which of them are measures and time."""

    dimensions: tuple[Dimension, ...]
    raw: tuple[Json, ...]
    metric: int | None
    time: int

    @property
    def sizes(self) -> list[int]:
        return [len(dimension.codes) for dimension in self.dimensions]


def _table(found: Json, key: str, url: str) -> Lines:
    if found.get("class") != "dataset":
        raise NotTrusted(_refusal(found, url))
    cube = _cube(found, url)
    values = _by_place(found.get("value"), prod(cube.sizes), f"the values of {url}")
    flags = _by_place(found.get("status"), prod(cube.sizes), f"the statuses of {url}", one_for_all=True)
    texts = _texts(found)
    extension = _object(found, "extension")
    updated = _text(found, "updated")
    return Lines(
        key=key,
        title=_text(found, "label") or key,
        description="\n".join(_words(found.get("note"))),
        dimensions=tuple(d for place, d in enumerate(cube.dimensions) if place != cube.metric),
        measures=_measures(found, cube, values),
        language=(_text(extension, "lang").lower() or _text(extension, "language"))[:10] or EVERY_LANGUAGE,
        version=updated,
        modified=updated,
        licence=_text(extension, "licence") or _text(extension, "license"),
        publisher=_text(found, "source"),
        extra={"source": "jsonstat", "url": url, "extension": extension},
        lines=_lines(cube, values, flags, texts, url),
    )


def _cube(found: Json, url: str) -> _Cube:
    ids, sizes, described = found.get("id"), found.get("size"), found.get("dimension")
    if not (isinstance(ids, list) and isinstance(sizes, list) and isinstance(described, dict)):
        raise NotTrusted(f"{url} is a dataset without id, size and dimension")
    if not ids or len(ids) != len(sizes) or not all(isinstance(key, str) and key for key in ids):
        raise NotTrusted(f"{url} has {len(ids)} dimensions and {len(sizes)} sizes")
    if len(set(ids)) < len(ids):
        raise NotTrusted(f"{url} has a dimension twice")
    raw = tuple(_object(described, key) for key in ids)
    roles = _roles(found, ids, raw, url)
    dimensions = tuple(_dimension(item, key, roles.get(key), url) for key, item in zip(ids, raw, strict=True))
    for dimension, size in zip(dimensions, sizes, strict=True):
        if len(dimension.codes) != size:
            raise NotTrusted(
                f"{dimension.key} of {url} has {len(dimension.codes)} codes where its size is {size!r:.40}"
            )
    time = next(place for place, dimension in enumerate(dimensions) if dimension.role is Role.TIME)
    _check_periods(dimensions[time], url)
    metric = next((place for place, key in enumerate(ids) if roles.get(key) == "metric"), None)
    return _Cube(dimensions, raw, metric, time)


def _roles(found: Json, ids: list[str], raw: tuple[Json, ...], url: str) -> dict[str, str]:
    """The role of each dimension that has one. A source may leave roles out: then its names and codes tell."""
    said = _object(found, "role")
    roles = {
        key: role
        for role in ("metric", "geo", "time")
        for key in (said[role] if isinstance(said.get(role), list) else ())
        if key in ids
    }
    times = [key for key in ids if roles.get(key) == "time"]
    if not times:
        times = [
            key
            for key, item in zip(ids, raw, strict=True)
            if key not in roles and key.casefold() in ("time", "time_period", "tid", "period", "perioden", "year")
        ]
    if len(times) != 1:
        raise NotTrusted(f"{url} has the dimensions {', '.join(ids)}: one must have the role of time")
    roles[times[0]] = "time"
    if "geo" in ids and "geo" not in roles.values():
        roles.setdefault("geo", "geo")  # Eurostat names it so, and doesn't always give its role.
    if len([key for key in ids if roles.get(key) == "metric"]) > 1:
        raise NotTrusted(f"{url} has more than one dimension of measures")
    return roles


def _dimension(item: Json, key: str, role: str | None, url: str) -> Dimension:
    category = _object(item, "category")
    labels = _object(category, "label")
    index = category.get("index", list(labels))
    if isinstance(index, dict):
        # An object gives each code its place.
        places = [(place, code) for code, place in index.items() if isinstance(place, int)]
        if sorted(place for place, _ in places) != list(range(len(index))):
            raise NotTrusted(f"{key} of {url} gives its codes places that don't follow each other")
        codes: list[Any] = [code for _, code in sorted(places)]
    else:
        codes = index if isinstance(index, list) else []
    if not codes:
        raise NotTrusted(f"{key} of {url} came without codes")
    for code in codes:
        if not isinstance(code, str) or not code or "|" in code:
            raise NotTrusted(f"{str(code)[:40]!r} isn't a code of {key} of {url}")
    if len(set(codes)) < len(codes):
        raise NotTrusted(f"{key} of {url} has a code twice")
    notes, parents = _object(category, "note"), _parents(category)
    return Dimension(
        key,
        _text(item, "label") or key,
        Role(role) if role in ("time", "geo") else Role.OTHER,
        tuple(
            Code(code, _text(labels, code) or code, "\n".join(_words(notes.get(code))), parents.get(code))
            for code in codes
        ),
        "\n".join(_words(item.get("note"))),
    )


def _parents(category: Json) -> dict[str, str]:
    """The code above each code that has one."""
    return {
        child: parent
        for parent, children in _object(category, "child").items()
        if isinstance(children, list)
        for child in children
        if isinstance(child, str)
    }


def _check_periods(time: Dimension, url: str) -> None:
    for code in time.codes:
        try:
            parse(code.key)
        except ValueError as error:
            raise NotTrusted(f"{time.key} of {url}: {error}") from error


def _measures(found: Json, cube: _Cube, values: dict[int, Any]) -> tuple[Measure, ...]:
    """The codes of the dimension of measures, or the one measure that the dataset as a whole is."""
    if cube.metric is None:
        units = [d for d in cube.dimensions if d.key.casefold() == "unit" and len(d.codes) == 1]
        unit = units[0].codes[0].title if units else _text(_object(found, "extension"), "unit")
        return (Measure(VALUE, _text(found, "label") or VALUE, unit, _most_decimals(values.values())),)
    stride = prod(cube.sizes[cube.metric + 1 :])
    codes = cube.dimensions[cube.metric].codes
    told = _object(_object(cube.raw[cube.metric], "category"), "unit")
    written: dict[int, list[Any]] = {}
    for place, value in values.items():
        written.setdefault(place // stride % len(codes), []).append(value)
    return tuple(_measure(code, _object(told, code.key), written.get(number, [])) for number, code in enumerate(codes))


def _measure(code: Code, unit: Json, written: list[Any]) -> Measure:
    decimals = unit.get("decimals")
    if not isinstance(decimals, int) or not 0 <= decimals <= 20:
        decimals = _most_decimals(written)
    label = _text(unit, "label") or _text(unit, "base")
    multiplier = unit.get("multiplier")
    if isinstance(multiplier, int) and 0 < multiplier < 20:
        label = f"x {10**multiplier:,} {label}".replace(",", " ").strip()
    return Measure(code.key, code.title, label, decimals, code.description, code.group)


def _most_decimals(values: Any) -> int:
    """As many as the number with most has, as it was written."""
    written = (repr(value).partition(".")[2] for value in values if isinstance(value, float))
    return min(MAX_DECIMALS, max((len(part) for part in written if part != "0" and "e" not in part), default=0))


def _lines(
    cube: _Cube, values: dict[int, Any], flags: dict[int, Any], texts: dict[int, str], url: str
) -> dict[LineKey, dict[str, Cell]]:
    """A cell's place counts through the dimensions as a row of digits does: the last runs fastest."""
    periods = [code.key for code in cube.dimensions[cube.time].codes]
    step, times = prod(cube.sizes[cube.time + 1 :]), len(periods)
    lines: dict[int, dict[str, Cell]] = {}
    for place in sorted(values.keys() | flags.keys() | texts.keys()):
        before, rest = divmod(place, step * times)
        period, after = divmod(rest, step)
        cell = _cell(values.get(place), flags.get(place), texts.get(place), url)
        lines.setdefault(before * step + after, {})[periods[period]] = cell
    return {_key(cube, place): line for place, line in lines.items()}


def _key(cube: _Cube, place: int) -> LineKey:
    """The measure and the coordinates of the line with this place among the lines."""
    codes: dict[int, str] = {}
    for side in range(len(cube.dimensions) - 1, -1, -1):
        if side != cube.time:
            place, at = divmod(place, len(cube.dimensions[side].codes))
            codes[side] = cube.dimensions[side].codes[at].key
    coordinates = "|".join(codes[side] for side in sorted(codes) if side != cube.metric)
    return (VALUE if cube.metric is None else codes[cube.metric], coordinates)


def _cell(value: Any, flag: Any, text: str | None, url: str) -> Cell:
    flag = "" if flag is None else flag
    if not isinstance(flag, str):
        raise NotTrusted(f"{url} has the status {str(flag)[:40]}, which is no text")
    if text is None and isinstance(value, str):
        text = value
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError:
            number = float("inf")
        if number in (float("inf"), float("-inf")):
            raise NotTrusted(f"{url} has a value that is too large to be one")
        return (number, None, Missing.NONE.value, statuses.finality(flag).value)
    if text is not None:
        return (None, text, Missing.NONE.value, statuses.finality(flag).value)
    if value is not None:
        raise NotTrusted(f"{url} has the value {str(value)[:40]}, which is neither a number nor a text")
    return (None, None, statuses.missing(flag).value, 0)


def _by_place(found: Any, cells: int, what: str, *, one_for_all: bool = False) -> dict[int, Any]:
    """Values or statuses by the place of their cell: a list has all, an object some. Null says nothing."""
    if found is None and one_for_all:
        return {}
    if isinstance(found, list):
        if one_for_all and len(found) == 1 and cells > 1:
            found = found[0]
        elif len(found) != cells:
            raise NotTrusted(f"{what} aren't whole: {len(found):,} where the dimensions have {cells:,} cells")
        else:
            return {place: value for place, value in enumerate(found) if value is not None}
    if isinstance(found, str) and one_for_all:
        # One status for the whole dataset: of the cells that there are.
        return _Everywhere(found)
    if not isinstance(found, dict):
        raise NotTrusted(f"{what} are neither a list nor an object")
    places: dict[int, Any] = {}
    for name, value in found.items():
        if not name.isascii() or not name.isdigit() or len(name) > 18 or int(name) >= cells:
            raise NotTrusted(f"{what} have a cell {name[:40]!r} that the dimensions don't have")
        if value is not None:
            places[int(name)] = value
    return places


class _Everywhere(dict[int, Any]):
    """The same status wherever somebody asks, in no cell of its own."""

    def __init__(self, status: str) -> None:
        super().__init__()
        self._status = status

    def get(self, key: int, default: Any = None) -> Any:
        return self._status


def _texts(found: Json) -> dict[int, str]:
    """Words in place of numbers, by cell, as Mainport's own datasets have them in their extension."""
    texts = _object(_object(found, "extension"), "texts")
    return {int(name): str(text) for name, text in texts.items() if name.isascii() and name.isdigit()}


def _object(item: Json, name: str) -> Json:
    """The object of this name; an empty one where there is none."""
    found = item.get(name)
    return found if isinstance(found, dict) else {}


def _text(item: Json, name: str) -> str:
    found = item.get(name)
    return found.strip() if isinstance(found, str) else ""


def _words(found: Any) -> list[str]:
    """Notes: a list of texts, or one text."""
    return [text for text in (found if isinstance(found, list) else [found]) if isinstance(text, str)]
