# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Sub-totals by anything, out of the running totals of the cells: as fast for a million movements as for ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum

from mainport.cycle.models import Cell, Transfer
from mainport.cycle.models.euro import EuroField
from mainport.cycle.rules.chart import Code
from mainport.cycle.rules.ledger import balance

#: What sub-totals can be told apart by, besides the code of the account.
DIMENSIONS = ("year", "party", "fund", "element", "cost")


@dataclass(frozen=True)
class Total:
    """What stands on one account, for one value of each dimension that was asked."""

    code: Code
    key: tuple[Any, ...]
    amount: Decimal


def totals(
    codes: Iterable[Code],
    *,
    by: Sequence[str] = (),
    where: Mapping[str, Any] | None = None,
    through: int | None = None,
) -> list[Total]:
    """What stands on these accounts by the dimensions of `by`, in their order.

    `where` narrows (Django's lookups: {"year": 2023, "element__in": [...]}); `through` is the number of the last
    movement that counts, for a paper that was decided then: it reads the movements and not the running totals.
    """
    if unknown := set(by) - set(DIMENSIONS):
        raise ValueError(f"{', '.join(sorted(unknown))}: expected {', '.join(DIMENSIONS)}")
    wanted = Q(code__in=list(codes), **(where or {}))
    rows = _running(wanted, by) if through is None else _replayed(wanted, by, through)
    found: dict[tuple[Any, ...], tuple[Decimal, Decimal]] = {}
    for *key, debit, credit in rows:
        before = found.get(tuple(key), (Decimal(0), Decimal(0)))
        found[tuple(key)] = (before[0] + (debit or 0), before[1] + (credit or 0))
    return [
        Total(Code(code), tuple(key), balance(Code(code), debit, credit))
        for (code, *key), (debit, credit) in sorted(found.items())
    ]


def _running(wanted: Q, by: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    return (
        Cell.objects.filter(wanted)
        .order_by()
        .values_list("code", *by)
        .annotate(Sum("debits", output_field=EuroField()), Sum("credits", output_field=EuroField()))
    )


def _replayed(wanted: Q, by: Sequence[str], through: int) -> Iterable[tuple[Any, ...]]:
    for side in ("debit", "credit"):
        sides = Transfer.objects.filter(
            movement__number__lte=through, **{f"{side}__in": Cell.objects.filter(wanted).values("pk")}
        )
        names = [f"{side}__{name}" for name in ("code", *by)]
        for *key, amount in sides.order_by().values_list(*names).annotate(Sum("amount", output_field=EuroField())):
            yield (*key, amount, 0) if side == "debit" else (*key, 0, amount)
