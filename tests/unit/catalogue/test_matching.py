# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import random
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.rules import matching
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.matching import PERHAPS, SURE, Entry, Evidence
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Identifier, Organisation, Scheme, Work, WorkFile, WorkType

WORK = Work(
    titles={"nl": "Wonen na de bevingen: een casus in Loppersum"},
    type=WorkType.THESIS,
    authors=(Author("Alice Jansen", "Jansen", "Alice"), Author("Bob de Boer", "de Boer", "Bob")),
    published=Day(2024, 6),
)
SENTENCE = (
    "de bodem daalt en het huis scheurt terwijl niemand betaalt en de gemeente wacht op een besluit uit Den Haag over "
    "geld voor herstel van schade door bevingen in het noorden waar mensen al jaren wonen met stutten aan de gevel"
)
WORDS = SENTENCE.split()


def doi(work: Work, number: str) -> Work:
    return replace(work, identifiers=(Identifier(Scheme.DOI, number),))


def certainty(one: Work, other: Work, mine: bytes = b"", theirs: bytes = b"") -> float:
    return matching.compare(Entry("a", one, mine), Entry("b", other, theirs)).certainty


def found(one: Work, other: Work) -> bool:
    """Whether the keys bring them together at all."""
    return bool(matching.keys(Entry("a", one)) & matching.keys(Entry("b", other)))


@pytest.mark.parametrize(
    ("change", "low", "high"),
    [
        ({}, SURE, 1.0),
        ({"authors": (Author("Jansen, A."),)}, SURE, 1.0),
        ({"authors": (Author("A. Jansen", orcid="0000-0002-1825-0097"), Author("B. de Boer"))}, SURE, 1.0),
        ({"titles": {"und": "WONEN NA DE BEVINGEN — Een casus in Loppersum."}}, SURE, 1.0),
        ({"titles": {"nl": "Wonen na de bevingen"}, "published": None}, 0.7, 1.0),
        ({"titles": {"nl": "Wonen na de bevingen"}, "subtitles": {"nl": "een casus in Loppersum"}}, SURE, 1.0),
        ({"titles": {"nl": "Wonen na de bevigen: een casus in Loppersum"}}, 0.85, 1.0),
        ({"authors": ()}, PERHAPS, SURE),
        ({"published": Day(2015)}, PERHAPS, 0.61),
        ({"type": WorkType.ARTICLE}, PERHAPS, 0.86),
        ({"type": WorkType.REPORT}, SURE, 1.0),
        ({"authors": (Author("Anna Smit"),)}, 0.0, PERHAPS),
        ({"type": WorkType.DATASET}, 0.0, PERHAPS),
        ({"titles": {"nl": "Iets heel anders over wonen en bevingen"}}, 0.0, PERHAPS),
    ],
)
def test_title_authors_and_year(change: dict[str, Any], low: float, high: float) -> None:
    other = replace(WORK, **change)
    assert low <= certainty(WORK, other) <= high, change
    assert certainty(WORK, other) == certainty(other, WORK)
    if low:
        assert found(WORK, other)


def test_reasons_are_told() -> None:
    pair = matching.compare(Entry("b", WORK), Entry("a", replace(WORK, published=Day(2020))))
    assert (pair.first, pair.second) == ("a", "b")
    assert [(reason.kind, reason.against) for reason in pair.reasons] == [
        (Evidence.TITLE, False),
        (Evidence.AUTHORS, False),
        (Evidence.OTHER_YEAR, True),
    ]
    assert pair.reasons[-1].detail in ("2024, 2020", "2020, 2024")


def test_numbers_in_titles_tell_works_apart() -> None:
    one = replace(WORK, titles={"nl": "Jaarverslag van de bibliotheek 2020"}, published=None)
    other = replace(one, titles={"nl": "Jaarverslag van de bibliotheek 2021"})
    assert certainty(one, other) < PERHAPS


def test_the_same_number_is_enough_but_for_another_title() -> None:
    one = doi(WORK, "10.1000/x")
    translated = doi(Work({"en": "Living after the quakes"}, WorkType.ARTICLE), "10.1000/x")
    assert certainty(one, doi(replace(WORK, titles={"en": "Wonen na de bevingen"}), "10.1000/x")) >= SURE
    assert PERHAPS <= certainty(one, translated) < SURE
    assert found(one, translated)
    upper = replace(WORK, titles={}, identifiers=(Identifier(Scheme.URN, "URN:NBN:NL:UI:1-2"),))
    lower = replace(WORK, titles={}, identifiers=(Identifier(Scheme.URN, "urn:nbn:nl:ui:1-2"),))
    assert certainty(upper, lower) >= SURE


def test_two_numbers_of_one_kind_need_somebody_to_look() -> None:
    assert certainty(doi(WORK, "10.1000/x"), doi(WORK, "10.1000/y")) < SURE
    assert certainty(doi(WORK, "10.1000/x"), doi(WORK, "10.1000/y")) >= PERHAPS


def test_a_chapter_is_not_its_book() -> None:
    number = (Identifier(Scheme.ISBN, "9780306406157"),)
    book = replace(WORK, type=WorkType.BOOK, identifiers=number)
    chapter = replace(WORK, type=WorkType.CHAPTER, identifiers=number, titles={"nl": "De schade"})
    assert certainty(book, chapter) < PERHAPS
    assert certainty(book, replace(book, authors=())) >= SURE


