# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which row is which company, and what companies come to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mainport.region.rules.campus import Figure, differences, published
from mainport.region.rules.companies import (
    Entry,
    Known,
    One,
    Reason,
    Year,
    cohorts,
    figures,
    is_scale_up,
    last_year,
    normal,
    resolve,
    spans,
    survival,
    town_of,
)


def reasons(entries: list[Entry], *known: Known) -> list[tuple[str, str]]:
    return [(str(one.reason), one.key or str(one.first or "")) for one in resolve(entries, known)]


@pytest.mark.parametrize(
    "one", ["Ébène B.V.", "ebene bv", "EBENE  b.v.", "Ebene B. V.", "«Ébène», N.V.", "Ebene V.O.F.", "Ebene B.V. i.o."]
)
def test_a_name_without_legal_form_signs_and_accents(one: str) -> None:
    assert normal(one) == "ebene"


def test_what_makes_another_company_stays() -> None:
    assert normal("Ebene Holding B.V.") != normal("Ebene B.V.")
    assert normal("Stichting Ebene") != normal("Ebene")
    assert town_of("Groningen (Zernike)") == town_of("groningen")


def test_a_number_counts_above_a_name() -> None:
    known = Known("a", "Alfa", "00000001", "Groningen")
    assert reasons([Entry(2, "Bèta", "00000001", "Assen")], known) == [("number", "a")]
    assert reasons([Entry(2, "Alfa", "00000002", "Groningen")], known) == [("new", "2")]


def test_a_name_and_a_town_are_enough_also_a_name_that_it_once_had() -> None:
    known = Known("a", "Alfa", "", "Groningen", ("Letter Een",))
    entries = [Entry(2, "ALFA B.V.", "", "Groningen (Zernike)"), Entry(3, "Letter een", "", "groningen")]
    assert reasons(entries, known) == [("name-and-town", "a")] * 2
    assert reasons([Entry(2, "Alfa", "00000001", "Groningen")], known) == [("name-and-town", "a")]
    assert reasons([Entry(2, "Alfa", "", "Assen")], known) == [("new", "2")]


def test_rows_of_a_file_are_taken_together() -> None:
    entries = [Entry(2, "Alfa", "", "Assen"), Entry(3, "Alfa BV", "00000001", "Assen"), Entry(4, "Alfa", "", "Assen")]
    assert reasons(entries) == [("name-and-town", "3"), ("new", "3"), ("name-and-town", "3")]


def test_what_may_be_two_companies_is_told_and_not_merged() -> None:
    two = [Known("a", "Alfa", "00000001", "Assen"), Known("b", "Alfa", "00000002", "Assen")]
    (match,) = resolve([Entry(2, "Alfa", "", "Assen")], two)
    assert (match.reason, match.candidates) == (Reason.AMBIGUOUS, ("Alfa",))
    assert match.told == "several companies have this name in this town"
    (match,) = resolve([Entry(2, "Alfa")], [Known("a", "Alfa", "", "Assen")])
    assert match.told == "a company has this name, and a town isn't known"
    # Two numbers claim one company that has none.
    entries = [Entry(2, "Alfa", "00000001", "Assen"), Entry(3, "Alfa", "00000002", "Assen")]
    assert reasons(entries, Known("a", "Alfa", "", "Assen")) == [("ambiguous", "")] * 2
    # Whatever the order: a row without number can't choose between two with one.
    entries = [Entry(2, "Alfa", "", "Assen"), *(Entry(row, "Alfa", f"0000000{row}", "Assen") for row in (3, 4))]
    assert reasons(entries) == [("ambiguous", ""), ("new", "3"), ("new", "4")]


def company(key: str, founded: int | None, closed: int | None = None, **jobs: int) -> One:
    years = tuple(Year(int(year[1:]), number, Decimal(1000) if number > 10 else None) for year, number in jobs.items())
    return One(key, founded, closed, years)


