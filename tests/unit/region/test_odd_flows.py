# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flow files of other countries and programs: legal but odd. Right, or refused at a row; never something else."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from mainport.region.feeds.flows_file import Layout, Read, Refused, read_flows

COLUMNS = ["o", "d", "n"]
PLAIN = "o,d,n\na,a,5\na,b,3\nb,b,4\n"


def wrote(folder: Path, body: str | bytes, **options: object) -> Read:
    path = folder / "flows.csv"
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return read_flows(path, **{"columns": COLUMNS, **options})  # type: ignore[arg-type]


def refused(folder: Path, body: str | bytes, **options: object) -> str:
    with pytest.raises(Refused) as error:
        wrote(folder, body, **options)
    return str(error.value)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(PLAIN.encode()),
        gzip.compress(PLAIN.replace(",", ";").encode()),
        f"\ufeff{PLAIN}",
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.encode("utf-16"),
        PLAIN.replace(",", "\t"),
        f"sep=,\n{PLAIN}",
        f"Commuting in 2021\n\n{PLAIN}",
        f"# by an office, of 2021; rounded\n{PLAIN.replace(',', ';')}",
        '"n","d","o"\n"5","a","a"\n"3","b","a"\n"4","b","b"\n',
        "row,n,text,d,o\n9,5.0,home,a,a\n9,3.0,work,b,a\n9,4.0,-,b,b\n",
        "o,d,n\n\na,a,5\n\na,b,3\nb,b,4\n\n\n",
        "o,d,n\na,a,5e0\na,b,+3\nb,b,4\nb,a,-\n",
    ],
)
def test_the_same_whatever_it_is_written_in(tmp_path: Path, body: str | bytes) -> None:
    found = wrote(tmp_path, body).flows
    assert found.zones == ("a", "b")
    assert (found.residents.tolist(), found.workers.tolist()) == ([8, 4], [5, 7])


def test_the_separator_is_the_one_that_gives_the_columns(tmp_path: Path) -> None:
    body = '"lives, or did; in","works|in, mostly",n\na;b|c,d,3\n'
    found = wrote(tmp_path, body, columns=["lives, or did; in", "works|in, mostly", "n"]).flows
    assert found.zones == ("a;b|c", "d")


@pytest.mark.parametrize(
    ("rows", "zones"),
    [
        ("00100,00200,3\n0100,00100,2", ("00100", "0100", "00200")),  # Zeros count; 100 three ways are three zones.
        ("New York,Château d’Œx,3\n東京,New York,2", ("Château d’Œx", "New York", "東京")),
        ("101.0,102,3\n102.0,102,4", ("101", "102")),
        ("10.1,2.0,3", ("10.1", "2.0")),  # Codes with a point are codes.
        ("101.0,abroad,3\n101.0,101.0,4", ("101",)),
        ("cafe\u0301,caf\u00e9,3", ("caf\u00e9",)),
        ("123456789012345678901,123456789012345678902,3", ("123456789012345678901", "123456789012345678902")),
        ("A,a,3", ("A", "a")),
    ],
)
def test_codes(tmp_path: Path, rows: str, zones: tuple[str, ...]) -> None:
    assert wrote(tmp_path, f"o,d,n\n{rows}\n").flows.zones == zones


@pytest.mark.parametrize(
    ("amounts", "total"),
    [
        (["1.234,5", "12"], 1246.5),
        (["1,234.5", "12"], 1246.5),
        (["1 234", "12"], 1246),
        (["1\u202f234,25", "12"], 1246.25),
        (["1'234'567", "12"], 1234579),
        (["1.234.567", "1.234"], 1235801),
        (["0,250", "1,125"], 1.375),
        (["1,125", "5000"], 5001.125),
        (["3,25", "12"], 15.25),
    ],
)
def test_amounts_as_people_write_them(tmp_path: Path, amounts: list[str], total: float) -> None:
    body = f"o;d;n\na;a;{amounts[0]}\na;b;{amounts[1]}\n"
    assert wrote(tmp_path, body).flows.residents[0] == pytest.approx(total)


