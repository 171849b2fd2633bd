# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Files of CSV, XLSX and ODS become tables by a mapping; every fault says where it is and what was expected."""

from __future__ import annotations

import datetime
import io
import zipfile
from contextlib import suppress
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.monitor.feeds.sheet import rows_of
from mainport.monitor.rules.numbers import Notation, scaled
from mainport.monitor.rules.sheet import period_of, table_of_rows
from mainport.monitor.rules.sheet_mapping import Refused, read_mapping
from mainport.monitor.rules.tables import Code, Finality, Lines, Measure, Missing, Role

MAPPING: dict[str, Any] = {
    "feed": "werk",
    "title": {"nl": "Werk", "en": "Work"},
    "decimal": "comma",
    "thousands": "point",
    "period": {"columns": ["Jaar", "Maand"]},
    "dimensions": [
        {"column": "Gemeente", "role": "geo", "codes": {"Groningen": "GM0014", "Assen": "GM0106"}},
    ],
    "measures": [
        {"column": "Banen", "key": "banen", "unit": "aantal", "multiply": 1000},
        {"column": "Werkloos", "key": "werkloos", "title": "Werkloosheid", "unit": "%", "decimals": 1},
    ],
    "missing": {"x": "confidential", ".": "not available", "-": "impossible"},
    "status": {"column": "Status", "words": {"voorlopig": "provisional"}},
    "until": "Bron",
}
CSV = """Gemeente;Jaar;Maand;Banen;Werkloos;Status
Groningen;2024;januari;1.042,3;3,9;
Groningen;2024;mrt;2,3;x;voorlopig
Assen;2024;3;;-;

Bron: eigen telling
"""


def read(content: str | bytes, mapping: dict[str, Any] = MAPPING, file: str = "werk.csv") -> Lines:
    found = read_mapping(mapping, "mapping.yaml")
    body = content.encode() if isinstance(content, str) else content
    return table_of_rows(found, file, rows_of(body, found, file))


def faults(content: str | bytes, mapping: dict[str, Any] = MAPPING) -> list[tuple[int, str, str]]:
    with pytest.raises(Refused) as refused:
        read(content, mapping)
    assert {fault.file for fault in refused.value.faults} <= {"werk.csv", "mapping.yaml"}
    return [(fault.row, fault.field, fault.found) for fault in refused.value.faults]


def test_a_csv_with_decimal_commas_and_dutch_months():
    table = read(CSV)
    assert table.lines == {
        ("banen", "GM0014"): {
            "2024-01": (1042300.0, None, 0, 0),
            "2024-03": (2300.0, None, 0, Finality.PROVISIONAL),
        },
        ("werkloos", "GM0014"): {
            "2024-01": (3.9, None, 0, 0),
            "2024-03": (None, None, Missing.CONFIDENTIAL, 0),
        },
        ("werkloos", "GM0106"): {"2024-03": (None, None, Missing.IMPOSSIBLE, 0)},
    }
    geo, time = table.dimensions
    assert (geo.role, geo.codes) == (Role.GEO, (Code("GM0014", "Groningen"), Code("GM0106", "Assen")))
    assert (time.role, [code.key for code in time.codes]) == (Role.TIME, ["2024-01", "2024-03"])
    assert table.measures == (
        Measure("banen", "Banen", "aantal", 0, kind="Long"),
        Measure("werkloos", "Werkloosheid", "%", 1),
    )
    assert table.title == "Werk"


def test_every_fault_with_its_row_and_field():
    wrong = """Gemeente;Jaar;Maand;Banen;Werkloos;Status
Groningen;2024;januari;1042.3;3,9;
Haren;2024;mrt;2,3;x;
Assen;2024;foo;1;2;
Assen;2024;mei;veel;2;af
Assen;2024;mei;1;2;;extra
"""
    assert faults(wrong) == [
        (2, "Banen", "'1042.3'"),
        (3, "Gemeente", "'Haren'"),
        (4, "Jaar and Maand", "'2024 foo'"),
        (5, "Status", "'af'"),
        (6, "row", "'7 cells'"),
    ]
    with pytest.raises(Refused, match=r"werk.csv, row 2, Banen: found '1042.3', expected a number such as 1.234,5"):
        read(wrong)


def test_a_column_that_isnt_there_or_is_there_twice():
    assert faults("Gemeente;Jaar;Maand;Maand;Banen;Status\n") == [(1, "Maand", ""), (1, "Werkloos", "")]


def test_nothing_but_headings():
    assert faults("Gemeente;Jaar;Maand;Banen;Werkloos;Status\n") == [(1, "rows", "")]
    assert faults("") == [(1, "header", "")]


