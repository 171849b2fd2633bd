# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Jobs of search: keep the index whole, make vectors, send letters. Each may be run twice without harm."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import default_task_backend, task

from mainport.catalogue.actions.saved import next_letter
from mainport.catalogue.models import Record, SavedSearch
from mainport.catalogue.queries.records import published
from mainport.catalogue.queries.saved import due_searches
from mainport.catalogue.search import catalogue, kept
from mainport.catalogue.search.answers import Mode, Request
from mainport.catalogue.search.asking import only, request_of
from mainport.catalogue.search.embedding import encoders
from mainport.core.actions import record
from mainport.core.rules.permissions import system

BY = system("mainport worker")
#: How often the index is looked after; a search reads small changes by itself.
ROUND = timedelta(minutes=5)
#: Seconds of making vectors, after which other jobs get their turn; and records between two looks at the clock.
TURN, AT_ONCE = 20.0, 8
#: Answers in one letter, and that are looked through for new ones.
MOST_IN_LETTER, MOST_LOOKED = 20, 500


@task()
def look_after_search() -> int:
    """Bring the index up to date, see to it that vectors are made and letters sent, and come back in a while."""
    keep_searching()  # First, so that the rounds go on whatever happens in this one.
    done = catalogue.keep_whole()
    if encoders() and kept.waiting(encoders()).exists():
        make_vectors.enqueue()
    if due_searches(timezone.now()).exists():
        tell_of_new_answers.enqueue()
    return done.read + done.removed


def keep_searching(*, soon: bool = False) -> bool:
    """See to it that one round waits, `soon` or after a while; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    if not default_task_backend.supports_defer:
        return False
    with transaction.atomic():
        if DBTaskResult.objects.filter(task_path=look_after_search.module_path, status="READY").exists():
            return False
        look_after_search.using(run_after=None if soon else timezone.now() + ROUND).enqueue()
        return True


@task()
def make_vectors() -> int:
    """Make vectors for a while, and go on in another job where some are left; how many were made."""
    made = make_some(TURN)
    if made and default_task_backend.supports_defer and kept.waiting(encoders()).exists():
        make_vectors.enqueue()
    return made


def make_some(seconds: float | None, told: Callable[[int], None] | None = None) -> int:
    """Make vectors of records that wait for them, for so long (None: until none waits), and put them in the index."""
    end = time.monotonic() + seconds if seconds is not None else None
    made = 0
    while end is None or time.monotonic() < end:
        uids = list(kept.waiting(encoders()).values_list("pk", flat=True)[:AT_ONCE])
        if not uids:
            break
        made += kept.make(uids, encoders())
        if told:
            told(len(uids))
    catalogue.take_vectors()
    return made


# --- Letters ---


@task()
def tell_of_new_answers() -> int:
    """Tell people what answers their saved searches since the last letter; how many letters went.

    A search is claimed before its letter goes and given back where sending fails: run twice, it goes out once. One
    whose letter fails keeps nobody else from theirs.
    """
    catalogue.keep_whole()
    told, failures = 0, list[OSError]()
    for saved in list(due_searches(timezone.now())):
        # What became public just now may belong to a transaction that hasn't ended: it is for the next letter.
        until = timezone.now() - catalogue.OVERLAP
        if not _claim(saved, until):
            continue
        try:
            told += _tell(saved, new_answers(saved, until), until)
        except OSError as error:  # Every exception of smtplib is one.
            SavedSearch.objects.filter(pk=saved.pk).update(next_at=saved.next_at, seen_at=saved.seen_at)
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} letters about saved searches weren't sent", failures)
    return told


def new_answers(saved: SavedSearch, until: datetime) -> list[Record]:
    """What answers it and became public after the last letter, until this moment; the newest first."""
    request = request_of(saved.query, saved.language)
    since = timezone.localdate(saved.seen_at)
    answer = catalogue.search(_of_words(only(request, since)))
    uids = [hit.uid for hit in answer.hits]
    rows = published().filter(pk__in=uids, published_at__gt=saved.seen_at, published_at__lte=until)
    return list(rows.order_by("-published_at", "-pk"))


def _of_words(request: Request) -> Request:
    """A letter tells of what holds the words; what only comes near is for who searches."""
    return replace(request, mode=Mode.WORDS, limit=MOST_LOOKED, highlight=False)


def _claim(saved: SavedSearch, until: datetime) -> bool:
    """Whether this letter is ours to send: of two workers one gets it."""
    later = next_letter(timezone.now(), saved.every)
    mine = SavedSearch.objects.filter(pk=saved.pk, next_at=saved.next_at, every=saved.every)
    return bool(mine.update(next_at=later, seen_at=max(until, saved.seen_at)))


def _tell(saved: SavedSearch, new: Sequence[Record], until: datetime) -> int:
    """Send the letter, if there is something to tell."""
    if not new:
        return 0
    person = saved.person
    with translation.override(saved.language):
        context = {
            "person": person,
            "saved": saved,
            "count": len(new),
            "records": new[:MOST_IN_LETTER],
            "more": max(0, len(new) - MOST_IN_LETTER),
            "site": settings.SITE_URL,
            "search": _query(saved),
        }
        subject = render_to_string("email/saved_search_subject.txt", context)
        body = render_to_string("email/saved_search.txt", context)
        end = settings.SITE_URL + render_to_string("email/saved_search_end.txt", context).strip()
    # RFC 8058: the mail program's own button.
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", None, [person.email], headers=headers)
    sent = message.send()
    if sent:
        with transaction.atomic():
            record(
                by=BY, action="search.tell", subject=f"saved-search:{saved.pk}", until=until.isoformat(), told=len(new)
            )
    return sent


def _query(saved: SavedSearch) -> str:
    return urlencode(saved.query, doseq=True)
