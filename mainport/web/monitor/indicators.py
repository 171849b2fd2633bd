# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators: all as small charts, one in full, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.monitor import queries
from mainport.monitor.models import Indicator
from mainport.monitor.queries.citing import Named, before, sources_of, with_alliance
from mainport.monitor.queries.indicators import Gaps
from mainport.monitor.rules.standing import moment
from mainport.web.agenda.views.parts import Crumb, crumbs, site_of
from mainport.web.monitor.show import Shown, all_shown
from mainport.web.monitor.words import period_words
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@dataclass(frozen=True)
class Group:
    """Indicators of one goal, sector or chapter."""

    pillar: Element | None
    items: list[Shown]


@require_safe
def indicator_list(request: HttpRequest) -> Page:
    """All indicators by what they measure, each with its small chart."""
    found = queries.values_of(queries.find_indicators())
    shown = all_shown(found, sources_of(found))
    gaps = queries.gaps(found)
    named = with_alliance(*PILLARS, Kind.THEME, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)
    return Page(
        template="monitor/indicators.html",
        context={
            **_site(named),
            "page_title": _("Indicators"),
            "breadcrumbs": crumbs(Crumb(_("Indicators"))),
            "groups": _groups(shown, named.elements),
            "count": len(shown),
            "gaps": gaps,
            "with_target": len(shown) - len(gaps.without_target),
        },
        data={"count": len(shown), "gaps": _gaps_json(gaps), "indicators": [_summary(one) for one in shown]},
        rows=[_flat(one) for one in shown],
    )


def _site(named: Named) -> dict[str, Any]:
    """The page has read the alliance already: its frame asks nothing."""
    return site_of(named.alliance) | {"demo": getattr(named.alliance, "holds_demo", False)} if named.alliance else {}


def _groups(shown: list[Shown], elements: Sequence[Element]) -> list[Group]:
    """By the first of what each measures, in the order of the agenda."""
    above = {row.pk: row for row in elements}
    found: dict[int | None, Group] = {row.pk: Group(row, []) for row in above.values() if row.kind in PILLARS}
    for one in shown:
        pillar = next((p for measured in one.one.indicator.measures.all() if (p := _pillar(measured, above))), None)
        found.setdefault(pillar.pk if pillar else None, Group(pillar, [])).items.append(one)
    return [group for group in found.values() if group.items]


def _pillar(element: Element, above: Mapping[int, Element]) -> Element | None:
    at: Element | None = element
    while at and at.kind not in PILLARS:
        at = above.get(at.parent_id) if at.parent_id else None
    return at


@require_safe
def indicator(request: HttpRequest, key: str) -> Page:
    """One indicator: chart, table, comparison, progress with its method, sources, downloads."""
    try:
        # What it measures is read along with its owner.
        (found,) = queries.values_of([queries.find_indicators().prefetch_related(None).get(key=key)])
    except Indicator.DoesNotExist:
        raise Http404(f"indicator:{key}") from None
    shown = Shown(found, sources_of([found]), before(found))
    title, definition = words(shown.definition.title), shown.definition
    keys = {definition.owner, *(uid.partition(":")[2] for uid in definition.measures)}
    named = with_alliance(*(kind for kind in Kind if kind != Kind.ALLIANCE), keys=keys)
    return Page(
        template="monitor/indicator.html",
        context={
            **_site(named),
            "page_title": title,
            "breadcrumbs": crumbs(Crumb(_("Indicators"), reverse("indicator_list")), Crumb(title)),
            "shown": shown,
            "measures": named.all(definition.measures),
            "owner": named.one(f"partner:{definition.owner}", f"organisation:{definition.owner}"),
            "feed": found.feed,
        },
        data=_in_full(shown),
        rows=list(_rows(shown)),
    )


@require_safe
def gap_list(request: HttpRequest) -> Page:
    """What is lacking before the goals can be measured: targets, connections, figures."""
    found = queries.values_of(queries.find_indicators())
    gaps = queries.gaps(found)
    by_key = {one.key: one for one in all_shown(found, {})}
    parts = [
        (_("No target agreed"), _("Nobody has decided what this must become, and by when."), gaps.without_target),
        (_("A target in words alone"), _("What must be reached can't be read off a figure."), gaps.without_number),
        (_("Not connected yet"), _("The figures don't come in by themselves."), gaps.not_connected),
        (_("No figure at all"), _("There is nothing to show yet."), gaps.without_values),
    ]
    return Page(
        template="monitor/gaps.html",
        context={
            "page_title": _("What can't be measured yet"),
            "breadcrumbs": crumbs(
                Crumb(_("Indicators"), reverse("indicator_list")), Crumb(_("What can't be measured yet"))
            ),
            "count": len(found),
            "parts": [
                {"title": title, "meaning": meaning, "items": [by_key[key] for key in keys]}
                for title, meaning, keys in parts
            ],
        },
        data=_gaps_json(gaps),
        rows=[
            {
                "indicator": one.key,
                "title": words(one.definition.title),
                "target": one.key not in gaps.without_target,
                "target_number": one.key not in (*gaps.without_target, *gaps.without_number),
                "connected": one.definition.connected,
                "values": one.one.has_values,
            }
            for one in by_key.values()
        ],
    )


