# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A human-capital agenda: people and jobs of sectors, year by year, and what moving a lever does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.talent.models import Scenario
from mainport.talent.queries import kept
from mainport.talent.rules.human_capital import Band, Flow, Line, Plan, flows, project
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts.bands import Scale, Series
from mainport.web.pages import Page
from mainport.web.region.show import filled, percent, refused, wants_data
from mainport.web.talent import show
from mainport.web.talent.lever_forms import PlanForm
from mainport.web.talent.show import Chart, about, hundredths, signed, way, what_if, whole, word
from mainport.web.templatetags.mainport import number, words


@dataclass(frozen=True)
class Reckoned:
    """What was asked, and what comes of it; `without` is the same with no lever moved."""

    plan: Plan
    lines: list[Line]
    without: dict[tuple[str, str, str, str, int], Line]
    sector: str
    demand: str

    @classmethod
    def of(cls, plan: Plan, said: Mapping[str, Any], form: PlanForm) -> Reckoned:
        own = plan.levers if said.get("own") else ()
        asked = replace(plan, end=int(said["end"]), levers=(*own, *form.levers(said)))
        still = project(replace(asked, levers=(), runs=0))
        return cls(asked, project(asked), {_key(line): line for line in still}, said["sector"], said["demand"])

    @property
    def chosen(self) -> list[Line]:
        """The years of what is shown: a sector or all of them, under one scenario of demand."""
        return [
            line for line in self.lines if (line.scenario, line.sector, line.level) == (self.demand, self.sector, "*")
        ]

    @property
    def last(self) -> Line:
        return self.chosen[-1]

    @property
    def last_still(self) -> Line:
        return self.without[_key(self.last)]


def _key(line: Line) -> tuple[str, str, str, str, int]:
    return line.scenario, line.sector, line.level, line.field, line.year


@require_safe
def human_capital(request: HttpRequest, key: str) -> Page | HttpResponse:
    """The scenario as the levers in the address move it."""
    scenario = show.scenario_or_404(Scenario.Kind.HUMAN_CAPITAL, key)
    read = kept.plan(scenario)
    form, said = filled(PlanForm, request.GET, plan=read.plan)
    assert isinstance(form, PlanForm)
    if form.errors and wants_data(request):
        return refused(request, form)
    found = Reckoned.of(read.plan, said, form)
    rows = [_row(found, line) for line in found.lines]
    title = words(scenario.title)
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "scenario": scenario,
        "about": read.about,
        "form": form,
        "reset_url": request.path,
        "said": _said(found),
        "figures": _figures(found),
        "charts": [_people(found), _ratio(found)],
        "years": [_year(found, line) for line in found.chosen],
        "sectors": [_sector(found, line) for line in _ends(found, "*")],
        "cells": [_sector(found, line) for line in _ends(found, "cells")],
        "flows": _flows(found),
        "end": str(found.plan.end),
        "start": str(found.plan.start),
        "sector_word": _name(found.sector),
        "demand_word": word(found.demand),
        "own": [_lever(lever) for lever in read.plan.levers] if said.get("own") else [],
        "spread": read.plan.spread,
        "runs": found.plan.runs,
        "tests": [
            {"test": test, "error": percent(test.error), "bias": points(test.bias), "naive": percent(test.naive_error)}
            for test in read.back_test
        ],
        "edit_url": edit_url(request, scenario),
    }
    data = {
        "scenario": scenario.key,
        "version": scenario.version,
        "source": read.about.source,
        "demo": read.about.demo,
        "levers": [
            {"kind": str(one.kind), "amount": one.amount, "sector": one.sector, "from": one.start}
            for one in found.plan.levers
        ],
        "runs": found.plan.runs,
        "lines": rows,
        "back_test": [
            {
                "years_ahead": test.ahead,
                "projections": test.projections,
                "error": test.error,
                "bias": test.bias,
                "error_of_no_change": test.naive_error,
            }
            for test in read.back_test
        ],
    }
    return what_if(request, "talent/human_capital.html", context, data, rows, wrong=bool(form.errors))


def edit_url(request: HttpRequest, scenario: Scenario) -> str:
    may = actor_of(request.user).may(Permission.MANAGE_REGION)
    return reverse("scenario_edit", kwargs={"key": scenario.key}) if may else ""


def _row(found: Reckoned, line: Line) -> dict[str, Any]:
    """A line for programs."""
    row: dict[str, Any] = {
        "demand": line.scenario,
        "sector": line.sector,
        "level": line.level,
        "field": line.field,
        "year": line.year,
    }
    for name in ("supply", "demand", "gap", "ita"):
        value: float | None = getattr(line, name)
        band: Band | None = getattr(line, f"{name}_band")
        column = "jobs" if name == "demand" else name
        row[column] = None if value is None else round(value, 4)
        row[f"{column}_p10"] = round(band.p10, 4) if band else None
        row[f"{column}_p90"] = round(band.p90, 4) if band else None
    return row | {"gap_without_levers": round(found.without[_key(line)].gap, 4)}


def _name(sector: str) -> str:
    return _("All sectors") if sector == "*" else word(sector)


def _balance(gap: float, year: int) -> str:
    """People short or too many, in words."""
    if round(gap) < 0:
        return _("%(count)s people short in %(year)s") % {"count": whole(-gap), "year": year}
    if round(gap) > 0:
        return _("%(count)s people more than jobs in %(year)s") % {"count": whole(gap), "year": year}
    return _("as many people as jobs in %(year)s") % {"year": year}


def _said(found: Reckoned) -> str:
    """What comes of it, in a sentence."""
    return f"{_name(found.sector)}: {_balance(found.last.gap, found.last.year)}"


