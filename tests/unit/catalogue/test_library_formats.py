# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""MODS, DIDL and OpenAIRE: what repositories of universities send."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from mainport.catalogue.feeds import didl, mods, openaire, vocabulary, xml
from mainport.catalogue.rules import works
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

MODS = """<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" version="3.6">
<titleInfo type="translated" lang="eng"><title>Living after the quakes</title></titleInfo>
<titleInfo xml:lang="nl"><nonSort>Het</nonSort><title>wonen na de bevingen</title><subTitle>Een casus</subTitle>
<partNumber>Deel 2</partNumber></titleInfo>
<name type="personal" ID="a1"><namePart type="family">Veen, van der</namePart><namePart type="given">A.</namePart>
<role><roleTerm authority="marcrelator" type="code">aut</roleTerm></role>
<nameIdentifier type="orcid">https://orcid.org/0000-0002-1825-0097</nameIdentifier>
<affiliation>Hanze</affiliation></name>
<name type="personal"><namePart>Boer, J. de</namePart><role><roleTerm type="code">ths</roleTerm></role>
<nameIdentifier type="orcid">0000-0002-1825-0098</nameIdentifier></name>
<name type="corporate"><namePart>Hanze</namePart><role><roleTerm type="code">dgg</roleTerm></role></name>
<name type="corporate"><namePart>SIA</namePart><role><roleTerm type="code">fnd</roleTerm></role></name>
<name type="personal"/>
<originInfo><publisher>Hanze Press</publisher><dateIssued encoding="w3cdtf">[2024]</dateIssued>
<dateOther type="embargo">2027-01-01</dateOther><dateCreated point="start">31-05-2023</dateCreated>
<dateModified>ooit</dateModified></originInfo>
<language><languageTerm type="code" authority="rfc3066">dut</languageTerm></language>
<abstract>Samenvatting.</abstract><genre>info:eu-repo/semantics/bachelorThesis</genre>
<subject authority="gtt"><topic>aardbevingen</topic><geographic>Loppersum</geographic></subject>
<identifier type="doi">https://doi.org/10.1000/X</identifier><identifier type="hdl">1887/3</identifier>
<identifier type="isbn">9780306406158</identifier><identifier type="isbn" invalid="yes">1</identifier>
<identifier type="uri">urn:nbn:nl:ui:1-2</identifier>
<location><url access="object in context">https://hanze.example/1</url>
<url access="raw object" displayLabel="Scriptie.pdf">https://hanze.example/1.pdf</url></location>
<relatedItem type="host"><titleInfo><title>Reeks</title></titleInfo><identifier type="issn">0378-5955</identifier>
</relatedItem><relatedItem type="preceding"><identifier type="doi">10.1000/W</identifier></relatedItem>

<accessCondition type="use and reproduction" xlink:href="https://creativecommons.org/licenses/by/4.0/">CC</accessCondition>
</mods>"""

