# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads the words of one file and writes them to standard output: a line of JSON, then the text.

Run by path, in a process of its own, by reading.read; imports nothing of Mainport, so that it starts fast and holds
nothing that a broken file could get at.
"""

from __future__ import annotations

import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any

_MIB = 1024 * 1024
#: The part of a document with its words, unpacked; 10,000 pages of text are below it.
_PART = 256 * _MIB


class Bad(Exception):
    """The file is refused; its argument is the value of a rules.files.Trouble."""


class Room:
    """Takes text until there is no more room for it."""

    def __init__(self, signs: int) -> None:
        self.left = signs
        self.parts: list[str] = []
        self.unread = 0

    def put(self, text: str) -> bool:
        """Whether all of it was taken."""
        taken = text[: max(0, self.left)]
        self.parts.append(taken)
        self.left -= len(text)
        return self.left >= 0


def pdf(path: str, room: Room, pages: int) -> int:
    """Page by page; a page without words is a picture, or empty."""
    import pypdfium2  # type: ignore[import-untyped]

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Bad("encrypted" if "password" in str(error).lower() else "damaged") from error
    count = len(document)
    if count == 0:
        raise Bad("damaged")
    if count > pages:
        raise Bad("too-many-pages")
    full = False
    for number in range(count):
        text = "" if full else _page(document, number, room.left)
        if not text.strip():
            room.unread += 1
        full = not room.put(("\f" if number else "") + text) or full
    return count


def _page(document: Any, number: int, most: int) -> str:
    import pypdfium2

    try:
        page = document[number]
        words = page.get_textpage()
        count = min(words.count_chars(), max(0, most))
        text = str(words.get_text_range(0, count)) if count else ""
        words.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    return text.replace("\f", " ").replace("\r\n", "\n")


class _Capped:
    """A member of an archive that ends where it says more than it may: its list of sizes can lie."""

    def __init__(self, member: IO[bytes]) -> None:
        self.member = member
        self.left = _PART

    def read(self, size: int = -1) -> bytes:
        found = self.member.read(size if size >= 0 else _MIB)
        self.left -= len(found)
        if self.left < 0:
            raise Bad("bomb")
        return found


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_T = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def office(path: str, room: Room, media_type: str) -> None:
    """The paragraphs of a Word or OpenDocument text, with its notes."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        parts = ["content.xml"]
        if media_type.endswith("wordprocessingml.document"):
            notes = ("footnotes", "endnotes", "comments", "header", "footer")
            begins = tuple(f"word/{name}" for name in notes)
            parts = ["word/document.xml", *sorted(n for n in names if n.startswith(begins) and n.endswith(".xml"))]
        for part in parts:
            with archive.open(part) as member:
                for paragraph in _paragraphs(_Capped(member)):
                    if not room.put(paragraph + "\n"):
                        room.unread += 1
                        return


def _paragraphs(source: _Capped) -> Iterator[str]:
    from lxml import etree

    words: list[str] = []
    whole = {f"{_W}p", f"{_T}p", f"{_T}h"}
    first = True
    try:
        # libxml2's own limits on depth and on the growth of entities stay on: huge_tree is off.
        for _event, element in etree.iterparse(
            source, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        ):
            if first:
                first = False
                if element.getroottree().docinfo.doctype:
                    raise Bad("bomb")  # Neither format has a document type; who adds one wants its entities.
            if element.tag in whole:
                words += _said(element)
                yield "".join(words)
                words = []
                element.clear(keep_tail=True)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise Bad("damaged") from error


def _said(paragraph: Any) -> Iterator[str]:
    if paragraph.tag == f"{_W}p":
        for one in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br"):
            yield (one.text or "") if one.tag == f"{_W}t" else " "
    else:
        for one in paragraph.iter():
            if one.tag in (f"{_T}s", f"{_T}tab", f"{_T}line-break"):
                yield " "
            elif isinstance(one.tag, str) and one.text:
                yield one.text
            if one is not paragraph and one.tail:
                yield one.tail


def sheet(path: str, room: Room) -> None:
    """The cells of a spreadsheet, row by row."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).iter_rows():
                # A number that is whole is written without .0, as it is seen.
                cells = (str(int(c)) if isinstance(c, float) and c.is_integer() else str(c) for c in row if c != "")
                if not room.put("\t".join(cells) + "\n"):
                    room.unread += 1
                    return
    except CalamineError as error:
        raise Bad("damaged") from error


def plain(source: IO[bytes], room: Room) -> None:
    most = room.left * 4 + 4
    raw = source.read(most)
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = raw.decode("utf-16", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            cut = len(raw) == most and error.start >= len(raw) - 4  # In the middle of a sign.
            text = raw.decode("utf-8-sig", "ignore") if cut else raw.decode("cp1252", "replace")
    if not room.put(text.replace("\f", "\n")):
        room.unread += 1


def data(path: str, room: Room) -> None:
    """The texts and tables in a zip; other members are counted as unread."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if member.is_dir():
                continue
            if PurePath(member.filename).suffix.lower() in (".csv", ".txt", ".tsv", ".json", ".md") and room.left > 0:
                with archive.open(member) as source:
                    plain(source, room)
                room.put("\n")
            else:
                room.unread += 1


def read(path: str, media_type: str, pages: int, signs: int) -> tuple[dict[str, Any], str]:
    """What to answer, and the text."""
    room, count = Room(signs), None
    try:
        if media_type == "application/pdf":
            count = pdf(path, room, pages)
        elif media_type.endswith(("wordprocessingml.document", "opendocument.text")):
            office(path, room, media_type)
        elif media_type.endswith(("spreadsheetml.sheet", "opendocument.spreadsheet")):
            sheet(path, room)
        elif media_type.startswith("text/"):
            with open(path, "rb") as source:
                plain(source, room)
        elif media_type == "application/zip":
            data(path, room)
        else:
            room.unread = 1
    except Bad as error:
        return {"trouble": str(error)}, ""
    except MemoryError:
        return {"trouble": "too-heavy"}, ""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError, OSError, ValueError, RuntimeError):
        return {"trouble": "damaged"}, ""
    return {"pages": count, "unread": room.unread}, "".join(room.parts)


def main() -> None:
    path, media_type, seconds, mebibytes, pages, signs = sys.argv[1:7]
    limit = int(mebibytes) * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer, text = read(path, media_type, int(pages), int(signs))
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
