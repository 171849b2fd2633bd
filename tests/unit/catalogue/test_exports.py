# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is written for others is read back by our own readers, as far as the format can say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mainport.catalogue.exports import datacite, mainport_xml, nl_lom, oai_dc, oai_openaire
from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.vocabulary import TYPES, licence_address
from mainport.catalogue.feeds import datacite as datacite_reader
from mainport.catalogue.feeds import dublin_core, openaire, vocabulary, xml
from mainport.catalogue.feeds import mainport_xml as reader
from mainport.catalogue.feeds import nl_lom as lom_reader
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Competence, Course, Offering, Price, Programme
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.shapes import Part, shape
from mainport.catalogue.rules.texts import UNKNOWN, Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkType,
)
from tests.conftest import SHARED

HERE = About("https://mainport.example/id/x", "oai:mainport.example:x", date(2026, 11, 24), "Mainport")

# --- Any value at all ---

LANGUAGES = st.sampled_from(["nl", "en", "fy", UNKNOWN])
TEXTS = st.dictionaries(LANGUAGES, st.text(), max_size=3)
DAYS = st.one_of(
    st.dates().map(lambda one: Day(one.year, one.month, one.day)),
    st.builds(Day, st.integers(1, 9999)),
    st.builds(Day, st.integers(1, 9999), st.integers(1, 12)),
)
PLAIN: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(),
    bool: st.booleans(),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    date: st.dates(),
    Day: DAYS,
}


def _any(made: type, words: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Any]:
    """Any value of a class; with these `words` for all that is text."""
    return st.builds(made, **{part.field: _part(part, words) for part in shape(made)})


def _part(part: Part, words: st.SearchStrategy[str] | None) -> st.SearchStrategy[Any]:
    if part.form == "texts":
        return TEXTS
    if part.form == "days":
        return st.dictionaries(st.sampled_from(["Issued", "Submitted", 'door <mij> & "jou"']), DAYS, max_size=2)
    if part.form == "many texts":
        return st.lists(TEXTS, max_size=2).map(tuple)
    one = _one(part.type, words)
    if part.form == "many":
        return st.lists(one, max_size=2).map(tuple)
    return st.none() | one if part.default is None else one


def _one(made: type, words: st.SearchStrategy[str] | None) -> st.SearchStrategy[Any]:
    if issubclass(made, StrEnum):
        return st.sampled_from(list(made))
    if made is str and words is not None:
        return words
    return PLAIN[made] if made in PLAIN else _any(made, words)


OWN_SCHEMA = etree.XMLSchema(etree.fromstring(mainport_xml.kept_schema().encode()))


@pytest.mark.parametrize("made", [Work, Programme, Course])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_our_own_format_says_everything(made: type, data: st.DataObject) -> None:
    value = data.draw(_any(made))
    root = xml.parse(mainport_xml.write(value, HERE, "https://mainport.example/x.xsd").encode())
    OWN_SCHEMA.assertValid(root)
    assert reader.read(root) == (value, [])
    assert contents.written(reader.read(root)[0]) == contents.written(value)


def test_the_schema_is_that_of_the_values() -> None:
    assert mainport_xml.kept_schema() == mainport_xml.schema()


def test_our_own_format_of_a_newer_version_is_read_as_far_as_it_is_known() -> None:
    said = mainport_xml.write(Work({"nl": "Wonen"}, type=WorkType.THESIS), HERE)
    newer = said.replace(">thesis<", ">poem<").replace(
        "</work>", "<mood>sunny</mood><published>soon</published></work>"
    )
    value, faults = reader.read(xml.parse(newer.encode()))
    assert value == Work({"nl": "Wonen"})
    assert [(fault.field, fault.found) for fault in faults] == [
        ("type", "poem"), ("published", "soon"), ("mood", "<mood>"),
    ]  # fmt: skip


def test_our_own_format_keeps_a_source_that_it_states() -> None:
    stated = Work({"nl": "Wonen"}, provenance=Provenance("hanze", "mods", "1"))
    other = Provenance("mainport", "oai_mainport", "oai:x:1")
    assert reader.read(xml.parse(mainport_xml.write(stated, HERE).encode()), other)[0] == stated
    plain = xml.parse(mainport_xml.write(Work({"nl": "Wonen"}), HERE).encode())
    assert reader.read(plain, other)[0].provenance == other


def test_other_elements_are_refused() -> None:
    for said in (b"<work/>", b'<poem xmlns="urn:x-mainport:record:1"/>'):
        with pytest.raises(Refused):
            reader.read(xml.parse(said))


# --- Works as the formats of others can say them ---

