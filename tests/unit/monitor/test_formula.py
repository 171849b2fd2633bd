# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Formulas over series: worked out by hand, with margins, mergers and what is missing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mainport.core.rules.mergers import Part, Region
from mainport.monitor.rules.formula import Address, Formula, Line, Point, Span, Where, addresses, evaluate, tables

GRONINGEN = Where("groningen", ("GM0014",))
MERGED = date(2019, 1, 1)


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), "A")


def month(number: int, of: int) -> Span:
    return Span(date(of, number, 1), date(of, number, 28), "M")


@dataclass
class Reads:
    """Values by (measure, code of the region) and what regions consist of."""

    values: Mapping[tuple[str, str], Mapping[Span, float]]
    regions: Mapping[str, Sequence[Part]] = field(default_factory=dict)

    def line(self, address: Address) -> Mapping[Span, float]:
        _table, measure, codes = address
        at = dict(codes)
        return self.values.get((measure, at.get("RegioS", "") + at.get("Marges", "")), {})

    def parts(self, table: str, dimension: str, code: str) -> Sequence[Part]:
        return self.regions.get(code, (Part(code, 1.0, Region()),))


def reckon(written: dict[str, Any], reads: Reads, where: Where = GRONINGEN) -> Line:
    return evaluate(TypeAdapter(Formula).validate_python(written), where, reads)


def series(measure: str, **more: Any) -> dict[str, Any]:
    return {"kind": "series", "table": "T", "measure": measure, "area": "RegioS", **more}


def test_a_series_of_the_area() -> None:
    reads = Reads({("people", "GM0014"): {year(2020): 5.0}})
    assert reckon(series("people"), reads) == {year(2020): Point(5.0)}
    assert reckon(series("people"), reads, Where("assen", ("GM0106",))) == {}


def test_a_ratio_and_its_margin() -> None:
    reads = Reads(
        {
            ("graduates", "GM0014"): {year(2020): 30.0, year(2021): 40.0, year(2022): 1.0},
            ("people", "GM0014"): {year(2020): 200.0, year(2022): 0.0},
            ("graduates", "GM0014low"): {year(2020): 27.0},
            ("graduates", "GM0014high"): {year(2020): 33.0},
        }
    )
    survey = series("graduates", low={"Marges": "low"}, high={"Marges": "high"})
    written = {"kind": "ratio", "of": survey, "over": series("people"), "factor": 100}
    # 30 with a margin of 3, of 200: 15 percent with 1.5. No people known in 2021, and none in 2022.
    assert reckon(written, reads) == {year(2020): Point(15.0, 1.5)}


def test_per_inhabitant_takes_the_year_in_which_a_month_lies() -> None:
    reads = Reads(
        {
            ("benefits", "GM0014"): {month(3, 2020): 10.0, month(3, 2021): 12.0},
            ("people", "GM0014"): {year(2020): 1000.0},
        }
    )
    written = {"kind": "per-inhabitant", "of": series("benefits"), "over": series("people"), "factor": 1000}
    assert reckon(written, reads) == {month(3, 2020): Point(10.0)}


def test_an_index_is_100_in_its_base_year() -> None:
    reads = Reads({("price", "GM0014"): {year(2020): 200.0, year(2021): 220.0, month(1, 2021): 210.0}})
    assert reckon({"kind": "index", "of": series("price"), "base": 2020}, reads) == {
        year(2020): Point(100.0),
        year(2021): Point(pytest.approx(110.0)),
        month(1, 2021): Point(pytest.approx(105.0)),
    }
    assert reckon({"kind": "index", "of": series("price"), "base": 2019}, reads) == {}


def test_a_balance_has_a_value_only_where_all_have_one() -> None:
    reads = Reads(
        {
            ("came", "GM0014"): {year(2020): 9.0, year(2021): 8.0},
            ("left", "GM0014"): {year(2020): 4.0},
        }
    )
    written = {"kind": "sum", "of": [series("came")], "minus": [series("left")]}
    assert reckon(written, reads) == {year(2020): Point(5.0)}


