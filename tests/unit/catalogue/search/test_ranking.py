# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Our measures are those of trec_eval."""

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.rules.ranking import ndcg, recall, reciprocal_rank, scores

NAMES = [f"d{number}" for number in range(30)]


@given(
    ranking=st.lists(st.sampled_from(NAMES), unique=True, min_size=1),
    judged=st.dictionaries(st.sampled_from(NAMES), st.integers(-1, 4), min_size=1),
)
def test_as_trec_eval(ranking: list[str], judged: dict[str, int]) -> None:
    judge = pytrec_eval.RelevanceEvaluator({"q": judged}, {"ndcg_cut_10", "recip_rank", "recall_100"})
    run = {name: float(len(ranking) - place) for place, name in enumerate(ranking)}
    theirs = judge.evaluate({"q": run})["q"]
    assert ndcg(ranking, judged) == pytest.approx(theirs["ndcg_cut_10"], abs=1e-6)
    assert reciprocal_rank(ranking, judged) == pytest.approx(theirs["recip_rank"], abs=1e-6)
    assert recall(ranking, judged) == pytest.approx(theirs["recall_100"], abs=1e-6)


def test_a_question_without_an_answer_counts() -> None:
    found = scores({"a": ["x"]}, {"a": {"x": 1}, "b": {"y": 1}})
    assert (found.questions, found.ndcg_10, found.mrr, found.recall_100, found.first) == (2, 0.5, 0.5, 0.5, 0.5)


def test_nothing_judged() -> None:
    assert scores({}, {}).questions == 0
