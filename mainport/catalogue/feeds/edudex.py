# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""EDU-DEX, by which private providers send what they teach: from a workshop of an afternoon to a bachelor's degree.

It calls all of them programmes. Here one that leads to a degree that the state recognises is a programme, and any
other is a course; is_programme tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mainport.catalogue.feeds.crossref import plain
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules.courses import Course, Mode, Offering, Place, Price, Programme
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN, Texts, first, language
from mainport.catalogue.rules.works import Organisation, Provenance

PREFIX = "edudex"

_PLACES = {
    "fully online": Mode.ONLINE,
    "blended": Mode.BLENDED,
    "fixed location": Mode.ON_SITE,
    "agreed location": Mode.ON_SITE,
}
_AT_A_DISTANCE = frozenset({"distance learning", "e-learning", "virtual classroom"})
_STREET = re.compile(r"(.+?),?\s+(\d+\s?[A-Za-z]?(?:[-/ ]\d*\w{0,3})?)")
_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Za-z]{2})")
_DEGREES = frozenset({"Ad", "B", "M", "PhD"})


@dataclass(frozen=True)
class Reference:
    """A programme in a catalogue or of a supplier, to be asked for."""

    supplier: str
    programme: str
    client: str
    changed: str
    gone: bool = False


@dataclass(frozen=True)
class Bulk:
    """Programmes as they were asked for together, and why some of them weren't given."""

    items: tuple[Fields, ...]
    faults: tuple[Fault, ...] = ()


def page(data: bytes) -> Bulk:
    """Reads programmes that were asked for in bulk, or one that was by itself. Raises Refused for anything else."""
    value = parse(data)
    if not isinstance(value, dict):
        raise Refused([Fault("", type(value).__name__, "an object with programs")])
    whole = Fields(value)
    if "programClassification" in value:
        return Bulk((whole,))
    if not isinstance(value.get("programs"), list):
        words = [whole.text(name) for name in ("status", "code", "error")]
        raise Refused([Fault("programs", ": ".join(filter(None, words)), "a list")])
    items = []
    for entry in whole.objects("programs"):
        if told := entry.object("data"):
            told.faults = []  # Each record is told off by itself.
            items.append(told)
        else:
            entry.fault("data", f"{entry.text('programId')}: {entry.text('error')}", "a programme")
    return Bulk(tuple(items), tuple(whole.faults))


def references(data: bytes) -> tuple[list[Reference], list[Fault]]:
    """What a supplier or a catalogue offers. Raises Refused for what is no such list."""
    value = parse(data)
    listed = value.get("items") if isinstance(value, dict) else value
    if not isinstance(listed, list):
        raise Refused([Fault("items", type(listed).__name__, "a list")])
    whole = Fields({"items": listed})
    found = []
    for entry in whole.objects("items"):
        supplier, number = entry.text("supplierId", "orgUnitId"), entry.text("programId")
        if not supplier or not number:
            entry.fault("programId", number, "the identifiers of a programme and its supplier")
            continue
        gone = entry.text("status") in ("removed", "inactive")
        found.append(Reference(supplier, number, entry.text("clientId") or "public", entry.text("lastChange"), gone))
    return found, whole.faults


def suppliers(data: bytes) -> dict[str, str]:
    """The names of the suppliers by their identifiers. Raises Refused for what is no list of them."""
    value = parse(data)
    whole = Fields(value if isinstance(value, dict) else {})
    if not isinstance(whole.values.get("suppliers"), list):
        raise Refused([Fault("suppliers", "", "a list")])
    return {entry.text("id"): first(_texts(entry, "name"), "nl", "en") for entry in whole.objects("suppliers")}


def is_programme(item: Fields) -> bool:
    """Whether this leads to a degree that the state recognises."""
    told, acknowledged = _part(item, "programClassification"), _part(item, "programExternalAcknowledgements")
    return bool(
        told.text("crohoCode", "creboCode")
        or acknowledged.items("crohoRegistration")
        or told.text("degree").split(" ")[0] in _DEGREES
    )


def course(
    item: Fields, provenance: Provenance | None = None, names: Mapping[str, str] | None = None
) -> tuple[Course, list[Fault]]:
    """A course with its runs, and what of it couldn't be read. `names` gives those of the suppliers."""
    told, about = _part(item, "programClassification"), _part(item, "programDescriptions")
    number = _identifier(told)
    above = told.text("superProgramId")
    read = Course(
        identifier=number,
        titles=_texts(about, "programName"),
        code=told.text("programId"),
        descriptions=_description(about),
        provider=_provider(told, names or {}),
        programmes=(f"{told.text('orgUnitId')}/{above}",) if above else (),
        level=_level(told),
        languages=_languages(item),
        hours=_hours(item),
        credits=_credits(told),
        subjects=tuple(dict.fromkeys(_subjects(item))),
        outcomes=tuple(_about(about, "objectives", "competencies")),
        admission=_admission(told, about),
        mode=_mode(item),
        url=_address(about),
        offerings=tuple(_offerings(item, number)),
        provenance=provenance or _provenance(item, number),
    )
    return read, item.faults


