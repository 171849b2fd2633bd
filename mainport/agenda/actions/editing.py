# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Changes to single elements, made by people on the site."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction

from mainport.agenda import queries
from mainport.agenda.actions.elements import Refused, hold, store
from mainport.agenda.actions.refusals import NotAllowed
from mainport.agenda.models import Version
from mainport.agenda.queries import history
from mainport.agenda.rules import elements as rules
from mainport.agenda.rules.checks import Trouble, check
from mainport.agenda.rules.difference import Change, Sort, compare
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor, Permission


class Overtaken(Exception):
    """Somebody else changed the same thing in the meantime; `versions` are theirs, the oldest first."""

    def __init__(self, versions: list[Version]) -> None:
        self.versions = versions
        super().__init__(", ".join(str(version) for version in versions))


def put_element(*, by: Actor, element: rules.Element, why: str, opened: int | None = None) -> Change | None:
    """Add or change one element; None where nothing differs. Raises what `edit` raises."""
    changes = edit(by=by, put=[element], why=why, opened=opened)
    return changes[0] if changes else None


def remove_element(*, by: Actor, uid: str, why: str, opened: int | None = None) -> list[Change]:
    """Take an element and all below it out of the agenda; its history stays. Raises what `edit` raises."""
    return edit(by=by, remove=[uid], why=why, opened=opened)


@transaction.atomic
def edit(
    *,
    by: Actor,
    put: Sequence[rules.Element] = (),
    remove: Sequence[str] = (),
    why: str,
    opened: int | None = None,
) -> list[Change]:
    """Add or change elements and remove others with all below them: all of it or nothing.

    The first one is what it is about. `opened` is the newest version of the agenda that the editor saw.
    Raises NotAllowed; UnknownElement where there is nothing to remove; Overtaken where somebody else
    changed one of them after `opened`; Refused where the agenda would no longer hold together.
    """
    hold()
    agenda = queries.agenda()
    assert agenda is not None, "an element belongs to an agenda"
    if opened is not None:
        _require_unchanged(opened, [element.uid for element in put] + list(remove))
    for uid in remove:
        if uid not in agenda.elements:
            raise queries.UnknownElement(uid, [])
    for element in put:
        _require_put(by, element, agenda)
    for uid in remove:
        _require_remove(by, agenda.elements[uid], agenda)
    gone = with_all_below(agenda, remove)
    after = {uid: element for uid, element in agenda.elements.items() if uid not in gone}
    after |= {element.uid: element for element in put}
    _require_whole(Agenda(elements=after, sources=agenda.sources), put)
    changes = list(compare(agenda.elements, after))
    if changes:
        store(by=by, changes=changes, why=why)
        _record(by, put[0].uid if put else remove[0], changes, why)
    return changes


def with_all_below(agenda: Agenda, uids: Collection[str]) -> dict[str, rules.Element]:
    """These elements and all that hangs below them, from top to bottom."""
    found: dict[str, rules.Element] = {}
    for uid, element in agenda.elements.items():  # Parents come before their children.
        if uid in uids or element.parent in found:
            found[uid] = element
    return found


def may_edit(by: Actor, element: rules.Element, parent: rules.Element | None = None) -> bool:
    """Whether somebody may change an element as it is stored; `parent` is what it hangs on.

    The programme office edits all; a coordinator the plans that its organisation leads, and their milestones.
    """
    if by.may(Permission.EDIT_AGENDA):
        return True
    plan = parent if element.kind is Kind.MILESTONE else element
    return plan is not None and plan.kind is Kind.PLAN and any(by.may(Permission.EDIT_PLAN, o) for o in _leads(plan))


def _leads(element: rules.Element) -> list[str]:
    """Keys of the organisations that lead it."""
    return [link.target.partition(":")[2] for link in element.links if link.role == "lead"]


def _require_put(by: Actor, element: rules.Element, agenda: Agenda) -> None:
    """What is stored decides: who writes its own organisation into a plan doesn't lead it by that."""
    if by.may(Permission.EDIT_AGENDA):
        return
    stored = agenda.elements.get(element.uid)
    parent = agenda.elements.get(element.parent or "")
    allowed = may_edit(by, stored or element, parent) and (stored is not None or element.kind is Kind.MILESTONE)
    if stored:  # Neither the lead nor the place in the agenda is a coordinator's to give away.
        allowed = allowed and stored.parent == element.parent and _leads(stored) == _leads(element)
    if not allowed:
        raise NotAllowed(f"{by.name or 'a visitor'} may not edit {element.uid}")


def _require_remove(by: Actor, stored: rules.Element, agenda: Agenda) -> None:
    parent = agenda.elements.get(stored.parent or "")
    within_a_plan = stored.kind is Kind.MILESTONE and may_edit(by, stored, parent)
    if not within_a_plan and not by.may(Permission.EDIT_AGENDA):
        raise NotAllowed(f"{by.name or 'a visitor'} may not remove {stored.uid}")
    if stored.kind is Kind.ALLIANCE:
        raise Refused([Trouble(stored.uid, ("id",), stored.key, "an element below the alliance")])


def _require_unchanged(opened: int, uids: Collection[str]) -> None:
    plans = [uid for uid in uids if uid.startswith(f"{Kind.PLAN}:")]
    if newer := list(history.versions_since(opened, uids, plans)):
        raise Overtaken(newer)


def _require_whole(after: Agenda, put: Sequence[rules.Element]) -> None:
    troubles = list(check(after))
    for element in put:
        if element.kind is not Kind.ALLIANCE and element.parent not in after.elements:
            troubles.append(Trouble(element.uid, ("parent",), str(element.parent), "an element of the agenda"))
    if troubles:
        raise Refused(troubles)


def _record(by: Actor, subject: str, changes: Sequence[Change], why: str) -> None:
    sort = next((change.sort for change in changes if change.uid == subject), Sort.CHANGED)
    others = sorted(change.uid for change in changes if change.uid != subject)
    record(by=by, action=f"agenda.{sort}", subject=subject, why=why, **({"with_it": others} if others else {}))
