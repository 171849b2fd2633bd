# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda's part of the search page."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mainport.agenda import queries
from mainport.agenda.models import Element
from mainport.agenda.queries import history
from mainport.agenda.rules.elements import PLANNED, Kind
from mainport.agenda.search import Answer, Hit, search
from mainport.web.agenda import labels
from mainport.web.agenda.addresses import url_of
from mainport.web.agenda.views.parts import site_of
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import is_code, say

PAGE_SIZE = 20


@dataclass(frozen=True)
class Choice:
    """A kind by which the results can be narrowed; `kind` is '' for all of them."""

    kind: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True)
class Result:
    """One element that was found, as the page shows it."""

    element: Element
    kind: str
    code: str
    title: SafeString
    passage: SafeString
    language: str | None
    state: str
    url: str

    def to_json(self) -> dict[str, Any]:
        return {
            "uid": self.element.uid,
            "kind": self.element.kind,
            "id": self.element.key,
            "title": self.element.title,
            "passage": _plain(self.passage),
            "state": self.state or None,
            "url": self.url,
        }

    def to_row(self) -> dict[str, Any]:
        return {
            "uid": self.element.uid,
            "kind": self.element.kind,
            "id": self.element.key,
            "title": _plain(self.title),
            "passage": _plain(self.passage),
            "state": self.state,
            "url": self.url,
        }


def search_in_agenda(request: HttpRequest) -> Page:
    """The tab of the agenda. What was asked is in the address: q, kind, page."""
    asked = request.GET.get("q", "").strip("\0")
    kind = _kind(request.GET.get("kind", ""))
    number = _number(request.GET.get("page", ""))
    alliance = queries.alliance()
    answer = search(
        asked,
        language=get_language() or "",
        kinds=[kind] if kind else [],
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
        alliance=alliance,
    )
    results = results_in_agenda(answer.hits)
    pages = Paginator(range(answer.total), PAGE_SIZE)
    return Page(
        template="agenda/search/page.html",
        context={
            **(site_of(alliance) | {"demo": getattr(alliance, "holds_demo", False)} if alliance else {}),
            "asked": asked,
            "answer": answer,
            "total": sum(answer.counts.values()),
            "results": results,
            "choices": _choices(answer, kind),
            "kind": kind,
            "page_obj": pages.get_page(number),
        },
        data=_data(asked, answer, results, number, pages.num_pages),
        rows=[result.to_row() for result in results],
    )


def _kind(written: str) -> Kind | None:
    return Kind(written) if written in list(Kind) else None


def _number(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 7 else 1


def results_in_agenda(hits: tuple[Hit, ...], *, with_states: bool = True) -> list[Result]:
    """The hits with their rows and states; what was removed in the meantime is left out."""
    rows = history.named([hit.uid for hit in hits]) if hits else {}
    states: Mapping[str, Any] = {}
    if with_states and any(row.kind in PLANNED for row in rows.values()):
        states = queries.standings(timezone.localdate())
    return [_result(hit, rows[hit.uid], states) for hit in hits if hit.uid in rows and not rows[hit.uid].removed_at]


def _result(hit: Hit, row: Element, states: Mapping[str, Any]) -> Result:
    planned = row.parent if row.kind == Kind.PLAN else None
    # `search` escapes the words of the agenda and adds nothing but <mark>.
    title = say(planned.title) if planned else mark_safe(hit.title)  # noqa: S308
    return Result(
        element=row,
        kind=labels.one(row.kind),
        code=row.key if is_code(row.key) and row.kind != Kind.PLAN else "",
        title=mark_safe(title),  # noqa: S308
        passage=mark_safe(hit.passage),  # noqa: S308
        language=hit.language,
        state=states[row.uid].state.value if row.uid in states else "",
        url=url_of(row),
    )


def _choices(answer: Answer, kind: Kind | None) -> list[Choice]:
    every = Choice("", "", sum(answer.counts.values()), kind is None)
    found = [
        Choice(k.value, labels.several(k) if count > 1 else labels.one(k), count, k is kind)
        for k, count in answer.counts.items()
    ]
    return [every, *sorted(found, key=lambda choice: -choice.count)]


def _plain(marked: str) -> str:
    return html.unescape(marked.replace("<mark>", "").replace("</mark>", ""))


def _data(asked: str, answer: Answer, results: list[Result], number: int, pages: int) -> dict[str, Any]:
    return {
        "words": asked,
        "total": answer.total,
        "every_word": answer.every_word,
        "counts": {kind.value: count for kind, count in answer.counts.items()},
        "page": number,
        "pages": pages,
        "results": [result.to_json() for result in results],
    }
