# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Decisions: stored together with their votes, their follow-ups and all that they change, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from mainport.agenda.models import Element
from mainport.board.actions import changes as applying
from mainport.board.actions.meetings import subject_of as meeting_subject
from mainport.board.actions.shared import (
    find_body,
    find_elements,
    find_organisation,
    held_item,
    hold,
    present_with_vote,
    require_state,
    require_text,
)
from mainport.board.models import Decision, FollowUp, Item, Vote
from mainport.board.rules import changes as change_rules
from mainport.board.rules import voting
from mainport.board.rules.changes import Change
from mainport.board.rules.keys import is_decision_key, next_decision_key
from mainport.board.rules.meetings import Deed, ItemState
from mainport.board.rules.refusals import Reason, Refused, Trouble, raise_any, refuse
from mainport.board.rules.seats import is_quorate
from mainport.board.rules.voting import Ballot, Manner
from mainport.core.actions import record
from mainport.core.models import Organisation, Person
from mainport.core.queries import people_in
from mainport.core.rules.languages import Text, say
from mainport.core.rules.permissions import Actor, Permission, require


@dataclass(frozen=True)
class NewFollowUp:
    """What one organisation (its key) does after a decision, by a day; `owner` is the id of a person of it."""

    organisation: str
    words: Text
    due: date
    owner: int | None = None


@transaction.atomic
def decide(
    *,
    by: Actor,
    item: Item,
    title: Text,
    text: Text,
    manner: str = Manner.CONSENSUS,
    votes: Sequence[Ballot] = (),
    changes: Sequence[Change] = (),
    follow_ups: Sequence[NewFollowUp] = (),
    elements: Iterable[str] = (),
    confidential: str | None = None,
    public_from: date | None = None,
    replaces: str = "",
    demo: bool = False,
) -> Decision:
    """Record what a body decided in a meeting that is held, and carry it out: all of it or nothing.

    The programme office acts for the body. `confidential` is the reason why not everybody may read it; that of the
    item where it isn't given. `elements` (uids) are what it is about, besides what it changes; those of the item
    where there are none. `replaces` is the key of an earlier decision of this body.
    Raises NotAllowed, and Refused: without quorum, where it isn't adopted, and where a change can't be made.
    """
    require(by, Permission.MANAGE_BOARD)
    hold()
    item = held_item(Deed.DECIDE, item)
    meeting = item.meeting
    require_state(item, ItemState.PLACED, ItemState.HANDLED)
    day = timezone.localdate(meeting.start)
    _require_first(item, replaces)
    _require_adopted(manner, votes, present_with_vote(meeting), meeting.quorum)
    raise_any(change_rules.clashes(list(changes)))
    reason = item.confidential if confidential is None else confidential.strip()
    about = list(elements) or [element.uid for element in item.elements.all()]
    decision = _store(
        by=by,
        body=meeting.body,
        item=item,
        key=next_decision_key(day, _keys_of(day)),
        day=day,
        title=title,
        text=text,
        manner=manner,
        confidential=reason,
        public_from=public_from,
        demo=demo or meeting.demo,
    )
    Vote.objects.bulk_create(
        Vote(decision=decision, organisation=find_organisation(b.organisation), choice=b.choice, words=b.words[:500])
        for b in votes
    )
    _put_follow_ups(decision, follow_ups)
    _replace(replaces, decision)
    item.state = ItemState.HANDLED
    item.save(update_fields=["state"])
    applied = _apply(by, decision, changes)
    decision.changes = [change_rules.to_json(change) for change in applied]
    decision.save(update_fields=["changes"])
    decision.elements.set(find_elements([*about, *(uid for change in applied for uid in applying.elements_of(change))]))
    record(
        by=by,
        action="decision.take",
        subject=subject_of(decision),
        meeting=meeting_subject(meeting),
        manner=manner,
        votes={ballot.organisation: ballot.choice for ballot in votes},
        changes=[str(change) for change in applied],
        follow_ups=len(follow_ups),
        replaces=replaces,
    )
    return decision


