# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A personal offer: which courses suit somebody, best first, each with the reasons why.

The same answers, courses and day give the same offer. A course has to bring somebody one or two levels further (one
band of DigComp) in something that they want to learn, and to ask nothing that lies above that. What it costs, where
and how it is given are limits too, which are widened one by one where too little is left; the offer says which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import inf

from mainport.catalogue.rules import places
from mainport.catalogue.rules.courses import Course, Mode, Offering
from mainport.catalogue.rules.courses import Place as Spot
from mainport.catalogue.rules.profile import HIGHEST, Profile
from mainport.catalogue.rules.texts import UNKNOWN

#: How much further a course may bring somebody: two levels are one band.
REACH = 2
#: How many courses an offer holds, and of one competence.
MOST = 12
MOST_OF_ONE = 3
#: Fewer than this, and a limit is widened.
FEW = 3
#: Days within which a start is soon.
SOON = 60


class Why(StrEnum):
    """Reasons for a course, and what to mind about it."""

    GAP = "gap"  # competence, level: brings you to this level.
    LIBRARY = "library"
    SAME_TOWN = "same-town"  # town
    NEAR = "near"  # town, km
    ONLINE = "online"
    MOMENT = "moment"  # moments
    GUIDANCE = "guidance"
    FREE = "free"
    IN_BUDGET = "in-budget"  # amount
    LANGUAGE = "language"  # languages
    SOON = "soon"  # day
    ANY_TIME = "any-time"
    FAR = "far"  # Mind: town, km
    COSTS = "costs"  # Mind: amount
    PRICE_UNKNOWN = "price-unknown"  # Mind
    OTHER_WAY = "other-way"  # Mind: given in another way than was asked for
    NO_DATES = "no-dates"  # Mind


#: What to mind: no reason for the course, but something to know before choosing it.
MIND = frozenset({Why.FAR, Why.COSTS, Why.PRICE_UNKNOWN, Why.OTHER_WAY, Why.NO_DATES})


class Limit(StrEnum):
    """What can be widened, in this order."""

    MODE = "mode"
    DISTANCE = "distance"
    PRICE = "price"


@dataclass(frozen=True)
class Reason:
    """One reason, with what is needed to say it."""

    why: Why
    points: int = 0
    competence: str = ""
    level: int = 0
    town: str = ""
    km: int = 0
    amount: Decimal | None = None
    words: tuple[str, ...] = ()
    day: date | None = None

    @property
    def is_mind(self) -> bool:
        return self.why in MIND


@dataclass(frozen=True)
class Candidate:
    """A course that can be offered, under its key."""

    key: str
    course: Course
    demo: bool = False


@dataclass(frozen=True)
class Pick:
    """A course of the offer: with the offering that suits best, if it has any, and why."""

    candidate: Candidate
    offering: Offering | None
    reasons: tuple[Reason, ...]
    score: int
    library: bool = False
    phone: str = ""

    @property
    def competences(self) -> tuple[str, ...]:
        return tuple(reason.competence for reason in self.reasons if reason.why is Why.GAP)


@dataclass(frozen=True)
class Offer:
    """The whole. `widened`: limits beyond which was looked; `without`: wanted competences with no course."""

    picks: tuple[Pick, ...] = ()
    widened: tuple[Limit, ...] = ()
    without: tuple[str, ...] = field(default=())


def offer(profile: Profile, candidates: Iterable[Candidate], *, today: date, most: int = MOST) -> Offer:
    """The offer for these answers."""
    suitable = [(one, gaps) for one in candidates if (gaps := closes(profile, one.course))]
    widened: tuple[Limit, ...] = ()
    picks: list[Pick] = []
    for number in range(len(Limit) + 1):
        beyond = tuple(Limit)[:number]
        found = [pick for one, gaps in suitable if (pick := _pick(profile, one, gaps, today, beyond))]
        if len(found) > len(picks):
            picks, widened = found, beyond
        if len(found) >= FEW:
            break
    chosen = _diverse(profile, picks, most)
    covered = {code for pick in picks for code in pick.competences}
    missing = tuple(code for code in profile.wanted if code not in covered and profile.levels[code] < HIGHEST)
    return Offer(tuple(chosen), widened, missing)


