# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Open Education API: what it tells of courses, programmes and offerings."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client

from mainport.catalogue.actions import records
from mainport.catalogue.feeds import json as feeds
from mainport.catalogue.feeds import ooapi
from mainport.catalogue.models import Record
from mainport.catalogue.rules.courses import Course
from tests.functional.oeapi.conftest import BY, MAIL, ROOT, Ask, Check, names

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def _number(ask: Ask, path: str, name: str, key: str) -> str:
    found = next(one for one in ask(path)["items"] if one["name"][0]["value"] == name)
    return str(found[key])


def _as_read(item: Any) -> feeds.Fields:
    """As our reader gets it, with fractions as decimals."""
    found = feeds.parse(json.dumps(item).encode())
    assert isinstance(found, dict)
    return feeds.Fields(found)


def test_the_service_tells_what_it_does(ask: Ask) -> None:
    said = ask("")
    assert said["contactEmail"] == "mainport@mainport.localhost"
    assert {"verbs": ["GET"], "path": "/api/oeapi/v6/courses"} in said["supportedOperations"]
    assert ask("/") == said
    # As the specification has it: clients made by it refuse to ask for more.
    expands = {one["path"]: one["expandableObjects"] for one in said["supportedExpands"]}
    assert expands["/api/oeapi/v6/course-offerings/%7BcourseOfferingId%7D"] == ["course"]


def test_courses(ask: Ask, education: dict[str, Record]) -> None:
    page = ask("/courses")
    assert names(page) == ["Mailen voor beginners", "Rekenen met een rekenblad"]
    assert (page["totalPages"], page["hasNextPage"], page["hasPreviousPage"]) == (1, False, False)
    mail = page["items"][0]
    assert mail["primaryCode"] == {"codeType": "identifier", "code": "MAIL-1"}
    assert mail["studyLoad"] == [{"studyLoadUnit": "hour", "value": 6.5}, {"studyLoadUnit": "ects", "value": 1}]
    assert {"codeType": "x-digcomp", "code": "2.1/2"} in mail["otherCodes"]
    assert len(mail["programmeIds"]) == 1
    assert ask(f"/courses/{mail['courseId']}") == mail
    assert page["items"][1]["link"] == "http://localhost:8000/record/rekenblad"


def test_what_is_read_back_is_what_was_written(ask: Ask, education: dict[str, Record]) -> None:
    mail = ask("/courses")["items"][0]
    whole = ask(f"/courses/{mail['courseId']}", expand="organisation,programmes")
    course, faults = ooapi.course(_as_read(whole))
    assert faults == []
    for name in ("titles", "descriptions", "code", "level", "languages", "hours", "credits", "competences", "outcomes"):
        assert getattr(course, name) == getattr(MAIL, name), name
    assert (course.mode, course.url, course.admission) == (MAIL.mode, MAIL.url, MAIL.admission)
    assert course.provider is not None
    assert (course.provider.name, course.provider.ror) == ("Forum Groningen", "012p63287")
    assert [one["name"][0]["value"] for one in whole["programmes"]] == ["Digitaal vaardig"]
    read = [ooapi.offering(_as_read(one)) for one in ask(f"/courses/{mail['courseId']}/course-offerings")["items"]]
    assert [faults for _offering, faults in read] == [[], []]
    first, expected = read[0][0], MAIL.offerings[0]
    for name in ("starts", "ends", "enrol_from", "enrol_until", "places", "prices", "languages", "mode", "seats"):
        assert getattr(first, name) == getattr(expected, name), name
    assert (first.enrolled, first.url, first.of) == (3, "https://forum.example/mailen/1", mail["courseId"])


def test_offerings_from_today_on_unless_asked_otherwise(ask: Ask, education: dict[str, Record]) -> None:
    number = _number(ask, "/courses", "Mailen voor beginners", "courseId")
    path = f"/courses/{number}/course-offerings"
    assert len(ask(path)["items"]) == 2
    assert len(ask(path, since="2019-01-01T00:00:00+01:00")["items"]) == 3
    assert len(ask(path, since="2019-01-01", until="2021-01-01")["items"]) == 2  # The one without a day is always on.
    assert len(ask(path, modeOfDelivery="online")["items"]) == 1
    assert ask(path, state="cancelled")["items"] == []
    offering = ask(path)["items"][0]
    whole = ask(f"/course-offerings/{offering['courseOfferingId']}", expand="course")
    assert whole["course"]["courseId"] == number
    assert {name: value for name, value in whole.items() if name != "course"} == offering


