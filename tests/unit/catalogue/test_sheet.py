# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import sheet
from mainport.catalogue.rules import courses, works
from mainport.catalogue.rules.courses import Competence, Mode, Place, Price
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.sheet_mapping import read_mapping
from mainport.catalogue.rules.works import Access, Identifier, Scheme, WorkType

WORKS: dict[str, Any] = yaml.safe_load(
    """
kind: work
name: scripties
language: nl
format: d-m-Y
fields:
  titles: {nl: Titel, en: Title}
  abstracts: Samenvatting
  authors: {column: Auteurs, separator: "/"}
  supervisors: Begeleider
  type: {column: Soort, words: {afstudeerwerk: thesis}, default: report}
  published: Datum
  identifiers: [DOI, {column: Nummer, scheme: local}]
  licence: {constant: CC-BY-4.0}
  access: Toegang
  embargo_until: Embargo
  files: Bestand
  subjects: Trefwoorden
  recommendations: Advies
  language: Taal
  task: Opgave
"""
)
HEADINGS = (
    "Titel;Title;Samenvatting;Auteurs;Begeleider;Soort;Datum;DOI;Nummer;Toegang;Embargo;Bestand;Trefwoorden;Advies;Taal"
    ";Opgave\n"
)
FIRST = (
    'Wonen;Living;"Regel een\nen twee";Jansen, A./Bo Smit;;afstudeerwerk;31-05-2024;10.1000/X;7;open;'
    ';https://x.nl/a.pdf;"wonen;schade";Betaal sneller.;nl;T1\n'
)
WORK_FILE = f"""{HEADINGS}{FIRST}
;;;;;;;;;;;;;;;T2
Bodem;;;;;gedicht;2024;geen;8;soms;;nergens;;;klingons;
Water;;;;;;1-1-2023;;;embargoed;1-2-2027;;;;;
"""
COURSES: dict[str, Any] = yaml.safe_load(
    """
kind: course
name: cursussen
language: nl
fields:
  identifier: Code
  titles: Naam
  descriptions: Omschrijving
  provider: {constant: Biblionet}
  competences: DigComp
  hours: Uren
  mode: Vorm
  languages: Taal
  url: Website
  starts: Start
  ends: Eind
  place: Plaats
  postcode: Postcode
  town: Stad
  price: Prijs
  seats: Plekken
"""
)
COURSE_ROWS: list[list[Any]] = [
    ["Code", "Naam", "Omschrijving", "DigComp", "Uren", "Vorm", "Taal", "Website", "Start", "Eind", "Plaats",
     "Postcode", "Stad", "Prijs", "Plekken"],
    ["K1", "Klik en tik", "Leer.", "1.1/2; 2.1", 12.5, "klassikaal", "nl", "https://x.nl/k", datetime.date(2026, 9, 1),
     "1-10-2026", "Bieb", "9712kn", "Groningen", "gratis", 12],
    ["K1", "Klik en tik", "", "", "", "klassikaal", "", "", datetime.datetime(2026, 11, 1, 19), "",
     "Bieb 2", "", "", 12.5, ""],
    ["K2", "Zonder datum", "", "9.9", "veel", "telepathie", "", "www", "2026", "", "", "", "", "\u20ac 1.250,00", ""],
    ["", "", "", "", "", "", "", "", "", "", "", "", "", "", ""],
]  # fmt: skip


def book(rows: list[list[Any]]) -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def test_reads_works_out_of_csv() -> None:
    (wonen, bodem, water), faults = sheet.works(WORK_FILE.encode(), read_mapping(WORKS), "s.csv")
    assert (wonen.titles, wonen.abstracts) == ({"nl": "Wonen", "en": "Living"}, {"nl": "Regel een en twee"})
    assert [one.name for one in wonen.authors] == ["A. Jansen", "Bo Smit"]
    assert (wonen.type, str(wonen.published), wonen.licence) == (WorkType.THESIS, "2024-05-31", "CC-BY-4.0")
    assert wonen.identifiers == (Identifier(Scheme.DOI, "10.1000/x"), Identifier(Scheme.LOCAL, "7"))
    assert (wonen.access, wonen.files[0].licence, wonen.task) == (Access.OPEN, "CC-BY-4.0", "T1")
    assert [one.label for one in wonen.subjects] == ["wonen", "schade"]
    assert [one.text for one in wonen.recommendations] == [{"nl": "Betaal sneller."}]
    assert wonen.provenance.record == "s.csv#2"
    assert (water.type, water.access, water.embargo_until) == (
        WorkType.REPORT,
        Access.EMBARGOED,
        datetime.date(2027, 2, 1),
    )
    assert bodem.titles == {"nl": "Bodem"}
    assert [str(fault) for fault in faults] == [
        "s.csv, row 5, Titel, Title: found nothing, expected a title",
        "s.csv, row 6, Taal: found klingons, expected a language such as nl or dut",
        "s.csv, row 6, Bestand: found nergens, expected an address that begins with https:// or http://",
        "s.csv, row 6, Datum: found 2024, expected a date as d-m-Y",
        "s.csv, row 6, Soort: found gedicht, expected a type such as thesis or report; or give the column words",
        "s.csv, row 6, Toegang: found soms, expected one of open, embargoed, restricted, metadata-only, unknown",
    ]
    assert [fault.field for work in (wonen, water) for fault in works.check(work)] == []


