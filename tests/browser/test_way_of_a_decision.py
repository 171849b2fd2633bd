# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In Chromium: Bob proposes an item with a paper; Dave places it, sends the agenda out, says who came and records a
decision that moves EUR 50,000 between two tasks and sets a target; the pages, the register and the old paper agree.

Set MAINPORT_SCREENSHOTS to a folder to look at each step.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from mainport.agenda.rules.elements import Agenda
from mainport.board.actions.decisions import decide
from mainport.board.models import Meeting
from mainport.board.rules.changes import BudgetDecided, PaperDecided
from mainport.core.models import Person
from mainport.cycle.actions import budgets
from mainport.monitor.actions.indicators import load
from mainport.monitor.models import Indicator
from mainport.monitor.rules.indicators import read
from tests.conftest import BY, Cast
from tests.integration.board.conftest import Board, make_board
from tests.integration.board.conftest import media as media
from tests.integration.board.test_cycle_changes import written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = 2024
OLD_PAPER = f"/en/yearly-papers/annual-plan/{YEAR}/"


@dataclass(frozen=True)
class Stage:
    """A budget and an annual plan in force, a meeting that comes, and a target that will change."""

    board: Board
    meeting: Meeting
    indicator: Indicator
    period: str
    old: str

    @property
    def address(self) -> str:
        return f"/en/meetings/{self.meeting.key}/"


