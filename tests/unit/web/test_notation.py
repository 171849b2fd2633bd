# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How pages say texts, numbers, euros and dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from mainport.web.templatetags.mainport import (
    euro,
    euro_short,
    is_code,
    is_past,
    kind_label,
    number,
    say,
    span,
    term,
    value_label,
    when,
    words,
)


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "1.050.000 euro"), ("en", "€1,050,000"), ("de", "1.050.000\xa0€")]
)
def test_euro(language: str, said: str) -> None:
    with translation.override(language):
        assert euro(1_050_000) == said


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("nl", 500_000_000, "500 miljoen euro"),
        ("en", 500_000_000, "€500 million"),
        ("nl", 1_570_000_000, "1,57 miljard euro"),
        ("en", 1_570_000_000, "€1.57 billion"),
        ("en", 1_200_000, "€1,200,000"),
        ("en", None, ""),
    ],
)
def test_large_amounts_where_room_is_scarce(language: str, value: int | None, said: str) -> None:
    with translation.override(language):
        assert euro_short(value) == said


@pytest.mark.parametrize(("language", "said"), [("nl", "53,2202"), ("en", "53.2202")])
def test_number(language: str, said: str) -> None:
    with translation.override(language):
        assert number(53.2202) == said
        assert number(None) == ""


@pytest.mark.parametrize(
    ("written", "dutch", "english"),
    [
        ("2022", "2022", "2022"),
        ("2022-01", "januari 2022", "January 2022"),
        ("2026-11-24", "24 november 2026", "24 November 2026"),
        (date(2026, 11, 24), "24 november 2026", "24 November 2026"),
        # Half past eleven in the evening of UTC is the next day in Groningen.
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "24 november 2026", "24 November 2026"),
        (None, "", ""),
    ],
)
def test_dates_as_exact_as_they_are_known(written: str | date | None, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert when(written) == dutch
    with translation.override("en"):
        assert when(written) == english


def test_a_stretch_of_time() -> None:
    with translation.override("en"):
        assert span("2022", "2027") == "2022 to 2027"
        assert span("2018", None) == "from 2018"
        assert span(None, "2027-06") == "until June 2027"
        assert span(None, None) == ""


def test_a_text_of_another_language_says_so() -> None:
    with translation.override("nl"):
        assert say({"en": "Dykes & dunes", "de": "Deiche"}) == '<span lang="en">Dykes &amp; dunes</span>'
        assert say({"de": "Deiche"}) == '<span lang="de">Deiche</span>'
        assert say({"nl": "Dijken", "en": "Dykes"}) == "Dijken"
        assert say({"mul": "Wetsus"}) == "Wetsus"
        assert say("Wetsus") == "Wetsus"
        assert say(None) == ""
        assert words({"en": "Dykes & dunes"}) == "Dykes & dunes"


def test_only_codes_are_shown_as_codes() -> None:
    assert is_code("E3")
    assert not is_code("raise-the-north-dyke")
    assert not is_code("water")


def test_past_is_past_when_its_last_day_is() -> None:
    assert is_past("2026-10", date(2026, 11, 1))
    assert not is_past("2026", date(2026, 11, 1))


def test_words_for_kinds_and_values() -> None:
    with translation.override("en"):
        assert kind_label("task") == "Task"
        assert value_label("yearly", "when") == "every year"
        assert value_label("Fischerei", "field") == "Fischerei"


def test_a_term_leads_to_its_meaning() -> None:
    with translation.override("en"):
        assert term("task", "Task") == '<a class="mainport-term" href="/en/glossary/#task">Task</a>'
        assert term("paper", "Paper") == "Paper"
