# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What any element says of itself and what others say of it, as labels and values: one way for every kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mainport.agenda.models import Element
from mainport.agenda.queries import Neighbourhood
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import SHAPES
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.templatetags.mainport import euro, is_code, number, say, when, words

_EURO = frozenset({"per_year", "total", "amount", "budget"})
_DATES = frozenset({"joined", "start", "end", "due", "horizon", "year"})
#: Shown elsewhere on the page of its kind, or for machines only.
_ELSEWHERE = frozenset(
    {"service", "risks", "languages", "towns", "value", "unit", "qualifier", "sort", "horizon", "core"}
)


@dataclass(frozen=True)
class Item:
    """One value; with an address where it has a page or is a website."""

    text: str | SafeString
    url: str = ""
    note: str = ""
    demo: bool = False  # that it is named here is an invented example


@dataclass(frozen=True)
class Fact:
    label: str
    items: tuple[Item, ...]
    numeric: bool = False


@dataclass(frozen=True)
class Pointed:
    """Elements that name this one, under one heading."""

    label: str
    items: tuple[Item, ...]

    @property
    def demo(self) -> bool:
        return all(item.demo for item in self.items)


def facts(around: Neighbourhood, leave_out: Iterable[str] = ()) -> list[Fact]:
    """Attributes and relations of the element itself, in the order of its kind's fields."""
    shape = SHAPES[Kind(around.element.kind)]
    skipped = _ELSEWHERE.union(leave_out)
    found = []
    for name in (*shape.relations, *shape.attributes):
        if name in skipped:
            continue
        if name in shape.relations:
            items = tuple(Item(say(e.title), url_of(e)) for e in around.targets(name))
        else:
            items = _values(name, around.element.attributes.get(name))
        if items:
            found.append(Fact(str(labels.FIELDS.get(name, name)), items, name in _EURO))
    return found


def _values(name: str, value: Any) -> tuple[Item, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return (Item(_("yes") if value else _("no")),)
    if isinstance(value, dict):
        return (Item(say(value)),)
    if isinstance(value, list):
        return tuple(Item(str(part)) for part in value)
    if name in _EURO:
        return (Item(euro(value)),)
    if name in _DATES:
        return (Item(when(value)),)
    if isinstance(value, int | float):
        return (Item(number(value)),)
    is_address = value.startswith(("https://", "http://"))
    return (Item(value.partition("://")[2].rstrip("/"), value) if is_address else Item(labels.value(name, value)),)


def pointed_at(around: Neighbourhood, leave_out: Iterable[tuple[str, Kind]] = ()) -> list[Pointed]:
    """What names this element: the headings in the order of `labels.POINTED_AT`, the elements in that of the agenda.

    A plan is shown as what it plans.
    """
    skipped = set(leave_out)
    found: dict[str, dict[str, Item]] = {}
    for link in around.pointing:
        key = (link.role, Kind(link.element.kind))
        if key in skipped or key not in labels.POINTED_AT:
            continue
        shown = link.element.parent if link.element.kind == Kind.PLAN else link.element
        assert shown is not None, "a plan hangs on what it plans"
        found.setdefault(str(labels.POINTED_AT[key]), {})[shown.uid] = item(shown, demo=link.element.demo)
    order = list(dict.fromkeys(str(label) for label in labels.POINTED_AT.values()))
    return [Pointed(label, tuple(found[label].values())) for label in order if label in found]


def item(element: Element, *, demo: bool = False) -> Item:
    """An element as one of a list: its title, its address, and of a task its code."""
    code = element.key if element.kind == Kind.TASK and is_code(element.key) else ""
    return Item(say(element.title), url_of(element), code, demo)


def to_json(element: Element, around: Neighbourhood) -> dict[str, Any]:
    """The element as data: its own fields, where it stands and what it names."""
    return {
        "uid": element.uid,
        "kind": element.kind,
        "id": element.key,
        "title": element.title,
        "summary": element.summary,
        "demo": element.demo,
        "source": source_json(element),
        **{name: value for name, value in element.attributes.items() if name not in ("kind", "title")},
        "above": [above.uid for above in around.above],
        "below": [child.uid for child in around.children()],
        "names": _named(around),
        "named_by": [{"field": link.role, "element": link.element.uid} for link in around.pointing],
    }


def _named(around: Neighbourhood) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in around.links:
        if link.element_id == around.element.pk:
            found.setdefault(link.role, []).append(link.target.uid)
    return found


def source_json(element: Element) -> dict[str, Any] | None:
    source = element.source
    if source is None:
        return None
    return {
        "id": source.key,
        "title": source.title,
        "document": source.document,
        "url": source.url,
        "published": source.published,
    }


def row(element: Element, **more: Any) -> dict[str, Any]:
    """The element as one line of a table."""
    return {
        "uid": element.uid,
        "kind": element.kind,
        "id": element.key,
        "title": words(element.title),
        **more,
        "source": words(element.source.title) if element.source else "",
        "demo": element.demo,
    }


def rows(elements: Sequence[Element]) -> list[dict[str, Any]]:
    return [row(element) for element in elements]
