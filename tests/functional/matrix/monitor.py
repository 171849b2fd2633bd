# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the monitor."""

from collections.abc import Callable

from tests.functional.matrix import Stage, page, row, table
from tests.functional.monitor.conftest import load_indicators


def measured(key: str) -> Callable[[Stage], str]:
    """The key of an indicator, or of what one measures, once they are loaded."""

    def load(stage: Stage) -> str:
        load_indicators()
        return key

    return load


# fmt: off
ROWS = table(
    #                                                          visitor alice charlie bob dave erin frank grace
    page("feed_list",                                     get="200"),
    page("indicator_list",                                get="200"),
    page("indicator", {"key": measured("campus-companies")}, get="200"),
    page("indicator", {"key": "nothing"},                 get="404"),
    page("monitor_changes",                               get="200"),
    row("indicator_chart", {"key": measured("campus-companies")}, get="200"),
    row("indicator_chart", {"key": "nothing"},            get="404"),
    row("indicator_chart_svg", {"key": measured("campus-companies")}, get="200"),
    row("indicator_chart_svg", {"key": "nothing"},        get="404"),
    page("task", {"key": measured("K2")},                 get="200"),
    page("goal", {"key": measured("labour")},             get="200"),
    page("gap_list",                                      get="200"),
    page("goal_dashboard", {"key": measured("ecosystem")}, get="200"),
    page("goal_dashboard", {"key": "nothing"},            get="404"),
    page("sector_dashboard", {"key": measured("digital")}, get="200"),
    page("chapter_dashboard", {"key": "organisation"},    get="200"),
    page("theme_dashboard", {"key": "circular-economy"},  get="200"),
)
# fmt: on
