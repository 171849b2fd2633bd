# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A harvest whose process is killed, again and again, ends with the same catalogue as one that never was."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.harvest_server import Kept, Source, served
from tests.other_mainport import ask, ended, start


def _catalogue(folder: Path) -> list[Any]:
    return ask(
        folder,
        "SELECT r.key, r.state, r.titles, r.content, i.identifier, i.sha256, i.deleted"
        " FROM catalogue_rawrecord i LEFT JOIN catalogue_record r ON r.id = i.record_id ORDER BY i.identifier",
    )


def _count(folder: Path) -> tuple[int, int]:
    found = [ask(folder, f"SELECT count(*) FROM catalogue_{name}")[0][0] for name in ("record", "rawrecord")]
    return found[0], found[1]


@pytest.mark.parametrize("changing", [False, True])
def test_killed_in_the_middle_and_taken_up_the_catalogue_is_the_same(tmp_path: Path, changing: bool) -> None:
    source = Source(size=20).add(1000)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    for folder in (whole, broken):
        ended(start(folder, "migrate"))
    with served(source) as url:
        source.pause = 0.03
        kills = 0
        for _turn in range(3):
            before = len(source.asked)
            process = start(broken, "catalogue", "harvest", url, "--name", "source", "--json")
            end = time.monotonic() + 60
            while len(source.asked) < before + 9 and process.poll() is None and time.monotonic() < end:
                time.sleep(0.005)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.communicate()
            records, raw = _count(broken)
            assert raw >= records >= 20
            assert changing or (records == raw and records % 20 == 0)
            if changing:
                source.records[f"oai:test:{kills}"] = Kept(f"Changed {kills}", f"2026-01-0{kills + 1}T00:00:00Z")
                source.records[f"oai:test:{kills + 100}"] = Kept("", f"2026-01-0{kills + 1}T00:00:01Z", deleted=True)
        assert kills == 3
        source.pause = 0
        found = ended(start(broken, "catalogue", "harvest", url, "--name", "source", "--json"))
        assert found["state"] == "complete"
        if changing:
            source.now = "2026-01-20T00:00:00Z"
            ended(start(broken, "catalogue", "harvest", "source", "--whole", "--json"))
        else:
            assert (found["new"], found["same"], found["changed"]) == (1000, 0, 0)
        ended(start(whole, "catalogue", "harvest", url, "--name", "source", "--json"))
    known = [row for row in _catalogue(broken) if row[0] is not None and not row[6]]
    assert [row[2:] for row in known] == [row[2:] for row in _catalogue(whole) if row[0] is not None]
    assert len(known) == len([one for one in source.records.values() if not one.deleted])
    if not changing:
        assert _catalogue(broken) == _catalogue(whole)
