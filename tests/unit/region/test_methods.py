# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Agreement, the methods that group zones, the one door to all of them, and the commands."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.region.cli import region
from mainport.region.rules import Method, Options, compare, delineate, flows
from mainport.region.rules.agreement import adjusted_rand
from mainport.region.rules.delineation.intramax import intramax
from mainport.region.rules.delineation.leiden import communities
from mainport.region.rules.delineation.tolbert_sizer import commuting_zones, distances
from mainport.region.rules.flows import Flows

LABELS = st.lists(st.integers(0, 4), min_size=0, max_size=30)
#: Two towns with their villages, and little between them.
ROWS = {
    ("a", "a"): 500, ("b", "a"): 60, ("b", "b"): 40, ("c", "a"): 50, ("c", "c"): 50,
    ("p", "p"): 400, ("q", "p"): 70, ("q", "q"): 30, ("c", "p"): 2,
}  # fmt: skip
TOWNS = {frozenset("abc"), frozenset("pq")}


def towns() -> Flows:
    return flows([home for home, _ in ROWS], [work for _, work in ROWS], list(ROWS.values()))


def sets(names: dict[str, str]) -> set[frozenset[str]]:
    return {frozenset(zone for zone in names if names[zone] == name) for name in names.values() if name}


@given(LABELS)
def test_a_partition_agrees_with_itself_by_any_names(labels: list[int]) -> None:
    assert adjusted_rand(labels, labels) == 1.0
    assert adjusted_rand(labels, [f"r{9 - label}" for label in labels]) == 1.0


@given(LABELS, st.randoms(use_true_random=False))
def test_agreement_is_the_same_both_ways(labels: list[int], chance: object) -> None:
    other = list(np.random.default_rng(len(labels)).integers(0, 3, len(labels)))
    assert adjusted_rand(labels, other) == pytest.approx(adjusted_rand(other, labels))


def test_agreement_worked_by_hand() -> None:
    # Pairs together in both: 2; in the first 3, in the second 4, of 10: (2 - 1.2) / (3.5 - 1.2).
    assert adjusted_rand(list("aaabc"), list("xxyyy")) == pytest.approx((1 + 0 - 3 * 4 / 10) / (3.5 - 1.2))
    with pytest.raises(ValueError, match="2 zones in the first partition, 3"):
        adjusted_rand([1, 2], [1, 2, 3])


def test_what_moved_is_told_by_regions_that_share_most() -> None:
    first = {"a": "1", "b": "1", "c": "2", "d": "2", "e": "2"}
    second = {"a": "x", "b": "y", "c": "y", "d": "y", "f": "y"}
    found = compare(first, second)
    assert (found.moved, found.only_first, found.only_second) == (("b",), ("e",), ("f",))


def test_distances_of_tolbert_and_sizer() -> None:
    found = distances(towns())
    a, b, c, p = 0, 1, 2, 3
    assert found[a, b] == pytest.approx(1 - 60 / 100)
    assert found[c, p] == found[p, c] == pytest.approx(1 - 2 / 102)
    assert found[a, p] == 1


def test_average_linkage_cuts_where_it_is_told() -> None:
    # a and b are 0.4 apart, c is 1 - (50/102)/2 = 0.755 from them on average.
    assert commuting_zones(towns(), 0.98).tolist() == [0, 0, 0, 3, 3]
    assert commuting_zones(towns(), 0.7).tolist() == [0, 0, 2, 3, 3]
    assert commuting_zones(towns(), 0.2).tolist() == [0, 1, 2, 3, 4]


def test_intramax_stops_when_enough_is_within() -> None:
    assert intramax(towns(), 0.99).tolist() == [0, 0, 0, 3, 3]
    assert intramax(towns(), 0.5).tolist() == [0, 1, 2, 3, 4]  # More stays within than that to begin with.
    apart = {"a": "b", "b": "a", "c": "", "p": "q", "q": "p"}
    assert intramax(towns(), 1.0, apart).tolist() == [0, 0, 2, 3, 3]


def test_communities_and_how_stable_they_are() -> None:
    found = communities(towns())
    assert found.group.tolist() == [0, 0, 0, 3, 3]
    assert found.stability == 1.0
    assert found.modularity > 0
    alone = communities(flows(["a", "b"], ["a", "b"], [5, 5]))
    assert (alone.group.tolist(), alone.stability) == ([0, 1], 1.0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([Method.TOLBERT_SIZER, Method.INTRAMAX, Method.LEIDEN]))
def test_every_zone_is_in_one_region_and_scale_does_not_matter(seed: int, method: Method) -> None:
    chance = np.random.default_rng(seed)
    amounts = chance.lognormal(2, 1, (9, 9)) * (chance.random((9, 9)) < 0.6)
    home, work = np.nonzero(amounts)
    homes, works = ([f"z{place}" for place in side] for side in (home, work))
    one, four = (delineate(flows(homes, works, amounts[home, work] * times), method) for times in (1.0, 4.0))
    assert one.region == four.region
    assert all(one.region.values())


