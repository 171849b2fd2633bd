# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An import is taken back exactly, or refused with what rests on it; rows that weren't clear are placed by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed
from mainport.region.actions.companies import Report, Terms, Unlicensed, put_file
from mainport.region.actions.company_imports import Cause, Depends, Misplaced, place, undo
from mainport.region.cli import region
from mainport.region.feeds.faults import Refused
from mainport.region.models import Company, CompanyImport, CompanyYear
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db

HEAD = "name,kvk,town,sector,founded,closed,year,jobs,funding\n"
FIRST = f"{HEAD}Alfa B.V.,00000001,Groningen,Energy,2018,,2019,4,1000.50\nBeta,,Assen,Digital,2017,2020,2019,2,\n"
DEALROOM = "Name,HQ city,HQ country,Profile URL,Launch year\nAlfa,Groningen,Netherlands,https://x.example/alfa,2018\n"


def put(text: str, source: str = "a register", **terms: Any) -> Report:
    return put_file(by=BY, body=text.encode(), name="companies.csv", terms=Terms(source, **terms))


def of(report: Report) -> CompanyImport:
    return CompanyImport.objects.get(pk=report.key)


def everything() -> list[Any]:
    companies = [
        {name: getattr(one, name) for name in ("key", "name", "kvk", "town", "sector", "founded", "closed", "names")}
        | {"sources": one.sources, "public": one.public}
        for one in Company.objects.order_by("key")
    ]
    years = CompanyYear.objects.order_by("company__key", "year")
    return [companies, list(years.values_list("company__key", "year", "jobs", "funding", "source"))]


def test_what_an_import_brought_goes_and_all_else_is_as_it_was() -> None:
    put(FIRST)
    before = everything()
    second = put(
        f"{HEAD}ALFA,00000001,Haren,Food,,2024,2019,5,2000\nAlfa Nieuw,00000001,,,,,2021,9,\nGamma,,Assen,,,,2020,1,\n",
        source="another",
    )
    assert everything() != before
    kept = of(second)
    assert (kept.new, kept.known, kept.by_name, kept.source) == (1, 1, BY.name, "another")
    undo(by=BY, kept=kept)
    assert everything() == before
    kept.refresh_from_db()
    assert kept.undone_at is not None
    assert AuditEvent.objects.filter(action="companies.undo", subject=f"companies:{kept.pk}").count() == 1
    with pytest.raises(Depends) as error:
        undo(by=BY, kept=kept)
    assert error.value.cause is Cause.UNDONE


def test_the_first_goes_after_those_that_rest_on_it() -> None:
    first, other, second = put(FIRST), put(f"{HEAD}Delta,,Emmen,,,,,,\n"), put(f"{HEAD}Alfa,00000001,,,,,2020,7,\n")
    before = everything()
    with pytest.raises(Depends, match=f"take back first import {second.key}") as error:
        undo(by=BY, kept=of(first))
    assert (error.value.cause, error.value.names) == (Cause.LATER, (str(second.key),))
    assert everything() == before
    undo(by=BY, kept=of(second))
    undo(by=BY, kept=of(first))
    assert [one.key for one in Company.objects.all()] == ["delta"]
    undo(by=BY, kept=of(other))
    assert not Company.objects.exists()


def test_a_file_that_came_again_rests_on_what_came_before() -> None:
    first, again = put(FIRST), put(FIRST)
    with pytest.raises(Depends):
        undo(by=BY, kept=of(first))
    undo(by=BY, kept=of(again))
    assert Company.objects.count() == 2
    undo(by=BY, kept=of(first))
    assert not Company.objects.exists()


@pytest.mark.parametrize("change", ["town", "year", "more", "gone"])
def test_what_was_changed_otherwise_is_told_and_kept(change: str) -> None:
    report = put(FIRST)
    alfa = Company.objects.get(key="alfa")
    if change == "town":
        Company.objects.filter(pk=alfa.pk).update(town="Haren")
    elif change == "year":
        alfa.years.update(funding=Decimal("7"))
    elif change == "more":
        CompanyYear.objects.create(company=alfa, year=2022, jobs=3)
    else:
        alfa.delete()
    before = everything()
    with pytest.raises(Depends, match="changed since then: alfa") as error:
        undo(by=BY, kept=of(report))
    assert (error.value.cause, error.value.names) == (Cause.CHANGED, ("alfa",))
    assert everything() == before


def test_who_doesnt_manage_the_region_takes_nothing_back(cast: Cast) -> None:
    report = put(FIRST)
    with pytest.raises(NotAllowed):
        undo(by=cast.alice.actor, kept=of(report))
    with pytest.raises(NotAllowed):
        place(by=cast.alice.actor, kept=of(report), row=2, where="new")


# --- Who may see single companies ---


def test_of_dealroom_totals_only_unless_a_licence_says_otherwise() -> None:
    report = put(DEALROOM)
    kept = of(report)
    assert (kept.shape, kept.rows_public) == ("dealroom", False)
    assert kept.licence == "Dealroom's terms of use: totals only"
    assert not Company.objects.get().public
    undo(by=BY, kept=kept)
    with pytest.raises(Unlicensed):
        put(DEALROOM, rows_public=True)
    put(DEALROOM, rows_public=True, licence="agreement of 3 May 2026")
    assert Company.objects.get().public


