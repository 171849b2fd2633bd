# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the index follows the database: what it reads of a record, and that it misses no change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from mainport.catalogue.actions import records as actions
from mainport.catalogue.actions.terms import put_terms
from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Access, Author, Identifier, Organisation, Scheme, Subject, Work, WorkType
from mainport.catalogue.search import catalogue, reading
from mainport.catalogue.search.documents import Document, day_number
from tests.conftest import BY

TODAY = date(2026, 11, 24)


class Memory:
    """An engine that only keeps what it is given."""

    def __init__(self) -> None:
        self.held: dict[int, Document] = {}
        self.kept: Mapping[str, Any] | None = None
        self.applied: list[int] = []
        self.vectors: dict[int, int] = {}

    def build(self, documents: Iterable[Document]) -> int:
        self.held = {document.uid: document for document in documents}
        return len(self.held)

    def apply(self, changed: Iterable[Document], deleted: Iterable[int] = ()) -> int:
        for uid in deleted:
            self.held.pop(uid, None)
        new = {document.uid: document for document in changed}
        self.applied += new
        self.held |= new
        return len(new)

    def stamps(self) -> Mapping[int, int]:
        return {uid: document.stamp for uid, document in self.held.items()}

    def forget_vectors(self) -> None:
        self.vectors.clear()

    def put_vectors(self, rows: Any, stamps: Mapping[int, int]) -> None:
        self.vectors |= stamps

    def mark(self) -> Mapping[str, Any] | None:
        return self.kept

    def put_mark(self, mark: Mapping[str, Any]) -> None:
        self.kept = mark


