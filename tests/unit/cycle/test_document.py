# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper as data: it comes back as it was kept, and older ones still read."""

from __future__ import annotations

import json

from mainport.cycle.rules.document import Chart, Column, Document, Heading, Paragraph, Table
from tests.papers import hostile, paper


def test_a_document_comes_back_as_it_was_kept() -> None:
    for document in (paper(), paper(language="en", chapters=2)):
        assert Document.from_json(json.loads(json.dumps(document.to_json()))) == document
    assert hostile().to_json()["title"] == hostile().title


def test_content_that_was_kept_before_still_reads() -> None:
    kept = {
        "title": "Begroting", "subtitle": "", "language": "nl", "date": "2023-01-01", "author": "A", "footer": "",
        "facts": {}, "blocks": [
            {"sort": "Heading", "level": 1, "text": "Kop", "id": ""},
            {"sort": "Paragraph", "text": "Tekst", "lead": False, "small": False},
            {"sort": "Table", "caption": "T", "columns": [{"title": "A", "figures": True}], "rows": [["1"]],
             "total": [], "heading_rows": [], "source": ""},
            {"sort": "Chart", "title": "C", "description": "D", "svg": "<svg/>", "source": "",
             "table": {"caption": "T", "columns": [{"title": "A", "figures": True}], "rows": [["1"]], "total": [],
                       "heading_rows": [], "source": ""}},
        ],
    }  # fmt: skip
    table = Table("T", (Column("A", figures=True),), (("1",),))
    document = Document.from_json(kept)
    assert document.blocks == (Heading(1, "Kop"), Paragraph("Tekst"), table, Chart("C", "D", "<svg/>", table))
    assert (document.summary, document.keywords, document.state) == ("", (), "")
