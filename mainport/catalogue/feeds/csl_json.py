# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""CSL-JSON, in which reference managers such as Zotero keep their items; Crossref's JSON is close to it."""

from __future__ import annotations

from dataclasses import replace

from mainport.catalogue.feeds import crossref, vocabulary
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Author, Provenance, Subject, Work, identify

PREFIX = "csl_json"

#: CSL's types that other formats don't have.
_TYPES = {"paper-conference": "conferencepaper", "motion_picture": "video", "speech": "presentation"}


def read(data: bytes) -> tuple[list[Work], list[Fault]]:
    """The works of a file in their order, and what of them couldn't be read. Raises Refused for what is no list."""
    value = parse(data)
    listed = value.get("items") if isinstance(value, dict) and "items" in value else value
    if isinstance(listed, dict):
        listed = [listed]
    if not isinstance(listed, list):
        raise Refused([Fault("", type(value).__name__, "a list of items")])
    whole = Fields({"items": listed})
    works = [_read(item) for item in whole.objects("items")]
    return works, list(dict.fromkeys(whole.faults))


def _read(item: Fields) -> Work:
    work, _ = crossref.read(item, Provenance(format=PREFIX, record=item.text("id")))
    kind = item.text("type")
    named = [
        author for role in ("author", "editor") for person in item.objects(role) if (author := _author(person, role))
    ]
    keywords = item.text("keyword") if isinstance(item.values.get("keyword"), str) else ""
    address = identify(item.text("URL"))
    return replace(
        work,
        type=vocabulary.work_type([item.text("genre"), _TYPES.get(kind, kind), kind]),
        authors=tuple(named),
        identifiers=tuple(dict.fromkeys([*work.identifiers, *([address] if address else [])])),
        subjects=(
            *work.subjects,
            *(Subject(word.strip()) for word in keywords.replace(";", ",").split(",") if word.strip()),
        ),
    )


def _author(person: Fields, role: str) -> Author | None:
    """Somebody by parts, where what stands before the family name has a part of its own; or a group in one piece."""
    parts = [person.text(name) for name in ("non-dropping-particle", "dropping-particle", "family")]
    family, given, whole = " ".join(filter(None, parts)), person.text("given"), person.text("literal", "name")
    if family or given:
        return Author(" ".join(filter(None, [given, family])), family, given, role=role)
    return Author(whole, role=role, is_organisation=True) if whole else None
