# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The grammar of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.search.query import MOST_WORDS, Clause, read
from mainport.catalogue.search.synonyms import synonyms


def test_words_phrases_fields_and_what_is_left_out() -> None:
    question = read('schade "brede welvaart" -stad author:"de Vries" titel:gas doi:10.1234/AB', "nl")
    assert question.words == ("schade",)
    assert question.clauses == (
        Clause(("brede", "welvaart")),
        Clause(("stad",), excluded=True),
        Clause(("de", "vries"), "names"),
        Clause(("gas",), "title"),
        Clause(("10.1234/ab",), "identifier"),
    )
    # What is embedded is what it is about.
    assert question.plain == "schade brede welvaart gas"
    assert question.highlighted == ("schade", "brede", "welvaart", "de", "vries", "gas", "10.1234/ab")


def test_quotation_marks_may_be_curled() -> None:
    assert read("“gezond ouder worden”", "nl").clauses == (Clause(("gezond", "ouder", "worden")),)
    assert read("„gezond ouder worden”", "nl").clauses == (Clause(("gezond", "ouder", "worden")),)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ('een "open citaat', ("een", "open", "citaat")),
        ("- - schade", ("schade",)),
        ("co-creatie", ("co", "creatie")),
        ("kleur:groen", ("kleur", "groen")),
        ("https://example.org/a", ("https", "example", "org", "a")),
        ("a AND b OR (c)", ("a", "and", "b", "or", "c")),
        ("   ", ()),
        ("\0schade\ud800", ("schade",)),
    ],
)
def test_what_is_no_grammar_is_read_as_words(asked: str, words: tuple[str, ...]) -> None:
    assert read(asked, "nl").words == words
    assert read(asked, "nl").clauses == ()


def test_small_words_say_nothing_in_their_own_language() -> None:
    assert read("de schade van het huis", "nl").telling == ("schade", "huis")
    assert read("the houses of the north", "en").telling == ("houses", "north")


def test_plain_words_have_no_grammar() -> None:
    question = read('title:x "a b" -c', "en", plain_words=True)
    assert question.clauses == ()
    assert question.words == ("title", "x", "a", "b", "c")


@given(st.text(max_size=3_000))
def test_nothing_is_refused(asked: str) -> None:
    question = read(asked, "nl")
    assert len(question.words) <= MOST_WORDS
    assert all(clause.words for clause in question.clauses)


def test_names_of_the_region_have_other_names() -> None:
    ((begin, end, others),) = synonyms(("schade", "rijksuniversiteit", "groningen"))
    assert (begin, end) == (1, 3)
    assert ("rug",) in others
    assert synonyms(("schade",)) == []
