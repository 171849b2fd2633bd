# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Searching works, courses and programmes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from mainport.api.answers import answer
from mainport.api.parameters import WITHOUT_NUL, Day
from mainport.catalogue.models import Record
from mainport.catalogue.queries.records import published
from mainport.catalogue.search import catalogue
from mainport.catalogue.search.answers import Answer, Hit, Passage, Request, Sort
from mainport.catalogue.search.documents import FACETS, day_number

router = Router(tags=["catalogue"])

#: Nobody turns further; who wants all of it harvests it.
DEEPEST = 10_000
_KINDS = {"work": ("kind", "work"), "course": ("type", "course"), "programme": ("type", "programme")}

Value = Annotated[str, Field(min_length=1, max_length=200, pattern=WITHOUT_NUL)]
Facet = Literal[
    "type", "year", "language", "provider", "organisation", "source", "sector", "goal", "task", "access", "licence",
    "level", "mode", "town", "price", "competence", "subject", "author",
]  # fmt: skip
Kind = Literal["work", "course", "programme"]


class Count(Schema):
    """How many results have a value."""

    value: Annotated[str, Field(examples=["2024"])]
    count: int


class Why(Schema):
    """What one ranker made of a result."""

    rank: Annotated[int | None, Field(description="From 1; absent where it did not find the result.")]
    score: float
    weight: float


class Found(Schema):
    """One record that was found."""

    id: Annotated[str, Field(description="Kind and key.", examples=["work:energie-in-delfzijl-a0eff81c"])]
    kind: Kind
    title: Annotated[dict[str, str], Field(examples=[{"nl": "Energie", "en": "Energy"}])]
    url: Annotated[str, Field(json_schema_extra={"format": "uri"})]
    passage: Annotated[str | None, Field(description="Where the words stand.")]
    passageLanguage: Annotated[str | None, Field(examples=["nl"])]  # noqa: N815
    provider: str | None
    published: Annotated[date | None, Field(description="The first day that it can be.")]
    demo: Annotated[bool, Field(description="Whether it is an invented example.")]
    score: float
    byMeaningOnly: Annotated[bool, Field(description="It says the same in other words.")]  # noqa: N815
    words: Annotated[Why | None, Field(description="Why it stands here: its words.")]
    meaning: Annotated[Why | None, Field(description="Why it stands here: its meaning.")]


class Results(Schema):
    """What was found: one page of it."""

    count: int
    everyWord: Annotated[bool, Field(description="Whether results hold every word that was asked for.")]  # noqa: N815
    dropped: Annotated[list[str], Field(description="Words that no record holds.")]
    didYouMean: Annotated[str | None, Field(description="A better spelling.")]  # noqa: N815
    facets: dict[str, list[Count]]
    items: list[Found]


class Filters(Schema):
    """What narrows the results."""

    type: list[Value] = Field([], description="Of this type, such as thesis or report; it may be named again.")
    year: list[Value] = Field([], description="Published in this year; it may be named again.")
    language: list[Value] = Field([], description="In this language; it may be named again.")
    provider: list[Value] = Field([], description="Given or kept by this organisation; it may be named again.")
    organisation: list[Value] = Field([], description="With a part of this organisation; it may be named again.")
    sector: list[Value] = Field([], description="For this sector (its key); it may be named again.")
    goal: list[Value] = Field([], description="For this goal (its key); it may be named again.")
    task: list[Value] = Field([], description="For this task (its code); it may be named again.")
    access: list[Value] = Field([], description="That may be read so; it may be named again.")
    level: list[Value] = Field([], description="At this level; it may be named again.")
    mode: list[Value] = Field([], description="Given so: on-site, online or blended; it may be named again.")
    town: list[Value] = Field([], description="Given in this town; it may be named again.")
    price: list[Value] = Field([], description="free, paid or unknown; it may be named again.")
    competence: list[Value] = Field([], description="For this competence of DigComp 2.2; it may be named again.")
    subject: list[Value] = Field([], description="On this subject; it may be named again.")
    author: list[Value] = Field([], description="By this author; it may be named again.")


