# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where records are harvested, each visit, each record as it came, and which records say the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from mainport.catalogue.models.records import Record
from mainport.core.models import Organisation, Person


class Repository(models.Model):
    """An outside source of records, in one format. `settings` is what the format needs (prefix, set, mapping …)."""

    key = models.SlugField(max_length=80, unique=True)
    title = models.JSONField()
    format = models.CharField(max_length=30)
    url = models.CharField(max_length=500, blank=True)
    settings = models.JSONField(default=dict)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # Hears of problems.
    preference = models.PositiveIntegerField(default=100)  # Lower is believed before higher where sources differ.
    every = models.PositiveIntegerField(null=True)  # Hours between visits; null is by hand.
    next_at = models.DateTimeField(null=True, db_index=True)
    active = models.BooleanField(default=True)
    until = models.CharField(max_length=30, blank=True)  # Up to when the source was harvested, by the source's clock.
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name_plural = "repositories"

    def __str__(self) -> str:
        return self.key


class Harvest(models.Model):
    """A visit that takes what changed. One that was broken off goes on where its last stored part ended."""

    class State(models.TextChoices):
        RUNNING = "running"
        COMPLETE = "complete"
        STOPPED = "stopped"  # By somebody, or by the end of the process; can be taken up again.
        FAILED = "failed"  # `problem` says why; what was stored stays, and it can be taken up again.

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="harvests")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    alive_at = models.DateTimeField()  # A running one that was silent for long was killed.
    whole = models.BooleanField(default=False)  # All that there is, and not only what changed.
    since = models.CharField(max_length=30, blank=True)
    until = models.CharField(max_length=30, blank=True)
    position = models.JSONField(default=dict)  # With what to ask for the next part.
    requests = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    deleted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-started_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["repository"], condition=Q(state="running"), name="harvest_one_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.repository} {self.started_at:%Y-%m-%d %H:%M}"


class RawRecord(models.Model):
    """A record as the source gave it last, and what it became here."""

    repository = models.ForeignKey(Repository, on_delete=models.CASCADE, related_name="raw_records")
    identifier = models.CharField(max_length=500)
    datestamp = models.CharField(max_length=30, blank=True)
    sets = models.JSONField(default=list)
    deleted = models.BooleanField(default=False)
    body = models.BinaryField()  # Packed by zlib.
    media_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    faults = models.JSONField(default=list)  # [{"where", "found", "expected"}]
    harvest = models.ForeignKey(Harvest, on_delete=models.SET_NULL, null=True, related_name="raw_records")
    fetched_at = models.DateTimeField()
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="raw_records")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["repository", "identifier"], name="raw_record_once")]

    def __str__(self) -> str:
        return self.identifier


class Match(models.Model):
    """Two records that seem to be the same: merged by itself or by somebody, or told apart for good."""

    class Verdict(models.TextChoices):
        OPEN = "open"
        MERGED = "merged"
        APART = "apart"

    kept = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="matches")
    other = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=30)
    certainty = models.FloatField()  # From 0 to 1.
    verdict = models.CharField(max_length=10, choices=Verdict.choices, default=Verdict.OPEN)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-certainty", "id"]
        verbose_name_plural = "matches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "other"], name="match_once"),
            models.CheckConstraint(condition=~Q(kept=F("other")), name="match_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.kept} = {self.other}"
