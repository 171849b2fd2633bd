# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The metadata of an indicator: the front matter of a page, a YAML file or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import yaml

from mainport.monitor.feeds.open_sdg.data import Fault

#: Fields that name an indicator, the best first; one that is a key of a translation names nothing.
_TITLES = ("graph_title", "national_indicator_available", "indicator_available", "indicator_name", "title")


class _Loader(yaml.CSafeLoader):
    """YAML as it is written, also a date: it is metadata to keep, not to count with."""


def read_meta(file: str, content: bytes, faults: list[Fault]) -> dict[str, Any]:
    """The fields of one file of metadata; what can't be read is a fault, and gives none."""
    text = content.decode("utf-8-sig", errors="replace")
    suffix = PurePosixPath(file).suffix
    if suffix == ".csv":
        return {row[0].strip(): row[1] for row in csv.reader(io.StringIO(text)) if len(row) >= 2}
    if suffix == ".md":
        # The front matter stands between two lines of three dashes; the page itself comes after.
        parts = text.replace("\r\n", "\n").split("\n---", 1)
        text = parts[0].removeprefix("---")
        if len(parts) == 2 and (body := parts[1].strip("-\n ")):
            return _with_page(_yaml(file, text, faults), body)
    return _yaml(file, text, faults)


def _with_page(fields: dict[str, Any], body: str) -> dict[str, Any]:
    return {**fields, "page_content": body}


def _yaml(file: str, text: str, faults: list[Fault]) -> dict[str, Any]:
    # Aliases can make a small file unfold to gigabytes; metadata has no use for them.
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in _events(text)):
            raise ValueError("it has YAML aliases")
        fields = yaml.load(text, _Loader)  # noqa: S506 -- a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.append(Fault(file, 0, "metadata", "", f"isn't readable YAML: {' '.join(str(error).split())}"))
        return {}
    if fields is None:
        return {}
    if not isinstance(fields, dict):
        faults.append(Fault(file, 0, "metadata", str(fields)[:80], "isn't a list of fields with values"))
        return {}
    return {str(name): plain(value) for name, value in fields.items()}


def _events(text: str) -> Any:
    return yaml.parse(text, _Loader) if "*" in text else ()


def plain(value: Any) -> Any:
    """The same in what JSON knows."""
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | set | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def title_of(meta: Mapping[str, Any], indicator: str) -> str:
    for name in _TITLES:
        title = meta.get(name)
        if isinstance(title, str) and title.strip() and not title.startswith(("global_", "custom.", "data.")):
            return " ".join(title.split())
    return f"Indicator {indicator.replace('-', '.')}"


def words_of(meta: Mapping[str, Any], *names: str) -> str:
    """The first of these fields that says something."""
    return next((text for name in names if (text := meta.get(name)) and isinstance(text, str)), "")
