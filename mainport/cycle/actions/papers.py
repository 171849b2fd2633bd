# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Opens, writes, comments, signs and decides the yearly papers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.core.actions import record
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, NotAllowed, Permission, require
from mainport.cycle.actions.ledger import hold
from mainport.cycle.models import Comment, Paper, Section, SectionVersion, SignOff
from mainport.cycle.queries import papers as queries
from mainport.cycle.rules.papers import DecisionLine, SectionPlan, Written, in_order, sections
from mainport.monitor.actions import editions

State = Paper.State
#: Characters of one language of one section.
LONGEST = 50_000


class Refused(ValueError):
    """A paper that can't be opened, written or laid down like this: field, what was found, what was expected."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        self.field, self.found, self.expected = field, found, expected
        super().__init__(f"{field}: found {found}, expected {expected}")


class Stale(Refused):
    """Somebody else changed the section since the form was opened."""


class Undecidable(ValueError):
    """A paper that can't be decided; `troubles` says everything that stands in the way."""

    def __init__(self, troubles: Sequence[str]) -> None:
        self.troubles = list(troubles)
        super().__init__("; ".join(troubles))


def name_of(paper: Paper) -> str:
    """How the audit log and decisions name a paper."""
    return f"paper:{paper.kind}-{paper.year}-v{paper.version}"


# --- Opening ---


@transaction.atomic
def open(*, by: Actor, kind: str, year: int, demo: bool = False) -> Paper:  # noqa: A001 - as `papers.open`
    """Begin a paper of a kind that the agenda knows. Of the year before it takes over the order and the writers;
    where this year's was decided already, a new version begins with its texts.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_PAPERS)
    known = [element.key for element in agenda.elements(Kind.PAPER)]
    if kind not in known:
        raise Refused("kind", kind or "nothing", ", ".join(known) or "an agenda that names its papers")
    if not 2000 <= year <= 2100:
        raise Refused("year", str(year), "a year from 2000 to 2100")
    list(Paper.objects.select_for_update().filter(kind=kind, year=year).values_list("pk"))
    there = Paper.objects.filter(kind=kind, year=year).order_by("-version").first()
    if there and there.state in (State.DRAFT, State.SIGNING):
        raise Refused("year", f"{kind} {year}, version {there.version}, that is being made", "a paper that isn't")
    before = there or Paper.objects.filter(kind=kind, year__lt=year).order_by("-year", "-version").first()
    paper = Paper.objects.create(
        kind=kind,
        year=year,
        version=there.version + 1 if there else 1,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )
    _lay_out(paper, before, takes_texts=there is not None)
    record(by=by, action="paper.open", subject=name_of(paper), after=str(before or ""))
    return paper


def _lay_out(paper: Paper, before: Paper | None, *, takes_texts: bool) -> None:
    old = {section.key: section for section in before.sections.all()} if before else {}
    plans = in_order(sections(paper.kind, queries.pillars()), list(old))
    Section.objects.bulk_create(
        Section(
            paper=paper,
            key=plan.key,
            position=position,
            writer=old[plan.key].writer if plan.key in old else None,
            text=old[plan.key].text if takes_texts and plan.key in old else {},
        )
        for position, plan in enumerate(plans)
    )


# --- Writing ---


@transaction.atomic
def assign(*, by: Actor, section: Section, organisation: str = "") -> Section:
    """Say which organisation writes a section; '' for the programme office. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_PAPERS)
    section = _hold(section, State.DRAFT)
    writer = Organisation.objects.filter(key=organisation).first() if organisation else None
    if organisation and writer is None:
        raise Refused("organisation", organisation, "the key of an organisation")
    section.writer = writer
    section.save(update_fields=["writer"])
    record(by=by, action="paper.assign", subject=name_of(section.paper), section=section.key, organisation=organisation)
    return section


