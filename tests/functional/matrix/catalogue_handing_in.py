# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Handing in, judging and adopting. Heidi, a student, and Ivan, of the research office, aren't among the columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mainport.catalogue.actions import adopting
from mainport.catalogue.models import Adoption, Record
from mainport.catalogue.queries.adopting import recommendation
from mainport.core.models import Organisation
from tests.functional.matrix import Stage, outsider, page, row, table
from tests.integration.catalogue.handing_in import WITH_BSN, Desk


def desk(stage: Stage) -> Desk:
    return Desk(outsider(stage, "heidi").actor, outsider(stage, "ivan").actor)


def _key(make: Callable[[Desk], Record]) -> dict[str, Callable[[Stage], str]]:
    return {"key": lambda stage: make(desk(stage)).key}


draft = _key(lambda at: at.draft())
checked = _key(lambda at: at.ready(WITH_BSN))
ready = _key(lambda at: at.ready())
sent = _key(lambda at: at.sent())
returned = _key(lambda at: at.returned())
public = _key(lambda at: at.public())


def with_file(stage: Stage) -> dict[str, Any]:
    record = desk(stage).ready()
    return {"key": record.key, "pk": record.files.get().pk}


def advice(stage: Stage) -> dict[str, Any]:
    return {"key": desk(stage).public().key, "number": 1}


def adopted(stage: Stage) -> int:
    """Taken up by the Hanzehogeschool."""
    found = recommendation(desk(stage).public().key, 1)
    assert found is not None
    adoption: Adoption = adopting.adopt(
        by=stage.cast.bob.actor,
        recommendation=found,
        task="E3",
        organisation=Organisation.objects.get(key="hanze"),
        note="In het jaarplan",
    )
    return adoption.pk


STUDENT = "302     403   403     403 403  403  403   403"
OFFICE = STUDENT
ADOPT = {"organisation": "hanze", "task": "E3"}
STEPS = ("details", "people", "summary", "recommendations", "questions", "sources", "rights")

# fmt: off
ROWS = table(
    #                                                           visitor alice charlie bob dave erin frank grace
    page("handing_in_list",                                get=STUDENT, opener="heidi"),
    row("handing_in_start",                                get=STUDENT, post=STUDENT, opener="heidi"),
    page("handing_in", draft,                              get=STUDENT, opener="heidi"),
    page("handing_in", ready,                              get=STUDENT, opener="heidi"),
    page("handing_in", sent,                               get=STUDENT, opener="heidi"),
    *(row(f"handing_in_{step}", returned,                  get=STUDENT, post=STUDENT, opener="heidi")
      for step in STEPS),
    row("handing_in_files", ready,                         get=STUDENT, post=STUDENT, opener="heidi"),
    row("handing_in_check", checked,                       get=STUDENT, post=STUDENT, opener="heidi"),
    row("handing_in_file", with_file,                      get="302     404   404     404 404  404  404   404"),
    row("handing_in_file_remove", with_file,               get="405", post=STUDENT),
    row("handing_in_send", ready,                          get="405", post=STUDENT),
    row("handing_in_take_back", sent,                      get="405", post=STUDENT),
    row("handing_in_discard", draft,                       get=STUDENT, post=STUDENT, opener="heidi"),
    row("handing_in_renew", public,                        get="405", post=STUDENT),
    page("review_list",                                    get=OFFICE, opener="ivan"),
    page("review", sent,                                   get=OFFICE, opener="ivan"),
    page("review", public,                                 get=OFFICE, opener="ivan"),
    row("review_approve", sent,                            get=OFFICE, post=OFFICE, opener="ivan"),
    row("review_return", sent,                             get=OFFICE, post=OFFICE, opener="ivan"),
    row("review_withdraw", public,                         get=OFFICE, post=OFFICE, opener="ivan"),
    row("review_correct", public,                          get=OFFICE, post=OFFICE, opener="ivan"),
    row("recommendation_adopt", advice,                    get="302     200   200     200 200  403  403   403",
                                                          post="302     302   200     302 302  403  403   403",
        data=ADOPT),
    row("recommendation_adopt", {"key": "nothing", "number": 1},
                                                           get="302     404   404     404 404  403  403   403"),
    page("adoption_list",                                  get="200"),
    row("adoption_done", {"pk": adopted},                  get="302     200   403     200 200  403  403   403",
                                                          post="302     302   403     302 302  403  403   403",
        data={"note": "Gedaan"}),
    row("adoption_drop", {"pk": adopted},                  get="302     200   403     200 200  403  403   403",
                                                          post="302     302   403     302 302  403  403   403",
        data={"note": "Te duur"}),
)
# fmt: on
