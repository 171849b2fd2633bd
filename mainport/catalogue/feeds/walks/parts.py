# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the walks of JSON and of files share: making a record of an item, and addresses with a query."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.walks import Found
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import first
from mainport.catalogue.rules.works import Provenance, Work

JSON = "application/json"


class Reader(Protocol):
    """The `read` of a format whose records are JSON."""

    def __call__(self, item: Fields, provenance: Provenance | None = None) -> tuple[Value, list[Fault]]: ...


def found_item(
    item: Fields, read: Reader, provenance: Provenance, *, deleted: bool = False, media_type: str = JSON
) -> Found:
    """A record of an item; its provenance says how it is called and when it changed."""
    return Found(
        identifier=provenance.record,
        body=b"" if deleted else dump(item.values),
        media_type=media_type,
        reading=None if deleted else partial(read, item, provenance),
        datestamp=provenance.datestamp,
        deleted=deleted,
    )


def found_value(value: Value, source: str, *, body: bytes = b"", media_type: str = JSON, number: str = "") -> Found:
    """A record of a value that was read out of a file or page with others."""
    number = number or value.provenance.record or name_of(value)
    told = replace(value, provenance=replace(value.provenance, source=source, record=number))

    def reading() -> tuple[Value, list[Fault]]:
        return told, []

    return Found(number, body or dump(contents.written(value)), media_type, reading)


def name_of(value: Value) -> str:
    """What to call a record that has no number: its DOI, or the sum of its title, first author and year."""
    if not isinstance(value, Work):
        return value.identifier
    if value.doi:
        return f"doi:{value.doi}"
    words = [first(value.titles, "nl", "en").casefold(), *(one.name for one in value.authors[:1]), str(value.published)]
    return f"sum:{hashlib.sha256('|'.join(words).encode()).hexdigest()[:32]}"


def dump(value: object) -> bytes:
    """JSON in which the same is always written the same."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode()


def with_query(url: str, values: Mapping[str, Any]) -> str:
    """The address with these in its query, in the place of what it had under their names.

    >>> with_query("https://x.nl/a?size=5&b=1", {"size": 10})
    'https://x.nl/a?b=1&size=10'
    """
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in values]
    return urlunsplit(parts._replace(query=urlencode([*kept, *values.items()], safe="[]*"), fragment=""))
