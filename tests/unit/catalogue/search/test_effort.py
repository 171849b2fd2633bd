# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A limited time for embedding goes where it matters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from mainport.catalogue.commands import evaluate as command
from mainport.catalogue.search import effort, judging
from mainport.catalogue.search.collections import Collection
from mainport.catalogue.search.embedding import E5, Matrix, Role, SentenceEncoder

#: What a text means to the models is its number.
TEXTS = {f"d{number:02}": ("", f"{'abcdefghij'[number % 10]} tekst {number}") for number in range(60)}
COLLECTION = Collection(TEXTS, {"q": "tekst 57", "r": "tekst 33"}, {"q": {"d57": 1}, "r": {"d33": 1}})


class Clock:
    """Time that passes only by encoding."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now


class Model:
    def __init__(self, like: type[E5 | SentenceEncoder], clock: Clock, price: float) -> None:
        self.name, self.size = like.name, like.size
        self.clock, self.price = clock, price
        self.met: list[str] = []

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        self.clock.now += self.price * len(texts)
        self.met += texts
        rows = [np.random.default_rng(int(text.split()[-1])).normal(size=self.size) for text in texts]
        return np.array([row / np.linalg.norm(row) for row in rows], np.float32)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(effort, "time", clock)
    return clock


def run(models: Sequence[Model], seconds: float | None) -> tuple[judging.Run, dict[str, int]]:
    heard = {"quick": 0, "texts": 0, "questions": 0}

    def told(what: str, number: int) -> None:
        heard[what] += number

    return judging.run(COLLECTION, models, seconds=seconds, told=told), heard


def test_the_slow_model_begins_with_what_questions_bring_up(clock: Clock) -> None:
    slow, quick = Model(E5, clock, 1.0), Model(SentenceEncoder, clock, 0.01)
    found, heard = run([slow, quick], 20.0)
    assert heard == {"quick": 60, "texts": 32, "questions": 2}
    # Two questions, and two turns of sixteen: those that hold the words first.
    passages = [text for text in slow.met if " tekst " in text]
    assert len(passages) == 32
    assert {"h tekst 57", "d tekst 33"} < set(passages[:16])
    # What it did not come to is found all the same, by words and by the quick model.
    assert len(found["q"]) == 60


def test_time_that_suffices_makes_no_difference(clock: Clock) -> None:
    models = [Model(E5, clock, 1.0), Model(SentenceEncoder, clock, 0.01)]
    found, heard = run(models, 1e6)
    assert heard["texts"] == 60
    for name, ranked in run(models, None)[0].items():
        assert [one for one, _score in found[name]] == [one for one, _score in ranked]
        assert [score for _one, score in found[name]] == pytest.approx([score for _one, score in ranked], abs=1e-3)


def test_no_time_at_all_leaves_the_words(clock: Clock) -> None:
    found, heard = run([Model(E5, clock, 10.0), Model(SentenceEncoder, clock, 100.0)], 1.0)
    assert heard["texts"] == 0
    assert found["q"][0][0] == "d57"


def test_the_command_says_how_far_it_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(effort, "time", clock)
    models = (Model(E5, clock, 1.0), Model(SentenceEncoder, clock, 0.01))
    monkeypatch.setattr("mainport.catalogue.search.embedding.encoders", lambda: models)
    corpus, queries, qrels = tmp_path / "corpus.jsonl", tmp_path / "queries.jsonl", tmp_path / "qrels.tsv"
    corpus.write_text("".join(json.dumps({"_id": name, "text": text}) + "\n" for name, (_t, text) in TEXTS.items()))
    queries.write_text(json.dumps({"_id": "q", "text": "tekst 57"}))
    qrels.write_text("q\td57\t1\n")
    given = ["--corpus", str(corpus), "--queries", str(queries), "--qrels", str(qrels), "--vectors", str(tmp_path)]
    told = CliRunner().invoke(command.evaluate, [*given, "--seconds", "20", "--json"])
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["embedded"] == 32
    assert "20 seconds were enough to embed 32 of 60 texts" in " ".join(told.stderr.split())
    # What was embedded is kept: the next time goes to the rest.
    told = CliRunner().invoke(command.evaluate, [*given, "--seconds", "20", "--json"])
    assert json.loads(told.stdout)["embedded"] == 60
