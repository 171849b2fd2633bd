# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import ooapi
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import courses
from mainport.catalogue.rules.courses import Competence, Mode, Place, Price
from mainport.catalogue.rules.faults import Refused

FIVE: dict[str, object] = {
    "courseId": "c1",
    "primaryCode": {"codeType": "identifier", "code": "DV-1"},
    "name": [{"language": "nl-NL", "value": "Klik en tik"}, {"language": "en-GB", "value": "Click and type"}],
    "studyLoad": {"studyLoadUnit": "hour", "value": 12},
    "modeOfDelivery": ["situated", "online"],
    "description": [{"language": "nl-NL", "value": "Leer de computer kennen."}],
    "teachingLanguage": "nld",
    "level": "secondary vocational education 1",
    "learningOutcomes": [[{"language": "nl-NL", "value": "U kunt e-mailen."}]],
    "otherCodes": [{"codeType": "x-digcomp", "code": "1.1/2"}, {"codeType": "x-digcomp", "code": "9.9"}],
    "link": "https://example.nl/klik",
    "programs": ["p1", {"programId": "p2"}],
    "organization": {"organizationId": "o", "name": [{"language": "nl-NL", "value": "Forum"}], "shortName": "F"},
}
SIX: dict[str, object] = {
    **{name: FIVE[name] for name in ("courseId", "primaryCode", "name", "description", "link", "otherCodes")},
    "studyLoad": [{"studyLoadUnit": "contact_time", "value": 3}, {"studyLoadUnit": "hour", "value": 12}],
    "modesOfDelivery": ["presential", "online"],
    "teachingLanguages": ["nl-NL"],
    "level": "secondary_vocational_education_1",
    "learningOutcomes": [{"learningOutcomeId": "l", "name": [{"language": "nl-NL", "value": "U kunt e-mailen."}]}],
    "programmeIds": ["p1", "p2"],
    "organisation": {"organisationId": "o", "name": [{"language": "nl-NL", "value": "Forum"}]},
    "duration": None,
}
OFFERING_SIX: dict[str, object] = {
    "courseOfferingId": "o1",
    "name": [{"language": "nl-NL", "value": "Najaar"}],
    "courseId": "c1",
    "startDateTime": "2026-08-31T23:30:00Z",
    "endDateTime": "2026-10-01T12:00:00+02:00",
    "enrolmentPeriods": [{"startDateTime": "2026-06-01T00:00:00+02:00", "enrolmentUrl": "https://example.nl/in"}],
    "addresses": [
        {
            "addressType": "teaching",
            "street": "Hereplein",
            "streetNumber": "73",
            "postCode": "9711gd",
            "city": "Groningen",
            "countryCode": "NL",
            "geolocation": {"latitude": 53.21, "longitude": 6.57},
        }
    ],
    "priceInformation": [
        {"costType": "total_costs", "amount": "12.50", "currency": "EUR"},
        {"costType": "stap_eligible"},
    ],
    "maxNumberStudents": 12,
    "state": "active",
    "modesOfDelivery": ["presential"],
    "teachingLanguages": ["nl-NL"],
}
OFFERING_FIVE: dict[str, object] = {
    "offeringId": "o1",
    "offeringType": "course",
    "name": OFFERING_SIX["name"],
    "course": {"courseId": "c1"},
    "startDate": "2026-09-01",
    "endDate": "2026-10-01",
    "enrollStartDate": "2026-06-01",
    "addresses": [{**OFFERING_SIX["addresses"][0], "postCode": None, "postalCode": "9711 GD"}],  # type: ignore[index]
    "priceInformation": [{"costType": "total costs", "amount": "12.50", "currency": "EUR"}],
    "maxNumberStudents": 12,
    "modeOfDelivery": ["situated"],
    "teachingLanguage": "nld",
    "link": "https://example.nl/in",
}


def fields(value: dict[str, object]) -> Fields:
    got = parse(json.dumps(value).encode())
    assert isinstance(got, dict)
    return Fields(got)


def test_a_course_is_the_same_in_either_version() -> None:
    five, faults = ooapi.course(fields(FIVE))
    six, _ = ooapi.course(fields(SIX))
    assert five == six
    assert five.titles == {"nl": "Klik en tik", "en": "Click and type"}
    assert (five.hours, five.credits, five.languages, five.mode) == (Decimal(12), None, ("nl",), Mode.BLENDED)
    assert (five.level, five.programmes) == ("secondary_vocational_education_1", ("p1", "p2"))
    assert five.outcomes == ({"nl": "U kunt e-mailen."},)
    assert five.competences == (Competence("1.1", 2),)
    assert five.provider is not None
    assert five.provider.name == "Forum"
    assert [fault.field for fault in faults] == ["otherCodes[1].code"]
    assert courses.check(five) == []


