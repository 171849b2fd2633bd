# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the parameters of an address ask for: of the search page, of its data, of the API and of a saved search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from mainport.catalogue.search.answers import Request, Sort
from mainport.catalogue.search.documents import FACETS, day_number

#: Longer questions are cut off; nobody types them.
LONGEST_QUESTION = 500
#: So many values of one facet can be chosen at once.
MOST_CHOICES = 50

Parameters = Mapping[str, list[str]]


class Place(StrEnum):
    """Where to look: the tabs of the search page."""

    EVERYTHING = "everything"
    AGENDA = "agenda"
    RESEARCH = "research"
    COURSES = "courses"


#: The facets that each tab offers, in the order of the page.
OFFERED: dict[Place, tuple[str, ...]] = {
    Place.RESEARCH: ("type", "year", "organisation", "subject", "language", "sector", "task", "access"),
    Place.COURSES: ("competence", "level", "town", "mode", "price", "language", "provider"),
}
#: What the catalogue calls what a tab holds.
KINDS = {Place.RESEARCH: "work", Place.COURSES: "course"}
#: How a tab can be sorted.
SORTS: dict[Place, tuple[Sort, ...]] = {
    Place.RESEARCH: (Sort.BEST, Sort.NEWEST, Sort.OLDEST),
    Place.COURSES: (Sort.BEST, Sort.START, Sort.NEWEST),
}
#: Facets that an address may filter by; `kind` is said by the tab.
FILTERS = tuple(name for name in FACETS if name != "kind")


def place_of(parameters: Parameters) -> Place:
    """The tab; an address of before there were tabs, with a kind of the agenda, means the agenda."""
    written = _last(parameters, "tab")
    if written in list(Place):
        return Place(written)
    return Place.AGENDA if _last(parameters, "kind") else Place.EVERYTHING


def words_of(parameters: Parameters) -> str:
    """What was typed, without what is no text at all."""
    return _last(parameters, "q").replace("\0", " ").encode(errors="replace").decode()[:LONGEST_QUESTION].strip()


def request_of(parameters: Parameters, language: str, *, place: Place | None = None) -> Request:
    """The question. What can't be read is left out; nothing is refused."""
    place = place or place_of(parameters)
    filters = {name: chosen for name in FILTERS if (chosen := _chosen(parameters, name))}
    if place in KINDS:
        filters["kind"] = (KINDS[place],)
    starts = _day(parameters, "starts_from"), _day(parameters, "starts_until")
    sort = _last(parameters, "sort")
    sorts = SORTS.get(place, tuple(Sort))
    return Request(
        words=words_of(parameters),
        language=language,
        filters=filters,
        ranges={"start": starts} if any(starts) else {},
        facets=OFFERED.get(place, ()),
        sort=Sort(sort) if sort in sorts else Sort.BEST,
    )


def kept(parameters: Parameters) -> dict[str, list[str]]:
    """What a saved search keeps of an address: the question, without the page that was open."""
    place = place_of(parameters)
    found: dict[str, list[str]] = {"q": [words_of(parameters)], "tab": [place.value]}
    for name in FILTERS:
        if chosen := _chosen(parameters, name):
            found[name] = list(chosen)
    for name in ("starts_from", "starts_until"):
        if _day(parameters, name) is not None:
            found[name] = [_last(parameters, name)]
    return found


def only(request: Request, changed_since: date) -> Request:
    """The same question, of records that changed on this day or later, the newest first."""
    ranges = {**request.ranges, "changed": (day_number(changed_since), None)}
    return replace(request, ranges=ranges, facets=(), sort=Sort.NEWEST, offset=0)


def _last(parameters: Parameters, name: str) -> str:
    values = parameters.get(name) or [""]
    return values[-1].strip()


def _chosen(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(_clean(parameters.get(name, ())))[:MOST_CHOICES]


def _clean(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value.strip()[:200] for value in values if value.strip() and "\0" not in value))


def _day(parameters: Parameters, name: str) -> int | None:
    try:
        return day_number(date.fromisoformat(_last(parameters, name)))
    except ValueError:
        return None
