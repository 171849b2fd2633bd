# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An upgrade that would lose something, or go backwards, is refused."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from mainport.agenda.models import Element
from mainport.config import upgrade

pytestmark = pytest.mark.django_db


def test_safe_on_its_own_database(groningen: object) -> None:
    findings = upgrade.findings()
    assert not [finding for finding in findings if finding.blocks]
    assert "the agenda's 174 elements hold together" in [finding.text for finding in findings]


def test_database_of_a_newer_version_blocks() -> None:
    MigrationRecorder(connection).record_applied("agenda", "9999_from_the_future")
    blocking = [finding.text for finding in upgrade.findings() if finding.blocks]
    assert blocking == [
        "the database has agenda.9999_from_the_future, which this version doesn't know: it is of a newer one"
    ]


def test_stored_agenda_that_breaks_a_rule_blocks(groningen: object) -> None:
    row = Element.objects.get(kind="contribution", key=Element.objects.filter(kind="contribution").first().key)
    row.attributes["total"] += 1
    row.save()
    blocking = [finding.text for finding in upgrade.findings() if finding.blocks]
    assert len(blocking) == 1
    assert "total" in blocking[0]