DIDL = """<didl:DIDL xmlns:didl="urn:mpeg:mpeg21:2002:02-DIDL-NS" xmlns:dii="urn:mpeg:mpeg21:2002:01-DII-NS"
 xmlns:dip="urn:mpeg:mpeg21:2005:01-DIP-NS" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><didl:Item>
<didl:Descriptor><didl:Statement mimeType="application/xml"><dii:Identifier>URN:NBN:NL:UI:1-2</dii:Identifier>
</didl:Statement></didl:Descriptor>
<didl:Descriptor><didl:Statement><dcterms:modified>2024-01-01T00:00:00Z</dcterms:modified></didl:Statement>
</didl:Descriptor>
<didl:Component><didl:Resource mimeType="text/html" ref="https://hdl.handle.net/1887/3"/></didl:Component>
<didl:Item><didl:Descriptor><didl:Statement><rdf:type rdf:resource="info:eu-repo/semantics/descriptiveMetadata"/>
</didl:Statement></didl:Descriptor><didl:Component><didl:Resource mimeType="application/xml">
<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Late-type giants</dc:title><dc:date>2004-06-30</dc:date><dc:type>Doctoral thesis</dc:type>
<dc:language>en</dc:language>
<dc:creator>Messineo, Maria</dc:creator></oai_dc:dc></didl:Resource></didl:Component></didl:Item>
<didl:Item><didl:Descriptor><didl:Statement><dip:ObjectType>info:eu-repo/semantics/descriptiveMetadata</dip:ObjectType>
</didl:Statement></didl:Descriptor><didl:Component><didl:Resource mimeType="application/xml">
<mods xmlns="http://www.loc.gov/mods/v3" version="3.2"><titleInfo xml:lang="en">
<title>Late-type Giants in the Inner Galaxy</title>
</titleInfo><name type="personal" ID="r"><namePart type="family">Messineo</namePart><namePart type="given">M.</namePart>
<role><roleTerm type="code">aut</roleTerm></role></name></mods></didl:Resource></didl:Component></didl:Item>
<didl:Item><didl:Descriptor><didl:Statement><rdf:type rdf:resource="info:eu-repo/semantics/objectFile"/>
</didl:Statement>
</didl:Descriptor><didl:Descriptor><didl:Statement><dcterms:accessRights>http://purl.org/eprint/accessRights/OpenAccess
</dcterms:accessRights></didl:Statement></didl:Descriptor>
<didl:Descriptor><didl:Statement><dcterms:extent>1234</dcterms:extent></didl:Statement></didl:Descriptor>
<didl:Component><didl:Resource mimeType="application/pdf" ref="https://x.nl/27/cover2.pdf"/></didl:Component>
</didl:Item>
<didl:Item><didl:Descriptor><didl:Statement><rdf:type rdf:resource="info:eu-repo/semantics/objectFile"/>
</didl:Statement>
</didl:Descriptor><didl:Component><didl:Resource mimeType="application/pdf" ref="file:///etc/passwd"/>
</didl:Component></didl:Item>
<didl:Item><didl:Descriptor><didl:Statement><rdf:type rdf:resource="info:eu-repo/semantics/humanStartPage"/>
</didl:Statement>
</didl:Descriptor><didl:Component><didl:Resource mimeType="text/html" ref="https://x.nl/27"/></didl:Component>
</didl:Item>
</didl:Item></didl:DIDL>"""

OPENAIRE = """<resource xmlns="http://namespace.openaire.eu/schema/oaire/" xmlns:datacite="http://datacite.org/schema/kernel-4"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<datacite:titles><datacite:title xml:lang="nl">Bodem</datacite:title>
<datacite:title titleType="Subtitle" xml:lang="nl">Metingen</datacite:title></datacite:titles>
<datacite:creators><datacite:creator><datacite:creatorName nameType="Personal">Veen, Anna van der</datacite:creatorName>
<datacite:affiliation>RUG</datacite:affiliation>
<datacite:nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</datacite:nameIdentifier>
</datacite:creator></datacite:creators>
<fundingReferences><fundingReference><funderName>EC</funderName><awardNumber>12345</awardNumber>
<awardTitle>Soil</awardTitle></fundingReference></fundingReferences>
<datacite:alternateIdentifiers><datacite:alternateIdentifier alternateIdentifierType="Handle">
https://hdl.handle.net/1887/3</datacite:alternateIdentifier></datacite:alternateIdentifiers>
<datacite:relatedIdentifiers><datacite:relatedIdentifier relatedIdentifierType="DOI" relationType="IsSupplementedBy">
10.1000/Z</datacite:relatedIdentifier></datacite:relatedIdentifiers>
<datacite:dates><datacite:date dateType="Issued">2024-05</datacite:date>
<datacite:date dateType="Available">2027-01-01</datacite:date></datacite:dates>
<dc:language>nld</dc:language><dc:publisher>RUG</dc:publisher>
<resourceType resourceTypeGeneral="literature"
 uri="http://purl.org/coar/resource_type/c_bdcc">master thesis</resourceType>
<dc:description xml:lang="nl">Wij maten.</dc:description><dc:format>application/pdf</dc:format>
<datacite:identifier identifierType="DOI">https://doi.org/10.1000/Y</datacite:identifier>
<datacite:rights rightsURI="http://purl.org/coar/access_right/c_f1cf">embargoed access</datacite:rights>
<datacite:subjects><datacite:subject>bodem</datacite:subject></datacite:subjects>
<licenseCondition startDate="2027-01-01" uri="https://creativecommons.org/licenses/by/4.0/">CC BY</licenseCondition>
<file accessRightsURI="http://purl.org/coar/access_right/c_f1cf" mimeType="application/pdf" objectType="fulltext">
https://x.nl/a.pdf</file></resource>"""


