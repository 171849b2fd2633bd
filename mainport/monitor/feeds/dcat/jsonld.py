# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A dataset out of DCAT in JSON-LD (https://www.w3.org/TR/vocab-dcat-3/, https://www.w3.org/TR/json-ld11/).

Read is what catalogues write: nodes in a graph or in one another, names expanded, with prefixes, or by a context
that stands in the answer. A context that stands elsewhere isn't fetched: names with the prefixes that everybody
uses for DCAT are understood all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mainport.core.fetching.problems import NotTrusted
from mainport.monitor.feeds.answers import Json
from mainport.monitor.feeds.dcat.described import Described, Distribution

DCAT, DCT, FOAF = "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/", "http://xmlns.com/foaf/0.1/"
_PREFIXES = {"dcat": DCAT, "dct": DCT, "dcterms": DCT, "foaf": FOAF}
#: Nodes in one another; no catalogue goes deeper.
MAX_DEPTH = 20

Node = dict[str, list[Any]]


def find(found: Any, dataset: str, url: str) -> Described:
    """The dataset with this address or identifier in an answer; the only one where `dataset` is the answer's address.

    Raises NotTrusted.
    """
    graph = _Graph(url)
    graph.add(found)
    datasets = [key for key, node in graph.nodes.items() if f"{DCAT}Dataset" in node.get("@type", [])]
    wanted = [
        key
        for key in datasets
        if dataset == key or dataset in [_plain(value) for value in graph.nodes[key].get(f"{DCT}identifier", [])]
    ]
    if not wanted and dataset == url and len(datasets) == 1:
        wanted = datasets
    if len(wanted) != 1:
        names = ", ".join(datasets[:5]) or "none"
        more = f" and {len(datasets) - 5} more" if len(datasets) > 5 else ""
        raise NotTrusted(f"{url} doesn't describe one dataset {dataset}; its datasets: {names}{more}")
    return _described(graph, wanted[0], url)


class _Graph:
    """The nodes of an answer by their address, each name as a whole address."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.nodes: dict[str, Node] = {}

    def add(self, found: Any) -> None:
        for item in found if isinstance(found, list) else [found]:
            self._node(item, {}, 0)

    def _node(self, item: Any, terms: dict[str, str], depth: int) -> str:
        """Take a node in, and those in it; its address."""
        if not isinstance(item, dict):
            raise NotTrusted(f"{self._url} isn't JSON-LD of nodes: it holds {str(item)[:60]!r}")
        if depth > MAX_DEPTH:
            raise NotTrusted(f"{self._url} has nodes in one another more than {MAX_DEPTH} deep")
        terms = {**terms, **self._terms(item.get("@context"))}
        named = item.get("@id", next((item[name] for name in item if terms.get(name) == "@id"), None))
        key = _expanded(named, terms) if isinstance(named, str) else f"_:{len(self.nodes)} of {self._url}"
        node = self.nodes.setdefault(key, {})
        for name, value in item.items():
            meant = str(terms.get(name, name))
            whole = meant if meant.startswith("@") else _expanded(str(name), terms)
            values = value if isinstance(value, list) else [value]
            if whole == "@graph":
                for inner in values:
                    self._node(inner, terms, depth + 1)
            elif whole == "@type":
                known = (_expanded(terms.get(one, one), terms) for one in values if isinstance(one, str))
                node.setdefault("@type", []).extend(known)
            elif not whole.startswith("@"):
                node.setdefault(whole, []).extend(self._value(one, terms, depth) for one in values)
        return key

    def _value(self, value: Any, terms: dict[str, str], depth: int) -> Any:
        if not isinstance(value, dict) or "@value" in value:
            return value
        return {"@id": self._node(value, terms, depth + 1)}

    def _terms(self, context: Any) -> dict[str, str]:
        """What the names of a context mean; '@vocab' among them."""
        terms: dict[str, str] = {}
        for part in context if isinstance(context, list) else [context]:
            for name, meaning in part.items() if isinstance(part, dict) else ():
                meant = meaning.get("@id") if isinstance(meaning, dict) else meaning
                if isinstance(meant, str):
                    terms[name] = meant
        return terms


def _expanded(name: str, terms: dict[str, str], depth: int = 0) -> str:
    """A name as a whole address; a name without meaning stays what it is."""
    if name in terms and terms[name] != name and depth < MAX_DEPTH:
        return _expanded(terms[name], terms, depth + 1)
    prefix, colon, rest = name.partition(":")
    if colon and not rest.startswith("//"):
        base = terms.get(prefix) or _PREFIXES.get(prefix)
        return f"{base}{rest}" if base else name
    return name if colon or name.startswith("@") or "@vocab" not in terms else f"{terms['@vocab']}{name}"


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@value", value.get("@id", ""))
    return value.strip() if isinstance(value, str) else ""


def _described(graph: _Graph, key: str, url: str) -> Described:
    node = graph.nodes[key]
    keys = [_plain(value) for value in node.get(f"{DCAT}distribution", [])]
    return Described(
        key=key,
        title=_text(node, f"{DCT}title") or key,
        url=url,
        distributions=tuple(_distributions(graph, keys)),
        description=_text(node, f"{DCT}description"),
        licence=_text(node, f"{DCT}license"),
        publisher=_name(graph, node, f"{DCT}publisher") or _name(graph, node, f"{DCT}creator"),
        modified=_text(node, f"{DCT}modified"),
        language=_text(node, f"{DCT}language"),
        said={"id": key, "identifier": _text(node, f"{DCT}identifier")},
    )


def _distributions(graph: _Graph, keys: list[str]) -> Iterator[Distribution]:
    for key in keys:
        node = graph.nodes.get(key, {})
        words = (_labelled(graph, node, f"{DCT}format"), _labelled(graph, node, f"{DCAT}mediaType"))
        yield Distribution(
            key=key,
            title=_text(node, f"{DCT}title"),
            url=_text(node, f"{DCAT}downloadURL") or _text(node, f"{DCAT}accessURL"),
            words=(*words, *(_plain(value) for value in node.get(f"{DCT}conformsTo", []))),
            licence=_text(node, f"{DCT}license"),
            modified=_text(node, f"{DCT}modified"),
        )


def _text(node: Node, name: str) -> str:
    """The first, in Dutch where there are several languages."""
    values = node.get(name, [])
    dutch = [value for value in values if isinstance(value, dict) and value.get("@language") == "nl"]
    return next(filter(None, map(_plain, [*dutch, *values])), "")


def _name(graph: _Graph, node: Node, name: str) -> str:
    """What an agent is called; its address where the answer doesn't name it."""
    agent = _text(node, name)
    return _text(graph.nodes.get(agent, {}), f"{FOAF}name") or ("" if agent.startswith("_:") else agent)


def _labelled(graph: _Graph, node: Node, name: str) -> str:
    """A format or media type: its address, or the words in the node that stands in its place."""
    found = _text(node, name)
    if not found.startswith("_:"):
        return found
    inner: Json = graph.nodes.get(found, {})
    return next((text for values in inner.values() for text in map(_plain, values) if text), "")
