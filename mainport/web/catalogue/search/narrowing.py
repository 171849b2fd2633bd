# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Facets with their counts, what was chosen, and addresses without one choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from mainport.catalogue.search.answers import Answer, Facet, Request
from mainport.catalogue.search.asking import FILTERS, OFFERED, Place
from mainport.web.catalogue.search import words
from mainport.web.templatetags.mainport import when

#: Values that are shown before the visitor asks for more.
SHOWN = 7
#: Facets of which the order of the values tells more than their counts.
_ORDERED = {"year": True, "level": False, "competence": False}


@dataclass(frozen=True)
class Choice:
    """A value of a facet; `id` is that of its checkbox."""

    id: str
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet as the page shows it: what is chosen and what is most frequent first, the rest behind a disclosure."""

    name: str
    label: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    open: bool
    cut: bool = False  # There are more values than are told.


@dataclass(frozen=True)
class Chip:
    """Something that narrows the answer, and the address without it."""

    facet: str
    label: str
    url: str


def groups(answer: Answer, place: Place, label: Callable[[str, str], str], most: int) -> list[Group]:
    """The facets of this tab that have something to choose; `most` values of each were counted."""
    by_name = {facet.name: facet for facet in answer.facets}
    found = [_group(by_name[name], label, most) for name in OFFERED.get(place, ()) if name in by_name]
    return [group for group in found if len(group.first) + len(group.rest) > 1 or any(c.chosen for c in group.first)]


def _group(facet: Facet, label: Callable[[str, str], str], most: int) -> Group:
    values = list(facet.values)
    if facet.name in _ORDERED:
        values.sort(key=lambda value: value.value, reverse=_ORDERED[facet.name])
    choices = [
        Choice(f"{facet.name}-{number}", one.value, label(facet.name, one.value), one.count, one.chosen)
        for number, one in enumerate(values)
    ]
    chosen = [choice for choice in choices if choice.chosen]
    others = [choice for choice in choices if not choice.chosen]
    room = max(0, SHOWN - len(chosen))
    # One more than fits isn't worth a disclosure.
    room = len(others) if len(others) == room + 1 else room
    return Group(
        name=facet.name,
        label=str(words.FACETS[facet.name]),
        first=(*chosen, *others[:room]),
        rest=tuple(others[room:]),
        open=bool(chosen),
        cut=len(choices) >= most,
    )


def chips(request: Request, query: QueryDict, label: Callable[[str, str], str]) -> list[Chip]:
    """What was chosen, each with the way back."""
    found = [
        Chip(str(words.FACETS[name]), label(name, value), without(query, name, value))
        for name in FILTERS
        for value in request.filters.get(name, ())
    ]
    for name, said in (("starts_from", _("Starts from %(day)s")), ("starts_until", _("Starts before %(day)s"))):
        if day := parse_date_or_none(query.get(name, "")):
            found.append(Chip("", said % {"day": when(day)}, without(query, name)))
    return found


def parse_date_or_none(written: str) -> Any:
    try:
        return parse_date(written)
    except ValueError:
        return None


def without(query: QueryDict, name: str, value: str | None = None) -> str:
    """The same question without one choice, on its first page."""
    left = query.copy()
    kept = [one for one in left.getlist(name) if value is not None and one.strip() != value]
    left.setlist(name, kept)
    return address(left)


def bare(query: QueryDict) -> str:
    """The same words in the same tab, without anything that narrows."""
    left = query.copy()
    for name in [*left]:
        if name not in ("q", "tab"):
            del left[name]
    return address(left)


def address(query: QueryDict) -> str:
    query = query.copy()
    query.pop("page", None)
    return f"?{query.urlencode()}"


def pairs(answer: Answer, request: Request) -> Iterable[tuple[str, str]]:
    """Every facet and value of which the page needs the label."""
    yield from ((facet.name, one.value) for facet in answer.facets for one in facet.values)
    yield from ((name, value) for name, values in request.filters.items() for value in values)
