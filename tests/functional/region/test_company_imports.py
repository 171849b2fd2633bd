# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What everybody sees of companies whose source allows totals only, and the pages of imports."""

from __future__ import annotations

import csv
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mainport.core.models import Person
from mainport.region.actions.companies import Report, Terms, put_file
from mainport.region.models import Company, CompanyImport, CompanyYear
from tests.conftest import BY, Cast
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

HEAD = "name,kvk,town,municipality,sector,founded,year,jobs,funding\n"


@pytest.fixture
def steward(cast: Cast, as_person: Callable[[Person], Client]) -> Client:
    return as_person(cast.frank)


def put(rows: str, **terms: bool) -> Report:
    return put_file(by=BY, body=(HEAD + rows).encode(), name="companies.csv", terms=Terms("a register", **terms))


def many(count: int, start: int, *, sector: str = "Energy", town: str = "Groningen") -> str:
    return "".join(
        f"Firm {at},{at:08},{town},{town},{sector},2018,{year},{5 + year - 2018},1000\n"
        for at in range(start, start + count)
        for year in (2018, 2021)
    )


@pytest.fixture
def mixed(db: None) -> None:
    put(many(12, 0) + many(4, 20, sector="Digital", town="Assen"))
    put(many(14, 100) + many(3, 200, sector="Digital", town="Assen"), rows_public=False)


def test_totals_for_everybody_and_rows_for_who_manages_the_region(mixed: None, steward: Client) -> None:
    data = Client().get(reverse("company_list_json"), {"year": "2021"}).json()
    assert (data["count"], data["counted_in_totals_only"]) == (16, 17)
    assert data["figures"]["companies"] == 33
    assert data["figures"]["jobs"] == 33 * 8
    assert {int(one["kvk"]) < 100 for one in data["companies"]} == {True}
    assert data["survival"][0].keys() == {"age", "share", "low", "high"}
    rows = list(csv.DictReader(Client().get(reverse("company_list_csv")).content.decode().splitlines()))
    assert {int(row["kvk"]) < 100 for row in rows} == {True}
    page = see(reverse("company_list"))
    assert "doesn't allow to show them one by one" in page.words
    assert "Firm 100" not in page.words
    own = steward.get(reverse("company_list_json")).json()
    assert (own["count"], own["counted_in_totals_only"]) == (33, 0)
    page = see(reverse("company_list"), steward)
    assert "17 companies of the list may not be shown to everybody" in page.words
    assert "not public" in page.words


def test_what_would_tell_of_a_few_cant_be_chosen(mixed: None, steward: Client) -> None:
    # 3 of Digital aren't shown: neither they nor the 14 others, who would tell of them.
    page = see(reverse("company_list"))
    assert page.all("#id_sector option") == ["all sectors"]
    asked = {"sector": "Digital"}
    assert Client().get(reverse("company_list_json"), asked).status_code == 400
    assert steward.get(reverse("company_list_json"), asked).json()["count"] == 7


def test_a_few_that_arent_shown_are_in_no_total(db: None) -> None:
    put(many(12, 0))
    put(many(3, 100), rows_public=False)
    data = Client().get(reverse("company_list_json")).json()
    assert (data["figures"]["companies"], data["figures"]["jobs"], data["counted_in_totals_only"]) == (None,) * 3
    assert (data["survival"], data["cohorts"]) == ([], [])
    page = see(reverse("company_list"))
    assert page.all(".mainport-figure__value")[0] == "kept back"
    assert "12 companies" in page.all("h2")


def test_two_choices_that_together_leave_a_few(db: None) -> None:
    put(many(11, 100) + many(11, 300, town="Assen") + many(12, 400, sector="Digital"), rows_public=False)
    put(many(3, 500, sector="Digital", town="Assen"), rows_public=False)
    asked = {"sector": "Digital", "municipality": "GM0106"}
    answer = Client().get(reverse("company_list_json"), asked)
    assert answer.status_code == 400
    page = see(f"{reverse('company_list')}?sector=Digital&municipality=GM0106", status=400)
    assert "too few companies are left" in page.words


