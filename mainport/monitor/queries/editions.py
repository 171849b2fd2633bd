# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Frozen editions: what was known on a day, and whether it still reads the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

from mainport.monitor.models import Dataset, Edition
from mainport.monitor.queries.observations import Calendar, Value, lines, values


def frozen_editions() -> list[Edition]:
    """The newest first."""
    return list(Edition.objects.all())


def edition(key: str) -> Edition | None:
    return Edition.objects.filter(key=key).first()


def values_in(edition: Edition, series_ids: Iterable[int]) -> list[Value]:
    """The values of these series as the edition has them, whatever was learnt since."""
    return values(series_ids, known_at=edition.known_at)


def checksum(known_at: datetime) -> str:
    """SHA-256 over every value that was known at this moment, by table, measure, codes and period.

    A line for each value, in the order of their texts, so that anybody can do it again from the files.
    """
    digest = hashlib.sha256()
    calendar = Calendar.read()
    for dataset in Dataset.objects.order_by("key").iterator(chunk_size=20):
        table = lines(dataset, known_at, calendar)
        for (measure, coordinates), line in sorted(table.lines.items()):
            for period, (value, text, missing, finality) in sorted(line.items()):
                row = [dataset.key, measure, coordinates, period, value, text, missing, finality]
                digest.update(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
    return digest.hexdigest()


def is_whole(edition: Edition) -> bool:
    """Whether the values of the edition still give its checksum."""
    return checksum(edition.known_at) == edition.sha256
