# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is on the agenda of a meeting: partners propose it, the programme office puts it in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from mainport.board.actions.shared import (
    find_elements,
    find_organisation,
    held_for,
    held_item,
    optional_text,
    require_own,
    require_state,
    require_text,
)
from mainport.board.models import Item, Meeting
from mainport.board.rules.meetings import Deed, ItemState, is_late
from mainport.board.rules.refusals import Reason, refuse
from mainport.core.actions import record
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require

_PURPOSES = [purpose.value for purpose in Item.Purpose]


@transaction.atomic
def propose(
    *,
    by: Actor,
    meeting: Meeting,
    title: Text,
    organisation: str = "",
    summary: Text | None = None,
    purpose: str = Item.Purpose.DISCUSS,
    minutes: int = 10,
    elements: Iterable[str] = (),
    confidential: str = "",
) -> Item:
    """Propose an item for an organisation, before the deadline; the programme office also after it, and for itself.

    `elements` are uids of what it is about, `confidential` the reason why not everybody may read it.
    Raises NotAllowed, Refused.
    """
    require(by, Permission.PROPOSE_ITEM, organisation or None)
    meeting = held_for(Deed.ARRANGE if by.may(Permission.MANAGE_BOARD) else Deed.PROPOSE, meeting)
    _require_in_time(by, meeting)
    found = find_organisation(organisation) if organisation else None
    _require_shape(purpose, minutes)
    item = Item.objects.create(
        meeting=meeting,
        title=require_text("title", title),
        summary=optional_text(summary),
        purpose=purpose,
        minutes=minutes,
        proposed_by=found,
        confidential=confidential.strip(),
        by_name=by.name,
        at=timezone.now(),
    )
    item.elements.set(find_elements(elements))
    record(by=by, action="item.propose", subject=subject_of(item), meeting=meeting.key, organisation=organisation)
    return item


@transaction.atomic
def edit_item(*, by: Actor, item: Item, elements: Iterable[str] | None = None, **fields: Any) -> Item:
    """Change an item: title, summary, purpose, minutes, confidential. Who proposed it until it is placed or the
    deadline passes, the programme office until the meeting is held. Raises NotAllowed, Refused."""
    known = {"title", "summary", "purpose", "minutes", "confidential"}
    if unknown := fields.keys() - known:
        raise TypeError(f"an item has no {', '.join(sorted(unknown))} to change")
    require_own(by, item)
    item = held_item(Deed.EDIT_ITEM, item)
    if not by.may(Permission.MANAGE_BOARD):
        require_state(item, ItemState.PROPOSED)
        _require_in_time(by, item.meeting)
    _require_shape(fields.get("purpose", item.purpose), fields.get("minutes", item.minutes))
    for name, value in fields.items():
        setattr(item, name, _checked(name, value))
    item.save()
    if elements is not None:
        item.elements.set(find_elements(elements))
    changed = sorted(fields) + (["elements"] if elements is not None else [])
    record(by=by, action="item.edit", subject=subject_of(item), changed=changed)
    return item


def _checked(name: str, value: Any) -> Any:
    if name == "title":
        return require_text("title", value)
    if name == "summary":
        return optional_text(value)
    return value.strip() if name == "confidential" else value


@transaction.atomic
def place(*, by: Actor, item: Item, position: int | None = None) -> Item:
    """Put a proposal on the agenda, at a place from 1, or at the end. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    item = held_item(Deed.ARRANGE, item)
    require_state(item, ItemState.PROPOSED, ItemState.REFUSED)
    placed = list(item.meeting.items.filter(state=ItemState.PLACED).order_by("position"))
    if position is not None and not 1 <= position <= len(placed) + 1:
        raise refuse(Reason.VALUE, "position", position, f"1 to {len(placed) + 1}")
    item.state = ItemState.PLACED
    item.reason = ""
    placed.insert((position or len(placed) + 1) - 1, item)
    _number(placed)
    record(by=by, action="item.place", subject=subject_of(item), position=item.position)
    return item


@transaction.atomic
def move(*, by: Actor, item: Item, position: int) -> Item:
    """Give an item that stands on the agenda another place, from 1. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    item = held_item(Deed.ARRANGE, item)
    require_state(item, ItemState.PLACED)
    others = list(item.meeting.items.filter(state=ItemState.PLACED).exclude(pk=item.pk).order_by("position"))
    if not 1 <= position <= len(others) + 1:
        raise refuse(Reason.VALUE, "position", position, f"1 to {len(others) + 1}")
    others.insert(position - 1, item)
    _number(others)
    record(by=by, action="item.move", subject=subject_of(item), position=position)
    return item


