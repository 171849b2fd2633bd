# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One tree of tags out of the trees of PDFs that are joined (ISO 32000-1, 14.7).

Each part stays whole under an element of its own. Keys of the parent tree are counted on, ids get the number of their
part before them, and roles that two parts mean differently are written out. A paper without tags is read in the order
in which it was drawn, page by page, instead of being passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

#: Elements of one paper: more is meant to hurt.
MOST = 400_000


def is_tagged(pdf: pikepdf.Pdf) -> bool:
    marks = pdf.Root.get("/MarkInfo")
    marked = isinstance(marks, Dictionary) and bool(marks.get("/Marked", False))
    return marked and isinstance(pdf.Root.get("/StructTreeRoot"), Dictionary)


class Tree:
    """The tree of the whole. `prepare` before the pages of a part are copied, `take` after."""

    def __init__(self, pack: pikepdf.Pdf, language: str) -> None:
        self.pack, self.language = pack, language
        if not is_tagged(pack):
            pack.Root.StructTreeRoot = pack.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.root = pack.Root.StructTreeRoot
        self.parents: list[tuple[int, Any]] = sorted(_numbers(self.root))
        self.next_key = max((key for key, _ in self.parents), default=-1) + 1
        self.ids: dict[str, Any] = _ids(self.root)
        self.roles: dict[str, Any] = _dictionary(self.root, "/RoleMap")
        self.classes: dict[str, Any] = _dictionary(self.root, "/ClassMap")
        self.parts: list[Any] = []
        for kid in _kids(self.root):
            self._as_part(kid, "", "")
        self.tagged = False

    def prepare(self, source: pikepdf.Pdf, number: int) -> None:
        """Count keys on and tell ids apart, in the part itself."""
        self.tagged = is_tagged(source)
        if not self.tagged:
            return
        seen: set[Any] = set()
        for page in source.pages:
            for holder in _holders(page.obj):
                if holder.objgen != (0, 0):
                    if holder.objgen in seen:
                        continue
                    seen.add(holder.objgen)
                for key in ("/StructParents", "/StructParent"):
                    if isinstance(holder.get(key), int):
                        holder[key] = int(holder[key]) + self.next_key
        root = source.Root.StructTreeRoot
        roles = _dictionary(root, "/RoleMap")
        clash = {name: role for name, role in roles.items() if name in self.roles and self.roles[name] != role}
        if clash or "/IDTree" in root:
            _tell_apart(root, f"{number}.", clash)

    def take(self, source: pikepdf.Pdf, title: str, begin: int) -> None:
        """Hang the part's tree into the whole; its pages are in already."""
        language = str(source.Root.get("/Lang", ""))
        if not self.tagged:
            self._untagged(title, language, begin)
            return
        given = source.Root.StructTreeRoot
        copied = self.pack.copy_foreign(given if given.is_indirect else source.make_indirect(given))
        offset = self.next_key
        for key, value in _numbers(copied):
            if value is None:
                continue
            self.parents.append((key + offset, value))
            self.next_key = max(self.next_key, key + offset + 1)
        self.ids |= _ids(copied)
        self.roles |= {name: role for name, role in _dictionary(copied, "/RoleMap").items() if name not in self.roles}
        self.classes |= {
            name: made for name, made in _dictionary(copied, "/ClassMap").items() if name not in self.classes
        }
        kids = list(_kids(copied))
        if len(kids) == 1:
            self._as_part(kids[0], title, language)
            return
        part = self._element("/Part", title, language)
        for kid in kids:
            kid.P = part
        part.K = Array(kids)
        self.parts.append(part)

    def _as_part(self, kid: Any, title: str, language: str) -> None:
        if kid.get("/S") == Name.Document:
            kid.S = Name.Part
        if title:
            kid.T = String(title)
        if language and language != self.language:
            kid.Lang = String(language)
        self.parts.append(kid)

    def _element(self, sort: str, title: str, language: str) -> Any:
        made = Dictionary(Type=Name.StructElem, S=Name(sort))
        if title:
            made.T = String(title)
        if language and language != self.language:
            made.Lang = String(language)
        return self.pack.make_indirect(made)

    def _untagged(self, title: str, language: str, begin: int) -> None:
        part = self._element("/Part", title, language)
        kids = []
        for page in list(self.pack.pages)[begin:]:
            if "/StructParents" in page.obj:
                del page.obj["/StructParents"]
            if not _wrapped(page):
                continue
            element = self._element("/P", "", "")
            element.P, element.Pg, element.K = part, page.obj, 0
            page.obj.StructParents = self.next_key
            self.parents.append((self.next_key, self.pack.make_indirect(Array([element]))))
            self.next_key += 1
            kids.append(element)
        part.K = Array(kids)
        self.parts.append(part)

    def write(self, title: str) -> None:
        whole = self._element("/Document", title, "")
        whole.P, whole.K, whole.Lang = self.root, Array(self.parts), String(self.language)
        for part in self.parts:
            part.P = whole
        root = self.root
        root.K = Array([whole])
        flat: list[Any] = []
        for key, value in sorted(self.parents, key=lambda one: one[0]):
            flat += [key, value]
        root.ParentTree = self.pack.make_indirect(Dictionary(Nums=Array(flat)))
        root.ParentTreeNextKey = self.next_key
        if self.ids:
            names: list[Any] = []
            for name in sorted(self.ids, key=lambda name: bytes(String(name))):
                names += [String(name), self.ids[name]]
            root.IDTree = self.pack.make_indirect(Dictionary(Names=Array(names)))
        for kind, found in (("/RoleMap", self.roles), ("/ClassMap", self.classes)):
            if found:
                root[kind] = Dictionary(found)
        self.pack.Root.MarkInfo = Dictionary(Marked=True, Suspects=False)


