# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.rules import merging
from mainport.catalogue.rules.courses import Competence, Course, Offering
from mainport.catalogue.rules.merging import GaveWay
from mainport.catalogue.rules.names import same_person
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Provenance,
    Recommendation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
    check,
)

PURE = Work(
    titles={"nl": "Wonen na de bevingen"},
    type=WorkType.THESIS,
    identifiers=(Identifier(Scheme.URL, "https://pure.nl/1"),),
    authors=(Author("Alice Jansen", "Jansen", "Alice"), Author("Bob de Boer", "de Boer", "Bob")),
    files=(WorkFile("a.pdf", "https://x.nl/a.pdf", access=Access.OPEN),),
    access=Access.OPEN,
    licence="CC-BY-4.0",
    published=Day(2024),
    language="nl",
    subjects=(Subject("aardbeving"),),
    provenance=Provenance("pure", "pure", "1"),
)
OAI = Work(
    titles={"nl": "Wonen na de bevingen: een casus", "en": "Living after the quakes"},
    type=WorkType.REPORT,
    identifiers=(Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.URL, "https://pure.nl/1")),
    authors=(
        Author("A. Jansen", "Jansen", "A.", "0000-0002-1825-0097", (Organisation("Hanze"),)),
        Author("Carla Smit", "Smit", "Carla"),
    ),
    files=(WorkFile("a.pdf", "https://x.nl/a.pdf", "application/pdf", 12), WorkFile("b.pdf", "https://x.nl/b.pdf")),
    access=Access.EMBARGOED,
    embargo_until=date(2027, 1, 1),
    published=Day(2024, 6),
    dates={"Issued": Day(2024, 6)},
    subjects=(Subject("Aardbeving"), Subject("wonen")),
    provenance=Provenance("oai", "oai_dc", "oai:x:1"),
)


def test_the_union_of_two_records_of_one_thesis() -> None:
    merged = merging.union([PURE, OAI])
    work = merged.value
    assert work.titles == {"nl": "Wonen na de bevingen", "en": "Living after the quakes"}
    assert (work.type, str(work.published), work.licence) == (WorkType.THESIS, "2024", "CC-BY-4.0")
    assert [one.value for one in work.identifiers] == ["https://pure.nl/1", "10.1000/x"]
    assert [(one.name, one.orcid) for one in work.authors] == [
        ("Alice Jansen", "0000-0002-1825-0097"),
        ("Bob de Boer", ""),
        ("Carla Smit", ""),
    ]
    assert work.authors[0].organisations == (Organisation("Hanze"),)
    assert [(one.url, one.media_type, one.size, one.access) for one in work.files] == [
        ("https://x.nl/a.pdf", "application/pdf", 12, Access.OPEN),
        ("https://x.nl/b.pdf", "", None, Access.UNKNOWN),
    ]
    assert [one.label for one in work.subjects] == ["aardbeving", "wonen"]
    assert merged.provenance == (PURE.provenance, OAI.provenance)
    assert merged.sources["titles"] == ("pure", "oai")
    assert merged.sources["licence"] == ("pure",)
    assert GaveWay("titles", "oai", "Wonen na de bevingen: een casus", "nl") in merged.gave_way
    assert GaveWay("type", "oai", WorkType.REPORT) in merged.gave_way
    assert check(work) == []


def test_open_files_have_no_embargo_of_another_source() -> None:
    merged = merging.union([PURE, OAI])
    assert (merged.value.access, merged.value.embargo_until) == (Access.OPEN, None)
    assert GaveWay("embargo_until", "oai", date(2027, 1, 1)) in merged.gave_way
    other = merging.union([PURE, OAI], {"access": ("oai",)})
    assert (other.value.access, other.value.embargo_until) == (Access.EMBARGOED, date(2027, 1, 1))


def test_each_field_can_have_a_preference_of_its_own() -> None:
    merged = merging.union([PURE, OAI], {"": ("pure", "oai"), "titles": ("oai",), "published": ("oai", "pure")})
    assert merged.value.titles["nl"] == "Wonen na de bevingen: een casus"
    assert (merged.value.type, str(merged.value.published)) == (WorkType.THESIS, "2024-06")
    assert merged.provenance[0].source == "pure"


def test_a_text_of_an_unknown_language_stays_where_no_other_says_the_same() -> None:
    said = replace(OAI, titles={"und": "wonen na de  BEVINGEN"})
    assert merging.union([PURE, said]).value.titles == PURE.titles
    other = replace(OAI, titles={"und": "Iets anders"})
    assert merging.union([PURE, other]).value.titles == {**PURE.titles, "und": "Iets anders"}


def test_two_people_of_one_name_stay_two() -> None:
    twice = replace(PURE, authors=(Author("J. Smit"), Author("J. Smit")))
    assert len(merging.union([twice, twice]).value.authors) == 2
    numbers = [
        replace(PURE, authors=(Author("J. Smit", orcid=orcid),))
        for orcid in ("0000-0002-1825-0097", "0000-0001-5109-3700")
    ]
    assert len(merging.union(numbers).value.authors) == 2


def test_courses_are_merged_with_their_offerings() -> None:
    one = Course(
        "c1", {"nl": "Klik"}, hours=Decimal(3), competences=(Competence("1.1", 1),), provenance=Provenance("a")
    )
    one = replace(one, offerings=(Offering("o1", "c1", starts=date(2026, 9, 1)),), subjects=("Internet",))
    two = Course("c1", {"en": "Click"}, hours=Decimal(4), competences=(Competence("1.1", 3), Competence("2.1")))
    two = replace(
        two,
        offerings=(Offering("o1", "c1", seats=12), Offering("o2", "c1")),
        subjects=("internet", "mail"),
        provenance=Provenance("b"),
    )
    merged = merging.union([one, two])
    course = merged.value
    assert (course.titles, course.hours) == ({"nl": "Klik", "en": "Click"}, Decimal(3))
    assert course.competences == (Competence("1.1", 3), Competence("2.1"))
    assert [(one.identifier, one.starts, one.seats) for one in course.offerings] == [
        ("o1", date(2026, 9, 1), 12),
        ("o2", None, None),
    ]
    assert course.subjects == ("Internet", "mail")
    assert GaveWay("hours", "b", Decimal(4)) in merged.gave_way