def closes(profile: Profile, course: Course) -> list[Reason]:
    """What the course adds to what somebody wants to learn; empty where it doesn't suit their level.

    A level that the source doesn't say suits nobody at the lowest level, who can't find out by trying.
    """
    gaps: list[Reason] = []
    for competence in course.competences:
        has = profile.levels.get(competence.code)
        if has is None:
            continue
        if competence.level > has + REACH or (competence.level == 0 and profile.lowest):
            return []
        if competence.code in profile.wanted and (competence.level > has or (competence.level == 0 and has < HIGHEST)):
            rank = profile.wanted.index(competence.code)
            points = (30 if not gaps else 6) + max(0, 6 - rank) + (6 if competence.level == has + 1 else 0)
            gaps.append(Reason(Why.GAP, points, competence=competence.code, level=competence.level))
    return gaps


def is_library(profile: Profile, course: Course) -> bool:
    name = course.provider.name.casefold() if course.provider else ""
    return any(word.casefold() in name for word in profile.libraries)


def _pick(
    profile: Profile, one: Candidate, gaps: Sequence[Reason], today: date, beyond: Sequence[Limit]
) -> Pick | None:
    """The course with the offering of it that suits best; None where a limit rules out all of them."""
    course = one.course
    spoken = _languages(profile, course)
    if spoken is None:
        return None
    library = is_library(profile, course)
    always = [*gaps]
    if library and profile.lowest:
        always.append(Reason(Why.LIBRARY, 25))
    offerings = [each for each in course.offerings if is_open(each, today)]
    if course.offerings and not offerings:
        return None
    best: Pick | None = None
    for offering in offerings or (None,):
        reasons = _circumstances(profile, course, offering, today, beyond)
        if reasons is None:
            continue
        said = (*always, *reasons, *spoken)
        score = sum(reason.points for reason in said)
        if best is None or score > best.score:
            best = Pick(one, offering, said, score, library, _phone(offering))
    return best


def is_open(offering: Offering, today: date) -> bool:
    """Whether somebody can still join."""
    if offering.cancelled or (offering.enrol_until and offering.enrol_until < today):
        return False
    if offering.seats is not None and offering.enrolled is not None and offering.enrolled >= offering.seats:
        return False
    if offering.flexible_start:
        return offering.ends is None or offering.ends >= today
    return offering.starts is None or offering.starts >= today


def _circumstances(
    profile: Profile, course: Course, offering: Offering | None, today: date, beyond: Sequence[Limit]
) -> list[Reason] | None:
    """Reasons of place, time and price; None where one of them lies beyond a limit that holds."""
    parts = (
        _mode(profile, _mode_of(course, offering), widened=Limit.MODE in beyond),
        _distance(profile, course, offering, widened=Limit.DISTANCE in beyond),
        _price(profile, offering, widened=Limit.PRICE in beyond),
    )
    if any(part is None for part in parts):
        return None
    reasons = [reason for part in parts for reason in part or ()]
    return [*reasons, *_time(profile, offering, today), *_guidance(profile, _mode_of(course, offering))]


def _mode_of(course: Course, offering: Offering | None) -> Mode:
    return offering.mode if offering and offering.mode is not Mode.UNKNOWN else course.mode


def _mode(profile: Profile, mode: Mode, *, widened: bool) -> list[Reason] | None:
    if profile.mode == "online":
        if mode is Mode.ONLINE:
            return [Reason(Why.ONLINE, 12)]
        if mode is Mode.BLENDED:
            return []
        return [Reason(Why.OTHER_WAY, -15)] if widened else None
    if profile.mode == "place" and mode is Mode.ONLINE:
        return [Reason(Why.OTHER_WAY, -15)] if widened else None
    return [Reason(Why.ONLINE, 2)] if mode is Mode.ONLINE else []


