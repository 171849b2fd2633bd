# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Texts in several languages: a mapping from language (BCP 47) to words.

A name that is the same in every language stands under `mul`, the code of ISO 639-2 for
"multiple languages".
"""

from collections.abc import Mapping

Text = Mapping[str, str]

EVERY_LANGUAGE = "mul"


def say(text: Text | None, language: str) -> str:
    """The words in this language, or else in one that there is; '' where there are none.

    >>> say({"nl": "doel", "en": "goal"}, "nl")
    'doel'
    >>> say({"mul": "Wetsus"}, "nl")
    'Wetsus'
    """
    if not text:
        return ""
    return text.get(language) or text.get(EVERY_LANGUAGE) or text.get("en") or next(iter(text.values()))


def spoken(text: Text | None, language: str) -> str | None:
    """The language that `say` falls back on, where it isn't the one asked for: for a `lang` attribute."""
    if not text or text.get(language) or text.get(EVERY_LANGUAGE):
        return None
    return "en" if text.get("en") else next(iter(text))
