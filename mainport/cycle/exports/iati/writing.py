# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The small things that IATI's files are written with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from lxml import etree

from mainport.core.rules.languages import EVERY_LANGUAGE
from mainport.cycle.exports.iati.names import Org

VERSION = "2.03"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: What XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: Behind a title of what was made up, since IATI has no other place to say so.
DEMO = {"nl": " (voorbeeld)", "en": " (example)", EVERY_LANGUAGE: " (voorbeeld, example)"}
_DEMO_COMMENT = (
    " Voorbeeldgegevens: deels verzonnen om het platform te tonen. Publiceer dit bestand niet."
    " Example data: made up in part to show the platform. Do not publish this file. "
)


def node(above: etree._Element, name: str, **attributes: object) -> etree._Element:
    """A child with these attributes; `_` in a name is a hyphen, and None leaves the attribute out."""
    written = {key.replace("_", "-"): str(value) for key, value in attributes.items() if value not in (None, "")}
    return etree.SubElement(above, name, written)


def narrate(above: etree._Element, text: Mapping[str, str] | None, behind: Mapping[str, str] | None = None) -> None:
    """A narrative for each language of the text, that of the record itself first: many readers take only that one."""
    own = above.getroottree().getroot().get(_LANG)
    for language, words in sorted((text or {}).items(), key=lambda item: (item[0] != own, item[0])):
        said = words + ((behind or {}).get(language) or (behind or {}).get(EVERY_LANGUAGE, ""))
        narrative = etree.SubElement(above, "narrative")
        narrative.text = _NOT_XML.sub(" ", said).strip()
        if language != EVERY_LANGUAGE:
            narrative.set(_LANG, language)


def told(above: etree._Element, name: str, text: Mapping[str, str] | None, **attributes: object) -> etree._Element:
    """A child with narratives."""
    found = node(above, name, **attributes)
    narrate(found, text)
    return found


def org(above: etree._Element, name: str, who: Org, **attributes: object) -> None:
    told(above, name, who.name, ref=who.ref, **attributes, type=who.type)


def value(above: etree._Element, amount: Decimal, day: date) -> None:
    node(above, "value", currency="EUR", value_date=day).text = f"{amount:.2f}"


def period(above: etree._Element, start: date, end: date) -> None:
    node(above, "period-start", iso_date=start)
    node(above, "period-end", iso_date=end)


def document(
    above: etree._Element, url: str, title: Mapping[str, str], category: str, language: str, day: date | None = None
) -> None:
    if not url:
        return
    link = node(above, "document-link", format="text/html", url=url)
    told(link, "title", title)
    node(link, "category", code=category)
    node(link, "language", code=language)
    if day:
        node(link, "document-date", iso_date=day)


def language_of(element: etree._Element, language: str) -> None:
    element.set(_LANG, language)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@contextmanager
def document_of(out: BinaryIO, root: str, *, demo: bool) -> Iterator[Any]:
    """Writes the root of a file and gives what writes the records in it, one after the other."""
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        if demo:
            file.write(etree.Comment(_DEMO_COMMENT))
        with file.element(root, {"version": VERSION, "generated-datetime": now()}):
            yield file
