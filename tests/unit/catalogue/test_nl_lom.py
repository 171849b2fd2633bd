# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import time

import pytest

from mainport.catalogue.feeds import nl_lom, vcard, xml
from mainport.catalogue.rules import courses, works
from mainport.catalogue.rules.courses import Competence
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType


def ims(path: str, words: str, source: str = "LOMv1.0") -> str:
    return (
        f"<czp:{path}><czp:source><czp:langstring xml:lang='x-none'>{source}</czp:langstring></czp:source>"
        f"<czp:value><czp:langstring xml:lang='x-none'>\n  {words}\n</czp:langstring></czp:value></czp:{path}>"
    )


def taxon(purpose: str, source: str, code: str, label: str) -> str:
    return (
        f"<czp:classification>{ims('purpose', purpose)}<czp:taxonpath><czp:source><czp:langstring>{source}"
        f"</czp:langstring></czp:source><czp:taxon><czp:id>{code}</czp:id><czp:entry><czp:langstring xml:lang='nl'>"
        f"{label}</czp:langstring></czp:entry></czp:taxon></czp:taxonpath></czp:classification>"
    )


def card(role: str, body: str, date: str = "") -> str:
    lines = "\n            ".join(["BEGIN:VCARD", "VERSION:3.0", *body.split("|"), "END:VCARD"])
    when = f"<czp:date><czp:datetime>{date}</czp:datetime></czp:date>" if date else ""
    return (
        f"<czp:contribute>{ims('role', role)}<czp:centity><czp:vcard>{lines}\n</czp:vcard></czp:centity>{when}"
        "</czp:contribute>"
    )


#: As Edurep sends it: IMS's spelling, indented within the texts, the language "x-none".
EDUREP = f"""<czp:lom xmlns:czp="http://www.imsglobal.org/xsd/imsmd_v1p2"><czp:general>
<czp:title><czp:langstring xml:lang="x-none">Veilig op internet</czp:langstring></czp:title>
<czp:catalogentry><czp:catalog>UUID</czp:catalog><czp:entry><czp:langstring xml:lang="x-none">
urn:uuid:5af0e26f-c4d2-4ddd-94ab-7dd0bd531751
</czp:langstring></czp:entry></czp:catalogentry>
<czp:catalogentry><czp:catalog>doi</czp:catalog><czp:entry><czp:langstring>10.1000/X</czp:langstring></czp:entry>
</czp:catalogentry>
<czp:language>nl</czp:language><czp:language>klingons!</czp:language>
<czp:description><czp:langstring xml:lang="nl">Hoe u veilig internet.</czp:langstring></czp:description>
<czp:keyword><czp:langstring xml:lang="nl">internet</czp:langstring></czp:keyword></czp:general>
<czp:lifecycle>{card("author", "FN:Alice Jansen|N:Jansen;Alice;;;|ORG:Forum")}
{card("publisher", "FN:AERES; HAS|N:AERES;;;;|ORG:Hogeschool Utrecht", "2017-09-27")}
{card("hogeschool", "FN:Hanze|N:Hanze;;;;|ORG:Hanze")}{card("author", "TEL:06")}</czp:lifecycle>
<czp:technical><czp:format>application/pdf</czp:format><czp:format>text/html</czp:format>
<czp:location>https://x.nl/a.pdf</czp:location><czp:location>https://maken.wikiwijs.nl/1/A_b#!page-2</czp:location>
</czp:technical><czp:educational>{ims("learningresourcetype", "kennisclip")}{ims("learningresourcetype", "opdracht")}
{ims("intendedenduserrole", "learner")}{ims("context", "HBO")}</czp:educational>
<czp:rights>{ims("copyrightandotherrestrictions", "yes")}<czp:description><czp:langstring xml:lang="x-none">
https://creativecommons.org/licenses/by-nc/4.0/</czp:langstring></czp:description></czp:rights>
<czp:relation>{ims("kind", "ispartof")}<czp:resource><czp:catalogentry><czp:catalog>oai:x</czp:catalog><czp:entry>
<czp:langstring>oai:x:1</czp:langstring></czp:entry></czp:catalogentry><czp:catalogentry><czp:catalog>UUID</czp:catalog>
<czp:entry><czp:langstring>urn:uuid:3c2b4e81</czp:langstring></czp:entry></czp:catalogentry></czp:resource>
</czp:relation>
<czp:relation>{ims("kind", "thumbnail")}<czp:resource><czp:catalogentry><czp:catalog>URI</czp:catalog><czp:entry>
<czp:langstring>https://x.nl/p.png</czp:langstring></czp:entry></czp:catalogentry></czp:resource></czp:relation>
{taxon("educational level", "http://purl.edustandaard.nl/begrippenkader", "be140797", "HBO")}
{taxon("access rights", "http://purl.edustandaard.nl/rights", "OpenAccess", "open toegang")}
{taxon("discipline", "http://purl.edustandaard.nl/concept", "c1", "Informatievaardigheid")}
{taxon("competency", "https://data.europa.eu/digcomp-2.2", "4.2/3", "Persoonsgegevens")}</czp:lom>"""

