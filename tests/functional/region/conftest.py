# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Flows to look at: those of Groningen that come with Mainport, and a small whole table of our own."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.utils import translation

from mainport.region.actions.flows import About, load_groningen, put_file
from mainport.region.models import FlowTable
from tests.conftest import BY

#: Two centres, Groningen and Leeuwarden, each with places around it; Assen sends people to both its own and Groningen.
SMALL = """home,work,amount
GM0014,GM0014,80000
GM0014,GM0106,3000
GM0106,GM0106,20000
GM0106,GM0014,5000
GM1730,GM1730,5000
GM1730,GM0014,5000
GM1699,GM0014,4000
GM1699,GM1699,5000
GM0080,GM0080,40000
GM0080,GM0014,500
GM0737,GM0080,4000
GM0737,GM0737,7000
GM1891,GM0080,2000
GM1891,GM1891,4000
GM1891,GM0014,.
GM1891,GM1699,0
GM0080,abroad,100
"""


def put_small(year: int = 2023, text: str = SMALL) -> FlowTable:
    """A whole table of eight municipalities."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "flows.csv"
        path.write_text(text, "utf-8")
        about = About(
            f"small-{year}", {"nl": f"Klein {year}", "en": f"Small {year}"}, "work", year, 2023, "invented", demo=True
        )
        return put_file(by=BY, path=path, about=about)


@pytest.fixture
def groningen_flows(db: None) -> FlowTable:
    return load_groningen(by=BY)


@pytest.fixture
def small(db: None) -> FlowTable:
    return put_small()


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield
