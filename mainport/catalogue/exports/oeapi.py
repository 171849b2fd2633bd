# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Courses, programmes and offerings as objects of the Open Education API 6.0, by its specification.

Numbers are UUIDs made of our own keys, the same in every answer. Competences of DigComp are other codes, codeType
x-digcomp, as feeds.ooapi reads them.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from mainport.catalogue.exports.vocabulary import in_order
from mainport.catalogue.rules.courses import Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.texts import Texts
from mainport.catalogue.rules.works import Organisation, is_address

Json = dict[str, Any]

_HERE = ZoneInfo("Europe/Amsterdam")
MODES = {Mode.ONLINE: "online", Mode.ON_SITE: "presential", Mode.BLENDED: "blended"}
#: What fits in an address of the specification.
_LONGEST = 2048


def number(domain: str, kind: str, key: str) -> str:
    """The UUID of something of ours: of a kind, under a key, in the catalogue of this name."""
    return str(uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_DNS, domain), f"{kind}/{key}"))


@dataclass(frozen=True)
class Around:
    """What an object says beside its value: our numbers of it and of what it points at, and its page."""

    domain: str
    key: str
    page: str
    programmes: tuple[str, ...] = ()
    parent: str = ""
    demo: bool = False
    expanded: Json = field(default_factory=dict)

    def number(self, kind: str, key: str = "") -> str:
        return number(self.domain, kind, key or self.key)


def course(value: Course, around: Around) -> Json:
    """A Course."""
    found: Json = {
        "courseId": around.number("course"),
        **_named(value, around),
        "modesOfDelivery": _modes(value.mode),
        "fieldsOfStudy": next((one for one in value.subjects if re.fullmatch(r"\d{2,6}", one)), None),
        "learningOutcomes": [
            {
                "learningOutcomeId": around.number("outcome", f"{around.key}/{place}"),
                "primaryCode": _code("identifier", f"{around.key}-{place}"),
                "name": texts(outcome),
            }
            for place, outcome in enumerate(value.outcomes, 1)
            if any(outcome.values())
        ],
        "admissionRequirements": texts(value.admission),
        "otherCodes": [*_other_codes(value), *_competences(value)],
        "programmeIds": [around.number("programme", key) for key in around.programmes],
    }
    return _finished(found, around)


def programme(value: Programme, around: Around) -> Json:
    """A Programme."""
    found: Json = {
        "programmeId": around.number("programme"),
        "programmeType": value.type or "programme",
        **_named(value, around),
        "otherCodes": _other_codes(value),
        "parentId": around.number("programme", around.parent) if around.parent else None,
    }
    return _finished(found, around)


def offering(value: Offering, of: Course | Programme, around: Around, of_key: str) -> Json:
    """A CourseOffering or ProgrammeOffering, of what it offers."""
    kind = "course" if isinstance(of, Course) else "programme"
    flexible = value.starts or value.enrol_from if value.flexible_start else None
    found: Json = {
        f"{kind}OfferingId": around.number("offering"),
        "primaryCode": _code("offering_code", value.identifier),
        "name": texts(value.titles) or texts(of.titles) or [{"language": "und", "value": value.identifier}],
        "state": "cancelled" if value.cancelled else "active",
        "teachingLanguages": _languages(value.languages or of.languages),
        "modesOfDelivery": _modes(value.mode),
        "maxNumberStudents": value.seats,
        "enrolledNumberStudents": value.enrolled,
        "link": _link(value.url or of.url, around.page),
        "enrolmentPeriods": _enrolment(value),
        "startDateTime": moment(value.starts),
        "endDateTime": moment(value.ends, end=True),
        "flexibleEntryPeriodStartDateTime": moment(flexible),
        "addresses": [_address(one) for one in value.places],
        "priceInformation": [_cost(one) for one in value.prices],
        f"{kind}Id": around.number(kind, of_key),
        "organisationId": _organisation_id(of.provider, around),
    }
    return _finished(found, around)


