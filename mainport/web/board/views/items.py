# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Items of a meeting and their papers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.board import queries
from mainport.board.actions import documents as document_actions
from mainport.board.actions import items as actions
from mainport.board.models import Item
from mainport.board.rules.meetings import ItemState
from mainport.board.rules.refusals import Refused
from mainport.core.models import Organisation
from mainport.core.queries import actor_of, organisations
from mainport.core.rules.permissions import Actor, NotAllowed, Permission
from mainport.web.access import logged_in
from mainport.web.board import labels, show
from mainport.web.board.forms import DocumentForm, InTwoLanguages, ItemForm, NotesForm, RefuseForm
from mainport.web.board.views.shared import ask, form_page, manages, posted, seen, taken
from mainport.web.limits import limited
from mainport.web.templatetags.mainport import words


@form_page
@logged_in
@seen
@limited("board", "60/h/user")
def item_propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose something for the agenda, for one's own organisation."""
    by = actor_of(request.user)
    full = queries.meeting(by, key)
    if not full.may_propose:
        raise PermissionDenied
    form = ItemForm(posted(request), organisations=_organisations(by), for_itself=by.may(Permission.MANAGE_BOARD))
    if taken(
        request,
        form,
        lambda: actions.propose(
            by=by,
            meeting=queries.find_meeting(key),
            organisation=form.cleaned_data.get("organisation", ""),
            **form.given,
        ),
        _("Proposed. The programme office puts the agenda in order."),
    ):
        return redirect("meeting", key=key)
    title = _("Propose an item")
    return ask(
        request,
        form,
        title=title,
        lead=show.title_of(full.meeting),
        button=_("Propose it"),
        breadcrumbs=show.meetings_crumbs(full.meeting, title),
    )


def _organisations(by: Actor) -> list[Organisation]:
    """For whom somebody can propose: one's own organisations, or any for the programme office."""
    if by.may(Permission.MANAGE_BOARD):
        return list(organisations())
    own = by.organisations(Permission.PROPOSE_ITEM)
    return [organisation for organisation in organisations() if organisation.key in own]


@form_page
@logged_in
@seen
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    item = _own(by, pk)
    initial = {
        **InTwoLanguages.initial_of("title", item.title),
        **InTwoLanguages.initial_of("summary", item.summary),
        "purpose": item.purpose,
        "minutes": item.minutes,
        "confidential": item.confidential,
        "elements": [element.uid for element in item.elements.all()],
    }
    form = ItemForm(posted(request), organisations=(), initial=initial)
    if taken(request, form, lambda: actions.edit_item(by=by, item=item, **form.given), _("Kept.")):
        return redirect("meeting", key=item.meeting.key)
    return _ask(request, form, item, _("Change this item"), _("Keep the changes"))


@require_POST
@manages
@seen
def item_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a proposal on the agenda, or move an item on it (`to`: its new place from 1)."""
    by = actor_of(request.user)
    item = queries.find_item(by, pk)
    to = request.POST.get("to", "")
    position = int(to) if to.isascii() and to.isdigit() and len(to) < 4 else None
    try:
        if item.state == ItemState.PLACED and position is not None:
            actions.move(by=by, item=item, position=position)
        else:
            actions.place(by=by, item=item, position=position)
    except Refused as error:
        labels.say_troubles(request, error)
    return redirect("meeting", key=item.meeting.key)


@form_page
@manages
@seen
def item_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    item = queries.find_item(actor_of(request.user), pk)
    form = RefuseForm(posted(request))
    if taken(
        request,
        form,
        lambda: actions.refuse_item(by=actor_of(request.user), item=item, **form.cleaned_data),
        _("Kept with your reason."),
    ):
        return redirect("meeting", key=item.meeting.key)
    return _ask(request, form, item, _("Don't take this item up"), _("Keep it off the agenda"))


@form_page
@manages
@seen
def item_handle(request: HttpRequest, pk: int) -> HttpResponse:
    """That the meeting handled it, with what was said."""
    item = queries.find_item(actor_of(request.user), pk)
    form = NotesForm(posted(request), initial=InTwoLanguages.initial_of("notes", item.notes))
    if taken(
        request,
        form,
        lambda: actions.handle(by=actor_of(request.user), item=item, notes=form.text("notes") or None),
        _("Kept what was said."),
    ):
        return redirect("meeting", key=item.meeting.key)
    return _ask(request, form, item, _("What was said on this item"), _("Keep"))


@form_page
@logged_in
@seen
@limited("board", "60/h/user")
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    item = _own(by, pk)
    form = DocumentForm(posted(request), request.FILES or None)
    if taken(
        request,
        form,
        lambda: document_actions.add_document(by=by, item=item, **form.cleaned_data),
        _("The paper is added."),
    ):
        return redirect("meeting", key=item.meeting.key)
    return _ask(request, form, item, _("Add a paper"), _("Add it"))


@require_POST
@logged_in
@seen
def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    by = actor_of(request.user)
    row = queries.find_document(by, pk)
    key = row.item.meeting.key
    try:
        document_actions.remove_document(by=by, document=row)
    except NotAllowed as error:
        raise PermissionDenied from error
    except Refused as error:
        labels.say_troubles(request, error)
    else:
        messages.success(request, _("The paper is taken away."))
    return redirect("meeting", key=key)


@require_safe
@seen
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself. Who opens a confidential one is written down; one that was tampered with isn't handed out."""
    row = document_actions.open_document(by=actor_of(request.user), document=pk)
    try:
        content = queries.content_of(row)
    except queries.Damaged as error:
        raise Http404 from error
    name = content_disposition_header(True, queries.file_name(row))
    headers = {"X-Content-Type-Options": "nosniff", "Content-Disposition": name or "attachment"}
    headers["Cache-Control"] = "private, no-store" if row.confidential or row.item.confidential else "no-cache"
    return HttpResponse(content, content_type=row.media_type, headers=headers)


def _own(by: Actor, pk: int) -> Item:
    """An item that this asker may change. Raises Unseen, PermissionDenied."""
    item = queries.find_item(by, pk)
    if by.may(Permission.MANAGE_BOARD):
        return item
    if item.proposed_by is None or not by.may(Permission.PROPOSE_ITEM, item.proposed_by.key):
        raise Http404
    return item


def _ask(
    request: HttpRequest, form: ItemForm | RefuseForm | NotesForm | DocumentForm, item: Item, title: str, button: str
) -> HttpResponse:
    meeting = queries.meeting_in_short(actor_of(request.user), item.meeting.key)
    return ask(
        request,
        form,
        title=title,
        lead=str(words(item.title)),
        button=button,
        breadcrumbs=show.meetings_crumbs(meeting, title),
    )
