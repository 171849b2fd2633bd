# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every chart draws with: sizes of text, numbers as they are written, colours, patterns, SVG."""

from __future__ import annotations

import hashlib
import math
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

#: Units of a drawing as wide as the text of a page; a label of 14 is then some 9 points on paper.
WIDTH = 640.0
LABEL, SMALL = 14.0, 12.5
#: From line to line, in sizes of the text.
LEADING = 1.25

INK, GREY, RULE, PAPER = "#1b2420", "#5d6661", "#c9cfca", "#ffffff"
#: Okabe and Ito, "Color Universal Design" (2008), without their yellow, which white paper swallows.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
#: Beside each colour a pattern of white lines on it, so that a copy in black and white still tells.
PATTERNS = (
    "",
    "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "M0,4 h8",
    "M4,0 v8",
    "M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "M0,4 h8 M4,0 v8",
    "M2,2 h2 v2 h-2 z M6,6 h2 v2 h-2 z",
)
DASHES = ("", "7 4", "2 4", "10 4 2 4", "4 3", "12 6", "1 3")

Number = float | int | Decimal

_WIDTHS = {
    **dict.fromkeys("ijl|.,:;'!’‘", 0.25),
    **dict.fromkeys("ftrI()[]-/ \u00a0\u202f", 0.32),
    **dict.fromkeys("mMW%@—…", 0.89),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZw&", 0.7),
}


class Drawing(NamedTuple):
    """An SVG, and in words what is seen in it."""

    svg: str
    description: str


def text_width(text: str, size: float) -> float:
    """About how wide a text is, rather too wide: fonts differ, and none of them may run out of its drawing.

    >>> text_width("mm", 10) > text_width("ii", 10)
    True
    """
    return 1.1 * size * sum(_WIDTHS.get(sign, 0.57 if ord(sign) < 0x2E80 else 1.0) for sign in text)


def wrapped(text: str, width: float, size: float = LABEL, most: int = 4) -> tuple[str, ...]:
    """The text in lines that fit; what doesn't fit in so many lines ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}".strip()
        if text_width(joined, size) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        *broken, line = _pieces(word, width, size)
        lines += broken
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(last + "…", size) > width:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip() + "…")


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word that is wider than a line, in pieces that aren't: after a hyphen of its own, or with one."""
    pieces = [""]
    for place, sign in enumerate(word):
        if len(pieces[-1]) > 1 and text_width(pieces[-1] + sign, size) > width - (place < len(word) - 1) * size * 0.35:
            own = pieces[-1].rfind("-") + 1
            pieces[-1:] = [pieces[-1][:own], pieces[-1][own:]] if own > 3 else [pieces[-1] + "-", ""]
        pieces[-1] += sign
    return pieces


def written(value: Number, language: str, unit: str = "") -> str:
    """The number as the language writes it, at most two decimals, with its unit; never broken over lines.

    >>> written(1050000, "nl", "€").replace("\\u00a0", " "), written(1050000, "en", "€"), written(3.5, "nl")
    ('€ 1.050.000', '€1,050,000', '3,5')
    """
    number = round(Decimal(str(value)), 2)
    digits = f"{abs(number):,.2f}".removesuffix(".00")
    if "." in digits:
        digits = digits.rstrip("0") if unit != "€" else digits
    if language == "nl":
        digits = digits.translate(str.maketrans(",.", ".,"))
    sign = "\u2212" if number < 0 else ""
    space = "\u00a0" if language == "nl" else ""
    if unit == "€":
        return f"{sign}€{space}{digits}"
    if unit == "%":
        return f"{sign}{digits}{space}%"
    return f"{sign}{digits}\u00a0{unit}" if unit else f"{sign}{digits}"


def labelled(value: Number, language: str, unit: str = "") -> str:
    """The number as a label in a drawing: amounts in whole euros, as the cents stand in the table."""
    return written(round(value) if unit == "€" else value, language, unit)


