# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the agenda. What stands in it is public; drafts of reports are not: see `reporting`."""

from mainport.agenda.queries.elements import (
    UnknownElement,
    agenda,
    agenda_on,
    below,
    elements,
    find,
    has_demo,
    snapshot,
    source_of,
    versions,
)
from mainport.agenda.queries.neighbourhood import (
    Gone,
    Neighbourhood,
    element_at,
    links_of,
    neighbourhood,
)
from mainport.agenda.queries.overview import (
    Changed,
    Happening,
    Outline,
    counts,
    lately,
    latest_reports,
    next_milestones,
    outline,
    sources_in_use,
)
from mainport.agenda.queries.reporting import (
    MilestoneView,
    milestones_of,
    reporting_periods,
    reports_on,
    visible,
)
from mainport.agenda.queries.standing import periods, standing_of, standings

__all__ = [
    "Changed",
    "Gone",
    "Happening",
    "MilestoneView",
    "Neighbourhood",
    "Outline",
    "UnknownElement",
    "agenda",
    "agenda_on",
    "below",
    "counts",
    "element_at",
    "elements",
    "find",
    "has_demo",
    "lately",
    "latest_reports",
    "links_of",
    "milestones_of",
    "neighbourhood",
    "next_milestones",
    "outline",
    "periods",
    "reporting_periods",
    "reports_on",
    "snapshot",
    "source_of",
    "sources_in_use",
    "standing_of",
    "standings",
    "versions",
    "visible",
]
