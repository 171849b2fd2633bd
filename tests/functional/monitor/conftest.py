# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import resources

import pytest
from django.utils import timezone

from mainport.agenda.rules.elements import Agenda
from mainport.monitor.actions import indicators as actions
from mainport.monitor.actions import store
from mainport.monitor.models import Feed, Fetch
from mainport.monitor.rules.indicators import File, read
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Role
from tests.conftest import BY, groningen_file

EMBEDDED = (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()


def load_indicators() -> File:
    """The indicators of Groningen with their published figures; the agenda is there already."""
    file = read(EMBEDDED, elements=groningen_file().elements)
    actions.load(by=BY, file=file)
    return file


@pytest.fixture
def indicators(groningen: Agenda) -> File:
    return load_indicators()


#: Codes of the areas in CBS's table of inhabitants.
GRONINGEN, NETHERLANDS = "GM0014", "NL01"


@pytest.fixture
def visit() -> Callable[..., None]:
    """Store inhabitants by region and year, as CBS's table 03759ned brings them."""

    def store_people(values: dict[str, dict[int, float]], at: datetime | None = None) -> None:
        feed, _made = Feed.objects.get_or_create(
            key="03759ned", defaults={"format": "cbs", "title": {"mul": "Population"}, "good_at": timezone.now()}
        )
        fetch = Fetch.objects.create(
            feed=feed, at=at or timezone.now(), outcome=Fetch.Outcome.STORED, code_version="0", by_name="tests"
        )
        sides = {"BurgerlijkeStaat": "T001019", "Geslacht": "T001038", "Leeftijd": "10000"}
        table = Lines(
            key="03759ned",
            title="Bevolking",
            dimensions=(
                *(Dimension(key, key, Role.OTHER, (Code(code, code),)) for key, code in sides.items()),
                Dimension("RegioS", "Regio's", Role.GEO, tuple(Code(region, region, "") for region in values)),
                Dimension("Perioden", "Perioden", Role.TIME, ()),
            ),
            measures=(Measure("M000352", "Bevolking op 1 januari", "aantal"),),
            lines={
                ("M000352", f"T001019|T001038|10000|{region}"): {
                    f"{year}JJ00": (value, None, 0, 3) for year, value in line.items()
                }
                for region, line in values.items()
            },
        )
        store(by=BY, fetch=fetch, tables=[table])

    return store_people
