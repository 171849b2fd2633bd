# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers as one page of HTML: it stands on its own, loads nothing, runs nothing, prints well, and is read out well."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import Any

from lxml import etree

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
from .prepared import prepare
from .words import Words, words


def write(document: Document) -> bytes:
    """The paper as HTML, in UTF-8."""
    made = prepare(document, figures_behind=False)
    said = words(made.language)
    numbers = {"Table": 0, "Chart": 0}
    body = "\n".join(_block(block, said, numbers) for block in made.blocks)
    subtitle = f'<p class="subtitle">{escape(made.subtitle)}</p>' if made.subtitle else ""
    state = f"<p><strong>{escape(made.state)}</strong></p>" if made.state else ""
    summary = f"<p>{escape(made.summary)}</p>" if made.summary else ""
    facts = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in made.facts.items())
    drawn = f'<p class="small"><strong>{said.drawn_from}</strong></p><dl class="facts">{facts}</dl>' if facts else ""
    date = f'<p><time datetime="{made.date[:10]}">{written_date(made.date, made.language)}</time></p>'
    return f"""<!DOCTYPE html>
<html lang="{escape(made.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {STYLE_SOURCE}">
<title>{escape(made.title)}</title>
<meta name="author" content="{escape(made.author)}">
<meta name="description" content="{escape(made.summary or made.subtitle)}">
<meta name="keywords" content="{escape(", ".join(made.keywords))}">
<meta name="date" content="{made.date[:10]}">
<style>{_STYLE}</style>
</head>
<body>
<header class="cover">
<p class="author">{escape(made.author)}</p>
<h1>{escape(made.title)}</h1>
{subtitle}
</header>
<main>
<div class="about">{state}{date}{summary}{drawn}</div>
{_contents(made, said)}
{body}
</main>
<footer><p class="small">{escape(made.footer or made.title)}</p></footer>
</body>
</html>
""".encode()


def _contents(document: Document, said: Words) -> str:
    """Chapters and what is in them, as nested lists of links."""
    headings = [block for block in document.blocks if isinstance(block, Heading) and block.level <= 2]
    if not headings:
        return ""
    made, depth = [], 0
    for heading in headings:
        if heading.level > depth:
            made.append("<ul>" * (heading.level - depth))
        else:
            made.append("</li>" + "</ul></li>" * (depth - heading.level))
        depth = heading.level
        made.append(f'<li><a href="#{heading.id}">{escape(heading.text)}</a>')
    made.append("</li></ul>" * depth)
    return f'<nav aria-labelledby="contents"><h2 id="contents">{said.contents}</h2>{"".join(made)}</nav>'


def _block(block: Any, said: Words, numbers: dict[str, int]) -> str:
    match block:
        case Heading():
            level = block.level + 1
            return f'<h{level} id="{block.id}">{escape(block.text)}</h{level}>'
        case Paragraph():
            sort = ' class="lead"' if block.lead else ' class="small"' if block.small else ""
            return f"<p{sort}>{escape(block.text)}</p>"
        case Bullets():
            return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
        case Numbered():
            return f"<ol>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ol>"
        case Terms():
            terms = "".join(f"<dt>{escape(term.word)}</dt><dd>{escape(term.meaning)}</dd>" for term in block.items)
            return f"<dl>{terms}</dl>"
        case KeyFigures():
            return f'<ul class="figures">{"".join(_key_figure(item) for item in block.items)}</ul>'
        case Note():
            title = block.title or (said.attention if block.attention else "")
            head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
            sort = "note attention" if block.attention else "note"
            return f'<div class="{sort}">{head}<p>{escape(block.text)}</p></div>'
        case Table():
            numbers["Table"] += 1
            return _table(block, said, f"{said.table} {numbers['Table']}. ")
        case Chart():
            numbers["Chart"] += 1
            return _chart(block, said, numbers["Chart"])
        case PageBreak():
            return '<div class="break"></div>'
    raise TypeError(f"{type(block).__name__} is no block of a paper")


def _key_figure(item: Any) -> str:
    note = f'<span class="small">{escape(item.note)}</span>' if item.note else ""
    return f'<li><span class="value">{escape(item.value)}</span> <span>{escape(item.label)}</span> {note}</li>'


def _table(block: Table, said: Words, number: str) -> str:
    head = "".join(f'<th scope="col"{_right(column.figures)}>{escape(column.title)}</th>' for column in block.columns)
    made, opened = [], False
    for place, row in enumerate(block.rows):
        under = place in block.heading_rows
        if under and not any(row[1:]):
            made.append(("</tbody>" if opened else "") + "<tbody>")
            opened = True
            made.append(
                f'<tr class="under"><th scope="rowgroup" colspan="{len(block.columns)}">{escape(row[0])}</th></tr>'
            )
            continue
        if not opened:
            made.append("<tbody>")
            opened = True
        sort = ' class="under"' if under else ""
        made.append(f"<tr{sort}>{_cells(block, row)}</tr>")
    if opened:
        made.append("</tbody>")
    foot = f"<tfoot><tr>{_cells(block, block.total)}</tr></tfoot>" if block.total else ""
    source = f'<p class="small">{said.source}: {escape(block.source)}</p>' if block.source else ""
    # A table that is wider than a telephone scrolls by itself, and by the keyboard too.
    caption = escape(number + block.caption)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{caption}"><table><caption>{caption}</caption>'
        f"<thead><tr>{head}</tr></thead>{''.join(made)}{foot}</table></div>{source}"
    )


