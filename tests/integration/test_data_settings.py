# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Commands that only read and write data start without what serves pages, and do all that they should."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SUBSCRIBER = """
from django.utils import timezone
from mainport.core.models import Person
from mainport.monitor.models import Indicator, Subscription
indicator = Indicator.objects.create(key="x", title={}, definition={}, position=0, changed_at=timezone.now())
person = Person.objects.create(email="ada@example.org", name="Ada")
Subscription.objects.create(person=person, indicator=indicator, since=timezone.now())
"""
JOBS = """
from django_tasks_db.models import DBTaskResult
print(*DBTaskResult.objects.values_list("task_path", flat=True))
"""


@pytest.fixture
def run(tmp_path: Path):
    """Run `mainport` as a process of its own, on a database of its own; what it printed."""
    environment = {**os.environ, "MAINPORT_DATA_DIR": str(tmp_path / "data")}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    def go(*words: str) -> str:
        command = [sys.executable, "-c", "from mainport.config.cli import main; main()", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    go("migrate")
    return go


def test_a_repository_in_and_out_with_a_job_for_its_subscribers(run, tmp_path: Path) -> None:
    data = tmp_path / "uk" / "data"
    data.mkdir(parents=True)
    (data / "indicator_1-1-1.csv").write_text("Year,Value\n2024,10\n")
    run("django", "shell", "-c", SUBSCRIBER)
    taken = json.loads(run("monitor", "import", "open-sdg", str(tmp_path / "uk"), "--name", "uk", "--json"))
    assert taken["observations"] == 1
    assert "mainport.monitor.tasks.tell_subscribers" in run("django", "shell", "-c", JOBS)
    published = json.loads(run("monitor", "publish", "--out", str(tmp_path / "out"), "--json"))
    assert published["written"] == ["uk-1-1-1"]


def test_an_assessment(run, tmp_path: Path) -> None:
    columns = "base_value,base_year,current_value,current_year,target_value,target_year,direction"
    (tmp_path / "in.csv").write_text(f"{columns}\n100,2015,120,2020,150,2030,positive\n")
    run("monitor", "assess", "--in", str(tmp_path / "in.csv"), "--out", str(tmp_path / "out.csv"))
    assert "substantial_progress" in (tmp_path / "out.csv").read_text()
