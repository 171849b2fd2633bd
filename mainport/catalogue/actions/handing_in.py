# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A work comes in: its author begins it, fills it in, has it checked and sends it; the research office judges it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from mainport.catalogue import letters
from mainport.catalogue.actions import files as kept
from mainport.catalogue.actions import records
from mainport.catalogue.doi_jobs import keep_registering
from mainport.catalogue.models import KeptFile, Record, Review, Submission
from mainport.catalogue.queries import handing_in as queries
from mainport.catalogue.rules import checking
from mainport.catalogue.rules.handing_in import (
    BESIDE,
    OF_AUTHOR,
    OF_WORK,
    TYPES,
    Deed,
    Lack,
    No,
    Refused,
    access_of,
    next_state,
)
from mainport.catalogue.rules.texts import Day, Texts
from mainport.catalogue.rules.works import Access, Author, Identifier, Relation, Scheme, Work, WorkFile, WorkType
from mainport.core.actions import record as keep_event
from mainport.core.models import Person
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require


class Incomplete(ValueError):
    """It can't be sent yet; `lacks` says what is missing."""

    def __init__(self, lacks: Sequence[Lack]) -> None:
        self.lacks = list(lacks)
        super().__init__(", ".join(lacks))


#: A work with the same title that the same author begins again so soon was begun by pressing twice.
TWICE = timedelta(minutes=1)

# --- By the author ---


@transaction.atomic
def start(*, by: Actor, titles: Texts, type: WorkType, language: str) -> Record:
    """Begin a work: a draft that nobody else sees. Who presses twice gets one. Raises NotAllowed, records' Refused."""
    require(by, Permission.HAND_IN)
    if type not in TYPES:
        raise Refused(No.UNKNOWN)
    # Of two requests at once the second waits here, and then finds what the first one made.
    author = Person.objects.select_for_update().get(pk=_person(by))
    since = timezone.now() - TWICE
    made = Submission.objects.filter(author=author, record__state=Record.State.DRAFT, record__changed_at__gte=since)
    for one in made.select_related("record"):
        if one.record.titles == titles and one.record.type == type:
            return one.record
    work = Work(titles=titles, type=type, language=language, authors=(Author(name=by.name),))
    return _begin(by, work).record


def _begin(by: Actor, work: Work, **beside: str) -> Submission:
    stored = records.put(by=by, value=work, state=Record.State.DRAFT)
    record = stored.record
    record.made_by_id = _person(by)
    record.save(update_fields=["made_by"])
    return Submission.objects.create(record=record, author_id=_person(by), **beside)


@transaction.atomic
def save(*, by: Actor, record: Record, work: Mapping[str, Any], beside: Mapping[str, Any] | None = None) -> None:
    """Keep what was filled in: fields of OF_WORK (and `closed`: the files aren't for everybody), and of BESIDE.

    Raises NotAllowed, Refused, records' Refused.
    """
    submission = _held(by, record, Deed.EDIT)
    beside = beside or {}
    given = dict(work)
    closed = given.pop("closed", None)
    if unknown := (given.keys() - OF_WORK) | (beside.keys() - BESIDE):
        raise ValueError(f"not an author's to fill in: {', '.join(sorted(unknown))}")
    if "type" in given and given["type"] not in TYPES:
        raise Refused(No.UNKNOWN)
    value = replace(queries.value_of(submission.record), **given)
    if closed is not None:
        value = replace(value, access=Access.RESTRICTED if closed else Access.UNKNOWN)
    records.put(by=by, value=value, record=submission.record, state=submission.record.state)
    for name, said in beside.items():
        setattr(submission, name, said)
    submission.save(update_fields=list(beside)) if beside else None


def add_file(*, by: Actor, record: Record, file: File[bytes]) -> KeptFile:
    """Add a file, or a newer version of one with the same name. Raises NotAllowed, Refused, BadFile."""
    with transaction.atomic():
        _held(by, record, Deed.EDIT)
    taken = kept.take(file)
    with transaction.atomic():
        return kept.keep(by=by, record=_held(by, record, Deed.EDIT).record, taken=taken)


@transaction.atomic
def remove_file(*, by: Actor, file: KeptFile) -> None:
    """Take a file away, for good. Raises NotAllowed, Refused."""
    _held(by, file.record, Deed.EDIT)
    kept.remove(by=by, file=file)


def check(*, by: Actor, record: Record) -> list[checking.Told]:
    """Look for personal data in all texts and files, and keep what was found with the words covered.

    A note of why it may be sent all the same belongs to what was found then: other findings ask for another.
    Raises NotAllowed, Refused.
    """
    with transaction.atomic():
        submission = _held(by, record, Deed.EDIT)
        work = queries.value_of(submission.record)
        files = list(submission.record.files.filter(current=True).order_by("name"))
    # Outside a transaction: a thousand pages take a while, and others want to write too. What is checked is kept
    # with its fingerprint, so that a change in the meantime asks for another check.
    found = checking.look(queries.places_of(work, files), queries.known_of(work, submission))
    _keep_findings(by, record, found, queries.fingerprint(work, files))
    return found