def test_two_values_for_one_cell():
    table = read(CSV.replace("\n\n", "\nGroningen;2024;1;7;3,9;\n\n"))
    (found,) = table.contradictions
    assert (found.measure, found.coordinates, found.period) == ("banen", "GM0014", "2024-01")
    assert found.values == (
        {"value": 1042300.0, "file": "werk.csv", "row": 2},
        {"value": 7000.0, "file": "werk.csv", "row": 5},
    )
    assert "2024-01" not in table.lines["banen", "GM0014"]
    assert table.lines["werkloos", "GM0014"]["2024-01"][0] == 3.9


def test_one_value_a_row():
    mapping = {
        "feed": "lang",
        "title": "Lang",
        "period": {"column": "Periode"},
        "measure": {"column": "Onderwerp", "value": "Waarde"},
        "measures": [{"name": "Banen", "unit": "aantal"}, {"name": "Oordeel", "text": True}],
    }
    table = read("Onderwerp,Periode,Waarde\nBanen,2024 Q1,5\nOordeel,2024 Q1,goed\n", mapping)
    assert table.lines == {
        ("Banen", ""): {"2024 Q1": (5.0, None, 0, 0)},
        ("Oordeel", ""): {"2024 Q1": (None, "goed", 0, 0)},
    }
    assert faults("Onderwerp,Periode,Waarde\nUren,2024,5\n", mapping) == [(2, "Onderwerp", "'Uren'")]


HEADINGS = {
    "feed": "breed",
    "title": "Breed",
    "header": 2,
    "sheet": "Cijfers",
    "period": {"headings": True},
    "dimensions": [{"column": "Provincie", "fill_down": True}, {"column": "Gemeente", "role": "geo"}],
    "measures": [{"key": "inwoners", "unit": "aantal"}],
}


def book(rows: list[list[Any]], sheet: str = "Cijfers") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Toelichting"
    page = made.create_sheet(sheet)
    for row in rows:
        page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_workbook_with_periods_as_headings():
    body = book(
        [
            ["Inwoners per gemeente"],
            ["Provincie", "Gemeente", 2023, 2024, "Opmerking"],
            ["Groningen", "Groningen", 243_768, 246_000, "let op"],
            [None, "Het Hogeland", 48_000.5, None, None],
        ]
    )
    table = read(body, HEADINGS)
    assert table.lines == {
        ("inwoners", "Groningen|Groningen"): {"2023": (243768.0, None, 0, 0), "2024": (246000.0, None, 0, 0)},
        ("inwoners", "Groningen|Het Hogeland"): {"2023": (48000.5, None, 0, 0)},
    }


def test_a_workbook_with_days():
    mapping = {**HEADINGS, "header": 1, "period": {"column": "Dag"}, "dimensions": [], "measures": [{"column": "n"}]}
    table = read(book([["Dag", "n"], [datetime.date(2024, 3, 1), 2], [datetime.datetime(2024, 3, 2), 3]]), mapping)
    assert table.lines["n", ""] == {"2024-03-01": (2.0, None, 0, 0), "2024-03-02": (3.0, None, 0, 0)}
    assert faults(book([["Dag", "n"], [2024, datetime.date(2024, 3, 1)], [2025, True]]), mapping) == [
        (2, "n", "'2024-03-01'"),
        (3, "n", "'True'"),
    ]


def test_an_ods():
    table = read(ods([["Jaar", "Aantal"], ["2024", "1,5"]]), ODS)
    assert table.lines == {("Aantal", ""): {"2024": (1.5, None, 0, 0)}}


ODS = {
    "feed": "ods",
    "title": "O",
    "decimal": ",",
    "period": {"column": "Jaar"},
    "measures": [{"column": "Aantal"}],
}


def ods(rows: list[list[str]]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    made = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{made}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "row", "field"),
    [
        (book([["Jaar"]], "Ander"), 0, "sheet"),
        (book([["Jaar"]])[:1000], 0, "file"),
        (b"PK\x03\x04 no zip at all", 0, "file"),
        ("Gemeente;Jaar\nGron\xedngen;2024\n".encode("latin-1"), 2, "encoding"),
        (b'Gemeente;Jaar\n"Groningen;2024\n', 2, "row"),
    ],
)
def test_files_that_cant_be_read(body, row, field):
    ((at, where, _found),) = faults(body, HEADINGS)
    assert (at, where) == (row, field)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"feed": ""}, "feed"),
        ({"title": 5}, "title"),
        ({"period": {}}, "period"),
        ({"period": {"headings": True}}, "period.headings"),
        ({"measures": []}, "measures"),
        ({"measures": [{"unit": "%"}]}, "measures[1]"),
        ({"measures": [{"column": "a", "unti": "%"}]}, "measures[1].unti"),
        ({"dimensions": [{"column": "a"}, {"column": "b", "key": "a"}]}, "dimensions"),
        ({"dimensions": [{"column": "a", "role": "time"}]}, "dimensions[1].role"),
        ({"dimensions": [{"column": "a", "codes": {"b": "c|d"}}]}, "dimensions[1].codes.b"),
        ({"decimal": "komma"}, "decimal"),
        ({"thousands": "comma"}, "thousands"),
        ({"missing": {"x": "zero"}}, "missing.x"),
        ({"header": 0}, "header"),
        ({"kolommen": []}, "kolommen"),
    ],
)
def test_what_is_wrong_in_a_mapping(change, field):
    assert [fault[1] for fault in faults(CSV, {**MAPPING, **change})] == [field]


