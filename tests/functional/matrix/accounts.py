# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Log-in, accounts, people, the audit log, the admin, and the addresses for machines."""

from tests.functional.matrix import row, table

# fmt: off
ROWS = table(
    #                                          visitor alice charlie bob dave erin frank grace
    row("healthz",                        get="200"),
    row("readyz",                         get="200"),
    row("security_txt",                   get="200"),
    row("robots_txt",                     get="200"),
    row("root",                           get="302"),
)
# fmt: on
