# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Amounts of euro: decimals in whole cents."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

CENT = Decimal("0.01")
#: What fits in the ledger: more is a mistake.
LIMIT = Decimal("999999999999.99")


class Unreadable(ValueError):
    """This is no amount in whole cents."""


def euro(value: Any) -> Decimal:
    """The amount in whole cents. Raises Unreadable for what is no number, has parts of a cent, or is too large.

    A float is refused, since it says something else than what was written.
    """
    if isinstance(value, float):
        raise Unreadable(f"{value!r} is a floating point number: expected a decimal")
    try:
        amount = Decimal(value)
    except (InvalidOperation, TypeError, ValueError) as error:
        raise Unreadable(f"{value!r} is no amount") from error
    if not amount.is_finite() or abs(amount) > LIMIT:
        raise Unreadable(f"{value} is no amount up to {LIMIT}")
    cents = amount.quantize(CENT)
    if cents != amount:
        raise Unreadable(f"{value} has parts of a cent")
    return cents


def total(amounts: Any) -> Decimal:
    """The sum, zero euro of nothing."""
    return sum(amounts, Decimal("0.00"))
