# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The landing page of talent: what is known of who stays, and the ways in."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.talent.models import Scenario
from mainport.talent.queries import kept
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Card, Crumb, crumbs
from mainport.web.pages import Page
from mainport.web.talent import published
from mainport.web.templatetags.mainport import words


@require_safe
def talent(request: HttpRequest) -> Page:
    """The ways in: who stays, people and jobs of sectors, the autumn, who is graduating."""
    title = pgettext("title", "Talent")
    scenarios = list(kept.scenarios())
    cards = [*_fixed(), *(_card(one) for one in scenarios)]
    may = actor_of(request.user).may(Permission.MANAGE_REGION)
    found = published.rates()
    context = {
        "page_title": title,
        "breadcrumbs": crumbs(Crumb(title)),
        "cards": [card for card in cards if card.url],
        "published": found,
        "tables_url": url_or_nothing("talent_table_list") if may else "",
    }
    rows = [one.to_json() for one in found]
    data = {
        "scenarios": [
            {"key": one.key, "kind": one.kind, "title": one.title, "version": one.version, "demo": one.demo}
            for one in scenarios
        ],
        "published": rows,
    }
    return Page("talent/talent.html", context, data, rows)


def _fixed() -> list[Card]:
    return [
        Card(
            url_or_nothing("talent_monitor"),
            _("Who stays, who leaves, who returns"),
            _("Paths from home by study to work, rates of places, and how long people stay."),
        ),
        Card(
            url_or_nothing("graduates"),
            _("Who is graduating here"),
            _("For companies: when, in what, how many; beside the jobs that are open."),
        ),
    ]


def _card(one: Scenario) -> Card:
    text = {
        Scenario.Kind.HUMAN_CAPITAL: _("How many people a sector will have and need, and what helps."),
        Scenario.Kind.PEAK: _("How many rooms the autumn lacks, in which week, and what helps."),
    }[Scenario.Kind(one.kind)]
    name = "human_capital" if one.kind == Scenario.Kind.HUMAN_CAPITAL else "peak"
    return Card(reverse(name, kwargs={"key": one.key}), words(one.title), text, demo=one.demo)