def test_reads_mods() -> None:
    work, faults = mods.read(xml.parse(MODS.encode()))
    assert work.titles == {"nl": "Het wonen na de bevingen", "en": "Living after the quakes"}
    assert work.subtitles == {"nl": "Een casus. Deel 2"}
    assert work.abstracts == {"nl": "Samenvatting."}
    assert (work.type, work.source_type) == (WorkType.THESIS, "info:eu-repo/semantics/bachelorThesis")
    assert [(one.family, one.given, one.orcid, one.role) for one in work.authors] == [
        ("Veen, van der", "A.", "0000-0002-1825-0097", "author"),
        ("Boer", "J. de", "", "supervisor"),
    ]
    assert work.authors[0].organisations[0].name == "Hanze"
    assert [(one.name, one.role) for one in work.organisations] == [("Hanze Press", "publisher"), ("Hanze", "grantor")]
    assert [one.funder for one in work.funding] == ["SIA"]
    assert (str(work.published), {name: str(day) for name, day in work.dates.items()}) == (
        "2024",
        {"Issued": "2024", "Created": "2023-05-31"},
    )
    assert (work.access, work.embargo_until, work.licence) == (Access.EMBARGOED, date(2027, 1, 1), "CC-BY-4.0")
    assert work.identifiers == (
        Identifier(Scheme.DOI, "10.1000/x"),
        Identifier(Scheme.HANDLE, "1887/3"),
        Identifier(Scheme.LOCAL, "9780306406158"),
        Identifier(Scheme.URN, "urn:nbn:nl:ui:1-2"),
        Identifier(Scheme.URL, "https://hanze.example/1"),
    )
    assert [(one.name, one.url) for one in work.files] == [("Scriptie.pdf", "https://hanze.example/1.pdf")]
    assert [(one.label, one.scheme) for one in work.subjects] == [("aardbevingen", "gtt"), ("Loppersum", "gtt")]
    assert [(one.kind, one.identifier.value) for one in work.relations] == [
        ("IsPublishedIn", "0378-5955"),
        ("Continues", "10.1000/w"),
    ]
    assert sorted(fault.field for fault in faults) == [
        "identifier[isbn]",
        "name[1].orcid",
        "name[4]",
        "originInfo/dateModified",
    ]
    assert works.check(work) == []


def test_reads_both_descriptions_and_the_files_of_didl() -> None:
    work, faults = didl.read(xml.parse(DIDL.encode()))
    assert work.titles == {"en": "Late-type Giants in the Inner Galaxy"}
    assert (work.type, str(work.published), work.language) == (WorkType.DOCTORAL_THESIS, "2004-06-30", "en")
    assert [one.name for one in work.authors] == ["M. Messineo"]
    (file,) = work.files
    assert (file.name, file.size, file.media_type, file.access) == ("cover2.pdf", 1234, "application/pdf", Access.OPEN)
    assert work.access is Access.OPEN
    assert work.identifiers == (
        Identifier(Scheme.URN, "urn:nbn:nl:ui:1-2"),
        Identifier(Scheme.URL, "https://x.nl/27"),
        Identifier(Scheme.HANDLE, "1887/3"),
    )
    assert [fault.field for fault in faults] == ["Item[3]/Resource/@ref"]


def test_a_parcel_without_a_description_is_refused() -> None:
    empty = etree.fromstring(DIDL)
    for node in list(empty.iter("{http://www.loc.gov/mods/v3}mods", "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc")):
        node.getparent().remove(node)  # type: ignore[union-attr]
    with pytest.raises(Refused, match="a description"):
        didl.read(empty)


def test_reads_openaire_4() -> None:
    work, faults = openaire.read(xml.parse(OPENAIRE.encode()))
    assert faults == []
    assert (work.titles, work.subtitles, work.abstracts) == ({"nl": "Bodem"}, {"nl": "Metingen"}, {"nl": "Wij maten."})
    assert (work.doi, work.type, str(work.published), work.language) == ("10.1000/y", WorkType.THESIS, "2024-05", "nl")
    assert work.identifiers[1] == Identifier(Scheme.HANDLE, "1887/3")
    assert (work.authors[0].orcid, work.authors[0].organisations[0].name) == ("0000-0002-1825-0097", "RUG")
    assert (work.access, work.embargo_until, work.licence) == (Access.EMBARGOED, date(2027, 1, 1), "CC-BY-4.0")
    assert [(one.url, one.access, one.embargo_until) for one in work.files] == [
        ("https://x.nl/a.pdf", Access.EMBARGOED, date(2027, 1, 1))
    ]
    assert [(one.funder, one.award, one.title) for one in work.funding] == [("EC", "12345", "Soil")]
    assert [one.identifier.value for one in work.relations] == ["10.1000/z"]
    assert works.check(work) == []


