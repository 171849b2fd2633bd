# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What it costs to draw labour-market areas: the matrices of others' publications, and larger ones of our own making.

The peer is the R package LabourMarketAreas 3.4 on the same matrices: 57 s for Sardinia (377 zones), 65 s for the
Netherlands (401). The issue allows 10 ms for each, 2 s for 8,000 zones with 900,000 flows, and 20 s with 1 GB for
35,000 zones with 4.6 million flows on two cores. Each large matrix runs in a process of its own, of which the memory
is told; compiling, which happens once for each machine and release, is kept out by a run on a small matrix before.

    python bench/region.py [--repeat 5] [--large]
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from mainport.region.rules.agreement import adjusted_rand
from mainport.region.rules.delineation.coombes_bond import Mode, Parameters, delineate
from mainport.region.rules.flows import Flows, flows, of_numbers

SHARED = Path(os.environ.get("MAINPORT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
ISTAT = Parameters(1000, 0.6667, 10000, 0.75)
UNITED_KINGDOM = Parameters(3500, 0.667, 25000, 0.75)
#: File, seconds of the peer, the published partition.
PUBLISHED = {
    "Sardinia": ("it_sardinia_2001_commuting.csv", 57.0, "ref_LabourMarketAreas34_Sardinia_1000_0.6667_10000_0.75.csv"),
    "Netherlands": ("nl_2014_int_for_LMA.csv", 65.0, ""),
}
#: Zones, flows, and the seconds and megabytes that the issue allows.
LARGE = {"8,000": (8_000, 900_000, 2.0, 1000), "35,000": (35_000, 4_600_000, 20.0, 1000)}
MOST_SMALL = 0.010
#: So many draws give one distinct pair, as some fall together.
DRAWS = 1.87


def synthetic(zones: int, pairs: int, seed: int = 1) -> Flows:
    """A country of zones on a grid: people work at home, near, and now and then far, more where there is more work;
    some `pairs` flows of whole numbers. Made a block of zones at a time, so that making it takes no memory."""
    chance = np.random.default_rng(seed)
    side = int(np.ceil(np.sqrt(zones)))
    size = np.maximum(chance.lognormal(7.2, 0.8, zones), 100)
    pull = chance.lognormal(0, 1.2, zones)
    each = int(pairs / zones * DRAWS)
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for first in range(0, zones, 2_000):
        block = np.arange(first, min(first + 2_000, zones))
        origin = np.repeat(block, each)
        far = chance.random(len(origin)) < 0.6
        distance = np.where(far, 6 * chance.pareto(1.2, len(origin)), np.abs(chance.normal(0, 2.5, len(origin)))) + 0.5
        angle = chance.uniform(0, 2 * np.pi, len(origin))
        x = np.clip(origin % side + np.round(distance * np.cos(angle)), 0, side - 1).astype(np.int64)
        y = np.clip(origin // side + np.round(distance * np.sin(angle)), 0, side - 1).astype(np.int64)
        target = np.minimum(y * side + x, zones - 1)
        weight = pull[target] * np.exp(-distance / 3) + 1e-4
        weight[::each] += weight.reshape(len(block), each).sum(axis=1) * 0.8
        target[::each] = block
        whole = np.repeat(weight.reshape(len(block), each).sum(axis=1), each)
        keys, place = np.unique(origin * zones + target, return_inverse=True)
        amount = np.ceil(np.bincount(place, size[origin] * weight / whole))
        parts.append((keys // zones, keys % zones, amount))
    origins, targets, amounts = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return of_numbers(tuple(map(str, range(zones))), origins, targets, amounts)


def read(name: str) -> Flows:
    """A matrix of the shared folder."""
    with (SHARED / "data" / "region" / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    home, work = ([row[column] for row in rows] for column in ("community_live", "community_work"))
    return flows(home, work, [float(row["amount"]) for row in rows])


def published(repeat: int) -> list[str]:
    """Print the small matrices; those that were too slow or came out otherwise."""
    late = []
    for name, (file, peer, reference) in PUBLISHED.items():
        matrix = read(file)
        for mode in Mode:
            best, found = float("inf"), delineate(matrix, ISTAT, mode)
            for _ in range(repeat):
                begin = time.perf_counter()
                found = delineate(matrix, ISTAT, mode)
                best = min(best, time.perf_counter() - begin)
            said = f"{len(set(found.region.tolist()))} regions, {peer / best:,.0f} times as fast as {peer:g} s"
            if reference:
                with (SHARED / "data" / "region" / reference).open(encoding="utf-8", newline="") as rows:
                    clusters = {row["community"]: row["cluster"] for row in csv.DictReader(rows)}
                agreement = adjusted_rand([clusters[zone] for zone in matrix.zones], found.region)
                said += f", ARI {agreement:.3f}"
                late += [f"{name} differs"] if mode is Mode.ISTAT34 and agreement < 1 else []
            print(f"{name:12} {mode:8} {best * 1000:8.2f} ms   (most {MOST_SMALL * 1000:.0f})   {said}")
            late += [f"{name} {mode}"] if best > MOST_SMALL else []
    return late


def large(size: str) -> int:
    """One large matrix, in this process; 1 where it costs more than allowed."""
    zones, pairs, most, memory = LARGE[size]
    delineate(synthetic(50, 900), UNITED_KINGDOM)
    matrix = synthetic(zones, pairs)
    late = 0
    for mode in Mode:
        begin = time.perf_counter()
        found = delineate(matrix, UNITED_KINGDOM, mode)
        took = time.perf_counter() - begin
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:12} {mode:8} {took:8.2f} s    (most {most:g})   {len(matrix.out.amount):,} flows, "
            f"{len(set(found.region.tolist())):,} regions, {int(found.put_aside.sum()):,} put aside, "
            f"{found.steps:,} steps, {used:,.0f} MB with making the matrix"
        )
        late |= took > most or used > memory
    return int(late)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="The large matrices as well.")
    parser.add_argument("--only", choices=LARGE, help="One large matrix, in this process.")
    asked = parser.parse_args()
    if asked.only:
        return large(asked.only)
    late = published(asked.repeat)
    for size in LARGE if asked.large else ():
        late += [size] if subprocess.run([sys.executable, __file__, "--only", size], check=False).returncode else []
    print("all within what the issue allows" if not late else f"too slow, or another answer: {', '.join(late)}")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
