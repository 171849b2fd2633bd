# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries as PDOK gives them: CBS's division of the country as GeoJSON, or another collection of the same shape.

PDOK's service "CBS Gebiedsindelingen" gives `statcode`, `statnaam` and `jaarcode`; CBS's "Wijk- en buurtkaart"
`gemeentecode`, `gemeentenaam` and `jaar`. https://www.pdok.nl/introductie/-/article/cbs-gebiedsindelingen
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from mainport.region.feeds.flows_file import Fault, Refused
from mainport.region.rules import outlines

#: The service, of each year since 2016 one. In degrees, and generalised by CBS for maps of the whole country.
SERVICE = "https://service.pdok.nl/cbs/gebiedsindelingen/{year}/wfs/v1_0"
#: What CBS calls the kinds of areas there, and with which letters their codes begin.
LAYERS = {"municipality": "gemeente", "province": "provincie", "corop": "coropgebied"}
_LETTERS = {"GM": "municipality", "PV": "province", "CR": "corop"}
_CODE = re.compile(r"(GM\d{4}|PV\d{2}|CR\d{2})\s*")
#: Codes of CBS for people without a municipality: on the map of neighbourhoods they are a strip across the border.
_NOWHERE = ("GM0997", "GM0998", "GM0999")
#: The most that one answer may be.
LIMIT = 64 * 1024 * 1024


@dataclass(frozen=True)
class Outline:
    """An area with its border in a year."""

    kind: str
    code: str
    name: str
    year: int
    geometry: dict[str, Any]


def address(kind: str, year: int) -> str:
    """Where PDOK gives the borders of a kind of area in a year."""
    asked = {
        "request": "GetFeature",
        "service": "WFS",
        "version": "2.0.0",
        "typeName": f"gebiedsindelingen:{LAYERS[kind]}_gegeneraliseerd",
        "outputFormat": "json",
        "srsName": "EPSG:4326",
    }
    return f"{SERVICE.format(year=year)}?{urlencode(asked)}"


def read(body: bytes, *, name: str, year: int | None = None) -> list[Outline]:
    """The outlines in a GeoJSON collection; several features of one area become one. Raises Refused.

    `year` is taken where the features name none. Water without land (`water` is JA) and what lies abroad are left out.
    """
    collection = _collection(body, name)
    found: dict[str, Outline] = {}
    faults: list[Fault] = []
    for number, feature in enumerate(collection, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            faults.append(Fault(name, number, "properties", "nothing", "an object"))
            continue
        if properties.get("water") == "JA" or properties.get("gemeentecode") in _NOWHERE:
            continue
        one, wrong = _outline(feature, properties, year)
        if wrong:
            faults.append(Fault(name, number, *wrong))
        elif one.code in found:
            parts = [*found[one.code].geometry["coordinates"], *one.geometry["coordinates"]]
            geometry = {"type": "MultiPolygon", "coordinates": parts}
            found[one.code] = Outline(one.kind, one.code, one.name, one.year, geometry)
        else:
            found[one.code] = one
    if faults:
        raise Refused(faults[:20], max(len(faults) - 20, 0))
    if not found:
        raise Refused([Fault(name, 1, "features", "none", "at least one area")])
    return list(found.values())


def _collection(body: bytes, name: str) -> list[Any]:
    if len(body) > LIMIT:
        raise Refused([Fault(name, 1, "-", f"{len(body):,} bytes", f"at most {LIMIT:,}")])
    try:
        collection = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused([Fault(name, 1, "-", str(error)[:200], "GeoJSON in UTF-8")]) from error
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise Refused([Fault(name, 1, "features", "none", "a GeoJSON FeatureCollection")])
    return features


_NOBODY = Outline("", "", "", 0, {})


def _outline(
    feature: dict[str, Any], properties: dict[str, Any], year: int | None
) -> tuple[Outline, tuple[str, str, str] | None]:
    """The outline, or the field that is wrong with what was found and what was expected."""
    code = str(properties.get("statcode") or properties.get("gemeentecode") or properties.get("code") or "")
    label = str(properties.get("statnaam") or properties.get("gemeentenaam") or properties.get("name") or "").strip()
    said = properties.get("jaarcode") or properties.get("jaar") or year
    match = _CODE.fullmatch(code)
    if not match:
        return _NOBODY, ("statcode", code or "nothing", "a code of CBS such as GM0014, PV20 or CR03")
    if not label:
        return _NOBODY, ("statnaam", "nothing", "a name")
    if not re.fullmatch(r"(19|20)\d\d", str(said)):
        return _NOBODY, ("jaarcode", str(said), "a year")
    if wrong := outlines.faults(feature.get("geometry")):
        return _NOBODY, ("geometry", wrong, "a Polygon or MultiPolygon in degrees")
    geometry = outlines.lighter(feature["geometry"])
    return Outline(_LETTERS[match[1][:2]], match[1], label, int(str(said)), geometry), None
