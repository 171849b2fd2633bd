# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Areas on maps: which places are areas that are known, their classes, and the same in the table."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation
from lxml import html

from mainport.region.actions import boundaries
from mainport.region.feeds.pdok import Outline
from mainport.region.rules.areas import LAST
from mainport.talent.actions.keeping import About, put_table
from mainport.talent.models import Table
from mainport.web.talent.geography import Level, located
from mainport.web.talent.maps import classes
from tests.conftest import BY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def totals(body: bytes, key: str = "totals", kind: str = Table.Kind.RETENTION) -> None:
    put_table(by=BY, about=About(key, kind, {"en": "Totals"}, "The tests"), body=body, file_name="t.csv")


def monitor(client, **asked):
    return html.fromstring(client.get(reverse("talent_monitor"), asked).content)


@pytest.mark.parametrize(
    ("names", "level", "codes"),
    [
        (["Groningen", "Assen", "Utrecht"], Level.MUNICIPALITY, ["GM0014", "GM0106", "GM0344"]),
        (["gemeente Groningen", "SUDWEST-FRYSLAN", "Den Haag"], Level.MUNICIPALITY, ["GM0014", "GM1900", "GM0518"]),
        (["GM0014", "0106", "gm1680"], Level.MUNICIPALITY, ["GM0014", "GM0106", "GM1680"]),
        (["Winsum", "Groningen"], Level.MUNICIPALITY, ["GM0053", "GM0014"]),
        (["Groningen", "Friesland", "Drenthe", "Utrecht (PV)"], Level.PROVINCE, ["PV20", "PV21", "PV22", "PV26"]),
        (["PV20", "pv21"], Level.PROVINCE, ["PV20", "PV21"]),
        (["Oost-Groningen", "CR07", "abroad"], Level.COROP, ["CR01", "CR07"]),
    ],
)
def test_places_are_areas_of_one_level(names, level, codes):
    found = located({name: name for name in names})
    assert found.level == level
    assert [one.code for one in found.spots.values()] == codes


@pytest.mark.parametrize("names", [["E07000223", "E06000001"], ["14", "106"], ["Groningen"], ["9712", "9713", "9714"]])
def test_other_places_are_no_areas(names):
    assert located({name: name for name in names}) is None


def test_codes_of_another_country_are_not_ours():
    """0114 is Emmen, and Upplands Väsby in Sweden."""
    assert located({"0114": "Upplands Väsby", "0180": "Stockholm", "0106": "Elsewhere"}) is None
    assert located({"0114": "0114", "0115": "0115", "0117": "0117", "0106": "0106"}) is None
    assert located({"0114": "Emmen", "0106": "Assen"}).level == Level.MUNICIPALITY


def test_a_name_that_two_have_had_is_that_of_today():
    found = located({"1": "Bergen (NH.)", "2": "Bergen (L.)", "3": "Hengelo"})
    assert len({one.code for one in found.spots.values()}) == 3


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([0.28, 0.52, 0.83], [0.2, 0.4, 0.6, 0.8, 1.0]),
        ([0.5], [0.5, 0.505]),
        ([0.0, 0.001], [0.0, 0.005]),
        ([0.1, 0.2, 0.3], [0.1, 0.15, 0.2, 0.25, 0.3]),
        ([1.2, 4.0], [1.0, 2.0, 3.0, 4.0]),
    ],
)
def test_classes_are_round_and_hold_every_value(values, bounds):
    assert classes(values) == bounds
    assert bounds[0] <= min(values)
    assert max(values) <= bounds[-1]


@pytest.mark.usefixtures("groningen")
def test_the_map_says_what_the_table_says(client):
    totals(b"place,graduates,retained\nAssen,200,90\nGroningen,400,300\nEmmen,100,x\nMars,100,50\n")
    page = monitor(client)
    drawn = {one.get("aria-label"): one for one in page.xpath("//*[@id='map']//a")}
    assert set(drawn) == {"Assen: 45.0%", "Groningen: 75.0%", "Emmen: kept back or not known"}
    for said, one in drawn.items():
        (row,) = page.xpath(f"//*[@id='{one.get('href')[1:]}']")
        assert said.partition(":")[0] in row.text_content()
        assert one.xpath("circle")
    assert "talent-area--unknown" in drawn["Emmen: kept back or not known"].get("class")
    assert "from 45% in Assen to 75% in Groningen" in page.xpath("//*[@id='map']/figcaption")[0].text_content()
    words = page.xpath("//*[@id='map']")[0].text_content()
    assert "it isn't known here where they lie: Mars" in " ".join(words.split())
    assert "Source: The tests" in words


