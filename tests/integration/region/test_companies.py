# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Companies come in out of a file, all or nothing, and twice makes no two."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed
from mainport.region import demo
from mainport.region.actions.companies import Report, Terms, put_file
from mainport.region.feeds.flows_file import Refused
from mainport.region.models import Company, CompanyYear
from mainport.region.queries import companies as queries
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db

HEAD = "name,kvk,town,municipality,sector,founded,closed,year,jobs,funding\n"
FILE = (
    f"{HEAD}Alfa B.V.,00000001,Groningen,Groningen,Energy,2018,,2019,4,1000\n"
    "Alfa,00000001,Groningen,,,,,2020,9,\n"
    "Beta,,Assen,Assen,Digital,2017,2020,2019,2,\n"
)


def put(text: str, **more: bool) -> Report:
    return put_file(by=BY, body=text.encode(), name="companies.csv", terms=Terms("a register"), **more)


def test_rows_of_one_company_become_one_with_its_years() -> None:
    report = put(FILE)
    assert (report.new, report.known, report.years) == (2, 0, 3)
    assert dict(report.reasons) == {"new": 2, "number": 1}
    alfa = Company.objects.get(kvk="00000001")
    assert (alfa.key, alfa.name, alfa.municipality, alfa.founded) == ("alfa", "Alfa B.V.", "GM0014", 2018)
    assert [place["row"] for place in alfa.sources] == [2, 3]
    told = list(CompanyYear.objects.filter(company=alfa).values_list("year", "jobs", "funding", "source"))
    assert told == [(2019, 4, Decimal(1000), "a register"), (2020, 9, None, "a register")]
    event = AuditEvent.objects.get(action="companies.put")
    assert event.data["sha256"] == report.sha256
    assert event.data["rows"] == {"new": 2, "number": 1}


def test_again_changes_nothing_and_makes_no_company() -> None:
    put(FILE)
    report = put(FILE)
    assert (report.new, report.known, report.changes) == (0, 2, ())
    assert (Company.objects.count(), CompanyYear.objects.count()) == (2, 3)
    assert len(Company.objects.get(key="alfa").sources) == 2


def test_what_is_new_is_told_and_what_a_file_doesnt_know_stays() -> None:
    put(FILE)
    report = put(f"{HEAD}ALFA,00000001,Assen,,,,2024,2019,,2500\nBeta BV,00000009,assen,,,,,,,\n")
    assert [(one.company, one.field, one.old, one.new) for one in report.changes] == [
        ("alfa", "town", "Groningen", "Assen"),
        ("beta", "town", "Assen", "assen"),
    ]
    alfa = Company.objects.get(key="alfa")
    assert (alfa.town, alfa.sector, alfa.closed) == ("Assen", "Energy", 2024)
    assert Company.objects.get(key="beta").kvk == "00000009"
    year = CompanyYear.objects.get(company=alfa, year=2019)
    assert (year.jobs, year.funding) == (4, Decimal(2500))


def test_another_name_is_kept_and_found_by() -> None:
    put(FILE)
    put(f"{HEAD}Letter Een,00000001,Groningen,,,,,,,\n")
    report = put(f"{HEAD}LETTER EEN BV,,Groningen,,,,,2021,11,\n")
    assert Company.objects.get(key="alfa").names == ["Letter Een"]
    assert report.matches[0].key == "alfa"


def test_what_may_be_two_is_left_out_and_told() -> None:
    put(f"{HEAD}Alfa,00000001,Assen,,,,,,,\nAlfa,00000002,Assen,,,,,,,\n")
    report = put(f"{HEAD}Alfa,,Assen,,,,,2020,5,\nGamma,,Assen,,,,,2020,5,\n")
    assert [one.entry.row for one in report.ambiguous] == [2]
    assert CompanyYear.objects.get().company.name == "Gamma"
    assert AuditEvent.objects.order_by("pk").last().data["ambiguous"] == [[2, "Alfa", ["Alfa"]]]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"{FILE}Alfa,00000001,Groningen,,,2019,,,,\n",
            "row 5, column founded: found 2019, expected 2018, as in",
        ),
        (f"{FILE}Alfa,00000001,Groningen,,,,,2020,7,\n", "row 5, column year: found 2020 of Alfa again"),
        (f"{FILE}Gamma,,Nergens,Nergens,,,,,,\n", "row 5, column municipality: found 'Nergens'"),
    ],
)
def test_one_fault_and_nothing_is_stored(text: str, expected: str) -> None:
    with pytest.raises(Refused, match=expected):
        put(text)
    assert not Company.objects.exists()
    assert not AuditEvent.objects.filter(action="companies.put").exists()


def test_a_year_that_cant_be_with_what_is_known() -> None:
    put(FILE)
    with pytest.raises(Refused, match="founded 2018, closed 2016, together with what is known of Alfa"):
        put(f"{HEAD}Alfa,00000001,Groningen,,,,2016,,,\n")


def test_looking_stores_nothing() -> None:
    report = put(FILE, look=True)
    assert (report.stored, report.new) == (False, 2)
    assert not Company.objects.exists()
    assert not AuditEvent.objects.filter(action="companies.put").exists()


def test_who_doesnt_manage_the_region_cant(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        put_file(by=cast.alice.actor, body=FILE.encode(), name="a.csv", terms=Terms("x"))


def test_invented_companies_stay_apart() -> None:
    put(f"{HEAD}Letter Alfa,,Groningen,,,,,,,\n")
    counts = demo.load(by=BY)
    assert counts["companies"] == 40
    assert Company.objects.filter(demo=False).count() == 1
    assert demo.load(by=BY) == counts
    assert Company.objects.count() == 41


def test_few_questions_however_many_companies() -> None:
    demo.load(by=BY)
    with CaptureQueriesContext(connection) as asked:
        found = queries.listed()
        rows = queries.told(found)
    assert (len(found), len(rows)) == (40, 40)
    assert len(asked) == 3
    assert [row["key"] for row in rows] == [one.one.key for one in found]
    assert sum(len(one.one.years) for one in found) == CompanyYear.objects.count()
    assert set(found[0].sources) == {"Invented, to show how it works"}
