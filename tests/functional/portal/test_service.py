# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages that explain, the printable view, the map for crawlers, the frame around every page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.conf import settings
from django.test import Client
from lxml import etree

from mainport.agenda import demo
from mainport.agenda.rules.elements import Agenda
from tests import planning
from tests.conftest import BY
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db


def test_the_rule_of_states_in_plain_words() -> None:
    page = see("/en/state-rule/")
    assert len(page.all(".mainport-rule li")) == 7
    assert "There is no average" in page.words
    assert page.all("dt") == ["Done", "On track", "At risk", "Behind", "No report yet", "No plan yet"]


def test_the_glossary_can_be_linked_to(groningen: Agenda) -> None:
    page = see("/en/glossary/")
    assert page.tree.xpath("//*[@id='flagship']/dt")[0].text == "flagship"
    assert see("/en/tasks/E3/").links()["Task"] == "/en/glossary/#task"
    terms = {term["id"]: term for term in Client().get("/en/glossary.json").json()["terms"]}
    assert terms["task"]["term"]["nl"] == "opgave"


def test_about_names_what_the_site_was_made_from(groningen: Agenda) -> None:
    page = see("/en/about/")
    assert "On this site the alliance Akkoord van Groningen shows its strategic agenda" in page.words
    assert "Strategische agenda 2022-2026, Akkoord van Groningen, chapter “Budget and funds”" in page.words


@pytest.mark.parametrize(
    "address", ["about", "accessibility", "privacy", "state-rule", "glossary", "partners", "money"]
)
def test_what_explains_is_there_before_an_agenda_is(address: str) -> None:
    assert see(f"/en/{address}/").all("h1")


def test_the_foot_leads_to_what_explains(groningen: Agenda) -> None:
    links = see("/en/").links("footer a")
    for words, address in {
        "Accessibility": "/en/accessibility/",
        "Privacy": "/en/privacy/",
        "Glossary": "/en/glossary/",
        "How a state comes about": "/en/state-rule/",
        "About this site": "/en/about/",
    }.items():
        assert links[words] == address


def test_the_navigation_shows_where_the_reader_is(groningen: Agenda) -> None:
    current = see("/en/money/").tree.xpath("//nav//a[@aria-current='true']")
    assert {link.text for link in current if "mainport-nav__link" in link.get("class")} == {"Money"}


def test_the_whole_agenda_to_print(groningen: Agenda) -> None:
    planning.plan("task:E3", "hanze", ["rug"])
    page = see("/en/agenda/print/")
    assert len(page.all(".mainport-print--task")) == 33
    assert len(page.all(".mainport-print--flagship")) == 13
    assert "Lead: Hanze University of Applied Sciences Groningen. Partners: University of Groningen." in page.words
    assert "Together 1,050,000 4,200,000" in page.words
    headings = page.tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
    levels = [int(heading.tag[1]) for heading in headings]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_one_sector_to_print(groningen: Agenda) -> None:
    page = see("/en/agenda/print/sector:energy/")
    assert page.all("h1") == ["Energy"]
    assert len(page.all(".mainport-print--task")) == 3
    assert "1,050,000" not in page.words


def test_every_page_of_the_sitemap_is_there_in_each_language(groningen: Agenda) -> None:
    index = etree.fromstring(Client().get("/sitemap.xml").content)
    assert index[0][0].text == f"{settings.SITE_URL}/sitemap-agenda.xml"
    tree = etree.fromstring(Client().get("/sitemap-agenda.xml").content)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = tree.xpath("//s:loc/text()", namespaces=spaces)
    assert len(addresses) == len(set(addresses))
    assert len(tree.xpath("//s:url[1]/x:link", namespaces=spaces)) == 2
    assert f"{settings.SITE_URL}/en/tasks/E3/" in addresses
    for address in addresses[::9]:
        assert Client().get(address.removeprefix(settings.SITE_URL)).status_code == 200, address
    assert "Sitemap: " in Client().get("/robots.txt").content.decode()


def test_invented_examples_are_marked_as_such(groningen: Agenda) -> None:
    assert "This site shows invented example data" not in see("/en/").response.content.decode()
    demo.load(by=BY)
    home = see("/en/")
    assert "This site shows invented example data" in home.all("header")[0]
    assert "Invented example" in " ".join(home.all(".mainport-changes li"))
    assert "States that follow from invented plans and reports are invented too." in home.words
    task = see("/en/tasks/E3/")
    assert len(task.all(".mainport-tag--demo")) >= 4
    assert "Source: Energy" not in task.all(".mainport-band")[0]  # The agenda doesn't say who leads.
