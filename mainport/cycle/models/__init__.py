# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of the cycle: the ledger, what is behind its movements, and the yearly papers."""

from mainport.cycle.models.ledger import Book, Cell, Movement, Party, Transfer
from mainport.cycle.models.money import (
    BankFile,
    BankLine,
    Budget,
    BudgetLine,
    Commitment,
    Condition,
    Grant,
    Invoice,
)
from mainport.cycle.models.papers import Comment, Paper, Section, SectionVersion, SignOff

__all__ = [
    "BankFile",
    "BankLine",
    "Book",
    "Budget",
    "BudgetLine",
    "Cell",
    "Comment",
    "Commitment",
    "Condition",
    "Grant",
    "Invoice",
    "Movement",
    "Paper",
    "Party",
    "Section",
    "SectionVersion",
    "SignOff",
    "Transfer",
]
