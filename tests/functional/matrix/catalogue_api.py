# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The catalogue for machines."""

from tests.functional.matrix import row, table

# fmt: off
ROWS = table(
    # Everybody is answered the same; a harvester may ask by POST as well, and errors of the protocol are answers.
    row("oai",                                                           get="200", post="200", data={}),
    # Enrolling asks for the key of a software; a role here gives nothing.
    row("oeapi_service",                                                 get="200", post="405", data={}),
    row("oeapi_front",                                                   get="200"),
    row("oeapi",                     {"path": "courses"},                get="200", post="405", data={}),
    row("oeapi",                     {"path": "course-offering-associations/external/me"},
                                                                         get="405", post="401", data={}),
    row("record_file",               {"key": "nothing", "name": "a.pdf"}, get="404", post="405", data={}),
    row("record_schema",                                                 get="200", post="405", data={}),
)
# fmt: on