@transaction.atomic
def _keep_findings(by: Actor, record: Record, found: Sequence[checking.Told], fingerprint: str) -> None:
    submission = _held(by, record, Deed.EDIT)
    told = [one.to_json() for one in found]
    if told != submission.findings:
        submission.accepted_note = ""
    submission.findings = told
    submission.checked_at = timezone.now()
    submission.checked_sha256 = fingerprint
    submission.save(update_fields=["findings", "checked_at", "checked_sha256", "accepted_note"])
    keep_event(
        by=by,
        action="work.check",
        subject=_subject(record),
        found=len(told),
        sure=sum(one.sure for one in found),
    )


@transaction.atomic
def accept_findings(*, by: Actor, record: Record, note: str, read: str = "") -> None:
    """Say why the work can be sent with what was found in it. `read`: as in approve. Raises NotAllowed, Refused."""
    submission = _as_read(_held(by, record, Deed.EDIT), read)
    if not note.strip():
        raise Refused(No.NO_NOTE)
    submission.accepted_note = note.strip()
    submission.save(update_fields=["accepted_note"])
    keep_event(by=by, action="work.accept-findings", subject=_subject(record), why=note.strip())


@transaction.atomic
def send(*, by: Actor, record: Record) -> None:
    """Send it to the research office, and allow us to keep it and show it. Raises NotAllowed, Refused, Incomplete."""
    submission = _held(by, record, Deed.SEND)
    if missing := _whole(submission).lacks:
        raise Incomplete(missing)
    now = timezone.now()
    submission.sent_at = submission.deposited_at = now
    submission.save(update_fields=["sent_at", "deposited_at"])
    _move(by, submission.record, Deed.SEND)
    transaction.on_commit(lambda: letters.tell_sent.enqueue(submission.pk))


@transaction.atomic
def take_back(*, by: Actor, record: Record) -> None:
    """Take it back before it is judged, to change something. Raises NotAllowed, Refused."""
    _move(by, _held(by, record, Deed.TAKE_BACK).record, Deed.TAKE_BACK)


@transaction.atomic
def discard(*, by: Actor, record: Record) -> None:
    """Throw away a work that was never public, with its files and what the research office said of it.

    Raises NotAllowed, Refused.
    """
    submission = _held(by, record, Deed.DISCARD)
    row = submission.record
    keep_event(by=by, action="work.discard", subject=_subject(row))
    for file in row.files.defer("text"):
        kept.remove(by=by, file=file)
    submission.reviews.all().delete()
    submission.delete()
    row.delete()


@transaction.atomic
def renew(*, by: Actor, record: Record) -> Record:
    """Begin a new version of a public work: a draft of its own that says what it follows up.

    Raises NotAllowed, Refused.
    """
    submission = _held(by, record, Deed.RENEW)
    work = queries.value_of(submission.record)
    doi = work.doi
    number = Identifier(Scheme.DOI, doi) if doi else Identifier(Scheme.LOCAL, record.key)
    others = tuple(one for one in work.relations if one.kind != "IsNewVersionOf")
    value = replace(
        work,
        identifiers=(),
        files=(),
        published=None,
        access=Access.RESTRICTED if work.access is Access.RESTRICTED else Access.UNKNOWN,
        relations=(Relation("IsNewVersionOf", number), *others),
    )
    beside = {name: getattr(submission, name) for name in BESIDE - {"consent", "consent_note", "no_file_reason"}}
    return _begin(by, value, **beside).record


# --- By the research office ---


@transaction.atomic
def approve(*, by: Actor, record: Record, note: str = "", read: str = "") -> Review:
    """Make it public. Nobody approves a work of their own. `read`: the mark_of what was read; nothing is done where
    the work was sent anew since. Raises NotAllowed, Refused.
    """
    submission = _as_read(_held(by, record, Deed.APPROVE), read)
    review = _judge(by, submission, Review.Verdict.APPROVED, note)
    row = submission.record
    work = queries.value_of(row)
    files = list(row.files.filter(current=True).order_by("name"))
    access = access_of(
        closed=work.access is Access.RESTRICTED,
        embargo_until=work.embargo_until,
        licence=work.licence,
        files=len(files),
        today=timezone.localdate(),
    )
    for file in files:
        file.access, file.licence = access, work.licence
        file.embargo_until = work.embargo_until if access is Access.EMBARGOED else None
        # Its author may have had a reason to leave a number in; nobody needs to find the work by it.
        file.text = checking.mask(file.text)
    KeptFile.objects.bulk_update(files, ["access", "licence", "embargo_until", "text"])
    today = timezone.localdate()
    value = replace(
        work,
        access=access,
        published=work.published or Day(today.year, today.month, today.day),
        embargo_until=work.embargo_until if access is Access.EMBARGOED else None,
        files=tuple(_work_file(file) for file in files),
    )
    records.put(by=by, value=value, record=row, state=Record.State.PUBLISHED)
    transaction.on_commit(lambda: keep_registering(soon=True))
    _tell(review)
    return review


