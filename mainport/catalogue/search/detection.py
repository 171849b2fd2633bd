# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In which language a text is: Dutch, English, or one that we can't tell.

Each word votes with the logarithm of how much more often it is written in the one language than in the other, by the
counts of wordfreq; small words vote most, since every sentence has them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache

from mainport.catalogue.search.documents import UNKNOWN

#: Words that are read of a text; more tell nothing new.
ENOUGH = 60
#: How often a word stands in a language that doesn't know it.
UNSEEN = 1e-7
#: The rarest word that wordfreq counts.
RAREST = 1e-8
#: So much of a lead one language needs a word, on average: e to this power times as likely.
LEAD = 0.35
#: So much of a lead all words together need.
LEAST_LEAD = 1.0
#: A text of so many words whose words are so rare on average in the likelier language is in a third one.
STRANGE_FROM, STRANGE = 8, -12.0
#: A presumption of so much is knowledge.
SURE = 20.0
#: So much of a text's words one of the languages must know.
KNOWN = 0.5

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@cache
def _frequencies() -> tuple[dict[str, float], dict[str, float]]:
    from wordfreq import get_frequency_dict

    return get_frequency_dict("nl", "best"), get_frequency_dict("en", "best")


def language_of(text: str, presumed: str = UNKNOWN, presumption: float = 0.0) -> str:
    """'nl' or 'en'; UNKNOWN where neither is clearly the likelier one, or both are unlikely.

    `presumed` is what is likely before a word is read (the language of the asker, or of most of a collection), and
    e to the power `presumption` how much more likely than the other; it settles the short and the doubtful texts.
    """
    found = _WORD.findall(text[: ENOUGH * 12].lower())[:ENOUGH]
    lead = {"nl": presumption, "en": -presumption}.get(presumed, 0.0)
    if not found:
        return presumed if lead else UNKNOWN
    told, known, rarity = _votes(found)
    lead += told
    if len(found) >= STRANGE_FROM and rarity < STRANGE and presumption < SURE:
        return UNKNOWN
    if not presumption and (known < KNOWN * len(found) or abs(told) < LEAD * len(found)):
        return UNKNOWN
    return UNKNOWN if abs(lead) < LEAST_LEAD else ("nl" if lead > 0 else "en")


def leaning(texts: Iterable[str]) -> tuple[str, float]:
    """The language of most of the texts, and how far one of them is presumed to be in it before it is read."""
    dutch = english = 0.5
    for text in texts:
        told, _known, _rarity = _votes(_WORD.findall(text[: ENOUGH * 12].lower())[:ENOUGH])
        # A text votes with how likely it is the one, not with its length.
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, told))))
        dutch += chance
        english += 1 - chance
    odds = math.log(dutch / english)
    return ("nl" if odds > 0 else "en"), abs(odds)


def _votes(found: Sequence[str]) -> tuple[float, int, float]:
    """How much more likely Dutch is than English by these words, as a logarithm; how many either knows; and the mean
    logarithm of how often they occur in the likelier one."""
    dutch, english = _frequencies()
    lead = rare_in_dutch = rare_in_english = 0.0
    known = 0
    for word in found:
        one, other = dutch.get(word, RAREST), english.get(word, RAREST)
        lead += math.log(max(one, UNSEEN) / max(other, UNSEEN))
        rare_in_dutch += math.log(one)
        rare_in_english += math.log(other)
        known += one > UNSEEN or other > UNSEEN
    return lead, known, max(rare_in_dutch, rare_in_english) / max(len(found), 1)


def is_written(word: str) -> bool:
    """Whether people write this word in either language: it is no mistake of typing."""
    return any(often.get(word, 0.0) > UNSEEN for often in _frequencies())
