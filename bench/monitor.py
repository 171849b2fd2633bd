# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The monitor's speed, beside Open SDG's own: a repository in and out, one changed value, millions of observations.

The peer is sdg-build 2.3.0 on the same repository (ONSdigital/sdg-data at b68b9d92: 277 indicators, 170,815
rows), as published in the issue of the monitor: 38 CPU seconds for its core (data, metadata, statistics) and
115 in full, with 194 to 280 MB. Ours are CPU seconds, of user and system, of whole processes: Python's start
is in them.

    python bench/monitor.py [--observations 2000000] [--repeat 3] [--archive PATH]

What is written goes to --folder, by default one that the system gives: on some disks making files costs more
than what is in them.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEER_CORE, PEER_FULL, PEER_MEMORY = 38.0, 115.0, "194-280 MB"
ARCHIVE = Path(__file__).resolve().parents[2] / "shared/data/open-sdg/ons-uk-sdg-data.tar.gz"
#: Observations of one table of the invented ones: 1000 series over 20 years of months.
SERIES, MONTHS = 1000, 240
#: What the issue allows, in CPU seconds.
MOST_BOTH, MOST_CHANGE, MOST_PAGE = PEER_CORE / 10, 0.05, 0.1


@dataclass(frozen=True)
class Cost:
    cpu: float
    memory: float = 0.0  # MB


