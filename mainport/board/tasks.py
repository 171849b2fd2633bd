# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Jobs of the board; each may be run twice without doing its work twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django_tasks import default_task_backend, task

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board.models import FollowUp, Invitation, Meeting
from mainport.board.rules.follow_ups import AHEAD, FollowUpState, Standing, is_to_remind, standing
from mainport.board.rules.meetings import MeetingState
from mainport.board.rules.seats import Role
from mainport.core import queries as core
from mainport.core.actions import record
from mainport.core.models import Person
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Permission, system

BY = system("mainport worker")
#: When follow-ups are looked at, each day.
_HOUR = time(7, 0)


# --- Reminders ---


@dataclass(frozen=True)
class _Due:
    """One follow-up in a letter."""

    row: FollowUp
    overdue: bool


@task()
def remind_of_follow_ups() -> int:
    """Write to who must see to what is overdue or due within a week, in one letter each; how many letters went.

    A follow-up is claimed before the letter goes and given back where sending fails: run twice, it goes out once.
    One whose letter fails keeps nobody else from theirs.
    """
    now = timezone.now()
    letters: defaultdict[Person, list[_Due]] = defaultdict(list)
    before: dict[int, datetime | None] = {}
    for row in _open_follow_ups(now):
        people = _people_of(row)
        if people and _claim(row, now):
            before[row.pk] = row.reminded_at
            late = standing(FollowUpState.OPEN, row.due, timezone.localdate(now)) is Standing.OVERDUE
            for person in people:
                letters[person].append(_Due(row, late))
    told: set[int] = set()
    failures: list[OSError] = []
    for person, dues in letters.items():
        try:
            _send_reminder(person, dues)
            told.update(due.row.pk for due in dues)
        except OSError as error:  # Every exception of smtplib is one.
            failures.append(error)
    for pk in before.keys() - told:
        FollowUp.objects.filter(pk=pk).update(reminded_at=before[pk])
    if told:
        with transaction.atomic():
            record(by=BY, action="follow-ups.tell", subject="follow-ups:all", follow_ups=sorted(told))
    if failures:
        raise ExceptionGroup(f"{len(failures)} letters about follow-ups weren't sent", failures)
    return len(letters)


def _open_follow_ups(now: datetime) -> list[FollowUp]:
    last = timezone.localdate(now) + AHEAD
    rows = FollowUp.objects.filter(state=FollowUpState.OPEN, due__lte=last)
    rows = rows.select_related("decision__body", "organisation", "owner").order_by("due", "id")
    return [row for row in rows if is_to_remind(FollowUpState.OPEN, row.due, row.reminded_at, timezone.localtime(now))]


def _people_of(row: FollowUp) -> list[Person]:
    """Its owner, or else who coordinates its organisation."""
    if row.owner and row.owner.is_active:
        return [row.owner]
    return list(core.people_with(Permission.PROPOSE_ITEM, row.organisation.key))


def _claim(row: FollowUp, now: datetime) -> bool:
    """Whether this one is ours to remind of: of two workers one gets it."""
    unchanged = FollowUp.objects.filter(pk=row.pk, state=FollowUpState.OPEN, reminded_at=row.reminded_at)
    return bool(unchanged.update(reminded_at=now))


def _send_reminder(person: Person, dues: Sequence[_Due]) -> int:
    with translation.override(person.language):
        context = {
            "person": person,
            "overdue": [due.row for due in dues if due.overdue],
            "soon": [due.row for due in dues if not due.overdue],
            "language": person.language,
            "alliance": _alliance(person.language),
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/follow_ups_subject.txt", context)
        body = render_to_string("email/follow_ups.txt", context)
    return send_mail(" ".join(subject.split()), body.strip() + "\n", None, [person.email])


@task()
def remind_daily() -> int:
    """Remind, and come back tomorrow morning; how many letters went."""
    keep_reminding()  # First, so that the days go on whatever happens on this one.
    return int(remind_of_follow_ups.call())


def keep_reminding() -> bool:
    """See to it that tomorrow morning's reminding waits; whether it had to be added."""
    from django_tasks_db.models import DBTaskResult

    if not default_task_backend.supports_defer:
        return False
    tomorrow = timezone.localdate() + timedelta(days=1)
    with transaction.atomic():
        waiting = DBTaskResult.objects.filter(
            task_path=remind_daily.module_path, status="READY", run_after__gt=timezone.now()
        )
        if waiting.exists():
            return False
        remind_daily.using(run_after=timezone.make_aware(datetime.combine(tomorrow, _HOUR))).enqueue()
    return True


# --- Invitations ---


@task()
def mail_invitations(meeting: int) -> int:
    """Mail who is invited the meeting as it is now, for their calendars; how many letters went.

    Everybody is told each change once, whatever is run twice.
    """
    row = Meeting.objects.select_related("body").filter(pk=meeting).first()
    if row is None or row.state not in (MeetingState.CONVENED, MeetingState.CANCELLED):
        return 0
    sent = 0
    failures: list[OSError] = []
    for guest in row.invitations.select_related("person", "organisation"):
        old = guest.mailed
        if not guest.person.is_active or not _claim_invitation(guest, row.sequence):
            continue
        try:
            sent += _send_invitation(row, guest)
        except OSError as error:
            Invitation.objects.filter(pk=guest.pk, mailed=row.sequence).update(mailed=old)
            failures.append(error)
    if sent:
        with transaction.atomic():
            record(by=BY, action="meeting.mail", subject=f"meeting:{row.key}", sequence=row.sequence, sent=sent)
    if failures:
        raise ExceptionGroup(f"{len(failures)} invitations to {row.key} weren't sent", failures)
    return sent


def _claim_invitation(guest: Invitation, sequence: int) -> bool:
    older = Q(mailed__isnull=True) | Q(mailed__lt=sequence)
    return bool(Invitation.objects.filter(older, pk=guest.pk).update(mailed=sequence))


def _send_invitation(row: Meeting, guest: Invitation) -> int:
    from mainport.board.exports import ics
    from mainport.board.queries.meetings import meetings

    person = guest.person
    [view] = [one for one in meetings(person.actor, body=row.body.key) if one.key == row.key]
    language = person.language
    with translation.override(language):
        organiser = ics.Organiser(_alliance(language), settings.DEFAULT_FROM_EMAIL, settings.SITE_URL)
        asked = ics.Guest(str(person), person.email, Role(guest.role), guest.answer)
        attached = ics.invitation(view, [asked], organiser=organiser, language=language, now=timezone.now())
        context: Mapping[str, object] = {
            "person": person,
            "meeting": view,
            "cancelled": view.state is MeetingState.CANCELLED,
            "changed": view.sequence > 0,
            "language": language,
            "alliance": organiser.name,
            "site": settings.SITE_URL,
        }
        subject = render_to_string("email/invitation_subject.txt", dict(context))
        body = render_to_string("email/invitation.txt", dict(context))
    message = EmailMessage(" ".join(subject.split()), body.strip() + "\n", None, [person.email])
    message.attach("meeting.ics", attached.decode(), f"text/calendar; method={ics.method_of(view)}")
    return int(message.send())


def _alliance(language: str) -> str:
    found = agenda.elements(Kind.ALLIANCE).first()
    return say(found.title, language) if found else "Mainport"
