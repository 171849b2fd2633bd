# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Agendas that Hypothesis makes up: every kind, every field, any depth, any words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import strategies as st

from mainport.agenda.rules.elements import PLANNED, Kind
from mainport.agenda.rules.nodes import NODES, SHAPES

_CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
words = st.one_of(
    st.text(_CHARACTERS, min_size=1, max_size=12).filter(lambda text: text.strip()),
    # What YAML could take for something else.
    st.sampled_from(
        ["no", "2022", "2022-01-01", "1.5", "~", "null", "- a", "a: b", "# a", "*a", "&a", "!a", "'", "a\nb", "<<"]
    ),
)
euro = st.integers(0, 10**10)
date = st.sampled_from(["2020", "2021-07", "2022-02-28", "0001", "9999-12-31"])
website = st.just("https://example.org/?q=a%20b")
degrees = st.floats(-90, 90)
number = st.one_of(st.integers(-(10**15), 10**15), st.floats(-(10.0**15), 10.0**15))


@st.composite
def agendas(draw: st.DrawFn) -> dict[str, Any]:
    """An agenda as it stands in a file: nested, and in it nothing wrong."""
    return _Maker(draw).make()


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.languages = draw(st.sampled_from([["nl", "en"], ["en", "de"], ["fry"]]))
        self.text = st.one_of(words, st.fixed_dictionaries(dict.fromkeys(self.languages, words)))
        self.made: dict[Kind, list[dict[str, Any]]] = defaultdict(list)
        self.planned: list[tuple[Kind, dict[str, Any]]] = []
        #: How a field is filled that isn't a relation, by name. A new field needs a line here.
        self.fields: dict[str, st.SearchStrategy[Any]] = {
            **dict.fromkeys(["sort", "short", "field", "municipality", "coordinates_source", "stated_by"], words),
            **dict.fromkeys(
                ["result", "unit", "qualifier", "area", "note", "mission", "ambition", "precision"], self.text
            ),
            **dict.fromkeys(["joined", "founded", "adopted", "due", "horizon", "year"], date),
            **dict.fromkeys(["start", "end"], st.sampled_from(["2020", "2020-01", "2020-01-01"])),
            **dict.fromkeys(["amount", "budget", "per_year"], euro),
            **dict.fromkeys(["latitude", "longitude"], degrees),
            "website": website,
            "years": st.integers(1, 50),
            "total": st.none(),
            "when": st.sampled_from(["yearly", "first-year"]),
            "status": st.sampled_from(["in-development", "running", "ended"]),
            "partners_count": st.integers(1, 99),
            "core": st.booleans(),
            "service": st.just("agenda"),
            "value": number,
            "languages": st.just(self.languages),
            "period": st.just({"start": 2020, "end": "2026-06"}),
            "towns": st.lists(words, max_size=3),
            "risks": st.lists(
                st.fixed_dictionaries(
                    {"title": self.text},
                    optional={"measure": self.text, "size": st.sampled_from(["small", "medium", "large"])},
                ),
                max_size=2,
            ),
        }

    def make(self) -> dict[str, Any]:
        sources = [
            {"id": "s", "title": self.draw(self.text), "document": self.draw(words), "published": self.draw(date)}
        ]
        alliance = self.own(Kind.ALLIANCE) | {"id": "invented"}
        sections = self.children(Kind.ALLIANCE, 0)
        self.relate(Kind.ALLIANCE, [alliance])
        for kind, nodes in list(self.made.items()):
            self.relate(kind, nodes)
        self.depend()
        return {"format": 1, "alliance": alliance, "sources": sources, **sections}

    def maybe(self) -> bool:
        return self.draw(st.booleans())

    def own(self, kind: Kind) -> dict[str, Any]:
        """A node with its own fields, as many of the optional ones as come up."""
        node: dict[str, Any] = {"id": f"{kind[0]}{len(self.made[kind])}", "title": self.draw(self.text)}
        if self.maybe():
            node |= {"summary": self.draw(self.text), "source": "s", "demo": self.maybe()}
        for name in SHAPES[kind].attributes:
            if NODES[kind].model_fields[name].is_required() or self.maybe():
                node[name] = self.draw(self.fields[name])
        if kind is Kind.CONTRIBUTION:
            node["total"] = node["per_year"] * node["years"]
        if kind is Kind.PLACE and ("latitude" in node or "longitude" in node):
            for name in ("latitude", "longitude", "precision"):
                node.setdefault(name, self.draw(self.fields[name]))
        if kind is Kind.PLAN:
            del node["id"]
        return node

    def children(self, kind: Kind, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, child in SHAPES[kind].children.items():
            if kind is not Kind.ALLIANCE and not self.maybe():
                continue
            if child is Kind.PLAN:
                found[name] = self.node(child, depth)
                continue
            least = 1 if child in (Kind.PARTNER, Kind.FORUM, Kind.SECTOR) and kind is Kind.ALLIANCE else 0
            found[name] = [self.node(child, depth) for _ in range(self.draw(st.integers(least, 2 if depth < 3 else 0)))]
        return found

    def node(self, kind: Kind, depth: int) -> dict[str, Any]:
        node = self.own(kind)
        self.made[kind].append(node)
        if kind in PLANNED:
            self.planned.append((kind, node))
        node |= self.children(kind, depth + 1)
        return node

    def relate(self, kind: Kind, nodes: list[dict[str, Any]]) -> None:
        for name, to in SHAPES[kind].relations.items():
            known = [node["id"] for target in to.kinds for node in self.made[target] if "id" in node]
            if to.qualified or not known:
                continue
            one = st.sampled_from(known)
            value = st.lists(one, min_size=1, max_size=3, unique=True) if name in SHAPES[kind].many else one
            for node in nodes:
                if NODES[kind].model_fields[name].is_required() or self.maybe():
                    node[name] = self.draw(value)

    def depend(self) -> None:
        """A plan waits only for what stands above it, so that none waits for itself."""
        for index, (_, node) in enumerate(self.planned):
            if "plan" in node and index and self.maybe():
                earlier = [f"{kind}:{other['id']}" for kind, other in self.planned[:index]]
                node["plan"]["depends_on"] = self.draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True))
