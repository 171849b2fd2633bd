# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers in their four formats, read back by others' libraries."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import docx
import odfdo
import pikepdf
import pytest
from docx.oxml.ns import qn
from lxml import etree, html

from mainport.cycle.exports import drawings, pdf
from mainport.cycle.exports.papers import FORMATS, MEDIA_TYPES, render
from mainport.cycle.exports.prepared import clean, prepare, slugged, widths
from mainport.cycle.rules.document import Bullets, Chart, Column, Document, Heading, Paragraph, Table
from tests.papers import HOSTILE, hostile, paper


def elements(root: Any) -> Iterator[Any]:
    left = [root]
    while left:
        element = left.pop()
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                left.append(kid)
                yield kid


@pytest.mark.parametrize("format", FORMATS)
def test_equal_documents_give_equal_bytes(format: Any) -> None:
    made = render(paper(), format)
    assert made == render(paper(), format)
    assert made != render(replace(paper(), title="Anders"), format)
    assert MEDIA_TYPES[format]


def test_an_unknown_format_and_a_ragged_table_are_refused() -> None:
    with pytest.raises(ValueError, match="'rtf' is no format of a paper: expected one of pdf, docx, odt, html"):
        render(paper(), "rtf")  # type: ignore[arg-type]
    ragged = replace(paper(), blocks=(Table("Begroting", (Column("A"), Column("B")), (("1", "2"), ("3",))),))
    for each in FORMATS:
        with pytest.raises(ValueError, match="table 'Begroting', row 2: 1 cells, expected 2"):
            render(ragged, each)


# PDF


def test_a_pdf_says_that_it_is_for_the_archive_and_for_everybody() -> None:
    with pikepdf.open(io.BytesIO(render(paper(), "pdf"))) as made:
        meta = made.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert meta["dc:title"] == "Jaarverslag 2023"
        assert list(meta["dc:creator"]) == ["Akkoord van Groningen"]
        assert str(meta["xmp:CreateDate"]).startswith("2024-05-16")
        root = made.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "nl"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert not made.get_warnings()


def test_a_pdf_is_tagged_with_header_cells_and_alternatives() -> None:
    document = paper()
    with pikepdf.open(io.BytesIO(render(document, "pdf"))) as made:
        found = list(elements(made.Root.StructTreeRoot))
        sorts = Counter(str(one.S) for one in found)
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        tables = sum(isinstance(block, Table) for block in document.blocks) + sum(c.table is not None for c in charts)
        assert sorts["/Table"] == sorts["/THead"] == tables
        assert sorts["/Figure"] == len(charts)
        assert {str(one.Alt) for one in found if str(one.S) == "/Figure"} == {chart.description for chart in charts}
        # Four columns, and the row that heads a group; the figures behind the charts have two columns.
        assert sorts["/TH"] == 5 * (tables - 2) + 2 * 2
        assert sorts["/TD"] > sorts["/TH"]
        scopes = {str(part.Scope) for one in found if str(one.S) == "/TH" for part in one.A if "/Scope" in part}
        assert scopes == {"/Column"}
        levels = [str(one.S) for one in found if re.fullmatch("/H[1-6]", str(one.S))]
        assert {"/H1", "/H2"} <= set(levels)
        assert "/H3" not in levels


def test_a_pdf_has_bookmarks_and_numbered_pages() -> None:
    with pikepdf.open(io.BytesIO(render(paper(chapters=2), "pdf"))) as made:
        with made.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == ["Voorwoord", "Hoofdstuk 1", "Hoofdstuk 2", "Ondertekening", "Cijfers bij de figuren"]
        assert made.pages[2].label == "3"


def test_labels_follow_the_language_of_the_paper() -> None:
    english = render(paper(language="en"), "html").decode()
    assert "Contents" in english
    assert "Table 1. " in english
    assert '<html lang="en">' in english
    assert "16 May 2024" in english
    dutch = render(paper(), "html").decode()
    assert "Inhoud" in dutch
    assert "Tabel 1. " in dutch
    assert "16 mei 2024" in dutch


def test_a_pdf_spells_out_what_no_font_has() -> None:
    assert pdf.displayable("Raket 🚀 in Groningen, € 5 – één “ja”") == "Raket [rocket] in Groningen, € 5 – één “ja”"
    assert pdf.displayable("şžőø ≥ × ½ → ✓ Ελλάδα") == "şžőø ≥ × ½ → ✓ Ελλάδα"
    assert pdf.displayable("\ue000") == "[u+e000]"


# Word


