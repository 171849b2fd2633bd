# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Lets those who follow an indicator hear that its values changed."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from mainport.monitor.models import Fetch, Subscription


def tell_of(fetch: Fetch) -> None:
    """Once its transaction ends well, tell whoever follows what this visit changed: a job, if there may be any."""
    if fetch.changed and Subscription.objects.exists():
        # Mail and queue are slow to load, and most that store have nobody to tell.
        from mainport.monitor import tasks

        transaction.on_commit(partial(tasks.tell_subscribers.enqueue, fetch.pk))