def command(*arguments: str) -> Cost:
    """Run `mainport` with these arguments, and what it cost."""
    program = (
        "import resource, sys; from mainport.config.cli import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, int(done.stderr.split()[-1]) / 1024)


def in_process(do: Callable[[int], Any], repeat: int) -> Cost:
    """The least CPU seconds of some repetitions in this process."""
    best = float("inf")
    for number in range(repeat):
        begin = time.process_time()
        do(number)
        best = min(best, time.process_time() - begin)
    return Cost(best)


def repository(archive: Path, folder: Path, repeat: int) -> tuple[Cost, Cost]:
    """The two commands, each time on an empty database; the cheapest pair. The last state stays."""
    pairs = []
    for number in range(repeat):
        os.environ["MAINPORT_DATA_DIR"] = str(folder / f"data-{number}")
        command("migrate")
        taken = command("monitor", "import", "open-sdg", str(archive), "--name", "uk", "--json")
        pairs.append((taken, command("monitor", "publish", "--out", str(folder / f"out-{number}"), "--json")))
    return min(pairs, key=lambda pair: pair[0].cpu + pair[1].cpu)


def new_fetch(feed: Any) -> Any:
    from django.utils import timezone

    from mainport.monitor.models import Fetch

    return Fetch.objects.create(feed=feed, at=timezone.now(), outcome="stored", code_version="bench", by_name="bench")


def one_change(out: Path, repeat: int) -> Cost:
    """Store one changed value of one indicator, and publish what changed."""
    from dataclasses import replace

    from mainport.core.rules.permissions import system
    from mainport.monitor import queries
    from mainport.monitor.actions import store
    from mainport.monitor.exports.folder import publish
    from mainport.monitor.models import Dataset, Feed

    table = queries.lines(Dataset.objects.get(key="uk-1-2-1"))
    key, line = next(iter(table.lines.items()))
    period = next(iter(line))
    feed = Feed.objects.get(key="uk")

    def change(number: int) -> None:
        changed = replace(table, lines={**table.lines, key: {**line, period: (1000.0 + number, None, 0, 0)}})
        store(by=system("bench"), fetch=new_fetch(feed), tables=[changed])
        assert publish(out, site_url="http://localhost:8000", changed=True).written == ["uk-1-2-1"]

    return in_process(change, repeat + 2)


def invented(tables: int) -> Iterator[Any]:
    """Tables of invented values by month, place and measure."""
    from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role

    places = tuple(Code(f"GM{n:04}", f"Place {n}") for n in range(SERIES // 4))
    months = [f"{2000 + m // 12}MM{m % 12 + 1:02}" for m in range(MONTHS)]
    measures = tuple(Measure(f"M{n}", f"Measure {n}", "number") for n in range(4))
    for number in range(tables):
        yield Lines(
            key=f"invented-{number}",
            title=f"Invented table {number}",
            dimensions=(
                Dimension("RegioS", "Place", Role.GEO, places),
                Dimension("Perioden", "Period", Role.TIME, tuple(Code(m, m) for m in months)),
            ),
            measures=measures,
            lines={
                (measure.key, place.key): {m: (float(n * 7919 % 10_007), None, 0, 3) for n, m in enumerate(months)}
                for measure in measures
                for place in places
            },
        )


def millions(observations: int) -> tuple[int, Cost]:
    """Store so many observations; how many it became, and what that cost."""
    from mainport.core.rules.permissions import system
    from mainport.monitor.actions import store
    from mainport.monitor.models import Feed

    feed = Feed.objects.create(key="invented", format="sheet", title={"en": "Invented"}, demo=True)
    begin, stored = time.process_time(), 0
    tables = max(1, round(observations / (SERIES * MONTHS)))
    for number, table in enumerate(invented(tables), 1):
        stored += store(by=system("bench"), fetch=new_fetch(feed), tables=[table]).observations
        if sys.stderr.isatty():
            print(f"\r{number} of {tables} tables, {stored:,} observations", end="", file=sys.stderr)
    return stored, Cost(time.process_time() - begin)


def reading(repeat: int) -> dict[str, Cost]:
    """What the page of an indicator reads: two series with their values, now, as on a day, and every revision."""
    from django.utils import timezone

    from mainport.monitor import queries

    def ids() -> list[int]:
        return [queries.series("invented-0", "M1", place)[0].pk for place in ("GM0014", "GM0114")]

    def now(_: int) -> None:
        assert len(queries.values(ids())) == 2 * MONTHS

    def then(_: int) -> None:
        assert len(queries.values(ids(), timezone.now())) == 2 * MONTHS

    def revisions(_: int) -> None:
        assert len(queries.history(ids()[0])) == MONTHS

    return {
        "read an indicator": in_process(now, repeat + 2),
        "read it as on a day": in_process(then, repeat + 2),
        "read its revisions": in_process(revisions, repeat + 2),
    }


def set_up(folder: Path) -> None:
    os.environ["MAINPORT_DATA_DIR"] = str(folder)
    os.environ["MAINPORT_LOG_LEVEL"] = "ERROR"
    os.environ["DJANGO_SETTINGS_MODULE"] = "mainport.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def show(name: str, cost: Cost, peer: float | None = None, most: float | None = None) -> bool:
    """Print one line; whether it keeps to what the issue allows."""
    ratio = f"{peer / cost.cpu:6.1f} x less than the peer's {peer:g}" if peer else ""
    memory = f"{cost.memory:6.0f} MB" if cost.memory else " " * 9
    kept = most is None or cost.cpu <= most
    print(f"{name:34} {cost.cpu:8.3f} {memory}   {ratio}{'' if kept else f'   over {most:g}'}")
    return kept


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--observations", type=int, default=2_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--archive", type=Path, default=ARCHIVE)
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory(prefix="mainport-bench-", dir=arguments.folder) as name:
        folder = Path(name)
        print(f"{'what':34} {'CPU s':>8} {'memory':>9}")
        there = arguments.archive.is_file()
        if there:
            taken, published = repository(arguments.archive, folder, arguments.repeat)
            show("import open-sdg", taken)
            show("publish", published)
            both = Cost(taken.cpu + published.cpu, max(taken.memory, published.memory))
            kept &= show("both", both, PEER_CORE, MOST_BOTH)
            show("both, beside the peer in full", both, PEER_FULL)
        else:
            print(f"no {arguments.archive}: the peer's repository is left out")
        # The last state of the commands, or an empty one.
        set_up(folder / (f"data-{arguments.repeat - 1}" if there else "data"))
        if there:
            kept &= show("one changed value", one_change(folder / f"out-{arguments.repeat - 1}", 3), None, MOST_CHANGE)
        stored, cost = millions(arguments.observations)
        show(f"store {stored:,} observations", cost)
        for what, cost in reading(3).items():
            kept &= show(what, cost, None, MOST_PAGE)
        print(f"The peer: {PEER_CORE:g} CPU s core, {PEER_FULL:g} in full, {PEER_MEMORY}; all anew for one change.")
        from django.db import connections

        connections.close_all()
    if not kept:
        raise SystemExit("slower than the issue allows")


if __name__ == "__main__":
    main()