@pytest.mark.shared
def test_the_sample_of_openaire_is_valid(shared: Path) -> None:
    text = (shared / "standards/openaire/schemas/4.0/openaire.xsd").read_text()
    assert 'name="licenseCondition"' in (shared / "standards/openaire/schemas/4.0/oaire.xsd").read_text()
    named = {node.get("ref", "").split(":")[-1] for node in etree.fromstring(text.encode()).iter("{*}element")}
    assert {xml.local(node) for node in etree.fromstring(OPENAIRE)} <= named


@pytest.mark.shared
def test_knows_every_type_and_right_of_openaire(shared: Path) -> None:
    folder = shared / "standards/openaire/schemas"
    rights = etree.parse(folder / "4.0/oaire-accessRight-v4.xsd").iter("{*}enumeration")
    assert all(vocabulary.access([node.get("value") or ""]) is not Access.UNKNOWN for node in rights)
    assert all(vocabulary.licence(node.get("value") or "") == "" for node in rights)
    kinds = [
        node.get("value") or ""
        for node in etree.parse(folder / "4.1/oaire-resourceType-v4.1.xsd").iter("{*}enumeration")
    ]
    known = [kind for kind in kinds if vocabulary.work_type([kind]) is not WorkType.OTHER]
    assert len(kinds) > 80
    assert len(known) >= 45  # The others are patents, letters, journals and the like, which no one hands in.


def test_reads_what_openaire_3_puts_in_dublin_core() -> None:
    dc = """<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:title>Bodem</dc:title><dc:type>info:eu-repo/semantics/article</dc:type>
    <dc:type>info:eu-repo/semantics/publishedVersion</dc:type><dc:rights>info:eu-repo/semantics/openAccess</dc:rights>
    <dc:relation>info:eu-repo/grantAgreement/EC/FP7/244909/EU/Making Capabilities Work/WorkAble</dc:relation>
    <dc:relation>info:eu-repo/semantics/altIdentifier/doi/10.1000/X</dc:relation>
    <dc:relation>info:eu-repo/semantics/altIdentifier/hdl/1887/3</dc:relation>
    <dc:relation>info:eu-repo/semantics/dataset/doi/10.1000/D</dc:relation>
    <dc:relation>info:eu-repo/semantics/reference/wos/123</dc:relation>
    <dc:relation>https://x.nl/2</dc:relation></oai_dc:dc>"""
    work, faults = openaire.read(xml.parse(dc.encode()))
    assert (work.type, work.access, work.doi) == (WorkType.ARTICLE, Access.OPEN, "10.1000/x")
    assert work.identifiers[1] == Identifier(Scheme.HANDLE, "1887/3")
    (grant,) = work.funding
    assert (grant.funder, grant.award, grant.title) == ("EC", "244909", "Making Capabilities Work (WorkAble)")
    assert grant.identifier == "info:eu-repo/grantAgreement/EC/FP7/244909/EU/Making Capabilities Work/WorkAble"
    assert [(one.kind, one.identifier.value) for one in work.relations] == [
        ("IsSupplementedBy", "10.1000/d"),
        ("References", "https://x.nl/2"),
    ]
    assert [fault.field for fault in faults] == ["relation"]


@pytest.mark.parametrize("read", [mods.read, didl.read, openaire.read])
def test_another_element_is_refused(read: object) -> None:
    assert callable(read)
    with pytest.raises(Refused):
        read(xml.parse(b"<other/>"))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("[2014]", "2014"),
        ("c2014", "2014"),
        ("© 2014", "2014"),
        ("2014?", "2014"),
        ("20140531", "2014-05-31"),
        ("31/5/2014", "2014-05-31"),
        ("2014-05-31T10:00:00Z", "2014-05-31"),
        ("31-13-2014", None),
        ("zomer", None),
        ("", None),
    ],
)
def test_dates_as_libraries_write_them(words: str, found: str | None) -> None:
    faults: list[Fault] = []
    day = vocabulary.day_of(words, "date", faults)
    assert (str(day) if day else None) == found
    assert bool(faults) == (found is None and words != "")
