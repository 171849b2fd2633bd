# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bookmarks, page labels and links of PDFs that are joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

#: Bookmarks of a paper go so deep into the pack, and so many of them.
DEEPEST, MOST = 3, 500


@dataclass(frozen=True)
class Entry:
    """A bookmark: where it goes, by number from 0 in the whole, and what stands under it."""

    title: str
    page: int
    inside: list[Entry] = field(default_factory=list)
    level: int = 1


def of(pdf: pikepdf.Pdf, begin: int) -> list[Entry]:
    """The bookmarks of a file, its pages counted on from `begin`. Broken ones are left out."""
    try:
        with pdf.open_outline() as outline:
            numbers = {page.obj.objgen: place for place, page in enumerate(pdf.pages)}
            names = _names(pdf)
            budget = [MOST]
            return _entries(outline.root, numbers, names, begin, budget, 1)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def _entries(
    items: Sequence[OutlineItem],
    numbers: dict[Any, int],
    names: dict[str, Any],
    begin: int,
    budget: list[int],
    depth: int,
) -> list[Entry]:
    made = []
    for item in items:
        page = _page_of(item, numbers, names)
        if page is None or budget[0] <= 0:
            continue
        budget[0] -= 1
        inside = _entries(item.children, numbers, names, begin, budget, depth + 1) if depth < DEEPEST else []
        made.append(Entry(str(item.title)[:300], begin + page, inside))
    return made


def _page_of(item: OutlineItem, numbers: dict[Any, int], names: dict[str, Any]) -> int | None:
    goal: Any = item.destination
    if goal is None and isinstance(item.action, Dictionary) and item.action.get("/S") == Name.GoTo:
        goal = item.action.get("/D")
    goal = _explicit(goal, names)
    return numbers.get(goal[0].objgen) if goal is not None and isinstance(goal[0], Dictionary) else None


def write(pack: pikepdf.Pdf, entries: Sequence[Entry]) -> None:
    """Write the bookmarks; one of a deeper level stands under the last one that is higher."""
    with pack.open_outline() as outline:
        outline.root.clear()
        above: list[tuple[int, OutlineItem]] = []
        for entry in entries:
            item = _item(entry)
            while above and above[-1][0] >= entry.level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((entry.level, item))
    pack.Root.PageMode = Name.UseOutlines


def _item(entry: Entry) -> OutlineItem:
    item = OutlineItem(entry.title, entry.page)
    item.children.extend(_item(one) for one in entry.inside)
    item.is_closed = bool(entry.inside)
    return item


def _names(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """The places of a file that have a name."""
    found: dict[str, Any] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, Dictionary):
        found |= {str(name).lstrip("/"): place for name, place in old.items()}
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and isinstance(names.get("/Dests"), Dictionary):
        found |= {str(name): place for name, place in pikepdf.NameTree(names["/Dests"]).items()}
    return found


def _explicit(goal: Any, names: dict[str, Any]) -> Any:
    """A destination as an array that begins with a page; None where there is none."""
    if isinstance(goal, String | Name):
        goal = names.get(str(goal).lstrip("/") if isinstance(goal, Name) else str(goal))
    if isinstance(goal, Dictionary):
        goal = goal.get("/D")
    return goal if isinstance(goal, Array) and len(goal) else None


def resolve_links(source: pikepdf.Pdf) -> None:
    """Links to places by name go to the places themselves: two papers may use one name, and names stay behind."""
    try:
        names = _names(source)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError):
        names = {}
    for page in source.pages:
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else []:
            if not isinstance(note, Dictionary):
                continue
            if "/Dest" in note:
                _resolve(note, "/Dest", names)
            action = note.get("/A")
            if isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
                _resolve(action, "/D", names)


def _resolve(holder: Any, key: str, names: dict[str, Any]) -> None:
    goal = _explicit(holder.get(key), names)
    if goal is None:
        del holder[key]
    elif isinstance(holder[key], String | Name):
        holder[key] = Array(list(goal))


def drop_annotations(page: Any, kind: str) -> None:
    """Take the annotations of a kind off a page."""
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in notes if not (isinstance(note, Dictionary) and note.get("/Subtype") == Name(kind))]
    if len(kept) < len(notes):
        page["/Annots"] = Array(kept)


class Labels:
    """The numbers that pages have on paper: each part keeps its own."""

    def __init__(self, pack: pikepdf.Pdf) -> None:
        self.pack = pack
        self.nums: list[tuple[int, Any]] = []
        self._read(pack, 0, foreign=False)

    def take(self, source: pikepdf.Pdf, begin: int) -> None:
        self._read(source, begin, foreign=True)

    def _read(self, pdf: pikepdf.Pdf, begin: int, *, foreign: bool) -> None:
        found: list[tuple[int, Any]] = []
        labels = pdf.Root.get("/PageLabels")
        if isinstance(labels, Dictionary):
            try:
                found = [(int(place), label) for place, label in pikepdf.NumberTree(labels).items()]
            except (pikepdf.PdfError, ValueError, TypeError):
                found = []
        most = len(self.pack.pages) - begin if foreign else len(pdf.pages)
        found = [(place, label) for place, label in found if 0 <= place < most and isinstance(label, Dictionary)]
        if not found or found[0][0] != 0:
            found.insert(0, (0, Dictionary(S=Name.D, St=1)))
        for place, label in found:
            # Labels are small: their three fields, copied, need no object of another file.
            plain = {key: label[key] for key in ("/S", "/St", "/P") if key in label}
            self.nums.append((begin + place, Dictionary(_plain(plain))))

    def write(self) -> None:
        flat: list[Any] = []
        for place, label in self.nums:
            flat += [place, label]
        self.pack.Root.PageLabels = Dictionary(Nums=Array(flat))


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in fields.items():
        if key == "/S" and isinstance(value, Name):
            made[key] = Name(str(value))
        elif key == "/St" and isinstance(value, int) and value > 0:
            made[key] = value
        elif key == "/P" and isinstance(value, String):
            made[key] = String(str(value))
    return made
