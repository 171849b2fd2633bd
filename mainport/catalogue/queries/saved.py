# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Saved searches: one's own, and those of which a letter is due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from mainport.catalogue.models import SavedSearch
from mainport.core.rules.permissions import Actor


def saved_searches(by: Actor) -> QuerySet[SavedSearch]:
    """One's own; nobody sees those of another."""
    return SavedSearch.objects.filter(person_id=by.person_id) if by.person_id else SavedSearch.objects.none()


def find_saved(by: Actor, pk: int) -> SavedSearch | None:
    return saved_searches(by).filter(pk=pk).first()


def saved_by_secret(secret: str) -> SavedSearch | None:
    """The search of a letter's address: who has the letter may end it."""
    return SavedSearch.objects.filter(secret=secret).first()


def due_searches(now: datetime) -> QuerySet[SavedSearch]:
    """Those of which a letter is due, of people who may log in."""
    found = SavedSearch.objects.filter(next_at__lte=now, every__isnull=False, person__is_active=True)
    return found.select_related("person").order_by("next_at", "pk")
