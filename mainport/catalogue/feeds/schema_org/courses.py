# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Courses with their instances, and programmes, as schema.org describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from mainport.catalogue.feeds import vocabulary
from mainport.catalogue.feeds.json import Fields
from mainport.catalogue.feeds.schema_org.graph import Graph, absolute, types
from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.texts import UNKNOWN, Texts, first
from mainport.catalogue.rules.works import Organisation, Provenance, is_address

_MODES = {
    "online": Mode.ONLINE,
    "onlineeventattendancemode": Mode.ONLINE,
    "distance": Mode.ONLINE,
    "onsite": Mode.ON_SITE,
    "offline": Mode.ON_SITE,
    "inperson": Mode.ON_SITE,
    "classroom": Mode.ON_SITE,
    "offlineeventattendancemode": Mode.ON_SITE,
    "blended": Mode.BLENDED,
    "mixed": Mode.BLENDED,
    "hybrid": Mode.BLENDED,
    "mixedeventattendancemode": Mode.BLENDED,
}
_LENGTH = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?)?")
_HOURS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:hours?|uur|uren|h|u)\b", re.I)
_DIGCOMP = re.compile(r"(?:.*[/#:\s])?([1-5]\.[1-6])(?:/([1-8]))?")
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})")
_STREET = re.compile(r"(.+?),?\s+(\d+\s?[A-Za-z]?(?:[-/ ]\d*\w{0,3})?)")


def course(graph: Graph, thing: Fields, address: str, provenance: Provenance) -> Course:
    """A Course; what of it couldn't be read stands among the faults of the graph."""
    number = _identifier(graph, thing, address)
    spoken = _languages(graph, thing, "availableLanguage", "inLanguage")
    offerings = _offerings(graph, thing, number, address, spoken)
    modes = {one.mode for one in offerings} - {Mode.UNKNOWN}
    told = _mode(graph, thing, "courseMode", "eventAttendanceMode")
    return Course(
        identifier=number,
        titles=graph.texts(thing, "name", "headline", code=graph.language),
        code=thing.text("courseCode") if isinstance(thing.values.get("courseCode"), str) else "",
        descriptions=graph.texts(thing, "description", "abstract", code=graph.language),
        provider=provider(graph, thing, "provider", "offeredBy", "publisher", "creator"),
        programmes=tuple(
            dict.fromkeys(
                words for one in graph.things_of(thing, "isPartOf") if (words := one.text("@id", "url", "name"))
            )
        ),
        level=graph.word(thing, "educationalLevel"),
        languages=spoken,
        hours=_hours(graph, thing),
        credits=_credits(graph, thing),
        competences=tuple(dict.fromkeys(_competences(graph, thing))),
        subjects=tuple(dict.fromkeys(_subjects(graph, thing))),
        outcomes=tuple(_outcomes(graph, thing)),
        admission=graph.texts(thing, "coursePrerequisites", code=graph.language),
        mode=told if told is not Mode.UNKNOWN else next(iter(modes)) if len(modes) == 1 else Mode.UNKNOWN,
        url=_url(thing, address),
        offerings=offerings,
        provenance=replace(provenance, record=number),
    )


