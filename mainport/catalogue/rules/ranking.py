# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How good a ranking is, by judgements of people: the measures of trec_eval, as it defines them.

A ranking is the ids of documents, best first; judgements tell for each document how relevant it is (0: not at all).
Averages are over every judged question: one that got no answer counts as 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

Ranking = Sequence[str]
Judgements = Mapping[str, int]


@dataclass(frozen=True)
class Scores:
    """The averages over so many questions."""

    questions: int
    ndcg_10: float
    mrr: float
    recall_100: float
    first: float  # Share of questions of which the first document is a relevant one.


def ndcg(ranking: Ranking, judged: Judgements, depth: int = 10) -> float:
    """Normalised discounted cumulative gain: near 1 where the most relevant stand highest (Järvelin & Kekäläinen)."""
    gain = sum(max(judged.get(one, 0), 0) / math.log2(place + 1) for place, one in enumerate(ranking[:depth], 1))
    best = sorted((value for value in judged.values() if value > 0), reverse=True)[:depth]
    ideal = sum(value / math.log2(place + 1) for place, value in enumerate(best, 1))
    return gain / ideal if ideal else 0.0


def reciprocal_rank(ranking: Ranking, judged: Judgements) -> float:
    """1 by the place of the first relevant document."""
    return next((1 / place for place, one in enumerate(ranking, 1) if judged.get(one, 0) > 0), 0.0)


def recall(ranking: Ranking, judged: Judgements, depth: int = 100) -> float:
    """Which share of the relevant documents is among the first so many."""
    relevant = {one for one, value in judged.items() if value > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def scores(run: Mapping[str, Ranking], judgements: Mapping[str, Judgements]) -> Scores:
    """The averages of a run over all judged questions."""
    pairs = [(run.get(question, ()), judged) for question, judged in judgements.items()]
    if not pairs:
        return Scores(0, 0.0, 0.0, 0.0, 0.0)
    return Scores(
        questions=len(pairs),
        ndcg_10=fmean(ndcg(ranking, judged) for ranking, judged in pairs),
        mrr=fmean(reciprocal_rank(ranking, judged) for ranking, judged in pairs),
        recall_100=fmean(recall(ranking, judged) for ranking, judged in pairs),
        first=fmean(float(bool(ranking) and judged.get(ranking[0], 0) > 0) for ranking, judged in pairs),
    )
