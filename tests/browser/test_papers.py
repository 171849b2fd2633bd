# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A paper as HTML, opened from a disk: nothing for axe to find, and no sideways scroll on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from mainport.cycle.exports.papers import render
from tests.papers import hostile, paper

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("which", ["paper", "hostile"])
def test_a_paper_reads_well_by_eye_and_ear(chromium: Browser, tmp_path: Path, which: str) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(render(paper() if which == "paper" else hostile(), "html"))
    # The paper's own policy allows no script, axe's neither: only here it is passed by.
    context = chromium.new_context(bypass_csp=True, viewport={"width": 320, "height": 800})
    try:
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        found = Axe().run(page)
        assert not found.violations_count, found.generate_report()
        assert [url for url in asked if not url.startswith("file:")] == []
    finally:
        context.close()


def test_its_style_stands_by_its_own_policy(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "paper.html"
    file.write_bytes(render(paper(), "html"))
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(file.as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.cover')).backgroundColor") == "rgb(10, 95, 69)"
    assert refused == []
    page.close()
