# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import schema_org
from mainport.catalogue.feeds.schema_org.page import LIMIT
from mainport.catalogue.rules import courses, works
from mainport.catalogue.rules.courses import Competence, Mode, Place, Price
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

HERE = "https://forum.nl/klik"


def page(*scripts: object, lang: str = "nl", body: str = "") -> bytes:
    told = "".join(
        f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>'
        for one in scripts
    )
    return f'<!doctype html><html lang="{lang}"><head><title>x</title>{told}</head><body>{body}</body></html>'.encode()


COURSE: dict[str, object] = {
    "@context": "https://schema.org/",
    "@type": ["Course", "LearningResource"],
    "@id": "#klik",
    "name": "Klik &amp; tik",
    "description": "<p>Leer de computer kennen.</p>",
    "courseCode": "DV-1",
    "provider": {"@id": "https://ror.org/012p63287"},
    "educationalLevel": "Beginner",
    "inLanguage": "nl-NL",
    "teaches": [
        {"@type": "DefinedTerm", "termCode": "1.1", "name": "Zoeken", "inDefinedTermSet": "https://x/digcomp-2.2"},
        "U kunt e-mailen",
    ],
    "keywords": "computer, muis",
    "timeRequired": "PT12H",
    "url": "/klik",
    "offers": {"@type": "Offer", "price": "€ 12,50", "priceCurrency": "EUR", "category": "Paid"},
    "hasCourseInstance": [
        {
            "@type": "CourseInstance",
            "courseMode": ["onsite", "part-time"],
            "startDate": "2026-09-01T19:00:00+02:00",
            "endDate": "2026-10-01",
            "location": {
                "@type": "Place",
                "name": "Forum",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Nieuwe Markt 1",
                    "postalCode": "9712kn",
                    "addressLocality": "Groningen",
                    "addressCountry": {"@type": "Country", "name": "Nederland"},
                },
                "geo": {"latitude": "53.219", "longitude": 6.569},
            },
            "maximumAttendeeCapacity": 12,
            "remainingAttendeeCapacity": 5,
            "offers": {"price": 0, "priceCurrency": "eur", "availabilityEnds": "2026-08-25"},
        },
        {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseSchedule": {"@type": "Schedule", "startDate": "2026-11-01", "repeatCount": 4},
            "location": {"@type": "VirtualLocation", "url": "https://x.nl"},
            "eventStatus": "https://schema.org/EventCancelled",
        },
    ],
}
RUG = {"@id": "https://ror.org/012p63287", "@type": "Organization", "name": "Forum Groningen"}


def test_reads_a_course_out_of_a_graph_over_several_scripts() -> None:
    graph = {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"}, COURSE]}
    found = schema_org.read(page(graph, RUG), HERE)
    assert found.faults == ()
    (course,) = found.courses
    assert (course.identifier, course.code, course.url) == (f"{HERE}#klik", "DV-1", HERE)
    assert (course.titles, course.descriptions) == ({"nl": "Klik & tik"}, {"nl": "Leer de computer kennen."})
    assert course.provider is not None
    assert (course.provider.name, course.provider.ror) == ("Forum Groningen", "012p63287")
    assert (course.level, course.languages, course.hours) == ("Beginner", ("nl",), Decimal(12))
    assert course.competences == (Competence("1.1"),)
    assert course.subjects == ("computer", "muis")
    assert course.outcomes == ({"nl": "Zoeken"}, {"nl": "U kunt e-mailen"})
    first, second = course.offerings
    assert (first.identifier, first.of) == (f"{HERE}#klik#1", f"{HERE}#klik")
    assert (first.starts, first.ends, first.enrol_until) == (date(2026, 9, 1), date(2026, 10, 1), date(2026, 8, 25))
    assert first.places == (Place("Forum", "Nieuwe Markt", "1", "9712 KN", "Groningen", "NL", 53.219, 6.569),)
    assert (first.prices, first.mode, first.seats, first.enrolled) == ((Price(Decimal(0)),), Mode.ON_SITE, 12, 7)
    assert (second.starts, second.mode, second.cancelled) == (date(2026, 11, 1), Mode.ONLINE, True)
    assert second.prices == (Price(Decimal("12.50")),)
    assert found.works == ()
    assert courses.check(course) == []


def test_a_course_without_instances_and_a_list_of_courses() -> None:
    listed = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "item": {"@type": "Course", "name": "A", "url": "https://x.nl/a"}},
            {"@type": "ListItem", "item": {"@type": "schema:Course", "name": "B", "isAccessibleForFree": True}},
        ],
    }
    first, second = schema_org.read(page(listed), "https://x.nl/").courses
    assert (first.identifier, first.offerings) == ("https://x.nl/a", ())
    assert [one.prices for one in second.offerings] == [(Price(Decimal(0)),)]


