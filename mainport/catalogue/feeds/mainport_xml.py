# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The format of another Mainport, `oai_mainport`: all that a record says, as exports/mainport_xml.py writes it.

Elements and types that this version doesn't know, of a newer Mainport, are told as faults and left out.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from lxml import etree

from mainport.catalogue.feeds import xml
from mainport.catalogue.rules.contents import VALUES, Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.shapes import Part, shape
from mainport.catalogue.rules.texts import UNKNOWN, Day, day
from mainport.catalogue.rules.works import Provenance

PREFIX: Final = "oai_mainport"
NAMESPACE: Final = "urn:x-mainport:record:1"


def read(root: etree._Element, provenance: Provenance | None = None) -> tuple[Value, list[Fault]]:
    """The value of a <work>, <programme> or <course>, and what of it couldn't be read.

    Where it says out of which source it came itself, that is kept; else it came out of this one.
    """
    kind = xml.local(root)
    if kind not in VALUES or xml.namespace(root) != NAMESPACE:
        expected = " or ".join(f"<{name}>" for name in VALUES)
        raise Refused([Fault("", f"<{kind}> of {xml.namespace(root) or 'no namespace'}", f"{expected} of {NAMESPACE}")])
    faults: list[Fault] = []
    value: Value | None = _value(VALUES[kind], root, "", faults)
    if value is None:
        raise Refused(faults)
    if value.provenance == Provenance() and provenance:
        value = replace(value, provenance=provenance)
    return value, faults


def _value(made: type, node: etree._Element, where: str, faults: list[Fault]) -> Any:
    """The value that an element says; None where a part is missing without which there is none."""
    nodes: dict[str, list[etree._Element]] = {}
    for child in node:
        nodes.setdefault(xml.local(child), []).append(child)
    said: dict[str, Any] = {}
    for part in shape(made):
        found = nodes.pop(part.name, None)
        inner = f"{where}{part.name}"
        if found:
            try:
                said[part.field] = _part(part, found, inner, faults)
            except _Unreadable as problem:
                faults.append(Fault(inner, str(problem)[:200], _expected(part)))
        elif not _has_default(part):
            # Titles are asked of every record, and may be none: the check tells that.
            said[part.field] = {} if part.form == "texts" else ""
    faults += [Fault(f"{where}{name}", f"<{name}>", "an element that this version knows") for name in nodes]
    try:
        return made(**said)
    except TypeError:
        return None


def _has_default(part: Part) -> bool:
    return type(part.default).__name__ != "_MISSING_TYPE"


class _Unreadable(ValueError):
    pass


def _part(part: Part, nodes: list[etree._Element], where: str, faults: list[Fault]) -> Any:
    if part.form == "texts":
        return {node.get("lang") or UNKNOWN: _words(node) for node in nodes}
    if part.form == "days":
        return {node.get("type") or "Other": _plain(Day, _words(node)) for node in nodes}
    if part.form == "many texts":
        return tuple(
            {inner.get("lang") or UNKNOWN: _words(inner) for inner in xml.children(node, "text")} for node in nodes
        )
    if part.form == "one":
        return _one(part, nodes[0], where, faults)
    return tuple(
        one for place, node in enumerate(nodes) if (one := _one(part, node, f"{where}[{place}]", faults)) is not None
    )


def _one(part: Part, node: etree._Element, where: str, faults: list[Fault]) -> Any:
    return _value(part.type, node, f"{where}/", faults) if part.is_value else _plain(part.type, _words(node))


def _words(node: etree._Element) -> str:
    # Not on one line, and nothing stripped: what was said comes back as it was.
    said = node.text or ""
    if node.get("encoding") != "base64":
        return said
    try:
        return base64.b64decode(said, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise _Unreadable(said) from error


def _day(words: str) -> Day:
    found = day(words)
    if found is None:
        raise ValueError(words)
    return found


def _truth(words: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[words]


_READ: dict[type, Callable[[str], Any]] = {
    str: str, bool: _truth, int: int, float: float, Decimal: Decimal, date: date.fromisoformat, Day: _day,
}  # fmt: skip


def _plain(made: type, words: str) -> Any:
    try:
        return made(words) if issubclass(made, StrEnum) else _READ[made](words)
    except (ValueError, KeyError, InvalidOperation) as error:
        raise _Unreadable(words) from error


def _expected(part: Part) -> str:
    if issubclass(part.type, StrEnum):
        return " or ".join(one.value for one in part.type)
    return {Day: "a day, month or year", date: "a day", bool: "true or false", str: "text in Base64"}.get(
        part.type, "a number"
    )
