# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""OpenAIRE's guidelines for literature repositories: version 3 in Dublin Core, version 4 in an element of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lxml import etree

from mainport.catalogue.feeds import datacite, dublin_core, vocabulary, xml
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, Day
from mainport.catalogue.rules.works import (
    Access,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Work,
    WorkFile,
    identify,
    is_address,
)

NAMESPACE = "http://namespace.openaire.eu/schema/oaire/"
PREFIX = "oai_openaire"


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The work of either version, and what of it couldn't be read. Raises Refused for another element."""
    if xml.local(root) == "dc":
        return dublin_core.read(root, provenance)
    if xml.local(root) == "resource" and xml.namespace(root) == NAMESPACE:
        return _version_4(root, provenance or Provenance(format=PREFIX))
    raise Refused([Fault("", f"<{xml.local(root)}> of {xml.namespace(root)}", "<oaire:resource> or <oai_dc:dc>")])


def _version_4(root: etree._Element, provenance: Provenance) -> tuple[Work, list[Fault]]:
    faults: list[Fault] = []
    codes = [vocabulary.language_of(words, "language", faults) for words in _all(root, "language")]
    code = next((known for known in codes if known != UNKNOWN), UNKNOWN)
    titles, subtitles = datacite.titles_of(root, code)
    abstracts: dict[str, str] = {}
    for node in xml.children(root, "description"):
        vocabulary.add_text(abstracts, {}, xml.lang(node), xml.words(node))
    dates = datacite.dates_of(root, faults)
    for words in _all(root, "date"):
        if day := vocabulary.day_of(words, "date", faults):
            dates.setdefault("Issued", day)
    kind = next(xml.children(root, "resourceType"), None)
    terms = [] if kind is None else [kind.get("uri") or "", xml.words(kind), kind.get("resourceTypeGeneral") or ""]
    rights = [
        words for node in xml.children(root, "rights") for words in (node.get("rightsURI") or "", xml.words(node))
    ]
    access = vocabulary.access(filter(None, rights))
    licence, starts = _licence(root, faults)
    embargo = _embargo(access, dates.get("Available"), starts)
    files = tuple(_files(root, licence, embargo, faults))
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=vocabulary.settle(abstracts, code),
        type=vocabulary.work_type(filter(None, terms)),
        source_type="" if kind is None else xml.words(kind),
        identifiers=tuple(dict.fromkeys(datacite.identifiers_of(root, faults))),
        authors=tuple(datacite.people_of(root, faults)),
        organisations=tuple(Organisation(name, role="publisher") for name in _all(root, "publisher")),
        files=files,
        licence=licence,
        access=access if access is not Access.UNKNOWN else vocabulary.access_of(files),
        embargo_until=embargo,
        published=dates.get("Issued"),
        dates=dates,
        language=code,
        subjects=datacite.subjects_of(root),
        funding=datacite.funding_of(root),
        relations=(*datacite.relations_of(root), *_sources(root)),
        provenance=provenance,
    )
    return work, faults


def _all(root: etree._Element, name: str) -> list[str]:
    return [words for node in xml.children(root, name) if (words := xml.words(node))]


def _licence(root: etree._Element, faults: list[Fault]) -> tuple[str, date | None]:
    """The licence, and the day from which it counts."""
    for node in xml.children(root, "licenseCondition"):
        terms = [node.get("uri") or "", xml.words(node)]
        if found := vocabulary.licence_of(terms, "licenseCondition", faults):
            day = vocabulary.day_of(node.get("startDate") or "", "licenseCondition/@startDate", faults)
            return found, day.earliest if day else None
    return "", None


def _embargo(access: Access, available: Day | None, starts: date | None) -> date | None:
    """The day from which an embargoed work is there for all, else that from which its licence counts."""
    if access is not Access.EMBARGOED:
        return None
    return available.earliest if available and available.day else starts


def _files(root: etree._Element, licence: str, embargo: date | None, faults: list[Fault]) -> Iterator[WorkFile]:
    for place, node in enumerate(xml.children(root, "file")):
        address = xml.words(node)
        if not is_address(address):
            faults.append(Fault(f"file[{place}]", address, "an address that begins with https:// or http://"))
            continue
        access = vocabulary.access([node.get("accessRightsURI") or ""])
        yield WorkFile(
            name=address.rstrip("/").rsplit("/", 1)[-1],
            url=address,
            media_type=node.get("mimeType") or "",
            access=access,
            licence=licence if access is Access.OPEN else "",
            embargo_until=embargo if access is Access.EMBARGOED else None,
        )


def _sources(root: etree._Element) -> Iterator[Relation]:
    for words in _all(root, "source"):
        found: Identifier | None = identify(words)
        if found and found.scheme is not Scheme.LOCAL:
            yield Relation("IsDerivedFrom", found)
