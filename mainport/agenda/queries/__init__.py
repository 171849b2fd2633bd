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

__all__ = [
    "UnknownElement",
    "agenda",
    "agenda_on",
    "below",
    "elements",
    "find",
    "has_demo",
    "snapshot",
    "source_of",
    "versions",
]
