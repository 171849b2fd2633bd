# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is behind the ledger's movements: budgets, grants, commitments, invoices, bank files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import ExpressionWrapper, F, Q

from mainport.cycle.models.euro import EuroField
from mainport.cycle.models.ledger import Movement, Party
from mainport.cycle.rules.chart import CostType

_COSTS = [(c.value, c.value) for c in CostType]


class Budget(models.Model):
    """A version of the budget of one year. Decided, its lines stand in the ledger and change no more."""

    class State(models.TextChoices):
        DRAFT = "draft"
        DECIDED = "decided"  # The one in force.
        AMENDED = "amended"  # Was in force, until a later version.
        DROPPED = "dropped"

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    words = models.TextField(blank=True)  # Why this version.
    decision = models.CharField(max_length=90, blank=True)
    decided_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-year", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "version"], name="budget_version_once"),
            models.UniqueConstraint(fields=["year"], condition=Q(state="decided"), name="budget_one_in_force"),
            models.UniqueConstraint(fields=["year"], condition=Q(state="draft"), name="budget_one_draft"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], decided_at__isnull=True)
                | (Q(state__in=["decided", "amended"]) & Q(decided_at__isnull=False)),
                name="budget_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} version {self.version}"


class BudgetLine(models.Model):
    """Euro for one goal, task, project … out of one fund, for one type of cost."""

    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="lines")
    element = models.CharField(max_length=110)  # uid
    fund = models.CharField(max_length=90)  # key
    cost = models.CharField(max_length=15, choices=_COSTS)
    amount = EuroField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["element", "fund", "cost"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["budget", "element", "fund", "cost"], name="budget_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="budget_line_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.budget} {self.element} {self.fund} {self.cost}"


class Grant(models.Model):
    """Co-financing that is sought from a fund, promised by it or refused, and received."""

    class State(models.TextChoices):
        SOUGHT = "sought"
        PROMISED = "promised"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        SETTLED = "settled"  # Accounted for to the fund and paid.

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    fund = models.CharField(max_length=90)  # key
    element = models.CharField(max_length=110)  # uid of what it is for
    applicant = models.CharField(max_length=90, blank=True)  # key of the organisation that asks
    year = models.PositiveSmallIntegerField()  # the budget year that it counts for
    sought = EuroField()
    promised = EuroField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.SOUGHT)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True)
    #: Last day to account for it to the fund.
    account_by = models.DateField(null=True)
    reference = models.CharField(max_length=100, blank=True)  # as the fund names it
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-asked_on", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(sought__gt=0), name="grant_above_zero"),
            models.CheckConstraint(
                condition=Q(state__in=["promised", "settled"], promised__gt=0, decided_on__isnull=False)
                | (~Q(state__in=["promised", "settled"]) & Q(promised__isnull=True)),
                name="grant_promised_amount",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__gte=F("asked_on")), name="grant_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Condition(models.Model):
    """What a fund asks in return for its grant, by a day."""

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="conditions")
    words = models.CharField(max_length=500)
    due = models.DateField(null=True)
    met_on = models.DateField(null=True)
    met_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "id"]

    def __str__(self) -> str:
        return self.words


class Commitment(models.Model):
    """What the alliance bound itself to pay: an order, an assignment, a grant to another."""

    key = models.SlugField(max_length=80, unique=True)
    words = models.CharField(max_length=300)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="commitments")
    year = models.PositiveSmallIntegerField()
    element = models.CharField(max_length=110)
    fund = models.CharField(max_length=90)
    cost = models.CharField(max_length=15, choices=_COSTS)
    amount = EuroField()
    date = models.DateField()
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-date", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="commitment_above_zero"),
        ]

    def __str__(self) -> str:
        return self.key


class Invoice(models.Model):
    """An invoice that we sent to a contributor or fund, or received from a supplier."""

    class Direction(models.TextChoices):
        SENT = "sent"
        RECEIVED = "received"

    class State(models.TextChoices):
        WAITING = "waiting"  # Came in; nobody has said yet for what it is.
        OPEN = "open"  # Booked, not paid.
        PAID = "paid"
        REFUSED = "refused"  # Sent back, with the reason.
        CANCELLED = "cancelled"  # By a credit note or a correction.

    direction = models.CharField(max_length=10, choices=Direction.choices)
    number = models.CharField(max_length=60)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="invoices")
    date = models.DateField()
    due = models.DateField()
    net = EuroField()
    vat = EuroField()
    total = EuroField()
    paid = EuroField(default=0)
    words = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True)  # for which budget year; none while it waits
    element = models.CharField(max_length=110, blank=True)
    fund = models.CharField(max_length=90, blank=True)
    cost = models.CharField(max_length=15, blank=True, choices=_COSTS)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="invoices")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, null=True, related_name="invoices")
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.TextField(blank=True)
    #: The file that came in or went out, as it was, in the folder of files.
    file = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-date", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=Q(direction="sent"), name="invoice_sent_number_once"),
            models.UniqueConstraint(
                fields=["party", "number"], condition=Q(direction="received"), name="invoice_received_once"
            ),
            models.CheckConstraint(
                condition=Q(total=ExpressionWrapper(F("net") + F("vat"), output_field=EuroField())),
                name="invoice_total_ties",
            ),
            models.CheckConstraint(condition=Q(paid__gte=0) & Q(paid__lte=F("total")), name="invoice_paid_within"),
            models.CheckConstraint(condition=Q(due__gte=F("date")), name="invoice_days_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "refused"], movement__isnull=True)
                | (~Q(state__in=["waiting", "refused"]) & Q(movement__isnull=False)),
                name="invoice_booked",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BankFile(models.Model):
    """A statement of the bank (CAMT.053), taken in once and whole."""

    identification = models.CharField(max_length=60)  # Stmt/Id
    iban = models.CharField(max_length=34)
    start = models.DateField()
    end = models.DateField()
    opening = EuroField()
    closing = EuroField()
    name = models.CharField(max_length=200)
    file = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-end", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["iban", "identification"], name="bank_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.iban} {self.identification}"


class BankLine(models.Model):
    """One booking on a statement; positive came in. `assigned` says what it was, once somebody or a rule knows."""

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    booked_on = models.DateField()
    amount = EuroField()
    counter_iban = models.CharField(max_length=34, blank=True)
    counter_name = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=140, blank=True)
    words = models.CharField(max_length=500, blank=True)
    movement = models.OneToOneField(Movement, on_delete=models.PROTECT, related_name="+")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, null=True, related_name="bank_lines")
    assigned = models.OneToOneField(Movement, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["file", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "position"], name="bank_line_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="bank_line_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.position}"
