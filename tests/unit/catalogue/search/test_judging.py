# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Judged collections: how they are read, answered and told."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from mainport.catalogue.commands.evaluate import evaluate
from mainport.catalogue.search import judging
from mainport.catalogue.search.collections import Unreadable, read
from mainport.catalogue.search.embedding import Role, encoders
from mainport.catalogue.search.vector_cache import CachedEncoder

TEXTS: list[dict[str, str | None]] = [
    {"_id": "d1", "title": "Aardbevingsschade", "text": "Hoe bewoners de schade aan hun huis ervaren."},
    {"_id": "d2", "title": "", "text": "Waterstof uit de haven: kosten en banen."},
    {"_id": "d3", "title": None, "text": "Leren omgaan met de computer in de bibliotheek."},
]
QUESTIONS = [{"_id": "q1", "text": "schade aan huizen"}, {"_id": "q2", "text": "banen in de waterstof"}]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, Path]:
    return write(tmp_path, TEXTS, QUESTIONS, "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n")


def write(folder: Path, texts: Sequence[object], questions: Sequence[object], judged: str) -> tuple[Path, Path, Path]:
    corpus, queries, qrels = folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels.tsv"
    corpus.write_text("\n".join(json.dumps(one) for one in texts) + "\n", encoding="utf-8")
    queries.write_text("\n".join(json.dumps(one) for one in questions) + "\n", encoding="utf-8")
    qrels.write_text(judged, encoding="utf-8")
    return corpus, queries, qrels


@pytest.mark.parametrize(
    "judged",
    [
        "query-id\tcorpus-id\tscore\nq1\td1\t2\n",
        "q1\td1\t2\n",
        "q1 0 d1 2\n",
        "q1\t0\td1\t2\r\n",
        "q1\td1\t2.0\n\n",
        "\ufeffquery-id\tcorpus-id\tscore\nq1\td1\t2\n",
    ],
)
def test_judgements_of_beir_and_of_trec(tmp_path: Path, judged: str) -> None:
    assert read(*write(tmp_path, TEXTS, QUESTIONS, judged)).judgements == {"q1": {"d1": 2}}


def test_packed_files_and_documents_that_are_not_there(tmp_path: Path) -> None:
    corpus, queries, qrels = write(tmp_path, TEXTS, QUESTIONS, "q1\td9\t1\nq1\td1\t1\n")
    packed = corpus.with_suffix(".jsonl.gz")
    packed.write_bytes(gzip.compress(corpus.read_bytes()))
    found = read(packed, queries, qrels)
    assert found.texts["d3"] == ("", "Leren omgaan met de computer in de bibliotheek.")
    assert found.strangers == 1


@pytest.mark.parametrize(
    ("texts", "questions", "judged", "said"),
    [
        ([*TEXTS, {"text": "x"}], QUESTIONS, "q1\td1\t1\n", "corpus.jsonl, line 4: _id: a text was expected"),
        ([*TEXTS, TEXTS[0]], QUESTIONS, "q1\td1\t1\n", "line 4: _id: 'd1' was given to an earlier text"),
        ([{"_id": "a", "text": 3}], QUESTIONS, "q1\td1\t1\n", "line 1: text: a text was expected, not 3"),
        ([["a"]], QUESTIONS, "q1\td1\t1\n", "line 1: an object was expected"),
        (TEXTS, [{"_id": "q1"}], "q1\td1\t1\n", "queries.jsonl, line 1: text: a text was expected"),
        (TEXTS, QUESTIONS, "q1\td1\t1\nq1\td2\tyes\n", "qrels.tsv, line 2: score: 'yes' is not a whole number"),
        (TEXTS, QUESTIONS, "q1\td1\n", "qrels.tsv, line 1: 2 columns"),
        (TEXTS, QUESTIONS, "q9\td1\t1\n", "qrels.tsv, line 1: none of the judged questions, such as 'q9', is in"),
        (TEXTS, QUESTIONS, "", "there is no judgement"),
        ([], QUESTIONS, "q1\td1\t1\n", "there is no text"),
    ],
)
def test_what_is_wrong_is_told_by_file_line_and_field(
    tmp_path: Path, texts: list[object], questions: list[object], judged: str, said: str
) -> None:
    paths = write(tmp_path, texts, questions, judged)
    if not texts:
        paths[0].write_text("")
    with pytest.raises(Unreadable) as problem:
        read(*paths)
    assert said in str(problem.value)


def test_what_is_not_json_or_not_utf8(files: tuple[Path, Path, Path]) -> None:
    files[0].write_bytes(b'{"_id": "a", "text": "x"}\n{"_id": \n')
    with pytest.raises(Unreadable, match="line 2: this is not JSON"):
        read(*files)
    files[0].write_bytes(b'{"_id": "a", "text": "\xff"}\n')
    with pytest.raises(Unreadable, match="line 1: this is not UTF-8"):
        read(*files)


def test_ids_are_numbers_or_odd_and_texts_may_be_missing(tmp_path: Path) -> None:
    texts = [
        {"_id": 7, "text": None},
        {"id": "a b", "title": "Dijk"},
        {"_id": "\ud800/ü", "text": "dijk \ud83d \0 dam"},
    ]
    found = read(
        *write(tmp_path, texts, [{"_id": 1, "text": ""}, {"_id": "2", "text": "dijk"}], "2\ta b\t1\n1\t7\t2\n")
    )
    assert found.texts == {"7": ("", ""), "a b": ("Dijk", ""), "?/ü": ("", "dijk ? \0 dam")}
    assert found.judgements == {"2": {"a b": 1}, "1": {"7": 2}}
    run = judging.run(found, encoders()[-1:])
    assert run["1"] == []
    assert [name for name, _score in run["2"]][:2] == ["a b", "?/ü"]
    out = tmp_path / "run.trec"
    judging.write(run, out)
    assert out.read_text(encoding="utf-8").splitlines()[0].split("\t")[:4] == ["2", "Q0", "a b", "1"]


