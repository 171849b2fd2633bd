# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Boundaries, flows between areas, the regions that follow from them, young companies."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.core.models import Person


class Boundary(models.Model):
    """The border of an area (its code of CBS) in a year: GeoJSON's geometry in degrees (WGS 84), simplified to draw."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality"
        PROVINCE = "province"
        COROP = "corop"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=10)
    name = models.CharField(max_length=100)
    year = models.PositiveSmallIntegerField()
    geometry = models.JSONField()
    source = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["kind", "code", "-year"]
        verbose_name_plural = "boundaries"
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "year"], name="boundary_once_a_year")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class FlowTable(models.Model):
    """Who lives where and works, studies or shops where, in a year: the pairs as a Parquet file.

    Columns of `pairs`: home, work (codes), amount (in `unit`; null where the source kept it back).
    """

    class Purpose(models.TextChoices):
        WORK = "work"
        STUDY = "study"
        PUPILS = "pupils"
        CARE = "care"
        SHOPPING = "shopping"
        OTHER = "other"

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    year = models.PositiveSmallIntegerField()
    borders = models.PositiveSmallIntegerField()  # The year of whose areas it speaks.
    unit = models.CharField(max_length=40)
    outside = models.JSONField(default=list)  # Codes that are no area: abroad, unknown.
    partial = models.BooleanField(default=False)  # Doesn't hold all flows, such as those to one city alone.
    pairs = models.BinaryField()
    rows = models.PositiveIntegerField()
    suppressed = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict)
    source = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)
    sha256 = models.CharField(max_length=64)  # Of the file as it came.
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["purpose", "-year", "key"]

    def __str__(self) -> str:
        return self.key


class Delineation(models.Model):
    """Regions that a method drew out of flows, kept to look at again and to compare. `zones`: region by zone."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    table = models.ForeignKey(FlowTable, on_delete=models.CASCADE, related_name="delineations")
    method = models.CharField(max_length=20)
    parameters = models.JSONField()
    zones = models.JSONField()
    regions = models.PositiveIntegerField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return self.title


class CompanyImport(models.Model):
    """A file of companies that came in, or rows of one that somebody placed by hand (`of`): who, when, under which
    licence, and what it made of what was there, so that it can be taken back.

    `journal` has by company its key with what it was `before` (null where it is new) and `after`, and so for its years.
    `unclear` are rows that may be about several companies, as they came, with the keys of what they may be.
    """

    file = models.CharField(max_length=200)
    shape = models.CharField(max_length=10)  # "own" or "dealroom".
    source = models.CharField(max_length=300)
    licence = models.CharField(max_length=300, blank=True)
    rows_public = models.BooleanField()  # Whether everybody may see single companies of it, or totals only.
    sha256 = models.CharField(max_length=64)
    of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="placed")
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    years = models.PositiveIntegerField(default=0)
    journal = models.JSONField(default=list)
    unclear = models.JSONField(default=list)
    demo = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file} {self.at:%Y-%m-%d}"


class Company(models.Model):
    """A young company, known by its KvK number or else by its name and town."""

    key = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kvk = models.CharField(max_length=8, blank=True)
    town = models.CharField(max_length=100, blank=True)
    municipality = models.CharField(max_length=20, blank=True)  # Code.
    sector = models.CharField(max_length=100, blank=True)
    website = models.CharField(max_length=300, blank=True)
    founded = models.PositiveSmallIntegerField(null=True)  # Year.
    closed = models.PositiveSmallIntegerField(null=True)
    names = models.JSONField(default=list)  # Other names under which it came in.
    sources = models.JSONField(default=list)  # [{"file", "row", "at"}]
    imports = models.ManyToManyField(CompanyImport, related_name="companies")
    public = models.BooleanField(default=True)  # Not where a source of it allows totals only.
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "companies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kvk"], condition=~Q(kvk=""), name="company_once_a_number"),
            models.CheckConstraint(
                condition=Q(founded__isnull=True) | Q(closed__isnull=True) | Q(closed__gte=F("founded")),
                name="company_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompanyYear(models.Model):
    """What is known of a company in a year; null is not known."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    jobs = models.PositiveIntegerField(null=True)
    funding = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # Euros received in that year.
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["company", "year"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["company", "year"], name="company_year_once")]

    def __str__(self) -> str:
        return f"{self.company} {self.year}"
