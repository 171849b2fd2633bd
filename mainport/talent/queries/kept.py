# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables and scenarios that are kept, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.db.models import QuerySet

from mainport.talent.feeds.beside import Kept
from mainport.talent.feeds.scenario_files import PeakFile, PlanFile, peak_of, plan_of
from mainport.talent.models import Scenario, Table


def tables(kind: str = "") -> QuerySet[Table]:
    """The tables, without what is in them."""
    found = Table.objects.defer("body")
    return found.filter(kind=kind) if kind else found


def scenarios(kind: str = "") -> QuerySet[Scenario]:
    """The current version of each scenario."""
    found = Scenario.objects.filter(current=True)
    return found.filter(kind=kind) if kind else found


def plan(scenario: Scenario) -> PlanFile:
    """The human-capital agenda that a scenario is, with the tables that it reads. At most one query."""
    return _plan(scenario.key, scenario.body, _bodies(scenario))


def peak(scenario: Scenario) -> PeakFile:
    """The autumn that a scenario is, with the tables that it reads. At most one query."""
    return _peak(scenario.key, scenario.body, _bodies(scenario))


def versions(key: str) -> QuerySet[Scenario]:
    """All versions of a scenario, the newest first."""
    return Scenario.objects.filter(key=key).order_by("-version")


def named_tables(names: Iterable[str]) -> dict[str, str]:
    """Of the files that a scenario may name, the key of the table that is kept for each: its file's name, or its key
    with .csv behind it. One query."""
    wanted = set(names)
    found: dict[str, str] = {}
    for key, file_name in Table.objects.order_by("at").values_list("key", "file_name"):
        found |= {name: key for name in (file_name, f"{key}.csv") if name in wanted}
    return found


def tried(kind: str, key: str, body: str, tables: Mapping[str, str]) -> PlanFile | PeakFile:
    """What a scenario would be, with these tables. One query. Raises Refused with every fault."""
    found = dict(Table.objects.filter(key__in=tables.values()).values_list("key", "body"))
    beside = Kept({name: bytes(found[of]) for name, of in tables.items() if of in found})
    reader = plan_of if kind == Scenario.Kind.HUMAN_CAPITAL else peak_of
    return reader(body.encode(), f"{key}.yaml", beside)


def _bodies(scenario: Scenario) -> tuple[tuple[str, bytes], ...]:
    if not scenario.tables:
        return ()
    found = dict(Table.objects.filter(key__in=scenario.tables.values()).values_list("key", "body"))
    return tuple((name, bytes(found[key])) for name, key in sorted(scenario.tables.items()) if key in found)


@lru_cache(maxsize=16)
def _plan(key: str, body: str, bodies: tuple[tuple[str, bytes], ...]) -> PlanFile:
    return plan_of(body.encode(), f"{key}.yaml", Kept(dict(bodies)))


@lru_cache(maxsize=16)
def _peak(key: str, body: str, bodies: tuple[tuple[str, bytes], ...]) -> PeakFile:
    return peak_of(body.encode(), f"{key}.yaml", Kept(dict(bodies)))
