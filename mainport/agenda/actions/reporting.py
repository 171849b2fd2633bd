# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An organisation writes its reports, hands them in, and approves or returns them.

What may be done when, and by whom, stands in one table: `rules.reporting.MOVES`.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from mainport.agenda import queries
from mainport.agenda.actions.refusals import NotAllowed
from mainport.agenda.models import Element, Evidence, MilestoneReport, Report, ReportingPeriod
from mainport.agenda.queries import Place
from mainport.agenda.rules import evidence as evidence_rules
from mainport.agenda.rules.reporting import MOVES, No, ReportState, Verb
from mainport.agenda.rules.status import Status
from mainport.core.actions import record
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor


class ReportRefused(Exception):
    """This can't be done with the report as it is now; `no` says why."""

    def __init__(self, no: No) -> None:
        self.no = no
        super().__init__(no.value)


class Stale(Exception):
    """Somebody else changed the report since it was opened; `report` is as it is now."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(f"{report} is at revision {report.revision}")


class Incomplete(Exception):
    """The report can't be handed in yet; `missing` are the fields that it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(", ".join(missing))


@dataclass(frozen=True)
class Reached:
    """What is said of one milestone: the day on which it was reached, words, or both."""

    on: date | None = None
    words: str = ""


@dataclass(frozen=True)
class EvidenceLink:
    title: str
    url: str


@dataclass(frozen=True)
class EvidenceFile:
    title: str
    file: File[bytes]


@dataclass(frozen=True)
class Content:
    """All that a report says; `milestones` by their keys, `removed` the numbers of evidence to take away."""

    status: Status | None = None
    words: str = ""
    language: str = "nl"
    milestones: Mapping[str, Reached] = field(default_factory=dict)
    links: Sequence[EvidenceLink] = ()
    files: Sequence[EvidenceFile] = ()
    removed: Collection[int] = ()


@transaction.atomic
def save_report(
    *, by: Actor, place: Place, content: Content, revision: int | None = None, demo: bool = False
) -> Report:
    """Begin a report or change it. `revision` is that of the report as it was opened; None where there was none.

    Whoever changes it last is its author, and so not the one who approves it.
    Raises ReportRefused, NotAllowed, Stale, `rules.evidence.BadEvidence`, and Incomplete where a report
    that was returned would lose what it must have.
    """
    place = _locked(by, place)
    to = _move(by, place, Verb.SAVE, revision)
    if to is not ReportState.DRAFT:
        _require_complete(content.status, content.words)
    types = [_media_type(item.file) for item in content.files]
    now = timezone.now()
    report = place.report or Report(
        period=place.period,
        element=place.element,
        organisation=Organisation.objects.get(key=place.organisation),
        revision=0,
        demo=demo,
    )
    old = {"status": report.status, "words": report.words}
    report.state = to
    report.status = content.status or ""
    report.words = content.words
    report.language = content.language
    report.changed_at = now
    report.author_id = _person(by)
    report.revision += 1
    report.save()
    milestones = _put_milestones(report, content.milestones)
    changed = [name for name in ("status", "words") if old[name] != getattr(report, name)] if place.report else []
    record(
        by=by,
        action="report.change" if place.report else "report.begin",
        subject=subject_of(report),
        what=str(report),
        changed=changed,
        status=report.status,
        milestones=milestones,
        evidence_removed=_remove_evidence(report, content.removed),
        evidence_added=[*_add_links(report, content.links), *_add_files(report, content.files, types)],
    )
    return report


@transaction.atomic
def submit_report(*, by: Actor, place: Place, revision: int) -> Report:
    """Hand the report in to the organisation's coordinators. Raises ReportRefused, NotAllowed, Stale, Incomplete."""
    place = _locked(by, place)
    to = _move(by, place, Verb.SUBMIT, revision)
    report = _existing(place)
    _require_complete(report.status, report.words)
    now = timezone.now()
    return _put(by, report, to, "report.submit", author_id=_person(by), submitted_at=now, changed_at=now)


@transaction.atomic
def withdraw_report(*, by: Actor, place: Place, revision: int) -> Report:
    """Take a report back that was handed in, to write on. Raises ReportRefused, NotAllowed, Stale."""
    place = _locked(by, place)
    to = _move(by, place, Verb.WITHDRAW, revision)
    return _put(by, _existing(place), to, "report.withdraw", submitted_at=None, changed_at=timezone.now())


@transaction.atomic
def approve_report(*, by: Actor, place: Place, revision: int) -> Report:
    """Let the report count and be public. Raises ReportRefused, NotAllowed, Stale."""
    place = _locked(by, place)
    to = _move(by, place, Verb.APPROVE, revision)
    now = timezone.now()
    return _put(
        by, _existing(place), to, "report.approve", reviewer_id=_person(by), reviewed_at=now, reason="", changed_at=now
    )


