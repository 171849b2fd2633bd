# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""OOAPI v5 and its successor Open Education API 6: programmes, courses and offerings of a provider.

They say the same in other words (teachingLanguage and teachingLanguages, organization and organisation), so that one
reader knows both. Competences of DigComp are told as other codes, codeType x-digcomp, code 1.1 or 1.1/3 with a level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, language
from mainport.catalogue.rules.works import Organisation, Provenance

_MODES = {
    "online": Mode.ONLINE,
    "coil": Mode.ONLINE,
    "distance-learning": Mode.ONLINE,
    "situated": Mode.ON_SITE,
    "on campus": Mode.ON_SITE,
    "presential": Mode.ON_SITE,
    "research_lab_based": Mode.ON_SITE,
    "work_based": Mode.ON_SITE,
    "hybrid": Mode.BLENDED,
    "blended": Mode.BLENDED,
}
_HOURS = ("hour", "sbu", "contacttime", "contact_time")


@dataclass(frozen=True)
class Page:
    """One page of a list, with what comes after it."""

    items: tuple[Fields, ...]
    number: int
    has_next: bool
    faults: tuple[Fault, ...] = ()


def page(data: bytes) -> Page:
    """Reads a page of a list. Raises Refused for an answer that is none, with the server's own words if it has any."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Refused([Fault("", type(value).__name__, "an object with items")])
    whole = Fields(value)
    if not isinstance(value.get("items"), list):
        problem = ": ".join(filter(None, [whole.text("status"), whole.text("title"), whole.text("detail")]))
        raise Refused([Fault("items", problem, "a list")])
    items = whole.objects("items")
    for item in items:
        item.faults = []  # Each record is told off by itself.
    number = whole.whole("pageNumber")
    return Page(tuple(items), number or 1, value.get("hasNextPage") is True, tuple(whole.faults))


def course(item: Fields, provenance: Provenance | None = None) -> tuple[Course, list[Fault]]:
    """A course, and what of it couldn't be read."""
    hours, points = _load(item)
    read = Course(
        identifier=item.text("courseId"),
        titles=texts(item, "name"),
        code=_code(item),
        descriptions=texts(item, "description"),
        provider=_organisation(item),
        programmes=_references(item, ("programmeIds", "programmes", "programs"), ("programmeId", "programId")),
        level=_level(item),
        languages=_languages(item),
        hours=hours,
        credits=points,
        competences=tuple(_competences(item)),
        subjects=tuple(filter(None, [item.text("fieldsOfStudy")])),
        outcomes=_outcomes(item),
        admission=texts(item, "admissionRequirements"),
        mode=_mode(item),
        url=item.text("link"),
        provenance=provenance or Provenance(format="ooapi"),
    )
    return read, item.faults


def programme(item: Fields, provenance: Provenance | None = None) -> tuple[Programme, list[Fault]]:
    """A programme, and what of it couldn't be read."""
    hours, points = _load(item)
    parent = _references(item, ("parentId", "parent"), ("programmeId", "programId"))
    read = Programme(
        identifier=item.text("programmeId", "programId"),
        titles=texts(item, "name"),
        code=_code(item),
        descriptions=texts(item, "description"),
        provider=_organisation(item),
        parent=next(iter(parent), ""),
        type=item.text("programmeType", "programType"),
        level=_level(item),
        languages=_languages(item),
        hours=hours,
        credits=points,
        url=item.text("link"),
        provenance=provenance or Provenance(format="ooapi"),
    )
    return read, item.faults


def offering(item: Fields) -> tuple[Offering, list[Fault]]:
    """An offering of a course or programme, and what of it couldn't be read."""
    periods = item.objects("enrolmentPeriods")
    first = periods[0] if periods else None
    of = _references(
        item,
        ("courseId", "course", "programmeId", "programme", "program"),
        ("courseId", "programmeId", "programId"),
    )
    flexible = ("flexibleEntryPeriodStartDateTime", "flexibleEntryPeriodStart")
    read = Offering(
        identifier=item.text("courseOfferingId", "programmeOfferingId", "offeringId"),
        of=next(iter(of), ""),
        titles=texts(item, "name"),
        starts=item.day("startDateTime", "startDate"),
        ends=item.day("endDateTime", "endDate"),
        enrol_from=first.day("startDateTime") if first else item.day("enrollStartDate"),
        enrol_until=first.day("endDateTime") if first else item.day("enrollEndDate"),
        flexible_start=bool(item.text(*flexible)),
        places=tuple(map(_place, item.objects("addresses"))),
        prices=tuple(price for cost in item.objects("priceInformation") if (price := _price(cost))),
        languages=_languages(item),
        mode=_mode(item),
        seats=item.whole("maxNumberStudents"),
        enrolled=item.whole("enrolledNumberStudents"),
        url=(first.text("enrolmentUrl") if first else "") or item.text("link"),
        cancelled=item.text("state") == "cancelled",
    )
    return read, item.faults


def together(courses: Iterable[Course], offerings: Iterable[Offering]) -> tuple[list[Course], list[Offering]]:
    """The courses with their offerings, in their order; and the offerings of a course that isn't among them."""
    by_course: dict[str, list[Offering]] = {}
    for one in offerings:
        by_course.setdefault(one.of, []).append(one)
    joined = [replace(one, offerings=(*one.offerings, *by_course.pop(one.identifier, ()))) for one in courses]
    return joined, [one for left in by_course.values() for one in left]


