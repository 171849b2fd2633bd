# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Travel-to-work areas after Coombes and Bond: worked by hand, properties, and the published partitions."""

from __future__ import annotations

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.region.rules.agreement import adjusted_rand
from mainport.region.rules.delineation.coombes_bond import Mode, Parameters, delineate, validity
from mainport.region.rules.flows import Flows, flows

DATA = Path(__file__).parents[2] / "data" / "region"
ISTAT = Parameters(1000, 0.6667, 10000, 0.75)
SMALL = Parameters(50, 0.6, 100, 0.8)
SEEDS = st.integers(0, 2**32 - 1)


def random_flows(seed: int, codes: list[str] | None = None, times: float = 1.0) -> Flows:
    """A few zones whose flows are broken numbers, so that no two ties are equal."""
    chance = np.random.default_rng(seed)
    n = int(chance.integers(2, 14))
    amounts = chance.lognormal(2, 1.5, (n, n)) * (chance.random((n, n)) < 0.5)
    np.fill_diagonal(amounts, chance.lognormal(4, 1, n))
    names = codes[:n] if codes else [f"z{place:02}" for place in range(n)]
    home, work = np.nonzero(amounts)
    return flows([names[i] for i in home], [names[j] for j in work], amounts[home, work] * times)


def by_zone(matrix: Flows, mode: Mode, parameters: Parameters = SMALL) -> dict[str, str]:
    found = delineate(matrix, parameters, mode)
    return {zone: matrix.zones[place] for zone, place in zip(matrix.zones, found.region, strict=True)}


def sets(region: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(zone for zone in region if region[zone] == name) for name in region.values()}


@pytest.mark.parametrize(
    ("within", "residents", "workers", "expected"),
    [
        (80, 100, 90, 4 / 3),  # At both targets: target over smallest containment.
        (60, 100, 100, 1.0),  # At target size and smallest containment it just stands.
        (40, 50, 50, 1.0),  # At smallest size and target containment as well.
        (30, 50, 50, 0.75),
        (0, 0, 10, 0.0),
    ],
)
def test_validity_of_a_cluster(within: float, residents: float, workers: float, expected: float) -> None:
    assert validity(within, residents, workers, SMALL) == pytest.approx(expected)


@pytest.mark.parametrize("mode", Mode)
def test_a_zone_joins_the_one_it_is_linked_to_most(mode: Mode) -> None:
    # a keeps half of its own: validity 0.5/0.8 * 0.8/0.6 = 0.83. b stands with 90/140. Together all stay within.
    matrix = flows(["a", "a", "b", "b", "c"], ["a", "b", "a", "b", "c"], [50, 50, 10, 90, 200])
    assert sets(by_zone(matrix, mode)) == {frozenset("ab"), frozenset("c")}
    # Together nothing crosses their border: for istat34 that is a validity of 1, less than b's.
    assert delineate(matrix, SMALL, mode).put_aside.tolist() == [mode is Mode.ISTAT34, False, False]


@pytest.mark.parametrize("mode", Mode)
def test_a_zone_that_would_make_a_cluster_worse_is_put_aside_and_given_out_last(mode: Mode) -> None:
    # With z, of whose 105 workers 90 go abroad, c would fall from 1.33 to 215/305/0.6 = 1.17.
    matrix = flows(["c", "z", "z", "z"], ["c", "z", "c", "abroad"], [200, 10, 5, 90], outside=["abroad"])
    found = delineate(matrix, SMALL, mode)
    assert [matrix.zones[place] for place in np.flatnonzero(found.put_aside)] == ["z"]
    assert sets(by_zone(matrix, mode)) == {frozenset("cz")}


@pytest.mark.parametrize("mode", Mode)
def test_a_zone_without_ties_stays_by_itself(mode: Mode) -> None:
    matrix = flows(["a", "b", "b"], ["a", "b", "abroad"], [500, 1, 60], outside=["abroad"])
    assert sets(by_zone(matrix, mode)) == {frozenset("a"), frozenset("b")}


@pytest.mark.parametrize(
    ("mode", "q", "with_q"),
    [
        # p has least of its own and goes first, to k; then q goes after p.
        (Mode.STRICT, "q", "kpq"),
        (Mode.STRICT, "o", "kpo"),
        # The last code goes first: q finds only m, and p then is linked to q's cluster more than to k.
        (Mode.ISTAT34, "q", "mpq"),
        (Mode.ISTAT34, "o", "kpo"),
    ],
)
def test_zones_put_aside_are_given_out_in_the_order_of_the_mode(mode: Mode, q: str, with_q: str) -> None:
    rows = {("k", "k"): 1000, ("m", "m"): 1000, ("p", "p"): 1, ("p", "k"): 20, ("p", "abroad"): 300}
    rows |= {(q, q): 100, (q, "p"): 60, (q, "m"): 5, (q, "abroad"): 300}
    matrix = flows([home for home, _ in rows], [work for _, work in rows], list(rows.values()), outside=["abroad"])
    found = delineate(matrix, SMALL, mode)
    assert {matrix.zones[place] for place in np.flatnonzero(found.put_aside)} == {"p", q}
    assert frozenset(with_q) in sets(by_zone(matrix, mode))


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_other_names_give_the_same_regions(seed: int) -> None:
    names = [f"z{place:02}" for place in range(14)]
    others = list(np.random.default_rng(seed + 1).permutation(names))
    new = dict(zip(names, others, strict=True))
    before = sets(by_zone(random_flows(seed), Mode.STRICT))
    after = sets(by_zone(random_flows(seed, others), Mode.STRICT))
    assert {frozenset(new[zone] for zone in region) for region in before} == after