def test_where_it_cant_be_told_it_is_asked(tmp_path: Path) -> None:
    body = "o;d;n\na;a;12\na;b;1.234\n"
    said = refused(tmp_path, body)
    assert said.startswith("flows.csv, row 3, column n: found '1.234', expected to be told whether this is a decimal")
    assert wrote(tmp_path, body, decimal=",").flows.residents[0] == 1246
    assert wrote(tmp_path, body, decimal=".").flows.residents[0] == 13.234
    assert "found '1.23'" in refused(tmp_path, body.replace("1.234", "1.23"), decimal=",")
    # Between commas, one in an amount had to be quoted: it stands between thousands.
    assert wrote(tmp_path, 'o,d,n\na,a,"1,234"\na,b,12\n').flows.residents[0] == 1246


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("o,d,n\nCh\u00e2teau,b,3\n".encode("latin-1"), "row 2, column -: found the byte 0xe2"),
        ("o,d,n\na,b,2\na,c,2,9\n", "row 3, column -: found 4 cells, expected 3"),
        ("o,d,n\na,b\n", "row 2, column n: found nothing"),
        ("o,d,n,n\na,b,2,9\n", "row 1, column n: found the column twice"),
        ("o,d,n\na,b,NaN\n", "row 2, column n: found 'NaN'"),
        ("o,d,n\na,b,1e300\n", "row 2, column n: found '1e300', expected at most 1e+15"),
        ("o,d,n\na,b,-1e300\n", "row 2, column n: found '-1e300', expected 0 or more"),
        ("o,d,n\na,b,3\na,b,3\n", "row 3, column d: found a to b again, expected each pair once; it is in row 2"),
        (b"o,d,n\na\x00,b,3\n", "row 2, column o: found 'a?'"),
        ('o,d,n\n"a,b,3\nb,b,2\n', "row 2, column o: found 'a,b,3?b,b,2'"),
        ("o,d,n\n", "row 2, column o: found no rows"),
        (gzip.compress(PLAIN.encode())[:-12], "row 1, column -: found a packed file that ends too early"),
        (b"\x1f\x8b nothing", "row 1, column -: found a packed file that is broken"),
    ],
)
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, body: str | bytes, said: str) -> None:
    assert said in refused(tmp_path, body)


def test_columns_that_are_called_as_they_often_are(tmp_path: Path) -> None:
    found = wrote(tmp_path, "Flow,Destination,Origin\n5,b,a\n", columns=None)
    assert (found.flows.zones, found.columns) == (("a", "b"), ("Origin", "Destination", "Flow"))
    assert found.flows.residents.tolist() == [5, 0]
    assert "expected home, work and amount" in refused(tmp_path, "from,origin,to,n\na,b,c,3\n", columns=None)
    with pytest.raises(ValueError, match="expected three different ones"):
        wrote(tmp_path, PLAIN, columns=["o", "o", "n"])


def test_totals_among_the_pairs_are_no_zones(tmp_path: Path) -> None:
    found = wrote(tmp_path, "o,d,n\na,a,3\na,b,2\nb,b,1\na,Total,5\nTotal,b,3\nTotal,Total,6\n")
    assert found.flows.zones == ("a", "b")
    assert found.flows.residents.tolist() == [5, 1]
    assert found.totals.names == ("Total",)
    assert "row 5, column n: found '3', expected 5" in refused(tmp_path, "o,d,n\na,a,3\na,b,2\nb,b,1\na,Total,3\n")


# --- A column for each destination ---

SQUARE = ",a,b,c\na,5,2,1\nb,3,9,0\nc,1,1,4\n"
OUT, INTO = [8, 12, 6], [9, 12, 5]


def wide(folder: Path, body: str | bytes, **options: object) -> Read:
    return wrote(folder, body, columns=None, **options)


@pytest.mark.parametrize(
    "body",
    [
        SQUARE,
        SQUARE.replace(",", ";"),
        f"home{SQUARE}",
        f"Commuting, 2021\nSource: an office\n\n{SQUARE}\nNote: rounded\n",
        "code,name,a,b,c\na,Ach,5,2,1\nb,Bee,3,9,0\nc,Cee,1,1,4\n",
        ",,Ach,Bee,Cee\ncode,name,a,b,c\na,Ach,5,2,1\nb,Bee,3,9,0\nc,Cee,1,1,4\n",
        ",,a,b,c\n,,Ach,Bee,Cee\na,Ach,5,2,1\nb,Bee,3,9,0\nc,Cee,1,1,4\n",
        ",a,b,c,Total\na,5,2,1,8\nb,3,9,0,12\nc,1,1,4,6\nTotal,9,12,5,26\n",
        "Total,26,9,12,5\n,Total,a,b,c\nTotal,26,9,12,5\na,8,5,2,1\nb,12,3,9,0\nc,6,1,1,4\n",
        ",a,b,c,Ukupno\na,5,2,1,8\nb,3,9,0,12\nc,1,1,4,6\nUkupno,9,12,5,26\n",
        ",a,b,c,Out\na,5,2,1,8\nb,3,9,0,12\nc,1,1,4,6\nIn,9,12,5,26\n",
        ",a,b,c\na,5,2,1\nb,3,9,-\nc,1,1,4\n",
        ",a,b,c\na,5,2,1\nb,3,9,\nc,1,1,4\n",
    ],
)
def test_a_column_for_each_destination(tmp_path: Path, body: str) -> None:
    found = wide(tmp_path, body)
    assert found.flows.zones == ("a", "b", "c")
    assert (found.flows.residents.tolist(), found.flows.workers.tolist()) == (OUT, INTO)
    assert found.columns == ()


