# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The API and the open-data endpoints."""

from tests.functional.matrix import row, table

# fmt: off
ROWS = table(
    # The API knows no sessions: everybody is answered the same, and nothing can be written.
    row("api_front",                                                     get="200"),
    row("api_openapi",                                                   get="200"),
    row("api_reference",                                                 get="200"),
    row("open_data",                                                     get="200"),
    row("api:api-root",                                                  get="404"),
    row("api:get_agenda",                                                get="200", post="405", data={}),
    row("api:list_elements",                                             get="200"),
    row("api:get_element",           {"id": "task:E3"},                  get="200"),
    row("api:list_organisations",                                        get="200"),
    row("api:list_agenda_versions",                                      get="200"),
    row("api:get_agenda_version",    {"day": "2001-01-01"},              get="404"),
    row("api:list_element_versions", {"id": "task:E3"},                  get="200"),
    row("api:list_changes",                                              get="400"),
    row("api:list_reporting_periods",                                    get="200"),
    row("api:list_reports",                                              get="200"),
    row("api:get_report",            {"id": "1"},                        get="404"),
    row("api:list_states",                                               get="200"),
    row("api:list_exports",                                              get="200"),
    row("api:get_export",            {"format": "yaml"},                 get="200"),
)
# fmt: on
