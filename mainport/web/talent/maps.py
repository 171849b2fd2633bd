# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A map of shares by area: each area with its number, a pattern beside its colour, and the row of the table."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mainport.web.region import drawing
from mainport.web.region.show import percent
from mainport.web.talent.geography import Level, Located, located

#: As many patterns there are.
CLASSES = 4
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_LETTER = 7.0
LEVELS: dict[Level, Promise] = {
    Level.MUNICIPALITY: gettext_lazy("Each circle is a municipality, as large as its inhabitants, near where it lies."),
    Level.COROP: gettext_lazy("Each circle is a COROP area, as large as its inhabitants, near where it lies."),
    Level.PROVINCE: gettext_lazy("Each circle is a province, as large as its inhabitants, near where it lies."),
}


@dataclass(frozen=True)
class Shown:
    """An area on the map; `says` is its share in words, `style` its pattern, `row` where it stands in the table."""

    shape: drawing.Shape
    name: str
    says: str
    label: str
    style: str
    row: int


@dataclass(frozen=True)
class Key:
    style: str
    label: str
    count: int


@dataclass(frozen=True)
class AreaMap:
    """All that the template needs."""

    title: str
    label: str
    drawing: drawing.Map
    shapes: tuple[Shown, ...]
    legend: tuple[Key, ...]
    made: str
    #: Places of the table that are no areas that are known here.
    unknown: tuple[str, ...]


def classes(values: Collection[float]) -> list[float]:
    """Round bounds between which all the values lie, at most CLASSES of them: the lower bounds, and the last.

    >>> classes([0.28, 0.52, 0.83])
    [0.2, 0.4, 0.6, 0.8, 1.0]
    """
    least, most = min(values), max(values)
    for step in _STEPS:
        first = math.floor(least / step + 1e-9)
        count = max(1, math.ceil(most / step - 1e-9) - first)
        if count <= CLASSES:
            return [round((first + at) * step, 3) for at in range(count + 1)]
    return [least, most]


def area_map(
    names: Mapping[str, str],
    shares: Mapping[str, float | None],
    *,
    title: str,
    label: str,
    rows: Sequence[str],
    city: str = "",
    hidden: str = "",
) -> AreaMap | None:
    """The map of these places (key: name) by their shares; None where they aren't areas that are known. One query.

    `city` is the place that the shares are about; `hidden` says what it means that there is no share; `rows` are the
    keys in the order of the table.
    """
    found = located(names)
    if found is None:
        return None
    borders, source = found.borders()
    spots = sorted(found.spots.items(), key=lambda one: rows.index(one[0]))
    areas = [drawing.Area(one.code, one.longitude, one.latitude, one.inhabitants) for _key, one in spots]
    drawn = drawing.draw(areas, borders)
    known = [share for key, share in shares.items() if share is not None and key in found.spots and key != city]
    if drawn is None or not known:
        return None
    bounds = classes(known)
    shapes = tuple(
        _shown(shape, key, names, shares.get(key), bounds, rows.index(key), city, hidden)
        for shape, (key, _spot) in zip(drawn.shapes, spots, strict=True)
    )
    return AreaMap(
        title,
        label,
        drawn,
        shapes,
        _legend(shapes, bounds, names.get(city, ""), hidden),
        _made(found, source if drawn.bordered else ""),
        tuple(sorted(names[key] for key in found.unknown if key in rows)),
    )


def _shown(
    shape: drawing.Shape,
    key: str,
    names: Mapping[str, str],
    share: float | None,
    bounds: Sequence[float],
    row: int,
    city: str,
    hidden: str,
) -> Shown:
    style = _style(key, share, bounds, city)
    says = percent(share) if share is not None else "" if key == city else hidden
    # A name that doesn't fit is shortened; its whole is in the legend.
    name = names[key] if len(names[key]) * _LETTER < 2 * shape.radius else names[key][:3]
    label = name if key == city else "?" if share is None else percent(share, 0).rstrip("%\N{NO-BREAK SPACE}")
    return Shown(shape, names[key], says, label, style, row + 1)


def _style(key: str, share: float | None, bounds: Sequence[float], city: str) -> str:
    if key == city:
        return "city"
    if share is None:
        return "unknown"
    # The last class holds its upper bound too.
    at = sum(share >= bound - 1e-9 for bound in bounds[:-1])
    return str(min(max(at, 1), CLASSES) + CLASSES - (len(bounds) - 1))


def _legend(shapes: Sequence[Shown], bounds: Sequence[float], city: str, hidden: str) -> tuple[Key, ...]:
    decimals = 0 if all(abs(100 * bound - round(100 * bound)) < 1e-6 for bound in bounds) else 1
    count = len(bounds) - 1
    keys = [Key("city", city, 1)] if city else []
    for at in reversed(range(count)):
        style = str(at + 1 + CLASSES - count)
        words = _("%(low)s to %(high)s") % {
            "low": percent(bounds[at], decimals),
            "high": percent(bounds[at + 1], decimals),
        }
        keys.append(Key(style, words, sum(one.style == style for one in shapes)))
    if unknown := sum(one.style == "unknown" for one in shapes):
        keys.append(Key("unknown", hidden, unknown))
    return tuple(keys)


def _made(found: Located, source: str) -> str:
    """How the map was made: borders with their source, or circles with that of their places."""
    if source:
        return _("Borders: %(source)s.") % {"source": source}
    places = _("Places and inhabitants: CBS, 2023.")
    return f"{LEVELS[found.level]} {places}"


def of_retention(found: Sequence[Mapping[str, Any]]) -> AreaMap | None:
    """What each area keeps, on a map, where the places of the table are areas that are known."""
    rows = [one["place"] for one in found]
    found = [one for one in found if one["graduates"]]
    told = [one for one in found if one["retention"] is not None]
    if not told:
        return None
    most, least = (pick(told, key=lambda one: one["retention"]) for pick in (max, min))
    title = _("Retention by area: from %(least_share)s in %(least)s to %(most_share)s in %(most)s") % {
        "most": most["name"],
        "most_share": percent(most["retention"], 0),
        "least": least["name"],
        "least_share": percent(least["retention"], 0),
    }
    return area_map(
        {one["place"]: one["name"] for one in found},
        {one["place"]: one["retention"] for one in found},
        title=title,
        label=_("Map of areas by the share of graduates who grew up there and live there at 28"),
        rows=rows,
        hidden=_("kept back or not known"),
    )
