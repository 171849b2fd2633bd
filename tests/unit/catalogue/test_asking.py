# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an address asks for, and what a saved search keeps of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.search.answers import Sort
from mainport.catalogue.search.asking import OFFERED, Place, kept, only, place_of, request_of, words_of
from mainport.catalogue.search.documents import FACETS, day_number


def test_a_tab_says_which_records_and_which_facets() -> None:
    request = request_of({"q": ["water"], "tab": ["courses"], "town": ["Leek", "Assen", "Leek"]}, "nl")
    assert request.words == "water"
    assert request.filters == {"town": ("Leek", "Assen"), "kind": ("course",)}
    assert request.facets == OFFERED[Place.COURSES]
    assert set(request.facets) <= set(FACETS)


@pytest.mark.parametrize(
    ("parameters", "place"),
    [
        ({}, Place.EVERYTHING),
        ({"tab": ["research"]}, Place.RESEARCH),
        ({"tab": ["nonsense"]}, Place.EVERYTHING),
        ({"kind": ["task"]}, Place.AGENDA),
        ({"kind": ["task"], "tab": ["courses"]}, Place.COURSES),
    ],
)
def test_the_place_to_look(parameters: dict[str, list[str]], place: Place) -> None:
    assert place_of(parameters) is place


def test_what_cant_be_read_is_left_out() -> None:
    asked = {"tab": ["research"], "sort": ["start"], "year": ["", "\0", " 2024 "], "starts_from": ["2026-02-30"]}
    request = request_of(asked, "en")
    assert (request.sort, request.filters["year"], request.ranges) == (Sort.BEST, ("2024",), {})


def test_days_bound_the_start() -> None:
    request = request_of({"tab": ["courses"], "starts_from": ["2026-03-01"]}, "nl")
    assert request.ranges == {"start": (day_number(date(2026, 3, 1)), None)}


def test_a_saved_search_asks_the_same() -> None:
    asked = {"q": [" a  b "], "tab": ["courses"], "town": ["Leek"], "page": ["3"], "sort": ["newest"]}
    again = kept(asked)
    assert "page" not in again
    assert request_of(again, "nl").filters == request_of(asked, "nl").filters
    assert words_of(again) == "a  b"


def test_only_what_changed_since_then_the_newest_first() -> None:
    request = only(request_of({"q": ["a"], "tab": ["research"]}, "nl"), date(2026, 1, 2))
    assert request.ranges["changed"] == (day_number(date(2026, 1, 2)), None)
    assert (request.sort, request.facets) == (Sort.NEWEST, ())


@given(st.dictionaries(st.sampled_from(["q", "tab", "sort", "year", "starts_from", "kind"]), st.lists(st.text())))
def test_nothing_is_refused(parameters: dict[str, list[str]]) -> None:
    request = request_of(parameters, "nl")
    assert len(request.words) <= 500
    assert request_of(kept(parameters), "nl").words == request.words
