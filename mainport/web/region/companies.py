# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies: their figures, how long they last by year of founding, and which they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from mainport.region.demo import INVENTED
from mainport.region.queries import companies as queries
from mainport.region.queries.companies import Listed
from mainport.region.rules.companies import (
    MOST_AGE,
    Cohort,
    One,
    Point,
    by_year,
    cohorts,
    guarding,
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
_KNOWN_OF = {"jobs": "jobs", "funding": "funding", "scale_ups": "growth"}


@dataclass(frozen=True)
class Choices:
    """What companies can be chosen by; `hidden` are those that whoever asks may not see one by one."""

    sectors: tuple[str, ...]
    municipalities: tuple[str, ...]
    hidden: tuple[Listed, ...]

    @classmethod
    def of(cls, everything: Sequence[Listed], hidden: Sequence[Listed]) -> Choices:
        """Without what would tell of a few companies that aren't shown."""
        found: dict[str, set[str]] = {}
        kept: dict[str, dict[str, list[str]]] = {}
        for column in ("sector", "municipality"):
            found[column] = {getattr(one, column) for one in everything} - {""}
            by = {value: [one.one.key for one in hidden if getattr(one, column) == value] for value in found[column]}
            found[column] = guarding.offered(by, len(hidden)) if hidden else found[column]
            kept[column] = {value: by[value] for value in found[column]}
        if hidden:
            for column, other in (("sector", "municipality"), ("municipality", "sector")):
                found[column] -= guarding.without_nested(kept[column], kept[other])
        return cls(tuple(sorted(found["sector"])), tuple(sorted(found["municipality"])), tuple(hidden))

    def may(self, sector: str, municipality: str) -> bool:
        """Whether both may be chosen together."""
        by = {one.one.key: one for one in self.hidden}
        ways: list[Callable[[One], bool] | None] = [
            (lambda one: by[one.key].sector == sector) if sector else None,
            (lambda one: by[one.key].municipality == municipality) if municipality else None,
        ]
        return guarding.may_choose([one.one for one in self.hidden], *ways)


class CompanyForm(forms.Form):
    """Of which sector and municipality, and the figures of which year."""

    year = forms.TypedChoiceField(label=gettext_lazy("Figures of"), coerce=int)
    sector = forms.ChoiceField(label=gettext_lazy("Sector"), required=False)
    municipality = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)

    def __init__(self, *arguments: Any, choices: Choices, years: Sequence[int], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._choices = choices
        codes = sorted(choices.municipalities, key=name_of)
        of: dict[str, list[tuple[Any, str]]] = {
            "year": [(year, str(year)) for year in reversed(years)],
            "sector": [("", _("all sectors")), *((one, one) for one in choices.sectors)],
            "municipality": [("", _("all municipalities")), *((code, name_of(code)) for code in codes)],
        }
        for name, found in of.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.fields["year"].initial = years[-1]

    def clean_municipality(self) -> str:
        municipality: str = self.cleaned_data["municipality"]
        if not self._choices.may(self.cleaned_data.get("sector", ""), municipality):
            raise forms.ValidationError(
                _("With this sector too few companies are left to tell about. Choose a sector or a municipality.")
            )
        return municipality


@dataclass(frozen=True)
class Shown:
    """The companies that were asked for, followed up to a year; `hidden` of them count in totals only."""

    chosen: list[Listed]
    ones: list[One]
    hidden: list[One]
    until: int
    year: int

    @property
    def listed(self) -> list[Listed]:
        """Those that whoever asks may see one by one."""
        hidden = {one.key for one in self.hidden}
        return [one for one in self.chosen if one.one.key not in hidden]

    def every_year(self) -> list[dict[str, Any]]:
        born = [one.founded for one in self.ones if one.founded is not None]
        first = min([*born, self.year], default=self.year)
        return guarding.guarded(by_year(self.ones, first, self.until), self.hidden)

    def survival(self) -> list[Point]:
        return guarding.guarded_survival(survival(self.ones, self.until), self.hidden, self.until)

    def cohorts(self, width: int = 1) -> list[Cohort]:
        return guarding.guarded_cohorts(cohorts(self.ones, self.until, width=width), self.hidden, self.until)


@require_safe
def company_list(request: HttpRequest) -> Page | HttpResponse:
    """Figures of a year, curves by cohort, and the list. What is filtered away counts nowhere.

    Companies of a source that allows totals only are listed for who manages the region; for others they count in
    totals that don't give a few of them away.
    """
    everything = queries.listed()
    until = last_year(one.one for one in everything)
    manages = actor_of(request.user).may(Permission.MANAGE_REGION)
    head = {
        "page_title": _("Young companies"),
        "breadcrumbs": show.way(Crumb(_("Young companies"))),
        "may_add": manages,
    }
    if until is None:
        return Page("region/companies.html", {**head, "shown": None}, {"count": 0, "companies": []}, [])
    choices = Choices.of(everything, [] if manages else [one for one in everything if not one.public])
    form, said = show.filled(CompanyForm, request.GET, choices=choices, years=_years(everything, until))
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    chosen = [one for one in everything if _fits(one, said)]
    hidden = [] if manages else [one.one for one in chosen if not one.public]
    shown = Shown(chosen, [one.one for one in chosen], hidden, until, said["year"])
    if show.wants_data(request):
        return Page("region/companies.html", {}, _data(shown, said), _rows(shown))
    context = head | _context(request, shown, manages) | {"form": form, "reset_url": request.path}
    return Page("region/companies.html", context, {}, [], status=400 if form.errors else 200)


def _context(request: HttpRequest, shown: Shown, manages: bool) -> dict[str, Any]:
    """What the page shows. Only the companies on this page of the list are fetched."""
    every_year, together, listed = shown.every_year(), shown.survival(), shown.listed
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    return {
        "shown": shown,
        "year": str(shown.year),
        "until": str(shown.until),
        "count": len(listed),
        "counted": _count_of(len(shown.ones), len(shown.hidden)),
        "hidden": bool(shown.hidden),
        "not_public": sum(not one.public for one in shown.chosen) if manages else 0,
        "demo": any(one.demo for one in shown.chosen),
        "sources": [_source(one) for one in queries.sources_of(shown.chosen)[:_MOST_SOURCES]],
        "figures": _key_figures(next(one for one in every_year if one["year"] == shown.year)),
        "unfounded": sum(one.founded is None for one in shown.ones) if not shown.hidden else 0,
        "charts": [*_survival_chart(shown, together), *_jobs_chart(shown)],
        "ages": [str(age) for age in range(1, MOST_AGE + 1)],
        "together": _share_cells(together),
        "interval": [show.percent(one.low, 0) + "–" + show.percent(one.high, 0) for one in together],
        "cohorts": [_cohort_row(one) for one in reversed(shown.cohorts())],
        "by_year": [_year_row(one) for one in reversed(every_year)],
        "page_obj": page,
        "lines": _lines(list(page.object_list), shown.year),
    }


def _source(written: str) -> str:
    """What was invented for the demonstration says so in either language."""
    return _("Invented, to show how it works") if written == INVENTED else written


def _count_of(count: int, hidden: int) -> str:
    return number(count) if guarding.is_safe(hidden) else str(_("kept back"))


def _data(shown: Shown, said: Mapping[str, Any]) -> dict[str, Any]:
    every_year = shown.every_year()
    return {
        "year": shown.year,
        "followed_until": shown.until,
        "sector": said["sector"],
        "municipality": said["municipality"],
        "figures": next(one for one in every_year if one["year"] == shown.year),
        "years": every_year,
        "survival": [_point(one, shown) for one in shown.survival()],
        "cohorts": [_cohort_json(one, shown) for one in shown.cohorts()],
        "count": len(shown.listed),
        "counted_in_totals_only": len(shown.hidden) if guarding.is_safe(len(shown.hidden)) else None,
        "companies": [_json(row, one) for row, one in _with_rows(shown)],
    }


def _years(everything: Sequence[Listed], until: int) -> list[int]:
    first = min((one.one.founded for one in everything if one.one.founded is not None), default=until)
    # Some say that they go back a century: then the years that can be chosen are those of a generation.
    return list(range(max(first, until - 30), until + 1))


def _fits(one: Listed, said: Mapping[str, Any]) -> bool:
    return (not said["sector"] or one.sector == said["sector"]) and (
        not said["municipality"] or one.municipality == said["municipality"]
    )


def _told(value: Any) -> str:
    """A number, or that it is kept back."""
    return str(_("kept back")) if value is None else number(value)


def _key_figures(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each with of how many it is known: what isn't known isn't zero."""

    def of(known: int | None) -> str:
        if known is None:
            return _("known of few companies")
        return ngettext("known of %(known)s company", "known of %(known)s companies", known) % {"known": number(known)}

    year = {"year": found["year"]}
    funding = found["funding"]
    return [
        {"value": _told(found["companies"]), "label": _("companies in %(year)s") % year},
        {"value": _told(found["founded"]), "label": _("founded in %(year)s") % year},
        {"value": _told(found["closed"]), "label": _("closed in %(year)s") % year},
        {
            "value": _told(found["jobs"]),
            "label": "{}, {}".format(_("jobs in %(year)s") % year, of(found["jobs_known"])),
        },
        {
            "value": _told(None if funding is None else round(float(funding) / 1e6, 1)),
            "unit": "" if funding is None else _("million euros"),
            "label": "{}, {}".format(_("funding in %(year)s") % year, of(found["funding_known"])),
        },
        {"value": _told(found["scale_ups"]), "label": "{}, {}".format(_("scale-ups"), of(found["growth_known"]))},
    ]


def _survival_chart(shown: Shown, together: Sequence[Point]) -> list[Chart]:
    groups = [one for one in shown.cohorts(spans(shown.ones, shown.until, most=DRAWN)) if one.points]
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
    below = _("Every value is in the table below.")
    return [chart("survival", title, f"{about} {below}", series, scale)]


def _jobs_chart(shown: Shown) -> list[Chart]:
    groups = shown.cohorts(spans(shown.ones, shown.until, most=DRAWN))
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


def _year_row(one: Mapping[str, Any]) -> dict[str, Any]:
    def known(name: str, say: Callable[[Any], str] = number) -> str:
        value, count = one[name], one[f"{_KNOWN_OF[name]}_known"]
        return _told(None) if value is None else f"{say(value)} ({_told(count)})"

    return {
        "year": str(one["year"]),
        "companies": _told(one["companies"]),
        "founded": _told(one["founded"]),
        "closed": _told(one["closed"]),
        "jobs": known("jobs"),
        "funding": known("funding", lambda value: euro_short(float(value))),
        "scale_ups": known("scale_ups"),
    }


def _lines(listed: Sequence[Listed], year: int) -> list[dict[str, Any]]:
    """Lines of the list: with the jobs of the year, and all funding that is known."""
    by_key = {one.one.key: one.one for one in listed}
    found = []
    for row in queries.told(listed):
        one = by_key[row["key"]]
        known = [year.funding for year in one.years if year.funding is not None]
        found.append(
            {
                "company": row,
                "municipality": name_of(row["municipality"]) if row["municipality"] else "",
                "founded": "" if row["founded"] is None else str(row["founded"]),
                "closed": "" if row["closed"] is None else str(row["closed"]),
                "jobs": one.jobs(year),
                "funding": euro_short(float(sum(known))) if known else "",
                "scale_up": is_scale_up(one, year),
            }
        )
    return found


def _point(one: Point, shown: Shown) -> dict[str, Any]:
    told = {name: round(value, 6) if isinstance(value, float) else value for name, value in asdict(one).items()}
    # Counts by age would tell of few where some aren't shown.
    return told if not shown.hidden else {name: told[name] for name in ("age", "share", "low", "high")}


def _cohort_json(one: Cohort, shown: Shown) -> dict[str, Any]:
    return {
        "founded": one.first,
        "companies": one.companies,
        "survival": [_point(at, shown) for at in one.points],
        "jobs": [asdict(at) for at in one.jobs],
    }


def _with_rows(shown: Shown) -> list[tuple[dict[str, Any], Listed]]:
    """What is told of each company that may be seen, with its years."""
    listed = shown.listed
    by_key = {one.one.key: one for one in listed}
    return [(row, by_key[row["key"]]) for row in queries.told(listed)]


def _json(row: Mapping[str, Any], one: Listed) -> dict[str, Any]:
    return _plain(row) | {"other_names": row["names"], "years": _years_of(one)}


def _years_of(one: Listed) -> list[dict[str, Any]]:
    return [
        {"year": year.year, "jobs": year.jobs, "funding": year.funding, "source": source}
        for year, source in zip(one.one.years, one.sources, strict=True)
    ]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("key", "name", "kvk", "town", "municipality", "sector", "founded", "closed", "website", "demo")
    return {name: row[name] for name in names}


def _rows(shown: Shown) -> Iterator[dict[str, Any]]:
    """A row for each year of each company, as they can be taken in again; one for a company without years."""
    for row, one in _with_rows(shown):
        plain = _plain(row)
        for year in _years_of(one) or [{"year": None, "jobs": None, "funding": None, "source": ""}]:
            yield plain | year
