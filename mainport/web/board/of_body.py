# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the page of a body of the agenda shows of the board: who sits there, when it meets, what it decided."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mainport.agenda.models import Element
from mainport.board import queries
from mainport.core.rules.permissions import Actor
from mainport.web.board import labels, show

#: So many decisions stand on the page of a body; all of them in the register.
SHOWN = 5


def of_body(by: Actor, body: Element) -> tuple[dict[str, Any], dict[str, Any]]:
    """For the page, and as its data. Five queries at most."""
    view = queries.body(by, body)
    coming = queries.next_meetings(by, body=body.key)
    decisions = queries.in_brief(body=body.key)
    context = {
        "seats": [(seat, labels.ROLES[seat.role]) for seat in view.seats],
        "seats_demo": bool(view.seats) and all(seat.demo for seat in view.seats),
        "coming": [(meeting, labels.MEETING_STATES[meeting.state]) for meeting in coming],
        "decisions": decisions[:SHOWN],
        "register_url": f"{reverse('decision_list')}?body={body.key}",
        "decisions_count": len(decisions),
    }
    data = {
        "seats": [
            {"organisation": seat.organisation, "role": seat.role, "since": seat.start, "demo": seat.demo}
            for seat in view.seats
        ],
        "meetings": [show.meeting_json(meeting) for meeting in coming],
        "decisions": [{"key": one.key, "date": one.day, "title": one.title} for one in decisions],
    }
    return context, data