@transaction.atomic
def order(*, by: Actor, meeting: Meeting, items: Sequence[int]) -> None:
    """Put the items (their ids) that stand on the agenda in this order: all of them. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    meeting = held_for(Deed.ARRANGE, meeting)
    placed = {item.pk: item for item in meeting.items.filter(state=ItemState.PLACED)}
    if sorted(items) != sorted(placed):
        raise refuse(
            Reason.VALUE,
            "items",
            ", ".join(map(str, items)),
            f"each item on the agenda once: {', '.join(map(str, sorted(placed)))}",
        )
    _number([placed[pk] for pk in items])
    record(by=by, action="meeting.order", subject=f"meeting:{meeting.key}", items=list(items))


@transaction.atomic
def refuse_item(*, by: Actor, item: Item, reason: str) -> Item:
    """Don't put it on the agenda, or take it off, and say why. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    item = held_item(Deed.ARRANGE, item)
    require_state(item, ItemState.PROPOSED, ItemState.PLACED)
    if not reason.strip():
        raise refuse(Reason.MISSING, "reason", "nothing", "why it doesn't come on the agenda")
    item.state = ItemState.REFUSED
    item.position = None
    item.reason = reason.strip()
    item.save()
    _number(list(item.meeting.items.filter(state=ItemState.PLACED).order_by("position")))
    record(by=by, action="item.refuse", subject=subject_of(item), why=item.reason)
    return item


@transaction.atomic
def handle(*, by: Actor, item: Item, notes: Text | None = None) -> Item:
    """Say that an item was dealt with in the meeting, and what was said. Raises NotAllowed, Refused."""
    require(by, Permission.MANAGE_BOARD)
    item = held_item(Deed.HANDLE, item)
    require_state(item, ItemState.PLACED, ItemState.HANDLED)
    item.state = ItemState.HANDLED
    if notes is not None:
        item.notes = optional_text(notes)
    item.save(update_fields=["state", "notes"])
    record(by=by, action="item.handle", subject=subject_of(item))
    return item


def subject_of(item: Item) -> str:
    """What audit events call this item."""
    return f"item:{item.pk}"


def may_edit(by: Actor, item: Item, now: datetime) -> bool:
    """Whether somebody may change this item, as far as who they are, its state and the deadline go."""
    if by.may(Permission.MANAGE_BOARD):
        return True
    own = item.proposed_by is not None and by.may(Permission.PROPOSE_ITEM, item.proposed_by.key)
    return own and item.state == ItemState.PROPOSED and not is_late(now, item.meeting.papers_due)


def _require_in_time(by: Actor, meeting: Meeting) -> None:
    now = timezone.now()
    if not by.may(Permission.MANAGE_BOARD) and is_late(now, meeting.papers_due):
        deadline = f"{timezone.localtime(meeting.papers_due):%Y-%m-%d %H:%M} or before"
        raise refuse(Reason.LATE, "papers_due", f"{timezone.localtime(now):%Y-%m-%d %H:%M}", deadline)


def _require_shape(purpose: str, minutes: int) -> None:
    if purpose not in _PURPOSES:
        raise refuse(Reason.VALUE, "purpose", purpose, ", ".join(_PURPOSES))
    if not isinstance(minutes, int) or not 1 <= minutes <= 600:
        raise refuse(Reason.VALUE, "minutes", minutes, "1 to 600")


def _number(items: Sequence[Item]) -> None:
    """Store the items with their places from 1."""
    for position, item in enumerate(items, 1):
        item.position = position
    Item.objects.bulk_update(items, ["state", "position", "reason"])
