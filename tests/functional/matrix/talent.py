# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Talent: who stays, people and jobs, the autumn, who is graduating; and what their keepers do."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile

from mainport.talent import demo
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def shown(key: str) -> Callable[[Stage], str]:
    """The key of a scenario, once the invented ones are loaded."""

    def load(stage: Stage) -> str:
        demo.load(by=BY)
        return key

    return load


def upload(stage: Stage) -> dict[str, object]:
    body = b"year,group,enrolled\n2024,NL,4000\n"
    return {
        "file": SimpleUploadedFile("x.csv", body),
        "kind": "enrolled",
        "title_nl": "Wie kwamen",
        "title_en": "Who came",
        "source": "The tests",
    }


def edited(stage: Stage) -> dict[str, str]:
    from mainport.talent.models import Scenario

    body = Scenario.objects.get(key="peak-demo", current=True).body
    return {"body": body.replace("regular: 700", "regular: 800"), "why": "100 rooms more", "keep": "yes"}


#                                                       visitor alice charlie bob dave erin frank grace
# fmt: off
ROWS = table(
    page("talent",                                     get="200"),
    page("talent_monitor",                             get="200"),
    page("talent_moves",                               get="200"),
    page("graduates",                                  get="200"),
    page("human_capital", {"key": shown("human-capital-demo")}, get="200"),
    page("human_capital", {"key": "nothing"},          get="404"),
    page("human_capital", {"key": shown("peak-demo")}, get="404"),
    page("peak", {"key": shown("peak-demo")},          get="200"),
    page("peak", {"key": "nothing"},                   get="404"),
    page("talent_table_list",                          get="302     403   403     403 200  403  200   403"),
    row("talent_table_upload",                         get="302     403   403     403 200  403  200   403",
                                                      post="302     403   403     403 302  403  302   403",
        data=upload),
    row("scenario_edit", {"key": shown("peak-demo")},  get="302     403   403     403 200  403  200   403",
                                                      post="302     403   403     403 302  403  302   403",
        data=edited),
    row("scenario_edit", {"key": "nothing"},           get="302     403   403     403 404  403  404   403"),
)
# fmt: on
