# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All elements of one kind on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import SHAPES
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.bands import BigFigure
from mainport.web.agenda.editing import Way, add
from mainport.web.agenda.facts import row, source_json
from mainport.web.agenda.views.home import figure_of
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import say, words

_TEMPLATES = {
    Kind.FLAGSHIP: "agenda/lists/flagships.html",
    Kind.PARTNER: "agenda/lists/partners.html",
    Kind.PLACE: "agenda/lists/places.html",
    Kind.FIGURE: "agenda/lists/figures.html",
}


@dataclass(frozen=True)
class Entry:
    """One element of a list, with what it names."""

    element: Element
    names: dict[str, list[Element]]
    figure: BigFigure | None = None

    @property
    def place(self) -> Element | None:
        return next(iter(self.names.get("place", [])), None)

    @property
    def lead(self) -> Element | None:
        return next(iter(self.names.get("lead", [])), None)


@dataclass(frozen=True)
class Group:
    """Entries under one heading."""

    label: str | SafeString
    url: str
    entries: list[Entry]


def list_page(kind: Kind) -> Callable[[HttpRequest], Page]:
    """The page of all elements of this kind."""

    def page(request: HttpRequest) -> Page:
        elements = list(queries.elements(kind).select_related("source", "parent"))
        names = queries.links_of(elements)
        entries = [Entry(e, names.get(e.pk, {}), figure_of(e) if kind == Kind.FIGURE else None) for e in elements]
        context: dict[str, Any] = {
            "kind": kind,
            "page_title": labels.several(kind),
            "lead": labels.KIND_LEADS[kind],
            "breadcrumbs": crumbs(Crumb(labels.several(kind))),
            "entries": entries,
            "groups": _groups(kind, entries),
            "count": len(elements),
        }
        if kind in SHAPES[Kind.ALLIANCE].children.values() and actor_of(request.user).may(Permission.EDIT_AGENDA):
            context["add"] = add_here(kind)
        if kind == Kind.PARTNER:
            context["pledged"] = _pledged(elements)
        return Page(
            template=_TEMPLATES.get(kind, "agenda/lists/elements.html"),
            context=context,
            data={"kind": kind.value, "count": len(elements), "elements": [_json(entry) for entry in entries]},
            rows=[row(e, **{k: v for k, v in _flat(e).items() if k != "kind"}) for e in elements],
        )

    return require_safe(page)


def add_here(kind: Kind) -> Way | None:
    """Where one of this kind is added to the alliance."""
    alliance = queries.alliance()
    return add(kind, alliance.uid) if alliance else None


def _groups(kind: Kind, entries: Sequence[Entry]) -> list[Group]:
    """Places by sector or field, flagships by what they hang under; other kinds in one group."""
    if kind == Kind.PLACE:
        key = _heading_of_place
    elif kind in (Kind.FLAGSHIP, Kind.PROJECT):
        key = _heading_of_parent
    else:
        return [Group("", "", list(entries))] if entries else []
    found: dict[str, Group] = {}
    for entry in entries:
        label, url = key(entry)
        found.setdefault(str(label), Group(label, url, [])).entries.append(entry)
    return list(found.values())


def _heading_of_place(entry: Entry) -> tuple[str | SafeString, str]:
    sector = next(iter(entry.names.get("sector", [])), None)
    if sector:
        return say(sector.title), url_of(sector)
    written = entry.element.attributes.get("field")
    return (labels.value("field", written) if written else _("Other places")), ""


def _heading_of_parent(entry: Entry) -> tuple[str | SafeString, str]:
    parent = entry.element.parent
    return (say(parent.title), url_of(parent)) if parent else ("", "")


def _json(entry: Entry) -> dict[str, Any]:
    element = entry.element
    return {
        "uid": element.uid,
        "title": element.title,
        "summary": element.summary,
        **{name: value for name, value in element.attributes.items() if name not in ("title", "summary")},
        **{name: [target.uid for target in targets] for name, targets in entry.names.items()},
        "source": source_json(element),
        "demo": element.demo,
    }


def _flat(element: Element) -> dict[str, Any]:
    """The attributes as cells of a table; texts in the reader's language."""
    return {
        name: words(value) if isinstance(value, dict) else value
        for name, value in element.attributes.items()
        if not isinstance(value, list)
    }


def _pledged(partners: Sequence[Element]) -> dict[int, dict[str, Any]]:
    """What each partner pledged, by its id, and with whom."""
    contributions = list(queries.elements(Kind.CONTRIBUTION))
    paid_by = queries.links_of(contributions, "partners")
    found = {}
    for contribution in contributions:
        payers = paid_by.get(contribution.pk, {}).get("partners", [])
        for payer in payers:
            found[payer.pk] = {"element": contribution, "together": [p for p in payers if p.pk != payer.pk]}
    return found
