# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Young companies and the campus: for everybody to see; taken in by who manages the region."""

from django.core.files.uploadedfile import SimpleUploadedFile

from mainport.region import demo
from mainport.region.actions.companies import Terms, put_file
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def companies(stage: Stage) -> dict[str, object]:
    """The invented companies, so that there is something to see; the address needs nothing."""
    demo.load(by=BY)
    return {}


def unclear(stage: Stage) -> dict[str, object]:
    """An import with a row that waits to be placed."""
    text = b"name,kvk,town\nLetter Pi,00000001,Assen\nLetter Pi,00000002,Assen\nLetter Pi,,Assen\n"
    report = put_file(by=BY, body=text, name="companies.csv", terms=Terms("tests"))
    return {"number": report.key}


def placed(stage: Stage) -> dict[str, object]:
    return {"row": "4", "where": "none"}


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
    row("company_imports", get="302     403   403     403 200  403  200   403"),
    row("company_import", unclear,
                           get="302     403   403     403 200  403  200   403"),
    row("company_import_undo", unclear, get="405",
                          post="302     403   403     403 302  403  302   403"),
    row("company_import_place", unclear, get="405", data=placed,
                          post="302     403   403     403 302  403  302   403"),
)
# fmt: on
