# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions that were kept: everybody may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from mainport.region.models import Delineation


def kept() -> QuerySet[Delineation]:
    """All of them, the newest first, without the pairs of their tables."""
    return Delineation.objects.select_related("table").defer("table__pairs")


def find(key: str) -> Delineation | None:
    return kept().filter(key=key).first()
