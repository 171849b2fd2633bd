# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of handing in: states, steps, what is missing, what was found, and why something is refused."""

from __future__ import annotations

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mainport.catalogue.models import Record, Review, Submission
from mainport.catalogue.rules.checking import UNREAD
from mainport.catalogue.rules.files import TYPES, BadFile, Trouble
from mainport.catalogue.rules.handing_in import FILES, Lack, No, Step
from mainport.catalogue.rules.personal_data import Kind, Reason

Words = str | Promise

#: The glyph of a state of the agenda, and the word.
STATES: dict[str, tuple[str, Words]] = {
    Record.State.DRAFT: ("no-report", pgettext_lazy("work", "draft")),
    Record.State.SUBMITTED: ("on-track", pgettext_lazy("work", "sent, waits for the research office")),
    Record.State.RETURNED: ("at-risk", pgettext_lazy("work", "returned: change something")),
    Record.State.PUBLISHED: ("done", pgettext_lazy("work", "public")),
    Record.State.WITHDRAWN: ("no-plan", pgettext_lazy("work", "withdrawn")),
}

STEPS: dict[Step, Words] = {
    Step.DETAILS: gettext_lazy("What it is"),
    Step.PEOPLE: gettext_lazy("Who made it, and for whom"),
    Step.SUMMARY: gettext_lazy("Summary in plain words"),
    Step.RECOMMENDATIONS: gettext_lazy("Recommendations"),
    Step.QUESTIONS: gettext_lazy("Open questions"),
    Step.SOURCES: gettext_lazy("What it builds on"),
    Step.FILES: gettext_lazy("Files"),
    Step.RIGHTS: gettext_lazy("Rights and consent"),
    Step.CHECK: gettext_lazy("Check on personal data"),
}

LEADS: dict[Step, Words] = {
    Step.DETAILS: gettext_lazy("The title, the kind of work and the task of the agenda that it can help with."),
    Step.PEOPLE: gettext_lazy("Everybody sees who the authors are. Only the research office sees your supervisor."),
    Step.SUMMARY: gettext_lazy(
        "For somebody who does not know your subject. Write short sentences and everyday words: what did you want to "
        "know, what did you do, what did you find? In Dutch and in English, if you can."
    ),
    Step.RECOMMENDATIONS: gettext_lazy(
        "What should somebody do with what you found? Give each recommendation apart: a municipality or company can "
        "then take it up, and you see what happens with it."
    ),
    Step.QUESTIONS: gettext_lazy("What could you not find out? A next student can go on with it."),
    Step.SOURCES: gettext_lazy("Earlier work that yours goes on with, so that others can follow the line."),
    Step.FILES: gettext_lazy("Your work itself, and data that belong with it."),
    Step.RIGHTS: gettext_lazy("Who may read it, what others may do with it, and whether the people in it agreed."),
    Step.CHECK: gettext_lazy(
        "We look in your texts and files for numbers, addresses, names and words about health. You decide what to "
        "do; take out what tells who somebody is."
    ),
}

LACKS: dict[Lack, Words] = {
    Lack.TITLE: gettext_lazy("Give a title."),
    Lack.TYPE: gettext_lazy("Choose what kind of work it is."),
    Lack.AUTHOR: gettext_lazy("Name at least one author."),
    Lack.SUPERVISOR: gettext_lazy("Name your supervisor."),
    Lack.SUMMARY: gettext_lazy("Write a summary in plain Dutch or English."),
    Lack.FILE: gettext_lazy("Add a file, or say why there is none."),
    Lack.LICENCE: gettext_lazy("Choose what others may do with your files."),
    Lack.EMBARGO: gettext_lazy("The files stay closed for too long. Choose an earlier day."),
    Lack.CONSENT: gettext_lazy("Say whether the people in your work agreed."),
    Lack.CONSENT_NOTE: gettext_lazy("Say how the people in your work agreed."),
    Lack.CHECK: gettext_lazy("Let your texts and files be checked on personal data."),
    Lack.FINDINGS: gettext_lazy("Personal data were found. Take them out, or say why they may stay."),
}

CONSENT: dict[str, Words] = {
    Submission.Consent.NOBODY: gettext_lazy("There are no persons in it"),
    Submission.Consent.GIVEN: gettext_lazy("The persons in it agreed, and I can show that"),
    Submission.Consent.ANONYMISED: gettext_lazy("Nobody can tell from it who the persons in it are"),
}

LICENCES: dict[str, Words] = {
    "CC-BY-4.0": gettext_lazy("Everything, if they name you (CC BY 4.0)"),
    "CC-BY-SA-4.0": gettext_lazy("Everything, if they name you and share the result alike (CC BY-SA 4.0)"),
    "CC-BY-NC-4.0": gettext_lazy("Everything but earning money with it, if they name you (CC BY-NC 4.0)"),
    "CC-BY-NC-ND-4.0": gettext_lazy("Read and share it unchanged, not for money, if they name you (CC BY-NC-ND 4.0)"),
    "CC0-1.0": gettext_lazy("Everything, also without naming you (CC0 1.0); for data"),
}

VERDICTS: dict[str, tuple[str, Words]] = {
    Review.Verdict.APPROVED: ("done", pgettext_lazy("work", "approved")),
    Review.Verdict.RETURNED: ("at-risk", pgettext_lazy("work", "returned")),
}

