# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every page of the matrix in Chromium: accessible in both languages, light and dark, and no wider than 320 px.

The browser's requests are answered by Django's test client in this process, so that the pages see the
agenda and the cast of the module's own transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Browser, Page, Route

from mainport.agenda import actions, demo
from tests.conftest import BY, groningen_file, make_cast
from tests.functional.matrix import (
    ROLES,
    Row,
    Stage,
    accounts,
    board,
    catalogue_academy,
    catalogue_handing_in,
    catalogue_harvest,
    catalogue_records,
    catalogue_search,
    cycle,
    entry,
    monitor,
    outsider,
    papers,
    portal,
    region,
    region_companies,
    talent,
    workspace,
)
from tests.functional.test_matrix import given_values

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HOST = "http://localhost:8000"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Who opens a page, the first that may: those who see most of it first.
OPENERS = ("dave", "grace", "frank", "bob", "alice", "charlie", "erin", "visitor")


def _opener(row: Row) -> str | None:
    """The role that sees this row as a page; None where nobody does."""
    status = dict(zip(ROLES, row.get, strict=True))
    return row.opener or next((role for role in OPENERS if status[role] == 200), None)


#: Addresses that give a file to keep, and no page.
FILES = (
    "document",
    "meetings_calendar",
    "personal_calendar",
    "meeting_pack",
    "badge_credential",
    "badge_jwt",
    "badge_image",
    "badge_states",
    "badge_states_token",
    "questionnaire_file",
    "work_bib",
    "work_citation",
    "work_ris",
    "work_datacite",
)

#: The portal is looked at with demo plans and reports; a row of the workspace makes what it needs.
PAGES = [
    pytest.param(row, with_demo, id=row.name)
    for rows, with_demo in (
        ([*portal.ROWS, *monitor.ROWS], True),
        ([*workspace.ROWS, *entry.ROWS, *accounts.ROWS, *board.ROWS, *cycle.ROWS, *papers.ROWS], False),
        (catalogue_academy.ROWS, False),
        (catalogue_records.ROWS, False),
        (catalogue_harvest.ROWS, False),
        (catalogue_handing_in.ROWS, False),
        (catalogue_search.ROWS, False),
        (talent.ROWS, False),
        (region.ROWS, False),
        (region_companies.ROWS, False),
    )
    for row in rows
    if _opener(row) and row.name not in FILES and not row.name.endswith(("_json", "_csv", "_xaf", "_file"))
]


@pytest.fixture(scope="module")
def stage(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, chromium: Browser
) -> Iterator[Stage]:
    """The agenda and the cast, with demo plans and reports where wanted; undone after the last page."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load(by=BY, agenda=groningen_file(), why="tests")
        cast = make_cast()
        if request.param:
            demo.load(by=BY)
        yield Stage(cast=cast)
        transaction.set_rollback(True)


def _log_in(stage: Stage, role: str) -> SimpleCookie:
    client = Client()
    if role != "visitor":
        client.force_login(outsider(stage, role), backend=settings.AUTHENTICATION_BACKENDS[0])
    return client.cookies


def _answer(route: Route, cookies: SimpleCookie, connection: Any) -> None:
    # Playwright calls from a context of its own, in which Django would open another connection.
    connections["default"] = connection
    client = Client(headers={"host": "localhost:8000"})
    client.cookies = cookies
    response = client.get(route.request.url.removeprefix(HOST))
    body = b"".join(response.streaming_content) if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers.items()), body=body)


def _open(browser: Browser, stage: Stage, row: Row, language: str, scheme: str) -> tuple[Page, list[str]]:
    """The page, and what its console complained of (a breach of the content security policy, a missing file)."""
    cookies = _log_in(stage, _opener(row) or "visitor")
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    connection = connections["default"]
    page.route("**/*", lambda route: _answer(route, cookies, connection))
    with translation.override(language):
        address = reverse(row.name, kwargs=given_values(row.arguments, stage))
    response = page.goto(f"{HOST}{address}", wait_until="load")
    assert response is not None
    if "text/html" not in response.headers.get("content-type", ""):
        page.close()
        pytest.skip("not a page")
    return page, complaints


@pytest.mark.parametrize(("language", "scheme"), [("nl", "light"), ("en", "dark")])
@pytest.mark.parametrize(("row", "stage"), PAGES, indirect=["stage"])
def test_page(row: Row, language: str, scheme: str, stage: Stage, chromium: Browser) -> None:
    with transaction.atomic():
        page, complaints = _open(chromium, stage, row, language, scheme)
        try:
            assert page.locator("html").get_attribute("lang") == language
            results = Axe().run(page, options={"runOnly": AXE_TAGS})
            assert results.violations_count == 0, results.generate_report()
            page.set_viewport_size({"width": 320, "height": 640})
            wide = page.evaluate(
                """() => document.documentElement.scrollWidth <= 320 ? [] :
                    [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > 321)
                    .slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""
            )
            assert wide == [], "wider than 320 px"
            # Django's own script sets a style on one page of its admin; our policy refuses it, and nothing is lost.
            assert complaints == [] or row.name.startswith("admin:")
        finally:
            page.close()
            transaction.set_rollback(True)
