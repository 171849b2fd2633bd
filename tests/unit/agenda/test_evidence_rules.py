# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which files are taken as evidence: what is in them must agree with what they are called."""

from __future__ import annotations

import io
import zipfile

import pytest

from mainport.agenda.rules.evidence import BadEvidence, EvidenceTrouble, media_type

LIMIT = 1024 * 1024


def archive(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return out.getvalue()


DOCX = archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
XLSX = archive(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
MACROS = archive(**{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""})
ODT = archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""})
ODT_MACROS = archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "", "Basic/x.xml": ""})


def kind(name: str, content: bytes, limit: int = LIMIT) -> str:
    return media_type(name, io.BytesIO(content), size=len(content), limit=limit)


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n...", "image/png"),
        ("a.jpeg", b"\xff\xd8\xff\xe0...", "image/jpeg"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.csv", b"gemeente;aantal\nEemsdelta;3", "text/csv"),
        ("a.txt", ("é" * 100_000).encode(), "text/plain"),
    ],
)
def test_taken(name: str, content: bytes, found: str) -> None:
    assert kind(name, content) == found


@pytest.mark.parametrize(
    ("name", "content", "trouble"),
    [
        ("a.pdf", b"", EvidenceTrouble.EMPTY),
        ("a.exe", b"MZ", EvidenceTrouble.UNKNOWN_TYPE),
        ("a.html", b"<script>", EvidenceTrouble.UNKNOWN_TYPE),
        ("a.svg", b"<svg/>", EvidenceTrouble.UNKNOWN_TYPE),
        ("pdf", b"%PDF-", EvidenceTrouble.UNKNOWN_TYPE),
        ("a.pdf", b"<html>", EvidenceTrouble.OTHER_CONTENT),
        ("a.docx", XLSX, EvidenceTrouble.OTHER_CONTENT),
        ("a.docx", b"PK\x03\x04 damaged", EvidenceTrouble.OTHER_CONTENT),
        ("a.ods", ODT, EvidenceTrouble.OTHER_CONTENT),
        ("a.odt", DOCX, EvidenceTrouble.OTHER_CONTENT),
        ("a.docx", MACROS, EvidenceTrouble.MACROS),
        ("a.odt", ODT_MACROS, EvidenceTrouble.MACROS),
        ("a.txt", b"\xff\xfe\x00", EvidenceTrouble.OTHER_CONTENT),
        ("a.csv", b"a;b\0", EvidenceTrouble.OTHER_CONTENT),
        ("a.txt", b"cut off \xc3", EvidenceTrouble.OTHER_CONTENT),
    ],
)
def test_refused(name: str, content: bytes, trouble: EvidenceTrouble) -> None:
    with pytest.raises(BadEvidence) as refused:
        kind(name, content)
    assert refused.value.trouble is trouble


def test_too_large() -> None:
    with pytest.raises(BadEvidence) as refused:
        kind("a.txt", b"twelve bytes", limit=11)
    assert refused.value.trouble is EvidenceTrouble.TOO_LARGE


def test_an_archive_that_would_grow_is_not_unpacked() -> None:
    """Ten megabytes of zeros in the member that is looked into: a hundred bytes are read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", b"\0" * 10_000_000)
        file.writestr("content.xml", "")
    with pytest.raises(BadEvidence):
        kind("a.odt", out.getvalue())
