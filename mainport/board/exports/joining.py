# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Joins the papers of a meeting to one PDF: bookmarks, page labels, and where papers are tagged, one tree of tags.

Papers come from anywhere. What would run or open something is taken out; what can't be read (encrypted, broken, no
PDF) gets a page that names it, so that the pack of a meeting always comes out. The claims PDF/A and PDF/UA stay only
where every paper makes them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import pikepdf
from django.utils import translation
from django.utils.translation import gettext as _

from mainport.board.exports import outlines, tags

#: Pages of one paper: more is a mistake, or meant to hurt.
MOST_PAGES = 3000
#: What a link in a paper may do: go somewhere. Not run, submit, import or start something.
_HARMLESS = frozenset({"/URI", "/GoTo"})
_DIVIDER = Path(__file__).with_name("divider.typ")


class Problem(StrEnum):
    """Why a file can't be put into a pack."""

    NO_PDF = "no-pdf"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    TOO_LONG = "too-long"


class Unreadable(Exception):
    """The front of a pack, or with `strict` a paper, is no PDF that can be joined."""

    def __init__(self, problem: Problem, title: str) -> None:
        super().__init__(f"{title}: {problem.value}")
        self.problem, self.title = problem, title


@dataclass(frozen=True)
class Part:
    """A paper: its bookmark, what was handed in, how deep its bookmark stands, and the name of its file."""

    title: str
    pdf: bytes
    level: int = 1
    name: str = ""


class Joined(NamedTuple):
    content: bytes
    pages: int


def check(data: bytes) -> Problem | None:
    """What keeps a file from being put into a pack, if anything; for whoever hands it in."""
    try:
        with _opened(data, ""):
            return None
    except Unreadable as error:
        return error.problem


def join(front: bytes, parts: Sequence[Part], *, title: str, language: str, strict: bool = False) -> Joined:
    """The front (our own PDF, whose bookmarks come first) and the papers behind it.

    A paper that can't be read gets a page that says so, or with `strict` raises Unreadable.
    """
    with _opened(front, title) as pack:
        claims = _Claims(pack)
        tree = tags.Tree(pack, language)
        labels = outlines.Labels(pack)
        entries = outlines.of(pack, 0)
        for number, part in enumerate(parts, 1):
            begin = len(pack.pages)
            with _readable(part, language, strict=strict) as source:
                claims.weigh(source)
                _tame(source)
                inside = outlines.of(source, begin)
                outlines.resolve_links(source)
                tree.prepare(source, number)
                pack.pages.extend(source.pages)
                _layers(pack, source)
                tree.take(source, part.title, begin)
                labels.take(source, begin)
            entries.append(outlines.Entry(part.title, begin, inside, part.level))
        tree.write(title)
        labels.write()
        outlines.write(pack, entries)
        claims.write(title, language)
        out = io.BytesIO()
        pages = len(pack.pages)
        pack.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return Joined(out.getvalue(), pages)


def _opened(data: bytes, title: str) -> pikepdf.Pdf:
    # The header may stand anywhere in the first 1024 bytes (ISO 32000-1, Annex H).
    if b"%PDF-" not in data[:1024]:
        raise Unreadable(Problem.NO_PDF, title)
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
        pages = len(pdf.pages)
        for page in pdf.pages:
            # A page that is none shows itself only when it is asked for.
            page.mediabox  # noqa: B018
    except pikepdf.PasswordError as error:
        raise Unreadable(Problem.ENCRYPTED, title) from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError) as error:
        raise Unreadable(Problem.BROKEN, title) from error
    # A file that had to be mended may have lost pages on the way: nobody would notice in a pack.
    mended = any("reconstruct" in str(warning) for warning in pdf.get_warnings())
    problem = (
        Problem.ENCRYPTED if pdf.is_encrypted
        else Problem.BROKEN if mended or not pages
        else Problem.TOO_LONG if pages > MOST_PAGES
        else None
    )  # fmt: skip
    if problem:
        pdf.close()
        raise Unreadable(problem, title)
    return pdf


def _readable(part: Part, language: str, *, strict: bool) -> pikepdf.Pdf:
    try:
        return _opened(part.pdf, part.title)
    except Unreadable as error:
        if strict:
            raise
        return _opened(_divider(part, error.problem, language), part.title)


