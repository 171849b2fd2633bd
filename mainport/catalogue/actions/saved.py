# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Saving a search, and hearing by letter of new answers to it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.models import SavedSearch
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor

#: Days between letters that can be chosen.
RHYTHMS = (1, 7)
#: One person keeps no more; more can't be looked through.
MOST = 50
#: The hour at which letters go out, where the alliance is.
HOUR = time(7)


class TooMany(Exception):
    """Somebody who has MOST saved searches saves another."""


class NotYours(Exception):
    """A search is changed by who didn't save it, or saved by nobody."""


@transaction.atomic
def save_search(
    *, by: Actor, name: str, query: Mapping[str, list[str]], language: str, every: int | None
) -> SavedSearch:
    """Keep a question; with `every`, letters tell of answers that become public from now on."""
    if by.person_id is None:
        raise NotYours
    if SavedSearch.objects.filter(person_id=by.person_id).count() >= MOST:
        raise TooMany
    now = timezone.now()
    saved = SavedSearch.objects.create(
        person_id=by.person_id,
        name=name[:200],
        query=dict(query),
        language=language,
        every=every,
        seen_at=now,
        next_at=next_letter(now, every),
        secret=secrets.token_urlsafe(32),
    )
    _keep(by, saved, "save")
    return saved


@transaction.atomic
def change_search(*, by: Actor, saved: SavedSearch, name: str, every: int | None) -> None:
    """Another name, or another rhythm of letters."""
    _own(by, saved)
    if every != saved.every:
        now = timezone.now()
        if saved.every is None:
            saved.seen_at = now  # Who begins with letters hears of what comes, not of a year ago.
        saved.every, saved.next_at = every, next_letter(now, every)
    saved.name = name[:200]
    saved.save(update_fields=["name", "every", "seen_at", "next_at"])
    _keep(by, saved, "change")


@transaction.atomic
def forget_search(*, by: Actor, saved: SavedSearch) -> None:
    _own(by, saved)
    _keep(by, saved, "forget")
    saved.delete()


@transaction.atomic
def end_letters(*, by: Actor, saved: SavedSearch) -> None:
    """No more letters, by whoever has the secret of one; the search stays."""
    if saved.every is None:
        return
    saved.every = saved.next_at = None
    saved.save(update_fields=["every", "next_at"])
    _keep(by, saved, "end-letters")


def next_letter(now: datetime, every: int | None) -> datetime | None:
    """The morning of the next letter: so many days after this one, tomorrow at the earliest; None without letters."""
    if every is None:
        return None
    day = timezone.localdate(now) + timedelta(days=every)
    return timezone.make_aware(datetime.combine(day, HOUR))


def _own(by: Actor, saved: SavedSearch) -> None:
    if by.person_id is None or saved.person_id != by.person_id:
        raise NotYours


def _keep(by: Actor, saved: SavedSearch, verb: str) -> None:
    # What somebody looks for is nobody else's business: the event doesn't say it.
    record(by=by, action=f"search.{verb}", subject=f"saved-search:{saved.pk}", every=saved.every)
