# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody besides reports: follow-ups, meetings, items, yearly papers, works that were handed in; for
the programme office, money too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mainport.board import queries as board
from mainport.board.queries import FollowUpView, MeetingView, ProposalView
from mainport.catalogue.models import Submission
from mainport.catalogue.queries.handing_in import queue
from mainport.core.rules.permissions import Actor, Permission
from mainport.cycle.queries.papers_at_work import AtWork, at_work
from mainport.cycle.queries.waiting import money_waiting
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.board.labels import ITEM_STATES, STANDINGS
from mainport.web.templatetags.mainport import number, when, words

#: Of each sort, so many lines stand on the home page.
SHOWN = 8


@dataclass(frozen=True)
class Line:
    """One thing that waits: its glyph and word of state (where it has one), and what it is."""

    text: Any
    url: str
    detail: str
    state: str = ""
    state_label: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Block:
    """Things of one sort that wait, with the way to all of them."""

    id: str
    title: str
    lines: Sequence[Line]
    count: int
    url: str = ""
    url_label: str = ""

    @property
    def more(self) -> int:
        return self.count - len(self.lines)

    def to_json(self) -> dict[str, Any]:
        told = [{"what": words_of(line.text), "url": line.url, "detail": line.detail} for line in self.lines]
        return {"sort": self.id, "count": self.count, "first": told}


@dataclass(frozen=True)
class Count:
    """How many things of one sort wait for the programme office, and where they are."""

    id: str
    value: str
    label: str
    url: str
    count: int


def words_of(text: Any) -> str:
    return words(text) if isinstance(text, dict) else str(text)


@dataclass(frozen=True)
class Waits:
    """All of it."""

    blocks: Sequence[Block]
    counts: Sequence[Count]

    def to_json(self) -> dict[str, Any]:
        return {
            "waiting": [block.to_json() for block in self.blocks],
            "office": {one.id: one.count for one in self.counts},
        }


def waits(by: Actor) -> Waits:
    """At most nine queries: four of the board, four of papers that are being made, one of money.

    One more for works, which only the research office judges: it makes no papers.
    """
    found = board.waiting(by)
    writes = by.organisations(Permission.WRITE_PAPER) | by.organisations(Permission.SIGN_OFF)
    papers = at_work(by) if writes or by.may(Permission.WRITE_PAPER) else []
    blocks = [
        _block("follow-ups", _("What you do after decisions"), _follow_ups(found.follow_ups), "follow_up_list"),
        _block("answers", _("Meetings that wait for your answer"), map(_meeting, found.to_answer), "meeting_list"),
        _block("papers", _("Yearly papers"), _papers(papers), "paper_work_list"),
        _block("works", _("Works that wait to be judged"), map(_work, queue(by)), "review_list"),
        _block("proposals", _("Items that your organisation proposed"), map(_item, found.proposals), "meeting_list"),
    ]
    return Waits([block for block in blocks if block.count], _office(by, found) if by.may(Permission.BOOK) else [])


def _block(name: str, title: str, lines: Iterable[Line], address: str) -> Block:
    found = list(lines)
    labels = {
        "follow_up_list": _("All follow-ups"),
        "meeting_list": _("All meetings"),
        "paper_work_list": _("All papers that are being made"),
        "review_list": _("All works to judge"),
    }
    return Block(name, title, found[:SHOWN], len(found), url_or_nothing(address), labels[address])


def _follow_ups(found: Sequence[FollowUpView]) -> list[Line]:
    """What is overdue comes first: they are due earliest."""
    return [
        Line(
            text=one.words,
            url=reverse("follow_up", kwargs={"pk": one.id}),
            detail=_("%(organisation)s, by %(day)s") % {"organisation": one.organisation_name, "day": when(one.due)},
            state=STANDINGS[one.standing][0],
            state_label=str(STANDINGS[one.standing][1]),
            demo=one.demo,
        )
        for one in found
    ]


def _meeting(found: MeetingView) -> Line:
    detail = f"{when(found.day)}, {timezone.localtime(found.start):%H:%M}"
    return Line(found.title, _url(found), f"{detail}, {found.place}" if found.place else detail, demo=found.demo)


def _work(found: Submission) -> Line:
    sent = when(found.sent_at) if found.sent_at else ""
    detail = _("%(author)s, sent on %(day)s") % {"author": found.author.name, "day": sent}
    record = found.record
    return Line(record.titles, reverse("review", kwargs={"key": record.key}), detail, demo=record.demo)


def _item(found: ProposalView) -> Line:
    told = [f"{words(found.meeting.title)}, {when(found.meeting.day)}", str(ITEM_STATES[found.state])]
    if found.reason:
        told.append(found.reason)
    elif found.papers_due:
        told.append(_("no paper yet; due on %(day)s") % {"day": when(timezone.localdate(found.papers_due))})
    return Line(found.title, _url(found.meeting), ", ".join(told), demo=found.meeting.demo)


def _papers(found: Sequence[AtWork]) -> Iterable[Line]:
    """Papers of which the asker must write a section or say whether their organisation agrees."""
    for one in found:
        address = url_or_nothing("paper_work", kind=one.paper.kind, year=str(one.paper.year))
        title = f"{words(one.title)} {one.paper.year}"
        if mine := len(one.mine):
            told = ngettext("%(count)s section to write", "%(count)s sections to write", mine) % {"count": mine}
            yield Line(title, address, told, demo=one.paper.demo)
        if one.must_sign:
            names = ", ".join(words(name) for name in one.must_sign)
            yield Line(title, address, _("does %(names)s agree?") % {"names": names}, demo=one.paper.demo)


def _office(by: Actor, found: board.Waiting) -> list[Count]:
    """What waits for the programme office, so far as there is any."""
    money = money_waiting(by)
    asked, lines = money.invoices, money.bank_lines
    late, proposed = len(found.overdue), len(found.to_place)
    place = _url(found.to_place[0].meeting) if proposed else ""
    counts = [
        ("invoices", asked, ngettext("invoice to judge", "invoices to judge", asked), url_or_nothing("invoice_list")),
        ("bank", lines, ngettext("bank line to assign", "bank lines to assign", lines), url_or_nothing("bank_list")),
        (
            "overdue",
            late,
            ngettext("overdue follow-up", "overdue follow-ups", late),
            f"{reverse('follow_up_list')}?standing=overdue",
        ),
        ("proposals", proposed, ngettext("proposal to place", "proposals to place", proposed), place),
    ]
    return [Count(name, number(count), label, url, count) for name, count, label, url in counts if count]


def _url(meeting: MeetingView) -> str:
    return reverse("meeting", kwargs={"key": meeting.key})
