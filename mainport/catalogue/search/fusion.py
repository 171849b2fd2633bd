# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Puts what the words say and what the meaning says of each record together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainport.catalogue.search.answers import Explanation

Values = NDArray[np.float32]

#: What one point of BM25 is worth, in standard deviations of likeness.
POINT = 0.05
#: A record that is found by its meaning alone must be so many standard deviations more alike than chance.
STANDS_OUT = 3.5


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


def fuse(candidates: Sequence[int], words: Mapping[int, float], meaning: Mapping[int, float]) -> list[Ranked]:
    """The records, best first; of equals the newest."""
    words_rank = _ranks(words)
    meaning_rank = _ranks(meaning)
    # A record that is not embedded yet is taken to be as alike as the others with its words are.
    both = [meaning[uid] for uid in words if uid in meaning]
    unknown = float(np.mean(both)) if both else 0.0
    found: list[Ranked] = []
    for uid in candidates:
        said, meant = POINT * words.get(uid, 0.0), meaning.get(uid, unknown)
        score = said + meant
        share = said / (said + max(meant, 0.0)) if said else 0.0
        found.append(Ranked(uid, score, words_rank.get(uid), words.get(uid, 0.0), share, meaning_rank.get(uid), meant))
    return sorted(found, key=lambda one: (-one.score, -one.uid))


def stands_out(one: Ranked) -> bool:
    """Whether a record without enough of the words is worth showing for its meaning."""
    return one.meaning_rank is not None and one.meaning_score >= STANDS_OUT


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


def reasons(ranked: Sequence[Ranked]) -> tuple[str, ...]:
    return ()


def _ranks(scores: Mapping[int, float]) -> dict[int, int]:
    return {uid: rank for rank, uid in enumerate(sorted(scores, key=lambda uid: (-scores[uid], -uid)), 1)}
