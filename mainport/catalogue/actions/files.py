# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Keeping files: looked through before anything is kept, stored once, each version with its checksum."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.reading import Words, read
from mainport.catalogue.rules.files import BadFile, Trouble, clean_name, media_type
from mainport.catalogue.rules.handing_in import FILES
from mainport.catalogue.rules.works import Access
from mainport.core.actions import record as keep_event
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class Taken:
    """A file that was looked through and can be kept."""

    file: File[bytes]
    name: str
    media_type: str
    size: int
    sha256: str
    words: Words


def take(file: File[bytes], name: str = "") -> Taken:
    """Look a file through: its size, its type by its content, its words. Keeps nothing. Raises BadFile.

    Outside a transaction, since reading a hostile file can take a minute.
    """
    called = clean_name(name or file.name or "")
    size = file.size
    kind = media_type(called, file, size=size, limit=settings.FILE_LIMIT)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    with _on_disk(file) as path:
        try:
            words = read(path, kind)
        except BadFile as error:
            raise BadFile(error.trouble, called) from error
    file.seek(0)
    return Taken(file, called, kind, size, digest, words)


@contextmanager
def _on_disk(file: File[bytes]) -> Iterator[str]:
    """The path of its bytes, for as long as they are read."""
    if path := getattr(file, "temporary_file_path", None):
        yield path()
        return
    with tempfile.NamedTemporaryFile() as copy:
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name


def keep(*, by: Actor, record: Record, taken: Taken, why: str = "") -> KeptFile:
    """Keep a file that was looked through, in the caller's transaction: a new one, or a newer version by its name.

    Where nobody but its author and the research office has seen the work, the version before is really gone:
    whoever takes somebody's name out of a thesis must be able to count on that. Raises BadFile.
    """
    versions = list(record.files.filter(name=taken.name).defer("text"))
    others = record.files.filter(current=True).exclude(name=taken.name).count()
    if others >= FILES:
        raise BadFile(Trouble.TOO_MANY, taken.name)
    before = next((one for one in versions if one.current), None)
    if before and before.sha256 == taken.sha256:
        return before
    if record.published_at is None:
        for one in versions:
            _erase(one)
        versions = []
    else:
        record.files.filter(name=taken.name, current=True).update(current=False)
    row = KeptFile(
        record=record,
        name=taken.name,
        version=max((one.version for one in versions), default=0) + 1,
        media_type=taken.media_type,
        size=taken.size,
        sha256=taken.sha256,
        pages=taken.words.pages,
        text=taken.words.text,
        access=before.access if before else Access.UNKNOWN,
        licence=before.licence if before else "",
        embargo_until=before.embargo_until if before else None,
        by_name=by.name,
        at=timezone.now(),
    )
    row.file.save(f"{uuid.uuid4().hex}{PurePath(taken.name).suffix}", taken.file, save=False)
    try:
        with transaction.atomic():
            row.save()
            keep_event(
                by=by,
                action="file.keep",
                subject=f"record:{record.key}",
                why=why,
                name=row.name,
                version=row.version,
                sha256=row.sha256,
            )
    except BaseException:
        row.file.storage.delete(str(row.file.name))
        raise
    return row


def remove(*, by: Actor, file: KeptFile) -> None:
    """Take a file that was never public away, in the caller's transaction: its row now, its bytes once that holds."""
    keep_event(by=by, action="file.remove", subject=f"record:{file.record.key}", name=file.name, sha256=file.sha256)
    _erase(file)


def _erase(file: KeptFile) -> None:
    storage, name = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(partial(storage.delete, name))
