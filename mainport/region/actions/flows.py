# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flow tables come in: checked against the municipalities of their year, and kept."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import polars as pl
from django.db import transaction
from django.utils import timezone

from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission, require
from mainport.region.feeds.flows_file import Layout, Unit, read_flows
from mainport.region.models import FlowTable
from mainport.region.rules.areas import netherlands
from mainport.region.rules.stored import packed


@dataclass(frozen=True)
class About:
    """What is said of a table beside its pairs; `borders` is the year of whose municipalities it speaks."""

    key: str
    title: Mapping[str, str]
    purpose: str
    year: int
    borders: int
    source: str
    source_url: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    demo: bool = False


def put_file(
    *,
    by: Actor,
    path: Path,
    about: About,
    columns: Sequence[str] | None = None,
    unit: Unit | None = None,
    period: str = "",
    layout: Layout = Layout.AUTO,
    decimal: str = "",
    name: str = "",
    sha256: str = "",
) -> FlowTable:
    """Store the flows of a file; a table that was there under that key is replaced.

    `name` and `sha256` are those of what came, where the file was made out of it.

    A code that was no municipality in the year of the borders is refused with what became of it, and so is a home
    from which nobody has a job. Raises Refused with every fault, and NotAllowed; then nothing is stored.
    """
    require(by, Permission.MANAGE_REGION)

    def strange(codes: Collection[str]) -> dict[str, str]:
        found = netherlands().strange(codes, about.borders)
        return {code: f"a municipality of 1 January {about.borders}; {reason}" for code, reason in found.items()}

    read = read_flows(
        path,
        columns,
        unit=unit,
        period=period,
        strange=strange,
        to_store=True,
        name=name,
        layout=layout,
        decimal=decimal,
    )
    assert read.pairs is not None
    sha256 = sha256 or hashlib.sha256(path.read_bytes()).hexdigest()
    return put_pairs(by=by, pairs=read.pairs, about=about, outside=read.outside, sha256=sha256)


@transaction.atomic
def put_pairs(*, by: Actor, pairs: pl.DataFrame, about: About, outside: Collection[str], sha256: str) -> FlowTable:
    """Store checked pairs (home, work, amount in persons, jobs or trips). Raises NotAllowed."""
    require(by, Permission.MANAGE_REGION)
    table = FlowTable.objects.filter(key=about.key).first() or FlowTable(key=about.key)
    if table.pk and table.sha256 == sha256:
        return table
    old = table.sha256
    if table.pk:
        table.delete()  # With the delineations that were drawn out of it; a new row is a new table to who kept it.
        table = FlowTable(key=about.key)
    table.title, table.notes = dict(about.title), dict(about.notes)
    table.purpose, table.year, table.borders = about.purpose, about.year, about.borders
    table.source, table.source_url = about.source, about.source_url
    table.unit, table.outside, table.partial = "one", sorted(outside), about.partial
    table.pairs, table.rows, table.suppressed = packed(pairs), pairs.height, pairs["amount"].null_count()
    table.sha256, table.by_name, table.at, table.demo = sha256, by.name, timezone.now(), about.demo
    table.save()
    action = "flows.replace" if old else "flows.add"
    record(by=by, action=action, subject=f"flows:{table.key}", rows=table.rows, sha256=sha256)
    return table


#: All jobs of residents that lie elsewhere than in the city, taken together.
ELSEWHERE = "elsewhere"


def load_groningen(*, by: Actor) -> FlowTable:
    """The commuting to and from Groningen of December 2014, that comes with Mainport."""
    file = resources.files("mainport.region.data").joinpath("commuting_groningen_2014.csv")
    body = file.read_bytes()
    city = "GM0014"
    pairs: list[tuple[str, str, float]] = []
    for row in csv.DictReader(body.decode("utf-8").splitlines()):
        all_jobs, there, back = (
            round(float(row[name]) * 1000)
            for name in (
                "jobs_of_residents_thousand",
                "jobs_in_groningen_thousand",
                "jobs_of_groningers_there_thousand",
            )
        )
        pairs += [(row["code"], city, there), (row["code"], ELSEWHERE, all_jobs - there)]
        if row["code"] != city and back:
            pairs += [(city, row["code"], back)]
    frame = pl.DataFrame(pairs, schema={"home": pl.String, "work": pl.String, "amount": pl.Float64}, orient="row")
    # What goes from the city to each municipality is part of what goes elsewhere.
    known = frame.filter((pl.col("home") == city) & ~pl.col("work").is_in([city, ELSEWHERE]))["amount"].sum()
    rest = (pl.col("home") == city) & (pl.col("work") == ELSEWHERE)
    frame = frame.with_columns(pl.when(rest).then(pl.col("amount") - known).otherwise("amount").alias("amount"))
    about = About(
        key="commuting-groningen-2014",
        title={"nl": "Banen van werknemers, van en naar Groningen", "en": "Jobs of employees, to and from Groningen"},
        purpose=FlowTable.Purpose.WORK,
        year=2014,
        borders=2014,
        source="CBS, Banen van werknemers naar woon- en werkgemeente, december 2014 (CC BY 4.0)",
        notes={
            "nl": "Afgerond op 100 banen; paren onder 50 banen ontbreken (5,3% van alle banen).",
            "en": "Rounded to 100 jobs; pairs under 50 jobs are missing (5.3% of all jobs).",
        },
        partial=True,
    )
    return put_pairs(by=by, pairs=frame, about=about, outside=[ELSEWHERE], sha256=hashlib.sha256(body).hexdigest())
