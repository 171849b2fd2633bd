# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In Chromium: Heidi hands in a thesis with a BSN in its appendix and is warned; Ivan of the research office returns
it, she mends it, he approves it; Alice, a policy officer, finds it with words of another language and adopts a
recommendation, which appears on the task's page.

Set MAINPORT_SCREENSHOTS to a folder to look at each step.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from mainport.agenda.rules.elements import Agenda
from mainport.catalogue.models import KeptFile, Record
from mainport.catalogue.search import jobs
from mainport.core.models import Person
from tests.conftest import Cast
from tests.integration.catalogue.handing_in import BSN, pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a few words in a row"
BODY = "Tien bedrijven in Delfzijl vertelden wat zij voor waterstof nodig hebben."
WITH_APPENDIX = pdf(BODY, "Conclusie: er is een leiding nodig.", f"Bijlage 1. Respondent 4, BSN {BSN}, sprak met ons.")
WITHOUT = pdf(BODY, "Conclusie: er is een leiding nodig.")


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


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
            page.screenshot(path=str(Path(folder) / f"thesis-{name}-{width}.png"), full_page=True)


def _field(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def _press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def _log_in(page: Page, person: Person) -> None:
    person.set_password(PASSWORD)
    person.save()
    page.goto("/en/account/login/")
    page.get_by_label("E-mail address").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    _press(page, "Log in")


def test_way_of_a_thesis(groningen: Agenda, cast: Cast, media: Path, window: Callable[[Person | None], Page]) -> None:
    heidi, ivan, alice, visitor = window(None), window(cast.ivan), window(cast.alice), window(None)
    _log_in(heidi, cast.heidi)
    expect(heidi.get_by_role("heading", name="My works")).to_be_visible()

    key = _fill_in(heidi)
    assert visitor.goto(f"/en/works/{key}/").status == 404  # type: ignore[union-attr]
    _is_warned(heidi, key)
    _send(heidi)

    _return(ivan, key)
    assert key in mail.outbox[-1].body
    _mend(heidi, key)
    _approve(ivan, key)

    page = visitor.goto(f"/en/works/{key}/")
    assert page is not None
    assert page.status == 200
    expect(visitor.locator("main")).to_contain_text("Build a pipeline to Delfzijl.")
    _keep(visitor, "10-public")
    _find(alice, key)
    _adopt(alice, key)
    visitor.goto("/en/tasks/E3/")
    expect(visitor.locator("main")).to_contain_text("Build a pipeline to Delfzijl.")
    _keep(visitor, "14-task")
    _carry_out(alice)


def _fill_in(heidi: Page) -> str:
    """All steps; the key of the work."""
    heidi.get_by_role("link", name="Hand in a work").click()
    _field(heidi, "title_nl").fill("Waterstof in de haven")
    _field(heidi, "title_en").fill("Hydrogen in the port")
    _keep(heidi, "1-begin")
    _press(heidi, "Begin")
    _field(heidi, "task").select_option("E3")
    _field(heidi, "programme").fill("Bedrijfskunde")
    _keep(heidi, "2-details")
    _press(heidi, "Save and go on")
    _field(heidi, "given").fill("Heidi")
    _field(heidi, "family").fill("de Boer")
    _press(heidi, "Save and go on")
    # Who forgets something is told where.
    expect(heidi.get_by_role("alert")).to_contain_text("Name of your supervisor")
    _field(heidi, "supervisor_name").fill("S. de Vries")
    _field(heidi, "client").fill("Groningen Seaports")
    _press(heidi, "Save and go on")
    _field(heidi, "summary_nl").fill("Wij vroegen tien bedrijven wat zij nodig hebben. Zij willen een leiding.")
    _field(heidi, "summary_en").fill("We asked ten companies what they need. They want a pipeline.")
    _press(heidi, "Save and see if it is plain")
    expect(heidi.get_by_role("heading", name="How plain is it?")).to_be_visible()
    _keep(heidi, "3-summary")
    _press(heidi, "Save and go on")
    _field(heidi, "nl_0").fill("Leg een leiding aan naar Delfzijl.")
    _field(heidi, "en_0").fill("Build a pipeline to Delfzijl.")
    expect(_field(heidi, "task_0")).to_have_value("E3")
    _keep(heidi, "4-recommendations")
    _press(heidi, "Save and go on")
    _field(heidi, "nl_0").fill("Wat kost een leiding?")
    # She stops here, and goes on another day.
    _press(heidi, "Save, and go on later")
    heidi.goto("/en/hand-in/")
    heidi.get_by_role("link", name="Hydrogen in the port").click()
    _keep(heidi, "5-taken-up-again")
    heidi.get_by_role("link", name="Go on with: Files").click()
    _field(heidi, "file").set_input_files(
        FilePayload(name="thesis.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 broken")
    )
    _press(heidi, "Add this file")
    expect(heidi.get_by_role("alert")).to_contain_text("This file is damaged")
    _add(heidi, WITH_APPENDIX)
    _keep(heidi, "6-files")
    _press(heidi, "Save and go on")
    heidi.get_by_label("Everything, if they name you (CC BY 4.0)").check()
    heidi.get_by_label("Nobody can tell from it").check()
    _press(heidi, "Save and go on")
    return Record.objects.get().key


def _add(heidi: Page, content: bytes) -> None:
    _field(heidi, "file").set_input_files(FilePayload(name="thesis.pdf", mimeType="application/pdf", buffer=content))
    _press(heidi, "Add this file")
    expect(heidi.get_by_role("link", name="thesis.pdf")).to_be_visible()


def _is_warned(heidi: Page, key: str) -> None:
    _press(heidi, "Check now")
    main = heidi.locator("main")
    expect(main).to_contain_text("Citizen service number (BSN)")
    expect(main).to_contain_text("thesis.pdf, page 3")
    expect(main).to_contain_text("1112*****")
    assert BSN not in heidi.content()
    _keep(heidi, "7-warned")
    # What was found must be looked at before the work can go.
    heidi.goto(f"/en/hand-in/{key}/")
    expect(heidi.locator("main")).to_contain_text("Personal data were found.")
    expect(heidi.get_by_role("button", name="Send it to the research office")).to_have_count(0)
    # She says that it may stay, which it may not.
    heidi.get_by_role("link", name="Go on with: Check on personal data").click()
    heidi.get_by_text("It may stay", exact=True).click()
    _field(heidi, "note").fill("I need it for the appendix.")
    _press(heidi, "Keep this reason")


def _send(heidi: Page) -> None:
    heidi.get_by_label("I made this work").check()
    _keep(heidi, "8-send")
    _press(heidi, "Send it to the research office")
    expect(heidi.locator("body")).to_contain_text("Your work is sent.")


def _return(ivan: Page, key: str) -> None:
    ivan.goto("/en/workspace/")
    ivan.get_by_role("link", name="Hydrogen in the port").click()
    expect(ivan.locator("main")).to_contain_text("I need it for the appendix.")
    expect(ivan.locator("main")).to_contain_text("1112*****")
    _keep(ivan, "9-judging")
    ivan.get_by_role("link", name="Return with reasons").click()
    _field(ivan, "reasons").fill("Take the appendix out: it tells who somebody is.")
    _press(ivan, "Return it to its author")
    expect(ivan.locator("body")).to_contain_text("The work is returned")


def _mend(heidi: Page, key: str) -> None:
    heidi.goto(f"/en/hand-in/{key}/")
    expect(heidi.locator("main")).to_contain_text("Take the appendix out")
    heidi.get_by_role("link", name="Files", exact=True).click()
    _add(heidi, WITHOUT)
    assert KeptFile.objects.count() == 1, "the file with the number is gone"
    heidi.goto(f"/en/hand-in/{key}/check/")
    _press(heidi, "Check again")
    expect(heidi.locator("main")).to_contain_text("Nothing was found that must go out.")
    heidi.goto(f"/en/hand-in/{key}/")
    _send(heidi)


def _approve(ivan: Page, key: str) -> None:
    ivan.goto("/en/workspace/works-to-judge/")
    ivan.locator("main").get_by_role("link", name="Hydrogen in the port").first.click()
    expect(ivan.locator("main")).to_contain_text("Judged before")
    ivan.get_by_role("link", name="Approve").click()
    _press(ivan, "Approve and make public")
    expect(ivan.locator("body")).to_contain_text("The work is public")


def _find(alice: Page, key: str) -> None:
    """By German words, of which the thesis and its page hold none: they are found by what they mean."""
    jobs.make_some(None)  # As the worker does.
    alice.goto("/en/search/?tab=research")
    _field(alice, "q").fill("Welche Wasserstoffleitung brauchen die Unternehmen im Hafen?")
    _field(alice, "q").press("Enter")
    _keep(alice, "11-found")
    alice.locator("main").get_by_role("link", name="Hydrogen in the port").click()
    expect(alice).to_have_url(re.compile(f"/en/works/{key}/"))


def _adopt(alice: Page, key: str) -> None:
    alice.locator(f"a[href='/en/works/{key}/recommendations/1/take-up/']").click()
    expect(_field(alice, "task")).to_have_value("E3")
    _field(alice, "note").fill("We put it in the annual plan.")
    _keep(alice, "12-adopting")
    _press(alice, "Take it up")
    expect(alice.locator("main")).to_contain_text("Hanzehogeschool Groningen")
    _keep(alice, "13-adopted")


def _carry_out(alice: Page) -> None:
    alice.goto("/en/adopted-recommendations/")
    alice.get_by_role("link", name="This is done").click()
    _field(alice, "note").fill("The pipeline is there.")
    _press(alice, "This is done")
    expect(alice.locator("main")).to_contain_text("The pipeline is there.")
    _keep(alice, "15-done")
