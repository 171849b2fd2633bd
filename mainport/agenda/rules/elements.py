# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an agenda is made of.

Two shapes of the same thing:

- the *element*, here: flat, the same for every kind, as it is stored, compared, versioned and exported;
- the *node*, in `nodes`: a pydantic class a kind, nested as people write it in a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mainport.agenda.rules.kinds import Kind as Kind

#: Kinds that stand at the top of the tree of tasks.
PILLARS = (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER)
#: Kinds that can be planned and reported on.
PLANNED = (*PILLARS, Kind.THEME, Kind.TASK, Kind.FLAGSHIP, Kind.PROJECT)


@dataclass(frozen=True, order=True)
class Link:
    """A relation of one element to another: `role` is the field's name, e.g. lead, partners, place."""

    role: str
    target: str  # uid


@dataclass(frozen=True)
class Element:
    """One thing of the agenda, flat. `uid` is kind:key and unique in the agenda.

    `attributes` holds what only its kind has, as plain JSON values, checked by the kind's node class.
    """

    kind: Kind
    key: str
    parent: str | None  # uid
    position: int  # among the elements of its kind under its parent, from 0
    title: Mapping[str, str]
    summary: Mapping[str, str] | None = None
    source: str | None = None  # key of a source
    demo: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[Link, ...] = ()

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}"

    def to_json(self) -> dict[str, Any]:
        """The element as a version keeps it."""
        return {
            "kind": self.kind.value,
            "key": self.key,
            "parent": self.parent,
            "position": self.position,
            "title": dict(self.title),
            "summary": dict(self.summary) if self.summary else None,
            "source": self.source,
            "demo": self.demo,
            "attributes": dict(self.attributes),
            "links": [{"role": link.role, "target": link.target} for link in self.links],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Element:
        return cls(
            **{
                **data,
                "kind": Kind(data["kind"]),
                "links": tuple(Link(role=link["role"], target=link["target"]) for link in data["links"]),
            }
        )


@dataclass(frozen=True)
class Source:
    """Where facts stand: a document and the place in it. `document` and `published` name the paper."""

    key: str
    title: Mapping[str, str]
    document: str
    url: str = ""
    published: str = ""


@dataclass(frozen=True)
class Agenda:
    """A whole agenda: its elements by uid, in the order of the file, and its sources by key."""

    elements: Mapping[str, Element]
    sources: Mapping[str, Source]
    #: What the file speaks of, as (parent's uid, kind of children). What it doesn't, stays as it is;
    #: None where everything is spoken of, as in what the database holds.
    stated: frozenset[tuple[str, Kind]] | None = None

    @property
    def alliance(self) -> Element:
        return next(element for element in self.elements.values() if element.kind is Kind.ALLIANCE)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.alliance.attributes["languages"])


def plan_key(parent: str) -> str:
    """The key of the plan of `parent` (a uid): kind and key, since keys are unique inside a kind only."""
    return parent.replace(":", "-", 1)


def in_tree_order(elements: Iterable[Element]) -> list[Element]:
    """The elements from the top of the tree to the bottom: each before what lies below it."""
    below: dict[str | None, list[Element]] = defaultdict(list)
    for element in elements:
        below[element.parent].append(element)
    order = list(Kind)
    found: list[Element] = []

    def walk(parent: str | None) -> None:
        for element in sorted(below[parent], key=lambda e: (order.index(e.kind), e.position)):
            found.append(element)
            walk(element.uid)

    walk(None)
    return found
