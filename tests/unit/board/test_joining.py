# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pack of a meeting: papers of anybody, joined to one PDF that is still whole, tagged and harmless."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from mainport.board.exports.joining import Joined, Part, Problem, Unreadable, check, join
from mainport.cycle.exports.papers import render
from tests.papers import paper
from tests.unit.cycle.test_papers import elements


@cache
def front() -> bytes:
    return render(paper(chapters=0), "pdf")


@cache
def tagged(language: str = "nl") -> bytes:
    return render(paper(language=language), "pdf")


def plain(pages: int = 3, change: Callable[[pikepdf.Pdf], None] | None = None, **saved: Any) -> bytes:
    """A paper as an office without tags makes it."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
        made.pages[-1].Contents = made.make_stream(b"q 0 0 m 10 10 l S Q")
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **saved)
    return out.getvalue()


def opened(joined: Joined) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(joined.content))


def packed(*parts: Part, **more: Any) -> pikepdf.Pdf:
    return opened(join(front(), parts, title="Stukken", language="nl", **more))


def whole(pdf: pikepdf.Pdf) -> None:
    """Each piece of content that the parent tree names is claimed by the element that it names."""
    numbers = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        if "/StructParents" not in page.obj:
            continue
        for place, element in enumerate(numbers[int(page.obj.StructParents)]):
            kids = element.K if isinstance(element.K, Array) else [element.K]
            assert any(
                (isinstance(kid, int) and kid == place and element.Pg.objgen == page.obj.objgen)
                or (isinstance(kid, Dictionary) and kid.get("/MCID") == place
                    and kid.get("/Pg", element.get("/Pg")).objgen == page.obj.objgen)
                for kid in kids
            )  # fmt: skip
        for note in page.obj.get("/Annots", []):
            assert Name.Link == numbers[int(note.StructParent)].S


def test_papers_that_are_tagged_stay_so() -> None:
    alone = pikepdf.open(io.BytesIO(tagged()))
    made = packed(Part("1. Jaarverslag", tagged()), Part("2. Annual report", tagged("en")))
    before = pikepdf.open(io.BytesIO(front()))
    assert len(made.pages) == len(before.pages) + 2 * len(alone.pages)
    sorts = Counter(str(one.S) for one in elements(made.Root.StructTreeRoot))
    once = Counter(str(one.S) for one in elements(alone.Root.StructTreeRoot))
    first = Counter(str(one.S) for one in elements(before.Root.StructTreeRoot))
    for sort in ("/Table", "/TH", "/TD", "/Figure", "/H1", "/Link"):
        assert sorts[sort] == first[sort] + 2 * once[sort]
    whole(made)
    top = made.Root.StructTreeRoot.K[0]
    assert Name.Document == top.S
    assert [str(part.get("/T", "")) for part in top.K] == ["", "1. Jaarverslag", "2. Annual report"]
    assert [str(part.get("/Lang", "")) for part in top.K] == ["", "", "en"]
    meta = made.open_metadata()
    assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")
    assert meta["dc:title"] == "Stukken"
    assert not made.get_warnings()


def test_ids_of_header_cells_are_told_apart() -> None:
    made = packed(Part("A", tagged()), Part("B", tagged()))
    found = list(elements(made.Root.StructTreeRoot))
    ids = [str(one.ID) for one in found if "/ID" in one]
    assert len(ids) == len(set(ids)) > 0
    named = {str(name) for one in found for part in one.get("/A", []) for name in part.get("/Headers", [])}
    assert named <= set(ids)
    tree = pikepdf.NameTree(made.Root.StructTreeRoot.IDTree)
    assert all(str(tree[name].ID) == name for name in ids)


def test_bookmarks_nest_and_go_to_the_right_page() -> None:
    made = packed(Part("1. Jaarverslag", tagged()), Part("Bijlage", plain(), level=2), Part("2. Nota", plain()))
    begin = len(pikepdf.open(io.BytesIO(front())).pages)
    with made.open_outline() as outline:
        titles = {item.title: item for item in outline.root}
        assert list(titles) == ["Voorwoord", "Ondertekening", "1. Jaarverslag", "2. Nota"]
        item = titles["1. Jaarverslag"]
        assert item.destination[0].objgen == made.pages[begin].obj.objgen
        assert [one.title for one in item.children][-1] == "Bijlage"
        assert "Hoofdstuk 1" in [one.title for one in item.children]
    assert made.Root.PageMode == Name.UseOutlines


def test_pages_keep_their_labels() -> None:
    def roman(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r), 2, Dictionary(S=Name.D, P=String("B-"))]))

    made = packed(Part("A", plain(change=roman)), Part("B", plain(2)))
    assert [page.label for page in list(made.pages)[-5:]] == ["i", "ii", "B-1", "1", "2"]


def test_a_paper_without_tags_is_read_in_the_order_it_was_drawn() -> None:
    made = packed(Part("Zonder", plain()), Part("Met", tagged()))
    whole(made)
    part = made.Root.StructTreeRoot.K[0].K[1]
    assert [str(kid.S) for kid in part.K] == ["/P"] * 3
    assert b"BDC" in made.pages[-1 - len(pikepdf.open(io.BytesIO(tagged())).pages)].Contents[0].read_bytes()
    meta = made.open_metadata()
    assert "pdfuaid:part" not in meta
    assert "pdfaid:part" not in meta
    assert bool(made.Root.MarkInfo.Marked)


@pytest.mark.parametrize(("data", "problem"), [
    (b"PK\x03\x04 een docx", Problem.NO_PDF),
    (b"", Problem.NO_PDF),
    (b"\x89PNG\r\n", Problem.NO_PDF),
    (b"%PDF-1.7\nonzin", Problem.BROKEN),
    (plain(0), Problem.BROKEN),
    (plain()[:400], Problem.BROKEN),
    (plain(encryption=pikepdf.Encryption(owner="a", user="b")), Problem.ENCRYPTED),
    (plain(encryption=pikepdf.Encryption(owner="a", user="")), Problem.ENCRYPTED),
    (plain(3001), Problem.TOO_LONG),
], ids=range(9))  # fmt: skip
def test_what_cant_be_read_gets_a_page_that_names_it(data: bytes, problem: Problem) -> None:
    assert check(data) is problem
    assert check(plain()) is None
    made = packed(Part("Begroting <2023>", data, name="begroting.docx"), Part("Volgende", tagged()))
    heads = [one for one in elements(made.Root.StructTreeRoot.K[0].K[1]) if one.S == Name.H1]
    assert [str(one.T) for one in heads] == ["Begroting <2023>"]
    assert made.open_metadata()["pdfuaid:part"] == "1"
    with pytest.raises(Unreadable) as caught:
        packed(Part("Begroting", data), strict=True)
    assert (caught.value.problem, caught.value.title) == (problem, "Begroting")


def test_nothing_in_a_pack_runs() -> None:
    def armed(pdf: pikepdf.Pdf) -> None:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script])))
        page = pdf.pages[0].obj
        page.AA = Dictionary(O=script)
        box = Array([0, 0, 9, 9])
        page.Annots = Array([
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=script),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=Dictionary(S=Name.Launch, F=String("cmd.exe"))),
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box,
                       A=Dictionary(S=Name.URI, URI=String("https://x.nl"), Next=script)),
            Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=box),
        ])  # fmt: skip

    made = packed(Part("Wapen", plain(change=armed)))
    page = made.pages[-3].obj
    assert "/AA" not in page
    assert [sorted(note.get("/A", {}).keys()) for note in page.Annots] == [[], [], ["/S", "/URI"]]
    assert "/OpenAction" not in made.Root
    assert "/JavaScript" not in made.Root.get("/Names", {})
    assert b"app.alert" not in b"".join(bytes(str(one), "utf8", "replace") for one in made.objects)


def test_links_by_name_go_where_they_went() -> None:
    def linked(pdf: pikepdf.Pdf) -> None:
        target = Array([pdf.pages[2].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("eind"), target])))
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=String("eind"))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])

    made = packed(Part("A", plain(change=linked)), Part("B", plain(change=linked)))
    for begin in (-6, -3):
        assert made.pages[begin].obj.Annots[0].Dest[0].objgen == made.pages[begin + 2].obj.objgen


def test_a_hidden_layer_stays_hidden() -> None:
    def layered(pdf: pikepdf.Pdf) -> None:
        shown, hidden = (
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("zichtbaar", "concept")
        )
        pdf.Root.OCProperties = Dictionary(OCGs=Array([shown, hidden]), D=Dictionary(OFF=Array([hidden])))
        pdf.pages[0].obj.Resources = Dictionary(Properties=Dictionary(L0=hidden))

    made = packed(Part("A", plain(change=layered)))
    hidden = made.Root.OCProperties.D.OFF[0]
    assert str(hidden.Name) == "concept"
    assert made.pages[-3].obj.Resources.Properties.L0.objgen == hidden.objgen


def test_equal_parts_give_equal_bytes() -> None:
    parts = [Part("A", tagged()), Part("B", plain()), Part("C", b"geen")]
    assert join(front(), parts, title="S", language="nl") == join(front(), parts, title="S", language="nl")


def test_a_front_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(Unreadable, match="Stukken: no-pdf"):
        join(b"x", [], title="Stukken", language="nl")
