# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mainport.catalogue.rules.courses import Competence, Course, Offering, Place, Price, Programme, check

OFFERING = Offering(
    "o1",
    of="c1",
    starts=date(2026, 9, 1),
    ends=date(2026, 9, 30),
    places=(Place("Forum", postcode="9712 HV", town="Groningen", latitude=53.2, longitude=6.57),),
    prices=(Price(Decimal(0)),),
    languages=("nl",),
    seats=12,
)
COURSE = Course(
    "c1",
    {"nl": "Klik en tik"},
    languages=("nl",),
    competences=(Competence("1.1", 1), Competence("5.4")),
    offerings=(OFFERING,),
    url="https://example.nl",
)


def test_a_good_course_and_programme_have_no_faults() -> None:
    assert check(COURSE) == []
    assert check(Programme("p1", {"en": "Digital basics"}, courses=("c1",))) == []


def test_an_offering_may_lack_dates() -> None:
    assert check(replace(COURSE, offerings=(Offering("o1"),))) == []


@pytest.mark.parametrize(
    ("course", "field"),
    [
        (replace(COURSE, identifier="", offerings=()), "identifier"),
        (replace(COURSE, titles={}), "titles"),
        (replace(COURSE, url="ftp://x"), "url"),
        (replace(COURSE, languages=("und",)), "languages[0]"),
        (replace(COURSE, hours=Decimal(-1)), "hours"),
        (replace(COURSE, competences=(Competence("1.4"),)), "competences[0].code"),
        (replace(COURSE, competences=(Competence("1.1", 9),)), "competences[0].level"),
    ],
)
def test_a_fault_of_a_course_names_its_field(course: Course, field: str) -> None:
    assert [fault.field for fault in check(course)] == [field]


@pytest.mark.parametrize(
    ("offering", "field"),
    [
        (replace(OFFERING, of="c2"), "of"),
        (replace(OFFERING, ends=date(2026, 8, 31)), "ends"),
        (replace(OFFERING, enrol_from=date(2026, 8, 2), enrol_until=date(2026, 8, 1)), "enrol_until"),
        (replace(OFFERING, seats=-1), "seats"),
        (replace(OFFERING, prices=(Price(Decimal("-1")),)), "prices[0].amount"),
        (replace(OFFERING, prices=(Price(Decimal("NaN")),)), "prices[0].amount"),
        (replace(OFFERING, prices=(Price(Decimal(1), "euro"),)), "prices[0].currency"),
        (replace(OFFERING, places=(Place(postcode="0712 HV"),)), "places[0].postcode"),
        (replace(OFFERING, places=(Place(latitude=91.0),)), "places[0].latitude"),
        (replace(OFFERING, languages=("dutch",)), "languages[0]"),
    ],
)
def test_a_fault_of_an_offering_names_its_field(offering: Offering, field: str) -> None:
    assert [fault.field for fault in check(replace(COURSE, offerings=(offering,)))] == [f"offerings[0].{field}"]
