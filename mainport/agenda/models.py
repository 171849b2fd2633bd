# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda as it stands, as it stood, and what was reported on it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from mainport.agenda.rules.kinds import Kind
from mainport.agenda.rules.status import Status
from mainport.core.models import Organisation, Person, Source


class Element(models.Model):
    """One thing of the agenda as it stands today; `rules.elements` says what each kind holds."""

    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in Kind])
    key = models.CharField(max_length=90)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    position = models.PositiveIntegerField()
    #: Kind and position of every ancestor and of itself, seven digits a level: sorts the tree from
    #: top to bottom, and what lies below an element begins with the element's own.
    tree_key = models.CharField(max_length=120, db_index=True)
    title = models.JSONField()
    summary = models.JSONField(null=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    demo = models.BooleanField(default=False)
    attributes = models.JSONField(default=dict)
    #: Last day of a milestone's due date, of a plan's or project's end.
    due = models.DateField(null=True)
    #: What was once in the agenda keeps its row: reports and later rooms point to it.
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["tree_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="element_once"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Kind]), name="element_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.ALLIANCE, parent__isnull=True)
                | (~Q(kind=Kind.ALLIANCE) & Q(parent__isnull=False)),
                name="element_hangs_on_the_alliance",
            ),
            # One installation serves one alliance: docs/adr/0003.
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=Kind.ALLIANCE), name="element_one_alliance"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "due"], name="element_kind_due")]

    def __str__(self) -> str:
        return self.uid

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}"


class Link(models.Model):
    """A relation of one element to another; `role` is the name of the field in `rules.elements`."""

    element = models.ForeignKey(Element, on_delete=models.CASCADE, related_name="links")
    role = models.CharField(max_length=20)
    target = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="linked_from")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["element", "role", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["element", "role", "target"], name="link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.role} {self.target}"


class Version(models.Model):
    """An element as it was from `at` until `until`: all its fields, who changed it and why.

    `snapshot` is `rules.elements.Element.to_json`, or None from the moment it was removed.
    Named by uid and not by key of a table, so that history outlives what it describes.
    """

    uid = models.CharField(max_length=110)
    snapshot = models.JSONField(null=True)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["uid"], condition=Q(until__isnull=True), name="version_one_open"),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("at")), name="version_ends_after"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["uid", "at"], name="version_uid_at"),
            models.Index(fields=["at"], name="version_at"),
        ]

    def __str__(self) -> str:
        return f"{self.uid} at {self.at:%Y-%m-%d %H:%M}"


class ReportingPeriod(models.Model):
    """A stretch of time on which partners report; locked, nothing in it changes any more."""

    key = models.SlugField(max_length=20, unique=True)
    start = models.DateField()
    end = models.DateField()
    due = models.DateField()
    demo = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-start"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(start__lte=F("end")) & Q(end__lte=F("due")), name="period_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None


class Report(models.Model):
    """What one organisation says of one planned element over one period."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("report", "draft")
        SUBMITTED = "submitted", pgettext_lazy("report", "submitted")
        RETURNED = "returned", pgettext_lazy("report", "returned")
        APPROVED = "approved", pgettext_lazy("report", "approved")

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="reports")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    status = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Status], blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    reviewer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    demo = models.BooleanField(default=False)
    #: Rises with every change: a form that was opened before somebody else's change is refused.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-period__start", "element__tree_key", "organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period", "element", "organisation"], name="report_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(status="") & ~Q(words="")), name="report_complete_once_submitted"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"])
                | (Q(reviewer__isnull=False) & Q(reviewed_at__isnull=False)),
                name="report_reviewed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="returned") | ~Q(reason=""), name="report_returned_with_reason"),
        ]
        indexes: ClassVar = [
            # What is done counts for ever, in whichever period it was said.
            models.Index(
                fields=["element", "organisation"],
                condition=Q(state="approved", status=Status.DONE),
                name="report_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.element} {self.organisation.key}"


class MilestoneReport(models.Model):
    """What a report says of one milestone: reached on a day, or not yet."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="milestones")
    milestone = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="milestone_reports")
    reached_on = models.DateField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["milestone__due", "milestone__tree_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "milestone"], name="milestone_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.milestone}"


class Evidence(models.Model):
    """What shows that a report is true: a link or a file, one of the two."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    file = models.FileField(upload_to="evidence/%Y/%m", blank=True, max_length=300)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(url="") & ~Q(file="")) | (~Q(url="") & Q(file="")), name="evidence_link_or_file"
            ),
            models.CheckConstraint(
                condition=Q(file="") | (~Q(sha256="") & Q(size__isnull=False)), name="evidence_file_with_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """One e-mail to one person about all reports for which they are late.

    The job that sends it reads what is late then: `sent` stays False where nothing was any more.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    handled_at = models.DateTimeField(null=True)
    sent = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.person} {self.asked_at:%Y-%m-%d %H:%M}"
