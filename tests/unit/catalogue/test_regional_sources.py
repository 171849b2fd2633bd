# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sharekit, Publinova and Pure: what the universities of the region send."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import json_api, publinova, pure, sharekit
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import works
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

FIXTURES = "data/catalogue/surf-harvester/harvester"


def fields(value: object) -> Fields:
    got = parse(json.dumps(value).encode())
    assert isinstance(got, dict)
    return Fields(got)


#: In the shape of Sharekit's channel, where a field holds nothing, one word or a list of them.
SHAREKIT: dict[str, object] = {
    "type": "repoItem",
    "id": "63903863-6c93-4bda-b850-277f3c9ec00e",
    "attributes": {
        "cost": {"source": None, "value": None},
        "urn:nbn": "urn:nbn:nl:hs:25-1",
        "modifiedAt": "2019-04-12T13:36:27Z",
        "title": " Scheikunde  leren ",
        "subtitle": None,
        "publishers": ["SURFnet", "Hogeschool Utrecht"],
        "institutes": "Hanze",
        "publishedAt": "2017-09",
        "abstract": "Geen samenvatting",
        "keywords": ["Didactiek", "macro", None],
        "authors": [
            {
                "person": {"id": "p1", "name": "Ruud Kok", "email": "x", "orcid": "0000-0002-1825-0097"},
                "role": "Docent",
            },
            {"person": {"name": "Bob de Boer", "orcid": "1"}, "role": "Begeleider"},
            {"person": None},
        ],
        "owner": {"id": "o1", "name": "Hanze", "type": "organisation"},
        "links": [{"url": "https://maken.wikiwijs.nl/94812/A#!page-2", "accessRight": "openaccess"}],
        "files": [
            {"fileName": "a.epub", "accessRight": "openaccess", "url": None, "resourceMimeType": None},
            {
                "fileName": "a.pdf",
                "accessRight": "restrictedaccess",
                "url": "https://surfsharekit.nl/objectstore/9f71",
                "resourceMimeType": "application/pdf",
            },
            {"fileName": "b.pdf", "accessRight": "soms", "url": "https://surfsharekit.nl/objectstore/9f72"},
        ],
        "language": "nl",
        "themesResearchObject": None,
        "termsOfUse": "cc-by-sa-40",
        "educationalLevels": [{"source": "x", "value": "HBO"}, {"source": "x", "value": "HBO"}],
        "typeResearchObject": None,
        "typesLearningMaterial": ["kennisoverdracht"],
        "themesLearningMaterial": "exact_informatica",
        "hasParts": ["a18c"],
        "partOf": [],
        "aggregationlevel": "4",
        "vocabularies": {"vocabularyDas": [{"source": "http://purl.edustandaard.nl/concept/8", "value": "Publiceren"}]},
        "doi": "https://doi.org/10.1000/X",
        "handle": None,
    },
}


def test_reads_sharekit() -> None:
    work, faults = sharekit.read(fields(SHAREKIT))
    assert (work.titles, work.abstracts, work.language) == ({"nl": "Scheikunde leren"}, {}, "nl")
    assert (work.type, work.source_type) == (WorkType.LEARNING_MATERIAL, "kennisoverdracht")
    assert work.identifiers == (
        Identifier(Scheme.DOI, "10.1000/x"),
        Identifier(Scheme.URN, "urn:nbn:nl:hs:25-1"),
        Identifier(Scheme.LOCAL, "63903863-6c93-4bda-b850-277f3c9ec00e"),
    )
    assert [(one.name, one.orcid, one.role) for one in work.authors] == [
        ("Ruud Kok", "0000-0002-1825-0097", "author"),
        ("Bob de Boer", "", "supervisor"),
    ]
    assert [(one.name, one.role) for one in work.organisations] == [
        ("Hanze", "provider"),
        ("SURFnet", "publisher"),
        ("Hogeschool Utrecht", "publisher"),
        ("Hanze", "institute"),
    ]
    assert [(one.name, one.access, one.licence) for one in work.files] == [
        ("a.pdf", Access.RESTRICTED, "CC-BY-SA-4.0"),
        ("b.pdf", Access.UNKNOWN, "CC-BY-SA-4.0"),
        ("A#!page-2", Access.OPEN, "CC-BY-SA-4.0"),
    ]
    assert (work.access, work.licence, str(work.published)) == (Access.OPEN, "CC-BY-SA-4.0", "2017-09")
    assert [(one.label, one.scheme) for one in work.subjects] == [
        ("Didactiek", ""),
        ("macro", ""),
        ("exact_informatica", "Sharekit disciplines"),
        ("kennisoverdracht", "learning resource type"),
        ("HBO", "educational level"),
        ("Publiceren", "vocabularyDas"),
    ]
    assert [(one.kind, one.identifier.value) for one in work.relations] == [("HasPart", "a18c")]
    assert (work.provenance.record, work.provenance.datestamp) == (
        "63903863-6c93-4bda-b850-277f3c9ec00e",
        "2019-04-12T13:36:27Z",
    )
    assert sorted(fault.field for fault in faults) == [
        "attributes.authors[1].person.orcid",
        "attributes.authors[2].person",
        "attributes.files[2].accessRight",
    ]
    assert works.check(work) == []


