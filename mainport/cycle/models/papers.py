# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The yearly papers: annual plan, budget, annual accounts, annual report, and the implementation agenda."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from mainport.core.models import Organisation, Person
from mainport.monitor.models import Edition


class Paper(models.Model):
    """One paper of one year. Decided, its content is kept as it was read: what changes later changes it no more."""

    class State(models.TextChoices):
        DRAFT = "draft"
        SIGNING = "signing"  # Laid before the partners: the texts rest.
        DECIDED = "decided"
        REPLACED = "replaced"  # By a later version, decided as well.

    kind = models.CharField(max_length=90)  # key of the agenda's paper: annual-plan, budget, annual-accounts …
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    #: Number of the last movement that it counts, and what was known of the indicators; set when it is decided.
    through = models.PositiveBigIntegerField(null=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, related_name="+")
    #: `rules.document.Document.to_json` by language, and its hash.
    content = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    decision = models.CharField(max_length=90, blank=True)
    decided_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    demo = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-year", "kind", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year", "version"], name="paper_version_once"),
            models.UniqueConstraint(
                fields=["kind", "year"], condition=Q(state__in=["draft", "signing"]), name="paper_one_at_work"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["decided", "replaced"],
                    content__isnull=False,
                    decided_at__isnull=False,
                    through__isnull=False,
                    edition__isnull=False,
                )
                | (Q(state__in=["draft", "signing"]) & Q(content__isnull=True) & Q(decided_at__isnull=True)),
                name="paper_decided_is_kept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} version {self.version}"


class Section(models.Model):
    """A part of a paper that people write; what stands beside it in figures is drawn up from what is stored."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    key = models.SlugField(max_length=110)  # as in `rules.papers`: foreword, goal-ecosystem …
    position = models.PositiveSmallIntegerField()
    text = models.JSONField(default=dict)  # by language, in paragraphs
    revision = models.PositiveIntegerField(default=1)
    writer = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    changed_by = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["paper", "position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "key"], name="section_once")]

    def __str__(self) -> str:
        return f"{self.paper} {self.key}"


class SectionVersion(models.Model):
    """A section as somebody left it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    text = models.JSONField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-revision"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["section", "revision"], name="section_version_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.revision}"


class Comment(models.Model):
    """What somebody says of a section, for its writers."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="comments")
    words = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.section} {self.by_name}"


class SignOff(models.Model):
    """That a partner agrees with a paper as it lies there, or doesn't, and why."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sign_offs")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField()
    reason = models.TextField(blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["organisation__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "organisation"], name="sign_off_once"),
            models.CheckConstraint(condition=Q(agrees=True) | ~Q(reason=""), name="sign_off_refused_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.organisation}"
