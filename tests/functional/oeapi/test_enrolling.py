# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Enrolling by other software: with its key, for a course that is given here, told to the provider by letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from smtplib import SMTPException
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from mainport.catalogue.actions import academy, records
from mainport.catalogue.feeds import associations
from mainport.catalogue.models import Following, Record
from mainport.catalogue.rules.courses import Course, Offering
from mainport.core.actions import add_person, set_grants
from mainport.core.models import Person
from mainport.core.rules.permissions import Grant, Role
from tests.functional.oeapi.conftest import BY, ROOT, Ask, Check

pytestmark = [pytest.mark.django_db, pytest.mark.shared]

ENROL = "/course-offering-associations/external/me"


@pytest.fixture(autouse=True)
def keys(settings: LazySettings) -> None:
    settings.OEAPI_KEYS = {"library": "k1", "other": "k2"}


@pytest.fixture
def provider(education: dict[str, Record]) -> Person:
    """Somebody of the Forum who looks after its courses."""
    person = add_person(by=BY, email="forum@example.org", name="Fenna Forum")
    set_grants(by=BY, person=person, grants=[Grant(Role.COURSE_PROVIDER, "forum")])
    return person


@pytest.fixture
def body(ask: Ask, education: dict[str, Record]) -> dict[str, Any]:
    """What another Mainport sends."""
    number = ask("/courses")["items"][0]["courseId"]
    offering = ask(f"/courses/{number}/course-offerings")["items"][0]["courseOfferingId"]
    return associations.request(
        offering, name="Karel Kas", email="karel@example.org", site="https://x.example", person="7"
    )


Send = Callable[..., Any]


@pytest.fixture
def send(client: Client, check: Check) -> Send:
    """Sends, and holds the answer against the specification."""

    def sent(method: str, path: str, status: int, content: Any = None, key: str = "k1") -> Any:
        kind = "application/merge-patch+json" if method == "patch" else "application/json"
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        response = getattr(client, method)(
            f"{ROOT}{path}", json.dumps(content) if content is not None else None, content_type=kind, headers=headers
        )
        assert response.status_code == status, response.content
        assert response["Cache-Control"] == "no-store"
        assert "ETag" not in response
        said = json.loads(response.content)
        if status != 503:
            check(method, path, status, said)
        return said

    return sent


def test_somebody_is_enrolled_and_stops(send: Send, provider: Person, body: dict[str, Any]) -> None:
    made = send("post", ENROL, 201, body)
    assert made["state"] == "associated"
    assert associations.read(made, "x").state == "associated"
    (letter,) = mail.outbox
    assert letter.to == ["forum@example.org"]
    assert "karel@example.org" in letter.body
    assert "Karel Kas" in letter.body
    following = Following.objects.get()
    assert (following.state, following.record.key, following.person) == ("enrolled", "mailen", None)
    assert "karel" not in json.dumps([str(getattr(following, field.name)) for field in Following._meta.fields]).lower()
    path = f"/course-offering-associations/{made['associationId']}"
    said = send("get", path, 200)
    assert (said["state"], said["personId"], said["courseOfferingId"]) == (
        "associated",
        body["person"]["personId"],
        body["courseOfferingId"],
    )
    assert send("patch", path, 200, {"remoteState": "associated"})["state"] == "associated"
    assert send("patch", path, 200, {"remoteState": "cancelled"})["state"] == "cancelled"
    assert Following.objects.get().state == "stopped"
    assert len(mail.outbox) == 2
    assert send("patch", path, 200, {"remoteState": "cancelled"})["state"] == "cancelled"
    assert len(mail.outbox) == 2
    again = send("post", ENROL, 201, body)
    assert again["associationId"] == made["associationId"]
    assert Following.objects.get().state == "enrolled"


def test_who_asks_twice_is_enrolled_once(send: Send, provider: Person, body: dict[str, Any]) -> None:
    first = send("post", ENROL, 201, body)
    assert send("post", ENROL, 201, {**body, "associationId": first["associationId"]}) == first
    assert (Following.objects.count(), len(mail.outbox)) == (1, 1)