def test_programmes_with_what_is_in_them(ask: Ask, education: dict[str, Record]) -> None:
    assert names(ask("/programmes")) == ["Digitaal vaardig", "Veilig"]
    number = _number(ask, "/programmes", "Digitaal vaardig", "programmeId")
    assert names(ask(f"/programmes/{number}/courses")) == ["Mailen voor beginners", "Rekenen met een rekenblad"]
    assert names(ask(f"/programmes/{number}/programmes")) == ["Veilig"]
    inner = ask("/programmes")["items"][1]
    assert inner["parentId"] == number
    assert inner["ext"] == {"demo": True}
    parent = ask(f"/programmes/{inner['programmeId']}", expand="parent,organisation")
    assert parent["parent"]["programmeId"] == number
    assert len(ask(f"/programmes/{number}", expand="children")["children"]) == 1
    offerings = ask(f"/programmes/{number}/programme-offerings")["items"]
    assert ask(f"/programme-offerings/{offerings[0]['programmeOfferingId']}")["programmeId"] == number
    assert ask(f"/course-offerings/{offerings[0]['programmeOfferingId']}", 404)["status"] == 404


def test_organisations(ask: Ask, education: dict[str, Record]) -> None:
    page = ask("/organisations")
    assert names(page) == ["Forum Groningen", "Noorderpoort"]
    forum = page["items"][0]
    assert forum["primaryCode"] == {"codeType": "x-ror", "code": "012p63287"}
    path = f"/organisations/{forum['organisationId']}"
    assert ask(path) == forum
    assert names(ask(f"{path}/courses")) == ["Mailen voor beginners"]
    assert names(ask(f"{path}/programmes")) == ["Digitaal vaardig", "Veilig"]
    assert len(ask(f"{path}/course-offerings")["items"]) == 2
    assert len(ask(f"{path}/programme-offerings")["items"]) == 1
    assert names(ask("/organisations", q="noord")) == ["Noorderpoort"]
    assert names(ask("/organisations", organisationType="faculty")) == []


def test_filters(ask: Ask, education: dict[str, Record]) -> None:
    assert names(ask("/courses", q="STAP VOOR")) == ["Mailen voor beginners"]
    assert names(ask("/courses", q="for beginners")) == ["Mailen voor beginners"]
    assert names(ask("/courses", teachingLanguage="nl-NL")) == ["Mailen voor beginners"]
    assert names(ask("/courses", modeOfDelivery="online")) == ["Rekenen met een rekenblad"]
    assert names(ask("/courses", modeOfDelivery="coil")) == []
    assert names(ask("/courses", level="undefined")) == ["Mailen voor beginners"]
    assert names(ask("/courses", primaryCode="c-2")) == ["Rekenen met een rekenblad"]
    assert names(ask("/programmes", programmeType="programme")) == ["Digitaal vaardig", "Veilig"]


def test_a_part_of_each_object(ask: Ask, education: dict[str, Record]) -> None:
    number = _number(ask, "/courses", "Mailen voor beginners", "courseId")
    found = ask(f"/courses/{number}", expand="organisation", fields="(link,organisation(link),nothing)")
    assert set(found) == {"courseId", "primaryCode", "name", "link", "organisation", "organisationId"}
    assert set(found["organisation"]) == {"organisationId", "primaryCode", "organisationType", "name", "link"}
    assert set(ask("/courses", fields="level")["items"][1]) == {"courseId", "primaryCode", "name", "organisationId"}


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/courses", {"pageSize": "11"}),
        ("/courses", {"pageNumber": "0"}),
        ("/courses", {"pageNumber": "x"}),
        ("/courses", {"page": "1"}),
        ("/courses", {"teachingLanguage": "Dutch!"}),
        ("/courses", {"expand": "organisation"}),
        ("/", {"q": "x"}),
    ],
)
def test_what_cannot_be_meant_is_told(ask: Ask, path: str, parameters: dict[str, str]) -> None:
    said = ask(path, 400, **parameters)
    assert said["errors"][0]["field"] == next(iter(parameters))


