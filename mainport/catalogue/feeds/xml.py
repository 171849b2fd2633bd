# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads XML of other people's servers with suspicion: size, depth, DOCTYPE and encoding are checked at the door."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, language

#: Bytes that one answer may have, and tags: many tiny ones fill the memory as well.
LIMIT = 64 * 1024 * 1024
TAGS = 3_000_000

_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.I)
#: Encodings in which the ASCII that we look for stands as ASCII.
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252"})
#: All that may stand before the root, but a DOCTYPE. Possessive, so that nobody can make it try again and again.
_PROLOGUE = re.compile(rb"(?:\xef\xbb\xbf)?(?:(?>\s++)|(?><\?.*?\?>)|(?><!--.*?-->))*+", re.S)
#: Signs that XML forbids and that repositories send nevertheless, out of texts pasted from a word processor.
_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse(data: bytes) -> etree._Element:
    """The root of an answer, without forbidden control signs.

    Raises Refused for what is too large, has a DOCTYPE, lies about its encoding or isn't well-formed. A DOCTYPE can
    fill this machine's memory and reach into its files; no format that we harvest needs one.
    """
    if len(data) > LIMIT:
        raise _refused(f"{len(data):,} bytes", f"at most {LIMIT:,}")
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf")[:200])
    encoding = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if b"\x00" in data[:400] or encoding.lower() not in _ENCODINGS:
        raise _refused(f"encoding {encoding}" if declared else "another encoding", "XML in UTF-8")
    prologue = _PROLOGUE.match(data)
    if prologue and data[prologue.end() : prologue.end() + 9] == b"<!DOCTYPE":
        raise _refused("<!DOCTYPE", "XML without a DOCTYPE")
    if (tags := data.count(b"<")) > TAGS:
        raise _refused(f"{tags:,} tags", f"at most {TAGS:,}")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_CONTROL.sub(b"", data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        found = str(getattr(error, "msg", None) or error).split(", line ")[0]
        raise _refused(f"{found} (line {line})" if line else found, "well-formed XML") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refused("<!DOCTYPE", "XML without a DOCTYPE")
    return root


def _refused(found: str, expected: str) -> Refused:
    return Refused([Fault("", found, expected)])


def local(node: etree._Element) -> str:
    """The name of an element without its namespace; '' for what is no element."""
    # By hand: etree.QName takes ten times as long, and a harvest asks this a hundred times a record.
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(node: etree._Element) -> str:
    return (etree.QName(node).namespace or "") if isinstance(node.tag, str) else ""


def children(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of these names in whatever namespace, in their order; the versions of a format differ in theirs."""
    return iter(node.iterchildren(*(f"{{*}}{name}" for name in names)))


def at(node: etree._Element, path: str) -> Iterator[etree._Element]:
    """All that stands at a path of local names, such as "titles/title"."""
    first, _, rest = path.partition("/")
    for child in children(node, first):
        if rest:
            yield from at(child, rest)
        else:
            yield child


def words(node: etree._Element | None) -> str:
    """The text of an element and what is in it, on one line."""
    return "" if node is None else " ".join("".join(map(str, node.itertext())).split())


def text(node: etree._Element, path: str) -> str:
    """The first text at a path that has any; ''."""
    return next(filter(None, map(words, at(node, path))), "")


def lang(node: etree._Element) -> str:
    """The language of an element's text, as it or the nearest one around it states."""
    here: etree._Element | None = node
    while here is not None:
        if code := here.get(_LANG):
            return language(code)
        here = here.getparent()
    return UNKNOWN


def raw(node: etree._Element) -> bytes:
    """An element as XML of its own, to keep."""
    return etree.tostring(node, encoding="UTF-8", with_tail=False)
