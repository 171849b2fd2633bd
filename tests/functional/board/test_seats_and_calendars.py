# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who sits where, and meetings in calendars: an address of one's own is shown once and can be ended."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions import meetings
from mainport.board.models import CalendarAddress, Seat
from tests.functional.board.conftest import errors_of, everywhere
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db

BODY = {"key": "steering-group"}


def test_seats(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    visitor = everywhere(as_person(None), "seat_list")
    assert "Rijksuniversiteit Groningen" in visitor
    assert "Rector" not in visitor
    assert "Rector" in as_person(board.cast.bob).get(reverse("seat_list")).text


def test_take_and_leave(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    dave, today = as_person(board.cast.dave), timezone.localdate()
    data = {"person": board.cast.charlie.pk, "role": "guest", "start": f"{today}"}
    response = dave.post(reverse("seat_take", kwargs=BODY), data)
    assert response.headers["Location"] == reverse("seat_list")
    seat = Seat.objects.get(person=board.cast.charlie)
    assert errors_of(dave.post(reverse("seat_leave", kwargs={"pk": seat.pk}), {"end": "2001-01-01"}))["end"]
    dave.post(reverse("seat_leave", kwargs={"pk": seat.pk}), {"end": f"{today + timedelta(days=9)}", "why": "Moves"})
    seat.refresh_from_db()
    assert seat.end == today + timedelta(days=9)
    assert dave.get(reverse("seat_leave", kwargs={"pk": 0})).status_code == 404


def test_refused(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    dave, before = as_person(board.cast.dave), Seat.objects.count()
    url = reverse("seat_take", kwargs=BODY)
    data = {"person": str(board.cast.charlie.pk), "role": "member", "organisation": "rug", "start": "2024-01-01"}
    assert errors_of(dave.post(url, data | {"organisation": ""}))["organisation"]
    assert errors_of(dave.post(url, data | {"end": "2023-01-01"}))["end"]
    assert errors_of(dave.post(url, data | {"person": "0"}))["person"]
    assert errors_of(dave.post(url, data | {"person": str(board.rector.pk)}))
    assert Seat.objects.count() == before


def test_the_page_of_a_body(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan()
    page = as_person(None).get(reverse("body", kwargs=BODY)).text
    assert "Who sits there" in page
    assert reverse("meeting", kwargs={"key": meeting.key}) in page
    assert f"{reverse('decision_list')}?body=steering-group" in page
    data = as_person(None).get(reverse("body_json", kwargs=BODY)).json()
    assert data["seats"][0]["role"] == "chair"
    assert [one["key"] for one in data["meetings"]] == [meeting.key]


def test_the_public_calendar(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan(url="https://example.org/online")
    response = as_person(None).get(reverse("meetings_calendar"))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    [event] = icalendar.Calendar.from_ical(response.text).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Steering group"
    assert event.decoded("DTSTART") == meeting.start.replace(microsecond=0)
    assert str(event["LOCATION"]) == "Groningen"
    assert "example.org/online" not in response.text


def test_an_address_of_ones_own(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting = board.plan(url="https://example.org/online")
    board.item(meeting)
    meetings.convene(by=board.office, meeting=meeting)
    bob = as_person(board.cast.bob)
    page = bob.post(reverse("calendar_make"), follow=True).text
    [address] = re.findall(r"http://testserver(/\S+?\.ics)</code>", page)[1:]
    # Once: nobody else who sits down at this screen finds it.
    assert address not in bob.get(reverse("calendar_address")).text
    assert address.rpartition("/")[2].removesuffix(".ics") not in CalendarAddress.objects.get().sha256
    feed = as_person(None).get(address)
    assert feed.status_code == 200
    assert "example.org/online" in feed.text.replace("\r\n ", "")
    bob.post(reverse("calendar_make"))
    assert as_person(None).get(address).status_code == 404


def test_an_address_is_ended(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    bob = as_person(board.cast.bob)
    page = bob.post(reverse("calendar_make"), follow=True).text
    [address] = re.findall(r"http://testserver(/\S+?\.ics)</code>", page)[1:]
    response = bob.post(reverse("calendar_end"), follow=True)
    assert "That address opens nothing any more." in response.text
    assert as_person(None).get(address).status_code == 404


def test_whoever_left_opens_nothing(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    page = as_person(board.cast.bob).post(reverse("calendar_make"), follow=True).text
    [address] = re.findall(r"http://testserver(/\S+?\.ics)</code>", page)[1:]
    board.cast.bob.is_active = False
    board.cast.bob.save()
    assert as_person(None).get(address).status_code == 404
