# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Jobs of the catalogue's harvests; each may be run twice without doing its work twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import default_task_backend, task

from mainport.catalogue.models import Harvest, Repository
from mainport.core import queries as core
from mainport.core.actions import record
from mainport.core.models import Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Role, system

BY = system("mainport worker")
#: How often it is looked which repositories are due; their own rhythm is in hours.
ROUND = timedelta(minutes=15)
#: Seconds that the worker is at one harvest before other jobs have their turn.
TURN = 600.0


@task()
def harvest_due_repositories() -> int:
    """Give each repository that is due a job of its own, and come back in a while; how many were due."""
    keep_harvesting()  # First, so that the rounds go on whatever happens in this one.
    due = [repository for repository in _due(timezone.now()) if _claim(repository)]
    for repository in due:
        harvest_repository.enqueue(repository.key)
    return len(due)


def _due(now: datetime) -> list[Repository]:
    return list(Repository.objects.filter(active=True, every__isnull=False, next_at__lte=now))


def _claim(repository: Repository) -> bool:
    """Whether it is ours to harvest: of two workers one gets it. The harvest itself sets the next one anew."""
    assert repository.every is not None
    later = timezone.now() + timedelta(hours=repository.every)
    return bool(Repository.objects.filter(pk=repository.pk, next_at=repository.next_at).update(next_at=later))


@task()
def harvest_repository(key: str, whole: bool = False, person: int | None = None) -> str:
    """Harvest one repository, or go on with what was broken off, for somebody or by itself; how it ended."""
    # The actions enqueue jobs of this module.
    from mainport.catalogue.actions.harvesting import Busy, harvest, is_paused

    by = Person.objects.get(pk=person).actor if person else BY
    try:
        found = harvest(by=by, repository=Repository.objects.get(key=key), whole=whole, at_most=TURN)
    except Busy:
        return "busy"
    if is_paused(found):
        # Letters and other jobs have their turn; what comes in is the same.
        harvest_repository.enqueue(key, whole=whole, person=person)
    return str(found.state)


def is_waiting(key: str) -> bool:
    """Whether a job to harvest this repository waits for the worker."""
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready().filter(task_path=harvest_repository.module_path)
    return waiting.filter(args_kwargs__args__0=key).exists()


def keep_harvesting(*, soon: bool = False) -> bool:
    """See to it that one round of harvests waits, `soon` or after a while; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    if not default_task_backend.supports_defer:
        return False
    with transaction.atomic():
        rounds = DBTaskResult.objects.filter(task_path=harvest_due_repositories.module_path)
        deferred = rounds.filter(status="READY", run_after__gt=timezone.now())
        if rounds.ready().exists() or deferred.exists():
            return False
        harvest_due_repositories.using(run_after=None if soon else timezone.now() + ROUND).enqueue()
        return True


@task()
def look_for_duplicates() -> int:
    """Compare what came or changed with all else; how many records were joined."""
    from mainport.catalogue.actions.duplicates import look

    return look(by=BY).merged


def keep_looking_for_duplicates() -> bool:
    """See to it that a look for duplicates waits for the worker; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    if not default_task_backend.supports_defer:
        return False
    if DBTaskResult.objects.ready().filter(task_path=look_for_duplicates.module_path).exists():
        return False
    look_for_duplicates.enqueue()
    return True


@task()
def tell_owner(harvest: int) -> int:
    """Tell who owns a repository that a harvest failed, or else the data stewards; how many were told."""
    found = Harvest.objects.select_related("repository__owner").get(pk=harvest)
    subject = f"repository:{found.repository.key}"
    if core.events(by=BY, subject=subject, action="repository.tell").filter(data__harvest=found.pk).exists():
        return 0
    owner = found.repository.owner
    people = [owner] if owner and owner.is_active else list(core.people(by=BY, role=Role.DATA_STEWARD, active=True))
    told = sum(_send(person, found) for person in people)
    with transaction.atomic():
        record(by=BY, action="repository.tell", subject=subject, harvest=found.pk, told=told)
    return told


def _send(person: Person, harvest: Harvest) -> int:
    with translation.override(person.language):
        context = {
            "person": person,
            "harvest": harvest,
            "title": say(harvest.repository.title, person.language) or harvest.repository.key,
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/harvest_failed_subject.txt", context)
        body = render_to_string("email/harvest_failed.txt", context)
    return send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])
