# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works as OpenAlex's API gives them: an open index of research in which people and organisations have numbers."""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import day, language
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Funding,
    Identifier,
    Organisation,
    Provenance,
    Scheme,
    Subject,
    Work,
    WorkFile,
    is_address,
)

PREFIX = "openalex"
#: Words that an abstract may have: its positions are numbers that somebody else chose.
MOST_WORDS = 20_000


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One work (an item of "results"), and what of it couldn't be read."""
    code = language(item.text("language"))
    title, kind, abstract = item.text("title", "display_name"), item.text("type"), _abstract(item)
    place = item.object("best_oa_location", "primary_location")
    published = day(item.text("publication_date", "publication_year"))
    oa = item.object("open_access")
    work = Work(
        titles={code: title} if title else {},
        abstracts={code: abstract} if abstract else {},
        type=vocabulary.work_type([kind, kind.replace("-", "")]),
        source_type=kind,
        identifiers=tuple(_identifiers(item)),
        authors=tuple(map(_author, item.objects("authorships"))),
        files=tuple(_files(place)) if place else (),
        licence=vocabulary.licence(place.text("license")) if place else "",
        access=Access.OPEN if oa and oa.values.get("is_oa") is True else Access.UNKNOWN,
        published=published,
        language=code,
        subjects=tuple(
            Subject(one.text("display_name"), "OpenAlex topics", one.text("id"), "en") for one in item.objects("topics")
        ),
        funding=tuple(
            Funding(one.text("funder_display_name"), one.text("award_id"), identifier=one.text("funder"))
            for one in item.objects("grants")
        ),
        provenance=provenance or Provenance(format=PREFIX, record=item.text("id")),
    )
    return work, item.faults


def _abstract(item: Fields) -> str:
    """The abstract, which comes as the positions at which each word stands."""
    index = item.object("abstract_inverted_index")
    if index is None:
        return ""
    words: dict[int, str] = {}
    for word, positions in index.values.items():
        for position in positions if isinstance(positions, list) else []:
            if isinstance(position, int) and 0 <= position < MOST_WORDS:
                words[position] = word
    return " ".join(" ".join(words[position] for position in sorted(words)).split())


def _identifiers(item: Fields) -> Iterator[Identifier]:
    number = item.text("doi")
    if number and (found := identifiers.doi(number)):
        yield Identifier(Scheme.DOI, found)
    elif number:
        item.fault("doi", number, "a DOI such as 10.1000/182")
    if is_address(address := item.text("id")):
        yield Identifier(Scheme.URL, address)


def _author(ship: Fields) -> Author:
    person = ship.object("author")
    name = (person.text("display_name") if person else "") or ship.text("raw_author_name")
    number = person.text("orcid") if person else ""
    right = identifiers.orcid(number) or ""
    if number and not right:
        ship.fault("author.orcid", number, "an ORCID with its check digit")
    organisations = tuple(
        Organisation(one.text("display_name"), identifiers.ror(one.text("ror")) or "")
        for one in ship.objects("institutions")
        if one.text("display_name")
    )
    return Author(name, orcid=right, organisations=organisations)


def _files(place: Fields) -> Iterator[WorkFile]:
    address = place.text("pdf_url")
    if is_address(address):
        access = Access.OPEN if place.values.get("is_oa") is True else Access.UNKNOWN
        name = address.rstrip("/").rsplit("/", 1)[-1]
        yield WorkFile(
            name, address, "application/pdf", access=access, licence=vocabulary.licence(place.text("license"))
        )
