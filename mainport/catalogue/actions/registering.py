# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DOIs for works that were handed in here: registered with DataCite when they are public, told anew when they change,
hidden when they are withdrawn.

A DOI follows from the key of its work, and every call says the same however often it is made: a job that was killed
half-way is done again, and no work gets two.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from mainport.catalogue.actions import records
from mainport.catalogue.exports import datacite
from mainport.catalogue.exports.about import About, with_file_addresses
from mainport.catalogue.models import Record, Registration
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.works import Identifier, Scheme, Work
from mainport.core.actions import record as keep_event
from mainport.core.fetching import calls
from mainport.core.fetching.problems import Problem
from mainport.core.rules.permissions import Actor

State = Registration.State
MEDIA_TYPE = "application/vnd.api+json"
#: Crockford's alphabet: no letters that look like a digit, so that a DOI can be typed over.
_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"
#: After a failure the next try waits twice as long as before, up to a day.
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True)
class Registered:
    """What one round did."""

    registered: int = 0
    failed: int = 0


def is_on() -> bool:
    """Whether an agency was set."""
    return all(settings.DATACITE.values())


def doi_of(key: str) -> str:
    """The DOI of the work under this key: without words, which may turn out to be wrong."""
    digest = int.from_bytes(hashlib.sha256(f"{settings.OAI_DOMAIN}/{key}".encode()).digest()[:5], "big")
    signs = "".join(_SIGNS[(digest >> shift) & 31] for shift in range(35, -5, -5))
    return f"{settings.DATACITE['prefix']}/{signs[:4]}-{signs[4:]}".lower()


# --- What there is to do ---


def waiting() -> Iterator[Record]:
    """Works of which the agency doesn't know what it should, and for which it is time to try."""
    found = Record.objects.filter(submission__isnull=False, merged_into__isnull=True, demo=False).select_related(
        "registration"
    )
    of_public = Q(state=Record.State.PUBLISHED)
    of_withdrawn = Q(state=Record.State.WITHDRAWN, registration__state=State.FINDABLE)
    now = timezone.now()
    for record in found.filter(of_public | of_withdrawn).order_by("id").iterator():
        known = registration_of(record)
        if known is None:
            if not _work(record).doi:
                yield record
        elif (not known.problem or known.at + _wait(known.tries) <= now) and _differs(record, known):
            yield record


def registration_of(record: Record) -> Registration | None:
    return getattr(record, "registration", None)


def _wait(tries: int) -> timedelta:
    times: int = 2 ** min(max(tries - 1, 0), 20)
    return min(FIRST_WAIT * times, LONGEST_WAIT)


def _differs(record: Record, known: Registration) -> bool:
    if record.state == Record.State.WITHDRAWN:
        return known.state != State.HIDDEN
    return known.state != State.FINDABLE or known.sha256 != _sum(_metadata(record, known.doi))


# --- Doing it ---


def round_of(*, by: Actor, anew: bool = False) -> Registered:
    """Register all that waits; `anew` tries what failed without patience as well. Nothing where it isn't set."""
    if not is_on():
        return Registered()
    if anew:
        Registration.objects.exclude(problem="").update(tries=0, at=timezone.now() - LONGEST_WAIT)
    done = failed = 0
    for record in list(waiting()):
        if register(by=by, record=record).problem:
            failed += 1
        else:
            done += 1
    return Registered(done, failed)


def register(*, by: Actor, record: Record) -> Registration:
    """Tell the agency of one work; what comes of it stands in the registration. An audit event is left either way."""
    registration = _begin(record)
    try:
        if record.state == Record.State.WITHDRAWN:
            _tell(registration.doi, {"event": "hide"})
            return _end(by, registration, State.HIDDEN)
        metadata = _metadata(record, registration.doi)
        said = {
            "doi": registration.doi,
            "url": _address(record),
            "xml": base64.b64encode(metadata.encode()).decode(),
        }
        if registration.state == State.WAITING:
            # First for the agency alone: what it doesn't take is told before anybody can find it.
            _tell(registration.doi, said)
            registration.state = State.DRAFT
            registration.save(update_fields=["state"])
        _tell(registration.doi, {**said, "event": "publish"})
    except Problem as problem:
        return _fail(by, registration, str(problem))
    _write_down(by, record, registration.doi)
    return _end(by, registration, State.FINDABLE, _sum(metadata))


def _begin(record: Record) -> Registration:
    with transaction.atomic():
        made, _new = Registration.objects.get_or_create(
            record=record, defaults={"doi": doi_of(record.key), "at": timezone.now()}
        )
    return made


def _tell(doi: str, attributes: dict[str, Any]) -> None:
    said = settings.DATACITE
    calls.put(
        f"{said['url']}/dois/{quote(doi, safe='/')}",
        {"data": {"id": doi, "type": "dois", "attributes": attributes}},
        name=said["account"],
        password=said["password"],
        media_type=MEDIA_TYPE,
        allow_loopback=settings.FEEDS_ALLOW_LOOPBACK,
    )


@transaction.atomic
def _write_down(by: Actor, record: Record, doi: str) -> None:
    """Put the DOI in the work, in front of its other numbers."""
    row = Record.objects.select_for_update().get(pk=record.pk)
    number = Identifier(Scheme.DOI, doi)
    work = _work(row)
    if number not in work.identifiers and row.state == Record.State.PUBLISHED:
        value = replace(work, identifiers=(number, *work.identifiers))
        records.put(by=by, value=value, record=row, why=f"doi:{doi}")


@transaction.atomic
def _end(by: Actor, registration: Registration, state: str, told: str = "") -> Registration:
    registration.state, registration.problem, registration.tries = state, "", 0
    registration.at, registration.sha256 = timezone.now(), told or registration.sha256
    registration.save()
    keep_event(by=by, action=f"doi.{state}", subject=f"record:{registration.record.key}", doi=registration.doi)
    return registration


@transaction.atomic
def _fail(by: Actor, registration: Registration, problem: str) -> Registration:
    registration.problem, registration.tries, registration.at = problem, registration.tries + 1, timezone.now()
    registration.save(update_fields=["problem", "tries", "at"])
    keep_event(
        by=by,
        action="doi.failed",
        subject=f"record:{registration.record.key}",
        doi=registration.doi,
        problem=problem,
    )
    return registration


# --- What the agency is told ---


def _work(record: Record) -> Work:
    value = contents.read(record.kind, record.content)
    if not isinstance(value, Work):
        raise TypeError(f"{record.key} is no work")
    return value


def _address(record: Record) -> str:
    return f"{settings.SITE_URL}{reverse('record', kwargs={'key': record.key})}"


def _metadata(record: Record, doi: str) -> str:
    """Its own number is left out of the others, so that writing it down changes nothing that was told."""
    work = _work(record)
    others = tuple(one for one in work.identifiers if one != Identifier(Scheme.DOI, doi))
    address = _address(record)
    value = with_file_addresses(replace(work, identifiers=others), lambda name: f"{address}/files/{quote(name)}")
    if not isinstance(value, Work):
        raise TypeError(f"{record.key} is no work")
    public = record.published_at.date() if record.published_at else None
    return datacite.write(value, About(address, public=public, keeper=record.provider), doi=doi)


def _sum(metadata: str) -> str:
    return hashlib.sha256(metadata.encode()).hexdigest()
