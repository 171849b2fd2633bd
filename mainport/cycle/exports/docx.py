# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers for Word, with what makes them usable by everybody: real headings, repeated header rows, alternative texts,
the language, and a table of contents that Word fills."""

from __future__ import annotations

import datetime
import io
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as Sheet
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

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

from . import drawings
from .pdf import written_date
from .prepared import prepare, widths
from .words import Words, words
from .zipped import settled

FONT = "Calibri"
INK, GREEN, GREY, TINT = "1B2420", "0A5F45", "5D6661", "EEF3EF"
#: Locales that Word's spelling knows.
_LOCALES = {"nl": "nl-NL", "en": "en-GB"}


def write(document: Document) -> bytes:
    """The paper as DOCX."""
    return _Writer(prepare(document)).made()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.said: Words = words(document.language)
        self.sheet: Sheet = docx.Document()
        self.locale = _LOCALES.get(document.language, document.language)
        charts = [block for block in document.blocks if isinstance(block, Chart)]
        self.pictures = iter(drawings.pictures([chart.svg for chart in charts]))
        self.headings = [block for block in document.blocks if isinstance(block, Heading)]
        self.marks = 0
        self.counts = {"Table": 0, "Figure": 0}

    def made(self) -> bytes:
        self._properties()
        self._styles()
        self._page()
        self._cover()
        if self.headings:
            self._contents()
        for block in self.document.blocks:
            self._block(block)
        out = io.BytesIO()
        self.sheet.save(out)
        return settled(out.getvalue(), first="[Content_Types].xml")

    def _properties(self) -> None:
        document, own = self.document, self.sheet.core_properties
        moment = datetime.datetime.fromisoformat(document.date[:10])
        own.title, own.author, own.subject = document.title[:255], document.author[:255], document.subtitle[:255]
        own.keywords, own.comments = ", ".join(document.keywords)[:255], document.summary[:255]
        own.language, own.last_modified_by, own.revision = self.locale, document.author[:255], 1
        own.created = own.modified = moment

    def _styles(self) -> None:
        styles = self.sheet.styles
        defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
        for language in defaults.findall(qn("w:lang")):
            defaults.remove(language)
        defaults.append(
            parse_xml(f'<w:lang {nsdecls("w")} w:val="{self.locale}" w:eastAsia="{self.locale}" w:bidi="ar-SA"/>')
        )
        normal = styles["Normal"]
        _font(normal, 11, INK)
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(9), 1.2
        for level, size in enumerate((22, 16, 13, 11.5, 11), 1):
            style = styles[f"Heading {level}"]
            _font(style, size, INK, bold=True)
            style.paragraph_format.space_before = Pt(30 - 4 * level)
            style.paragraph_format.space_after = Pt(8)
            style.paragraph_format.keep_with_next = True
        _font(styles["Title"], 34, GREEN, bold=True)
        _border(styles["Title"], "bottom", None)
        _font(styles["Subtitle"], 16, INK)
        _font(styles["Caption"], 11, INK, bold=True)
        styles["Caption"].paragraph_format.keep_with_next = True
        styles["Caption"].paragraph_format.space_before = Pt(12)
        self._style("Lead", 13, INK)
        self._style("Small", 9, GREY)
        value = self._style("Key Figure", 20, GREEN, bold=True)
        value.paragraph_format.space_after = Pt(0)
        value.paragraph_format.keep_with_next = True
        attention = self._style("Note", 11, INK)
        _border(attention, "left", GREEN)
        attention.element.get_or_add_pPr().append(
            parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{TINT}"/>')
        )
        cell = self._style("Cell", 9.5, INK)
        cell.paragraph_format.space_after, cell.paragraph_format.line_spacing = Pt(0), 1.05
        styles.element.append(parse_xml(_TABLE_STYLE))

    def _style(self, name: str, size: float, colour: str, *, bold: bool = False) -> Any:
        style = self.sheet.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.sheet.styles["Normal"]
        style.quick_style = True
        _font(style, size, colour, bold=bold)
        return style

    def _page(self) -> None:
        section = self.sheet.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(30)
        section.top_margin, section.bottom_margin = Mm(30), Mm(28)
        section.different_first_page_header_footer = True
        foot = section.footer.paragraphs[0]
        foot.style = self.sheet.styles["Small"]
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(150), WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run((self.document.footer or self.document.title) + "\t")
        _field(foot, "PAGE", "1")

    def _cover(self) -> None:
        document = self.document
        self._paragraph(document.author, "Subtitle")
        title = self._paragraph(document.title, "Title")
        title.paragraph_format.space_before = Pt(150)
        if document.subtitle:
            self._paragraph(document.subtitle, "Subtitle")
        if document.state:
            self._paragraph(document.state).runs[0].bold = True
        self._paragraph(written_date(document.date, document.language))
        if document.summary:
            self._paragraph(document.summary)
        if document.facts:
            self._paragraph(self.said.drawn_from, "Small").runs[0].bold = True
        for name, value in document.facts.items():
            self._paragraph(f"{name}: {value}", "Small").paragraph_format.space_after = Pt(0)
        self._break()

    def _contents(self) -> None:
        """A field that Word fills; until then it shows the headings as links."""
        # No heading of its own: it would stand in its own list.
        title = self._paragraph(self.said.contents, "Normal")
        title.runs[0].bold, title.runs[0].font.size = True, Pt(22)
        shown = [heading for heading in self.headings if heading.level <= 2]
        for place, heading in enumerate(shown):
            entry = self._paragraph("", "Normal")
            entry.paragraph_format.left_indent = Mm(6 * (heading.level - 1))
            entry.paragraph_format.space_after = Pt(3)
            if place == 0:
                _field_part(entry, "begin")
                _field_code(entry, 'TOC \\o "1-2" \\h \\z \\u')
                _field_part(entry, "separate")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), _mark(heading))
            link.append(entry.add_run(heading.text)._r)
            entry._p.append(link)
            if place == len(shown) - 1:
                _field_part(entry, "end")
        self._break()

    def _block(self, block: Any) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph(block.text, "Lead" if block.lead else "Small" if block.small else "Normal")
            case Bullets():
                for item in block.items:
                    self._paragraph(item, "List Bullet")
            case Numbered():
                self._numbered(block)
            case Terms():
                for term in block.items:
                    paragraph = self._paragraph("")
                    paragraph.add_run(f"{term.word}  ").bold = True
                    paragraph.add_run(term.meaning)
            case KeyFigures():
                for figure in block.items:
                    self._paragraph(figure.value, "Key Figure")
                    self._paragraph(f"{figure.label}. {figure.note}" if figure.note else figure.label)
            case Note():
                title = block.title or (self.said.attention if block.attention else "")
                paragraph = self._paragraph("", "Note")
                if title:
                    paragraph.add_run(f"{title}. ").bold = True
                paragraph.add_run(block.text)
            case Table():
                self._table(block)
            case Chart():
                self._chart(block)
            case PageBreak():
                self._break()

    def _paragraph(self, text: str, style: str = "Normal") -> Any:
        return self.sheet.add_paragraph(text, self.sheet.styles[style])

    def _break(self) -> None:
        """The next page begins here; twice is once."""
        body = self.sheet.element.body
        last = [element for element in body if element.tag != qn("w:sectPr")][-1:]
        if last and last[0].findall(f".//{qn('w:br')}[@{qn('w:type')}='page']") and not "".join(last[0].itertext()):
            return
        self._paragraph("").add_run().add_break(WD_BREAK.PAGE)

    def _heading(self, heading: Heading) -> None:
        paragraph = self._paragraph(heading.text, f"Heading {heading.level}")
        self.marks += 1
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        begin.set(qn("w:id"), str(self.marks))
        begin.set(qn("w:name"), _mark(heading))
        end.set(qn("w:id"), str(self.marks))
        paragraph._p.insert(1, begin)
        paragraph._p.append(end)

    def _numbered(self, block: Numbered) -> None:
        """A list that begins at 1, whatever lists came before it."""
        numbering = self.sheet.part.numbering_part.element
        style = self.sheet.styles["List Number"].element
        base = style.pPr.numPr.numId.val
        abstract = next(num for num in numbering.num_lst if num.numId == base).abstractNumId.val
        num = numbering.add_num(abstract)
        num.add_lvlOverride(ilvl=0).add_startOverride(1)
        for item in block.items:
            properties = self._paragraph(item, "List Number")._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = num.numId

    def _caption(self, sort: str, word: str, text: str) -> None:
        self.counts[sort] += 1
        paragraph = self._paragraph(f"{word} ", "Caption")
        _field(paragraph, f"SEQ {word} \\* ARABIC", str(self.counts[sort]))
        paragraph.add_run(f". {text}")

    def _table(self, block: Table) -> None:
        self._caption("Table", self.said.table, block.caption)
        many = len(block.columns)
        rows = [tuple(column.title for column in block.columns), *block.rows, *([block.total] if block.total else [])]
        parts = [part * 56.7 for part in widths(block)]
        made = [
            f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="Mainport"/><w:tblW w:w="5000" w:type="pct"/>',
            f'<w:tblLook w:val="0460" w:firstRow="1" w:lastRow="{int(bool(block.total))}" w:firstColumn="0"'
            ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>',
            f"<w:tblCaption w:val={quoteattr(block.caption)}/></w:tblPr><w:tblGrid>",
            *(f'<w:gridCol w:w="{part:.0f}"/>' for part in parts),
            "</w:tblGrid>",
        ]
        for place, row in enumerate(rows):
            under = place - 1 in block.heading_rows and 0 < place <= len(block.rows)
            made.append("<w:tr><w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if place == 0 else "") + "</w:trPr>")
            merged = under and many > 1 and not any(row[1:])
            for column, text in enumerate(row[:1] if merged else row):
                shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>' if under else ""
                span = f'<w:gridSpan w:val="{many}"/>' if merged else ""
                wide = sum(parts) if merged else parts[column]
                right = '<w:jc w:val="right"/>' if block.columns[column].figures and not merged else ""
                bold = "<w:rPr><w:b/></w:rPr>" if under else ""
                # A heading of rows, or a last row before the total, stays with what follows.
                keep = "<w:keepNext/>" if under or place == 0 else ""
                made.append(
                    f'<w:tc><w:tcPr><w:tcW w:w="{wide:.0f}" w:type="dxa"/>{span}{shade}</w:tcPr>'
                    f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{keep}{right}</w:pPr>'
                    f'<w:r>{bold}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
                )
            made.append("</w:tr>")
        made.append("</w:tbl>")
        self.sheet.element.body.insert_element_before(parse_xml("".join(made)), "w:sectPr")
        # Word joins two tables without a paragraph between them.
        self._paragraph(f"{self.said.source}: {block.source}" if block.source else "", "Small")

    def _chart(self, block: Chart) -> None:
        self._caption("Figure", self.said.figure, block.title)
        width, height = drawings.size(block.svg)
        paragraph = self._paragraph("")
        paragraph.paragraph_format.keep_with_next = bool(block.source)
        shape = paragraph.add_run().add_picture(io.BytesIO(next(self.pictures)), Mm(width), Mm(height))
        own = shape._inline.docPr
        own.set("name", f"{self.said.figure} {self.counts['Figure']}")
        own.set("title", block.title)
        own.set("descr", block.description)
        if block.source:
            self._paragraph(f"{self.said.source}: {block.source}", "Small")


def _mark(heading: Heading) -> str:
    """The name of a heading's bookmark: Word allows forty signs, and no hyphens."""
    name = heading.id.replace("-", "_")
    return f"_Toc_{name}" if len(name) <= 34 else f"_Toc_{name[:24]}_{sum(map(ord, name)) % 100000}_{len(name)}"


def _font(style: Any, size: float, colour: str, *, bold: bool = False) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    # Fonts of the theme would win from the name.
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)


def _border(style: Any, side: str, colour: str | None) -> None:
    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    if colour:
        properties.append(
            parse_xml(
                f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="24" w:space="10" w:color="{colour}"/></w:pBdr>'
            )
        )


def _field(paragraph: Any, code: str, shown: str) -> None:
    _field_part(paragraph, "begin")
    _field_code(paragraph, code)
    _field_part(paragraph, "separate")
    paragraph.add_run(shown)
    _field_part(paragraph, "end")


def _field_part(paragraph: Any, part: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), part)
    paragraph.add_run()._r.append(mark)


def _field_code(paragraph: Any, code: str) -> None:
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    paragraph.add_run()._r.append(text)


_RULE = 'w:val="single" w:sz="4" w:space="0" w:color="C9CFCA"'
_STRONG = f'w:val="single" w:sz="8" w:space="0" w:color="{GREEN}"'
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Mainport">
  <w:name w:val="Mainport"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders><w:bottom {_RULE}/><w:insideH {_RULE}/></w:tblBorders>
    <w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>
    <w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom {_STRONG}/></w:tcBorders></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:top {_STRONG}/></w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>
"""