def test_many_companies_are_no_more_questions_and_few_objects(db: None) -> None:
    companies = Company.objects.bulk_create(
        [Company(key=f"c{at}", name=f"Firm {at:04}", town="Groningen", founded=2015) for at in range(600)]
    )
    CompanyYear.objects.bulk_create([CompanyYear(company=one, year=2020, jobs=3, source="x") for one in companies])
    with CaptureQueriesContext(connection) as asked:
        page = see(reverse("company_list"))
    assert len(asked) <= 6
    assert "600 companies" in page.all("h2")
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(reverse("company_list_json")).json()["count"] == 600
    assert len(asked) <= 6


# --- Imports ---


def test_imports_are_listed_taken_back_and_refused(steward: Client) -> None:
    first = put(many(2, 0))
    second = put(many(1, 1))
    page = see(reverse("company_imports"), steward)
    assert f"{second.key}: companies.csv" in page.words
    assert "a register" in page.words
    undo = reverse("company_import_undo", kwargs={"number": first.key})
    told = steward.post(undo, follow=True)
    assert f"Take these back first, in this order: {second.key}." in told.content.decode()
    assert Company.objects.count() == 2
    steward.post(reverse("company_import_undo", kwargs={"number": second.key}))
    told = steward.post(undo, follow=True)
    assert f"Import {first.key} is taken back." in told.content.decode()
    assert not Company.objects.exists()
    assert "taken back on" in see(reverse("company_imports"), steward).words
    assert steward.get(reverse("company_import", kwargs={"number": 999})).status_code == 404


def test_rows_that_wait_are_placed_on_the_page(steward: Client) -> None:
    put("Alfa,00000001,Assen,,,2015,,,\nAlfa,00000002,Assen,,,,,,\n")
    report = put("Alfa,,Assen,,,,2020,5,\nAlfa,,Assen,,,,2021,6,\n")
    page_at = reverse("company_import", kwargs={"number": report.key})
    page = see(page_at, steward)
    assert "2 rows wait to be placed" in page.all("h2")
    assert "Alfa, Assen, KvK 00000001, founded in 2015" in page.words
    place = reverse("company_import_place", kwargs={"number": report.key})
    assert "2 rows wait" in see(page_at, steward).words
    answer = steward.post(place, {"row": "2", "where": "beta"})
    assert answer.status_code == 400
    answer = steward.post(place, {"row": "2", "where": "alfa-2"}, follow=True)
    assert "“Alfa” is placed." in answer.content.decode()
    assert Company.objects.get(key="alfa-2").years.count() == 2
    page = see(page_at, steward)
    assert "Rows that somebody placed" in page.all("h2")
    answer = steward.post(place, {"row": "2", "where": "alfa"}, follow=True)
    assert "That row doesn’t wait any more" in answer.content.decode().replace("&#x27;", "’")


def test_dealroom_in_public_needs_a_licence(steward: Client) -> None:
    body = b"Name,HQ city,Profile URL\nAlfa,Groningen,https://x.example/a\n"

    def sent(**more: str) -> tuple[int, str]:
        file = SimpleUploadedFile("dealroom.csv", body, content_type="text/csv")
        answer = steward.post(reverse("company_add"), {"file": file, "source": "Dealroom, 2026", **more})
        return answer.status_code, answer.content.decode()

    status, text = sent(rows_public="yes")
    assert status == 400
    assert "Fill in which" in text
    status, text = sent()
    assert status == 200
    kept = CompanyImport.objects.get()
    assert (kept.rows_public, kept.source) == (False, "Dealroom, 2026")
    assert "totals only" in text
    assert sent(rows_public="yes", licence="agreement of May 2026")[0] == 200
