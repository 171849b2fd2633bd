# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How pages say periods and where reports are."""

from __future__ import annotations

from django import template

from mainport.agenda.models import ReportingPeriod
from mainport.agenda.queries import Slot
from mainport.agenda.rules.reporting import ReportState
from mainport.web.workspace import labels

register = template.Library()


@register.filter
def period_label(period: ReportingPeriod) -> str:
    """What a period is called: third quarter of 2026."""
    return labels.period_label(period.start, period.end)


@register.filter
def report_state(state: str) -> str:
    """The word for where a report is: handed in."""
    return str(labels.REPORT_STATES[ReportState(state)])


@register.filter
def report_glyph(state: str) -> str:
    """The glyph for where a report is, by the name of the state of an element that has it."""
    return labels.GLYPHS[ReportState(state)]


@register.filter
def slot_state(slot: Slot) -> str:
    """The word for where a report is, or that it is late."""
    return labels.slot_state(slot)


@register.filter
def slot_glyph(slot: Slot) -> str:
    return labels.slot_glyph(slot)


@register.filter
def event_words(action: str) -> str:
    """What somebody did with a report, after their name."""
    return str(labels.EVENTS.get(action, action))
