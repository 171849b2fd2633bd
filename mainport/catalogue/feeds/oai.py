# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The envelope of OAI-PMH 2.0: answers of a repository, with records, deletions, errors and the token for the next.

Pure: bytes in, values out. Walk says what to ask next, and stops for a server that goes round in circles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from lxml import etree

from mainport.catalogue.feeds import xml
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Provenance

NAMESPACE: Final = "http://www.openarchives.org/OAI/2.0/"
VERBS: Final = ("Identify", "ListMetadataFormats", "ListSets", "GetRecord", "ListIdentifiers", "ListRecords")


@dataclass(frozen=True)
class Header:
    """Which record it is, when it last changed, and whether it is gone."""

    identifier: str
    datestamp: str
    sets: tuple[str, ...] = ()
    deleted: bool = False


@dataclass(frozen=True)
class Record:
    """A record with what it says in some format; a deleted one says nothing."""

    header: Header
    metadata: etree._Element | None = None

    def raw(self) -> bytes:
        """The metadata as XML of its own, to keep; empty for a deleted record."""
        return b"" if self.metadata is None else xml.raw(self.metadata)

    def provenance(self, source: str, prefix: str) -> Provenance:
        return Provenance(source, prefix, self.header.identifier, self.header.datestamp, self.header.sets)


@dataclass(frozen=True)
class Token:
    """What to ask with for the next part. An empty value means that this was the last one."""

    value: str
    expires: str = ""
    size: int | None = None
    cursor: int | None = None


@dataclass(frozen=True)
class Error:
    """An error by its code in the protocol, such as badResumptionToken."""

    code: str
    message: str = ""


@dataclass(frozen=True)
class Identity:
    """What a repository says of itself."""

    name: str
    address: str
    earliest: str
    deletions: str  # no, transient or persistent: whether a record that is gone is told.
    granularity: str
    emails: tuple[str, ...] = ()
    compressions: tuple[str, ...] = ()

    @property
    def to_the_second(self) -> bool:
        return self.granularity == "YYYY-MM-DDThh:mm:ssZ"


@dataclass(frozen=True)
class Format:
    """A format in which a repository gives its records."""

    prefix: str
    schema: str
    namespace: str


@dataclass(frozen=True)
class Set:
    """A part of a repository that can be asked for by itself."""

    spec: str
    name: str


