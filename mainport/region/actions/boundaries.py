# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries come in: from PDOK, or out of a file of the same shape."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.feeds import pdok
from mainport.region.models import Boundary


def fetch(*, by: Actor, kind: str, year: int) -> int:
    """Ask PDOK for the borders of a kind of area in a year, and store them; how many.

    Raises NotAllowed, Refused (an answer of another shape) and core.fetching.problems.Problem (not reached).
    """
    from mainport.core.fetching.http import Visit
    from mainport.core.fetching.raw import Keeper

    require(by, Permission.MANAGE_REGION)
    url = pdok.address(kind, year)
    with Keeper() as keeper, Visit(url, keeper, allow_loopback=settings.FEEDS_ALLOW_LOOPBACK) as visit:
        body = visit.get(url, accept="application/json")
        found = pdok.read(body, name=url, year=year)
        keeper.keep(f"boundaries/{kind}-{year}.zip")
    return put(by=by, found=found, source=f"CBS/PDOK, Gebiedsindelingen {year} (CC BY 4.0)")


@transaction.atomic
def put(*, by: Actor, found: Sequence[pdok.Outline], source: str) -> int:
    """Store checked outlines; one that was there for that area and year is exchanged."""
    require(by, Permission.MANAGE_REGION)
    now = timezone.now()
    rows = [
        Boundary(
            kind=one.kind,
            code=one.code,
            name=one.name[:100],
            year=one.year,
            geometry=one.geometry,
            source=source[:300],
            at=now,
        )
        for one in found
    ]
    Boundary.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code", "year"],
        update_fields=["kind", "name", "geometry", "source", "at"],
    )
    years = sorted({one.year for one in found})
    record(by=by, action="boundaries.put", subject=f"boundaries:{'-'.join(map(str, years))}", areas=len(rows))
    return len(rows)
