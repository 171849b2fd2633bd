# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Programme, course and offering: what can be learnt; where, when and at what price (Open Education API's terms)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mainport.catalogue.rules.faults import Fault
from mainport.catalogue.rules.texts import UNKNOWN, Texts
from mainport.catalogue.rules.works import Organisation, Provenance, is_address

#: DigComp 2.2 tells eight levels apart: 1-2 foundation, 3-4 intermediate, 5-6 advanced, 7-8 highly specialised.
DIGCOMP_LEVELS = range(1, 9)


class Mode(StrEnum):
    """How a course is given."""

    ON_SITE = "on-site"
    ONLINE = "online"
    BLENDED = "blended"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Competence:
    """A competence of DigComp such as 1.1, up to the level that the course brings (0: the source doesn't say)."""

    code: str
    level: int = 0


@dataclass(frozen=True)
class Price:
    """What somebody pays. No price at all is unknown; free is an amount of 0."""

    amount: Decimal
    currency: str = "EUR"
    kind: str = "total"
    vat_included: bool | None = None
    note: str = ""


@dataclass(frozen=True)
class Place:
    """Where a course is given."""

    name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    country: str = "NL"
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""  # To ask about the course, or to enrol by talking.


class Moment(StrEnum):
    """When in the week a course is given."""

    DAY = "day"
    EVENING = "evening"
    WEEKEND = "weekend"


@dataclass(frozen=True)
class Offering:
    """A course or programme at a place and time. Without dates it can be begun at any moment, or nobody said when."""

    identifier: str
    of: str = ""  # The identifier of the course or programme that is offered.
    titles: Texts = field(default_factory=dict)
    starts: date | None = None
    ends: date | None = None
    enrol_from: date | None = None
    enrol_until: date | None = None
    flexible_start: bool = False
    places: tuple[Place, ...] = ()
    prices: tuple[Price, ...] = ()
    languages: tuple[str, ...] = ()
    mode: Mode = Mode.UNKNOWN
    seats: int | None = None
    enrolled: int | None = None
    url: str = ""
    cancelled: bool = False
    moments: tuple[Moment, ...] = ()  # None: the source doesn't say.


@dataclass(frozen=True)
class Course:
    """Something to learn, with its offerings."""

    identifier: str
    titles: Texts
    code: str = ""
    descriptions: Texts = field(default_factory=dict)
    provider: Organisation | None = None
    programmes: tuple[str, ...] = ()
    level: str = ""
    languages: tuple[str, ...] = ()
    hours: Decimal | None = None
    credits: Decimal | None = None
    competences: tuple[Competence, ...] = ()
    subjects: tuple[str, ...] = ()
    outcomes: tuple[Texts, ...] = ()
    admission: Texts = field(default_factory=dict)
    mode: Mode = Mode.UNKNOWN
    url: str = ""
    offerings: tuple[Offering, ...] = ()
    sector: str = ""
    goal: str = ""
    task: str = ""
    provenance: Provenance = field(default_factory=Provenance)


@dataclass(frozen=True)
class Programme:
    """Courses that make one whole, such as a study or a track; it can be offered itself."""

    identifier: str
    titles: Texts
    code: str = ""
    descriptions: Texts = field(default_factory=dict)
    provider: Organisation | None = None
    parent: str = ""
    courses: tuple[str, ...] = ()
    type: str = ""
    level: str = ""
    languages: tuple[str, ...] = ()
    hours: Decimal | None = None
    credits: Decimal | None = None
    url: str = ""
    offerings: tuple[Offering, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)


def check(item: Course | Programme, *, levels: Mapping[str, frozenset[str]] | None = None) -> list[Fault]:
    """All that is wrong with a course or programme and its offerings.

    `levels` holds the codes there are of "sector", "goal" and "task".
    """
    faults = [*_common(item)]
    if isinstance(item, Course):
        faults += _competences(item.competences)
        for name, known in (levels or {}).items():
            code = str(getattr(item, name))
            if code and code not in known:
                faults.append(Fault(name, code, f"a {name} of the agenda"))
    for position, offering in enumerate(item.offerings):
        faults += _offering(f"offerings[{position}]", offering)
        if offering.of and offering.of != item.identifier:
            faults.append(Fault(f"offerings[{position}].of", offering.of, item.identifier))
    return faults