def step_of(span: float, about: int = 5) -> float:
    """A round distance between lines of a grid: 1, 2 or 5 times a power of ten.

    >>> step_of(100), step_of(7), step_of(0.3)
    (20.0, 2.0, 0.1)
    """
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span / about))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor * about >= span * 0.999)
    return float(f"{step:.6g}")


class Canvas:
    """SVG as it is built up. Its height is known when all is drawn."""

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self._parts: list[str] = []
        self._patterns: dict[int, str] = {}

    def rect(self, x: float, y: float, width: float, height: float, fill: str, opacity: float = 1.0) -> None:
        faint = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
        self._parts.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(max(height, 0))}"'
            f' fill="{fill}"{faint}/>'
        )

    def line(
        self, x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 1, dash: str = ""
    ) -> None:
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{colour}"'
            f' stroke-width="{_n(width)}"{dashed}/>'
        )

    def path(self, data: str, *, fill: str = "none", stroke: str = "none", width: float = 1, dash: str = "",
             opacity: float = 1.0) -> None:  # fmt: skip
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        faint = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
        edge = f' stroke="{stroke}" stroke-width="{_n(width)}" stroke-linejoin="round"' if stroke != "none" else ""
        self._parts.append(f'<path d="{data}" fill="{fill}"{faint}{edge}{dashed}/>')

    def text(self, x: float, y: float, words: str, *, size: float = LABEL, anchor: str = "start", bold: bool = False,
             colour: str = INK) -> None:  # fmt: skip
        """Words on a line; `y` is the foot of the letters."""
        more = f' text-anchor="{anchor}"' if anchor != "start" else ""
        more += ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{colour}"{more}>{escape(words)}</text>'
        )

    def lines(self, x: float, middle: float, lines: tuple[str, ...], *, size: float = LABEL, anchor: str = "start",
              bold: bool = False, colour: str = INK) -> None:  # fmt: skip
        """Lines of text around a height."""
        top = middle - (len(lines) - 1) * size * LEADING / 2 + size * 0.35
        for number, words in enumerate(lines):
            self.text(x, top + number * size * LEADING, words, size=size, anchor=anchor, bold=bold, colour=colour)

    def fill(self, number: int) -> str:
        """The fill of the so-manieth series: its colour, or a pattern on it."""
        place = number % len(COLOURS)
        if not PATTERNS[place]:
            return COLOURS[place]
        self._patterns[place] = (
            f'<pattern id="@{place}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<rect width="8" height="8" fill="{COLOURS[place]}"/>'
            f'<path d="{PATTERNS[place]}" stroke="#ffffff" stroke-width="1.5" fill="none"/></pattern>'
        )
        return f"url(#@{place})"

    def key(self, y: float, names: tuple[str, ...]) -> float:
        """What each fill stands for, in rows; gives where the rows end."""
        x = 0.0
        for number, given in enumerate(names):
            name = wrapped(given, self.width * 0.8, SMALL, 1)[0]
            long = 24 + text_width(name, SMALL) + 20
            if x and x + long > self.width:
                x, y = 0.0, y + 22
            self.rect(x, y + 2, 16, 12, self.fill(number))
            self.text(x + 22, y + 12, name, size=SMALL)
            x += long
        return y + 28

    def svg(self, height: float, description: str) -> str:
        """The whole drawing. Its ids come from what it holds, so that two drawings on one page don't mix them up."""
        patterns = "".join(self._patterns[place] for place in sorted(self._patterns))
        body = (f"<defs>{patterns}</defs>" if patterns else "") + "".join(self._parts)
        own = "c" + hashlib.sha256(f"{body}{description}".encode()).hexdigest()[:12]
        body = body.replace('id="@', f'id="{own}-').replace("url(#@", f"url(#{own}-")
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(height)}"'
            f' width="{_n(self.width)}" height="{_n(height)}" role="img" aria-label={quoteattr(description)}'
            f' font-family="sans-serif">{body}</svg>'
        )


def _n(number: float) -> str:
    """A number in the fewest signs, to a tenth: enough on paper."""
    return f"{number if abs(number) >= 0.05 else 0:.1f}".removesuffix(".0")