def test_a_company_is_public_again_when_what_hid_it_is_taken_back() -> None:
    put(FIRST)
    hidden = put(DEALROOM)
    assert {one.key: one.public for one in Company.objects.all()} == {"alfa": False, "beta": True}
    undo(by=BY, kept=of(hidden))
    assert Company.objects.get(key="alfa").public
    assert not Company.objects.filter(public=False).exists()
    put(f"{HEAD}Beta,,Assen,,,,,,\n", rows_public=False)
    assert not Company.objects.get(key="beta").public


# --- Rows that weren't clear ---

TWO = f"{HEAD}Alfa,00000001,Assen,,,,,,\nAlfa,00000002,Assen,,,,,,\n"
UNCLEAR = f"{HEAD}Alfa,,Assen,,,,2020,5,\nGamma,,Assen,,,,2020,1,\nalfa bv,,assen,,,,2021,6,12.30\n"


def test_rows_wait_and_are_placed_together() -> None:
    put(TWO)
    report = put(UNCLEAR)
    kept = of(report)
    assert [(one["entry"]["row"], one["maybe"], one["placed"]) for one in kept.unclear] == [
        (2, ["alfa", "alfa-2"], None),
        (4, ["alfa", "alfa-2"], None),
    ]
    made = place(by=BY, kept=kept, row=2, where="alfa-2")
    assert made is not None
    assert (made.of_id, made.known, made.years, made.source) == (kept.pk, 1, 2, "a register")
    years = CompanyYear.objects.filter(company__key="alfa-2").values_list("year", "jobs", "funding")
    assert list(years) == [(2020, 5, None), (2021, 6, Decimal("12.30"))]
    kept.refresh_from_db()
    assert {one["placed"]["where"] for one in kept.unclear} == {"alfa-2"}
    with pytest.raises(Depends, match=str(made.pk)):
        undo(by=BY, kept=kept)
    undo(by=BY, kept=made)
    assert not CompanyYear.objects.filter(company__key="alfa-2").exists()
    kept.refresh_from_db()
    assert [one["placed"] for one in kept.unclear] == [None, None]


def test_a_row_may_be_a_new_company_or_none() -> None:
    put(TWO)
    kept = of(put(UNCLEAR))
    made = place(by=BY, kept=kept, row=4, where="new")
    assert made is not None
    assert (made.new, Company.objects.get(key="alfa-3").years.count()) == (1, 2)
    undo(by=BY, kept=made)
    assert not Company.objects.filter(key="alfa-3").exists()
    assert place(by=BY, kept=kept, row=2, where="none") is None
    with pytest.raises(Misplaced, match="row 2: no row that waits"):
        place(by=BY, kept=kept, row=2, where="alfa")


def test_a_row_that_cant_be_with_what_is_known_stays() -> None:
    put(f"{HEAD}Alfa,00000001,Assen,,2020,,,,\nAlfa,00000002,Assen,,,,,,\n")
    kept = of(put(f"{HEAD}Alfa,,Assen,,,2015,,,\n"))
    with pytest.raises(Misplaced, match="company nobody: not known"):
        place(by=BY, kept=kept, row=2, where="nobody")
    with pytest.raises(Refused, match="founded 2020, closed 2015"):
        place(by=BY, kept=kept, row=2, where="alfa")
    kept.refresh_from_db()
    assert kept.unclear[0]["placed"] is None
    assert CompanyImport.objects.filter(of=kept).count() == 0


def test_two_companies_that_a_row_of_the_same_file_may_be() -> None:
    kept = of(put(f"{TWO}Alfa,,Assen,,,,2020,5,\n"))
    assert kept.unclear[0]["maybe"] == ["alfa", "alfa-2"]


# --- On the command line ---


def told(*asked: str) -> Any:
    done = CliRunner().invoke(region, [*asked, "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_imports_on_the_command_line(tmp_path: Any) -> None:
    path = tmp_path / "companies.csv"
    path.write_text(TWO, encoding="utf-8")
    code, data = told("companies", str(path), "--licence", "CC BY 4.0", "--totals-only")
    assert (code, data["single_companies_public"]) == (0, False)
    path.write_text(UNCLEAR, encoding="utf-8")
    second = told("companies", str(path))[1]["import"]
    code, rows = told("company-imports")
    assert [(one["import"], one["licence"], one["waiting"]) for one in rows] == [
        (second, "", 2),
        (data["import"], "CC BY 4.0", 0),
    ]
    code, placed = told("company-imports", str(second), "--row", "2", "--is", "alfa")
    assert (code, placed["waiting"]) == (0, 0)
    code, failed = told("company-imports", str(second), "--undo")
    assert code == 1
    assert "later imports rest on it: take back first import" in failed["error"]
    last = told("company-imports")[1][0]["import"]
    assert told("company-imports", str(last), "--undo")[1]["undone_at"]
    assert told("company-imports", str(second), "--undo")[0] == 0
    assert told("company-imports", "999")[1]["error"] == "import 999: there is none"
    assert "Give either" in told("company-imports", str(second), "--row", "2")[1]["error"]
    shown = CliRunner().invoke(region, ["company-imports"]).output
    assert "companies.csv" in shown


def test_companies_that_came_from_dealroom_before_are_hidden() -> None:
    rows = [("own", [{"file": "a.csv", "row": 2}]), ("dealroom", [{"file": "b", "row": 2, "url": "https://x.example"}])]
    Company.objects.bulk_create([Company(key=key, name=key, sources=sources) for key, sources in rows])
    import_module("mainport.region.migrations.0003_companies_of_dealroom").hide(apps, None)
    assert {one.key: one.public for one in Company.objects.all()} == {"own": True, "dealroom": False}
