# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words that an export adds to those of the agenda, in the languages that the house speaks.

They stand here and not among the translations of the site, so that an export needs no Django.
"""

from __future__ import annotations

from collections.abc import Mapping

_WORDS: dict[str, dict[str, str]] = {
    "en": {
        "language": "Language",
        "founded": "Alliance founded",
        "adopted": "Agenda adopted",
        "member": "partner of the alliance",
        "lead": "lead",
        "partner": "partner",
        "forum": "forum",
        "goal": "Goal",
        "sector": "Sector",
        "chapter": "Chapter",
        "theme": "Theme",
        "task": "Task",
        "flagship": "Flagship",
        "project": "Project",
        "milestone": "Milestone",
        "part of": "Part of",
        "start": "Start",
        "end": "End",
        "horizon": "Horizon",
        "result": "Expected result",
        "demo": "Invented example",
    },
    "nl": {
        "language": "Taal",
        "founded": "Samenwerking sinds",
        "adopted": "Agenda vastgesteld",
        "member": "partner van het samenwerkingsverband",
        "lead": "trekker",
        "partner": "partner",
        "forum": "overlegtafel",
        "goal": "Doel",
        "sector": "Sector",
        "chapter": "Hoofdstuk",
        "theme": "Thema",
        "task": "Opgave",
        "flagship": "Vlaggenschip",
        "project": "Project",
        "milestone": "Mijlpaal",
        "part of": "Onderdeel van",
        "start": "Begin",
        "end": "Einde",
        "horizon": "Horizon",
        "result": "Verwacht resultaat",
        "demo": "Verzonnen voorbeeld",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words in this language; in English where the house doesn't speak it."""
    return _WORDS.get(language, _WORDS["en"])