def test_word_gets_headings_header_rows_and_alternatives() -> None:
    document = paper()
    made = docx.Document(io.BytesIO(render(document, "docx")))
    headings = [(p.style.name, p.text) for p in made.paragraphs if p.style.name.startswith("Heading")]
    assert headings[:2] == [("Heading 1", "Voorwoord"), ("Heading 1", "Hoofdstuk 1")]
    assert headings[2] == ("Heading 2", "Een niveau overgeslagen")
    assert headings[-1] == ("Heading 1", "Cijfers bij de figuren")
    assert made.core_properties.title == "Jaarverslag 2023"
    assert made.core_properties.author == "Akkoord van Groningen"
    assert made.core_properties.language == "nl-NL"
    assert made.core_properties.created.date().isoformat() == "2024-05-16"
    assert len(made.tables) == 4
    for table in made.tables:
        assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in table._tbl.tr_lst[1:])
        assert table.style.name == "Mainport"
    assert made.tables[0].rows[-1].cells[2].text == "€\u00a0875.000,00"
    described = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert described == [block.description for block in document.blocks if isinstance(block, Chart)]
    codes = [code.text for code in made.element.body.iter(qn("w:instrText"))]
    assert any('TOC \\o "1-2"' in (code or "") for code in codes)
    assert made.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}").get(qn("w:val")) == "nl-NL"
    ids = [mark.get(qn("w:name")) for mark in made.element.body.iter(qn("w:bookmarkStart"))]
    assert len(ids) == len(set(ids))
    anchors = {link.get(qn("w:anchor")) for link in made.element.body.iter(qn("w:hyperlink"))}
    assert anchors <= set(ids)


# OpenDocument


def test_an_odt_has_its_mimetype_first_headings_and_alternatives() -> None:
    data = render(paper(), "odt")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read("mimetype") == MEDIA_TYPES["odt"].encode()
        listed = set(re.findall(r'full-path="([^"]+)"', archive.read("META-INF/manifest.xml").decode()))
        assert {name for name in archive.namelist() if name.startswith("Pictures/")} <= listed
        assert {name for name in listed if not name.endswith("/")} <= set(archive.namelist())
    made = odfdo.Document(io.BytesIO(data))
    assert made.meta.get_title() == "Jaarverslag 2023"
    assert made.meta.get_language() == "nl"
    body = made.body
    assert [h.get_attribute("text:outline-level") for h in body.headers][:3] == ["1", "1", "2"]
    tables = body.get_elements("//table:table")
    assert len(tables) == 4
    assert all(len(table.get_elements("table:table-header-rows/table:table-row")) == 1 for table in tables)
    frames = body.get_elements("//draw:frame")
    assert [len(frame.get_elements("draw:image")) for frame in frames] == [2, 2, 2, 2]
    assert [frame.get_element("svg:desc").text for frame in frames] == [
        block.description for block in paper().blocks if isinstance(block, Chart)
    ]
    text = next(one for one in made.get_styles() if one.family == "paragraph" and not one.name)
    assert text.get_element("style:text-properties").get_attribute("fo:language") == "nl"


# HTML


def test_html_stands_on_its_own() -> None:
    made = html.document_fromstring(render(paper(), "html").decode())
    assert made.get("lang") == "nl"
    assert made.findtext(".//title") == "Jaarverslag 2023"
    assert not made.xpath("//script | //link | //iframe | //img | //*[@onclick or @onload or @style]")
    assert not [value for value in made.xpath("//@src | //@href") if not value.startswith("#")]
    ids = made.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {value[1:] for value in made.xpath("//a/@href")} <= set(ids)
    for table in made.iter("table"):
        assert table.findtext("caption")
        assert table.xpath("thead//th/@scope") == ["col"] * len(table.xpath("thead//th"))
        assert len(table.xpath("tbody/tr/th[@scope]")) == len(table.xpath("tbody/tr"))
    figures = made.xpath("//figure")
    assert len(figures) == 4
    for figure in figures:
        assert figure.xpath(".//*[local-name()='svg']/@role") == ["img"]
        assert figure.xpath("string(.//*[local-name()='desc'])")
    levels = [int(tag[1]) for tag in re.findall(r"<(h[1-6])", render(paper(), "html").decode())]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


