# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DataCite's metadata, kernel 3 and 4 (4.7): what stands behind a DOI of a data set, thesis or report."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from mainport.catalogue.feeds import vocabulary, xml
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import Day, day, language
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
    identify,
)

PREFIX = "datacite"
_SCHEMES = {
    "doi": Scheme.DOI,
    "isbn": Scheme.ISBN,
    "issn": Scheme.ISSN,
    "handle": Scheme.HANDLE,
    "urn": Scheme.URN,
    "url": Scheme.URL,
}
_CHECKED = {Scheme.DOI: identifiers.doi, Scheme.ISBN: identifiers.isbn, Scheme.ISSN: identifiers.issn}


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The work of a <resource>, and what of it couldn't be read. Raises Refused for another element."""
    if xml.local(root) != "resource" or not xml.namespace(root).startswith("http://datacite.org/schema/kernel-"):
        raise Refused([Fault("", f"<{xml.local(root)}> of {xml.namespace(root)}", "<resource> of DataCite")])
    faults: list[Fault] = []
    code = language(xml.text(root, "language"))
    titles, subtitles = titles_of(root, code)
    dates = dates_of(root, faults)
    kind = next(xml.children(root, "resourceType"), None)
    general = "" if kind is None else kind.get("resourceTypeGeneral") or ""
    rights = [term for node in xml.at(root, "rightsList/rights") for term in _rights(node)]
    year = day(xml.text(root, "publicationYear"))
    access = vocabulary.access(rights)
    available = dates.get("Available")
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=_abstracts(root, code),
        # A thesis of a bachelor is a Dissertation to DataCite: the free words tell them apart, where they are known.
        type=vocabulary.work_type(filter(None, [xml.words(kind), general])),
        source_type=xml.words(kind) or general,
        identifiers=tuple(identifiers_of(root, faults)),
        authors=tuple(people_of(root, faults)),
        organisations=tuple(publishers_of(root, faults)),
        licence=next(filter(None, map(vocabulary.licence, rights)), ""),
        access=access,
        embargo_until=available.earliest if access is Access.EMBARGOED and available and available.day else None,
        published=dates.get("Issued") or year,
        dates=dates,
        language=code,
        subjects=subjects_of(root),
        funding=funding_of(root),
        relations=relations_of(root),
        provenance=provenance or Provenance(format=PREFIX),
    )
    return work, faults


def subjects_of(root: etree._Element) -> tuple[Subject, ...]:
    return tuple(
        Subject(
            xml.words(node),
            node.get("subjectScheme") or "",
            node.get("classificationCode") or node.get("valueURI") or "",
            xml.lang(node),
        )
        for node in xml.at(root, "subjects/subject")
        if xml.words(node)
    )


def funding_of(root: etree._Element) -> tuple[Funding, ...]:
    return tuple(
        Funding(
            xml.text(node, "funderName"),
            xml.text(node, "awardNumber"),
            xml.text(node, "awardTitle"),
            xml.text(node, "funderIdentifier"),
        )
        for node in xml.at(root, "fundingReferences/fundingReference")
    )


def relations_of(root: etree._Element) -> tuple[Relation, ...]:
    return tuple(
        Relation(
            node.get("relationType") or "References", identifier_of(node.get("relatedIdentifierType"), xml.words(node))
        )
        for node in xml.at(root, "relatedIdentifiers/relatedIdentifier")
        if xml.words(node)
    )


