# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of young companies, of what comes in, and of the campus."""

from __future__ import annotations

import csv

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from mainport.region import demo
from mainport.region.feeds.companies_file import read
from mainport.region.models import Company
from tests.conftest import BY, Cast
from tests.functional.portal.page import Seen, see

pytestmark = pytest.mark.django_db


@pytest.fixture
def invented(db: None) -> None:
    demo.load(by=BY)


def test_figures_curves_and_list(invented: None) -> None:
    page = see(reverse("company_list"))
    assert "Invented example" in page.words
    assert "40 companies" in page.all("h2")
    data = Client().get(reverse("company_list_json")).json()
    assert page.all(".mainport-figure__value")[0] == str(data["figures"]["companies"])
    assert (data["followed_until"], data["count"]) == (2024, 40)
    charts = page.tree.xpath("//figure//svg")
    assert all(chart.xpath("title") and chart.xpath("desc") for chart in charts)
    assert len(charts) == 4  # Two, each for a wide and a narrow screen.
    shares = [one["share"] for one in data["survival"]]
    assert shares == sorted(shares, reverse=True)
    assert all(one["low"] <= one["share"] <= one["high"] for one in data["survival"])
    assert "Source: Invented, to show how it works" in page.words


def test_a_cohort_that_is_young_isnt_followed_yet(invented: None) -> None:
    cohorts = {one["founded"]: one for one in Client().get(reverse("company_list_json")).json()["cohorts"]}
    assert [one["age"] for one in cohorts[2023]["survival"]] == [1]
    assert len(cohorts[2019]["survival"]) == 5
    assert sum(one["companies"] for one in cohorts.values()) == 40


def test_filters_count_everywhere(invented: None) -> None:
    asked = {"sector": "Energy", "municipality": "GM0014", "year": "2020"}
    data = Client().get(reverse("company_list_json"), asked).json()
    assert 0 < data["count"] < 40
    assert {one["sector"] for one in data["companies"]} == {"Energy"}
    assert sum(one["companies"] for one in data["cohorts"]) == data["count"]
    page = see(f"{reverse('company_list')}?sector=Energy&municipality=GM0014&year=2020")
    assert "Figures of 2020" in page.all("h2")
    assert page.all(".mainport-figure__value")[0] == str(data["figures"]["companies"])
    assert Client().get(reverse("company_list_json"), {"year": "1700"}).status_code == 400
    assert see(f"{reverse('company_list')}?year=1700", status=400).all(".mainport-error-summary")


def test_the_csv_can_be_taken_in_again(invented: None) -> None:
    body = Client().get(reverse("company_list_csv")).content
    rows = list(csv.DictReader(body.decode().splitlines()))
    assert {row["demo"] for row in rows} == {"True"}
    assert len(read(body, name="again.csv").entries) == len(rows)


def test_twelve_questions_at_most(invented: None) -> None:
    for name in ("company_list", "company_list_json", "company_list_csv"):
        with CaptureQueriesContext(connection) as asked:
            Client().get(reverse(name))
        assert len(asked) <= 12


def test_without_companies_it_says_how_they_come_in(db: None) -> None:
    assert "There are no companies yet." in see(reverse("company_list")).words
    assert Client().get(reverse("company_list_json")).json() == {"count": 0, "companies": []}


# --- Taken in ---


@pytest.fixture
def steward(cast: Cast, client: Client) -> Client:
    client.force_login(cast.frank, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def sent(client: Client, text: str, status: int = 200, **more: str) -> Seen:
    file = SimpleUploadedFile("companies.csv", text.encode(), content_type="text/csv")
    response = client.post(reverse("company_add"), {"file": file, "source": "a register", **more})
    assert response.status_code == status
    return Seen(response, html.fromstring(response.content))


def test_each_row_is_told_what_was_made_of_it(steward: Client) -> None:
    text = "name,kvk,town\nAlfa,00000001,Assen\nAlfa,00000002,Assen\nAlfa,,Assen\nBeta,,Assen\n"
    page = sent(steward, text, look="on")
    assert "Looked at, nothing stored: companies.csv" in page.all("h2")
    assert not Company.objects.exists()
    page = sent(steward, text)
    assert "Stored: companies.csv" in page.all("h2")
    captions = page.all("caption")
    assert captions == ["1 row: may be several companies", "3 rows: not known yet"]
    assert "several companies have this name in this town" in page.words
    page = sent(steward, "name,kvk,town\nAlfa,00000001,Groningen\n")
    assert "What the file says otherwise than was known; the file counts" in page.all("caption")
    assert Company.objects.get(kvk="00000001").town == "Groningen"


def test_faults_are_told_with_their_row(steward: Client) -> None:
    page = sent(steward, "name,town,municipality\nAlfa,Haren,Haren\n", status=400)
    assert "1 fault in the file" in page.all("h2")
    assert "since then GM0014 Groningen" in page.words
    assert not Company.objects.exists()


# --- The campus ---


def test_every_figure_stands_with_its_source_and_what_doesnt_agree_is_said() -> None:
    page = see(reverse("campus_figures"))
    assert len(page.all("tbody tr")) == 10
    assert "sources give one number for several years. 2020: 230" in page.words
    assert "more than 20,000" in page.words
    rows = list(csv.DictReader(Client().get(reverse("campus_figures_csv")).content.decode().splitlines()))
    assert len(rows) == 10
    assert all(row["source"] for row in rows)
