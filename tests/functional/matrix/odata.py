# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The open data of the monitor."""

from tests.functional.matrix import row, table

# fmt: off
ROWS = table(
    # Everybody is answered the same, and nothing can be written.
    row("odata_root",                                                    get="200", post="405", data={}),
    row("odata_front",                                                   get="200"),
    row("odata",                     {"path": "Datasets"},               get="200"),
    row("odata",                     {"path": "CBS/00000NED"},           get="404", post="405", data={}),
    row("catalog",                                                       get="200", post="405", data={}),
    row("catalog_ttl",                                                   get="200"),
    row("catalog_jsonld",                                                get="200"),
    row("editions",                                                      get="200", post="405", data={}),
    row("dataset_file",              {"name": "no-such-table.csv"},      get="404"),
)
# fmt: on
