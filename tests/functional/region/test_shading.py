# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The daily urban system: 18 municipalities at the borders of 2014, 7 at those of 2023, and why."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mainport.agenda.rules.elements import Agenda
from mainport.region.actions.flows import About, put_file
from mainport.region.models import Boundary, FlowTable
from mainport.region.rules.areas import netherlands
from tests.conftest import BY
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

ADDRESS = "/en/region/daily-urban-system"


def _data(**asked: str) -> dict[str, object]:
    found: dict[str, object] = Client().get(f"{ADDRESS}.json", asked).json()
    return found


def test_eighteen_at_the_borders_of_2014_as_in_the_published_table(groningen_flows: FlowTable, shared: Path) -> None:
    with (shared / "facts" / "commuting_groningen_2014.csv").open(encoding="utf-8") as file:
        published = {row["code"]: row for row in csv.DictReader(file)}
    found = _data()
    expected = {code for code, row in published.items() if float(row["share"]) >= 0.15 and code != "GM0014"}
    assert set(found["above"]) == expected  # type: ignore[call-overload]
    assert len(expected) == 18
    for row in found["municipalities"]:  # type: ignore[attr-defined]
        assert row["share"] == pytest.approx(float(published[row["code"]]["share"]), abs=0.0001)


def test_seven_at_the_borders_of_2023(groningen_flows: FlowTable) -> None:
    found = _data(borders="2023")
    names = [netherlands().municipalities[code].name for code in found["above"]]  # type: ignore[attr-defined]
    assert sorted(names) == [
        "Eemsdelta",
        "Het Hogeland",
        "Midden-Groningen",
        "Noordenveld",
        "Tynaarlo",
        "Veendam",
        "Westerkwartier",
    ]


@pytest.mark.parametrize("borders", ["2014", "2023"])
def test_the_page_explains_the_difference_by_name(groningen_flows: FlowTable, borders: str) -> None:
    page = see(f"{ADDRESS}/?borders={borders}")
    assert "18 at the borders of 2014, 7 at those of 2023" in page.all("h2")
    listed = " ".join(page.all(".utrecht-unordered-list__item"))
    assert "Now part of Groningen itself, and no longer counted beside it: Ten Boer, Haren." in listed
    assert "88% of Winsum (50.9%), by inhabitants" in listed
    assert "Delfzijl (13.8%), which was below it" in listed
    assert "Unchanged: Tynaarlo, Noordenveld, Veendam." in listed
    count = {"2014": "18", "2023": "7"}[borders]
    assert page.all("figcaption") == [
        f"{count} municipalities beside Groningen have 15% or more of their jobs there (borders of {borders})"
    ]


def test_a_table_of_one_city_says_what_it_lacks_when_the_city_grows(groningen_flows: FlowTable) -> None:
    assert "Who works in Ten Boer, Haren isn't in it." in see(f"{ADDRESS}/?borders=2023").words


def test_who_reaches_it_since_the_city_grew_is_told(db: None) -> None:
    # 14 of 100 work in Groningen, and 3 in Haren, which is part of it later.
    text = "home,work,amount\nGM0014,GM0014,900\nGM0017,GM0014,50\nGM0017,GM0017,50\n"
    text += "GM1680,GM0014,140\nGM1680,GM0017,30\nGM1680,GM1680,830\n"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "flows.csv"
        path.write_text(text, "utf-8")
        put_file(by=BY, path=path, about=About("grows", {"nl": "x", "en": "x"}, "work", 2014, 2014, "invented"))
    page = see(f"{ADDRESS}/?table=grows&borders=2014")
    assert "1 at the borders of 2014, 1 at those of 2023" in page.all("h2")
    assert "in Groningen now: Aa en Hunze (14.0%, now 17.0%)." in page.words
    assert "read them as" not in page.words


def test_each_source_says_another_size_and_none_is_fitted(groningen: Agenda, groningen_flows: FlowTable) -> None:
    page = see(f"{ADDRESS}/")
    rows = page.tree.xpath("//section[@aria-labelledby='size']//tbody/tr")
    said = {" ".join(row.xpath("./th")[0].itertext()): row.xpath("./td")[0].text.split()[0] for row in rows}
    assert said["Daily travellers"] == "180,000"
    assert said["Jobs in Groningen of people from elsewhere"] == "60,600"
    assert said["Jobs elsewhere of people from Groningen"] == "27,100"
    assert said["Both together"] == "87,700"
    assert all(row.xpath("./td")[2].text_content().strip() for row in rows), "each names its source"