@router.get("/catalogue/search", response=Results, operation_id="searchCatalogue", summary="Search works and courses")
def search_catalogue(
    request: HttpRequest,
    filters: Query[Filters],
    q: Annotated[
        Annotated[str, Field(max_length=500, pattern=WITHOUT_NUL)] | None,
        Query(None, description="Words in Dutch or English; without them, everything.", example="waterstof"),
    ],
    lang: Annotated[Literal["nl", "en"], Query("nl", description="The language of who asks.")],
    kind: Annotated[Kind | None, Query(None, description="Only works, courses or programmes.")],
    starts_from: Annotated[Day | None, Query(None, alias="startsFrom", description="Starts on this day or later.")],
    starts_until: Annotated[Day | None, Query(None, alias="startsUntil", description="Starts before or on this day.")],
    sort: Annotated[Literal["best", "newest", "oldest", "start"], Query("best", description="The order.")],
    facet: Annotated[list[Facet], Query([], description="Count the values of this facet; it may be named again.")],
    page: Annotated[Annotated[int, Field(ge=1, le=500)], Query(1, description="Which page, from 1.")],
    page_size: Annotated[
        Annotated[int, Field(ge=1, le=100)],
        Query(20, alias="pageSize", description="How many on one page, at most 100."),
    ],
) -> HttpResponse:
    """Public works, courses and programmes, by words and by meaning across Dutch and English, and why each is found."""
    chosen = {name: tuple(values) for name, values in filters.dict().items() if values}
    if kind:
        name, value = _KINDS[kind]
        if name in chosen and value not in chosen[name]:
            return answer(_empty())
        chosen[name] = (value,)
    starts = tuple(day_number(day) if day else None for day in (starts_from, starts_until))
    offset = (page - 1) * page_size
    asked = Request(
        words=q or "",
        language=lang,
        filters=chosen,
        ranges={"start": (starts[0], starts[1])} if any(day is not None for day in starts) else {},
        facets=tuple(dict.fromkeys(name for name in facet if name in FACETS)),
        sort=Sort(sort),
        offset=offset,
        limit=page_size,
    )
    found = catalogue.search(asked) if offset < DEEPEST else Answer()
    return answer(_whole(found))


def _empty() -> dict[str, Any]:
    return _whole(Answer())


def _whole(found: Answer) -> dict[str, Any]:
    rows = published().in_bulk([hit.uid for hit in found.hits])
    return {
        "count": found.total,
        "everyWord": found.every_word,
        "dropped": list(found.dropped),
        "didYouMean": found.did_you_mean,
        "facets": {
            one.name: [{"value": value.value, "count": value.count} for value in one.values] for one in found.facets
        },
        "items": [_item(hit, rows[hit.uid]) for hit in found.hits if hit.uid in rows],
    }


def _item(hit: Hit, record: Record) -> dict[str, Any]:
    why = hit.explanation
    return {
        "id": f"{record.kind}:{record.key}",
        "kind": record.kind,
        "title": record.titles,
        "url": f"{settings.SITE_URL}{reverse('record', kwargs={'key': record.key})}",
        "passage": _plain(hit.passage),
        "passageLanguage": hit.passage.language if hit.passage else None,
        "provider": record.provider or None,
        "published": record.published,
        "demo": record.demo,
        "score": round(hit.score, 4),
        "byMeaningOnly": hit.by_meaning_only,
        "words": why and {"rank": why.words_rank, "score": why.words_score, "weight": why.words_weight},
        "meaning": why and {"rank": why.meaning_rank, "score": why.meaning_score, "weight": why.meaning_weight},
    }


def _plain(passage: Passage | None) -> str | None:
    return "".join(piece.text for piece in passage.pieces) if passage else None
