# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Meetings: the list, one of them, and what the programme office does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.rules.elements import Kind
from mainport.board import queries
from mainport.board.actions import meetings as actions
from mainport.board.models import Meeting
from mainport.board.queries import ItemView
from mainport.board.rules.meetings import WHEN, Deed, MeetingState
from mainport.board.rules.refusals import Refused
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import NotAllowed
from mainport.web.access import logged_in
from mainport.web.board import labels, show
from mainport.web.board.forms import (
    AttendanceForm,
    ChangeMeetingForm,
    CloseForm,
    InTwoLanguages,
    MeetingForm,
    MinutesForm,
    WhyForm,
)
from mainport.web.board.views.shared import ask, form_page, manages, posted, seen, taken
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import when, words


@require_safe
def meeting_list(request: HttpRequest) -> Page:
    """The meetings that come, and those that were."""
    by = actor_of(request.user)
    found = queries.meetings(by, newest_first=False)
    now = timezone.now()
    coming = [one for one in found if one.end >= now and one.state is not MeetingState.CANCELLED]
    past = [one for one in reversed(found) if one not in coming]
    data = [show.meeting_json(one) for one in found]
    context = {
        "page_title": _("Meetings"),
        "breadcrumbs": show.meetings_crumbs(),
        "groups": [
            (_("Meetings to come"), [(one, labels.MEETING_STATES[one.state]) for one in coming]),
            (_("Meetings that were"), [(one, labels.MEETING_STATES[one.state]) for one in past]),
        ],
        "manages": queries.asker_of(by).manages,
    }
    return Page("board/meetings.html", context, {"meetings": data}, data)


@require_safe
@seen
def meeting(request: HttpRequest, key: str) -> Page:
    """Its agenda with papers, who was there, what was decided; the way in for who may do something."""
    by = actor_of(request.user)
    full = queries.meeting(by, key)
    found = full.meeting
    context = {
        "page_title": show.title_of(found),
        "breadcrumbs": show.meetings_crumbs(None, show.title_of(found)),
        "full": full,
        "meeting": found,
        "state": labels.MEETING_STATES[found.state],
        "items": [_item(one) for one in full.items],
        "proposals": [_item(one) for one in full.proposals],
        "people": [(one, labels.ROLES[one.role], labels.ANSWERS.get(one.answer, "")) for one in full.invitations],
        "deeds": {deed.name.lower() for deed in Deed if full.may_manage and found.state in WHEN[deed]},
        "may_answer": bool(found.my_answer) and found.state in WHEN[Deed.ANSWER],
        "answers": [(value, label) for value, label in labels.ANSWERS.items() if value != "needs-action"],
        "answered": labels.ANSWERS.get(found.my_answer, ""),
    }
    data = {**show.meeting_json(found), "agenda": [_item_json(one) for one in full.items]}
    return Page("board/meeting.html", context, data, [_item_json(one) for one in full.items])


def _item(item: ItemView) -> dict[str, Any]:
    return {
        "view": item,
        "state": labels.ITEM_STATES[item.state],
        "purpose": labels.PURPOSES[item.purpose],
    }


def _item_json(item: ItemView) -> dict[str, Any]:
    return {
        "position": item.position,
        "begins": item.begins,
        "title": words(item.title or {}),
        "summary": words(item.summary or {}),
        "purpose": item.purpose,
        "minutes": item.minutes,
        "confidential": item.confidential,
        "proposed_by": item.proposed_by,
        "elements": " ".join(element.uid for element in item.elements),
        "documents": len(item.documents),
        "decisions": " ".join(decision.key for decision in item.decisions),
    }


# --- What the programme office does ---


@form_page
@manages
def meeting_plan(request: HttpRequest) -> HttpResponse:
    bodies = list(agenda.elements(Kind.BODY))
    form = MeetingForm(posted(request), bodies=bodies)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.plan(by=actor_of(request.user), body=said["body"], **_planned(form))
        except Refused as error:
            labels.put_troubles(form, error)
        else:
            messages.success(request, _("Planned. Partners can propose items until the papers are due."))
            return redirect("meeting", key=made.key)
    return ask(
        request,
        form,
        title=_("Plan a meeting"),
        lead=_("Everybody sees the day and the place; the agenda once you send it out."),
        button=_("Plan this meeting"),
        breadcrumbs=show.meetings_crumbs(None, _("Plan a meeting")),
    )


def _planned(form: MeetingForm) -> dict[str, Any]:
    said = form.cleaned_data
    names = ("start", "end", "papers_due", "place", "url", "quorum")
    return {"title": form.text("title"), **{name: said[name] for name in names}}


@form_page
@manages
@seen
def meeting_change(request: HttpRequest, key: str) -> HttpResponse:
    row = queries.find_meeting(key)
    _require(Deed.CHANGE, row)
    names = ("start", "end", "papers_due", "place", "url", "quorum")
    local = timezone.localtime
    first = {name: getattr(row, name) for name in names}
    first |= {name: local(first[name]) for name in ("start", "end", "papers_due")}
    form = ChangeMeetingForm(posted(request), initial={**first, **InTwoLanguages.initial_of("title", row.title)})

    def act() -> None:
        fields = _planned(form)
        if fields["quorum"] is None:
            del fields["quorum"]
        actions.change(by=actor_of(request.user), meeting=row, why=form.cleaned_data["why"], **fields)

    if taken(request, form, act, _("Kept. Who was invited already gets word of it.")):
        return redirect("meeting", key=key)
    return _ask(request, form, row, _("Change this meeting"), "", _("Keep the changes"))


