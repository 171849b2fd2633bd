# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Days as people write them."""

from __future__ import annotations

import pytest

from mainport.catalogue.rules import written_days


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026", "2026"),
        ("2026-06", "2026-06"),
        (" 2026-6-30 ", "2026-06-30"),
        ("6/2026", "2026-06"),
        ("30-06-2026", "2026-06-30"),
        ("30.6.2026", "2026-06-30"),
        ("juni 2026", "2026-06"),
        ("30 juni 2026", "2026-06-30"),
        ("1 Mei 2026", "2026-05-01"),
        ("May 2026", "2026-05"),
        ("mrt 2026", "2026-03"),
        ("Oct. 2026", "2026-10"),
        ("30 June, 2026", "2026-06-30"),
    ],
)
def test_what_is_read(said: str, day: str) -> None:
    assert str(written_days.read(said)) == day


@pytest.mark.parametrize(
    "said",
    ["", "June", "26", "2026-13", "31-02-2026", "juniper 2026", "somber 2026", "30 2026", "2026 juni", "2026-06-30-1"],
)
def test_what_is_no_day(said: str) -> None:
    assert written_days.read(said) is None
