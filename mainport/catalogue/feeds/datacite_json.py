# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DataCite's metadata in JSON: an answer of its REST API, or a record as its schema for JSON has it."""

from __future__ import annotations

from collections.abc import Iterator

from mainport.catalogue.feeds import datacite, json_api, vocabulary
from mainport.catalogue.feeds.crossref import plain
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
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
    WorkFile,
    identify,
    is_address,
)

PREFIX = "datacite_json"
page = json_api.page


def read(item: Fields, provenance: Provenance | None = None) -> tuple[Work, list[Fault]]:
    """One item of "data", or a record by itself; and what of it couldn't be read."""
    told = item.object("attributes") or item
    code = vocabulary.language_of(told.text("language"), told.path("language"), item.faults)
    titles, subtitles = _titles(told, code)
    dates = _dates(told)
    kinds = told.object("types")
    terms = [kinds.text(name) for name in ("resourceType", "resourceTypeGeneral", "schemaOrg")] if kinds else []
    rights = [
        words
        for entry in told.objects("rightsList")
        for words in (entry.text("rightsIdentifier"), entry.text("rightsUri"), entry.text("rights"))
        if words
    ]
    access = vocabulary.access(rights)
    available = dates.get("Available")
    licence = vocabulary.licence_of(rights, told.path("rightsList"), item.faults)
    number = told.text("doi") or item.text("id")
    work = Work(
        titles=titles,
        subtitles=subtitles,
        abstracts=_abstracts(told, code),
        type=vocabulary.work_type(filter(None, terms)),
        source_type=next(filter(None, terms), ""),
        identifiers=tuple(dict.fromkeys(_identifiers(told, number))),
        authors=tuple(_people(told)),
        organisations=tuple(_publisher(told)),
        files=tuple(_files(told, licence)),
        licence=licence,
        access=access,
        embargo_until=available.earliest if access is Access.EMBARGOED and available and available.day else None,
        published=dates.get("Issued") or day(told.text("publicationYear")),
        dates=dates,
        language=code,
        subjects=tuple(
            Subject(
                entry.text("subject"),
                entry.text("subjectScheme"),
                entry.text("classificationCode", "valueUri"),
                language(entry.text("lang")),
            )
            for entry in told.objects("subjects")
            if entry.text("subject")
        ),
        funding=tuple(
            Funding(
                entry.text("funderName"),
                entry.text("awardNumber"),
                entry.text("awardTitle"),
                entry.text("funderIdentifier"),
            )
            for entry in told.objects("fundingReferences")
        ),
        relations=tuple(
            Relation(
                entry.text("relationType") or "References",
                datacite.identifier_of(entry.text("relatedIdentifierType"), entry.text("relatedIdentifier")),
            )
            for entry in told.objects("relatedIdentifiers")
            if entry.text("relatedIdentifier")
        ),
        provenance=provenance or Provenance(format=PREFIX, record=number, datestamp=told.text("updated")),
    )
    return work, item.faults


def _titles(told: Fields, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """Titles, the plain one first, then its translations; subtitles apart."""
    titles: dict[str, str] = {}
    subtitles: dict[str, str] = {}
    for entry in sorted(told.objects("titles"), key=lambda entry: bool(entry.text("titleType"))):
        kind, words = entry.text("titleType"), plain(entry.text("title"))
        target = subtitles if kind in ("Subtitle", "AlternativeTitle") else titles
        vocabulary.add_text(target, subtitles, language(entry.text("lang")), words)
    return vocabulary.settle(titles, code), vocabulary.settle(subtitles, code)


def _abstracts(told: Fields, code: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for entry in told.objects("descriptions"):
        if entry.text("descriptionType") in ("Abstract", ""):
            vocabulary.add_text(texts, {}, language(entry.text("lang")), plain(entry.text("description")))
    return vocabulary.settle(texts, code)


def _dates(told: Fields) -> dict[str, Day]:
    """The days by what they are the day of; of a period, its first one."""
    dates: dict[str, Day] = {}
    for entry in told.objects("dates"):
        words = entry.text("date")
        found = day(words.partition("/")[0] or words.partition("/")[2])
        if found is not None:
            dates.setdefault(entry.text("dateType") or "Other", found)
        elif words:
            entry.fault("date", words, "a date such as 2024-05-31, or two with a / between")
    return dates


def _identifiers(told: Fields, number: str) -> Iterator[Identifier]:
    if found := identifiers.doi(number):
        yield Identifier(Scheme.DOI, found)
    elif number:
        told.fault("doi", number, "a DOI such as 10.1000/182")
    for name, value, kind in (
        ("identifiers", "identifier", "identifierType"),
        ("alternateIdentifiers", "alternateIdentifier", "alternateIdentifierType"),
    ):
        for entry in told.objects(name):
            if words := entry.text(value):
                yield datacite.identifier_of(entry.text(kind) or None, words)
    if (address := identify(told.text("url"))) and address.scheme in (Scheme.URL, Scheme.HANDLE):
        yield address


def _people(told: Fields) -> Iterator[Author]:
    for name in ("creators", "contributors"):
        for entry in told.objects(name):
            role = "author" if name == "creators" else entry.text("contributorType") or "contributor"
            whole = entry.text("name")
            known = vocabulary.author(whole, role)
            organisations = tuple(_affiliations(entry))
            if entry.text("nameType") == "Organizational":
                yield Author(whole, role=role, organisations=organisations, is_organisation=True)
                continue
            family, given = entry.text("familyName") or known.family, entry.text("givenName") or known.given
            shown = f"{given} {family}" if family and given else known.name
            if shown:
                yield Author(shown, family, given, _orcid(entry), organisations, role)
            else:
                entry.fault("name", "", "a name")


def _orcid(entry: Fields) -> str:
    for number in entry.objects("nameIdentifiers"):
        if number.text("nameIdentifierScheme").upper() == "ORCID":
            words = number.text("nameIdentifier")
            if right := identifiers.orcid(words):
                return right
            number.fault("nameIdentifier", words, "an ORCID with its check digit")
    return ""


def _affiliations(entry: Fields) -> Iterator[Organisation]:
    """Affiliations as words, or as objects where the answer was asked to have them."""
    for place, value in enumerate(entry.items("affiliation")):
        if isinstance(value, dict):
            told = Fields(value, entry.path(f"affiliation[{place}]"), entry.faults)
            scheme, number = told.text("affiliationIdentifierScheme"), told.text("affiliationIdentifier")
            right = identifiers.ror(number) or "" if scheme.upper() == "ROR" else ""
            if scheme.upper() == "ROR" and number and not right:
                told.fault("affiliationIdentifier", number, "a ROR with its check digits")
            if told.text("name") or right:
                yield Organisation(told.text("name"), right)
        elif isinstance(value, str) and value.strip():
            yield Organisation(value.strip())


def _publisher(told: Fields) -> Iterator[Organisation]:
    """The publisher as words, or as an object from version 4.5 on."""
    whole = told.object("publisher")
    if whole is None:
        if words := told.text("publisher"):
            yield Organisation(words, role="publisher")
    elif whole.text("name"):
        yield Organisation(
            whole.text("name"), identifiers.ror(whole.text("publisherIdentifier")) or "", role="publisher"
        )


def _files(told: Fields, licence: str) -> Iterator[WorkFile]:
    for place, value in enumerate(told.items("contentUrl")):
        if isinstance(value, str) and is_address(value):
            yield WorkFile(value.rstrip("/").rsplit("/", 1)[-1], value, licence=licence)
        elif value:
            told.fault(f"contentUrl[{place}]", value, "an address that begins with https:// or http://")
