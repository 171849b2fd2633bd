# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which borders are known."""

from __future__ import annotations

from collections.abc import Collection

from mainport.region.models import Boundary


def outlines(codes: Collection[str], year: int) -> dict[str, Boundary]:
    """By code the border of each of these areas in that year; nothing where one of them isn't known, since half a map
    is none."""
    found = {one.code: one for one in Boundary.objects.filter(code__in=codes, year=year)}
    return found if len(found) == len(set(codes)) else {}