@transaction.atomic
def return_report(*, by: Actor, place: Place, revision: int, reason: str) -> Report:
    """Give the report back to who wrote it, with what is to be mended.

    Raises ReportRefused, NotAllowed, Stale, Incomplete.
    """
    place = _locked(by, place)
    to = _move(by, place, Verb.RETURN, revision)
    if not reason.strip():
        raise Incomplete(["reason"])
    now = timezone.now()
    return _put(
        by,
        _existing(place),
        to,
        "report.return",
        why=reason,
        reviewer_id=_person(by),
        reviewed_at=now,
        reason=reason,
        changed_at=now,
    )


def subject_of(report: Report) -> str:
    """What audit events call this report."""
    return f"report:{report.pk}"


# --- What all of them share ---


def _locked(by: Actor, place: Place) -> Place:
    """The same place as it is now, with its period held until the transaction ends.

    So writes in one period take turns, and nothing slips in after `actions.periods.lock_period`.
    """
    ReportingPeriod.objects.select_for_update().get(pk=place.period.pk)
    try:
        return queries.place(by, period=place.period.key, uid=place.element.uid, organisation=place.organisation)
    except queries.NoSuchReport as error:
        raise NotAllowed(str(error)) from error


def _move(by: Actor, place: Place, verb: Verb, revision: int | None) -> ReportState:
    """Where this brings the report."""
    no = place.refusal(by, verb)
    if no is No.NOT_ALLOWED:
        raise NotAllowed(f"{by.name or 'a visitor'} may not {verb} {place.report or place.element}")
    # A form that is older than the report explains more than the state that it led to.
    if place.report and place.report.revision != revision and no is not No.LOCKED:
        raise Stale(place.report)
    if no:
        raise ReportRefused(no)
    return MOVES[place.state, verb][0]


def _require_complete(status: str | None, words: str) -> None:
    if missing := [name for name, value in (("status", status), ("words", words)) if not (value or "").strip()]:
        raise Incomplete(missing)


def _existing(place: Place) -> Report:
    assert place.report is not None, "only saving begins with nothing"
    return place.report


def _person(by: Actor) -> int:
    assert by.person_id is not None, "reports are written and reviewed by people"
    return by.person_id


def _put(by: Actor, report: Report, to: ReportState, action: str, *, why: str = "", **fields: Any) -> Report:
    report.state = to
    report.revision += 1
    for name, value in fields.items():
        setattr(report, name, value)
    report.save()
    record(by=by, action=action, subject=subject_of(report), why=why, what=str(report))
    return report


def _put_milestones(report: Report, said: Mapping[str, Reached]) -> dict[str, str | None]:
    """What the report says of milestones of its element; what it no longer speaks of goes."""
    own = {m.element.key: m.element for m in queries.milestones_of(report.element, timezone.localdate())}
    spoken = {key: reached for key, reached in said.items() if reached.on or reached.words.strip()}
    if unknown := spoken.keys() - own.keys():
        raise Element.DoesNotExist(f"{report.element} has no milestone {', '.join(sorted(unknown))}")
    report.milestones.all().delete()
    MilestoneReport.objects.bulk_create(
        MilestoneReport(report=report, milestone=own[key], reached_on=reached.on, words=reached.words.strip())
        for key, reached in spoken.items()
    )
    return {key: reached.on.isoformat() if reached.on else None for key, reached in spoken.items()}


# --- Evidence ---


def _media_type(file: File[bytes]) -> str:
    return evidence_rules.media_type(file.name or "", file, size=file.size, limit=settings.UPLOAD_LIMIT)


def _add_links(report: Report, links: Sequence[EvidenceLink]) -> list[str]:
    now = timezone.now()
    Evidence.objects.bulk_create(
        Evidence(report=report, title=link.title or link.url[:200], url=link.url, added_at=now) for link in links
    )
    return [link.url for link in links]


def _add_files(report: Report, files: Sequence[EvidenceFile], types: Sequence[str]) -> list[str]:
    """Stored under a name of our own; the hash shows later that it is still the same file."""
    for item, media_type in zip(files, types, strict=True):
        name = PurePath(item.file.name or "")
        item.file.seek(0)
        digest = hashlib.file_digest(item.file, "sha256").hexdigest()
        item.file.seek(0)
        found = Evidence(
            report=report,
            title=item.title or name.stem[:200],
            media_type=media_type,
            size=item.file.size,
            sha256=digest,
            added_at=timezone.now(),
        )
        found.file.save(f"{uuid.uuid4().hex}{name.suffix.lower()}", item.file, save=False)
        found.save()
    return [item.file.name or "" for item in files]


def _remove_evidence(report: Report, removed: Collection[int]) -> list[str]:
    gone = list(report.evidence.filter(pk__in=removed))
    for item in gone:
        if item.file:
            transaction.on_commit(partial(item.file.storage.delete, str(item.file.name)))
        item.delete()
    return [item.title for item in gone]
