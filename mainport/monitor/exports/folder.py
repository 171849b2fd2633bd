# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""All tables in all open formats in a folder, with an index and checksums.

The folder is written whole beside the old one and takes its place at once; of what changed, each table's
folder takes the place of its old one, and the index comes last.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from mainport.monitor.exports import csvw, jsonstat, sdmx_json, sdmx_ml
from mainport.monitor.exports.prepared import Edition, Prepared, prepare
from mainport.monitor.models import Dataset
from mainport.monitor.queries.observations import Calendar
from mainport.monitor.queries.observations import lines as read
from mainport.monitor.rules.open_sdg import indicator_progress, progress_of

INDEX = "index.json"
#: Raised when the same table would be written otherwise: then everything is written anew.
FORMAT = 2
#: Series that are written at once.
_BATCH = 512
#: Descriptions that are read at once.
_AT_ONCE = 50


class NotOurs(ValueError):
    """The folder holds something else; what is in it stays."""


@dataclass
class Published:
    """What was written, and what was there already or is gone."""

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    removed: list[str] = field(default_factory=list)
    files: int = 0
    size: int = 0


#: The files of a table: name, media type, and who writes it.
_FILES: dict[str, tuple[str, Callable[[Prepared], Iterable[str]]]] = {
    "observations.csv": ("text/csv; charset=utf-8; header=present", csvw.write),
    "codes.csv": ("text/csv; charset=utf-8; header=present", csvw.codes),
    "observations.csv-metadata.json": (
        "application/csvm+json",
        lambda ready: [csvw.metadata(ready, "observations.csv", "codes.csv")],
    ),
    "jsonstat.json": ("application/json", jsonstat.write),
    "sdmx.json": ("application/vnd.sdmx.data+json;version=2.0.0", sdmx_json.write),
    "sdmx-data.xml": ("application/vnd.sdmx.structurespecificdata+xml;version=2.1", sdmx_ml.write),
    "sdmx-structure.xml": ("application/vnd.sdmx.structure+xml;version=2.1", sdmx_ml.structure),
}


def publish(
    out: Path,
    *,
    site_url: str,
    changed: bool = False,
    step: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> Published:
    """Write every table to the folder `out`, or only what differs from what is there. Raises NotOurs.

    Stopped half-way, a whole edition leaves the old one as it was; one of what changed leaves what it had
    done, and goes on from there the next time.
    """
    index = _index(out)
    latest: dict[str, int | None] = dict(Dataset.objects.order_by("key").values_list("key", "changed_in"))
    if changed and index.get("format") == FORMAT:
        return _renew(out, index["datasets"], latest, site_url, step)
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    try:
        done = Published()
        entries = dict(_tables(beside, list(latest), site_url, done, step))
        _write_index(beside, entries)
        _open_up(beside)
        _take_place(beside, out)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return done


def _index(out: Path) -> dict[str, Any]:
    """The index of what is there, {} where nothing is. Raises NotOurs."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    try:
        index = json.loads((out / INDEX).read_bytes())
        if index["generator"] == "Mainport" and isinstance(index["datasets"], dict):
            return dict(index)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise NotOurs(f"{out} exists and isn't a publication of Mainport; choose another folder")


def _renew(
    out: Path,
    entries: dict[str, Any],
    latest: dict[str, int | None],
    site_url: str,
    step: Callable[[str, int, int], None],
) -> Published:
    done = Published()
    todo = [key for key, fetch in latest.items() if entries.get(key, {}).get("fetch") != fetch]
    done.removed = [key for key in entries if key not in latest]
    done.unchanged = len(latest) - len(todo)
    if not todo and not done.removed:
        return done
    beside = Path(tempfile.mkdtemp(dir=out, prefix=".new-"))
    try:
        for key, entry in _tables(beside, todo, site_url, done, step):
            _open_up(beside / key)
            _take_place(beside / key, out / key)
            entries[key] = entry
        for key in done.removed:
            shutil.rmtree(out / key, ignore_errors=True)
            del entries[key]
    finally:
        _write_index(out, entries)
        shutil.rmtree(beside, ignore_errors=True)
    return done


def _tables(
    folder: Path, keys: list[str], site_url: str, done: Published, step: Callable[[str, int, int], None]
) -> Iterator[tuple[str, dict[str, Any]]]:
    calendar = Calendar.read() if keys else None
    wanted = Dataset.objects.select_related("changed_in", "feed").order_by("key")
    for number, dataset in enumerate(_in_turn(wanted, keys)):
        key = dataset.key
        step(key, number, len(keys))
        entry = _table(folder / key, dataset, calendar, site_url)
        done.written.append(key)
        done.files += len(entry["files"])
        done.size += sum(file["bytes"] for file in entry["files"].values())
        yield key, entry


def _in_turn(wanted: QuerySet[Dataset], keys: list[str]) -> Iterator[Dataset]:
    """Some at a time: a description may have thousands of codes, and a query for each would cost as much."""
    for start in range(0, len(keys), _AT_ONCE):
        yield from wanted.filter(key__in=keys[start : start + _AT_ONCE])


def _table(folder: Path, dataset: Dataset, calendar: Calendar | None, site_url: str) -> dict[str, Any]:
    lines = read(dataset, calendar=calendar)
    at = dataset.changed_in.at if dataset.changed_in else None
    ready = prepare(lines, Edition(at=at, site_url=site_url, demo=dataset.feed.demo) if at else None)
    folder.mkdir()
    entry: dict[str, Any] = {
        "title": dataset.title,
        "language": dataset.language,
        "licence": dataset.licence,
        **({"demo": True} if dataset.feed.demo else {}),
        "publisher": dataset.publisher,
        "fetch": dataset.changed_in_id,
        "changed": at.isoformat() if at else None,
        "series": len(lines.lines),
        "observations": sum(map(len, lines.lines.values())),
        "files": {
            name: {"type": media_type, **_write(folder / name, write(ready))}
            for name, (media_type, write) in _FILES.items()
        },
    }
    if progress := progress_of(lines):
        entry["progress"] = progress
    if whole := indicator_progress(lines):
        entry["progress_of_indicator"] = whole
    return entry


def _write(path: Path, pieces: Iterable[str]) -> dict[str, Any]:
    size, digest, rest = 0, hashlib.sha256(), iter(pieces)
    # Without Python's layers of files: most files are one piece, and there are thousands.
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        while batch := "".join(islice(rest, _BATCH)):
            content = batch.encode()
            digest.update(content)
            size += len(content)
            left = memoryview(content)
            while left:
                left = left[os.write(file, left) :]
    finally:
        os.close(file)
    return {"bytes": size, "sha256": digest.hexdigest()}


def _write_index(folder: Path, entries: dict[str, Any]) -> None:
    index = {"generator": "Mainport", "format": FORMAT, "datasets": dict(sorted(entries.items()))}
    beside = folder / f".{INDEX}"
    beside.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    beside.replace(folder / INDEX)


def _open_up(folder: Path) -> None:
    """A temporary folder is its owner's alone; what is published is as readable as any other that the owner makes."""
    mask = os.umask(0)
    os.umask(mask)
    folder.chmod(0o777 & ~mask)


def _take_place(new: Path, old: Path) -> None:
    if not old.exists():
        new.rename(old)
        return
    away = Path(tempfile.mkdtemp(dir=old.parent, prefix=f".{old.name}."))
    old.rename(away / "old")
    try:
        new.rename(old)
    except BaseException:
        (away / "old").rename(old)
        raise
    finally:
        shutil.rmtree(away, ignore_errors=True)
