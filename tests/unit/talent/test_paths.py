# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The five paths, and rates that come with their uncertainty."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.talent.rules.paths import PATHS, Path, from_shares, path_of, paths
from mainport.talent.rules.retention import Retention, total, wilson

codes = st.sampled_from(["", "A", "B", "C"])
people = st.lists(st.tuples(codes, codes, codes), max_size=40)


@pytest.mark.parametrize(
    ("home", "study", "later", "path"),
    [
        ("A", "B", "B", Path.MOVED_STAYED),
        ("A", "B", "A", Path.MOVED_RETURNED),
        ("A", "B", "C", Path.MOVED_ELSEWHERE),
        ("A", "A", "B", Path.STAYED_LEFT),
        ("A", "A", "A", Path.REMAINED),
        ("A", "", "A", None),
    ],
)
def test_each_has_one_path(home, study, later, path):
    assert path_of(home, study, later) == path


@given(people)
def test_many_are_counted_as_one_by_one(rows):
    found = paths(*([row[at] for row in rows] for at in range(3)))
    by_place = {counts.place: counts for counts in found.counts}
    for place in "ABC":
        of_place = [row for row in rows if row[0] == place]
        if not of_place:
            assert place not in by_place
            continue
        counts = by_place[place]
        assert counts.graduates == len(of_place) == sum(counts.counts) + counts.unknown
        assert counts.counts == tuple(sum(path_of(*row) == path for row in of_place) for path in PATHS)


@given(people)
def test_nobody_appears_or_vanishes(rows):
    found = paths(*([row[at] for row in rows] for at in range(3)))
    lives = sum(1 for row in rows if row[2])
    assert sum(row.retained + row.inward for row in found.retention) == lives


def test_rates_as_the_ons_reckons_them():
    home, study, later = zip(
        *[("A", "B", "B"), ("A", "A", "A"), ("A", "B", "A"), ("B", "B", "A"), ("A", "B", "")], strict=True
    )
    row = next(row for row in paths(home, study, later, cohorts={"A": 10}).retention if row.place == "A")
    assert (row.graduates, row.retained, row.inward) == (4, 2, 1)
    assert row.inward_rate == 0.1
    assert row.net_rate == (1 - 2) / 4  # Who isn't known to live there counts as gone.


def test_places_can_be_taken_together_and_flows_weighed():
    found = paths(["w", "w"], ["g", "a"], ["g", "a"], [30, 10], areas={"w": "North", "g": "North", "a": "West"})
    (counts,) = found.counts
    assert counts.place == "North"
    assert counts.counts == (10, 0, 0, 0, 30)
    assert counts.share(Path.REMAINED).value == 0.75


@pytest.mark.parametrize(("amount", "words"), [([-1], "-1 people"), ([1, 2], "1, 1, 1 and 2 rows")])
def test_wrong_amounts(amount, words):
    with pytest.raises(ValueError, match=words):
        paths(["A"], ["A"], ["A"], amount)


def test_wilson_of_the_literature():
    """Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662; 15 of 148 0.0624 to 0.1605; 0 of 20 0 to 0.1611."""
    for count, of, low, high in [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611)]:
        share = wilson(count, of)
        assert (share.low, share.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert wilson(0, 0) is None
    with pytest.raises(ValueError, match="isn't a part"):
        wilson(3, 2)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_the_share(case):
    share = wilson(*case)
    assert 0 <= share.low <= share.value <= share.high <= 1


@given(st.integers(1, 50_000), st.lists(st.floats(0, 0.2), min_size=5, max_size=5))
def test_published_shares_come_back(graduates, shares):
    counts = [round(share * graduates) for share in shares]
    published = [round(count / graduates, 3) for count in counts]
    back = from_shares("A", graduates, published)
    assert back.unknown == max(0, graduates - sum(back.counts))
    for path, count, share in zip(PATHS, counts, published, strict=True):
        assert back.share(path).value == pytest.approx(share, abs=5.001e-4)
        if graduates < 1000:
            assert back.counts[PATHS.index(path)] == count


def test_what_was_kept_back_is_no_zero():
    town = from_shares("A", 490, [0.082, 0.571, 0.316, None, None])
    assert town.share(Path.REMAINED) is None
    assert town.retained is None
    assert town.unknown is None
    assert total([Retention("A", 10, None), Retention("B", 20, 5)]).rate().value == 0.25
