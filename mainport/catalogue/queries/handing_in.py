# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Works that come in: one's own for their author, and all that were sent for the research office."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from mainport.catalogue.models import KeptFile, Record, Review, Submission
from mainport.catalogue.rules import checking, contents
from mainport.catalogue.rules.checking import Known, Place
from mainport.catalogue.rules.handing_in import STEP_OF, Deed, Lack, Said, Step, deeds, lacks
from mainport.catalogue.rules.works import Work
from mainport.core.models import Person
from mainport.core.rules.permissions import ROLES, Actor, Permission

#: So many signs are looked through at once, of all files of a work: a few seconds of work.
MOST_CHECKED = 10_000_000


class Unseen(LookupError):
    """There is no such work for this asker."""


@dataclass(frozen=True)
class HandedIn:
    """A work that comes in, with all that its pages show."""

    record: Record
    submission: Submission
    work: Work
    files: Sequence[KeptFile]  # Those that count, without their text.
    reviews: Sequence[Review]  # The newest in front.
    lacks: Sequence[Lack]
    deeds: Sequence[Deed]
    is_author: bool
    checked: bool  # As it stands now.

    def may(self, deed: Deed) -> bool:
        return deed in self.deeds

    @property
    def open_steps(self) -> frozenset[Step]:
        """The steps in which something is missing."""
        return frozenset(STEP_OF[lack] for lack in self.lacks)

    @property
    def returned(self) -> Review | None:
        """Why it came back, while it is back."""
        back = self.record.state == Record.State.RETURNED
        return next((one for one in self.reviews if one.verdict == Review.Verdict.RETURNED), None) if back else None


def mark_of(submission: Submission) -> str:
    """Changes with each time that it is sent or checked: who decides on it says which one they read."""
    told = [submission.sent_at, submission.checked_at, submission.checked_sha256]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def _submissions() -> QuerySet[Submission]:
    return Submission.objects.select_related("record", "record__registration", "author")


def own(by: Actor) -> list[Submission]:
    """The works of this author, those that wait for them in front. One query."""
    if by.person_id is None:
        return []
    order: list[str] = [Record.State.RETURNED, Record.State.DRAFT, Record.State.SUBMITTED]
    rows = list(_submissions().filter(author_id=by.person_id).order_by("-id"))
    return sorted(rows, key=lambda one: order.index(one.record.state) if one.record.state in order else len(order))


def queue(by: Actor) -> list[Submission]:
    """What waits for the research office, what came first in front; works of one's own wait for a colleague."""
    if not by.may(Permission.REVIEW_WORK):
        return []
    rows = _submissions().filter(record__state=Record.State.SUBMITTED).exclude(author_id=by.person_id)
    return list(rows.order_by("sent_at", "id"))


def judged(by: Actor, limit: int = 50) -> list[Review]:
    """What the research office approved or returned last."""
    if not by.may(Permission.REVIEW_WORK):
        return []
    return list(Review.objects.select_related("submission__record", "submission__author")[:limit])


def reviewers() -> QuerySet[Person]:
    """Who judges works."""
    roles = [role.value for role, held in ROLES.items() if Permission.REVIEW_WORK in held]
    return Person.objects.filter(is_active=True, memberships__role__in=roles).distinct()


def find(by: Actor, key: str, today: date | None = None) -> HandedIn:
    """One of them: for its author always, for the research office once it was sent. Raises Unseen. Three queries."""
    submission = _submissions().filter(record__key=key).first()
    if submission is None:
        raise Unseen(key)
    is_author = by.person_id is not None and submission.author_id == by.person_id
    reviews = by.may(Permission.REVIEW_WORK) and submission.sent_at is not None
    if not is_author and (not reviews or submission.record.state == Record.State.DRAFT):
        raise Unseen(key)
    return of(submission, is_author=is_author, reviews=reviews, today=today or timezone.localdate())


def of(submission: Submission, *, is_author: bool, reviews: bool, today: date) -> HandedIn:
    """All about this one. Two queries."""
    record = submission.record
    work = value_of(record)
    files = list(record.files.filter(current=True).defer("text").order_by("name"))
    checked = submission.checked_sha256 == fingerprint(work, files)
    said = Said(
        supervisor=submission.supervisor_name,
        consent=submission.consent,
        consent_note=submission.consent_note,
        files=len(files),
        no_file_reason=submission.no_file_reason,
        checked=checked,
        warnings=sum(bool(one.get("sure")) for one in submission.findings),
        accepted_note=submission.accepted_note,
    )
    return HandedIn(
        record=record,
        submission=submission,
        work=work,
        files=files,
        reviews=list(submission.reviews.all()),
        lacks=lacks(work, said, today),
        deeds=deeds(record.state, is_author=is_author, reviews=reviews),
        is_author=is_author,
        checked=checked,
    )


def value_of(record: Record) -> Work:
    """What a work says."""
    value = contents.read(record.kind, record.content)
    if not isinstance(value, Work):
        raise Unseen(record.key)
    return value


def texts_of(work: Work) -> list[Place]:
    """The texts of a work that its author writes for everybody."""
    places = [
        Place(name, text, language=language)
        for name in ("titles", "subtitles", "abstracts", "summaries")
        for language, text in getattr(work, name).items()
    ]
    advice = [(one.number, language, text) for one in work.recommendations for language, text in one.text.items()]
    places += [Place("recommendations", text, language=language, number=number) for number, language, text in advice]
    places += [
        Place("questions", text, language=language, number=number)
        for number, question in enumerate(work.questions, 1)
        for language, text in question.items()
    ]
    return places


def places_of(work: Work, files: Sequence[KeptFile]) -> list[Place]:
    """All that is checked; the files with their text, up to MOST_CHECKED in all: the rest counts as unread."""
    places, left = texts_of(work), MOST_CHECKED
    for file in files:
        places.append(_place(file, left))
        left -= len(places[-1].text)
    return places


def known_of(work: Work, submission: Submission) -> Known:
    """Who may stand in the work by name."""
    names = [*(one.name for one in work.authors), submission.supervisor_name, submission.author.name]
    return Known.of(names, [submission.supervisor_email, submission.author.email])


def _place(file: KeptFile, most: int) -> Place:
    pages = file.text.split("\f") if file.pages is not None else [file.text]
    return Place(
        "file",
        file.text[: max(0, most)],
        file=file.name,
        has_pages=file.pages is not None,
        unread=sum(not page.strip() for page in pages) + (len(file.text) > most),
    )


def fingerprint(work: Work, files: Sequence[KeptFile]) -> str:
    """Of the texts and files as they are now."""
    return checking.fingerprint(texts_of(work), {file.name: file.sha256 for file in files})
