# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The glossary of the site, and that of the documentation."""

from __future__ import annotations

from pathlib import Path

from mainport.agenda.rules.elements import Kind
from mainport.web import glossary

DOCS = Path(__file__).resolve().parents[3] / "docs" / "glossary.md"


def test_every_term_is_explained_in_both_languages() -> None:
    for term in glossary.terms().values():
        assert set(term.term) == set(term.meaning) == {"nl", "en"}, term.key
        assert term.meaning["nl"].endswith(".")
        assert term.meaning["en"].endswith(".")


def test_every_dutch_term_stands_in_the_documentation_too() -> None:
    written = DOCS.read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in written.splitlines() if line.startswith("|")]
    known = {word.strip() for row in rows for word in row.split("(")[0].split(",")}
    assert {term.term["nl"] for term in glossary.terms().values()} <= known


def test_kinds_with_a_term_are_kinds() -> None:
    assert {"goal", "task", "flagship", "partner", "place"} <= glossary.terms().keys() & {kind.value for kind in Kind}