def test_a_thesis_of_sharekit_and_a_deleted_record() -> None:
    attributes = {"title": "T", "typeResearchObject": "info:eu-repo/semantics/bachelorThesis", "termsOfUse": "zomaar"}
    work, faults = sharekit.read(fields({"id": "1", "attributes": attributes}))
    assert work.type is WorkType.THESIS
    assert [(fault.field, fault.found) for fault in faults] == [("attributes.termsOfUse", "zomaar")]
    assert sharekit.deleted(fields({"id": "1", "attributes": [], "meta": {"status": "deleted"}}))
    assert not sharekit.deleted(fields(SHAREKIT))


def test_pages_of_json_api() -> None:
    first = {"meta": {"totalCount": 2246}, "links": {"next": "/api?page=2"}, "data": [SHAREKIT, 3]}
    page = sharekit.page(json.dumps(first).encode())
    assert (len(page.items), page.following, page.total) == (1, "/api?page=2", 2246)
    assert [fault.field for fault in page.faults] == ["data[1]"]
    assert json_api.page(b'{"data": {"id": "1"}}').items[0].text("id") == "1"
    assert json_api.page(b'{"data": [], "links": {"next": {"href": "https://x.nl/2"}}}').following == "https://x.nl/2"
    assert json_api.page(b'{"data": [], "links": {"next": null}}').following == ""


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"errors": [{"status": "404", "title": "Not found"}]}', "404: Not found"),
        (b'{"message": "Unauthenticated."}', "Unauthenticated."),
        (b"[]", "an object with data"),
        (b"<html>", "JSON"),
        (b'{"data":' * 100_000, "brackets inside each other"),
    ],
)
def test_refuses_what_is_no_page(data: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        json_api.page(data)
    assert expected in str(refused.value)
    with pytest.raises(Refused):
        pure.page(data)


PUBLINOVA: dict[str, object] = {
    "id": "0b8efc72",
    "state": "active",
    "title": "Samen wonen",
    "description": "Over samen wonen.",
    "published_at": "2021-11-10T10:00:00.000000Z",
    "research_object_type": "Report",
    "doi": "10.1000/X",
    "language": None,
    "copyright": "cc-by-40",
    "files": [{"url": "https://x.nl/a.pdf", "mime_type": "application/pdf", "title": "a.pdf"}, {"url": "nergens"}],
    "authors": [{"id": "1", "name": "Alice Jansen", "orcid": None, "email": "a@x.nl"}, {"id": "2", "name": None}],
    "keywords": [{"label": "wonen"}],
    "research_themes": [{"label": "Mens en Maatschappij"}],
    "parties": [{"name": "Hanze"}],
}


def test_reads_publinova() -> None:
    work, faults = publinova.read(fields(PUBLINOVA))
    assert (work.titles, work.abstracts) == ({"und": "Samen wonen"}, {"und": "Over samen wonen."})
    assert (work.type, work.doi, str(work.published), work.licence) == (
        WorkType.REPORT,
        "10.1000/x",
        "2021-11-10",
        "CC-BY-4.0",
    )
    assert [one.name for one in work.authors] == ["Alice Jansen"]
    assert [(one.name, one.role) for one in work.organisations] == [("Hanze", "publisher")]
    assert [(one.label, one.scheme) for one in work.subjects] == [
        ("wonen", ""),
        ("Mens en Maatschappij", "Publinova research themes"),
    ]
    assert [(one.name, one.url) for one in work.files] == [("a.pdf", "https://x.nl/a.pdf")]
    assert sorted(fault.field for fault in faults) == ["authors[1].name", "files[1].url"]
    assert works.check(work) == []
    assert publinova.deleted(fields({"id": "1", "state": "deleted"}))


@pytest.mark.shared
def test_reads_products_as_the_harvester_of_surf_keeps_them(shared: Path) -> None:
    found = [
        entry["fields"]["properties"]
        for entry in json.loads((shared / FIXTURES / "products/fixtures/test-product-document.json").read_bytes())
        if entry["model"] == "products.productdocument"
    ]
    assert found
    for properties in found:
        work, faults = publinova.read(fields(properties))
        assert faults == []
        assert work.titles == {"nl": "Didactiek van macro-meso-micro denken bij scheikunde"}
        assert [one.name for one in work.authors] == ["Ruud Kok", "Astrid Bulte", "Hans Poorthuis"]
        assert (work.type, work.licence, str(work.published)) == (
            WorkType.LEARNING_MATERIAL,
            "CC-BY-SA-4.0",
            "2017-09-27",
        )
        assert work.organisations[0].name == "Stimuleringsregeling Open en Online Onderwijs"
        assert len(work.files) == 3
        assert {one.scheme for one in work.subjects} >= {
            "Sharekit disciplines",
            "educational level",
            "study vocabulary",
        }
        assert work.provenance.sets == ("sharekit:edusources",)
        assert works.check(work) == []


@pytest.mark.shared
def test_knows_every_licence_and_language_that_surf_lists(shared: Path) -> None:
    entries = json.loads((shared / FIXTURES / "metadata/fixtures/initial-metadata-mbodata.json").read_bytes())
    values = {entry["fields"].get("value") for entry in entries if entry["model"] == "metadata.metadatavalue"}
    licences = sorted(value for value in values if value and value.startswith(("cc-", "cc0", "pdm")))
    assert len(licences) > 15
    for value in licences:
        work, faults = publinova.read(fields({"title": "x", "copyright": value}))
        assert work.licence.startswith(("CC-", "CC0-")), value
        assert faults == []


PURE: dict[str, object] = {
    "uuid": "01ea0ee1-a419-42ee-878b-439b44562098",
    "modifiedDate": "2022-01-01T00:00:00Z",
    "title": {"value": "Infiltratie &amp; <em>regenwater</em>"},
    "subTitle": {"value": "20 jaar"},
    "abstract": {"nl_NL": "Infiltratie van regenwater.", "en_GB": "Rainwater.", "??": "X"},
    "type": {
        "uri": "/dk/atira/pure/researchoutput/researchoutputtypes/contributiontojournal/article",
        "term": {"en_GB": "Article", "nl_NL": "Artikel"},
    },
    "language": {"uri": "/dk/atira/pure/core/languages/nl_NL", "term": {"en_GB": "Dutch"}},
    "contributors": [
        {
            "typeDiscriminator": "InternalContributorAssociation",
            "name": {"firstName": "Floris", "lastName": "Boogaard"},
            "role": {"uri": "/dk/atira/pure/researchoutput/roles/contributiontojournal/author"},
            "person": {"uuid": "f515"},
            "organizations": [{"uuid": "o1", "systemName": "Organization"}],
        },
        {"typeDiscriminator": "ExternalContributorAssociation", "externalPerson": {"uuid": "e5c0"}},
        {"name": {"lastName": "Wentink"}, "role": {"uri": "/x/editor"}},
    ],
    "electronicVersions": [
        {
            "typeDiscriminator": "FileElectronicVersion",
            "accessType": {"uri": "/dk/atira/pure/core/openaccesspermission/embargoed"},
            "licenseType": {"uri": "/dk/atira/pure/core/document/licenses/cc_by_nc_nd"},
            "embargoPeriod": {"startDate": "2022-01-01", "endDate": "2027-01-01"},
            "file": {"fileName": "a.pdf", "mimeType": "application/pdf", "size": 12, "url": "https://pure.nl/ws/a.pdf"},
        },
        {"typeDiscriminator": "DoiElectronicVersion", "doi": "https://doi.org/10.1000/X"},
        {"typeDiscriminator": "DoiElectronicVersion", "doi": "geen"},
        {"typeDiscriminator": "LinkElectronicVersion", "link": "javascript:alert(1)"},
    ],
    "keywordGroups": [
        {"logicalName": "keywordContainers", "keywords": [{"locale": "nl_NL", "freeKeywords": ["regen", "water"]}]},
        {
            "logicalName": "ASJCSubjectAreas",
            "classifications": [
                {"uri": "/dk/atira/pure/subjectarea/asjc/2200", "term": {"en_GB": "Engineering(all)"}},
                {"uri": "research_focus_areas/05/no_hanze_research_focus_area_applicable", "term": {"en_GB": "None"}},
            ],
        },
    ],
    "publicationStatuses": [
        {"current": False, "publicationDate": {"year": 2010}},
        {"current": True, "publicationDate": {"year": 2011, "month": 11}},
    ],
    "journalAssociation": {"issn": {"value": "0378-5955"}},
    "portalUrl": "https://research.hanze.nl/a",
}


def test_reads_pure() -> None:
    work, faults = pure.read(fields(PURE))
    assert (work.titles, work.subtitles) == ({"nl": "Infiltratie & regenwater"}, {"nl": "20 jaar"})
    assert work.abstracts == {"nl": "Infiltratie van regenwater.", "en": "Rainwater.", "und": "X"}
    assert (work.type, work.source_type, str(work.published)) == (WorkType.ARTICLE, "Article", "2011-11")
    assert [(one.name, one.family, one.role) for one in work.authors] == [
        ("Floris Boogaard", "Boogaard", "author"),
        ("Wentink", "Wentink", "editor"),
    ]
    (file,) = work.files
    assert (file.name, file.size, file.access, file.licence) == ("a.pdf", 12, Access.EMBARGOED, "CC-BY-NC-ND")
    assert (work.access, work.embargo_until) == (Access.EMBARGOED, date(2027, 1, 1))
    assert [one.value for one in work.identifiers] == [
        "10.1000/x",
        "https://research.hanze.nl/a",
        "01ea0ee1-a419-42ee-878b-439b44562098",
    ]
    assert [(one.label, one.language) for one in work.subjects] == [
        ("regen", "nl"),
        ("water", "nl"),
        ("Engineering(all)", "en"),
    ]
    assert [(one.kind, one.identifier.value) for one in work.relations] == [("IsPublishedIn", "0378-5955")]
    assert sorted(fault.field for fault in faults) == [
        "abstract.??",
        "electronicVersions[2].doi",
        "electronicVersions[3].link",
    ]
    assert works.check(work) == []


def test_reads_the_api_of_old_and_a_students_thesis() -> None:
    old = {
        "title": {"formatted": True, "value": "Soil"},
        "abstract": {"text": [{"locale": "en_GB", "value": "<p>We measured.</p>"}]},
        "type": {"uri": "/x/thesis/doc1", "term": {"text": [{"locale": "en_GB", "value": "PhD thesis - Research"}]}},
        "language": {"uri": "/dk/atira/pure/core/languages/en_GB"},
        "personAssociations": [{"name": {"firstName": "Anna", "lastName": "Veen"}, "personRole": {"uri": "/x/author"}}],
        "info": {"portalUrl": "https://research.rug.nl/a"},
        "openAccessPermission": {"uri": "/dk/atira/pure/core/openaccesspermission/open"},
    }
    work, faults = pure.read(fields(old))
    assert (work.titles, work.abstracts) == ({"en": "Soil"}, {"en": "We measured."})
    assert (work.type, work.access, work.authors[0].name) == (WorkType.DOCTORAL_THESIS, Access.OPEN, "Anna Veen")
    assert faults == []
    thesis = {
        "title": {"nl_NL": "Wonen"},
        "type": {"term": {"en_GB": "Bachelor's Thesis"}},
        "contributors": [{"name": {"firstName": "Bo", "lastName": "Smit"}}],
        "supervisors": [{"name": {"firstName": "Jan", "lastName": "Jansen"}}],
        "awardDate": "2023-06-30",
        "documents": [{"fileName": "t.pdf", "url": "https://x.nl/t.pdf", "mimeType": "application/pdf"}],
    }
    work, faults = pure.read(fields(thesis))
    assert (work.type, str(work.published), work.titles) == (WorkType.THESIS, "2023-06-30", {"nl": "Wonen"})
    assert [one.role for one in work.authors] == ["author", "supervisor"]
    assert [one.name for one in work.files] == ["t.pdf"]
    assert faults == []


def test_pages_of_pure() -> None:
    page = pure.page(
        json.dumps(
            {
                "count": 21,
                "pageInformation": {"offset": 10, "size": 10},
                "items": [PURE],
                "navigationLinks": [
                    {"ref": "prev", "href": "https://x.nl/0"},
                    {"ref": "next", "href": "https://x.nl/20"},
                ],
            }
        ).encode()
    )
    assert (len(page.items), page.total, page.offset, page.following) == (1, 21, 10, "https://x.nl/20")


NAMES = sorted(
    {*PURE, *PUBLINOVA, *dict(SHAREKIT["attributes"]), "attributes", "research_product", "learning_material"}
)  # type: ignore[call-overload]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NAMES, "uri", "term", "value", "text", "name", "year", "url", "person"]), inner
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_object_is_read_or_told_off(value: dict[str, object]) -> None:
    for read in (sharekit.read, publinova.read, pure.read):
        work, _ = read(fields(value))
        works.check(work)
    work, _ = sharekit.read(fields({"attributes": value}))
    works.check(work)
