# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A work: what somebody found out and wrote down, with who, for whom, under which rights and out of which source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import UNKNOWN, Day, Texts


class WorkType(StrEnum):
    """What kind of work it is; the values are those of the address bar and of the API."""

    THESIS = "thesis"
    DOCTORAL_THESIS = "doctoral-thesis"
    INTERNSHIP_REPORT = "internship-report"
    TRAINEE_REPORT = "trainee-report"
    ARTICLE = "article"
    PREPRINT = "preprint"
    CONFERENCE_PAPER = "conference-paper"
    BOOK = "book"
    CHAPTER = "chapter"
    REPORT = "report"
    DATASET = "dataset"
    SOFTWARE = "software"
    LEARNING_MATERIAL = "learning-material"
    PRESENTATION = "presentation"
    MEDIA = "media"
    OTHER = "other"


class Scheme(StrEnum):
    """Whose number an identifier is."""

    DOI = "doi"
    ISBN = "isbn"
    ISSN = "issn"
    HANDLE = "handle"
    URN = "urn"
    URL = "url"
    OAI = "oai"
    LOCAL = "local"


class Access(StrEnum):
    """Who may read the files."""

    OPEN = "open"
    EMBARGOED = "embargoed"
    RESTRICTED = "restricted"
    METADATA_ONLY = "metadata-only"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Identifier:
    """A number of the work. `value` is written as identifiers.py writes it where the scheme has a check."""

    scheme: Scheme
    value: str


@dataclass(frozen=True)
class Organisation:
    """An organisation behind a work: its name, and its ROR where the source gives one."""

    name: str
    ror: str = ""
    role: str = ""  # Publisher, grantor, client … in the words of the source; '' for an affiliation.


@dataclass(frozen=True)
class Author:
    """Somebody who made the work, or helped (`role`), named as the work names them."""

    name: str
    family: str = ""
    given: str = ""
    orcid: str = ""
    organisations: tuple[Organisation, ...] = ()
    role: str = "author"
    is_organisation: bool = False


@dataclass(frozen=True)
class Recommendation:
    """Advice in the work that somebody can adopt; `task` is the code of the task it is for, if known."""

    number: int
    text: Texts
    task: str = ""


@dataclass(frozen=True)
class WorkFile:
    """A file of the work, at its address or in our own keeping (then with size and checksum)."""

    name: str
    url: str = ""
    media_type: str = ""
    size: int | None = None
    sha256: str = ""
    md5: str = ""
    access: Access = Access.UNKNOWN
    licence: str = ""
    embargo_until: date | None = None


@dataclass(frozen=True)
class Subject:
    """What the work is about: a word, or a term of a vocabulary with its code."""

    label: str
    scheme: str = ""
    code: str = ""
    language: str = UNKNOWN


@dataclass(frozen=True)
class Funding:
    """Who paid for the work, by which award."""

    funder: str
    award: str = ""
    title: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Relation:
    """Another work that this one builds on, continues, contains …; `kind` in DataCite's terms."""

    kind: str
    identifier: Identifier


