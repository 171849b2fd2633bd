# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who keeps the books: the alliance by its name in the agenda, and what the settings say of it."""

from __future__ import annotations

from django.conf import settings

from mainport.agenda.queries import elements
from mainport.agenda.rules.elements import Kind
from mainport.core.rules.languages import say
from mainport.cycle.rules.invoices import PartyData


def ourselves(language: str = "nl") -> PartyData:
    """As an invoice or auditfile names us."""
    alliance = elements(Kind.ALLIANCE).first()
    return PartyData(name=say(alliance.title, language) if alliance else "Mainport", country="NL", **settings.BOOKS)