@dataclass(frozen=True)
class Answer:
    """One answer. `faults` tells of the records that couldn't be read; the others are there."""

    response_date: str
    verb: str = ""
    records: tuple[Record, ...] = ()
    headers: tuple[Header, ...] = ()
    token: Token | None = None
    errors: tuple[Error, ...] = ()
    identity: Identity | None = None
    formats: tuple[Format, ...] = ()
    sets: tuple[Set, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def failed(self) -> tuple[Error, ...]:
        """The errors, but that nothing matches: for a harvester that is an answer like another."""
        return tuple(error for error in self.errors if error.code not in ("noRecordsMatch", "noSetHierarchy"))


def read(data: bytes) -> Answer:
    """Reads an answer. Raises Refused for what is no answer of OAI-PMH at all."""
    root = xml.parse(data)
    if xml.local(root) != "OAI-PMH" or xml.namespace(root) != NAMESPACE:
        raise Refused([Fault("", f"<{xml.local(root)}> of {xml.namespace(root) or 'no namespace'}", "<OAI-PMH>")])
    date = xml.text(root, "responseDate")
    errors = tuple(Error(node.get("code") or "", xml.words(node)) for node in xml.children(root, "error"))
    body = next(xml.children(root, *VERBS), None)
    if body is None:
        if not errors:
            raise Refused([Fault("OAI-PMH", "", f"an error or one of {', '.join(VERBS)}")])
        return Answer(date, errors=errors)
    faults: list[Fault] = []
    records = [_record(node, f"record[{place}]", faults) for place, node in enumerate(xml.children(body, "record"))]
    headers = [_header(node, f"header[{place}]", faults) for place, node in enumerate(xml.children(body, "header"))]
    return Answer(
        date,
        verb=xml.local(body),
        records=tuple(record for record in records if record),
        headers=tuple(header for header in headers if header),
        token=_token(body),
        errors=errors,
        identity=_identity(body) if xml.local(body) == "Identify" else None,
        formats=tuple(
            Format(xml.text(node, "metadataPrefix"), xml.text(node, "schema"), xml.text(node, "metadataNamespace"))
            for node in xml.children(body, "metadataFormat")
        ),
        sets=tuple(Set(xml.text(node, "setSpec"), xml.text(node, "setName")) for node in xml.children(body, "set")),
        faults=tuple(faults),
    )


def _record(node: etree._Element, where: str, faults: list[Fault]) -> Record | None:
    head = next(xml.children(node, "header"), None)
    if head is None:
        faults.append(Fault(f"{where}/header", "", "a header"))
        return None
    header = _header(head, f"{where}/header", faults)
    if header is None or header.deleted:
        return Record(header) if header else None
    metadata = next((inner for outer in xml.children(node, "metadata") for inner in outer), None)
    if metadata is None:
        faults.append(Fault(f"{where}/metadata", "", f"metadata of {header.identifier}, which isn't deleted"))
        return None
    return Record(header, metadata)


def _header(node: etree._Element, where: str, faults: list[Fault]) -> Header | None:
    identifier, stamp = xml.text(node, "identifier"), xml.text(node, "datestamp")
    if not identifier:
        faults.append(Fault(f"{where}/identifier", "", "the identifier of the record"))
        return None
    if not is_stamp(stamp):
        faults.append(Fault(f"{where}/datestamp", stamp, f"2024-05-31 or 2024-05-31T12:00:00Z for {identifier}"))
        return None
    sets = tuple(filter(None, map(xml.words, xml.children(node, "setSpec"))))
    return Header(identifier, stamp, sets, deleted=node.get("status") == "deleted")


def is_stamp(words: str) -> bool:
    """Whether this is a day or a second in UTC, the two forms that the protocol knows."""
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"):
        try:
            # strptime takes 2024-5-3 as well, which sorts wrongly.
            if datetime.strptime(words, form).strftime(form) == words:
                return True
        except ValueError:
            continue
    return False


def _token(body: etree._Element) -> Token | None:
    node = next(xml.children(body, "resumptionToken"), None)
    if node is None:
        return None
    size, cursor = (_whole(node.get(name)) for name in ("completeListSize", "cursor"))
    # A token is opaque: its inner spaces may mean something.
    return Token((node.text or "").strip(), node.get("expirationDate") or "", size, cursor)


def _whole(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 19 else None


def _identity(body: etree._Element) -> Identity:
    return Identity(
        name=xml.text(body, "repositoryName"),
        address=xml.text(body, "baseURL"),
        earliest=xml.text(body, "earliestDatestamp"),
        deletions=xml.text(body, "deletedRecord"),
        granularity=xml.text(body, "granularity"),
        emails=tuple(map(xml.words, xml.children(body, "adminEmail"))),
        compressions=tuple(map(xml.words, xml.children(body, "compression"))),
    )


@dataclass
class Walk:
    """A harvest from the first question to the last. `seen` can be kept and given back after a crash."""

    prefix: str
    verb: str = "ListRecords"
    part: str = ""
    since: str = ""
    until: str = ""
    seen: set[str] = field(default_factory=set)

    def first(self) -> dict[str, str]:
        """What to ask first."""
        asked = {"metadataPrefix": self.prefix, "set": self.part, "from": self.since, "until": self.until}
        return {"verb": self.verb, **{name: value for name, value in asked.items() if value}}

    def following(self, answer: Answer) -> dict[str, str] | None:
        """What to ask after this answer; None when it was the last. Raises Refused for errors and repeated tokens."""
        if answer.failed:
            raise Refused([Fault(self.verb, f"{error.code}: {error.message}", "records") for error in answer.failed])
        token = answer.token.value if answer.token else ""
        if not token:
            return None
        if token in self.seen:
            raise Refused([Fault("resumptionToken", token[:200], "a token that wasn't given before")])
        self.seen.add(token)
        return {"verb": self.verb, "resumptionToken": token}
