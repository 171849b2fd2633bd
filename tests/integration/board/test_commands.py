# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport board`, the demonstration that it shows, and the job of each morning."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board import demo, queries
from mainport.board.cli import board as command
from mainport.board.models import Decision, FollowUp, Meeting, Seat
from mainport.board.rules.follow_ups import Standing
from mainport.board.tasks import keep_reminding, remind_daily
from mainport.core import demo as people
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR
from tests.conftest import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(groningen: object, settings: Any, tmp_path: Path) -> dict[str, int]:
    """The demonstration."""
    settings.DATA_DIR = tmp_path
    people.load(by=BY, organisations=[partner.key for partner in agenda.elements(Kind.PARTNER)])
    return demo.load(by=BY)


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def read(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_demonstration_is_marked_and_made_once(shown: dict[str, int]) -> None:
    assert shown["meetings"] >= 11
    assert shown["decisions"] >= 7
    for model in (Seat, Meeting, Decision, FollowUp):
        assert model.objects.exists()
        assert not model.objects.filter(demo=False).exists()
    assert demo.load(by=BY) == {"seats": 0, "meetings": 0, "decisions": 0}
    assert not mail.outbox


def test_the_demonstration_shows_every_standing(shown: dict[str, int]) -> None:
    standings = {view.standing for view in queries.follow_ups(BY)}
    assert standings == set(Standing)
    [withheld] = [view for view in queries.register(VISITOR) if view.withheld]
    assert withheld.confidential == "De onderhandelingen met leveranciers lopen nog."
    assert {view.state for view in queries.meetings(VISITOR)} == {"planned", "held", "closed"}
    [coming] = queries.next_meetings(VISITOR, body="steering-group")
    full = queries.meeting(BY, coming.key)
    assert (len(full.items), len(full.proposals)) == (3, 1)
    assert any(view.manner == "vote" for view in queries.register(BY))


def test_without_an_agenda_there_is_no_demonstration(db: None) -> None:
    assert demo.load(by=BY) == {"seats": 0, "meetings": 0, "decisions": 0}


def test_lists(shown: dict[str, int]) -> None:
    assert len(read("meetings")) == shown["meetings"]
    assert [row["state"] for row in read("meetings", "--coming")] == ["planned"]
    assert {row["body"] for row in read("meetings", "--body", "coordinators", "--year", "2026")} == {"coordinators"}
    rows = read("decisions")
    assert len(rows) == shown["decisions"]
    assert all(row["title"] for row in rows)
    assert sum(row["title"] is None for row in read("decisions", "--public")) == 1
    assert [row["key"] for row in read("decisions", "--about", "task:K3")] == ["2023-01"]
    overdue = read("follow-ups", "--overdue", "--organisation", "hanze")
    assert [(row["decision"], row["standing"]) for row in overdue] == [("2025-01", "overdue")]
    for name in ("meetings", "decisions", "follow-ups"):
        result = run(name)
        assert (result.exit_code, "2023" in result.stdout) == (0, True)
    assert run("decisions", "--about", "task:nowhere").exit_code == 1


def test_exports(shown: dict[str, int], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert read("export", "ori", "--out", str(out))["bytes"] == out.stat().st_size
    assert "Inkoop van gedeelde faciliteiten" not in out.read_text("utf-8")
    read("export", "mdto", "--out", str(out))
    assert not AuditEvent.objects.filter(action="document.open").exists()
    read("export", "mdto", "--confidential", "--out", str(out))
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert "steering-group/body-steering-group.mdto.xml" in archive.namelist()
    assert AuditEvent.objects.filter(action="document.open", by_name="mainport board export").exists()
    assert run("export", "fax", "--out", str(out)).exit_code == 2


def test_remind(shown: dict[str, int]) -> None:
    assert read("remind") == {"letters": 2}
    assert read("remind") == {"letters": 0}
    assert sorted(letter.to[0] for letter in mail.outbox) == sorted(
        {view.owner.lower() + "@example.org" for view in queries.follow_ups(BY) if view.standing in _TO_REMIND}
    )


_TO_REMIND = (Standing.OVERDUE, Standing.DUE_SOON)


def test_remind_tells_what_failed(shown: dict[str, int], monkeypatch: Any) -> None:
    from mainport.board import tasks

    def breaks(*_args: Any) -> int:
        raise OSError("no mail server")

    monkeypatch.setattr(tasks, "send_mail", breaks)
    result = run("remind")
    assert result.exit_code == 1
    assert "2 letters about follow-ups weren't sent: no mail server. They go out the next time." in result.stderr
    assert not FollowUp.objects.exclude(reminded_at=None).exists()


def test_each_morning_once(settings: Any, db: None) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert keep_reminding()
    assert not keep_reminding(), "a second worker adds none"
    [job] = DBTaskResult.objects.filter(task_path=remind_daily.module_path)
    assert job.run_after > timezone.now()
    assert timezone.localtime(job.run_after).hour == 7
    assert remind_daily.call() == 0
    assert DBTaskResult.objects.filter(task_path=remind_daily.module_path).count() == 1
