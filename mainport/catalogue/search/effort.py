# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Spends a limited time on embedding where it changes most of what a set of questions is answered.

The first model is the better judge and the slow one. So the others embed the texts first, for a part of the time, the
ones that the words of questions put forward before the rest; then the first one embeds the texts that stand highest by
all that is known so far, each question's first before any question's second. Where the time suffices every text is
embedded by every model, and it makes no difference.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from mainport.catalogue.search.answers import Mode, Request
from mainport.catalogue.search.documents import Document
from mainport.catalogue.search.embedding import Encoder, Role
from mainport.catalogue.search.engine import EmbeddedEngine

#: How much of the time the quick models may take.
QUICK_SHARE = 0.35
#: So many texts are put forward for each question.
FORWARD = 100
#: Texts between two looks at the clock.
AT_ONCE = 16

Told = Callable[[str, int], None]


def embed(
    engine: EmbeddedEngine,
    documents: Sequence[Document],
    requests: Sequence[Request],
    role: Role,
    *,
    seconds: float | None,
    told: Told,
) -> int:
    """Embed the documents, whose numbers are their places, for so long (None: until all are); how many every model
    embedded.

    `told` hears of "quick" and of "texts" that were embedded.
    """
    if seconds is None:
        return engine.embed(documents, lambda number: told("texts", number), role)
    start = time.monotonic()
    models = engine.models
    if len(models) > 1:
        order = forward([replace(one, mode=Mode.WORDS) for one in requests], engine, len(documents))
        until = start + QUICK_SHARE * seconds
        _embed(engine, documents, order, role, models[1:], until, lambda number: told("quick", number))
    order = forward(requests, engine, len(documents))
    return _embed(engine, documents, order, role, models, start + seconds, lambda number: told("texts", number))


def forward(requests: Iterable[Request], engine: EmbeddedEngine, number: int) -> list[int]:
    """The numbers of all documents: what stands first in any answer, then what stands second, …; then the rest."""
    best: dict[int, int] = {}
    for request in requests:
        for place, hit in enumerate(engine.search(replace(request, limit=FORWARD)).hits):
            best[hit.uid] = min(place, best.get(hit.uid, place))
    return [*sorted(best, key=lambda uid: (best[uid], uid)), *(uid for uid in range(number) if uid not in best)]


def _embed(
    engine: EmbeddedEngine,
    documents: Sequence[Document],
    order: Sequence[int],
    role: Role,
    models: Sequence[Encoder],
    until: float,
    told: Callable[[int], None],
) -> int:
    done = 0
    while done < len(order) and time.monotonic() < until:
        batch = [documents[uid] for uid in order[done : done + AT_ONCE]]
        done += engine.embed(batch, told, role, models)
    return done