def test_reads_a_programme() -> None:
    told = {
        "@context": "https://schema.org",
        "@type": "EducationalOccupationalProgram",
        "name": {"@value": "ICT", "@language": "en"},
        "provider": "Hanze",
        "programType": "Bachelor",
        "educationalProgramMode": "FULL_TIME",
        "numberOfCredits": {"@type": "StructuredValue", "value": 240},
        "startDate": "2026-09-01",
        "applicationDeadline": "2026-05-01",
        "hasCourse": [{"@id": "https://x.nl/c"}, {"@type": "Course", "@id": "https://x.nl/d", "name": "D"}],
    }
    found = schema_org.read(page(told), "https://x.nl/p")
    (programme,) = found.programmes
    assert (programme.titles, programme.type, programme.credits) == ({"en": "ICT"}, "Bachelor", Decimal(240))
    assert programme.courses == ("https://x.nl/c", "https://x.nl/d")
    assert (programme.offerings[0].starts, programme.offerings[0].enrol_until) == (date(2026, 9, 1), date(2026, 5, 1))
    assert [course.identifier for course in found.courses] == ["https://x.nl/d"]
    assert courses.check(programme) == []


THESIS: dict[str, object] = {
    "@context": "http://schema.org",
    "@type": "Thesis",
    "@id": "https://doi.org/10.1000/X",
    "name": "Wonen na de bevingen",
    "alternativeHeadline": "Een casus",
    "inLanguage": {"@type": "Language", "name": "Dutch", "alternateName": "nl"},
    "inSupportOf": "PhD",
    "author": [
        {
            "@type": "Person",
            "name": "Anna van der Veen",
            "familyName": "van der Veen",
            "givenName": "Anna",
            "@id": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": {"@type": "Organization", "name": "Hanze"},
        },
        {"@type": "Role", "author": {"@type": "Organization", "name": "Groep Noord"}},
        {"@type": "Person", "name": "Bo Smit", "sameAs": "https://orcid.org/0000-0002-1825-0098"},
        "Boer, J. de",
    ],
    "publisher": {"@type": "Organization", "name": "RUG", "sameAs": "https://ror.org/012p63287"},
    "datePublished": "2024-06",
    "dateModified": "later",
    "abstract": "Samenvatting.",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "isAccessibleForFree": True,
    "keywords": ["wonen", {"@type": "DefinedTerm", "name": "schade", "termCode": "c1"}],
    "identifier": [{"@type": "PropertyValue", "propertyID": "handle", "value": "1887/3"}, "lokaal-7"],
    "isbn": "978-0-306-40615-7",
    "encoding": {
        "@type": "MediaObject",
        "contentUrl": "/a.pdf",
        "encodingFormat": "application/pdf",
        "contentSize": "1.2 MB",
    },
    "citation": [{"@type": "ScholarlyArticle", "name": "Cited", "sameAs": "https://doi.org/10.1000/Z"}],
    "isPartOf": {"@type": "Periodical", "name": "J", "issn": "0378-5955"},
    "funding": {"@type": "Grant", "identifier": "123", "funder": {"@type": "Organization", "name": "NWO"}},
}


