# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import get_args

import pytest
from django.utils import timezone

from mainport.agenda import queries
from mainport.agenda.exports import FORMATS, Edition
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda
from mainport.api.agenda.exports import Name
from tests.functional.api.conftest import Ask

pytestmark = pytest.mark.django_db


def test_the_document_knows_every_format() -> None:
    assert get_args(Name) == tuple(FORMATS)


def test_the_formats(groningen: Agenda, ask: Ask) -> None:
    data = ask("agenda/exports")
    assert [item["format"] for item in data["items"]] == list(FORMATS)
    assert data["count"] == 5


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_what_the_command_writes(groningen: Agenda, fetch: Ask, name: str) -> None:
    response = fetch(f"agenda/exports/{name}?language=en")
    today = timezone.localdate()
    edition = Edition("http://localhost:8000", today, "en")
    stored = queries.agenda()
    assert stored is not None
    assert response.status_code == 200
    assert response.content == FORMATS[name].write(stored, edition)
    assert response["Content-Type"].startswith(FORMATS[name].media_type)
    language = "-en" if name == "stratml" else ""
    expected = f'attachment; filename="akkoord-van-groningen{language}-{today}.{FORMATS[name].extension}"'
    assert response["Content-Disposition"] == expected


def test_the_yaml_is_the_agenda(groningen: Agenda, fetch: Ask) -> None:
    assert read(fetch("agenda/exports/yaml").content).elements == groningen.elements


def test_the_first_language_of_the_agenda_where_none_is_asked(groningen: Agenda, fetch: Ask) -> None:
    assert b"<OtherInformation>Taal: nl." in fetch("agenda/exports/stratml").content


def test_as_it_stood(groningen: Agenda, fetch: Ask, ask: Ask) -> None:
    day = timezone.localdate()
    assert fetch(f"agenda/exports/csv?on={day}").content == fetch("agenda/exports/csv").content
    assert ask("agenda/exports/csv?on=2001-01-01", 404)["detail"] == "There was no agenda on 2001-01-01."


def test_what_there_is_not(groningen: Agenda, ask: Ask) -> None:
    assert ask("agenda/exports/pdf", 404)["status"] == 404
    errors = ask("agenda/exports/stratml?language=de", 400)["errors"]
    assert errors == [{"field": "language", "found": "de", "expected": "a language of the agenda: nl, en"}]
    ask("agenda/exports/yaml", 406, Accept="application/json")
