# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The list of somebody without an account: found again by its code, and kept on a device of their own or not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import list_codes
from mainport.catalogue.rules.following import Learner
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.academy.visits import VISIT, keep_on_device, learner_of, off_device, way
from mainport.web.limits import limited


class CodeForm(forms.Form):
    """The code on somebody's paper."""

    code = forms.CharField(
        label=gettext_lazy("Your code"),
        help_text=gettext_lazy("Three times four letters and digits. Spaces and capitals don’t matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "size": 16}
        ),
        error_messages={"required": gettext_lazy("Type the code that stands on your paper.")},
    )

    def clean_code(self) -> str:
        said: str = self.cleaned_data["code"]
        code = list_codes.read(said)
        if not code:
            raise forms.ValidationError(
                _("A code has twelve letters and digits, such as %(example)s. Look whether you have all of them.")
                % {"example": "K7QM 3XWP 9RTV"}
            )
        if not queries.is_kept(Learner(visit=code)):
            raise forms.ValidationError(
                _("There is no list with this code. Look whether each letter is right. We keep a list for 90 days.")
            )
        return code


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("academy-code", "60/h/ip")
def list_open(request: HttpRequest) -> HttpResponse:
    """Open a list by its code; for who has logged in it becomes theirs."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        if isinstance(request.user, Person):
            actions.claim(by=actor_of(request.user), person=request.user, visit=code)
        else:
            request.session[VISIT] = code
        messages.success(request, _("This is your list."))
        return redirect("my_courses")
    title = _("Open my list")
    context: dict[str, Any] = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("My courses"), reverse("my_courses")), Crumb(title)),
        "form": form,
        "other": not request.user.is_authenticated and queries.is_kept(learner_of(request)),
    }
    return render(request, "catalogue/academy/list_open.html", context)


@require_POST
@limited("academy", "1200/h/ip")
def list_keep(request: HttpRequest) -> HttpResponse:
    """Let the list stand on this device, or no longer."""
    response = redirect(f"{reverse('my_courses')}#keep")
    learner = learner_of(request)
    if request.POST.get("keep") == "yes":
        if learner and learner.visit:
            keep_on_device(response, learner)
            messages.success(request, _("Your list stays on this device."))
        return response
    off_device(response)
    request.session.pop(VISIT, None)
    messages.success(request, _("Your list is no longer on this device. With your code you open it again."))
    return response
