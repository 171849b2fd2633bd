# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads one file, here or at an address: RIS, BibTeX, CSL-JSON, Crossref, OpenAlex, EDU-DEX, or a sheet.

A list of Crossref or OpenAlex that goes on (cursor=*) is asked for page by page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Final

from mainport.catalogue.feeds import json
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.walks import Asked, Found, Get, Json, Part
from mainport.catalogue.feeds.walks.parts import found_item, found_value, with_query
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.sheet_mapping import Kind, read_mapping
from mainport.catalogue.rules.works import Provenance

#: Records of a file that are stored at a time.
SIZE: Final = 200
_MODULES: Final = {"csl-json": "csl_json"}


@dataclass(frozen=True)
class _File:
    found: tuple[Found, ...]
    notes: tuple[Fault, ...] = ()
    cursor: str = ""
    size: int | None = None


def walk(format: str, asked: Asked) -> DocumentWalk:
    return DocumentWalk(format, asked)


class DocumentWalk:
    """The records of a file in their order. A file at an address is all that there is there; an imported one adds."""

    lasting = False
    whole_every = 0

    def __init__(self, format: str, asked: Asked) -> None:
        self._format, self._asked = format, asked
        self._module: Any = import_module(f"mainport.catalogue.feeds.{_MODULES.get(format, format)}")
        self._read: tuple[str, _File] | None = None
        self.snapshot = bool(asked.url)

    def part(self, get: Get, position: Json) -> Part:
        cursor, begin = position.get("cursor", ""), position.get("from", 0)
        file = self._file(get, cursor)
        end = begin + SIZE
        following: Json | None = {"from": end, "cursor": cursor} if end < len(file.found) else None
        if following is None and file.cursor and file.found:
            following = {"cursor": file.cursor}
        return Part(
            file.found[begin:end],
            following,
            size=file.size if file.size is not None else len(file.found),
            notes=file.notes if not begin else (),
        )

    def _file(self, get: Get, cursor: str) -> _File:
        if self._read is None or self._read[0] != cursor:
            url = with_query(self._asked.url, {"cursor": cursor}) if cursor else self._asked.url
            self._read = cursor, self._taken_apart(get(url), url)
        return self._read[1]

    def _taken_apart(self, data: bytes, url: str) -> _File:
        if self._format in ("crossref", "openalex"):
            return self._answer(data, url)
        if self._format == "edudex":
            bulk = self._module.page(data)
            return _File(tuple(self._edudex(bulk.items)), bulk.faults)
        if self._format == "sheet":
            mapping = read_mapping(self._asked.settings.get("mapping"))
            read = self._module.works if mapping.kind is Kind.WORK else self._module.courses
            values, faults = read(data, mapping, self._asked.url.rpartition("/")[2] or self._asked.source)
        else:
            values, faults = self._module.read(data)
        return _File(tuple(found_value(value, self._asked.source) for value in values), tuple(faults))

    def _answer(self, data: bytes, url: str) -> _File:
        value = json.parse(data)
        whole = Fields(value if isinstance(value, dict) else {"items": value})
        told = whole.object("message") or whole
        about = whole.object("meta") or told
        listed = any(isinstance(told.values.get(name), list) for name in ("items", "results"))
        items = told.objects("items", "results") if listed else [told]
        cursor = told.text("next-cursor") or about.text("next_cursor")
        found = [self._item(item) for item in items]
        if not listed and not found[0].identifier:
            raise Refused([Fault("", "an object without works", f"an answer of {self._format}")])
        return _File(
            tuple(one for one in found if one.identifier),
            tuple(Fault(one.media_type, "", "a work with a DOI or an id") for one in found if not one.identifier),
            cursor if "cursor=" in url else "",
            about.whole("total-results", "count") if listed else None,
        )

    def _item(self, item: Fields) -> Found:
        item.faults = []
        number = item.text("DOI", "id", "URL")
        return found_item(item, self._module.read, Provenance(self._asked.source, self._module.PREFIX, number))

    def _edudex(self, items: tuple[Fields, ...]) -> Iterator[Found]:
        for item in items:
            read = self._module.programme if self._module.is_programme(item) else self._module.course
            value, _faults = read(item)
            provenance = Provenance(self._asked.source, self._module.PREFIX, value.identifier)
            item.faults = []
            yield found_item(item, partial(read), provenance)
