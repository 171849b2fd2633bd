# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport agenda index` and `mainport agenda search`."""

from __future__ import annotations

import html
from dataclasses import asdict

import click
from rich.console import Console

from mainport.agenda.search import catch_up, rebuild
from mainport.agenda.search import search as find
from mainport.core.terminal import emit, fail, json_option, table


@click.command()
@click.option("--rebuild", "anew", is_flag=True, help="Build it anew, whatever there is.")
@json_option
def index(anew: bool, as_json: bool) -> None:
    """Bring the search index up to date. Searching does so by itself; this takes the wait away."""
    state = rebuild() if anew else catch_up()
    if state is None:
        fail("there is no agenda: mainport agenda load FILE", as_json=as_json)
    assert state
    done = f"built anew, {state.elements} elements" if state.built else f"{state.read} changes read"
    emit(asdict(state), as_json=as_json, show=lambda: click.echo(f"{done}, up to version {state.version}."))


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--lang", default="nl", show_default=True, help="The language of the words, whose stems are tried first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 500))
@json_option
def search(words: tuple[str, ...], lang: str, limit: int, as_json: bool) -> None:
    """Search the agenda for WORDS."""
    asked = " ".join(words)
    answer = find(asked, language=lang, limit=limit)
    hits = [{"id": hit.uid, "title": _plain(hit.title), "passage": _plain(hit.passage)} for hit in answer.hits]
    data = {
        "words": asked,
        "total": answer.total,
        "every_word": answer.every_word,
        "counts": {kind.value: count for kind, count in answer.counts.items()},
        "hits": hits,
    }
    emit(data, as_json=as_json, show=lambda: _show(hits, answer.total))


def _show(hits: list[dict[str, str]], total: int) -> None:
    if not hits:
        Console().print("Nothing found.")
        return
    table(
        ["ID", "Title", "Passage"], ([hit["id"], hit["title"], hit["passage"]] for hit in hits), title=f"{total} found"
    )


def _plain(marked: str) -> str:
    return html.unescape(marked.replace("<mark>", "").replace("</mark>", ""))
