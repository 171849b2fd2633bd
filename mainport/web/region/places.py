# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The landing page of the region: what it is in one picture, and the ways in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.queries.places import outlines
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.views.parts import Card, Crumb, crumbs, site_of
from mainport.web.pages import Page
from mainport.web.region.drawing import SHAPES, PlaceMap, Point, draw_places
from mainport.web.templatetags.mainport import words

_WITHIN = re.compile(r"±\s*(\d+(?:[.,]\d+)?)\s*(km|m)\b")


@dataclass(frozen=True)
class Spot:
    """A place of the agenda as pages show it; `within_km` where the text says how far it may be off."""

    number: int
    element: Element
    group: str
    group_label: str
    shape: int
    within_km: float | None

    @property
    def title(self) -> str:
        return words(self.element.title)

    @property
    def url(self) -> str:
        return url_of(self.element)

    @property
    def municipality(self) -> str:
        return str(self.element.attributes.get("municipality") or "")

    @property
    def precision(self) -> str:
        return words(self.element.attributes.get("precision"))

    @property
    def latitude(self) -> float | None:
        found: float | None = self.element.attributes.get("latitude")
        return found

    @property
    def longitude(self) -> float | None:
        found: float | None = self.element.attributes.get("longitude")
        return found

    def to_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "place": self.element.uid,
            "title": self.title,
            "sector": self.group_label,
            "municipality": self.municipality,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "within_km": self.within_km,
            "precision": self.precision,
            "coordinates_source": self.element.attributes.get("coordinates_source", ""),
            "url": self.url,
        }


@dataclass(frozen=True)
class Group:
    """Places of one sector, or of another heading of the agenda's map."""

    label: str
    shape: int
    path: str
    spots: list[Spot]


def within_km(precision: str) -> float | None:
    """How far a place may lie from its point, where the text gives a figure.

    >>> within_km("PC4 centroid, ± 1.5 km (postcode believed)"), within_km("± 700 m"), within_km("town centre")
    (1.5, 0.7, None)
    """
    found = _WITHIN.search(precision)
    if not found:
        return None
    amount = float(found[1].replace(",", "."))
    return amount if found[2] == "km" else amount / 1000


def spots() -> list[Spot]:
    """All places of the agenda, numbered in its order, by sector or heading. Two queries."""
    elements = list(queries.elements(Kind.PLACE).select_related("source"))
    named = queries.links_of(elements, "sector")
    found: list[tuple[Element, str, str]] = []
    for element in elements:
        sector = next(iter(named.get(element.pk, {}).get("sector", [])), None)
        heading = str(element.attributes.get("field") or "")
        key = sector.key if sector else heading
        label = words(sector.title) if sector else labels.value("field", heading) if heading else _("Other places")
        found.append((element, key, label))
    order = list(dict.fromkeys(key for _element, key, _label in found))
    found.sort(key=lambda one: order.index(one[1]))
    return [
        Spot(
            number=number,
            element=element,
            group=key,
            group_label=label,
            shape=order.index(key) % SHAPES,
            within_km=within_km(words(element.attributes.get("precision"))),
        )
        for number, (element, key, label) in enumerate(found, 1)
    ]


def groups(found: Sequence[Spot]) -> list[Group]:
    from mainport.web.region.drawing import shape_path

    by_key: dict[str, Group] = {}
    for spot in found:
        empty = Group(spot.group_label, spot.shape, shape_path(spot.shape, 13, 13, 9), [])
        by_key.setdefault(spot.group, empty).spots.append(spot)
    return list(by_key.values())


def map_of(found: Sequence[Spot], *, narrow: bool = False) -> PlaceMap | None:
    """The map of those of which it is known where they are, on the borders that come with Mainport."""
    points = [
        Point(spot.number, spot.longitude, spot.latitude, spot.shape, spot.within_km)
        for spot in found
        if spot.latitude is not None and spot.longitude is not None
    ]
    return draw_places(points, outlines().rings, narrow=narrow)


@require_safe
def region(request: HttpRequest) -> Page:
    """The places of the agenda on a map, by sector, and what else there is to see of the region."""
    alliance = queries.alliance()
    found = spots()
    by_number = {spot.number: spot for spot in found}
    title = pgettext("title", "The region")
    figures = [spot for spot in found if spot.within_km is not None]
    context = {
        **(site_of(alliance) if alliance else {}),
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(_("Region"))),
        "spots": found,
        "groups": groups(found),
        # One for a wide screen and one for a narrow one, of which one is shown.
        "maps": [
            {
                "drawing": drawing,
                "narrow": narrow,
                "marks": [(mark, by_number[mark.number]) for mark in drawing.marks],
            }
            for narrow in (False, True)
            if (drawing := map_of(found, narrow=narrow))
        ],
        "nowhere": [spot for spot in found if spot.latitude is None],
        "with_figure": len(figures),
        # The page says "simplified" in the language of the reader.
        "outlines_source": outlines().source.removesuffix(", simplified"),
        "source": found[0].element.source if found else None,
        "cards": cards(),
    }
    rows = [spot.to_json() for spot in found]
    return Page("region/region.html", context, {"count": len(rows), "places": rows}, rows)


def cards() -> list[Card]:
    """The ways in; a page that this installation doesn't have is left out."""
    ways = [
        (
            "region_shading",
            _("The daily urban system"),
            _("From where people travel to the city to work, and how far the region reaches."),
        ),
        (
            "region_places",
            _("Who works with whom"),
            _("Organisations that share tasks, flagships and works; and what is near you."),
        ),
        ("flow_list", _("Flows"), _("Who lives where and works, studies or shops where, by year and source.")),
        (
            "delineation_new",
            _("Draw regions yourself"),
            _("Six methods that make regions out of flows, with their settings and what they change."),
        ),
        (
            "region_areas",
            _("Municipalities through the years"),
            _("Which there were, what became of them, and how figures are brought to later borders."),
        ),
        ("company_list", _("Young companies"), _("Startups and scale-ups: jobs, funding, survival.")),
        ("talent", _("Talent"), _("Who comes, who stays, who returns; and the rooms that they need.")),
    ]
    return [Card(url, title, text) for name, title, text in ways if (url := url_or_nothing(name))]
