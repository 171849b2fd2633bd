# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The yearly papers: read once they are decided, and made in the workspace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.core.actions import put_organisations
from mainport.core.rules.languages import say
from mainport.core.rules.permissions import Actor
from mainport.cycle.actions import papers as actions
from mainport.cycle.models import Paper, Section
from tests.conftest import BY
from tests.functional.matrix import Stage, page, row, table
from tests.integration.cycle.stage import coordinator, written

KIND, YEAR = "implementation-agenda", 2023
FIRST = "introduction"
GIVEN = "goal-labour"


def office(stage: Stage) -> Actor:
    return stage.cast.dave.actor


def _organisations() -> None:
    """Every partner as an organisation that can sign."""
    put_organisations(by=BY, names={partner.key: say(partner.title, "nl") for partner in agenda.elements(Kind.PARTNER)})


def _drafted(stage: Stage) -> Paper:
    """A draft of which the Hanzehogeschool writes one section."""
    paper = actions.open(by=office(stage), kind=KIND, year=YEAR)
    actions.assign(by=office(stage), section=paper.sections.get(key=GIVEN), organisation="hanze")
    return paper


def _whole(stage: Stage) -> Paper:
    return written(KIND, YEAR)


def _laid(stage: Stage) -> Paper:
    return actions.lay_before(by=office(stage), paper=_whole(stage))


def _signed(stage: Stage) -> Paper:
    _organisations()
    paper = _laid(stage)
    for partner in agenda.elements(Kind.PARTNER):
        actions.sign(by=coordinator(partner.key), paper=paper, organisation=partner.key, agrees=True)
    return paper


def _decided(stage: Stage) -> Paper:
    return actions.decide(by=office(stage), paper=_signed(stage))


def _year(make: Callable[[Stage], Paper]) -> Callable[[Stage], int]:
    return lambda stage: make(stage).year


draft, whole, laid, signed, decided = (_year(make) for make in (_drafted, _whole, _laid, _signed, _decided))


def replaced(stage: Stage) -> int:
    """A paper of which a second version was decided."""
    first = _decided(stage)
    paper = actions.open(by=office(stage), kind=KIND, year=YEAR)
    paper = actions.lay_before(by=office(stage), paper=paper)
    actions.decide(by=office(stage), paper=paper, ahead="Spoed")
    return first.year


def said(stage: Stage) -> int:
    """A comment of Bob's on a section of the programme office."""
    section = _drafted(stage).sections.get(key=FIRST)
    return actions.comment(by=stage.cast.bob.actor, section=section, words="Graag korter").pk


def text(stage: Stage) -> dict[str, Any]:
    revision = Section.objects.get(paper__kind=KIND, paper__year=YEAR, key=GIVEN).revision
    return {"text_nl": "Tekst", "text_en": "Text", "revision": f"{revision}"}


def stale(_stage: Stage) -> dict[str, Any]:
    return {"text_nl": "Tekst", "text_en": "Text", "revision": "99"}


def at(year: Any, **more: Any) -> dict[str, Any]:
    return {"kind": KIND, "year": year, **more}


OPENING = {"kind": KIND, "year": "2024"}
SIGNED = {"organisation": "hanze", "agrees": "yes"}
NOT_LAID = "302     404   404     404 404  404  404   404"
OFFICE = "302     403   403     403 200  403  403   403"
BY_OFFICE = "302     403   403     403 302  403  403   403"
INSIDE = "302     200   200     200 200  200  404   404"
DONE = "302     302   302     302 302  302  404   404"
WRITERS = "302     200   403     200 200  403  404   404"

# fmt: off
ROWS = table(
    #                                                            visitor alice charlie bob dave erin frank grace
    page("yearly_paper_list",                               get="200"),
    page("yearly_paper", at(decided),                       get="200"),
    page("yearly_paper", at(draft),                         get="404"),
    page("yearly_paper_version", at(replaced, version=1),   get="200"),
    page("yearly_paper_version", at(decided, version=9),    get="404"),
    row("yearly_paper_file", at(decided, version=1, language="nl", format="pdf"), get="200"),
    row("yearly_paper_file", at(decided, version=1, language="nl", format="exe"), get="404"),
    row("yearly_paper_file", at(decided, version=1, language="fr", format="pdf"), get="404"),
    row("yearly_paper_file", at(draft, version=1, language="nl", format="pdf"), get="404"),
    page("paper_work_list",                                 get="302     200   200     200 200  200  200   200"),
    row("paper_open",                                       get=OFFICE, post=BY_OFFICE, data=OPENING),
    page("paper_work", at(draft),                           get=INSIDE),
    page("paper_work", at(laid),                            get=INSIDE),
    page("paper_work", at(1999),                            get=NOT_LAID),
    row("paper_preview", at(draft),                         get=INSIDE),
    row("paper_preview", at(decided),                       get=NOT_LAID),
    row("paper_preview_file", at(draft, language="nl", format="pdf"), get=INSIDE),
    page("paper_check", at(signed),                         get=INSIDE),
    row("paper_lay_before", at(whole),                      get="405", post=BY_OFFICE),
    row("paper_take_back", at(laid),                        get=OFFICE, post=BY_OFFICE, data={"why": "Een fout"}),
    row("paper_sign", at(laid),                             get="302     403   403     200 403  403  404   404",
                                                           post="302     403   403     302 403  403  404   404",
                                                           data=SIGNED),
    row("paper_sign", at(draft),                            get=NOT_LAID),
    row("paper_decide", at(signed),                         get=OFFICE, post=BY_OFFICE, data={"decision": ""}),
    row("paper_section", at(draft, section=GIVEN),          get=INSIDE,
                                                           post="302     302   403     302 302  403  404   404",
                                                           data=text),
    row("paper_section", at(draft, section=GIVEN),          get=INSIDE, post=WRITERS, data=stale),
    row("paper_section", at(draft, section="nothing"),      get=NOT_LAID),
    row("paper_chapter", at(draft, section=GIVEN),          get=INSIDE),
    row("paper_section_writer", at(draft, section=FIRST),   get=OFFICE, post=BY_OFFICE, data={"organisation": "rug"}),
    page("paper_section_versions", at(whole, section=FIRST), get=INSIDE),
    row("paper_comment", at(draft, section=FIRST),          get="405", post=DONE, data={"words": "Mooi"}),
    row("paper_comment_resolve", at(YEAR, section=FIRST, pk=said), get="405",
                                                           post="302     403   403     302 302  403  404   404"),
)
# fmt: on
