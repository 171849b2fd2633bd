# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What search keeps in the database: vectors, from which its index can be made again, and searches that were saved."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from mainport.catalogue.models.records import Record
from mainport.core.models import Person


class Embedding(models.Model):
    """The vectors of a record by one encoder: of its beginning first, then of further passages. Made by a job."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="embedding")
    encoder = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)  # Of the text that was encoded; another text asks for another vector.
    vectors = models.BinaryField()  # int8, one row a passage, as search.embedding writes them.
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.record)


class Term(models.Model):
    """What a sector, goal or task of the agenda is called: who looks for its name finds the records that are for it."""

    level = models.CharField(max_length=10)  # "sector", "goal" or "task".
    code = models.CharField(max_length=40)
    titles = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["level", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["level", "code"], name="term_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.code}"


class SavedSearch(models.Model):
    """A question that somebody wants to hear new answers to. `query` holds the parameters of the search page."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=200)
    query = models.JSONField()
    language = models.CharField(max_length=10)
    every = models.PositiveSmallIntegerField(null=True)  # Days between letters; null is no letters.
    seen_at = models.DateTimeField()  # What became public after this is new.
    next_at = models.DateTimeField(null=True, db_index=True)
    secret = models.CharField(max_length=43, unique=True)  # In the letter's address to end it.

    class Meta:
        ordering: ClassVar = ["name", "id"]
        verbose_name_plural = "saved searches"

    def __str__(self) -> str:
        return self.name
