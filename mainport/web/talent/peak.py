# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The autumn peak: rooms asked for and rooms there are by week, and what moving a lever does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mainport.talent.feeds.told import autumns
from mainport.talent.models import Scenario
from mainport.talent.queries import kept
from mainport.talent.rules.intake import Intake, Method
from mainport.talent.rules.peak import Outcome, simulate
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts.bands import Scale, Series
from mainport.web.pages import Page
from mainport.web.region.show import filled, percent, refused, wants_data
from mainport.web.talent import show
from mainport.web.talent.human_capital import edit_url, points
from mainport.web.talent.lever_forms import PeakForm
from mainport.web.talent.show import Chart, about, signed, way, what_if, whole, word
from mainport.web.templatetags.mainport import words

#: The week with which drawings of the autumn begin.
FIRST = 26
METHODS: dict[Method, Promise] = {
    Method.RATIO: gettext_lazy("Share of registrations that comes, as in earlier years"),
    Method.SEASONAL: gettext_lazy("Pattern of earlier years, at this year's level"),
    Method.SMOOTHING: gettext_lazy("Intakes of earlier years alone, smoothed"),
    Method.ETS: gettext_lazy("Weekly line: level, damped trend and season (ETS)"),
    Method.SARIMA: gettext_lazy("Weekly line: changes on last week and last year (SARIMA)"),
}
_WHAT: dict[str, Promise] = {
    "rooms short in August and September": gettext_lazy("Rooms short in August and September"),
    "beds for the peak": gettext_lazy("Beds set up for the peak"),
    "shortage of student rooms": gettext_lazy("Shortage of student rooms"),
}
_NOTES: dict[str, Promise] = {
    "about": gettext_lazy("about"),
    "almost": gettext_lazy("almost"),
    "never full that year": gettext_lazy("never full that year"),
}
_PLACES: dict[str, Promise] = {
    "Gemeente Groningen": gettext_lazy("Municipality of Groningen"),
    "Netherlands": gettext_lazy("The Netherlands"),
}


@dataclass(frozen=True)
class Reckoned:
    """What was asked, what comes of it, and what comes of the scenario as it is."""

    outcome: Outcome
    still: Outcome
    changed: bool

    @classmethod
    def of(cls, form: PeakForm, said: Mapping[str, Any]) -> Reckoned:
        asked = form.moved(said)
        still = simulate(form.peak)
        return cls(simulate(asked) if asked != form.peak else still, still, asked != form.peak)


@require_safe
def peak(request: HttpRequest, key: str) -> Page | HttpResponse:
    """The autumn as the levers in the address move it."""
    scenario = show.scenario_or_404(Scenario.Kind.PEAK, key)
    read = kept.peak(scenario)
    form, said = filled(PeakForm, request.GET, peak=read.peak)
    assert isinstance(form, PeakForm)
    if form.errors and wants_data(request):
        return refused(request, form)
    found = Reckoned.of(form, said)
    title = words(scenario.title)
    rows = [
        {"week": week.week}
        | {name: round(getattr(week, name), 2) for name in vars(week) if name not in ("week", "chance")}
        | {"chance": round(week.chance, 4)}
        for week in found.outcome.weeks
    ]
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "scenario": scenario,
        "about": read.about,
        "form": form,
        "reset_url": request.path,
        "said": _said(found.outcome),
        "figures": _figures(found),
        "charts": _charts(found),
        "weeks": [_week(week) for week in found.outcome.weeks if week.demand or week.chance],
        "certainties": _certainties(found),
        "changed": found.changed,
        "runs": read.peak.runs,
        "intakes": [_intake(group, intake) for group, intake in read.intakes.items()],
        "told": [_told(one) for one in autumns()],
        "edit_url": edit_url(request, scenario),
    }
    outcome = found.outcome
    data = {
        "scenario": scenario.key,
        "version": scenario.version,
        "source": read.about.source,
        "demo": read.about.demo,
        "runs": read.peak.runs,
        "peak_week": outcome.peak_week,
        "shortage": {"p50": outcome.p50, "p90": outcome.p90, "chance": outcome.chance},
        "certainty": outcome.certainty,
        "beds": outcome.beds,
        "beds_unmoved": found.still.beds,
        "beds_by_certainty": {f"{level:g}": beds for level, beds in outcome.beds_by_certainty.items()},
        "weeks": rows,
        "intakes": {group: _intake_data(intake) for group, intake in read.intakes.items()},
        "told": [one.as_data() for one in autumns()],
    }
    return what_if(request, "talent/peak.html", context, data, rows, wrong=bool(form.errors))