# --- As data ---


def _gaps_json(gaps: Gaps) -> dict[str, Any]:
    return {
        "indicators": gaps.indicators,
        "without_target": list(gaps.without_target),
        "without_number": list(gaps.without_number),
        "not_connected": list(gaps.not_connected),
        "without_values": list(gaps.without_values),
    }


def _summary(shown: Shown) -> dict[str, Any]:
    assessment, definition = shown.standing.assessment, shown.definition
    return {
        "indicator": shown.key,
        "title": dict(definition.title),
        "unit": dict(definition.unit),
        "measures": list(definition.measures),
        "connected": definition.connected,
        "last_value": shown.main[-1][1] if shown.main else None,
        "last_start": shown.main[-1][0].start if shown.main else None,
        "last_end": shown.main[-1][0].end if shown.main else None,
        "status": assessment.status.value,
        "method": assessment.method.value,
        "progress": assessment.value,
        "targets": [
            {"period": g.period, "value": g.value, "words": g.words, "interim": g.interim, "source": g.source}
            for g in shown.one.goals
        ],
    }


def _flat(shown: Shown) -> dict[str, Any]:
    found = _summary(shown)
    goal = shown.standing.goal
    return found | {
        "title": words(found["title"]),
        "unit": words(found["unit"]),
        "measures": " ".join(found["measures"]),
        "targets": f"{words(goal.words) if goal.words else goal.value} ({goal.period})" if goal else "",
    }


def _in_full(shown: Shown) -> dict[str, Any]:
    definition, standing = shown.definition, shown.standing
    assessment, forecast = standing.assessment, standing.forecast
    return _summary(shown) | {
        "definition": dict(definition.definition),
        "direction": definition.direction.value,
        "owner": definition.owner,
        "feed": definition.connection.feed,
        "table": definition.connection.table,
        "values": list(_rows(shown)),
        "assessment": {
            "status": assessment.status.value,
            "value": assessment.value,
            "linear": assessment.linear,
            "low": assessment.low,
            "high": assessment.high,
            "notes": [note.value for note in assessment.notes],
        },
        "forecast": forecast
        and {
            "method": forecast.method.value,
            "level": forecast.level,
            "mean_absolute_error": forecast.back_test.mean_absolute_error,
            "forecasts_tested": forecast.back_test.forecasts,
        },
        "revised": shown.revised,
    }


def _rows(shown: Shown) -> Iterator[dict[str, Any]]:
    """Every value that the page shows, one a row: measured, published, agreed or expected."""
    empty = {"value": None, "low": None, "high": None, "words": "", "source": ""}
    for place in shown.definition.places:
        for span, point in shown.one.lines.get(place.id, {}).items():
            margin = {"low": point.value - point.margin, "high": point.value + point.margin} if point.margin else {}
            yield {
                "kind": "measured",
                "area": place.id,
                "period": period_words(span),
                "at": moment(span),
                **empty,
                "value": point.value,
                "source": shown.definition.connection.table,
                **margin,
            }
    area = shown.definition.areas[0]
    for figure in shown.one.figures:
        yield {
            "kind": "published",
            "area": area,
            "period": figure.period,
            "at": moment(figure.span),
            **empty,
            "value": figure.point.value if figure.point else None,
            "words": words(figure.words) if figure.words else words(figure.qualifier) if figure.qualifier else "",
            "source": figure.source,
        }
    for goal in shown.one.goals:
        yield {
            "kind": "interim target" if goal.interim else "target",
            "area": area,
            "period": goal.period,
            "at": goal.year,
            **empty,
            "value": goal.value,
            "words": words(goal.words) if goal.words else "",
            "source": goal.source,
        }
    for step in shown.standing.forecast.steps if shown.standing.forecast else ():
        yield {
            "kind": "forecast",
            "area": area,
            "period": f"{step.at:g}",
            "at": step.at,
            **empty,
            "value": step.value,
            "low": step.low,
            "high": step.high,
        }
