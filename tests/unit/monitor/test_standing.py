# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How an indicator stands: which line is assessed, against which target, and what is forecast."""

from datetime import date

import pytest

from mainport.monitor.rules.formula import Line, Point, Span
from mainport.monitor.rules.indicators import Definition
from mainport.monitor.rules.progress import Method, Note, Status
from mainport.monitor.rules.standing import (
    Figure,
    Goal,
    agreed,
    final,
    moment,
    one_frequency,
    span_of,
    standing,
)

WRITTEN = {
    "id": "jobs",
    "title": "Jobs",
    "definition": "Jobs.",
    "unit": "jobs",
    "direction": "positive",
    "owner": "rug",
    "measures": ["task:K2"],
    "connection": {"feed": "count", "table": "jobs"},
    "areas": ["city"],
    "floor": 0,
}
DEFINITION = Definition.model_validate(WRITTEN)
YEARS = {2020: 100.0, 2021: 110.0, 2022: 121.0, 2023: 133.1, 2024: 146.41}


def line(values: dict[int, float]) -> Line:
    return {span_of(str(year)): Point(value) for year, value in values.items()}


def figure(period: str, value: float | None, source: str = "press") -> Figure:
    return Figure(source, period, span_of(period), None if value is None else Point(value))


def goal(period: str, value: float | None = None, *, interim: bool = False) -> Goal:
    return Goal(period, value, None if value is not None else {"en": "More"}, interim, "agenda")


def test_moments_of_periods() -> None:
    assert moment(span_of("2019/20")) == 2019
    assert moment(span_of("2019-Q3")) == 2019.5
    assert moment(span_of("2019-04")) == 2019.25


def test_frequencies_are_not_mixed() -> None:
    month = Span(date(2025, 1, 1), date(2025, 1, 31), "M")
    mixed = {month: Point(9.0), **line({2024: 2.0, 2023: 1.0})}
    assert list(one_frequency(mixed)) == [span_of("2023"), span_of("2024")]
    assert one_frequency({month: Point(9.0)}) == {month: Point(9.0)}
    assert one_frequency({}) == {}


def test_sources_that_agree_count_once_and_those_that_differ_not_at_all() -> None:
    found, differing = agreed(
        [figure("2018", 198, "a"), figure("2018", 198, "b"), figure("2020", 4.3, "a"), figure("2020", 4.5, "b")]
    )
    assert (found, differing) == (line({2018: 198.0}), (2020.0,))


def test_the_formula_goes_before_published_figures() -> None:
    published = [figure("2010", 1), figure("2012", 9)]
    assert list(standing(DEFINITION, line(YEARS), published, []).line) == [2020, 2021, 2022, 2023, 2024]
    assert list(standing(DEFINITION, {}, published, []).line) == [2010, 2012]
    assert standing(DEFINITION, {}, [figure("2010", None)], []).no_forecast == "there are no values"


def test_without_a_target_growth_counts_from_the_baseline() -> None:
    later = Definition.model_validate(WRITTEN | {"baseline": 2022})
    found = standing(later, line(YEARS), [], [])
    assert found.assessment.method is Method.GROWTH
    assert found.assessment.value == pytest.approx(0.1)  # 121 to 146.41 in two years
    assert found.goal is None


def test_with_a_target_the_pace_counts() -> None:
    # Ten percent a year; 100 in 2020 to 259.37 in 2030 needs as much.
    found = standing(DEFINITION, line(YEARS), [], [goal("2025", 150, interim=True), goal("2030", 259.374)])
    assert found.assessment.value == pytest.approx(1.0, abs=1e-4)
    assert found.assessment.status is Status.SUBSTANTIAL
    assert found.forecast is not None
    # As far ahead as the line reaches back: four years, not six.
    assert [step.at for step in found.forecast.steps] == [2025, 2026, 2027, 2028]


def test_a_target_in_words_is_no_number() -> None:
    found = standing(DEFINITION, line(YEARS), [], [goal("2030")])
    assert found.goal == goal("2030")
    assert found.assessment.method is Method.GROWTH
    assert final([goal("2030"), goal("2025", 1.0)]) == goal("2025", 1.0)
    assert final([goal("2025", 1.0, interim=True)]) is None


def test_parts_of_a_year_are_assessed_and_not_forecast() -> None:
    months = {Span(date(2025, month, 1), date(2025, month, 28), "M"): Point(100.0 + month) for month in range(1, 13)}
    found = standing(DEFINITION, months, [], [])
    assert found.assessment.status is Status.SUBSTANTIAL
    assert (found.forecast, found.no_forecast) == (None, "only yearly values are forecast")


def test_margins_reach_the_verdict() -> None:
    survey = {span_of("2020"): Point(50.0, 3.0), span_of("2022"): Point(54.0, 4.0)}
    assert Note.CHANGE_WITHIN_MARGIN in standing(DEFINITION, survey, [], []).assessment.notes


def test_a_forecast_stays_above_the_floor() -> None:
    falling = line({2018: 9.0, 2019: 7.0, 2020: 5.0, 2021: 3.0, 2022: 1.0})
    found = standing(DEFINITION, falling, [], []).forecast
    assert found is not None
    assert [step.value for step in found.steps] == [0, 0, 0]


def test_figures_that_their_source_qualifies_are_named_as_rough() -> None:
    about = Figure("press", "2018", span_of("2018"), Point(20000.0), qualifier={"en": "about"})
    found = standing(DEFINITION, {}, [about, figure("2021", 21281)], [])
    assert found.rough == (2018.0,)
    assert standing(DEFINITION, line(YEARS), [about], []).rough == ()
