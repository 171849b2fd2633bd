# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented courses of the providers of the Digitale Academie, out of demo_courses.yaml; each marked as invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone

from mainport.catalogue.actions import academy, badges, records
from mainport.catalogue.models import Following, Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Moment, Offering, Place, Price
from mainport.catalogue.rules.following import Deed, Learner
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Organisation as Provider
from mainport.core.actions import put_organisations
from mainport.core.models import Organisation, Person
from mainport.core.rules.permissions import Actor

Json = Mapping[str, Any]


@transaction.atomic
def load(*, by: Actor) -> dict[str, int]:
    """Make the courses, with dates after today. Doing it again moves the dates along and makes what is missing."""
    data = yaml.safe_load((resources.files("mainport.catalogue") / "demo_courses.yaml").read_bytes())
    known = set(Organisation.objects.values_list("key", flat=True))
    missing = {key: one["name"] for key, one in data["providers"].items() if key not in known}
    put_organisations(by=by, names=missing)
    providers = {one.key: one for one in Organisation.objects.filter(key__in=data["providers"])}
    made = {one.key: one for one in Record.objects.filter(key__startswith="demo-", kind=Record.Kind.COURSE)}
    today = timezone.localdate()
    for said in data["courses"]:
        key = f"demo-{said['key']}"
        records.put(
            by=by,
            value=course(said, data, today),
            record=made.get(key),
            key=key,
            organisation=providers[said["by"]],
            demo=True,
            why="demonstration",
        )
    _follow(by)
    return {"courses": len(data["courses"])}


def _follow(by: Actor) -> None:
    """Let the invented student follow a few of them, one up to the certificate; once."""
    person = Person.objects.filter(email="heidi@example.org", demo=True).first()
    if person is None or Following.objects.filter(person=person).exists():
        return
    learner = Learner(person.pk)
    found = {one.key: one for one in Record.objects.filter(key__in=_FOLLOWED)}
    saved, busy, done = (found[key] for key in _FOLLOWED)
    academy.save(by=by, learner=learner, record=saved)
    academy.enrol(by=by, learner=learner, record=busy)
    academy.do(by=by, learner=learner, record=busy, deed=Deed.BEGIN)
    academy.do(by=by, learner=learner, record=busy, deed=Deed.PROGRESS, percent=50)
    badges.confirm(by=by, following=academy.enrol(by=by, learner=learner, record=done))


_FOLLOWED = ("demo-ai-literacy", "demo-online-identiteit", "demo-open-licenties")


def course(said: Json, data: Json, today: date) -> Course:
    """One course as its lines say."""
    return Course(
        identifier=f"demo-{said['key']}",
        titles=said["title"],
        descriptions=said["about"],
        provider=Provider(data["providers"][said["by"]]["name"]),
        languages=tuple(said["languages"]),
        hours=Decimal(said["hours"]),
        competences=tuple(Competence(code, level) for code, level in said["teaches"].items()),
        mode=Mode(said["mode"]),
        url=f"https://courses.example.org/{said['key']}",
        offerings=tuple(_offerings(said, data, today)),
    )


def _offerings(said: Json, data: Json, today: date) -> Iterator[Offering]:
    towns: Sequence[str] = said.get("towns", [""])
    starts: Sequence[int | None] = said.get("starts", [None])
    for town in towns:
        for number, days in enumerate(starts, start=1):
            starts_on = today + timedelta(days=days) if days is not None else None
            yield Offering(
                identifier="-".join(filter(None, [said["key"], town.lower().replace(" ", "-"), str(number)])),
                of=f"demo-{said['key']}",
                starts=starts_on,
                ends=starts_on + timedelta(weeks=said["weeks"]) if starts_on else None,
                enrol_until=starts_on - timedelta(days=2) if starts_on else None,
                flexible_start=bool(said.get("any_time")),
                places=(_place(town, data["providers"][said["by"]]["place"], data["towns"]),) if town else (),
                prices=(Price(Decimal(said["price"])),) if "price" in said else (),
                languages=tuple(said["languages"]),
                mode=Mode(said["mode"]),
                moments=tuple(Moment(one) for one in said.get("moments", ())),
            )


def _place(town: str, name: Texts, towns: Mapping[str, Sequence[float]]) -> Place:
    """A place in the middle of a town, with a number that can't exist: none begins with a 0 after the area's code."""
    latitude, longitude = towns[town]
    number = list(towns).index(town) + 1
    return Place(
        name=f"{name['nl']} {town}",
        town=town,
        latitude=latitude,
        longitude=longitude,
        phone=f"050 000 00 {number:02}",
    )
