# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Amounts as people write them: 1234,5 and 1.234,5 and 1,234.5 and 1 234,5. Where it can't be told, it is asked."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

#: A blank, of any width, or an apostrophe between groups of three digits.
_GAPS = r"[ \u00a0\u2009\u202f'\u2019]"
_GAPPED = re.compile(rf"[-+]?\d{{1,3}}(?:{_GAPS}\d{{3}})+(?:[.,]\d+)?$")
_GAP = re.compile(_GAPS)
_GROUPS = {sign: re.compile(rf"[-+]?[1-9]\d{{0,2}}(?:{re.escape(sign)}\d{{3}})+$") for sign in ".,"}
_LONG = re.compile(r"\d{4,}(?:[.,]|$)")


@dataclass(frozen=True)
class Style:
    """Which sign stands before decimals, and which between thousands ('' for none). `doubt` is an amount that may be
    either, where nothing in the file tells."""

    decimal: str = "."
    thousands: str = ""
    doubt: str = ""


def style(texts: Collection[str], separator: str, asked: str = "") -> Style:
    """How the amounts of a file are written. `separator` is that of its cells; `asked` the decimal sign, if known.

    >>> style(["1.234,5", "12"], ";"), style(["1,234,567"], "\\t"), style(["3,5"], ";")
    (Style(decimal=',', thousands='.', doubt=''), Style(decimal='.', thousands=',', doubt=''), \
Style(decimal=',', thousands='', doubt=''))
    >>> style(["1,234"], ";").doubt, style(["1,234", "5678"], ";").decimal, style(["1,234"], ",").thousands
    ('1,234', ',', ',')
    """
    if asked:
        return Style(asked, "." if asked == "," else ",")
    signed = [text for text in texts if "." in text or "," in text]
    if not signed:
        return Style()
    for text in signed:
        if "." in text and "," in text:
            decimal = max(".,", key=text.rindex)
            return Style(decimal, "." if decimal == "," else ",")
        for sign, other in ((".", ","), (",", ".")):
            if text.count(sign) > 1:
                return Style(other, sign)
    sign = "," if any("," in text for text in signed) else "."
    if any(("." if sign == "," else ",") in text for text in signed):
        return Style()  # Both, each by itself: no way of writing has that, and those that are no number are told.
    if all(_GROUPS[sign].match(text) for text in signed) and not any(_LONG.match(text) for text in texts):
        # One group of three digits: decimals or thousands? In a CSV with commas a point is one of decimals, and a
        # comma, which had to be quoted, one of thousands.
        if separator == ",":
            return Style(".", "," if sign == "," else "")
        return Style(sign, doubt=min(signed))
    return Style(sign)


def plain(text: str, how: Style) -> str:
    """The amount as a computer reads it; what is none stays as it is.

    >>> plain("1 234,5", Style(",")), plain("1.234", Style(",", ".")), plain("1.23", Style(",", "."))
    ('1234.5', '1234', '?')
    """
    found = _GAP.sub("", text) if _GAPPED.match(text) else text
    if how.thousands and how.thousands in found:
        whole, point, rest = found.partition(how.decimal)
        if not _GROUPS[how.thousands].match(whole):
            return "?"  # No number: groups are of three digits.
        found = whole.replace(how.thousands, "") + point + rest
    return found.replace(how.decimal, ".") if how.decimal != "." else found
