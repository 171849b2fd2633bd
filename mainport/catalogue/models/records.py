# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The one record: a work, a programme or a course; its numbers, files, offerings and relations.

A record says in `content` all that rules.works.Work, rules.courses.Course or rules.courses.Programme says, as
rules.contents writes it. The columns beside it are what the database finds, sorts and guards by; actions.records
writes both.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.core.models import Organisation, Person


class Record(models.Model):
    """A work, a programme or a course. `key` stands in addresses and in OAI identifiers and is never given twice."""

    class Kind(models.TextChoices):
        WORK = "work"
        PROGRAMME = "programme"
        COURSE = "course"

    class State(models.TextChoices):
        DRAFT = "draft"  # Its author is still at it.
        SUBMITTED = "submitted"  # Waits for the research office.
        RETURNED = "returned"  # The author is asked to change something.
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"  # Was public; its address says that it is gone, and harvesters hear it.

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    type = models.CharField(max_length=20, blank=True)  # A WorkType; '' for what can be learnt.
    state = models.CharField(max_length=10, choices=State.choices)
    titles = models.JSONField()
    language = models.CharField(max_length=3)
    content = models.JSONField()
    own = models.JSONField(null=True)  # What it said itself, where other records were merged into it since.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    provider = models.CharField(max_length=200, blank=True)  # Who gives or keeps it, by name.
    published = models.DateField(null=True)  # The first day that it can be.
    access = models.CharField(max_length=14, blank=True)  # An Access; '' for what can be learnt.
    sector = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=40, blank=True)
    task = models.CharField(max_length=40, blank=True)
    repository = models.ForeignKey("Repository", on_delete=models.PROTECT, null=True, related_name="records")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    demo = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # The datestamp of OAI-PMH: of the last change that others can see.
    published_at = models.DateTimeField(null=True)  # When it first became public here.

    class Meta:
        ordering: ClassVar = ["-changed_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["changed_at", "id"], name="record_by_change"),
            models.Index(fields=["kind", "state", "changed_at", "id"], name="record_by_kind_and_change"),
            models.Index(fields=["task"], name="record_by_task", condition=~Q(task="")),
            # Whole ones: SQLite can't tell that a parameter meets the condition of a partial index.
            models.Index(fields=["task", "kind", "state", "merged_into", "-published", "-id"], name="record_of_task"),
            models.Index(
                fields=["sector", "kind", "state", "merged_into", "-published", "-id"], name="record_of_sector"
            ),
            models.Index(fields=["goal", "kind", "state", "merged_into", "-published", "-id"], name="record_of_goal"),
            models.Index(fields=["kind", "state", "-published_at", "-id"], name="record_newest"),
            # Counting reads this alone.
            models.Index(
                fields=["kind", "state", "merged_into", "type", "task", "sector", "goal"], name="record_counted"
            ),
            models.Index(fields=["kind", "state", "merged_into", "provider"], name="record_by_provider"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "withdrawn"]) | Q(published_at__isnull=False),
                name="record_public_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="record_not_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(kind="work") | Q(state__in=["draft", "published", "withdrawn"]),
                name="record_only_works_are_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Identifier(models.Model):
    """A number of a record, under its scheme (rules.works.Scheme), written as rules.identifiers writes it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=500)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["value", "scheme"], name="identifier_by_value")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "scheme", "value"], name="identifier_once_a_record")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class KeptFile(models.Model):
    """A version of a file of a work, in our own keeping. Only the newest version of a name is shown."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    current = models.BooleanField(default=True)
    file = models.FileField(upload_to="catalogue/%Y/%m", max_length=300)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)  # What it says, for search and for the check on personal data.
    access = models.CharField(max_length=14)  # An Access.
    licence = models.CharField(max_length=200, blank=True)
    embargo_until = models.DateField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["record", "name", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "name", "version"], name="file_version_once"),
            models.UniqueConstraint(fields=["record", "name"], condition=Q(current=True), name="file_current_once"),
            models.CheckConstraint(
                condition=~Q(access="embargoed") | Q(embargo_until__isnull=False), name="file_embargo_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"


class Offering(models.Model):
    """A course or programme at a place and time; `content` says all that rules.courses.Offering says."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="offerings")
    key = models.SlugField(max_length=80, unique=True)
    identifier = models.CharField(max_length=400)  # In the source.
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    enrol_until = models.DateField(null=True)
    mode = models.CharField(max_length=10)
    town = models.CharField(max_length=100, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    price = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # In euros, all told; null is unknown.
    cancelled = models.BooleanField(default=False)
    content = models.JSONField()

    class Meta:
        ordering: ClassVar = [F("starts").asc(nulls_last=True), "id"]
        indexes: ClassVar = [models.Index(fields=["record", "starts"], name="offering_by_start")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "identifier"], name="offering_once_a_record"),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="offering_price_from_0"),
        ]

    def __str__(self) -> str:
        return self.key


class Relation(models.Model):
    """What a record builds on, continues, contains …, in DataCite's terms: another record, or a number elsewhere."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=30)
    scheme = models.CharField(max_length=10)
    value = models.CharField(max_length=500)
    other = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="related")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["value", "scheme"], name="relation_by_value")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "kind", "scheme", "value"], name="relation_once")
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.kind} {self.scheme}:{self.value}"
