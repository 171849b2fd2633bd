# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which files of a work are taken in: known by what is in them, not by what they call themselves."""

from __future__ import annotations

import codecs
import re
import unicodedata
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


class Trouble(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    UNKNOWN_TYPE = "unknown-type"
    OTHER_CONTENT = "other-content"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    BOMB = "bomb"  # Unpacked it is far larger than a document can be.
    TOO_MANY_PAGES = "too-many-pages"
    TOO_SLOW = "too-slow"
    TOO_HEAVY = "too-heavy"


class BadFile(ValueError):
    """The file is refused, and nothing of it is kept."""

    def __init__(self, trouble: Trouble, name: str = "") -> None:
        self.trouble = trouble
        self.name = name
        super().__init__(f"{name}: {trouble.value}" if name else trouble.value)


PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ZIP = "application/zip"
CSV = "text/csv"
TEXT = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"

_MIB = 1024 * 1024
#: A document of text with pictures stays far below this; a bomb doesn't.
_DOCUMENT_UNPACKED = 1024 * _MIB
_DATA_UNPACKED = 8 * 1024 * _MIB
_MEMBERS = 20_000
#: Deflate packs at most 1032 to 1; tables of numbers reach 20 or 30 to 1.
_RATIO = 200
#: Below this nothing hurts, however well it was packed.
_HARMLESS = 16 * _MIB
_MIMETYPE_LIMIT = 100
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # An Office file of before 2007, and any Office file with a password.


def _begins_with(*signatures: bytes) -> Callable[[Content], bool]:
    def check(content: Content) -> bool:
        return content.read(16).startswith(signatures)

    return check


def _archive(content: Content, unpacked: int) -> zipfile.ZipFile:
    """The archive with its list of members, none of them unpacked. Raises BadFile."""
    start = content.read(8)
    content.seek(0)
    if start == _OLE:
        raise BadFile(Trouble.ENCRYPTED)
    archive = zipfile.ZipFile(content)
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > _MEMBERS or total > unpacked or (total > _HARMLESS and total > packed * _RATIO):
        raise BadFile(Trouble.BOMB)
    if any(member.flag_bits & 0x1 for member in members):
        raise BadFile(Trouble.ENCRYPTED)
    return archive


def _office_open(main: str) -> Callable[[Content], bool]:
    """ECMA-376: a zip with a list of content types and the main part."""

    def check(content: Content) -> bool:
        with _archive(content, _DOCUMENT_UNPACKED) as archive:
            names = set(archive.namelist())
        if any(PurePath(name).name.lower() == "vbaproject.bin" for name in names):
            raise BadFile(Trouble.MACROS)
        return {"[Content_Types].xml", main} <= names

    return check


def _open_document(media_type: str) -> Callable[[Content], bool]:
    """OpenDocument 1.3, part 2, 3.3: the media type stands in a member of its own."""

    def check(content: Content) -> bool:
        with _archive(content, _DOCUMENT_UNPACKED) as archive:
            names = archive.namelist()
            if "mimetype" not in names or "content.xml" not in names:
                return False
            if any(name.startswith("Basic/") for name in names):
                raise BadFile(Trouble.MACROS)
            with archive.open("mimetype") as member:
                return member.read(_MIMETYPE_LIMIT).decode("ascii", "replace").strip() == media_type

    return check


def _data(content: Content) -> bool:
    """A zip of data whose members, unpacked by somebody, stay inside their folder."""
    with _archive(content, _DATA_UNPACKED) as archive:
        names = [name.replace("\\", "/") for name in archive.namelist()]
    return bool(names) and not any(
        name.startswith("/") or ".." in name.split("/") or re.match("[A-Za-z]:", name) for name in names
    )


_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def _text(content: Content) -> bool:
    """UTF-8, UTF-16 with its mark, or the Windows-1252 of older spreadsheets: no signs that no text has."""
    start = content.read(4)
    content.seek(0)
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decodes(content, "utf-16")
    if _decodes(content, "utf-8"):
        return True
    content.seek(0)
    while chunk := content.read(_MIB):
        if _CONTROL.search(chunk):
            return False
    return True


def _decodes(content: Content, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := content.read(_MIB):
            if "\0" in decoder.decode(chunk):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


#: Ending of the name: what it is kept and served as, and how its content is recognised.
TYPES: dict[str, tuple[str, Callable[[Content], bool]]] = {
    "pdf": (PDF, _begins_with(b"%PDF-")),
    "docx": (DOCX, _office_open("word/document.xml")),
    "odt": (ODT, _open_document(ODT)),
    "txt": (TEXT, _text),
    "csv": (CSV, _text),
    "xlsx": (XLSX, _office_open("xl/workbook.xml")),
    "ods": (ODS, _open_document(ODS)),
    "zip": (ZIP, _data),
    "png": (PNG, _begins_with(b"\x89PNG\r\n\x1a\n")),
    "jpg": (JPEG, _begins_with(b"\xff\xd8\xff")),
    "jpeg": (JPEG, _begins_with(b"\xff\xd8\xff")),
}


def clean_name(name: str) -> str:
    """The name of a file without folders and signs that a system may take for something else.

    >>> clean_name("C:\\\\Users\\\\alice\\\\scriptie: eind.PDF"), clean_name("../../etc/passwd")
    ('scriptie- eind.pdf', 'passwd')
    """
    last = PurePath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(sign if sign.isprintable() and sign not in '<>:"|?*/' else "-" for sign in last).strip(" .")
    path = PurePath(kept or "file")
    return path.stem[:150].rstrip(" .") + path.suffix.lower()[:10]


def media_type(name: str, content: Content, *, size: int, limit: int) -> str:
    """What this file is, where its content agrees with the ending of its name. Raises BadFile."""
    if size == 0:
        raise BadFile(Trouble.EMPTY, name)
    if size > limit:
        raise BadFile(Trouble.TOO_LARGE, name)
    ending = PurePath(name).suffix.lower().removeprefix(".")
    if ending not in TYPES:
        raise BadFile(Trouble.UNKNOWN_TYPE, name)
    found, agrees = TYPES[ending]
    content.seek(0)
    try:
        agreed = agrees(content)
    except BadFile as error:
        raise BadFile(error.trouble, name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadFile(Trouble.OTHER_CONTENT, name) from error
    finally:
        content.seek(0)
    if not agreed:
        raise BadFile(Trouble.OTHER_CONTENT, name)
    return found
