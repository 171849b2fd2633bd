# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Digitale Academie: versions of the questionnaire, answers, what somebody saves, follows and completes.

Audit events of a learner name neither answers nor courses: what somebody learns is their own affair, and they can
have it forgotten, which an event couldn't.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.models import Answers, Following, Offering, Questionnaire, Record
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import following as rules
from mainport.catalogue.rules import questionnaire, questionnaire_file
from mainport.catalogue.rules.following import Deed, Learner, NotPossible
from mainport.catalogue.rules.questionnaire import Step, Trouble
from mainport.core.actions import record as keep_event
from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, Permission, require

#: How long the answers and saved courses of a visit without a log-in are kept after its last change.
KEPT = timedelta(days=90)

State = Following.State


# --- The questionnaire ---


@transaction.atomic
def put_questionnaire(*, by: Actor, content: Mapping[str, Any], why: str = "") -> Questionnaire:
    """Keep a version; the last one where it says the same. It is asked once it is activated. Raises Refused."""
    require(by, Permission.MANAGE_COURSES)
    read = questionnaire_file.read(content)
    last = Questionnaire.objects.select_for_update().filter(key=read.key).first()
    if last and last.content == content:
        return last
    made = Questionnaire.objects.create(
        key=read.key,
        version=last.version + 1 if last else 1,
        content=dict(content),
        by_name=by.name,
        at=timezone.now(),
    )
    keep_event(by=by, action="questionnaire.put", subject=f"questionnaire:{made.key}", why=why, version=made.version)
    return made


@transaction.atomic
def activate(*, by: Actor, version: Questionnaire, why: str = "") -> None:
    """Ask this version from now on. Answers to the one before are carried over as far as they fit."""
    require(by, Permission.MANAGE_COURSES)
    if version.active:
        return
    Questionnaire.objects.filter(key=version.key, active=True).update(active=False)
    version.active = True
    version.save(update_fields=["active"])
    keep_event(
        by=by, action="questionnaire.activate", subject=f"questionnaire:{version.key}", why=why, version=version.version
    )


def _row(now: queries.Asked, by: Actor) -> Questionnaire:
    """The version that is asked; the one that comes with Mainport is kept at its first answer."""
    if now.row:
        return now.row
    last = Questionnaire.objects.select_for_update().filter(key=queries.KEY).first()
    # Of two first visitors at the same moment one makes it, and the other finds it.
    row, is_new = Questionnaire.objects.get_or_create(
        key=queries.KEY,
        active=True,
        defaults={
            "version": last.version + 1 if last else 1,
            "content": questionnaire_file.embedded(),
            "by_name": "Mainport",
            "at": timezone.now(),
        },
    )
    if is_new:
        keep_event(by=by, action="questionnaire.put", subject=f"questionnaire:{row.key}", version=row.version)
    return row


# --- Answers ---


@transaction.atomic
def answer(
    *, by: Actor, learner: Learner, step: Step, given: Mapping[str, Iterable[str]], language: str
) -> dict[str, Trouble]:
    """Keep what was sent of one step. What is wrong is given back, and the rest of the step is kept all the same."""
    now = queries.asked()
    row = queries.answers_of(learner)
    before = questionnaire.clean(now.questionnaire, row.answers) if row else {}
    here = {question.key for question in step.questions}
    others = {key: value for key, value in before.items() if key not in here}
    taken, troubles = questionnaire.take(step, given, others)
    kept = questionnaire.clean(now.questionnaire, {**others, **taken})
    version = _row(now, by)
    if row is None or row.questionnaire_id != version.pk:
        _forget_old_visits()
        row = Answers(questionnaire=version, person_id=learner.person_id, visit=learner.visit)
        keep_event(by=by, action="academy.begin", subject=f"questionnaire:{version.key}", version=version.version)
    row.answers, row.language, row.at = kept, language, timezone.now()
    row.save()
    return troubles


@transaction.atomic
def begin_again(*, by: Actor, learner: Learner) -> None:
    """Drop the answers; what was saved stays."""
    if Answers.objects.filter(queries.of(learner)).delete()[0]:
        keep_event(by=by, action="academy.begin-again", subject=_subject(learner))


def _forget_old_visits() -> None:
    """Of visits that nobody came back to nothing is kept."""
    before = timezone.now() - KEPT
    Answers.objects.filter(person__isnull=True, at__lt=before).delete()
    # Enrolments that other software made aren't of a visit; they have a number.
    Following.objects.filter(person__isnull=True, association="", changed_at__lt=before).delete()


# --- Courses that somebody follows ---


