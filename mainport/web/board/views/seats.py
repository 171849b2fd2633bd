# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who sits in which body, and calendars of their meetings."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mainport.agenda.queries import alliance
from mainport.board import queries
from mainport.board.actions import calendar as calendar_actions
from mainport.board.actions import seats as actions
from mainport.board.models import Seat
from mainport.core.models import Person
from mainport.core.queries import actor_of, organisations
from mainport.core.rules.permissions import VISITOR
from mainport.web.access import logged_in
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.board import labels, show
from mainport.web.board.forms import LeaveForm, SeatForm
from mainport.web.board.views.shared import ask, form_page, manages, posted, seen, taken
from mainport.web.context import name_of
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words


@require_safe
def seat_list(request: HttpRequest) -> Page:
    """Every body with who sits in it, and who did."""
    by = actor_of(request.user)
    found = queries.bodies(by)
    rows = [
        {
            "body": view.body.key,
            "organisation": seat.organisation,
            "organisation_name": seat.organisation_name,
            "role": seat.role,
            "person": seat.person,
            "start": seat.start,
            "end": seat.end,
            "demo": seat.demo,
        }
        for view in found
        for seat in [*view.seats, *view.later, *view.earlier]
    ]
    context = {
        "page_title": _("Who sits where"),
        "breadcrumbs": show.meetings_crumbs(None, _("Who sits where")),
        "bodies": [
            (
                view,
                [(s, labels.ROLES[s.role]) for s in view.seats],
                [(s, labels.ROLES[s.role]) for s in view.earlier],
                bool(view.seats) and all(s.demo for s in view.seats),
            )
            for view in found
        ],
        "manages": queries.asker_of(by).manages,
    }
    return Page("board/seats.html", context, {"seats": rows}, rows)


@form_page
@manages
@seen
def seat_take(request: HttpRequest, key: str) -> HttpResponse:
    body = queries.body_of(key)
    people = list(Person.objects.filter(is_active=True))
    form = SeatForm(
        posted(request), people=people, organisations=list(organisations()), initial={"start": timezone.localdate()}
    )

    def act() -> None:
        said = form.cleaned_data
        chosen = said.pop("person")
        person = next(p for p in people if str(p.pk) == chosen)
        actions.take_seat(by=actor_of(request.user), body=body.uid, person=person, **said)

    if taken(request, form, act, _("Kept.")):
        return redirect("seat_list")
    title = _("Give somebody a seat")
    return ask(
        request,
        form,
        title=title,
        lead=str(words(body.title)),
        button=_("Give this seat"),
        breadcrumbs=show.meetings_crumbs(None, title),
    )


@form_page
@manages
def seat_leave(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        seat = queries.find_seat(pk)
    except Seat.DoesNotExist as error:
        raise Http404 from error
    form = LeaveForm(posted(request), initial={"end": timezone.localdate()})
    if taken(
        request, form, lambda: actions.leave_seat(by=actor_of(request.user), seat=seat, **form.cleaned_data), _("Kept.")
    ):
        return redirect("seat_list")
    title = _("End a seat")
    return ask(
        request,
        form,
        title=title,
        lead=f"{seat.person}, {words(seat.body.title)}",
        button=_("End this seat"),
        breadcrumbs=show.meetings_crumbs(None, title),
    )


# --- Calendars ---


@require_safe
def meetings_calendar(request: HttpRequest) -> HttpResponse:
    """All meetings as far as everybody may see them, to subscribe to."""
    return _calendar(request, queries.meetings(VISITOR, newest_first=False))


@require_safe
def personal_calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The meetings of somebody's bodies; the secret in the address stands for logging in."""
    found = queries.meetings_of_calendar(secret)
    if found is None:
        raise Http404
    return _calendar(request, found[1])


def _calendar(request: HttpRequest, found: list[queries.MeetingView]) -> HttpResponse:
    from mainport.board.exports import ics

    language = get_language() or settings.LANGUAGE_CODE
    title = str(name_of(alliance(), language))
    content = ics.feed(
        found,
        organiser=ics.Organiser(title, settings.DEFAULT_FROM_EMAIL, settings.SITE_URL),
        title=title,
        language=language,
        now=timezone.now(),
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_safe
@logged_in
def calendar_address(request: HttpRequest) -> HttpResponse:
    """Where the asker's own calendar is made, and ended."""
    context = {
        "page_title": _("Meetings in your own calendar"),
        "breadcrumbs": crumbs(Crumb(_("Meetings"), reverse("meeting_list")), Crumb(_("Meetings in your own calendar"))),
        "public": request.build_absolute_uri(reverse("meetings_calendar")),
        "made": request.session.pop("calendar", ""),
    }
    return render(request, "board/calendar.html", context)


@require_POST
@logged_in
def calendar_make(request: HttpRequest) -> HttpResponse:
    """A new address; an earlier one opens nothing any more. It is shown once."""
    secret = calendar_actions.make_calendar_address(by=actor_of(request.user))
    request.session["calendar"] = request.build_absolute_uri(reverse("personal_calendar", kwargs={"secret": secret}))
    return redirect("calendar_address")


@require_POST
@logged_in
def calendar_end(request: HttpRequest) -> HttpResponse:
    calendar_actions.end_calendar_address(by=actor_of(request.user))
    messages.success(request, _("Ended. That address opens nothing any more."))
    return redirect("calendar_address")