@pytest.mark.parametrize("found", [None, [], "text", {}])
def test_what_is_no_mapping(found):
    assert "feed" in [fault[1] for fault in faults(CSV, found)]


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "number"),
    [
        ("1.234.567,8", ",", ".", 1234567.8),
        ("1 234", ",", " ", 1234),
        ("1\u00a0234,5", ",", " ", 1234.5),
        ("\u22124,5", ",", "", -4.5),
        ("€ 12", ",", "", 12),
        ("12,5 %", ",", "", 12.5),
        ("1,234.5", ".", ",", 1234.5),
        ("0", ".", "", 0),
    ],
)
def test_numbers(text, decimal, thousands, number):
    assert Notation(decimal, thousands).read(text) == number


@pytest.mark.parametrize("text", ["1.234", "12.34,5", "1,2,3", "", "-", "1e5", "nan", "٣", "1,", "1" * 400])
def test_what_is_no_number_here(text):
    with pytest.raises(ValueError, match=r"isn't a number|too large"):
        Notation(",", "" if text == "1.234" else ".").read(text)


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 4)))
def test_a_number_written_is_read_back(number):
    written = f"{number:,.4f}".replace(",", "#").replace(".", ",").replace("#", ".")
    assert Notation(",", ".").read(written) == float(f"{number:.4f}")


def test_a_factor_adds_no_noise():
    assert scaled(2.3, 1000) == 2300.0
    assert scaled(1.1, 0.01) == 0.011


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("maart 2020", "2020-03"),
        ("mrt 2020", "2020-03"),
        ("31-12-2024", "2024-12-31"),
        ("1/2/2024", "2024-02-01"),
        ("2e kwartaal 2023", "2023-Q2"),
        ("kwartaal 4 2023", "2023-Q4"),
        ("2019/20", "2019/20"),
        ("2023", "2023"),
    ],
)
def test_periods(text, code):
    assert period_of(text) == code


@given(st.text(alphabet="Gemeente;\n\",Jrx012345.-'|Bron", max_size=200))
def test_any_csv_ends_in_a_table_or_in_faults(text):
    with suppress(Refused):
        read("Gemeente;Jaar;Maand;Banen;Werkloos;Status\n" + text)


# --- Sheets that reach far ---


def far_xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.title = "Ver"
    book.active["A1"] = "Jaar"
    book.active["XFD1048576"] = "verdwaald"
    book.create_sheet("Goed")["A1"] = "Jaar"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def far_ods() -> bytes:
    """As a word in the last cell stands in a file: everything before it is one repeated cell."""
    far = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row><table:table-row>'
        '<table:table-cell table:number-columns-repeated="16383"/>'
        '<table:table-cell office:value-type="string"><text:p>ver</text:p></table:table-cell></table:table-row>'
    )
    return with_rows(ods([["Jaar", "Aantal"], ["2024", "1,5"]]), far)


def with_rows(book: bytes, rows: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "content.xml":
                content = content.replace(b"</table:table>", f"{rows}</table:table>".encode())
            new.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(("book", "last"), [(far_xlsx, "XFD1048576"), (far_ods, "XFD1048003")])
def test_a_cell_far_away_is_refused_before_anything_is_unfolded(book, last):
    with pytest.raises(Refused) as refused:
        rows_of(book(), read_mapping(ODS, "mapping"), "ver")
    (fault,) = refused.value.faults
    assert fault.found.endswith(f"cells, up to {last}")
    assert (fault.row, fault.field[:5]) == (int(last[3:]), "sheet")
    assert "at most 4,000,000 cells" in fault.expected


def test_another_sheet_that_reaches_far_is_no_hindrance():
    rows = rows_of(far_xlsx(), read_mapping({**ODS, "sheet": "Goed"}, "mapping"), "ver")
    assert rows[0].cells == ["Jaar"]


def test_empty_rows_behind_the_table_count_for_nothing():
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    table = read(with_rows(ods([["Jaar", "Aantal"], ["2024", "1,5"]]), empty), ODS)
    assert sum(map(len, table.lines.values())) == 1


def test_a_zip_that_is_no_workbook_is_told():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    with pytest.raises(Refused, match="neither XLSX nor ODS"):
        rows_of(content.getvalue(), read_mapping(ODS, "mapping"), "map.xlsb")
