# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The offer: which courses suit, in which order, and why."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.rules import places
from mainport.catalogue.rules.courses import Competence, Course, Mode, Moment, Offering, Place, Price
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.offer import Candidate, Limit, Offer, Pick, Why, offer
from mainport.catalogue.rules.profile import Profile
from mainport.catalogue.rules.works import Organisation

TODAY = date(2026, 11, 24)
CODES = [one.code for area in framework().areas for one in area.competences]


def asker(base: int = 1, **fields: Any) -> Profile:
    said: dict[str, Any] = {
        "levels": dict.fromkeys(CODES, base),
        "wanted": ("1.1", "4.1"),
        "home": places.find("Winschoten"),
        "limit": 15,
        "mode": "place",
        "languages": ("nl",),
        "price": Decimal(0),
        "libraries": ("Biblionet",),
    }
    return Profile(**{**said, **fields})


def course(key: str, teaches: dict[str, int], town: str = "Winschoten", **fields: Any) -> Candidate:
    where = places.find(town)
    assert where is not None
    spot = Place(name=key, town=town, latitude=where.latitude, longitude=where.longitude, phone="050 000 00 01")
    said: dict[str, Any] = {
        "starts": TODAY + timedelta(days=10),
        "places": (spot,),
        "prices": (Price(Decimal(0)),),
        "mode": Mode.ON_SITE,
    }
    offering = Offering(f"{key}-1", **{**said, **fields.pop("offering", {})})
    values: dict[str, Any] = {
        "provider": Organisation("Noorderpoort"),
        "languages": ("nl",),
        "competences": tuple(Competence(code, level) for code, level in teaches.items()),
        "offerings": (offering,),
    }
    return Candidate(key, Course(key, {"nl": key}, **{**values, **fields}))


def keys(found: Offer) -> list[str]:
    return [pick.candidate.key for pick in found.picks]


def whys(pick: Pick) -> set[Why]:
    return {reason.why for reason in pick.reasons}


def test_a_course_is_neither_above_nor_below_somebody() -> None:
    courses = [course(f"level-{level}", {"1.1": level}) for level in range(1, 9)]
    assert sorted(keys(offer(asker(2), courses, today=TODAY))) == ["level-3", "level-4"]
    assert keys(offer(asker(8), courses, today=TODAY)) == []


def test_a_course_asks_nothing_that_lies_above_somebody() -> None:
    assert keys(offer(asker(1), [course("both", {"1.1": 2, "3.4": 6})], today=TODAY)) == []


def test_a_course_closes_something_that_is_wanted() -> None:
    assert keys(offer(asker(1), [course("other", {"3.3": 2})], today=TODAY)) == []


def test_reasons_say_what_they_speak_of() -> None:
    (pick,) = offer(asker(1), [course("near", {"1.1": 2}, "Scheemda")], today=TODAY).picks
    said = {reason.why: reason for reason in pick.reasons}
    assert (said[Why.GAP].competence, said[Why.GAP].level) == ("1.1", 2)
    assert (said[Why.NEAR].town, said[Why.NEAR].km) == ("Scheemda", 5)
    assert Why.FREE in said
    assert said[Why.LANGUAGE].words == ("nl",)
    assert said[Why.SOON].day == date(2026, 12, 4)
    assert pick.phone == "050 000 00 01"


def test_the_library_comes_first_for_the_lowest_level_only() -> None:
    courses = [
        course("library", {"4.1": 1}, "Scheemda", provider=Organisation("Biblionet Oldambt")),
        course("school", {"1.1": 1, "4.1": 1}),
    ]
    assert keys(offer(asker(0, lowest=True), courses, today=TODAY)) == ["library", "school"]
    assert keys(offer(asker(0), courses, today=TODAY)) == ["school", "library"]


def test_an_unknown_level_is_not_offered_at_the_lowest_level() -> None:
    assert keys(offer(asker(0, lowest=True), [course("unknown", {"1.1": 0})], today=TODAY)) == []
    assert keys(offer(asker(3), [course("unknown", {"1.1": 0})], today=TODAY)) == ["unknown"]


