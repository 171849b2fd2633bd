# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DigComp 2.2, the European framework of digital competence: its areas, competences and levels, out of data/."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from mainport.catalogue.rules.texts import Texts


@dataclass(frozen=True)
class Competence:
    """One of the 21, with the question by which somebody who doesn't know the framework is asked for it."""

    code: str
    label: Texts
    question: Texts


@dataclass(frozen=True)
class Area:
    """One of the five areas."""

    number: int
    label: Texts
    competences: tuple[Competence, ...]


@dataclass(frozen=True)
class Level:
    """One of the eight levels, in one of four bands of two."""

    number: int
    band: Texts
    label: Texts


@dataclass(frozen=True)
class Framework:
    """The whole, and where it comes from."""

    areas: tuple[Area, ...]
    levels: tuple[Level, ...]
    doi: str
    title: str

    def competence(self, code: str) -> Competence | None:
        return next((one for area in self.areas for one in area.competences if one.code == code), None)


@cache
def framework() -> Framework:
    """The framework that comes with Mainport."""
    source = resources.files("mainport.catalogue") / "data" / "digcomp-2.2.yaml"
    data = yaml.safe_load(source.read_bytes())
    return Framework(
        areas=tuple(
            Area(
                area["area"],
                area["label"],
                tuple(Competence(one["code"], one["label"], one["question"]) for one in area["competences"]),
            )
            for area in data["areas"]
        ),
        levels=tuple(Level(one["level"], one["band"], one["label"]) for one in data["levels"]),
        doi=data["source"]["doi"],
        title=data["source"]["title"],
    )
