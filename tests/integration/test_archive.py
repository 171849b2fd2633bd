# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A backup gives back what it took, or changes nothing."""

import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from mainport.agenda import actions
from mainport.agenda.models import Element, Version
from mainport.config import archive
from mainport.core.models import Person
from tests.conftest import BY, Cast

# Hashes are compared across a whole exchange of rows.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def media(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path / "media")
    monkeypatch.setattr(settings, "DATA_DIR", tmp_path)
    (tmp_path / "media" / "evidence").mkdir(parents=True)
    (tmp_path / "media" / "evidence" / "plan.txt").write_text("proof")
    return tmp_path / "media"


def test_restore_gives_equal_hashes(groningen: object, cast: Cast, media: Path, tmp_path: Path) -> None:
    before = archive.write(tmp_path / "one.zip")
    actions.remove_element(by=BY, uid="place:wetsus", why="tests")
    Person.objects.filter(pk=cast.alice.pk).update(name="Somebody else")
    (media / "evidence" / "plan.txt").write_text("other")

    archive.read(tmp_path / "one.zip")

    after = archive.write(tmp_path / "two.zip")
    assert after["tables"] == before["tables"]
    assert after["files"] == before["files"]
    assert Person.objects.get(pk=cast.alice.pk).name == "Alice"
    assert (media / "evidence" / "plan.txt").read_text() == "proof"
    # The tables' counters go on where they were.
    assert Version.objects.create(uid="x:y", at=Version.objects.latest("id").at, by_name="tests").pk


def _tamper(archive_file: Path, name: str, content: bytes) -> None:
    with zipfile.ZipFile(archive_file) as old:
        entries = {entry: old.read(entry) for entry in old.namelist()}
    entries[name] = content
    with zipfile.ZipFile(archive_file, "w") as new:
        for entry, data in entries.items():
            new.writestr(entry, data)


def test_damaged_archive_changes_nothing(groningen: object, media: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    archive.write(file)
    with zipfile.ZipFile(file) as opened:
        lines = opened.read("tables/agenda_element.jsonl").replace(b"Wetsus", b"Wetsuz")
    _tamper(file, "tables/agenda_element.jsonl", lines)
    count = Element.objects.count()
    with pytest.raises(archive.ArchiveError, match="agenda_element is not what it was"):
        archive.read(file)
    assert Element.objects.count() == count
    assert Element.objects.get(kind="place", key="wetsus").title == {"mul": "Wetsus"}


def test_archive_of_other_tables_is_refused(groningen: object, media: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    manifest = archive.write(file)
    manifest["migrations"].append("agenda.9999_later")
    _tamper(file, "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(archive.ArchiveError, match=r"agenda\.9999_later"):
        archive.read(file)


def test_file_outside_the_folder_is_refused(groningen: object, media: Path, tmp_path: Path) -> None:
    file = tmp_path / "one.zip"
    manifest = archive.write(file)
    manifest["files"]["../secret-key"] = "0" * 64
    _tamper(file, "manifest.json", json.dumps(manifest).encode())
    with pytest.raises(archive.ArchiveError, match="outside"):
        archive.read(file)


def test_no_archive_is_refused(db: None, media: Path, tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(b"no zip")
    with pytest.raises(archive.ArchiveError, match="damaged"):
        archive.read(tmp_path / "one.zip")
