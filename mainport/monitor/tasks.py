# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Jobs of the monitor; each may be run twice without doing its work twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import default_task_backend, task

from mainport.core import queries as core
from mainport.core.actions import record
from mainport.core.models import Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Role, system
from mainport.monitor.models import Alert, Feed, Fetch
from mainport.monitor.queries import feeds as queries

if TYPE_CHECKING:
    from mainport.monitor.queries.alerts import Changed

BY = system("mainport worker")
#: How often it is looked which feeds are due; their own rhythm is in hours.
ROUND = timedelta(minutes=15)


@task()
def visit_due_feeds() -> int:
    """Give each feed that is due to a job of its own, and come back in a while; how many were due."""
    keep_visiting()  # First, so that the rounds go on whatever happens in this one.
    due = [feed for feed in queries.due_feeds(timezone.now()) if _claim(feed)]
    for feed in due:
        visit_feed.enqueue(feed.key)
    return len(due)


def _claim(feed: Feed) -> bool:
    """Whether this feed is ours to visit: of two workers one gets it. The visit itself sets the next one anew."""
    assert feed.every is not None
    later = timezone.now() + timedelta(hours=feed.every)
    return bool(Feed.objects.filter(pk=feed.pk, next_at=feed.next_at).update(next_at=later))


@task()
def visit_feed(key: str) -> str:
    """Visit one feed, if its source has another version than the one that is known; the outcome."""
    # The actions enqueue jobs of this module.
    from mainport.monitor.actions.feeds import refresh

    return str(refresh(by=BY, feed=queries.find_feed(key), if_changed=True).fetch.outcome)


def keep_visiting(*, soon: bool = False) -> bool:
    """See to it that one round of visits waits, `soon` or after a while; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    if not default_task_backend.supports_defer:
        return False
    with transaction.atomic():
        waiting = DBTaskResult.objects.ready().filter(task_path=visit_due_feeds.module_path)
        deferred = DBTaskResult.objects.filter(
            task_path=visit_due_feeds.module_path, status="READY", run_after__gt=timezone.now()
        )
        if waiting.exists() or deferred.exists():
            return False
        visit_due_feeds.using(run_after=None if soon else timezone.now() + ROUND).enqueue()
        return True


@task()
def tell_owner(fetch: int) -> int:
    """Tell who owns a feed that it is stale, or else the programme office; how many were told."""
    found = Fetch.objects.select_related("feed__owner").get(pk=fetch)
    subject = f"feed:{found.feed.key}"
    if core.events(by=BY, subject=subject, action="feed.tell").filter(data__fetch=found.pk).exists():
        return 0
    owner = found.feed.owner
    people = [owner] if owner and owner.is_active else list(core.people(by=BY, role=Role.PROGRAMME_OFFICE, active=True))
    told = sum(_send(person, found) for person in people)
    with transaction.atomic():
        record(by=BY, action="feed.tell", subject=subject, fetch=found.pk, told=told)
    return told


def _send(person: Person, fetch: Fetch) -> int:
    with translation.override(person.language):
        context = {
            "person": person,
            "feed": fetch.feed,
            "title": say(fetch.feed.title, person.language) or fetch.feed.key,
            "fetch": fetch,
            "refused": fetch.outcome == Fetch.Outcome.REFUSED,
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/feed_problem_subject.txt", context)
        body = render_to_string("email/feed_problem.txt", context)
    return send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])


@task()
def tell_subscribers(fetch: int) -> int:
    """Tell everybody who follows an indicator what this visit changed in it, in one letter each; how many were told.

    Somebody is claimed before the letter goes, and given back where sending fails: run twice, it goes out
    once. One whose letter fails keeps nobody else from theirs.
    """
    # Reads definitions, for which much must be loaded.
    from mainport.monitor.queries.alerts import subscribers_of

    found = Fetch.objects.select_related("feed").get(pk=fetch)
    told = 0
    failures: list[OSError] = []
    for person, changed in subscribers_of(found):
        if not _claim_alert(found, person):
            continue
        try:
            told += _send_alert(person, found, changed)
        except OSError as error:  # Every exception of smtplib is one.
            Alert.objects.filter(fetch=found, person=person).delete()
            failures.append(error)
    if told:
        with transaction.atomic():
            record(by=BY, action="indicator.tell", subject=f"feed:{found.feed.key}", fetch=found.pk, told=told)
    if failures:
        raise ExceptionGroup(f"{len(failures)} letters about visit {found.pk} weren't sent", failures)
    return told


def _claim_alert(fetch: Fetch, person: Person) -> bool:
    """Whether it is ours to tell this person: of two workers one gets it."""
    try:
        with transaction.atomic():
            Alert.objects.create(fetch=fetch, person=person, at=timezone.now())
    except IntegrityError:
        return False
    return True


def _send_alert(person: Person, fetch: Fetch, changed: Sequence[Changed]) -> int:
    with translation.override(person.language):
        context = {
            "person": person,
            "changed": changed,
            "feed": say(fetch.feed.title, person.language) or fetch.feed.key,
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/indicator_changed_subject.txt", context)
        body = render_to_string("email/indicator_changed.txt", context)
    return send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])
