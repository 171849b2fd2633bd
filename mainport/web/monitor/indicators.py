# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators: all as small charts, and what is lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda.models import Element
from mainport.agenda.queries import with_alliance
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.monitor import queries
from mainport.monitor.queries.citing import sources_of
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.monitor.as_data import flat, gaps_json, site_context, summary
from mainport.web.monitor.show import Shown, all_shown
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
            **site_context(named),
            "page_title": _("Indicators"),
            "breadcrumbs": crumbs(Crumb(_("Indicators"))),
            "groups": _groups(shown, named.elements),
            "count": len(shown),
            "gaps": gaps,
            "with_target": len(shown) - len(gaps.without_target),
        },
        data={"count": len(shown), "gaps": gaps_json(gaps), "indicators": [summary(one) for one in shown]},
        rows=[flat(one) for one in shown],
    )


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
        data=gaps_json(gaps),
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
