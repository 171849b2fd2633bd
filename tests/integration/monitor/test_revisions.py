# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An indicator with its past: what a formula makes of values that were revised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from mainport.monitor import queries
from mainport.monitor.actions import editions
from mainport.monitor.models import Indicator
from mainport.monitor.queries import past
from mainport.monitor.rules.formula import Point
from mainport.monitor.rules.indicators import File
from tests.conftest import BY
from tests.functional.monitor.conftest import GRONINGEN, indicators, visit

pytestmark = pytest.mark.django_db
__all__ = ["indicators", "visit"]

LINE = dict.fromkeys(range(2019, 2025), 200000.0)


def ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_what_a_formula_made_of_the_old_values(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: LINE}, ago(20))
    visit({GRONINGEN: LINE | {2024: 220_000.0}})
    (found,) = queries.in_full("population-index").revisions
    assert isinstance(found.old, Point)
    assert isinstance(found.new, Point)
    assert (found.old.value, round(found.new.value, 9)) == (100, 110)
    assert found.span.start.year == 2024


def test_a_revision_keeps_the_edition_as_it_was(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: LINE}, ago(20))
    frozen = editions.freeze(by=BY, key="2026", title={"mul": "2026"})
    visit({GRONINGEN: LINE | {2024: 220_000.0}})

    def last(full: queries.InFull) -> float:
        return list(full.values.lines["groningen"].values())[-1].value

    assert last(queries.in_full("inhabitants")) == 220_000
    assert last(queries.in_full("inhabitants", frozen.known_at)) == 200_000
    assert queries.in_full("inhabitants", frozen.known_at).revisions == []
    assert queries.is_whole(frozen)


def test_what_is_long_past_counts_as_one_moment(
    indicators: File, visit: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "_MOMENTS", 3)  # The last, of published figures, included.
    for days, value in ((4, 1.0), (3, 2.0), (2, 3.0), (1, 4.0)):
        visit({GRONINGEN: LINE | {2024: value}}, ago(days))
    found = queries.in_full("inhabitants").revisions
    assert [(one.old, one.new) for one in found] == [(Point(3.0), Point(4.0))]
    assert list(queries.in_full("inhabitants").values.lines["groningen"].values())[-1] == Point(4.0)


def test_in_full_asks_little(indicators: File, visit: Callable[..., None], django_assert_max_num_queries) -> None:
    visit({GRONINGEN: LINE}, ago(20))
    visit({GRONINGEN: LINE | {2024: 220_000.0}})
    with django_assert_max_num_queries(5):
        queries.in_full("inhabitants")
    with django_assert_max_num_queries(6):
        queries.changed_since(ago(10))


def test_an_unknown_indicator() -> None:
    with pytest.raises(Indicator.DoesNotExist):
        queries.in_full("nothing")