def _figures(found: Reckoned) -> list[dict[str, Any]]:
    last, still = found.last, found.last_still
    figures = [
        {
            "value": signed(last.gap),
            "unit": _("people"),
            "label": _("People less jobs, in %(year)s") % {"year": last.year},
        },
        {
            "value": _ita(last.ita),
            "label": _("People for each job (ITA), in %(year)s; under 1 there are too few") % {"year": last.year},
        },
    ]
    if found.plan.levers:
        change = last.gap - still.gap
        figures.append(
            {
                "value": signed(change),
                "unit": _("people"),
                "label": _("What the levers change, in %(year)s") % {"year": last.year},
            }
        )
    return figures


def _ita(value: float | None) -> str:
    return "" if value is None else hundredths(value)


def points(value: float) -> str:
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{percent(abs(value))}"


def _ticks(lines: Sequence[Line]) -> list[tuple[float, str]]:
    return [(line.year, str(line.year)) for line in lines]


def _people(found: Reckoned) -> Chart:
    lines = found.chosen
    series = [
        Series(_("people"), [(one.year, one.supply) for one in lines], _band(lines, "supply_band")),
        Series(_("jobs"), [(one.year, one.demand) for one in lines], _band(lines, "demand_band")),
    ]
    if found.plan.levers:
        still = [found.without[_key(one)] for one in lines]
        series.append(Series(_("people, nothing moved"), [(one.year, one.supply) for one in still]))
    first, last = lines[0], lines[-1]
    about_it = _(
        "Lines of people and jobs. In %(start)s there are %(s0)s people and %(d0)s jobs, filled and open; in %(end)s"
        " %(s1)s people and %(d1)s jobs. Bands hold eight of ten runs."
    ) % {
        "start": first.year,
        "end": last.year,
        "s0": whole(first.supply),
        "d0": whole(first.demand),
        "s1": whole(last.supply),
        "d1": whole(last.demand),
    }
    return show.chart("people", _said(found), about_it, series, Scale(whole, _ticks(lines)))


def _ratio(found: Reckoned) -> Chart:
    lines = [one for one in found.chosen if one.ita is not None]
    last = found.last
    under = last.ita is not None and last.ita < 1
    title = (
        _("In %(year)s there are %(ita)s people for each job: too few")
        if under
        else _("In %(year)s there are %(ita)s people for each job: enough")
    ) % {"year": last.year, "ita": _ita(last.ita)}
    series = [Series(_("people for each job"), [(one.year, one.ita or 0.0) for one in lines], _band(lines, "ita_band"))]
    scale = Scale(
        lambda value: number(round(value, 3)), _ticks(lines), from_zero=False, level=(1.0, _("as many people as jobs"))
    )
    text = _(
        "Line of supply divided by demand (ITA), from %(first)s to %(last)s. The band holds eight of ten runs."
    ) % {
        "first": _ita(lines[0].ita),
        "last": _ita(lines[-1].ita),
    }
    return show.chart("ratio", title, text, series, scale)


def _band(lines: Sequence[Line], name: str) -> list[tuple[float, float, float]]:
    found: list[tuple[float, float, float]] = []
    for line in lines:
        band: Band | None = getattr(line, name)
        if band:
            found.append((line.year, band.p10, band.p90))
    return found


def _between(band: Band | None) -> str:
    return about(band.p10, band.p90) if band else ""


def _year(found: Reckoned, line: Line) -> dict[str, str]:
    band = line.ita_band
    return {
        "year": str(line.year),
        "supply": whole(line.supply),
        "supply_band": _between(line.supply_band),
        "demand": whole(line.demand),
        "demand_band": _between(line.demand_band),
        "gap": signed(line.gap),
        "gap_band": _between(line.gap_band),
        "ita": _ita(line.ita),
        "ita_band": _("%(low)s to %(high)s") % {"low": _ita(band.p10), "high": _ita(band.p90)} if band else "",
        "still": signed(found.without[_key(line)].gap),
    }


def _ends(found: Reckoned, what: str) -> list[Line]:
    """The last year of each sector under each scenario, or of each level and field under the chosen one."""
    last = [line for line in found.lines if line.year == found.plan.end]
    if what == "*":
        return [line for line in last if line.level == "*"]
    return [
        line
        for line in last
        if line.level != "*" and line.scenario == found.demand and found.sector in ("*", line.sector)
    ]


def _sector(found: Reckoned, line: Line) -> dict[str, str]:
    row = _year(found, line)
    return row | {
        "scenario": word(line.scenario),
        "sector": _name(line.sector),
        "level": word(line.level),
        "field": word(line.field),
    }


def _flows(found: Reckoned) -> list[dict[str, str]]:
    """What changes the number of people each year, as expected."""
    by_year: dict[int, list[Flow]] = {}
    for one in flows(found.plan):
        if found.sector in ("*", one.sector):
            by_year.setdefault(one.year, []).append(one)
    names = ("before", "retired", "left", "graduates", "inflow", "retrained", "after")
    return [
        {"year": str(year)} | {name: whole(sum(getattr(one, name) for one in several)) for name in names}
        for year, several in by_year.items()
    ]


def _lever(lever: Any) -> str:
    """A lever of the scenario itself, in words."""
    from mainport.web.talent.lever_forms import LEVERS

    where = [word(one) for one in (lever.sector, lever.level, lever.field) if one]
    said = f"{LEVERS[lever.kind]}: {number(lever.amount)}"
    if where:
        said += f" ({', '.join(where)})"
    return _("%(lever)s, from %(year)s on") % {"lever": said, "year": lever.start} if lever.start else said
