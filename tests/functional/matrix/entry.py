# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Following indicators, and entering values by hand."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from mainport.core.models import Person
from mainport.monitor.actions.entry import Proposal, propose
from mainport.monitor.models import Indicator
from mainport.monitor.queries.entry import place_of
from mainport.monitor.rules.indicators import Area, Connection, Definition
from tests.functional.matrix import Stage, page, row, table


def make_indicator() -> Indicator:
    """Students in Groningen, which no source brings by itself."""
    definition = Definition(
        id="students",
        title={"nl": "Studenten", "en": "Students"},
        definition={"nl": "Wie hier studeert.", "en": "Who studies here."},
        unit={"nl": "studenten", "en": "students"},
        direction="positive",
        owner="hanze",
        measures=("goal:ecosystem",),
        connection=Connection(feed="none", table="none"),
        areas=("groningen", "nederland"),
        places=(
            Area(id="groningen", title={"nl": "Groningen", "en": "Groningen"}),
            Area(id="nederland", title={"nl": "Nederland", "en": "The Netherlands"}),
        ),
    )
    return Indicator.objects.create(
        key=definition.id,
        title=dict(definition.title),
        definition=definition.model_dump(mode="json"),
        position=999,
        changed_at=timezone.now(),
    )


def indicator(stage: Stage) -> str:
    found = Indicator.objects.filter(key="students").first() or make_indicator()
    return found.key


def _entered(by: Person) -> int:
    proposal = Proposal(at=("groningen",), period="2021", value=60_000.0, source="Yearly report 2021, page 4")
    return propose(by=by.actor, place=place_of(f"indicator:{make_indicator().key}"), proposal=proposal).pk


def of_frank(stage: Stage) -> int:
    """A value that waits for somebody else than Frank."""
    return _entered(stage.cast.frank)


def of_dave(stage: Stage) -> int:
    return _entered(stage.cast.dave)


NONE: dict[str, Any] = {"key": "none"}

# fmt: off
ROWS = table(
    #                                                          visitor alice charlie bob dave erin frank grace
    page("subscription_list",                             get="302     200   200     200 200  200  200   200"),
    row("indicator_subscribe", {"key": indicator},        get="405",
                                                         post="302     302   302     302 302  302  302   302", data={}),
    row("indicator_subscribe", NONE,                      get="405",
                                                         post="302     404   404     404 404  404  404   404", data={}),
    row("indicator_unsubscribe", {"key": indicator},      get="405",
                                                         post="302     302   302     302 302  302  302   302", data={}),
    page("entry_list",                                    get="302     403   403     403 200  403  200   403"),
    row("entry_add",                                      get="302     403   403     403 200  403  200   403"),
    row("entry", {"pk": of_frank},                        get="302     403   403     403 200  403  200   403"),
    row("entry", {"pk": 0},                               get="302     403   403     403 404  403  404   403"),
    row("entry_confirm", {"pk": of_frank},                get="405",
                                                         post="302     403   403     403 302  403  302   403", data={}),
    row("entry_withdraw", {"pk": of_dave},                get="405",
                                                         post="302     403   403     403 302  403  302   403", data={}),
    row("entry_return", {"pk": of_dave},                  get="302     403   403     403 200  403  200   403",
                                                         post="302     403   403     403 200  403  302   403",
        data={"why": "matrix"}),
)
# fmt: on
