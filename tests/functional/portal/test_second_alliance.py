# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Another alliance: English and German, six levels deep, other sectors, no flagships."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mainport.agenda import actions, queries
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.web.agenda.addresses import LISTS, url_of
from tests.conftest import BY
from tests.functional.portal.page import see
from tests.unit.agenda.files import second

pytestmark = pytest.mark.django_db


@pytest.fixture
def lowmoor(db: None) -> Agenda:
    actions.load(by=BY, agenda=second(), why="tests")
    return second()


def test_its_home(lowmoor: Agenda) -> None:
    page = see("/en/")
    assert page.all("h1") == ["A moor on which people live well, in a hundred years too."]
    tasks = sum(element.kind is Kind.TASK for element in lowmoor.elements.values())
    assert len(page.all(".mainport-matrix td")) == tasks
    assert "flagships" not in page.all(".mainport-cover__figures")[0]


def test_dutch_readers_are_told_that_a_text_is_english(lowmoor: Agenda) -> None:
    page = see("/nl/")
    heading = page.tree.xpath("//h1/span")[0]
    assert heading.get("lang") == "en"
    assert heading.text.startswith("A moor on which people live well")


def test_its_tree_goes_as_deep_as_the_agenda(lowmoor: Agenda) -> None:
    page = see("/en/agenda/")
    assert len(page.tree.xpath("//details//details//details")) > 0
    for element in lowmoor.elements.values():
        if element.kind is Kind.TASK:
            assert element.title["en"] in page.words


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_element_has_its_page(lowmoor: Agenda, language: str) -> None:
    with translation.override(language):
        addresses = {url_of(row).partition("#")[0] for row in queries.elements().exclude(kind=Kind.MILESTONE)}
        addresses |= {reverse(name) for name in LISTS.values()}
    for address in addresses:
        assert Client().get(address).status_code == 200, address


def test_an_empty_list_says_so(lowmoor: Agenda) -> None:
    assert "This agenda names none." in see("/en/flagships/").words
