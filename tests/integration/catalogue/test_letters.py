# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Letters of saved searches: what is new in them, once, and none where there is nothing; and the making of vectors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core import mail
from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.actions.saved import next_letter, save_search
from mainport.catalogue.models import Embedding, Record, SavedSearch
from mainport.catalogue.rules.works import Work
from mainport.catalogue.search import catalogue, jobs, kept
from mainport.catalogue.search.embedding import E5, Role, SentenceEncoder
from tests.conftest import BY, Cast


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Any) -> None:
    settings.INDEX_DIR = tmp_path


@pytest.fixture
def saved(cast: Cast) -> SavedSearch:
    query = {"q": ["waterstof"], "tab": ["research"]}
    one = save_search(by=cast.alice.actor, name="Waterstof", query=query, language="nl", every=7)
    now = timezone.now()
    SavedSearch.objects.filter(pk=one.pk).update(seen_at=now - timedelta(days=7), next_at=now - timedelta(minutes=1))
    one.refresh_from_db()
    return one


def published(title: str, ago: timedelta) -> Record:
    record = records.put(by=BY, value=Work({"nl": title})).record
    Record.objects.filter(pk=record.pk).update(published_at=timezone.now() - ago)
    return record


def test_a_letter_tells_what_is_new_and_goes_once(saved: SavedSearch, cast: Cast) -> None:
    published("Waterstof, lang bekend", timedelta(days=30))
    new = published("Waterstof, nieuw", timedelta(days=1))
    published("Iets anders", timedelta(days=1))
    assert jobs.tell_of_new_answers.call() == 1
    assert jobs.tell_of_new_answers.call() == 0
    (letter,) = mail.outbox
    assert letter.to == [cast.alice.email]
    assert "Waterstof, nieuw" in letter.body
    assert f"/{new.key}/" in letter.body
    assert "lang bekend" not in letter.body
    assert "Iets anders" not in letter.body
    assert saved.secret in letter.extra_headers["List-Unsubscribe"]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    saved.refresh_from_db()
    assert saved.next_at is not None
    assert saved.next_at > timezone.now() + timedelta(days=5)


def test_without_anything_new_no_letter_goes(saved: SavedSearch) -> None:
    published("Waterstof, lang bekend", timedelta(days=30))
    assert jobs.tell_of_new_answers.call() == 0
    assert mail.outbox == []


def test_what_became_public_just_now_is_for_the_next_letter(saved: SavedSearch) -> None:
    record = published("Waterstof, net", timedelta(minutes=1))
    assert jobs.tell_of_new_answers.call() == 0
    Record.objects.filter(pk=record.pk).update(published_at=timezone.now() - timedelta(minutes=6))
    SavedSearch.objects.update(seen_at=timezone.now() - timedelta(minutes=7), next_at=timezone.now())
    assert jobs.tell_of_new_answers.call() == 1


def test_a_letter_that_fails_is_given_back(saved: SavedSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    published("Waterstof, nieuw", timedelta(days=1))

    def fail(*_arguments: Any, **_more: Any) -> int:
        raise OSError("no mail server")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", fail)
        with pytest.raises(ExceptionGroup):
            jobs.tell_of_new_answers.call()
    assert jobs.tell_of_new_answers.call() == 1


def test_who_may_not_log_in_gets_none(saved: SavedSearch, cast: Cast) -> None:
    published("Waterstof, nieuw", timedelta(days=1))
    cast.alice.is_active = False
    cast.alice.save()
    assert jobs.tell_of_new_answers.call() == 0


def test_letters_go_in_the_morning() -> None:
    now = timezone.now()
    tomorrow = next_letter(now, 1)
    assert tomorrow
    assert timezone.localtime(tomorrow).hour == 7
    assert timezone.localdate(tomorrow) == timezone.localdate(now) + timedelta(days=1)
    assert next_letter(now, None) is None


# --- Vectors ---


class Letters:
    """Stands in for a model that the engine knows: it knows how often each letter stands in a text."""

    def __init__(self, name: str = E5.name, size: int = E5.size) -> None:
        self.name = name
        self.size = size
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> np.ndarray:
        self.texts += texts
        found = np.full((len(texts), self.size), 0.1, np.float32)
        for row, text in enumerate(texts):
            for letter in text.lower():
                found[row, ord(letter) % self.size] += 1
        return found / np.linalg.norm(found, axis=1, keepdims=True)


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Letters:
    made = Letters()
    for module in (catalogue, jobs):
        monkeypatch.setattr(module, "encoders", lambda: (made,))
    return made


def test_vectors_are_made_once_and_again_where_words_change(db: None, model: Letters) -> None:
    record = records.put(by=BY, value=Work({"nl": "Waterstof"})).record
    assert jobs.make_some(None) == 1
    assert jobs.make_some(None) == 0
    records.put(by=BY, value=Work({"nl": "Waterstof"}, licence="CC0-1.0"), record=record)
    assert jobs.make_some(None) == 0, "the same words have the same vectors"
    assert not kept.waiting([model]).exists()
    before = Embedding.objects.get().pk
    records.put(by=BY, value=Work({"nl": "Aardgas"}), record=record)
    assert jobs.make_some(None) == 1
    assert Embedding.objects.get().pk > before


def test_another_model_makes_other_vectors(db: None, model: Letters) -> None:
    records.put(by=BY, value=Work({"nl": "Waterstof"}))
    jobs.make_some(None)
    model.name, model.size = SentenceEncoder.name, SentenceEncoder.size
    assert jobs.make_some(None) == 1


def test_the_index_takes_the_vectors_out_of_the_database(db: None, model: Letters) -> None:
    record = records.put(by=BY, value=Work({"nl": "Waterstof"})).record
    catalogue.catch_up()
    engine: Any = catalogue.engine()
    jobs.make_some(None)
    assert set(engine._open().vectors.uids.tolist()) == {record.pk}
    told = len(model.texts)
    catalogue.rebuild()
    assert set(engine._open().vectors.uids.tolist()) == {record.pk}
    assert len(model.texts) == told, "a rebuild makes no vectors anew"


def test_vectors_survive_packing(model: Letters) -> None:
    from mainport.catalogue.search import vectors
    from mainport.catalogue.search.documents import Document, Text

    rows = vectors.embed([Document(7, "a", {"nl": Text("Waterstof"), "en": Text("Hydrogen")})], [model])
    again = kept.unpacked(7, kept.packed(rows))
    assert again.uids.tolist() == [7, 7]
    assert (again.numbers[E5.name] == rows.numbers[E5.name]).all()
    assert (again.scales[E5.name] == rows.scales[E5.name]).all()
