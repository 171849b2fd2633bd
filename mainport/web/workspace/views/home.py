# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The home of the workspace: what waits for whoever is here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.queries import Slot
from mainport.agenda.rules.reporting import ReportState
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Actor, Permission, Role
from mainport.web.access import needs
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.standing import say
from mainport.web.pages import Page
from mainport.web.workspace import show
from mainport.web.workspace.progress import by_organisation
from mainport.web.workspace.waiting import waits

#: Of what waits, so many stand on the home page; all of it stands on the page of its period.
SHOWN = 40


@require_safe
@needs(Permission.ENTER_WORKSPACE)
def workspace(request: HttpRequest) -> Page | HttpResponse:
    by = actor_of(request.user)
    today = timezone.localdate()
    periods = list(queries.reporting_periods(open_only=True))
    slots = queries.slots(by, today, of=periods)
    to_write, may_write, to_review = waiting(slots, by)
    others = waits(by)
    context: dict[str, Any] = {
        "periods": periods,
        "to_write": show.rows(to_write[:SHOWN], by),
        "to_write_count": len(to_write),
        "may_write": show.rows(may_write[:SHOWN], by),
        "to_review": show.rows(to_review[:SHOWN], by),
        "to_review_count": len(to_review),
        "writes": bool(by.organisations(Permission.WRITE_REPORT)),
        "reviews": bool(by.organisations(Permission.REVIEW_REPORT)),
        "plans": queries.plans_led_by(by.organisations(Permission.EDIT_PLAN)),
        "waits": others.blocks,
        "waits_office": others.counts,
        "links": _links(by),
    }
    if by.may(Permission.MANAGE_PERIODS):
        late = [slot for slot in slots if slot.late]
        context |= {
            "office": True,
            "late_count": len(late),
            "organisations": by_organisation(slots),
            "happenings": queries.lately(5),
        }
    elif Role.STEERING_GROUP in by.roles:
        context |= _for_steering(by, alone=not slots)
    items = [*to_write, *to_review]
    data = {
        "to_write": [row.to_json() for row in show.rows(to_write, by)],
        "to_review": [row.to_json() for row in show.rows(to_review, by)],
        **others.to_json(),
    }
    return Page("workspace/home.html", context, data, [row.to_json() for row in show.rows(items, by)])


def waiting(slots: list[Slot], by: Actor) -> tuple[list[Slot], list[Slot], list[Slot]]:
    """What somebody must write, what they may write, what they must review; what is most pressing first."""
    writes = by.organisations(Permission.WRITE_REPORT)
    reviews = by.organisations(Permission.REVIEW_REPORT)
    ordered = sorted(
        slots, key=lambda s: (not s.late, s.state is not ReportState.RETURNED, s.period.due, s.element.order)
    )
    writing = [s for s in ordered if s.organisation.key in writes and s.waits_for is Permission.WRITE_REPORT]
    must = [s for s in writing if s.must or s.state is not ReportState.MISSING]
    may = [s for s in writing if not s.must and s.state is ReportState.MISSING]
    return must, may, [s for s in ordered if s.organisation.key in reviews and s.waits_for is Permission.REVIEW_REPORT]


def _for_steering(by: Actor, *, alone: bool) -> dict[str, Any]:
    """How the whole stands, and what was handed in last.

    Whoever also reports for an organisation finds the standing on the site's home page: all of it
    together would ask more queries than a page may.
    """
    found: dict[str, Any] = {"steering": True, "latest": queries.latest_handed_in(by)}
    if alone:
        standings = queries.standings(timezone.localdate())
        found["whole"] = next((say(s, {}) for uid, s in standings.items() if uid.startswith("alliance:")), None)
    return found


def _links(by: Actor) -> list[tuple[str, str]]:
    """(name, address) of what else this person may do, where it is there."""
    wanted = [
        (Permission.READ_MONEY, "books"),
        (Permission.ENTER_WORKSPACE, "subscription_list"),
        (Permission.MANAGE_FEEDS, "entry_list"),
        (Permission.MANAGE_FEEDS, "feed_list"),
        (Permission.REVIEW_WORK, "review_list"),
        (Permission.ENTER_WORKSPACE, "adoption_list"),
        (Permission.MANAGE_PEOPLE, "people"),
        (Permission.READ_AUDIT, "audit"),
        (Permission.USE_ADMIN, "admin:index"),
    ]
    found = [(name, url_or_nothing(name)) for permission, name in wanted if by.may(permission)]
    return [(name, url) for name, url in found if url]