def test_a_heading_below_an_empty_line_and_a_damaged_packed_file(tmp_path: Path) -> None:
    corpus, queries, qrels = write(tmp_path, TEXTS, QUESTIONS, "\r\nquery-id\tcorpus-id\tscore\r\nq1\td1\t-1\r\n")
    assert read(corpus, queries, qrels).judgements == {"q1": {"d1": -1}}
    whole = gzip.compress(corpus.read_bytes())
    corpus.write_bytes(whole)  # Known by how it begins, not by its name.
    assert len(read(corpus, queries, qrels).texts) == 3
    corpus.write_bytes(whole[:-12])
    with pytest.raises(Unreadable, match="the packed file is damaged"):
        read(corpus, queries, qrels)


def test_questions_that_are_not_judged_or_not_there(tmp_path: Path) -> None:
    found = read(*write(tmp_path, TEXTS, QUESTIONS, "q1\td1\t1\nq9\td2\t1\n"))
    assert (found.judgements, found.unasked) == ({"q1": {"d1": 1}}, 1)
    assert set(judging.run(found, [])) == {"q1"}


def test_a_text_with_the_id_of_the_question(tmp_path: Path) -> None:
    """BEIR leaves it out: in some collections the question is one of the texts."""
    questions = [{"_id": "d1", "text": TEXTS[0]["text"]}]
    found = read(*write(tmp_path, TEXTS, questions, "d1\td2\t1\n"))
    assert not found.paired
    assert "d1" not in dict(judging.run(found, [])["d1"])
    assert "d1" in dict(judging.run(found, [], own=True)["d1"])
    # Unless texts of the same id are meant as answers.
    pairs = read(*write(tmp_path, TEXTS, questions, "d1\td1\t1\n"))
    assert pairs.paired
    assert judging.run(pairs, [])["d1"][0][0] == "d1"


def test_every_word_of_a_long_question_counts(tmp_path: Path) -> None:
    texts = [{"_id": "a", "text": "dijkdoorbraak"}, {"_id": "b", "text": "rest"}]
    long = " ".join(f"woord{number}" for number in range(100))
    found = read(*write(tmp_path, texts, [{"_id": "q", "text": f"{long} dijkdoorbraak"}], "q\ta\t1\n"))
    assert [name for name, _score in judging.run(found, [])["q"]] == ["a"]


def test_scores_fall_at_every_step(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    """Equal scores would be ordered by trec_eval, and not by us."""
    same = [{"_id": f"d{number}", "text": "Schade aan een huis"} for number in range(9)]
    paths = write(tmp_path, same, QUESTIONS, "q1\td8\t1\n")
    run = judging.run(read(*paths), [], language="nl")
    scores = [score for _name, score in run["q1"]]
    assert len(scores) == 9
    assert all(one > other for one, other in pairwise(scores))
    out = tmp_path / "run.trec"
    judging.write(run, out)
    lines = [line.split() for line in out.read_text().splitlines()]
    assert [line[3] for line in lines] == [str(place) for place in range(1, 10)]
    assert len({line[4] for line in lines}) == 9


def test_the_command(files: tuple[Path, Path, Path], tmp_path: Path) -> None:
    corpus, queries, qrels = map(str, files)
    given = ["--corpus", corpus, "--queries", queries, "--qrels", qrels]
    out = tmp_path / "out.trec"
    told = CliRunner().invoke(evaluate, [*given, "--run", str(out), "--vectors", str(tmp_path / "kept"), "--json"])
    assert told.exit_code == 0, told.output
    data = json.loads(told.stdout)
    assert (data["texts"], data["questions"], data["ndcg_10"], data["mrr"]) == (3, 2, 1.0, 1.0)
    assert out.read_text().startswith("q1 Q0 d1 1 ")
    told = CliRunner().invoke(evaluate, [*given, "--no-vectors", "--lang", "nl"])
    assert told.exit_code == 0
    assert "nDCG@10" in told.stdout
    files[2].write_text("d1\td2\t1\nq9\td1\t1\n")
    files[1].write_text('{"_id": "d1", "text": "waterstof"}')
    told = CliRunner().invoke(evaluate, [*given, "--no-vectors", "--same-id", "drop"])
    assert told.exit_code == 0
    said = " ".join(told.output.split())
    assert "left out: 1." in said
    assert "(--same-id): 1." in said
    files[2].write_text("q1\tx\n")
    told = CliRunner().invoke(evaluate, [*given, "--no-vectors"])
    assert told.exit_code == 1
    assert "line 1: 2 columns" in told.output


def test_a_text_is_embedded_once(tmp_path: Path) -> None:
    model = encoders()[-1]
    heard: list[int] = []
    kept = CachedEncoder(model, tmp_path, heard.append)
    first = kept.encode(["een", "twee", "een"], Role.QUERY)
    again = CachedEncoder(model, tmp_path, heard.append).encode(["twee", "een"], Role.QUERY)
    assert heard == [2]
    assert (first[[1, 0]] == again).all()
    # A question and a passage are not the same to a model.
    kept.encode(["een"], Role.PASSAGE)
    assert heard == [2, 1]