#: A work is kept only where its names and numbers say something.
SAID = st.text(max_size=9).map(lambda words: f"{words}x")
WORDS = st.text("abc éΩ&<>'\"", min_size=1, max_size=20).map(lambda words: " ".join(words.split())).filter(bool)
NAMES = st.sampled_from(["Veen", "Bos", "Élan", "O'Neil"])
LICENCES = ["", "CC-BY-4.0", "CC-BY-NC-ND-3.0", "CC0-1.0", "CC-PDM-1.0", "MIT", "EUPL-1.2", "https://x.example/licence"]
IDENTIFIERS = st.sampled_from(
    [
        Identifier(Scheme.DOI, "10.1000/a"),
        Identifier(Scheme.HANDLE, "1887/3"),
        Identifier(Scheme.ISBN, "9780306406157"),
        Identifier(Scheme.ISSN, "0378-5955"),
        Identifier(Scheme.URN, "urn:nbn:nl:ui:1-2"),
        Identifier(Scheme.URL, "https://x.example/1?a=1&b=2"),
    ]
)
ORGANISATIONS = st.builds(Organisation, WORDS, st.sampled_from(["", "012p63287"]))
TITLES = st.fixed_dictionaries({"nl": WORDS}, optional={"en": WORDS})
WORKS = st.builds(
    Work,
    titles=TITLES,
    type=st.sampled_from(list(WorkType)),
    identifiers=st.lists(IDENTIFIERS, unique=True, max_size=4).map(tuple),
    authors=st.lists(
        st.builds(
            lambda family, given: Author(f"{given} {family}", family, given), NAMES, st.sampled_from(["Anna", "J. de"])
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    organisations=st.lists(ORGANISATIONS.map(lambda one: replace(one, role="publisher")), max_size=1).map(tuple),
    subtitles=st.fixed_dictionaries({}, optional={"nl": WORDS}),
    abstracts=TITLES,
    licence=st.sampled_from(LICENCES),
    access=st.sampled_from([Access.OPEN, Access.RESTRICTED, Access.METADATA_ONLY]),
    published=DAYS.filter(lambda one: one.year > 999),
    language=st.just("nl"),
    subjects=st.lists(st.builds(Subject, WORDS, language=st.just("nl")), max_size=3).map(tuple),
    funding=st.lists(st.builds(Funding, NAMES, st.sampled_from(["12", "A-3"])), max_size=2).map(tuple),
    relations=st.lists(st.builds(Relation, st.just("References"), IDENTIFIERS), unique=True, max_size=3).map(tuple),
)


def _back(read: Callable[..., tuple[Work, list[Any]]], said: str) -> Work:
    work, faults = read(xml.parse(said.encode()))
    assert faults == []
    here = Identifier(Scheme.URL, HERE.address)
    return replace(work, identifiers=tuple(one for one in work.identifiers if one != here), source_type="")


@settings(max_examples=80, deadline=None)
@given(WORKS)
def test_dublin_core_is_read_back(work: Work) -> None:
    # A ROR has no place in it.
    plain = replace(work, organisations=tuple(replace(one, ror="") for one in work.organisations))
    assert _back(dublin_core.read, oai_dc.write(work, HERE)) == replace(plain, provenance=Provenance(format="oai_dc"))


def test_dublin_core_tells_the_end_of_an_embargo() -> None:
    work = Work({"nl": "Wonen"}, access=Access.EMBARGOED, embargo_until=date(2027, 1, 1), published=Day(2026))
    assert _back(dublin_core.read, oai_dc.write(work, HERE)).embargo_until == date(2027, 1, 1)


@pytest.mark.parametrize("kind", list(WorkType))
def test_each_type_is_known_again_by_each_of_its_terms(kind: WorkType) -> None:
    assert vocabulary.work_type(TYPES[kind]) is kind
    said = datacite.write(Work({"nl": "Wonen"}, type=kind), HERE)
    assert datacite_reader.read(xml.parse(said.encode()))[0].type is kind


@pytest.mark.parametrize("licence", [one for one in LICENCES if one])
def test_each_licence_is_known_again_by_its_address(licence: str) -> None:
    assert vocabulary.licence(licence_address(licence)) == licence


def test_a_licence_without_a_version_has_no_address() -> None:
    assert licence_address("CC-BY") == ""
    assert licence_address("All rights reserved") == ""


@pytest.fixture(scope="session")
def standards() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED}: set MAINPORT_SHARED")
    return SHARED / "standards"


@pytest.fixture(scope="session")
def kernel(standards: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(standards / "datacite/source/meta/kernel-4.7/metadata.xsd"))


@pytest.mark.shared
@settings(max_examples=80, deadline=None)
@given(work=WORKS)
def test_datacite_is_valid_and_read_back(kernel: etree.XMLSchema, work: Work) -> None:
    said = datacite.write(work, HERE)
    kernel.assertValid(etree.fromstring(said))
    read = _back(datacite_reader.read, said)
    # A publisher must be there, and the day of publication stands among the others.
    assert work.published is not None
    expected = replace(
        work,
        organisations=work.organisations or (Organisation("Mainport", role="publisher"),),
        dates={"Issued": work.published},
        provenance=Provenance(format="datacite"),
    )
    assert set(read.identifiers) == set(expected.identifiers)
    assert replace(read, identifiers=()) == replace(expected, identifiers=())


@pytest.mark.shared
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(work=_any(Work, SAID))
def test_datacite_is_valid_whatever_the_work_says(kernel: etree.XMLSchema, work: Work) -> None:
    kernel.assertValid(etree.fromstring(datacite.write(replace(work, titles={**work.titles, "nl": "x"}), HERE)))


@pytest.mark.shared
def test_a_work_that_says_little_is_valid_too(kernel: etree.XMLSchema) -> None:
    said = datacite.write(Work({"nl": "Wonen"}), About("https://x.example/1", public=date(2026, 1, 1)))
    kernel.assertValid(etree.fromstring(said))
    assert "<publisher>:unav</publisher><publicationYear>2026</publicationYear>" in said


# --- OpenAIRE ---


class _Local(etree.Resolver):
    """The schema of xml:lang from this machine, and nothing from elsewhere."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def resolve(self, url: str | None, public: str | None, context: Any) -> Any:  # type: ignore[override]
        if url and url.endswith("/xml.xsd"):
            return self.resolve_filename(str(self._file), context)  # type: ignore[attr-defined]
        return None


@pytest.fixture(scope="session")
def guidelines(standards: Path) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local(standards / "xml.xsd"))
    return etree.XMLSchema(etree.parse(standards / "openaire/schemas/4.0/openaire.xsd", parser))


@pytest.mark.shared
@settings(max_examples=60, deadline=None)
@given(work=WORKS)
def test_openaire_is_valid_and_read_back(guidelines: etree.XMLSchema, work: Work) -> None:
    said = oai_openaire.write(work, HERE)
    guidelines.assertValid(etree.fromstring(said))
    read = _back(openaire.read, said)
    assert set(read.identifiers) == set(work.identifiers)
    for name in ("titles", "subtitles", "authors", "abstracts", "licence", "access", "published", "language"):
        assert getattr(read, name) == getattr(work, name), name
    for name in ("subjects", "funding", "relations"):
        assert getattr(read, name) == getattr(work, name), name
    assert read.organisations == tuple(replace(one, ror="") for one in work.organisations)
    reports = (WorkType.INTERNSHIP_REPORT, WorkType.TRAINEE_REPORT)  # COAR knows no reports of these.
    assert read.type is (WorkType.REPORT if work.type in reports else work.type)


@pytest.mark.shared
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(work=_any(Work, SAID))
def test_openaire_is_valid_whatever_the_work_says(guidelines: etree.XMLSchema, work: Work) -> None:
    guidelines.assertValid(etree.fromstring(oai_openaire.write(replace(work, titles={**work.titles, "nl": "x"}), HERE)))


# --- NL-LOM ---

COURSES = st.builds(
    Course,
    identifier=st.sampled_from(["c-1", "https://x.example/c"]),
    titles=TITLES,
    descriptions=TITLES,
    provider=st.builds(Organisation, st.sampled_from(["Forum", "Een, Twee en Drie", "Biblionet Drenthe"])),
    level=st.sampled_from(["", "bachelor"]),
    languages=st.just(("nl",)),
    hours=st.sampled_from([None, Decimal("6.5"), Decimal(40)]),
    competences=st.sampled_from([(), (Competence("2.1", 3), Competence("4.2"))]),
    subjects=st.sampled_from([(), ("mail",)]),
    url=st.just("https://x.example/course"),
)


@settings(max_examples=60, deadline=None)
@given(COURSES)
def test_a_course_in_nl_lom_is_read_back(course: Course) -> None:
    root = xml.parse(nl_lom.write(course, HERE).encode())
    read, faults = lom_reader.read(root)
    assert faults == []
    assert isinstance(read, Course)
    for name in ("titles", "descriptions", "level", "languages", "competences", "url"):
        assert getattr(read, name) == getattr(course, name), name
    assert read.provider is not None
    assert course.provider is not None
    assert read.provider.name == course.provider.name
    assert set(course.subjects) <= set(read.subjects)


def test_nl_lom_tells_whether_a_course_costs_anything() -> None:
    free = Course("c", {"nl": "Mailen"}, offerings=(Offering("o", prices=(Price(Decimal(0)),)),))
    assert '<cost><source><langstring xml:lang="x-none">LOMv1.0</langstring></source>' in nl_lom.write(free, HERE)
    assert ">no<" in nl_lom.write(free, HERE)
    assert "<cost>" not in nl_lom.write(Course("c", {"nl": "Mailen"}), HERE)


def test_an_invented_record_says_so_in_every_format() -> None:
    invented = replace(HERE, demo=True)
    work, course = Work({"nl": "Wonen"}, abstracts={"nl": "Over wonen."}), Course("c", {"nl": "Mailen"})
    for said in (
        oai_dc.write(work, invented),
        oai_dc.write(course, invented),
        datacite.write(work, invented),
        oai_openaire.write(work, invented),
        nl_lom.write(course, invented),
    ):
        assert "Verzonnen voorbeeld" in said
        assert "Invented example" in said
    assert "Verzonnen" not in oai_dc.write(work, HERE)
