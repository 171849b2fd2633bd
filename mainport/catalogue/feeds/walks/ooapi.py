# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Walks an OOAPI v5 or Open Education API 6 provider: its programmes and courses, with the offerings of each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final
from urllib.parse import quote

from mainport.catalogue.feeds import ooapi
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.feeds.walks import Asked, Found, Get, Json, Part
from mainport.catalogue.feeds.walks.parts import JSON, dump, with_query
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.works import Provenance
from mainport.core.fetching.problems import NotReached

SIZE: Final = 100
#: Pages of offerings that one course may have.
MOST: Final = 50
#: By version: where programmes are, where the offerings of each, and where organisations.
_PATHS: Final = {
    6: {
        "programme": "programmes",
        "programmes": "programme-offerings",
        "courses": "course-offerings",
        "of": "organisations",
    },
    5: {"programme": "programs", "programmes": "offerings", "courses": "offerings", "of": "organizations"},
}
_GONE: Final = (404, 405, 501)


def walk(_format: str, asked: Asked) -> OoapiWalk:
    return OoapiWalk(asked)


class OoapiWalk:
    """Programmes first, then courses, page by page. Nobody tells what changed: each walk is of all there is."""

    lasting = False
    snapshot = True
    whole_every = 0

    def __init__(self, asked: Asked) -> None:
        self._asked, self._base = asked, asked.url.rstrip("/")
        self._organisations: dict[str, object] = {}

    def part(self, get: Get, position: Json) -> Part:
        version = position.get("version") or self._version(get)
        listed, number = position.get("list", "programmes"), position.get("page", 1)
        path = _PATHS[version]["programme"] if listed == "programmes" else listed
        try:
            page = self._page(get, path, number)
        except NotReached as error:
            if listed == "courses" or error.status not in _GONE:
                raise
            page = ooapi.Page((), 1, has_next=False)  # A provider of courses alone.
        following: Json | None = {"version": version, "list": listed, "page": number + 1}
        if not page.has_next or not page.items:
            following = {"version": version, "list": "courses", "page": 1} if listed == "programmes" else None
        return Part(
            tuple(self._found(get, item, listed, version) for item in page.items), following, faults=page.faults
        )

    def _version(self, get: Get) -> int:
        if said := str(self._asked.settings.get("version", "")):
            return 5 if said.startswith("5") else 6
        try:
            self._page(get, "programmes", 1, size=10)
        except NotReached as error:
            if error.status not in (*_GONE, 400):
                raise
            return 5
        return 6

    def _page(self, get: Get, path: str, number: int, size: int = SIZE) -> ooapi.Page:
        query = {"pageSize": size, "pageNumber": number}
        return ooapi.page(get(with_query(f"{self._base}/{path}", query), accept=JSON))

    def _found(self, get: Get, item: Fields, listed: str, version: int) -> Found:
        names = ("programmeId", "programId") if listed == "programmes" else ("courseId",)
        number = item.text(*names)
        kind = "programme" if listed == "programmes" else "course"
        if not number:
            return Found(f"{kind}:", dump(item.values), JSON, partial(_nameless, names[0]))
        paths = _PATHS[version]
        root = paths["programme"] if listed == "programmes" else "courses"
        offerings = self._offerings(get, f"{root}/{quote(number, safe='')}/{paths[listed]}")
        self._name(get, item, paths["of"])
        provenance = Provenance(self._asked.source, "ooapi", number)
        return Found(
            identifier=f"{kind}:{number}",
            body=dump({**item.values, "offerings": [one.values for one in offerings]}),
            media_type=JSON,
            reading=partial(_read, kind, item, offerings, provenance),
        )

    def _offerings(self, get: Get, path: str) -> list[Fields]:
        found: list[Fields] = []
        for number in range(1, MOST + 1):
            try:
                page = self._page(get, path, number)
            except NotReached as error:
                if error.status in _GONE:
                    break
                raise
            found += page.items
            if not page.has_next or not page.items:
                break
        return found

    def _name(self, get: Get, item: Fields, path: str) -> None:
        """The provider whole, where the server gives its identifier alone."""
        number = item.text("organisationId") or next(
            (words for name in ("organisation", "organization") if isinstance(words := item.values.get(name), str)), ""
        )
        if not number:
            return
        if number not in self._organisations:
            try:
                found: object = parse(get(f"{self._base}/{path}/{quote(number, safe='')}", accept=JSON))
            except (NotReached, Refused):
                found = None
            self._organisations[number] = found
        if isinstance(found := self._organisations[number], dict):
            item.values = {**item.values, "organisation": found}


def _read(kind: str, item: Fields, offerings: list[Fields], provenance: Provenance) -> tuple[Value, list[Fault]]:
    read, faults = (ooapi.programme if kind == "programme" else ooapi.course)(item, provenance)
    runs = []
    for offering in offerings:
        run, wrong = ooapi.offering(offering)
        faults = [*faults, *wrong]
        if run.identifier:
            runs.append(replace(run, of=read.identifier))
        else:
            faults.append(Fault("offerings", "", "an offering with an identifier"))
    return replace(read, offerings=(*read.offerings, *runs)), faults


def _nameless(name: str) -> tuple[Value, list[Fault]]:
    raise Refused([Fault(name, "", "an identifier")])
