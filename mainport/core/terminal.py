# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What every subcommand shares: `--json`, tables, and errors that say what to do."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    #: People read this on standard error, so that standard output stays what was asked for.
    console: Console


def __getattr__(name: str) -> Any:
    """`console`: made when somebody writes on it, since a command may have nothing to say but JSON."""
    if name == "console":
        return _console()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _console() -> Console:
    from rich.console import Console

    return Console(stderr=True)


json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def emit(data: Any, *, as_json: bool, show: Callable[[], None]) -> None:
    """Print the result: as JSON on standard output, or as `show` shows it to a person."""
    if as_json:
        json.dump(data, sys.stdout, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write("\n")
    else:
        show()


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """Print a table on standard output; what doesn't fit goes on below, so that nothing is cut off."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=title, title_justify="left")
    for column in columns:
        shown.add_column(column, overflow="fold")
    for row in rows:
        shown.add_row(*("" if cell is None else str(cell) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(shown)


def fail(message: str, *, as_json: bool, **details: Any) -> None:
    """End with exit code 1 and say why: on standard error, and as JSON where that was asked for."""
    if as_json:
        json.dump({"error": message, **details}, sys.stdout, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write("\n")
    raise click.ClickException(message)
