# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables and scenarios come in: read as they will be used, so that what is kept can be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.talent.feeds.beside import Kept
from mainport.talent.feeds.scenario_files import peak_of, plan_of
from mainport.talent.feeds.tables import rows_of
from mainport.talent.models import Scenario, Table


@dataclass(frozen=True)
class About:
    """What is said of a table or scenario beside what is in it."""

    key: str
    kind: str
    title: Mapping[str, str]
    source: str = ""
    source_url: str = ""
    public: bool = False
    demo: bool = False


@transaction.atomic
def put_table(*, by: Actor, about: About, body: bytes, file_name: str) -> Table:
    """Keep a table; one that was there under that key is replaced. Raises Refused with every fault, NotAllowed."""
    require(by, Permission.MANAGE_REGION)
    rows = rows_of(about.kind, body, file_name)
    sha256 = hashlib.sha256(body).hexdigest()
    table = Table.objects.filter(key=about.key).first() or Table(key=about.key)
    if table.pk and table.sha256 == sha256:
        return table
    verb = "replace" if table.pk else "add"
    table.kind, table.title, table.file_name = about.kind, dict(about.title), file_name[:200]
    table.body, table.sha256, table.rows = body, sha256, rows
    table.source, table.source_url = about.source[:300], about.source_url
    table.public, table.demo = about.public, about.demo
    table.by_name, table.at = by.name, timezone.now()
    table.save()
    record(by=by, action=f"talent-table.{verb}", subject=f"talent-table:{table.key}", rows=rows, sha256=sha256)
    return table


@transaction.atomic
def put_scenario(*, by: Actor, about: About, body: str, tables: Mapping[str, str], why: str = "") -> Scenario:
    """Keep a version of a scenario. `tables` is the key of a Table by the file that the scenario names.

    Raises Refused with every fault of the scenario and of what it reads, NotAllowed.
    """
    require(by, Permission.MANAGE_REGION)
    bodies = {row.key: bytes(row.body) for row in Table.objects.filter(key__in=tables.values())}
    beside = Kept({name: bodies[key] for name, key in tables.items() if key in bodies})
    reader = plan_of if about.kind == Scenario.Kind.HUMAN_CAPITAL else peak_of
    reader(body.encode(), f"{about.key}.yaml", beside)
    before = Scenario.objects.select_for_update().filter(key=about.key, current=True).first()
    if before and before.body == body and before.tables == dict(tables):
        return before
    if before:
        before.current = False
        before.save(update_fields=["current"])
    scenario = Scenario.objects.create(
        key=about.key,
        version=before.version + 1 if before else 1,
        kind=about.kind,
        title=dict(about.title),
        body=body,
        tables=dict(tables),
        by_id=by.person_id,
        by_name=by.name,
        at=timezone.now(),
        demo=about.demo,
    )
    record(by=by, action="scenario.put", subject=f"scenario:{scenario.key}", why=why, version=scenario.version)
    return scenario
