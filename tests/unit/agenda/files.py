# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Agenda files of the tests."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda
from mainport.agenda.rules.nesting import nest

DATA = Path(__file__).parents[2] / "data"

#: A small file in which everything is right: the tests break it in one place or several.
GOOD = """\
format: 1
alliance:
  id: small
  title: Small
  languages: [en, nl]
  period: {start: 2022, end: 2026}
  ambition: {en: Grow, nl: Groeien}
sources:
  - id: charter
    title: Charter
    document: The Charter
partners:
  - id: north
    title: North
    joined: 2018-05
  - id: south
    title: South
    website: https://south.example.org
organisations:
  - id: guest
    title: Guest
contributions:
  - id: all
    title: What all pay
    partners: [north, south]
    per_year: 1000
    years: 4
    total: 4000
funds:
  - id: purse
    title: Purse
    amount: 50
papers:
  - id: letter
    title: Letter
    when: yearly
goals:
  - id: green
    title: {en: Be green, nl: Groen zijn}
    source: charter
    tasks:
      - id: A1
        title: {en: Sow, nl: Zaaien}
        horizon: 2030
        plan:
          lead: north
          start: 2022-01
          end: 2023-12-31
          risks:
            - title: Drought
              size: large
          milestones:
            - id: sown
              title: Sown
              due: 2022-06-01
              owner: guest
      - id: A2
        title: {en: Reap, nl: Oogsten}
        plan:
          depends_on: [task:A1]
sectors:
  - id: wood
    title: Wood
    core: true
figures:
  - id: trees
    title: Trees
    value: 12.5
    unit: trees
places:
  - id: barn
    title: Barn
    sector: wood
    latitude: 53.1
    longitude: 6.5
    precision: roof
"""


def changed(old: str, new: str, content: str = GOOD) -> str:
    assert content.count(old) == 1, f"{old!r} must stand in the file once"
    return content.replace(old, new)


@cache
def groningen() -> Agenda:
    return read((resources.files("mainport.agenda") / "data" / "groningen-2022-2026.yaml").read_bytes())


@cache
def second() -> Agenda:
    return read((DATA / "second-alliance.yaml").read_bytes())


def written(nested: dict[str, Any]) -> str:
    """Nested values as a file."""
    return yaml.safe_dump(nested, allow_unicode=True, sort_keys=False)


def again(agenda: Agenda) -> Agenda:
    """The agenda after it was written to a file and read again."""
    return read(written(nest(agenda)))