def programme(
    item: Fields, provenance: Provenance | None = None, names: Mapping[str, str] | None = None
) -> tuple[Programme, list[Fault]]:
    """A programme with its runs, and what of it couldn't be read. `names` gives those of the suppliers."""
    told, about = _part(item, "programClassification"), _part(item, "programDescriptions")
    number = _identifier(told)
    above = told.text("superProgramId")
    read = Programme(
        identifier=number,
        titles=_texts(about, "programName"),
        code=told.text("programId"),
        descriptions=_description(about),
        provider=_provider(told, names or {}),
        parent=f"{told.text('orgUnitId')}/{above}" if above else "",
        type=told.text("degree") or told.text("programType"),
        level=_level(told),
        languages=_languages(item),
        hours=_hours(item),
        credits=_credits(told),
        url=_address(about),
        offerings=tuple(_offerings(item, number)),
        provenance=provenance or _provenance(item, number),
    )
    return read, item.faults


def _part(item: Fields, name: str) -> Fields:
    return item.object(name) or Fields({}, item.path(name), item.faults)


def _identifier(told: Fields) -> str:
    return "/".join(filter(None, [told.text("orgUnitId"), told.text("programId")]))


def _provenance(item: Fields, number: str) -> Provenance:
    return Provenance(format=PREFIX, record=number, datestamp=item.text("lastEdited"))


def _texts(item: Fields, name: str) -> dict[str, str]:
    """Words by language, those in HTML made plain."""
    whole = item.object(name)
    if whole is None:
        words = plain(item.text(name))
        return {UNKNOWN: words} if words else {}
    found = {language(code): plain(whole.text(code)) for code in whole.values}
    return {code: words for code, words in found.items() if words}


def _description(about: Fields) -> dict[str, str]:
    """The whole description of each language, in whichever of its forms it was sent."""
    found: dict[str, str] = {}
    for name in ("programDescriptionText", "programDescriptionHtml", "programSummaryText", "programSummaryHtml"):
        for code, words in _texts(about, name).items():
            found.setdefault(code, words)
    return found


def _about(about: Fields, *subjects: str) -> Iterator[Texts]:
    """What the description says of some subjects."""
    for entry in about.objects("subjectText"):
        if entry.text("subject") in subjects:
            for name in ("descriptionText", "descriptionHtml", "summaryText", "summaryHtml"):
                if words := _texts(entry, name):
                    yield words
                    break


def _admission(told: Fields, about: Fields) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    required = [
        _texts(entry, "requirementSummary") or _texts(entry, "requirementDescription")
        for entry in told.objects("applicationRequirement")
    ]
    for texts in [*required, *_about(about, "admission")]:
        for code, words in texts.items():
            found.setdefault(code, []).append(words)
    return {code: " ".join(words) for code, words in found.items()}


def _provider(told: Fields, names: Mapping[str, str]) -> Organisation | None:
    number = told.text("orgUnitId")
    return Organisation(names.get(number) or number, role="provider") if number else None


def _level(told: Fields) -> str:
    level = told.text("programLevel")
    return "" if level == "none" else level


def _languages(item: Fields) -> tuple[str, ...]:
    """The languages, the one that is spoken most first."""
    spoken = _part(item, "programCurriculum").objects("instructionLanguage")
    told = [(entry.number("percentage") or Decimal(0), language(entry.text("languageCode"))) for entry in spoken]
    known = [(share, code) for share, code in told if code != UNKNOWN]
    return tuple(dict.fromkeys(code for _, code in sorted(known, key=lambda pair: -pair[0])))


def _hours(item: Fields) -> Decimal | None:
    load = _part(item, "programCurriculum").object("studyLoad")
    whole = load.number("program") if load else None
    length = _part(item, "programClassification").object("programDuration")
    return whole if whole is not None else length.number("hours") if length else None


def _credits(told: Fields) -> Decimal | None:
    points = [entry.number("credits") for entry in told.objects("credits") if entry.text("system") in ("ECTS", "")]
    return next((amount for amount in points if amount is not None), None)


def _subjects(item: Fields) -> Iterator[str]:
    """Themes, words to search by, and competences of the European e-Competence Framework."""
    yield from (str(word) for word in _part(item, "programClassification").items("theme") if isinstance(word, str))
    words = _part(item, "programDescriptions").object("searchword")
    for code in words.values if words else ():
        yield from (str(word) for word in (words.items(code) if words else ()) if isinstance(word, str) and word)
    for entry in _part(item, "programCompetences").objects("eCFDevelopment"):
        yield f"e-CF {entry.text('eCompetence')}"


def _mode(item: Fields) -> Mode:
    profile, told = _part(item, "programBasicProfile"), _part(item, "programClassification")
    if (known := _PLACES.get(profile.text("location"))) is not None:
        return known
    if told.values.get("fullyOnline") is True:
        return Mode.ONLINE
    return _by_form({str(form) for form in told.items("programForm")})


