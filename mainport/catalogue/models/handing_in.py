# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a work comes in by its author and the research office, and what others do with its advice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mainport.catalogue.models.records import Record
from mainport.core.models import Organisation, Person


class Submission(models.Model):
    """What the author says beside the work itself; the work's record holds its state."""

    class Consent(models.TextChoices):
        NOBODY = "nobody"  # There are no persons in it.
        GIVEN = "given"  # They agreed, and the author can show it.
        ANONYMISED = "anonymised"

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="submission")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="submissions")
    programme = models.CharField(max_length=200, blank=True)
    supervisor_name = models.CharField(max_length=200, blank=True)
    supervisor_email = models.EmailField(blank=True)
    client = models.CharField(max_length=200, blank=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    consent_note = models.TextField(blank=True)
    no_file_reason = models.CharField(max_length=500, blank=True)  # Why there is none, where there is none.
    deposited_at = models.DateTimeField(null=True)  # When the author allowed us to keep it and show it.
    # What the check on personal data found: where, what kind and why, with the words themselves covered.
    findings = models.JSONField(default=list)
    checked_at = models.DateTimeField(null=True)
    checked_sha256 = models.CharField(max_length=64, blank=True)  # Of what was checked; other words ask anew.
    accepted_note = models.TextField(blank=True)  # Why the author sends it in as it is, where something was found.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return str(self.record)


class Review(models.Model):
    """The research office approved a work, or returned it with reasons. Never changed, never removed."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        RETURNED = "returned"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reasons = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict="approved") | ~Q(reasons=""), name="review_returned_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.submission}: {self.verdict}"


class Recommendation(models.Model):
    """Advice of a work, as an item of its own. `task` is the code of the task that the author meant it for."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="recommendations")
    number = models.PositiveIntegerField()
    text = models.JSONField()
    task = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["record", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["record", "number"], name="recommendation_once")]

    def __str__(self) -> str:
        return f"{self.record} {self.number}"


class Adoption(models.Model):
    """An organisation takes a recommendation up, for a task. `text` is what it said on that day."""

    class State(models.TextChoices):
        ADOPTED = "adopted"
        DONE = "done"
        DROPPED = "dropped"  # `note` says why.

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="adoptions")
    task = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ADOPTED)
    text = models.JSONField()
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    changed_at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["task", "-at"], name="adoption_by_task")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["recommendation", "task", "organisation"],
                condition=Q(state="adopted", organisation__isnull=False),
                name="adoption_once_an_organisation",
            ),
            models.UniqueConstraint(
                fields=["recommendation", "task"],
                condition=Q(state="adopted", organisation__isnull=True),
                name="adoption_once_for_the_alliance",
            ),
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(note=""), name="adoption_dropped_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation} for {self.task}"


class Registration(models.Model):
    """The DOI of a work that was handed in, and how its registering goes. It is made once and never taken back."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DRAFT = "draft"  # Known to the agency alone.
        FINDABLE = "findable"
        HIDDEN = "hidden"  # The work was withdrawn: its DOI leads to the page that says so, and nobody finds it.

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="registration")
    doi = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sha256 = models.CharField(max_length=64, blank=True)  # Of what the agency was told last.
    problem = models.TextField(blank=True)  # Why the last try failed; '' where it went well.
    tries = models.PositiveIntegerField(default=0)  # That failed, since the last that went well.
    at = models.DateTimeField()  # Of the last try.

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.doi
