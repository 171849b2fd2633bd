# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Amounts as people write them, and refusals in plain words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from mainport.cycle.rules.amounts import Unreadable
from mainport.cycle.rules.ledger import Trouble
from mainport.web.cycle.forms import read_amount
from mainport.web.cycle.refusals import sentence


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("50000", "50000.00"),
        ("50.000", "50000.00"),
        ("50,000", "50000.00"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("€ 99,95", "99.95"),
        ("0,5", "0.50"),
        ("1 000 000", "1000000.00"),
        ("-12.50", "-12.50"),
    ],
)
def test_amounts(written: str, meant: str) -> None:
    assert read_amount(written) == Decimal(meant)


@pytest.mark.parametrize("written", ["", "abc", "1.2.3", "12,345,6.7", "1e9", "1.50.000", "9" * 20, "12,", "--1"])
def test_no_amounts(written: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(written)


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (("amount", "100.01", "at most 100.00, which stands in the budget for task:K1, fund base"), "€100"),
        (("amount", "15000.01", "at most 15000.50, which is left of what was promised"), "€15,000.50"),
        (("due", "2023-01-01", "2023-03-01 or a later day"), "Choose 1 March 2023 or a later day."),
        (("date", "2022-05-01", "a day after 2023: that year is closed"), "closed. Choose a later day"),
        (("identification", "1, taken in on 2023-04-01", "a new statement"), "already: 1, taken in on 1 April 2023."),
        (
            ("number", "F1 of Voorbeeld BV, taken in on 2023-04-01", "a new invoice"),
            "already: F1, Voorbeeld BV, taken in",
        ),
        (("iban", "NL0, our own account", "an account of this party"), "somebody else's, or our own"),
        (("opening", "5.00", "3.50, the closing balance of A1"), "A1 closed with €3.50, and this one opens with €5"),
        (("iban", "NL00", "an IBAN of which the check digits are right"), "This is no IBAN"),
        (("party", "a payment by the account of RUG", "one of Gemeente"), "another account than that of Gemeente"),
        (("bank", "12.50 to be assigned", "every line of the bank assigned"), "€12.50 is still to be assigned"),
        (("budget", "a draft", "no draft of this year or before"), "still at work"),
        (("shoe", "left", "right"), "shoe is left, and should be right"),
    ],
)
def test_sentences(trouble: tuple[str, str, str], said: str) -> None:
    with translation.override("en"):
        assert said in sentence(Trouble(*trouble))
