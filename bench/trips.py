# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What it costs to add raw trips up to pairs of zones, by each engine of `mainport region aggregate`.

The peer is what an analyst would write by hand: polars' own group_by on the same files, which looks at nothing. Each
runs in a process of its own, of which processor time (that of Java included) and memory are told: on a busy machine
the clock says little. Spark is there for files that one machine doesn't read in time; on one machine it costs more,
and how much more is told.

    python bench/trips.py [--trips 2000000] [--files 8] [--zones 4000] [--folder KEPT]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import polars as pl

#: At most so many times the processor time of the peer.
MOST = 4.0
WAYS = ("peer", "local", "spark")


def synthetic(folder: Path, trips: int, files: int, zones: int, seed: int = 1) -> None:
    """Files of trips with a weight and a purpose: half of them stay in their zone, most others go near."""
    folder.mkdir(parents=True, exist_ok=True)
    codes = np.array([f"Z{zone:05}" for zone in range(zones)])
    for number in range(files):
        chance = np.random.default_rng((seed, number))
        each = trips // files
        home = chance.integers(0, zones, each)
        stays = chance.random(each) < 0.5
        work = np.where(stays, home, (home + chance.geometric(0.02, each)) % zones)
        pl.DataFrame(
            {
                "trip": np.arange(each) + number * each,
                "home": codes[home],
                "work": codes[work],
                "weight": np.round(chance.uniform(0.5, 2, each), 3),
                "purpose": np.array(["work", "study", "shopping"])[chance.integers(0, 3, each)],
            }
        ).write_csv(folder / f"trips{number:03}.csv")


def peer(folder: Path) -> tuple[pl.DataFrame, float]:
    """Polars alone."""
    found = (
        pl.scan_csv(folder / "*.csv")
        .group_by("home", "work")
        .agg(pl.col("weight").sum().alias("amount"))
        .collect(engine="streaming")
    )
    return found, 0.0


def engine(name: str) -> Callable[[Path], tuple[pl.DataFrame, float]]:
    """One of ours; the second number is processor time outside this process."""

    def run(folder: Path) -> tuple[pl.DataFrame, float]:
        from mainport.region.feeds.trips import adding, files
        from mainport.region.feeds.trips.local import Local
        from mainport.region.feeds.trips.spark import Spark
        from mainport.region.rules.aggregation import PARTS, Question

        question = Question("home", "work", "weight")
        using: Any = Spark("local[2]") if name == "spark" else Local()
        with tempfile.TemporaryDirectory() as keep:
            added = adding.add_up(files.look(files.find([str(folder)]), question), question, using, Path(keep))
        outside = 0.0
        if name == "spark":
            java = Path(f"/proc/{using._session.sparkContext._gateway.proc.pid}/stat").read_text()
            # After the name, which may hold blanks: fields 14 and 15 of proc(5).
            outside = sum(map(int, java.rpartition(")")[2].split()[11:13])) / os.sysconf("SC_CLK_TCK")
        using.close()
        amount = (pl.col("whole") + pl.col("parts") / PARTS).alias("amount")
        return added.sums.select("home", "work", amount), outside

    return run


def only(way: str, folder: Path) -> None:
    """One way, in this process: what it cost and what came out, as JSON."""
    began = time.perf_counter()
    found, outside = peer(folder) if way == "peer" else engine(way)(folder)
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = found.sort("home", "work")
    told = {
        "seconds": took,
        "processor": used.ru_utime + used.ru_stime + outside,
        "megabytes": used.ru_maxrss / 1024,
        "pairs": found.height,
        "sum": round(found["amount"].sum(), 3),
        "hash": int(found.select(pl.concat_str("home", "work", pl.col("amount").round(3)).hash(1).sum()).item()),
    }
    print(json.dumps(told))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--trips", type=int, default=2_000_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--zones", type=int, default=4_000)
    parser.add_argument("--folder", type=Path, help="Where the files are made, and kept for a next run.")
    parser.add_argument("--only", choices=WAYS, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp())
    if asked.only:
        only(asked.only, folder)
        return 0
    try:
        if not list(folder.glob("*.csv")):
            synthetic(folder, asked.trips, asked.files, asked.zones)
        size = sum(path.stat().st_size for path in folder.glob("*.csv")) / 1e6
        print(f"{asked.trips:,} trips between {asked.zones:,} zones, {asked.files} files of {size:,.0f} MB together")
        return compared(folder)
    finally:
        if not asked.folder:
            shutil.rmtree(folder)


def compared(folder: Path) -> int:
    """Print each way beside the peer; 1 where the sums differ or the engine of one machine costs too much."""
    found: dict[str, dict[str, Any]] = {}
    for way in WAYS:
        if way == "spark" and (importlib.util.find_spec("pyspark") is None or not shutil.which("java")):
            print("spark    not here: install mainport[spark] and Java 17")
            continue
        words = [sys.executable, __file__, "--only", way, "--folder", str(folder)]
        told = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
        found[way] = told
        ratio = told["processor"] / found["peer"]["processor"]
        print(
            f"{way:8} {told['seconds']:7.1f} s   {told['processor']:7.1f} s of processor ({ratio:.1f} times the peer)"
            f"   {told['megabytes']:,.0f} MB{' without Java' if way == 'spark' else ''}   {told['pairs']:,} pairs"
        )
    same = len({(told["pairs"], told["sum"], told["hash"]) for told in found.values()}) == 1
    dear = found["local"]["processor"] > MOST * found["peer"]["processor"]
    print(
        "all the same sums" if same else "the sums differ",
        "" if not dear else f"; local is over {MOST:g} times the peer",
    )
    return int(dear or not same)


if __name__ == "__main__":
    sys.exit(main())