@require_POST
@manages
@seen
def meeting_convene(request: HttpRequest, key: str) -> HttpResponse:
    return _do(request, key, actions.convene, _("The agenda is sent out, and public where it isn't confidential."))


def _do(request: HttpRequest, key: str, action: Callable[..., Any], done: str) -> HttpResponse:
    try:
        action(by=actor_of(request.user), meeting=queries.find_meeting(key))
    except Refused as error:
        labels.say_troubles(request, error)
    else:
        messages.success(request, done)
    return redirect("meeting", key=key)


@form_page
@manages
@seen
def meeting_hold(request: HttpRequest, key: str) -> HttpResponse:
    """That it is held, and who came; again as long as nothing was decided."""
    row = queries.find_meeting(key)
    _require(Deed.HOLD if row.state == MeetingState.CONVENED else Deed.ATTEND, row)
    full = queries.meeting(actor_of(request.user), key)
    came = [
        str(one.person_id)
        for one in full.invitations
        if one.attended or (one.attended is None and one.answer == "accepted")
    ]
    form = AttendanceForm(posted(request), invitations=full.invitations, initial={"attended": came})
    action = actions.hold_meeting if row.state == MeetingState.CONVENED else actions.attend

    def act() -> None:
        action(by=actor_of(request.user), meeting=row, attended=form.people)

    if taken(request, form, act, _("Kept who was present.")):
        return redirect("meeting", key=key)
    lead = _("Decisions need %(count)s organisations with a vote.") % {"count": row.quorum}
    return _ask(request, form, row, _("Who was present?"), lead, _("Keep who was present"))


@form_page
@manages
@seen
def meeting_minutes(request: HttpRequest, key: str) -> HttpResponse:
    row = queries.find_meeting(key)
    _require(Deed.WRITE_MINUTES, row)
    form = MinutesForm(posted(request), initial=InTwoLanguages.initial_of("minutes", row.minutes))
    if taken(
        request,
        form,
        lambda: actions.write_minutes(by=actor_of(request.user), meeting=row, text=form.text("minutes")),
        _("The minutes are kept. Once they are adopted, everybody can read them."),
    ):
        return redirect("meeting", key=key)
    return _ask(request, form, row, _("Write the minutes"), "", _("Keep the minutes"))


@form_page
@manages
@seen
def meeting_close(request: HttpRequest, key: str) -> HttpResponse:
    row = queries.find_meeting(key)
    _require(Deed.CLOSE, row)
    held = [MeetingState.HELD, MeetingState.CLOSED]
    others = queries.meetings(actor_of(request.user), body=row.body.key, states=held, newest_first=False)
    later = [(one.key, f"{words(one.title)}, {when(one.day)}") for one in others if one.start > row.start]
    form = CloseForm(posted(request), later=later)

    def act() -> None:
        chosen = form.cleaned_data["adopted_in"]
        actions.close(
            by=actor_of(request.user), meeting=row, adopted_in=queries.find_meeting(chosen) if chosen else None
        )

    if taken(request, form, act, _("The minutes are adopted and public.")):
        return redirect("meeting", key=key)
    lead = _("From then on everybody reads the minutes, and nothing about this meeting changes any more.")
    return _ask(request, form, row, _("Adopt the minutes"), lead, _("Adopt the minutes"))


@form_page
@manages
@seen
def meeting_cancel(request: HttpRequest, key: str) -> HttpResponse:
    row = queries.find_meeting(key)
    _require(Deed.CANCEL, row)
    form = WhyForm(posted(request))
    if taken(
        request,
        form,
        lambda: actions.cancel(by=actor_of(request.user), meeting=row, why=form.cleaned_data["why"]),
        _("Called off. Who was invited gets word of it."),
    ):
        return redirect("meeting", key=key)
    return _ask(request, form, row, _("Call this meeting off"), _("This can't be undone."), _("Call it off"))


@require_POST
@logged_in
@seen
def meeting_answer(request: HttpRequest, key: str) -> HttpResponse:
    """Whether the asker comes."""
    try:
        actions.answer(
            by=actor_of(request.user), meeting=queries.find_meeting(key), answer=request.POST.get("answer", "")
        )
    except NotAllowed as error:
        raise Http404 from error
    except Refused as error:
        labels.say_troubles(request, error)
    else:
        messages.success(request, _("Thank you, your answer is kept."))
    return redirect("meeting", key=key)


# --- As files ---


@require_safe
@seen
def meeting_pack(request: HttpRequest, key: str) -> HttpResponse:
    """The pack as one PDF, with what the asker may read."""
    from mainport.board.exports.pack import write

    try:
        made = write(by=actor_of(request.user), meeting=key, language=request.LANGUAGE_CODE)
    except queries.Damaged as error:
        messages.error(request, _("A paper can't be joined to the pack: %(why)s") % {"why": error})
        return redirect("meeting", key=key)
    response = HttpResponse(made.content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{key}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _require(deed: Deed, row: Meeting) -> None:
    """There is no such page for a meeting with which this can't be done."""
    if row.state not in WHEN[deed]:
        raise Http404


def _ask(request: HttpRequest, form: Any, row: Meeting, title: str, lead: str, button: str) -> HttpResponse:
    found = queries.meeting_in_short(actor_of(request.user), row.key)
    return ask(request, form, title=title, lead=lead, button=button, breadcrumbs=show.meetings_crumbs(found, title))