def titles_of(root: etree._Element, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Titles, the plain one first, then its translations; subtitles apart."""
    titles: dict[str, str] = {}
    subtitles: dict[str, str] = {}
    nodes = list(xml.at(root, "titles/title"))
    for node in sorted(nodes, key=lambda node: node.get("titleType") is not None):
        target = subtitles if node.get("titleType") in ("Subtitle", "AlternativeTitle") else titles
        vocabulary.add_text(target, subtitles, xml.lang(node), xml.words(node))
    return vocabulary.settle(titles, code), vocabulary.settle(subtitles, code)


def _abstracts(root: etree._Element, code: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for node in xml.at(root, "descriptions/description"):
        if node.get("descriptionType") == "Abstract":
            vocabulary.add_text(texts, {}, xml.lang(node), xml.words(node))
    return vocabulary.settle(texts, code)


def dates_of(root: etree._Element, faults: list[Fault]) -> dict[str, Day]:
    """The days by what they are the day of; of a period, its first one."""
    dates: dict[str, Day] = {}
    for node in xml.at(root, "dates/date"):
        words = xml.words(node)
        found = day(words.partition("/")[0] or words.partition("/")[2])
        if found is None:
            faults.append(
                Fault(f"dates/{node.get('dateType')}", words, "a date such as 2024-05-31, or two with a / between")
            )
        else:
            dates.setdefault(node.get("dateType") or "Other", found)
    return dates


def _rights(node: etree._Element) -> Iterator[str]:
    yield from filter(None, [node.get("rightsIdentifier"), node.get("rightsURI"), xml.words(node)])


def identifiers_of(root: etree._Element, faults: list[Fault]) -> Iterator[Identifier]:
    for node in xml.children(root, "identifier"):
        words = xml.words(node)
        if (node.get("identifierType") or "").upper() == "DOI" and identifiers.doi(words) is None:
            faults.append(Fault("identifier", words, "a DOI such as 10.1000/182"))
        elif words:
            yield identifier_of(node.get("identifierType"), words)
    for node in xml.at(root, "alternateIdentifiers/alternateIdentifier"):
        if words := xml.words(node):
            yield identifier_of(node.get("alternateIdentifierType"), words)


def identifier_of(kind: str | None, words: str) -> Identifier:
    """An identifier under the scheme that the record states, if it holds; else under that which it looks like."""
    scheme = _SCHEMES.get((kind or "").lower())
    if scheme in _CHECKED:
        value = _CHECKED[scheme](words)
        return Identifier(scheme, value) if value else Identifier(Scheme.LOCAL, words)
    if scheme is not None:
        found = identify(words)
        # A handle by itself looks like nothing in particular.
        bare = scheme is Scheme.HANDLE and (found is None or found.scheme is Scheme.LOCAL)
        return Identifier(scheme, words) if bare or found is None else found
    found = identify(words)
    return found if found and kind is None else Identifier(Scheme.LOCAL, words)


def people_of(root: etree._Element, faults: list[Fault]) -> Iterator[Author]:
    for place, node in enumerate(xml.at(root, "creators/creator")):
        yield _person(node, "creatorName", "author", f"creators[{place}]", faults)
    for place, node in enumerate(xml.at(root, "contributors/contributor")):
        role = node.get("contributorType") or "contributor"
        yield _person(node, "contributorName", role, f"contributors[{place}]", faults)


def _person(node: etree._Element, name: str, role: str, where: str, faults: list[Fault]) -> Author:
    named = next(xml.children(node, name), None)
    kind = "" if named is None else named.get("nameType") or ""
    words = xml.words(named)
    known = vocabulary.author(words, role)
    number = ""
    for given in xml.children(node, "nameIdentifier"):
        if (given.get("nameIdentifierScheme") or "").upper() == "ORCID":
            number = identifiers.orcid(xml.words(given)) or ""
            if not number:
                faults.append(Fault(f"{where}.orcid", xml.words(given), "an ORCID with its check digit"))
    organisations = tuple(
        _affiliation(one, where, faults) for one in xml.children(node, "affiliation") if xml.words(one)
    )
    if kind == "Organizational":
        return Author(words, role=role, organisations=organisations, is_organisation=True)
    family, first = xml.text(node, "familyName") or known.family, xml.text(node, "givenName") or known.given
    return Author(
        f"{first} {family}" if family and first else known.name, family, first, number, organisations, role=role
    )


def _affiliation(node: etree._Element, where: str, faults: list[Fault]) -> Organisation:
    return _organisation(
        node, node.get("affiliationIdentifierScheme"), node.get("affiliationIdentifier"), where, faults
    )


def _organisation(
    node: etree._Element, scheme: str | None, number: str | None, where: str, faults: list[Fault], role: str = ""
) -> Organisation:
    found = ""
    if number and (scheme or "").upper() == "ROR":
        found = identifiers.ror(number) or ""
        if not found:
            faults.append(Fault(f"{where}.ror", number, "a ROR with its check digits"))
    return Organisation(xml.words(node), found, role)


def publishers_of(root: etree._Element, faults: list[Fault]) -> Iterator[Organisation]:
    for node in xml.children(root, "publisher"):
        scheme, number = node.get("publisherIdentifierScheme"), node.get("publisherIdentifier")
        if xml.words(node):
            yield _organisation(node, scheme, number, "publisher", faults, "publisher")
