# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads XML from outside with suspicion, and gathers all that is wrong with it before anybody uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from mainport.cycle.rules.amounts import Unreadable, euro
from mainport.cycle.rules.files import Fault, Refused

#: Bytes that a file may have, and tags: many tiny ones fill the memory as well.
LIMIT = 20 * 1024 * 1024
TAGS = 1_500_000
#: So many faults are told; whoever has more looks at the first ones anyway.
MOST_FAULTS = 100
#: Characters that a number may have: none that is meant has more.
_DIGITS = 40

_ENCODING = re.compile(rb"^[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
#: Encodings in which the ASCII that we look for stands as ASCII.
_ENCODINGS = frozenset({"utf-8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})


def parse(data: bytes, name: str) -> etree._Element:
    """The root of a file. Raises Refused for what is too large, not well-formed, or has a DOCTYPE.

    Entities can fill this machine's memory and reach into its files; neither banks nor suppliers need any.
    """
    if len(data) > LIMIT:
        raise _refused(name, f"{len(data):,} bytes", f"at most {LIMIT:,}")
    said = _ENCODING.match(data[:200])
    encoding = said.group(1).decode("ascii", "replace") if said else "utf-8"
    if b"\x00" in data[:400] or encoding.lower() not in _ENCODINGS:
        raise _refused(name, f"encoding {encoding}" if said else "another encoding", "XML in UTF-8")
    for forbidden in (b"<!DOCTYPE", b"<!ENTITY"):
        if forbidden in data:
            line = data[: data.index(forbidden)].count(b"\n") + 1
            raise _refused(name, forbidden.decode(), "XML without a DOCTYPE and entities", line)
    if (tags := data.count(b"<")) > TAGS:
        raise _refused(name, f"{tags:,} tags", f"at most {TAGS:,}")
    # Without a DOCTYPE and within these bounds, the parser's own bounds only keep out large attachments.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        found = str(error.msg or "nothing").split(", line ")[0]
        raise _refused(name, found, "well-formed XML", error.lineno or 0) from error


def _refused(name: str, found: str, expected: str, line: int = 0) -> Refused:
    return Refused([Fault(name, line, "", found, expected)])


def local(node: etree._Element) -> str:
    return etree.QName(node).localname


def line_of(node: etree._Element) -> int:
    """The line of the file on which a node begins."""
    return int(getattr(node, "sourceline", None) or 0)


def namespace(node: etree._Element) -> str:
    return etree.QName(node).namespace or ""


class Reader:
    """Takes values out of a tree; what is wrong it writes down and goes on, so that a file is told off once."""

    def __init__(self, name: str, root: etree._Element, namespaces: Mapping[str, str]) -> None:
        self.name = name
        self.root = root
        self.namespaces = dict(namespaces)
        self.faults: list[Fault] = []

    def all(self, node: etree._Element, path: str) -> list[etree._Element]:
        return list(node.findall(path, self.namespaces))

    def first(self, node: etree._Element, *paths: str) -> etree._Element | None:
        """What stands at the first of these paths that there is."""
        return next((found for path in paths if (found := node.find(path, self.namespaces)) is not None), None)

    def text(self, node: etree._Element, *paths: str) -> str:
        """The words at the first of these paths that has any, on one line; '' where there are none."""
        for path in paths:
            for found in self.all(node, path):
                if words := " ".join((found.text or "").split()):
                    return words
        return ""

    def required(self, node: etree._Element, expected: str, *paths: str) -> str:
        words = self.text(node, *paths)
        if not words:
            self.fault(node, paths[0], "nothing", expected)
        return words

    def amount(self, node: etree._Element, *paths: str, required: bool = True) -> Decimal | None:
        """An amount in euro, as its attribute for the currency has to say."""
        found = self.first(node, *paths)
        if found is None:
            if required:
                self.fault(node, paths[0], "nothing", "an amount in EUR")
            return None
        currency = found.get("Ccy") or found.get("currencyID") or ""
        if currency != "EUR":
            self.fault(found, "", currency or "no currency", "EUR")
            return None
        try:
            # XML has no 1e3 and Infinity where an amount stands, and Decimal reads both.
            return euro(_plain((found.text or "").strip()))
        except Unreadable as error:
            self.fault(found, "", (found.text or "").strip(), f"an amount in whole cents ({error})")
            return None

    def number(self, node: etree._Element, *paths: str, default: Decimal | None = None) -> Decimal | None:
        found = self.first(node, *paths)
        if found is None:
            if default is None:
                self.fault(node, paths[0], "nothing", "a number")
            return default
        try:
            return Decimal(_plain((found.text or "").strip()))
        except (InvalidOperation, Unreadable):
            self.fault(found, "", (found.text or "").strip(), "a number")
            return None

    def day(self, node: etree._Element, *paths: str, required: bool = True) -> date | None:
        """The day of a date or of a moment, as it is written: the time zone is the bank's own."""
        found = next((one for path in paths if (one := self.first(node, path)) is not None), None)
        if found is None:
            if required:
                self.fault(node, paths[0], "nothing", "a date")
            return None
        words = (found.text or "").strip()
        try:
            if not re.match(r"\d{4}-\d\d-\d\d(T|$|[+-]|Z)", words):
                raise ValueError(words)
            return date.fromisoformat(words[:10])
        except ValueError:
            self.fault(found, "", words, "a date such as 2023-05-31")
            return None

    def fault(self, node: etree._Element, path: str, found: str, expected: str) -> None:
        where = "/".join(filter(None, [self.path(node), _bare(path)]))
        self.faults.append(Fault(self.name, line_of(node), where, found[:200], expected))
        if len(self.faults) >= MOST_FAULTS:
            raise Refused(self.faults)

    def raise_any(self) -> None:
        if self.faults:
            raise Refused(self.faults)

    def path(self, node: etree._Element) -> str:
        """Where a node stands, by local names, counted from 1 where there are several beside each other."""
        return "/".join(reversed(list(self._steps(node))))

    @staticmethod
    def _steps(node: etree._Element) -> Iterator[str]:
        here: etree._Element | None = node
        while here is not None:
            above = here.getparent()
            same = [] if above is None else above.findall(str(here.tag))
            yield f"{local(here)}[{same.index(here) + 1}]" if len(same) > 1 else local(here)
            here = above


def _plain(words: str) -> str:
    if len(words) > _DIGITS or not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?|[+-]?\.[0-9]+", words):
        raise Unreadable(f"{words[:40]!r} is no amount")
    return words


def _bare(path: str) -> str:
    """A path without the prefixes of its namespaces."""
    return re.sub(r"\w+:", "", path)
