# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the yearly papers. What was decided is public; what is being made is for who makes it and who decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import PILLARS, Kind
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission
from mainport.cycle.models import Comment, Paper, Section, SectionVersion, SignOff
from mainport.cycle.queries import drawn, ties
from mainport.cycle.rules import papers as rules
from mainport.cycle.rules.document import Document
from mainport.cycle.rules.papers import DecisionLine, Lacking, Pillar, SectionPlan, Written
from mainport.cycle.rules.ties import Difference

State = Paper.State
_KEPT = (State.DECIDED, State.REPLACED)


class NoSuchPaper(LookupError):
    """There is no such paper, or this actor may not know of it."""


# --- What the agenda says ---


@dataclass(frozen=True)
class Frame:
    """What papers need of the agenda: its languages, kinds of paper, goals and sectors, and partners. One query."""

    languages: tuple[str, ...]
    kinds: Mapping[str, Text]
    pillars: tuple[Pillar, ...]
    partners: Mapping[str, Text]


def frame() -> Frame:
    found = list(agenda.elements(Kind.ALLIANCE, Kind.PAPER, Kind.PARTNER, *PILLARS))

    def of(kind: Kind) -> list[Element]:
        return [element for element in found if element.kind == kind]

    top = next(iter(of(Kind.ALLIANCE)), None)
    return Frame(
        languages=tuple(top.attributes["languages"]) if top else (),
        kinds={element.key: element.title for element in of(Kind.PAPER)},
        pillars=tuple(Pillar(e.uid, e.title) for kind in PILLARS for e in of(kind)),
        partners={element.key: element.title for element in of(Kind.PARTNER)},
    )


def pillars() -> tuple[Pillar, ...]:
    return frame().pillars


def languages() -> tuple[str, ...]:
    return frame().languages


def signatories() -> tuple[str, ...]:
    """Keys of the partners of the alliance: each says whether it agrees with a paper."""
    return tuple(frame().partners)


# --- Who may see and do what ---


def may_read(by: Actor, paper: Paper) -> bool:
    """A decided paper is everybody's. Before, it is seen by who writes papers or may read the money."""
    return paper.state in _KEPT or _sees_drafts(by)


def _sees_drafts(by: Actor) -> bool:
    writes = by.may(Permission.WRITE_PAPER) or bool(by.organisations(Permission.WRITE_PAPER))
    return writes or by.may(Permission.READ_MONEY)


def may_write(by: Actor, section: Section) -> bool:
    """The programme office writes everywhere, an organisation where a section was given to it."""
    return by.may(Permission.WRITE_PAPER, section.writer.key if section.writer else None)


def visible(by: Actor) -> QuerySet[Paper]:
    found = Paper.objects.select_related("edition")
    return found if _sees_drafts(by) else found.filter(state__in=_KEPT)


# --- Lists ---


@dataclass(frozen=True)
class PaperLine:
    """One paper in a list."""

    paper: Paper
    title: Text
    sections: int
    written: int
    comments: int  # that are open
    agreed: int
    partners: int


def papers(by: Actor, *, year: int | None = None, kind: str = "") -> list[PaperLine]:
    """The papers that this actor may know of, the newest year first. Two queries."""
    rows = visible(by).defer("content")
    rows = rows.filter(year=year) if year is not None else rows
    rows = rows.filter(kind=kind) if kind else rows
    around = frame()
    counted = rows.annotate(
        sections_count=Count("sections", distinct=True),
        written_count=Count("sections", filter=~Q(sections__text={}), distinct=True),
        open_count=Count("sections__comments", filter=Q(sections__comments__resolved_at=None), distinct=True),
        agreed_count=Count("sign_offs", filter=Q(sign_offs__agrees=True), distinct=True),
    )
    return [
        PaperLine(
            paper=row,
            title=around.kinds.get(row.kind, {"mul": row.kind}),
            sections=row.sections_count,
            written=row.written_count,
            comments=row.open_count,
            agreed=row.agreed_count,
            partners=len(around.partners),
        )
        for row in counted
    ]


def find(by: Actor, kind: str, year: int, version: int | None = None) -> Paper:
    """The paper: this version, else the one that is being made, else the last. Raises NoSuchPaper."""
    rows = visible(by).filter(kind=kind, year=year).order_by("-version")
    paper = rows.filter(version=version).first() if version is not None else rows.first()
    if paper is None:
        raise NoSuchPaper(f"{kind} {year}" + (f", version {version}" if version is not None else ""))
    return paper


def unbegun(kind: str, year: int) -> Paper:
    """A paper that nobody has begun, to see how it would be drawn up. It is not stored."""
    return Paper(kind=kind, year=year)


def in_force(kind: str, year: int) -> Paper | None:
    """The version that was decided last; None where none was."""
    return Paper.objects.select_related("edition").filter(kind=kind, year=year, state=State.DECIDED).first()


# --- One paper ---


@dataclass(frozen=True)
class SectionView:
    """A section as it is worked on. `plan` is None where the agenda no longer has what it is about."""

    section: Section
    plan: SectionPlan | None
    comments: tuple[Comment, ...]
    missing: tuple[str, ...]  # languages
    may_write: bool

    @property
    def open_comments(self) -> int:
        return sum(comment.resolved_at is None for comment in self.comments)


@dataclass(frozen=True)
class Signature:
    """What a partner said of a paper, and whether the asker may say it."""

    organisation: str
    title: Text
    said: SignOff | None
    may_sign: bool


