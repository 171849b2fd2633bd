# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The one search box, with a tab for each place to look."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.search import search as search_agenda
from mainport.catalogue.search import catalogue
from mainport.catalogue.search.answers import Answer, Request
from mainport.catalogue.search.asking import KINDS, SORTS, Place, place_of, request_of, words_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.search import results_in_agenda, search_in_agenda
from mainport.web.agenda.views.parts import site_of
from mainport.web.catalogue.search import narrowing, words
from mainport.web.catalogue.search.results import Result, results_of
from mainport.web.pages import Page

PAGE_SIZE = 20
#: Shown of each place on the tab with everything.
OF_EACH = 4
#: Nobody turns so many pages.
LAST_PAGE = 500


@dataclass(frozen=True)
class Tab:
    """A place to look; `count` where it is known."""

    place: str
    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Part:
    """What one place holds of it, on the tab with everything."""

    place: str
    label: str
    url: str
    total: int
    results: list[Any]


@require_safe
def search_page(request: HttpRequest) -> Page | HttpResponse:
    """What was asked is in the address: q, tab, facets, sort, page."""
    place = place_of(parameters_of(request))
    if place is Place.AGENDA:
        page = search_in_agenda(request)
        return replace(page, context={**page.context, "tabs": tabs(request, place), "place": place.value})
    return _everything(request) if place is Place.EVERYTHING else _narrowed(request, place)


def parameters_of(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value) for value in values] for name, values in request.GET.lists()}


def tabs(request: HttpRequest, current: Place, counts: Mapping[Place, int] | None = None, meant: str = "") -> list[Tab]:
    """The tabs; another one asks the same words anew, or what was meant."""
    found = []
    for place, label in words.TABS.items():
        query = request.GET.copy()
        for name in [*query]:
            if name != "q":
                del query[name]
        if meant:
            query["q"] = meant
        if place is not Place.EVERYTHING:
            query["tab"] = place.value
        url = f"{reverse('search')}?{query.urlencode()}" if query else reverse("search")
        found.append(Tab(place.value, str(label), url, place is current, (counts or {}).get(place)))
    return found


# --- Everything ---


def _everything(request: HttpRequest) -> Page:
    given = parameters_of(request)
    asked, language = words_of(given), get_language() or "en"
    alliance = agenda.alliance()
    parts, answers = ([], []) if not asked else _parts(request, given, language, alliance)
    meant = next((answer.did_you_mean for answer in answers if answer.did_you_mean), None)
    meant = meant if not any(part.total for part in parts) else None
    if meant and _is_for_reading(request):
        parts, _answers = _parts(request, {**given, "q": [meant]}, language, alliance, meant)
    counts = {Place(part.place): part.total for part in parts}
    total = sum(counts.values())
    context = {
        **_common(request, alliance, asked, Place.EVERYTHING),
        "tabs": tabs(request, Place.EVERYTHING, {**counts, Place.EVERYTHING: total} if asked else None, meant or ""),
        "parts": [part for part in parts if part.results],
        "total": total,
        "did_you_mean": _meant(request, meant),
        "instead": bool(meant and total),
    }
    results = [result for part in parts for result in part.results]
    data = {
        "words": asked,
        "tab": Place.EVERYTHING.value,
        "total": total,
        "counts": {place.value: count for place, count in counts.items()},
        "did_you_mean": meant,
        "results": [result.to_json() for result in results],
    }
    return Page("catalogue/search/everything.html", context, data, [_short_row(result) for result in results])


def _parts(
    request: HttpRequest, given: dict[str, list[str]], language: str, alliance: Element | None, meant: str = ""
) -> tuple[list[Part], list[Answer]]:
    urls = {tab.place: tab.url for tab in tabs(request, Place.EVERYTHING, meant=meant)}
    found = search_agenda(words_of(given), language=language, limit=OF_EACH, alliance=alliance)
    # Some of the words is too few: the agenda is small, and any word of a question stands somewhere in it.
    hits, total = (found.hits, found.total) if found.every_word else ((), 0)
    mine = results_in_agenda(hits, with_states=False)
    agenda_part = Part("agenda", str(words.TABS[Place.AGENDA]), urls["agenda"], total, mine)
    asked = {place: request_of({"q": given.get("q", [])}, language, place=place) for place in KINDS}
    answers = catalogue.search_each([replace(one, facets=(), limit=OF_EACH) for one in asked.values()])
    every = results_of(Answer(hits=tuple(hit for answer in answers for hit in answer.hits)))
    parts = [agenda_part]
    for place, answer in zip(asked, answers, strict=True):
        uids = {hit.uid for hit in answer.hits}
        its = [result for result in every if result.record.pk in uids]
        parts.append(Part(place.value, str(words.TABS[place]), urls[place.value], answer.total, its))
    return parts, answers