def test_reads_a_thesis_and_not_what_it_cites() -> None:
    found = schema_org.read(page(THESIS), "https://x.nl/1")
    (work,) = found.works
    assert (work.titles, work.subtitles, work.abstracts) == (
        {"nl": "Wonen na de bevingen"},
        {"nl": "Een casus"},
        {"nl": "Samenvatting."},
    )
    assert (work.type, work.language, str(work.published)) == (WorkType.DOCTORAL_THESIS, "nl", "2024-06")
    assert [(one.name, one.family, one.orcid, one.is_organisation) for one in work.authors] == [
        ("Anna van der Veen", "van der Veen", "0000-0002-1825-0097", False),
        ("Groep Noord", "", "", True),
        ("Bo Smit", "", "", False),
        ("J. de Boer", "Boer", "", False),
    ]
    assert work.authors[0].organisations[0].name == "Hanze"
    assert work.identifiers == (
        Identifier(Scheme.ISBN, "9780306406157"),
        Identifier(Scheme.HANDLE, "1887/3"),
        Identifier(Scheme.DOI, "10.1000/x"),
        Identifier(Scheme.URL, "https://x.nl/1"),
        Identifier(Scheme.LOCAL, "lokaal-7"),
    )
    assert [(one.name, one.ror) for one in work.organisations] == [("RUG", "012p63287")]
    assert [(one.name, one.url, one.size) for one in work.files] == [("a.pdf", "https://x.nl/a.pdf", 1_200_000)]
    assert (work.licence, work.access) == ("CC-BY-4.0", Access.OPEN)
    assert [(one.label, one.code) for one in work.subjects] == [("wonen", ""), ("schade", "c1")]
    assert [(one.kind, one.identifier.value) for one in work.relations] == [
        ("IsPublishedIn", "0378-5955"),
        ("References", "10.1000/z"),
    ]
    assert [(one.funder, one.award) for one in work.funding] == [("NWO", "123")]
    assert sorted(fault.field for fault in found.faults) == ["Thesis.author[2].orcid", "Thesis.dateModified"]
    assert works.check(work) == []


def test_reads_microdata_and_rdfa() -> None:
    micro = """<div itemscope itemtype="https://schema.org/Course"><h1 itemprop="name">Klik</h1>
    <a itemprop="url" href="/k">x</a><div itemprop="hasCourseInstance" itemscope itemtype="https://schema.org/CourseInstance">
    <time itemprop="startDate" datetime="2026-09-01">1 sept</time><meta itemprop="courseMode" content="onsite">
    <p><span itemprop="offers" itemscope itemtype="https://schema.org/Offer">
    <b itemprop="price" content="12.50">twaalf vijftig</b></span>
    </div></div>"""
    (course,) = schema_org.read(page(body=micro), "https://x.nl/").courses
    assert (course.titles, course.url) == ({"nl": "Klik"}, "https://x.nl/k")
    assert (course.offerings[0].starts, course.offerings[0].mode) == (date(2026, 9, 1), Mode.ON_SITE)
    assert course.offerings[0].prices == (Price(Decimal("12.50")),)
    rdfa = """<div vocab="https://schema.org/" typeof="Report" resource="#r"><span property="name">Bodem</span>
    <span property="author" typeof="Person"><span property="name">Anna Veen</span></span>
    <time property="datePublished" datetime="2024">toen</time></div>"""
    (work,) = schema_org.read(page(body=rdfa), "https://x.nl/").works
    assert (work.titles, work.type, str(work.published)) == ({"nl": "Bodem"}, WorkType.REPORT, "2024")
    assert [one.name for one in work.authors] == ["Anna Veen"]


def test_the_same_in_json_and_markup_is_read_once() -> None:
    micro = '<div itemscope itemtype="https://schema.org/Course"><h1 itemprop="name">Klik</h1></div>'
    told = {"@context": "https://schema.org", "@type": "Course", "name": "Klik"}
    assert len(schema_org.read(page(told, told, body=micro), HERE).courses) == 1


