# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of what stands in the agenda, today and on any day: all of it is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from mainport.agenda.models import Element, Link, Version
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import SHAPES
from mainport.core.models import Source


class UnknownElement(LookupError):
    """No element has this id, or several have; `candidates` are their uids."""

    def __init__(self, written: str, candidates: list[str]) -> None:
        self.candidates = candidates
        reason = f"be more exact: {', '.join(candidates)}" if candidates else "the agenda has no such element"
        super().__init__(f"{written}: {reason}")


def elements(*kinds: Kind) -> QuerySet[Element]:
    """What stands in the agenda today, from top to bottom."""
    found = Element.objects.filter(removed_at__isnull=True).order_by("tree_key")
    return found.filter(kind__in=kinds) if kinds else found


def below(element: Element) -> QuerySet[Element]:
    """What lies below an element, at any depth."""
    return elements().filter(tree_key__startswith=element.tree_key).exclude(pk=element.pk)


def find(written: str) -> Element:
    """The element by uid (task:E3), or by key alone (E3) where no other kind has that key.

    Raises UnknownElement.
    """
    kind, colon, key = written.partition(":")
    found = list(elements().filter(kind=kind, key=key) if colon else elements().filter(key=written))
    if len(found) == 1:
        return found[0]
    raise UnknownElement(written, [element.uid for element in found])


def snapshot(
    element: Element, links: Iterable[tuple[str, str]], parent: str | None, source: str | None
) -> rules.Element:
    """A row as the rules know it; `links` are (role, target's uid) in their order."""
    return rules.Element(
        kind=Kind(element.kind),
        key=element.key,
        parent=parent,
        position=element.position,
        title=element.title,
        summary=element.summary,
        source=source,
        demo=element.demo,
        attributes=element.attributes,
        links=tuple(rules.Link(role=role, target=target) for role, target in links),
    )


def agenda() -> rules.Agenda | None:
    """The whole agenda as it stands, parents before children; None where there is none. Three queries."""
    rows = list(elements())
    if not rows:
        return None
    uids = {row.pk: row.uid for row in rows}
    links: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for element_id, role, target_id in Link.objects.order_by("element", "role", "position").values_list(
        "element_id", "role", "target_id"
    ):
        if element_id in uids:
            links[element_id].append((role, uids[target_id]))
    sources = list(Source.objects.all())
    keys = {source.pk: source.key for source in sources}
    found = [
        snapshot(
            row, _in_field_order(row.kind, links[row.pk]), uids.get(row.parent_id or 0), keys.get(row.source_id or 0)
        )
        for row in rows
    ]
    return rules.Agenda(
        elements={element.uid: element for element in found},
        sources={source.key: source_of(source) for source in sources},
    )


def _in_field_order(kind: str, links: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Links in the order in which the kind's fields stand, as `rules.nesting` makes them."""
    order = list(SHAPES[Kind(kind)].relations)
    return sorted(links, key=lambda link: order.index(link[0]))


def source_of(source: Source) -> rules.Source:
    return rules.Source(
        key=source.key, title=source.title, document=source.document, url=source.url, published=source.published
    )


def agenda_on(moment: datetime) -> rules.Agenda | None:
    """The agenda as it stood at this moment; None where there was none yet."""
    versions = (
        Version.objects.filter(at__lte=moment, snapshot__isnull=False)
        .exclude(until__lte=moment)
        .values_list("snapshot", flat=True)
    )
    found = rules.in_tree_order(rules.Element.from_json(data) for data in versions if data)
    if not found:
        return None
    return rules.Agenda(
        elements={element.uid: element for element in found},
        sources={source.key: source_of(source) for source in Source.objects.all()},
    )


def versions(uid: str) -> QuerySet[Version]:
    """All versions of one element, the newest first."""
    return Version.objects.filter(uid=uid).order_by("-id")


def has_demo() -> bool:
    """Whether anything in the agenda is an invented example."""
    return Element.objects.filter(removed_at__isnull=True, demo=True).exists()