def test_texts_within_lists_give_way_as_a_whole() -> None:
    one = replace(PURE, recommendations=(Recommendation(1, {"nl": "Betaal."}),), summaries={"nl": "Kort."})
    two = replace(OAI, recommendations=(Recommendation(1, {"nl": "Wacht."}),), summaries={"en": "Short."})
    merged = merging.union([one, two])
    assert merged.value.recommendations == one.recommendations
    assert merged.value.summaries == {"nl": "Kort.", "en": "Short."}
    assert GaveWay("recommendations", "oai", two.recommendations) in merged.gave_way
    course = Course("c", {"nl": "x"}, outcomes=({"nl": "a"},), offerings=(Offering("o", titles={"nl": "a"}),))
    other = replace(course, outcomes=({"nl": "b"},), offerings=(Offering("o", titles={"nl": "b"}),))
    assert [one.field for one in merging.union([course, other]).gave_way] == ["outcomes", "offerings"]


def test_nothing_to_merge_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing"):
        merging.union([])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Alice Jansen", "Jansen, A.", True),
        ("Jansen, A.B.", "Alice Jansen", True),
        ("AB Jansen", "Alice Bea Jansen", True),
        ("Anna van der Veen", "Veen, A.", True),
        ("Prof. dr. H.J. Bennis", "Bennis, Hans", True),
        ("José Müller", "J. Muller", True),
        ("Alice Jansen-de Vries", "A. Jansen", True),
        ("Jansen", "Alice Jansen", True),
        ("Alice Jansen", "Anna Jansen", False),
        ("A.B. Jansen", "A.C. Jansen", False),
        ("Alice Jansen", "Alice de Boer", False),
        ("", "Alice", False),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(Author(one), Author(other)) is same
    assert same_person(Author(other), Author(one)) is same


WORDS = st.sampled_from(["Wonen", "wonen", "Bodem", "Soil", ""])
AUTHORS = st.builds(
    Author,
    name=st.sampled_from(["Alice Jansen", "Jansen, A.", "A. Jansen", "Bob de Boer", "Onderzoeksgroep"]),
    orcid=st.sampled_from(["", "0000-0002-1825-0097"]),
    organisations=st.lists(st.builds(Organisation, name=st.sampled_from(["RUG", "Hanze"])), max_size=2).map(tuple),
    role=st.sampled_from(["author", "editor"]),
)
FILES = st.builds(
    WorkFile,
    name=st.sampled_from(["a.pdf", "b.pdf"]),
    url=st.sampled_from(["https://x.nl/a", "https://x.nl/b"]),
    size=st.none() | st.integers(0, 3),
    access=st.sampled_from(Access),
)
WORKS = st.builds(
    Work,
    titles=st.dictionaries(st.sampled_from(["nl", "en", "und"]), WORDS, max_size=3),
    type=st.sampled_from(WorkType),
    identifiers=st.lists(
        st.builds(Identifier, st.sampled_from([Scheme.DOI, Scheme.LOCAL]), st.sampled_from(["10.1000/1", "10.1000/2"]))
    ).map(tuple),
    authors=st.lists(AUTHORS, max_size=3).map(tuple),
    files=st.lists(FILES, max_size=3).map(tuple),
    access=st.sampled_from(Access),
    embargo_until=st.none() | st.just(date(2027, 1, 1)),
    dates=st.dictionaries(st.sampled_from(["Issued", "Created"]), st.builds(Day, st.integers(2000, 2002))),
    subjects=st.lists(st.builds(Subject, st.sampled_from(["a", "A", "b"])), max_size=3).map(tuple),
    provenance=st.builds(Provenance, st.sampled_from(["pure", "oai", "sharekit"])),
)


@given(st.lists(WORKS, min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_merging_again_changes_nothing(records: list[Work]) -> None:
    once = merging.union(records).value
    assert merging.union([once]).value == once
    assert merging.union([once, once]).value == once


def said(records: list[Work], part: str) -> set[object]:
    """All that the records say of a field, whoever was preferred."""
    merged = merging.union(records)
    lost = {one.value for one in merged.gave_way if one.field == part}
    value = getattr(merged.value, part)
    if isinstance(value, dict):
        return lost | set(value.values())
    return lost | (set(value) if isinstance(value, tuple) else {value})


@given(st.lists(WORKS, min_size=1, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_no_order_loses_anything(records: list[Work], random: object) -> None:
    other = list(records)
    random.shuffle(other)  # type: ignore[attr-defined]
    for part in ("identifiers", "titles", "dates"):
        here, there = said(records, part), said(other, part)
        assert {one for one in here if one} == {one for one in there if one}
        told = {
            value
            for one in records
            for value in (getattr(one, part).values() if part != "identifiers" else one.identifiers)
        }
        assert {one for one in told if one} <= here | {one for one in told if not one}
    for part in ("type", "access"):
        told = {getattr(one, part) for one in records} - {WorkType.OTHER, Access.UNKNOWN}
        assert told <= said(records, part)
    assert {file.url for one in records for file in one.files} == {
        file.url for file in merging.union(other).value.files
    }
    assert {one.provenance for one in records} == set(merging.union(other).provenance)
