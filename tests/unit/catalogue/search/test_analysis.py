# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Words, stems and languages."""

import pytest
from wordfreq import get_frequency_dict

from mainport.catalogue.search.analysis import says_something, small_words, stem, stems, telling, tokens, words
from mainport.catalogue.search.detection import language_of, leaning


def test_words_are_without_case_and_accents() -> None:
    assert words("Fryslân én de Coördinator, co-creatie!") == ["fryslan", "en", "de", "coordinator", "co", "creatie"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("nl", "opleidingen", "opleiding"), ("nl", "aardbevingen", "aardbeving"), ("en", "studies", "study")],
)
def test_forms_of_a_word_have_one_stem(language: str, one: str, other: str) -> None:
    assert stem(one, language) == stem(other, language)


def test_a_text_without_language_keeps_its_words() -> None:
    assert [token.text for token in tokens("Universiteiten zum Beispiel", "und").tokens] == [
        "universiteiten",
        "zum",
        "beispiel",
    ]


def test_small_words_are_left_out_and_keep_their_place() -> None:
    found = tokens("De haven van Delfzijl", "nl").tokens
    assert [token.text for token in found] == [stem("haven", "nl"), stem("delfzijl", "nl")]
    assert found[1].position - found[0].position == 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_small_word_is_known_as_one(language: str) -> None:
    small = {
        word for word in get_frequency_dict(language, "best") if word.isalpha() and not says_something(word, language)
    }
    assert len(small) > 30
    assert small <= small_words()


def test_the_language_is_asked_for_only_where_a_small_word_depends_on_it() -> None:
    def never() -> str:
        raise AssertionError

    assert telling(["schade", "huis"], never) == ["schade", "huis"]
    assert telling(["de", "schade"], lambda: "nl") == ["schade"]


def test_a_question_is_looked_up_by_its_stems_in_every_language() -> None:
    assert set(stems("groningen")) >= {stem("groningen", "nl"), stem("groningen", "en")}


def test_a_question_of_small_words_only_keeps_them() -> None:
    assert telling(["de", "haven"], "nl") == ["haven"]
    assert telling(["de", "het"], "nl") == ["de", "het"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("De gemeente onderzoekt hoe bewoners de schade ervaren.", "nl"),
        ("The province asks how residents experience the damage.", "en"),
        ("Die Stadt untersucht das nicht so genau, aber trotzdem gut", "und"),
        ("", "und"),
        ("12 34 %%", "und"),
    ],
)
def test_language_is_told_from_the_words(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_short_text_is_in_the_language_of_most() -> None:
    assert language_of("stage project", "nl", 4.0) == "nl"
    assert language_of("stage project", "en", 4.0) == "en"
    # What is clearly in another language stays so.
    assert language_of("how to learn the language of your neighbours", "nl", 2.0) == "en"


def test_the_language_of_most_texts_is_presumed() -> None:
    language, lead = leaning(["De haven groeit.", "Het water stijgt.", "Er is geen huis.", "A new harbour is built."])
    assert language == "nl"
    assert 0 < lead < 3


@pytest.mark.parametrize(
    "text",
    [
        "Wasserstoff ist ein wichtiger Energieträger der Zukunft und wird aus Strom gewonnen.",
        "La ville étudie comment les habitants vivent les dégâts causés à leurs maisons.",
        "La ciudad investiga cómo los vecinos sufren los daños en sus casas.",
    ],
)
def test_a_third_language_is_not_taken_for_that_of_most(text: str) -> None:
    assert language_of(text, "nl", 5.0) == "und"
    # Who says so knows.
    assert language_of(text, "nl", 50.0) == "nl"
