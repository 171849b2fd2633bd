# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The job that registers DOIs; it may be run twice without doing its work twice."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import default_task_backend, task

from mainport.core.rules.permissions import system

BY = system("mainport worker")
ROUND = timedelta(minutes=30)


@task()
def register_dois() -> int:
    """Register what waits, and come back in a while; how many went well."""
    # The actions enqueue this job.
    from mainport.catalogue.actions import registering

    keep_registering()
    return registering.round_of(by=BY).registered


def keep_registering(*, soon: bool = False) -> bool:
    """See to it that one round waits, `soon` or after a while, where an agency is set; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    from mainport.catalogue.actions import registering

    if not registering.is_on() or not default_task_backend.supports_defer:
        return False
    with transaction.atomic():
        rounds = DBTaskResult.objects.filter(task_path=register_dois.module_path)
        deferred = rounds.filter(status="READY", run_after__gt=timezone.now())
        if rounds.ready().exists() or (deferred.exists() and not soon):
            return False
        register_dois.using(run_after=None if soon else timezone.now() + ROUND).enqueue()
        return True
