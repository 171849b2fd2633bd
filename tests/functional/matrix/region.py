# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The region: for everybody to see; flows come in and drawings are kept by who manages the region."""

from django.core.files.uploadedfile import SimpleUploadedFile

from mainport.region.actions.delineations import keep
from mainport.region.actions.flows import load_groningen
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table


def flows(stage: Stage) -> dict[str, object]:
    """The flows that come with Mainport; the address needs nothing."""
    load_groningen(by=BY)
    return {}


def one_table(stage: Stage) -> dict[str, object]:
    return {"key": load_groningen(by=BY).key}


def kept(stage: Stage) -> dict[str, object]:
    found = keep(
        by=BY,
        title="Around the city",
        table=load_groningen(by=BY),
        method="shading",
        parameters={"city": "GM0014", "threshold": 0.15, "borders": 2014},
        region={"GM0014": "GM0014", "GM0009": "GM0014", "GM0106": ""},
    )
    return {"key": found.key}


def drawn(stage: Stage) -> dict[str, object]:
    load_groningen(by=BY)
    return {"method": "shading", "city": "GM0014", "title": "Around the city"}


def upload(stage: Stage) -> dict[str, object]:
    body = b"home,work,amount\nGM0014,GM0014,80000\nGM0106,GM0014,5000\n"
    return {
        "file": SimpleUploadedFile("flows.csv", body, content_type="text/csv"),
        "title_nl": "Pendel", "title_en": "Commuting", "purpose": "work", "year": "2023", "borders": "2023",
        "source": "tests",
    }  # fmt: skip


# fmt: off
ROWS = table(
    #                          visitor alice charlie bob dave erin frank grace
    page("region", get="200"),
    page("region_places", get="200"),
    *[row(f"region_shading{end}", flows, get="200") for end in ("", "_json", "_csv")],
    page("region_areas", get="200"),
    *[row(f"flow_list{end}", flows, get="200") for end in ("", "_json", "_csv")],
    *[row(f"flow{end}", one_table, get="200") for end in ("", "_json", "_csv")],
    row("flow_add",        get="302     403   403     403 200  403  200   403",
                          post="302     403   403     403 302  403  302   403", data=upload),
    *[row(f"delineation_new{end}", flows, get="200") for end in ("", "_json", "_csv")],
    *[row(f"delineation_compare{end}", flows, get="200") for end in ("", "_json", "_csv")],
    *[row(f"delineation{end}", kept, get="200") for end in ("", "_json", "_csv")],
    row("delineation_keep", get="405",
                           post="302     403   403     403 302  403  302   403", data=drawn),
    row("delineation_remove", kept, get="405",
                           post="302     403   403     403 302  403  302   403"),
)
# fmt: on
