# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue evaluate`: how good the search is on a collection that people judged."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mainport.core.terminal import console, emit, fail, json_option, table

if TYPE_CHECKING:
    from mainport.catalogue.search import judging
    from mainport.catalogue.search.collections import Collection
    from mainport.catalogue.search.embedding import Encoder

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--corpus", required=True, type=_FILE, help="The texts: a line of JSON each, with _id, title, text.")
@click.option("--queries", required=True, type=_FILE, help="The questions: a line of JSON each, with _id, text.")
@click.option("--qrels", required=True, type=_FILE, help="The judgements: query-id, corpus-id, score; or TREC's form.")
@click.option("--run", "out", type=click.Path(dir_okay=False, path_type=Path), help="Write what is found here (TREC).")
@click.option("--lang", type=click.Choice(["nl", "en"]), help="The texts' language; else each tells its own.")
@click.option("--query-lang", type=click.Choice(["nl", "en"]), help="The questions', where that is another one.")
@click.option(
    "--seconds",
    default=3600,
    show_default=True,
    type=click.IntRange(min=0),
    help="Time for embedding, spent on what questions bring up first; what is kept goes on the next time. 0: no limit.",
)
@click.option("--no-vectors", is_flag=True, help="By words alone. Embedding takes some 4 texts of 125 words a second.")
@click.option(
    "--vectors",
    "cache",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mainport" / "vectors",
    help="Where vectors are kept, so that a text is embedded once.  [default: ~/.cache/mainport/vectors]",
)
@click.option(
    "--same-id",
    type=click.Choice(["auto", "drop", "keep"]),
    default="auto",
    show_default=True,
    help="A text with the question's own id: drop it, as BEIR does, or keep it. auto: keep where one is an answer.",
)
@click.option("--depth", default=100, show_default=True, type=click.IntRange(10, 1000), help="Documents a question.")
@json_option
def evaluate(
    corpus: Path,
    queries: Path,
    qrels: Path,
    out: Path | None,
    lang: str | None,
    query_lang: str | None,
    seconds: int,
    no_vectors: bool,
    cache: Path,
    same_id: str,
    depth: int,
    as_json: bool,
) -> None:
    """Judge the search by a collection: nDCG@10, MRR and recall@100 over the judged questions.

    Builds an index with the product's own analysers and settings, asks each question as a visitor would, and throws
    the index away. Nothing is learnt from the judgements. In a large collection the time for embedding goes to the
    texts that the questions bring up.
    """
    # A server leaves cores to others; here somebody waits. To be settled before a model is loaded.
    os.environ.setdefault("OMP_NUM_THREADS", str(os.cpu_count() or 1))
    from mainport.catalogue.rules.ranking import scores
    from mainport.catalogue.search import collections, judging
    from mainport.catalogue.search.embedding import encoders
    from mainport.catalogue.search.vector_cache import CachedEncoder

    try:
        collection = collections.read(corpus, queries, qrels)
    except (collections.Unreadable, OSError) as problem:
        fail(str(problem), as_json=as_json)
        return
    own = collection.paired if same_id == "auto" else same_id == "keep"
    _remarks(collection, own, corpus, queries)
    models: list[Encoder] = [] if no_vectors else [CachedEncoder(model, cache) for model in encoders()]
    found, embedded = _run(collection, models, lang or "", query_lang or "", depth, own, seconds or None)
    if models and embedded < len(collection.texts):
        console.print(
            f"{seconds} seconds were enough to embed {embedded} of {len(collection.texts)} texts with every model. "
            "Their vectors are kept: the same command goes on from there; --seconds gives it more time."
        )
    if out:
        judging.write(found, out)
        if any(judging.spaced(name) for ranked in found.values() for name, _score in ranked):
            console.print(f"Some ids hold a space: the columns of {out} are separated by tabs.")
    result = scores({name: [one for one, _score in ranked] for name, ranked in found.items()}, collection.judgements)
    data = {
        "texts": len(collection.texts),
        **{name: round(value, 5) for name, value in asdict(result).items()},
        "models": [model.name for model in models],
        "embedded": embedded,
    }
    emit(data, as_json=as_json, show=lambda: _show(data))


def _remarks(collection: Collection, own: bool, corpus: Path, queries: Path) -> None:
    """What of the judgements counts differently from what somebody may expect."""
    if collection.strangers:
        console.print(f"Judged documents that are not in {corpus}, and can't be found: {collection.strangers}.")
    if collection.unasked:
        console.print(f"Judged questions that are not in {queries}, and are left out: {collection.unasked}.")
    if collection.own_ids and not own:
        console.print(f"Questions that don't find the text with their own id (--same-id): {collection.own_ids}.")


def _run(
    collection: Collection,
    models: Sequence[Encoder],
    lang: str,
    query_lang: str,
    depth: int,
    own: bool,
    seconds: float | None,
) -> tuple[judging.Run, int]:
    """What is found, and how many texts every model embedded."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from mainport.catalogue.search import judging

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    number = len(collection.texts)
    quick = bool(seconds) and len(models) > 1
    with Progress(*columns, console=console, transient=True) as progress:
        bars = {
            "quick": progress.add_task("Embedding quickly", total=number, visible=quick),
            "texts": progress.add_task("Embedding texts", total=number, visible=bool(models)),
            "questions": progress.add_task("Asking questions", total=len(collection.judgements)),
        }
        found = judging.run(
            collection,
            models,
            language=lang,
            query_language=query_lang,
            depth=depth,
            own=own,
            seconds=seconds,
            told=lambda what, more: progress.advance(bars[what], more),
        )
        done = next(task for task in progress.tasks if task.id == bars["texts"])
        return found, int(done.completed)


def _show(data: dict[str, object]) -> None:
    table(
        ["Texts", "Questions", "nDCG@10", "MRR", "Recall@100", "First right"],
        [
            [
                data["texts"],
                data["questions"],
                *(f"{data[name]:.4f}" for name in ("ndcg_10", "mrr", "recall_100", "first")),
            ]
        ],
    )
