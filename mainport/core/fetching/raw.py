# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Raw answers as they came: a zip a visit, with a file an answer and a list of what each answered to."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

from django.conf import settings

LIST = "answers.json"


@dataclass(frozen=True)
class Answer:
    """One answer of a source, and what it says to ask by whether it has changed (RFC 9110, 13)."""

    name: str
    url: str
    size: int
    sha256: str
    media_type: str = ""
    etag: str = ""
    modified: str = ""


def folder() -> Path:
    """Among the uploads, so that a backup holds them."""
    return Path(settings.MEDIA_ROOT) / "raw"


class Kept:
    """The raw answers of one earlier visit."""

    def __init__(self, name: str) -> None:
        self._archive = zipfile.ZipFile(folder() / name)
        self.answers = {item["url"]: Answer(**item) for item in json.loads(self._archive.read(LIST))}

    def read(self, answer: Answer) -> bytes:
        return self._archive.read(answer.name)

    def close(self) -> None:
        self._archive.close()


class Keeper:
    """Keeps the answers of a visit that goes on; `keep` gives the file its name, else nothing is left of it."""

    def __init__(self) -> None:
        folder().mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder(), prefix=".visit-")
        os.close(handle)
        self._path = Path(name)
        self._archive = zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED)
        self._digest = hashlib.sha256()
        self.answers: list[Answer] = []

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()
        self._path.unlink(missing_ok=True)

    def add(self, url: str, body: bytes, *, media_type: str, etag: str, modified: str) -> None:
        name = f"{len(self.answers) + 1:04}"
        self._archive.writestr(name, body)
        self._digest.update(body)
        sha256 = hashlib.sha256(body).hexdigest()
        self.answers.append(Answer(name, url, len(body), sha256, media_type, etag, modified))

    @property
    def sha256(self) -> str:
        """Of all that came, in the order in which it came; '' where nothing did."""
        return self._digest.hexdigest() if self.answers else ""

    @property
    def size(self) -> int:
        return sum(answer.size for answer in self.answers)

    def keep(self, name: str) -> None:
        """Give the file its place, relative to the folder of raw answers. It can't be added to any more."""
        self._archive.writestr(LIST, json.dumps([asdict(answer) for answer in self.answers], indent=1))
        self._archive.close()
        target = folder() / name
        target.parent.mkdir(parents=True, exist_ok=True)
        self._path.replace(target)


class Unkept(Keeper):
    """Lets the answers go, for a visit that keeps what it needs of them elsewhere."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def add(self, url: str, body: bytes, *, media_type: str, etag: str, modified: str) -> None:
        pass


def forget(name: str) -> None:
    (folder() / name).unlink(missing_ok=True)


def kept(name: str) -> Kept | None:
    """The raw answers under this name; None where they are no longer there or can't be read."""
    try:
        return Kept(name) if name else None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
        return None