def test_the_figures_of_a_year_tell_of_how_many_they_are_known() -> None:
    found = figures(
        [company("a", 2018, None, y2020=4), company("b", 2020, 2020, y2020=12), company("c", 2019), company("d", None)],
        2020,
    )
    assert (found.companies, found.founded, found.closed) == (3, 1, 1)
    assert (found.jobs, found.jobs_known) == (16, 2)
    assert (found.funding, found.funding_known) == (Decimal(1000), 1)
    assert (found.scale_ups, found.growth_known) == (0, 0)
    assert last_year([company("a", 2018, 2021), company("b", 2019, None, y2023=1)]) == 2023
    assert last_year([]) is None


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(10, 18, True), (10, 17, False), (1000, 1728, False), (1000, 1729, True), (9, 90, False)],
)
def test_a_scale_up_grew_by_more_than_a_fifth_a_year_from_ten_jobs(before: int, now: int, expected: bool) -> None:
    assert is_scale_up(company("a", 2015, None, y2017=before, y2020=now), 2020) is expected


def test_growth_is_unknown_where_a_year_is() -> None:
    assert is_scale_up(company("a", 2015, None, y2018=10, y2020=90), 2020) is None


def test_survival_by_hand() -> None:
    """Five of 2018, one of 2020, followed up to 2021: the ages of three years are those of the five only."""
    born = [company(str(at), 2018, closed) for at, closed in enumerate([2018, 2019, None, None, None])]
    points = survival([*born, company("late", 2020)], 2021)
    assert [(one.age, one.at_risk, one.ended) for one in points] == [(1, 6, 1), (2, 4, 1), (3, 3, 0)]
    assert [round(one.share, 4) for one in points] == [0.8333, 0.625, 0.625]
    assert points[0].low < 0.8333 < points[0].high < 1
    # Greenwood on log(-log), by hand: s = sqrt(1/(6*5)) / |ln(5/6)| = 1.00139.
    assert points[0].low == pytest.approx(0.8333333 ** (2.718281828 ** (1.959964 * 1.00139)), abs=1e-4)


def test_of_one_year_the_curve_is_a_plain_share() -> None:
    born = [
        company(str(at), 2015, closed) for at, closed in enumerate([2015, 2016, 2016, 2018, None, None, None, None])
    ]
    assert [one.share for one in survival(born, 2024)] == pytest.approx([7 / 8, 5 / 8, 5 / 8, 4 / 8, 4 / 8])


def test_a_company_that_closes_in_the_last_year_is_still_there_in_it() -> None:
    assert [one.share for one in survival([company("a", 2020, 2021)], 2021)] == [1.0]
    assert [one.share for one in survival([company("a", 2020, 2020)], 2021)] == [0.0]
    assert survival([company("a", 2021)], 2021) == []


def test_cohorts_by_years_of_founding() -> None:
    born = [company("a", 2015, None, y2015=1, y2016=3), company("b", 2016, 2016, y2016=2), company("c", 2020)]
    found = cohorts(born, 2020, width=3)
    assert [(one.first, one.last, one.companies) for one in found] == [(2015, 2017, 2), (2018, 2020, 1)]
    assert [(one.age, one.jobs, one.known) for one in found[0].jobs] == [(0, 3, 2), (1, 3, 1)]
    assert spans(born, 2020, most=4) == 2
    assert spans([], 2020) == 1


def test_the_campus_both_stand_where_two_sources_differ() -> None:
    found = [(one.indicator, one.same_year, {two.year for two in one.figures}) for one in differences(published())]
    assert found == [("companies", False, {2020, 2021})]
    more = Figure("jobs", 2021, 22000, "count", "more-than", "b", "", "")
    told = [one for one in differences([*published(), more]) if one.same_year]
    assert [{two.value for two in one.figures} for one in told] == [{21281, 22000}]


def test_every_figure_of_the_campus_names_its_source() -> None:
    assert len(published()) == 10
    assert all(one.source for one in published())
