# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Following an indicator, with buttons that need no JavaScript."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from mainport.core.models import Person
from mainport.monitor import queries
from mainport.monitor.models import Indicator
from mainport.web.monitor.subscriptions import follow_button
from tests.conftest import Cast
from tests.functional.matrix.entry import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def indicator(db: None) -> Indicator:
    return make_indicator()


def test_follow_and_stop_from_the_list(cast: Cast, as_person, indicator: Indicator) -> None:
    client = as_person(cast.alice)
    listed = reverse("subscription_list")
    assert "You follow no indicator yet." in client.get(listed).content.decode()

    answer = client.post(reverse("indicator_subscribe", kwargs={"key": indicator.key}), follow=True)
    assert answer.redirect_chain == [(listed, 302)]
    assert "you get an e-mail when the values of “Students” change" in answer.content.decode()
    assert client.get(reverse("subscription_list_json")).json()["following"][0]["indicator"] == "students"
    assert len(queries.subscriptions(cast.alice.actor)) == 1

    client.post(reverse("indicator_unsubscribe", kwargs={"key": indicator.key}))
    assert queries.subscriptions(cast.alice.actor) == []


def test_back_to_the_page_of_the_button_but_never_to_another_site(cast: Cast, as_person, indicator: Indicator) -> None:
    client = as_person(cast.alice)
    url = reverse("indicator_subscribe", kwargs={"key": indicator.key})
    assert client.post(url, {"next": "/en/glossary/"}).headers["Location"] == "/en/glossary/"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        assert client.post(url, {"next": elsewhere}).headers["Location"] == reverse("subscription_list")


def test_a_site_cannot_press_the_button_for_somebody(cast: Cast, indicator: Indicator) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice, backend="mainport.web.accounts.backends.AuthenticationBackend")
    assert client.post(reverse("indicator_subscribe", kwargs={"key": indicator.key})).status_code == 403
    assert queries.subscriptions(cast.alice.actor) == []


@pytest.mark.parametrize(("following", "button"), [(False, "Follow by e-mail"), (True, "Stop following")])
def test_the_button_on_another_page(cast: Cast, as_person, indicator: Indicator, following: bool, button: str) -> None:
    if following:
        as_person(cast.alice).post(reverse("indicator_subscribe", kwargs={"key": indicator.key}))
    shown = _button(cast.alice, indicator)
    assert button in shown
    assert re.search(r'name="next" value="/en/indicators/students/"', shown)


def test_no_button_for_who_has_no_workspace(cast: Cast, indicator: Indicator) -> None:
    stranger = Person.objects.create(email="nobody@example.org")
    assert _button(stranger, indicator).strip() == ""


def _button(person: Person, indicator: Indicator) -> str:
    request = RequestFactory().get("/en/indicators/students/")
    request.user = Person.objects.get(pk=person.pk)
    return render_to_string("monitor/_subscribe.html", follow_button(request, indicator), request=request)
