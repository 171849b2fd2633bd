# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the monitor."""

from tests.functional.matrix import page, table

# fmt: off
ROWS = table(
    #                                                          visitor alice charlie bob dave erin frank grace
    page("feed_list",                                     get="200"),
)
# fmt: on