def _common(item: Course | Programme) -> Iterator[Fault]:
    if not item.identifier.strip():
        yield Fault("identifier", "", "an identifier of its own")
    if not any(text.strip() for text in item.titles.values()):
        yield Fault("titles", "", "a title in at least one language")
    if item.url and not is_address(item.url):
        yield Fault("url", item.url, "an address that begins with https:// or http://")
    yield from _languages("languages", item.languages)
    for name in ("hours", "credits"):
        amount = getattr(item, name)
        if amount is not None and amount < 0:
            yield Fault(name, str(amount), "0 or more")


def _languages(where: str, codes: tuple[str, ...]) -> Iterator[Fault]:
    for position, code in enumerate(codes):
        if code == UNKNOWN or not re.fullmatch(r"[a-z]{2,3}", code):
            yield Fault(f"{where}[{position}]", code, "a language code of two or three letters, such as nl")


def _competences(competences: tuple[Competence, ...]) -> Iterator[Fault]:
    for position, competence in enumerate(competences):
        where = f"competences[{position}]"
        if not is_competence(competence.code):
            yield Fault(f"{where}.code", competence.code, "a competence of DigComp 2.2, from 1.1 to 5.4")
        if competence.level and competence.level not in DIGCOMP_LEVELS:
            yield Fault(f"{where}.level", str(competence.level), "a level from 1 to 8, or 0 where unknown")


def is_competence(code: str) -> bool:
    """Whether DigComp 2.2 has this competence: areas 1 to 5 have 3, 6, 4, 4 and 4 of them.

    >>> is_competence("2.6"), is_competence("1.4")
    (True, False)
    """
    found = re.fullmatch(r"([1-5])\.([1-6])", code)
    return bool(found) and int(code[2]) <= (3, 6, 4, 4, 4)[int(code[0]) - 1]


def _offering(where: str, offering: Offering) -> Iterator[Fault]:
    for begin, end in (("starts", "ends"), ("enrol_from", "enrol_until")):
        first, last = getattr(offering, begin), getattr(offering, end)
        if first and last and last < first:
            yield Fault(f"{where}.{end}", str(last), f"a day from {first} on")
    for name in ("seats", "enrolled"):
        amount = getattr(offering, name)
        if amount is not None and amount < 0:
            yield Fault(f"{where}.{name}", str(amount), "0 or more")
    if offering.url and not is_address(offering.url):
        yield Fault(f"{where}.url", offering.url, "an address that begins with https:// or http://")
    yield from _languages(f"{where}.languages", offering.languages)
    for position, price in enumerate(offering.prices):
        if not price.amount.is_finite() or price.amount < 0:
            yield Fault(f"{where}.prices[{position}].amount", str(price.amount), "an amount, 0 or more")
        if not re.fullmatch(r"[A-Z]{3}", price.currency):
            yield Fault(f"{where}.prices[{position}].currency", price.currency, "a currency such as EUR")
    for position, place in enumerate(offering.places):
        yield from _place(f"{where}.places[{position}]", place)


def _place(where: str, place: Place) -> Iterator[Fault]:
    if place.country == "NL" and place.postcode and not re.fullmatch(r"[1-9]\d{3} ?[A-Z]{2}", place.postcode):
        yield Fault(f"{where}.postcode", place.postcode, "a postcode such as 9712 HV")
    if place.phone and not re.fullmatch(r"\+?[\d() -]{3,25}", place.phone):
        yield Fault(f"{where}.phone", place.phone, "a telephone number such as 050 123 45 67")
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(place, name)
        if degrees is not None and not -most <= degrees <= most:
            yield Fault(f"{where}.{name}", str(degrees), f"from -{most} to {most}")
