# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pack of a meeting: agenda and papers in one PDF with bookmarks, without what its reader may not see."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mainport.board import queries
from mainport.board.actions import documents, meetings
from mainport.board.cli import board as command
from mainport.board.exports import pack
from mainport.board.models import Document, Meeting
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR
from mainport.cycle.exports.papers import render
from mainport.cycle.rules import document as rules
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db


def paper(title: str) -> SimpleUploadedFile:
    text = rules.Document(title, "", "nl", "2026-11-24", "Board", (rules.Heading(1, title), rules.Paragraph("Tekst.")))
    return SimpleUploadedFile(f"{title}.pdf", render(text, "pdf"))


@pytest.fixture
def convened(board: Board) -> Meeting:
    """A meeting with a public item and a confidential one, each with papers."""
    meeting = board.plan()
    first = board.item(meeting, "Open point", purpose="decide", elements=["task:E3"], summary={"nl": "Samenvatting"})
    second = board.item(meeting, "Secret point", confidential="About a person")
    documents.add_document(by=board.office, item=first, file=paper("Voorstel"))
    documents.add_document(by=board.office, item=first, file=SimpleUploadedFile("notes.txt", b"Only words"))
    documents.add_document(by=board.office, item=first, file=paper("Intern"), confidential="Of people")
    documents.add_document(by=board.office, item=second, file=paper("Geheim"))
    return meetings.convene(by=board.office, meeting=meeting)


def bookmarks(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        return [str(item.title) for item in outline.root]


def test_the_members_pack_holds_all_and_is_logged(board: Board, convened: Meeting) -> None:
    made = pack.write(by=board.mayor.actor, meeting=convened.key, language="nl")
    names = bookmarks(made.content)
    assert names[-4:] == ["1. Voorstel", "1. notes", "1. Intern", "2. Geheim"]
    assert "1. Open point" in names
    assert "2. Secret point" in names
    assert (made.papers, made.left_out) == (3, ["notes"])
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert len(pdf.pages) == made.pages
        assert str(pdf.Root.Lang) == "nl"
    opened = AuditEvent.objects.filter(action="document.open", by_name="Mayor")
    titles = Document.objects.filter(pk__in=[event.subject.partition(":")[2] for event in opened])
    assert {row.title for row in titles} == {"Intern", "Geheim"}


def test_the_public_pack_holds_nothing_confidential(board: Board, convened: Meeting) -> None:
    for by in (VISITOR, board.cast.erin.actor, board.guest.actor):
        made = pack.write(by=by, meeting=convened.key, language="en")
        assert bookmarks(made.content)[-2:] == ["1. Voorstel", "1. notes"]
        assert "Secret point" not in " ".join(bookmarks(made.content))
        assert made.papers == 1
    assert not AuditEvent.objects.filter(action="document.open").exists()


def test_what_stands_before_the_papers(board: Board, convened: Meeting) -> None:
    made = pack.document(queries.meeting(VISITOR, convened.key), "en")
    agenda = next(block for block in made.blocks if isinstance(block, rules.Table))
    assert [row[2] for row in agenda.rows] == ["Open point", "Confidential item"]
    begins = [view.begins for view in queries.meeting(VISITOR, convened.key).items if view.begins]
    assert [row[1] for row in agenda.rows] == [f"{timezone.localtime(moment):%H:%M}" for moment in begins]
    said = json.dumps(made.to_json())
    assert "This item is confidential: About a person" in said
    assert "Secret" not in said
    assert "Bob" not in said
    inside = json.dumps(pack.document(queries.meeting(board.mayor.actor, convened.key), "en").to_json())
    assert "Bob, Hanzehogeschool Groningen" in inside


def test_a_meeting_that_isnt_there(board: Board) -> None:
    with pytest.raises(queries.Unseen):
        pack.write(by=board.office, meeting="steering-group-1999-01-01", language="nl")


def test_the_command(board: Board, convened: Meeting, tmp_path: Path) -> None:
    out = tmp_path / "pack.pdf"
    result = CliRunner().invoke(command, ["pack", convened.key, "--out", str(out), "--lang", "en", "--json"])
    assert result.exit_code == 0, result.output
    data = json.loads(result.stdout)
    assert (data["papers"], data["left_out"], data["bytes"]) == (3, ["notes"], out.stat().st_size)
    public = tmp_path / "public.pdf"
    result = CliRunner().invoke(command, ["pack", convened.key, "--out", str(public), "--public"])
    assert "1 papers" in result.stdout
    result = CliRunner().invoke(command, ["pack", "nothing", "--out", str(tmp_path / "x.pdf")])
    assert result.exit_code == 1
    assert "mainport board meetings" in result.stderr
    paper_row = Document.objects.get(title="Voorstel")
    with paper_row.file.storage.open(str(paper_row.file.name), "wb") as file:
        file.write(b"%PDF-1.7 other")
    result = CliRunner().invoke(command, ["pack", convened.key, "--out", str(tmp_path / "x.pdf")])
    assert (result.exit_code, (tmp_path / "x.pdf").exists()) == (1, False)
