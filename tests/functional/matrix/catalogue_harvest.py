# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the sources that are harvested, and of duplicates: for who manages the catalogue."""

import zlib
from typing import Any

from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.actions.repositories import add_repository
from mainport.catalogue.models import Harvest, Match, RawRecord, Repository
from mainport.catalogue.rules.works import Identifier, Scheme, Work
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def source(stage: Stage) -> str:
    """A source with a harvest that failed, and a record with a fault."""
    found = Repository.objects.filter(key="hanze").first()
    if found is None:
        found = add_repository(
            by=BY, key="hanze", format="oai-pmh", url="https://oai.example.org/", title={"mul": "Hanze"}, settings={}
        )
        now = timezone.now()
        harvest = Harvest.objects.create(
            repository=found, started_at=now, alive_at=now, ended_at=now, state="failed", problem="it is down"
        )
        RawRecord.objects.create(
            repository=found,
            identifier="oai:example:1",
            datestamp="2026-01-01",
            body=zlib.compress(b"<dc>words</dc>"),
            media_type="application/xml",
            sha256="0" * 64,
            faults=[{"where": "titles", "found": "", "expected": "a title"}],
            harvest=harvest,
            fetched_at=now,
        )
    return found.key


def raw(stage: Stage) -> dict[str, Any]:
    return {"key": source(stage), "number": RawRecord.objects.get(repository__key="hanze").pk}


def pair(stage: Stage) -> int:
    value = Work({"nl": "Warmte in de wijk"}, identifiers=(Identifier(Scheme.DOI, "10.1000/pair"),), language="nl")
    stored = records.put_many([records.Item(value), records.Item(value)])
    return Match.objects.create(
        kept=stored[0].record, other=stored[1].record, reason="same-doi", certainty=0.8, at=timezone.now()
    ).pk


# fmt: off
ROWS = table(
    #                                                 visitor alice charlie bob dave erin frank grace
    page("harvest_list",                              get="302 403 403 403 200 403 200 403"),
    row("harvest_add",                                get="302 403 403 403 200 403 200 403",
                                                     post="302 403 403 403 422 403 422 403", data={}),
    page("harvest_source",   {"key": source},         get="302 403 403 403 200 403 200 403"),
    row("harvest_start",     {"key": "nothing"},      get="405",
                                                     post="302 403 403 403 404 403 404 403", data={}),
    row("harvest_stop",      {"key": source},         get="405",
                                                     post="302 403 403 403 302 403 302 403", data={}),
    row("harvest_switch",    {"key": source},         get="405",
                                                     post="302 403 403 403 302 403 302 403", data={}),
    page("harvest_records",  {"key": source},         get="302 403 403 403 200 403 200 403"),
    page("harvest_record",   raw,                     get="302 403 403 403 200 403 200 403"),
    page("match_list",                                get="302 403 403 403 200 403 200 403"),
    row("match_decide",      {"number": pair},        get="405",
                                                     post="302 403 403 403 302 403 302 403", data={"deed": "apart"}),
)
