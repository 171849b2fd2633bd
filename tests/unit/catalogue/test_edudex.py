# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from mainport.catalogue.feeds import edudex
from mainport.catalogue.feeds.json import Fields, parse
from mainport.catalogue.rules import courses
from mainport.catalogue.rules.courses import Mode, Place, Price
from mainport.catalogue.rules.faults import Refused

COST: dict[str, object] = {
    "id": "c1",
    "amount": "100.00",
    "amountVAT": "21.00",
    "amountIsFinal": True,
    "costType": "tuition fee",
    "currency": "EUR",
    "isRequiredCost": True,
}
LUNCH = {**COST, "id": "c2", "amount": "10.00", "amountVAT": "0.90", "costType": "lunch", "isRequiredCost": False}
LOCATION = {
    "id": "l1",
    "locationName": {"nl": "Forum"},
    "address": "Nieuwe Markt 1",
    "zipcode": "9712kn",
    "city": "Groningen",
    "country": "nl",
    "geoCode": "53.2190, 6.5690",
}
PROGRAM: dict[str, Any] = {
    "editor": "Forum",
    "format": "EDU-DEX",
    "generator": "tests",
    "lastEdited": "2026-05-31T10:00:00Z",
    "programAdmission": {
        "applicationOpen": True,
        "applicationType": "individual",
        "paymentDue": "up-front",
        "startDateDetermination": "agreed starting date",
        "maxNumberOfParticipants": 12,
    },
    "programClassification": {
        "orgUnitId": "forum",
        "programId": "klik",
        "degree": "certificate of participation",
        "programDuration": {"days": 2},
        "programForm": ["part-time", "e-learning"],
        "programLevel": "none",
        "programLocation": [{"id": "l1", "description": "Groningen"}],
        "programType": "training",
        "superProgramId": "digitaal",
        "credits": [{"credits": 2, "system": "PE"}, {"credits": 1.5, "system": "ECTS"}],
        "theme": ["automation and it"],
        "applicationRequirement": [
            {"requirementType": "minimum age", "requirementSummary": {"nl": "U bent 18 jaar."}},
        ],
    },
    "programCompetences": {"eCFDevelopment": [{"eCompetence": "A1", "proficiencyLevel": "e-1", "version": "4.0"}]},
    "programContacts": {},
    "programCurriculum": {
        "instructionLanguage": [{"languageCode": "en", "percentage": 20}, {"languageCode": "nl", "percentage": 80}],
        "studyLoad": {"program": 12},
    },
    "programDescriptions": {
        "programName": {"nl": "Klik en tik", "en": "Click and type"},
        "programSummaryText": {"nl": "Kort.", "en": "Short."},
        "programDescriptionText": {"nl": "Leer de computer kennen."},
        "programDescriptionHtml": {"nl": "<p>Langer</p>", "en": "<p>Know your <b>computer</b>.</p>"},
        "searchword": {"nl": ["muis", "toetsenbord"]},
        "subjectText": [{"subject": "objectives", "summaryText": {"nl": "U kunt e-mailen."}}],
        "webLink": {"nl": "https://forum.nl/klik"},
    },
    "programSchedule": {
        "genericProgramRun": {"cost": [{**COST, "amount": "50.00", "amountVAT": "0.00"}]},
        "programRun": [
            {
                "id": "r1",
                "status": "application opened",
                "startDate": {"date": "2026-09-01", "isFinal": True},
                "endDate": {"date": "2026-10-01", "isFinal": False},
                "applicationDeadline": "2026-08-25",
                "cost": [COST, {**COST, "id": "c3", "amount": "5.00", "amountVAT": "0.00"}, LUNCH],
                "location": LOCATION,
                "courseDay": [{"id": "d1", "date": "2026-09-01", "location": LOCATION}],
            },
            {
                "id": "r2",
                "status": "canceled",
                "startDate": {"date": "2026-11-01", "isFinal": True},
                "endDate": {"date": "2026-12-01", "isFinal": True},
                "fullyOnline": True,
                "maxNumberOfParticipants": 8,
            },
            {
                "id": "r3",
                "status": "application opened",
                "openTo": "client only",
                "startDate": {"date": "2026-11-01", "isFinal": True},
                "endDate": {"date": "2026-12-01", "isFinal": True},
            },
        ],
    },
}


def fields(value: object) -> Fields:
    got = parse(json.dumps(value).encode())
    assert isinstance(got, dict)
    return Fields(got)


