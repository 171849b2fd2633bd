# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue search`."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import click
from rich.console import Console

from mainport.catalogue.queries.records import published
from mainport.catalogue.rules.texts import first
from mainport.catalogue.search import catalogue
from mainport.catalogue.search.answers import Answer, Hit, Mode, Passage, Request, Sort
from mainport.catalogue.search.documents import FACETS
from mainport.core.terminal import emit, json_option, table

KINDS = {"work": ("kind", "work"), "course": ("type", "course"), "programme": ("type", "programme")}


def _filters(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign or name not in FACETS:
            raise click.BadParameter(f"{one!r} isn't FACET=VALUE; there are: {', '.join(FACETS)}")
        found[name] = (*found.get(name, ()), value)
    return found


@click.command()
@click.argument("words", nargs=-1)
@click.option("--lang", default="nl", show_default=True, help="The language of who asks.")
@click.option("--kind", type=click.Choice(list(KINDS)), help="Only works, courses or programmes.")
@click.option(
    "--filter", "filters", multiple=True, callback=_filters, help="FACET=VALUE, such as year=2024; repeat it."
)
@click.option("--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count the values of this facet.")
@click.option("--sort", default="best", show_default=True, type=click.Choice([sort.value for sort in Sort]))
@click.option("--mode", default="both", show_default=True, type=click.Choice([mode.value for mode in Mode]))
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 500))
@json_option
def search(
    words: tuple[str, ...],
    lang: str,
    kind: str | None,
    filters: dict[str, tuple[str, ...]],
    facets: tuple[str, ...],
    sort: str,
    mode: str,
    limit: int,
    as_json: bool,
) -> None:
    """Search works and courses for WORDS, and say why each result stands where it stands."""
    if kind:
        name, value = KINDS[kind]
        filters = {**filters, name: (value,)}
    request = Request(
        words=" ".join(words),
        language=lang,
        filters=filters,
        facets=facets,
        sort=Sort(sort),
        mode=Mode(mode),
        limit=limit,
    )
    answer = catalogue.search(request)
    rows = published().in_bulk([hit.uid for hit in answer.hits])
    hits = [_hit(hit, first(rows[hit.uid].titles, lang), rows[hit.uid].kind) for hit in answer.hits if hit.uid in rows]
    emit(_data(request, replace(answer, hits=()), hits), as_json=as_json, show=lambda: _show(answer, hits))


def _data(request: Request, answer: Answer, hits: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "words": request.words,
        "total": answer.total,
        "every_word": answer.every_word,
        "dropped": list(answer.dropped),
        "did_you_mean": answer.did_you_mean,
        "mode": answer.mode.value,
        "weighing": asdict(answer.weighing) if answer.weighing else None,
        "facets": {facet.name: {one.value: one.count for one in facet.values} for facet in answer.facets},
        "hits": hits,
    }


def _hit(hit: Hit, title: str, kind: str) -> dict[str, Any]:
    return {
        "id": f"{kind}:{hit.key}",
        "title": title,
        "passage": _plain(hit.passage),
        "language": hit.passage.language if hit.passage else None,
        "score": round(hit.score, 4),
        "by_meaning_only": hit.by_meaning_only,
        "explanation": asdict(hit.explanation) if hit.explanation else None,
    }


def _plain(passage: Passage | None) -> str:
    return "".join(piece.text for piece in passage.pieces) if passage else ""


def _show(answer: Answer, hits: list[dict[str, Any]]) -> None:
    if answer.did_you_mean:
        Console().print(f"Did you mean: {answer.did_you_mean}")
    if not hits:
        Console().print("Nothing found.")
        return
    table(
        ["ID", "Title", "Score", "Words", "Meaning", "Found"],
        ([hit["id"], hit["title"], f"{hit['score']:.2f}", *_why(hit["explanation"])] for hit in hits),
        title=f"{answer.total} found",
    )
    if answer.weighing:
        weighed = f"Words count {answer.weighing.words:.2f} times, meaning {answer.weighing.meaning:.2f} times."
        Console().print(" ".join([weighed, *answer.weighing.reasons]))


def _why(explanation: dict[str, Any] | None) -> list[str]:
    if explanation is None:
        return ["", "", ""]
    ranks = [
        f"#{explanation[f'{ranker}_rank']} {explanation[f'{ranker}_score']:.2f}"
        if explanation[f"{ranker}_rank"]
        else ""
        for ranker in ("words", "meaning")
    ]
    return [*ranks, ", ".join(explanation["found"])]