def programme(graph: Graph, thing: Fields, address: str, provenance: Provenance) -> Programme:
    """An EducationalOccupationalProgram; what of it couldn't be read stands among the faults of the graph."""
    number = _identifier(graph, thing, address)
    spoken = _languages(graph, thing, "availableLanguage", "inLanguage")
    prices = tuple(_prices(graph, thing))
    starts, ends = thing.day("startDate"), thing.day("endDate")
    begins, closes = thing.day("applicationStartDate"), thing.day("applicationDeadline")
    run = Offering(
        identifier=f"{number}#run",
        of=number,
        starts=starts,
        ends=ends,
        enrol_from=begins,
        enrol_until=closes,
        prices=prices,
        languages=spoken,
        mode=_mode(graph, thing, "educationalProgramMode"),
        seats=thing.whole("maximumEnrollment"),
        url=_url(thing, address),
    )
    return Programme(
        identifier=number,
        titles=graph.texts(thing, "name", code=graph.language),
        code=graph.word(thing, "identifier") if not is_address(graph.word(thing, "identifier")) else "",
        descriptions=graph.texts(thing, "description", code=graph.language),
        provider=provider(graph, thing, "provider", "offeredBy"),
        parent=next((one.text("@id", "url", "name") for one in graph.things_of(thing, "isPartOf")), ""),
        courses=tuple(
            words for one in graph.things_of(thing, "hasCourse") if (words := one.text("@id", "url", "name"))
        ),
        type=graph.word(thing, "programType"),
        level=graph.word(thing, "educationalCredentialAwarded", "educationalLevel"),
        languages=spoken,
        hours=_hours(graph, thing),
        credits=_credits(graph, thing),
        url=_url(thing, address),
        offerings=(run,) if any([starts, ends, begins, closes, prices]) else (),
        provenance=replace(provenance, record=number),
    )


def provider(graph: Graph, thing: Fields, *names: str) -> Organisation | None:
    """The first organisation that these properties name, with its ROR where one of its addresses is one."""
    for one in graph.things_of(thing, *names):
        name = first(graph.texts(one, "name", "legalName"), "nl", "en")
        told = [value for key in ("@id", "sameAs", "identifier", "url") for value in graph.values(one, key)]
        number = next((right for value in told if isinstance(value, str) and (right := identifiers.ror(value))), "")
        if name or number:
            return Organisation(name, number, "provider")
    return None


def _identifier(graph: Graph, thing: Fields, address: str) -> str:
    """What the page calls it; a name of its own within a page gets the page's address before it."""
    told = [
        thing.values.get("@id"),
        graph.word(thing, "identifier"),
        thing.values.get("url"),
        thing.values.get("courseCode"),
    ]
    for words in told:
        if isinstance(words, str) and words and not words.startswith("_:"):
            return absolute(address, words) if words.startswith(("#", "/")) else words
    return address


def _url(thing: Fields, address: str) -> str:
    for name in ("url", "mainEntityOfPage", "@id"):
        words = thing.values.get(name)
        if isinstance(words, str) and is_address(whole := absolute(address, words)):
            return whole
    return address if is_address(address) else ""


def _languages(graph: Graph, thing: Fields, *names: str) -> tuple[str, ...]:
    found = []
    for name in names:
        for value in graph.values(thing, name):
            inner = Fields(value, thing.path(name), thing.faults) if isinstance(value, dict) else None
            words = inner.text("alternateName", "@value", "name") if inner else str(value)
            found.append(vocabulary.language_of(words, thing.path(name), thing.faults))
    return tuple(dict.fromkeys(code for code in found if code != UNKNOWN))


def _mode(graph: Graph, thing: Fields, *names: str) -> Mode:
    """On site and online together are blended; full-time and part-time say nothing of it."""
    told = [str(value) for name in names for value in graph.values(thing, name) if isinstance(value, str)]
    known = {_MODES.get(re.sub(r"[\s_-]", "", words.rsplit("/", 1)[-1]).lower()) for words in told} - {None}
    found = [mode for mode in Mode if mode in known]
    return Mode.UNKNOWN if not found else found[0] if len(found) == 1 else Mode.BLENDED


def _hours(graph: Graph, thing: Fields) -> Decimal | None:
    """The hours of work, as a length of time (PT12H) or in words; days and weeks are no hours."""
    for holder in [thing, *graph.things_of(thing, "hasCourseInstance")]:
        for name in ("timeRequired", "courseWorkload", "timeOfStudy"):
            words = graph.word(holder, name)
            if found := _HOURS.search(words):
                return Decimal(found[1].replace(",", "."))
            length = _LENGTH.fullmatch(words)
            if length and not length[1] and not length[2] and (length[3] or length[4]):
                return Decimal(length[3] or 0) + (Decimal(length[4] or 0) / 60).quantize(Decimal("0.01"))
    return None


