# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""MODS 3, the format of libraries: alone, or inside DIDL as the repositories of Dutch universities give it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from mainport.catalogue.feeds import datacite, vocabulary, xml
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, Day, language
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
    WorkFile,
    identify,
    is_address,
)

NAMESPACE = "http://www.loc.gov/mods/v3"
PREFIX = "mods"

_DATES = {
    "dateIssued": "Issued",
    "dateCreated": "Created",
    "dateModified": "Updated",
    "dateValid": "Valid",
    "copyrightDate": "Copyrighted",
    "dateCaptured": "Collected",
    "dateOther": "Other",
}
_OTHER_DATES = {"available": "Available", "submitted": "Submitted", "accepted": "Accepted", "defence": "Accepted"}
#: What MODS calls the other work, and what this work is to it in DataCite's terms.
_RELATIONS = {
    "host": "IsPublishedIn",
    "series": "IsPartOf",
    "constituent": "HasPart",
    "preceding": "Continues",
    "succeeding": "IsContinuedBy",
    "original": "IsDerivedFrom",
    "otherVersion": "IsVersionOf",
    "otherFormat": "IsVariantFormOf",
    "isReferencedBy": "IsReferencedBy",
    "references": "References",
    "reviewOf": "Reviews",
}
_XLINK = "{http://www.w3.org/1999/xlink}href"


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The work of a <mods>, and what of it couldn't be read. Raises Refused for another element."""
    if xml.local(root) != "mods":
        raise Refused([Fault("", f"<{xml.local(root)}>", "<mods>")])
    faults: list[Fault] = []
    code = _language(root, faults)
    titles, subtitles = _titles(root, code)
    abstracts: dict[str, str] = {}
    for node in xml.children(root, "abstract"):
        vocabulary.add_text(abstracts, {}, _lang(node), xml.words(node))
    dates, embargo = _dates(root, faults)
    kinds = [
        words for name in ("genre", "typeOfResource") for node in xml.children(root, name) if (words := xml.words(node))
    ]
    rights = [
        words for node in xml.children(root, "accessCondition") for words in (node.get(_XLINK) or "", xml.words(node))
    ]
    access = vocabulary.access(filter(None, rights))
    authors, organisations, funding = _names(root, faults)
    publishers = [
        Organisation(words, role="publisher")
        for node in xml.at(root, "originInfo/publisher")
        if (words := xml.words(node))
    ]
    places = [node for node in xml.at(root, "location/url") if xml.words(node)]
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=vocabulary.settle(abstracts, code),
        type=vocabulary.work_type(kinds),
        source_type=next(iter(kinds), ""),
        identifiers=tuple(dict.fromkeys(_identifiers(root, places, faults))),
        authors=tuple(authors),
        organisations=(*publishers, *organisations),
        files=tuple(_file(node, faults) for node in places if node.get("access") == "raw object"),
        licence=vocabulary.licence_of(rights, "accessCondition", faults),
        access=Access.EMBARGOED if embargo and access is Access.UNKNOWN else access,
        embargo_until=embargo,
        published=next((dates[name] for name in ("Issued", "Copyrighted", "Created") if name in dates), None),
        dates=dates,
        language=code,
        subjects=tuple(_subjects(root)),
        funding=tuple(funding),
        relations=tuple(_relations(root)),
        provenance=provenance or Provenance(format=PREFIX),
    )
    return work, faults


def _lang(node: etree._Element) -> str:
    """The language of a text: xml:lang, or the attribute lang that MODS had before."""
    return language(node.get("lang")) if node.get("lang") else xml.lang(node)


def _language(root: etree._Element, faults: list[Fault]) -> str:
    told = [words for node in xml.at(root, "language/languageTerm") if (words := xml.words(node))]
    known = [vocabulary.language_of(words, "language/languageTerm", faults) for words in told]
    return next((code for code in known if code != UNKNOWN), UNKNOWN)