def test_scripts_as_people_write_them() -> None:
    broken = '<!-- {"@type": "Course",\n"name": "Twee\nregels"}; -->'
    found = schema_org.read(page("{wrong", broken, '"x"', ""), HERE)
    assert [course.titles for course in found.courses] == [{"nl": "Twee regels"}]
    assert [fault.field for fault in found.faults] == ["script[0]", "script[2]"]


def test_pages_in_another_encoding_than_they_say() -> None:
    text = page({"@type": "Course", "name": "Café"}).decode().replace("Caf\\u00e9", "Café")
    for data, charset, faults in (
        (text.encode("cp1252"), "windows-1252", 0),
        (text.encode("cp1252"), "utf-8", 1),
        (text.encode("cp1252"), "klingon", 2),
        (text.replace("<title>", "<meta charset='iso-8859-1'><title>").encode("latin-1"), "", 0),
    ):
        found = schema_org.read(data, HERE, charset=charset)
        assert found.courses[0].titles == {"nl": "Café"}
        assert len(found.faults) == faults


def test_a_page_without_anything_is_empty_and_none_is_refused() -> None:
    assert schema_org.read(page(), HERE) == schema_org.Found()
    for data in (b"", b" " * 10, b"<" * 600_000, b"x" * (LIMIT + 1)):
        with pytest.raises(Refused):
            schema_org.read(data, HERE)


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Course", "name": ' + "[" * 100_000,
        json.dumps([{"@type": "Course", "name": str(number)} for number in range(30_000)]),
        '{"a": ' * 200 + "1" + "}" * 200,
        json.dumps({"@type": "Course", "@id": "a", "isPartOf": {"@id": "a"}, "hasCourse": {"@id": "a"}, "name": "x"}),
        '{"@type": "Course", "numberOfCredits": 1e999999999, "timeRequired": "PT99999999H", "name": "x"}',
        '{"@type": "Course", "name": "x", "hasCourseInstance": {"maximumAttendeeCapacity": 9e999999999, "x": 1}}',
        json.dumps(
            {"@type": "Course", "name": "x", "hasCourseInstance": {"name": "y", "location": {"address": "a " * 99_999}}}
        ),
        json.dumps(
            {"@type": "Course", "name": "x", "url": "http://[", "hasCourseInstance": {"url": "http://[", "name": "y"}}
        ),
    ],
)
def test_what_is_meant_to_hurt_is_read_or_told(script: str) -> None:
    begin = time.process_time()
    found = schema_org.read(page(script), HERE)
    for course in found.courses[:10]:
        courses.check(course)
    assert time.process_time() - begin < 20


def test_deep_pages_do_no_harm() -> None:
    nested = '<div itemscope itemtype="https://schema.org/Course" itemprop="isPartOf">' * 3000
    schema_org.read(page(body=nested), HERE)


def test_reads_a_document_of_json_ld() -> None:
    found = schema_org.read_json(json.dumps(THESIS).encode(), "https://x.nl/1.json")
    assert found.works[0].doi == "10.1000/x"
    with pytest.raises(Refused):
        schema_org.read_json(b"<html>")


NAMES = sorted({*COURSE, *THESIS, "startDate", "location", "address", "price", "geo", "courseMode", "value", "@value"})
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["Course", "Thesis", "2026-09-01", "x", "a", "https://x.nl", "http://["]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.sampled_from(["Course", "Thesis", "EducationalOccupationalProgram"]),
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8),
)
@settings(max_examples=200, deadline=None)
def test_any_object_is_read_or_told_off(kind: str, value: dict[str, object]) -> None:
    found = schema_org.read_json(json.dumps({**value, "@type": kind}).encode(), HERE)
    for course in found.courses:
        courses.check(course)
    for programme in found.programmes:
        courses.check(programme)
    for work in found.works:
        works.check(work)
    assert found.courses or found.programmes or found.works
