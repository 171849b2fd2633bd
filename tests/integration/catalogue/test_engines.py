# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Both engines hold the same records: what the one finds and counts, the other finds and counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from mainport.catalogue.actions import records
from mainport.catalogue.rules.works import Work
from mainport.catalogue.search import Document, EmbeddedEngine, Mode, Request, Sort, Text, catalogue
from mainport.catalogue.search.documents import day_number
from mainport.catalogue.search.embedding import E5, Role
from mainport.catalogue.search.vectors import embed
from tests.conftest import BY

if connection.vendor == "postgresql":
    from mainport.catalogue.search.postgres import PostgresEngine, tables

only_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")

TEXTS = (
    ("Waterstof in de haven van Delfzijl", "Een verkenning van groene waterstof voor de industrie."),
    ("Warmtenetten in de stad", "Hoe een warmtenet betaalbaar blijft voor huurders in Groningen."),
    ("Krimp en vergrijzing in Oost-Groningen", "Jongeren trekken weg; de arbeidsmarkt wordt krapper."),
    ("Digitale vaardigheden van ouderen", "Een cursus over mailen en videobellen, met de bibliotheek."),
    ("Arbeidsmarktkrapte in de zorg", "Zorginstellingen zoeken verpleegkundigen; omscholing helpt."),
)  # fmt: skip
ENGLISH = (
    ("Hydrogen valleys", "A study of hydrogen and its storage in salt caverns in the port of Delfzijl."),
    ("Ageing and migration", "Young people leave the province after their studies; the labour market shrinks."),
    ("Learning to use e-mail", "A course on e-mail and video calls for older people, in the library."),
)


def documents() -> list[Document]:
    found = []
    for number in range(60):
        language, texts = ("nl", TEXTS) if number % 3 else ("en", ENGLISH)
        title, body = texts[number % len(texts)]
        found.append(
            Document(
                uid=number + 1,
                key=f"record-{number + 1}",
                texts={language: Text(f"{title} {number}", body, "Bijlage met meetgegevens. " * (number % 4))},
                people=(f"Jan Jansen{number % 7}", "Ariënne de Vries"),
                organisations=("Hanzehogeschool Groningen",) if number % 2 else ("Rijksuniversiteit Groningen",),
                keywords=("energie",) if number % 5 == 0 else (),
                identifiers=(f"10.5555/{number}",),
                facets={
                    "kind": ("work",) if number % 4 else ("course",),
                    "year": (str(2020 + number % 5),),
                    "type": (("thesis", "report", "article")[number % 3],),
                    "town": ("Delfzijl", "Leek") if number % 6 == 0 else ("Assen",),
                    "subject": (f"it's = {number % 4}%",),
                },
                numbers={"day": day_number(date(2020, 1, 1) + timedelta(number * 13)), "cents": number * 100},
                stamp=number,
            )
        )
    return found


FACETS = ("kind", "year", "type", "town", "subject")
QUESTIONS = (
    "", "waterstof", "hydrogen", "haven delfzijl", "warmte", "warmtenet", "arbeidsmarkt", "groningen", "jansen3",
    "ariënne", "Arienne de Vries", "cursus mailen ouderen bibliotheek videobellen", "energie", "meetgegevens",
    '"groene waterstof"', '"waterstof groene"', "waterstof -industrie", "author:jansen1", "title:warmtenetten",
    "doi:10.5555/7", "id:10.5555/x", "zeepaardje", "waterstof zeepaardje", "krimp vergrijzing jongeren zorg mailen",
    "auteur:\"de vries\" krimp", "it's", "\\ ' | & ! ( : *", "e-mail", "'; DROP TABLE", "the", "de het een", "12",
    '"port of Delfzijl"', "-waterstof", "UG", "RUG krimp",
    "energietransitie", "havenindustrie", "waterstofwarmtenet", "arbeidsmarktbibliotheek", "havenwarmte groningen",
    "email", "e-mail delfzijl", "waterstof NOT industrie", "krimp AND zorg", "krimp OR mailen",
)  # fmt: skip
NARROWED: tuple[dict[str, Any], ...] = (
    {},
    {"filters": {"year": ("2021", "2023")}},
    {"filters": {"kind": ("work",), "type": ("thesis", "report")}},
    {"filters": {"town": ("Leek",), "subject": ("it's = 2%",)}},
    {"filters": {"town": ("nowhere",)}},
    {"ranges": {"cents": (500, 2500)}},
    {"ranges": {"day": (None, day_number(date(2021, 1, 1)))}, "filters": {"kind": ("course",)}},
)


@pytest.fixture
def both(db: None, tmp_path: Path) -> tuple[EmbeddedEngine, Any]:
    embedded, postgres = EmbeddedEngine(tmp_path, ()), PostgresEngine(())
    assert embedded.build(documents()) == postgres.build(documents()) == 60
    return embedded, postgres


def same(both: tuple[EmbeddedEngine, Any], request: Request) -> None:
    request = replace(request, mode=Mode.WORDS, facets=FACETS, limit=100, highlight=False)
    ours, theirs = (engine.search(request) for engine in both)
    told = (request.words, request.filters, request.ranges)
    assert ours.total == theirs.total, told
    assert {hit.uid for hit in ours.hits} == {hit.uid for hit in theirs.hits}, told
    assert ours.facets == theirs.facets, told
    assert (ours.every_word, ours.dropped) == (theirs.every_word, theirs.dropped), told


