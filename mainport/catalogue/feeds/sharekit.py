# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""SURF Sharekit: theses, research and learning materials of universities of applied sciences, by JSON:API."""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.feeds import json_api, vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Provenance,
    Relation,
    Scheme,
    Subject,
    Work,
    WorkFile,
    WorkType,
    identify,
    is_address,
)

PREFIX = "sharekit"
page = json_api.page

#: The fields in which terms stand, and the name of the list that they are of.
_TERMS = {
    "themesResearchObject": "Sharekit research themes",
    "themesLearningMaterial": "Sharekit disciplines",
    "typesLearningMaterial": "learning resource type",
}
#: What Sharekit writes into a field that nobody filled in.
_EMPTY = frozenset({"geen samenvatting", "geen titel"})


def deleted(item: Fields) -> bool:
    """Whether the record is gone: its status says so, and all that it had is an empty list."""
    meta = item.object("meta")
    return (meta.text("status") if meta else "") == "deleted"


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One item of "data", and what of it couldn't be read."""
    told = item.object("attributes") or Fields({}, "attributes", item.faults)
    code = vocabulary.language_of(told.text("language"), told.path("language"), item.faults)
    title, subtitle, abstract = (_words(told, name) for name in ("title", "subtitle", "abstract"))
    licence = vocabulary.licence_of([told.text("termsOfUse")], told.path("termsOfUse"), item.faults)
    files = tuple(_files(told, licence))
    kinds = [told.text("typeResearchObject")]
    owner = told.object("owner")
    names = [(owner.text("name"), "provider")] if owner else []
    names += [
        (str(name), role)
        for field, role in (("publishers", "publisher"), ("institutes", "institute"))
        for name in told.items(field)
    ]
    work = Work(
        titles={code: title} if title else {},
        subtitles={code: subtitle} if subtitle else {},
        abstracts={code: abstract} if abstract else {},
        type=_type(told, kinds),
        source_type=kinds[0] or next(iter(_list(told, "typesLearningMaterial")), ""),
        identifiers=tuple(dict.fromkeys(_identifiers(item, told))),
        authors=tuple(filter(None, map(_author, told.objects("authors")))),
        organisations=tuple(
            dict.fromkeys(Organisation(name.strip(), role=role) for name, role in names if name.strip())
        ),
        files=files,
        licence=licence,
        access=vocabulary.access_of(files),
        published=_day(told, "publishedAt"),
        language=code,
        subjects=tuple(dict.fromkeys(_subjects(told, code))),
        relations=tuple(_relations(told)),
        provenance=provenance or Provenance(format=PREFIX, record=item.text("id"), datestamp=told.text("modifiedAt")),
    )
    return work, item.faults


def _words(told: Fields, name: str) -> str:
    words = " ".join(told.text(name).split())
    return "" if words.lower().rstrip(".") in _EMPTY else words


def _list(told: Fields, name: str) -> list[str]:
    """The words of a field that is one word, a list of them, or a list of objects with a value."""
    found = []
    for place, value in enumerate(told.items(name)):
        if isinstance(value, dict):
            value = value.get("value") or value.get("string")
        if isinstance(value, str):
            found.append(value.strip())
        elif value is not None:
            told.fault(f"{name}[{place}]", value, "words")
    return list(filter(None, found))


def _type(told: Fields, kinds: list[str]) -> WorkType:
    """What research calls itself; without a word of that it is material to learn from, if any field says so."""
    found = vocabulary.work_type(filter(None, kinds))
    teaches = ("typesLearningMaterial", "themesLearningMaterial", "aggregationlevel", "educationalLevels")
    if found is WorkType.OTHER and not any(kinds) and any(told.items(name) for name in teaches):
        return WorkType.LEARNING_MATERIAL
    return found


def _identifiers(item: Fields, told: Fields) -> Iterator[Identifier]:
    if number := told.text("doi"):
        if found := identifiers.doi(number):
            yield Identifier(Scheme.DOI, found)
        else:
            told.fault("doi", number, "a DOI such as 10.1000/182")
    for name, before in (("handle", "hdl:"), ("urn:nbn", "")):
        if words := told.text(name):
            bare = words if words.lower().startswith(("http", before or "urn:")) else before + words
            if one := identify(bare):
                yield one
    if number := item.text("id"):
        yield Identifier(Scheme.LOCAL, number)


def _author(entry: Fields) -> Author | None:
    person = entry.object("person")
    if person is None or not person.text("name"):
        entry.fault("person", "", "a person with a name")
        return None
    number = person.text("orcid")
    right = identifiers.orcid(number) or ""
    if number and not right:
        person.fault("orcid", number, "an ORCID with its check digit")
    known = vocabulary.author(person.text("name"))
    role = vocabulary.role(entry.text("role"))
    # Docent and Overig say what somebody is, not what he did.
    return Author(
        known.name, known.family, known.given, right, role=role if role in ("supervisor", "editor") else "author"
    )


def _files(told: Fields, licence: str) -> Iterator[WorkFile]:
    """Files and links that have an address: Sharekit names those that it doesn't give as well."""
    for name in ("files", "links"):
        for entry in told.objects(name):
            address = entry.text("url")
            if not address:
                continue
            if not is_address(address):
                entry.fault("url", address, "an address that begins with https:// or http://")
                continue
            yield WorkFile(
                name=entry.text("fileName", "linkTitle") or address.split("?")[0].rstrip("/").rsplit("/", 1)[-1],
                url=address,
                media_type=entry.text("resourceMimeType") or ("text/html" if name == "links" else ""),
                access=_access(entry),
                licence=vocabulary.licence(entry.text("usageRight")) or licence,
            )


def _access(entry: Fields) -> Access:
    words = entry.text("accessRight")
    found = vocabulary.access([words]) if words else Access.UNKNOWN
    if words and found is Access.UNKNOWN:
        entry.fault("accessRight", words, "openaccess, restrictedaccess or closedaccess")
    return found


def _day(told: Fields, name: str) -> Day | None:
    return vocabulary.day_of(told.text(name), told.path(name), told.faults)


def _subjects(told: Fields, code: str) -> Iterator[Subject]:
    for word in _list(told, "keywords"):
        yield Subject(word, language=code)
    for name, scheme in _TERMS.items():
        for word in _list(told, name):
            yield Subject(word, scheme, word)
    for level in told.objects("educationalLevels"):
        if word := level.text("value"):
            yield Subject(word, "educational level")
    lists = told.object("vocabularies")
    for name in lists.values if lists else ():
        for term in lists.objects(name) if lists else ():
            if word := term.text("value"):
                yield Subject(word, name, term.text("source"))


def _relations(told: Fields) -> Iterator[Relation]:
    for name, kind in (("partOf", "IsPartOf"), ("hasParts", "HasPart")):
        for number in _list(told, name):
            yield Relation(kind, Identifier(Scheme.LOCAL, number))