def test_the_same_file_and_the_same_text() -> None:
    file = WorkFile("a.pdf", sha256="0" * 64)
    bare = Work({}, files=(file,))
    assert certainty(bare, bare) >= SURE
    text = " ".join(WORDS * 20)
    mine = matching.signature(text)
    assert len(mine) == 512
    assert matching.likeness(mine, mine) == 1
    assert certainty(Work({}), Work({}), mine, mine) >= SURE
    assert matching.signature("kort") == b""
    assert matching.likeness(b"", mine) == 0


def test_texts_of_which_a_part_is_the_same() -> None:
    draw = random.Random(1)
    words = [draw.choice(WORDS) + str(draw.randrange(50)) for _ in range(3000)]
    other = [draw.choice(WORDS) + str(draw.randrange(50)) for _ in range(3000)]
    mine = matching.signature(" ".join(words))
    nearly = matching.signature(" ".join(["Voorwoord", *words[:2900]]).upper())
    half = matching.signature(" ".join(words[:2000] + other[:1000]))
    none = matching.signature(" ".join(other))
    assert matching.likeness(mine, nearly) > 0.85
    assert 0.3 < matching.likeness(mine, half) < 0.7
    assert matching.likeness(mine, none) < 0.1
    one = Entry("a", Work({"nl": "Eindversie"}), mine)
    two = Entry("b", Work({"nl": "Concept van het verslag"}), nearly)
    (pair,) = matching.pairs([one, two])
    assert pair.reasons[0].kind is Evidence.TEXT
    assert PERHAPS <= pair.certainty < SURE  # Of another title: somebody looks.


def test_pairs_and_groups_over_sources() -> None:
    entries = [
        Entry("pure:1", WORK),
        Entry("oai:1", doi(replace(WORK, authors=(Author("Jansen, A."),)), "10.1000/x")),
        Entry("sharekit:1", doi(Work({"en": "Living after the quakes"}, authors=WORK.authors), "10.1000/x")),
        Entry("pure:2", replace(WORK, titles={"nl": "Bodemdaling in Groningen"})),
        Entry("oai:2", replace(WORK, titles={"nl": "Inleiding"}, authors=(Author("Carla Smit"),))),
    ]
    pairs = matching.pairs(entries)
    assert [(pair.first, pair.second) for pair in pairs] == [("oai:1", "pure:1"), ("oai:1", "sharekit:1")]
    assert matching.groups(pairs) == [("oai:1", "pure:1")]
    assert matching.groups(pairs, least=PERHAPS) == [("oai:1", "pure:1", "sharekit:1")]
    parted = matching.groups(pairs, least=PERHAPS, apart=[("sharekit:1", "pure:1")])
    assert parted == [("oai:1", "pure:1")]


def test_courses_of_several_sources() -> None:
    forum = Organisation("Stichting Forum Groningen")
    courses = {
        "a": Course("1", {"nl": "Klik & tik"}, provider=forum, url="https://www.forum.nl/klik/"),
        "b": Course("9", {"nl": "Klik en Tik!"}, provider=Organisation("Forum Groningen")),
        "c": Course("7", {"nl": "Klik en tik"}, provider=Organisation("Biblionet")),
        "d": Course("8", {"en": "Click"}, url="http://forum.nl/klik?utm_source=x"),
        "e": Course("6", {"nl": "Digisterker"}, provider=forum, code="D1"),
        "f": Course("5", {"nl": "Digi sterker"}, provider=forum, code="d1"),
    }
    pairs = matching.course_pairs(courses)
    assert [(pair.first, pair.second) for pair in pairs if pair.certainty >= SURE] == [("a", "b")]
    assert {(pair.first, pair.second) for pair in pairs} == {("a", "b"), ("a", "d"), ("e", "f")}


def test_an_address_of_many_courses_is_no_reason() -> None:
    courses = {
        str(number): Course(str(number), {"nl": f"Cursus {number}"}, url="https://forum.nl") for number in range(9)
    }
    assert matching.course_pairs(courses) == []


def test_finds_them_among_many_in_little_time() -> None:
    draw = random.Random(2)
    made = []
    for number in range(2000):
        title = " ".join(draw.choice(WORDS) for _ in range(8)) + f" {draw.choice(WORDS)}"
        authors = (Author(f"{draw.choice('ABCDEF')}. {draw.choice(WORDS).title()}{number % 700}"),)
        made.append(Entry(f"a{number}", Work({"nl": title}, authors=authors, published=Day(2000 + number % 25))))
    copies = [
        Entry(entry.key.replace("a", "b"), replace(entry.work, titles={"nl": entry.work.titles["nl"].upper() + "."}))
        for entry in made[::10]
    ]
    begin = time.process_time()
    pairs = matching.pairs([*made, *copies], least=SURE)
    assert time.process_time() - begin < 30
    assert {(pair.first[1:], pair.second[1:]) for pair in pairs} >= {(copy.key[1:], copy.key[1:]) for copy in copies}


@given(
    st.lists(st.sampled_from(["Wonen na", "de bevingen", ":", "2020", "deel", "\u00e9", " ", "Inleiding"]), max_size=6)
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_the_same_is_one(parts: list[str]) -> None:
    work = replace(WORK, titles={"nl": " ".join(parts)})
    pair = matching.compare(Entry("a", work), Entry("b", work))
    assert 0 <= pair.certainty <= 1
    if any(part.strip(" :") for part in parts):
        assert pair.certainty >= PERHAPS
        assert found(work, work)
