# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The records that were found, as the page and its data show them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, dropwhile
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, prefetch_related_objects
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from mainport.catalogue.models import KeptFile, Offering, Record
from mainport.catalogue.queries.records import published, value
from mainport.catalogue.rules.texts import UNKNOWN
from mainport.catalogue.rules.works import Access, Work
from mainport.catalogue.search.answers import Answer, Explanation, Hit, Passage
from mainport.web.catalogue.search import words
from mainport.web.templatetags.mainport import say
from mainport.web.templatetags.mainport import words as words_of

PAGE_BREAK = "\f"
#: Names shown of the authors of a work.
MOST_AUTHORS = 4
#: Characters of a passage by which its page is looked for.
_TELLING = 60


@dataclass(frozen=True)
class Result:
    """One record that was found. `language` is that of the passage, where it isn't the reader's."""

    record: Record
    url: str
    kind: str
    title: str | SafeString
    plain_title: str
    passage: str | SafeString = ""
    plain_passage: str = ""
    language: str = ""
    page: int | None = None
    authors: tuple[str, ...] = ()
    more_authors: int = 0
    organisation: str = ""
    year: int | None = None
    offering: Offering | None = None
    towns: tuple[str, ...] = ()
    by_meaning_only: bool = False
    found: tuple[str, ...] = ()
    explanation: Explanation | None = None

    @property
    def language_name(self) -> str:
        return words.language_name(self.language)

    def to_json(self) -> dict[str, Any]:
        given = self.offering
        return {
            "uid": f"{self.record.kind}:{self.record.key}",
            "kind": self.record.kind,
            "id": self.record.key,
            "type": self.record.type or self.record.kind,
            "title": self.record.titles,
            "passage": self.plain_passage,
            "language": self.language or None,
            "page": self.page,
            "authors": list(self.authors),
            "organisation": self.organisation or None,
            "year": self.year,
            "starts": given.starts if given else None,
            "towns": list(self.towns),
            "demo": self.record.demo,
            "url": f"{settings.SITE_URL}{self.url}" if self.url else None,
            "by_meaning_only": self.by_meaning_only,
            "explanation": explained(self.explanation, self.found),
        }

    def to_row(self) -> dict[str, Any]:
        told = self.to_json()
        names = ("uid", "kind", "id", "type", "passage", "page", "organisation", "year", "starts", "url")
        row = {name: told[name] for name in names}
        more = {"authors": "; ".join(self.authors), "towns": "; ".join(self.towns)}
        return {**row, "title": self.plain_title, **more}


def explained(explanation: Explanation | None, found: Iterable[str]) -> dict[str, Any] | None:
    """Why a hit stands where it stands, as data."""
    if explanation is None:
        return None
    return {
        "score": explanation.score,
        "words": {
            "rank": explanation.words_rank,
            "score": explanation.words_score,
            "weight": explanation.words_weight,
            "found": list(found),
        },
        "meaning": {
            "rank": explanation.meaning_rank,
            "score": explanation.meaning_score,
            "weight": explanation.meaning_weight,
        },
    }


def record_url(record: Record) -> str:
    """The page of a record; '' where this installation has none for its kind."""
    try:
        return reverse(record.kind, kwargs={"key": record.key})
    except NoReverseMatch:
        return ""


def results_of(answer: Answer) -> list[Result]:
    """The hits with what the database says of them now; what is no longer public is left out. Three queries at most."""
    rows = _rows([hit.uid for hit in answer.hits])
    found = [(hit, rows[hit.uid]) for hit in answer.hits if hit.uid in rows]
    texts = _texts(hit.uid for hit, _row in found if hit.passage and hit.passage.field == "fulltext")
    today = timezone.localdate()
    return [_result(hit, row, texts.get(hit.uid, ()), today) for hit, row in found]


