# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The ledger: cells with their running totals, movements, and the transfers that they are made of."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.cycle.models.euro import EuroField
from mainport.cycle.rules.chart import Code, CostType
from mainport.cycle.rules.ledger import Sort


class Party(models.Model):
    """Who pays or is paid: a contributor of the agenda (one partner or several together), a fund, a supplier."""

    key = models.SlugField(max_length=90, unique=True)
    name = models.CharField(max_length=200)
    #: Uid of the contribution or fund of the agenda that it stands for; '' for others.
    element = models.CharField(max_length=110, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    kvk = models.CharField(max_length=8, blank=True)
    vat = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    #: Where an invoice goes: street with number, postcode and place; the country as ISO 3166-1 has it.
    street = models.CharField(max_length=150, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=50, blank=True)
    country = models.CharField(max_length=2, default="NL")
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["element"], condition=~Q(element=""), name="party_once_an_element"),
        ]

    def __str__(self) -> str:
        return self.key


class Cell(models.Model):
    """A cell of the ledger, `rules.ledger.Cell`, with the totals of all that was booked on it.

    Named by keys and not by those of tables: the cell of an element outlives the element, nothing is looked up
    to add up, and a cell is unique on every database, where nothing is said as well.
    """

    code = models.CharField(max_length=4, choices=[(c.value, c.value) for c in Code])
    year = models.PositiveSmallIntegerField()
    party = models.CharField(max_length=90, blank=True)
    fund = models.CharField(max_length=90, blank=True)
    element = models.CharField(max_length=110, blank=True)
    cost = models.CharField(max_length=15, blank=True, choices=[(c.value, c.value) for c in CostType])
    debits = EuroField(default=0)
    credits = EuroField(default=0)
    #: How many transfers touched it.
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "year", "party", "fund", "element", "cost"], name="cell_once"),
            models.CheckConstraint(condition=Q(debits__gte=0, credits__gte=0), name="cell_totals_grow"),
        ]
        indexes: ClassVar = [models.Index(fields=["element", "code"], name="cell_element")]

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.code, self.year, self.party, self.fund, self.element) if part)


class Movement(models.Model):
    """What was booked, once and for ever: a trigger refuses to change or delete it. A mistake is undone by another."""

    number = models.PositiveBigIntegerField(unique=True)  # Without gaps, from 1.
    sort = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Sort])
    date = models.DateField(db_index=True)
    words = models.CharField(max_length=500)
    reference = models.CharField(max_length=200, unique=True)
    document = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=90, blank=True, db_index=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sort=Sort.CORRECTION, corrects__isnull=False)
                | (~Q(sort=Sort.CORRECTION) & Q(corrects__isnull=True)),
                name="movement_correction_of_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.words}"


class Transfer(models.Model):
    """An amount from one cell to another: it balances by its shape. Neither changed nor deleted."""

    movement = models.ForeignKey(Movement, on_delete=models.PROTECT, related_name="transfers")
    debit = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    credit = models.ForeignKey(Cell, on_delete=models.PROTECT, related_name="+")
    amount = EuroField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_above_zero"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="transfer_two_cells"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.debit_id} <- {self.credit_id}"


class Book(models.Model):
    """The ledger as a whole, one row: who books holds it, so that numbers have no gaps."""

    last_number = models.PositiveBigIntegerField(default=0)
    #: Money of this year and before is closed: a correction is booked in a later one.
    closed_year = models.PositiveSmallIntegerField(default=0)
    #: Our own account at the bank.
    iban = models.CharField(max_length=34, blank=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="book_one")]

    def __str__(self) -> str:
        return f"up to {self.last_number}"
