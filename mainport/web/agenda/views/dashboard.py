# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All that measures a goal, sector, chapter or theme on one page, as small charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.queries import Gone
from mainport.agenda.rules.elements import Kind
from mainport.monitor.queries.measured import measured
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.views.parts import Crumb, crumbs_to, short, site_of, title_of
from mainport.web.monitor import signs
from mainport.web.monitor.kept import Kept, kept
from mainport.web.pages import Page


@dataclass(frozen=True)
class Group:
    """The indicators of one element."""

    element: Element
    items: list[Kept]


def dashboard(kind: Kind) -> Callable[..., Page | HttpResponse]:
    """The view of one kind. What was taken out of the agenda has its own page that says so."""

    def page(request: HttpRequest, key: str) -> Page | HttpResponse:
        try:
            element = queries.element_at(kind, key)
        except ObjectDoesNotExist:
            raise Http404(f"{kind}:{key}") from None
        except Gone:
            return redirect(reverse(kind, kwargs={"key": key}))
        around = queries.neighbourhood(element)
        inside = [element, *around.below]
        briefs = measured(in_full=True).of(e.uid for e in inside)
        charts = {shown.key: shown for shown in kept(briefs)}
        groups = _groups(inside, charts)
        *above, _self = crumbs_to(element, around.above)
        return Page(
            template="monitor/dashboard.html",
            context={
                **site_of(around.above[0]),
                "element": element,
                "page_title": _("%(element)s: what is measured") % {"element": title_of(element)},
                "breadcrumbs": [*above, Crumb(short(element), url_of(element)), Crumb(_("What is measured"))],
                "groups": groups,
                "sentence": signs.sentence(briefs),
                "tally": signs.tally(briefs),
            },
            data={
                "uid": element.uid,
                "title": element.title,
                "measured": signs.to_json(briefs),
                "indicators": [_row(group, shown) for group in groups for shown in group.items],
            },
            rows=[_row(group, shown) for group in groups for shown in group.items],
        )

    return require_safe(page)


def _groups(inside: list[Element], charts: dict[str, Kept]) -> list[Group]:
    """By the first element that each measures, in the agenda's order; what can be seen comes first."""
    left = dict(charts)
    found = []
    for element in inside:
        mine = [left.pop(key) for key, shown in list(left.items()) if element.uid in shown.definition.measures]
        if mine:
            found.append(Group(element, sorted(mine, key=lambda shown: not shown.main)))
    return found


def _row(group: Group, shown: Kept) -> dict[str, Any]:
    return {"element": group.element.uid, **shown.to_json()}