@transaction.atomic
def enter(
    *,
    by: Actor,
    body: str,
    key: str,
    date: date,
    title: Text,
    text: Text,
    manner: str = Manner.CONSENSUS,
    item: Item | None = None,
    changes: Sequence[Change] = (),
    follow_ups: Sequence[NewFollowUp] = (),
    elements: Iterable[str] = (),
    confidential: str = "",
    public_from: date | None = None,
    demo: bool = False,
) -> Decision:
    """Enter in the register a decision that was taken before Mainport kept it, under the key that it has.

    Nothing is carried out: `changes` say what was, each with what was there `before`. Raises NotAllowed, Refused.
    """
    require(by, Permission.MANAGE_BOARD)
    if not is_decision_key(key) or int(key[:4]) != date.year:
        raise refuse(Reason.VALUE, "key", key, f"a year and a number, such as {date.year}-04")
    if date > timezone.localdate():
        raise refuse(Reason.ORDER, "date", date, "today or an earlier day")
    if manner not in list(Manner):
        raise refuse(Reason.VALUE, "manner", manner, ", ".join(Manner))
    element = find_body(body)
    hold()
    if Decision.objects.filter(key=key).exists():
        raise refuse(Reason.TWICE, "key", key, "a key that no other decision has")
    if item is not None:
        item = held_item(Deed.DECIDE, item)
        if item.meeting.body_id != element.pk:
            raise refuse(Reason.VALUE, "item", f"an item of {item.meeting.body.key}", f"one of {element.key}")
        _require_first(item, "")
        item.state = ItemState.HANDLED
        item.save(update_fields=["state"])
    decision = _store(
        by=by,
        body=element,
        item=item,
        key=key,
        day=date,
        title=title,
        text=text,
        manner=manner,
        confidential=confidential.strip(),
        public_from=public_from,
        demo=demo,
    )
    decision.changes = [change_rules.to_json(change) for change in changes]
    decision.save(update_fields=["changes"])
    about = [*elements, *(uid for change in changes for uid in applying.elements_of(change))]
    decision.elements.set(find_elements(about))
    _put_follow_ups(decision, follow_ups)
    record(by=by, action="decision.enter", subject=subject_of(decision), changes=[str(change) for change in changes])
    return decision