def _rows(uids: Sequence[int]) -> dict[int, Record]:
    """The records that are public still; what can be learnt with its offerings."""
    rows = {row.pk: row for row in published().filter(pk__in=uids).defer("own")} if uids else {}
    learnt = [row for row in rows.values() if row.kind != Record.Kind.WORK]
    given = Offering.objects.filter(cancelled=False).defer("content")
    given = given.annotate(any_moment=ExpressionWrapper(Q(content__flexible_start=True), BooleanField()))
    offerings = Prefetch("offerings", given, to_attr="given")
    prefetch_related_objects(learnt, offerings)
    return rows


def _texts(uids: Iterable[int]) -> dict[int, list[str]]:
    """The words of the files of these records that everybody may read, by record."""
    wanted = list(uids)
    found: dict[int, list[str]] = {}
    if wanted:
        kept = KeptFile.objects.filter(record__in=wanted, current=True, access__in=[Access.OPEN, Access.EMBARGOED])
        for record, text in kept.values_list("record_id", "text"):
            found.setdefault(record, []).append(text)
    return found


def _result(hit: Hit, row: Record, texts: Iterable[str], today: date) -> Result:
    reader = get_language() or "en"
    said = value(row)
    common: dict[str, Any] = {}
    if isinstance(said, Work):
        people = [author.name for author in said.authors]
        common = {
            "authors": tuple(people[:MOST_AUTHORS]),
            "more_authors": max(0, len(people) - MOST_AUTHORS),
            "year": said.published.year if said.published else None,
        }
    else:
        given = [one for one in row.given if not (one.ends and one.ends < today)]  # type: ignore[attr-defined]
        coming = [one for one in given if one.starts and one.starts >= today]
        common = {
            "offering": next(iter(coming), next(iter(given), None)),
            "towns": tuple(dict.fromkeys(one.town for one in given if one.town)),
        }
    passage = hit.passage
    elsewhere = passage.language if passage and passage.language not in (reader, UNKNOWN, "") else ""
    title = say(row.titles)
    if hit.title and hit.title.language in (reader, *_only(row.titles)):
        title = _in_language(marked(hit.title), hit.title.language, reader)
    return Result(
        record=row,
        url=record_url(row),
        kind=words.type_name(row.type or row.kind),
        title=title,
        plain_title=words_of(row.titles),
        passage=marked(passage) if passage else "",
        plain_passage="".join(piece.text for piece in passage.pieces) if passage else "",
        language=elsewhere,
        page=page_of(passage, texts) if passage else None,
        organisation=row.provider,
        by_meaning_only=hit.by_meaning_only,
        found=_marked_words(hit.title, passage),
        explanation=hit.explanation,
        **common,
    )


def marked(passage: Passage) -> SafeString:
    """The passage as HTML, with the words that were asked for marked."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", one.text) if one.marked else one.text,) for one in passage.pieces)
    )


def _marked_words(*passages: Passage | None) -> tuple[str, ...]:
    """The words that are marked, as they stand there."""
    pieces = [one for passage in passages if passage for one in passage.pieces if one.marked]
    return tuple({one.text.lower(): one.text for one in pieces if len(one.text) > 1}.values())


def page_of(passage: Passage, texts: Iterable[str]) -> int | None:
    """On which page of a file the passage stands; None where its text has no pages, or it isn't found there."""
    if passage.field != "fulltext":
        return None
    # From the first word that is marked: what stands before it may stand on the page before.
    pieces = list(dropwhile(lambda one: not one.marked, passage.pieces)) or passage.pieces
    telling = " ".join("".join(one.text for one in pieces).split()).strip("… ")[:_TELLING]
    for text in texts:
        pages = [" ".join(page.split()) for page in text.split(PAGE_BREAK)]
        at = " ".join(pages).find(telling)
        if len(pages) > 1 and telling and at >= 0:
            begins = list(accumulate((len(page) + 1 for page in pages), initial=0))
            return bisect_right(begins, at)
    return None


def _only(titles: dict[str, str]) -> tuple[str, ...]:
    """The language of a title that there is but one of."""
    return tuple(titles) if len(titles) == 1 else ()


def _in_language(title: SafeString, language: str, reader: str) -> SafeString:
    if language in (reader, UNKNOWN, "", "mul"):
        return title
    return format_html('<span lang="{}">{}</span>', language, title)
