# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Walks an OAI-PMH repository: Identify, then ListRecords by its resumption tokens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlencode

from lxml import etree

from mainport.catalogue.feeds import oai, xml
from mainport.catalogue.feeds.walks import Asked, Expired, Found, Get, Json, Part
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Provenance
from mainport.core.fetching.problems import NotTrusted

ACCEPT: Final = "text/xml, application/xml;q=0.9"
MEDIA_TYPE: Final = "application/xml"
#: Asked for once more: a record can be stored after the moment in its datestamp, and some stamp by the local day.
OVERLAP: Final = {True: timedelta(minutes=1), False: timedelta(days=1)}

#: Who reads what, by the name of the root: a prefix is only what one repository happens to call a format.
_READERS: Final = {
    **dict.fromkeys(("work", "course", "programme"), "mainport_xml"),
    "dc": "dublin_core",
    "mods": "mods",
    "DIDL": "didl",
    "lom": "nl_lom",
    "resource": "datacite",
}
#: Where nobody says which format to ask for: the one that says most, by what its namespace has in it.
_RICHEST: Final = (
    "x-mainport:record",
    "openaire.eu/schema/oaire",
    "DIDL",
    "mods",
    "datacite",
    "openarchives.org/OAI/2.0/oai_dc",
)
_OPENAIRE: Final = "http://namespace.openaire.eu/schema/oaire"


def walk(_format: str, asked: Asked) -> OaiWalk:
    return OaiWalk(asked)


class OaiWalk:
    """One list of a repository, from `since` on if that is given."""

    lasting = True
    snapshot = True
    whole_every = None

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._prefix = str(asked.settings.get("prefix") or "")

    def part(self, get: Get, position: Json) -> Part:
        token = position.get("token", "")
        self._prefix = self._prefix or position.get("prefix", "")
        query = {"verb": "ListRecords", "resumptionToken": token} if token else self._first(get)
        answer = self._ask(get, query)
        if any(error.code == "badResumptionToken" for error in answer.errors):
            raise Expired(answer.errors[0].message)
        if answer.failed:
            said = "; ".join(f"{error.code} {error.message}".strip() for error in answer.failed)
            raise NotTrusted(f"{self._asked.url} answers: {said[:1000]}")
        following = answer.token.value if answer.token else ""
        return Part(
            found=tuple(map(self._found, answer.records)),
            position={"token": following, "prefix": self._prefix} if following else None,
            until="" if token else until(answer.response_date),
            size=answer.token.size if answer.token else None,
            faults=answer.faults,
        )

    def _first(self, get: Get) -> dict[str, str]:
        identity = self._ask(get, {"verb": "Identify"}).identity
        if identity is None:
            raise NotTrusted(f"{self._asked.url} doesn't say who it is (Identify)")
        self._prefix = self._prefix or self._richest(get)
        query = {"verb": "ListRecords", "metadataPrefix": self._prefix}
        if part := self._asked.settings.get("set"):
            query["set"] = str(part)
        if self._asked.since:
            query["from"] = since(self._asked.since, to_the_second=identity.to_the_second)
        return query

    def _richest(self, get: Get) -> str:
        offered = self._ask(get, {"verb": "ListMetadataFormats"}).formats
        known = (form.prefix for words in _RICHEST for form in offered if words in form.namespace and form.prefix)
        return next(known, "oai_dc")

    def _ask(self, get: Get, query: dict[str, str]) -> oai.Answer:
        joint = "&" if "?" in self._asked.url else "?"
        return oai.read(get(f"{self._asked.url}{joint}{urlencode(query)}", accept=ACCEPT))

    def _found(self, record: oai.Record) -> Found:
        header = record.header
        provenance = record.provenance(self._asked.source, self._prefix)
        return Found(
            identifier=header.identifier,
            body=record.raw(),
            media_type=MEDIA_TYPE,
            reading=None if record.metadata is None else partial(read, record.metadata, provenance),
            datestamp=header.datestamp,
            sets=header.sets,
            deleted=header.deleted,
        )


def since(moment: str, *, to_the_second: bool) -> str:
    """From when to ask, as the repository wants it written.

    >>> since("2026-03-01T00:00:30Z", to_the_second=True), since("2026-03-01T00:00:30Z", to_the_second=False)
    ('2026-02-28T23:59:30Z', '2026-02-28')
    """
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC) - OVERLAP[to_the_second]
    return at.strftime("%Y-%m-%dT%H:%M:%SZ" if to_the_second else "%Y-%m-%d")


def until(moment: str) -> str:
    """The moment of an answer; '' for one that isn't written right or is yet to come: its clock can't be relied on."""
    if not oai.is_stamp(moment):
        return ""
    return moment if datetime.fromisoformat(moment).replace(tzinfo=UTC) < datetime.now(UTC) + timedelta(days=1) else ""


def read(root: etree._Element, provenance: Provenance) -> tuple[Value, list[Fault]]:
    """What the metadata of a record say. Raises Refused for a format that nobody here reads."""
    if xml.local(root) == "oai_datacite":
        root = next(xml.at(root, "payload/resource"), root)
    name = _READERS.get(xml.local(root))
    if name == "datacite" and xml.namespace(root).startswith(_OPENAIRE):
        name = "openaire"
    if name is None:
        expected = ", ".join(f"<{known}>" for known in _READERS)
        raise Refused([Fault("metadata", f"<{xml.local(root)}> of {xml.namespace(root)}", f"one of {expected}")])
    module: Any = import_module(f"mainport.catalogue.feeds.{name}")
    found: tuple[Value, list[Fault]] = module.read(root, provenance)
    return found
