# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Whatever a source answers, reading it ends in a table or in a problem that says what is wrong."""

from __future__ import annotations

import copy
import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.core.fetching.problems import NotReached, Problem
from mainport.monitor.feeds import Asked, cbs
from mainport.monitor.rules.tables import Finality, Lines

ROOT = "https://feed.example/CBS/T"
ANSWERS: dict[str, Any] = {
    f"{ROOT}/Properties": {"Identifier": "T", "Title": "Bevolking", "Version": "1", "ObservationCount": 2},
    f"{ROOT}/Dimensions": {
        "value": [
            {"Identifier": "RegioS", "Title": "Regio's", "Kind": "GeoDimension"},
            {"Identifier": "Perioden", "Title": "Perioden", "Kind": "TimeDimension"},
        ]
    },
    f"{ROOT}/MeasureCodes": {
        "value": [{"Identifier": "M1", "Title": "Inwoners", "Unit": "aantal", "Decimals": 0, "DataType": "Long"}]
    },
    f"{ROOT}/RegioSCodes": {"value": [{"Identifier": "GM0014", "Title": "Groningen", "DimensionGroupId": "GM"}]},
    f"{ROOT}/PeriodenCodes": {"value": [{"Identifier": "2025JJ00", "Title": "2025", "Status": "Voorlopig"}]},
    f"{ROOT}/Observations": {
        "value": [
            {
                "Id": 1,
                "Measure": "M1",
                "ValueAttribute": "None",
                "Value": 246_000,
                "StringValue": None,
                "RegioS": "GM0014    ",
                "Perioden": "2025JJ00",
            }
        ],
        "@odata.nextLink": None,
    },
}


class FakeVisit:
    def __init__(self, answers: dict[str, Any]) -> None:
        self._answers = answers

    def get(self, url: str, *, accept: str = "*/*") -> bytes:
        if url not in self._answers:
            raise NotReached(f"{url} answered 404", status=404)
        answer = self._answers[url]
        return answer if isinstance(answer, bytes) else json.dumps(answer).encode()


def read(answers: dict[str, Any]) -> Lines:
    asked = Asked(key="T", url="https://feed.example/CBS", settings={"table": "T"})
    (table,) = cbs.read(asked, FakeVisit(answers))  # type: ignore[arg-type]
    return table


def test_a_table():
    table = read(ANSWERS)
    assert table.lines == {("M1", "GM0014"): {"2025JJ00": (246_000.0, None, 0, Finality.PROVISIONAL)}}
    assert (table.key, table.title, table.version, table.extra["declared"]) == ("T", "Bevolking", "1", 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(10**400),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to everything inside."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


PLACES = [place for place in places(ANSWERS) if place]


@given(place=st.sampled_from(PLACES), other=JSON, gone=st.booleans())
@settings(max_examples=400, deadline=None)
def test_anything_in_place_of_anything(place, other, gone):
    answers = copy.deepcopy(ANSWERS)
    inside = answers
    for key in place[:-1]:
        inside = inside[key]
    if gone:
        del inside[place[-1]]
    else:
        inside[place[-1]] = other
    try:
        table = read(answers)
    except Problem:
        return
    for line in table.lines.values():
        assert all(value is None or abs(value) < float("inf") for value, *_rest in line.values())


@given(name=st.sampled_from(sorted(ANSWERS)), at=st.integers(0, 400), body=st.binary(max_size=20))
def test_bytes_that_are_no_json(name, at, body):
    whole = json.dumps(ANSWERS[name]).encode()
    with suppress(Problem):
        read({**ANSWERS, name: whole[:at] + body})
