# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every partner as an organisation that can sign, and the addresses of the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.core.actions import put_organisations
from mainport.core.rules.languages import say
from tests.conftest import BY, Cast


@pytest.fixture(autouse=True)
def partners(groningen: Agenda, cast: Cast) -> None:
    put_organisations(by=BY, names={partner.key: say(partner.title, "nl") for partner in agenda.elements(Kind.PARTNER)})


@pytest.fixture(autouse=True)
def english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def where() -> Callable[..., str]:
    """The address of a page of the annual plan of 2023, or of another paper."""

    def address(name: str, kind: str = "annual-plan", year: int = 2023, **more: Any) -> str:
        return reverse(name, kwargs={"kind": kind, "year": year, **more})

    return address
