# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies: their figures, how long they last by year of founding, and which they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.region.models import Company
from mainport.region.queries import companies as queries
from mainport.region.rules.companies import (
    MOST_AGE,
    Cohort,
    Figures,
    One,
    Point,
    cohorts,
    figures,
    is_scale_up,
    last_year,
    spans,
    survival,
)
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts.bands import Scale, Series
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.geography import name_of
from mainport.web.talent.show import Chart, chart
from mainport.web.templatetags.mainport import euro_short, number

A_PAGE = 50
#: So many cohorts are drawn; the table has every year.
DRAWN = 4
#: So many sources are named on the page; each row of the data names its own.
_MOST_SOURCES = 5


class CompanyForm(forms.Form):
    """Of which sector and municipality, and the figures of which year."""

    year = forms.TypedChoiceField(label=gettext_lazy("Figures of"), coerce=int)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)

    def __init__(self, *arguments: Any, choices: queries.Choices, years: Sequence[int], **more: Any) -> None:
        super().__init__(*arguments, **more)
        codes = sorted(choices.municipalities, key=name_of)
        of: dict[str, list[tuple[Any, str]]] = {
            "year": [(year, str(year)) for year in reversed(years)],
            "sector": [("", _("all sectors")), *((one, one) for one in choices.sectors)],
            "municipality": [("", _("all municipalities")), *((code, name_of(code)) for code in codes)],
        }
        for name, found in of.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.fields["year"].initial = years[-1]


@dataclass(frozen=True)
class Shown:
    """The companies that were asked for, followed up to a year."""

    companies: list[Company]
    ones: list[One]
    until: int
    year: int

    @property
    def every_year(self) -> list[Figures]:
        born = [one.founded for one in self.ones if one.founded is not None]
        return [figures(self.ones, year) for year in range(min(born, default=self.until), self.until + 1)]


@require_safe
def company_list(request: HttpRequest) -> Page | HttpResponse:
    """Figures of a year, curves by cohort, and the list. What is filtered away counts nowhere."""
    everything = list(queries.companies())
    until = last_year(queries.as_rules(everything))
    head = {
        "page_title": _("Young companies"),
        "breadcrumbs": show.way(Crumb(_("Young companies"))),
        "may_add": actor_of(request.user).may(Permission.MANAGE_REGION),
    }
    if until is None:
        return Page("region/companies.html", {**head, "shown": None}, {"count": 0, "companies": []}, [])
    form, said = show.filled(CompanyForm, request.GET, choices=queries.choices(), years=_years(everything, until))
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    chosen = [one for one in everything if _fits(one, said)]
    shown = Shown(chosen, queries.as_rules(chosen), until, said["year"])
    every_year, groups = shown.every_year, cohorts(shown.ones, until)
    together = survival(shown.ones, until)
    rows = _lines(shown)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        **head,
        "shown": shown,
        "form": form,
        "reset_url": request.path,
        "year": str(shown.year),
        "until": str(until),
        "count": len(rows),
        "demo": any(one.demo for one in chosen),
        "sources": _sources(chosen),
        "figures": _key_figures(figures(shown.ones, shown.year)),
        "unfounded": sum(one.founded is None for one in chosen),
        "charts": [*_survival_chart(shown, together), *_jobs_chart(shown)],
        "ages": [str(age) for age in range(1, MOST_AGE + 1)],
        "together": _share_cells(together),
        "interval": [show.percent(one.low, 0) + "–" + show.percent(one.high, 0) for one in together],
        "cohorts": [_cohort_row(one) for one in reversed(groups)],
        "by_year": [_year_row(one) for one in reversed(every_year)],
        "page_obj": page,
    }
    data = {
        "year": shown.year,
        "followed_until": until,
        "sector": said["sector"],
        "municipality": said["municipality"],
        "figures": asdict(figures(shown.ones, shown.year)),
        "years": [asdict(one) for one in every_year],
        "survival": [_point(one) for one in together],
        "cohorts": [_cohort_json(one) for one in groups],
        "count": len(rows),
        "companies": [_json(one) for one in chosen],
    }
    return Page("region/companies.html", context, data, _rows(chosen), status=400 if form.errors else 200)


def _years(companies: Sequence[Company], until: int) -> list[int]:
    first = min((one.founded for one in companies if one.founded is not None), default=until)
    # Some say that they go back a century: then the years that can be chosen are those of a generation.
    return list(range(max(first, until - 30), until + 1))


def _fits(one: Company, said: Mapping[str, Any]) -> bool:
    return (not said["sector"] or one.sector == said["sector"]) and (
        not said["municipality"] or one.municipality == said["municipality"]
    )


def _sources(companies: Sequence[Company]) -> list[str]:
    named = dict.fromkeys(year.source for one in companies for year in one.years.all() if year.source)
    files = dict.fromkeys(place["file"] for one in companies for place in one.sources)
    return list(named or files)[:_MOST_SOURCES]


def _key_figures(found: Figures) -> list[dict[str, Any]]:
    """Each with of how many it is known: what isn't known isn't zero."""

    def of(known: int) -> str:
        return ngettext("known of %(known)s company", "known of %(known)s companies", known) % {"known": number(known)}

    year = {"year": found.year}
    return [
        {"value": number(found.companies), "label": _("companies in %(year)s") % year},
        {"value": number(found.founded), "label": _("founded in %(year)s") % year},
        {"value": number(found.closed), "label": _("closed in %(year)s") % year},
        {
            "value": number(found.jobs),
            "label": "{}, {}".format(_("jobs in %(year)s") % year, of(found.jobs_known)),
        },
        {
            "value": number(round(float(found.funding) / 1e6, 1)),
            "unit": _("million euros"),
            "label": "{}, {}".format(_("funding in %(year)s") % year, of(found.funding_known)),
        },
        {"value": number(found.scale_ups), "label": "{}, {}".format(_("scale-ups"), of(found.growth_known))},
    ]


