# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A certificate as a picture that carries the certificate itself (Open Badges 3.0, 5.3.2: baked into SVG).

Wallets and validators that take a picture read the credential out of it; people see what it says.
"""

from __future__ import annotations

import json
import textwrap

from mainport.catalogue.exports.markup import element, text
from mainport.catalogue.rules.canonical import Json

MEDIA_TYPE = "image/svg+xml"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_SIZE = 480
_GREEN, _WHITE, _PALE = "#0a5f45", "#ffffff", "#dcefe7"
#: Signs that fit on a line, and lines that fit between the edges.
_WIDTH, _LINES = 24, 4


def svg(said: Json) -> str:
    """The picture of a signed badge."""
    achievement = said["credentialSubject"]["achievement"]
    title, issuer = str(achievement["name"]), str(said["issuer"]["name"])
    creator = str(achievement.get("creator", {}).get("name", ""))
    holder = next(
        (str(one["identityHash"]) for one in said["credentialSubject"]["identifier"] if one["identityType"] == "name"),
        "",
    )
    day = str(said["credentialSubject"].get("activityEndDate", said["validFrom"]))[:10]
    lines = textwrap.wrap(title, _WIDTH, max_lines=_LINES, placeholder="…") or [title[:_WIDTH]]
    middle = _SIZE // 2 - 20 - (len(lines) - 1) * 20
    drawn = [_line(line, middle + number * 40, 30, _WHITE, font_weight="bold") for number, line in enumerate(lines)]
    drawn += [
        _line(textwrap.shorten(words, 40, placeholder="…"), at, 20, _PALE)
        for words, at in ((issuer, 96), (holder, 350), (creator, 380), (day, 410))
        if words
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"'
        f' xmlns:openbadges="{NAMESPACE}" viewBox="0 0 {_SIZE} {_SIZE}" width="{_SIZE}" height="{_SIZE}" role="img">\n'
        f"<openbadges:credential><![CDATA[{_inside(said)}]]></openbadges:credential>\n"
        f"{element('title', title)}{element('desc', ', '.join(filter(None, [holder, creator or issuer, day])))}\n"
        f'<rect width="{_SIZE}" height="{_SIZE}" rx="48" fill="{_GREEN}"/>'
        f'<rect x="16" y="16" width="{_SIZE - 32}" height="{_SIZE - 32}" rx="36" fill="none" stroke="{_PALE}"'
        f' stroke-width="4"/>\n{"".join(drawn)}\n</svg>\n'
    )


def _line(words: str, at: int, size: int, colour: str, **more: str) -> str:
    look = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
    return (
        f'<text x="{_SIZE // 2}" y="{at}" text-anchor="middle" font-family="sans-serif" font-size="{size}"'
        f' fill="{colour}"{look}>{text(words)}</text>'
    )


def _inside(said: Json) -> str:
    """JSON that can't end the section it stands in, nor hold a sign that XML has no way to say."""
    return json.dumps(said, ensure_ascii=True, indent=1).replace("]]>", "]]\\u003e")
