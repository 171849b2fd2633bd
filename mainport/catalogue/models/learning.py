# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Digitale Academie: questionnaires, answers, what somebody follows, badges."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from mainport.catalogue.models.records import Offering, Record
from mainport.core.models import Person


class Questionnaire(models.Model):
    """A version of a questionnaire, as its YAML says; answers belong to the version that was asked."""

    key = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    content = models.JSONField()
    active = models.BooleanField(default=False)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["key", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="questionnaire_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(active=True), name="questionnaire_active_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class Answers(models.Model):
    """What somebody answered: of a person, or of a visit without a log-in (a random number in its session)."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="answers")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    visit = models.CharField(max_length=43, blank=True)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        verbose_name_plural = "answers"
        indexes: ClassVar = [models.Index(fields=["visit"], name="answers_by_visit", condition=~Q(visit=""))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, visit="") | Q(person__isnull=True) & ~Q(visit=""),
                name="answers_of_a_person_or_a_visit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} {self.at:%Y-%m-%d}"


class Following(models.Model):
    """A course that somebody saved, follows or completed; of a person, or of a visit without a log-in."""

    class State(models.TextChoices):
        SAVED = "saved"
        ENROLLED = "enrolled"
        BUSY = "busy"
        COMPLETED = "completed"
        STOPPED = "stopped"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    visit = models.CharField(max_length=43, blank=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="followings")
    offering = models.ForeignKey(Offering, on_delete=models.SET_NULL, null=True, related_name="followings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SAVED)
    progress = models.PositiveSmallIntegerField(default=0)  # Percent.
    association = models.CharField(max_length=400, blank=True)  # Its number at the provider (Open Education API).
    saved_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    completed_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["-changed_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["visit"], name="following_by_visit", condition=~Q(visit=""))]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, visit="") | Q(person__isnull=True) & ~Q(visit=""),
                name="following_of_a_person_or_a_visit",
            ),
            models.UniqueConstraint(
                fields=["person", "record"], condition=Q(person__isnull=False), name="following_once_a_person"
            ),
            models.UniqueConstraint(fields=["visit", "record"], condition=~Q(visit=""), name="following_once_a_visit"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="following_progress_in_percent"),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_on__isnull=False), name="following_completed_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} {self.state}"


class Badge(models.Model):
    """A certificate as an Open Badge 3.0: signed, and checked by anybody at its address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    following = models.OneToOneField(Following, on_delete=models.PROTECT, related_name="badge")
    credential = models.JSONField()
    issued_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-issued_at"]

    def __str__(self) -> str:
        return str(self.id)
