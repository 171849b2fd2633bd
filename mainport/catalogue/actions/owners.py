# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which process is at a harvest, and whether it still lives: so that one that was killed can be followed at once."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def this(token: str) -> dict[str, Any]:
    """This process, as a harvest keeps it."""
    return {"token": token, "host": socket.gethostname(), "pid": os.getpid(), "born": _born(os.getpid())}


def is_alive(owner: Mapping[str, Any]) -> bool:
    """Whether that process may still be at it: of another machine nobody here knows, so that it may."""
    if owner.get("host") != socket.gethostname():
        return True
    pid = owner.get("pid")
    if not isinstance(pid, int) or pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return _born(pid) == owner.get("born")


def _born(pid: int) -> str:
    """When a process began, where the system tells: its number is given again to another."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
