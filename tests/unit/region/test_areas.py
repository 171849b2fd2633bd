# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities through the years, and figures brought to later borders."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from mainport.region.rules.areas import Basis, Division, Municipality, Share, Step, brought, netherlands


@pytest.mark.parametrize(
    ("year", "number"),
    # CBS, Gemeentelijke indeling per jaar.
    [(2006, 458), (2009, 441), (2014, 403), (2015, 393), (2019, 355), (2021, 352), (2022, 345), (2023, 342)],
)
def test_there_are_as_many_as_cbs_counts(year: int, number: int) -> None:
    assert len(netherlands().on(date(year, 1, 1))) == number


def test_every_municipality_of_the_first_year_goes_over_whole() -> None:
    division = netherlands()
    today = {one.code for one in division.on(date(2023, 1, 1))}
    for shares in division.crosswalk(2006, 2023).values():
        assert sum(one.share for one in shares) == pytest.approx(1)
        assert {one.code for one in shares} <= today


def test_winsum_is_shared_by_its_inhabitants_and_a_new_name_is_followed() -> None:
    walk = netherlands().crosswalk(2014, 2023)
    assert walk["GM0053"] == (
        Share("GM1966", pytest.approx(11947 / 13505), Basis.PEOPLE),
        Share("GM1969", pytest.approx(1558 / 13505), Basis.PEOPLE),
    )
    assert walk["GM1921"] == (Share("GM1940", 1.0, Basis.WHOLE),)
    assert walk["GM0014"] == (Share("GM0014", 1.0, Basis.WHOLE),)


def test_without_people_it_goes_by_land_and_without_either_in_equal_parts() -> None:
    places = {code: Municipality(code, code) for code in "bcde"}
    places["a"] = Municipality("a", "a", ended=date(2010, 1, 1))
    places["z"] = Municipality("z", "z", ended=date(2010, 1, 1))
    steps = (
        Step("a", "b", date(2010, 1, 1), land=30),
        Step("a", "c", date(2010, 1, 1), inhabitants=5, land=10),
        Step("z", "d", date(2010, 1, 1)),
        Step("z", "e", date(2010, 1, 1)),
    )
    walk = Division(places, steps).crosswalk(2009, 2011)
    assert walk["a"] == (Share("b", 0.75, Basis.LAND), Share("c", 0.25, Basis.LAND))
    assert walk["z"] == (Share("d", 0.5, Basis.EQUAL), Share("e", 0.5, Basis.EQUAL))


def test_the_way_back_cant_be_gone() -> None:
    with pytest.raises(ValueError, match="later borders only"):
        netherlands().crosswalk(2023, 2014)


def test_a_code_of_the_wrong_year_is_told_with_what_was_meant() -> None:
    strange = netherlands().strange(["GM0014", "GM0053", "GM1966", "GM0997"], 2023)
    assert strange == {
        "GM0053": "Winsum ended on 2019-01-01: since then GM1966 Het Hogeland, GM1969 Westerkwartier",
        "GM0997": "no municipality since 2006",
    }
    assert netherlands().strange(["GM1966"], 2014)["GM1966"].startswith("Het Hogeland is there from 2019-01-01 on")


def test_pairs_are_brought_to_later_borders_at_both_ends() -> None:
    pairs = pl.DataFrame(
        {
            "home": ["GM0053", "GM0009", "GM0014", "GM0017", "abroad"],
            "work": ["GM0014", "GM0014", "GM0053", "GM0053", "GM0009"],
            "amount": [1350.5, 100.0, 270.1, None, 5.0],
        }
    )
    found = brought(pairs, netherlands().crosswalk(2014, 2023))
    amounts = {(home, work): amount for home, work, amount in found.iter_rows()}
    assert amounts == pytest.approx(
        {
            ("GM1966", "GM0014"): 1194.7,
            ("GM1969", "GM0014"): 155.8,
            ("GM0014", "GM0014"): 100.0,
            ("GM0014", "GM1966"): 270.1 * 11947 / 13505,
            ("GM0014", "GM1969"): 270.1 * 1558 / 13505,
            ("abroad", "GM0014"): 5.0,
        }
    )


def test_what_was_suppressed_stays_so_where_nothing_else_comes_with_it() -> None:
    pairs = pl.DataFrame(
        {"home": ["GM0017"], "work": ["GM0088"], "amount": [None]}, schema_overrides={"amount": pl.Float64}
    )
    found = brought(pairs, netherlands().crosswalk(2014, 2023))
    assert found.rows() == [("GM0014", "GM0088", None)]