def test_another_language_is_never_offered() -> None:
    courses = [course("english", {"1.1": 2}, languages=("en",)), course("both", {"1.1": 2}, languages=("en", "nl"))]
    assert keys(offer(asker(1), courses, today=TODAY)) == ["both"]


def test_what_is_past_full_or_called_off_is_not_offered() -> None:
    courses = [
        course("past", {"1.1": 2}, offering={"starts": TODAY - timedelta(days=1)}),
        course("closed", {"1.1": 2}, offering={"enrol_until": TODAY - timedelta(days=1)}),
        course("full", {"1.1": 2}, offering={"seats": 8, "enrolled": 8}),
        course("off", {"1.1": 2}, offering={"cancelled": True}),
        course("flexible", {"1.1": 2}, offering={"starts": date(2020, 1, 1), "flexible_start": True}),
    ]
    assert keys(offer(asker(1), courses, today=TODAY)) == ["flexible"]


def test_limits_are_widened_one_by_one_and_it_says_which() -> None:
    far = course("far", {"1.1": 2}, "Assen")
    found = offer(asker(1), [far], today=TODAY)
    assert found.widened == (Limit.MODE, Limit.DISTANCE)
    assert Why.FAR in whys(found.picks[0])
    near = [course(f"near-{number}", {"1.1": 2}) for number in range(3)]
    assert keys(offer(asker(1), [far, *near], today=TODAY)) == ["near-0", "near-1", "near-2"]
    dear = course("dear", {"1.1": 2}, offering={"prices": (Price(Decimal(95)),)})
    found = offer(asker(1), [dear], today=TODAY)
    assert Limit.PRICE in found.widened
    assert Why.COSTS in whys(found.picks[0])


def test_a_moment_that_suits_counts() -> None:
    evening = course("evening", {"1.1": 2}, offering={"moments": (Moment.EVENING,)})
    day = course("day", {"1.1": 2}, offering={"moments": (Moment.DAY,)})
    found = offer(asker(1, moments=frozenset({"evening"})), [day, evening], today=TODAY)
    assert keys(found) == ["evening", "day"]
    assert Why.MOMENT in whys(found.picks[0])


def test_something_for_each_competence_before_more_of_the_same() -> None:
    courses = [course(f"search-{number}", {"1.1": 2}) for number in range(5)]
    courses.append(course("safe", {"4.1": 3}, "Veendam"))
    found = offer(asker(1, limit=None), courses, today=TODAY)
    assert "safe" in keys(found)[:2]
    assert sum(key.startswith("search") for key in keys(found)) == 3


def test_what_no_course_teaches_is_told() -> None:
    assert offer(asker(1), [course("search", {"1.1": 2})], today=TODAY).without == ("4.1",)


def test_the_offering_that_suits_best_is_chosen() -> None:
    one = course("spread", {"1.1": 2}, "Assen")
    near = replace(course("x", {"1.1": 2}).course.offerings[0], identifier="near")
    spread = Candidate("spread", replace(one.course, offerings=(*one.course.offerings, near)))
    pick = offer(asker(1), [spread], today=TODAY).picks[0]
    assert pick.offering is not None
    assert pick.offering.identifier == "near"


@given(st.integers(0, 8), st.booleans(), st.randoms(use_true_random=False))
def test_the_same_answers_give_the_same_offer_in_whatever_order_courses_come(
    base: int, lowest: bool, chance: random.Random
) -> None:
    courses = [
        course(f"c-{number}", {CODES[number % 21]: 1 + number % 8}, ["Winschoten", "Assen", "Emmen"][number % 3])
        for number in range(63)
    ]
    shuffled = list(courses)
    chance.shuffle(shuffled)
    who = asker(base, lowest=lowest, wanted=tuple(CODES), limit=None, mode="either")
    first = offer(who, courses, today=TODAY)
    assert first == offer(who, shuffled, today=TODAY)
    for pick in first.picks:
        for competence in pick.candidate.course.competences:
            assert competence.level <= base + 2
        assert any(competence.level > base for competence in pick.candidate.course.competences)
