# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Recognises for which open invoice a payment is, or says that it isn't certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Candidate:
    """An open invoice: `left` is still to be paid, `sent` tells that we sent it, so that it is paid to us."""

    id: int
    number: str
    left: Decimal
    sent: bool
    party: str


@dataclass(frozen=True)
class Payment:
    """A line of the bank; `party` is whose account it came from or went to, '' where that isn't known."""

    amount: Decimal  # Positive came in.
    words: str
    party: str
    day: date


def recognise(payment: Payment, candidates: Sequence[Candidate]) -> int | None:
    """The id of the invoice that it pays, where only one fits; None otherwise.

    It fits when the money goes the right way and isn't more than is left, no other party's account paid it, and
    either the words name its number, or the account is its party's and the amount is exactly what is left.
    """
    fitting = [
        one
        for one in candidates
        if one.sent == (payment.amount > 0) and abs(payment.amount) <= one.left and payment.party in ("", one.party)
    ]
    named = [one for one in fitting if _names(payment.words, one.number)]
    if len(named) == 1:
        return named[0].id
    exact = [one for one in (named or fitting) if payment.party == one.party and abs(payment.amount) == one.left]
    return exact[0].id if len(exact) == 1 else None


def _names(words: str, number: str) -> bool:
    """Whether the number stands in the words by itself, however it is spaced or punctuated.

    >>> [_names(words, "2023-0007") for words in ("factuur 2023-0007, dank", "2023 0007", "12023-00071")]
    [True, True, False]
    """
    parts = [re.escape(part) for part in re.split(r"[^0-9A-Za-z]+", number) if part]
    if not parts or sum(map(len, parts)) < 4:
        return False  # Too short a number stands in many words.
    return re.search(rf"(?<![0-9A-Za-z]){'[^0-9A-Za-z]*'.join(parts)}(?![0-9A-Za-z])", words, re.IGNORECASE) is not None
