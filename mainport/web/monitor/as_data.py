# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators as JSON and as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mainport.agenda.queries import Named
from mainport.monitor.queries.indicators import Gaps
from mainport.monitor.rules.changes import Said
from mainport.monitor.rules.formula import Point
from mainport.monitor.rules.revisions import Revision
from mainport.monitor.rules.standing import moment
from mainport.web.agenda.views.parts import site_of
from mainport.web.monitor.show import Shown
from mainport.web.monitor.words import period_words
from mainport.web.templatetags.mainport import words


def gaps_json(gaps: Gaps) -> dict[str, Any]:
    return {
        "indicators": gaps.indicators,
        "without_target": list(gaps.without_target),
        "without_number": list(gaps.without_number),
        "not_connected": list(gaps.not_connected),
        "without_values": list(gaps.without_values),
    }


def site_context(named: Named) -> dict[str, Any]:
    """For a page that has read the alliance already: its frame asks nothing."""
    return site_of(named.alliance) | {"demo": getattr(named.alliance, "holds_demo", False)} if named.alliance else {}


def summary(shown: Shown) -> dict[str, Any]:
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


def flat(shown: Shown) -> dict[str, Any]:
    found = summary(shown)
    goal = shown.standing.goal
    return found | {
        "title": words(found["title"]),
        "unit": words(found["unit"]),
        "measures": " ".join(found["measures"]),
        "targets": f"{words(goal.words) if goal.words else goal.value} ({goal.period})" if goal else "",
    }


def in_full(shown: Shown) -> dict[str, Any]:
    definition, standing = shown.definition, shown.standing
    assessment, forecast = standing.assessment, standing.forecast
    return summary(shown) | {
        "definition": dict(definition.definition),
        "direction": definition.direction.value,
        "owner": definition.owner,
        "feed": definition.connection.feed,
        "table": definition.connection.table,
        "values": list(rows_of(shown)),
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
        "revised": [_revised(one) for one in shown.revisions],
    }


def _revised(one: Revision) -> dict[str, Any]:
    return {
        "area" if one.is_area else "source": one.where,
        "period": period_words(one.span),
        "start": one.span.start,
        "end": one.span.end,
        "was": said_json(one.old),
        "now": said_json(one.new),
        "learnt_at": one.learnt_at,
        "until": one.until,
    }


def said_json(said: Said) -> Any:
    """A number; words by language; null for what was taken back."""
    return said.value if isinstance(said, Point) else dict(said) if said else None


def rows_of(shown: Shown) -> Iterator[dict[str, Any]]:
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
    for one in shown.revisions:
        yield {
            "kind": "revised",
            "area": one.where if one.is_area else area,
            "period": period_words(one.span),
            "at": moment(one.span),
            **empty,
            "value": one.old.value if isinstance(one.old, Point) else None,
            "words": "" if isinstance(one.old, Point) else words(one.old),
            "source": shown.definition.connection.table if one.is_area else one.where,
            "known_from": one.learnt_at,
            "known_until": one.until,
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