@transaction.atomic
def return_(*, by: Actor, record: Record, reasons: str, read: str = "") -> Review:
    """Send it back to its author with the reasons. `read`: as in approve. Raises NotAllowed, Refused."""
    submission = _as_read(_held(by, record, Deed.RETURN), read)
    if not reasons.strip():
        raise Refused(No.NO_REASON)
    review = _judge(by, submission, Review.Verdict.RETURNED, reasons)
    _move(by, submission.record, Deed.RETURN)
    _tell(review)
    return review


@transaction.atomic
def withdraw(*, by: Actor, record: Record, why: str) -> None:
    """Take a public work away; its address tells that it is gone. Raises NotAllowed, Refused."""
    submission = _held(by, record, Deed.WITHDRAW)
    if not why.strip():
        raise Refused(No.NO_REASON)
    records.withdraw(by=by, record=submission.record, why=why.strip())


def correct_file(*, by: Actor, record: Record, file: File[bytes], why: str) -> KeptFile:
    """Exchange or add a file of a public work; the version before is kept, and shown to nobody else.

    Raises NotAllowed, Refused, BadFile.
    """
    with transaction.atomic():
        _held(by, record, Deed.CORRECT)
    if not why.strip():
        raise Refused(No.NO_REASON)
    taken = kept.take(file)
    with transaction.atomic():
        row = _held(by, record, Deed.CORRECT).record
        work = queries.value_of(row)
        new = kept.keep(by=by, record=row, taken=taken, why=why.strip())
        if new.access == Access.UNKNOWN:
            like = row.files.filter(current=True).exclude(pk=new.pk).first()
            new.access = like.access if like else Access.OPEN if work.licence else Access.RESTRICTED
            new.licence, new.embargo_until = work.licence, like.embargo_until if like else None
        new.text = checking.mask(new.text)
        new.save(update_fields=["access", "licence", "embargo_until", "text"])
        files = row.files.filter(current=True).defer("text").order_by("name")
        value = replace(work, files=tuple(_work_file(one) for one in files), access=Access(new.access))
        records.put(by=by, value=value, record=row, state=Record.State.PUBLISHED, why=why.strip())
    return new


# --- What they share ---


def _person(by: Actor) -> int:
    """Who acts, where that must be somebody."""
    if by.person_id is None:
        raise NotAllowed("a work is made and judged by a person")
    return by.person_id


def _subject(record: Record) -> str:
    return f"record:{record.key}"


def _held(by: Actor, record: Record, deed: Deed) -> Submission:
    """Its row, held until the end of the transaction, where this actor may do this now. Raises NotAllowed, Refused."""
    rows = Submission.objects.select_for_update(of=("self", "record")).select_related("record", "author")
    submission = rows.get(record_id=record.pk)
    is_author = by.person_id is not None and submission.author_id == by.person_id
    if deed in OF_AUTHOR:
        require(by, Permission.HAND_IN)
        if not is_author:
            raise NotAllowed(f"{by.name} isn't the author")
    else:
        require(by, Permission.REVIEW_WORK)
        if is_author:
            raise Refused(No.OWN_WORK)
    next_state(deed, submission.record.state)
    return submission


def _as_read(submission: Submission, read: str) -> Submission:
    """The same, where it is what somebody read. Raises Refused."""
    if read and read != queries.mark_of(submission):
        raise Refused(No.CHANGED)
    return submission


def _whole(submission: Submission) -> queries.HandedIn:
    return queries.of(submission, is_author=True, reviews=False, today=timezone.localdate())


def _move(by: Actor, record: Record, deed: Deed) -> None:
    records.set_state(by=by, record=record, state=next_state(deed, record.state), why="")


def _judge(by: Actor, submission: Submission, verdict: Review.Verdict, reasons: str) -> Review:
    review = Review.objects.create(
        submission=submission,
        verdict=verdict,
        reasons=reasons.strip(),
        by_id=_person(by),
        by_name=by.name,
        at=timezone.now(),
    )
    keep_event(by=by, action=f"work.{verdict.value}", subject=_subject(submission.record), why=reasons.strip())
    return review


def _tell(review: Review) -> None:
    transaction.on_commit(lambda: letters.tell_verdict.enqueue(review.pk))


def _work_file(file: KeptFile) -> WorkFile:
    return WorkFile(
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        access=Access(file.access),
        licence=file.licence,
        embargo_until=file.embargo_until,
    )
