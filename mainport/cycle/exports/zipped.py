# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files that are archives (DOCX, ODT), the same for ever: entries in one order, with one date."""

from __future__ import annotations

import io
import zipfile

#: The earliest date that the format can hold.
_DATE = (1980, 1, 1, 0, 0, 0)


def settled(data: bytes, *, first: str) -> bytes:
    """The archive written anew: `first` at the front and not compressed where it is a mimetype (ODF 1.3, part 2,
    3.3), the others by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(set(old.namelist()), key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.external_attr = 0o644 << 16
            plain = name == "mimetype" or name.endswith((".png", "/"))
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return out.getvalue()
