# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies and the campus: for everybody to see; taken in by who manages the region."""

from django.core.files.uploadedfile import SimpleUploadedFile

from mainport.region import demo
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def companies(stage: Stage) -> dict[str, object]:
    """The invented companies, so that there is something to see; the address needs nothing."""
    demo.load(by=BY)
    return {}


def upload(stage: Stage) -> dict[str, object]:
    return {
        "file": SimpleUploadedFile("companies.csv", b"name,town\nLetter Alfa,Groningen\n", content_type="text/csv"),
        "source": "tests",
    }


# fmt: off
ROWS = table(
    #                          visitor alice charlie bob dave erin frank grace
    row("company_list", companies, get="200"),
    row("company_list_json", companies, get="200"),
    row("company_list_csv", companies, get="200"),
    page("campus_figures", get="200"),
    row("company_add",     get="302     403   403     403 200  403  200   403",
                          post="302     403   403     403 200  403  200   403", data=upload),
)
# fmt: on
