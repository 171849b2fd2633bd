# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An amount shared out in whole cents, so that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def share(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Parts of the amount in the proportion of the weights; each rounded where the last one left off, so that
    nothing is lost or made. Weights that come to nothing get nothing.

    >>> share(Decimal("10.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('3.33'), Decimal('3.34'), Decimal('3.33')]
    """
    whole = sum(weights, ZERO)
    if not whole:
        return [ZERO for _weight in weights]
    parts, reached, given = [], ZERO, ZERO
    for weight in weights:
        reached += weight
        upto = (amount * reached / whole).quantize(CENT)
        parts.append(upto - given)
        given = upto
    return parts
