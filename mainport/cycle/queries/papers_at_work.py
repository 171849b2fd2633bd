# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The papers that are being made: what each still lacks and who must do it; and one chapter as it would read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission
from mainport.cycle.models import Paper, Section, SignOff
from mainport.cycle.queries import drawn
from mainport.cycle.queries.papers import Frame, frame, visible
from mainport.cycle.rules import papers as rules
from mainport.cycle.rules.document import Document, Heading
from mainport.cycle.rules.papers import DecisionLine, SectionPlan


@dataclass(frozen=True)
class ToWrite:
    """A section of which a text is still to be written. `mine`: by the asker's organisation, or office."""

    section: Section
    title: Text
    languages: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class AtWork:
    """A paper that is being made. Of the partners: who agreed, who didn't, who hasn't said."""

    paper: Paper
    title: Text
    sections: int
    missing: tuple[ToWrite, ...]
    comments: int  # that are open
    agreed: tuple[Text, ...]
    refused: tuple[Text, ...]
    silent: tuple[Text, ...]
    must_sign: tuple[Text, ...]  # for whom the asker may sign, and who haven't said anything

    @property
    def mine(self) -> list[ToWrite]:
        return [one for one in self.missing if one.mine]


def undecided() -> list[Paper]:
    """Papers that wait to be decided. For who records decisions. One query."""
    return list(Paper.objects.filter(state__in=[Paper.State.DRAFT, Paper.State.SIGNING]))


def at_work(by: Actor) -> list[AtWork]:
    """The papers that are being made, as far as this actor may know of them; the newest year first. Four queries."""
    rows = list(
        visible(by)
        .filter(state__in=(Paper.State.DRAFT, Paper.State.SIGNING))
        .annotate(open_count=Count("sections__comments", filter=Q(sections__comments__resolved_at=None), distinct=True))
    )
    if not rows:
        return []
    around = frame()
    sections: defaultdict[int, list[Section]] = defaultdict(list)
    for section in Section.objects.filter(paper__in=rows).select_related("writer").order_by("paper", "position"):
        sections[section.paper_id].append(section)
    said: defaultdict[int, dict[str, SignOff]] = defaultdict(dict)
    for row in SignOff.objects.filter(paper__in=rows).select_related("organisation"):
        said[row.paper_id][row.organisation.key] = row
    return [_at_work(by, row, around, sections[row.pk], said[row.pk]) for row in rows]


def _at_work(
    by: Actor, paper: Paper, around: Frame, sections: Sequence[Section], said: Mapping[str, SignOff]
) -> AtWork:
    plans = {plan.key: plan for plan in rules.sections(paper.kind, around.pillars)}
    rows = {row.key: row for row in sections}
    asked = [plans[key] for key in rows if key in plans]
    missing = rules.lacking(asked, {key: row.text for key, row in rows.items()}, around.languages)
    waits = paper.state == Paper.State.SIGNING
    silent = [key for key in around.partners if key not in said]
    return AtWork(
        paper=paper,
        title=around.kinds.get(paper.kind, {"mul": paper.kind}),
        sections=len(sections),
        missing=tuple(
            ToWrite(rows[one.section], plans[one.section].title, one.languages, _is_mine(by, rows[one.section]))
            for one in missing
        ),
        comments=getattr(paper, "open_count", 0),
        agreed=tuple(title for key, title in around.partners.items() if key in said and said[key].agrees),
        refused=tuple(title for key, title in around.partners.items() if key in said and not said[key].agrees),
        silent=tuple(around.partners[key] for key in silent),
        must_sign=tuple(around.partners[key] for key in silent if waits and by.may(Permission.SIGN_OFF, key)),
    )


def _is_mine(by: Actor, section: Section) -> bool:
    """Whether it was given to the asker's own organisation, or to nobody and the asker is the programme office."""
    if section.writer:
        return section.writer.key in by.organisations(Permission.WRITE_PAPER)
    return by.may(Permission.WRITE_PAPER)


def chapter(
    paper: Paper, plan: SectionPlan, text: Text, language: str, *, decisions: Sequence[DecisionLine] = ()
) -> Document:
    """One chapter of a paper as it would read with this text, kept or not, beside what is drawn up.

    Some twenty-five queries. Raises NoAgenda.
    """
    facts = drawn.read(paper.year, decisions=decisions)
    whole = drawn.write_up(paper, facts, language, [(plan, text)])
    blocks = list(whole.blocks)
    begin = next(
        (place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.id == plan.key),
        len(blocks),
    )
    return replace(whole, blocks=tuple(blocks[begin:]))
