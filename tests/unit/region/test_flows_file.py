# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for flows: what is taken, and what is said of what isn't."""

from __future__ import annotations

from pathlib import Path

import pytest

from mainport.region.feeds.flows_file import MOST_FAULTS, Read, Refused, Unit, read_flows

CBS = (
    '"ID";"WoonregioS";"WerkregioS";"Perioden";"BanenVanWerknemers_1"\n'
    '0;"GM0014  ";"GM0014  ";"2014MM12";"65.1"\n'
    '1;"GM0014  ";"GM0003  ";"2014MM12";"0.0"\n'
    '2;"GM0003  ";"GM0014  ";"2014MM12";"       ."\n'
    '3;"GM0003  ";"GM0003  ";"2014MM12";"2.3"\n'
    '4;"NL01    ";"GM0014  ";"2014MM12";"140.0"\n'
    '5;"PV20    ";"PV20    ";"2014MM12";"210.4"\n'
)


def wrote(folder: Path, text: str, **options: object) -> Read:
    path = folder / "flows.csv"
    path.write_text(text, encoding="utf-8")
    return read_flows(path, **options)  # type: ignore[arg-type]


def refused(folder: Path, text: str, **options: object) -> list[str]:
    with pytest.raises(Refused) as error:
        wrote(folder, text, **options)
    return str(error.value).splitlines()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_columns_by_name_whatever_separates_them(tmp_path: Path, separator: str) -> None:
    lines = ["x,to,from,jobs", "-,b,a,5", "-,a,a,7"]
    text = "\n".join(lines).replace(",", separator)
    found = wrote(tmp_path, text, columns=["from", "to", "jobs"]).flows
    assert found.zones == ("a", "b")
    assert found.residents.tolist() == [12, 0]
    assert found.workers.tolist() == [7, 5]
    assert found.within.tolist() == [7, 0]


def test_the_mark_of_utf8_and_blanks_around_codes_are_no_part_of_them(tmp_path: Path) -> None:
    found = wrote(tmp_path, "\ufeffhome,work,amount\n a ,b  , 5 \n")
    assert found.flows.zones == ("a", "b")
    assert found.rows == 1


def test_codes_that_are_numbers_are_in_the_order_of_numbers(tmp_path: Path) -> None:
    assert wrote(tmp_path, "home,work,amount\n10,2,5\n9,10,1\n").flows.zones == ("2", "9", "10")


def test_a_table_of_cbs_is_known_by_its_columns(tmp_path: Path) -> None:
    found = wrote(tmp_path, CBS)
    assert found.unit is Unit.THOUSANDS
    assert found.flows.zones == ("GM0003", "GM0014")
    assert found.flows.residents.tolist() == [2300, 65100]
    assert found.flows.suppressed == 1
    assert (found.rows, found.left_out) == (6, 2)


def test_what_is_kept_back_is_not_zero(tmp_path: Path) -> None:
    text = "home,work,amount\na,b,.\na,a,4\nb,a,0\nb,b,x\n"
    found = wrote(tmp_path, text)
    assert found.flows.suppressed == 2
    assert found.without_jobs == ()  # Of b it isn't known.


def test_origins_without_jobs_are_named_with_their_row(tmp_path: Path) -> None:
    found = wrote(tmp_path, "home,work,amount\na,a,4\na,c,1\nb,a,0\nb,b,0\n")
    assert found.without_jobs == (("b", 4),)  # c is no origin.


def test_abroad_and_unknown_count_in_the_totals_only(tmp_path: Path) -> None:
    text = "home,work,amount\na,a,4\na,Buitenland,3\na,ZZ,2\nonbekend,a,1\n"
    found = wrote(tmp_path, text, outside=["ZZ"]).flows
    assert found.zones == ("a",)
    assert (found.residents.tolist(), found.workers.tolist(), found.within.tolist()) == ([9], [5], [4])


def test_every_fault_is_told_with_row_and_column(tmp_path: Path) -> None:
    text = "from,to,jobs\na,b,1\na,a,-2\n,b,3\nb,b,many\na,b,4\nb,a,\nb,,inf\n"
    assert refused(tmp_path, text, columns=["from", "to", "jobs"], name="work.csv") == [
        "work.csv, row 3, column jobs: found '-2', expected 0 or more",
        "work.csv, row 4, column from: found nothing, expected the code of a zone",
        "work.csv, row 5, column jobs: found 'many', expected a number, or a dot for what is kept back",
        "work.csv, row 6, column to: found a to b again, expected each pair once; it is in row 2",
        "work.csv, row 7, column jobs: found nothing, expected a number, or a dot for what is kept back",
        "work.csv, row 8, column jobs: found 'inf', expected a number, or a dot for what is kept back",
        "work.csv, row 8, column to: found nothing, expected the code of a zone",
    ]


def test_more_faults_than_anybody_reads_are_counted(tmp_path: Path) -> None:
    lines = refused(tmp_path, "home,work,amount\n" + "".join(f"a,z{n},-1\n" for n in range(50)))
    assert len(lines) == MOST_FAULTS + 1
    assert lines[-1] == f"and {50 - MOST_FAULTS} more"


def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    text = "home,work,amount\nGM0014,GM0014,5\nGM0014,GM9999,1\nGM0014,abroad,1\n"
    assert refused(
        tmp_path, text, strange=lambda codes: {c: "the code of a zone that exists" for c in codes if c != "GM0014"}
    ) == ["flows.csv, row 3, column work: found 'GM9999', expected the code of a zone that exists"]


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    assert refused(tmp_path, "a,b,c\n1,2,3\n", columns=["a", "b", "jobs"]) == [
        "flows.csv, row 1, column jobs: found no such column, expected one of a, b, c"
    ]
    assert "found the columns a, b, c, expected home, work and amount" in refused(tmp_path, "a,b,c\n1,2,3\n")[0]
    with pytest.raises(ValueError, match="2 columns: expected three"):
        wrote(tmp_path, "a,b,c\n1,2,3\n", columns=["a", "b"])


def test_an_empty_file_and_one_without_rows_are_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, "") == ["flows.csv, row 1, column -: found an empty file, expected a header and rows"]
    assert "found no rows" in refused(tmp_path, "home,work,amount\n")[0]


def test_jobs_where_thousands_are_expected_and_the_other_way(tmp_path: Path) -> None:
    jobs, thousands = "home,work,amount\na,b,100\na,a,65100\n", "home,work,amount\na,b,3\na,a,65.1\n"
    said = refused(tmp_path, jobs, unit=Unit.THOUSANDS)[0]
    assert said.startswith("flows.csv, row 3, column amount: found '65100', expected thousands")
    said = refused(tmp_path, thousands)[0]
    assert said.startswith("flows.csv, row 3, column amount: found '65.1', expected jobs")
    assert wrote(tmp_path, thousands, unit=Unit.THOUSANDS).flows.residents.tolist() == [68100, 0]
    # Flows out of a model may have decimals: whoever says so is believed.
    assert wrote(tmp_path, thousands, unit=Unit.ONE).flows.residents.tolist() == [68.1, 0]
    # Flows out of a model are broken in other ways.
    assert wrote(tmp_path, "home,work,amount\na,a,65.123\n").flows.residents.tolist() == [65.123]


def test_a_comma_for_decimals_where_something_else_separates(tmp_path: Path) -> None:
    found = wrote(tmp_path, "home;work;amount\na;a;2,3\na;b;4\n", unit=Unit.THOUSANDS)
    assert found.flows.residents.tolist() == [6300, 0]


def test_one_period_at_a_time(tmp_path: Path) -> None:
    text = "home,work,amount,year\na,a,1,2013\na,a,2,2014\n"
    assert refused(tmp_path, text) == [
        "flows.csv, row 1, column year: found the periods 2013, 2014, expected one, or --period with one of them"
    ]
    assert wrote(tmp_path, text, period="2014").flows.residents.tolist() == [2]
    assert refused(tmp_path, text, period="2015")[0].endswith("expected 2015")
    assert "no column of periods" in refused(tmp_path, "home,work,amount\na,a,1\n", period="2015")[0]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flows.csv"
    path.write_bytes(b"home,work,amount\n\xff\xfe,b,1\n")
    with pytest.raises(Refused, match="expected CSV in UTF-8"):
        read_flows(path)
