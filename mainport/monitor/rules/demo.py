# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a table of invented values says that it is one, wherever it is taken along."""

from __future__ import annotations

KEYWORD = "demo"
_SAID = {"nl": "Verzonnen gegevens, om rond te kijken.", "en": "Invented data, to look around with."}


def title_of(title: str) -> str:
    """A title that nobody takes for that of real figures.

    >>> title_of("Banen")
    'Demo: Banen'
    """
    return f"Demo: {title}"


def description_of(description: str, language: str) -> str:
    return f"{_SAID.get(language[:2].lower(), _SAID['en'])} {description}".rstrip()
