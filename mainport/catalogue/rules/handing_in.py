# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a work comes in: what must be there before it is sent, and from which state it goes to which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mainport.catalogue.rules.works import Access, Work, WorkType


class Deed(StrEnum):
    """What can be done with a work that comes in."""

    EDIT = "edit"
    SEND = "send"
    TAKE_BACK = "take-back"
    DISCARD = "discard"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    CORRECT = "correct"  # Exchange a file of what is public.
    RENEW = "renew"  # Begin a new version of what is public.


#: From which state a deed can be done, and to which it leads; '' is gone.
STATES: Mapping[Deed, Mapping[str, str]] = {
    Deed.EDIT: {"draft": "draft", "returned": "returned"},
    Deed.SEND: {"draft": "submitted", "returned": "submitted"},
    Deed.TAKE_BACK: {"submitted": "draft"},
    Deed.DISCARD: {"draft": "", "returned": ""},
    Deed.APPROVE: {"submitted": "published"},
    Deed.RETURN: {"submitted": "returned"},
    Deed.WITHDRAW: {"published": "withdrawn"},
    Deed.CORRECT: {"published": "published"},
    Deed.RENEW: {"published": "published"},
}

#: Deeds of the author; the others are those of the research office.
OF_AUTHOR = frozenset({Deed.EDIT, Deed.SEND, Deed.TAKE_BACK, Deed.DISCARD, Deed.RENEW})

#: The kinds of work that are handed in here.
TYPES = (
    WorkType.THESIS,
    WorkType.INTERNSHIP_REPORT,
    WorkType.TRAINEE_REPORT,
    WorkType.REPORT,
    WorkType.ARTICLE,
    WorkType.DATASET,
    WorkType.OTHER,
)

#: Licences that an author can choose, by their SPDX identifier, the most open first.
LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-ND-4.0", "CC0-1.0")

#: A file may stay closed for so many years at most; after that the region may read what it helped to make.
EMBARGO_YEARS = 5

#: So many files a work may have.
FILES = 30


#: What an author fills in of the work itself, and beside it.
OF_WORK = frozenset(
    [
        "titles",
        "subtitles",
        "type",
        "language",
        "abstracts",
        "summaries",
        "subjects",
        "authors",
        "organisations",
        "recommendations",
        "questions",
        "relations",
        "licence",
        "embargo_until",
        "sector",
        "goal",
        "task",
        "published",
        "funding",
    ]
)
BESIDE = frozenset(
    ["programme", "supervisor_name", "supervisor_email", "client", "consent", "consent_note", "no_file_reason"]
)


class No(StrEnum):
    """Why something isn't done."""

    STATE = "state"
    OWN_WORK = "own-work"
    NO_REASON = "no-reason"
    NO_NOTE = "no-note"
    KNOWN = "known"  # It is there already.
    CHANGED = "changed"  # It was sent anew, or checked anew, since it was read.
    UNKNOWN = "unknown"


class Refused(ValueError):
    """It is not done, and nothing of it."""

    def __init__(self, no: No) -> None:
        self.no = no
        super().__init__(no.value)


class Step(StrEnum):
    """The parts in which a work is filled in, in their order."""

    DETAILS = "details"
    PEOPLE = "people"
    SUMMARY = "summary"
    RECOMMENDATIONS = "recommendations"
    QUESTIONS = "questions"
    SOURCES = "sources"
    FILES = "files"
    RIGHTS = "rights"
    CHECK = "check"


class Lack(StrEnum):
    """What isn't there yet and must be before sending."""

    TITLE = "title"
    TYPE = "type"
    AUTHOR = "author"
    SUPERVISOR = "supervisor"
    SUMMARY = "summary"
    FILE = "file"
    LICENCE = "licence"
    EMBARGO = "embargo"
    CONSENT = "consent"
    CONSENT_NOTE = "consent-note"
    CHECK = "check"
    FINDINGS = "findings"


#: Where each is filled in.
STEP_OF: Mapping[Lack, Step] = {
    Lack.TITLE: Step.DETAILS,
    Lack.TYPE: Step.DETAILS,
    Lack.AUTHOR: Step.PEOPLE,
    Lack.SUPERVISOR: Step.PEOPLE,
    Lack.SUMMARY: Step.SUMMARY,
    Lack.FILE: Step.FILES,
    Lack.LICENCE: Step.RIGHTS,
    Lack.EMBARGO: Step.RIGHTS,
    Lack.CONSENT: Step.RIGHTS,
    Lack.CONSENT_NOTE: Step.RIGHTS,
    Lack.CHECK: Step.CHECK,
    Lack.FINDINGS: Step.CHECK,
}


@dataclass(frozen=True)
class Said:
    """What the author says beside the work."""

    supervisor: str = ""
    consent: str = ""
    consent_note: str = ""
    files: int = 0
    no_file_reason: str = ""
    checked: bool = False  # As it stands now.
    warnings: int = 0  # What the check is sure of.
    accepted_note: str = ""


def lacks(work: Work, said: Said, today: date) -> list[Lack]:
    """All that must still be filled in before this can be sent, in the order of the steps."""
    closed = work.access is Access.RESTRICTED
    needed = {
        Lack.TITLE: not any(text.strip() for text in work.titles.values()),
        Lack.TYPE: work.type not in TYPES,
        Lack.AUTHOR: not any(author.name.strip() for author in work.authors),
        Lack.SUPERVISOR: not said.supervisor.strip(),
        Lack.SUMMARY: not any(text.strip() for text in work.summaries.values()),
        Lack.FILE: not said.files and not said.no_file_reason.strip(),
        Lack.LICENCE: bool(said.files) and not closed and not work.licence,
        Lack.EMBARGO: not embargo_is_right(work.embargo_until, today),
        Lack.CONSENT: not said.consent,
        Lack.CONSENT_NOTE: said.consent == "given" and not said.consent_note.strip(),
        Lack.CHECK: not said.checked,
        Lack.FINDINGS: said.checked and bool(said.warnings) and not said.accepted_note.strip(),
    }
    return [lack for lack, missing in needed.items() if missing]


def embargo_is_right(until: date | None, today: date) -> bool:
    """Whether an embargo that is asked for on this day isn't too long.

    >>> embargo_is_right(date(2028, 2, 1), date(2024, 2, 29)), embargo_is_right(date(2029, 3, 2), date(2024, 2, 29))
    (True, False)
    """
    return until is None or until <= last_embargo_day(today)


def last_embargo_day(today: date) -> date:
    """The last day on which an embargo may end; of a leap day, the day after in a year without one."""
    year = today.year + EMBARGO_YEARS
    return date(year, 3, 1) if (today.month, today.day) == (2, 29) else today.replace(year=year)


def access_of(*, closed: bool, embargo_until: date | None, licence: str, files: int, today: date) -> Access:
    """Who may read the files, by what the author chose."""
    if not files:
        return Access.METADATA_ONLY
    if closed:
        return Access.RESTRICTED
    if embargo_until and embargo_until > today:
        return Access.EMBARGOED
    return Access.OPEN if licence else Access.UNKNOWN


def next_state(deed: Deed, state: str) -> str:
    """Where this deed leads from this state. Raises Refused."""
    if state not in STATES[deed]:
        raise Refused(No.STATE)
    return STATES[deed][state]


def deeds(state: str, *, is_author: bool, reviews: bool) -> Sequence[Deed]:
    """What this person can do with a work in this state: nobody judges a work of their own."""
    allowed = OF_AUTHOR if is_author else frozenset(Deed) - OF_AUTHOR if reviews else frozenset()
    return [deed for deed, states in STATES.items() if state in states and deed in allowed]
