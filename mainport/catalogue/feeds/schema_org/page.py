# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Takes the things out of a page: its scripts of JSON-LD, and what it marks up by microdata or RDFa Lite."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import lxml.html
from lxml import etree

from mainport.catalogue.feeds import json
from mainport.catalogue.feeds.schema_org import courses, works
from mainport.catalogue.feeds.schema_org.graph import Graph, absolute, types
from mainport.catalogue.rules.courses import Course, Programme
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import language
from mainport.catalogue.rules.works import Provenance, Work

Thing = TypeVar("Thing", Work, Course, Programme)

PREFIX = "schema_org"
#: Bytes that a page may have, and tags.
LIMIT = 16 * 1024 * 1024
TAGS = 500_000

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I)
_ADDRESS = {
    "a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "embed": "src", "iframe": "src",
    "source": "src", "track": "src", "video": "src", "object": "data",
}  # fmt: skip
_VALUE = {"data": "value", "meter": "value", "time": "datetime"}


@dataclass(frozen=True)
class Found:
    """What a page describes, and what of it couldn't be read."""

    works: tuple[Work, ...] = ()
    courses: tuple[Course, ...] = ()
    programmes: tuple[Programme, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(data: bytes, address: str = "", *, charset: str = "", provenance: Provenance | None = None) -> Found:
    """What an HTML page describes. `charset` is what the server says of its encoding.

    Raises Refused for what is too large, or no HTML at all. A page that describes nothing gives an empty answer.
    """
    if len(data) > LIMIT:
        raise Refused([Fault("", f"{len(data):,} bytes", f"at most {LIMIT:,}")])
    if (tags := data.count(b"<")) > TAGS:
        raise Refused([Fault("", f"{tags:,} tags", f"at most {TAGS:,}")])
    graph = Graph()
    root = _root(_text(data, charset, graph.faults))
    graph.language = language(root.get("lang"))
    base = next((absolute(address, node.get("href") or "") for node in root.iter("base")), address)
    for number, script in enumerate(root.iter("script")):
        if (script.get("type") or "").split(";")[0].strip().lower() == "application/ld+json":
            _script(graph, script.text or "", f"script[{number}]")
    for item in _microdata(root, base):
        graph.add(item, "itemscope")
    for item in _rdfa(root, base):
        graph.add(item, "typeof")
    return _found(graph, address, provenance)


def read_json(data: bytes, address: str = "", *, provenance: Provenance | None = None) -> Found:
    """What a document of JSON-LD describes. Raises Refused for what is no JSON."""
    graph = Graph()
    graph.add(json.parse(data))
    return _found(graph, address, provenance)


def _found(graph: Graph, address: str, provenance: Provenance | None) -> Found:
    told = provenance or Provenance(source=address, format=PREFIX, record=address)
    things = list(graph.all())
    kinds = [(thing, set(types(thing))) for thing in things]
    read_courses = [courses.course(graph, thing, address, told) for thing, kind in kinds if "Course" in kind]
    programmes = [
        courses.programme(graph, thing, address, told)
        for thing, kind in kinds
        if kind & {"EducationalOccupationalProgram", "WorkBasedProgram"}
    ]
    read_works = [works.work(graph, thing, address, told) for thing, kind in kinds if works.is_work(kind)]
    faults = tuple(dict.fromkeys(graph.faults))
    return Found(
        _once(read_works),
        _once(read_courses),
        _once(programmes),
        faults,
    )


def _once(values: Iterable[Thing]) -> tuple[Thing, ...]:
    """Each once: pages say the same in JSON-LD and in their markup."""
    return tuple({repr(value): value for value in values}.values())


def _text(data: bytes, charset: str, faults: list[Fault]) -> str:
    """The page as text: by what the server or the page says, else as UTF-8, else as browsers read what is neither."""
    declared = charset or next((found[1].decode("ascii") for found in _CHARSET.finditer(data[:4096])), "")
    if data.startswith(b"\xef\xbb\xbf"):
        declared = "utf-8-sig"
    for name in dict.fromkeys(filter(None, [declared, "utf-8"])):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            faults.append(Fault("", f"bytes that are no {name}", "a page in the encoding that it says"))
        else:
            return text
    return data.decode("cp1252", "replace")


def _root(text: str) -> etree._Element:
    # A declaration of XML would have an encoding that the text, being decoded, no longer has.
    bare = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", text).replace("\x00", "")
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(bare, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Refused([Fault("", str(error)[:200] or "nothing", "a page of HTML")]) from error


def _script(graph: Graph, text: str, where: str) -> None:
    """A script of JSON-LD; its lines may break within words, and it may stand in a comment."""
    bare = re.sub(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*$", "", text)
    flat = re.sub(r"[\x00-\x1f]+", " ", bare).strip().rstrip(";")
    if not flat:
        return
    try:
        graph.add(json.parse(flat.encode()), where)
    except Refused as refused:
        graph.faults += [Fault(where, fault.found, "JSON-LD") for fault in refused.faults]


def _literal(node: etree._Element, base: str) -> str:
    """The value that an element gives: its address, its own attribute for one, or its text."""
    name = node.tag if isinstance(node.tag, str) else ""
    if (words := node.get("content")) is not None:
        return words.strip()  # The standard has it for <meta> alone; search engines, and so sites, for any element.
    if attribute := _ADDRESS.get(name):
        return absolute(base, node.get(attribute) or "")
    if (attribute := _VALUE.get(name)) and node.get(attribute) is not None:
        return (node.get(attribute) or "").strip()
    return " ".join("".join(map(str, node.itertext())).split())


def _microdata(root: etree._Element, base: str) -> Iterator[dict[str, object]]:
    for node in root.iter():
        begins = isinstance(node.tag, str) and node.get("itemscope") is not None and node.get("itemprop") is None
        if begins and "schema.org" in (node.get("itemtype") or ""):
            yield _tree(node, base, _MICRODATA)


def _rdfa(root: etree._Element, base: str) -> Iterator[dict[str, object]]:
    for node in root.iter():
        if isinstance(node.tag, str) and node.get("typeof") is not None and node.get("property") is None:
            vocabularies = (above.get("vocab") or "" for above in [node, *node.iterancestors()])
            if "schema" in (node.get("typeof") or "") or any("schema.org" in one for one in vocabularies):
                yield _tree(node, base, _RDFA)


@dataclass(frozen=True)
class _Markup:
    """The attributes by which a way of marking up says what a thing is and what belongs to it."""

    begins: str
    kind: str
    name: str
    number: str
    literal: Callable[[etree._Element, str], str]


def _rdfa_literal(node: etree._Element, base: str) -> str:
    for name in ("resource", "href", "src"):
        if node.get("content") is None and (words := node.get(name)) is not None:
            return absolute(base, words)
    return _literal(node, base)


_MICRODATA = _Markup("itemscope", "itemtype", "itemprop", "itemid", _literal)
_RDFA = _Markup("typeof", "typeof", "property", "resource", _rdfa_literal)


def _tree(node: etree._Element, base: str, markup: _Markup, depth: int = 0) -> dict[str, object]:
    """A thing as JSON-LD would have it."""
    told: dict[str, list[object]] = {}
    for name, value in _properties(node, base, markup, depth):
        told.setdefault(name, []).append(value)
    thing: dict[str, object] = {name: values if len(values) > 1 else values[0] for name, values in told.items()}
    thing["@type"] = (node.get(markup.kind) or "").split()
    if number := node.get(markup.number):
        thing["@id"] = absolute(base, number)
    return thing


def _properties(node: etree._Element, base: str, markup: _Markup, depth: int) -> Iterator[tuple[str, object]]:
    """What belongs to a thing: the properties below it, but for those of things of their own."""
    waiting = list(reversed(node))
    while waiting:
        child = waiting.pop()
        names = (child.get(markup.name) or "").split()
        begins = child.get(markup.begins) is not None
        if names:
            deeper = begins and depth < 30
            value: object = _tree(child, base, markup, depth + 1) if deeper else markup.literal(child, base)
            for name in names:
                yield name, value
        if not begins:
            waiting += reversed(child)
