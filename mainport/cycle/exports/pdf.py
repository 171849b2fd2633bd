# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Papers as PDF/A-2a (for the archive) and PDF/UA-1 (for everybody) at once, set by Typst.

The paper goes in as data, never as markup: nobody's text can be read as a command. Fonts are those inside Typst, so
that a paper looks the same wherever it is made.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date

from mainport.cycle.rules.document import Chart, Document, Table

from . import drawings
from .prepared import FIGURE, INSET, SIGN, WIDE, prepare, rows_of, texts_changed, widths
from .words import words

FONT = "Libertinus Serif"
_TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]
#: Words of more signs get places at which they may be broken.
_LONG = 26

#: Signs that the font is known to have: Latin with its accents, and the usual signs of print.
_KNOWN = re.compile("[\n\x20-\x7e\xa0-\xac\xae-\u017f\u2010-\u2014\u2018-\u201e\u2022\u2026\u20ac\u2212\u00ad\u200b]")


@cache
def compiler() -> Any:
    """Typst, with its fonts loaded once."""
    return typst.Compiler(ignore_system_fonts=True)


def write(document: Document) -> bytes:
    """The paper as PDF."""
    prepared = prepare(document)
    return set_type(_TEMPLATE, {"paper": lambda change: _data(prepared, change)})


def set_type(template: Path, inputs: dict[str, Any]) -> bytes:
    """A template, filled; each input is a function of how texts are made displayable."""
    source = template.read_bytes()
    for change in (displayable, _spelled_out):
        given = {name: json.dumps(make(change), ensure_ascii=False) for name, make in inputs.items()}
        try:
            made = compiler().compile(source, format="pdf", pdf_standards=STANDARDS, sys_inputs=given)
        except typst.TypstError as error:
            # Signs that the fonts have, but not in this company: an accent on a letter of another font.
            if change is _spelled_out or "could not be displayed" not in f"{error.message}{error.diagnostic}":
                raise
            continue
        assert isinstance(made, bytes)
        return made
    raise AssertionError("the second try ends in a paper or an error")


def displayable(text: str) -> str:
    """The text with only signs that the fonts have (both standards forbid others): one that they haven't is spelled
    out, in brackets.

    >>> displayable("€ 1 – één"), displayable("\U0001f680")
    ('€ 1 – één', '[rocket]')
    """
    if not _KNOWN.sub("", text):
        return text
    return "".join(sign if _KNOWN.match(sign) or _has(sign) else _named(sign) for sign in text)


def _spelled_out(text: str) -> str:
    return "".join(sign if _KNOWN.match(sign) else _named(sign) for sign in unicodedata.normalize("NFC", text))


def _named(sign: str) -> str:
    if unicodedata.category(sign) in {"Cf", "Mn", "Me", "Cc"}:
        return ""
    if sign.isspace():
        return " "
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"


@lru_cache(maxsize=20_000)
def _has(sign: str) -> bool:
    """Whether Typst's fonts have the sign: asked of Typst itself."""
    if unicodedata.category(sign) in {"Co", "Cn", "Cs"}:
        return False
    asked = b'#set document(title: "?")\n#set text(font: "Libertinus Serif")\n#sys.inputs.sign'
    try:
        compiler().compile(asked, format="pdf", pdf_standards=STANDARDS, sys_inputs={"sign": sign})
    except typst.TypstError:
        return False
    return True


def _breakable(text: str) -> str:
    """The text with places to break its longest words: a file's name or an address otherwise runs off the page."""
    if len(text) <= _LONG:
        return text
    return " ".join(_broken(word) if len(word) > _LONG else word for word in text.split(" "))


def _broken(word: str) -> str:
    word = re.sub(r"(?<=[/._?&=@\-])(?=\w)", "\u200b", word)
    return re.sub(r"[^\u200b]{16}(?=[^\u200b]{4})", lambda part: part.group() + "\u200b", word)


def _data(document: Document, change: Any) -> dict[str, Any]:
    """The document as the template takes it."""
    ready = texts_changed(document, lambda text: _breakable(change(text)))
    data = ready.to_json()
    # Titles and languages are looked at by machines: no places to break in them.
    data["title_plain"], data["author"] = change(document.title), change(document.author)
    data["summary"], data["keywords"] = change(document.summary), [change(word) for word in document.keywords]
    data["language"] = re.sub(r"[^a-z].*", "", document.language.lower())[:3] or "en"
    year, month, day = (int(part) for part in document.date[:10].split("-"))
    data["date_parts"] = [year, month, day]
    data["date_written"] = written_date(document.date, document.language)
    data["words"] = words(document.language).as_dict()
    last_tables = sum(1 for block in document.blocks if isinstance(block, Chart) and block.table is not None)
    first_behind = len(document.blocks) - last_tables
    charts = 0
    for place, (block, made) in enumerate(zip(ready.blocks, data["blocks"], strict=True)):
        if isinstance(block, Chart):
            made["svg"] = drawings.in_font(change(block.svg), FONT)
            made["width"], _ = drawings.size(block.svg)
            made["description"] = change(document.blocks[place].description)  # type: ignore[union-attr]
            made["behind"] = f"behind-{charts}" if block.table is not None else ""
            charts += block.table is not None
            made["table"] = None
        elif isinstance(block, Table):
            made |= _measured(block)
            made["id"] = f"behind-{place - first_behind}" if place >= first_behind else ""
    return data


def _measured(table: Table) -> dict[str, Any]:
    """How wide the columns are, and how large the text: so that every figure stays on its line."""
    parts = widths(table)
    rows = rows_of(table)
    need = sum(
        max(len(row[place]) for row in rows[1:] or rows) * FIGURE + INSET if column.figures else min(parts[place], 30.0)
        for place, column in enumerate(table.columns)
    )
    size = 9.5 if need <= WIDE + 1 else max(6.5, round(9.5 * WIDE / need, 1))
    # Words are broken only in a column that is narrower than one of them.
    broken = [
        max(len(word) for row in rows for word in row[place].split(" ")) * SIGN * size / 9.5 + INSET > part
        for place, part in enumerate(parts)
    ]
    return {"size": size, "widths": parts, "hyphenate": broken}


def written_date(date: str, language: str) -> str:
    """The day in words: 24 november 2026."""
    day = datetime.date.fromisoformat(date[:10])
    return format_date(day, "d MMMM y", locale="nl" if language.startswith("nl") else "en_GB")