def test_reads_courses_out_of_a_workbook_and_joins_their_rows() -> None:
    (klik, other), faults = sheet.courses(book(COURSE_ROWS), read_mapping(COURSES), "c.xlsx")
    assert (klik.identifier, klik.titles, klik.hours) == ("K1", {"nl": "Klik en tik"}, Decimal("12.5"))
    assert klik.competences == (Competence("1.1", 2), Competence("2.1"))
    assert klik.provider is not None
    assert (klik.provider.name, klik.languages, klik.mode) == ("Biblionet", ("nl",), Mode.ON_SITE)
    first, second = klik.offerings
    assert (first.starts, first.ends, first.seats) == (datetime.date(2026, 9, 1), datetime.date(2026, 10, 1), 12)
    assert first.places == (Place("Bieb", postcode="9712 KN", town="Groningen"),)
    assert first.prices == (Price(Decimal(0)),)
    assert (second.starts, second.prices[0].amount, second.identifier) == (
        datetime.date(2026, 11, 1),
        Decimal("12.5"),
        "K1#3",
    )
    assert [one.prices[0].amount for one in other.offerings] == [Decimal("1250.00")]
    assert [(fault.field.rpartition(", ")[2], fault.found) for fault in faults] == [
        ("Website", "www"),
        ("Vorm", "telepathie"),
        ("Uren", "veel"),
        ("DigComp", "9.9"),
        ("Start", "2026"),
    ]
    assert courses.check(klik) == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"fields": {"titel": "Titel"}}, "fields.titel"),
        ({"fields": {}}, "fields"),
        ({"fields": {"titles": {"column": "A", "constant": "B"}}}, "fields.titles"),
        ({"fields": {"titles": {"column": "A", "colour": "red"}}}, "fields.titles.colour"),
        ({"fields": {"titles": {"klingons": "A"}}}, "fields.titles.klingons"),
        ({"fields": {"titles": "A", "published": {"column": "B", "format": "%s"}}}, "fields.published.format"),
        ({"fields": {"titles": "A", "published": ["B", "C"]}}, "fields.published"),
        ({"fields": {"titles": "A", "identifiers": {"column": "B", "scheme": "x"}}}, "fields.identifiers.scheme"),
        ({"fields": {"titles": 7}}, "fields.titles"),
        ({"fields": {"subjects": "A"}}, "fields.titles"),
        ({"sheet": 0}, "sheet"),
        ({"header": "one"}, "header"),
        ({"encoding": "ebcdic"}, "encoding"),
        ({"language": "klingons"}, "language"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_mapping_is_told(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_mapping({**WORKS, **change})
    assert field in [fault.field for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"Titel\nx", "the column Title"),
        (WORK_FILE.replace("Nummer", "DOI").encode(), "one column DOI"),
        (WORK_FILE.encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04rubbish", "XLSX"),
        (b'"Titel;Title', "quotes that close"),
        (b"", "the column"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(content: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        sheet.works(content, read_mapping(WORKS), "s.csv")
    assert expected in str(refused.value)
    assert refused.value.faults[0].field.startswith("s.csv")


def test_a_mapping_is_for_works_or_for_courses() -> None:
    with pytest.raises(Refused):
        sheet.works(b"", read_mapping(COURSES))
    with pytest.raises(Refused):
        sheet.courses(b"", read_mapping(WORKS))


@given(
    st.lists(
        st.lists(st.text(max_size=8) | st.none() | st.floats() | st.booleans() | st.dates(), max_size=15), max_size=5
    )
)
@settings(max_examples=60, deadline=None)
def test_any_cells_are_read_or_told(rows: list[list[Any]]) -> None:
    text = ";".join(COURSE_ROWS[0]) + "\n"
    for row in rows:
        text += ";".join('"' + str(cell).replace('"', '""').replace("\x00", "") + '"' for cell in row) + "\n"
    found, _ = sheet.courses(text.encode("utf-8", "replace"), read_mapping(COURSES))
    for course in found:
        courses.check(course)
