# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The invented money is marked as such, ties, and is made once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from mainport.agenda.rules.elements import Agenda
from mainport.cycle import demo
from mainport.cycle.models import BankLine, Grant, Invoice, Movement
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from tests.conftest import BY

pytestmark = pytest.mark.django_db


TODAY = date(2026, 11, 24)


def test_it_fills_the_books_once(
    groningen: Agenda, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(demo, "timezone", SimpleNamespace(localdate=lambda: TODAY))
    made = demo.load(by=BY)
    assert made["movements"] == Movement.objects.count() > 200
    assert demo.load(by=BY) == {"movements": 0}
    assert not Movement.objects.filter(demo=False).exclude(sort="pledge").exists()
    pledged = Movement.objects.filter(sort="pledge")
    assert (pledged.count(), pledged.filter(demo=True).count()) == (28, 0)
    bank = sum((total.amount for total in totals([Code.BANK])), Decimal(0))
    assert bank > 0
    assert {invoice.state for invoice in Invoice.objects.all()} >= {"waiting", "open", "paid"}
    assert BankLine.objects.filter(assigned=None).count() == 1
    assert {grant.state for grant in Grant.objects.all()} == set(Grant.State)
    late = Invoice.objects.filter(state="open", due__lt=TODAY)
    assert {invoice.direction for invoice in late} == {"sent", "received"}
    assert sum((total.amount for total in totals([Code.COMMITTED], where={"year": TODAY.year})), Decimal(0)) > 0
    # Nothing is spent out of a fund that hasn't promised it.
    at = ("year", "fund", "element")
    promised = {total.key: total.amount for total in totals([Code.PROMISED], by=at)}
    for total in totals([Code.EXPENDITURE], by=at):
        assert total.key[1] == "base" or total.amount <= promised[total.key]
    closed = totals([Code.RECEIVABLE, Code.PAYABLE, Code.SUSPENSE], by=("year",), where={"year": 2023})
    assert all(total.amount == 0 for total in closed)
