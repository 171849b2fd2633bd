# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper as a file: the one way in to the writers of PDF, DOCX, ODT and HTML.

Equal documents give equal bytes: dates and ids come out of the document, so that hashes can be compared.
"""

from __future__ import annotations

from typing import Literal, get_args

from mainport.cycle.rules.document import Document

Format = Literal["pdf", "docx", "odt", "html"]
FORMATS: tuple[Format, ...] = get_args(Format)
#: Media types, for answers and for feeds.
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
}


def render(document: Document, format: Format) -> bytes:
    """The paper in a format. Raises ValueError for a format that isn't one of them, and for a table of which a row
    has more or fewer cells than there are columns."""
    # Each writer loads a library that nobody else needs: at start-up they would cost every command its time.
    if format == "pdf":
        from . import pdf

        return pdf.write(document)
    if format == "docx":
        from . import docx

        return docx.write(document)
    if format == "odt":
        from . import odt

        return odt.write(document)
    if format == "html":
        from . import html

        return html.write(document)
    raise ValueError(f"{format!r} is no format of a paper: expected one of {', '.join(FORMATS)}")
