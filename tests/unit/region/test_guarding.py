# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Totals of companies that may not be shown give none of them away, also not by difference."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mainport.region.rules.companies import One, Year, by_year, cohorts, figures, guarding, survival


def company(key: int, founded: int = 2015, closed: int | None = None, jobs: int = 5, funding: int = 10) -> One:
    years = tuple(Year(year, jobs, Decimal(funding)) for year in range(founded, (closed or 2020) + 1))
    return One(f"c{key}", founded, closed, years)


def told(open_: list[One], hidden: list[One]) -> dict[int, dict[str, object]]:
    rows = guarding.guarded(by_year([*open_, *hidden], 2015, 2020), hidden)
    return {row["year"]: row for row in rows}


def test_ten_and_more_are_told_and_fewer_arent() -> None:
    open_ = [company(key) for key in range(30)]
    assert told(open_, [])[2018]["jobs"] == 150
    assert told(open_, [company(100 + key) for key in range(10)])[2018]["jobs"] == 200
    few = told(open_, [company(100 + key) for key in range(9)])[2018]
    assert {name for name, value in few.items() if value is None} == {
        "companies", "jobs", "jobs_known", "funding", "funding_known", "scale_ups", "growth_known",
    }  # fmt: skip
    assert few["closed"] == 0


def test_one_that_holds_most_isnt_told() -> None:
    hidden = [company(key, jobs=1) for key in range(11)] + [company(99, jobs=900)]
    row = told([], hidden)[2018]
    assert (row["jobs"], row["jobs_known"], row["companies"]) == (None, 12, 12)
    assert row["funding"] == 120


def test_curves_of_a_few_are_left_out() -> None:
    hidden = [company(key, 2015) for key in range(12)] + [company(50 + key, 2017) for key in range(3)]
    groups = cohorts(hidden, 2020)
    assert [one.first for one in groups] == [2015, 2017]
    assert [one.first for one in guarding.guarded_cohorts(groups, hidden, 2020)] == [2015]
    young = [company(key, 2019) for key in range(12)] + [company(70, 2015)]
    points = survival(young, 2020)
    assert [one.age for one in points] == [1, 2, 3, 4, 5]
    assert [one.age for one in guarding.guarded_survival(points, young, 2020)] == [1]


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 25), max_size=6))
def test_neither_a_choice_nor_the_rest_is_a_few(counts: dict[str, int]) -> None:
    keys = {value: [f"{value}{number}" for number in range(count)] for value, count in counts.items()}
    whole = sum(counts.values())
    taken = guarding.offered(keys, whole)
    assert all(guarding.is_safe(counts[value]) for value in taken)
    told = sum(counts[value] for value in taken)
    assert told == 0 or guarding.is_safe(whole - told)
    assert {value for value, count in counts.items() if count == 0} <= taken


def test_two_choices_together() -> None:
    ones = [company(key) for key in range(40)]
    number = {one.key: at for at, one in enumerate(ones)}
    assert guarding.may_choose(ones, lambda one: number[one.key] < 20, lambda one: number[one.key] >= 10)
    assert not guarding.may_choose(ones, lambda one: number[one.key] < 20, lambda one: number[one.key] >= 15)
    assert guarding.may_choose(ones, lambda one: number[one.key] < 3, None)
    keys = [one.key for one in ones]
    assert guarding.without_nested({"a": keys[:20]}, {"x": keys[:25], "y": keys[25:]}) == {"a"}
    assert guarding.without_nested({"a": keys[:20]}, {"x": keys[:20], "y": keys[20:]}) == set()


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(2012, 2020)),
            st.one_of(st.none(), st.integers(2012, 2021)),
            st.dictionaries(
                st.integers(2011, 2022), st.tuples(st.one_of(st.none(), st.integers(0, 60)), st.booleans())
            ),
        ),
        max_size=12,
    )
)
def test_each_year_by_itself_as_all_together(
    given_: list[tuple[int | None, int | None, dict[int, tuple[int | None, bool]]]],
) -> None:
    ones = [
        One(
            str(at),
            founded,
            closed,
            tuple(Year(year, jobs, Decimal(3) if funded else None) for year, (jobs, funded) in sorted(years.items())),
        )
        for at, (founded, closed, years) in enumerate(given_)
    ]
    for found in by_year(ones, 2010, 2022):
        assert found == figures(ones, found.year)
        there = [one for one in ones if one.is_there(found.year)]
        assert found.companies == len(there)
        assert found.founded == sum(one.founded == found.year for one in there)
        assert found.closed == sum(one.closed == found.year for one in there)
        assert found.jobs == sum(one.jobs(found.year) or 0 for one in there)
        assert found.funding_known == sum(one.funding(found.year) is not None for one in there)
