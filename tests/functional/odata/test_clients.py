# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A client that was written for CBS reads Mainport: the same numbers as CBS gave, of every recorded table."""

from __future__ import annotations

import math
from typing import Any

import pytest

from mainport.api.odata import observations
from tests.conftest import SHARED
from tests.functional.odata.conftest import take_in

pytestmark = [pytest.mark.shared, pytest.mark.django_db(transaction=True)]
CBS = SHARED / "data" / "cbs"
TABLES = sorted(folder.name for folder in CBS.glob("*") if (folder / "observations-page-1.json").is_file())


@pytest.fixture
def client_of_cbs(monkeypatch, tmp_path) -> Any:
    monkeypatch.chdir(tmp_path)
    import cbsodata4
    from cbsodata4 import datasets, httpx_client

    httpx_client.fetch_json.cache_clear()
    datasets.get_datasets.cache_clear()
    return cbsodata4


def plain(value: Any) -> Any:
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value


def rows_of(records: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Without Id, which each server gives out itself; in an order of their own."""
    found = [tuple((name, plain(value)) for name, value in sorted(row.items()) if name != "Id") for row in records]
    return sorted(found, key=repr)


def floats(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**row, "Value": None if row["Value"] is None else float(row["Value"])} for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_the_client_reads_every_recorded_value(table, replay, live_server, client_of_cbs, monkeypatch):
    take_in(replay, table)
    monkeypatch.setattr(observations, "PAGE", 2500)

    frame = client_of_cbs.get_observations(table, base_url=f"{live_server.url}/odata/v1")

    recorded = replay.recorded(table, "Observations")["value"]
    read = floats([{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")])
    assert rows_of(read) == rows_of(floats(recorded))
    meta = frame.attrs["meta"]
    measures = {m["Identifier"]: m["Title"].strip() for m in replay.recorded(table, "MeasureCodes")["value"]}
    assert meta.measurecode_mapping == measures
    dimensions = replay.recorded(table, "Dimensions")["value"]
    assert meta.dimension_identifiers == [d["Identifier"] for d in dimensions]
    for name in meta.dimension_identifiers:
        codes = {c["Identifier"].strip(): c["Title"].strip() for c in replay.recorded(table, f"{name}Codes")["value"]}
        assert meta.get_dimension_mapping(name) == codes
    assert meta.title == replay.recorded(table, "Properties")["Title"]


def test_the_client_adds_labels_units_and_dates_and_filters(replay, live_server, client_of_cbs):
    take_in(replay, "03759ned")
    base = f"{live_server.url}/odata/v1"

    frame = client_of_cbs.get_observations(
        "03759ned", base_url=base, RegioS=["GM0014", "PV20"], Perioden="2024JJ00", Measure="M000352"
    )
    frame = client_of_cbs.add_unit_column(client_of_cbs.add_date_column(client_of_cbs.add_label_columns(frame)))

    assert sorted(frame["RegioSLabel"]) == ["Groningen (PV)", "Groningen (gemeente)"]
    assert set(frame["Unit"]) == {"aantal"}
    assert {day.isoformat() for day in frame["Perioden_date"]} == {"2024-01-01T00:00:00"}
    recorded = replay.recorded("03759ned", "Observations")["value"]
    wanted = {
        row["RegioS"]: row["Value"]
        for row in recorded
        if row["RegioS"] in ("GM0014", "PV20") and row["Perioden"] == "2024JJ00" and row["Measure"] == "M000352"
    }
    assert dict(zip(frame["RegioS"], frame["Value"], strict=True)) == wanted


def test_the_client_finds_the_tables_under_our_own_catalogue_too(replay, live_server, client_of_cbs):
    take_in(replay, "82235NED", key="voorraad")
    base = f"{live_server.url}/odata/v1"

    assert [c["Identifier"] for c in client_of_cbs.get_catalogs(base_url=base)["value"]] == ["MAINPORT", "CBS"]
    assert list(client_of_cbs.get_datasets(base_url=base)["Identifier"]) == ["82235NED"]
    own = client_of_cbs.get_datasets(base_url=base, catalog="MAINPORT")
    assert list(own["Identifier"]) == ["voorraad"]
    assert list(own["ObservationCount"]) == [889]
    assert own["Modified"].notna().all()
    wide = client_of_cbs.get_wide_data("voorraad", catalog="MAINPORT", base_url=base, name_measure_columns=False)
    assert len(wide) == len({row["Perioden"] for row in replay.recorded("82235NED", "Observations")["value"]})
