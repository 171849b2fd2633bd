# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from mainport.monitor.rules.plausible import Known, implausible, note
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role


def a_table(values: list[float | None], *, title: str = "Bevolking", unit: str = "aantal", **more: object) -> Lines:
    periods = [str(2000 + number) for number in range(len(values))]
    return Lines(
        key="T",
        title="T",
        dimensions=(Dimension("P", "P", Role.TIME, tuple(Code(p, p) for p in periods)),),
        measures=(Measure("M1", title, unit),),
        lines={("M1", ""): {p: (v, None, 0 if v is not None else 3, 0) for p, v in zip(periods, values, strict=True)}},
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Bevolking op 1 januari", "aantal"),
        ("Inwoners", "x 1 000"),
        ("Population", "number"),
        ("Huishoudens", "Aantal"),
    ],
)
def test_a_population_is_never_below_zero(title, unit):
    assert implausible(a_table([10.0, -3.0], title=title, unit=unit), None) == [
        f"{title} can't be below zero: -3 {unit} at 2001"
    ]


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Bevolkingsgroei", "aantal"),
        ("Saldo voorraad", "aantal"),
        ("Natuurlijke aanwas", "aantal"),
        ("Bevolking", "%"),
        ("Correctie", "aantal"),
        ("Resultaat", "euro"),
    ],
)
def test_a_balance_or_a_share_may_be_below_zero(title, unit):
    known = Known(lowest={"M1": (2.0, 500)})
    assert implausible(a_table([10.0, -3.0], title=title, unit=unit), known) == []


def test_a_count_that_never_was_below_zero_is_not_now():
    table = a_table([-1.0], title="Uitgesproken faillissementen", unit="Aantal")
    assert implausible(table, Known(lowest={"M1": (0.0, 3000)}))
    assert implausible(table, Known(lowest={"M1": (-5.0, 3000)})) == []
    assert implausible(table, Known(lowest={"M1": (0.0, 3)})) == [], "three numbers show nothing"
    assert implausible(table, None) == []


def test_missing_is_not_below_zero():
    assert implausible(a_table([None, 1.0]), None) == []


def test_the_same_version_has_as_many_values_as_before():
    table = a_table([1.0] * 99, version="2")
    assert "isn't whole" in implausible(table, Known(version="2", observations=100))[0]
    assert implausible(table, Known(version="1", observations=100)) == [], "another version may drop some"
    assert implausible(table, Known(version="2", observations=99)) == []


def test_a_table_does_not_lose_more_than_a_tenth():
    known = Known(version="1", observations=100)
    assert implausible(a_table([1.0] * 90, version="2"), known) == []
    assert implausible(a_table([1.0] * 89, version="2"), known) == [
        "T lost too much: 89 observations came where 100 were known"
    ]


def test_a_source_that_counted_right_before_is_held_to_its_count():
    table = a_table([1.0] * 95, version="2", extra={"declared": 105})
    assert "says that it has 105" in implausible(table, Known(version="1", observations=100, declared=100))[0]
    assert implausible(table, Known(version="1", observations=100, declared=5000)) == []


def test_a_part_of_a_table_is_noted():
    assert note(a_table([1.0], extra={"declared": 1000})) == (
        "T: the source says that it has 1,000 observations; 1 came."
    )
    assert note(a_table([1.0], extra={"declared": 1})) == ""
    assert note(a_table([])) == "T: no observations came."