def test_an_offering_is_the_same_in_either_version_and_its_days_are_dutch_ones() -> None:
    six, faults = ooapi.offering(fields(OFFERING_SIX))
    five, _ = ooapi.offering(fields(OFFERING_FIVE))
    assert faults == []
    assert five == six
    assert (six.starts, six.ends, six.enrol_from) == (date(2026, 9, 1), date(2026, 10, 1), date(2026, 6, 1))
    assert six.places == (Place("", "Hereplein", "73", "9711 GD", "Groningen", "NL", 53.21, 6.57),)
    assert six.prices == (Price(Decimal("12.50"), vat_included=True),)
    assert (six.of, six.seats, six.url, six.cancelled) == ("c1", 12, "https://example.nl/in", False)


def test_courses_get_their_offerings_and_the_others_are_told() -> None:
    course, _ = ooapi.course(fields(SIX))
    mine, _ = ooapi.offering(fields(OFFERING_SIX))
    stray, _ = ooapi.offering(fields({**OFFERING_SIX, "courseId": "c9"}))
    (joined,), left = ooapi.together([course], [mine, stray])
    assert joined.offerings == (mine,)
    assert left == [stray]
    assert courses.check(joined) == []


def test_a_programme_in_either_version() -> None:
    name = [{"language": "nl-NL", "value": "ICT"}]
    load = {"studyLoadUnit": "ects", "value": 60}
    five, _ = ooapi.programme(
        fields({"programId": "p1", "programType": "program", "name": name, "parent": "p0", "studyLoad": load})
    )
    six, _ = ooapi.programme(
        fields({"programmeId": "p1", "programmeType": "program", "name": name, "parentId": "p0", "studyLoad": [load]})
    )
    assert five == six
    assert (five.parent, five.credits) == ("p0", Decimal(60))
    assert courses.check(five) == []


def test_a_course_without_dates_and_with_fields_of_another_kind() -> None:
    offering, faults = ooapi.offering(
        fields({"offeringId": 7, "startDate": "soon", "name": ["x"], "maxNumberStudents": "many", "link": True})
    )
    assert (offering.identifier, offering.starts, offering.seats) == ("7", None, None)
    assert [fault.field for fault in faults] == ["name[0]", "startDate", "maxNumberStudents", "link"]


def test_pages_tell_what_follows() -> None:
    page = ooapi.page(json.dumps({"pageSize": 10, "pageNumber": 2, "hasNextPage": True, "items": [SIX, 3]}).encode())
    assert (page.number, page.has_next, len(page.items)) == (2, True, 1)
    assert [fault.field for fault in page.faults] == ["items[1]"]
    assert ooapi.course(page.items[0])[1][0].field == "items[0].otherCodes[1].code"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"status": 404, "title": "Not found"}', "404: Not found"),
        (b"[]", "an object with items"),
        (b"<html>", "JSON"),
        (b'{"items": [NaN]}', "NaN"),
        (b'{"items": ["\xff"]}', "UTF-8"),
        (b"[" * 100_000, "brackets inside each other"),
        (b"1" * 5000, "5000 signs"),
    ],
)
def test_refuses_what_is_no_page(data: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        ooapi.page(data)
    assert expected in str(refused.value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "language", "code"]), inner),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted({*FIVE, *SIX, *OFFERING_FIVE, *OFFERING_SIX})), JSON, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_object_is_read_or_told_off(value: dict[str, object]) -> None:
    course, _ = ooapi.course(fields(value))
    offering, _ = ooapi.offering(fields(value))
    ooapi.programme(fields(value))
    courses.check(course)
    assert offering.identifier == offering.identifier.strip()


@pytest.mark.shared
def test_the_fields_are_those_of_the_specification(shared: Path) -> None:
    schemas = json.loads((shared / "standards/ooapi/oeapi-6.0.json").read_text())["components"]["schemas"]
    known = {"courseId", *schemas["CourseProperties"]["properties"]}
    assert set(SIX) <= known
    five = yaml.safe_load((shared / "standards/ooapi-5/v5/schemas/CourseProperties.yaml").read_text())
    assert set(FIVE) - {"courseId"} <= set(five["properties"]) | {"programs", "organization"}
