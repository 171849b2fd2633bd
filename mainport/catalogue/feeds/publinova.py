# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Publinova, the platform of practice-oriented research; and its products as SURF's own harvester passes them on.

Both write the same in snake case: the harvester adds the provider and one object each for research and for teaching.
"""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.feeds import json_api, vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.works import (
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
    WorkType,
    is_address,
)

PREFIX = "publinova"
page = json_api.page

_EMPTY = frozenset({"geen samenvatting", "unknown"})


def deleted(item: Fields) -> bool:
    """Whether the record is gone."""
    return item.text("state") in ("deleted", "inactive")


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One product, and what of it couldn't be read."""
    code = vocabulary.language_of(item.text("language"), item.path("language"), item.faults)
    title, subtitle, about = (_plain(item.text(name)) for name in ("title", "subtitle", "description"))
    terms = [
        words for name in ("copyright", "copyright_description") if isinstance(words := item.values.get(name), str)
    ]
    licence = vocabulary.licence_of(terms, item.path("copyright"), item.faults)
    files = tuple(_files(item, licence))
    research = item.object("research_product") or item
    teaching = item.object("learning_material") or Fields({}, item.path("learning_material"), item.faults)
    kind = research.text("research_object_type")
    number = item.text("id", "external_id")
    work = Work(
        titles={code: title} if title else {},
        subtitles={code: subtitle} if subtitle else {},
        abstracts={code: about} if about else {},
        type=_type(kind, teaching),
        source_type=kind or next(iter(_words(teaching, "material_types")), ""),
        identifiers=tuple(_identifiers(item, number)),
        authors=tuple(filter(None, map(_author, item.objects("authors")))),
        organisations=tuple(dict.fromkeys(_organisations(item, research))),
        files=files,
        licence=licence,
        access=vocabulary.access_of(files),
        published=vocabulary.day_of(
            item.text("published_at", "publisher_date", "publisher_year"), item.path("published_at"), item.faults
        ),
        language=code,
        subjects=tuple(dict.fromkeys(_subjects(item, research, teaching, code))),
        # The projects are those of the fund for practice-oriented research (SIA), or have a RAiD.
        funding=tuple(
            Funding("SIA", name.removeprefix("sia:sia:")) for name in _words(research, "projects") if "sia" in name
        ),
        relations=tuple(
            Relation(kind, Identifier(Scheme.LOCAL, part))
            for name, kind in (("is_part_of", "IsPartOf"), ("has_parts", "HasPart"))
            for part in _words(item, name)
        ),
        provenance=provenance
        or Provenance(
            format=PREFIX, record=number, datestamp=item.text("modified_at"), sets=tuple(_words(item, "set"))
        ),
    )
    return work, item.faults


def _plain(words: str) -> str:
    bare = " ".join(words.split())
    return "" if bare.lower().rstrip(".") in _EMPTY else bare


def _words(item: Fields, name: str) -> list[str]:
    """The words of a field that holds them bare, in a list, or in objects with a label or a name."""
    found = []
    for place, value in enumerate(item.items(name)):
        if isinstance(value, dict):
            value = Fields(value, item.path(f"{name}[{place}]"), item.faults).text("label", "name", "value")
        if isinstance(value, str):
            found.append(value.strip())
        elif value is not None:
            item.fault(f"{name}[{place}]", value, "words")
    return [word for word in found if word and word != "unknown"]


def _type(kind: str, teaching: Fields) -> WorkType:
    found = vocabulary.work_type([kind] if kind else [])
    return WorkType.LEARNING_MATERIAL if not kind and any(teaching.values.values()) else found


def _identifiers(item: Fields, number: str) -> Iterator[Identifier]:
    if told := item.text("doi"):
        if found := identifiers.doi(told):
            yield Identifier(Scheme.DOI, found)
        else:
            item.fault("doi", told, "a DOI such as 10.1000/182")
    for name in ("url", "link"):
        if is_address(address := item.text(name)):
            yield Identifier(Scheme.URL, address)
    if number:
        yield Identifier(Scheme.LOCAL, number)


def _author(person: Fields) -> Author | None:
    name = person.text("name")
    if not name:
        person.fault("name", "", "a name")
        return None
    number = person.text("orcid")
    right = identifiers.orcid(number) or ""
    if number and not right:
        person.fault("orcid", number, "an ORCID with its check digit")
    known = vocabulary.author(name)
    return Author(known.name, known.family, known.given, right)


def _organisations(item: Fields, research: Fields) -> Iterator[Organisation]:
    provider = item.object("provider")
    if provider and provider.text("name"):
        yield Organisation(provider.text("name"), identifiers.ror(provider.text("ror")) or "", "provider")
    elif name := item.text("provider") if isinstance(item.values.get("provider"), str) else "":
        yield Organisation(name, role="provider")
    for name in [*_words(item, "publishers"), *_words(item, "parties"), *_words(research, "parties")]:
        yield Organisation(name, role="publisher")


def _files(item: Fields, licence: str) -> Iterator[WorkFile]:
    """Files as objects, or as their bare addresses."""
    for place, value in enumerate(item.items("files")):
        where = item.path(f"files[{place}]")
        entry = Fields(value if isinstance(value, dict) else {"url": value}, where, item.faults)
        address = entry.text("url")
        if not is_address(address):
            entry.fault("url", address, "an address that begins with https:// or http://")
            continue
        terms = [words for words in [entry.text("access_rights")] if words]
        yield WorkFile(
            name=entry.text("title", "name", "file_name") or address.split("?")[0].rstrip("/").rsplit("/", 1)[-1],
            url=address,
            media_type=entry.text("mime_type"),
            access=vocabulary.access(terms),
            licence=vocabulary.licence_of([entry.text("copyright")], f"{where}.copyright", item.faults) or licence,
        )


def _subjects(item: Fields, research: Fields, teaching: Fields, code: str) -> Iterator[Subject]:
    for word in _words(item, "keywords"):
        yield Subject(word, language=code)
    for word in _words(research, "research_themes"):
        yield Subject(word, "Publinova research themes")
    for word in _words(teaching, "disciplines"):
        yield Subject(word, "Sharekit disciplines", word)
    for word in _words(teaching, "lom_educational_levels"):
        yield Subject(word, "educational level")
    for word in _words(teaching, "material_types"):
        yield Subject(word, "learning resource type")
    for address in _words(teaching, "study_vocabulary"):
        yield Subject(address, "study vocabulary", address)
