# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words that a paper adds to its text, in the language of the paper, not in that of who asks for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Words:
    contents: str
    figure: str
    table: str
    source: str
    page: str
    of: str
    figures_behind: str
    figures_behind_lead: str
    figures: str
    drawn_from: str
    attention: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


_WORDS = {
    "nl": Words(
        contents="Inhoud",
        figure="Figuur",
        table="Tabel",
        source="Bron",
        page="pagina",
        of="van",
        figures_behind="Cijfers bij de figuren",
        figures_behind_lead="Achter elke figuur staan cijfers. U vindt ze hier in tabellen, in dezelfde volgorde.",
        figures="Cijfers",
        drawn_from="Opgemaakt uit",
        attention="Let op",
    ),
    "en": Words(
        contents="Contents",
        figure="Figure",
        table="Table",
        source="Source",
        page="page",
        of="of",
        figures_behind="Figures behind the charts",
        figures_behind_lead="Behind every chart are figures. You find them here as tables, in the order of the charts.",
        figures="Figures",
        drawn_from="Drawn up from",
        attention="Please note",
    ),
}


def words(language: str) -> Words:
    """The words of a language; English for one that we have no words in."""
    return _WORDS.get(language.split("-")[0], _WORDS["en"])