def texts(item: Fields, name: str) -> dict[str, str]:
    """Words by language; plain words, which v4 had and some still send, are in an unknown one."""
    if isinstance(item.values.get(name), str):
        return {UNKNOWN: words} if (words := item.text(name)) else {}
    found: dict[str, str] = {}
    for entry in item.objects(name):
        if words := entry.text("value"):
            found.setdefault(language(entry.text("language")), words)
    return found


def _code(item: Fields) -> str:
    entry = item.object("primaryCode")
    return entry.text("code") if entry else ""


def _level(item: Fields) -> str:
    """The level as version 6 writes it: v5 has spaces."""
    return re.sub(r"[ -]", "_", item.text("level"))


def _languages(item: Fields) -> tuple[str, ...]:
    codes = [language(str(code)) for code in item.items("teachingLanguages", "teachingLanguage")]
    return tuple(dict.fromkeys(code for code in codes if code != UNKNOWN))


def _mode(item: Fields) -> Mode:
    """On site and online together are blended; words that we don't know say nothing."""
    named = {_MODES.get(str(mode).lower()) for mode in item.items("modesOfDelivery", "modeOfDelivery")} - {None}
    known = [mode for mode in Mode if mode in named]
    return Mode.UNKNOWN if not known else known[0] if len(known) == 1 else Mode.BLENDED


def _load(item: Fields) -> tuple[Decimal | None, Decimal | None]:
    """Hours and European credits; the hours of all work go before those in class."""
    loads = {load.text("studyLoadUnit"): load.number("value") for load in item.objects("studyLoad")}
    hours = next((loads[unit] for unit in _HOURS if loads.get(unit) is not None), None)
    return hours, loads.get("ects")


def _references(item: Fields, names: tuple[str, ...], keys: tuple[str, ...]) -> tuple[str, ...]:
    """The identifiers of what an item refers to, whether the server sent them or the whole objects."""
    for name in names:
        if values := item.items(name):
            found = [
                Fields(value, item.path(name), item.faults).text(*keys) if isinstance(value, dict) else str(value)
                for value in values
            ]
            return tuple(filter(None, found))
    return ()


def _organisation(item: Fields) -> Organisation | None:
    """The provider, where the server sent it whole; its identifier alone is no name."""
    whole = item.object("organisation", "organization")
    if whole is None:
        return None
    names = texts(whole, "name")
    codes = [code for code in [whole.object("primaryCode"), *whole.objects("otherCodes")] if code]
    numbers = (identifiers.ror(code.text("code")) for code in codes if "ror" in code.text("codeType").lower())
    name = names.get("nl") or next(iter(names.values()), "") or whole.text("shortName")
    return Organisation(name, next(filter(None, numbers), ""), "provider") if name else None


def _competences(item: Fields) -> Iterable[Competence]:
    for code in item.objects("otherCodes"):
        if code.text("codeType").lower() == "x-digcomp":
            found = re.fullmatch(r"([1-5]\.[1-6])(?:/([1-8]))?", code.text("code"))
            if found:
                yield Competence(found[1], int(found[2] or 0))
            else:
                code.fault("code", code.text("code"), "a competence such as 1.1, or 1.1/3 with its level")


def _outcomes(item: Fields) -> tuple[dict[str, str], ...]:
    """What is learnt: lists of words by language in v5, objects with a name in 6."""
    found: list[dict[str, str]] = []
    for place, value in enumerate(item.items("learningOutcomes")):
        if isinstance(value, list):
            found.append(texts(Fields({"value": value}, item.path(f"learningOutcomes[{place}]"), item.faults), "value"))
        elif isinstance(value, dict):
            found.append(texts(Fields(value, item.path(f"learningOutcomes[{place}]"), item.faults), "name"))
    return tuple(filter(None, found))


def _place(address: Fields) -> Place:
    spot = address.object("geolocation")
    latitude, longitude = (spot.number("latitude"), spot.number("longitude")) if spot else (None, None)
    postcode = re.fullmatch(r"([1-9]\d{3}) ?([A-Za-z]{2})", address.text("postCode", "postalCode"))
    extra = texts(address, "additional")
    return Place(
        name=extra.get("nl") or next(iter(extra.values()), ""),
        street=address.text("street"),
        number=address.text("streetNumber"),
        postcode=f"{postcode[1]} {postcode[2].upper()}" if postcode else address.text("postCode", "postalCode"),
        town=address.text("city"),
        country=_country(address) or "NL",
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
    )


def _country(address: Fields) -> str:
    """Two letters in v5; an object with the code by its standard in version 6."""
    whole = address.object("countryCode")
    return whole.text("iso3166-1-alpha2") if whole else address.text("countryCode")


def _price(cost: Fields) -> Price | None:
    """What somebody pays: the amount with VAT where it is told, else the one without."""
    amount, bare = cost.number("amount"), cost.number("amountWithoutVat")
    shown = texts(cost, "displayAmount")
    if amount is None and bare is None:
        return None
    return Price(
        amount=amount if amount is not None else bare or Decimal(0),
        currency=cost.text("currency") or "EUR",
        kind=cost.text("costType").replace(" ", "_").lower().removesuffix("_costs") or "total",
        vat_included=amount is not None,
        note=shown.get("nl") or next(iter(shown.values()), ""),
    )
