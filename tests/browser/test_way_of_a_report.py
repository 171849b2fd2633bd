# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In Chromium: Alice reports on task E3, Bob returns it, she mends it, he approves it, the home page changes.

Charlie, of another partner, can't see the draft. Set MAINPORT_SCREENSHOTS to a folder to look at each step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from mainport.core.models import Person
from tests import planning
from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a few words in a row"


@pytest.fixture
def stage(groningen: object, cast: Cast) -> str:
    """A plan of E3 that the Hanze leads, an open period over the last quarter; the address of the report."""
    planning.plan("task:E3", "hanze", ["rug"])
    period = planning.open_period()
    for person in (cast.alice, cast.bob, cast.charlie):
        person.set_password(PASSWORD)
        person.save()
    return f"/en/workspace/reports/{period.key}/task/E3/hanze/"


@pytest.fixture
def log_in(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[[Person], Page]]:
    """A window of its own for each person, logged in by the form."""
    contexts = []

    def window(person: Person) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto("/en/account/login/")
        page.get_by_label("E-mail address").fill(person.email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main").get_by_role("button", name="Log in", exact=True).click()
        expect(page).to_have_url(f"{live_server.url}/en/workspace/")
        return page

    yield window
    for context in contexts:
        context.close()


def _keep(page: Page, name: str) -> None:
    """A picture of this step at both widths, where somebody wants to look."""
    folder = os.environ.get("MAINPORT_SCREENSHOTS")
    if not folder:
        return
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def test_way_of_a_report(stage: str, cast: Cast, log_in: Callable[[Person], Page], live_server: LiveServer) -> None:
    alice, bob, charlie = log_in(cast.alice), log_in(cast.bob), log_in(cast.charlie)
    before = alice.context.new_page()
    before.goto("/en/")
    row = before.locator(".mainport-matrix tr", has=before.get_by_role("link", name="E3"))
    expect(row).to_contain_text("No report yet")
    _keep(before, "1-home-before")

    alice.goto(f"{stage}write/")
    alice.get_by_label("At risk").check()
    alice.locator("textarea[name=words]").fill("The demand is charted; the agreements come a month late.")
    _keep(alice, "2-alice-writes")
    alice.get_by_role("button", name="Hand in").click()
    expect(alice.locator("main")).to_contain_text("handed in", ignore_case=True)

    assert charlie.goto(stage).status == 404  # type: ignore[union-attr]
    _keep(charlie, "3-charlie-sees-nothing")

    bob.goto(stage)
    bob.locator("textarea[name=reason], input[name=reason]").fill("Say which agreements are late.")
    _keep(bob, "4-bob-reads")
    bob.get_by_role("button", name="Return the report").click()
    expect(bob.locator("main")).to_contain_text("returned", ignore_case=True)

    alice.goto(stage)
    expect(alice.locator("main")).to_contain_text("Say which agreements are late.")
    _keep(alice, "5-alice-reads-the-reason")
    alice.get_by_role("link", name="Mend it").click()
    words = alice.locator("textarea[name=words]")
    expect(words).to_have_value("The demand is charted; the agreements come a month late.")
    words.fill("The demand is charted; the agreements with three programmes come a month late.")
    alice.get_by_role("button", name="Hand in").click()

    bob.goto(stage)
    bob.get_by_role("button", name="Approve").click()
    expect(bob.locator("main")).to_contain_text("approved", ignore_case=True)
    _keep(bob, "6-bob-approved")

    before.goto("/en/")
    expect(row).to_contain_text("At risk")
    _keep(before, "7-home-after")
    before.goto("/nl/")
    _keep(before, "8-home-after-nl")
    before.goto("/en/tasks/E3/")
    expect(before.locator("main")).to_contain_text("the agreements with three programmes come a month late")
    assert charlie.goto(stage).status == 200  # type: ignore[union-attr]