def test_rows_may_be_places_of_work(tmp_path: Path) -> None:
    found = wide(tmp_path, SQUARE, layout=Layout.ROWS_ARE_WORKS).flows
    assert (found.residents.tolist(), found.workers.tolist()) == (INTO, OUT)
    assert "expected home, work and amount" in refused(tmp_path, SQUARE, columns=None, layout=Layout.PAIRS)


def test_origins_and_destinations_may_differ(tmp_path: Path) -> None:
    found = wide(tmp_path, ",a,b,port,abroad\na,5,2,1,7\nb,3,9,2,0\nfarm,1,1,0,1\n")
    assert found.flows.zones == ("a", "b", "farm", "port")
    assert found.flows.residents.tolist() == [15, 14, 3, 0]
    assert found.outside == ("abroad",)
    none_alike = "lives in,x,y\na,5,2\nb,3,9\n"
    assert "a column for each destination" in refused(tmp_path, none_alike, columns=None)
    found = wide(tmp_path, none_alike, layout=Layout.ROWS_ARE_HOMES)
    assert found.flows.zones == ("a", "b", "x", "y")


def test_a_total_that_counts_more_counts_those_who_go_elsewhere(tmp_path: Path) -> None:
    found = wide(tmp_path, ",a,b,c,Total\na,5,2,1,18\nb,3,9,0,12\nc,1,1,4,6\n")
    assert found.flows.residents.tolist() == [18, 12, 6]
    assert (found.totals.beyond, found.outside) == (10, ("elsewhere",))
    # As far as rounding goes, it tells nothing.
    found = wide(tmp_path, ",a,b,c,Total\na,500,200,100,900\nb,300,900,0,1200\nc,100,100,400,600\n")
    assert found.totals.beyond == 0


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (SQUARE.replace("9", "-9"), "row 3, column b: found '-9', expected 0 or more"),
        (SQUARE.replace("9", "many"), "row 3, column b: found 'many', expected a number"),
        (SQUARE.replace("9", "1e300"), "row 3, column b: found '1e300', expected at most"),
        (SQUARE.replace("9", "9.5"), "row 3, column b: found '9.5', expected jobs"),
        (f"{SQUARE}a,1,1,1\n", "row 5, column 1: found 'a' again, expected each row once; it is in row 2"),
        (SQUARE.replace("b,c\n", "b,a\n"), "row 1, column a: found the column twice"),
        (SQUARE.replace("a,b", "a,"), "row 1, column 3: found numbers without a heading"),
        (SQUARE.replace("b,3", ",3"), "row 3, column 1: found nothing, expected the code of a zone"),
        (",a,b,c,Total\na,500,2,1,8\nb,3,9,0,12\n", "row 2, column Total: found '8', expected 503, the sum"),
        (",a,b\na,500,2\nb,3,9\nTotal,300,11\n", "row 4, column a: found '300', expected 503, the sum"),
    ],
)
def test_each_cell_is_checked(tmp_path: Path, body: str, said: str) -> None:
    assert said in refused(tmp_path, body, columns=None)


def test_what_is_kept_back_and_zones_of_empty_cells(tmp_path: Path) -> None:
    found = wide(tmp_path, ",a,b,c\na,5,.,\nb,3,9,\nc,,,\n")
    assert found.flows.suppressed == 1
    assert found.flows.zones == ("a", "b", "c")
    assert (found.empty, found.without_jobs) == (5, (("c", 4),))


def test_a_code_that_is_no_zone_is_told_once_beside_and_once_above(tmp_path: Path) -> None:
    said = refused(tmp_path, SQUARE, columns=None, strange=lambda codes: {"b": "a zone"} if "b" in codes else {})
    assert said.splitlines() == [
        "flows.csv, row 1, column b: found 'b', expected a zone",
        "flows.csv, row 3, column 1: found 'b', expected a zone",
    ]


@pytest.mark.parametrize("body", ["a,b,c\n1,2,3\n2,1,5\n", "y,o,d,n\n1,1,1,2\n1,2,3,1\n2,1,5,2\n2,2,1,3\n1,3,3,1\n"])
def test_pairs_of_unknown_columns_are_no_such_table(tmp_path: Path, body: str) -> None:
    assert "row 1, column -: found the columns" in refused(tmp_path, body, columns=None)


def test_a_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")

    def saved(rows: list[list[object]]) -> bytes:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path.read_bytes()

    square = [["Work in"], [], [None, 101, 102, "Total"], [101, 5, 2.0, 7], [102, 3, 9, 12], ["Total", 8, 11, 19]]
    found = wide(tmp_path, saved(square))
    assert found.flows.zones == ("101", "102")
    assert found.flows.residents.tolist() == [7, 12]
    square[4][1] = -3
    assert "row 5, column 101: found '-3'" in refused(tmp_path, saved(square), columns=None)
    pairs = [["Work"], ["o", "d", "n"], ["a", "b", 4], ["b", "b", 3.25]]
    assert wrote(tmp_path, saved(pairs)).flows.residents.tolist() == [4, 3.25]
