# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One Mainport harvests another to an equal catalogue: killed in the middle, with records that change meanwhile."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tests.other_mainport import ask, ended, run, served, start, write

COUNT = 1200


def _kept(folder: Path) -> dict[str, Any]:
    """What each public record says, by its key."""
    rows = ask(
        folder, "SELECT key, kind, content FROM catalogue_record WHERE state = 'published' AND merged_into_id IS NULL"
    )
    return {key: (kind, _said(content)) for key, kind, content in rows}


def _taken(folder: Path) -> dict[str, Any]:
    """What each public record says, by the key that it had at its source."""
    rows = ask(
        folder,
        "SELECT i.identifier, r.kind, r.content"
        " FROM catalogue_rawrecord i JOIN catalogue_record r ON r.id = i.record_id"
        " WHERE r.state = 'published' AND r.merged_into_id IS NULL",
    )
    return {identifier.rpartition(":")[2]: (kind, _said(content)) for identifier, kind, content in rows}


def _said(content: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(content)
    found.pop("provenance", None)
    return found


def test_an_equal_catalogue_also_when_killed_and_with_changes_meanwhile(tmp_path: Path) -> None:
    source, broken, whole = tmp_path / "source", tmp_path / "broken", tmp_path / "whole"
    for folder in (source, broken, whole):
        run(folder, "migrate")
    write(source, "fill", str(COUNT))
    with served(source) as url:
        process = start(broken, "catalogue", "harvest", f"{url}/oai", "--name", "other", "--json")
        end = time.monotonic() + 120
        while time.monotonic() < end and process.poll() is None:
            if ask(broken, "SELECT count(*) FROM catalogue_record")[0][0]:
                break
            time.sleep(0.01)
        process.kill()
        process.communicate()
        taken = ask(broken, "SELECT count(*) FROM catalogue_record")[0][0]
        assert 0 < taken < COUNT
        write(source, "change")
        assert run(broken, "catalogue", "harvest", "other", "--json")["state"] == "complete"
        found = run(broken, "catalogue", "harvest", "other", "--json")
        assert found["state"] == "complete"
        assert found["whole"] is False
        assert _taken(broken) == _kept(source)
        found = ended(start(whole, "catalogue", "harvest", f"{url}/oai", "--json"))
        assert (found["state"], found["refused"]) == ("complete", 0)
        assert _taken(whole) == _kept(source)
        assert len(_kept(source)) == COUNT - 8 - 1 + 1
