# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of flows: what is in one, a municipality in it, and files that are taken in or refused whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mainport.core.models import Person
from mainport.region.models import FlowTable
from tests.conftest import Cast
from tests.functional.portal.page import Seen, see
from tests.functional.region.conftest import SMALL, put_small

pytestmark = pytest.mark.django_db
LogIn = Callable[[Person | None], Client]


def test_the_list_names_source_year_and_what_is_kept_back(groningen_flows: FlowTable, small: FlowTable) -> None:
    page = see(reverse("flow_list"))
    assert len(page.all("tbody tr")) == 2
    assert "Invented example" in page.words
    rows = {row["key"]: row for row in Client().get(reverse("flow_list_json")).json()["tables"]}
    assert (rows["small-2023"]["pairs"], rows["small-2023"]["suppressed_pairs"]) == (17, 1)
    assert "CBS" in rows["commuting-groningen-2014"]["source"]


def test_zeros_what_is_kept_back_and_what_isnt_mentioned_are_told_apart(small: FlowTable) -> None:
    counts = Client().get(reverse("flow_json", kwargs={"key": small.key})).json()["counts"]
    assert counts == {"municipalities": 7, "with_a_number": 15, "zero": 1, "kept_back": 1, "not_mentioned": 32}


def test_who_goes_out_of_a_municipality_and_who_comes_in(small: FlowTable) -> None:
    page = see(f"{reverse('flow', kwargs={'key': small.key})}?area=GM0014")
    assert "Groningen: 3,000 go out, 14,500 come in" in page.all("h2")
    goes, comes = page.tree.xpath("//section[@aria-labelledby='area']//ol")
    assert [" ".join(item.text_content().split()) for item in goes] == ["Assen: 3,000"]
    assert [" ".join(item.text_content().split()) for item in comes] == [
        "Assen: 5,000",
        "Tynaarlo: 5,000",
        "Noordenveld: 4,000",
        "Leeuwarden: 500",
        "Dantumadiel: kept back",
    ]


def test_years_stand_side_by_side_where_there_are_several_whole_tables(
    small: FlowTable, groningen_flows: FlowTable
) -> None:
    put_small(2022, SMALL.replace("GM0106,GM0014,5000", "GM0106,GM0014,4000"))
    page = see(f"{reverse('flow', kwargs={'key': small.key})}?area=GM0106")
    years = page.tree.xpath("//table[.//caption[contains(., 'through the years')]]//tbody/tr")
    assert [row.xpath("./th")[0].text_content().strip() for row in years] == ["2023", "2022"]


def test_a_table_that_isnt_there(db: None) -> None:
    see(reverse("flow", kwargs={"key": "none"}), status=404)


def test_nonsense_is_refused(small: FlowTable) -> None:
    address = reverse("flow", kwargs={"key": small.key})
    assert "GM9999" in see(f"{address}?area=GM9999", status=400).words
    assert Client().get(f"{reverse('flow_json', kwargs={'key': small.key})}?borders=1900").status_code == 400


def test_queries(small: FlowTable, groningen_flows: FlowTable, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    put_small(2022)
    with django_assert_max_num_queries(12):
        see(reverse("flow", kwargs={"key": small.key}))
    with django_assert_max_num_queries(12):
        see(reverse("flow_list"))


# --- Taken in ---


def _send(client: Client, text: str, **changed: str) -> Seen | str:
    """The page that comes back, or where it leads."""
    data = {
        "title_nl": "Pendel",
        "title_en": "Commuting",
        "purpose": "work",
        "year": "2014",
        "borders": "2023",
        "source": "invented",
    }
    file = SimpleUploadedFile("flows.csv", text.encode(), content_type="text/csv")
    answer = client.post(reverse("flow_add"), {**data, **changed, "file": file})
    if answer.status_code == 302:
        return str(answer["Location"])
    from lxml import html

    return Seen(answer, html.fromstring(answer.content))


def test_a_file_is_taken_in(cast: Cast, as_person: LogIn) -> None:
    assert _send(as_person(cast.frank), SMALL) == reverse("flow", kwargs={"key": "commuting-2014"})
    table = FlowTable.objects.get()
    assert (table.rows, table.suppressed, table.by_name, table.borders) == (17, 1, "Frank", 2023)


@pytest.mark.parametrize(
    ("text", "changed", "row", "said"),
    [
        ("home,work,amount\nGM0014,GM0014,5\nGM0106,GM0014,-3\n", {}, "3", "0 or more"),
        ("home,work,amount\nGM0014,GM9999,5\n", {}, "2", "no municipality since 2006"),
        ("home,work,amount\nGM0014,GM0014,5\nGM0005,GM0014,3\n", {}, "3", "Bedum ended on 2019-01-01"),
        ("home,work,amount\nGM0014,GM0014,5\nGM0106,GM0014,0\n", {}, "3", "at least one job"),
        ("home,work,amount\nGM0014,GM0014,80000\n", {"unit": "thousands"}, "2", "these look like jobs"),
        ("home,work,amount\nGM0014,GM0014,5\nGM0014,GM0014,5\n", {}, "3", "each pair once"),
        ("from,to,count\nGM0014,GM0014,5\n", {"columns": "from,to,number"}, "1", "one of from, to, count"),
    ],
)
def test_faults_are_told_with_their_row_and_nothing_is_stored(
    cast: Cast, as_person: LogIn, text: str, changed: dict[str, str], row: str, said: str
) -> None:
    page = _send(as_person(cast.frank), text, **changed)
    assert isinstance(page, Seen)
    assert page.response.status_code == 400
    faults = page.tree.xpath("//section[@aria-labelledby='faults']//tbody/tr")
    told = {line.xpath("./th")[0].text_content().strip(): line.text_content() for line in faults}
    assert said in told[row]
    assert not FlowTable.objects.exists()


def test_a_form_that_isnt_filled_in_is_told_by_field(cast: Cast, as_person: LogIn) -> None:
    page = _send(as_person(cast.frank), SMALL, columns="home,work", year="soon")
    assert isinstance(page, Seen)
    said = " ".join(page.all(".mainport-error-summary"))
    assert "Found 2 names. Expected three" in said
    assert "Year" in said
    assert not FlowTable.objects.exists()
