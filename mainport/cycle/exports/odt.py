# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers as OpenDocument text: real headings, header rows, drawings as SVG with a picture beside them for programs
that know no SVG, alternative texts, the language."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import odfdo

from mainport.cycle.rules.document import (
    Bullets,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Table,
    Terms,
)  # fmt: skip

from . import drawings, odt_styles
from .pdf import written_date
from .prepared import prepare, widths
from .words import words
from .zipped import settled

#: Countries of the languages that we have words in: spelling goes by both.
_COUNTRIES = {"nl": "NL", "en": "GB"}


def write(document: Document) -> bytes:
    """The paper as ODT."""
    return _Writer(prepare(document)).made()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.said = words(document.language)
        self.file: Any = odfdo.Document("text")
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        self.pictures = iter(drawings.pictures([chart.svg for chart in charts]))
        self.counts = {"Table": 0, "Figure": 0}
        #: The next paragraph begins a page.
        self.turn = False

    def made(self) -> bytes:
        self.file.body.clear()
        decls = "".join(
            f'<text:sequence-decl text:display-outline-level="0" text:name="{name}"/>' for name in self.counts
        )
        self._add(f"<text:sequence-decls>{decls}</text:sequence-decls>")
        self.file.del_part("Thumbnails/thumbnail.png")
        self._meta()
        self._styles()
        self._cover()
        self._contents()
        for block in self.document.blocks:
            self._block(block)
        out = io.BytesIO()
        self.file.save(out)
        return settled(_without_thumbnail(out.getvalue()), first="mimetype")

    def _meta(self) -> None:
        document, meta = self.document, self.file.meta
        moment = datetime.datetime.fromisoformat(document.date[:10])
        meta.set_title(document.title)
        meta.set_subject(document.subtitle)
        meta.set_description(document.summary)
        meta.set_keywords(", ".join(document.keywords))
        meta.set_initial_creator(document.author)
        meta.set_creator(document.author)
        meta.set_creation_date(moment)
        meta.set_modification_date(moment)
        meta.set_language(document.language)
        meta.set_editing_cycles(1)
        meta.set_editing_duration(datetime.timedelta(0))
        meta.set_generator("Mainport")

    def _styles(self) -> None:
        language = self.document.language.split("-")[0]
        country = _COUNTRIES.get(language, "none")
        for name in ("paragraph", "graphic"):
            style = self.file.get_style(name)
            if style is not None and (text := style.get_element("style:text-properties")) is not None:
                text.set_attribute("fo:language", language)
                text.set_attribute("fo:country", country)
        for xml in odt_styles.styles():
            self.file.insert_style(odfdo.Element.from_tag(xml))
        for xml in odt_styles.AUTOMATIC:
            self.file.insert_style(odfdo.Element.from_tag(xml), automatic=True)
        self._page()

    def _page(self) -> None:
        """A4, and a foot with what the paper says of itself and the page's number, except on the cover."""
        layout = self.file.get_style("page-layout", "Mpm1")
        properties = layout.get_element("style:page-layout-properties")
        for name, value in (
            ("fo:page-width", "210mm"), ("fo:page-height", "297mm"), ("style:print-orientation", "portrait"),
            ("fo:margin-left", "30mm"), ("fo:margin-right", "30mm"), ("fo:margin-top", "28mm"),
            ("fo:margin-bottom", "20mm"),
        ):  # fmt: skip
            properties.set_attribute(name, value)
        layout.get_element("style:footer-style").append(
            odfdo.Element.from_tag('<style:header-footer-properties fo:min-height="8mm" fo:margin-top="6mm"/>')
        )
        foot = escape(self.document.footer or self.document.title)
        number = (
            f'<text:span>{self.said.page} <text:page-number text:select-page="current">1</text:page-number></text:span>'
        )
        self.file.get_style("master-page", "Standard").append(
            odfdo.Element.from_tag(
                f'<style:footer><text:p text:style-name="Foot">{foot}<text:tab/>{number}</text:p></style:footer>'
            )
        )

    def _add(self, xml: str) -> None:
        self.file.body.append(odfdo.Element.from_tag(xml))

    def _paragraph(self, text: str, style: str = "Text_20_body") -> None:
        self._paragraph_xml(escape(text), style)

    def _paragraph_xml(self, xml: str, style: str = "Text_20_body") -> None:
        self._turned()
        self._add(f'<text:p text:style-name="{style}">{xml}</text:p>')

    def _turned(self) -> None:
        if self.turn:
            self.turn = False
            self._add('<text:p text:style-name="Turn"/>')

    def _cover(self) -> None:
        document = self.document
        self._paragraph(document.author, "Subtitle")
        self._paragraph(document.title, "Title")
        if document.subtitle:
            self._paragraph(document.subtitle, "Subtitle")
        if document.state:
            self._paragraph_xml(f'<text:span text:style-name="Strong">{escape(document.state)}</text:span>')
        self._paragraph(written_date(document.date, document.language))
        if document.summary:
            self._paragraph(document.summary)
        if document.facts:
            self._paragraph_xml(f'<text:span text:style-name="Strong">{self.said.drawn_from}</text:span>', "Small")
        for name, value in document.facts.items():
            self._paragraph(f"{name}: {value}", "Small")
        self.turn = True

    def _contents(self) -> None:
        shown = [block for block in self.document.blocks if isinstance(block, Heading) and block.level <= 2]
        if not shown:
            return
        self._turned()
        entries = "".join(
            f'<text:p text:style-name="Contents_20_{heading.level}"><text:a xlink:type="simple"'
            f' xlink:href="#{heading.id}">{escape(heading.text)}</text:a></text:p>'
            for heading in shown
        )
        templates = "".join(
            f'<text:table-of-content-entry-template text:outline-level="{level}"'
            f' text:style-name="Contents_20_{level}"><text:index-entry-link-start/><text:index-entry-text/>'
            '<text:index-entry-tab-stop style:type="right" style:leader-char="."/><text:index-entry-page-number/>'
            "<text:index-entry-link-end/></text:table-of-content-entry-template>"
            for level in (1, 2)
        )
        title = f'<text:p text:style-name="Contents_20_Heading">{self.said.contents}</text:p>'
        self._add(
            '<text:table-of-content text:name="contents" text:protected="true">'
            '<text:table-of-content-source text:outline-level="2">'
            f'<text:index-title-template text:style-name="Contents_20_Heading">{self.said.contents}'
            f"</text:index-title-template>{templates}</text:table-of-content-source><text:index-body>"
            f'<text:index-title text:name="contents_Head">{title}</text:index-title>{entries}</text:index-body>'
            "</text:table-of-content>"
        )
        self.turn = True

    def _block(self, block: Any) -> None:
        match block:
            case Heading():
                self._turned()
                self._add(
                    f'<text:h text:style-name="Heading_20_{block.level}" text:outline-level="{block.level}">'
                    f'<text:bookmark text:name="{block.id}"/>{escape(block.text)}</text:h>'
                )
            case Paragraph():
                self._paragraph(block.text, "Lead" if block.lead else "Small" if block.small else "Text_20_body")
            case Bullets():
                self._list(block.items, "List_20_1")
            case Numbered():
                self._list(block.items, "Numbering_20_1")
            case Terms():
                for term in block.items:
                    word = f'<text:span text:style-name="Strong">{escape(term.word)}</text:span>'
                    self._paragraph_xml(f"{word}<text:s/> {escape(term.meaning)}")
            case KeyFigures():
                for figure in block.items:
                    self._paragraph(figure.value, "Key_20_figure")
                    self._paragraph(f"{figure.label}. {figure.note}" if figure.note else figure.label)
            case Note():
                title = block.title or (self.said.attention if block.attention else "")
                head = f'<text:span text:style-name="Strong">{escape(title)}. </text:span>' if title else ""
                self._paragraph_xml(head + escape(block.text), "Attention" if block.attention else "Note")
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case PageBreak():
                self.turn = True

    def _list(self, items: tuple[str, ...], style: str) -> None:
        self._turned()
        entries = "".join(
            f'<text:list-item><text:p text:style-name="Text_20_body">{escape(item)}</text:p></text:list-item>'
            for item in items
        )
        self._add(f'<text:list text:style-name="{style}">{entries}</text:list>')

    def _caption(self, sort: str, word: str, text: str) -> str:
        """A caption with its number; gives the name of what it stands above."""
        self.counts[sort] += 1
        number = self.counts[sort]
        self._paragraph_xml(
            f'{word} <text:sequence text:ref-name="ref{sort}{number}" text:name="{sort}" text:formula="ooow:{sort}+1"'
            f' style:num-format="1">{number}</text:sequence>. {escape(text)}',
            "Caption",
        )
        return f"{word} {number}"

    def _table(self, block: Table) -> None:
        name = self._caption("Table", self.said.table, block.caption)
        many = len(block.columns)
        parts = widths(block)
        own = f"T{self.counts['Table']}"
        for place, part in enumerate(parts):
            self.file.insert_style(
                odfdo.Element.from_tag(
                    f'<style:style style:name="{own}.{place}" style:family="table-column">'
                    f'<style:table-column-properties style:column-width="{part:.2f}mm"/></style:style>'
                ),
                automatic=True,
            )
        columns = "".join(f'<table:table-column table:style-name="{own}.{place}"/>' for place in range(many))
        head = "".join(self._cell(column.title, column.figures, "Head") for column in block.columns)
        rows = []
        for place, row in enumerate(block.rows):
            under = "Under" if place in block.heading_rows else "Plain"
            if under == "Under" and many > 1 and not any(row[1:]):
                rest = "<table:covered-table-cell/>" * (many - 1)
                cells = self._cell(row[0], False, "Under", f' table:number-columns-spanned="{many}"') + rest
            else:
                cells = "".join(
                    self._cell(text, column.figures, under) for text, column in zip(row, block.columns, strict=True)
                )
            rows.append(f'<table:table-row table:style-name="Row">{cells}</table:table-row>')
        if block.total:
            cells = "".join(
                self._cell(text, column.figures, "Total")
                for text, column in zip(block.total, block.columns, strict=True)
            )
            rows.append(f'<table:table-row table:style-name="Row">{cells}</table:table-row>')
        self._add(
            f'<table:table table:name={quoteattr(name)} table:style-name="Sheet"><table:title>{escape(block.caption)}'
            f'</table:title>{columns}<table:table-header-rows><table:table-row table:style-name="Row">{head}'
            f"</table:table-row></table:table-header-rows>{''.join(rows)}</table:table>"
        )
        self._paragraph(f"{self.said.source}: {block.source}" if block.source else "", "Small")

    def _cell(self, text: str, figures: bool, sort: str, more: str = "") -> str:
        style = ("Bold_" if sort != "Plain" else "") + ("Figure" if figures else "Cell")
        return (
            f'<table:table-cell table:style-name="{sort}" office:value-type="string"{more}>'
            f'<text:p text:style-name="{style}">{escape(text)}</text:p></table:table-cell>'
        )

    def _chart(self, block: Chart) -> None:
        name = self._caption("Figure", self.said.figure, block.title)
        number = self.counts["Figure"]
        width, height = drawings.size(block.svg)
        images = ""
        for data, ending, media in (
            (drawings.in_font(block.svg, "Liberation Sans, sans-serif").encode(), "svg", "image/svg+xml"),
            (next(self.pictures), "png", "image/png"),
        ):
            path = f"Pictures/figure-{number}.{ending}"
            self.file.set_part(path, data)
            self.file.manifest.add_full_path(path, media)
            images += (
                f'<draw:image xlink:href="{path}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
                f' draw:mime-type="{media}"/>'
            )
        self._paragraph_xml(
            f'<draw:frame draw:style-name="Drawing" draw:name={quoteattr(name)} text:anchor-type="as-char"'
            f' svg:width="{width}mm" svg:height="{height}mm">{images}<svg:title>{escape(block.title)}</svg:title>'
            f"<svg:desc>{escape(block.description)}</svg:desc></draw:frame>"
        )
        if block.source:
            self._paragraph(f"{self.said.source}: {block.source}", "Small")


def _without_thumbnail(data: bytes) -> bytes:
    """The file without what its template looked like."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name.startswith(("Thumbnails", "Configurations2")):
                continue
            content = old.read(name)
            if name == "META-INF/manifest.xml":
                entry = rb"<manifest:file-entry[^>]*full-path=\"(?:Thumbnails|Configurations2)[^>]*/>\s*"
                content = re.sub(entry, b"", content)
            new.writestr(name, content)
    return out.getvalue()
