# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is measured, for pages that have more to read: one query, in a word or also in full.

What is read was reckoned when it last changed: see `actions.summaries`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from mainport.monitor.models import Feed, Indicator, Summary
from mainport.monitor.rules.summary import Verdict


@dataclass(frozen=True)
class Brief:
    """An indicator in a word. `definition` and `data` are JSON, where they were asked for."""

    indicator: Indicator
    verdict: Verdict
    connected: bool = False
    with_target: bool = False
    with_values: bool = False
    measures: tuple[str, ...] = ()
    feed: Feed | None = None
    definition: str = ""
    data: str = ""

    @property
    def key(self) -> str:
        return self.indicator.key

    @property
    def stale(self) -> bool:
        """The last visit to its source failed: its values are of an earlier one."""
        return bool(self.feed and self.feed.problem)

    @property
    def lacks(self) -> bool:
        """Whether the alliance still has to agree or to connect something."""
        return not (self.connected and self.with_target and self.with_values)


@dataclass(frozen=True)
class Measured:
    """All indicators in a word, in their order, and by what they measure."""

    all: tuple[Brief, ...] = ()
    by_uid: dict[str, tuple[Brief, ...]] = field(default_factory=dict)

    def of(self, uids: Iterable[str]) -> list[Brief]:
        """The indicators of these elements, each once, in the order of the elements."""
        found = {one.key: one for uid in uids for one in self.by_uid.get(uid, ())}
        return list(found.values())


def measured(*, in_full: bool = False) -> Measured:
    """One query. What isn't counted by today's definition says so: no figure of it is given as current."""
    rows = Indicator.objects.order_by("position", "key").select_related("summary__feed")
    rows = rows.defer("title", "definition", "summary__data", "summary__tables")
    rows = rows.annotate(defined=KT("definition__measures"))
    if in_full:
        # As text: a page shows a few of them, and decodes only those.
        rows = rows.annotate(
            definition_text=Cast("definition", TextField()), data_text=Cast("summary__data", TextField())
        )
    found = tuple(map(_brief, rows))
    by_uid: dict[str, list[Brief]] = {}
    for one in found:
        for uid in one.measures:
            by_uid.setdefault(uid, []).append(one)
    return Measured(found, {uid: tuple(several) for uid, several in by_uid.items()})


def _brief(row: Indicator) -> Brief:
    summary: Summary | None = getattr(row, "summary", None)
    if summary is None or summary.at < row.changed_at:
        return Brief(row, Verdict.RECOUNTING, measures=tuple(json.loads(row.defined)))  # type: ignore[attr-defined]
    return Brief(
        row,
        Verdict(summary.verdict),
        summary.connected,
        summary.with_target,
        summary.with_values,
        tuple(summary.measures),
        summary.feed,
        getattr(row, "definition_text", ""),
        getattr(row, "data_text", ""),
    )
