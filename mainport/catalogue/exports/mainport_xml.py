# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Our own format, `oai_mainport`: all that a record says, without loss, for another Mainport to harvest.

Its schema follows from the values themselves, and is kept beside this as mainport.xsd: `schema()` writes it.
Names are those of the fields; what isn't said is left out; a text says its language in `lang`. A text that XML can't
say is written in Base64.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from typing import Any, Final

from mainport.catalogue.exports.about import About
from mainport.catalogue.exports.markup import FORBIDDEN, attribute, text
from mainport.catalogue.rules.contents import VALUES, Value, kind_of
from mainport.catalogue.rules.shapes import Part, shape
from mainport.catalogue.rules.texts import Day

PREFIX: Final = "oai_mainport"
#: No address: it is the same wherever a Mainport runs, and each serves the schema at an address of its own.
NAMESPACE: Final = "urn:x-mainport:record:1"


def write(value: Value, about: About, schema_address: str = "") -> str:
    """The value as a <work>, <programme> or <course>."""
    kind = kind_of(value)
    where = (
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{NAMESPACE} {attribute(schema_address)}"'
        if schema_address
        else ""
    )
    return f'<{kind} xmlns="{NAMESPACE}"{where}>{"".join(_parts(value))}</{kind}>'


def _parts(value: Any) -> Iterator[str]:
    for part in shape(type(value)):
        said = getattr(value, part.field)
        if said != part.default:
            yield from _part(part, said)


def _part(part: Part, said: Any) -> Iterable[str]:
    if part.form == "one":
        yield _one(part.name, said)
    elif part.form == "many":
        for one in said:
            yield _one(part.name, one)
    elif part.form == "texts":
        yield from _texts(part.name, said)
    elif part.form == "days":
        for kind, day in said.items():
            yield f'<{part.name} type="{attribute(kind)}">{day}</{part.name}>'
    else:
        for texts in said:
            yield f"<{part.name}>{''.join(_texts('text', texts))}</{part.name}>"


def _texts(name: str, texts: Mapping[str, str]) -> Iterator[str]:
    return (_words(name, words, f' lang="{attribute(code)}"') for code, words in texts.items())


def _one(name: str, said: Any) -> str:
    if isinstance(said, str):
        return _words(name, said)
    if isinstance(said, bool):
        return f"<{name}>{'true' if said else 'false'}</{name}>"
    if isinstance(said, int | float | Decimal | date | Day):
        return f"<{name}>{said}</{name}>"
    return f"<{name}>{''.join(_parts(said))}</{name}>"


def _words(name: str, words: str, attributes: str = "") -> str:
    if FORBIDDEN.search(words):
        packed = base64.b64encode(words.encode("utf-8", "surrogatepass")).decode()
        return f'<{name}{attributes} encoding="base64">{packed}</{name}>'
    return f"<{name}{attributes}>{text(words)}</{name}>"


# --- The schema ---

_PLAIN = {
    bool: "xs:boolean", int: "xs:integer", float: "xs:double", Decimal: "Number", date: "xs:date", Day: "Day",
}  # fmt: skip

_BEGINNING = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-FileCopyrightText: 2026 The Mainport founders -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}" targetNamespace="{NAMESPACE}"
  elementFormDefault="qualified">
  <xs:annotation>
    <xs:documentation>A work, programme or course of a Mainport catalogue, whole. Written by the code of
    exports/mainport_xml.py out of the values that it describes.</xs:documentation>
  </xs:annotation>
  <xs:simpleType name="Day">
    <xs:annotation>
      <xs:documentation>A day, or a month or year where more isn't known.</xs:documentation>
    </xs:annotation>
    <xs:union memberTypes="xs:date xs:gYearMonth xs:gYear"/>
  </xs:simpleType>
  <xs:simpleType name="Number">
    <xs:restriction base="xs:token"><xs:pattern value="-?\\d+(\\.\\d+)?(E[+\\-]?\\d+)?"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="Language">
    <xs:annotation><xs:documentation>ISO 639; und where nobody stated it.</xs:documentation></xs:annotation>
    <xs:restriction base="xs:string"><xs:pattern value="[a-z]{{2,3}}"/></xs:restriction>
  </xs:simpleType>
  <xs:attributeGroup name="encoded">
    <xs:attribute name="encoding">
      <xs:annotation>
        <xs:documentation>For words with signs that XML can't say: their UTF-8.</xs:documentation>
      </xs:annotation>
      <xs:simpleType><xs:restriction base="xs:token"><xs:enumeration value="base64"/></xs:restriction></xs:simpleType>
    </xs:attribute>
  </xs:attributeGroup>
  <xs:complexType name="Words">
    <xs:simpleContent>
      <xs:extension base="xs:string"><xs:attributeGroup ref="encoded"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="Text">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="lang" type="Language" use="required"/>
        <xs:attributeGroup ref="encoded"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="Texts">
    <xs:sequence><xs:element name="text" type="Text" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  </xs:complexType>
  <xs:complexType name="DayOf">
    <xs:simpleContent>
      <xs:extension base="Day"><xs:attribute name="type" type="xs:string" use="required"/></xs:extension>
    </xs:simpleContent>
  </xs:complexType>
"""


def kept_schema() -> str:
    """The schema as it is kept beside this."""
    return (resources.files("mainport.catalogue.exports") / "mainport.xsd").read_text("utf-8")


def schema() -> str:
    """The schema of every record, as the values are now."""
    lines = [_BEGINNING]
    lines += [f'  <xs:element name="{kind}" type="{made.__name__}"/>\n' for kind, made in VALUES.items()]
    seen: dict[type[Any], None] = {}
    for made in VALUES.values():
        _gather(made, seen)
    lines += [_enumeration(made) if issubclass(made, StrEnum) else _type(made) for made in seen]
    return "".join([*lines, "</xs:schema>\n"])


def _gather(made: type[Any], seen: dict[type[Any], None]) -> None:
    if made in seen:
        return
    seen[made] = None
    for part in () if issubclass(made, StrEnum) else shape(made):
        if part.is_value or issubclass(part.type, StrEnum):
            _gather(part.type, seen)


def _enumeration(made: type[StrEnum]) -> str:
    values = "".join(f'\n      <xs:enumeration value="{one.value}"/>' for one in made)
    return (
        f'  <xs:simpleType name="{made.__name__}">\n    <xs:restriction base="xs:string">{values}\n'
        "    </xs:restriction>\n  </xs:simpleType>\n"
    )


def _type(made: type[Any]) -> str:
    said = " ".join((made.__doc__ or "").split("\n\n")[0].split())
    rows = "".join(map(_element, shape(made)))
    return (
        f'  <xs:complexType name="{made.__name__}">\n'
        f"    <xs:annotation><xs:documentation>{text(said)}</xs:documentation></xs:annotation>\n"
        f"    <xs:sequence>\n{rows}    </xs:sequence>\n  </xs:complexType>\n"
    )


def _element(part: Part) -> str:
    named = part.type.__name__ if part.is_value or issubclass(part.type, StrEnum) else _PLAIN.get(part.type, "Words")
    kind = {"texts": "Text", "many texts": "Texts", "days": "DayOf"}.get(part.form, named)
    several = ' maxOccurs="unbounded"' if part.form != "one" else ""
    return f'      <xs:element name="{part.name}" type="{kind}" minOccurs="0"{several}/>\n'