IEEE = """<lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><identifier><catalog>URI</catalog>
<entry>https://x.nl/c/1</entry></identifier><title><string language="nl">Klik en tik</string>
<string language="en">Click and type</string></title><language>nl</language>
<description><string language="nl">Leer de computer kennen.</string></description></general>
<lifeCycle><contribute><role><source>LOMv1.0</source><value>provider</value></role><entity>
BEGIN:VCARD VERSION:3.0 FN:Forum N:;;;; ORG:Forum END:VCARD</entity><date><dateTime>2024-05-31</dateTime></date>
</contribute></lifeCycle><technical><location>https://x.nl/klik</location></technical>
<educational><learningResourceType><id>https://w3id.org/kim/hcrt/course</id></learningResourceType></educational>
<rights><copyrightAndOtherRestrictions><source>LOMv1.0</source><value>no</value></copyrightAndOtherRestrictions>
</rights>
<classification><purpose><source>LOMv1.0</source><value>competency</value></purpose><taxonPath>
<source><string language="x-none">DigComp 2.2</string></source><taxon><id>1.1</id></taxon></taxonPath>
</classification></lom>"""


def test_reads_material_as_edurep_sends_it() -> None:
    work, faults = nl_lom.material(xml.parse(EDUREP.encode()))
    assert (work.titles, work.abstracts) == ({"nl": "Veilig op internet"}, {"nl": "Hoe u veilig internet."})
    assert (work.type, work.source_type, work.language) == (WorkType.LEARNING_MATERIAL, "kennisclip", "nl")
    assert work.identifiers == (
        Identifier(Scheme.URN, "urn:uuid:5af0e26f-c4d2-4ddd-94ab-7dd0bd531751"),
        Identifier(Scheme.DOI, "10.1000/x"),
    )
    (alice,) = work.authors
    assert (alice.name, alice.family, alice.organisations[0].name) == ("Alice Jansen", "Jansen", "Forum")
    assert [(one.name, one.role) for one in work.organisations] == [
        ("AERES; HAS", "publisher"),
        ("Hanze", "hogeschool"),
    ]
    assert str(work.published) == "2017-09-27"
    assert [(one.name, one.media_type, one.licence) for one in work.files] == [
        ("a.pdf", "application/pdf", "CC-BY-NC-4.0"),
        ("A_b#!page-2", "text/html", "CC-BY-NC-4.0"),
    ]
    assert (work.licence, work.access) == ("CC-BY-NC-4.0", Access.OPEN)
    assert [(one.label, one.scheme) for one in work.subjects] == [
        ("internet", ""),
        ("Informatievaardigheid", "http://purl.edustandaard.nl/concept"),
        ("Persoonsgegevens", "https://data.europa.eu/digcomp-2.2"),
        ("HBO", "educational level"),
        ("opdracht", "learning resource type"),
        ("learner", "intended user"),
    ]
    assert [(one.kind, one.identifier.value) for one in work.relations] == [("IsPartOf", "urn:uuid:3c2b4e81")]
    assert [fault.field for fault in faults] == ["general/language", "lifecycle/contribute[3]/entity"]
    assert works.check(work) == []
    assert not nl_lom.is_course(xml.parse(EDUREP.encode()))


def test_reads_a_course_in_the_spelling_of_the_ieee() -> None:
    root = xml.parse(IEEE.encode())
    assert nl_lom.is_course(root)
    course, faults = nl_lom.course(root)
    assert nl_lom.read(root) == (course, faults)
    assert nl_lom.read(xml.parse(EDUREP.encode())) == nl_lom.material(xml.parse(EDUREP.encode()))
    assert faults == []
    assert course.titles == {"nl": "Klik en tik", "en": "Click and type"}
    assert (course.identifier, course.url, course.languages) == ("https://x.nl/c/1", "https://x.nl/klik", ("nl",))
    assert course.provider is not None
    assert course.provider.name == "Forum"
    assert course.competences == (Competence("1.1"),)
    assert courses.check(course) == []


def test_a_licence_that_nobody_knows_is_told() -> None:
    odd = EDUREP.replace("https://creativecommons.org/licenses/by-nc/4.0/", "vraag het de docent")
    work, faults = nl_lom.material(xml.parse(odd.encode()))
    assert work.licence == ""
    assert ("rights", "vraag het de docent") in [(fault.field, fault.found) for fault in faults]


@pytest.mark.parametrize("data", [b"<lom/>", b"<other/>"])
def test_another_element_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        nl_lom.read(xml.parse(data))


def test_cards_are_read_folded_and_on_one_line() -> None:
    assert vcard.read("BEGIN:VCARD\nEND:VCARD") is None
    one = vcard.read(
        "BEGIN:VCARD\nFN;CHARSET=UTF-8:Anna van\n  der Veen\nN:Veen;Anna;van der\nX-ORCID:0000-0002-1825-0097"
    )
    assert one is not None
    assert (one.name, one.family, one.orcid) == ("Anna van der Veen", "Veen", "0000-0002-1825-0097")
    group = vcard.read("BEGIN:VCARD VERSION:3.0 ORG:Een\\, Twee;Afdeling END:VCARD", "publisher")
    assert group is not None
    assert (group.name, group.is_organisation, group.role) == ("Een, Twee, Afdeling", True, "publisher")
    bare = vcard.read("N:Jansen;Alice;;;")
    assert bare is not None
    assert (bare.name, bare.given) == ("Alice Jansen", "Alice")


def test_a_card_of_spaces_takes_no_time() -> None:
    begin = time.process_time()
    vcard.read("FN:a" + " " * 200_000 + "b")
    assert time.process_time() - begin < 2
