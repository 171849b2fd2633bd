# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pins what is known now, for a paper that will be read later."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.monitor.models import Edition, Feed
from mainport.monitor.queries.editions import checksum


class EditionExists(ValueError):
    """An edition is made once; what it holds never changes."""


@transaction.atomic
def freeze(*, by: Actor, key: str, title: Mapping[str, str]) -> Edition:
    """A frozen edition of all values that are known now.

    Nothing is copied: no value is ever overwritten, so the moment alone tells which of them counted, and the
    checksum tells later whether that is still so. Raises NotAllowed, EditionExists, ValidationError.
    """
    require(by, Permission.MANAGE_FEEDS)
    validate_slug(key)
    if Edition.objects.filter(key=key).exists():
        raise EditionExists(f"there is an edition {key} already")
    # Who stores holds the row of its feed and says when it learnt what it stores while it does: waiting for those
    # rows leaves nobody who comes later with an earlier moment.
    list(Feed.objects.select_for_update().order_by("pk").values_list("pk"))
    now = timezone.now()
    edition = Edition(key=key, title=dict(title), known_at=now, sha256=checksum(now), by_name=by.name, at=now)
    edition.full_clean()
    edition.save()
    record(by=by, action="edition.freeze", subject=f"edition:{key}", sha256=edition.sha256)
    return edition
