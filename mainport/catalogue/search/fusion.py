# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Puts what the words say and what the meaning says of each record together, by what each has to go by.

The meaning speaks in standard deviations of likeness above chance, the words in points of BM25, which are larger the
rarer the words are and the more of them a record holds: a question of many telling words is answered by its words more
than a short or a vague one. One number, POINT, makes the two comparable. What it is worth then depends on how much of
the question the index knows: where records hold few of its words (it is in another language, or in other terms), a
word that does occur is likely to be there by chance, and counts in that proportion less. The same holds for the two
models of meaning: the second one is the better judge of translations, and counts more the less of the question is
known. docs/search.md tells where the numbers come from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainport.catalogue.search.answers import Explanation

Values = NDArray[np.float32]

#: What one point of BM25 is worth, in standard deviations of likeness, when the index knows every word.
POINT = 0.1
#: How much the second model of meaning counts when every word is known, and when none is.
SECOND_KNOWN, SECOND_UNKNOWN = 0.10, 0.35
#: A record that is found by its meaning alone must be so many standard deviations more alike than chance …
STANDS_OUT = 3.0
#: … and stand out among the records of this index: by so much less than the most that chance alone would give.
LENIENCE = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A record with what each ranker made of it; `words_share` is the words' part of the score."""

    uid: int
    score: float
    words_rank: int | None = None
    words_score: float = 0.0
    words_share: float = 0.0
    meaning_rank: int | None = None
    meaning_score: float = 0.0


def model_weights(known: float) -> tuple[float, float]:
    """How much each model of meaning counts, when this share of the question's words (by how telling they are) is
    known to the index."""
    second = SECOND_KNOWN + (SECOND_UNKNOWN - SECOND_KNOWN) * (1 - known)
    return (1 - second, second)


def fuse(
    candidates: Sequence[int], words: Mapping[int, float], meaning: Mapping[int, float], known: float = 1.0
) -> list[Ranked]:
    """The records, best first; of equals the newest. `known`: as model_weights has it."""
    words_rank = _ranks(words)
    meaning_rank = _ranks(meaning)
    # A record that is not embedded yet is taken to be as alike as the others with its words are.
    both = [meaning[uid] for uid in words if uid in meaning]
    unknown = float(np.mean(both)) if both else 0.0
    found: list[Ranked] = []
    for uid in candidates:
        said, meant = POINT * known * words.get(uid, 0.0), meaning.get(uid, unknown)
        share = said / (said + max(meant, 0.0)) if said else 0.0
        found.append(
            Ranked(uid, said + meant, words_rank.get(uid), words.get(uid, 0.0), share, meaning_rank.get(uid), meant)
        )
    return sorted(found, key=lambda one: (-one.score, -one.uid))


def bar(similar: Values) -> float:
    """How alike a record must be to be shown for its meaning alone.

    Of so many records the most alike one is expected to stand out by chance as the extreme of a normal distribution
    does; what doesn't come near that says nothing, in however narrow a field all of them are.
    """
    here = similar[similar > -1e6]
    if not len(here):
        return STANDS_OUT
    return bar_of(len(here), float(here.mean()), float(here.std()))


def bar_of(number: int, mean: float, spread: float) -> float:
    """The same, of so many records by the mean and the standard deviation of how alike they are."""
    extreme = math.sqrt(2 * math.log(number)) - LENIENCE
    return max(STANDS_OUT, mean + max(extreme, 0.0) * spread)


def stands_out(one: Ranked, least: float = STANDS_OUT) -> bool:
    """Whether a record without enough of the words is worth showing for its meaning."""
    return one.meaning_rank is not None and one.meaning_score >= least


def explained(one: Ranked) -> Explanation:
    return Explanation(
        score=one.score,
        words_rank=one.words_rank,
        words_score=one.words_score,
        words_weight=one.words_share,
        meaning_rank=one.meaning_rank,
        meaning_score=one.meaning_score,
        meaning_weight=1 - one.words_share,
    )


def reasons(ranked: Sequence[Ranked], known: float = 1.0) -> tuple[str, ...]:
    """Why words and meaning counted as they did, in codes for a page to put in words."""
    if not ranked:
        return ()
    told = "words-known" if known >= 0.8 else "some-words-known" if known >= 0.3 else "few-words-known"
    agree = sum(one.words_rank is not None and one.meaning_rank is not None for one in ranked) >= len(ranked) / 2
    return (told, "rankings-agree" if agree else "rankings-differ")


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    return {uid: rank for rank, uid in enumerate(sorted(scores, key=lambda uid: (-scores[uid], -uid)), 1)}
