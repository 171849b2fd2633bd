# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The words of the board: states, roles, choices, and why something is refused."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mainport.board.models import Invitation, Item
from mainport.board.rules.follow_ups import Standing
from mainport.board.rules.meetings import ItemState, MeetingState
from mainport.board.rules.refusals import Reason, Refused, Trouble
from mainport.board.rules.seats import Role
from mainport.board.rules.voting import Choice, Manner

Words = str | Promise

MEETING_STATES: dict[MeetingState, Words] = {
    MeetingState.PLANNED: pgettext_lazy("meeting", "planned"),
    MeetingState.CONVENED: pgettext_lazy("meeting", "agenda sent out"),
    MeetingState.HELD: pgettext_lazy("meeting", "held"),
    MeetingState.CLOSED: pgettext_lazy("meeting", "minutes adopted"),
    MeetingState.CANCELLED: pgettext_lazy("meeting", "called off"),
}

ITEM_STATES: dict[ItemState, Words] = {
    ItemState.PROPOSED: pgettext_lazy("item", "proposed"),
    ItemState.PLACED: pgettext_lazy("item", "on the agenda"),
    ItemState.REFUSED: pgettext_lazy("item", "not taken up"),
    ItemState.HANDLED: pgettext_lazy("item", "handled"),
}

PURPOSES: dict[str, Words] = {
    Item.Purpose.INFORM: pgettext_lazy("item", "to hear"),
    Item.Purpose.DISCUSS: pgettext_lazy("item", "to discuss"),
    Item.Purpose.DECIDE: pgettext_lazy("item", "to decide"),
}

ROLES: dict[Role, Words] = {
    Role.CHAIR: pgettext_lazy("seat", "chair"),
    Role.MEMBER: pgettext_lazy("seat", "member"),
    Role.SECRETARY: pgettext_lazy("seat", "secretary"),
    Role.GUEST: pgettext_lazy("seat", "guest"),
}

ANSWERS: dict[str, Words] = {
    Invitation.Answer.NONE: pgettext_lazy("answer", "no answer yet"),
    Invitation.Answer.ACCEPTED: pgettext_lazy("answer", "comes"),
    Invitation.Answer.TENTATIVE: pgettext_lazy("answer", "may come"),
    Invitation.Answer.DECLINED: pgettext_lazy("answer", "doesn't come"),
}

MANNERS: dict[Manner, Words] = {
    Manner.CONSENSUS: pgettext_lazy("decision", "by consensus"),
    Manner.VOTE: pgettext_lazy("decision", "by vote"),
}

CHOICES: dict[Choice, Words] = {
    Choice.FOR: pgettext_lazy("vote", "for"),
    Choice.AGAINST: pgettext_lazy("vote", "against"),
    Choice.ABSTAINED: pgettext_lazy("vote", "abstained"),
}

#: The glyph of a standing, and its word.
STANDINGS: dict[Standing, tuple[str, Words]] = {
    Standing.OPEN: ("on-track", pgettext_lazy("follow-up", "open")),
    Standing.DUE_SOON: ("at-risk", pgettext_lazy("follow-up", "due soon")),
    Standing.OVERDUE: ("behind", pgettext_lazy("follow-up", "overdue")),
    Standing.DONE: ("done", pgettext_lazy("follow-up", "done")),
    Standing.DROPPED: ("no-plan", pgettext_lazy("follow-up", "dropped")),
}

REASONS: dict[Reason, Words] = {
    Reason.STATE: gettext_lazy("That can't be done as things are now. Look at the page again and start from there."),
    Reason.ORDER: gettext_lazy("These days or hours don't follow each other. Put the earlier one first."),
    Reason.UNKNOWN: gettext_lazy("We don't know this one. Choose one from the list."),
    Reason.MISSING: gettext_lazy("Fill this in."),
    Reason.TWICE: gettext_lazy("This is there already. Once is enough."),
    Reason.NO_VOTE: gettext_lazy("Only organisations with a vote that were present can vote."),
    Reason.NO_QUORUM: gettext_lazy("Too few organisations with a vote were present to decide."),
    Reason.NOT_ADOPTED: gettext_lazy("With these votes the proposal isn't adopted, so there is no decision to record."),
    Reason.LATE: gettext_lazy("The day on which papers had to be in has passed. Ask the programme office."),
    Reason.FILE: gettext_lazy("We can't take this file. Save it as PDF, and at most 10 MB."),
    Reason.CHANGE: gettext_lazy("This change can't be made, so nothing was recorded."),
    Reason.VALUE: gettext_lazy("We can't read this. Look at the example and fill it in anew."),
}


def sentence(trouble: Trouble) -> str:
    """Why it is refused, with what was found where only that tells what to do."""
    words = str(REASONS[trouble.reason])
    if trouble.reason is Reason.CHANGE and trouble.found:
        return _("%(why)s What stands in the way: %(found)s.") % {"why": words, "found": trouble.found}
    return words


def put_troubles(form: forms.Form, error: Refused) -> None:
    """Each trouble at its field, where the form has it; else above the form."""
    for trouble in error.troubles:
        name = trouble.field.split(" ")[0]
        name = name if name in form.fields else f"{name}_nl" if f"{name}_nl" in form.fields else ""
        form.add_error(name or None, sentence(trouble))


def say_troubles(request: HttpRequest, error: Refused) -> None:
    """The same above the page, where there is no form."""
    from django.contrib import messages

    for trouble in error.troubles:
        messages.error(request, sentence(trouble))