def _titles(root: etree._Element, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """The plain title first, then its translations; alternatives and parts stand among the subtitles."""
    titles: dict[str, str] = {}
    subtitles: dict[str, str] = {}
    nodes = list(xml.children(root, "titleInfo"))
    for node in sorted(nodes, key=lambda node: node.get("type") is not None):
        words = " ".join(filter(None, [xml.text(node, "nonSort"), xml.text(node, "title")]))
        part = ", ".join(filter(None, [xml.text(node, "partNumber"), xml.text(node, "partName")]))
        spoken = _lang(node)
        if node.get("type") in (None, "translated", "uniform"):
            vocabulary.add_text(titles, subtitles, spoken, words)
        else:
            vocabulary.add_text(subtitles, {}, spoken, words)
        vocabulary.add_text(subtitles, {}, spoken, ". ".join(filter(None, [xml.text(node, "subTitle"), part])))
    return vocabulary.settle(titles, code), vocabulary.settle(subtitles, code)


def _dates(root: etree._Element, faults: list[Fault]) -> tuple[dict[str, Day], date | None]:
    """The days by what they are the day of, and that on which an embargo ends; of a period, its first day."""
    dates: dict[str, Day] = {}
    embargo: date | None = None
    for info in xml.children(root, "originInfo"):
        for node in xml.children(info, *_DATES):
            kind = (node.get("type") or "").lower()
            found = vocabulary.day_of(xml.words(node), f"originInfo/{xml.local(node)}", faults)
            if found is None or node.get("point") == "end":
                continue
            if "embargo" in kind:
                embargo = found.earliest
            else:
                dates.setdefault(_OTHER_DATES.get(kind, _DATES[xml.local(node)]), found)
    return dates, embargo


def _names(root: etree._Element, faults: list[Fault]) -> tuple[list[Author], list[Organisation], list[Funding]]:
    """People and groups who made the work; organisations that published, paid for or judged it stand apart."""
    authors: list[Author] = []
    organisations: list[Organisation] = []
    funding: list[Funding] = []
    for place, node in enumerate(xml.children(root, "name")):
        terms = [words for term in xml.at(node, "role/roleTerm") if (words := xml.words(term))]
        roles = list(dict.fromkeys(map(vocabulary.role, terms))) or ["author"]
        known = next((name for name in roles if name in ("author", "editor", "supervisor")), roles[0])
        author = _person(node, known, f"name[{place}]", faults)
        if not author.name:
            faults.append(Fault(f"name[{place}]", "", "a name"))
        elif author.is_organisation and known in ("publisher", "grantor"):
            organisations.append(Organisation(author.name, role=known))
        elif author.is_organisation and known == "funder":
            funding.append(Funding(author.name))
        else:
            authors.append(author)
    return authors, organisations, funding


def _person(node: etree._Element, role: str, where: str, faults: list[Fault]) -> Author:
    parts: dict[str, str] = {}
    for part in xml.children(node, "namePart"):
        if words := xml.words(part):
            name = part.get("type") or ""
            parts[name] = f"{parts[name]} {words}" if name in parts else words
    organisations = tuple(Organisation(words) for one in xml.children(node, "affiliation") if (words := xml.words(one)))
    family, given = parts.get("family", ""), parts.get("given", "")
    known = vocabulary.author(parts.get("") or xml.text(node, "displayForm"), role)
    if node.get("type") in ("corporate", "conference"):
        return Author(known.name or family, role=role, organisations=organisations, is_organisation=True)
    number = _orcid(node, where, faults)
    if not family and not given:
        return Author(known.name, known.family, known.given, number, organisations, role)
    return Author(" ".join(filter(None, [given, family])), family, given, number, organisations, role)


def _orcid(node: etree._Element, where: str, faults: list[Fault]) -> str:
    told = [
        xml.words(one) for one in xml.children(node, "nameIdentifier") if (one.get("type") or "").lower() == "orcid"
    ]
    told += [words for words in [node.get("valueURI") or ""] if "orcid.org" in words]
    for words in told:
        if right := identifiers.orcid(words):
            return right
        faults.append(Fault(f"{where}.orcid", words, "an ORCID with its check digit"))
    return ""


def _identifiers(root: etree._Element, places: list[etree._Element], faults: list[Fault]) -> Iterator[Identifier]:
    for node in xml.children(root, "identifier"):
        # MODS has its own way to say that a number was printed wrong.
        if node.get("invalid") != "yes" and xml.words(node):
            yield _number(node, faults)
    for node in places:
        if node.get("access") != "raw object" and (found := identify(xml.words(node))):
            yield found


def _number(node: etree._Element, faults: list[Fault]) -> Identifier:
    kind, words = (node.get("type") or "").lower(), xml.words(node)
    if kind in ("uri", "", "hdl", "handle", "url", "urn", "urn:nbn", "nbn"):
        # A handle may stand there bare.
        bare = f"hdl:{words}" if kind in ("hdl", "handle") and not words.lower().startswith(("hdl:", "http")) else words
        return identify(bare) or Identifier(Scheme.LOCAL, words)
    found = datacite.identifier_of(kind, words)
    if found.scheme is Scheme.LOCAL and kind in ("doi", "isbn", "issn"):
        faults.append(Fault(f"identifier[{kind}]", words, f"a right {kind.upper()}"))
    return found


def _file(node: etree._Element, faults: list[Fault]) -> WorkFile:
    address = xml.words(node)
    if not is_address(address):
        faults.append(Fault("location/url", address, "an address that begins with https:// or http://"))
    name = node.get("displayLabel") or address.rstrip("/").rsplit("/", 1)[-1]
    return WorkFile(name, address)


def _subjects(root: etree._Element) -> Iterator[Subject]:
    for node in xml.children(root, "subject"):
        for term in xml.children(node, "topic", "geographic", "temporal", "genre", "occupation"):
            if words := xml.words(term):
                scheme = term.get("authority") or node.get("authority") or ""
                code = term.get("valueURI") or node.get("valueURI") or ""
                yield Subject(words, scheme, code, _lang(term))
    for node in xml.children(root, "classification"):
        if words := xml.words(node):
            yield Subject(words, node.get("authority") or "", words)


def _relations(root: etree._Element) -> Iterator[Relation]:
    for node in xml.children(root, "relatedItem"):
        kind = _RELATIONS.get(node.get("type") or "", "References")
        numbers = [_number(one, []) for one in xml.children(node, "identifier") if xml.words(one)]
        if address := node.get(_XLINK):
            numbers += [one for one in [identify(address)] if one]
        for number in dict.fromkeys(numbers):
            if number.scheme is not Scheme.LOCAL:
                yield Relation(kind, number)
