# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What an agenda counts, and what was pledged for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.nodes import NODES


def counts(elements: Iterable[Element]) -> dict[str, Any]:
    """The number of elements by kind's plural, and the contributions' euros a year and in all.

    A contribution counts once, however many partners pay it together.
    """
    elements = list(elements)
    by_kind = Counter(element.kind for element in elements)
    pledged = [element.attributes for element in elements if element.kind is Kind.CONTRIBUTION]
    found: dict[str, Any] = {
        node.plural if kind is not Kind.PLAN else "plans": by_kind[kind]
        for kind, node in NODES.items()
        if kind not in (Kind.ALLIANCE, Kind.CONTRIBUTION)
    }
    found["contributions"] = {
        "count": len(pledged),
        "per_year": sum(fields["per_year"] for fields in pledged),
        "total": sum(fields["total"] for fields in pledged),
    }
    return found