@pytest.mark.parametrize(
    ("method", "options"),
    [
        (Method.COOMBES_BOND, Options(min_size=50, min_containment=0.6, target_size=100, target_containment=0.8)),
        (Method.COOMBES_BOND, Options(mode="istat34", min_size=50, target_size=100)),
        (Method.FUA, Options(cities={"a": "a", "p": "p"})),
        (Method.TOLBERT_SIZER, Options()),
        (Method.INTRAMAX, Options(internal=0.99)),
        (Method.LEIDEN, Options()),
    ],
)
def test_one_door_to_every_method(method: Method, options: Options) -> None:
    found = delineate(towns(), method, options)
    assert sets(found.region) == TOWNS
    assert found.regions == 2


def test_shading_by_the_same_door() -> None:
    found = delineate(towns(), "shading", Options(city="p", threshold=0.5))
    assert found.region == {"a": "", "b": "", "c": "", "p": "p", "q": "p"}
    assert found.share["q"] == 0.7


@pytest.mark.parametrize(
    ("method", "options", "said"),
    [
        ("fua", Options(), "no cities"),
        ("shading", Options(city="a", threshold=2), "threshold 2"),
        ("tolbert-sizer", Options(cut=0), "cut 0"),
        ("intramax", Options(internal=1.5), "internal 1.5"),
        ("leiden", Options(resolution=0), "resolution 0"),
        ("leiden", Options(seeds=0), "seeds 0"),
        ("leiden", Options(seed=-1), "seed -1"),
        ("voronoi", Options(), "voronoi"),
    ],
)
def test_options_out_of_range_are_refused(method: str, options: Options, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        delineate(towns(), method, options)


def file_of_towns(folder: Path) -> Path:
    path = folder / "towns.csv"
    path.write_text(
        "home,work,amount\n" + "".join(f"{home},{work},{amount}\n" for (home, work), amount in ROWS.items()),
        encoding="utf-8",
    )
    return path


def test_delineate_writes_zone_and_region(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    cities = tmp_path / "cities.csv"
    cities.write_text("zone,city,name\na,A,x\np,P,x\nq,,x\n", encoding="utf-8")
    asked = ["delineate", str(file_of_towns(tmp_path)), "--method", "fua", "--cities", str(cities), "--out", str(out)]
    done = CliRunner().invoke(region, asked)
    assert done.exit_code == 0, done.output
    assert out.read_text(encoding="utf-8") == "zone,region\na,A\nb,A\nc,A\np,P\nq,P\n"
    assert "5 zones in 2 regions by fua" in done.output


def test_delineate_as_json_and_on_standard_output(tmp_path: Path) -> None:
    path = str(file_of_towns(tmp_path))
    asked = ["delineate", path, "--min-size", "50", "--target-size", "100"]
    assert CliRunner().invoke(region, asked).output.startswith("zone,region\na,a\n")
    data = json.loads(CliRunner().invoke(region, [*asked, "--json"]).output)
    assert (data["zones"], data["regions"], data["suppressed_pairs"]) == (5, 2, 0)
    assert sets(data["region"]) == TOWNS


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--method", "shading"], "shading needs --city"),
        (["--method", "shading", "--city", "zz"], "--city zz: expected the code of a zone in towns.csv"),
        (["--method", "fua"], "fua needs --cities"),
        (["--min-containment", "0.9"], "min-containment 0.9"),
        (["--columns", "home,work,jobs"], "towns.csv, row 1, column jobs: found no such column"),
        (["--unit", "thousands"], "Error"),
    ],
)
def test_delineate_says_what_is_wrong(tmp_path: Path, options: list[str], said: str) -> None:
    path = file_of_towns(tmp_path)
    if "thousands" in options:
        path.write_text(path.read_text(encoding="utf-8") + "p,a,70000\n", encoding="utf-8")
    out = tmp_path / "out.csv"
    done = CliRunner().invoke(region, ["delineate", str(path), *options, "--out", str(out)])
    assert done.exit_code == 1
    assert said in done.output
    assert not out.exists()


def test_compare_two_files(tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("zone,region\na,1\nb,1\nc,2\n", encoding="utf-8")
    other.write_text("zone,region\na,1\nb,2\nc,2\nd,2\n", encoding="utf-8")
    done = CliRunner().invoke(region, ["compare", str(one), str(other), "--json"])
    data = json.loads(done.output)
    assert data["moved"] == [{"zone": "b", "first": "1", "second": "2"}]
    assert data["only_second"] == ["d"]
    assert "1 moved" in CliRunner().invoke(region, ["compare", str(one), str(other)]).output
    other.write_text("zone,region\na,1\na,2\n", encoding="utf-8")
    done = CliRunner().invoke(region, ["compare", str(one), str(other)])
    assert done.exit_code == 1
    assert "other.csv, row 3, column zone: found 'a' again, expected each zone once; it is in row 2" in done.output
