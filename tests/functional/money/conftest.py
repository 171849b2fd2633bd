# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The money of 2023 on the agenda of Groningen."""

from __future__ import annotations

import pytest

from mainport.agenda.rules.elements import Agenda
from tests.integration.cycle.stage import money_of_2023


@pytest.fixture
def books(groningen: Agenda) -> Agenda:
    money_of_2023()
    return groningen
