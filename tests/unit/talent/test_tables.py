# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bad input: told with file, row, field, what was found and what was expected, all of it at once."""

from __future__ import annotations

import io

import pytest

from mainport.talent.feeds.flows import read, read_areas
from mainport.talent.feeds.graduates import read_graduates
from mainport.talent.feeds.labour import read_past, read_roa, read_uwv
from mainport.talent.feeds.studielink import read_enrolled, read_registrations, seasons, week_of
from mainport.talent.feeds.tables import rows_of
from mainport.talent.rules.faults import Fault, Refused
from mainport.talent.rules.tables import read_csv

FLOWS = b"home_16,study,home_28,people\nA,B,B,12\nA,B,A,30\n"


def faults(call, *arguments, **options):
    with pytest.raises(Refused) as refused:
        call(*arguments, **options)
    return [(fault.row, fault.field, fault.found, fault.expected) for fault in refused.value.faults]


def test_every_fault_at_once():
    content = b"home_16,study,home_28,people\nA,B,Q,12\nA,B,A,-3\nA,,A,2.5\nA,B,B,\nA,B,B,many\nA,B,B,1_0\n"
    assert faults(read, content, "f.csv", areas={"A": "North", "B": "North"}) == [
        (2, "home_28", "'Q'", "a known code"),
        (3, "people", "'-3'", "at least 0"),
        (4, "people", "'2.5'", "a whole number"),
        (5, "people", "nothing", "a number"),
        (6, "people", "'many'", "a whole number such as 1234"),
        (7, "people", "'1_0'", "a whole number such as 1234"),
    ]


def test_a_fault_names_its_file():
    with pytest.raises(Refused, match=r"f.csv, row 2, people: found '-1', expected at least 0"):
        read(b"home_16,study,home_28,people\nA,B,B,-1\n", "f.csv")
    many = b"home_16,study,home_28,people\n" + b"A,B,B,-1\n" * 60
    with pytest.raises(Refused, match="and 10 more"):
        read(many, "f.csv")


@pytest.mark.parametrize(
    ("content", "row", "field"),
    [
        (b"", 1, "file"),
        (b"home_16,study\nA,B\n", 1, "home_28"),
        (b"home_16,study,home_28\nA,B\n", 2, "row"),
        (b"place,place,graduates,retained\n", 1, "place"),
        (b"home_16,study,home_28\nA,\xff,C\n", 2, "file"),
        (b'home_16,study,home_28\n"A,B,C\n', 1, "file"),
        (b"PK\x03\x04nonsense", 1, "file"),
        (b"place,graduates,retained\nA,10,11\n", 2, "retained"),
        (b"place,graduates,retained\n,10,1\n", 2, "place"),
    ],
)
def test_what_isnt_such_a_table(content, row, field):
    assert faults(read, content, "f")[0][:2] == (row, field)


def test_the_column_that_was_meant():
    table = read_csv(b"year;grup\n1;2\n", "f.csv")
    assert faults(table.need, ["group"]) == [(1, "group", "year, grup", "a column group; did you mean grup?")]
    assert str(Fault("f", 2, "x", "'a'", "b")) == "f, row 2, x: found 'a', expected b"


def workbook(rows, sheet="Blad1"):
    from xlsxwriter import Workbook

    body = io.BytesIO()
    with Workbook(body, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            page.write_row(at, 0, row)
    return body.getvalue()


def test_rows_are_counted_with_the_empty_ones():
    content = b"home_16,study,home_28,people\nA,B,B,20\n\n,,,\nA,B,A,-1\n\n"
    assert faults(read, content, "f.csv") == [(5, "people", "'-1'", "at least 0")]
    assert len(read_csv(content, "f.csv")) == 2


def test_points_for_thousands_are_not_read_as_decimals():
    """9.000 rooms are no nine; where a column has other decimals, a point is one."""
    flows = b"home_16;study;home_28;people\nA;B;B;1.000\n"
    expected = "a number such as 1234 or 1234.5, without points for thousands"
    assert faults(read, flows, "f.csv") == [(2, "people", "'1.000'", expected)]
    came = b"year;group;enrolled\n2022;NL;4.000\n"
    assert faults(read_enrolled, came, "e.csv") == [(2, "enrolled", "'4.000'", expected)]
    assert read_enrolled(came + b"2023;NL;3.5\n", "e.csv")[2022, "NL"] == 4
    assert read_enrolled(came.replace(b";", b","), "e.csv")[2022, "NL"] == 4  # As between commas.
    shares = b"place;graduates;retained\nA;1.234,5;0,5\n"
    assert read(shares, "f.csv").retention[0].graduates == 1234.5


def test_what_nobody_knows_is_no_place():
    content = b"home_16,study,home_28,people\nA,B,onbekend,20\nA,?,A,11\nA,B,NaN,30\nA,B,A,60\n"
    found = read(content, "f.csv")
    assert [row.place for row in found.retention] == ["A"]
    assert (found.counts[0].graduates, found.counts[0].unknown, found.retention[0].retained) == (121, 61, 71)


def test_persons_and_places_are_there_once():
    persons = b"person,home_16,study,home_28\np1,A,B,B\np2,A,B,B\np1,A,B,A\n"
    assert faults(read, persons, "f.csv") == [(4, "person", "'p1'", "each only once")]
    places = b"place,graduates,retained\nA,100,40\nA,50,10\n"
    assert faults(read, places, "f.csv") == [(3, "place", "'A'", "each only once")]


def test_files_of_spreadsheets():
    rows = [["home_16", "study", "home_28", "people"], ["A", "B", "B", 20], [], ["A", "B", "A", 60.0]]
    assert read(workbook(rows), "f.xlsx").counts[0].counts == (20, 60, 0, 0, 0)
    lines = "\n".join("\t".join(map(str, row)) for row in rows)
    assert read(lines.encode("utf-16"), "f.txt").counts[0].graduates == 80
    wrong = workbook([*rows, ["A", "B", "A", -5]])
    assert faults(read, wrong, "f.xlsx") == [(5, "people", "'-5'", "at least 0")]
    month = [["institution", "programme", "level", "field", "sector", "month", "number"]]
    month += [["H", "Nursing", "hbo", "care", "care", "2027-07-01", 20]]
    assert read_graduates(workbook(month), "g.xlsx")[0].month == "2027-07"
    vacancies = [["sector", "jaar", "kwartaal", "openstaande_vacatures"], ["care", 2024, 1, 7]]
    assert rows_of("labour", workbook(vacancies), "uwv.xlsx") == 1


@pytest.mark.parametrize("kind", ["paths", "retention", "yearly", "registrations", "enrolled"])
def test_a_table_without_rows(kind):
    heads = {
        "paths": b"home_16,study,home_28\n",
        "retention": b"place,graduates,retained\n",
        "yearly": b"person,year,here\n",
        "registrations": b"year,group,week,registered\n",
        "enrolled": b"year,group,enrolled\n",
    }
    assert faults(rows_of, kind, heads[kind], "f.csv")[0][:3] == (2, "row", "nothing")


def test_kept_back_is_no_zero():
    table = read_csv(b"a,b\n*,1\nNA,x\n3,0\n", "f.csv")
    assert table.optional_numbers("a") == [None, None, 3]
    assert table.optional_numbers("b") == [1, None, 0]
    assert not table.faults


def test_flows_keep_small_counts_back():
    content = b"home_16,study,home_28,people\n" + b"".join(
        f"{home},{study},{later},{count}\n".encode()
        for home, study, later, count in [
            ("A", "B", "B", 4),
            ("A", "B", "A", 30),
            ("A", "A", "A", 50),
            ("B", "A", "A", 40),
            ("B", "B", "B", 25),
            ("B", "A", "B", 33),
        ]
    )
    found = read(content, "f.csv")
    first = found.counts[0]
    assert first.counts[0] is None
    assert sum(count is None for count in [*first.counts, first.unknown, first.graduates]) >= 2
    assert read(content, "f.csv", threshold=1).counts[0].counts == (4, 30, 0, 0, 50)
    retention = {row.place: row for row in read(content, "f.csv", threshold=1).retention}
    assert (retention["A"].retained, retention["A"].inward) == (80, 40)
    renamed = content.replace(b"home_16", b"gm16")
    assert read(renamed, "f.csv", columns={"home": "gm16"}, threshold=1).counts[0].graduates == 84


def test_areas():
    assert read_areas(b"code,area\nA,North\nB,North\n", "a.csv") == {"A": "North", "B": "North"}
    assert faults(read_areas, b"code,area\nA,North\nA,West\n", "a.csv") == [(3, "code", "'A'", "each only once")]
    found = read(FLOWS, "f.csv", areas={"A": "North", "B": "North"})
    assert found.retention[0].rate().value == 1


STUDIELINK = (
    "HBO_WO,Brincode,Studiejaar,Herkomst,Status,Hogerejaars,meercode_V,Aantal\n"
    "W,21PF,2024,E,V,N,2,30\nW,21PF,2024,E,A,N,0,30\nW,21PF,2024,N,I,J,1,30\nW,21PE,2024,N,V,N,1,25\n"
)
NAME = "telbestand_sl_20240205_v19_2024.csv"


def test_studielink():
    assert week_of(STUDIELINK.encode(), NAME) == (2024, 19, {"NL": 25, "EER": 15, "Niet-EER": 0})
    assert week_of(STUDIELINK.encode(), NAME, ["21PF"])[2] == {"NL": 0, "EER": 15, "Niet-EER": 0}
    wrong = STUDIELINK.replace("2024,E,V,N,2,30", "2023,E,V,N,2,-30").replace("N,I,J", "X,I,J")
    wrong = wrong.replace("V,N,1,25", "V,N,0,25")
    assert [fault[:2] for fault in faults(week_of, wrong.encode(), NAME)] == [
        (2, "Aantal"),
        (2, "Studiejaar"),
        (4, "Herkomst"),
        (5, "meercode_V"),
    ]
    assert faults(week_of, STUDIELINK.encode(), "other.csv")[0][1] == "file"


def test_seasons_of_weeks():
    weeks = [(2023, 1, {"NL": 5}), (2023, 3, {"NL": 9}), (2022, 1, {"NL": 4})]
    found = seasons(weeks, {(2022, "NL"): 30})
    assert [(one.year, one.registered, one.enrolled) for one in found["NL"]] == [
        (2022, (4,), 30),
        (2023, (5, 5, 9), None),
    ]
    assert read_enrolled(b"year,group,enrolled\n2022,NL,30\n", "e.csv") == {(2022, "NL"): 30}
    content = b"year,group,week,registered\n2022,NL,1,4\n2022,NL,1,5\n2022,NL,0,5\n"
    assert [fault[:2] for fault in faults(read_registrations, content, "r.csv")] == [(3, "week"), (4, "week")]


ROA = "sector,niveau,richting,werkzame_personen,uitbreidingsvraag,vervangingsvraag,instroom,periode_van,periode_tot\n"


def test_roa():
    read_ = read_roa(f"{ROA}care,mbo,nursing,1000,60,180,600,2024,2030\n".encode(), "roa.csv", retention=0.5)
    (cell,) = read_.cells
    assert (cell.stock, cell.retirement, cell.graduates, cell.retention) == (1000, 0.03, 100, 0.5)
    assert read_.growth == {"care": pytest.approx(0.01)}
    wrong = f"{ROA}care,mbo,a,1000,-2000,1,1,2024,2030\ncare,mbo,b,10,0,900,1,2024,2030\ncare,mbo,c,1,1,1,1,2024,2024\n"
    assert [fault[:2] for fault in faults(read_roa, wrong.encode(), "roa.csv")] == [
        (2, "uitbreidingsvraag"),
        (3, "vervangingsvraag"),
        (4, "periode_tot"),
    ]


def test_uwv_and_past_years():
    content = b"sector,jaar,kwartaal,openstaande_vacatures\ncare,2023,4,5\ncare,2024,1,7\n"
    assert read_uwv(content, "uwv.csv") == {"care": 7}
    header = b"year,sector,level,field,stock,retirement,exit,graduates,retention\n"
    (past,) = read_past(header + b"2020,care,mbo,nursing,100,0.1,0.1,10,0.5\n", "p.csv")
    assert (past.year, past.cell.stock, past.cell.inflow) == (2020, 100, 0)
    assert [fault[:2] for fault in faults(read_past, header + b"2020,c,m,n,100,0.6,0.6,10,1.5\n", "p.csv")] == [
        (2, "exit"),
        (2, "retention"),
    ]
