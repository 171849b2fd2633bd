# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which files may be handed in as evidence: by what is in them, not by what they call themselves."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePath
from typing import Protocol


class Content(Protocol):
    """A file that can be read from any place in it."""

    def read(self, size: int = -1, /) -> bytes: ...

    def seek(self, offset: int, whence: int = 0, /) -> int: ...

    def tell(self) -> int: ...


class EvidenceTrouble(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    UNKNOWN_TYPE = "unknown-type"
    OTHER_CONTENT = "other-content"
    MACROS = "macros"


class BadEvidence(ValueError):
    """The file is refused."""

    def __init__(self, trouble: EvidenceTrouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


#: The longest that the member `mimetype` of an OpenDocument file may be; nothing else is unpacked.
_MIMETYPE_LIMIT = 100


def _begins_with(*signatures: bytes) -> Callable[[Content], bool]:
    def check(content: Content) -> bool:
        return content.read(16).startswith(signatures)

    return check


def _office_open(main: str) -> Callable[[Content], bool]:
    """ECMA-376: a zip with a list of content types and the main part."""

    def check(content: Content) -> bool:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
        if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
            raise BadEvidence(EvidenceTrouble.MACROS)
        return {"[Content_Types].xml", main} <= names

    return check


def _open_document(media_type: str) -> Callable[[Content], bool]:
    """OpenDocument 1.3, part 2, 3.3: the media type stands in a member of its own."""

    def check(content: Content) -> bool:
        with zipfile.ZipFile(content) as archive:
            names = archive.namelist()
            if "mimetype" not in names or "content.xml" not in names:
                return False
            if any(name.startswith("Basic/") for name in names):
                raise BadEvidence(EvidenceTrouble.MACROS)
            with archive.open("mimetype") as member:
                return member.read(_MIMETYPE_LIMIT).decode("ascii", "replace").strip() == media_type

    return check


def _text(content: Content) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := content.read(64 * 1024):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ODT = "application/vnd.oasis.opendocument.text"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"

#: Ending of the name: what it is served as, and how its content is recognised.
TYPES: dict[str, tuple[str, Callable[[Content], bool]]] = {
    "pdf": ("application/pdf", _begins_with(b"%PDF-")),
    "png": ("image/png", _begins_with(b"\x89PNG\r\n\x1a\n")),
    "jpg": ("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "jpeg": ("image/jpeg", _begins_with(b"\xff\xd8\xff")),
    "docx": (_WORD, _office_open("word/document.xml")),
    "xlsx": (_SHEET, _office_open("xl/workbook.xml")),
    "odt": (_ODT, _open_document(_ODT)),
    "ods": (_ODS, _open_document(_ODS)),
    "csv": ("text/csv", _text),
    "txt": ("text/plain", _text),
}


def media_type(name: str, content: Content, *, size: int, limit: int) -> str:
    """What this file is, where its content agrees with the ending of its name.

    Raises BadEvidence. Archives are listed and not unpacked.
    """
    if size == 0:
        raise BadEvidence(EvidenceTrouble.EMPTY)
    if size > limit:
        raise BadEvidence(EvidenceTrouble.TOO_LARGE)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in TYPES:
        raise BadEvidence(EvidenceTrouble.UNKNOWN_TYPE)
    found, agrees = TYPES[ending]
    content.seek(0)
    try:
        agreed = agrees(content)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, BadEvidence):
            raise
        agreed = False  # A damaged or encrypted archive, or one of a kind that isn't known here.
    content.seek(0)
    if not agreed:
        raise BadEvidence(EvidenceTrouble.OTHER_CONTENT)
    return found
