# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A steering group of three organisations, and meetings of it in every state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mainport.agenda.rules.elements import Agenda
from mainport.board.actions import items, meetings, seats
from mainport.board.models import Item, Meeting
from mainport.core.actions import add_person, set_grants
from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, Grant, Role
from tests.conftest import BY, Cast

BODY = "body:steering-group"
LONG_AGO = date(2022, 1, 1)


@dataclass(frozen=True)
class Board:
    """The cast with seats: Mayor (chair) for the city, Rector for the university, Bob for the Hanzehogeschool;
    Secretary has no vote, Guest is a guest. Erin reads along without a seat."""

    cast: Cast
    mayor: Person
    rector: Person
    secretary: Person
    guest: Person

    @property
    def office(self) -> Actor:
        return self.cast.dave.actor

    @property
    def voters(self) -> list[Person]:
        return [self.mayor, self.rector, self.cast.bob]

    def plan(self, start: datetime | None = None, **fields: Any) -> Meeting:
        start = start or timezone.now() + timedelta(days=30)
        values = {
            "body": BODY,
            "title": {"nl": "Stuurgroep", "en": "Steering group"},
            "start": start,
            "end": start + timedelta(hours=2),
            "papers_due": start - timedelta(days=7),
            "place": "Groningen",
        }
        return meetings.plan(by=self.office, **(values | fields))

    def item(self, meeting: Meeting, title: str = "A point", **fields: Any) -> Item:
        item = items.propose(by=self.office, meeting=meeting, title={"en": title, "nl": title}, **fields)
        return items.place(by=self.office, item=item)

    def held(self, *titles: str, attended: Sequence[Person] | None = None, **fields: Any) -> tuple[Meeting, list[Item]]:
        """A meeting of yesterday, held, with these items on its agenda."""
        meeting = self.plan(start=fields.pop("start", timezone.now() - timedelta(days=1)))
        placed = [self.item(meeting, title, **fields) for title in titles or ("A point",)]
        meeting = meetings.convene(by=self.office, meeting=meeting)
        came = self.voters if attended is None else attended
        meeting = meetings.hold_meeting(by=self.office, meeting=meeting, attended=[person.pk for person in came])
        return meeting, placed


@pytest.fixture
def board(groningen: Agenda, cast: Cast) -> Board:
    return make_board(cast)


def make_board(cast: Cast) -> Board:
    def person(name: str, *grants: Grant) -> Person:
        found = add_person(by=BY, email=f"{name.lower()}@example.org", name=name)
        set_grants(by=BY, person=found, grants=list(grants))
        return found

    mayor = person("Mayor", Grant(Role.STEERING_GROUP))
    rector = person("Rector", Grant(Role.STEERING_GROUP), Grant(Role.COORDINATOR, "rug"))
    made = Board(cast, mayor, rector, person("Secretary"), person("Guest"))
    for who, role, organisation in (
        (mayor, "chair", "gemeente-groningen"),
        (rector, "member", "rug"),
        (cast.bob, "member", "hanze"),
        (made.secretary, "secretary", ""),
        (made.guest, "guest", ""),
    ):
        seats.take_seat(by=BY, body=BODY, person=who, role=role, organisation=organisation, start=LONG_AGO)
    return made


def pdf(name: str = "paper.pdf", content: bytes = b"%PDF-1.7 a paper") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
