# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A whole repository: its configuration, its indicators, and a table for each that has data."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from mainport.monitor.feeds.open_sdg.columns import Conventions
from mainport.monitor.feeds.open_sdg.data import Data, Fault, NoData, read_data
from mainport.monitor.feeds.open_sdg.meta import plain, read_meta, title_of, words_of
from mainport.monitor.feeds.open_sdg.repository import Refused
from mainport.monitor.rules.tables import Lines

#: Raised when the same files would be read to something else: then every file is read again.
VERSION = "1"
_META = (".md", ".yml", ".yaml", ".csv")


@dataclass
class Repository:
    """What was read. `unchanged` are the keys of tables whose files are as they were last time."""

    tables: list[Lines] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    #: Number of indicators, those of them without data with the reason, and rows read.
    indicators: int = 0
    without_data: dict[str, str] = field(default_factory=dict)
    rows: int = 0


def read(
    found: Mapping[str, bytes],
    name: str,
    known: Mapping[str, str] | None = None,
    licence: str = "",
    step: Callable[[str, int, int], None] = lambda what, done, of: None,
) -> Repository:
    """Read the files of a repository, as `files` gives them. Its tables are named after `name` and their indicator.

    `known` gives the digest that a table of an earlier time bears in `extra["digest"]`; where its files
    are still the same it isn't read again. A file with faults never bears one, so that its faults are told
    each time. `step` hears of each file. Raises Refused.
    """
    reading = _Reading(name, found, known or {}, licence)
    data = sorted(file for file in found if PurePosixPath(file).parent == reading.source / "data")
    data = [file for file in data if file.endswith(".csv")]
    for number, file in enumerate(data):
        step(file, number, len(data))
        reading.table(file)
    reading.finish()
    return reading.result


def indicator_of(file: str) -> str:
    """The indicator that a file is about: data/indicator_1-1-1.csv and meta/1-1-1.md are about 1-1-1."""
    return PurePosixPath(file).stem.removeprefix("indicator_")


class _Reading:
    def __init__(self, name: str, found: Mapping[str, bytes], known: Mapping[str, str], licence: str) -> None:
        self.name, self.found, self.known, self.licence = name, found, known, licence
        self.result = Repository()
        config = self._config("config_data.yml")
        self.source = PurePosixPath(str(config.get("src_dir") or "."))
        if self.source.is_absolute() or ".." in self.source.parts:
            raise Refused(f"config_data.yml sets src_dir to {self.source}, outside the repository")
        languages = config.get("languages")
        self.languages = [str(item) for item in languages] if isinstance(languages, list) and languages else ["en"]
        sdmx = config.get("sdmx_output_global")
        sdmx = sdmx if isinstance(sdmx, dict) else {}
        self.conventions = Conventions.of(config, self._rows(sdmx.get("column_map")), self._rows(sdmx.get("code_map")))
        self.shared = hashlib.sha256(
            b"\0".join([VERSION.encode(), name.encode(), licence.encode(), repr(self.conventions).encode()])
        ).digest()
        self.metas = self._files_of("meta")
        self.configs = self._files_of("indicator-config")
        self.translations = [(language, self._files_of(f"meta/{language}")) for language in self.languages[1:]]

    def _config(self, file: str) -> dict[str, Any]:
        return read_meta(file, self.found[file], self.result.faults) if file in self.found else {}

    def _rows(self, file: Any) -> list[list[str]]:
        content = self.found.get(str(file)) if file else None
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig", errors="replace")))) if content else []

    def _files_of(self, folder: str) -> dict[str, str]:
        where = self.source / folder
        return {
            indicator_of(file): file
            for file in sorted(self.found)
            if PurePosixPath(file).parent == where and file.endswith(_META)
        }

    def table(self, file: str) -> None:
        indicator = indicator_of(file)
        key = f"{self.name}-{indicator}"
        parts = [file, *self._about(indicator)]
        digest = hashlib.sha256(self.shared + b"\0".join(self.found[part] for part in parts)).hexdigest()
        if self.known.get(key) == digest:
            self.result.unchanged.append(key)
            return
        before = len(self.result.faults)
        meta = self.meta(indicator)
        title = title_of(meta, indicator)
        try:
            data = read_data(file, self.found[file], title, self.conventions)
        except NoData as reason:
            self.result.without_data[indicator] = f"{file}: {reason}"
            return
        self.result.faults += data.faults
        self.result.rows += data.rows
        clean = len(self.result.faults) == before and not data.contradictions
        self.result.tables.append(self._lines(key, file, title, meta, data, digest if clean else ""))

    def _about(self, indicator: str) -> list[str]:
        """The files of metadata of this indicator."""
        folders = [self.metas, self.configs, *(found for _, found in self.translations)]
        return [folder[indicator] for folder in folders if indicator in folder]

    def meta(self, indicator: str) -> dict[str, Any]:
        faults = self.result.faults
        fields: dict[str, Any] = {}
        for folder in (self.metas, self.configs):
            if file := folder.get(indicator):
                fields |= read_meta(file, self.found[file], faults)
        titles = {
            language: title_of(read_meta(found[indicator], self.found[found[indicator]], faults), indicator)
            for language, found in self.translations
            if indicator in found
        }
        return {**fields, "translated_titles": titles} if titles else fields

    def _lines(self, key: str, file: str, title: str, meta: dict[str, Any], data: Data, digest: str) -> Lines:
        return Lines(
            key=key,
            title=title,
            dimensions=data.dimensions,
            measures=data.measures,
            description=words_of(meta, "national_indicator_description", "computation_definitions"),
            language=self.languages[0][:10],
            licence=self.licence,
            modified=words_of(meta, "source_release_date_1"),
            publisher=words_of(meta, "source_organisation_1"),
            frequency=words_of(meta, "source_periodicity_1"),
            extra={
                "indicator": indicator_of(file),
                "file": file,
                "meta": plain(meta),
                "digest": digest,
                **({"progress": [[*line, values] for line, values in data.progress.items()]} if data.progress else {}),
            },
            lines=data.lines,
            contradictions=data.contradictions,
        )

    def finish(self) -> None:
        """Count what there is, and say which indicators have only metadata."""
        where = self.source / "data"
        with_data = {
            indicator_of(file) for file in self.found if file.endswith(".csv") and PurePosixPath(file).parent == where
        }
        for indicator in self.metas:
            if indicator not in with_data:
                self.result.without_data.setdefault(indicator, "there is no file with data")
        self.result.indicators = len(self.metas.keys() | with_data)