@pytest.fixture
def memory(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Memory:
    settings.INDEX_DIR = tmp_path
    kept = Memory()
    monkeypatch.setattr(catalogue, "engine", lambda: kept)
    return kept


def a_work(title: str = "Waterstof in de haven", **more: Any) -> Record:
    value = Work({"nl": title}, **{"type": WorkType.THESIS, **more})
    return actions.put(by=BY, value=value).record


def keys(memory: Memory) -> set[str]:
    return {document.key for document in memory.held.values()}


def document(record: Record, today: date = TODAY) -> Document:
    (found,) = reading.documents_of([record.pk], today)
    return found


# --- What is read ---


def test_a_work_says_all_that_is_searched(db: None) -> None:
    record = a_work(
        subtitles={"nl": "een verkenning"},
        abstracts={"en": "Hydrogen in ports."},
        summaries={"nl": "In gewone woorden."},
        authors=(Author("Jan Jansen", organisations=(Organisation("Hanze"),)),),
        identifiers=(Identifier(Scheme.DOI, "10.1000/x"),),
        published=Day(2024, 3),
        language="nl",
        subjects=(Subject("waterstof"),),
        task="E3",
        sector="energy",
    )
    found = document(record)
    assert found.texts["nl"].title == "Waterstof in de haven: een verkenning"
    assert found.texts["nl"].body == "In gewone woorden."
    assert found.texts["en"].body == "Hydrogen in ports."
    assert (found.people, found.organisations, found.keywords) == (("Jan Jansen",), ("Hanze",), ("waterstof",))
    assert found.identifiers == (record.key, "10.1000/x")
    assert found.facets["year"] == ("2024",)
    assert found.facets["task"] == ("E3",)
    assert found.facets["type"] == ("thesis",)
    assert "access" in found.facets
    assert "goal" not in found.facets
    assert found.numbers["day"] == day_number(date(2024, 3, 1))


def test_a_course_says_where_when_and_what_it_costs(db: None) -> None:
    def given(number: str, starts: date, town: str, euros: int, **more: Any) -> Offering:
        price = Price(Decimal(euros))
        return Offering(number, starts=starts, ends=starts, places=(Place(town=town),), prices=(price,), **more)

    course = Course(
        "c1",
        {"nl": "Mailen voor beginners"},
        provider=Organisation("Biblionet"),
        languages=("nl",),
        competences=(Competence("2.1", 1),),
        mode=Mode.ON_SITE,
        offerings=(
            given("past", TODAY - timedelta(9), "Assen", 0, mode=Mode.ON_SITE),
            given("soon", TODAY + timedelta(9), "Delfzijl", 0, mode=Mode.ON_SITE),
            given("later", TODAY + timedelta(30), "Leek", 25, mode=Mode.ONLINE),
            given("off", TODAY + timedelta(3), "Emmen", 25, cancelled=True),
        ),
    )
    found = document(actions.put(by=BY, value=course).record)
    assert found.facets["town"] == ("Delfzijl", "Leek")
    assert found.facets["price"] == ("free", "paid")
    assert found.facets["mode"] == ("on-site", "online")
    assert found.facets["competence"] == ("2.1",)
    assert found.facets["kind"] == ("course",)
    assert "Contact hebben met digitale middelen" in found.keywords
    assert "Interacting through digital technologies" in found.keywords
    assert (found.numbers["start"], found.numbers["cents"]) == (day_number(TODAY + timedelta(9)), 0)


def test_other_languages_stand_together_under_the_unknown_one(db: None) -> None:
    record = actions.put(by=BY, value=Work({"de": "Hafen", "fy": "Haven", "en": "Port"})).record
    texts = document(record).texts
    assert texts["und"].title == "Hafen: Haven"
    assert texts["en"].title == "Port"


@pytest.mark.parametrize(
    ("access", "until", "read"),
    [
        (Access.OPEN, None, True),
        (Access.RESTRICTED, None, False),
        (Access.EMBARGOED, TODAY + timedelta(1), False),
        (Access.EMBARGOED, TODAY, True),
    ],
)
def test_only_files_that_all_may_read_are_searched(db: None, access: Access, until: date | None, read: bool) -> None:
    record = a_work(language="nl")
    KeptFile.objects.create(
        record=record, name="a.pdf", file="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        text="geheime woorden", access=access.value, embargo_until=until, by_name="", at=timezone.now(),
    )  # fmt: skip
    assert ("geheime" in document(record).texts["nl"].fulltext) is read


# --- Following the database ---


def test_built_where_there_is_none_and_left_alone_after(memory: Memory, db: None) -> None:
    a_work()
    assert catalogue.catch_up().built
    assert len(memory.held) == 1
    assert not catalogue.catch_up().built
    assert memory.applied == []


def test_one_query_where_nothing_changed(memory: Memory, db: None, django_assert_num_queries: Any) -> None:
    a_work()
    catalogue.catch_up()
    with django_assert_num_queries(1):
        catalogue.catch_up()


def test_what_is_new_changed_withdrawn_or_merged_is_followed(memory: Memory, db: None) -> None:
    one, two, three = a_work("Een"), a_work("Twee"), a_work("Drie")
    catalogue.catch_up()
    new = a_work("Vier")
    actions.put(by=BY, value=Work({"nl": "Anders"}), record=one)
    actions.withdraw(by=BY, record=two, why="tests")
    Record.objects.filter(pk=three.pk).update(merged_into=one, changed_at=timezone.now())
    done = catalogue.catch_up()
    assert (done.read, done.removed) == (2, 2)
    assert keys(memory) == {one.key, new.key}
    assert memory.held[one.pk].texts["nl"].title == "Anders"


def test_drafts_stay_out(memory: Memory, db: None) -> None:
    actions.put(by=BY, value=Work({"nl": "Nog niet af"}), state=Record.State.DRAFT)
    catalogue.catch_up()
    assert keys(memory) == set()


def test_a_change_that_shows_up_late_is_read(memory: Memory, db: None) -> None:
    a_work("Een")
    catalogue.catch_up()
    late = a_work("Laat")
    # Another transaction took its moment before ours, and ended after we had read.
    Record.objects.filter(pk=late.pk).update(changed_at=timezone.now() - timedelta(minutes=1))
    memory.kept = {**(memory.kept or {}), "read_at": catalogue.stamp(timezone.now() - timedelta(seconds=30))}
    catalogue.catch_up()
    assert late.key in keys(memory)


def test_what_the_index_has_already_is_not_read_again(memory: Memory, db: None) -> None:
    for number in range(5):
        a_work(str(number))
    catalogue.catch_up()
    new = a_work("Nieuw")
    catalogue.catch_up()
    assert memory.applied == [new.pk]


def test_many_changes_are_left_to_the_worker(memory: Memory, db: None) -> None:
    a_work()
    catalogue.catch_up()
    for number in range(4):
        a_work(str(number))
    assert catalogue.catch_up(most=3).behind
    assert len(memory.held) == 1
    assert catalogue.keep_whole().read == 4
    assert len(memory.held) == 5


def test_a_record_that_was_erased_leaves_the_index(memory: Memory, db: None) -> None:
    one, two = a_work("Een"), a_work("Twee")
    catalogue.catch_up()
    two.delete()
    catalogue.catch_up()
    assert keys(memory) == {one.key}


def test_another_database_asks_for_another_index(memory: Memory, db: None) -> None:
    one = a_work("Een")
    catalogue.catch_up()
    one.delete()
    two = a_work("Twee")
    assert catalogue.catch_up().built
    assert keys(memory) == {two.key}


def test_the_end_of_an_embargo_is_read_on_its_day(memory: Memory, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    record = a_work(language="nl")
    KeptFile.objects.create(
        record=record, name="a.pdf", file="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        text="straks te lezen", access="embargoed", embargo_until=today + timedelta(2), by_name="", at=timezone.now(),
    )  # fmt: skip
    catalogue.catch_up()
    assert memory.held[record.pk].texts["nl"].fulltext == ""
    monkeypatch.setattr(catalogue.timezone, "localdate", lambda: today + timedelta(2))
    catalogue.catch_up()
    assert memory.held[record.pk].texts["nl"].fulltext == "straks te lezen"


def test_while_another_process_writes_a_search_doesnt_wait(memory: Memory, db: None) -> None:
    a_work()
    with catalogue._lock():
        assert catalogue.catch_up().behind
    assert catalogue.catch_up().built


def test_a_build_from_nothing(memory: Memory, db: None) -> None:
    assert catalogue.rebuild().read == 0
    first = a_work()
    catalogue.catch_up()
    assert keys(memory) == {first.key}


def test_a_record_is_found_by_what_its_sector_and_task_are_called(groningen: Any) -> None:
    record = actions.put(by=BY, value=Work({"nl": "Wat een monteur moet weten"}, sector="energy", task="E3")).record
    found = next(iter(reading.documents(TODAY)))
    assert found.uid == record.pk
    assert {"Energie", "Energy"} <= set(found.keywords)
    assert any("Human Capital Agenda" in word for word in found.keywords)


def test_the_index_is_built_anew_where_a_task_is_called_something_else(groningen: Any) -> None:
    actions.put(by=BY, value=Work({"nl": "x"}, sector="energy"))
    before = catalogue._origin()[0]
    assert put_terms({("sector", "energy"): {"nl": "Energie", "en": "Energy"}}) == 0
    assert catalogue._origin()[0] == before
    assert put_terms({("sector", "energy"): {"nl": "Stroom", "en": "Power"}}) == 1
    assert catalogue._origin()[0] != before