def _credits(graph: Graph, thing: Fields) -> Decimal | None:
    whole = thing.object("numberOfCredits")
    return whole.number("value") if whole else thing.number("numberOfCredits")


def _competences(graph: Graph, thing: Fields) -> Iterator[Competence]:
    """Competences of DigComp, where what is taught is a term of it."""
    for name in ("teaches", "competencyRequired", "about"):
        for one in graph.things_of(thing, name):
            terms = [one.text(key) for key in ("termCode", "@id", "url", "name")]
            listed = graph.word(one, "inDefinedTermSet")
            if any("digcomp" in words.lower() for words in [*terms, listed]):
                for words in filter(None, terms):
                    if found := _DIGCOMP.fullmatch(words):
                        yield Competence(found[1], int(found[2] or 0))
                        break


def _subjects(graph: Graph, thing: Fields) -> Iterator[str]:
    for one in graph.things_of(thing, "about"):
        if name := first(graph.texts(one, "name"), "nl", "en"):
            yield name
    for value in graph.values(thing, "keywords"):
        words = value if isinstance(value, str) else ""
        yield from (word.strip() for word in words.split(",") if word.strip())


def _outcomes(graph: Graph, thing: Fields) -> Iterator[Texts]:
    for one in graph.things_of(thing, "teaches"):
        if words := graph.texts(one, "name", "description", code=graph.language):
            yield words


def _offerings(graph: Graph, thing: Fields, number: str, address: str, spoken: tuple[str, ...]) -> tuple[Offering, ...]:
    """The instances; a price of the course itself is that of each, or of the course that begins at any time."""
    common = tuple(_prices(graph, thing))
    instances = [one for one in graph.things_of(thing, "hasCourseInstance") if types(one) or len(one.values) > 1]
    if not instances:
        return (
            (Offering(f"{number}#offer", number, prices=common, languages=spoken, url=_url(thing, address)),)
            if common
            else ()
        )
    found = []
    for place, one in enumerate(instances):
        read = _offering(graph, one, number, address, place)
        languages = read.languages or spoken
        found.append(
            replace(read, prices=read.prices or common, languages=languages, url=read.url or _url(thing, address))
        )
    return tuple(found)


def _offering(graph: Graph, one: Fields, number: str, address: str, place: int) -> Offering:
    plan = next(iter(graph.things_of(one, "courseSchedule", "eventSchedule")), None)
    starts, ends = one.day("startDate"), one.day("endDate")
    told = one.values.get("@id")
    most, left = one.whole("maximumAttendeeCapacity"), one.whole("remainingAttendeeCapacity")
    places, online = _places(graph, one)
    mode = _mode(graph, one, "courseMode", "eventAttendanceMode")
    opens, closes = _enrolment(graph, one)
    own = one.values.get("url")
    return Offering(
        identifier=told if isinstance(told, str) and not told.startswith("_:") else f"{number}#{place + 1}",
        of=number,
        titles=graph.texts(one, "name", code=graph.language),
        starts=starts or (plan.day("startDate") if plan else None),
        ends=ends or (plan.day("endDate") if plan else None),
        enrol_from=opens,
        enrol_until=closes,
        places=places,
        prices=tuple(_prices(graph, one)),
        languages=_languages(graph, one, "inLanguage"),
        mode=mode if mode is not Mode.UNKNOWN else Mode.ONLINE if online and not places else Mode.UNKNOWN,
        seats=most,
        enrolled=most - left if most is not None and left is not None and 0 <= left <= most else None,
        url=absolute(address, own) if isinstance(own, str) and is_address(absolute(address, own)) else "",
        cancelled="EventCancelled" in graph.word(one, "eventStatus"),
    )


