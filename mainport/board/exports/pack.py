# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pack of a meeting: front page, agenda with times, each item with its summary, and its papers; one PDF.

What the asker may not read isn't in it: the members' pack holds confidential papers, the public one doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from mainport.agenda.queries import alliance
from mainport.board import queries
from mainport.board.actions.documents import record_opening
from mainport.board.models import Document as Paper
from mainport.board.queries import FullMeeting, ItemView
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor
from mainport.cycle.rules.document import Block, Bullets, Column, Document, Heading, Note, Paragraph, Table

MEDIA_TYPE = "application/pdf"
_PDF = "application/pdf"


@dataclass(frozen=True)
class Pack:
    """A pack that was made; of the papers in `left_out` it holds a page that says why they are not in it."""

    content: bytes
    pages: int
    papers: int
    left_out: list[str] = field(default_factory=list)


def write(*, by: Actor, meeting: str, language: str) -> Pack:
    """The pack of a meeting (its key) as this asker may read it. Openings of confidential papers are logged.

    Raises queries.Unseen, queries.Damaged.
    """
    from mainport.board.exports import joining
    from mainport.cycle.exports import papers as writers

    full = queries.meeting(by, meeting)
    papers = queries.documents_of_meeting(by, meeting)
    contents = [queries.content_of(paper) for paper in papers]
    left_out = [paper for paper, content in zip(papers, contents, strict=True) if joining.check(content)]
    parts = [
        joining.Part(_bookmark(full, paper), content, name=queries.file_name(paper))
        for paper, content in zip(papers, contents, strict=True)
    ]
    front = writers.render(document(full, language), "pdf")
    content, pages = joining.join(front, parts, title=_title(full, language), language=language)
    record_opening(by=by, documents=[paper for paper in papers if paper not in left_out])
    return Pack(content, pages, len(papers) - len(left_out), [paper.title for paper in left_out])


def document(full: FullMeeting, language: str) -> Document:
    """What stands before the papers: the front page, the agenda and the items."""
    with translation.override(language):
        found = alliance()
        view = full.meeting
        return Document(
            title=_title(full, language),
            subtitle=f"{_day(view.start)}, {_hours(view.start, view.end)}" + (f", {view.place}" if view.place else ""),
            language=language,
            date=view.day.isoformat(),
            author=say(found.title, language) if found else "Mainport",
            blocks=tuple(_blocks(full, language)),
            footer=_("Invented example") if view.demo else "",
            facts={"meeting": view.key},
        )


def _blocks(full: FullMeeting, language: str) -> Iterator[Block]:
    yield Heading(1, pgettext("meeting", "Agenda"), "agenda")
    if full.items:
        yield _agenda(full, language)
    else:
        yield Paragraph(_("Nothing is on the agenda yet."))
    if full.invitations:
        yield Heading(1, _("Who is invited"), "invited")
        yield Bullets(tuple(dict.fromkeys(_guest(one.person, one.organisation_name) for one in full.invitations)))
    for item in full.items:
        yield from _item(item, language)


def _agenda(full: FullMeeting, language: str) -> Table:
    rows = tuple(
        (
            str(item.position),
            _hour(item.begins) if item.begins else "",
            _name(item, language),
            _purpose(item),
            _minutes(item.minutes),
        )
        for item in full.items
    )
    columns = (
        Column(pgettext("item", "No."), figures=True),
        Column(_("Time"), figures=True),
        Column(_("Item")),
        Column(_("Purpose")),
        Column(_("Duration"), figures=True),
    )
    return Table(_("What is on the agenda"), columns, rows)


def _item(item: ItemView, language: str) -> Iterator[Block]:
    yield Heading(1, f"{item.position}. {_name(item, language)}", f"item-{item.position}")
    if item.withheld:
        yield Paragraph(_("This item is confidential: %(reason)s") % {"reason": item.confidential})
        return
    if item.confidential:
        yield Note(item.confidential, pgettext("board", "Confidential"), attention=True)
    about = [_purpose(item), _minutes(item.minutes)]
    if item.proposed_by_name:
        about.append(_("proposed by %(who)s") % {"who": item.proposed_by_name})
    yield Paragraph(", ".join(about), small=True)
    for paragraph in say(item.summary, language).split("\n\n"):
        if paragraph.strip():
            yield Paragraph(paragraph.strip())
    if item.elements:
        yield Paragraph(_("This is about:"))
        yield Bullets(tuple(f"{element.key} {say(element.title, language)}" for element in item.elements))
    if item.documents:
        yield Paragraph(ngettext("Paper:", "Papers:", len(item.documents)))
        yield Bullets(tuple(_paper(one.title, one.media_type, late=one.late) for one in item.documents))
    for decision in item.decisions:
        words = say(decision.text, language) or _("This decision is confidential: %(reason)s") % {
            "reason": decision.confidential
        }
        yield Note(words, _("Decision %(key)s") % {"key": decision.key})


def _title(full: FullMeeting, language: str) -> str:
    body, title = say(full.meeting.body.title, language), say(full.meeting.title, language)
    return title if body.casefold() in title.casefold() else f"{body}: {title}"


def _name(item: ItemView, language: str) -> str:
    return say(item.title, language) if item.title else _("Confidential item")


def _purpose(item: ItemView) -> str:
    return {
        "inform": pgettext("purpose of an item", "to inform"),
        "discuss": pgettext("purpose of an item", "to discuss"),
        "decide": pgettext("purpose of an item", "to decide"),
    }[item.purpose]


def _minutes(number: int) -> str:
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def _guest(person: str, organisation: str) -> str:
    return f"{person}, {organisation}" if person and organisation else person or organisation or _("a guest")


def _paper(title: str, media_type: str, *, late: bool) -> str:
    marks = []
    if late:
        marks.append(_("came after the deadline"))
    if media_type != _PDF:
        marks.append(_("not in this pack: open it on the site"))
    return f"{title} ({', '.join(marks)})" if marks else title


def _bookmark(full: FullMeeting, paper: Paper) -> str:
    position = next((item.position for item in full.items if item.id == paper.item_id), None)
    return f"{position}. {paper.title}" if position else paper.title


def _day(moment: datetime) -> str:
    return str(date_format(timezone.localtime(moment), "l j F Y"))


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def _hours(start: datetime, end: datetime) -> str:
    return f"{_hour(start)}–{_hour(end)}"