@only_postgres
@pytest.mark.parametrize("words", QUESTIONS)
def test_the_same_filters_and_counts(both: tuple[EmbeddedEngine, Any], words: str) -> None:
    for narrowed in NARROWED:
        same(both, Request(words=words, **narrowed))
    same(both, Request(words=words, language="en"))
    same(both, Request(words=words, distant=True))


@only_postgres
def test_the_same_after_changes(both: tuple[EmbeddedEngine, Any]) -> None:
    changed = [replace(document, texts={"nl": Text("Zeepaardjes")}) for document in documents()[:5]]
    for engine in both:
        engine.apply(changed, [10, 11, 12])
        assert len(engine.stamps()) == 57
    for words in ("zeepaardjes", "waterstof", ""):
        same(both, Request(words=words))


@only_postgres
@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_the_same_order_by_day(both: tuple[EmbeddedEngine, Any], sort: Sort) -> None:
    request = Request(words="", sort=sort, limit=25, offset=10)
    ours, theirs = (engine.search(request) for engine in both)
    assert [hit.uid for hit in ours.hits] == [hit.uid for hit in theirs.hits]


@only_postgres
def test_titles_stand_before_texts_and_words_are_marked(both: tuple[EmbeddedEngine, Any]) -> None:
    for engine in both:
        first = engine.search(Request(words="waterstof")).hits[0]
        assert "Waterstof" in "".join(piece.text for piece in first.title.pieces)
        assert any(piece.marked for piece in first.title.pieces)
        assert first.key == f"record-{first.uid}"


@only_postgres
def test_the_same_completions_and_spelling(both: tuple[EmbeddedEngine, Any]) -> None:
    ours, theirs = both
    for beginning in ("wa", "warmtenetten sta", "jans", "x", "haven ", "'"):
        assert set(ours.suggest(beginning)) == set(theirs.suggest(beginning)), beginning
    for wrong in ("watersotf", "warmtenettn") if tables.has("pg_trgm") else ():
        assert ours.search(Request(words=wrong)).did_you_mean == theirs.search(Request(words=wrong)).did_you_mean


@only_postgres
def test_more_like_this(both: tuple[EmbeddedEngine, Any]) -> None:
    for engine in both:
        found = engine.search(Request(like=2, mode=Mode.WORDS, limit=5, highlight=False)).hits
        assert len(found) == 5
        assert 2 not in {hit.uid for hit in found}


@only_postgres
def test_an_index_takes_the_others_place_whole(both: tuple[EmbeddedEngine, Any]) -> None:
    _ours, postgres = both

    def breaks_off() -> Iterator[Document]:
        yield documents()[0]
        raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        postgres.build(breaks_off())
    assert postgres.search(Request()).total == 60
    assert postgres.build(documents()[:3]) == 3
    assert postgres.search(Request()).total == 3


@only_postgres
def test_through_the_catalogue(db: None, settings: Any, tmp_path: Path) -> None:
    settings.INDEX_DIR, settings.SEARCH_ENGINE = tmp_path, "postgres"
    record = records.put(by=BY, value=Work({"nl": "Waterstof"})).record
    assert catalogue.search(Request(words="waterstof")).total == 1
    records.withdraw(by=BY, record=record, why="tests")
    assert catalogue.search(Request(words="waterstof")).total == 0


class Letters:
    """Stands in for a model that the engine knows."""

    name, size = E5.name, E5.size

    def encode(self, texts: Sequence[str], role: Role) -> np.ndarray:
        found = np.full((len(texts), self.size), 0.1, np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                found[row, ord(letter) % self.size] += 1
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@only_postgres
def test_the_same_by_meaning(db: None, tmp_path: Path) -> None:
    if not tables.obtain("vector"):
        pytest.skip("pgvector is not part of this PostgreSQL")
    from mainport.catalogue.search.embedded import Embedded

    ours, theirs = Embedded(tmp_path, [Letters()]), PostgresEngine([Letters()])
    rows = embed(documents(), [Letters()])
    for engine in (ours, theirs):
        engine.build(documents())
        engine.put_vectors(rows, {document.uid: document.stamp for document in documents()})
    for words in ("waterstof", "mailen en bellen", "hydrogen"):
        for narrowed in NARROWED[:4]:
            request = Request(words=words, mode=Mode.MEANING, facets=FACETS, limit=100, highlight=False, **narrowed)
            one, other = ours.search(request), theirs.search(request)
            assert one.total == other.total
            assert one.facets == other.facets
            told = {hit.uid: hit.score for hit in one.hits}
            assert {hit.uid: pytest.approx(hit.score, abs=0.05) for hit in other.hits} == told
    assert theirs.search(Request(like=1, limit=3)).mode is Mode.BOTH


def test_sqlite_cant_be_the_second_engine(db: None, settings: Any) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("only on SQLite")
    settings.SEARCH_ENGINE = "postgres"
    with pytest.raises(ImproperlyConfigured, match="MAINPORT_SEARCH_ENGINE"):
        catalogue.engine()
