# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was decided about something and what follows from it, in short, for the pages of the agenda."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils import timezone

from mainport.board.models import Decision
from mainport.board.rules.follow_ups import FollowUpState, Standing, standing
from mainport.board.rules.openness import is_confidential


@dataclass(frozen=True)
class ToDo:
    """What an organisation still has to do after a decision."""

    id: int
    decision: str  # key
    organisation: str
    organisation_name: str
    words: Mapping[str, str]
    due: date
    standing: Standing
    demo: bool


@dataclass(frozen=True)
class Brief:
    """A public decision."""

    key: str
    day: date
    title: Mapping[str, str]
    in_force: bool
    demo: bool
    to_do: Sequence[ToDo]


def in_brief(*, elements: Collection[int] = (), organisation: str = "", body: str = "") -> list[Brief]:
    """Public decisions about any of these elements (ids), or after which this organisation (its key) must do
    something, or of this body (its key); the newest first, with what is still open. One query, whatever there is.
    """
    rows = Decision.objects.order_by("-date", "-key", "follow_ups__due", "follow_ups__id")
    if organisation:
        rows = rows.filter(follow_ups__organisation__key=organisation)
    elif body:
        rows = rows.filter(body__key=body)
    else:
        about = Decision.elements.through.objects.filter(element_id__in=elements).values("decision_id")
        rows = rows.filter(pk__in=about)
    found: dict[str, Brief] = {}
    to_do: dict[str, list[ToDo]] = {}
    today = timezone.localdate()
    for row in rows.values(
        "key",
        "date",
        "title",
        "confidential",
        "public_from",
        "demo",
        replaced=F("replaced_by_id"),
        task=F("follow_ups__id"),
        task_words=F("follow_ups__words"),
        task_due=F("follow_ups__due"),
        task_state=F("follow_ups__state"),
        task_demo=F("follow_ups__demo"),
        organisation_key=F("follow_ups__organisation__key"),
        organisation_name=F("follow_ups__organisation__name"),
    ):
        if is_confidential(row["confidential"], row["public_from"], today):
            continue
        key = row["key"]
        own = to_do.setdefault(key, [])
        found.setdefault(key, Brief(key, row["date"], row["title"], row["replaced"] is None, row["demo"], own))
        if row["task_state"] == FollowUpState.OPEN:
            own.append(
                ToDo(
                    id=row["task"],
                    decision=key,
                    organisation=row["organisation_key"],
                    organisation_name=row["organisation_name"],
                    words=row["task_words"],
                    due=row["task_due"],
                    standing=standing(FollowUpState.OPEN, row["task_due"], today),
                    demo=row["task_demo"],
                )
            )
    return list(found.values())