@transaction.atomic
def save(*, by: Actor, learner: Learner, record: Record, offering: Offering | None = None) -> Following:
    """Put a public course on the learner's list; nothing changes where it stands there already."""
    known = _held(learner, record)
    if known:
        return known
    now = timezone.now()
    # Somebody who presses twice gets one row.
    owner: dict[str, Any] = {"person_id": learner.person_id, "visit": learner.visit}
    made, is_new = Following.objects.get_or_create(
        **owner,
        record=record,
        defaults={"offering": offering, "saved_at": now, "changed_at": now},
    )
    if is_new:
        keep_event(by=by, action="academy.save", subject=_subject(learner))
    return made


@transaction.atomic
def enrol(
    *, by: Actor, learner: Learner, record: Record, offering: Offering | None = None, association: str = ""
) -> Following:
    """Say that the learner enrolled, by the provider's own page or by `association`, its number at the provider."""
    following = _held(learner, record) or save(by=by, learner=learner, record=record, offering=offering)
    rules.require(Deed.ENROL, following.state)
    if offering:
        following.offering = offering
    following.association = association or following.association
    return _move(by, learner, following, State.ENROLLED)


@transaction.atomic
def do(*, by: Actor, learner: Learner, record: Record, deed: Deed, percent: int = 0) -> Following | None:
    """Begin, say how far one is, complete, stop, or take off the list (None then). Raises NotPossible."""
    following = _held(learner, record)
    if following is None:
        raise NotPossible("this course isn't on the list")
    rules.require(deed, following.state, has_badge=hasattr(following, "badge"))
    if deed is Deed.REMOVE:
        following.delete()
        keep_event(by=by, action="academy.remove", subject=_subject(learner))
        return None
    if deed is Deed.ENROL:
        return _move(by, learner, following, State.ENROLLED)
    if deed is Deed.BEGIN:
        return _move(by, learner, following, State.BUSY)
    if deed is Deed.PROGRESS:
        following.progress = max(0, min(percent, 100))
        return _move(by, learner, following, State.BUSY)
    if deed is Deed.STOP:
        return _move(by, learner, following, State.STOPPED)
    return _complete(by, following, timezone.localdate())


@transaction.atomic
def complete(*, by: Actor, following: Following, on: date | None = None) -> Following:
    """The provider confirms that somebody completed the course: only this earns a certificate."""
    require(by, Permission.MANAGE_COURSES, _organisation(following.record))
    following = Following.objects.select_for_update(of=("self",)).get(pk=following.pk)
    if following.person_id is None:
        raise NotPossible("a visit has no name to write on a certificate")
    if following.state != State.COMPLETED:
        rules.require(Deed.COMPLETE, following.state)
    return _complete(by, following, on or timezone.localdate())


def _complete(by: Actor, following: Following, on: date) -> Following:
    following.state, following.progress, following.completed_on = State.COMPLETED, 100, on
    following.changed_at = timezone.now()
    following.save(update_fields=["state", "progress", "completed_on", "changed_at"])
    keep_event(by=by, action="academy.complete", subject=f"following:{following.pk}")
    return following


def _move(by: Actor, learner: Learner, following: Following, state: str) -> Following:
    following.state, following.changed_at = state, timezone.now()
    following.save()
    keep_event(by=by, action=f"academy.{state}", subject=_subject(learner))
    return following


def _held(learner: Learner, record: Record) -> Following | None:
    """This learner's row of the course, held until the end of the transaction."""
    found = Following.objects.select_for_update(of=("self",)).filter(queries.of(learner), record=record)
    return found.select_related("badge", "record").first()


# --- Whose it is ---


@transaction.atomic
def claim(*, by: Actor, person: Person, visit: str) -> None:
    """Give what a visit answered and saved to the person who has logged in since."""
    mine, theirs = Learner(person.pk), Learner(visit=visit)
    answered = Answers.objects.filter(queries.of(theirs)).update(person=person, visit="")
    known = set(Following.objects.filter(queries.of(mine)).values_list("record_id", flat=True))
    found = Following.objects.filter(queries.of(theirs))
    found.filter(record__in=known).delete()
    moved = found.update(person=person, visit="")
    if answered or moved:
        keep_event(by=by, action="academy.claim", subject=_subject(mine), answers=answered, courses=moved)


@transaction.atomic
def forget(*, by: Actor, learner: Learner) -> int:
    """Delete this learner's answers and courses. A course with a certificate stays: others may check it."""
    answers = Answers.objects.filter(queries.of(learner)).delete()[0]
    courses = Following.objects.filter(queries.of(learner), badge__isnull=True).delete()[0]
    keep_event(by=by, action="academy.forget", subject=_subject(learner))
    return answers + courses


def _subject(learner: Learner) -> str:
    return f"person:{learner.person_id}" if learner.person_id is not None else "visit:"


def _organisation(record: Record) -> str | None:
    return record.organisation.key if record.organisation else None
