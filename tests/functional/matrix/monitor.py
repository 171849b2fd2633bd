# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the monitor."""

from tests.functional.matrix import Stage, page, table
from tests.functional.monitor.conftest import load_indicators


def loaded(stage: Stage) -> str:
    load_indicators()
    return "campus-companies"


# fmt: off
ROWS = table(
    #                                                          visitor alice charlie bob dave erin frank grace
    page("feed_list",                                     get="200"),
    page("indicator_list",                                get="200"),
    page("indicator", {"key": loaded},                    get="200"),
    page("indicator", {"key": "nothing"},                 get="404"),
    page("gap_list",                                      get="200"),
)
# fmt: on
