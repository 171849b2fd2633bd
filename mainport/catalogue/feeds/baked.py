# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A certificate out of the picture that carries it (Open Badges 3.0, 5.3: baked into PNG or SVG)."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from mainport.catalogue.feeds import xml
from mainport.catalogue.rules.badges import LARGEST
from mainport.catalogue.rules.faults import Refused

_PNG = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"openbadgecredential"
_CREDENTIAL = "{https://purl.imsglobal.org/ob/v3p0}credential"
#: Editors of drawings write one, without anything of their own in it.
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+svg[^\[\]<>]*>", re.IGNORECASE)


def certificate(written: bytes | str) -> bytes | str:
    """What a picture carries; what is none, or carries nothing, as it came."""
    if isinstance(written, bytes) and written.startswith(_PNG):
        return next(_in_png(written), written)
    if isinstance(written, bytes) and written.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _in_svg(written) or written
    return written


def _in_png(data: bytes) -> Iterator[bytes]:
    """Texts under our keyword in chunks of the kind iTXt (PNG, 11.3.3.4)."""
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"iTXt":
            keyword, _, rest = data[at + 8 : at + 8 + length].partition(b"\0")
            # Whether and how it is packed; then a language and a translated keyword, each ended by a zero.
            parts = rest[2:].split(b"\0", 2)
            if keyword == _KEYWORD and len(parts) == 3:
                yield _unpacked(parts[2]) if rest[:1] == b"\1" else parts[2]
        at += length + 12


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, LARGEST + 1)
    except zlib.error:
        return b""


def _in_svg(data: bytes) -> str:
    try:
        root = xml.parse(_DOCTYPE.sub(b"", data, count=1))
    except Refused:
        return ""
    found = next(root.iter(_CREDENTIAL), None)
    if found is None:
        return ""
    # A token stands in an attribute, JSON between the tags.
    return str(found.get("verify") or found.text or "")