@dataclass(frozen=True)
class PaperView:
    """A paper with all that a page of it shows."""

    paper: Paper
    title: Text
    languages: tuple[str, ...]
    sections: tuple[SectionView, ...]
    signatures: tuple[Signature, ...]
    versions: tuple[Paper, ...]
    may_manage: bool

    @property
    def missing(self) -> list[SectionView]:
        return [view for view in self.sections if view.missing]


def view(by: Actor, kind: str, year: int, version: int | None = None) -> PaperView:
    """Six queries. Raises NoSuchPaper."""
    paper = find(by, kind, year, version)
    around = frame()
    plans = {plan.key: plan for plan in rules.sections(kind, around.pillars)}
    rows = list(paper.sections.select_related("writer"))
    for row in rows:
        row.paper = paper
    said: defaultdict[int, list[Comment]] = defaultdict(list)
    # What was said while a paper was made isn't for everybody who may read it once it is decided.
    if _sees_drafts(by):
        for comment in Comment.objects.filter(section__paper=paper).select_related("person"):
            said[comment.section_id].append(comment)
    missing = {one.section: one.languages for one in _lacking(rows, around)}
    signed = {row.organisation.key: row for row in paper.sign_offs.select_related("organisation")}
    writable = paper.state == State.DRAFT
    return PaperView(
        paper=paper,
        title=around.kinds.get(kind, {"mul": kind}),
        languages=around.languages,
        sections=tuple(
            SectionView(
                section=row,
                plan=plans.get(row.key),
                comments=tuple(said[row.pk]),
                missing=missing.get(row.key, ()),
                may_write=writable
                and may_write(by, row)
                and (row.key in plans and plans[row.key].written is not Written.NEVER),
            )
            for row in rows
        ),
        signatures=tuple(
            Signature(
                key,
                title,
                signed.get(key),
                paper.state == State.SIGNING and by.may(Permission.SIGN_OFF, key),
            )
            for key, title in around.partners.items()
        ),
        versions=tuple(visible(by).filter(kind=kind, year=year).defer("content")),
        may_manage=by.may(Permission.MANAGE_PAPERS),
    )


def section(by: Actor, kind: str, year: int, key: str) -> Section:
    """A section of the paper that is being made, or of the last. Two queries. Raises NoSuchPaper."""
    paper = find(by, kind, year)
    row = paper.sections.select_related("writer", "paper").filter(key=key).first()
    if row is None:
        raise NoSuchPaper(f"{kind} {year}, section {key}")
    return row


def section_versions(by: Actor, row: Section) -> list[SectionVersion]:
    """What a section said before, the last first; for who may see drafts."""
    return list(row.versions.all()) if _sees_drafts(by) else []


# --- What stands in the way of a decision ---


def lacking(paper: Paper) -> list[Lacking]:
    """The texts that must still be written."""
    return _lacking(_rows(paper), frame())


def _lacking(rows: Sequence[Section], around: Frame) -> list[Lacking]:
    if not rows:
        return []
    plans = {plan.key: plan for plan in rules.sections(rows[0].paper.kind, around.pillars)}
    asked = [plans[row.key] for row in rows if row.key in plans]
    return rules.lacking(asked, {row.key: row.text for row in rows}, around.languages)


def _rows(paper: Paper) -> list[Section]:
    """The sections in their order; none of a paper that nobody has begun."""
    return list(paper.sections.select_related("paper")) if paper.pk else []


def unsigned(paper: Paper) -> list[tuple[str, str]]:
    """The partners who haven't said that they agree: key, and what they said."""
    said = {row.organisation.key: row for row in paper.sign_offs.select_related("organisation")}
    found = []
    for key in signatories():
        row = said.get(key)
        if row is None:
            found.append((key, "nothing"))
        elif not row.agrees:
            found.append((key, f"a refusal: {row.reason}"))
    return found


def differences(paper: Paper) -> list[Difference]:
    """The figures that should be the same and aren't, as the ledger stands now."""
    cover: Text = next((row.text for row in _rows(paper) if row.key == "cover"), {})
    named = bool(cover) and all(cover.get(language, "").strip() for language in languages())
    return ties.differences(paper.kind, drawn.read(paper.year), gap_is_named=named)


# --- As a document ---


def document(by: Actor, paper: Paper, language: str, *, decisions: Sequence[DecisionLine] = ()) -> Document:
    """A decided paper as it was kept; any other as it would read now, marked as a draft. Raises NoSuchPaper."""
    if not may_read(by, paper):
        raise NoSuchPaper(str(paper))
    if paper.content:
        kept = paper.content.get(language) or next(iter(paper.content.values()))
        return Document.from_json(kept)
    return draw(paper, (language,), decisions=decisions)[language]


def draw(
    paper: Paper,
    wanted: Sequence[str],
    *,
    decisions: Sequence[DecisionLine] = (),
    known_at: datetime | None = None,
) -> dict[str, Document]:
    """The paper drawn up from what is stored now, in these languages; indicators as known at a moment."""
    facts = drawn.read(paper.year, known_at=known_at, decisions=decisions)
    plans = {plan.key: plan for plan in rules.sections(paper.kind, frame().pillars)}
    rows = [(plans[row.key], row.text) for row in _rows(paper) if row.key in plans]
    rows = rows if paper.pk else [(plan, {}) for plan in plans.values()]
    return {language: drawn.write_up(paper, facts, language, rows) for language in wanted}
