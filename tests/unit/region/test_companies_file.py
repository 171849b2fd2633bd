# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for companies: our columns and Dealroom's, and what is said of what isn't taken."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from importlib import resources

import openpyxl
import pytest

from mainport.region.feeds.companies_file import Read, municipality_of, read
from mainport.region.feeds.flows_file import Refused
from mainport.region.rules.companies import YearIn

TODAY = date(2026, 11, 24)


def taken(text: str) -> Read:
    return read(text.encode(), name="companies.csv", today=TODAY)


def refused(text: str) -> list[str]:
    with pytest.raises(Refused) as error:
        taken(text)
    return str(error.value).splitlines()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_our_columns_in_either_language(separator: str) -> None:
    text = (
        "Naam,KvK,Plaats,Gemeente,Sector,Opgericht,Gestopt,Website,Jaar,Banen,Financiering\n"
        "Alfa,00000001,Haren,Groningen,Energie,01-04-2018,,alfa.example,2020,5,1000.50\n"
    )
    (one,) = taken(text.replace(",", separator)).entries
    assert (one.row, one.name, one.kvk, one.town, one.municipality) == (2, "Alfa", "00000001", "Haren", "GM0014")
    assert (one.founded, one.closed, one.sector, one.website) == (2018, None, "Energie", "alfa.example")
    assert one.years == (YearIn(2020, 5, Decimal("1000.50")),)


def test_a_sheet_with_numbers_and_days() -> None:
    book = openpyxl.Workbook()
    book.active.append(["name", "kvk", "founded", "year", "jobs"])
    book.active.append(["Alfa", 1234567, date(2019, 5, 1), 2020, 3])
    out = io.BytesIO()
    book.save(out)
    (one,) = read(out.getvalue(), name="companies.xlsx", today=TODAY).entries
    assert (one.kvk, one.founded, one.years) == ("01234567", 2019, (YearIn(2020, 3),))


def test_every_fault_with_its_row_and_what_was_expected() -> None:
    text = (
        "name,kvk,town,municipality,founded,closed,year,jobs,funding\n"
        ",1234567,Assen,Haren,2018,2016,,-1,1.000.000\n"
        "Alfa,,,Nergens,2030,,2020,two,\n"
        "Beta,,Assen,GM0017,2018,2019,2021,4,\n"
        "Gamma,,Assen,Bergen,2018,,2016,4,\n"
    )
    found = refused(text)
    assert [line.partition(": ")[0] for line in found] == [
        *["companies.csv, row 2, column name"],
        *(f"companies.csv, row 2, column {name}" for name in ("municipality", "kvk", "jobs", "funding", "closed")),
        *(f"companies.csv, row 3, column {name}" for name in ("town", "founded", "municipality", "jobs")),
        *["companies.csv, row 4, column municipality", "companies.csv, row 4, column jobs"],
        *["companies.csv, row 5, column municipality", "companies.csv, row 5, column jobs"],
    ]
    assert "since then GM0014 Groningen" in found[1]
    assert "expected the 8 digits of the trade register" in found[2]
    assert "found '2030', expected a year or date from 1800 to 2026" in found[7]
    assert "expected none after 2019, in which it closed" in found[11]
    assert "one municipality: Bergen (L.) (GM0893), Bergen (NH.) (GM0373)" in found[12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "row 1, column name: found an empty file"),
        ("a,b\n1,2\n", "row 1, column name: found a, b, expected a row of headings with the column name"),
        ("name,town\n", "row 2, column -: found no rows, expected at least one company"),
        ("name,town,jobs\nAlfa,Assen,4\n", "row 2, column year: found nothing"),
        ("name,town,Town\nAlfa,Assen,4\n", "row 1, column town: found the column twice"),
        ('name,town\n"Alfa,Assen\n', "row 2, column row: found unexpected end of data"),
    ],
)
def test_what_is_no_table_of_companies(text: str, expected: str) -> None:
    assert expected in refused(text)[0]


