# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The chart alone, for other sites, and the forms in which the figures can be taken along."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from lxml import etree

from mainport.core.models import Person
from mainport.monitor.rules.indicators import File
from tests.conftest import Cast
from tests.functional.monitor.conftest import GRONINGEN
from tests.functional.portal.page import see

pytestmark = pytest.mark.django_db

PAGE = "/en/indicators/campus-companies/"
GROWING = {year: 200_000.0 + 4_000 * (year - 2015) for year in range(2015, 2025)}


def test_the_chart_may_stand_in_another_site_and_the_page_may_not(indicators: File) -> None:
    chart = see(f"{PAGE}chart/")
    assert chart.response.headers["Content-Security-Policy"].count("frame-ancestors *") == 1
    assert "unsafe" not in chart.response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in chart.response.headers
    page = Client().get(PAGE)
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_chart_alone_has_what_it_needs(indicators: File) -> None:
    chart = see(f"{PAGE}chart/")
    assert chart.all("h1") == ["Companies on Campus Groningen"]
    assert chart.all("figcaption") == ["Up from 114 (2014) to 230 companies (2021)"]
    assert len(chart.tree.xpath("//figure//*[local-name()='svg']")) == 2
    assert "As sources published it" in chart.words
    assert "Source:" in chart.words
    assert chart.links()["More about this figure"].endswith(PAGE)
    # Nothing of the site's own frame, and no scripts.
    assert not chart.all("header")
    assert not chart.tree.xpath("//script")


def test_the_drawing_holds_its_title_source_and_style(indicators: File) -> None:
    answer = Client().get(f"{PAGE}chart.svg")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    tree = etree.fromstring(answer.content)
    words = " ".join(" ".join(tree.itertext()).split())
    assert "Companies on Campus Groningen: Up from 114 (2014)" in words
    assert "Source:" in words
    policy = answer.headers["Content-Security-Policy"]
    assert re.search(r"style-src 'sha256-[\w+/=]+'", policy)
    assert "default-src 'none'" in policy


def test_without_a_figure_there_is_no_drawing(indicators: File) -> None:
    key = next(key for key, one in indicators.indicators.items() if not one.published)
    assert Client().get(f"/en/indicators/{key}/chart.svg").status_code == 404
    assert "no figure" in see(f"/en/indicators/{key}/chart/").words


def test_the_page_gives_the_frame_to_copy(indicators: File) -> None:
    page = see(PAGE)
    (snippet,) = page.all(".mainport-monitor-snippet")
    assert snippet.startswith("<iframe src=")
    assert f"{PAGE}chart/" in snippet


def test_every_form_of_the_table_is_there_with_its_source(indicators: File, visit: Callable[..., None]) -> None:
    visit({GRONINGEN: GROWING})
    page = see("/en/indicators/inhabitants/")
    links = page.links(".mainport-monitor-forms a")
    assert len(links) == 14  # Of CBS's table, and of the figures that were published.
    for label, address in links.items():
        assert Client().get(address).status_code == 200, label
    assert "Licence:" in page.words


def test_who_may_follow_finds_the_button(
    indicators: File, cast: Cast, as_person: Callable[[Person | None], Client]
) -> None:
    assert "Follow by e-mail" not in see(PAGE).words
    assert "Follow by e-mail" in see(PAGE, as_person(cast.alice)).words
