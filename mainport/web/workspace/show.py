# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the workspace shows the places of reports: as rows of a page, and as data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from mainport.agenda.queries import Slot
from mainport.agenda.rules.reporting import ReportState, sees
from mainport.core.rules.permissions import Actor, Permission
from mainport.web.agenda.addresses import url_of
from mainport.web.templatetags.mainport import is_code, words
from mainport.web.workspace import labels


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


def report_arguments(period: str, uid: str, organisation: str) -> dict[str, str]:
    """What the addresses of a report's pages need."""
    kind, _, key = uid.partition(":")
    return {"period": period, "kind": kind, "key": key, "organisation": organisation}


def report_url(name: str, slot: Slot) -> str:
    return reverse(name, kwargs=report_arguments(slot.period.key, slot.element.uid, slot.organisation.key))


@dataclass(frozen=True)
class Row:
    """A slot with what a page says of it. `url` leads as far as the reader may go."""

    slot: Slot
    title: str
    organisation: str
    period: str
    state: str
    glyph: str
    url: str
    write_url: str

    @property
    def code(self) -> str:
        return self.slot.element.key if is_code(self.slot.element.key) else ""

    def to_json(self) -> dict[str, Any]:
        slot = self.slot
        return {
            "period": slot.period.key,
            "element": slot.element.uid,
            "title": self.title,
            "organisation": slot.organisation.key,
            "expected": slot.must,
            "state": slot.state.value,
            "late": slot.late,
            "due": slot.period.due.isoformat(),
            "status": slot.status,
            "changed_at": slot.changed_at.isoformat() if slot.changed_at else None,
            "demo": slot.element.demo or slot.period.demo,
        }


def rows(slots: Iterable[Slot], by: Actor) -> list[Row]:
    found = []
    writes = by.organisations(Permission.WRITE_REPORT)
    for slot in slots:
        own = slot.organisation.key in writes
        readable = slot.state is not ReportState.MISSING and sees(by, slot.state, slot.organisation.key)
        writable = own and not slot.period.is_locked and slot.waits_for is Permission.WRITE_REPORT
        found.append(
            Row(
                slot=slot,
                title=words(slot.element.title),
                organisation=words(slot.organisation.title),
                period=labels.period_label(slot.period.start, slot.period.end),
                state=labels.slot_state(slot),
                glyph=labels.slot_glyph(slot),
                url=report_url("report", slot) if readable else url_of(slot.element.uid),
                write_url=report_url("report_write", slot) if writable else "",
            )
        )
    return found
