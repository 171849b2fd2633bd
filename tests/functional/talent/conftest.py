# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from mainport.agenda.rules.elements import Agenda
from mainport.talent import demo
from tests.conftest import BY


@pytest.fixture
def talent(groningen: Agenda) -> None:
    """The invented tables and scenarios, beside the agenda."""
    demo.load(by=BY)