def test_other_encodings_are_told() -> None:
    with pytest.raises(Refused, match="row 2, column encoding: found the byte 0xe8, expected UTF-8"):
        read("name,town\nBèta,Assen\n".encode("cp1252"), name="companies.csv", today=TODAY)


@pytest.mark.parametrize(
    ("written", "code"),
    [("Groningen", "GM0014"), ("gemeente Groningen", "GM0014"), ("GM0106", "GM0106"), ("Súdwest-Fryslân", "GM1900")],
)
def test_municipalities_by_name_or_code(written: str, code: str) -> None:
    assert municipality_of(written) == (code, "")


DEALROOM = (
    "Dealroom.co export\n"
    "\n"
    '"ID","Name","Dealroom URL","Website","HQ country","HQ city","Launch year","Launch date","Closing year",'
    '"Industries","Employees (2019,2020,2021)","Total funding (EUR M)","Each round amount","Each round currency",'
    '"Each round date","Company status","Trade register number","Trade register name"\n'
    '1,"Alfa","https://app.dealroom.example/companies/alfa","alfa.example","Netherlands","Groningen",2018,"may/2018",'
    '"n/a","energy;health","2019: 4;2020: 9;2027: 80","1.7","1.5;0.2;n/a;3","EUR;EUR;EUR;USD",'
    '"mar/2019;2019;jun/2020;jul/2021","operational","01234567","Alfa Letters B.V."\n'
    '2,"Bèta","","","Germany","Leer","","apr/2017","","","3;n/a;5","2","","","","operational","HRB 1",""\n'
    '3,"Gamma","","","Netherlands","Haren","2016","","2018","","","","1","EUR","n/a","closed","000012345678",""\n'
)


def test_an_export_of_dealroom() -> None:
    found = taken(DEALROOM)
    assert found.shape == "dealroom"
    alfa, beta, gamma = found.entries
    assert (alfa.row, alfa.name, alfa.kvk, alfa.names) == (4, "Alfa", "01234567", ("Alfa Letters B.V.",))
    assert (alfa.town, alfa.municipality, alfa.sector, alfa.founded) == ("Groningen", "GM0014", "energy", 2018)
    # What a round of 2020 brought isn't known, and dollars of 2021 are no euros: those years aren't known.
    assert alfa.years == (YearIn(2019, 4, Decimal("1700000.00")), YearIn(2020, 9, None))
    assert alfa.url == "https://app.dealroom.example/companies/alfa"
    assert (beta.kvk, beta.municipality, beta.founded) == ("", "", 2017)
    assert beta.years == (YearIn(2019, 3), YearIn(2021, 5))
    assert (gamma.closed, gamma.municipality, gamma.kvk, gamma.years) == (2018, "", "", ())
    assert found.notes == (
        "row 4: not every round of 2020, 2021 has an amount in euros; those years aren't known",
        "row 5: total funding without rounds has no year, and is left out",
        "row 6: trade register number '000012345678' isn't one of KvK (8 digits), and is left out",
        "row 6: 1 rounds without a date are left out",
    )


def test_faults_of_an_export() -> None:
    text = DEALROOM.replace('"2018","","","","1"', '"","","","","1,5"').replace("3;n/a;5", "3;5")
    assert refused(text) == [
        "companies.csv, row 5, column Employees (2019,2020,2021): found 2 numbers, "
        "expected 3, one for each year of the heading",
        "companies.csv, row 6, column Closing year: found nothing, of a company that is closed, "
        "expected the year it closed",
    ]
    dated = DEALROOM.replace('"1","EUR","n/a"', '"1,5","EUR","2017"')
    assert refused(dated)[0].endswith("column Each round amount: found '1,5', expected millions such as 1.5, 0 or more")


def test_the_invented_companies_are_sound() -> None:
    body = resources.files("mainport.region.data").joinpath("companies-demo.csv").read_bytes()
    found = read(body, name="companies-demo.csv", today=TODAY)
    assert len({one.name for one in found.entries}) == 40
    assert all(one.name.startswith("Letter ") for one in found.entries)
