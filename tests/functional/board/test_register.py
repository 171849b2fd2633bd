# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The register of decisions: filters, its data, and few queries whatever it holds."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions.decisions import NewFollowUp, enter
from mainport.board.models import Item
from mainport.board.rules.changes import ElementChange
from mainport.board.rules.voting import Ballot, Choice
from mainport.core.rules.permissions import Actor
from tests.functional.board.conftest import take
from tests.integration.board.conftest import Board

pytestmark = pytest.mark.django_db


def old(by: Actor, key: str, day: date, body: str = "steering-group", **fields: object) -> None:
    values = {"title": {"en": f"Title {key}"}, "text": {"en": f"Text {key}"}} | fields
    enter(by=by, body=body, key=key, date=day, **values)  # type: ignore[arg-type]


def test_filters(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    old(board.office, "2022-01", date(2022, 3, 1))
    old(board.office, "2023-01", date(2023, 3, 1), title={"en": "Harbour"})
    old(board.office, "2023-02", date(2023, 4, 1), "coordinators")
    client = as_person(None)

    def keys(**chosen: str) -> list[str]:
        found = client.get(reverse("decision_list_json"), chosen).json()["decisions"]
        return [one["key"] for one in found]

    assert keys() == ["2023-02", "2023-01", "2022-01"]
    assert keys(year="2022") == ["2022-01"]
    assert keys(body="coordinators") == ["2023-02"]
    assert keys(q="harbour") == ["2023-01"]
    assert keys(q="harbour", year="2022") == []
    assert keys(year="twenty") == ["2023-02", "2023-01", "2022-01"]
    page = client.get(reverse("decision_list")).text
    assert ">2023</h2>" in page
    page = client.get(reverse("decision_list"), {"q": "nothing"}).text
    assert "No decision fits this choice." in page
    assert "Clear filters" in page


def test_empty(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    assert "No decision has been recorded yet." in as_person(None).get(reverse("decision_list")).text


def test_csv(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    _meeting, [item] = board.held()
    change = ElementChange("task:K2", {"title": {"nl": "Anders", "en": "Otherwise"}})
    decision = take(board, item, changes=[change], elements=["task:E3"])
    text = as_person(None).get(reverse("decision_list_csv")).text
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["key"], row["title"], row["body"]) == (decision.key, "A decision", "body:steering-group")
    assert row["elements"].split() == ["task:K2", "task:E3"]
    assert row["changes"] == "“K2 Otherwise” changed in the agenda: title"


def test_queries(board: Board, as_person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    due = timezone.localdate() + timedelta(days=9)
    meeting, items = board.held(*(f"Item {number}" for number in range(6)), elements=["task:E3", "goal:ecosystem"])
    for number, item in enumerate(items):
        take(
            board,
            item,
            votes=[Ballot("hanze", Choice.ABSTAINED)],
            follow_ups=[NewFollowUp("hanze", {"en": "Do"}, due), NewFollowUp("rug", {"en": "Do"}, due)],
            changes=[ElementChange("task:K2", {"title": {"nl": f"Anders {number}", "en": f"Otherwise {number}"}})],
        )
    assert Item.objects.count() == 6
    names = {
        "decision_list": {},
        "decision": {"key": f"{timezone.localdate(meeting.start).year}-01"},
        "follow_up_list": {},
        "meeting_list": {},
        "meeting": {"key": meeting.key},
        "seat_list": {},
        "body": {"key": "steering-group"},
    }
    for person in (None, board.cast.erin, board.cast.bob):
        client = as_person(person)
        for name, arguments in names.items():
            for address in (name, f"{name}_json", f"{name}_csv"):
                # Who is logged in costs three: session, person, roles; and one for the seats they have.
                with django_assert_max_num_queries(12 if person is None else 15):
                    assert client.get(reverse(address, kwargs=arguments)).status_code == 200, address