def test_only_with_a_key_and_only_ones_own(send: Send, provider: Person, body: dict[str, Any]) -> None:
    send("post", ENROL, 401, body, key="")
    send("post", ENROL, 401, body, key="k3")
    made = send("post", ENROL, 201, body)
    path = f"/course-offering-associations/{made['associationId']}"
    send("get", path, 404, key="k2")
    send("patch", path, 404, {"remoteState": "cancelled"}, key="k2")
    assert Following.objects.get().state == "enrolled"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"courseOfferingId": "x"}, "courseOfferingId"),
        ({"courseOfferingId": 7}, "courseOfferingId"),
        ({"state": None}, "state"),
        ({"remoteState": ["associated"]}, "remoteState"),
        ({"role": 3}, "role"),
        ({"person": {}}, "person.personId"),
        ({"person": "Karel"}, "person.personId"),
        ({"person": {"personId": "7", "email": "a@b.nl", "surname": "Kas"}}, "person.personId"),
        ({"person": {"personId": "0" * 32, "email": "nobody", "surname": "Kas"}}, "person.email"),
        ({"person": {"personId": "0" * 32, "email": "a@b.nl"}}, "person.displayName"),
        ({"person": {"personId": "0" * 32, "email": "a@b.nl", "displayName": "A\nBcc: x"}}, "person.displayName"),
    ],
)
def test_what_is_wrong_is_told(
    send: Send, provider: Person, body: dict[str, Any], change: dict[str, Any], field: str
) -> None:
    said = send("post", ENROL, 400, {**body, **change})
    assert field in [error["field"] for error in said["errors"]]
    assert not Following.objects.exists()


def test_what_cannot_be_is_told(send: Send, provider: Person, body: dict[str, Any]) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    send("post", ENROL, 404, {**body, "courseOfferingId": nobody})
    send("post", ENROL, 403, {**body, "role": "lecturer"})
    send("post", ENROL, 403, {**body, "person": None})
    assert not Following.objects.exists()
    made = send("post", ENROL, 201, body)
    path = f"/course-offering-associations/{made['associationId']}"
    send("patch", path, 403, {"result": {"state": "completed", "pass": "passed"}})
    send("patch", path, 400, {"remoteState": 7})
    assert send("patch", path, 200, {})["state"] == "associated"


def test_a_body_that_is_none(send: Send, client: Client, provider: Person) -> None:
    send("post", ENROL, 400, [])
    for content, kind in ((b"{", "application/json"), (b"a=1", "application/x-www-form-urlencoded")):
        headers = {"Authorization": "Bearer k1"}
        assert client.post(f"{ROOT}{ENROL}", content, content_type=kind, headers=headers).status_code == 400
    assert not Following.objects.exists()


def test_a_course_that_nobody_looks_after_here_sends_on(send: Send, body: dict[str, Any]) -> None:
    assert "nobody takes enrolments" in send("post", ENROL, 403, body)["detail"].lower()
    Record.objects.filter(key="mailen").update(organisation=None)
    assert "http://localhost:8000/record/mailen" in send("post", ENROL, 403, body)["detail"]


@pytest.mark.parametrize(
    "offering",
    [
        Offering("o-1", of="c-1", cancelled=True),
        Offering("o-1", of="c-1", enrol_until=date(2020, 1, 1)),
        Offering("o-1", of="c-1", ends=date(2020, 1, 1)),
        Offering("o-1", of="c-1", enrol_from=date(2999, 1, 1)),
        Offering("o-1", of="c-1", seats=3, enrolled=3),
    ],
)
def test_what_is_closed_takes_nobody(
    send: Send, provider: Person, body: dict[str, Any], education: dict[str, Record], offering: Offering
) -> None:
    records.put(by=BY, value=Course("c-1", {"nl": "Mailen"}, offerings=(offering,)), record=education["mail"])
    send("post", ENROL, 403, body)
    assert not Following.objects.exists()


def test_without_a_letter_nobody_is_enrolled(
    send: Send, provider: Person, body: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> None:
        raise SMTPException("full")

    monkeypatch.setattr("mainport.catalogue.actions.outsiders.send_mail", fails)
    send("post", ENROL, 503, body)
    assert not Following.objects.exists()


def test_an_enrolment_is_no_visit_that_is_forgotten(send: Send, provider: Person, body: dict[str, Any]) -> None:
    send("post", ENROL, 201, body)
    Following.objects.update(changed_at="2020-01-01T00:00:00Z")
    academy._forget_old_visits()
    assert Following.objects.count() == 1
