# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper in which every kind of block stands, for tests and benches of its writers."""

from __future__ import annotations

from mainport.cycle.rules.charts import Drawing, Flow, Line, Node, Series, Target, bars, lines, sankey, stacked
from mainport.cycle.rules.document import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Note,
    Numbered,
    PageBreak,
    Paragraph,
    Table,
    Term,
    Terms,
)  # fmt: skip

#: What people may write, out of malice or by pasting it: none of it may do anything, and all of it be read.
HOSTILE = (
    '#eval("1+1") #import "/etc/passwd" = Kop $ x^2 $ *vet* _schuin_ `code` @ref <label> \\ // weg',
    "</text:p><script>alert(1)</script> & \"quotes\" 'single' ]]> <!-- --> <w:p/> &amp; &#0;",
    "${{ 7*7 }} %(name)s {0} {% include %}",
    "a" * 300,
    "https://voorbeeld.nl/" + "zeer-lang-pad/" * 20 + "einde.html",
    "شركاء غرونينغن 2023 · שלום עולם",
    "Raket 🚀, vlag 🇳🇱, arts 👩🏽‍⚕️, 中文, ẍ̧, ﬁ",
    "nul\x00 bel\x07 omgekeerd\u202egnp.exe los\ud800",
    "zacht\u00adafbreken, vast\u00a0spatie, regel\neinde\ttab",
)


def sentence(number: int = 0) -> str:
    return (
        f"Alinea {number}: de partners werkten samen aan de opgaven — één bron van cijfers, “zoals afgesproken”, voor "
        "€ 1.050.000 per jaar. Drie opgaven lopen achter, omdat personeel ontbrak; de andere liggen op koers."
    )


def drawings() -> list[tuple[str, Drawing]]:
    """One chart of each kind."""
    goals = ("Innovatie-ecosysteem versterken", "Talent opleiden en behouden", "Maatschappelijke impact")
    partners = ("Gemeente Groningen", "Rijksuniversiteit Groningen", "Nationaal Programma Groningen")
    nodes = [
        *(Node(name, name, 0, "partner") for name in partners),
        *(Node(name, name, 1, "goal") for name in goals),
        *(Node(f"K{number}", f"K{number} Kennis delen", 2, "task") for number in range(1, 7)),
    ]
    flows = [Flow(partner, goal, 90_000 + 1_000 * len(partner)) for partner in partners for goal in goals]
    flows += [Flow(goals[number % 3], f"K{number}", 40_000 * number) for number in range(1, 7)]
    flows.append(Flow(partners[2], "K4", 25_000))
    spent = bars(goals, [Series("Begroot", (300_000, 450_000, 300_000)), Series("Besteed", (280_000, 431_250, None))],
                 language="nl")  # fmt: skip
    funds = stacked(goals, [Series("Basis", (100, 200, 300)), Series("NPG", (50, 0, 20)), Series("JTF", (10, 30, 5))],
                    language="nl")  # fmt: skip
    firms = lines([str(year) for year in range(2015, 2024)],
                  [Line("Bedrijven", (2800, 2900, 3010, 3100, None, 3180, 3210, 3250, 3290))],
                  language="nl", target=Target("2026", 3600))  # fmt: skip
    return [
        ("Talent krijgt het meeste geld", spent),
        ("Fondsen betalen een derde", funds),
        ("Aantal bedrijven groeit, maar trager sinds 2021", firms),
        ("Van partners naar opgaven", sankey(nodes, flows, language="nl")),
    ]


def table(rows: int = 8, caption: str = "Begroting per opgave, in euro") -> Table:
    return Table(
        caption,
        (Column("Opgave"), Column("Trekker"), Column("Begroot", figures=True), Column("Besteed", figures=True)),
        (
            ("Doel 1: ecosysteem", "", "", ""),
            *((f"K{number} Kennis delen met elkaar en met de regio", "Rijksuniversiteit Groningen", "€ 125.000,00",
               "€ 98.250,50") for number in range(1, rows)),
        ),
        total=("Totaal", "", "€ 875.000,00", "€ 687.753,50"),
        heading_rows=(0,),
        source="Grootboek tot en met boeking 1204",
    )  # fmt: skip


def paper(*, language: str = "nl", chapters: int = 1, texts: tuple[str, ...] = ()) -> Document:
    """A paper of some chapters, each with all there is."""
    drawn = drawings()
    blocks: list[Block] = [Heading(1, "Voorwoord"), Paragraph(sentence(), lead=True), Paragraph(sentence(1))]
    for chapter in range(chapters):
        blocks += [
            Heading(1, f"Hoofdstuk {chapter + 1}", "hoofdstuk"),
            KeyFigures((KeyFigure("€ 1.050.000", "toegezegd", "per jaar"), KeyFigure("24 van 33", "op koers"))),
            Paragraph(sentence(2)),
            Heading(3, "Een niveau overgeslagen"),
            table(),
            Bullets(("Eerste punt", sentence(3))),
            Numbered(("Eerst dit", "Dan dat")),
            Terms((Term("Opgave", "Wat de partners samen doen."),)),
            Note("Deze cijfers zijn verzonnen.", attention=True),
        ]
        for number, (title, drawing) in enumerate(drawn):
            behind = Table(f"Cijfers: {title}", (Column("Wat"), Column("Aantal", figures=True)), (("Iets", "1.234"),))
            blocks.append(
                Chart(title, drawing.description, drawing.svg, behind if number % 2 else None, source="Grootboek")
            )
        blocks.append(PageBreak())
    blocks += [Heading(1, "Ondertekening"), Paragraph("Noot.", small=True), table(60, "Alle opgaven")]
    blocks += [Paragraph(text) for text in texts]
    return Document(
        title="Jaarverslag 2023",
        subtitle="Akkoord van Groningen",
        language=language,
        date="2024-05-16",
        author="Akkoord van Groningen",
        blocks=tuple(blocks),
        footer="Jaarverslag 2023 · versie 1",
        facts={"Laatste boeking": "1204", "Editie": "jaarverslag-2023"},
        summary="Wat de partners in 2023 samen deden.",
        keywords=("jaarverslag", "Groningen"),
        state="Vastgesteld op 16 mei 2024",
    )


def hostile() -> Document:
    """A paper with hostile texts wherever a text may stand."""
    first, second = HOSTILE[0], HOSTILE[1]
    drawing = bars([first, second], [Series(HOSTILE[6], (1, 2)), Series("<b>", (3, None))], language="nl")
    blocks: list[Block] = [Heading(1, text, text) for text in HOSTILE[:3]]
    blocks += [Paragraph(text) for text in HOSTILE]
    blocks += [Bullets(HOSTILE), Numbered(HOSTILE), Terms(tuple(Term(text, text) for text in HOSTILE))]
    blocks += [KeyFigures(tuple(KeyFigure(text, text, text) for text in HOSTILE)), Note(first, second)]
    columns = (Column(first), Column(second, figures=True), Column(HOSTILE[6]))
    rows = tuple((text, text, text) for text in HOSTILE)
    blocks.append(Table(first, columns, rows, total=rows[0], heading_rows=(1,), source=second))
    blocks.append(Chart(first, second, drawing.svg, Table(second, columns, rows), source=HOSTILE[6]))
    return Document(
        title=first, subtitle=second, language="nl", date="2024-05-16", author=second, blocks=tuple(blocks),
        footer=HOSTILE[3], facts={first: second}, summary=HOSTILE[6], keywords=(first,), state=HOSTILE[5],
    )  # fmt: skip
