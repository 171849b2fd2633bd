# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where an index lies: each whole building in a folder of its own, and a file that names the one in use.

A new one is written beside the old and takes its place by one rename, so that a reader never meets half of one.
"""

from __future__ import annotations

import json
import os
import shutil
import time
import uuid
from pathlib import Path

#: Rises with every change of what is stored, so that an older index is built anew.
FORMAT = 1
#: Seconds after which a folder that is not in use is left over, and not being written or read.
LEFT_OVER = 3600


class NoIndex(LookupError):
    """There is no index here, or it is one of another release."""


def current(folder: Path) -> Path:
    """The folder in use."""
    try:
        pointer = json.loads((folder / "current").read_text())
        path = folder / str(pointer["folder"])
    except (OSError, ValueError, LookupError, TypeError) as problem:
        raise NoIndex(f"there is no index in {folder}") from problem
    if pointer.get("format") != FORMAT or not path.is_dir():
        raise NoIndex(f"the index in {folder} is of another release")
    return path


def fresh(folder: Path) -> Path:
    """An empty folder for a new index."""
    path = folder / uuid.uuid4().hex
    path.mkdir(parents=True)
    return path


def put_in_place(folder: Path, name: str) -> None:
    """Let this one be the one in use, and clear away what is left over."""
    draft = folder / f"{name}.current"
    draft.write_text(json.dumps({"folder": name, "format": FORMAT}))
    os.replace(draft, folder / "current")
    for other in folder.iterdir():
        # A young folder may be one that another process is filling, or reading from.
        if other.is_dir() and other.name != name and time.time() - other.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(other, ignore_errors=True)


def state(path: Path | str) -> tuple[int, ...]:
    """Changes when the file does: its moment, its size and its place on the disk."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