@pytest.mark.parametrize("fields", ["a(b", "a)b", "a(" * 50 + ")" * 50, ")", "(", "((", ""])
def test_a_hint_that_cannot_be_read_is_passed_over(ask: Ask, education: dict[str, Record], fields: str) -> None:
    assert "level" in ask("/courses", fields=fields)["items"][0]


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ({"filter_query[level][in]": "bachelor,undefined"}, 1),
        ({"filter_query[level][not_in]": "undefined"}, 1),
        ({"filter_query[name.value][like]": "*beginners"}, 1),
        ({"filter_query[name.value][like]": "beginners"}, 0),
        ({"filter_query[name.value][not_like]": "*MAIL*"}, 1),
        ({"filter_query[level][is]": "empty"}, 1),
        ({"filter_query[level][is]": "not_empty"}, 1),
        ({"filter_query[teachingLanguages][any_in_array]": "nl,en"}, 1),
        ({"filter_query[otherCodes.code][all_in_array]": "2.1/2, 4.2"}, 1),
        ({"filter_query[otherCodes.code][all_in_array]": "2.1/2,5.1"}, 0),
        ({"filter_query[studyLoad.value][gt_float]": "6"}, 1),
        ({"filter_query[studyLoad.value][lt_float]": "1"}, 0),
        ({"filter_query[studyLoad.value][gt_int]": "x"}, 0),
        ({"filter_query[level][in]": "undefined", "filter_query[name.value][like]": "Rekenen*"}, 0),
        ({"filter_query[__or][][level][in]": "undefined", "filter_query[__or][][name.value][like]": "Rekenen*"}, 2),
        ({"filter_query[level][resembles]": "undefined"}, 0),
        ({"filter_query[level]": "undefined"}, 0),
        ({"filter_query[__or][]": "{}"}, 0),
        ({"filter_query[nothing][in]": "x"}, 0),
        ({"filter_query[name.value][like]": "*" * 300}, 2),
    ],
)
def test_filters_on_any_field(ask: Ask, education: dict[str, Record], question: dict[str, str], count: int) -> None:
    assert len(ask("/courses", **question)["items"]) == count


def test_filters_on_days(ask: Ask, education: dict[str, Record]) -> None:
    number = _number(ask, "/courses", "Mailen voor beginners", "courseId")
    path = f"/courses/{number}/course-offerings"
    after = {"filter_query[startDateTime][gt_date]": "2021-01-01T00:00:00Z"}
    assert len(ask(path, since="2019-01-01", **after)["items"]) == 1
    before = {"filter_query[startDateTime][lt_date]": "2021-01-01"}
    assert len(ask(path, since="2019-01-01", **before)["items"]) == 1
    assert ask(path, resultExpected="true")["items"] == []


def test_another_page(ask: Ask, education: dict[str, Record]) -> None:
    page = ask("/courses", pageNumber="2", pageSize="20")
    assert (page["items"], page["pageNumber"], page["hasPreviousPage"], page["hasNextPage"]) == ([], 2, True, False)


def test_unknown_numbers_and_addresses(ask: Ask, education: dict[str, Record]) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    for path in ("courses", "programmes", "organisations", "course-offerings", "programme-offerings"):
        assert ask(f"/{path}/{nobody}", 404)["status"] == 404
    mail = _number(ask, "/courses", "Mailen voor beginners", "courseId")
    records.withdraw(by=BY, record=education["mail"], why="tests")
    ask(f"/courses/{mail}", 404)


def test_what_comes_for_what_goes_is_found(ask: Ask, education: dict[str, Record]) -> None:
    """The numbers are kept in memory: as many rows as before needn't be the same ones."""
    ask(f"/courses/{_number(ask, '/courses', 'Mailen voor beginners', 'courseId')}")
    education["mail"].delete()
    records.put(by=BY, value=Course("c-9", {"nl": "Beeldbellen"}), key="beeldbellen")
    ask(f"/courses/{_number(ask, '/courses', 'Beeldbellen', 'courseId')}")


def test_other_media_other_versions_and_what_is_known_already(
    client: Client, check: Check, education: dict[str, Record]
) -> None:
    other = client.get(f"{ROOT}/courses", headers={"Accept": "application/json; version=5"})
    assert other.status_code == 406
    check("get", "/courses", 406, json.loads(other.content))
    assert client.get(f"{ROOT}/courses", headers={"Accept": "text/html"}).status_code == 406
    fine = client.get(f"{ROOT}/courses", headers={"Accept": "application/json; version=6.0"})
    assert fine["API-Version"] == "6.0.0"
    again = client.get(f"{ROOT}/courses", headers={"If-None-Match": fine["ETag"]})
    assert again.status_code == 304
    refused = client.post(f"{ROOT}/courses")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert client.get(f"{ROOT}/test-components").status_code == 404


def test_few_queries(client: Client, education: dict[str, Record], django_assert_max_num_queries: Any) -> None:
    for path in ("/courses?pageSize=250", "/programmes", "/organisations"):
        with django_assert_max_num_queries(8):
            client.get(f"{ROOT}{path}")


def test_a_number_is_found_fast_among_many(client: Client, education: dict[str, Record]) -> None:
    number = json.loads(client.get(f"{ROOT}/courses").content)["items"][0]["courseId"]
    client.get(f"{ROOT}/courses/{number}")
    began = time.process_time()
    for _ in range(20):
        assert client.get(f"{ROOT}/courses/{number}").status_code == 200
    assert time.process_time() - began < 2
