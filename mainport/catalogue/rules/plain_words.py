# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Hints for a summary that everybody can read: sentences that are long, words that are long. It decides nothing.

The measures are those of language level B1 as Dutch governments use them: sentences of ten words on average and
none above 15 or 20 (https://www.communicatierijk.nl, "Begrijpelijke taal").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LONG_SENTENCE = 20
_AVERAGE = 15
_LONG_WORD = 15
_SHOWN = 5


@dataclass(frozen=True)
class Hints:
    """What could be plainer."""

    words: int
    average: float  # Words in a sentence.
    long_sentences: tuple[str, ...]  # The beginning of each.
    long_words: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        return not self.long_sentences and not self.long_words and self.average <= _AVERAGE


def hints(text: str) -> Hints:
    """
    >>> hints("Dit is kort. Dat ook.").is_plain, hints("Energietransitieproblematiek.").long_words
    (True, ('Energietransitieproblematiek',))
    """
    sentences = [part.strip() for part in re.split(r"(?<=[.!?])\s+|\n+", text) if part.strip()]
    counted = [(sentence, len(sentence.split())) for sentence in sentences]
    total = sum(count for _sentence, count in counted)
    long = [
        " ".join(sentence.split()[:6]) + " …"
        for sentence, count in sorted(counted, key=lambda one: -one[1])
        if count > _LONG_SENTENCE
    ]
    words = dict.fromkeys(re.findall(rf"[^\W\d_]{{{_LONG_WORD},}}", text))
    average = total / len(counted) if counted else 0.0
    return Hints(total, average, tuple(long[:_SHOWN]), tuple(list(words)[:_SHOWN]))
