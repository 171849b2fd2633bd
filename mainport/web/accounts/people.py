# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""People and their roles, for those who manage them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mainport.core import actions, queries
from mainport.core.models import Person
from mainport.core.rules.people import Reason, Refused, may_change
from mainport.core.rules.permissions import Actor, Permission, Role
from mainport.web.access import needs
from mainport.web.accounts.forms import NewPersonForm, PeopleFilter, PersonForm, ReasonForm
from mainport.web.accounts.invitations import invite
from mainport.web.accounts.words import REFUSALS, roles_of
from mainport.web.limits import limited
from mainport.web.pages import Page

PER_PAGE = 50


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> Page:
    form = PeopleFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = queries.people(
        by=queries.actor_of(request.user),
        words=chosen.get("q", ""),
        role=Role(chosen["role"]) if chosen.get("role") else None,
        organisation=chosen.get("organisation", ""),
        active={"yes": True, "no": False}.get(chosen.get("access", "")),
    )
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(person, roles_of(person)) for person in page_obj]
    return Page(
        template="accounts/people.html",
        context={"form": form, "page_obj": page_obj, "people": shown, "filtered": any(chosen.values())},
        data={"count": page_obj.paginator.count, "page": page_obj.number, "people": [_as_data(p) for p, _r in shown]},
        rows=_rows(found),
    )


def _as_data(person: Person) -> dict[str, Any]:
    return {
        "id": person.pk,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "may_log_in": person.is_active,
        "demo": person.demo,
        "joined_at": person.joined_at,
        "last_login": person.last_login,
        "roles": [
            {"role": one.role, "organisation": one.organisation.key if one.organisation else None}
            for one in person.memberships.all()
        ],
    }


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    """All that were found, a row a person, the roles in one cell."""
    for person in found:
        data = _as_data(person)
        roles = [
            f"{one['role']}@{one['organisation']}" if one["organisation"] else one["role"] for one in data["roles"]
        ]
        yield {**data, "roles": " ".join(roles)}


@needs(Permission.MANAGE_PEOPLE)
@limited("person-add", "60/h/user")
def person_add(request: HttpRequest) -> HttpResponse:
    by = queries.actor_of(request.user)
    form = NewPersonForm(request.POST or None, by=by)
    if form.is_valid() and (person := _welcomed(form, by)):
        _say_whether_invited(request, person, by)
        return redirect("person", pk=person.pk)
    return render(request, "accounts/person_add.html", {"form": form, "breadcrumbs": _trail(_("Add somebody"))})


def _welcomed(form: NewPersonForm, by: Actor) -> Person | None:
    chosen = form.cleaned_data
    try:
        return actions.welcome(
            by=by,
            email=chosen["email"],
            name=chosen["name"],
            language=chosen["language"],
            grants=chosen["grants"],
            why=chosen["why"],
        )
    except Refused as refusal:
        form.add_error(None, str(REFUSALS[refusal.reason]))
    except ValidationError:
        form.add_error("email", _("Somebody already has an account with this address."))
    return None


@needs(Permission.MANAGE_PEOPLE)
@limited("person-edit", "120/h/user")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    by = queries.actor_of(request.user)
    somebody = _person_or_404(by, pk)
    editable = may_change(by, somebody.actor.grants) and by.person_id != somebody.pk
    form = PersonForm(
        request.POST or None,
        by=by,
        grants=somebody.actor.grants,
        initial={"name": somebody.name, "language": somebody.language},
    )
    if form.is_valid() and _saved(form, by, somebody):
        messages.success(request, _("The changes are saved."))
        return redirect("person", pk=pk)
    context = {
        "person": somebody,
        "roles": roles_of(somebody),
        "form": form if editable else None,
        "refusal": None if editable else _refusal_words(by, somebody),
        "access_form": ReasonForm(auto_id="access_%s"),
        "breadcrumbs": _trail(str(somebody)),
        "audit_url": f"{reverse('audit')}?subject=person:{pk}" if by.may(Permission.READ_AUDIT) else "",
    }
    return render(request, "accounts/person.html", context)


def _saved(form: PersonForm, by: Actor, somebody: Person) -> bool:
    """Name, language and roles in one go, or none of them."""
    chosen = form.cleaned_data
    try:
        with transaction.atomic():
            actions.set_grants(by=by, person=somebody, grants=chosen["grants"], why=chosen["why"])
            actions.set_details(
                by=by, person=somebody, name=chosen["name"], language=chosen["language"], why=chosen["why"]
            )
    except Refused as refusal:
        form.add_error(None, str(REFUSALS[refusal.reason]))
        return False
    return True


def _refusal_words(by: Actor, somebody: Person) -> str:
    return str(REFUSALS[Reason.OWN_ROLES if by.person_id == somebody.pk else Reason.GUARDED_PERSON])


@needs(Permission.MANAGE_PEOPLE)
@require_POST
@limited("person-edit", "120/h/user")
def person_access(request: HttpRequest, pk: int) -> HttpResponse:
    """End or restore somebody's access."""
    by = queries.actor_of(request.user)
    somebody = _person_or_404(by, pk)
    try:
        actions.set_access(
            by=by, person=somebody, active=not somebody.is_active, why=request.POST.get("why", "")[:500].strip()
        )
    except Refused as refusal:
        messages.error(request, str(REFUSALS[refusal.reason]))
    else:
        said = (
            _("The access of %(name)s is restored.") if somebody.is_active else _("The access of %(name)s has ended.")
        )
        messages.success(request, said % {"name": somebody})
    return redirect("person", pk=pk)


@needs(Permission.MANAGE_PEOPLE)
@require_POST
@limited("invite", "60/h/user")
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    by = queries.actor_of(request.user)
    somebody = _person_or_404(by, pk)
    if somebody.is_active:
        _say_whether_invited(request, somebody, by)
    else:
        messages.error(request, _("Restore the access first."))
    return redirect("person", pk=pk)


def _say_whether_invited(request: HttpRequest, somebody: Person, by: Actor) -> None:
    if invite(request, somebody, by=by):
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": somebody.email})
    else:
        messages.error(
            request, _("The account is there, but the mail server did not take the invitation. Send it again later.")
        )


def _person_or_404(by: Actor, pk: int) -> Person:
    found = queries.people(by=by).filter(pk=pk).first()
    if not found:
        raise Http404
    return found


def _trail(here: str) -> list[dict[str, str]]:
    return [
        {"label": _("Workspace"), "url": reverse("workspace")},
        {"label": _("People"), "url": reverse("people")},
        {"label": here, "url": ""},
    ]