def _enrolment(graph: Graph, one: Fields) -> tuple[date | None, date | None]:
    for offer in graph.things_of(one, "offers"):
        begin, end = offer.day("availabilityStarts", "validFrom"), offer.day("availabilityEnds", "validThrough")
        if begin or end:
            return begin, end
    return None, None


def _prices(graph: Graph, thing: Fields) -> Iterator[Price]:
    """Prices of offers; free where the page says that it is."""
    found = []
    for offer in graph.things_of(thing, "offers"):
        parts = graph.things_of(offer, "priceSpecification") or [offer]
        for part in parts:
            amount = _amount(part)
            if amount is None and part is not offer:
                amount = _amount(offer)
            if amount is not None:
                currency = part.text("priceCurrency") or offer.text("priceCurrency") or "EUR"
                included = part.values.get("valueAddedTaxIncluded")
                note = first(graph.texts(offer, "name", "description"), "nl", "en")
                found.append(
                    Price(
                        amount,
                        currency.upper(),
                        vat_included=included if isinstance(included, bool) else None,
                        note=note,
                    )
                )
            elif (graph.word(offer, "category")).lower() in ("free", "gratis"):
                found.append(Price(Decimal(0)))
    if not found and thing.values.get("isAccessibleForFree") in (True, "true", "True"):
        found.append(Price(Decimal(0)))
    yield from dict.fromkeys(found)


def _amount(offer: Fields) -> Decimal | None:
    """An amount, also as it is printed in the Netherlands: 12,50 and € 1.250,00."""
    for name in ("price", "minPrice", "lowPrice"):
        value = offer.values.get(name)
        if isinstance(value, str):
            bare = value.replace("€", "").replace("\xa0", " ").strip().removesuffix(",-").removesuffix(".-")
            if re.fullmatch(r"\d{1,3}(?:\.\d{3})*,\d{1,2}", bare) or re.fullmatch(r"\d+,\d{1,2}", bare):
                bare = bare.replace(".", "").replace(",", ".")
            if bare.lower() in ("gratis", "free"):
                bare = "0"
            if re.fullmatch(r"\d{1,12}(?:\.\d{1,4})?", bare):
                return Decimal(bare)
        if value is not None and value != "":
            return offer.number(name)
    return None


def _places(graph: Graph, one: Fields) -> tuple[tuple[Place, ...], bool]:
    """Where it is given, and whether it is (also) given online."""
    found = []
    online = False
    for location in graph.things_of(one, "location"):
        if "VirtualLocation" in types(location) or location.text("name").lower() == "online":
            online = True
        else:
            found.append(_place(graph, location))
    return tuple(dict.fromkeys(found)), online


def _place(graph: Graph, location: Fields) -> Place:
    name = first(graph.texts(location, "name"), "nl", "en")
    whole = next(iter(graph.things_of(location, "address")), location if "PostalAddress" in types(location) else None)
    spot = next(iter(graph.things_of(location, "geo")), location)
    latitude, longitude = spot.number("latitude"), spot.number("longitude")
    if whole is None:
        return Place(name, latitude=_degrees(latitude), longitude=_degrees(longitude))
    bare = "" if types(whole) or len(whole.values) > 1 else whole.text("name")
    street, postcode = whole.text("streetAddress") or bare, whole.text("postalCode")
    split, code = _STREET.fullmatch(street[:200]), _POSTCODE.fullmatch(postcode)
    country = graph.word(whole, "addressCountry").upper()
    return Place(
        name=name,
        street=split[1] if split else street,
        number=split[2] if split else "",
        postcode=f"{code[1]} {code[2].upper()}" if code else postcode,
        town=whole.text("addressLocality"),
        country="NL" if country in ("", "NEDERLAND", "NETHERLANDS", "THE NETHERLANDS", "NLD") else country,
        latitude=_degrees(latitude),
        longitude=_degrees(longitude),
    )


def _degrees(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
