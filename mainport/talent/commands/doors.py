# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the commands share: an input that is refused is told, and ends the command."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from mainport.core.terminal import console, fail
from mainport.talent.rules.faults import Refused


@contextmanager
def door(path: Path, *, as_json: bool) -> Iterator[None]:
    """Say what is wrong with an input, and end with exit code 1."""
    try:
        yield
    except Refused as error:
        faults = [asdict(fault) for fault in error.faults]
        fail(f"{path} is refused:\n{error}", as_json=as_json, file=str(path), faults=faults)
    except OSError as error:
        fail(f"{error.filename}: {error.strerror or error}", as_json=as_json, file=str(error.filename))


def say_demo(demo: bool) -> None:
    if demo:
        console.print("[bold]Invented numbers:[/bold] this scenario shows how it works and says nothing of the region.")


def percent(share: float | None, digits: int = 1) -> str:
    return "" if share is None else f"{100 * share:.{digits}f} %"


def people(count: float | None) -> str:
    return "" if count is None else f"{count:,.0f}"
