# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Enrolments by other software (associations): made, asked after and ended by the software that made them.

Each software has a key of its own, which the operator gives it (MAINPORT_OEAPI_KEYS) and which it sends as bearer
token (RFC 6750). Of another software's enrolments it hears nothing.
"""

from __future__ import annotations

import hmac
import json
import uuid
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse

from mainport.api.answers import answer
from mainport.api.catalogue.addresses import page_address
from mainport.api.catalogue.oeapi import objects
from mainport.api.catalogue.oeapi.objects import OFFERINGS
from mainport.api.catalogue.oeapi.parameters import ONE, part, read
from mainport.api.problems import Fault, Refused
from mainport.catalogue.actions import outsiders
from mainport.catalogue.actions.outsiders import Outsider
from mainport.catalogue.exports import oeapi
from mainport.catalogue.models import Following
from mainport.catalogue.rules.following import NotPossible

Json = dict[str, Any]

#: How far somebody is, in the words of the specification.
STATES = {
    Following.State.SAVED: "pending",
    Following.State.ENROLLED: "associated",
    Following.State.BUSY: "associated",
    Following.State.COMPLETED: "finished",
    Following.State.STOPPED: "cancelled",
}
_MESSAGES = {
    "associated": ("U bent ingeschreven.", "You are enrolled."),
    "cancelled": ("U bent uitgeschreven.", "You are no longer enrolled."),
    "finished": ("U hebt de cursus afgerond.", "You completed the course."),
    "pending": ("De aanbieder bekijkt de inschrijving.", "The provider considers the enrolment."),
}


def _software(request: HttpRequest) -> str:
    """Which software asks. Raises Refused without a key that is known."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and key.strip():
        for name, known in settings.OEAPI_KEYS.items():
            if hmac.compare_digest(known.encode(), key.strip().encode()):
                return name
    raise Refused(401, "Send the key that the operator of this site gave you: Authorization: Bearer KEY.")


def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol a person for an offering of a course."""
    software = _software(request)
    read(request, ())
    body = _body(request, "application/json")
    faults = [
        Fault(name, str(body.get(name))[:80], "words")
        for name in ("role", "state", "remoteState")
        if not (isinstance(body.get(name), str) or (name == "remoteState" in body and body[name] is None))
    ]
    number = _number(body)
    if not number:
        faults.append(Fault("courseOfferingId", str(body.get("courseOfferingId"))[:80], "a UUID"))
    person = body.get("person")
    outsider = _outsider(software, person if isinstance(person, dict) else {}, faults) if person is not None else None
    if faults:
        raise Refused(400, errors=faults)
    row = objects.offerings("course").filter(key=OFFERINGS.find(number)).select_related("record").first()
    if row is None:
        raise Refused(404, f"There is no offering {number} of a course that is published here.")
    if body["role"] != "student":
        raise Refused(403, "Only a student can be enrolled.")
    if outsider is None:
        raise Refused(403, "Say who it is: person, with personId, displayName and email.")
    try:
        following = outsiders.enrol(outsider=outsider, offering=row)
    except NotPossible as reason:
        raise Refused(403, f"{str(reason).capitalize()}: {page_address(row.record.key)}") from None
    except (SMTPException, OSError):
        raise Refused(503, "The provider can't be told at this moment; nobody was enrolled. Try again later.") from None
    response = _said(following, outsiders.association_of(outsider, row.record))
    response.status_code = 201
    return response


def association(request: HttpRequest, number: str) -> HttpResponse:
    """How an enrolment stands."""
    following = _own(_software(request), number)
    asked = read(request, ONE, ("academic_session", "course_offering", "person"))
    said: Json = {
        "associationId": number,
        "role": "student",
        "state": STATES[Following.State(following.state)],
        "personId": following.association,
        "startDateTime": following.saved_at.isoformat(),
    }
    if following.offering:
        said["courseOfferingId"] = oeapi.number(settings.OAI_DOMAIN, "offering", following.offering.key)
        if "course_offering" in asked.expand:
            said["courseOffering"] = next(objects.shown_offerings([following.offering]))
    else:
        raise Refused(404, "The offering of this enrolment is gone.")
    if following.completed_on:
        said["actualEndDateTime"] = oeapi.moment(following.completed_on, end=True)
    return _own_eyes(answer(part(said, asked.fields)))


def _own_eyes(response: HttpResponse) -> HttpResponse:
    """What is for one software only is kept by nobody on the way."""
    response["Cache-Control"] = "no-store"
    return response


def change(request: HttpRequest, number: str) -> HttpResponse:
    """End an enrolment: what other software may change of it is its own state."""
    software = _software(request)
    following = _own(software, number)
    read(request, ())
    body = _body(request, "application/merge-patch+json", "application/json")
    said = body.get("remoteState")
    if said is not None and not isinstance(said, str):
        raise Refused(400, errors=[Fault("remoteState", str(said)[:80], "words")])
    if body.get("result") is not None:
        raise Refused(403, "The result of a course is its provider's to tell.")
    if said in ("cancelled", "denied"):
        try:
            following = outsiders.stop(outsider=Outsider(software, following.association), following=following)
        except NotPossible as reason:
            raise Refused(403, f"{str(reason).capitalize()}.") from None
        except (SMTPException, OSError):
            raise Refused(503, "The provider can't be told at this moment. Try again later.") from None
    return _said(following, number)


def _own(software: str, number: str) -> Following:
    following = outsiders.find(software, number)
    if following is None:
        raise Refused(404, f"You made no association {number}.")
    return following


def _said(following: Following, number: str) -> HttpResponse:
    state = STATES[Following.State(following.state)]
    message = [{"language": code, "value": words} for code, words in zip(("nl", "en"), _MESSAGES[state], strict=True)]
    content = {"associationId": number, "state": state, "message": message}
    return _own_eyes(answer({**content, "redirect": page_address(following.record.key)}))


def _body(request: HttpRequest, *kinds: str) -> Json:
    if request.content_type not in kinds:
        raise Refused(400, f"Send {kinds[0]}.")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig):
        raise Refused(400, "The body is no JSON.") from None
    if not isinstance(found, dict):
        raise Refused(400, "The body is no object.")
    return found


def _number(body: Json) -> str:
    """The offering, by its number or as the object that holds it; '' for none."""
    found = body.get("courseOfferingId")
    whole = body.get("courseOffering")
    if found is None and isinstance(whole, dict):
        found = whole.get("courseOfferingId")
    return _uuid(found)


def _uuid(said: Any) -> str:
    try:
        return str(uuid.UUID(said)) if isinstance(said, str) else ""
    except ValueError:
        return ""


def _outsider(software: str, said: Json, faults: list[Fault]) -> Outsider:
    """The person, as the software sends them along: the specification leaves to agreement how."""
    number, address = _uuid(said.get("personId")), said.get("email")
    names = (said.get("displayName"), " ".join(str(said[one]) for one in _NAMES if said.get(one)))
    name = next((one.strip() for one in names if isinstance(one, str) and one.strip()), "")
    if not number:
        faults.append(Fault("person.personId", str(said.get("personId"))[:80], "a UUID"))
    try:
        validate_email(address)
    except ValidationError:
        faults.append(Fault("person.email", str(address)[:80], "an e-mail address, with which the provider can answer"))
    if not name or len(name) > 200 or not name.isprintable():
        faults.append(Fault("person.displayName", name[:80], "a name, of at most 200 signs"))
    return Outsider(software, number, name, address if isinstance(address, str) else "")


_NAMES = ("givenName", "surnamePrefix", "surname")