def _cells(block: Table, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = [f'<th scope="row"{_right(block.columns[0].figures)}>{escape(first)}</th>']
    cells += [
        f"<td{_right(column.figures)}>{escape(text)}</td>"
        for column, text in zip(block.columns[1:], others, strict=True)
    ]
    return "".join(cells)


def _right(figures: bool) -> str:
    return ' class="number"' if figures else ""


def _chart(block: Chart, said: Words, number: int) -> str:
    source = f'<p class="small">{said.source}: {escape(block.source)}</p>' if block.source else ""
    behind = ""
    if block.table is not None:
        behind = f"<details><summary>{said.figures}</summary>{_table(block.table, said, '')}</details>"
    title = escape(f"{said.figure} {number}. {block.title}")
    # On a telephone letters stay legible, and the drawing scrolls.
    drawing = f'<div class="drawing" role="region" tabindex="0" aria-label="{title}">{inline(block, number)}</div>'
    return f"<figure>{drawing}<figcaption>{title}</figcaption>{source}{behind}</figure>"


def inline(block: Chart, number: int) -> str:
    """The SVG within a page, with a name and a description, and ids that no other drawing has."""
    drawings.size(block.svg)  # Refused where it has none.
    root = drawings.tree(block.svg)
    for name in ("aria-label", "width", "height"):
        root.attrib.pop(name, None)
    own = f"figure-{number}"
    text = etree.tostring(root, encoding="unicode")
    text = re.sub(r'(\bid=")', rf"\g<1>{own}-", text)
    text = re.sub(r"url\(#", f"url(#{own}-", text)
    text = re.sub(r'(href=")#', rf"\g<1>#{own}-", text)
    opened = text.index(">")
    attributes = f' role="img" aria-labelledby="{own}-title" aria-describedby="{own}-desc">'
    names = (
        f'<title id="{own}-title">{escape(block.title)}</title><desc id="{own}-desc">{escape(block.description)}</desc>'
    )
    head = text[:opened].replace(' role="img"', "")
    if head.endswith("/"):
        return f"{head[:-1]}{attributes}{names}</svg>"
    return f"{head}{attributes}{names}{text[opened + 1 :]}"


_STYLE = """
:root{color-scheme:light;--ink:#1b2420;--green:#0a5f45;--grey:#5d6661;--rule:#c9cfca;--tint:#eef3ef;--ochre:#8a6100}
*{box-sizing:border-box}
html{font:18px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:#fff;
hyphens:manual;overflow-wrap:break-word}
body{margin:0}
.cover{background:var(--green);color:#fff;padding:4rem max(1.25rem,calc(50vw - 26rem)) 3rem}
.cover p{margin:0}.cover .author{font-weight:600}
h1{font-size:clamp(2rem,7vw,3.4rem);line-height:1.1;margin:3rem 0 .75rem}
.subtitle{font-size:1.3rem}
main,footer{max-width:54.5rem;margin:0 auto;padding:1.5rem 1.25rem}
p,ul,ol,dl,.note{max-width:70ch}
h2,h3,h4,h5,h6{line-height:1.25;margin:2.2em 0 .6em;text-wrap:balance}
h2{font-size:1.8rem}h3{font-size:1.35rem}h4{font-size:1.1rem}h5,h6{font-size:1rem}
.lead{font-size:1.2rem}.small,figcaption+.small{font-size:.85rem;color:var(--grey)}
a{color:var(--green)}a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--green);
outline-offset:2px}
nav ul{list-style:none;padding-left:0}nav ul ul{padding-left:1.25rem}nav li{margin:.35rem 0}
nav a{display:inline-block;padding:.15rem 0}
.figures{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1.5rem;
max-width:none}
.figures li{border-top:3px solid var(--green);padding-top:.5rem}.figures span{display:block}
.value{font-size:1.7rem;font-weight:650;color:var(--green);font-variant-numeric:tabular-nums;line-height:1.2}
.note{background:var(--tint);border-left:4px solid var(--green);padding:.25rem 1rem;margin:1.5rem 0}
.attention{border-color:var(--ochre)}
.table{overflow-x:auto;margin:1.8rem 0 .5rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:650;font-size:1rem;padding-bottom:.5rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-top:1px solid var(--rule);font-weight:400;
overflow-wrap:normal;min-width:5rem}
thead th{font-weight:650;vertical-align:bottom;border-top:0;border-bottom:2px solid var(--green)}
tfoot th,tfoot td{font-weight:650;border-top:2px solid var(--green)}
.under th,.under td{font-weight:650;background:var(--tint)}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead .number{white-space:normal}
figure{margin:2rem 0;display:flex;flex-direction:column;gap:.5rem}
.drawing{overflow-x:auto}.drawing svg{display:block;width:100%;height:auto;max-width:46rem;min-width:32rem}
figure svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
figcaption{order:-1;font-weight:650}figure p{margin:0}
summary{cursor:pointer;padding:.5rem 0;min-height:44px;color:var(--green)}
dt{font-weight:650}dd{margin:0 0 .5rem}.facts{font-size:.85rem;color:var(--grey)}.facts div{display:flex;gap:.5rem}
.facts dd{margin:0}
footer{border-top:1px solid var(--rule)}
@media print{@page{size:A4;margin:24mm 28mm}html{font-size:11pt}.cover{print-color-adjust:exact;min-height:60vh}
h2,h3,h4,h5,h6,caption,figcaption{break-after:avoid}figure,tr,.note{break-inside:avoid}.break{break-before:page}
.drawing svg{min-width:0}
details:not([open])::details-content{content-visibility:visible;display:block}thead{display:table-header-group}.table{overflow:visible}nav{break-after:page}main,footer{max-width:none;padding:0}}
"""

#: The source of its style in a content policy: a page that serves a paper allows exactly this and nothing else.
STYLE_SOURCE = f"'sha256-{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
