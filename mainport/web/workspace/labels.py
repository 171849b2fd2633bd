# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of the workspace: where a report is, what can be done with it and why not, what a period is called."""

from __future__ import annotations

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from mainport.agenda.queries import Slot
from mainport.agenda.rules.evidence import TYPES, EvidenceTrouble
from mainport.agenda.rules.reporting import No, PeriodTrouble, ReportState, Span, span
from mainport.web.templatetags.mainport import when

Words = str | Promise

REPORT_STATES: dict[ReportState, Words] = {
    ReportState.MISSING: pgettext_lazy("report", "not begun"),
    ReportState.DRAFT: pgettext_lazy("report", "draft"),
    ReportState.SUBMITTED: pgettext_lazy("report", "handed in"),
    ReportState.RETURNED: pgettext_lazy("report", "returned"),
    ReportState.APPROVED: pgettext_lazy("report", "approved"),
}

#: Of the glyphs that the pages have, the one that fits where a report is.
GLYPHS: dict[ReportState, str] = {
    ReportState.MISSING: "no-plan",
    ReportState.DRAFT: "no-report",
    ReportState.SUBMITTED: "on-track",
    ReportState.RETURNED: "at-risk",
    ReportState.APPROVED: "done",
}
LATE_GLYPH = "behind"

REFUSALS: dict[No, Words] = {
    No.LOCKED: gettext_lazy("This period is locked: nothing in it can change any more."),
    No.WRONG_STATE: gettext_lazy("That can't be done with the report as it is now."),
    No.NOT_ALLOWED: gettext_lazy("Your role doesn't allow this."),
    No.OWN_REPORT: gettext_lazy("You handed this report in yourself. Ask another coordinator to approve it."),
}

PERIOD_TROUBLES: dict[PeriodTrouble, Words] = {
    PeriodTrouble.DAYS_OUT_OF_ORDER: gettext_lazy(
        "The first day comes before the last, and the reports are due on the last day or later."
    ),
    PeriodTrouble.OVERLAPS: gettext_lazy("There is a period already in which some of these days lie."),
    PeriodTrouble.TOO_MANY_OPEN: gettext_lazy("Two periods are open already. Lock the earlier one first."),
    PeriodTrouble.EARLIER_IS_OPEN: gettext_lazy("An earlier period is still open. Lock that one first."),
    PeriodTrouble.LOCKED: gettext_lazy("That part of the past is locked."),
}

EVIDENCE_TROUBLES: dict[EvidenceTrouble, Words] = {
    EvidenceTrouble.EMPTY: gettext_lazy("The file is empty. Choose another one."),
    EvidenceTrouble.TOO_LARGE: gettext_lazy("The file is larger than 10 MB. Make it smaller, or give a link to it."),
    EvidenceTrouble.UNKNOWN_TYPE: gettext_lazy("We don't take files of this type. Save it as one of these: %(types)s."),
    EvidenceTrouble.OTHER_CONTENT: gettext_lazy(
        "What is in the file doesn't agree with the ending of its name, or it is damaged. Save it anew."
    ),
    EvidenceTrouble.MACROS: gettext_lazy("The file holds macros. Save it without them."),
}

EVENTS: dict[str, Words] = {
    "report.begin": pgettext_lazy("event", "began the report"),
    "report.change": pgettext_lazy("event", "changed the report"),
    "report.submit": pgettext_lazy("event", "handed the report in"),
    "report.withdraw": pgettext_lazy("event", "took the report back"),
    "report.approve": pgettext_lazy("event", "approved the report"),
    "report.return": pgettext_lazy("event", "returned the report"),
}


def evidence_types() -> str:
    return ", ".join(sorted(TYPES))


def evidence_trouble(trouble: EvidenceTrouble) -> str:
    words = str(EVIDENCE_TROUBLES[trouble])
    return words % {"types": evidence_types()} if trouble is EvidenceTrouble.UNKNOWN_TYPE else words


def slot_state(slot: Slot) -> str:
    """Where a report is, and that it is late if it is."""
    word = str(REPORT_STATES[slot.state])
    return _("late: %(state)s") % {"state": word} if slot.late else word


def slot_glyph(slot: Slot) -> str:
    return LATE_GLYPH if slot.late else GLYPHS[slot.state]


def period_label(start: date, end: date) -> str:
    """What a period is called: third quarter of 2026; 1 July 2026 to 15 August 2026."""
    found, number = span(start, end)
    match found:
        case Span.YEAR:
            return str(start.year)
        case Span.HALF:
            halves = (pgettext("period", "first half of %(year)s"), pgettext("period", "second half of %(year)s"))
            return halves[number - 1] % {"year": start.year}
        case Span.QUARTER:
            quarters = (
                pgettext("period", "first quarter of %(year)s"),
                pgettext("period", "second quarter of %(year)s"),
                pgettext("period", "third quarter of %(year)s"),
                pgettext("period", "fourth quarter of %(year)s"),
            )
            return quarters[number - 1] % {"year": start.year}
        case Span.MONTH:
            return when(f"{start:%Y-%m}")
        case Span.OTHER:
            return _("%(start)s to %(end)s") % {"start": when(start), "end": when(end)}


def language() -> str:
    return get_language() or "nl"
