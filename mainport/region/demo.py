# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a demonstration needs of the region: the flow table that comes with Mainport, which is no invention, and
young companies, which are: they are named after letters."""

from __future__ import annotations

from importlib import resources

from mainport.core.rules.permissions import Actor
from mainport.region.actions.companies import Terms, put_file
from mainport.region.actions.flows import load_groningen
from mainport.region.models import Company

_COMPANIES = "companies-demo.csv"
#: The source of what is invented.
INVENTED = "Invented, to show how it works"


def load(*, by: Actor) -> dict[str, int]:
    """Store what is missing; how many pairs and companies there are."""
    flows = load_groningen(by=by).rows
    if not Company.objects.filter(demo=True).exists():
        body = resources.files("mainport.region.data").joinpath(_COMPANIES).read_bytes()
        put_file(by=by, body=body, name=_COMPANIES, terms=Terms(INVENTED), demo=True)
    return {"flows": flows, "companies": Company.objects.filter(demo=True).count()}
