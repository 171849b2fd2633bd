# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Graduates against open jobs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.talent.rules.mismatch import mismatch

GOES = {"nursing": {"care": 0.9}, "engineering": {"energy": 0.5, "care": 0.5}}


def test_by_hand():
    """Of 100 nurses 80 stay, 72 of them to care; of 40 engineers 20 to each. Care: 92 for 46 jobs, energy 20 for 54.
    Of 112 people care has 92 (0.8214) where 0.46 of the jobs are: 0.3614 would have to go elsewhere."""
    found = mismatch({"nursing": 100, "engineering": 40}, {"nursing": 0.8}, GOES, {"care": 46, "energy": 54})
    care, energy = found.sectors
    assert (care.graduates, care.balance, care.ratio) == (92, 46, 2)
    assert care.by_field == {"nursing": 72, "engineering": 20}
    assert (energy.balance, energy.ratio) == (-34, pytest.approx(20 / 54))
    assert found.elsewhere == pytest.approx(8)
    assert found.index == pytest.approx(92 / 112 - 0.46)


def test_nobody_and_nothing_open():
    assert mismatch({}, {}, {}, {"care": 3}).index is None
    found = mismatch({"art": 5}, {}, {"art": {"culture": 1}}, {})
    assert (found.sectors[0].ratio, found.elsewhere) == (None, 0)


@given(
    st.dictionaries(st.sampled_from("abc"), st.floats(0, 100)),
    st.dictionaries(st.sampled_from("xyz"), st.floats(0, 100)),
)
def test_everybody_goes_somewhere(graduates, vacancies):
    found = mismatch(graduates, {}, {"a": {"x": 0.5, "y": 0.5}, "b": {"z": 0.3}}, vacancies)
    assert sum(side.graduates for side in found.sectors) + found.elsewhere == pytest.approx(sum(graduates.values()))
    assert found.index is None or -1e-9 <= found.index <= 1 + 1e-9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (({"a": -1}, {}, {}, {}), "graduates of a: -1 is below zero"),
        (({}, {}, {}, {"x": -2}), "vacancies of x"),
        (({}, {"a": 2}, {}, {}), "retention of a: 2 isn't a share"),
        (({"a": 1}, {}, {"a": {"x": 0.7, "y": 0.7}}, {}), "a goes to sectors by 1.4 of itself"),
    ],
)
def test_what_makes_no_sense(arguments, words):
    with pytest.raises(ValueError, match=words):
        mismatch(*arguments)
