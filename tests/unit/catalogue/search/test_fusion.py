# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the words say and what the meaning says, put together."""

import numpy as np
import pytest

from mainport.catalogue.search.fusion import POINT, STANDS_OUT, bar, explained, fuse, model_weights, reasons, stands_out


def test_the_score_is_what_words_and_meaning_add_up_to() -> None:
    (first, second, third) = fuse([1, 2, 3], {1: 10.0, 2: 20.0}, {1: 5.0, 3: 4.0, 2: 1.0})
    assert [first.uid, second.uid, third.uid] == [1, 3, 2]
    assert first.score == pytest.approx(5 + 10 * POINT)
    assert (first.words_rank, first.meaning_rank) == (2, 1)
    assert (second.words_rank, second.meaning_rank, second.words_share) == (None, 2, 0.0)
    told = explained(first)
    assert told.words_weight == pytest.approx(10 * POINT / first.score)
    assert told.words_weight + told.meaning_weight == pytest.approx(1)


def test_words_count_less_where_the_index_knows_few_of_them() -> None:
    words, meaning = {1: 12.0}, {1: 3.0, 2: 3.5}
    assert [one.uid for one in fuse([1, 2], words, meaning, known=1.0)] == [1, 2]
    assert [one.uid for one in fuse([1, 2], words, meaning, known=0.1)] == [2, 1]


def test_the_second_model_counts_more_where_the_words_are_unknown() -> None:
    assert model_weights(1.0)[1] < model_weights(0.5)[1] < model_weights(0.0)[1]
    assert all(sum(model_weights(known)) == pytest.approx(1) for known in (0.0, 0.3, 1.0))


def test_of_equals_the_newest_goes_first() -> None:
    assert [one.uid for one in fuse([3, 9, 5], {}, {3: 1.0, 9: 1.0, 5: 1.0})] == [9, 5, 3]


def test_a_record_without_vectors_is_as_alike_as_the_others_with_its_words() -> None:
    found = {one.uid: one for one in fuse([1, 2, 3], {1: 5.0, 2: 5.0, 3: 5.0}, {1: 4.0, 2: 2.0})}
    assert found[3].meaning_score == pytest.approx(3.0)
    assert found[3].meaning_rank is None
    assert not stands_out(found[3], 0.0)
    (only,) = fuse([3], {3: 5.0}, {})
    assert only.score == pytest.approx(5 * POINT)


def test_to_stand_out_is_to_differ_from_the_other_records() -> None:
    chance = np.random.default_rng(1)
    narrow = chance.normal(2.5, 0.8, 10_000).astype(np.float32)
    assert 4.5 < bar(narrow) < 6.0
    # In a wide field the model's own scale holds; a handful of records tells nothing of chance.
    assert bar(chance.normal(0, 0.3, 1_000).astype(np.float32)) == STANDS_OUT
    assert bar(np.array([], np.float32)) == STANDS_OUT
    # Rows of records that were replaced don't count.
    assert bar(np.append(narrow, np.full(5_000, -1e9, np.float32))) == pytest.approx(bar(narrow), abs=1e-4)


def test_reasons_are_told_in_codes() -> None:
    ranked = fuse([1, 2], {1: 3.0, 2: 2.0}, {1: 4.0, 2: 3.0})
    assert reasons(ranked, 1.0) == ("words-known", "rankings-agree")
    assert reasons(ranked, 0.5)[0] == "some-words-known"
    assert reasons(fuse([1, 2], {}, {1: 4.0, 2: 3.0}), 0.1) == ("few-words-known", "rankings-differ")
    assert reasons([], 1.0) == ()
