# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DIDL (MPEG-21), the parcel in which Dutch repositories send a work: its description, its files and its page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from lxml import etree

from mainport.catalogue.feeds import dublin_core, mods, vocabulary, xml
from mainport.catalogue.rules import merging
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Access, Identifier, Provenance, Scheme, Work, WorkFile, identify, is_address

NAMESPACE = "urn:mpeg:mpeg21:2002:02-DIDL-NS"
PREFIX = "didl"

_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
#: Descriptions by their root, the one that says most first.
_READERS: dict[str, Callable[[etree._Element, Provenance | None], tuple[Work, list[Fault]]]] = {
    "mods": mods.read,
    "dc": dublin_core.read,
}


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """The work of a <DIDL>, and what of it couldn't be read. Raises Refused for another element, or an empty one."""
    top = next(xml.children(root, "Item"), None)
    if xml.local(root) != "DIDL" or top is None:
        raise Refused([Fault("", f"<{xml.local(root)}>", "<DIDL> with an <Item>")])
    faults: list[Fault] = []
    described = _described(top, provenance or Provenance(format=PREFIX), faults)
    parts = list(xml.children(top, "Item"))
    files = [
        file for place, part in enumerate(parts) if "objectfile" in _kinds(part) for file in _files(part, place, faults)
    ]
    pages = [words for part in parts if "humanstartpage" in _kinds(part) for words in _addresses(part)]
    numbers = [words for node in xml.at(top, "Descriptor/Statement/Identifier") if (words := xml.words(node))]
    told = [identify(words) for words in [*numbers, *pages, *_addresses(top)]]
    found = (one for one in told if one and one.scheme is not Scheme.LOCAL)
    access = described.access if described.access is not Access.UNKNOWN else vocabulary.access_of(files)
    ends = [file.embargo_until for file in files if file.embargo_until]
    work = replace(
        described,
        identifiers=tuple(dict.fromkeys([*described.identifiers, *map(_urn, found)])),
        files=tuple(dict.fromkeys([*described.files, *files])),
        access=access,
        embargo_until=described.embargo_until or (min(ends) if ends and access is Access.EMBARGOED else None),
    )
    return work, faults


def _described(top: etree._Element, provenance: Provenance, faults: list[Fault]) -> Work:
    """The descriptions as one: repositories put a short one in Dublin Core beside, or instead of, the one in MODS."""
    found = [
        (name, node)
        for name in _READERS
        for resource in xml.at(top, "Item/Component/Resource")
        for node in xml.children(resource, name)
    ]
    if not found:
        raise Refused([Fault("Item/Component/Resource", "", "a description: <mods> or <oai_dc:dc>")])
    works = []
    for name, node in found:
        work, wrong = _READERS[name](node, provenance)
        works.append(work)
        faults += [Fault(f"{name}/{fault.field}", fault.found, fault.expected) for fault in wrong]
    return merging.union(works).value


def _kinds(item: etree._Element) -> set[str]:
    """What an item is, by the last part of info:eu-repo/semantics/…; the older parcels say it in words."""
    told = [
        node.get(_RESOURCE) or node.get("resource") or xml.words(node)
        for node in xml.at(item, "Descriptor/Statement")
        for node in xml.children(node, "type", "ObjectType")
    ]
    return {words.rsplit("/", 1)[-1].strip().lower() for words in told}


def _addresses(item: etree._Element) -> Iterator[str]:
    for node in xml.at(item, "Component/Resource"):
        if is_address(address := (node.get("ref") or "").strip()):
            yield address


def _files(item: etree._Element, place: int, faults: list[Fault]) -> Iterator[WorkFile]:
    def told(*names: str) -> list[str]:
        return [
            words
            for statement in xml.at(item, "Descriptor/Statement")
            for node in xml.children(statement, *names)
            if (words := node.get(_RESOURCE) or xml.words(node))
        ]

    where = f"Item[{place}]"
    rights = told("accessRights", "rights", "license")
    access = vocabulary.access(rights)
    embargo = _embargo(told("available"), f"{where}/available", faults)
    name = next(iter(told("title", "description")), "")
    for node in xml.at(item, "Component/Resource"):
        address = (node.get("ref") or "").strip()
        if not is_address(address):
            faults.append(Fault(f"{where}/Resource/@ref", address, "an address that begins with https:// or http://"))
            continue
        yield WorkFile(
            name=name or address.rstrip("/").rsplit("/", 1)[-1],
            url=address,
            media_type=node.get("mimeType") or "",
            size=next((int(words) for words in told("extent") if re.fullmatch(r"\d{1,15}", words)), None),
            access=access,
            licence=vocabulary.licence_of(rights, f"{where}/rights", faults),
            embargo_until=embargo if access in (Access.EMBARGOED, Access.RESTRICTED) else None,
        )


def _embargo(told: list[str], where: str, faults: list[Fault]) -> date | None:
    found = next((day for words in told if (day := vocabulary.day_of(words, where, faults))), None)
    return found.earliest if found and found.day else None


def _urn(identifier: Identifier) -> Identifier:
    """An NBN in small letters: the same in either case (RFC 3188), and sent in both."""
    if identifier.scheme is Scheme.URN and identifier.value.lower().startswith("urn:nbn:"):
        return Identifier(Scheme.URN, identifier.value.lower())
    return identifier
