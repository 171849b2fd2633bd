# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Key figures of Campus Groningen, as others published them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.region.rules.campus import Difference, Figure, differences, published
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts.bands import Scale, Series
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.talent.show import Chart, chart
from mainport.web.templatetags.mainport import number

INDICATORS: dict[str, Promise] = {
    "companies": gettext_lazy("Companies on the campus"),
    "jobs": gettext_lazy("People who work on the campus"),
    "students": gettext_lazy("Students on the campus"),
    "student-growth": gettext_lazy("Growth of the number of students"),
}
_QUALIFIED: dict[str, Promise] = {
    "approximately": gettext_lazy("about %(value)s"),
    "more-than": gettext_lazy("more than %(value)s"),
}
_NOTES: dict[str, Promise] = {
    "read in an excerpt": gettext_lazy("read in an excerpt"),
    "read off a figure": gettext_lazy("read off a figure"),
}


def written(one: Figure) -> str:
    """The value as its source qualifies it."""
    value = show.percent(one.value / 100, 0) if one.unit == "percent" else number(one.value)
    return str(_QUALIFIED[one.qualifier]) % {"value": value} if one.qualifier else value


@require_safe
def campus_figures(request: HttpRequest) -> Page:
    """Every figure with its source and year; where sources don't agree, both stand and the page says so."""
    found = published()
    told = differences(found)
    apart = {id(one) for difference in told for one in difference.figures}
    title = _("Campus Groningen in figures")
    rows = [
        {
            "indicator": str(INDICATORS[one.indicator]),
            "year": str(one.year),
            "value": written(one),
            "source": one.source,
            "source_url": one.source_url,
            "note": str(_NOTES[one.note]) if one.note else "",
            "differs": id(one) in apart,
        }
        for one in found
    ]
    context = {
        "page_title": title,
        "breadcrumbs": show.way(Crumb(title)),
        "rows": rows,
        "latest": [_latest(name) for name in ("companies", "jobs", "students")],
        "differences": [_sentence(one) for one in told],
        "chart": _chart(),
    }
    data = [
        {
            "indicator": one.indicator,
            "year": one.year,
            "value": one.value,
            "unit": one.unit,
            "qualifier": one.qualifier,
            "source": one.source,
            "source_url": one.source_url,
            "note": one.note,
        }
        for one in found
    ]
    return Page("region/companies_campus.html", context, {"figures": data, "differences": context["differences"]}, data)


def _latest(indicator: str) -> dict[str, Any]:
    one = [figure for figure in published() if figure.indicator == indicator][-1]
    return {
        "value": written(one),
        "label": f"{INDICATORS[indicator]}, {one.year}",
        "source": one.source,
        "source_url": one.source_url,
    }


def _sentence(one: Difference) -> str:
    told = "; ".join(f"{figure.year}: {written(figure)} ({figure.source})" for figure in one.figures)
    indicator = {"indicator": INDICATORS[one.indicator], "told": told}
    if one.same_year:
        return _("%(indicator)s: sources give other numbers for one year. %(told)s") % indicator
    return _("%(indicator)s: sources give one number for several years. %(told)s") % indicator


def _chart() -> Chart:
    points = {one.year: float(one.value) for one in published() if one.indicator == "companies"}
    about = "; ".join(f"{year}: {number(value)}" for year, value in points.items())
    scale = Scale(lambda value: number(value), [(year, str(year)) for year in points])
    return chart("campus", str(INDICATORS["companies"]), about, [Series("", list(points.items()))], scale)