def _rooms(count: float) -> str:
    return ngettext("%(count)s room", "%(count)s rooms", round(count)) % {"count": whole(count)}


def _said(outcome: Outcome) -> str:
    """What comes of it, in a sentence."""
    if outcome.peak_week is None:
        return _("There are rooms enough in every week")
    if not outcome.p90:
        return _("One in ten autumns at most is short of rooms, most often in week %(week)s") % {
            "week": outcome.peak_week
        }
    if not outcome.p50:
        return _(
            "Half of all autumns at most are short of rooms, most often in week %(week)s; one in ten lacks more than"
            " %(p90)s"
        ) % {"week": outcome.peak_week, "p90": _rooms(outcome.p90)}
    return _(
        "Most autumns are tightest in week %(week)s; in their worst week half of all autumns lack more than"
        " %(p50)s, one in ten more than %(p90)s"
    ) % {
        "week": outcome.peak_week,
        "p50": _rooms(outcome.p50),
        "p90": _rooms(outcome.p90),
    }


def _figures(found: Reckoned) -> list[dict[str, Any]]:
    outcome, still = found.outcome, found.still
    sure = percent(outcome.certainty, 0 if round(100 * outcome.certainty, 1) % 1 == 0 else 1)
    figures = [
        {
            "value": whole(outcome.beds),
            "unit": _("beds"),
            "label": _("To add, to be %(sure)s certain") % {"sure": sure},
        },
        {
            "value": str(outcome.peak_week) if outcome.peak_week else "–",
            "label": _("Week in which most autumns are tightest")
            + (f" ({_month(outcome.peak_week)})" if outcome.peak_week else ""),
        },
        {"value": percent(outcome.chance, 0), "label": _("Of the autumns fall short in some week")},
    ]
    if found.changed:
        change = outcome.beds - still.beds
        figures.append({"value": signed(change), "unit": _("beds"), "label": _("Than in the scenario as it is")})
    return figures


def _month(week: int) -> str:
    """In which month a week of the year falls."""
    from django.utils.formats import date_format

    return date_format(date.fromisocalendar(2026, week, 4), "F")


def _charts(found: Reckoned) -> list[Chart]:
    # The autumn; and from before it where rooms are short earlier in the year.
    begin = min([FIRST, *(max(1, week.week - 1) for week in found.outcome.weeks if week.p90 > 0)])
    weeks = [week for week in found.outcome.weeks if week.week >= begin]
    ticks = [(float(week.week), str(week.week)) for week in weeks]
    worst = found.outcome.peak_week
    at = (float(worst), _("week %(week)s") % {"week": worst}) if worst and worst >= begin else None
    demand = Series(
        _("rooms asked for"),
        [(week.week, week.demand) for week in weeks],
        [(week.week, week.demand_low, week.demand_high) for week in weeks],
    )
    supply = Series(
        _("rooms there are"),
        [(week.week, week.supply) for week in weeks],
        [(week.week, week.supply_low, week.supply_high) for week in weeks],
    )
    fullest = max(weeks, key=lambda week: week.demand)
    words_of = _(
        "Lines of rooms asked for and rooms there are, from week %(begin)s to 52. At the most, %(demand)s are asked"
        " for and %(supply)s are there. Bands hold eight of ten autumns."
    ) % {"begin": begin, "demand": whole(fullest.demand), "supply": whole(fullest.supply)}
    first = show.chart("rooms", _said(found.outcome), words_of, [demand, supply], Scale(whole, ticks, at=at))
    series = [
        Series(_("one in ten: more"), [(week.week, week.p90) for week in weeks]),
        Series(_("half: more"), [(week.week, week.p50) for week in weeks]),
    ]
    title = _("Rooms short by week: what half, and nine in ten, of the autumns don't exceed")
    text = _(
        "Lines of the shortage by week. At the worst, %(p90)s in one in ten autumns and %(p50)s in half of them."
    ) % {
        "p90": whole(max(week.p90 for week in weeks)),
        "p50": whole(max(week.p50 for week in weeks)),
    }
    return [first, show.chart("short", title, text, series, Scale(whole, ticks, at=at))]


