# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The only writes of the agenda: its elements, and what is reported on them."""

from mainport.agenda.actions.editing import (
    Overtaken,
    edit,
    may_edit,
    put_element,
    remove_element,
    with_all_below,
)
from mainport.agenda.actions.elements import OtherAlliance, Refused, difference, load
from mainport.agenda.actions.periods import (
    REST,
    PeriodRefused,
    RemindedAlready,
    change_due,
    lock_period,
    open_period,
    send_reminders,
)
from mainport.agenda.actions.refusals import NotAllowed
from mainport.agenda.actions.reporting import (
    Content,
    EvidenceFile,
    EvidenceLink,
    Incomplete,
    Reached,
    ReportRefused,
    Stale,
    approve_report,
    return_report,
    save_report,
    subject_of,
    submit_report,
    withdraw_report,
)

__all__ = [
    "REST",
    "Content",
    "EvidenceFile",
    "EvidenceLink",
    "Incomplete",
    "NotAllowed",
    "OtherAlliance",
    "Overtaken",
    "PeriodRefused",
    "Reached",
    "Refused",
    "RemindedAlready",
    "ReportRefused",
    "Stale",
    "approve_report",
    "change_due",
    "difference",
    "edit",
    "load",
    "lock_period",
    "may_edit",
    "open_period",
    "put_element",
    "remove_element",
    "return_report",
    "save_report",
    "send_reminders",
    "subject_of",
    "submit_report",
    "with_all_below",
    "withdraw_report",
]