def _wrapped(page: pikepdf.Page) -> bool:
    """Mark all that is drawn on a page as one piece of content; not where marks of its own would mix with it."""
    try:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
        if not streams or any(b"/MCID" in stream.read_bytes() for stream in streams):
            return False
        page.contents_add(b"/P <</MCID 0>> BDC\n", prepend=True)
        page.contents_add(b"\nEMC")
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        return False
    return True


def _holders(page: Any) -> Iterator[Any]:
    """What on a page may have a key of the parent tree: itself, its annotations, its drawings."""
    yield page
    notes = page.get("/Annots")
    if isinstance(notes, Array):
        yield from (note for note in notes if isinstance(note, Dictionary))
    resources = page.get("/Resources")
    drawings = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if isinstance(drawings, Dictionary):
        yield from (one for _, one in drawings.items() if isinstance(one, pikepdf.Stream))


def _tell_apart(root: Any, prefix: str, clash: dict[str, Any]) -> None:
    """Put the part's number before its ids, wherever they are named, and write out roles that clash."""
    left, seen = list(_kids(root)), 0
    while left:
        element = left.pop()
        seen += 1
        if seen > MOST:
            raise pikepdf.PdfError("a tree of tags without end")
        if "/ID" in element:
            element["/ID"] = String(prefix + str(element["/ID"]))
        if clash and (role := clash.get(str(element.get("/S", "")))) is not None:
            element["/S"] = Name(str(role))
        attributes = element.get("/A")
        for one in attributes if isinstance(attributes, Array) else [attributes]:
            headers = one.get("/Headers") if isinstance(one, Dictionary) else None
            if isinstance(headers, Array) and len(headers):
                one["/Headers"] = Array([String(prefix + str(name)) for name in headers])
        left.extend(_kids(element))
    tree = root.get("/IDTree")
    if isinstance(tree, Dictionary):
        flat: list[Any] = []
        for name, element in pikepdf.NameTree(tree).items():
            flat += [String(prefix + str(name)), element]
        root["/IDTree"] = Dictionary(Names=Array(flat))


def _kids(element: Any) -> Iterator[Any]:
    """The elements right below; not the content."""
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _numbers(root: Any) -> list[tuple[int, Any]]:
    tree = root.get("/ParentTree")
    return (
        [(int(key), value) for key, value in pikepdf.NumberTree(tree).items()] if isinstance(tree, Dictionary) else []
    )


def _ids(root: Any) -> dict[str, Any]:
    tree = root.get("/IDTree")
    return {str(name): one for name, one in pikepdf.NameTree(tree).items()} if isinstance(tree, Dictionary) else {}


def _dictionary(root: Any, key: str) -> dict[str, Any]:
    found = root.get(key)
    return {str(name): value for name, value in found.items()} if isinstance(found, Dictionary) else {}
