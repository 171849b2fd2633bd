# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What was found out stands on the page of its task, with the advice that was adopted."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mainport.agenda.rules.elements import Agenda
from mainport.catalogue.models import Adoption, Record
from mainport.core.actions import put_organisations
from mainport.core.models import Organisation
from tests import works
from tests.conftest import BY
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def adopt(record: Record, task: str = "E1", **said: Any) -> Adoption:
    put_organisations(by=BY, names={"hanze": "Hanzehogeschool Groningen"})
    advice = record.recommendations.get(number=1)
    now = timezone.now()
    return Adoption.objects.create(
        recommendation=advice,
        task=task,
        organisation=Organisation.objects.get(key="hanze"),
        text=advice.text,
        by_name="Bob",
        at=now,
        changed_at=now,
        **said,
    )


def test_works_of_a_task_stand_in_its_band(groningen: Agenda) -> None:
    works.work()
    works.work("tweede", titles={"en": "Second work"}, demo=True)
    band = see("/en/tasks/E1/").all(".mainport-band")[-1]
    assert "2 works about this" in band
    assert "Source: Open Onderzoek Groningen" in band
    assert "Heat from the sewer (Student thesis, Hanzehogeschool Groningen)" in band
    assert "Second work" in band
    assert "Invented example" in band
    assert "Nobody" not in band
    elsewhere = see("/en/tasks/E2/").all(".mainport-band--empty")[-1]
    assert "No decision and no research is tied to this yet." in elsewhere
    assert "a student or researcher, with their work" in elsewhere


def test_adopted_advice_stands_with_its_text_who_and_out_of_which_work(groningen: Agenda) -> None:
    adopt(works.work())
    page = see("/en/tasks/E1/")
    band = page.all(".mainport-band")[-1]
    assert "1 work about this; 1 recommendation adopted" in band
    assert "Measure for a year." in band
    assert "Adopted by Hanzehogeschool Groningen · out of Heat from the sewer" in band
    assert page.links(".mainport-band a")["Heat from the sewer"].startswith("/en/works/riool/")


def test_advice_can_be_adopted_for_another_task_than_that_of_its_work(groningen: Agenda) -> None:
    adopt(works.work(), task="D1", state="done")
    band = see("/en/tasks/D1/").all(".mainport-band")[-1]
    assert "1 recommendation adopted for this" in band
    assert "Carried out by Hanzehogeschool Groningen" in band


def test_what_is_not_public_or_withdrawn_is_not_shown(groningen: Agenda) -> None:
    draft = works.work("concept", state="draft")
    gone = works.work("weg")
    adopt(gone)
    Record.objects.filter(pk=gone.pk).update(state="withdrawn")
    page = see("/en/tasks/E1/")
    assert len(page.all(".mainport-band--empty")) == 5
    assert draft.key not in page.response.content.decode()


def test_a_sector_counts_what_stands_below_it(groningen: Agenda) -> None:
    for number in range(7):
        works.work(f"werk-{number}")
    works.work("los", task="", sector="energy", titles={"en": "Of the sector itself"})
    found = Client().get("/en/sectors/energy.json").json()
    assert found["works_count"] == 8
    assert len(found["works"]) == 5
    assert "8 works about this" in see("/en/sectors/energy/").words


def test_as_data(groningen: Agenda) -> None:
    adopt(works.work())
    found = Client().get("/en/tasks/E1.json").json()
    assert [one["key"] for one in found["works"]] == ["riool"]
    assert found["adopted"][0] | {"at": ""} == {
        "text": {"nl": "Meet een jaar lang de temperatuur.", "en": "Measure for a year."},
        "state": "adopted",
        "organisation": "Hanzehogeschool Groningen",
        "task": "E1",
        "at": "",
        "work": "riool",
        "number": 1,
        "demo": False,
    }