def _divider(part: Part, problem: Problem, language: str) -> bytes:
    from mainport.cycle.exports import pdf

    with translation.override(language):
        reason = {
            Problem.NO_PDF: _(
                "This paper isn’t a PDF, so it isn’t in this pack. You find it with the meeting on the site."
            ),
            Problem.BROKEN: _(
                "This file is damaged, so it isn’t in this pack. Ask whoever sent it for one that opens without errors."
            ),
            Problem.ENCRYPTED: _(
                "This file is locked with a password, so it isn’t in this pack. Ask whoever sent it for one without."
            ),
            Problem.TOO_LONG: _("This paper is too long for a pack. You find it with the meeting on the site."),
        }[problem]
    given = {"title": part.title, "reason": reason, "name": part.name, "language": language}
    return pdf.set_type(_DIVIDER, {"page": lambda change: {name: change(text) for name, text in given.items()}})


def _tame(source: pikepdf.Pdf) -> None:
    """Take out of the pages what runs by itself or starts something when it is clicked."""
    for page in source.pages:
        if "/AA" in page.obj:
            del page.obj["/AA"]
        for note in _annotations(page.obj):
            if "/AA" in note:
                del note["/AA"]
            action = note.get("/A")
            if action is None:
                continue
            if not isinstance(action, pikepdf.Dictionary) or str(action.get("/S", "")) not in _HARMLESS:
                del note["/A"]
            elif "/Next" in action:
                del action["/Next"]
        for kind in ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"):
            outlines.drop_annotations(page.obj, kind)


def _annotations(page: Any) -> Iterator[Any]:
    notes = page.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        yield from (note for note in notes if isinstance(note, pikepdf.Dictionary))


def _layers(pack: pikepdf.Pdf, source: pikepdf.Pdf) -> None:
    """Layers keep their state: one that is hidden in a paper would otherwise show in the pack."""
    given = source.Root.get("/OCProperties")
    if not isinstance(given, pikepdf.Dictionary):
        return
    copied = pack.copy_foreign(given if given.is_indirect else source.make_indirect(given))
    if "/OCProperties" not in pack.Root:
        pack.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array(), D=pikepdf.Dictionary(Name="Mainport", OFF=pikepdf.Array())
        )
    own = pack.Root.OCProperties
    groups = list(copied.get("/OCGs", []))
    chosen = copied.get("/D", pikepdf.Dictionary())
    hidden = list(chosen.get("/OFF", []))
    if chosen.get("/BaseState") == pikepdf.Name("/OFF"):
        shown = {group.objgen for group in chosen.get("/ON", [])}
        hidden = [group for group in groups if group.objgen not in shown]
    own.OCGs.extend(groups)
    own.D.OFF.extend(hidden)


class _Claims:
    """What the pack may say of itself: PDF/UA-1 and PDF/A-2 if every part does, at the lowest level among them."""

    def __init__(self, pack: pikepdf.Pdf) -> None:
        self.pack = pack
        self.accessible, self.level = _claimed(pack)
        self.profile = _profile(pack)

    def weigh(self, source: pikepdf.Pdf) -> None:
        accessible, level = _claimed(source)
        same = _profile(source) == self.profile and "/OCProperties" not in source.Root
        self.accessible = self.accessible and accessible
        self.level = max(self.level, level) if self.level and level and same else ""

    def write(self, title: str, language: str) -> None:
        self.pack.Root.Lang = pikepdf.String(language)
        self.pack.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with self.pack.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["dc:title"] = title
            meta["dc:language"] = {language}
            if not self.accessible and "pdfuaid:part" in meta:
                del meta["pdfuaid:part"]
            if self.level:
                meta["pdfaid:conformance"] = self.level
            else:
                for name in ("pdfaid:part", "pdfaid:conformance"):
                    if name in meta:
                        del meta[name]


def _claimed(pdf: pikepdf.Pdf) -> tuple[bool, str]:
    """Whether it says to be PDF/UA-1, and its level of PDF/A-2: A, B or U ('' for none). U sorts behind B, though it
    asks more: then the pack claims B."""
    try:
        meta = pdf.open_metadata()
        accessible = str(meta.get("pdfuaid:part", "")) == "1" and tags.is_tagged(pdf)
        level = str(meta.get("pdfaid:conformance", "")).upper() if str(meta.get("pdfaid:part", "")) == "2" else ""
    except (ValueError, KeyError, TypeError, AttributeError, pikepdf.PdfError):
        return False, ""
    level = {"U": "B"}.get(level, level)
    return accessible, level if level in {"A", "B"} else ""


def _profile(pdf: pikepdf.Pdf) -> bytes:
    """The colours that a file means: files that mean others can't share one archive's claim."""
    try:
        return bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes())
    except (AttributeError, KeyError, IndexError, TypeError, pikepdf.PdfError):
        return b""