def _short_row(result: Any) -> dict[str, Any]:
    told = result.to_row()
    return {name: told.get(name) for name in ("uid", "kind", "id", "title", "passage", "url")}


# --- Research, courses ---


def _narrowed(request: HttpRequest, place: Place) -> Page:
    given, language = parameters_of(request), get_language() or "en"
    alliance = agenda.alliance()
    number = _page_number(request.GET.get("page", ""))
    wanted = replace(request_of(given, language, place=place), offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    answer = catalogue.search(wanted)
    meant = answer.did_you_mean
    instead = bool(meant and not answer.total and _is_for_reading(request))
    if instead:
        wanted = replace(wanted, words=str(meant))
        answer = catalogue.search(wanted)
    results = results_of(answer)
    label = words.labeller(narrowing.pairs(answer, wanted))
    groups = narrowing.groups(answer, place, label, wanted.facet_size)
    pages = Paginator(range(min(answer.total, LAST_PAGE * PAGE_SIZE)), PAGE_SIZE)
    reasons = answer.weighing.reasons if answer.weighing else ()
    context = {
        **_common(request, alliance, words_of(given), place),
        "tabs": tabs(request, place, meant=wanted.words if instead else ""),
        "answer": answer,
        "total": answer.total,
        "results": results,
        "reasons": [words.REASONS[code] for code in reasons if code in words.REASONS],
        "groups": groups,
        "chips": narrowing.chips(wanted, request.GET, label),
        "bare_url": narrowing.bare(request.GET),
        "sorts": [(sort.value, str(words.SORTS[sort]), sort is wanted.sort) for sort in SORTS[place]],
        "starts_from": _day(request, "starts_from"),
        "starts_until": _day(request, "starts_until"),
        "page_obj": pages.get_page(number),
        "did_you_mean": _meant(request, meant),
        "instead": bool(instead and answer.total),
        "feed_url": f"{reverse('search_feed')}?{request.GET.urlencode()}",
        "save_query": request.GET.urlencode(),
    }
    data = _data(wanted, answer, results, place, number, pages.num_pages)
    return Page("catalogue/search/page.html", context, data, [result.to_row() for result in results])


def _common(request: HttpRequest, alliance: Element | None, asked: str, place: Place) -> dict[str, Any]:
    site = site_of(alliance) | {"demo": getattr(alliance, "holds_demo", False)} if alliance else {}
    return {
        **site,
        "asked": asked,
        "place": place.value,
        "questionnaire_url": url_or_nothing("learn"),
        "saved_url": reverse("saved_searches") if request.user.is_authenticated else "",
    }


def _data(
    wanted: Request, answer: Answer, results: list[Result], place: Place, number: int, pages: int
) -> dict[str, Any]:
    return {
        "words": wanted.words,
        "tab": place.value,
        "total": answer.total,
        "every_word": answer.every_word,
        "dropped": list(answer.dropped),
        "did_you_mean": answer.did_you_mean,
        "sort": wanted.sort.value,
        "page": number,
        "pages": pages,
        "facets": {
            facet.name: [
                {
                    "value": one.value,
                    "label": words.value_label(facet.name, one.value),
                    "count": one.count,
                    "chosen": one.chosen,
                }
                for one in facet.values
            ]
            for facet in answer.facets
        },
        "results": [result.to_json() for result in results],
    }


def _meant(request: HttpRequest, better: str | None) -> tuple[str, str] | None:
    """The better spelling and the address that asks for it."""
    if not better:
        return None
    query = request.GET.copy()
    query["q"] = better
    # The sentence around it ends with a question mark of its own.
    return better.rstrip(" ?"), narrowing.address(query)


def _is_for_reading(request: HttpRequest) -> bool:
    """Whether a person looks at it, who sees that other words were asked; programs get what they asked."""
    return not request.path.endswith((".json", ".csv"))


def _page_number(written: str) -> int:
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 1
    return min(max(1, number), LAST_PAGE)


def _day(request: HttpRequest, name: str) -> str:
    found = narrowing.parse_date_or_none(request.GET.get(name, ""))
    return found.isoformat() if found else ""
