# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables that came in and scenarios that people work on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mainport.core.models import Person


class Table(models.Model):
    """A file that came in and was checked, kept as it came: flows of graduates, registrations, labour market."""

    class Kind(models.TextChoices):
        PATHS = "paths"  # Home at 16, study, home at 28.
        RETENTION = "retention"  # Totals or rates that others published.
        YEARLY = "yearly"  # The same people year by year: survival and transitions.
        REGISTRATIONS = "registrations"
        ENROLLED = "enrolled"
        LABOUR = "labour"  # ROA, UWV.
        HISTORY = "history"  # Past years of a human-capital agenda.
        GRADUATES = "graduates"  # Who graduates when in what: for companies.

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.JSONField()
    file_name = models.CharField(max_length=200)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    public = models.BooleanField(default=False)  # May be shown as it is; else only what protects small counts is.
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["kind", "key"]

    def __str__(self) -> str:
        return self.key


class Scenario(models.Model):
    """A human-capital agenda or an autumn peak, as its file says; an edit is a new version."""

    class Kind(models.TextChoices):
        HUMAN_CAPITAL = "human-capital"
        PEAK = "peak"

    key = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    current = models.BooleanField(default=True)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    title = models.JSONField()
    body = models.TextField()  # The YAML as it was written.
    tables = models.JSONField(default=dict)  # The key of a Table by the name of the file that the scenario reads.
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["kind", "key", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="scenario_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(current=True), name="scenario_current_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