@transaction.atomic
def publish(*, by: Actor, decision: Decision, why: str, public_from: date | None = None) -> Decision:
    """End the confidentiality of a decision, today or on a later day. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not decision.confidential:
        raise refuse(Reason.STATE, "decision", "a decision that is public", "one that is confidential")
    if not why.strip():
        raise refuse(Reason.MISSING, "why", "nothing", "the reason")
    day = public_from or timezone.localdate()
    if day < decision.date:
        raise refuse(Reason.ORDER, "public_from", day, f"{decision.date} or a later day")
    decision.public_from = day
    decision.save(update_fields=["public_from"])
    record(by=by, action="decision.publish", subject=subject_of(decision), why=why, public_from=day.isoformat())
    return decision


def subject_of(decision: Decision) -> str:
    """What audit events call this decision, and what everything that it changed points back to."""
    return f"decision:{decision.key}"


# --- Before it is stored ---


def _require_first(item: Item, replaces: str) -> None:
    """An item is decided once, so that a form that is sent twice decides nothing twice."""
    if earlier := item.decisions.exclude(key=replaces).filter(replaced_by=None).first():
        raise refuse(Reason.TWICE, "item", f"decision {earlier.key}", "an item that wasn't decided yet")


def _require_adopted(manner: str, votes: Sequence[Ballot], present: frozenset[str], quorum: int) -> None:
    if manner not in list(Manner):
        raise refuse(Reason.VALUE, "manner", manner, ", ".join(Manner))
    if not is_quorate(present, quorum):
        raise refuse(
            Reason.NO_QUORUM, "quorum", f"{len(present)} organisations with a vote", f"{quorum} of them present"
        )
    known = set(Organisation.objects.filter(key__in=[b.organisation for b in votes]).values_list("key", flat=True))
    raise_any(
        Trouble(Reason.UNKNOWN, "votes", ballot.organisation, "the key of an organisation")
        for ballot in votes
        if ballot.organisation not in known
    )
    raise_any(voting.troubles(Manner(manner), votes, present))
    if not voting.is_adopted(Manner(manner), votes):
        counts = voting.tally(votes)
        found = f"{counts.for_} for, {counts.against} against, {counts.abstained} abstained"
        expected = "nobody against" if manner == Manner.CONSENSUS else "more for than against"
        raise refuse(Reason.NOT_ADOPTED, "votes", found, expected)


def _keys_of(day: date) -> list[str]:
    return list(Decision.objects.filter(key__startswith=f"{day.year:04}-").values_list("key", flat=True))


# --- Storing ---


def _store(
    *,
    by: Actor,
    body: Element,
    item: Item | None,
    key: str,
    day: date,
    title: Text,
    text: Text,
    manner: str,
    confidential: str,
    public_from: date | None,
    demo: bool,
) -> Decision:
    if public_from is not None and not confidential:
        raise refuse(Reason.MISSING, "confidential", "nothing", "the reason, where it is public from a later day")
    if public_from is not None and public_from < day:
        raise refuse(Reason.ORDER, "public_from", public_from, f"{day} or a later day")
    return Decision.objects.create(
        key=key,
        body=body,
        item=item,
        date=day,
        title=require_text("title", title),
        text=require_text("text", text),
        manner=manner,
        confidential=confidential[:300],
        public_from=public_from,
        by_name=by.name,
        at=timezone.now(),
        demo=demo,
    )


def _put_follow_ups(decision: Decision, follow_ups: Sequence[NewFollowUp]) -> None:
    rows = []
    for place, new in enumerate(follow_ups, 1):
        field = f"follow-up {place}"
        organisation = find_organisation(new.organisation, f"{field} organisation")
        if new.due < decision.date:
            raise refuse(Reason.ORDER, f"{field} due", new.due, f"{decision.date} or a later day")
        rows.append(
            FollowUp(
                decision=decision,
                organisation=organisation,
                owner=require_owner(new.owner, organisation, f"{field} owner"),
                words=require_text(f"{field} words", new.words),
                due=new.due,
                demo=decision.demo,
            )
        )
    FollowUp.objects.bulk_create(rows)


def require_owner(owner: int | None, organisation: Organisation, field: str) -> Person | None:
    """Somebody with a role or a seat for this organisation. Raises Refused."""
    if owner is None:
        return None
    person = Person.objects.filter(pk=owner, is_active=True).first()
    here = {who.pk for who, _role, _key in people_in([organisation.key])}
    if person is None or (owner not in here and not person.seats.filter(organisation=organisation).exists()):
        raise refuse(Reason.UNKNOWN, field, owner, f"somebody of {organisation.key}")
    return person


def _replace(replaces: str, decision: Decision) -> None:
    if not replaces:
        return
    earlier = Decision.objects.filter(key=replaces, body=decision.body).exclude(pk=decision.pk).first()
    if earlier is None:
        raise refuse(Reason.UNKNOWN, "replaces", replaces, f"the key of a decision of {decision.body.key}")
    if earlier.replaced_by_id is not None:
        raise refuse(Reason.STATE, "replaces", f"{replaces}, replaced already", "a decision that stands")
    earlier.replaced_by = decision
    earlier.save(update_fields=["replaced_by"])


def _apply(by: Actor, decision: Decision, changes: Sequence[Change]) -> list[Change]:
    """Carry the changes out, in their order; the first that is refused ends it all, and is named."""
    # What a confidential decision is about isn't told where what it changed is public.
    words = "" if decision.confidential else say(decision.title, "nl")
    applied: list[Change] = []
    for place, change in enumerate(changes, 1):
        try:
            applied.append(applying.apply(by=by, change=change, decision=decision.key, words=words, demo=decision.demo))
        except applying.CannotChange as error:
            raise Refused(
                [Trouble(Reason.CHANGE, f"change {place} ({change})", error.found, error.expected)]
            ) from error
    return applied
