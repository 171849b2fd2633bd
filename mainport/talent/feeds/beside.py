# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The files that a scenario names: in its folder, or kept with it in the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Beside(Protocol):
    """Where a scenario's files are."""

    def files(self, name: str) -> Sequence[tuple[str, bytes]] | None:
        """The file of this name with what is in it, or those in the folder of this name in the order of their names;
        None where there is neither. Raises OSError."""
        ...


@dataclass(frozen=True)
class Folder:
    """Beside the scenario on disk."""

    path: Path

    def files(self, name: str) -> Sequence[tuple[str, bytes]] | None:
        path = self.path / name
        if path.is_dir():
            return [(file.name, file.read_bytes()) for file in sorted(path.iterdir()) if file.is_file()]
        return [(path.name, path.read_bytes())] if path.exists() else None


@dataclass(frozen=True)
class Kept:
    """By name: what is in each file."""

    bodies: Mapping[str, bytes]

    def files(self, name: str) -> Sequence[tuple[str, bytes]] | None:
        return [(name, self.bodies[name])] if name in self.bodies else None