@transaction.atomic
def write(*, by: Actor, section: Section, text: Mapping[str, str], revision: int) -> Section:
    """Put another text in a section, by language; one that isn't named stays. The old one is kept as a version.

    `revision` is that of the form. Raises NotAllowed, Stale, Refused.
    """
    section = _hold(section, State.DRAFT)
    if not queries.may_write(by, section):
        raise NotAllowed(f"{by.name or 'a visitor'} may not write {section.key} of {section.paper}")
    plan = plan_of(section)
    if plan is None or plan.written is Written.NEVER:
        raise Refused("section", section.key, "a section that people write")
    if revision != section.revision:
        found = f"revision {revision}"
        raise Stale("revision", found, f"{section.revision}: {section.changed_by} changed it meanwhile")
    languages = queries.languages()
    for language, words in text.items():
        if language not in languages:
            raise Refused("text", language, " or ".join(languages))
        if len(words) > LONGEST:
            raise Refused("text", f"{len(words)} characters", f"at most {LONGEST}")
    new = {k: v for k, v in {**section.text, **{k: v.strip() for k, v in text.items()}}.items() if v}
    if new == section.text:
        return section
    SectionVersion.objects.create(
        section=section,
        revision=section.revision,
        text=section.text,
        by_name=section.changed_by or section.paper.by_name,
        at=section.changed_at or section.paper.at,
    )
    section.text, section.revision = new, section.revision + 1
    section.changed_by, section.changed_at = by.name, timezone.now()
    section.save(update_fields=["text", "revision", "changed_by", "changed_at"])
    record(by=by, action="paper.write", subject=name_of(section.paper), section=section.key, revision=section.revision)
    return section


def plan_of(section: Section) -> SectionPlan | None:
    """What the rules say of a section; None of one that the agenda no longer has."""
    return next((p for p in sections(section.paper.kind, queries.pillars()) if p.key == section.key), None)


@transaction.atomic
def comment(*, by: Actor, section: Section, words: str) -> Comment:
    """Say something of a section to its writers. Raises NotAllowed, Refused."""
    section = _hold(section, State.DRAFT, State.SIGNING)
    if not queries.may_read(by, section.paper):
        raise NotAllowed(f"{by.name or 'a visitor'} may not comment on {section.paper}")
    words = words.strip()
    if not 0 < len(words) <= LONGEST:
        raise Refused("words", f"{len(words)} characters", f"1 to {LONGEST}")
    made = Comment.objects.create(
        section=section, words=words, person_id=by.person_id, by_name=by.name, at=timezone.now()
    )
    record(by=by, action="paper.comment", subject=name_of(section.paper), section=section.key, comment=made.pk)
    return made


@transaction.atomic
def resolve(*, by: Actor, comment: Comment) -> Comment:
    """Mark a comment as dealt with: by who may write the section, or who made it. Raises NotAllowed."""
    section = _hold(comment.section, State.DRAFT, State.SIGNING)
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    own = comment.person_id is not None and comment.person_id == by.person_id
    if not own and not queries.may_write(by, section):
        raise NotAllowed(f"{by.name or 'a visitor'} may not resolve comments on {section.key}")
    if comment.resolved_at is None:
        comment.resolved_at, comment.resolved_by = timezone.now(), by.name
        comment.save(update_fields=["resolved_at", "resolved_by"])
        record(by=by, action="paper.resolve", subject=name_of(section.paper), comment=comment.pk)
    return comment


def _hold(section: Section, *states: Paper.State) -> Section:
    """The section and its paper as they are now, held; refused in another state."""
    _held(section.paper, *states)
    return Section.objects.select_for_update(of=("self",)).select_related("paper", "writer").get(pk=section.pk)


def _held(paper: Paper, *states: Paper.State) -> Paper:
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if held.state not in states:
        raise Refused("state", str(held.state), " or ".join(states))
    return held


# --- Before the partners ---


@transaction.atomic
def lay_before(*, by: Actor, paper: Paper) -> Paper:
    """Lay a paper before the partners: its texts rest until it is decided or taken back. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_PAPERS)
    paper = _held(paper, State.DRAFT)
    if missing := queries.lacking(paper):
        raise Refused("sections", "; ".join(map(str, missing)), "every required text")
    paper.state = State.SIGNING
    paper.save(update_fields=["state"])
    record(by=by, action="paper.lay-before", subject=name_of(paper))
    return paper


@transaction.atomic
def take_back(*, by: Actor, paper: Paper, why: str = "") -> Paper:
    """Let people write again. What partners said of the texts as they lay there counts no more; it stays in the log.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_PAPERS)
    paper = _held(paper, State.SIGNING)
    said = {row.organisation.key: row.agrees for row in paper.sign_offs.select_related("organisation")}
    paper.sign_offs.all().delete()
    paper.state = State.DRAFT
    paper.save(update_fields=["state"])
    record(by=by, action="paper.take-back", subject=name_of(paper), why=why, signed=said)
    return paper


