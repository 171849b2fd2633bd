# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers, for who may read them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from mainport.board.models import Document
from mainport.board.queries.asking import Unseen, asker_of
from mainport.board.rules.meetings import ItemState, MeetingState
from mainport.board.rules.openness import Asker, reads_item, sees_item
from mainport.core.rules.permissions import Actor


@dataclass(frozen=True)
class DocumentView:
    """A paper that this asker may open."""

    id: int
    title: str
    name: str  # of the file, as it is handed out
    media_type: str
    size: int
    sha256: str
    confidential: str  # the reason, also where it is that of its item
    late: bool
    at: datetime


def document_view(row: Document, asker: Asker) -> DocumentView | None:
    """The paper, its item and the item's meeting at hand; None where this asker may not open it."""
    item, meeting = row.item, row.item.meeting
    body = meeting.body.uid
    proposer = item.proposed_by.key if item.proposed_by else None
    reason = row.confidential or item.confidential
    seen = sees_item(asker, body, MeetingState(meeting.state), ItemState(item.state), proposer)
    if not seen or not reads_item(asker, body, reason, proposer):
        return None
    return DocumentView(
        id=row.pk,
        title=row.title,
        name=file_name(row),
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        confidential=reason,
        late=row.late,
        at=row.at,
    )


def file_name(row: Document) -> str:
    """A name for the file that says what it is: its title, with the ending of what it is."""
    kept = "".join(c if c.isalnum() or c in " -_.,()" else "-" for c in row.title).strip(" .") or "document"
    return kept[:120] + PurePath(str(row.file.name)).suffix


def find_document(by: Actor, document: int) -> Document:
    """The row with its file, where this asker may open it. Raises Unseen. Two queries at most.

    To read the file, `actions.documents.open_document`: it writes down who opened a confidential one.
    """
    rows = Document.objects.select_related("item__meeting__body", "item__proposed_by")
    row = rows.filter(pk=document).first()
    if row is None or document_view(row, asker_of(by)) is None:
        raise Unseen(document)
    return row


class Damaged(Exception):
    """A file in store is no longer what was handed in: its checksum differs."""


def content_of(paper: Document) -> bytes:
    """The file of a paper that the asker may open; they write the opening down. Raises Damaged."""
    with paper.file.open("rb") as file:
        content = bytes(file.read())
    if hashlib.sha256(content).hexdigest() != paper.sha256:
        raise Damaged(f"the file of paper {paper.pk} ({paper.title}) isn't what was handed in")
    return content


def documents_of_meeting(by: Actor, meeting: str) -> list[Document]:
    """The papers of the items on a meeting's agenda (its key) that this asker may open, in its order. Two queries."""
    asker = asker_of(by)
    rows = Document.objects.filter(item__meeting__key=meeting, item__state__in=["placed", "handled"])
    rows = rows.select_related("item__meeting__body", "item__proposed_by").order_by("item__position", "id")
    return [row for row in rows if document_view(row, asker)]
