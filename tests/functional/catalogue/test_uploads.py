# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for uploads: what is too large or comes from nobody never reaches the disk."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.core.models import Person
from tests.conftest import Cast
from tests.integration.catalogue.handing_in import make_desk

pytestmark = pytest.mark.django_db

LogIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def small(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Files of 1 MB at most, all to disk; what is written there is counted."""
    settings.FILE_LIMIT = 1_000_000
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    written: list[int] = []
    real = TemporaryFileUploadHandler.receive_data_chunk

    def receive(self: TemporaryFileUploadHandler, raw_data: bytes, start: int) -> Any:
        written.append(len(raw_data))
        return real(self, raw_data, start)

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", receive)
    return written


def _pdf(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("groot.pdf", b"%PDF-1.7" + b"0" * size)


def test_far_too_large_is_never_written(as_person: LogIn, cast: Cast, small: list[int]) -> None:
    record = make_desk(cast).draft()
    response = as_person(cast.heidi).post(f"/en/hand-in/{record.key}/files/", {"file": _pdf(8_000_000), "verb": "add"})
    html = response.content.decode()
    assert "“groot.pdf” is larger than" in html
    assert html.count("is larger than") == 2, "in the summary and at its field"
    assert small == []


def test_a_little_too_large_stops_on_the_way(as_person: LogIn, cast: Cast, small: list[int]) -> None:
    record = make_desk(cast).draft()
    response = as_person(cast.heidi).post(f"/en/hand-in/{record.key}/files/", {"file": _pdf(2_000_000), "verb": "add"})
    assert "is larger than" in response.content.decode()
    assert sum(small) <= 1_000_000
    assert not record.files.exists()


def test_nobody_uploads_nothing(client: Client, cast: Cast, small: list[int]) -> None:
    record = make_desk(cast).draft()
    response = client.post(f"/en/hand-in/{record.key}/files/", {"file": _pdf(5000), "verb": "add"})
    assert response.status_code == 302
    client.post("/en/account/login/", {"login": "a", "password": "b", "file": _pdf(5000)})
    assert small == []


def test_other_pages_say_it_too(as_person: LogIn, cast: Cast, small: list[int]) -> None:
    """A form that doesn't know of the door still tells its reader."""
    client = as_person(cast.dave)
    with translation.override("en"):
        response = client.post(reverse("bank_upload"), {"file": _pdf(8_000_000)})
    assert response.status_code == 200
    assert "“groot.pdf” is larger than" in response.content.decode()
    assert small == []


def test_what_fits_is_kept(as_person: LogIn, cast: Cast) -> None:
    from tests.integration.catalogue.handing_in import upload

    record = make_desk(cast).draft()
    as_person(cast.heidi).post(f"/en/hand-in/{record.key}/files/", {"file": upload(), "verb": "add"})
    assert record.files.get().pages == 1


def test_whatever_is_sent_gets_an_answer(as_person: LogIn, cast: Cast) -> None:
    """Names and contents that nobody would think of; never an error of ours, never half a file."""
    record = make_desk(cast).draft()
    client = as_person(cast.heidi)
    chance = random.Random(5)
    names = [
        "a.pdf",
        "..\\\\a.docx",
        "a" * 250 + ".pdf",
        "\u202efdp.exe",
        "a.pdf\x00.exe",
        ".pdf",
        "é.odt",
        "a.zip",
        "a.csv",
        " ",
    ]
    starts = [b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xfe", b"naam;jaar", b""]
    for _turn in range(60):
        content = chance.choice(starts) + chance.randbytes(chance.choice([0, 1, 50, 3000]))
        file = SimpleUploadedFile("x", content)
        file.name = chance.choice(names) if chance.random() < 0.9 else chance.randbytes(12).decode("latin-1")
        response = client.post(
            f"/en/hand-in/{record.key}/files/", {"file": file, "verb": chance.choice(["add", "next"])}
        )
        assert response.status_code in (200, 302), (file.name, content[:20])
    for kept in record.files.all():
        assert kept.file.storage.exists(str(kept.file.name))
        assert kept.size == kept.file.size
