# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Public pages: the agenda, its elements, money, places, search."""

from tests.functional.matrix import table

# fmt: off
ROWS = table(
    #                                          visitor alice charlie bob dave erin frank grace
)
# fmt: on
