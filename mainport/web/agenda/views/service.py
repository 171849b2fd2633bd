# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages that explain: the rule of states, the glossary, this site; the printable view; the map for crawlers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.agenda.rules.status import State
from mainport.web import glossary as terms
from mainport.web.agenda import standing
from mainport.web.agenda.addresses import LISTS, url_of, url_or_nothing
from mainport.web.agenda.facts import row
from mainport.web.agenda.views.home import figure_of
from mainport.web.agenda.views.parts import Crumb, crumbs, today
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@require_safe
def status_rule(request: HttpRequest) -> HttpResponse:
    """The rule by which a state comes about, in plain words."""
    title = _("How a state comes about")
    context = {"page_title": title, "breadcrumbs": crumbs(Crumb(title)), "states": [state.value for state in State]}
    return render(request, "agenda/status_rule.html", context)


@require_safe
def glossary(request: HttpRequest) -> Page:
    """The terms of the agenda with their meaning."""
    groups = terms.groups()
    return Page(
        template="agenda/glossary.html",
        context={"page_title": _("Glossary"), "breadcrumbs": crumbs(Crumb(_("Glossary"))), "groups": groups},
        data={
            "terms": [
                {"id": term.key, "term": term.term, "meaning": term.meaning} for group in groups for term in group.terms
            ]
        },
        rows=[
            {"id": term.key, "term": words(term.term), "meaning": words(term.meaning)}
            for group in groups
            for term in group.terms
        ],
    )


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, on what it stands, and whose it is."""
    title = _("About this site")
    context = {
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(title)),
        "sources": queries.sources_in_use(),
        "open_data_url": url_or_nothing("open_data"),
    }
    return render(request, "agenda/about.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return _text(request, "agenda/accessibility.html", _("Accessibility"))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return _text(request, "agenda/privacy.html", _("Privacy"))


def _text(request: HttpRequest, template: str, title: str) -> HttpResponse:
    return render(request, template, {"page_title": title, "breadcrumbs": crumbs(Crumb(title))})


# --- The printable view ---


@require_safe
def print_view(request: HttpRequest, uid: str = "") -> Page:
    """The whole agenda, or one goal, sector or chapter, as one document to print."""
    found = queries.outline(with_sources=True)
    standings = queries.standings(today())
    pillars = [e for e in found.rows if e.kind in PILLARS and (not uid or e.uid == uid)]
    if uid and not pillars:
        raise Http404(uid)
    kinds = (Kind.GOAL, Kind.THEME, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)
    shown = [e for e in found.rows if any(e.tree_key.startswith(pillar.tree_key) for pillar in pillars)]
    titles = standing.titles_of([*found.rows, *found.parties.values()])
    extra = list(queries.elements(Kind.ALLIANCE, Kind.CONTRIBUTION, Kind.FIGURE).select_related("source"))
    figures = [figure_of(e) for e in extra if e.kind == Kind.FIGURE] if not uid else []
    parts: list[dict[str, Any]] = [
        {
            "element": e,
            "level": min(6, 2 + sum(e.tree_key.startswith(o.tree_key) and o.pk != e.pk for o in shown)),
            "standing": standing.say(standings.get(e.uid), titles),
            "lead": found.lead(e),
            "partners": found.taking_part(e),
            "plan": found.plans.get(e.pk),
        }
        for e in shown
        if e.kind in (*PILLARS, *kinds)
    ]
    title = words(pillars[0].title) if uid else _("The whole agenda")
    return Page(
        template="agenda/print.html",
        context={
            "page_title": title,
            "agenda": next((e for e in extra if e.kind == Kind.ALLIANCE), None),
            "whole": not uid,
            "parts": parts,
            "figures": figures,
            "contributions": [e for e in extra if e.kind == Kind.CONTRIBUTION] if not uid else [],
            "per_year": sum(e.attributes["per_year"] for e in extra if e.kind == Kind.CONTRIBUTION),
            "total": sum(e.attributes["total"] for e in extra if e.kind == Kind.CONTRIBUTION),
            "day": today(),
            "breadcrumbs": crumbs(Crumb(_("Agenda"), reverse("agenda_tree")), Crumb(_("Printable view"))),
        },
        data={
            "elements": [
                {"uid": p["element"].uid, "title": p["element"].title, "state": p["standing"].state} for p in parts
            ]
        },
        rows=[_row(part) for part in parts],
    )


def _row(part: dict[str, Any]) -> dict[str, Any]:
    lead = part["lead"]
    return row(part["element"], state=part["standing"].state, lead=words(lead.title) if lead else "")


# --- For crawlers ---

_WITH_A_PAGE = tuple(kind for kind in Kind if kind not in (Kind.ALLIANCE, Kind.PLAN, Kind.MILESTONE))
_SERVICE = (
    "home",
    "agenda_tree",
    "implementation_agenda",
    "money",
    "money_totals",
    "indicator_list",
    "gap_list",
    "feed_list",
    "research",
    "provider_list",
    "status_rule",
    "glossary",
    "about",
    "accessibility",
    "privacy",
)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """sitemaps.org: every page of the agenda in every language, each naming the others."""
    uids = [f"{kind}:{key}" for kind, key in queries.elements(*_WITH_A_PAGE).values_list("kind", "key")]
    languages = [code for code, _name in settings.LANGUAGES]
    addresses = []
    for code in languages:
        with translation.override(code):
            addresses.append([*(reverse(name) for name in (*_SERVICE, *LISTS.values())), *map(url_of, uids)])
    pages = [
        [(code, f"{settings.SITE_URL}{url}") for code, url in zip(languages, urls, strict=True)]
        for urls in zip(*addresses, strict=True)
    ]
    return render(request, "agenda/sitemap.xml", {"pages": pages}, content_type="application/xml")
