# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the actions of the board have in common: holding what they change, and finding what they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.board.models import Invitation, Item, Meeting, Seat
from mainport.board.rules import seats as rules
from mainport.board.rules.meetings import Deed, ItemState, MeetingState, state_trouble
from mainport.board.rules.refusals import Reason, Refused, refuse
from mainport.core.models import Organisation
from mainport.core.rules.permissions import Actor, NotAllowed, Permission


def hold() -> None:
    """Let no other process decide until this transaction ends, as `agenda.actions` lets none write the agenda."""
    Element.objects.select_for_update().filter(kind=Kind.ALLIANCE).first()


def held_for(deed: Deed, meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the end of the transaction. Raises Refused where its state forbids it."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)
    if trouble := state_trouble(deed, MeetingState(found.state)):
        raise Refused([trouble])
    return found


def held_item(deed: Deed, item: Item) -> Item:
    """The item as it is now, with its meeting held."""
    meeting = held_for(deed, item.meeting)
    found = Item.objects.select_related("proposed_by").get(pk=item.pk)
    found.meeting = meeting
    return found


def find_body(uid: str) -> Element:
    """The body of the agenda with this uid, or this key. Raises Refused."""
    key = uid.removeprefix(f"{Kind.BODY}:")
    body = agenda.elements(Kind.BODY).filter(key=key).first()
    if body is None:
        raise refuse(Reason.UNKNOWN, "body", uid, "a body of the agenda")
    return body


def find_organisation(key: str, field: str = "organisation") -> Organisation:
    """Raises Refused."""
    organisation = Organisation.objects.filter(key=key).first()
    if organisation is None:
        raise refuse(Reason.UNKNOWN, field, key, "the key of an organisation")
    return organisation


def find_elements(uids: Iterable[str], field: str = "elements") -> list[Element]:
    """Elements that stand in the agenda, in the order of their uids. Raises Refused."""
    wanted = list(dict.fromkeys(uids))
    keys = [uid.partition(":")[2] for uid in wanted]
    there = {element.uid: element for element in agenda.elements().filter(key__in=keys)} if wanted else {}
    if missing := [uid for uid in wanted if uid not in there]:
        raise refuse(Reason.UNKNOWN, field, ", ".join(missing), "uids of elements of the agenda")
    return [there[uid] for uid in wanted]


def require_text(field: str, text: Mapping[str, str] | None) -> dict[str, str]:
    """Words in at least one language, without white space around them. Raises Refused."""
    found = {language: words.strip() for language, words in (text or {}).items() if words and words.strip()}
    if not found:
        raise refuse(Reason.MISSING, field, "nothing", "words in at least one language")
    return found


def optional_text(text: Mapping[str, str] | None) -> dict[str, str] | None:
    return {language: words.strip() for language, words in (text or {}).items() if words and words.strip()} or None


def plain_seats(rows: Iterable[Seat | Invitation], meeting: Meeting | None = None) -> list[rules.Seat]:
    """Stored seats, or places at a meeting, as the rules know them."""
    return [
        rules.Seat(
            person=row.person_id,
            organisation=row.organisation.key if row.organisation else None,
            role=rules.Role(row.role),
            start=row.start if isinstance(row, Seat) else row.meeting.start.date(),
            end=row.end if isinstance(row, Seat) else None,
        )
        for row in rows
    ]


def present_with_vote(meeting: Meeting) -> frozenset[str]:
    """Keys of the organisations with a vote of which somebody came."""
    came = Invitation.objects.filter(meeting=meeting, attended=True).select_related("organisation", "meeting")
    return rules.with_vote(plain_seats(came))


def require_own(by: Actor, item: Item) -> None:
    """Only the programme office and the organisation that proposed it change an item."""
    if by.may(Permission.MANAGE_BOARD):
        return
    if item.proposed_by is None or not by.may(Permission.PROPOSE_ITEM, item.proposed_by.key):
        raise NotAllowed(f"{by.name or 'a visitor'} may not change {item}")


def require_state(item: Item, *states: ItemState) -> None:
    if item.state not in states:
        raise refuse(Reason.STATE, "item", f"an item that is {item.state}", f"one that is {' or '.join(states)}")