def _by_form(forms: set[str]) -> Mode:
    """By the forms in which it is given: at a distance, in place, or both."""
    away, here = forms & _AT_A_DISTANCE, forms - _AT_A_DISTANCE
    if away:
        return Mode.BLENDED if here else Mode.ONLINE
    # Full-time and part-time say how long it takes, and not where.
    return Mode.ON_SITE if here & {"evening education", "dual"} else Mode.UNKNOWN


def _address(about: Fields) -> str:
    return first(_texts(about, "webLink"), "nl", "en") or first(_texts(about, "courseSiteLink"), "nl", "en")


def _offerings(item: Fields, number: str) -> Iterator[Offering]:
    """The runs that anyone may take part in, and the one that begins when somebody wants it to."""
    schedule, admission = _part(item, "programSchedule"), _part(item, "programAdmission")
    spoken, mode, address = _languages(item), _mode(item), _address(_part(item, "programDescriptions"))
    most = admission.whole("maxNumberOfParticipants")
    for run in schedule.objects("programRun"):
        # A run for one client's own people is no offer to others.
        if run.text("openTo") == "client only":
            continue
        begin, end = run.object("startDate"), run.object("endDate")
        seats = run.whole("maxNumberOfParticipants")
        yield Offering(
            identifier=f"{number}/{run.text('id')}",
            of=number,
            starts=begin.day("date") if begin else None,
            ends=end.day("date") if end else None,
            enrol_until=run.day("applicationDeadline"),
            places=tuple(_places(run)),
            prices=tuple(_prices(run)),
            languages=spoken,
            mode=Mode.ONLINE if run.values.get("fullyOnline") is True else mode,
            seats=most if seats is None else seats,
            url=address,
            cancelled=run.text("status") == "canceled",
        )
    generic = schedule.object("genericProgramRun")
    if generic is not None:
        yield Offering(
            identifier=f"{number}/generic",
            of=number,
            flexible_start=admission.text("startDateDetermination") != "fixed starting date",
            places=tuple(_places(generic)),
            prices=tuple(_prices(generic)),
            languages=spoken,
            mode=mode,
            seats=most,
            url=address,
        )


def _places(run: Fields) -> Iterator[Place]:
    """Where a run is: its own location, and those of its days and modules, each once."""
    parts = [run, *run.objects("module", "genericModule"), *run.objects("courseDay")]
    told = [location for part in parts if (location := part.object("location"))]
    yield from dict.fromkeys(_place(location) for location in told)


def _place(told: Fields) -> Place:
    street = told.text("address")
    split = _STREET.fullmatch(street[:200])
    postcode = _POSTCODE.fullmatch(told.text("zipcode"))
    spot = re.fullmatch(r"\s*(-?\d{1,3}\.\d+)\s*[,; ]\s*(-?\d{1,3}\.\d+)\s*", told.text("geoCode"))
    country = told.text("country").upper()
    return Place(
        name=first(_texts(told, "locationName"), "nl", "en"),
        street=split[1] if split else street,
        number=split[2] if split else "",
        postcode=f"{postcode[1]} {postcode[2].upper()}" if postcode else told.text("zipcode"),
        town=told.text("city"),
        country="NL" if country in ("", "NEDERLAND", "NETHERLANDS") else country,
        latitude=float(spot[1]) if spot else None,
        longitude=float(spot[2]) if spot else None,
    )


def _prices(run: Fields) -> Iterator[Price]:
    """The price that everybody pays, as EDU-DEX counts it: all required costs with the VAT on them; others apart."""
    costs = [*run.objects("cost")]
    for part in [*run.objects("module", "genericModule"), *run.objects("courseDay")]:
        costs += part.objects("cost")
    totals: dict[str, Decimal] = {}
    optional: list[Price] = []
    for cost in costs:
        amount, told = _amount(cost)
        currency = cost.text("currency") or "EUR"
        if amount is None:
            continue
        if cost.values.get("isRequiredCost") is True:
            totals[currency] = totals.get(currency, Decimal(0)) + amount
        elif amount < 0:
            cost.fault("amount", amount, "0 or more, for what isn't required")
        else:
            kind = cost.text("costType").replace(" ", "_")
            optional.append(Price(amount, currency, kind or "optional", vat_included=True, note=told))
    for currency, amount in totals.items():
        if amount < 0:
            run.fault("cost", amount, "required costs of 0 or more")
        else:
            yield Price(amount, currency, vat_included=True)
    yield from optional


def _amount(cost: Fields) -> tuple[Decimal | None, str]:
    """An amount with the VAT on it, the part without VAT included, and what is said of it."""
    parts = [cost.number(name) for name in ("amount", "amountVAT", "VATExemptAmount", "VATExemptAmountVAT")]
    told = first(_texts(cost, "summaryText") or _texts(cost, "descriptionText"), "nl", "en")
    return None if parts[0] is None else sum((part for part in parts if part is not None), Decimal(0)), told