def _distance(profile: Profile, course: Course, offering: Offering | None, *, widened: bool) -> list[Reason] | None:
    if _mode_of(course, offering) is Mode.ONLINE or profile.home is None:
        return []
    near = (
        [(km, spot.town) for spot in offering.places if (km := kilometres(profile.home, spot)) is not None]
        if offering
        else []
    )
    if not near:
        return []
    km, town = min(near)
    whole = round(km)
    if profile.limit is not None and km > profile.limit + 0.5:
        return [Reason(Why.FAR, -10 - min(whole, 60) // 4, town=town, km=whole)] if widened else None
    if whole <= 2 and town and town == profile.home.town:
        return [Reason(Why.SAME_TOWN, 24, town=town)]
    return [Reason(Why.NEAR, max(0, 22 - whole // 2), town=town, km=whole)]


def kilometres(home: places.Place, spot: Spot) -> float | None:
    """From somebody's home to where a course is given; None where nobody knows that place."""
    if spot.latitude is not None and spot.longitude is not None:
        return places.kilometres(home, spot.latitude, spot.longitude)
    known = places.find(spot.postcode) or places.find(spot.town)
    return places.kilometres(home, known.latitude, known.longitude) if known else None


def distance(home: places.Place, offering: Offering) -> float:
    """Kilometres to the nearest place of it, to a tenth; without end where nobody knows."""
    known = [km for spot in offering.places if (km := kilometres(home, spot)) is not None]
    return round(min(known), 1) if known else inf


def price_of(offering: Offering | None) -> Decimal | None:
    """What somebody pays in euros; None where nobody says."""
    if offering is None:
        return None
    return next((price.amount for price in offering.prices if price.currency == "EUR"), None)


def _price(profile: Profile, offering: Offering | None, *, widened: bool) -> list[Reason] | None:
    amount = price_of(offering)
    if amount is None:
        return [Reason(Why.PRICE_UNKNOWN, -4)]
    if amount == 0:
        return [Reason(Why.FREE, 12 if profile.price is not None else 4)]
    if profile.price is None:
        return [Reason(Why.COSTS, 0, amount=amount)]
    if amount <= profile.price:
        return [Reason(Why.IN_BUDGET, 6, amount=amount)]
    return [Reason(Why.COSTS, -12, amount=amount)] if widened else None


def _time(profile: Profile, offering: Offering | None, today: date) -> list[Reason]:
    reasons = []
    if offering and profile.moments and offering.moments:
        both = tuple(moment.value for moment in offering.moments if moment.value in profile.moments)
        # Not a limit: a source's word for a part of the day is rough, and so is the asker's.
        reasons += [Reason(Why.MOMENT, 8, words=both)] if both else [Reason(Why.OTHER_WAY, -8)]
    if offering and offering.flexible_start:
        reasons.append(Reason(Why.ANY_TIME, 5))
    elif offering and offering.starts:
        if (offering.starts - today).days <= SOON:
            reasons.append(Reason(Why.SOON, 5, day=offering.starts))
    else:
        reasons.append(Reason(Why.NO_DATES, -3))
    return reasons


def _guidance(profile: Profile, mode: Mode) -> list[Reason]:
    helped = mode in (Mode.ON_SITE, Mode.BLENDED)
    return [Reason(Why.GUIDANCE, 8)] if profile.guidance and helped else []


def _languages(profile: Profile, course: Course) -> list[Reason] | None:
    """None where the course is given in other languages only."""
    given = tuple(code for code in course.languages if code != UNKNOWN)
    if not profile.languages or not given:
        return []
    both = tuple(code for code in given if code in profile.languages)
    if not both:
        return None
    # Whoever wants Dutch and gets Dutch hears nothing new: it is a reason where there was something to choose.
    return [Reason(Why.LANGUAGE, 4, words=both)]


def _phone(offering: Offering | None) -> str:
    return next((spot.phone for spot in offering.places if spot.phone), "") if offering else ""


def _diverse(profile: Profile, picks: Sequence[Pick], most: int) -> list[Pick]:
    """Best first, with something for each competence before more of the same."""
    left = sorted(picks, key=lambda pick: pick.candidate.key)
    chosen: list[Pick] = []
    count: dict[str, int] = {}

    def worth(pick: Pick) -> tuple[bool, int]:
        had = min((count.get(code, 0) for code in pick.competences), default=0)
        return (profile.lowest and pick.library, pick.score - 18 * had)

    while left and len(chosen) < most:
        best = max(left, key=worth)
        left.remove(best)
        if min(count.get(code, 0) for code in best.competences) >= MOST_OF_ONE:
            continue
        chosen.append(best)
        for code in best.competences:
            count[code] = count.get(code, 0) + 1
    return chosen
