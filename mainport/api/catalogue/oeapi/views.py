# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Answers of the Open Education API: which address gives what."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from mainport.api.answers import answer
from mainport.api.catalogue.oai.answers import email
from mainport.api.catalogue.oeapi import associations, objects
from mainport.api.catalogue.oeapi.objects import COURSES, OFFERINGS, PROGRAMMES
from mainport.api.catalogue.oeapi.parameters import LIST, ONE, Asked, part, read
from mainport.api.problems import Refused, of_refusal, problem
from mainport.catalogue.exports import oeapi as exports
from mainport.catalogue.models import Record
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Programme

ROOT = "/api/oeapi/v6"
VERSION = "6.0.0"
SPECIFICATION = "https://openonderwijsapi.nl/specification/v6/docs.html"
_NUMBER = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"

Json = dict[str, Any]
#: Filters of each list.
_LEARNT = (*LIST, "q", "primaryCode", "teachingLanguage", "level")
_COURSES = (*_LEARNT, "modeOfDelivery")
_PROGRAMMES = (*_LEARNT, "programmeType", "qualificationAwarded", "levelOfQualification", "fieldsOfStudy")
_OFFERINGS = (
    *(*LIST, "q", "teachingLanguage", "modeOfDelivery", "modeOfStudy", "state", "resultExpected", "since", "until"),
)
_COURSE_EXPANDS = ("programmes", "coordinators", "instructors", "organisation")
_PROGRAMME_EXPANDS = ("parent", "children", "coordinators", "instructors", "organisation")
_OFFERING_EXPANDS = (
    *("course", "programme", "organisation", "academic_session", "course_offering", "programme_offering"),
    *("learning_component", "test_component"),
)


@csrf_exempt
def oeapi(request: HttpRequest, path: str = "") -> HttpResponse:
    """Everything under /api/oeapi/v6."""
    try:
        _negotiate(request)
        for pattern, methods in _ROUTES:
            if found := pattern.fullmatch(path):
                return _with_version(_called(request, methods, found.groups()))
        raise Refused(404)
    except _OtherVersion as other:
        return _with_version(other.response)
    except Refused as refusal:
        return _with_version(of_refusal(request, refusal))


def _with_version(response: HttpResponse) -> HttpResponse:
    response["API-Version"] = VERSION
    return response


def _called(
    request: HttpRequest, methods: dict[str, Callable[..., HttpResponse]], found: tuple[str, ...]
) -> HttpResponse:
    view = methods.get(request.method or "")
    if view is None:
        allowed = ", ".join([*methods, "HEAD", "OPTIONS"])
        return problem(405, f"Here you can use {allowed}.", headers={"Allow": allowed})
    return view(request, *(one.lower() for one in found))


class _OtherVersion(Exception):
    """The client asks for a version that we don't speak."""

    def __init__(self, version: str) -> None:
        self.response = problem(406, "This is version 6 of the Open Education API.")
        content = {**json.loads(self.response.content), "requestedVersion": version, "supportedVersions": ["6.0"]}
        self.response.content = answer(content).content
        super().__init__(version)


def _negotiate(request: HttpRequest) -> None:
    """Raises _OtherVersion for what is no JSON of version 6 (Accept: application/json; version=6)."""
    accepted = request.headers.get("Accept", "")
    versions = re.findall(r"version=\"?([\d.]+)", accepted)
    if versions and not any(version.split(".")[0] == "6" for version in versions):
        raise _OtherVersion(versions[0])
    kinds = {one.partition(";")[0].strip().lower() for one in accepted.split(",")} - {""}
    if kinds and not kinds & {"application/json", "application/*", "*/*", "application/problem+json"}:
        raise _OtherVersion(accepted[:80])


# --- Lists and objects ---


def _list(asked: Asked, found: QuerySet[Any] | list[Any], show: Callable[[list[Any]], Iterable[Json]]) -> HttpResponse:
    if asked.filter:
        return _page(asked, [one for one in show(list(found)) if asked.filter.of(one)], lambda items: items)
    return _page(asked, found, show)


