# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mainport.catalogue.feeds import datacite, dublin_core, vocabulary, xml
from mainport.catalogue.rules import works
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

EXAMPLES = "standards/datacite/source/meta/kernel-4.7/example"

DC = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Wonen na de bevingen</dc:title><dc:title xml:lang="en">Living after the quakes</dc:title>
<dc:title>Een casus</dc:title>
<dc:creator>Veen, Anna van der</dc:creator><dc:creator>Onderzoeksgroep Noord</dc:creator>
<dc:contributor>Boer, J. de</dc:contributor><dc:subject>aardbeving</dc:subject><dc:subject/>
<dc:description>Samenvatting.</dc:description><dc:publisher>Hanze</dc:publisher>
<dc:date>2024-06-30</dc:date><dc:date>2024</dc:date><dc:date>zomer</dc:date>
<dc:date>info:eu-repo/date/embargoEnd/2027-01-01</dc:date>
<dc:type>info:eu-repo/semantics/masterThesis</dc:type><dc:language>dut</dc:language>
<dc:identifier>https://doi.org/10.1000/X</dc:identifier><dc:identifier>doi:10.1000/x</dc:identifier>
<dc:identifier>Veen, A. van der (2024). Wonen na de bevingen.</dc:identifier>
<dc:identifier>https://hanze.example/1</dc:identifier>
<dc:relation>info:eu-repo/grantAgreement/EC/H2020/12345</dc:relation><dc:relation>https://x.nl/2</dc:relation>
<dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights></oai_dc:dc>"""


def test_reads_dublin_core() -> None:
    work, faults = dublin_core.read(xml.parse(DC.encode()))
    assert work.titles == {"nl": "Wonen na de bevingen", "en": "Living after the quakes"}
    assert work.subtitles == {"nl": "Een casus"}
    assert work.abstracts == {"nl": "Samenvatting."}
    assert work.type is WorkType.THESIS
    assert [(one.name, one.family, one.role) for one in work.authors] == [
        ("Anna van der Veen", "Veen", "author"),
        ("Onderzoeksgroep Noord", "", "author"),
        ("J. de Boer", "Boer", "contributor"),
    ]
    assert work.identifiers == (Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.URL, "https://hanze.example/1"))
    assert (work.access, work.embargo_until, work.licence) == (Access.EMBARGOED, date(2027, 1, 1), "CC-BY-4.0")
    assert (str(work.published), work.language) == ("2024", "nl")
    assert [(one.funder, one.award) for one in work.funding] == [("EC", "12345")]
    assert [one.identifier.value for one in work.relations] == ["https://x.nl/2"]
    assert [one.label for one in work.subjects] == ["aardbeving"]
    assert [str(fault) for fault in faults] == ["date: found zomer, expected a date such as 2024-05-31"]
    assert works.check(work) == []


def test_an_embargo_on_no_day_is_told() -> None:
    wrong = DC.replace("2027-01-01", "2027-13-01")
    work, faults = dublin_core.read(xml.parse(wrong.encode()))
    assert work.embargo_until is None
    assert [fault.field for fault in faults] == ["date", "date"]


def test_an_empty_record_has_its_faults_told_by_the_check() -> None:
    work, faults = dublin_core.read(xml.parse(b"<dc/>"))
    assert faults == []
    assert [fault.field for fault in works.check(work)] == ["titles"]


@pytest.mark.parametrize("read", [dublin_core.read, datacite.read])
def test_another_element_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(Refused):
        read(xml.parse(b"<other/>"))


DATACITE = """<resource xmlns="http://datacite.org/schema/kernel-4">
<identifier identifierType="DOI">10.1000/Y</identifier>
<creators><creator><creatorName nameType="Personal">Veen, Anna van der</creatorName>
<nameIdentifier nameIdentifierScheme="ORCID">https://orcid.org/0000-0002-1825-0097</nameIdentifier>
<affiliation affiliationIdentifier="https://ror.org/012p63287" affiliationIdentifierScheme="ROR">
RUG</affiliation></creator>
<creator><creatorName nameType="Organizational">Een, Twee en Drie</creatorName>
<nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0098</nameIdentifier></creator></creators>
<titles><title titleType="Subtitle">Metingen</title><title xml:lang="nl">Bodem</title>
<title titleType="TranslatedTitle" xml:lang="en">Soil</title></titles><publisher>DANS</publisher>
<publicationYear>2023</publicationYear><resourceType resourceTypeGeneral="Dataset">Tabel</resourceType>
<dates><date dateType="Available">2030-01-01</date><date dateType="Collected">2020-01-01/2021-01-01</date>
<date dateType="Other">ooit</date></dates><language>nl</language>
<rightsList><rights rightsURI="info:eu-repo/semantics/embargoedAccess"/>
<rights rightsIdentifier="CC-BY-4.0"/></rightsList>
<relatedIdentifiers><relatedIdentifier relatedIdentifierType="DOI" relationType="IsSupplementTo">
10.1000/Z</relatedIdentifier>
</relatedIdentifiers><descriptions><description descriptionType="Methods">x</description>
<description descriptionType="Abstract">Wij maten.</description></descriptions></resource>"""


def test_reads_datacite() -> None:
    work, faults = datacite.read(xml.parse(DATACITE.encode()))
    assert (work.titles, work.subtitles) == ({"nl": "Bodem", "en": "Soil"}, {"nl": "Metingen"})
    assert work.doi == "10.1000/y"
    assert (work.type, work.source_type) == (WorkType.DATASET, "Tabel")
    anna, group = work.authors
    assert (anna.name, anna.orcid, anna.organisations[0].ror) == (
        "Anna van der Veen",
        "0000-0002-1825-0097",
        "012p63287",
    )
    assert (group.name, group.is_organisation, group.orcid) == ("Een, Twee en Drie", True, "")
    assert (work.access, work.embargo_until) == (Access.EMBARGOED, date(2030, 1, 1))
    assert str(work.dates["Collected"]) == "2020-01-01"
    assert work.abstracts == {"nl": "Wij maten."}
    assert work.licence == "CC-BY-4.0"
    assert [(one.kind, one.identifier.value) for one in work.relations] == [("IsSupplementTo", "10.1000/z")]
    assert [fault.field for fault in faults] == ["dates/Other", "creators[1].orcid"]
    assert works.check(work) == []


@pytest.mark.shared
def test_reads_every_example_of_datacite_whole(shared: Path) -> None:
    files = sorted((shared / EXAMPLES).glob("*.xml"))
    assert len(files) == 17
    for file in files:
        work, faults = datacite.read(xml.parse(file.read_bytes()))
        assert work.doi, file.name
        assert work.authors, file.name
        assert work.published, file.name
        # Its examples carry made-up numbers; nothing else may be unreadable.
        assert {fault.field.rpartition(".")[2] for fault in faults} <= {"orcid", "ror"}, (file.name, faults)
        assert {fault.field for fault in works.check(work)} <= {"embargo_until"}, (file.name, works.check(work))


def test_types_rights_and_licences_in_the_words_of_the_sources() -> None:
    assert vocabulary.work_type(["?", "http://purl.org/coar/resource_type/c_db06"]) is WorkType.DOCTORAL_THESIS
    assert vocabulary.work_type(["info:eu-repo/semantics/bookPart"]) is WorkType.CHAPTER
    assert vocabulary.work_type(["Journal Article"]) is WorkType.ARTICLE
    assert vocabulary.access(["info:eu-repo/semantics/openAccess"]) is Access.OPEN
    licences = ["CC BY-NC-ND 4.0", "cc-by-sa-40", "http://creativecommons.org/publicdomain/zero/1.0/", "MIT", "vrij"]
    assert [vocabulary.licence(term) for term in licences] == ["CC-BY-NC-ND-4.0", "CC-BY-SA-4.0", "CC0-1.0", "MIT", ""]
    assert vocabulary.licence("https://x.nl/licence") == "https://x.nl/licence"


def test_a_masters_thesis_is_no_dissertation() -> None:
    thesis = DATACITE.replace('"Dataset">Tabel', '"Dissertation">Master thesis')
    assert datacite.read(xml.parse(thesis.encode()))[0].type is WorkType.THESIS
    other = DATACITE.replace('"Dataset">Tabel', '"Dissertation">Proefschrift')
    assert datacite.read(xml.parse(other.encode()))[0].type is WorkType.DOCTORAL_THESIS
