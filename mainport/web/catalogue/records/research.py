# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The landing page of Open Onderzoek: what it is, what came in last, what there is by task, sector and kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.catalogue.queries import show as queries
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.catalogue.records import labels
from mainport.web.catalogue.records.show import search_url, site, work_line
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import say

NEWEST = 8


@require_safe
def research(request: HttpRequest) -> Page:
    by = actor_of(request.user)
    counted = queries.counted()
    newest = queries.newest(queries.works(), NEWEST)
    elements = list(agenda.elements(Kind.SECTOR, Kind.GOAL, Kind.TASK)) if counted.total else []
    context, _name = site()
    groups = [
        _group(_("By sector"), "sector", counted.sectors, [e for e in elements if e.kind == Kind.SECTOR]),
        {
            "title": _("By kind of work"),
            "items": [
                {
                    "label": labels.type_of(code, several=True),
                    "code": "",
                    "count": count,
                    "url": search_url(tab="research", type=code),
                }
                for code, count in sorted(counted.types.items(), key=lambda pair: -pair[1])
            ],
        },
    ]
    groups.append(
        _group(_("By task of the agenda"), "task", counted.tasks, [e for e in elements if e.kind == Kind.TASK])
    )
    context |= {
        "page_title": "Open Onderzoek Groningen",
        "breadcrumbs": crumbs(Crumb(_("Research"))),
        "total": counted.total,
        "newest": [work_line(record) for record in newest],
        "groups": [group for group in groups if group["items"]],
        "search_url": url_or_nothing("search"),
        "all_url": search_url(tab="research"),
        "hand_in_url": url_or_nothing("handing_in_list"),
        "may_hand_in": by.may(Permission.HAND_IN),
        "feeds": {"rss": reverse("research_rss"), "atom": reverse("research_atom")},
    }
    data = {
        "count": counted.total,
        "by_type": counted.types,
        "by_task": counted.tasks,
        "by_sector": counted.sectors,
        "by_goal": counted.goals,
        "newest": [
            {"key": record.key, "title": record.titles, "type": record.type, "published": record.published}
            for record in newest
        ],
    }
    rows = [
        {"by": name, "key": key, "works": count}
        for name in ("type", "task", "sector", "goal")
        for key, count in sorted(getattr(counted, f"{name}s").items())
    ]
    return Page("catalogue/records/research.html", context, data, rows)


def _group(title: str, name: str, counts: dict[str, int], elements: list[Any]) -> dict[str, Any]:
    """What there is by an element of the agenda, in the agenda's order; each leads to the search page, or its own."""
    return {
        "title": title,
        "items": [
            {
                "label": say(element.title),
                "code": element.key if name == "task" else "",
                "count": counts[element.key],
                "url": search_url(tab="research", **{name: element.key}) or url_of(element),
            }
            for element in elements
            if counts.get(element.key)
        ],
    }
