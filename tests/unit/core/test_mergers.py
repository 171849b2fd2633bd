# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Mergers and divisions of municipalities as CBS describes them."""

from datetime import date

import pytest

from mainport.core.rules.mergers import Moved, Region, moved, parts, read_region, read_regions

#: As CBS writes it (03759ned, codes of RegioS).
WINSUM = (
    "Opgeheven per 01-01-2019, overgegaan naar:\r\n- Het Hogeland (GM1966),\r\n"
    "... 7807 hectare met 5308 woningen en 11947 inwoners\r\n- Westerkwartier (GM1969),\r\n"
    "... 2303 hectare met 732 woningen en 1558 inwoners\r\n\r\nWijziging per 01-01-1990, ontvangen van:\r\n"
    "- Adorp (GM0001),\r\n... 1858 hectare met 661 woningen en 1877 inwoners\r\nBegindatum voor 1830\r\n"
)
HAREN = (
    "Opgeheven per 01-01-2019, overgegaan naar:\r\n- Groningen (GM0014),\r\n"
    "... 4537 hectare met 9120 woningen en 20191 inwoners\r\n\r\nBegindatum voor 1830\r\n"
)
WESTERKWARTIER = (
    "Ontstaan per 01-01-2019, ontvangen van:\r\n- Winsum (GM0053),\r\n"
    "... 2303 hectare met 732 woningen en 1558 inwoners\r\nBegindatum 01-01-2019\r\n"
)


def test_a_divided_municipality_is_shared_by_its_inhabitants() -> None:
    region = read_region(WINSUM)
    assert (region.began, region.ended) == (None, date(2019, 1, 1))
    assert region.went_to == pytest.approx({"GM1966": 11947 / 13505, "GM1969": 1558 / 13505})


def test_a_new_name_is_a_new_code_that_has_everybody() -> None:
    old = read_region(
        "Naamswijziging per 01-07-2015,\r\nnieuwe naam: De Fryske Marren (GM1940)\r\n\r\n"
        "Ontstaan per 01-01-2014, ontvangen van:\r\n- Gaasterlân-Sleat (GM0653),\r\n"
    )
    assert (old.began, old.ended, old.went_to) == (date(2014, 1, 1), date(2015, 7, 1), {"GM1940": 1.0})


def test_the_next_event_may_follow_without_an_empty_line() -> None:
    breukelen = (
        "Opgeheven per 01-01-2011, overgegaan naar:\r\n- Stichtse Vecht (GM1904),\r\n"
        "... 4871 hectare met 6001 woningen en 14627 inwoners\r\nWijziging per 01-01-1989, overgegaan naar:\r\n"
        "- Maarssen (GM0333),\r\n... 22 hectare met 9 woningen en 25 inwoners\r\n"
    )
    assert moved(breukelen) == (Moved("GM1904", 14627, 4871),)


def test_a_region_that_ended_without_a_successor_is_gone() -> None:
    register = read_region("Opgeheven per 01-10-1994\r\n\r\nRegister waarin een beperkt aantal inwoners stond.")
    assert (register.ended, register.went_to) == (date(1994, 10, 1), None)


def test_what_went_over_is_told_in_people_and_land() -> None:
    assert moved(WINSUM) == (Moved("GM1966", 11947, 7807), Moved("GM1969", 1558, 2303))


def test_a_region_exists_from_its_first_day_to_before_its_last() -> None:
    new, old = read_region(WESTERKWARTIER), read_region(HAREN)
    assert [new.exists(date(2018, 12, 31)), new.exists(date(2019, 1, 1))] == [False, True]
    assert [old.exists(date(2018, 12, 31)), old.exists(date(2019, 1, 1))] == [True, False]
    assert read_region("").exists(date(1900, 1, 1))


def test_the_parts_of_a_municipality_of_today() -> None:
    regions = read_regions([("GM0014", ""), ("GM0017", HAREN), ("GM0053", WINSUM), ("GM1969", WESTERKWARTIER)])
    assert [(part.code, part.share) for part in parts("GM0014", regions)] == [("GM0014", 1), ("GM0017", 1)]
    assert {part.code: part.share for part in parts("GM1969", regions)} == pytest.approx(
        {"GM1969": 1, "GM0053": 1558 / 13505}
    )
    assert [part.code for part in parts("GM9999", regions)] == ["GM9999"]


def test_parts_of_parts_count_by_both_shares_and_small_ones_not_at_all() -> None:
    gone = date(2000, 1, 1)
    regions = {
        "A": Region(ended=gone, went_to={"B": 0.5, "C": 0.5}),
        "B": Region(ended=gone, went_to={"D": 0.4, "C": 0.6}),
        "C": Region(ended=gone, went_to={"D": 1.0}),
        "E": Region(ended=gone, went_to={"D": 0.009}),
    }
    assert {part.code: part.share for part in parts("D", regions)} == pytest.approx(
        # A by way of B (0.2), of C (0.5), and of B and then C (0.3).
        {"D": 1, "A": 1.0, "B": 1.0, "C": 1.0}
    )


def test_a_circle_ends() -> None:
    regions = {"A": Region(went_to={"B": 1.0}), "B": Region(went_to={"A": 1.0})}
    assert {part.code for part in parts("A", regions)} == {"A", "B"}
