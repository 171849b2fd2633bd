# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers of ABF Swing become a table; a mark that nobody explained is refused by name, and none becomes zero.

No recorded answer exists: these are written after the manual of the service and what its published clients read
(see feeds/swing.py).
"""

from __future__ import annotations

import copy
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.core.fetching.problems import NotReached, NotTrusted, Problem
from mainport.monitor.feeds import Asked, swing
from mainport.monitor.rules.tables import Code, Measure, Missing, Role
from tests.unit.monitor.test_cbs_reading import JSON, FakeVisit, places

SITE = "https://monitor.example"
ROOT = f"{SITE}/jiveservices/odata"
VALUES = f"{ROOT}/Variables('hern_tot')/GeoLevels('gemeente')/PeriodLevels('year')/Periods('all')/Values"


def value(place: str, period: str, written: str | None) -> dict[str, Any]:
    return {
        "ExternalCode": place,
        "GeoLevel": "gemeente",
        "PeriodLevel": "year",
        "Period": period,
        "ValueString": written,
        "Description": None,
    }


ANSWERS: dict[str, Any] = {
    f"{ROOT}/Variables('hern_tot')": {
        "ExternalCode": "hern_tot",
        "Name": "Hernieuwbare energie",
        "Description": "Opgewekt in de gemeente",
        "Unit": "TJ",
        "Source": "Rijkswaterstaat",
        "LastUpdate": "2026-03-01T00:00:00",
    },
    f"{ROOT}/GeoLevels('gemeente')/GeoItems": {
        "value": [{"ExternalCode": "gemeente_14", "Name": "Groningen"}],
        "@odata.nextLink": f"{ROOT}/GeoLevels('gemeente')/GeoItems?$skip=1",
    },
    f"{ROOT}/GeoLevels('gemeente')/GeoItems?$skip=1": {
        "value": [{"ExternalCode": "gemeente_37", "Name": "Stadskanaal"}]
    },
    VALUES: {
        "value": [
            value("gemeente_14", "2023", "1203.5"),
            value("gemeente_14", "2022", "0"),
            value("gemeente_37", "2023", "?"),
            value("gemeente_37", "2022", "x"),
        ]
    },
}


def read(answers: dict[str, Any] = ANSWERS, **more: Any) -> Any:
    asked = Asked(key="energy", url=SITE, settings={"variables": ["hern_tot"], "geo_level": "gemeente", **more})
    (table,) = swing.read(asked, FakeVisit(answers))  # type: ignore[arg-type]
    return table


def with_value(written: Any) -> dict[str, Any]:
    return {**ANSWERS, VALUES: {"value": [{**value("gemeente_14", "2023", ""), "ValueString": written}]}}


def test_values_places_and_what_is_said_of_the_variable():
    table = read()
    assert table.lines == {
        ("hern_tot", "gemeente_14"): {"2023": (1203.5, None, 0, 0), "2022": (0.0, None, 0, 0)},
        ("hern_tot", "gemeente_37"): {
            "2023": (None, None, Missing.NOT_AVAILABLE, 0),
            "2022": (None, None, Missing.NOT_AVAILABLE, 0),
        },
    }
    assert table.measures == (Measure("hern_tot", "Hernieuwbare energie", "TJ", 1, "Opgewekt in de gemeente"),)
    place, period = table.dimensions
    assert (place.role, place.codes[1]) == (Role.GEO, Code("gemeente_37", "Stadskanaal"))
    assert (period.role, [code.key for code in period.codes]) == (Role.TIME, ["2022", "2023"])
    assert (table.publisher, table.modified) == ("Rijkswaterstaat", "2026-03-01T00:00:00")


def test_a_site_says_what_it_means_by_a_mark():
    table = read(missing={"x": "confidential", ".": "impossible"})
    assert table.lines["hern_tot", "gemeente_37"]["2022"][2] == Missing.CONFIDENTIAL
    table = read(with_value("."), missing={".": "impossible"})
    assert table.lines["hern_tot", "gemeente_14"]["2023"] == (None, None, Missing.IMPOSSIBLE, 0)


@pytest.mark.parametrize("written", [".", "*", "n.b.", "1.234,5", "12,5", "1 200", "1e999", "NaN", True, [], {}])
def test_what_is_no_number_and_no_known_mark_is_refused_by_name(written):
    with pytest.raises(NotTrusted) as refused:
        read(with_value(written))
    assert str(written)[:4] in str(refused.value)
    assert "gemeente_14 2023" in str(refused.value)


def test_a_null_is_missing_and_not_zero():
    table = read(with_value(None))
    assert table.lines["hern_tot", "gemeente_14"]["2023"] == (None, None, Missing.NOT_AVAILABLE, 0)


def test_two_values_for_one_place_and_period_are_a_contradiction():
    table = read({**ANSWERS, VALUES: {"value": [value("gemeente_14", "2023", "1"), value("gemeente_14", "2023", "2")]}})
    assert table.contradictions[0].values == (1.0, 2.0)
    assert table.lines["hern_tot", "gemeente_14"] == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({VALUES: {"value": [value("gemeente_1", "2023", "1")]}}, "'gemeente_1', which its level doesn't name"),
        ({VALUES: {"value": [value("gemeente_14", "soon", "1")]}}, "gemeente_14: its Period"),
        ({VALUES: {"value": []}}, "no values of hern_tot by gemeente"),
        ({f"{ROOT}/Variables('hern_tot')": {"ExternalCode": "other"}}, "doesn't speak of hern_tot, but of 'other'"),
        ({VALUES: {"value": [{"ExternalCode": "gemeente_14", "Period": "2023"}]}}, "came without ValueString"),
    ],
)
def test_what_can_not_be_is_told(change, said):
    with pytest.raises(NotTrusted, match=said):
        read({**ANSWERS, **change})


def test_without_a_variable_or_level_it_says_which():
    gone = {url: answer for url, answer in ANSWERS.items() if not url.endswith("Variables('hern_tot')")}
    with pytest.raises(NotReached, match="there is no variable hern_tot"):
        read(gone)
    with pytest.raises(NotReached, match="isn't published at this level"):
        read({url: answer for url, answer in ANSWERS.items() if url != VALUES})


def test_a_site_that_wants_a_key_says_where_to_set_it():
    class Closed(FakeVisit):
        def get(self, url: str, *, accept: str = "*/*") -> bytes:
            raise NotReached(f"{url} answered 401 Unauthorized", status=401)

    asked = Asked(key="e", url=SITE, settings={"variables": ["a"], "geo_level": "gemeente"})
    with pytest.raises(NotReached, match=r"MAINPORT_FEEDS_API_KEYS=monitor\.example=KEY"):
        swing.read(asked, Closed({}))  # type: ignore[arg-type]


PLACES = [place for place in places(ANSWERS) if place]


@given(place=st.sampled_from(PLACES), other=JSON)
@settings(max_examples=300, deadline=None)
def test_whatever_comes_ends_in_a_table_or_a_problem(place: tuple[Any, ...], other: Any):
    answers = copy.deepcopy(ANSWERS)
    inner: Any = answers
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = other
    with suppress(Problem):
        read(answers)
