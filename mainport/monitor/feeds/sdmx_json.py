# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SDMX-JSON 1.0 and 2.0 (https://github.com/sdmx-twg/sdmx-json): series, flat and cross-section."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mainport.core.fetching.problems import NotTrusted
from mainport.monitor.feeds.answers import Json
from mainport.monitor.feeds.sdmx import OBS_VALUE, Message, Observation, role_of
from mainport.monitor.rules.tables import Code, Dimension, Measure

_LEVELS = ("dataSet", "series", "observation")


def message(found: Json, url: str) -> Message:
    """Raises NotTrusted for what isn't a message with data, or isn't whole."""
    try:
        return _Reader(found, url).message()
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, OverflowError) as error:
        raise NotTrusted(f"{url} sent SDMX-JSON that isn't whole or isn't right: {error!r:.200}") from error


class _Reader:
    def __init__(self, found: Json, url: str) -> None:
        self._url = url
        # 1.0 has its parts at the top, or like 2.0 under `data`.
        data = found.get("data", found)
        structures = data.get("structures") or [data.get("structure")]
        if not isinstance(data.get("dataSets"), list) or not isinstance(structures[0], dict):
            raise NotTrusted(f"{url} isn't a message of SDMX-JSON with data")
        self._datasets: list[Json] = data["dataSets"]
        if any(one.get("structure", 0) != 0 for one in self._datasets):
            raise NotTrusted(f"{url} has data of several structures: ask for one")
        if any(str(one.get("action")).lower() == "delete" for one in self._datasets):
            raise NotTrusted(f"{url} has data to delete: ask for all data instead")
        self._structure: Json = structures[0]
        self._head: Json = found.get("meta") or found.get("header") or {}
        #: Level, place in the level's key, and description of each dimension, in the order of the whole key.
        levels = self._structure["dimensions"]
        dimensions = [(level, place, item) for level in _LEVELS for place, item in enumerate(levels.get(level) or [])]
        if all(isinstance(item.get("keyPosition"), int) for _, _, item in dimensions):
            dimensions.sort(key=lambda one: one[2]["keyPosition"])
        self._dimensions = dimensions

    def message(self) -> Message:
        sides = tuple(self._dimension(item) for _, _, item in self._dimensions)
        self._codes = [[_id(value) for value in item["values"]] for _, _, item in self._dimensions]
        sender = self._head.get("sender") or {}
        languages = self._head.get("contentLanguages") or [""]
        return Message(
            title=_text(self._structure, "name"),
            description=_text(self._structure, "description"),
            dimensions=sides,
            measures=self._measures(),
            observations=list(self._observations()),
            language=str(languages[0]),
            publisher=_text(sender, "name") or _text(sender, "id"),
            prepared=_text(self._head, "prepared"),
        )

    @staticmethod
    def _dimension(item: Json) -> Dimension:
        key = _text(item, "id")
        codes = tuple(
            Code(_id(value), _text(value, "name") or _id(value), _text(value, "description"), value.get("parent"))
            for value in item["values"]
        )
        if len({code.key for code in codes}) < len(codes):
            raise ValueError(f"{key} has a code twice")
        role = role_of(key, item.get("roles") or item.get("role"))
        return Dimension(key, _text(item, "name") or key, role, codes, _text(item, "description"))

    def _measures(self) -> tuple[Measure, ...]:
        unit, multiplier = self._attribute("UNIT_MEASURE", "name"), self._attribute("UNIT_MULT", "id")
        if multiplier.isdigit() and 0 < int(multiplier) < 20:
            unit = f"x {10 ** int(multiplier):,} {unit}".replace(",", " ").strip()
        decimals = self._attribute("DECIMALS", "id")
        places = int(decimals) if decimals.isdigit() and len(decimals) < 3 else 0
        said = (self._structure.get("measures") or {}).get("observation") or [{"id": OBS_VALUE}]
        return tuple(
            Measure(
                _text(item, "id"),
                _text(item, "name") or _text(self._structure, "name") or _text(item, "id"),
                unit,
                places,
                _text(item, "description"),
            )
            for item in said
        )

    def _attribute(self, key: str, name: str) -> str:
        """What holds for the whole of the data; '' where nothing does."""
        for item in (self._structure.get("attributes") or {}).get("dataSet") or []:
            values = item.get("values") or []
            if item.get("id") == key and len(values) == 1:
                return _text(values[0], name) or _id(values[0])
        return ""

    def _observations(self) -> Iterator[Observation]:
        measures = [measure.key for measure in self._measures()]
        attributes = {
            item["id"]: (len(measures) + place, item.get("values") or [], item.get("default", ""))
            for place, item in enumerate((self._structure.get("attributes") or {}).get("observation") or [])
        }
        for dataset in self._datasets:
            series = dataset.get("series")
            groups = [("", dataset)] if series is None else series.items()
            for series_key, group in groups:
                for key, cells in (group.get("observations") or {}).items():
                    codes = self._key(series_key, key)
                    status, comment = (_attribute(cells, attributes.get(n)) for n in ("OBS_STATUS", "COMMENT_OBS"))
                    for place, measure in enumerate(measures):
                        value = cells[place] if place < len(cells) else None
                        yield Observation(measure, codes, value, status, comment)

    def _key(self, series: str, observation: str) -> tuple[str, ...]:
        """The codes of an observation: its keys give for each dimension the place of the code."""
        parts = {"dataSet": None, "series": series.split(":"), "observation": observation.split(":")}
        codes = []
        for (level, place, item), known in zip(self._dimensions, self._codes, strict=True):
            keys = parts[level]
            if keys is None and len(known) != 1:
                raise ValueError(f"{item['id']} holds for the whole of the data, and has {len(known)} codes")
            at = 0 if keys is None else int(keys[place])
            if at < 0:
                raise ValueError(f"{series}:{observation} has a place below zero")
            codes.append(known[at])
        return tuple(codes)


def _attribute(cells: list[Any], of: tuple[int, list[Any], Any] | None) -> str:
    """The attribute of an observation: a place among its values, or the words themselves."""
    if of is None:
        return ""
    place, values, otherwise = of
    found = cells[place] if place < len(cells) else None
    if isinstance(found, int) and not isinstance(found, bool):
        found = None if found < 0 or values[found] is None else _id(values[found])
    return str(found if found is not None else otherwise or "")


def _id(value: Json) -> str:
    """A code, or what stands in its place where there is no list of codes."""
    found = value.get("id", value.get("value"))
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        raise TypeError(f"{found!r:.40} is no code")
    return str(found).strip()


def _text(item: Json, name: str) -> str:
    """In 1.0 a text may be an object with one for each language, in older messages."""
    found = item.get(name)
    if isinstance(found, dict):
        found = found.get("en") or next(iter(found.values()), "")
    return found.strip() if isinstance(found, str) else ""