def test_counts_of_municipalities_before_they_merged_are_summed_by_share() -> None:
    gone = Region(ended=MERGED)
    reads = Reads(
        {
            ("people", "GM0014"): {year(2017): 200.0, year(2018): 201.0, year(2019): 230.0},
            ("people", "GM0017"): {year(2018): 20.0},
            ("people", "GM0053"): {year(2017): 10.0, year(2018): 10.0},
        },
        {"GM0014": (Part("GM0014", 1, Region()), Part("GM0017", 1, gone), Part("GM0053", 0.1, gone))},
    )
    # 2017 isn't complete, since one of the three is missing: no value rather than too low a one.
    assert reckon(series("people"), reads) == {year(2018): Point(222.0), year(2019): Point(230.0)}


def test_averages_of_municipalities_are_weighed_by_their_inhabitants() -> None:
    gone = Region(ended=MERGED)
    reads = Reads(
        {
            ("price", "GM0014"): {year(2018): 200.0, year(2019): 300.0},
            ("price", "GM0017"): {year(2018): 400.0},
            ("people", "GM0014"): {year(2018): 90.0, year(2019): 100.0},
            ("people", "GM0017"): {year(2018): 10.0},
        },
        {"GM0014": (Part("GM0014", 1, Region()), Part("GM0017", 1, gone))},
    )
    found = reckon(series("price", combine="mean", weight=series("people")), reads)
    assert {span: point.value for span, point in found.items()} == {year(2018): 220.0, year(2019): 300.0}
    # Nothing to weigh by: only where one is left, which needs no weight.
    assert reckon(series("price", combine="mean"), reads) == {year(2019): Point(300.0)}


def test_several_regions_are_one_area() -> None:
    north = Where("north", ("PV20", "PV21"))
    reads = Reads({("people", "PV20"): {year(2020): 5.0}, ("people", "PV21"): {year(2020): 6.0, year(2021): 7.0}})
    assert reckon(series("people"), reads, north) == {year(2020): Point(11.0)}
    one_code = Reads({("people", "LD01"): {year(2020): 11.5}})
    assert reckon(series("people", codes={"north": ["LD01"]}), one_code, north) == {year(2020): Point(11.5)}


def test_margins_of_a_sum_add_in_squares() -> None:
    values: dict[tuple[str, str], Mapping[Span, float]] = {}
    for code, half in (("PV20", 3.0), ("PV21", 4.0)):
        values |= {
            ("jobs", code): {year(2020): 50.0},
            ("jobs", code + "low"): {year(2020): 50.0 - half},
            ("jobs", code + "high"): {year(2020): 50.0 + half},
        }
    survey = series("jobs", low={"Marges": "low"}, high={"Marges": "high"})
    assert reckon(survey, Reads(values), Where("north", ("PV20", "PV21"))) == {year(2020): Point(100.0, 5.0)}


def test_what_a_formula_reads_is_known_beforehand() -> None:
    formula = TypeAdapter(Formula).validate_python(
        {"kind": "ratio", "of": series("price", weight=series("people") | {"table": "U"}), "over": series("people")}
    )
    asked = addresses(formula, GRONINGEN, Reads({}))
    assert {(table, measure) for table, measure, _codes in asked} == {("T", "price"), ("T", "people")}
    assert tables(formula) == {"T", "U"}


@pytest.mark.parametrize(
    "written",
    [
        {"kind": "ratio", "of": series("a")},
        {"kind": "power", "of": series("a")},
        {"kind": "ratio", "of": series("a"), "over": series("b"), "factor": 0},
        {"kind": "sum", "of": []},
        series("a", combine="median"),
    ],
)
def test_what_is_no_formula_is_refused(written: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Formula).validate_python(written)


def test_no_value_is_made_out_of_none() -> None:
    gone = Region(ended=MERGED)
    reads = Reads(
        {("price", "GM0014"): {year(2018): 2.0}, ("price", "GM0017"): {year(2018): 4.0}},
        {"GM0014": (Part("GM0014", 1, Region()), Part("GM0017", 1, gone))},
    )
    found = reckon(series("price", combine="mean", weight=series("people")), reads)
    assert not any(math.isnan(point.value) for point in found.values())
    assert found == {}