# Hostile texts


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_texts_are_read_and_do_nothing(format: Any) -> None:
    made = render(hostile(), format)
    assert made == render(hostile(), format)
    if format == "pdf":
        with pikepdf.open(io.BytesIO(made)) as opened:
            assert opened.open_metadata()["dc:title"] == HOSTILE[0]
            assert opened.open_metadata()["pdfuaid:part"] == "1"
    elif format == "html":
        page = html.document_fromstring(made.decode())
        assert not page.xpath("//script")
        assert HOSTILE[0] in page.text_content()
        assert "<script>alert(1)</script>" in page.text_content()
    elif format == "docx":
        opened_docx = docx.Document(io.BytesIO(made))
        assert any(p.text == HOSTILE[0] for p in opened_docx.paragraphs)
    else:
        text = odfdo.Document(io.BytesIO(made)).get_formatted_text()
        assert "<script>alert(1)</script>" in text


def test_no_markup_of_anybody_runs_in_typst() -> None:
    """A text that would be an error, or something else, if it were read as Typst's own language."""
    blocks = (
        Heading(1, "#panic()"),
        Paragraph('#read("/etc/passwd") #sys.inputs $'),
        Bullets(("= x", "#while true {}")),
    )
    made = render(replace(paper(), blocks=blocks, title="#panic()"), "pdf")
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert opened.open_metadata()["dc:title"] == "#panic()"


@pytest.mark.parametrize("svg", [
    "geen svg", "<svg/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
])  # fmt: skip
def test_what_is_no_drawing_is_refused(svg: str) -> None:
    for each in FORMATS:
        with pytest.raises(drawings.Unreadable):
            render(replace(paper(), blocks=(Chart("T", "D", svg),)), each)


def test_a_drawing_brings_nothing_that_runs_or_loads() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"'
        ' onload="x()"><script>x()</script><image href="http://x/y.png"/><use xlink:href="http://x#a"/>'
        '<rect width="5" height="5" fill="url(http://x)" style="fill:url(http://x)"/><foreignObject/></svg>'
    )
    safe = etree.tostring(drawings.tree(svg)).decode()
    for word in ("script", "onload", "http://x", "foreignObject", "style", "<image"):
        assert word not in safe


# Preparing


def test_headings_never_skip_a_level_and_have_ids_of_their_own() -> None:
    blocks = (Heading(3, "A", "x"), Heading(1, "B", "x"), Heading(4, "C", "x"), Heading(9, "D"), Heading(1, " "))
    document: Document = replace(paper(), blocks=blocks)
    made = [block for block in prepare(document).blocks if isinstance(block, Heading)]
    assert [block.level for block in made] == [1, 1, 2, 3]
    assert [block.id for block in made] == ["x", "x-2", "x-3", "d"]


def test_paragraphs_come_apart_and_empty_ones_go() -> None:
    document = replace(paper(), blocks=(Paragraph("een\nregel\n\n\ntwee"), Paragraph("  "), Bullets(("", " "))))
    assert prepare(document).blocks == (Paragraph("een regel"), Paragraph("twee"))


def test_texts_are_cleaned() -> None:
    assert clean("a\x00b\u202ec\ud800 € 5 en 3 %") == "abc €\u00a05 en 3\u00a0%"
    assert slugged("Één, twee!") == "een-twee"


def test_columns_share_the_width_as_asked() -> None:
    columns = (Column("A", share=2), Column("B", share=1), Column("C", figures=True))
    parts = widths(Table("T", columns, (("a", "b", "€ 1,00"),)))
    assert parts[0] == pytest.approx(2 * parts[1])
    assert sum(parts) == pytest.approx(150)
    narrow = (Column("A", share=50), Column("B", figures=True, share=1))
    assert widths(Table("T", narrow, (("a", "€ 1.050.000,00"),)))[1] > 14 * 1.5


@pytest.mark.parametrize("many", [1, 4, 9, 14])
def test_columns_never_are_wider_than_the_page(many: int) -> None:
    columns = (Column("Opgave", share=2.0), *(Column(str(year), figures=True) for year in range(many)))
    parts = widths(Table("T", columns, (("Kennis delen", *["€ 1.050.000"] * many),)))
    assert sum(parts) == pytest.approx(150)
    assert min(parts) > 4


def test_figures_have_the_room_that_they_need() -> None:
    figures = ("€ 1.375.000,00", "€ 1.080.755,50", "€ 294.244,50")
    columns = (Column("Opgave"), Column("Trekker"), *(Column(str(number), figures=True) for number in range(3)))
    parts = widths(Table("T", columns, (("Kennis delen met elkaar en met de hele regio", "Hanze", *figures),)))
    assert sum(parts) == pytest.approx(150)
    assert min(parts[2:4]) >= 14 * 1.5
    assert parts[0] > 2 * parts[1] > 30
