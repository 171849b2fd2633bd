# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The formats in which records are given, and which kinds of record each can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from mainport.api.catalogue.addresses import page_address, schema_address, with_addresses
from mainport.api.catalogue.oai.records import Row
from mainport.catalogue.exports import datacite, mainport_xml, nl_lom, oai_dc, oai_openaire
from mainport.catalogue.exports.about import About
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.works import Work

_ALL = frozenset({"work", "programme", "course"})


@dataclass(frozen=True)
class Format:
    """A format: its prefix, where its schema is, its namespace, of which kinds of record, and who writes it."""

    prefix: str
    namespace: str
    schema: str
    kinds: frozenset[str]
    write: Callable[[Value, About], str]


def formats() -> dict[str, Format]:
    """By prefix; every record has the first."""
    own = schema_address()
    found = (
        Format(oai_dc.PREFIX, oai_dc.NAMESPACE, oai_dc.SCHEMA, _ALL, oai_dc.write),
        Format(
            datacite.PREFIX,
            datacite.NAMESPACE,
            datacite.SCHEMA,
            frozenset({"work"}),
            lambda value, about: datacite.write(cast(Work, value), about),
        ),
        Format(
            oai_openaire.PREFIX,
            oai_openaire.NAMESPACE,
            oai_openaire.SCHEMA,
            frozenset({"work"}),
            lambda value, about: oai_openaire.write(cast(Work, value), about),
        ),
        Format(
            nl_lom.PREFIX,
            nl_lom.NAMESPACE,
            nl_lom.SCHEMA,
            frozenset({"course"}),
            lambda value, about: nl_lom.write(cast(Course, value), about),
        ),
        Format(
            mainport_xml.PREFIX,
            mainport_xml.NAMESPACE,
            own,
            _ALL,
            lambda value, about: mainport_xml.write(value, about, own),
        ),
    )
    return {one.prefix: one for one in found}


def metadata(row: Row, form: Format, keeper: str) -> str:
    """What a record says, in this format."""
    value = with_addresses(row.key, contents.read(row.kind, row.content or {}))
    about = About(page_address(row.key), row.identifier, row.published_at.date(), keeper, row.demo)
    return form.write(value, about)
