# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Searching, looking back, and editing the agenda on the site."""

from mainport.agenda import actions
from mainport.agenda.queries.history import newest_version
from mainport.agenda.rules.elements import Element, Kind, Link
from mainport.agenda.rules.nodes import PLAN_TITLE
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def _plan_led_by(partner: str, parent: str = "task:E3") -> str:
    """The key of a plan that this partner leads."""
    key = parent.replace(":", "-")
    lead = Link("lead", f"partner:{partner}")
    plan = Element(Kind.PLAN, key, parent, 0, PLAN_TITLE, links=(lead,))
    actions.put_element(by=BY, element=plan, why="matrix")
    return key


def plan_of_hanze(stage: Stage) -> str:
    return _plan_led_by("hanze")


def plan_of_rug(stage: Stage) -> str:
    return _plan_led_by("rug", "task:E1")


def opened(stage: Stage) -> int:
    return newest_version()


WHY = {"why": "matrix", "opened": opened}
TITLE = {"title_nl": "Anders", "title_en": "Otherwise"}

# fmt: off
ROWS = table(
    #                                                          visitor alice charlie bob dave erin frank grace
    page("changes",                                       get="200"),
    page("agenda_on",                                     get="200"),
    page("element_history", {"kind": "task", "key": "E3"},  get="200"),
    page("element_history", {"kind": "task", "key": "Z9"},  get="404"),
    row("element_edit", {"kind": "task", "key": "E3"},    get="302     403   403     403 200  403  403   403",
                                                         post="302     403   403     403 302  403  403   403",
        data={**WHY, **TITLE}),
    row("element_edit", {"kind": "plan", "key": plan_of_hanze}, get="302 403 403     200 200  403  403   403",
                                                         post="302     403   403     302 302  403  403   403",
        data=WHY),
    row("element_edit", {"kind": "plan", "key": plan_of_rug}, get="302 403 403       404 200  403  403   403",
                                                         post="302     403   403     404 302  403  403   403",
        data=WHY),
    row("element_edit", {"kind": "task", "key": "Z9"},    get="302     404   404     404 404  404  404   404"),
    row("element_add", {"kind": "task", "parent": "goal:ecosystem"},
                                                          get="302     403   403     403 200  403  403   403",
                                                         post="302     403   403     403 302  403  403   403",
        data={**WHY, **TITLE, "id": "Z9"}),
    row("element_add", {"kind": "plan", "parent": "task:E3"}, get="302 403 403       403 200  403  403   403",
                                                         post="302     403   403     403 302  403  403   403",
        data=WHY),
    row("element_remove", {"kind": "flagship", "key": "waterstof-werkt"},
                                                          get="302     403   403     403 200  403  403   403",
                                                         post="302     403   403     403 302  403  403   403",
        data=WHY),
    row("element_remove", {"kind": "plan", "key": plan_of_rug}, get="302 403 403     404 200  403  403   403",
                                                         post="302     403   403     404 302  403  403   403",
        data=WHY),
)
# fmt: on