def organisation(value: Organisation, domain: str) -> Json:
    """An Organisation: all that is known is its name, and now and then its ROR."""
    found: Json = {
        "organisationId": number(domain, "organisation", value.name),
        "primaryCode": _code("x-ror", value.ror) if value.ror else _code("identifier", value.name),
        "organisationType": "root",
        "name": [{"language": "nl", "value": value.name}],
        "link": f"https://ror.org/{value.ror}" if value.ror else None,
    }
    return _said(found)


# --- Parts ---


def _named(value: Course | Programme, around: Around) -> Json:
    loads = (("hour", value.hours), ("ects", value.credits))
    return {
        "primaryCode": _code("identifier", value.code or value.identifier),
        "name": texts(value.titles),
        "description": texts(value.descriptions),
        "studyLoad": [{"studyLoadUnit": unit, "value": _plain(size)} for unit, size in loads if size is not None],
        "teachingLanguages": _languages(value.languages),
        "level": re.sub(r"[ -]", "_", value.level) or None,
        "link": _link(value.url, around.page),
        "organisationId": _organisation_id(value.provider, around),
    }


def _finished(found: Json, around: Around) -> Json:
    return _said({**found, **around.expanded, "ext": {"demo": True} if around.demo else None})


def _said(found: Json) -> Json:
    """Only what is said: what may be null may be left out as well."""
    return {name: value for name, value in found.items() if value is not None and value != []}


def texts(said: Texts) -> list[Json]:
    return [{"language": code, "value": words} for code, words in in_order(said)]


def _code(kind: str, code: str) -> Json:
    return {"codeType": kind, "code": code}


def _other_codes(value: Course | Programme) -> list[Json]:
    return [_code("system_id", value.identifier)] if value.code and value.code != value.identifier else []


def _competences(value: Course) -> list[Json]:
    return [_code("x-digcomp", f"{one.code}/{one.level}" if one.level else one.code) for one in value.competences]


def _languages(codes: Iterable[str]) -> list[str]:
    return [code for code in codes if re.fullmatch(r"[a-z]{2,3}", code)]


def _modes(mode: Mode) -> list[str]:
    return [MODES[mode]] if mode in MODES else []


def _link(url: str, page: str) -> str:
    return url if is_address(url) and url.isascii() and len(url) <= _LONGEST else page


def _organisation_id(provider: Organisation | None, around: Around) -> str | None:
    return around.number("organisation", provider.name) if provider and provider.name else None


def _plain(size: Decimal) -> int | float:
    return int(size) if size == int(size) else float(size)


def moment(day: date | None, *, end: bool = False) -> str | None:
    """The beginning or the end of a day, here."""
    if day is None:
        return None
    return datetime.combine(day, time(23, 59, 59) if end else time(), _HERE).isoformat()


def _enrolment(value: Offering) -> list[Json]:
    """The period in which somebody can enrol, where its beginning is known: the specification asks for that."""
    if value.enrol_from is None:
        return []
    return [
        _said(
            {
                "startDateTime": moment(value.enrol_from),
                "endDateTime": moment(value.enrol_until, end=True),
                "enrolmentUrl": value.url or None,
            }
        )
    ]


def _address(place: Place) -> Json:
    located = place.latitude is not None and place.longitude is not None
    return _said(
        {
            "addressType": "teaching",
            "additional": [{"language": "nl", "value": place.name}] if place.name else [],
            "street": place.street or None,
            "streetNumber": place.number or None,
            "postCode": place.postcode or None,
            "city": place.town or None,
            "countryCode": {"iso3166-1-alpha2": place.country} if len(place.country) == 2 else None,
            "geolocation": {"latitude": place.latitude, "longitude": place.longitude} if located else None,
        }
    )


def _cost(price: Price) -> Json:
    amount = f"{price.amount:f}"
    return _said(
        {
            "costType": "total_costs" if price.kind == "total" else price.kind,
            # Without a word on VAT an amount is what somebody pays.
            "amount": None if price.vat_included is False else amount,
            "amountWithoutVat": amount if price.vat_included is False else None,
            "currency": price.currency,
            "displayAmount": [{"language": "nl", "value": price.note}] if price.note else [],
        }
    )