def _week(week: Any) -> dict[str, str]:
    return {
        "week": str(week.week),
        "demand": whole(week.demand),
        "demand_band": about(week.demand_low, week.demand_high),
        "supply": whole(week.supply),
        "supply_band": about(week.supply_low, week.supply_high),
        "p50": whole(week.p50),
        "p90": whole(week.p90),
        "chance": percent(week.chance, 0),
    }


def _certainties(found: Reckoned) -> list[dict[str, Any]]:
    still = found.still.beds_by_certainty
    return [
        {
            "certainty": percent(level, 0 if round(100 * level, 1) % 1 == 0 else 1),
            "beds": whole(beds),
            "still": whole(still.get(level)),
            "asked": level == found.outcome.certainty,
        }
        for level, beds in found.outcome.beds_by_certainty.items()
    ]


def _intake(group: str, intake: Intake) -> dict[str, Any]:
    """What each method says of a group, and how wrong it was on the year left out."""
    rows = []
    for method, expected in intake.by_method.items():
        last = intake.left_out[method][-1]
        rows.append(
            {
                "method": METHODS[method],
                "chosen": method == intake.method,
                "expected": whole(expected),
                "forecast": whole(last.forecast),
                "enrolled": whole(last.enrolled),
                "error": points(last.error),
                "usual": percent(_usual(intake, method)),
            }
        )
    return {
        "group": word(group),
        "year": str(intake.year),
        "last_year": str(intake.left_out[intake.method][-1].year),
        "expected": whole(intake.expected),
        "spread": percent(intake.spread),
        "method": METHODS[intake.method],
        "rows": rows,
    }


def _usual(intake: Intake, method: Method) -> float:
    """The root of the mean square of a method's errors over all years left out: by this one is chosen."""
    errors = [left.error for left in intake.left_out[method]]
    return float((sum(error * error for error in errors) / len(errors)) ** 0.5)


def _intake_data(intake: Intake) -> dict[str, Any]:
    return {
        "year": intake.year,
        "method": str(intake.method),
        "expected": round(intake.expected, 1),
        "spread": round(intake.spread, 4),
        "by_method": {str(method): round(value, 1) for method, value in intake.by_method.items()},
        "left_out": {
            str(method): [
                {
                    "year": one.year,
                    "forecast": round(one.forecast, 1),
                    "enrolled": one.enrolled,
                    "error": round(one.error, 4),
                }
                for one in lefts
            ]
            for method, lefts in intake.left_out.items()
        },
    }


def _told(one: Any) -> dict[str, Any]:
    note = str(_NOTES.get(one.note, one.note))
    return {
        "year": str(one.year),
        "what": str(_WHAT.get(one.what, one.what)),
        "place": str(_PLACES.get(one.place, one.place)),
        "value": whole(one.value),
        "before": note if one.note in ("about", "almost") else "",
        "note": note if one.note not in ("about", "almost") else "",
        "source": one.source,
        "address": one.address,
    }