@transaction.atomic
def sign(*, by: Actor, paper: Paper, organisation: str, agrees: bool, reason: str = "") -> SignOff:
    """Say for a partner that it agrees with a paper as it lies there, or that it doesn't and why.

    Raises NotAllowed, Refused.
    """
    require(by, Permission.SIGN_OFF, organisation)
    paper = _held(paper, State.SIGNING)
    partners = queries.signatories()
    if organisation not in partners:
        raise Refused("organisation", organisation, ", ".join(partners) or "a partner of the alliance")
    reason = reason.strip()
    if not agrees and not reason:
        raise Refused("reason", "nothing", "why the partner doesn't agree")
    row, _made = SignOff.objects.update_or_create(
        paper=paper,
        organisation=Organisation.objects.get(key=organisation),
        defaults={
            "agrees": agrees,
            "reason": reason,
            "person_id": by.person_id,
            "by_name": by.name,
            "at": timezone.now(),
        },
    )
    record(by=by, action="paper.sign", subject=name_of(paper), why=reason, organisation=organisation, agrees=agrees)
    return row


# --- Deciding ---


@transaction.atomic
def decide(
    *, by: Actor, paper: Paper, decision: str = "", ahead: str = "", decisions: Sequence[DecisionLine] = ()
) -> Paper:
    """Adopt a paper as it reads now, for ever: with the figures of the ledger and the indicators of this moment.

    `decision` is the key of the board's decision; `ahead` its reason to go ahead without the partners who haven't
    agreed. `decisions` are those of the year, for a paper that tells them. A version that was decided before is
    replaced and stays readable. Raises NotAllowed, Refused, Undecidable.
    """
    require(by, Permission.MANAGE_PAPERS)
    paper = _held(paper, State.SIGNING)
    ledger = hold()
    troubles = [str(trouble) for trouble in queries.lacking(paper)]
    troubles += [str(difference) for difference in queries.differences(paper)]
    if not ahead.strip():
        troubles += [f"signature of {key}: found {found}, expected agreement" for key, found in queries.unsigned(paper)]
    if troubles:
        raise Undecidable(troubles)
    edition = _freeze(by, paper)
    paper.through, paper.edition, paper.decision = ledger.last_number, edition, decision
    paper.decided_at = edition.known_at
    documents = queries.draw(paper, queries.languages(), decisions=decisions, known_at=edition.known_at)
    # As the database will give it back: lists, no tuples.
    content = json.loads(json.dumps({language: document.to_json() for language, document in documents.items()}))
    paper.content, paper.sha256 = content, digest(content)
    paper.state = State.DECIDED
    replaced = Paper.objects.filter(kind=paper.kind, year=paper.year, state=State.DECIDED).exclude(pk=paper.pk)
    replaced.update(state=State.REPLACED)
    paper.save()
    record(
        by=by,
        action="paper.decide",
        subject=name_of(paper),
        why=ahead,
        decision=decision,
        through=paper.through,
        edition=edition.key,
        sha256=paper.sha256,
    )
    return paper


def _freeze(by: Actor, paper: Paper) -> Any:
    kind = next((e.title for e in agenda.elements(Kind.PAPER) if e.key == paper.kind), {"mul": paper.kind})
    suffix = f" {paper.year}" + (f" ({paper.version})" if paper.version > 1 else "")
    key = f"{paper.kind}-{paper.year}-v{paper.version}"[-80:].strip("-")
    try:
        return editions.freeze(by=by, key=key, title={code: words + suffix for code, words in kind.items()})
    except editions.EditionExists as error:
        raise Undecidable([str(error)]) from error


def digest(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content of a decided paper, in a form that anybody can make again."""
    return hashlib.sha256(
        json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
