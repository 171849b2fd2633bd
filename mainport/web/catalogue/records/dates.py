# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""When and where a course is given, short: what holds for every date is said once, the rest by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainport.catalogue.queries.show import Given
from mainport.catalogue.rules.courses import Mode, Price
from mainport.catalogue.rules.courses import Place as At
from mainport.catalogue.rules.offer import distance
from mainport.catalogue.rules.places import Place as Home
from mainport.catalogue.rules.texts import UNKNOWN
from mainport.web.agenda.views.parts import today
from mainport.web.catalogue.records import labels
from mainport.web.catalogue.records.show import plain
from mainport.web.templatetags.mainport import euro, number

#: Dates of one place, and places, that are shown before the visitor asks for more.
SHOWN = 3
MOST_PLACES = 4


@dataclass(frozen=True)
class Day:
    """One time that a course is given; `facts` are those that differ from other times."""

    key: str
    title: dict[str, str]
    starts: date | None
    ends: date | None
    any_moment: bool
    enrol_until: date | None
    enrol_closed: bool
    url: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Spot:
    """Where a course is given, and when there; `name` is '' where it is given at no place."""

    name: str
    phones: Sequence[str]
    first: Sequence[Day]
    rest: Sequence[Day]


@dataclass(frozen=True)
class Dates:
    """All times: what they share, and the places; `rest` are those that are shown when asked for."""

    shared: Sequence[tuple[str, str]]
    spots: Sequence[Spot]
    rest: Sequence[Spot]
    by_distance: bool


def dates(coming: Sequence[Given], home: Home | None = None) -> Dates:
    """By place: the nearest to `home` in front, or the one that begins first. Nothing that was called off is meant."""
    told = [(one, _facts(one)) for one in coming]
    shared = [fact for fact in told[0][1] if all(fact in facts for _one, facts in told)] if told else []
    by_place: dict[str, list[tuple[Given, list[tuple[str, str]]]]] = {}
    for one, facts in told:
        name = " / ".join(dict.fromkeys(map(place_name, one.value.places)))
        by_place.setdefault(name, []).append((one, [fact for fact in facts if fact not in shared]))
    every = list(by_place.items())
    if home is not None:
        every.sort(key=lambda pair: distance(home, pair[1][0][0].value))
    spots = [_spot(name, given) for name, given in every]
    room = len(spots) if len(spots) == MOST_PLACES + 1 else MOST_PLACES
    return Dates(shared, spots[:room], spots[room:], home is not None and len(spots) > 1)


def _spot(name: str, given: Sequence[tuple[Given, list[tuple[str, str]]]]) -> Spot:
    days = [_day(one, facts) for one, facts in given]
    # One more than fits isn't worth a disclosure.
    room = len(days) if len(days) == SHOWN + 1 else SHOWN
    phones = [place.phone for one, _facts in given for place in one.value.places if place.phone]
    return Spot(name, list(dict.fromkeys(phones)), days[:room], days[room:])


def _day(one: Given, facts: Sequence[tuple[str, str]]) -> Day:
    said, now = one.value, today()
    return Day(
        key=one.row.key,
        title=plain(said.titles),
        starts=said.starts,
        ends=said.ends if said.ends != said.starts else None,
        any_moment=said.flexible_start,
        enrol_until=said.enrol_until if said.enrol_until and said.enrol_until >= now else None,
        enrol_closed=bool(said.enrol_until and said.enrol_until < now),
        url=said.url,
        facts=facts,
    )


def _facts(one: Given) -> list[tuple[str, str]]:
    """What a time says beside its day and place; only what is known, and always the price."""
    said = one.value
    seats = str(said.seats) if said.seats is not None else ""
    if seats and said.enrolled is not None:
        free = max(0, said.seats - said.enrolled) if said.seats is not None else 0
        seats += ", " + ngettext("%(free)d free", "%(free)d free", free) % {"free": free}
    found = [
        (_("How"), str(labels.MODES[said.mode]) if said.mode is not Mode.UNKNOWN else ""),
        (_("Price"), price(said.prices) or _("not known here; ask who gives it")),
        (_("Language"), ", ".join(labels.language(code) for code in said.languages if code != UNKNOWN)),
        (_("Time of the week"), ", ".join(str(labels.MOMENTS[moment]) for moment in said.moments)),
        (_("Places in the group"), seats),
    ]
    return [(label, words) for label, words in found if words]


def place_name(place: At) -> str:
    street = " ".join(filter(None, [place.street, place.number]))
    # "Bibliotheek Winschoten, Winschoten" says it twice.
    town = "" if place.town and not street and place.name.endswith(place.town) else place.town
    return ", ".join(filter(None, [place.name, street, town]))


def price(prices: Sequence[Price]) -> str:
    """What one pays, in words; '' where nobody said."""
    shown = []
    for one in prices:
        if not one.amount:
            amount = _("free")
        elif one.currency == "EUR":
            amount = euro(one.amount)
        else:
            amount = f"{one.currency} {number(float(one.amount))}"
        shown.append(f"{amount} ({one.note})" if one.note else amount)
    return ", ".join(dict.fromkeys(shown))


def called_off(one: Given) -> dict[str, Any]:
    """A time that was called off."""
    return {"starts": one.value.starts, "places": [place_name(place) for place in one.value.places]}
