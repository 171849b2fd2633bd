# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""For who gives courses: their own courses, dates, and who completed one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.catalogue.actions import badges as certificates
from mainport.catalogue.actions import courses as actions
from mainport.catalogue.models import Record
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course, Offering
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.following import NotPossible
from mainport.core.models import Organisation
from mainport.core.queries import actor_of, organisations
from mainport.core.rules.permissions import Actor, NotAllowed, Permission
from mainport.web.access import logged_in
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.academy import words as said
from mainport.web.catalogue.academy.badges import RevokeForm
from mainport.web.catalogue.academy.provide_forms import CourseForm, OfferingForm
from mainport.web.catalogue.academy.visits import way
from mainport.web.templatetags.mainport import words

View = TypeVar("View", bound=Callable[..., Any])
form_page = require_http_methods(["GET", "HEAD", "POST"])


def gives(view: View) -> View:
    """For who gives courses, of one organisation or of all."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        by = actor_of(request.user)
        if not (by.may(Permission.MANAGE_COURSES) or by.organisations(Permission.MANAGE_COURSES)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return logged_in(guarded)  # type: ignore[return-value]


def _crumbs(*after: Crumb) -> list[Crumb]:
    return way(Crumb(_("The courses that you give"), reverse("provider_courses") if after else ""), *after)


def _of(by: Actor, key: str) -> Record:
    """The course, if this actor looks after it; another's isn't there."""
    found = queries.provided_course(by, key)
    if found is None:
        raise Http404(key)
    return found


def _value(record: Record) -> Course:
    value = contents.read(record.kind, record.content)
    assert isinstance(value, Course)
    return value


def _own_organisations(by: Actor) -> list[Organisation]:
    if by.may(Permission.MANAGE_COURSES):
        return list(organisations())
    return list(organisations().filter(key__in=by.organisations(Permission.MANAGE_COURSES)))


@require_safe
@gives
def provider_courses(request: HttpRequest) -> HttpResponse:
    by = actor_of(request.user)
    rows = [
        {
            "record": record,
            "gone": record.state != Record.State.PUBLISHED,
            "dates": sum(not one.cancelled for one in record.offerings.all()),
            "from_source": record.repository_id is not None,
        }
        for record in queries.provided(by)[:500]
    ]
    context = {"page_title": _("The courses that you give"), "breadcrumbs": _crumbs(), "rows": rows}
    return render(request, "catalogue/academy/provider_courses.html", context)


@form_page
@gives
def provider_course_add(request: HttpRequest) -> HttpResponse:
    by = actor_of(request.user)
    known = _own_organisations(by)
    form = CourseForm(request.POST if request.method == "POST" else None, organisations=known)
    if form.is_bound and form.is_valid():
        chosen = next(one for one in known if one.key == form.cleaned_data["organisation"])
        try:
            record = actions.add(by=by, organisation=chosen, course=form.course())
        except Refused as refused:
            form.tell(refused.faults)
        else:
            messages.success(request, _("The course is public. Add the dates now."))
            return redirect("provider_course", key=record.key)
    title = _("Add a course")
    context = {"page_title": title, "breadcrumbs": _crumbs(Crumb(title)), "form": form, "button": title}
    return render(request, "catalogue/academy/provider_form.html", context)


@require_safe
@gives
def provider_course(request: HttpRequest, key: str) -> HttpResponse:
    """One course with its dates and who enrolled."""
    by = actor_of(request.user)
    record = _of(by, key)
    course = _value(record)
    context = {
        "page_title": words(record.titles),
        "breadcrumbs": _crumbs(Crumb(words(record.titles))),
        "record": record,
        "gone": record.state != Record.State.PUBLISHED,
        "from_source": record.repository_id is not None,
        "course_url": url_or_nothing("course", key=record.key),
        "offerings": [
            {
                "key": row.key,
                "start": said.start(one),
                "place": said.place(one, course),
                "price": said.price(one),
                "cancelled": one.cancelled,
            }
            for row in record.offerings.all()
            for one in [contents.read_offering(row.content)]
        ],
        "competences": [(said.competence(one.code), one.code, one.level) for one in course.competences],
        "participants": [(one, said.STATES[one.state]) for one in queries.participants(by, record)],
    }
    return render(request, "catalogue/academy/provider_course.html", context)


def _editable(by: Actor, key: str) -> Record:
    record = _of(by, key)
    if record.repository_id is not None:
        raise PermissionDenied
    return record


@form_page
@gives
def provider_course_edit(request: HttpRequest, key: str) -> HttpResponse:
    by = actor_of(request.user)
    record = _editable(by, key)
    course = _value(record)
    form = CourseForm(
        request.POST if request.method == "POST" else None, organisations=(), initial=CourseForm.initial_of(course)
    )
    if form.is_bound and form.is_valid():
        try:
            actions.change(by=by, record=record, course=form.course(course))
        except Refused as refused:
            form.tell(refused.faults)
        else:
            messages.success(request, _("Kept."))
            return redirect("provider_course", key=record.key)
    title = _("Change the course")
    context = {
        "page_title": title,
        "breadcrumbs": _crumbs(Crumb(words(record.titles), reverse("provider_course", args=[key])), Crumb(title)),
        "form": form,
        "button": _("Keep"),
    }
    return render(request, "catalogue/academy/provider_form.html", context)


@form_page
@gives
def provider_course_withdraw(request: HttpRequest, key: str) -> HttpResponse:
    by = actor_of(request.user)
    record = _editable(by, key)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    form.fields["why"].label, form.fields["why"].help_text = _("Why it is withdrawn"), _("Is kept in the history.")
    if form.is_bound and form.is_valid():
        actions.withdraw(by=by, record=record, why=form.cleaned_data["why"])
        messages.success(request, _("The course is withdrawn. Its address says so."))
        return redirect("provider_course", key=record.key)
    return _ask(request, record, form, _("Withdraw the course"))


@form_page
@gives
def provider_offering_add(request: HttpRequest, key: str) -> HttpResponse:
    by = actor_of(request.user)
    record = _editable(by, key)
    course = _value(record)
    form = OfferingForm(request.POST if request.method == "POST" else None, initial={"mode": course.mode.value})
    return _keep_offering(request, by, record, form, None, _("Add dates"))


@form_page
@gives
def provider_offering_edit(request: HttpRequest, key: str, offering: str) -> HttpResponse:
    by = actor_of(request.user)
    record = _editable(by, key)
    old = _offering(record, offering)
    form = OfferingForm(request.POST if request.method == "POST" else None, initial=OfferingForm.initial_of(old))
    return _keep_offering(request, by, record, form, old, _("Change dates"))


def _offering(record: Record, key: str) -> Offering:
    row = next((one for one in record.offerings.all() if one.key == key), None)
    if row is None:
        raise Http404(key)
    return contents.read_offering(row.content)


def _keep_offering(
    request: HttpRequest, by: Actor, record: Record, form: OfferingForm, old: Offering | None, title: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            actions.put_offering(by=by, record=record, offering=form.offering(_value(record), old))
        except Refused as refused:
            form.tell(refused.faults)
        else:
            messages.success(request, _("Kept."))
            return redirect("provider_course", key=record.key)
    return _ask(request, record, form, title)


def _ask(request: HttpRequest, record: Record, form: Any, title: str) -> HttpResponse:
    context = {
        "title": title,
        "lead": words(record.titles),
        "breadcrumbs": _crumbs(
            Crumb(words(record.titles), reverse("provider_course", args=[record.key])), Crumb(title)
        ),
        "form": form,
        "button": title,
    }
    return render(request, "board/form.html", context)


@form_page
@gives
def provider_offering_cancel(request: HttpRequest, key: str, offering: str) -> HttpResponse:
    by = actor_of(request.user)
    record = _editable(by, key)
    found = _offering(record, offering)
    form = RevokeForm(request.POST if request.method == "POST" else None)
    form.fields["why"].label, form.fields["why"].help_text = _("Why it is called off"), _("Is kept in the history.")
    if form.is_bound and form.is_valid():
        actions.call_off(by=by, record=record, identifier=found.identifier, why=form.cleaned_data["why"])
        messages.success(request, _("These dates are called off."))
        return redirect("provider_course", key=record.key)
    return _ask(request, record, form, _("Call off"))


@require_POST
@gives
def provider_confirm(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """Somebody completed the course: they get a certificate."""
    by = actor_of(request.user)
    record = _of(by, key)
    found = next((one for one in queries.participants(by, record) if one.pk == pk), None)
    if found is None:
        raise Http404(str(pk))
    try:
        certificates.confirm(by=by, following=found)
    except NotAllowed as error:
        raise PermissionDenied from error
    except NotPossible:
        messages.error(request, _("This can’t be confirmed now."))
    else:
        messages.success(request, _("Confirmed. The participant finds the certificate under My courses."))
    return redirect("provider_course", key=record.key)
