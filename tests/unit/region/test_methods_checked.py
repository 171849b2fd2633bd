# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The methods against others' programs and plain ones of these tests; the order of rows never matters."""

from __future__ import annotations

import itertools
from collections import deque

import numpy as np
import numpy.typing as npt
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from mainport.region.rules import Options, delineate, flows
from mainport.region.rules.delineation.fua import Cores, urban_areas
from mainport.region.rules.delineation.intramax import intramax
from mainport.region.rules.delineation.tolbert_sizer import commuting_zones, distances
from mainport.region.rules.flows import Flows

Matrix = npt.NDArray[np.float64]


def chance(seed: int, zones: int, filled: float = 0.4, *, whole: bool = False) -> Matrix:
    of = np.random.default_rng(seed)
    amounts = of.lognormal(2, 1, (zones, zones)) * (of.random((zones, zones)) < filled)
    amounts[np.arange(zones), np.arange(zones)] += 1.0
    found: Matrix = np.minimum(np.round(amounts), 5) if whole else amounts
    return found


def as_flows(matrix: Matrix, order: int | None = None) -> Flows:
    home, work = np.nonzero(matrix)
    rows = np.arange(len(home)) if order is None else np.random.default_rng(order).permutation(len(home))
    homes, works = ([f"z{place:02}" for place in side[rows]] for side in (home, work))
    return flows(homes, works, matrix[home[rows], work[rows]])


def groups(labels: npt.ArrayLike) -> set[frozenset[int]]:
    found: dict[object, set[int]] = {}
    for place, label in enumerate(np.asarray(labels).tolist()):
        found.setdefault(label, set()).add(place)
    return {frozenset(group) for group in found.values()}


METHODS = [
    ("coombes-bond", Options(min_size=30, target_size=100, min_containment=0.6, target_containment=0.7)),
    ("coombes-bond", Options("istat34", min_size=30, target_size=100, min_containment=0.6, target_containment=0.7)),
    ("fua", Options(cities={"z01": "A", "z02": "B", "z05": "A"})),
    ("tolbert-sizer", Options(cut=0.9)),
    ("intramax", Options()),
    ("leiden", Options(seed=3)),
    ("shading", Options(city="z01")),
]


@pytest.mark.parametrize(("method", "options"), METHODS)
@pytest.mark.parametrize("whole", [False, True])
def test_the_order_of_rows_never_matters(method: str, options: Options, whole: bool) -> None:
    for seed in range(8):
        matrix = chance(seed, 14, whole=whole)
        first = delineate(as_flows(matrix), method, options)
        for order in range(4):
            again = delineate(as_flows(matrix, order), method, options)
            assert again.region == first.region
            assert str(again) == str(first)  # To the last digit of each share.


@pytest.mark.parametrize("whole", [False, True])
def test_tolbert_and_sizer_as_scipy_groups_them(whole: bool) -> None:
    for seed in range(60):
        found = as_flows(chance(seed, 12, 0.25, whole=whole) if not whole else chance(seed, 12, 0.25).round())
        away = distances(found)
        assert away.min() >= 0
        tree = linkage(squareform(away, checks=False), "average")
        for cut in (0.6, 0.9, 0.98):
            expected = groups(fcluster(tree, cut + 1e-9, "distance"))
            assert groups(commuting_zones(found, cut)) == expected


def test_a_distance_of_the_cut_is_near_enough_and_none_at_all_never() -> None:
    # 2 of 100 travel: 0.98, which binary fractions make a little more or less of.
    two = flows(["a", "a", "b", "c"], ["a", "b", "b", "c"], [98, 2, 500, 7])
    assert commuting_zones(two, 0.98).tolist() == [0, 0, 2]
    assert commuting_zones(two, 0.979).tolist() == [0, 1, 2]
    assert commuting_zones(two, 1.0).tolist() == [0, 0, 2]


def test_where_nobody_works_there_is_no_share_and_more_than_all_is_all() -> None:
    found = distances(flows(["a", "b", "b", "c"], ["d", "a", "b", "b"], [5, 9, 1, 5]))
    assert found[0, 1] == 0  # 9 of the 5 who live in a.
    assert found[0, 3] == 1  # Nobody who works lives in d.