def test_areas_can_be_reached_in_the_order_of_their_share_and_lead_to_their_row(groningen_flows: FlowTable) -> None:
    page = see(f"{ADDRESS}/")
    links = page.tree.xpath("//svg[@role='group']/a")
    assert links[0].get("aria-label") == "Groningen, 70.6%: the city"
    assert links[1].get("aria-label") == "Ten Boer, 58.6%: 15% or more"
    ids = set(page.tree.xpath("//tr/@id"))
    assert all(link.get("href")[1:] in ids for link in links)
    assert page.tree.xpath("//svg[@role='group']/@aria-label") == [
        "Map of municipalities by how much they work in Groningen"
    ]


def test_the_table_can_be_ordered_without_a_script(groningen_flows: FlowTable) -> None:
    def first(sort: str) -> str:
        return see(f"{ADDRESS}/?sort={sort}&all=on").all("#table")[0] and str(
            see(f"{ADDRESS}/?sort={sort}&all=on").tree.xpath("//tr[starts-with(@id, 'area-')]/th")[0].text
        )

    assert first("share") == "Groningen"
    assert first("name") == "'s-Gravenhage"
    assert first("-name") == "Zwolle"
    assert first("nonsense") == "Groningen"
    page = see(f"{ADDRESS}/?sort=residents")
    assert page.tree.xpath("//th[@aria-sort='descending']/a")[0].text.strip() == "Jobs of residents"
    links = page.links("th a")
    assert links["Jobs of residents ▼"].endswith("sort=-residents#table")


def test_what_is_far_and_little_is_shown_when_asked(groningen_flows: FlowTable) -> None:
    def rows(address: str) -> int:
        return len(see(address).tree.xpath("//tr[starts-with(@id, 'area-')]"))

    assert rows(f"{ADDRESS}/?all=on") == 90
    assert 40 < rows(f"{ADDRESS}/") < 60


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("threshold=200", "threshold", "less than or equal to 99"),
        ("threshold=abc", "threshold", "number"),
        ("threshold=10&second=15", "second", "less than the first"),
        ("city=GM9999", "city", "GM9999"),
        ("borders=1999", "borders", "1999"),
    ],
)
def test_nonsense_is_told_and_the_page_shows_what_is_usual(
    groningen_flows: FlowTable, asked: str, field: str, said: str
) -> None:
    page = see(f"{ADDRESS}/?{asked}", status=400)
    assert said in " ".join(page.all(".mainport-error-summary"))
    assert "municipalities beside Groningen have" in page.all("figcaption")[0]
    answer = Client().get(f"{ADDRESS}.json?{asked}")
    assert answer.status_code == 400
    assert answer.json()["faults"][0]["field"] == field
    assert Client().get(f"{ADDRESS}.csv?{asked}").status_code == 400


def test_what_is_kept_back_is_not_zero(small: FlowTable) -> None:
    rows = {row["code"]: row for row in _data(city="GM0014")["municipalities"]}  # type: ignore[attr-defined]
    assert rows["GM1891"]["share"] is None
    assert rows["GM1891"]["kept_back"] is True
    assert rows["GM1891"]["class"] == "unknown"
    assert rows["GM0737"]["share"] == 0.0
    page = see(f"{ADDRESS}/?city=GM0014")
    assert "kept back" in " ".join(page.all("#area-GM1891"))
    assert "The source keeps back 1 pair; that isn't zero." in page.words


def test_borders_are_drawn_where_they_are_stored(small: FlowTable) -> None:
    for number, code in enumerate(["GM0014", "GM0106", "GM1730", "GM1699", "GM0080", "GM0737", "GM1891"]):
        west = 6 + number * 0.1
        ring = [[west, 53], [west + 0.1, 53], [west + 0.1, 53.1], [west, 53.1], [west, 53]]
        Boundary.objects.create(
            kind="municipality",
            code=code,
            name=code,
            year=2023,
            geometry={"type": "Polygon", "coordinates": [ring]},
            source="CBS/PDOK 2023",
            at=timezone.now(),
        )
    page = see(f"{ADDRESS}/?city=GM0014")
    assert page.tree.xpath("//svg[@role='group']/a/path")
    assert not page.tree.xpath("//svg[@role='group']/a/circle")
    assert "Borders: CBS/PDOK 2023." in page.words


def test_without_flows_the_page_says_how_they_come(db: None) -> None:
    assert "mainport region load" in see(f"{ADDRESS}/").words


def test_in_dutch_with_dutch_numbers(groningen_flows: FlowTable) -> None:
    with translation.override("nl"):
        page = see(reverse("region_shading"))
    assert "58,6\N{NO-BREAK SPACE}%" in " ".join(page.tree.xpath("//td/text()"))


def test_json_is_json(groningen_flows: FlowTable, small: FlowTable) -> None:
    for asked in ("", "?table=small-2023&city=GM0014"):
        json.loads(Client().get(f"{ADDRESS}.json{asked}").content, parse_constant=pytest.fail)


def test_queries(groningen: Agenda, groningen_flows: FlowTable, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_max_num_queries(12):
        see(f"{ADDRESS}/?borders=2023")