@dataclass(frozen=True)
class Provenance:
    """Out of which answer of which source the record was read."""

    source: str = ""
    format: str = ""
    record: str = ""
    datestamp: str = ""
    sets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Work:
    """One work, whatever format it came in."""

    titles: Texts
    type: WorkType = WorkType.OTHER
    identifiers: tuple[Identifier, ...] = ()
    authors: tuple[Author, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    subtitles: Texts = field(default_factory=dict)
    abstracts: Texts = field(default_factory=dict)
    summaries: Texts = field(default_factory=dict)  # In plain words, for somebody who doesn't know the subject.
    recommendations: tuple[Recommendation, ...] = ()
    questions: tuple[Texts, ...] = ()  # That it leaves open, for who comes next.
    files: tuple[WorkFile, ...] = ()
    licence: str = ""
    access: Access = Access.UNKNOWN
    embargo_until: date | None = None
    published: Day | None = None
    dates: Mapping[str, Day] = field(default_factory=dict)
    language: str = UNKNOWN
    subjects: tuple[Subject, ...] = ()
    sector: str = ""
    goal: str = ""
    task: str = ""
    funding: tuple[Funding, ...] = ()
    relations: tuple[Relation, ...] = ()
    source_type: str = ""  # The type in the words of the source.
    provenance: Provenance = field(default_factory=Provenance)

    @property
    def doi(self) -> str:
        """The first DOI; '' without one."""
        return next((one.value for one in self.identifiers if one.scheme is Scheme.DOI), "")


def identify(text: str) -> Identifier | None:
    """The identifier in a text, under its scheme; None where nothing is left of it.

    >>> identify("https://doi.org/10.1000/X").scheme.value, identify("hdl:1887/3").value
    ('doi', '1887/3')
    """
    words = text.strip()
    if not words:
        return None
    if value := identifiers.doi(words):
        return Identifier(Scheme.DOI, value)
    if handle := re.fullmatch(r"(?:https?://hdl\.handle\.net/|hdl:|info:hdl/)(\S+/\S+)", words, re.I):
        return Identifier(Scheme.HANDLE, handle[1])
    if re.match(r"urn:isbn:|isbn", words, re.I) or re.fullmatch(r"97[89][\d -]{10,14}", words):
        if value := identifiers.isbn(words):
            return Identifier(Scheme.ISBN, value)
    elif re.match(r"urn:issn:|issn", words, re.I) and (value := identifiers.issn(words)):
        return Identifier(Scheme.ISSN, value)
    lower = words.lower()
    for beginning, scheme in (("urn:", Scheme.URN), ("oai:", Scheme.OAI)):
        if lower.startswith(beginning):
            return Identifier(scheme, words)
    return Identifier(Scheme.URL if is_address(words) else Scheme.LOCAL, words)


def is_address(text: str) -> bool:
    """Whether this is an address that a browser may be sent to: http or https, with a host, without spaces."""
    if re.search(r"\s", text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def check(work: Work, *, levels: Mapping[str, frozenset[str]] | None = None) -> list[Fault]:
    """All that is wrong with a work. `levels` holds the codes there are of "sector", "goal" and "task"."""
    faults = [*_texts(work), *_people(work), *_numbers(work), *_files(work), *_rights(work)]
    for name, known in (levels or {}).items():
        code = str(getattr(work, name))
        if code and code not in known:
            faults.append(Fault(name, code, f"a {name} of the agenda"))
    return faults


def _texts(work: Work) -> Iterator[Fault]:
    if not any(text.strip() for text in work.titles.values()):
        yield Fault("titles", "", "a title in at least one language")
    for name in ("titles", "subtitles", "abstracts", "summaries"):
        for code in getattr(work, name):
            if not re.fullmatch(r"[a-z]{2,3}", code):
                yield Fault(f"{name}.{code}", code, "a language code of two or three letters")
    for position, advice in enumerate(work.recommendations):
        if not any(text.strip() for text in advice.text.values()):
            yield Fault(f"recommendations[{position}].text", "", "words")
    for position, question in enumerate(work.questions):
        if not any(text.strip() for text in question.values()):
            yield Fault(f"questions[{position}]", "", "words")
    numbers = [advice.number for advice in work.recommendations]
    if len(set(numbers)) < len(numbers):
        yield Fault("recommendations", ", ".join(map(str, numbers)), "each number once")


def _people(work: Work) -> Iterator[Fault]:
    for position, author in enumerate(work.authors):
        where = f"authors[{position}]"
        if not author.name.strip():
            yield Fault(f"{where}.name", "", "a name")
        if author.orcid and identifiers.orcid(author.orcid) != author.orcid:
            yield Fault(f"{where}.orcid", author.orcid, "an ORCID such as 0000-0002-1825-0097, with its check digit")
        for place, organisation in enumerate(author.organisations):
            yield from _organisation(f"{where}.organisations[{place}]", organisation)
    for position, organisation in enumerate(work.organisations):
        yield from _organisation(f"organisations[{position}]", organisation)


def _organisation(where: str, organisation: Organisation) -> Iterator[Fault]:
    if not organisation.name.strip() and not organisation.ror:
        yield Fault(f"{where}.name", "", "a name or a ROR")
    if organisation.ror and identifiers.ror(organisation.ror) != organisation.ror:
        yield Fault(f"{where}.ror", organisation.ror, "a ROR such as 012p63287, with its check digits")


_CHECKS = {
    Scheme.DOI: (identifiers.doi, "a DOI such as 10.1000/182, in small letters and without its address"),
    Scheme.ISBN: (identifiers.isbn, "the 13 digits of an ISBN, with its check digit"),
    Scheme.ISSN: (identifiers.issn, "an ISSN such as 0378-5955, with its check digit"),
}


def _numbers(work: Work) -> Iterator[Fault]:
    for position, identifier in enumerate(work.identifiers):
        where = f"identifiers[{position}]"
        if not identifier.value.strip():
            yield Fault(where, "", f"a value of the scheme {identifier.scheme.value}")
        elif identifier.scheme in _CHECKS:
            rule, expected = _CHECKS[identifier.scheme]
            if rule(identifier.value) != identifier.value:
                yield Fault(where, identifier.value, expected)
        elif identifier.scheme is Scheme.URL and not is_address(identifier.value):
            yield Fault(where, identifier.value, "an address that begins with https:// or http://")


def _files(work: Work) -> Iterator[Fault]:
    for position, file in enumerate(work.files):
        where = f"files[{position}]"
        if not file.url and not file.sha256:
            yield Fault(where, file.name, "an address, or the checksum of a file that we keep")
        if file.url and not is_address(file.url):
            yield Fault(f"{where}.url", file.url, "an address that begins with https:// or http://")
        if file.sha256 and not re.fullmatch(r"[0-9a-f]{64}", file.sha256):
            yield Fault(f"{where}.sha256", file.sha256, "64 hexadecimal digits in small letters")
        if file.md5 and not re.fullmatch(r"[0-9a-f]{32}", file.md5):
            yield Fault(f"{where}.md5", file.md5, "32 hexadecimal digits in small letters")
        if file.size is not None and file.size < 0:
            yield Fault(f"{where}.size", str(file.size), "a number of bytes, 0 or more")
        if file.access is Access.EMBARGOED and file.embargo_until is None and work.embargo_until is None:
            yield Fault(f"{where}.embargo_until", "", "the day on which the embargo ends")


def _rights(work: Work) -> Iterator[Fault]:
    ends = [work.embargo_until, *(file.embargo_until for file in work.files)]
    if work.access is Access.EMBARGOED and not any(ends):
        yield Fault("embargo_until", "", "the day on which the embargo ends")
    if work.access is Access.OPEN and work.files and not work.licence and not any(f.licence for f in work.files):
        yield Fault("licence", "", "the licence under which the files are open")
    if work.embargo_until and work.published and work.embargo_until < work.published.earliest:
        yield Fault("embargo_until", str(work.embargo_until), f"a day from {work.published} on")
