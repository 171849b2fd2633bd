# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account finds their list of courses again: by its code, or on a device of their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.test import Client
from django.utils import timezone

from mainport.catalogue.actions.academy import KEPT
from mainport.catalogue.models import Answers, Following
from mainport.web.catalogue.academy.visits import COOKIE
from tests.conftest import Cast
from tests.functional.catalogue.test_academy import courses, fill_in  # noqa: F401 (a fixture)

LIST, OPEN, KEEP = "/en/learn/my-courses/", "/en/learn/my-list/", "/en/learn/keep-my-list/"
TITLE = "Click and tap"


def _begun(client: Client) -> str:
    """Answers and a saved course; the code that the page shows."""
    fill_in(client)
    client.post("/en/learn/my-courses/demo-klik-en-tik/save/")
    page = client.get(LIST).content.decode()
    found = re.search(r'class="mainport-list-code">([^<]+)<', page)
    assert found, "the page tells the code"
    return found[1]


def test_the_code_opens_the_list_on_another_device(client: Client, courses: None) -> None:  # noqa: F811
    code = _begun(client)
    assert code in client.get("/en/learn/offer/").content.decode()
    paper = client.get("/en/learn/offer/print/").content.decode()
    assert code in paper
    assert "/en/learn/my-list/" in paper, "the paper says where to type it"
    other = Client()
    assert TITLE not in other.get(LIST).content.decode()
    assert OPEN in other.get(LIST).content.decode()
    answer = other.post(OPEN, {"code": code.lower().replace(" ", "-")}, follow=True)
    assert answer.redirect_chain[-1][0] == LIST
    assert TITLE in answer.content.decode()
    assert other.get("/en/learn/offer/").status_code == 200, "the answers came along"


def test_what_is_no_code_is_said_and_stays_in_the_field(client: Client, courses: None) -> None:  # noqa: F811
    for said, why in (("", "Type the code"), ("K7QM", "twelve letters and digits"), ("K7QM 3XWP 9RTV", "no list with")):
        page = client.post(OPEN, {"code": said}).content.decode()
        assert why in page
        assert f'value="{said}"' in page or not said
    assert "visit" not in client.session


def test_on_a_device_of_ones_own_it_outlives_the_session(client: Client, courses: None) -> None:  # noqa: F811
    _begun(client)
    page = client.get(LIST).content.decode()
    assert f"after {settings.SESSION_COOKIE_AGE // 3600} hours" in page
    client.post(KEEP, {"keep": "yes"})
    cookie = client.cookies[COOKIE]
    assert cookie["httponly"]
    assert int(cookie["max-age"]) == KEPT.total_seconds()
    del client.cookies[settings.SESSION_COOKIE_NAME]
    page = client.get(LIST).content.decode()
    assert TITLE in page
    assert str((timezone.localdate() + KEPT).year) in page
    client.post("/en/learn/my-courses/demo-klik-en-tik/keep/", {"deed": "begin"})
    assert Following.objects.get().state == "busy", "and it goes on where it was"
    client.post(KEEP, {"keep": "no"})
    assert TITLE not in client.get(LIST).content.decode()
    assert Following.objects.exists(), "what has a code is kept"


def test_a_cookie_that_was_tampered_with_opens_nothing(client: Client, courses: None) -> None:  # noqa: F811
    code = _begun(client).replace(" ", "")
    other = Client()
    for value in (code, f'["{code}", "2099-01-01"]', "x:y:z"):
        other.cookies[COOKIE] = value
        assert TITLE not in other.get(LIST).content.decode()


def test_who_logs_in_does_not_take_what_others_left_on_the_device(
    client: Client,
    courses: None,  # noqa: F811
    cast: Cast,
) -> None:
    code = _begun(client)
    client.post(KEEP, {"keep": "yes"})
    del client.cookies[settings.SESSION_COOKIE_NAME]
    client.force_login(cast.heidi, backend="mainport.web.accounts.backends.AuthenticationBackend")
    assert TITLE not in client.get(LIST).content.decode()
    assert TITLE in client.post(OPEN, {"code": code}, follow=True).content.decode(), "who has the code may"
    assert Following.objects.get().person == cast.heidi
    assert Answers.objects.get().visit == ""


def test_forgetting_takes_it_off_the_device_too(client: Client, courses: None) -> None:  # noqa: F811
    _begun(client)
    client.post(KEEP, {"keep": "yes"})
    client.post("/en/learn/forget-me/")
    assert not client.cookies[COOKIE].value
    assert not Answers.objects.exists()


def test_codes_can_not_be_tried_without_end(client: Client, courses: None) -> None:  # noqa: F811
    codes = [client.post(OPEN, {"code": "K7QM 3XWP 9RTV"}).status_code for _ in range(61)]
    assert codes[:60] == [200] * 60
    assert codes[60] == 429


def test_people_with_an_account_have_no_code(as_person: Callable[..., Client], courses: None, cast: Cast) -> None:  # noqa: F811
    heidi = as_person(cast.heidi)
    heidi.post("/en/learn/my-courses/demo-klik-en-tik/save/")
    page = heidi.get(LIST).content.decode()
    assert TITLE in page
    assert "list-code" not in page
    assert timedelta(days=90) == KEPT, "which the pages say"