@pytest.fixture
def stage(groningen: Agenda, cast: Cast) -> Stage:
    board = make_board(cast)
    load(
        by=BY,
        file=read((resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()),
    )
    draft = budgets.draft(by=board.office, year=YEAR)
    for uid, amount in (("task:K1", "120000.00"), ("task:K2", "30000.00")):
        budgets.put_line(by=board.office, budget=draft, element=uid, fund="base", cost="staff", amount=Decimal(amount))
    _held, [first, second] = board.held("The budget", "The plan")
    decide(by=board.office, item=first, title={"en": "Budget"}, text={"en": "So"}, changes=[BudgetDecided(YEAR)])
    written(board, "annual-plan", YEAR)
    plan = PaperDecided("annual-plan", YEAR, ahead="All agreed by telephone")
    decide(by=board.office, item=second, title={"en": "Plan"}, text={"en": "So"}, changes=[plan])
    indicator = Indicator.objects.filter(targets__value__isnull=False, targets__until=None).distinct()[0]
    target = indicator.targets.filter(until=None, value__isnull=False)[0]
    return Stage(board, board.plan(), indicator, target.period, f"{target.value:g}")


@pytest.fixture
def window(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[[Person | None], Page]]:
    """A window of its own for each person, logged in; how logging in works is held elsewhere."""
    contexts = []

    def opened(person: Person | None) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def _keep(page: Page, name: str) -> None:
    """A picture of this step at both widths, where somebody wants to look; it never scrolls sideways."""
    folder = os.environ.get("MAINPORT_SCREENSHOTS")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def _field(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def _said(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()


def test_way_of_a_decision(stage: Stage, window: Callable[[Person | None], Page]) -> None:
    bob, dave, visitor = window(stage.board.cast.bob), window(stage.board.cast.dave), window(None)
    old_paper = _said(visitor, OLD_PAPER)
    assert "120,000" in old_paper
    _keep(visitor, "1-the-plan-before")

    _propose(bob, stage)
    assert "More for K2" not in _said(visitor, stage.address)
    _place_and_convene(dave, stage)
    assert "More for K2" in _said(visitor, stage.address)
    _keep(visitor, "5-visitor-reads-the-agenda")

    # The hour comes.
    begun = timezone.now() - timedelta(hours=1)
    Meeting.objects.filter(pk=stage.meeting.pk).update(start=begun, papers_due=begun - timedelta(days=7))
    key = _decide(dave, stage)
    _adopt(dave, stage)

    register = _said(visitor, "/en/decisions/")
    assert "More for K2" in register
    assert key in register
    _keep(visitor, "9-register")
    for task, amount in (("K1", "70,000"), ("K2", "80,000")):
        said = _said(visitor, f"/en/tasks/{task}/")
        assert key in said, task
        assert amount in said, task
        _keep(visitor, f"10-task-{task}")
    assert "Tell the schools" in said
    said = _said(visitor, f"/en/indicators/{stage.indicator.key}/")
    assert "98,765" in said
    assert f"decision {key}" in said
    _keep(visitor, "11-indicator")
    assert "This was said." in _said(visitor, stage.address)
    _keep(visitor, "12-minutes")

    # What was decided before reads the same for ever.
    assert _said(visitor, OLD_PAPER) == old_paper
    _keep(visitor, "13-the-plan-after")
    bob.goto("/en/workspace/")
    expect(bob.locator("main")).to_contain_text("Tell the schools")
    _keep(bob, "14-bob-has-something-to-do")


def _propose(bob: Page, stage: Stage) -> None:
    bob.goto(stage.address)
    bob.get_by_role("link", name="Propose an item").click()
    _field(bob, "title_nl").fill("Meer voor K2")
    _field(bob, "title_en").fill("More for K2")
    _field(bob, "summary_en").fill("K2 goes faster than we thought.")
    bob.get_by_label("to decide").check()
    _field(bob, "elements").select_option(["task:K1", "task:K2"])
    _keep(bob, "2-bob-proposes")
    bob.get_by_role("button", name="Propose it").click()
    expect(bob.locator("main")).to_contain_text("More for K2")
    bob.get_by_role("link", name="Add a paper").click()
    _field(bob, "file").set_input_files(FilePayload(name="k2.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 K2"))
    _field(bob, "title").fill("How K2 goes")
    bob.get_by_role("button", name="Add it").click()
    expect(bob.get_by_role("link", name="How K2 goes", exact=True)).to_be_visible()
    _keep(bob, "3-bob-added-a-paper")


def _place_and_convene(dave: Page, stage: Stage) -> None:
    dave.goto("/en/workspace/")
    dave.get_by_role("link", name="proposal to place").click()
    dave.get_by_role("button", name="Put on the agenda").click()
    expect(dave.get_by_role("heading", name="1. More for K2")).to_be_visible()
    dave.get_by_role("button", name="Send the agenda out").click()
    expect(dave.locator("body")).to_contain_text("The agenda is sent out")
    _keep(dave, "4-dave-sent-the-agenda")


def _decide(dave: Page, stage: Stage) -> str:
    """The number of the decision."""
    dave.goto(stage.address)
    dave.get_by_role("link", name="Who was present?").click()
    for person in stage.board.voters:
        dave.get_by_label(f"{person.name},").check()
    _keep(dave, "6-who-was-present")
    dave.get_by_role("button", name="Keep who was present").click()
    dave.get_by_role("link", name="Record a decision").click()
    _field(dave, "text_nl").fill("Wij verschuiven 50.000 euro en stellen een hoger doel.")
    _field(dave, "text_en").fill("We move 50,000 euro and set a higher target.")
    dave.get_by_text("Move money from one task to another").click()
    _field(dave, "move0-year").fill(str(YEAR))
    _field(dave, "move0-source").select_option("task:K1")
    _field(dave, "move0-target").select_option("task:K2")
    _field(dave, "move0-cost").select_option("staff")
    _field(dave, "move0-amount").fill("500000")
    dave.get_by_text("Set another target").click()
    _field(dave, "target0-indicator").select_option(stage.indicator.key)
    _field(dave, "target0-period").fill(stage.period)
    _field(dave, "target0-value").fill("98765")
    _field(dave, "task0-organisation").select_option("hanze")
    _field(dave, "task0-words_nl").fill("De scholen inlichten")
    _field(dave, "task0-words_en").fill("Tell the schools")
    _field(dave, "task0-due").fill(f"{timezone.localdate() + timedelta(days=20)}")
    dave.get_by_role("button", name="Record and carry out").click()
    # So much isn't there: nothing is recorded, and what was filled in stays.
    expect(dave.get_by_role("alert")).to_contain_text("This change can't be made, so nothing was recorded.")
    expect(_field(dave, "target0-value")).to_be_visible()
    _keep(dave, "7-too-much")
    _field(dave, "move0-amount").fill("50000")
    _keep(dave, "7-dave-decides")
    dave.get_by_role("button", name="Record and carry out").click()
    expect(dave.locator("main")).to_contain_text("moved from “K1")
    _keep(dave, "8-decided")
    return dave.url.rstrip("/").rpartition("/")[2]


def _adopt(dave: Page, stage: Stage) -> None:
    dave.goto(stage.address)
    dave.get_by_role("link", name="Write the minutes").click()
    _field(dave, "minutes_nl").fill("Gezegd is dit.")
    _field(dave, "minutes_en").fill("This was said.")
    dave.get_by_role("button", name="Keep the minutes").click()
    dave.get_by_role("link", name="Adopt the minutes").click()
    dave.get_by_role("button", name="Adopt the minutes").click()
    expect(dave.locator("body")).to_contain_text("The minutes are adopted and public.")
