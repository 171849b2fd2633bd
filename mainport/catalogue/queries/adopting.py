# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Recommendations that can be adopted, and those that were."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from mainport.catalogue.models import Adoption, Recommendation
from mainport.catalogue.queries.records import published
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, Permission


def recommendation(key: str, number: int) -> Recommendation | None:
    """The advice under this number of a public work."""
    rows = Recommendation.objects.select_related("record").filter(record__in=published())
    return rows.filter(record__key=key, number=number).first()


def may_adopt(by: Actor) -> bool:
    """Whether this actor adopts recommendations at all."""
    return by.may(Permission.ADOPT_RECOMMENDATION) or bool(by.organisations(Permission.ADOPT_RECOMMENDATION))


def adopters(by: Actor) -> QuerySet[Organisation]:
    """The organisations for which this actor may adopt; who may everywhere, for each and for the alliance."""
    if by.may(Permission.ADOPT_RECOMMENDATION):
        return Organisation.objects.all()
    return Organisation.objects.filter(key__in=by.organisations(Permission.ADOPT_RECOMMENDATION))


@dataclass(frozen=True)
class Kept:
    """An adoption, and whether this actor may say what became of it."""

    row: Adoption
    may_end: bool


def adoptions(by: Actor, *, organisation: str = "", state: str = "", task: str = "") -> list[Kept]:
    """What was adopted, the newest in front; what an organisation takes up is public. One query."""
    rows = Adoption.objects.select_related("organisation", "recommendation__record")
    rows = rows.defer("recommendation__record__content", "recommendation__record__own")
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    if state:
        rows = rows.filter(state=state)
    if task:
        rows = rows.filter(task=task)
    return [Kept(row, _may_end(by, row)) for row in rows]


def find(by: Actor, pk: int) -> Kept | None:
    """One of them."""
    row = Adoption.objects.select_related("organisation", "recommendation__record").filter(pk=pk).first()
    return Kept(row, _may_end(by, row)) if row else None


def _may_end(by: Actor, row: Adoption) -> bool:
    key = row.organisation.key if row.organisation else None
    return row.state == Adoption.State.ADOPTED and by.may(Permission.ADOPT_RECOMMENDATION, key)
