# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The grammar of questions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.search.query import MOST_WORDS, Clause, read
from mainport.catalogue.search.synonyms import spelled, synonyms


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
        ("a AND b OR (c)", ("a", "b", "c")),
        ("A AND B", ("a", "and", "b")),
        ("OR", ("or",)),
        ("   ", ()),
        ("\0schade\ud800", ("schade",)),
    ],
)
def test_what_is_no_grammar_is_read_as_words(asked: str, words: tuple[str, ...]) -> None:
    assert read(asked, "nl").words == words
    assert read(asked, "nl").clauses == ()


def test_not_is_a_minus_among_other_words() -> None:
    question = read("zorg NOT ouderen", "nl")
    assert question.words == ("zorg",)
    assert question.clauses == (Clause(("ouderen",), excluded=True),)
    assert read("ZORG NOT OUDEREN", "nl").clauses == ()
    assert read("not done", "en").clauses == ()


def test_what_a_hyphen_or_points_keep_together_is_one_word_too() -> None:
    assert read("e-health en A.I.", "nl").joined == ((("e", "health"), "ehealth"), (("a", "i"), "ai"))
    assert read("2.000 co-creatie", "nl").joined == ((("2", "000"), "2000"), (("co", "creatie"), "cocreatie"))
    assert read("schade - huis. Tuin", "nl").joined == ()
    assert read("zorg -ouderen", "nl").joined == ()


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


def test_what_is_written_in_several_ways() -> None:
    assert spelled(("e", "health"), ((("e", "health"), "ehealth"),)) == [(0, 2, (("ehealth",),))]
    assert spelled(("cursus", "email"), ()) == [(1, 2, (("e", "mail"),))]
    assert spelled(("ictonderwijs",), ()) == [(0, 1, (("ict", "onderwijs"),))]
    assert spelled(("energie", "schade"), ()) == []


def test_names_of_the_region_have_other_names() -> None:
    ((begin, end, others),) = synonyms(("schade", "rijksuniversiteit", "groningen"))
    assert (begin, end) == (1, 3)
    assert ("rug",) in others
    assert synonyms(("schade",)) == []