KINDS: dict[str, Words] = {
    Kind.BSN: gettext_lazy("Citizen service number (BSN)"),
    Kind.IBAN: gettext_lazy("Bank account"),
    Kind.PHONE: gettext_lazy("Telephone number"),
    Kind.EMAIL: gettext_lazy("E-mail address"),
    Kind.ADDRESS: gettext_lazy("Address"),
    Kind.NAME: gettext_lazy("Name"),
    Kind.HEALTH: gettext_lazy("Word about health"),
    UNREAD: gettext_lazy("Could not be read"),
}

REASONS: dict[str, Words] = {
    Reason.ELEVEN_TEST_AND_LABEL: gettext_lazy("It is called so, and has the form of one."),
    Reason.ELEVEN_TEST: gettext_lazy("It has the form of one. That can be chance."),
    Reason.FAILS_ELEVEN_TEST: gettext_lazy("It is called so, but has another form. Perhaps one digit is wrong."),
    Reason.CHECK_DIGITS: gettext_lazy("Its check digits are right."),
    Reason.DUTCH_NUMBER: gettext_lazy("It has the form of a Dutch number."),
    Reason.FOREIGN_NUMBER: gettext_lazy("It has the form of a foreign number."),
    Reason.SHARED_NUMBER: gettext_lazy("It looks like the number of an organisation."),
    Reason.PERSONAL_BOX: gettext_lazy("It looks like the address of a person."),
    Reason.SHARED_BOX: gettext_lazy("It looks like the address of an organisation."),
    Reason.POSTCODE_AND_NUMBER: gettext_lazy("It has a postcode and a house number."),
    Reason.SALUTATION: gettext_lazy("It follows a form of address, such as “Mrs”."),
    Reason.TITLE: gettext_lazy("It follows a title, such as “Dr”."),
    Reason.IN_CARE: gettext_lazy("It follows a word for somebody who is in care or took part in research."),
    Reason.HEALTH_NEAR_NAME: gettext_lazy("It stands near a name."),
    Reason.HEALTH_WORD: gettext_lazy("It may be about somebody’s health."),
    UNREAD: gettext_lazy("There are no words in it that we can read, such as in a scan or a picture. Look yourself."),
}

FIELDS: dict[str, Words] = {
    "titles": gettext_lazy("Title"),
    "subtitles": gettext_lazy("Subtitle"),
    "abstracts": gettext_lazy("Abstract"),
    "summaries": gettext_lazy("Summary in plain words"),
    "recommendations": gettext_lazy("Recommendation"),
    "questions": gettext_lazy("Open question"),
}

REFUSALS: dict[No, Words] = {
    No.STATE: gettext_lazy("This can’t be done now: the work has moved on. Look at how it stands."),
    No.OWN_WORK: gettext_lazy("You can’t judge a work of your own. A colleague does that."),
    No.NO_REASON: gettext_lazy("Say why."),
    No.NO_NOTE: gettext_lazy("Write a few words."),
    No.KNOWN: gettext_lazy("This recommendation was already taken up for this task."),
    No.UNKNOWN: gettext_lazy("Choose one of the list."),
    No.CHANGED: gettext_lazy("This work was changed since you read it. Read it again, and decide then."),
}

_TROUBLES: dict[Trouble, Words] = {
    Trouble.EMPTY: gettext_lazy("There is nothing in this file."),
    Trouble.UNKNOWN_TYPE: gettext_lazy("We don’t take files of this kind. Send one of these: %(types)s."),
    Trouble.OTHER_CONTENT: gettext_lazy(
        "What is in this file is something else than its name says, or it is damaged. Save it again, and send that."
    ),
    Trouble.MACROS: gettext_lazy("There are macros in this file. Save it without macros, or as PDF."),
    Trouble.ENCRYPTED: gettext_lazy("This file opens with a password only. Take the password off, and send it again."),
    Trouble.DAMAGED: gettext_lazy("This file is damaged and can’t be opened. Save it again, and send that."),
    Trouble.BOMB: gettext_lazy("Unpacked, this file is far too large. Send a smaller file."),
    Trouble.TOO_MANY_PAGES: gettext_lazy("This file has more than 3,000 pages. Split it."),
    Trouble.TOO_SLOW: gettext_lazy("Reading this file takes too long. Save it as a new PDF, and send that."),
    Trouble.TOO_HEAVY: gettext_lazy("Reading this file takes too much memory. Save it as a new PDF, and send that."),
    Trouble.TOO_MANY: gettext_lazy("A work can have %(files)s files at most. Put data together in a zip."),
}


def trouble(error: BadFile) -> str:
    """What is wrong with a file, and what to do."""
    if error.trouble is Trouble.TOO_LARGE:
        from mainport.web.uploads import too_large

        return too_large(error.name)
    said = str(_TROUBLES[error.trouble]) % {"types": ", ".join(sorted(TYPES)), "files": FILES}
    return f"{error.name}: {said}" if error.name else said


def largest() -> str:
    """What a file may be, as help at its field."""
    return _("PDF, Word (docx), OpenDocument (odt), txt, csv, xlsx, ods, zip, png or jpg; at most %(limit)s MB.") % {
        "limit": settings.FILE_LIMIT // 1024 // 1024
    }