def test_reads_a_course_with_its_runs() -> None:
    course, faults = edudex.course(fields(PROGRAM), names={"forum": "Forum Groningen"})
    assert faults == []
    assert (course.identifier, course.code, course.programmes) == ("forum/klik", "klik", ("forum/digitaal",))
    assert course.titles == {"nl": "Klik en tik", "en": "Click and type"}
    assert course.descriptions == {"nl": "Leer de computer kennen.", "en": "Know your computer."}
    assert (course.hours, course.credits, course.languages) == (Decimal(12), Decimal("1.5"), ("nl", "en"))
    assert course.subjects == ("automation and it", "muis", "toetsenbord", "e-CF A1")
    assert (course.outcomes, course.admission) == (({"nl": "U kunt e-mailen."},), {"nl": "U bent 18 jaar."})
    assert (course.mode, course.url, course.level) == (Mode.BLENDED, "https://forum.nl/klik", "")
    assert course.provider is not None
    assert course.provider.name == "Forum Groningen"
    first, second, generic = course.offerings
    assert (first.identifier, first.starts, first.ends) == ("forum/klik/r1", date(2026, 9, 1), date(2026, 10, 1))
    assert (first.enrol_until, first.seats, first.cancelled) == (date(2026, 8, 25), 12, False)
    assert first.places == (Place("Forum", "Nieuwe Markt", "1", "9712 KN", "Groningen", "NL", 53.219, 6.569),)
    assert first.prices == (
        Price(Decimal("126.00"), vat_included=True),
        Price(Decimal("10.90"), kind="lunch", vat_included=True),
    )
    assert (second.mode, second.seats, second.cancelled) == (Mode.ONLINE, 8, True)
    assert (generic.flexible_start, generic.prices[0].amount) == (True, Decimal("50.00"))
    assert courses.check(course) == []


def test_what_leads_to_a_degree_is_a_programme() -> None:
    assert not edudex.is_programme(fields(PROGRAM))
    degree = {**PROGRAM, "programClassification": {**PROGRAM["programClassification"], "degree": "B ICT"}}
    assert edudex.is_programme(fields(degree))
    programme, faults = edudex.programme(fields(degree))
    assert faults == []
    assert (programme.identifier, programme.type, programme.parent) == ("forum/klik", "B ICT", "forum/digitaal")
    assert len(programme.offerings) == 3
    assert courses.check(programme) == []


def test_lists_of_programmes_and_suppliers() -> None:
    asked = {"orgUnitId": "forum", "programId": "klik", "clientId": "public"}
    bulk = edudex.page(
        json.dumps({"programs": [{**asked, "data": PROGRAM}, {**asked, "data": None, "error": "not found"}]}).encode()
    )
    assert len(bulk.items) == 1
    assert [(fault.field, fault.found) for fault in bulk.faults] == [("programs[1].data", "klik: not found")]
    assert edudex.course(bulk.items[0])[0].identifier == "forum/klik"
    assert len(edudex.page(json.dumps(PROGRAM).encode()).items) == 1
    found, faults = edudex.references(
        json.dumps({"items": [{**asked, "lastChange": "2026-01-01T00:00:00Z"}, {}]}).encode()
    )
    assert found == [edudex.Reference("forum", "klik", "public", "2026-01-01T00:00:00Z")]
    assert [fault.field for fault in faults] == ["items[1].programId"]
    gone = {"status": "removed", "supplierId": "forum", "programId": "klik", "clientId": None, "lastChange": "x"}
    assert edudex.references(json.dumps([gone]).encode())[0][0].gone
    assert edudex.suppliers(json.dumps({"suppliers": [{"id": "forum", "name": {"nl": "Forum"}}]}).encode()) == {
        "forum": "Forum"
    }


@pytest.mark.parametrize("data", [b"[]", b'{"status": 403, "error": "no"}', b"<x>"])
def test_refuses_what_is_no_list(data: bytes) -> None:
    with pytest.raises(Refused):
        edudex.page(data)
    with pytest.raises(Refused):
        edudex.suppliers(data)


def test_a_course_without_dates_and_with_an_amount_that_is_none() -> None:
    bare = {
        "programClassification": {"orgUnitId": "forum", "programId": "x"},
        "programSchedule": {
            "programRun": [
                {"id": "r", "status": "application opened", "cost": [{"amount": "gratis"}, {**LUNCH, "amount": "-5"}]},
                {"id": "s", "startDate": {"date": "morgen"}},
            ]
        },
    }
    course, faults = edudex.course(fields(bare))
    assert [one.starts for one in course.offerings] == [None, None]
    assert sorted(fault.field for fault in faults) == [
        "programSchedule.programRun[0].cost[0].amount",
        "programSchedule.programRun[0].cost[1].amount",
        "programSchedule.programRun[1].startDate.date",
    ]
    assert [fault.field for fault in courses.check(course)] == ["titles"]


@pytest.mark.shared
def test_the_sample_is_valid_by_the_specification(shared: Path) -> None:
    spec = json.loads((shared / "standards/edudex/openapi-edudex-spec.json").read_bytes())
    schema = {"$ref": "#/components/schemas/imports/properties/program_out", "components": spec["components"]}
    assert [error.message for error in Draft202012Validator(schema).iter_errors(PROGRAM)] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*PROGRAM["programClassification"], *PROGRAM["programDescriptions"], "nl", "cost", "location"]
            ),
            inner,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(PROGRAM)), JSON, max_size=6))
@settings(max_examples=100, deadline=None)
def test_any_object_is_read_or_told_off(value: dict[str, object]) -> None:
    courses.check(edudex.course(fields(value))[0])
    courses.check(edudex.programme(fields(value))[0])