def _survival_chart(shown: Shown, together: Sequence[Point]) -> list[Chart]:
    groups = [
        one for one in cohorts(shown.ones, shown.until, width=spans(shown.ones, shown.until, most=DRAWN)) if one.points
    ]
    if not together:
        return []
    several = groups if len(groups) > 1 else []
    # All of them come last, so that a cohort has the same colour in both charts.
    series = [Series(_span(one), [(0, 1.0), *((at.age, at.share) for at in one.points)]) for one in several]
    series.append(
        Series(
            pgettext("companies", "all"),
            [(0, 1.0), *((one.age, one.share) for one in together)],
            [(0, 1.0, 1.0), *((one.age, one.low, one.high) for one in together)],
        )
    )
    last = together[-1]
    about = ngettext(
        "Of the companies %(share)s is still there %(age)s year after founding.",
        "Of the companies %(share)s is still there %(age)s years after founding.",
        last.age,
    ) % {"share": show.percent(last.share, 0), "age": last.age}
    scale = Scale(lambda value: show.percent(value, 0), [(age, str(age)) for age in range(MOST_AGE + 1)], most=1.0)
    title = _("Share that is still there, by years after founding")
    return [chart("survival", title, f"{about} {_('Every value is in the table below.')}", series, scale)]


def _jobs_chart(shown: Shown) -> list[Chart]:
    groups = cohorts(shown.ones, shown.until, width=spans(shown.ones, shown.until, most=DRAWN))
    series = [Series(_span(one), [(at.age, float(at.jobs)) for at in one.jobs]) for one in groups if len(one.jobs) > 1]
    if not series:
        return []
    scale = Scale(lambda value: number(value), [(age, str(age)) for age in range(MOST_AGE + 1)])
    title = _("Jobs of companies, by years after founding and years in which they were founded")
    return [chart("cohort-jobs", title, _("Every value is in the table below."), series, scale)]


def _span(one: Cohort) -> str:
    return str(one.last) if one.first == one.last else f"{one.first}–{one.last}"


def _share_cells(points: Sequence[Point]) -> list[str]:
    """By age; '' for one that isn't reached."""
    shares = {one.age: show.percent(one.share, 0) for one in points}
    return [shares.get(age, "") for age in range(1, MOST_AGE + 1)]


def _cohort_row(one: Cohort) -> dict[str, Any]:
    return {
        "label": _span(one),
        "companies": one.companies,
        "shares": _share_cells(one.points),
        "job_cells": [
            next((f"{number(kept.jobs)} ({kept.known})" for kept in one.jobs if kept.age == age), "")
            for age in range(MOST_AGE + 1)
        ],
    }


def _year_row(one: Figures) -> dict[str, Any]:
    return {
        "year": str(one.year),
        "found": one,
        "jobs": f"{number(one.jobs)} ({one.jobs_known})",
        "funding": f"{euro_short(float(one.funding))} ({one.funding_known})",
        "scale_ups": f"{number(one.scale_ups)} ({one.growth_known})",
    }


def _lines(shown: Shown) -> list[dict[str, Any]]:
    """The list: with the jobs of the year, and all funding that is known."""
    found = []
    for company, one in zip(shown.companies, shown.ones, strict=True):
        known = [year.funding for year in one.years if year.funding is not None]
        found.append(
            {
                "company": company,
                "municipality": name_of(company.municipality) if company.municipality else "",
                "founded": "" if company.founded is None else str(company.founded),
                "closed": "" if company.closed is None else str(company.closed),
                "jobs": one.jobs(shown.year),
                "funding": euro_short(float(sum(known))) if known else "",
                "scale_up": is_scale_up(one, shown.year),
            }
        )
    return found


def _point(one: Point) -> dict[str, Any]:
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in asdict(one).items()}


def _cohort_json(one: Cohort) -> dict[str, Any]:
    return {
        "founded": one.first,
        "companies": one.companies,
        "survival": [_point(at) for at in one.points],
        "jobs": [asdict(at) for at in one.jobs],
    }


def _json(one: Company) -> dict[str, Any]:
    return _plain(one) | {
        "other_names": one.names,
        "years": [
            {"year": year.year, "jobs": year.jobs, "funding": year.funding, "source": year.source}
            for year in one.years.all()
        ],
    }


def _plain(one: Company) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "kvk": one.kvk,
        "town": one.town,
        "municipality": one.municipality,
        "sector": one.sector,
        "founded": one.founded,
        "closed": one.closed,
        "website": one.website,
        "demo": one.demo,
    }


def _rows(companies: Sequence[Company]) -> list[dict[str, Any]]:
    """A row for each year of each company, as they can be taken in again; one for a company without years."""
    rows = []
    for one in companies:
        for year in one.years.all():
            told = {"year": year.year, "jobs": year.jobs, "funding": year.funding, "source": year.source}
            rows.append(_plain(one) | told)
        if not one.years.all():
            rows.append(_plain(one) | {"year": None, "jobs": None, "funding": None, "source": ""})
    return rows
