# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re

import pytest
from django.test import Client

from mainport.agenda.exports import FORMATS
from mainport.agenda.rules.elements import Agenda
from mainport.api.open_data import USES

pytestmark = pytest.mark.django_db


def downloads(language: str) -> list[str]:
    response = Client().get(f"/{language}/open-data/")
    assert response.status_code == 200
    return re.findall(r'href="(/api/v1/agenda/exports/[^"]+)"', response.content.decode())


def test_every_format_is_offered(groningen: Agenda) -> None:
    assert set(USES) == set(FORMATS)
    for language in ("nl", "en"):
        found = downloads(language)
        assert len(found) == len(FORMATS)
        assert f"/api/v1/agenda/exports/stratml?language={language}" in found
        for url in found:
            assert Client().get(url).status_code == 200


def test_without_an_agenda_there_is_nothing_to_take_along() -> None:
    assert downloads("en") == []
