# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers for an item. Whoever opens a confidential one is written down."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from mainport.agenda.rules import evidence
from mainport.board import queries
from mainport.board.actions.items import subject_of
from mainport.board.actions.shared import held_item, require_own, require_state
from mainport.board.models import Document, Item
from mainport.board.rules.meetings import Deed, ItemState, is_late
from mainport.board.rules.refusals import Reason, refuse
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission

_SAID = {
    evidence.EvidenceTrouble.EMPTY: "a file with something in it",
    evidence.EvidenceTrouble.TOO_LARGE: "a smaller file",
    evidence.EvidenceTrouble.UNKNOWN_TYPE: f"one of {', '.join(evidence.TYPES)}",
    evidence.EvidenceTrouble.OTHER_CONTENT: "what the ending of its name says",
    evidence.EvidenceTrouble.MACROS: "a file without macros",
}


@transaction.atomic
def add_document(*, by: Actor, item: Item, file: File[bytes], title: str = "", confidential: str = "") -> Document:
    """Add a paper: who proposed the item until the meeting begins, marked late after the deadline.

    `confidential` is the reason why not everybody may read it. Raises NotAllowed, Refused.
    """
    require_own(by, item)
    item = held_item(Deed.ADD_DOCUMENT, item)
    require_state(item, ItemState.PROPOSED, ItemState.PLACED)
    name = PurePath(file.name or "")
    try:
        media_type = evidence.media_type(name.name, file, size=file.size, limit=settings.UPLOAD_LIMIT)
    except evidence.BadEvidence as error:
        expected = f"{_SAID[error.trouble]} (at most {settings.UPLOAD_LIMIT // 1024 // 1024} MB)"
        raise refuse(Reason.FILE, "file", f"{name.name}: {error.trouble}", expected) from error
    now = timezone.now()
    if not by.may(Permission.MANAGE_BOARD) and now >= item.meeting.start:
        raise refuse(Reason.LATE, "file", f"{now:%Y-%m-%d %H:%M}", f"before {item.meeting.start:%Y-%m-%d %H:%M}")
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    document = Document(
        item=item,
        title=(title.strip() or name.stem)[:200],
        media_type=media_type,
        size=file.size,
        sha256=digest,
        confidential=confidential.strip(),
        late=is_late(now, item.meeting.papers_due) and not item.meeting.demo,
        by_name=by.name,
        at=now,
    )
    document.file.save(f"{uuid.uuid4().hex}{name.suffix.lower()}", file, save=False)
    document.save()
    record(
        by=by,
        action="document.add",
        subject=document_subject(document),
        item=subject_of(item),
        sha256=digest,
        confidential=bool(document.confidential),
        late=document.late,
    )
    return document


@transaction.atomic
def remove_document(*, by: Actor, document: Document) -> None:
    """Take a paper away, before the meeting is convened. Raises NotAllowed, Refused."""
    require_own(by, document.item)
    held_item(Deed.REMOVE_DOCUMENT, document.item)
    record(
        by=by,
        action="document.remove",
        subject=document_subject(document),
        item=subject_of(document.item),
        title=document.title,
        sha256=document.sha256,
    )
    transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
    document.delete()


@transaction.atomic
def open_document(*, by: Actor, document: int) -> Document:
    """The paper with this id, to read its file; a confidential one is written in the audit log, every time.

    Raises queries.Unseen where there is none that this asker may see.
    """
    found = queries.find_document(by, document)
    record_opening(by=by, documents=[found])
    return found


@transaction.atomic
def record_opening(*, by: Actor, documents: Iterable[Document]) -> None:
    """Write down that somebody opened these papers, as far as they are confidential."""
    for document in documents:
        if reason := document.confidential or document.item.confidential:
            record(by=by, action="document.open", subject=document_subject(document), why=reason)


def document_subject(document: Document) -> str:
    """What audit events call this paper."""
    return f"document:{document.pk}"
