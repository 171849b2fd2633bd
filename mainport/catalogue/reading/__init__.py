# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of a file, read in a process of its own: strangers send files, and one may be made to break its reader.

The process (child.py) has no settings, no database and no secrets, little memory and little time, and may write
nothing. What it can't read within that is refused as a whole.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from mainport.catalogue.rules.files import BadFile, Trouble

#: Between the pages of a text.
PAGE_BREAK = "\f"

_CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Limits:
    """What reading one file may take."""

    seconds: int = 60
    mebibytes: int = 1024
    pages: int = 3000
    signs: int = 3_000_000


@dataclass(frozen=True)
class Words:
    """What a file says: pages apart by PAGE_BREAK. Of `unread` pages or parts there are no words."""

    text: str = ""
    pages: int | None = None
    unread: int = 0


LIMITS = Limits()


def read(path: str | Path, media_type: str, limits: Limits = LIMITS) -> Words:
    """The words of the file at this path. Raises BadFile."""
    told = [media_type, limits.seconds, limits.mebibytes, limits.pages, limits.signs]
    command = [sys.executable, "-I", str(_CHILD), str(Path(path).resolve()), *map(str, told)]
    try:
        done = subprocess.run(  # noqa: S603 -- our own script, by path, without a shell
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            # Longer than the processor's time that the child allows itself: other work may be going on.
            timeout=limits.seconds * 2,
            env={"LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BadFile(Trouble.TOO_SLOW) from error
    header, _newline, text = done.stdout.partition(b"\n")
    try:
        answer = json.loads(header)
    except ValueError:
        # The system ended it: SIGXCPU for its time, another signal or a failed allocation for its memory.
        raise BadFile(Trouble.TOO_SLOW if done.returncode == -24 else Trouble.TOO_HEAVY) from None
    if trouble := answer.get("trouble"):
        raise BadFile(Trouble(trouble))
    # PostgreSQL keeps no NUL in a text.
    said = text.decode("utf-8", "replace").replace("\0", " ")
    return Words(said, answer["pages"], answer["unread"])
