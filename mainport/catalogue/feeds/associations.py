# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Enrolling at a provider by an association of the Open Education API 6.0, and hearing how it stands.

A repository says in its settings where: {"associations": "https://api.provider.example/v6"}. Its key stands in
MAINPORT_ENROL_KEYS, by host. POST /course-offering-associations/external/me makes the association; GET
/course-offering-associations/{id} tells its state, and the result once there is one.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from mainport.core.fetching import calls

#: The state of an association as ours. What isn't named here leaves things as they are.
STATES = {"pending": "enrolled", "queued": "enrolled", "associated": "enrolled", "finished": "completed"}
ENDED = ("cancelled", "denied")


@dataclass(frozen=True)
class Association:
    """How an enrolment stands at the provider: `state` in its words; `passed` None where there is no result."""

    identifier: str
    state: str
    passed: bool | None = None
    redirect: str = ""
    message: Mapping[str, str] | None = None

    @property
    def is_completed(self) -> bool:
        """Whether somebody completed the course: it ended, and not with a result that says otherwise."""
        return self.passed is True or (self.state == "finished" and self.passed is None)


def address(settings: Mapping[str, Any]) -> str:
    """The API at which a repository takes enrolments; '' where it doesn't."""
    said = settings.get("associations", "")
    return said.rstrip("/") if isinstance(said, str) else ""


def key_for(url: str, keys: Mapping[str, str]) -> str:
    return keys.get(urlsplit(url).hostname or "", "")


def request(offering: str, *, name: str, email: str, site: str, person: str) -> dict[str, Any]:
    """The body of the call. Of a person it says what an enrolment needs and no more: name and e-mail address.

    `site` is our own address; `person` their number here, which only makes that the same person has the same id.
    """
    ours = uuid.uuid5(uuid.NAMESPACE_URL, site)
    host = urlsplit(site).hostname or site
    return {
        "associationId": str(uuid.uuid4()),
        "role": "student",
        "state": "pending",
        "remoteState": "associated",
        "courseOfferingId": offering,
        "person": {
            "personId": str(uuid.uuid5(ours, f"person:{person}")),
            "primaryCode": {"codeType": "identifier", "code": str(uuid.uuid5(ours, f"person:{person}"))},
            "givenName": None,
            "surname": name or email,
            "displayName": name or email,
            "email": email,
            "activeEnrolment": False,
            "affiliations": ["guest"],
        },
        "issuer": {
            "organisationId": str(ours),
            "primaryCode": {"codeType": "identifier", "code": host},
            "organisationType": "root",
            "name": [{"language": "nl-NL", "value": host}],
        },
    }


def enrol(url: str, body: Mapping[str, Any], *, key: str, allow_loopback: bool = False) -> Association:
    """Make the association. Raises NotReached and NotTrusted."""
    reply = calls.post(f"{url}/course-offering-associations/external/me", body, key=key, allow_loopback=allow_loopback)
    return read(reply.value, str(body["associationId"]))


def ask(url: str, identifier: str, *, key: str, allow_loopback: bool = False) -> Association:
    """How it stands now. Raises NotReached and NotTrusted."""
    where = f"{url}/course-offering-associations/{quote(identifier, safe='')}"
    return read(calls.get(where, key=key, allow_loopback=allow_loopback).value, identifier)


def read(value: Any, identifier: str) -> Association:
    """An answer as others write it; what can't be read is left out."""
    whole = value if isinstance(value, dict) else {}
    result = whole.get("result")
    state = result.get("state") if isinstance(result, dict) else None
    redirect = whole.get("redirect")
    messages = whole.get("message")
    return Association(
        identifier=str(whole.get("associationId") or identifier)[:400],
        state=str(whole.get("state") or "pending"),
        passed={"passed": True, "failed": False}.get(str(result.get("pass")))
        if isinstance(result, dict) and state == "completed"
        else None,
        redirect=redirect if isinstance(redirect, str) and redirect.startswith("https://") else "",
        message={
            str(one["language"])[:2]: str(one["value"])
            for one in (messages if isinstance(messages, list) else ())
            if isinstance(one, dict) and "language" in one and "value" in one
        },
    )
