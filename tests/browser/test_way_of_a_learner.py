# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In Chromium: somebody who hardly uses a computer answers the questions and gets the library next door, with reasons.

Without an account and without scripts; on a telephone of 320 px. Set MAINPORT_SCREENSHOTS to a folder to look at
each step.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from mainport.catalogue import demo_courses
from mainport.catalogue.models import Following
from tests.browser.test_every_page import AXE_TAGS
from tests.conftest import BY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(groningen: object, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    demo_courses.load(by=BY)
    context = chromium.new_context(
        base_url=live_server.url, viewport={"width": 320, "height": 640}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def window(groningen: object, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A window with scripts, in which a visit at the lowest level has answered all questions."""
    demo_courses.load(by=BY)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    found = context.new_page()
    for step, labels in ANSWERS.items():
        found.goto(f"/en/learn/questions/{step}/")
        for label in labels:
            found.get_by_label(label, exact=True).check()
        for group in found.locator("fieldset").all() if step == "make" else ():
            group.get_by_label("No, not yet").check()
        if step == "where":
            found.get_by_label("Where do you live?").fill("9401")
        found.locator("main form button").first.click()
    yield found
    context.close()


ANSWERS = {
    "where": ["I have a job", "Up to 5 kilometres"],
    "computer": ["I find it hard and often ask for help"],
    "want": ["I want to start at the beginning", "Making something, such as a letter, a video or a program"],
    "make": [],
    "how": ["I would rather call or drop in", "At home, online", "Dutch", "No, free only"],
}


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_is_personal_is_accessible_and_narrow(window: Page, language: str) -> None:
    for address in (
        "learn/offer/",
        "learn/offer/print/",
        "learn/my-courses/",
        "learn/my-courses/demo-klik-en-tik/enrol/",
    ):
        window.goto(f"/en/{address}")
        if language == "nl":
            window.goto(window.locator("link[hreflang=nl]").get_attribute("href") or "")
        assert window.locator("html").get_attribute("lang") == language
        results = Axe().run(window, options={"runOnly": AXE_TAGS})
        assert results.violations_count == 0, results.generate_report()
        assert window.evaluate("document.documentElement.scrollWidth") <= 320


def _keep(page: Page, name: str) -> None:
    if folder := os.environ.get("MAINPORT_SCREENSHOTS"):
        page.screenshot(path=str(Path(folder) / f"learner-{name}.png"), full_page=True)


def test_way_of_a_learner(page: Page) -> None:
    page.goto("/en/learn/")
    _keep(page, "1-begin")
    page.get_by_role("link", name="Find a course that suits me").click()

    page.get_by_label("I have no paid job and don't look for one").check()
    page.get_by_label("Where do you live?").fill("Winschooten")
    page.get_by_label("Up to 15 kilometres").check()
    page.get_by_role("button", name="Next").click()
    expect(page.locator("main")).to_contain_text("Do you mean Winschoten")
    _keep(page, "2-mistake")
    page.get_by_label("Where do you live?").fill("9671 AB")
    page.get_by_role("button", name="Next").click()

    page.get_by_label("I hardly ever use one").check()
    page.get_by_label("It is often hard").check()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("I hardly ever use one")).to_be_checked()
    page.get_by_role("button", name="Next").click()

    page.get_by_label("I want to start at the beginning").check()
    page.get_by_role("button", name="Next").click()

    page.get_by_label("I would rather call or drop in").check()
    page.get_by_label("In a building near me, with others").check()
    page.get_by_label("Dutch").check()
    page.get_by_label("No, free only").check()
    _keep(page, "3-last")
    page.get_by_role("button", name="Show my courses").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Courses that suit you")
    expect(page.locator(".mainport-call")).to_contain_text("Bibliotheek Winschoten")
    expect(page.locator(".mainport-call a")).to_have_attribute("href", "tel:0500000003")
    first = page.locator(".mainport-offer__course").first
    expect(first).to_contain_text("Click and tap: the first steps")
    expect(first).to_contain_text("Bibliotheek Winschoten")
    reasons = first.locator(".mainport-reasons li")
    expect(reasons.filter(has_text="Can you find what you look for on the internet?")).to_have_count(1)
    expect(reasons.filter(has_text="It is in the library.")).to_have_count(1)
    expect(reasons.filter(has_text="It is in Winschoten, where you live.")).to_have_count(1)
    # Whoever reads with difficulty isn't told twice what the list of facts says.
    expect(reasons.filter(has_text="It is free.")).to_have_count(0)
    expect(first.locator("dd").filter(has_text="free")).to_have_count(1)
    _keep(page, "4-offer")

    page.get_by_role("link", name="Print this list").click()
    expect(page.locator("main")).to_contain_text("Take this paper along to the library")
    expect(page.locator("main")).to_contain_text("050 000 00 03")
    page.emulate_media(media="print")
    expect(page.locator(".mainport-nav").first).to_be_hidden()
    _keep(page, "5-paper")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Back to the courses").click()

    first.get_by_role("button", name="Save for later").click()
    expect(page.locator("main")).to_contain_text("Saved: Click and tap: the first steps")
    page.get_by_role("link", name="My courses").first.click()
    expect(page.get_by_role("link", name="Click and tap: the first steps", exact=True)).to_be_visible()
    _keep(page, "6-mine")
    assert Following.objects.get().record.key == "demo-klik-en-tik"
    assert Following.objects.get().person is None

    page.get_by_role("link", name="Forget what I answered and saved").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator("main")).to_contain_text("are gone")
    assert not Following.objects.exists()
