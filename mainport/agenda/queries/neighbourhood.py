# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One element with all that stands around it, as its page shows it. All of it is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Q

from mainport.agenda.models import Element, Link, Version
from mainport.agenda.queries.elements import elements
from mainport.agenda.rules.elements import Kind

#: Digits that one level takes in `Element.tree_key`.
LEVEL = 7


class Gone(LookupError):
    """The element was in the agenda and was taken out."""

    def __init__(self, element: Element, version: Version | None) -> None:
        self.element = element
        self.version = version
        super().__init__(f"{element.uid} is no longer in the agenda")


@dataclass(frozen=True)
class Neighbourhood:
    """An element with what stands above, beside and below it, and what it points at or is pointed at by.

    `links` are its own and those of what lies below it; `pointing` are those of others at it.
    Both carry their elements, and `pointing` the parents of those too.
    """

    element: Element
    above: tuple[Element, ...]
    beside: tuple[Element, ...]
    below: tuple[Element, ...]
    links: tuple[Link, ...]
    pointing: tuple[Link, ...]

    @property
    def plan(self) -> Element | None:
        return next(iter(self.children(Kind.PLAN)), None)

    def children(self, *kinds: Kind) -> list[Element]:
        """What hangs directly on it, of these kinds."""
        return [e for e in self.below if e.parent_id == self.element.pk and (not kinds or e.kind in kinds)]

    def all_below(self, *kinds: Kind) -> list[Element]:
        return [e for e in self.below if e.kind in kinds]

    def targets(self, role: str, of: Element | None = None) -> list[Element]:
        """What it, or another element below it, names in this field."""
        holder = of or self.element
        return [link.target for link in self.links if link.element_id == holder.pk and link.role == role]


def element_at(kind: Kind, key: str) -> Element:
    """The element of this kind and key. Raises Element.DoesNotExist; Gone where it was taken out."""
    element = Element.objects.select_related("source", "parent").get(kind=kind, key=key)
    if element.removed_at:
        raise Gone(element, Version.objects.filter(uid=element.uid, snapshot__isnull=True).order_by("-id").first())
    return element


def neighbourhood(element: Element) -> Neighbourhood:
    """Two queries. Milestones below are left out: see `milestones_of`. What is above has `holds_demo`."""
    own = element.tree_key
    prefixes = [own[:end] for end in range(LEVEL, len(own), LEVEL)]
    rows = list(
        elements()
        .filter(
            Q(tree_key__in=prefixes)
            | Q(parent=element.parent_id, kind=element.kind)
            | Q(tree_key__startswith=own) & ~Q(kind=Kind.MILESTONE)
        )
        .select_related("source")
        .annotate(holds_demo=Exists(Element.objects.filter(removed_at__isnull=True, demo=True)))
    )
    links = list(
        Link.objects.filter(element__removed_at=None, target__removed_at=None)
        .filter(Q(element__tree_key__startswith=own) & ~Q(element__kind=Kind.MILESTONE) | Q(target=element))
        .select_related("element__parent", "target")
        .order_by("element__tree_key", "role", "position")
    )
    return Neighbourhood(
        element=element,
        above=tuple(row for row in rows if row.tree_key in prefixes),
        beside=tuple(r for r in rows if r.parent_id == element.parent_id and r.kind == element.kind),
        below=tuple(row for row in rows if len(row.tree_key) > len(own) and row.tree_key.startswith(own)),
        links=tuple(link for link in links if link.element.tree_key.startswith(own)),
        pointing=tuple(link for link in links if link.target_id == element.pk),
    )


def links_of(holders: Iterable[Element], *roles: str) -> dict[int, dict[str, list[Element]]]:
    """What these elements name: by their id and by field. One query."""
    found: dict[int, dict[str, list[Element]]] = {}
    links = (
        Link.objects.filter(element__in=[holder.pk for holder in holders], target__removed_at=None)
        .select_related("target")
        .order_by("element", "role", "position")
    )
    for link in links.filter(role__in=roles) if roles else links:
        found.setdefault(link.element_id, {}).setdefault(link.role, []).append(link.target)
    return found