@pytest.mark.usefixtures("groningen")
def test_borders_are_drawn_where_all_are_known(client):
    totals(b"place,graduates,retained\nGM0106,200,90\nGM0014,400,300\n")
    square = {"type": "Polygon", "coordinates": [[[6.5, 53], [6.7, 53], [6.7, 53.2], [6.5, 53.2], [6.5, 53]]]}
    found = [Outline("municipality", code, code, LAST, square) for code in ("GM0014", "GM0106")]
    boundaries.put(by=BY, found=found[:1], source="Surveyors")
    assert monitor(client).xpath("//*[@id='map']//a/circle")
    boundaries.put(by=BY, found=found, source="Surveyors")
    page = monitor(client)
    assert len(page.xpath("//*[@id='map']//a/path")) == 2
    assert "Borders: Surveyors." in page.xpath("//*[@id='map']")[0].text_content()


@pytest.mark.usefixtures("groningen")
def test_districts_of_another_country_stand_in_the_list_only(client):
    totals(b"place,graduates,retained,name\nE07000223,100,40,Adur\nE07000026,200,90,Allerdale\n")
    page = monitor(client)
    assert not page.xpath("//*[@id='map']")
    assert "there is no map of them" in page.text_content()
    assert "Allerdale" in page.xpath("//*[@id='table']")[0].text_content()


@pytest.mark.usefixtures("talent")
def test_moves_are_a_map_and_a_table_of_the_same(client):
    page = html.fromstring(client.get(reverse("talent_moves"), {"place": "Groningen"}).content)
    data = client.get(reverse("talent_moves_json"), {"place": "Groningen"}).json()
    rows = {row.xpath("string(th)"): row.xpath("string(td[1])") for row in page.xpath("//*[@id='table']//tbody/tr")}
    assert rows == {one["name"]: "kept back" if one["kept_back"] else f"{one['people']:.0f}" for one in data["moves"]}
    assert "kept back" in rows.values()
    areas = page.xpath("//*[@id='map']//a/@aria-label")
    assert len(areas) == len(rows)
    # The place that the map is about has no row, and so leads nowhere.
    assert page.xpath("//*[@id='map']//svg[@role='group']/g/title/text()") == ["Groningen"]
    for target in page.xpath("//*[@id='map']//a/@href"):
        assert page.xpath(f"//*[@id='{target[1:]}']")
    assert sum(one["people"] or 0 for one in data["moves"]) <= data["people"]


@pytest.mark.usefixtures("talent")
def test_moves_the_other_way_and_in_another_order(client):
    asked = {"place": "Utrecht", "way": "from", "sort": "name"}
    found = client.get(reverse("talent_moves_json"), asked).json()
    assert [one["name"] for one in found["moves"]] == sorted(one["name"] for one in found["moves"])
    assert found["people"] == 248
    assert client.get(reverse("talent_moves_csv"), asked).content.decode("utf-8-sig").startswith("place,name,people")
    assert client.get(reverse("talent_moves_json"), {"place": "Atlantis"}).status_code == 400
    assert client.get(reverse("talent_moves"), {"way": "up"}).status_code == 400


@pytest.mark.usefixtures("groningen")
def test_moves_of_a_place_that_are_kept_back(client):
    assert "no table of graduates yet" in client.get(reverse("talent_moves")).content.decode()
    totals(
        b"home_16,study,home_28,people\nA,B,B,12\nA,B,A,5\nA,A,A,40\nB,A,A,40\nB,B,B,50\n", "flows", Table.Kind.PATHS
    )
    assert (
        "Of 12 graduates who left A, the largest group lives in B: 100%"
        in client.get(reverse("talent_moves"), {"place": "A"}).content.decode()
    )
    totals(b"home_16,study,home_28,people\nA,B,B,4\nA,B,A,5\nA,A,A,40\n", "flows", Table.Kind.PATHS)
    page = client.get(reverse("talent_moves"), {"place": "A"}).content.decode()
    assert "Where those who left A live is kept back" in page


@pytest.mark.usefixtures("groningen")
def test_a_diagram_holds_only_places_whose_five_paths_are_told(client):
    """One that is kept back was drawn as nobody, which made those who live there too few."""
    rows = (
        b"A,A,A,60\nA,B,A,5\nA,B,B,30\nB,B,B,40\nB,A,B,50\nB,A,A,20\nB,C,C,12\nC,A,C,25\nC,C,C,25\nC,B,A,15\nC,A,A,15\n"
    )
    totals(b"home_16,study,home_28,people\n" + rows, "flows", Table.Kind.PATHS)
    paths = client.get(reverse("talent_monitor_json")).json()["paths"]
    whole = [one for one in paths if None not in one.values()]
    assert 0 < len(whole) < len(paths)
    page = client.get(reverse("talent_monitor")).content.decode()
    assert f"as far as all five paths are told ({len(whole)} of {len(paths)} places)" in page
    hidden = next(one["place"] for one in paths if None in one.values())
    page = client.get(reverse("talent_monitor"), {"place": hidden}).content.decode()
    assert "There is no flow diagram" in page
    assert "Flow diagram." not in page
