# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Published answers, given back from the files in ../shared."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from mainport.talent.feeds.flows import Shape, read
from mainport.talent.feeds.studielink import week_of
from mainport.talent.feeds.told import autumns
from mainport.talent.rules.paths import PATHS
from mainport.talent.rules.retention import total

pytestmark = pytest.mark.shared


def is_number(value):
    return isinstance(value, int | float)


@pytest.fixture(scope="module")
def region():
    from tests.conftest import SHARED

    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED}: set MAINPORT_SHARED")
    return SHARED / "data" / "region"


@pytest.fixture(scope="module")
def towns(region):
    """Our reading of the ONS towns beside the published rows, which are read by another library."""
    name = "uk_ons_BUA_geographical_mobility.xlsx"
    found = read((region / name).read_bytes(), name)
    book = openpyxl.load_workbook(region / name, read_only=True)
    published = list(book["Graduates"].iter_rows(values_only=True))[1:]
    book.close()
    assert found.shape is Shape.SHARES
    assert len(found.counts) == len(found.retention) == len(published) == 1104
    return list(zip(found.counts, found.retention, published, strict=True))


def test_the_five_shares_of_each_town(towns):
    told = 0
    for counts, _row, published in towns:
        assert (counts.place, counts.graduates) == (published[0], published[3])
        for path, share in zip(PATHS, published[5:10], strict=True):
            ours = counts.share(path)
            if share == "*":
                assert ours is None
            else:
                told += 1
                assert ours.value == pytest.approx(share, abs=5.01e-4)
                assert ours.low <= ours.value <= ours.high
    assert told == 2755


def test_the_other_rates_of_the_towns_follow(towns):
    """Movers and retention follow from the paths, net gain from retention and inward migration. Counts are rounded to
    5 by the ONS, each of them; a town of 2,800 graduates (E35001179) and the four collections of places
    don't fit their own rates, so nearly all do, to 15 people or 0.1 point."""
    apart = {"movers": [], "retention": [], "net": []}
    for counts, row, published in towns:
        allowed = max(15, 0.001 * counts.graduates)
        pairs = {
            "movers": (counts.movers and counts.movers / counts.graduates, published[10]),
            "retention": (counts.retained and counts.retained / counts.graduates, published[15]),
            "net": (row.net_rate, published[17]),
        }
        for rate, (ours, theirs) in pairs.items():
            if ours is not None and is_number(theirs):
                apart[rate].append(abs(ours - theirs) * counts.graduates > allowed)
    assert {rate: len(cases) for rate, cases in apart.items()} == {"movers": 51, "retention": 124, "net": 929}
    assert sum(apart["movers"]) <= 2
    assert sum(apart["retention"]) <= 17
    assert sum(apart["net"]) <= 6


def test_retention_of_294_districts(region):
    name = "uk_la_graduate_retention.csv"
    content = (region / name).read_bytes()
    found = read(content, name)
    published = list(csv.DictReader(content.decode().splitlines()))
    assert len(found.retention) == len(published) == 294
    for ours, theirs in zip(found.retention, published, strict=True):
        assert (ours.place, ours.name) == (theirs["lad11cd"], theirs["lad11nm"])
        assert ours.rate().value == pytest.approx(float(theirs["graduate_retention_rate"]), abs=5e-6)
    assert sum(ours.rate().value for ours in found.retention) / 294 == pytest.approx(0.578, abs=5e-4)


def test_texas(region):
    name = "us_pseo_texas_institutions_y10.csv"
    found = read((region / name).read_bytes(), name)
    together = total(list(found.retention))
    assert (together.graduates, together.retained) == (474_161, 397_047)
    assert round(100 * together.rate().value, 1) == 83.7
    assert (found.rows, found.without) == (207, 3)


def test_studielink(region):
    folder = region / "nl_studielink_synthetic"
    weeks = [week_of(file.read_bytes(), file.name) for file in sorted(folder.glob("telbestand_sl_*_2024.csv"))]
    assert [week for _year, week, _counts in weeks] == list(range(1, 49))
    by_week = {week: sum(counts.values()) for _year, week, counts in weeks}
    assert by_week[1] == 0
    assert by_week[10] < by_week[20] < by_week[30] < by_week[36]
    name = "telbestand_sl_20240603_v36_2024.csv"
    rows = csv.DictReader((folder / name).read_text().splitlines())
    counted = [row for row in rows if row["Status"] != "A" and row["Hogerejaars"] == "N"]
    assert by_week[36] == pytest.approx(sum(int(row["Aantal"]) / float(row["meercode_V"]) for row in counted))


def test_autumns_are_told_as_the_facts_have_them(region):
    facts = region.parent.parent / "facts"
    figures = list(csv.DictReader((facts / "figures.csv").read_text().splitlines()))
    published = (facts / "published_figures.csv").read_text()
    known = {(row["period"], row["value"]) for row in figures if row["indicator"].startswith("housing.")}
    for told in autumns():
        if told.place == "Netherlands":
            assert f"national shortage student rooms,{told.value:.0f},rooms" in published
        else:
            assert (str(told.year), f"{told.value:.0f}") in known
    assert {told.year for told in autumns()} == {2018, 2020, 2021, 2022}
