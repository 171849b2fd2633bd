# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In which language a text is: Dutch, English, or one that we can't tell.

Each word votes with the logarithm of how much more often it is written in the one language than in the other, by the
counts of wordfreq; small words vote most, since every sentence has them.
"""

from __future__ import annotations

import math
import re
from functools import cache

from mainport.catalogue.search.documents import UNKNOWN

#: Words that are read of a text; more tell nothing new.
ENOUGH = 60
#: How often a word stands in a language that doesn't know it.
UNSEEN = 1e-7
#: So much of a lead one language needs a word, on average: e to this power times as likely.
LEAD = 0.35
#: So much of a text's words one of the languages must know.
KNOWN = 0.5

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@cache
def _frequencies() -> tuple[dict[str, float], dict[str, float]]:
    from wordfreq import get_frequency_dict

    return get_frequency_dict("nl", "best"), get_frequency_dict("en", "best")


def language_of(text: str, otherwise: str = UNKNOWN) -> str:
    """'nl' or 'en'; `otherwise` where neither is clearly the likelier one, or both are unlikely."""
    found = _WORD.findall(text[: ENOUGH * 12].lower())[:ENOUGH]
    if not found:
        return otherwise
    dutch, english = _frequencies()
    lead, known = 0.0, 0
    for word in found:
        in_dutch, in_english = dutch.get(word, UNSEEN), english.get(word, UNSEEN)
        lead += math.log(in_dutch / in_english)
        known += in_dutch > UNSEEN or in_english > UNSEEN
    if known < KNOWN * len(found) or abs(lead) < LEAD * len(found):
        return otherwise
    return "nl" if lead > 0 else "en"
