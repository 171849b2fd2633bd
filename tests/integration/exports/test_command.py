# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport agenda export`."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mainport.agenda.cli import agenda
from mainport.agenda.exports import FORMATS

pytestmark = pytest.mark.django_db


def export(*arguments: str) -> Result:
    return CliRunner().invoke(agenda, ["export", *arguments])


@pytest.mark.parametrize("name", FORMATS)
def test_each_format(name: str, groningen: object, tmp_path: Path) -> None:
    out = tmp_path / f"agenda.{name}"
    result = export("--format", name, "--out", str(out), "--json")
    assert result.exit_code == 0, result.output
    data = json.loads(result.output)
    assert data == {
        "format": name,
        "file": str(out),
        "bytes": out.stat().st_size,
        "sha256": hashlib.sha256(out.read_bytes()).hexdigest(),
    }
    assert [file.name for file in tmp_path.iterdir()] == [out.name]


def test_the_language_of_stratml(groningen: object, tmp_path: Path) -> None:
    out = tmp_path / "plan.xml"
    assert export("--format", "stratml", "--lang", "en", "--out", str(out)).exit_code == 0
    assert "Energy" in out.read_text()
    refused = export("--format", "stratml", "--lang", "de", "--out", str(out))
    assert refused.exit_code == 1
    assert "the agenda isn't in de; it is in nl, en" in refused.output


def test_a_day_before_the_agenda(groningen: object, tmp_path: Path) -> None:
    result = export("--format", "yaml", "--on", "2001-01-01", "--out", str(tmp_path / "x"))
    assert result.exit_code == 1
    assert "there is no agenda on 2001-01-01" in result.output
    assert not (tmp_path / "x").exists()


def test_nothing_to_export(tmp_path: Path) -> None:
    result = export("--format", "csv", "--out", str(tmp_path / "x"), "--json")
    assert result.exit_code == 1
    assert "there is no agenda" in result.output


def test_a_folder_that_does_not_exist(groningen: object, tmp_path: Path) -> None:
    result = export("--format", "csv", "--out", str(tmp_path / "no" / "x.csv"))
    assert result.exit_code == 1
    assert "can't be written: No such file or directory" in result.output


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    groningen: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "agenda.csv"
    out.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mainport.agenda.cli.os.fsync", full)
    result = export("--format", "csv", "--out", str(out))
    assert result.exit_code == 1
    assert "No space left on device" in result.output
    assert out.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["agenda.csv"]
