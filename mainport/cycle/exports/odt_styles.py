# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The styles of a paper as OpenDocument."""

from __future__ import annotations

INK, GREEN, GREY, RULE, TINT, OCHRE = "#1b2420", "#0a5f45", "#5d6661", "#c9cfca", "#eef3ef", "#8a6100"
FONT = "Liberation Sans"


def _text_style(name: str, size: float, colour: str, *, bold: bool = False, parent: str = "Standard",
                paragraph: str = 'fo:margin-bottom="3mm"', display: str = "") -> str:  # fmt: skip
    weight = ' fo:font-weight="bold" style:font-weight-asian="bold" style:font-weight-complex="bold"' if bold else ""
    shown = f' style:display-name="{display}"' if display else ""
    level = f' style:default-outline-level="{name[-1]}"' if name.startswith("Heading_20_") else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph" style:class="text"'
        f' style:parent-style-name="{parent}"{shown}{level}><style:paragraph-properties {paragraph}/>'
        f'<style:text-properties style:font-name="{FONT}" fo:font-size="{size}pt" fo:color="{colour}"{weight}/>'
        "</style:style>"
    )


def styles() -> list[str]:
    body = 'fo:margin-bottom="3mm" fo:line-height="125%" fo:orphans="2" fo:widows="2"'
    keep = 'fo:margin-top="{}mm" fo:margin-bottom="3mm" fo:keep-with-next="always"'
    made = [
        _text_style("Text_20_body", 10.5, INK, paragraph=body, display="Text body"),
        _text_style("Lead", 12.5, INK, paragraph=body),
        _text_style("Small", 8.5, GREY, paragraph='fo:margin-top="1mm" fo:margin-bottom="3mm"'),
        _text_style("Foot", 8.5, GREY, paragraph="").replace(
            "<style:paragraph-properties />",
            '<style:paragraph-properties><style:tab-stops><style:tab-stop style:position="150mm" style:type="right"/>'
            "</style:tab-stops></style:paragraph-properties>",
        ),
        _text_style("Title", 34, GREEN, bold=True, paragraph='fo:margin-top="60mm" fo:margin-bottom="4mm"'),
        _text_style("Subtitle", 15, INK, paragraph='fo:margin-bottom="8mm"'),
        _text_style("Caption", 10.5, INK, bold=True, paragraph=keep.format(5)),
        _text_style("Contents_20_Heading", 22, INK, bold=True, paragraph=keep.format(0), display="Contents Heading"),
        _text_style("Contents_20_1", 10.5, INK, bold=True, paragraph='fo:margin-top="2mm"', display="Contents 1"),
        _text_style("Contents_20_2", 10.5, INK, paragraph='fo:margin-left="6mm"', display="Contents 2"),
        _text_style("Key_20_figure", 19, GREEN, bold=True, paragraph=keep.format(2), display="Key figure"),
        _text_style("Turn", 2, INK, paragraph='fo:break-before="page"'),
    ]
    for level, size in enumerate((22, 15.5, 12.5, 11, 10.5), 1):
        made.append(
            _text_style(
                f"Heading_20_{level}",
                size,
                INK,
                bold=True,
                paragraph=keep.format(10 - level),
                display=f"Heading {level}",
            )
        )
    for name, colour in (("Note", GREEN), ("Attention", OCHRE)):
        box = f'fo:background-color="{TINT}" fo:border-left="3pt solid {colour}" fo:padding="3mm"'
        made.append(_text_style(name, 10.5, INK, paragraph=f'{box} fo:margin-bottom="4mm"'))
    for bold in (False, True):
        prefix = "Bold_" if bold else ""
        made.append(_text_style(f"{prefix}Cell", 9, INK, bold=bold, paragraph='fo:margin-bottom="0mm"'))
        right = 'fo:margin-bottom="0mm" fo:text-align="end"'
        made.append(_text_style(f"{prefix}Figure", 9, INK, bold=bold, paragraph=right))
    made.append(
        '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>"
    )
    return made


def _cell_style(name: str, edges: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties'
        f' fo:padding="1.2mm" {edges}/></style:style>'
    )


AUTOMATIC = (
    '<style:style style:name="Sheet" style:family="table"><style:table-properties style:width="150mm"'
    ' table:align="left" fo:margin-bottom="1mm"/></style:style>',
    '<style:style style:name="Row" style:family="table-row"><style:table-row-properties fo:keep-together="always"/>'
    "</style:style>",
    _cell_style("Plain", f'fo:border-bottom="0.4pt solid {RULE}"'),
    _cell_style("Under", f'fo:border-bottom="0.4pt solid {RULE}" fo:background-color="{TINT}"'),
    _cell_style("Head", f'fo:border-bottom="1pt solid {GREEN}" style:vertical-align="bottom"'),
    _cell_style("Total", f'fo:border-top="1pt solid {GREEN}"'),
    '<style:style style:name="Drawing" style:family="graphic"><style:graphic-properties style:vertical-pos="top"'
    ' style:vertical-rel="baseline"/></style:style>',
)
