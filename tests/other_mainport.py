# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Another Mainport: a process of its own with a database of its own, filled, changed and served for a test.

As a command it writes in the database of MAINPORT_DATA_DIR: `fill` and `change`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[1]


def environment(folder: Path, **more: str) -> dict[str, str]:
    """The settings of a Mainport with its data in this folder, whatever those of the tests are."""
    folder.mkdir(exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    own = {"MAINPORT_DATA_DIR": str(folder), "MAINPORT_FEEDS_ALLOW_LOOPBACK": "1", "PYTHONPATH": str(ROOT)}
    return kept | own | more


def start(folder: Path, *words: str, **more: str) -> subprocess.Popen[bytes]:
    """A command of that Mainport, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "mainport", *words],
        env=environment(folder, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(folder: Path, *words: str) -> dict[str, Any]:
    """A command of that Mainport, to its end; what it says with --json."""
    return ended(start(folder, *words))


def ended(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err.decode() + out.decode()
    return dict(json.loads(out)) if out.strip().startswith(b"{") else {}


def write(folder: Path, deed: str, *words: str) -> None:
    """Fill or change its database, by the actions themselves."""
    subprocess.run(
        [sys.executable, "-m", "tests.other_mainport", deed, *words], check=True, env=environment(folder), cwd=ROOT
    )


def ask(folder: Path, sql: str) -> list[Any]:
    with sqlite3.connect(folder / "mainport.sqlite3") as database:
        return database.execute(sql).fetchall()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "mainport", "serve", "--port", str(port), "--workers", "1"],
        env=environment(folder, MAINPORT_URL=url, MAINPORT_API_RATE="100000"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(f"{url}/oai?verb=Identify", process)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended"
        try:
            with urlopen(url, timeout=20) as answer:
                answer.read()
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("the server doesn't answer")


# --- In the other process ---


def fill(count: int) -> None:
    """Works and courses of every sort, with all that they can say."""
    from dataclasses import replace

    from mainport.catalogue.actions import records
    from mainport.catalogue.actions.records import Item
    from mainport.catalogue.rules.works import Identifier, Scheme, WorkType
    from tests import works

    kinds = list(WorkType)
    items = []
    for number in range(count):
        if number % 10 == 9:
            offerings = tuple(
                replace(one, identifier=f"o{number}-{place}", of=f"c{number}")
                for place, one in enumerate(works.COURSE.offerings)
            )
            titles = {"nl": f"Cursus {number}", "en": f"Course {number}"}
            value: Any = replace(works.COURSE, identifier=f"c{number}", titles=titles, offerings=offerings)
        else:
            value = replace(
                works.THESIS,
                titles={"nl": f"Werk {number} <over> warmte & licht", "en": f"Work {number}"},
                type=kinds[number % len(kinds)],
                identifiers=(Identifier(Scheme.DOI, f"10.5555/work.{number}"),),
            )
        items.append(Item(value, key=f"record-{number}"))
    for begin in range(0, count, 500):
        records.put_many(items[begin : begin + 500])


def change() -> None:
    """Changes, withdrawals, a merger and a new record."""
    from dataclasses import replace

    from mainport.catalogue.actions import merging, records
    from mainport.catalogue.models import Record
    from mainport.catalogue.queries.records import value
    from mainport.core.rules.permissions import system
    from tests import works

    by = system("tests")
    one = {record.key: record for record in Record.objects.filter(key__in=[f"record-{n}" for n in range(40)])}
    for number in range(8):
        record = one[f"record-{number}"]
        records.put(by=by, value=replace(value(record), titles={"nl": f"Veranderd {number}"}), record=record)
    for number in range(10, 18):
        records.withdraw(by=by, record=one[f"record-{number}"], why="tests")
    merging.merge(by=by, first=one["record-20"], second=one["record-21"], reason="by hand")
    records.put(by=by, value=replace(works.THESIS, identifiers=(), titles={"nl": "Nieuw"}), key="brand-new")


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "mainport.config.settings"
    import django

    django.setup()
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        change()
