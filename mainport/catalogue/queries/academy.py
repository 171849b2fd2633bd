# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Digitale Academie: the questionnaire that is asked, what somebody answered and follows, the courses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from mainport.catalogue import models
from mainport.catalogue.models import Badge, Following, Offering, Record
from mainport.catalogue.queries.records import published
from mainport.catalogue.rules import contents, questionnaire, questionnaire_file
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.following import Learner
from mainport.catalogue.rules.offer import Candidate
from mainport.catalogue.rules.questionnaire import Answer, Questionnaire
from mainport.core.rules.permissions import Actor, Permission

#: The questionnaire that the pages ask; others may be kept under other keys.
KEY = "digitale-academie"


@dataclass(frozen=True)
class Asked:
    """The questionnaire that is asked now; `row` is None for the one that comes with Mainport."""

    row: models.Questionnaire | None
    questionnaire: Questionnaire


def asked() -> Asked:
    row = models.Questionnaire.objects.filter(key=KEY, active=True).first()
    return Asked(row, read(row) if row else _embedded())


def read(row: models.Questionnaire) -> Questionnaire:
    """A version as it was checked when it was kept; read anew only by a process that hasn't met it."""
    found = _READ.get((row.pk, row.at))
    if found is None:
        if len(_READ) > 32:
            _READ.clear()
        found = _READ[row.pk, row.at] = questionnaire_file.read(row.content)
    return found


#: Versions never change once they are kept.
_READ: dict[tuple[int, datetime], Questionnaire] = {}


@cache
def _embedded() -> Questionnaire:
    return questionnaire_file.read(questionnaire_file.embedded())


def versions(by: Actor, key: str = KEY) -> QuerySet[models.Questionnaire]:
    """All versions, newest first, for those who look after the questionnaire; none for others."""
    if not by.may(Permission.MANAGE_COURSES):
        return models.Questionnaire.objects.none()
    return models.Questionnaire.objects.filter(key=key)


# --- What somebody answered and follows ---


def of(learner: Learner) -> Q:
    """This learner's own, and nobody else's."""
    if learner.person_id is not None:
        return Q(person_id=learner.person_id)
    return Q(person__isnull=True, visit=learner.visit)


def answers_of(learner: Learner | None) -> models.Answers | None:
    """The last that this learner answered."""
    if learner is None:
        return None
    return models.Answers.objects.filter(of(learner), questionnaire__key=KEY).select_related("questionnaire").first()


def current(learner: Learner | None, now: Asked) -> dict[str, Answer]:
    """Those answers as the questionnaire of now takes them: what it no longer asks is left out."""
    row = answers_of(learner)
    return questionnaire.clean(now.questionnaire, row.answers) if row else {}


def is_kept(learner: Learner | None) -> bool:
    """Whether anything of this learner is kept."""
    if learner is None:
        return False
    return any(rows.objects.filter(of(learner)).exists() for rows in (models.Answers, Following))


def followings(learner: Learner | None) -> QuerySet[Following]:
    """What this learner saved, follows or completed, the last changed first."""
    if learner is None:
        return Following.objects.none()
    return Following.objects.filter(of(learner)).select_related("record", "record__repository", "offering", "badge")


def followed_keys(learner: Learner | None) -> frozenset[str]:
    """Keys of the courses that this learner saved or follows."""
    return frozenset(followings(learner).values_list("record__key", flat=True))


def following(learner: Learner | None, key: str) -> Following | None:
    return followings(learner).filter(record__key=key).first()


# --- Courses ---


def candidates() -> list[Candidate]:
    """Public courses of which it is known what they teach; read anew only once one of them has changed."""
    rows = published().filter(kind=Record.Kind.COURSE, content__has_key="competences")
    state = tuple(rows.aggregate(Count("pk"), Max("pk"), Max("changed_at")).values())
    kept = _CANDIDATES.get(state)
    if kept is None:
        kept = []
        for key, content, demo in rows.order_by("key").values_list("key", "content", "demo"):
            value = contents.read(Record.Kind.COURSE, content)
            assert isinstance(value, Course)
            kept.append(Candidate(key, value, demo))
        _CANDIDATES.clear()
        _CANDIDATES[state] = kept
    return kept


#: The courses as they were read last, by how many there are, the newest and the last change: one entry.
_CANDIDATES: dict[tuple[Any, ...], list[Candidate]] = {}


def public_course(key: str) -> Record | None:
    return published().filter(kind=Record.Kind.COURSE, key=key).select_related("repository", "organisation").first()


def provided(by: Actor) -> QuerySet[Record]:
    """Courses that this actor may look after: those of their own organisations, or all."""
    found = (
        Record.objects.filter(kind=Record.Kind.COURSE, merged_into__isnull=True)
        .select_related("organisation", "repository")
        .prefetch_related(Prefetch("offerings", Offering.objects.order_by("starts", "id")))
        .order_by("provider", "key")
    )
    if by.may(Permission.MANAGE_COURSES):
        return found
    return found.filter(organisation__key__in=by.organisations(Permission.MANAGE_COURSES))


def provided_course(by: Actor, key: str) -> Record | None:
    return provided(by).filter(key=key).first()


def participants(by: Actor, record: Record) -> list[Following]:
    """Who enrolled here for a course that this actor looks after; not those who only saved it, nor visits."""
    if not provided(by).filter(pk=record.pk).exists():
        return []
    states = [Following.State.ENROLLED, Following.State.BUSY, Following.State.COMPLETED]
    return list(
        Following.objects.filter(record=record, person__isnull=False, state__in=states)
        .select_related("person", "offering", "badge")
        .order_by("person__name", "pk")
    )


def badge(pk: UUID) -> Badge | None:
    """A certificate by its address, which nobody guesses: whoever has it may check it."""
    return Badge.objects.filter(pk=pk).select_related("following__record", "following__person").first()
