# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What records are compared by, kept so that a new one is compared with a few of the others and not with all."""

from __future__ import annotations

from django.db import models

from mainport.catalogue.models.records import Record


class MatchingKeys(models.Model):
    """The keys of a record as rules.matching makes them, each by 8 bytes of its sum; and the signature of its text."""

    record = models.OneToOneField(Record, on_delete=models.CASCADE, primary_key=True, related_name="matching_keys")
    keys = models.BinaryField()
    signature = models.BinaryField()
    at = models.DateTimeField()  # Of the record's last change that these are of.
    compared = models.BooleanField(default=False)  # Whether it was compared with the others since.

    class Meta:
        verbose_name_plural = "matching keys"

    def __str__(self) -> str:
        return f"keys of record {self.pk}"
