# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The workspace: what waits, reports, plans, periods, editing of the agenda."""

from __future__ import annotations

from typing import Any

from mainport.agenda import actions
from mainport.agenda.models import ReportingPeriod
from tests import planning
from tests.functional.matrix import Stage, page, row, table


def opened(stage: Stage) -> ReportingPeriod:
    """A period in which the Hanze and the university report on E3; undone after the request."""
    planning.plan("task:E3", "hanze", ["rug"])
    return planning.open_period(late=True)


def period(stage: Stage) -> dict[str, Any]:
    return {"key": opened(stage).key}


def place(period: ReportingPeriod) -> dict[str, Any]:
    return {"period": period.key, "kind": "task", "key": "E3", "organisation": "hanze"}


def missing(stage: Stage) -> dict[str, Any]:
    return place(opened(stage))


def draft(stage: Stage) -> dict[str, Any]:
    found = opened(stage)
    planning.write(stage.cast.alice, found, submit=False)
    return place(found)


def submitted(stage: Stage) -> dict[str, Any]:
    found = opened(stage)
    planning.write(stage.cast.alice, found)
    return place(found)


def approved(stage: Stage) -> dict[str, Any]:
    found = opened(stage)
    planning.write(stage.cast.alice, found, reviewer=stage.cast.bob)
    return place(found)


def evidence(stage: Stage) -> dict[str, Any]:
    """A link has no file to hand out: 404 for who may read the report too."""
    found = opened(stage)
    content = actions.Content(links=[actions.EvidenceLink("a", "https://www.example.org/")])
    at = planning.place(stage.cast.alice, found)
    report = actions.save_report(by=stage.cast.alice.actor, place=at, content=content)
    return {"pk": report.evidence.get().pk}


def days(_: Stage) -> dict[str, Any]:
    start, end = planning.quarter()
    return {"start": start, "end": end, "due": end}


def later(_: Stage) -> dict[str, Any]:
    return {"due": planning.quarter(-2)[0]}


REPORT = {"status": "on-track", "words": "Goed.", "language": "nl", "verb": "save"}

# fmt: off
ROWS = table(
    #                                                 visitor alice charlie bob dave erin frank grace
    page("workspace",                            get="302     200   200     200 200  200  200   200"),
    page("period_list",                          get="302     200   200     200 200  200  200   200"),
    page("period", period,                       get="302     200   200     200 200  200  200   200"),
    row("period_open",                           get="302     403   403     403 200  403  403   403",
                                                post="302     403   403     403 302  403  403   403", data=days),
    row("period_due", period,                    get="302     403   403     403 200  403  403   403",
                                                post="302     403   403     403 302  403  403   403", data=later),
    row("period_lock", period,                   get="302     403   403     403 200  403  403   403",
                                                post="302     403   403     403 302  403  403   403"),
    row("reminders",                             get="302     403   403     403 200  403  403   403",
                                                post="302     403   403     403 302  403  403   403"),
    page("report", draft,                        get="302     200   404     200 404  404  404   404"),
    page("report", submitted,                    get="302     200   404     200 200  200  404   404"),
    page("report", approved,                     get="200"),
    row("report_write", missing,                 get="302     200   404     200 404  404  404   404",
                                                post="302     302   404     302 404  404  404   404", data=REPORT),
    row("report_write", approved,                get="302     302   403     302 403  403  403   403"),
    row("report_withdraw", submitted,            get="405",
                                                post="302     302   404     302 403  403  404   404"),
    row("report_approve", submitted,             get="405",
                                                post="302     403   404     302 403  403  404   404"),
    row("report_return", submitted,              get="302     403   404     302 403  403  404   404",
                                                post="302     403   404     302 403  403  404   404",
        data={"reason": "Meer.", "revision": 2}),
    row("report_evidence", evidence,             get="302     404   404     404 404  404  404   404"),
)
# fmt: on
