# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What can be asked in OData, page by page, and how what can't is told."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from mainport.api.odata import observations

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
TABLE = "/odata/v1/CBS/82242NED"


@pytest.fixture
def ask(client, bankruptcies):
    def go(path: str, status: int = 200, **options: str) -> Any:
        query = "&".join(f"${name}={quote(value)}" for name, value in options.items())
        response = client.get(f"{path}?{query}" if query else path)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == status, content[:500]
        assert response["OData-Version"] == "4.0"
        return json.loads(content)

    return go


@pytest.fixture
def rows(replay) -> list[dict[str, Any]]:
    return replay.recorded("82242NED", "Observations")["value"]


def without_id(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted(tuple((k, v) for k, v in sorted(row.items()) if k != "Id") for row in rows)


FILTERS = {
    "Perioden eq '2024JJ00'": lambda r: r["Perioden"] == "2024JJ00",
    "Perioden ge '2024JJ00' and TypeGefailleerde ne 'T001243'": lambda r: (
        r["Perioden"] >= "2024JJ00" and r["TypeGefailleerde"] != "T001243"
    ),
    "startswith(Perioden,'2023')": lambda r: r["Perioden"].startswith("2023"),
    "endswith(Perioden, 'KW02')": lambda r: r["Perioden"].endswith("KW02"),
    "contains(Perioden,'MM') and (Value gt 600)": lambda r: "MM" in r["Perioden"] and r["Value"] > 600,
    "Perioden in ('2020JJ00', '2021JJ00')": lambda r: r["Perioden"] in ("2020JJ00", "2021JJ00"),
    "(TypeGefailleerde eq 'A047597' or TypeGefailleerde eq 'T001243')": lambda r: (
        r["TypeGefailleerde"] in ("A047597", "T001243")
    ),
    "TypeGefailleerde eq 'T001243' or Value lt 100": lambda r: r["TypeGefailleerde"] == "T001243" or r["Value"] < 100,
    "not (Value ge 100) and Measure eq 'M001327'": lambda r: not r["Value"] >= 100,
    "Value le 101.5 and Value ge -2e0": lambda r: -2 <= r["Value"] <= 101.5,
    "ValueAttribute eq 'None' and StringValue eq null": lambda r: True,
    "Value eq null": lambda r: r["Value"] is None,
    "tolower(Measure) eq 'm001327' and length(Perioden) eq 8 and startswith(Perioden,'1999') eq true": lambda r: r[
        "Perioden"
    ].startswith("1999"),
    "Perioden eq 'it''s'": lambda r: False,
    "Measure eq 'M001327' and TypeGefailleerde eq 'T001243' and Perioden eq '2001MM05'": lambda r: (
        (r["TypeGefailleerde"], r["Perioden"]) == ("T001243", "2001MM05")
    ),
}


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_lets_through_what_it_says(ask, rows, text):
    found = ask(f"{TABLE}/Observations", filter=text, count="true")

    expected = [row for row in rows if FILTERS[text](row)]
    assert without_id(found["value"]) == without_id(expected)
    assert found["@odata.count"] == len(expected)


def test_pages_follow_each_other_without_gap_or_overlap(ask, rows, monkeypatch, client):
    monkeypatch.setattr(observations, "PAGE", 700)
    found, page = [], ask(f"{TABLE}/Observations", filter="Perioden ne '1981MM01'")
    pages = 1
    while following := page.get("@odata.nextLink"):
        found += page["value"]
        assert following.startswith("http://testserver/odata/v1/CBS/82242NED/Observations?$filter=")
        response = client.get(following.removeprefix("http://testserver"))
        page = json.loads(b"".join(response.streaming_content))
        pages += 1
    found += page["value"]

    assert pages == 5
    assert len({row["Id"] for row in found}) == len(found)
    assert without_id(found) == without_id([row for row in rows if row["Perioden"] != "1981MM01"])


def test_top_reaches_over_pages_and_skip_passes_by(ask, monkeypatch, client):
    whole = ask(f"{TABLE}/Observations")["value"]
    monkeypatch.setattr(observations, "PAGE", 10)
    first = ask(f"{TABLE}/Observations", top="15", skip="3")
    response = client.get(first["@odata.nextLink"].removeprefix("http://testserver"))
    second = json.loads(b"".join(response.streaming_content))

    assert first["value"] + second["value"] == whole[3:18]
    assert "@odata.nextLink" not in second
    assert ask(f"{TABLE}/Observations", top="0") == {
        "@odata.context": "http://testserver" + TABLE + "/$metadata#Observations",
        "value": [],
    }


def test_columns_and_order_are_as_asked(ask, rows):
    found = ask(f"{TABLE}/Observations", select="Perioden,Value", orderby="Value desc, Perioden", top="3")
    expected = sorted(rows, key=lambda row: (-row["Value"], row["Perioden"]))[:3]
    assert found["value"] == [{"Value": row["Value"], "Perioden": row["Perioden"]} for row in expected]


def test_lists_can_be_asked_as_observations_can(ask):
    assert [row["Identifier"] for row in ask("/odata/v1/Datasets", filter="Catalog eq 'CBS'")["value"]] == ["82242NED"]
    codes = ask(f"{TABLE}/PeriodenCodes", filter="startswith(Identifier,'2026')", select="Identifier,Status")
    assert codes["value"][0] == {"Identifier": "2026MM01", "Status": "Definitief"}
    assert codes["value"][-1]["Status"] == "Voorlopig"
    assert ask(f"{TABLE}/MeasureCodes('M001327')")["Unit"] == "Aantal"
    assert ask("/odata/v1/CBS/82242ned/Properties")["Identifier"] == "82242NED"
    names = [one["name"] for one in ask(TABLE)["value"]]
    assert names[-1] == "Observations"
    for name in names[:-1]:
        ask(f"{TABLE}/{name}")


def test_numbers_of_rows_and_the_metadata_document(client, bankruptcies):
    assert client.get(f"{TABLE}/Observations/$count").content == b"3084"
    assert client.get(f"{TABLE}/PeriodenCodes/$count").content.isdigit()
    for path in ("/odata/v1", "/odata/v1/CBS", TABLE):
        document = ElementTree.fromstring(client.get(f"{path}/$metadata").content)
        assert document.tag.endswith("Edmx")
    properties = {p.get("Name"): p.get("Type") for p in document.iter() if p.tag.endswith("}Property")}
    assert properties["Value"] == "Edm.Double"
    assert properties["TypeGefailleerde"] == "Edm.String"


@pytest.mark.parametrize(
    ("options", "status", "word"),
    [
        ({"filter": "Perioden eq"}, 400, "the end"),
        ({"filter": "Perioden eq 'x"}, 400, "can't be read"),
        ({"filter": "Perioden eq 2024"}, 400, "text"),
        ({"filter": "Regio eq 'GM0014'"}, 400, "Perioden"),
        ({"filter": "Value gt 1e999"}, 400, "too large"),
        ({"filter": "Perioden"}, 400, "comparison"),
        ({"filter": "(" * 5000 + "Value gt 1"}, 400, "parentheses"),
        ({"filter": "not " * 3000 + "Value gt 1"}, 400, "parentheses"),
        ({"filter": "Value gt 1 Value"}, 400, "end"),
        ({"filter": "Value add 1 gt 2"}, 501, "add"),
        ({"filter": "geo.distance(Value) eq 1"}, 400, "distance"),
        ({"filter": "year(Perioden) eq 1"}, 501, "year"),
        ({"filter": "Value in ()"}, 400, "value"),
        ({"filter": "contains(Value,'1')"}, 400, "contains"),
        ({"filter": "1 eq 1 or \0"}, 400, "NUL"),
        ({"select": "Regio"}, 400, "Regio"),
        ({"orderby": "Value up"}, 400, "asc"),
        ({"top": "-1"}, 400, "$top"),
        ({"skip": "x"}, 400, "$skip"),
        ({"skiptoken": "'; DROP TABLE"}, 400, "$skiptoken"),
        ({"count": "yes"}, 400, "$count"),
        ({"format": "atom"}, 406, "json"),
        ({"apply": "groupby((Perioden))"}, 501, "$apply"),
    ],
)
def test_what_cant_be_understood_is_told(ask, options, status, word):
    error = ask(f"{TABLE}/Observations", status, **options)["error"]
    assert error["code"] == str(status)
    assert word in error["message"]


def test_what_isnt_there_is_told(ask, client):
    for path in ("/odata/v1/CBS/00000NED", "/odata/v1/NSI", f"{TABLE}/RegioSCodes", f"{TABLE}/Observations/x"):
        assert ask(path, 404)["error"]["code"] == "404"
    refused = client.post(f"{TABLE}/Observations", {})
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.options(TABLE).status_code == 204


def test_a_client_that_has_it_isnt_sent_it_again(client, bankruptcies):
    first = client.get(f"{TABLE}/MeasureCodes")
    again = client.get(f"{TABLE}/MeasureCodes", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first["Access-Control-Allow-Origin"] == "*"


def test_a_page_costs_few_queries_whatever_its_size(client, bankruptcies, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        b"".join(client.get(f"{TABLE}/Observations").streaming_content)


def test_a_date_that_is_none_is_the_day_on_which_we_learnt_it(ask, bankruptcies):
    """Clients read Modified as a date; a source may write 10/05/2023, which is another day elsewhere."""
    bankruptcies.extra = {}
    bankruptcies.modified = "10/05/2023"
    bankruptcies.save()
    properties = ask("/odata/v1/MAINPORT/82242NED/Properties")
    assert properties["Modified"] == bankruptcies.changed_in.at.isoformat()


def test_names_that_odata_cant_take_become_ones_that_it_can(ask, bankruptcies):
    bankruptcies.extra = {}
    sides, times = bankruptcies.dimensions
    bankruptcies.dimensions = [{**sides, "key": "Type of debtor"}, {**times, "key": "Value"}]
    bankruptcies.save()
    table = "/odata/v1/MAINPORT/82242NED"
    names = [row["Identifier"] for row in ask(f"{table}/Dimensions")["value"]]
    assert names == ["D_Type_of_debtor", "Value_"]
    row = ask(f"{table}/Observations", filter="Value_ eq '2024JJ00' and D_Type_of_debtor eq 'T001243'")["value"]
    assert [(one["Value_"], one["D_Type_of_debtor"]) for one in row] == [("2024JJ00", "T001243")]
    assert ask(f"{table}/Value_Codes")["value"]


def test_who_asks_too_often_must_wait(client, bankruptcies, settings):
    settings.API_RATE = 0
    for path in (TABLE, "/catalog", "/datasets/82242NED.csv"):
        response = client.get(path)
        assert (response.status_code, response["Retry-After"].isdigit()) == (429, True)


def test_a_time_that_the_table_of_cbs_doesnt_have_isnt_served(ask, bankruptcies):
    """Tables of one year come without time; we keep the year that they cover as a dimension of our own."""
    bankruptcies.extra["dimensions"] = [one for one in bankruptcies.extra["dimensions"] if one["Kind"] == "Dimension"]
    bankruptcies.save()
    assert [row["Identifier"] for row in ask(f"{TABLE}/Dimensions")["value"]] == ["TypeGefailleerde"]
    assert ask(TABLE + "/Observations", top="1")["value"][0].keys() == {
        *("Id", "Measure", "ValueAttribute", "Value", "StringValue", "TypeGefailleerde")
    }
