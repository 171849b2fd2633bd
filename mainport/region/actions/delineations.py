# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions that somebody drew are kept, to look at again and to compare; and thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.models import Delineation, FlowTable

#: Words that stand in addresses where a key could.
TAKEN = ("new", "compare", "keep", "nieuw", "vergelijken", "bewaren")


@transaction.atomic
def keep(
    *,
    by: Actor,
    title: str,
    table: FlowTable,
    method: str,
    parameters: Mapping[str, Any],
    region: Mapping[str, str],
) -> Delineation:
    """Keep the region of each zone under this title, with what it was drawn by. Raises NotAllowed.

    The parameters are those of rules.methods.Options that the method looks at, and the year of the borders.
    """
    require(by, Permission.MANAGE_REGION)
    kept = Delineation.objects.create(
        key=_free(title),
        title=title[:200],
        table=table,
        method=method,
        parameters=dict(parameters),
        zones=dict(region),
        regions=len({name for name in region.values() if name}),
        by_id=by.person_id,
        by_name=by.name,
        at=timezone.now(),
    )
    record(by=by, action="delineation.keep", subject=f"delineation:{kept.key}", method=method, table=table.key)
    return kept


@transaction.atomic
def remove(*, by: Actor, kept: Delineation) -> None:
    """Throw it away; the flows that it came from stay. Raises NotAllowed."""
    require(by, Permission.MANAGE_REGION)
    record(by=by, action="delineation.remove", subject=f"delineation:{kept.key}", title=kept.title)
    kept.delete()


def _free(title: str) -> str:
    """A key out of the title that nobody has yet."""
    stem = slugify(title)[:70] or "region"
    taken = {*TAKEN, *Delineation.objects.filter(key__startswith=stem).values_list("key", flat=True)}
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key
