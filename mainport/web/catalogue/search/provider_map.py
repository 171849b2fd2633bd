# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The map of where courses are given: a drawing, and the same as a table."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.catalogue.queries.places import Town, outlines, towns
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.charts.places import Spot, draw
from mainport.web.pages import Page


@require_safe
def provider_map(request: HttpRequest) -> Page:
    """Towns with what can be learnt there, those with most courses first."""
    found = towns(timezone.localdate())
    rows = [
        {
            "number": number,
            "town": town.name,
            "courses": len(town.courses),
            "free": len(town.free),
            "providers": sorted(town.providers),
            "latitude": town.latitude,
            "longitude": town.longitude,
            "url": url_of(town),
        }
        for number, town in enumerate(found, 1)
    ]
    spots = [
        Spot(number, town.longitude, town.latitude, len(town.courses))
        for number, town in enumerate(found, 1)
        if town.latitude is not None and town.longitude is not None
    ]
    borders = outlines()
    drawing = draw(spots, borders.rings)
    by_number = {row["number"]: row for row in rows}
    title = _("Where courses are given")
    context = {
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(_("Search"), reverse("search")), Crumb(title)),
        "rows": rows,
        "drawing": drawing,
        "circles": [(circle, by_number[circle.number]) for circle in drawing.circles] if drawing else [],
        "nowhere": [row for row in rows if row["latitude"] is None],
        # The page says "simplified" in the language of the reader.
        "outlines_source": borders.source.removesuffix(", simplified"),
        "first": rows[0] if rows else None,
    }
    data = {"source": borders.source, "towns": rows}
    flat = [{**row, "providers": "; ".join(row["providers"])} for row in rows]  # type: ignore[arg-type]
    return Page("catalogue/search/map.html", context, data, flat)


def url_of(town: Town) -> str:
    """The courses that are given there."""
    return f"{reverse('search')}?{urlencode({'tab': 'courses', 'town': town.name})}"