def _intramax(matrix: Matrix, internal: float) -> set[frozenset[int]]:
    matrix, found = matrix.copy(), [{place} for place in range(len(matrix))]
    total = matrix.sum()
    while np.trace(matrix) / total < internal:
        out, into = matrix.sum(axis=1), matrix.sum(axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            near = np.nan_to_num(matrix / np.outer(out, into), posinf=0)
        near = np.triu(near + near.T, 1)
        if near.max() <= 0:
            break
        keep, gone = np.unravel_index(near.argmax(), near.shape)
        matrix[keep] += matrix[gone]
        matrix[:, keep] += matrix[:, gone]
        matrix = np.delete(np.delete(matrix, gone, 0), gone, 1)
        found[keep] |= found.pop(int(gone))
    return {frozenset(group) for group in found}


def test_intramax_as_its_formula_says() -> None:
    for seed in range(40):
        matrix = chance(seed, 10, 0.4)
        for internal in (0.6, 0.75, 0.95, 1.0):
            assert groups(intramax(as_flows(matrix), internal)) == _intramax(matrix, internal)


def _urban(matrix: Matrix, cities: dict[int, str], cores: Cores, near: list[set[int]] | None) -> list[int | None]:
    """The place of a zone of each zone's core, the first of it; None where it is in no area."""
    places = sorted(cities)
    names = sorted(set(cities.values()))
    jobs = matrix.sum(axis=1)
    core = [[place for place in places if cities[place] == name] for name in names]
    linked = np.zeros((len(names), len(names)))
    for one, other in itertools.permutations(range(len(names)), 2):
        linked[one, other] = matrix[np.ix_(core[one], core[other])].sum() / jobs[core[one]].sum() >= 0.15
    together = np.arange(len(names)) if cores is Cores.SINGLE else connected_components(linked, directed=False)[1]
    joined = [
        sorted(p for at, p_of in enumerate(core) if together[at] == group for p in p_of) for group in set(together)
    ]
    joined.sort()
    area: list[int | None] = []
    for zone in range(len(matrix)):
        shares = [matrix[zone, members].sum() / jobs[zone] for members in joined]
        best = int(np.argmax(shares))
        area.append(joined[best][0] if shares[best] >= 0.15 else None)
        area[zone] = next((members[0] for members in joined if zone in members), area[zone])
    if near is None:
        return area
    for members in joined:
        reached, queue = set(members), deque(members)
        while queue:
            for other in near[queue.popleft()]:
                if area[other] == members[0] and other not in reached:
                    reached.add(other)
                    queue.append(other)
        area = [None if one == members[0] and zone not in reached else one for zone, one in enumerate(area)]
    around = [{area[other] for other in near[zone]} for zone in range(len(area))]
    return [
        next(iter(around[zone])) if one is None and len(around[zone]) == 1 else one for zone, one in enumerate(area)
    ]


@pytest.mark.parametrize("cores", list(Cores))
@pytest.mark.parametrize("borders", [False, True])
def test_urban_areas_as_a_plain_program_draws_them(cores: Cores, borders: bool) -> None:
    zones = 16
    for seed in range(60):
        of = np.random.default_rng(seed)
        matrix = chance(seed, zones, 0.3)
        cities = {int(place): "PQRS"[int(of.integers(4))] for place in of.choice(zones, 6, replace=False)}
        # Zones lie in a square of four by four.
        near = [
            {other for other in range(zones) if abs(other // 4 - zone // 4) + abs(other % 4 - zone % 4) == 1}
            for zone in range(zones)
        ]
        found = urban_areas(
            as_flows(matrix),
            {f"z{place:02}": name for place, name in cities.items()},
            cores=cores,
            neighbours={f"z{zone:02}": [f"z{one:02}" for one in near[zone]] for zone in range(zones)}
            if borders
            else None,
        )
        expected = _urban(matrix, cities, cores, near if borders else None)
        assert groups([area or None for area in found.area]) == groups(expected), seed
        assert [bool(area) for area in found.area] == [area is not None for area in expected]


def test_cities_are_one_core_by_each_that_they_send_enough_to() -> None:
    # A sends 20 % to B and 16 % to C: the three are one, though B and C send each other nobody.
    rows = {
        ("a", "a"): 64, ("a", "b"): 20, ("a", "c"): 16, ("b", "b"): 50, ("c", "c"): 40,
        ("z", "b"): 6, ("z", "c"): 9, ("z", "z"): 85,
    }  # fmt: skip
    table = flows([home for home, _ in rows], [work for _, work in rows], list(rows.values()))
    found = urban_areas(table, {"a": "A", "b": "B", "c": "C"})
    assert len(set(found.area)) == 1
    assert found.merged == {"A": "C", "B": "C"}


@pytest.mark.parametrize("method", [method for method, _ in METHODS])
@pytest.mark.parametrize(
    ("rows", "zones"),
    [
        ([("a", "a", 5.0)], 1),
        ([("a", "a", 0.0)], 1),
        ([("a", "a", 5.0), ("b", "b", 4.0)], 2),  # Nothing between them.
        ([("a", "b", 5.0), ("b", "c", 4.0), ("c", "a", 3.0)], 3),  # Nobody works at home.
        ([("a", "b", 5.0), ("c", "b", 2.0)], 3),  # b is no home.
        ([("a", "a", 0.0), ("a", "b", 0.0)], 2),
        ([("a", "a", float("nan")), ("b", "a", float("nan"))], 2),
        ([("a", "a", 1e15), ("a", "b", 1e15), ("b", "b", 1e-6)], 2),
        ([("a", "abroad", 5.0)], 1),
    ],
)
def test_small_and_strange_tables_give_each_zone_its_place(
    method: str, rows: list[tuple[str, str, float]], zones: int
) -> None:
    found = flows([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows], outside=["abroad"])
    for mode in ("strict", "istat34"):
        drawn = delineate(found, method, Options(mode, cities={"a": "A"}, city="a"))
        assert len(drawn.region) == zones
        if method not in ("fua", "shading"):
            assert all(drawn.region.values())