@settings(max_examples=60, deadline=None)
@given(SEEDS, st.sampled_from(Mode))
def test_flows_and_sizes_in_another_unit_give_the_same_regions(seed: int, mode: Mode) -> None:
    times = 4.0  # A power of two: no rounding.
    larger = Parameters(SMALL.min_size * times, 0.6, SMALL.target_size * times, 0.8)
    assert by_zone(random_flows(seed), mode) == by_zone(random_flows(seed, times=times), mode, larger)


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_what_stands_before_the_last_are_given_out_is_valid(seed: int) -> None:
    matrix = random_flows(seed)
    found = delineate(matrix, SMALL, Mode.STRICT)
    dense = np.zeros((len(matrix), len(matrix)))
    origin = np.repeat(np.arange(len(matrix)), np.diff(matrix.out.start))
    dense[origin, matrix.out.zone] = matrix.out.amount
    for region in set(found.region.tolist()):
        core = np.flatnonzero((found.region == region) & ~found.put_aside)
        if len(core):
            of = dense[np.ix_(core, core)].sum(), matrix.residents[core].sum(), matrix.workers[core].sum()
            assert validity(*of, SMALL) >= 1 - 1e-9


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.sampled_from(Mode))
def test_every_zone_is_in_one_region_that_one_of_them_names(seed: int, mode: Mode) -> None:
    matrix = random_flows(seed)
    found = delineate(matrix, SMALL, mode)
    assert len(found.region) == len(matrix)
    assert ((found.region >= 0) & (found.region < len(matrix))).all()


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ((100, 0.5, 100, 0.6), "min-size 100"),
        ((-1, 0.5, 100, 0.6), "min-size -1"),
        ((1, 0.7, 100, 0.6), "min-containment 0.7"),
        ((1, 0.0, 100, 0.6), "min-containment 0"),
        ((1, 0.7, 100, 1.2), "target-containment 1.2"),
    ],
)
def test_parameters_out_of_range_are_refused(given_: tuple[float, float, float, float], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Parameters(*given_)


def published(shared: Path, area: str, file: str) -> tuple[Flows, list[str]]:
    folder = shared / "data" / "region"
    with (folder / file).open(encoding="utf-8", newline="") as rows:
        pairs = list(csv.DictReader(rows))
    home, work = ([row[column] for row in pairs] for column in ("community_live", "community_work"))
    matrix = flows(home, work, [float(row["amount"]) for row in pairs])
    with (folder / f"ref_LabourMarketAreas34_{area}_1000_0.6667_10000_0.75.csv").open(encoding="utf-8") as rows:
        cluster = {row["community"]: row["cluster"] for row in csv.DictReader(rows)}
    return matrix, [cluster[zone] for zone in matrix.zones]


@pytest.mark.parametrize(
    ("area", "file", "regions"),
    [("Brindisi", "it_brindisi_commuting.csv", 9), ("Sardinia", "it_sardinia_2001_commuting.csv", 36)],
)
def test_istat34_gives_the_published_partition(shared: Path, area: str, file: str, regions: int) -> None:
    matrix, cluster = published(shared, area, file)
    found = delineate(matrix, ISTAT, Mode.ISTAT34)
    assert adjusted_rand(cluster, found.region) == 1.0
    assert len(set(found.region.tolist())) == regions


@cache
def given_back() -> dict[str, Any]:
    """What the R package gave: see the file."""
    found: dict[str, Any] = json.loads((DATA / "istat34.json").read_text())["cases"]
    return found


@pytest.mark.parametrize("name", given_back())
def test_istat34_gives_what_the_package_gives(shared: Path, name: str) -> None:
    case = given_back()[name]
    if "file" in case:
        with (shared / "data" / "region" / case["file"]).open(encoding="utf-8") as file:
            rows = list(csv.reader(file))[1:]
    else:
        rows = case["flows"]
    matrix = flows([row[0] for row in rows], [row[1] for row in rows], [float(row[2]) for row in rows])
    found = delineate(matrix, Parameters(*case["demands"]), Mode.ISTAT34)
    region = {zone: matrix.zones[place] for zone, place in zip(matrix.zones, found.region, strict=True)}
    assert sets(region) == {frozenset(zones) for zones in [*case["regions"], *([zone] for zone in case["alone"])]}
    assert {matrix.zones[place] for place in np.flatnonzero(found.alone)} == set(case["alone"])


def test_strict_differs_where_rests_were_judged_by_zones_that_had_left(shared: Path) -> None:
    matrix, cluster = published(shared, "Sardinia", "it_sardinia_2001_commuting.csv")
    found = delineate(matrix, ISTAT, Mode.STRICT)
    assert adjusted_rand(cluster, found.region) == pytest.approx(0.980, abs=0.001)
    assert len(set(found.region.tolist())) == 37