def _page(asked: Asked, found: QuerySet[Any] | list[Any], show: Callable[[list[Any]], Iterable[Json]]) -> HttpResponse:
    count = found.count() if isinstance(found, QuerySet) else len(found)
    start = (asked.page - 1) * asked.size
    items = list(show(list(found[start : start + asked.size]))) if start < count else []
    pages = max(1, -(-count // asked.size))
    return answer(
        {
            "pageSize": asked.size,
            "pageNumber": asked.page,
            "hasPreviousPage": asked.page > 1,
            "hasNextPage": asked.page < pages,
            "totalPages": pages,
            "items": part(items, asked.fields),
        }
    )


def _courses(request: HttpRequest) -> HttpResponse:
    asked = read(request, _COURSES)
    return _list(asked, objects.matching(objects.learnt("course"), asked), objects.shown)


def _programmes(request: HttpRequest) -> HttpResponse:
    asked = read(request, _PROGRAMMES)
    return _list(asked, objects.matching(objects.learnt("programme"), asked), objects.shown)


def _record(kind: str, number: str) -> Record:
    numbers = COURSES if kind == "course" else PROGRAMMES
    row = objects.learnt(kind).filter(key=numbers.find(number)).first()
    if row is None:
        raise Refused(404, f"There is no {kind} {number}.")
    return row


def _course(request: HttpRequest, number: str) -> HttpResponse:
    asked = read(request, (*ONE, "returnTimelineOverrides"), _COURSE_EXPANDS)
    return answer(part(next(objects.shown([_record("course", number)], asked.expand)), asked.fields))


def _programme(request: HttpRequest, number: str) -> HttpResponse:
    asked = read(request, (*ONE, "returnTimelineOverrides"), _PROGRAMME_EXPANDS)
    return answer(part(next(objects.shown([_record("programme", number)], asked.expand)), asked.fields))


def _offered(kind: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """The offerings of a course or programme."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, _OFFERINGS)
        found = objects.offerings(kind).filter(record=_record(kind, number))
        return _list(asked, objects.matching(objects.in_period(found, asked), asked), objects.shown_offerings)

    return view


def _offering(kind: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """One offering of a course or programme."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, ONE, _OFFERING_EXPANDS)
        row = objects.offerings(kind).filter(key=OFFERINGS.find(number)).first()
        if row is None:
            raise Refused(404, f"There is no offering {number} of a {kind}.")
        return answer(part(next(objects.shown_offerings([row], asked.expand)), asked.fields))

    return view


def _programme_parts(kind: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """The courses of a programme, or the programmes within it."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, _COURSES if kind == "course" else _PROGRAMMES)
        row = _record("programme", number)
        value = contents.read(row.kind, row.content)
        if not isinstance(value, Programme):
            raise Refused(404)
        if kind == "course":
            return _list(asked, objects.matching(objects.courses_of(row, value), asked), objects.shown)
        inner = [one.pk for one in objects.children(row, value)]
        return _list(asked, objects.matching(objects.learnt(kind).filter(pk__in=inner), asked), objects.shown)

    return view


# --- Organisations ---


def _organisations(request: HttpRequest) -> HttpResponse:
    asked = read(request, (*LIST, "q", "primaryCode", "organisationType"))
    found = objects.organisations()
    if words := asked.get("q").casefold():
        found = [one for one in found if words in one.name.casefold()]
    if code := asked.get("primaryCode"):
        found = [one for one in found if code == (one.ror or one.name)]
    if asked.get("organisationType") not in ("", "root"):
        found = []
    return _list(asked, found, lambda rows: (exports.organisation(one, settings.OAI_DOMAIN) for one in rows))


def _organisation(request: HttpRequest, number: str) -> HttpResponse:
    asked = read(request, ONE, ("parent", "children"))
    return answer(part(exports.organisation(_known(number), settings.OAI_DOMAIN), asked.fields))


def _known(number: str) -> Any:
    found = objects.organisation(number)
    if found is None:
        raise Refused(404, f"There is no organisation {number}.")
    return found


def _of_organisation(kind: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """The courses or programmes that an organisation gives."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, _COURSES if kind == "course" else _PROGRAMMES)
        found = objects.of_organisation(objects.learnt(kind), _known(number).name)
        return _list(asked, objects.matching(found, asked), objects.shown)

    return view


def _offered_by(kind: str) -> Callable[[HttpRequest, str], HttpResponse]:
    """The offerings of an organisation."""

    def view(request: HttpRequest, number: str) -> HttpResponse:
        asked = read(request, _OFFERINGS)
        found = objects.of_organisation(objects.offerings(kind), _known(number).name, "record__")
        return _list(asked, objects.matching(objects.in_period(found, asked), asked), objects.shown_offerings)

    return view


# --- The service, and which address gives what ---


def _service(request: HttpRequest) -> HttpResponse:
    read(request, ())
    operations: dict[str, list[str]] = {}
    for path, methods in _PATHS.items():
        operations[f"{ROOT}{path}"] = list(methods)
    expands = {
        "/courses/{courseId}": _COURSE_EXPANDS,
        "/programmes/{programmeId}": _PROGRAMME_EXPANDS,
        # What the specification lists; we give the organisation here as well.
        "/course-offerings/{courseOfferingId}": ("course",),
        "/programme-offerings/{programmeOfferingId}": ("programme", "organisation"),
    }
    return answer(
        {
            "contactEmail": email(),
            "specification": SPECIFICATION,
            "documentation": f"{settings.SITE_URL}/api/v1",
            "supportedConsumers": [],
            "supportedOperations": [
                {"verbs": verbs, "path": path.replace("{", "%7B").replace("}", "%7D")}
                for path, verbs in operations.items()
            ],
            "supportedExpands": [
                {
                    "expandableObjects": [one for one in names if one not in ("coordinators", "instructors")],
                    "path": f"{ROOT}{path}".replace("{", "%7B").replace("}", "%7D"),
                }
                for path, names in expands.items()
            ],
        }
    )


_PATHS: dict[str, dict[str, Callable[..., HttpResponse]]] = {
    "/": {"GET": _service},
    "/courses": {"GET": _courses},
    "/courses/{courseId}": {"GET": _course},
    "/courses/{courseId}/course-offerings": {"GET": _offered("course")},
    "/course-offerings/{courseOfferingId}": {"GET": _offering("course")},
    "/programmes": {"GET": _programmes},
    "/programmes/{programmeId}": {"GET": _programme},
    "/programmes/{programmeId}/courses": {"GET": _programme_parts("course")},
    "/programmes/{programmeId}/programmes": {"GET": _programme_parts("programme")},
    "/programmes/{programmeId}/programme-offerings": {"GET": _offered("programme")},
    "/programme-offerings/{programmeOfferingId}": {"GET": _offering("programme")},
    "/organisations": {"GET": _organisations},
    "/organisations/{organisationId}": {"GET": _organisation},
    "/organisations/{organisationId}/courses": {"GET": _of_organisation("course")},
    "/organisations/{organisationId}/programmes": {"GET": _of_organisation("programme")},
    "/organisations/{organisationId}/course-offerings": {"GET": _offered_by("course")},
    "/organisations/{organisationId}/programme-offerings": {"GET": _offered_by("programme")},
    "/course-offering-associations/external/me": {"POST": associations.enrol},
    "/course-offering-associations/{courseOfferingAssociationId}": {
        "GET": associations.association,
        "PATCH": associations.change,
    },
}
_ROUTES = [
    (re.compile(re.sub(r"\{\w+\}", f"({_NUMBER})", path.strip("/"))), methods) for path, methods in _PATHS.items()
]
