# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport monitor assess`: verdicts on a file of cases, without database."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import click

from mainport.core.terminal import console, emit, fail, json_option
from mainport.monitor.rules.assessment_file import BadRows, assess_file


@click.command()
@click.option("--in", "source", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The CSV file.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@json_option
def assess(source: Path, out: Path, as_json: bool) -> None:
    """Say for each row of a CSV file whether its pace suffices.

    Columns: base_value, base_year, current_value, current_year, target_value and target_year (both empty where
    there is no target), direction (positive or negative); base_margin and current_margin where they are known.
    Added: ratio (growth that was over growth that is needed; without a target, growth a year), status, method,
    linear, low, high, notes. A file with any fault is refused whole, and nothing is written.
    """
    try:
        content, verdicts = assess_file(source.read_text("utf-8"))
        out.write_bytes(content.encode())
    except BadRows as error:
        faults = [asdict(fault) for fault in error.faults]
        fail(f"{source} is refused, nothing was written:\n{error}", as_json=as_json, file=str(source), faults=faults)
    except UnicodeDecodeError as error:
        fail(f"{source} isn't text in UTF-8: {error.reason} at byte {error.start}", as_json=as_json, file=str(source))
    except OSError as error:
        fail(f"{error.filename}: {error.strerror or error}", as_json=as_json, file=str(error.filename))
    else:
        tally = Counter(verdict.status.value for verdict in verdicts)
        data = {"file": str(out), "rows": len(verdicts), "statuses": dict(tally)}
        words = ", ".join(f"{count} {status.replace('_', ' ')}" for status, count in tally.items())
        emit(data, as_json=as_json, show=lambda: console.print(f"Wrote {out}: {words or 'no rows'}."))
