# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""From the flat elements to the nested form in which people write and exchange an agenda, and back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from mainport.agenda.rules.elements import Agenda, Element, Kind, Link
from mainport.agenda.rules.nodes import PLAN_TITLE, SHAPES, Node, To
from mainport.core.rules.languages import EVERY_LANGUAGE

#: The version of the file format; a reader refuses another.
FORMAT = 1

#: The sections of a file, in its order, after `format`, `alliance` and `sources`.
SECTIONS = SHAPES[Kind.ALLIANCE].children


def element_of(node: Node, *, key: str, parent: str | None, position: int, partners: Collection[str]) -> Element:
    """The flat element of a node's own fields; its children become elements of their own.

    `partners` are the keys of the alliance's partners: a party that is none is an organisation.
    """
    shape = SHAPES[node.kind]
    fields = node.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    links: list[Link] = []
    for name, to in shape.relations.items():
        value = getattr(node, name)
        targets = value if name in shape.many else (value,) if value else ()
        links += [Link(role=name, target=_uid(target, to, partners)) for target in targets]
    return Element(
        kind=node.kind,
        key=key,
        parent=parent,
        position=position,
        title=dict(node.title),
        summary=dict(node.summary) if node.summary else None,
        source=node.source,
        demo=node.demo,
        attributes={name: fields[name] for name in shape.attributes if name in fields},
        links=tuple(links),
    )


def _uid(target: str, to: To, partners: Collection[str]) -> str:
    if to.qualified:
        return target
    if Kind.PARTNER in to.kinds and Kind.ORGANISATION in to.kinds:
        return f"{Kind.PARTNER if target in partners else Kind.ORGANISATION}:{target}"
    return f"{to.kinds[0]}:{target}"


def fields_of(element: Element) -> dict[str, Any]:
    """An element's own fields, as its node class takes them and as a file shows them."""
    shape = SHAPES[element.kind]
    fields: dict[str, Any] = {"id": element.key, "title": _plain(element.title)}
    if element.kind is Kind.PLAN:
        del fields["id"]  # It is what it plans.
        if element.title == PLAN_TITLE:
            del fields["title"]
    if element.summary:
        fields["summary"] = _plain(element.summary)
    fields |= element.attributes
    for name, to in shape.relations.items():
        targets = [link.target for link in element.links if link.role == name]
        if not to.qualified:
            targets = [target.partition(":")[2] for target in targets]
        if targets:
            fields[name] = targets if name in shape.many else targets[0]
    if element.source:
        fields["source"] = element.source
    if element.demo:
        fields["demo"] = True
    return fields


def _plain(text: Any) -> Any:
    """A text that is the same in every language, as plain words."""
    return text[EVERY_LANGUAGE] if set(text) == {EVERY_LANGUAGE} else dict(text)


def nest(agenda: Agenda) -> dict[str, Any]:
    """The whole agenda as plain nested values, in the order of the file format."""
    children: dict[tuple[str, Kind], list[Element]] = defaultdict(list)
    for element in agenda.elements.values():
        if element.parent:
            children[element.parent, element.kind].append(element)

    def branch(element: Element) -> dict[str, Any]:
        return fields_of(element) | below(element)

    def below(element: Element) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, kind in SHAPES[element.kind].children.items():
            nodes = [branch(e) for e in sorted(children[element.uid, kind], key=lambda e: e.position)]
            if nodes:
                found[name] = nodes[0] if kind is Kind.PLAN else nodes
        return found

    alliance = agenda.alliance
    return {
        "format": FORMAT,
        "alliance": fields_of(alliance),
        "sources": [
            {"id": source.key, "title": _plain(source.title), "document": source.document}
            | ({"url": source.url} if source.url else {})
            | ({"published": source.published} if source.published else {})
            for source in agenda.sources.values()
        ],
        **below(alliance),
    }
