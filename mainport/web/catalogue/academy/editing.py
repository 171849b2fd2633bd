# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaire for who looks after it: change its text, check it, look at it, keep a version, ask it."""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.models import Questionnaire
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import questionnaire_file
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.catalogue.academy.visits import way

edits = needs(Permission.MANAGE_COURSES)


class TextForm(forms.Form):
    """A questionnaire as text, or as a file."""

    text = forms.CharField(
        label=gettext_lazy("The questionnaire, as YAML"),
        help_text=gettext_lazy(
            "Change words, order and conditions. What a question is about, and the values of its answers, stay: "
            "by those the offer is made."
        ),
        widget=forms.Textarea(attrs={"rows": 28, "class": "mainport-yaml", "spellcheck": "false", "wrap": "off"}),
        max_length=questionnaire_file.LARGEST,
        strip=False,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"), help_text=gettext_lazy("It takes the place of the text."), required=False
    )
    why = forms.CharField(
        label=gettext_lazy("What changes, and why"),
        help_text=gettext_lazy("Is kept in the history."),
        max_length=300,
        required=False,
    )

    @property
    def written(self) -> bytes | str:
        file = self.cleaned_data.get("file")
        text: str = self.cleaned_data["text"]
        return bytes(file.read(questionnaire_file.LARGEST + 1)) if file else text


@require_http_methods(["GET", "HEAD", "POST"])
@edits
@never_cache
def questionnaire_edit(request: HttpRequest) -> HttpResponse:
    by = actor_of(request.user)
    now = queries.asked()
    form = TextForm(initial={"text": text_of(now.row)})
    context: dict[str, Any] = {}
    if request.method == "POST":
        form = TextForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                content = questionnaire_file.parse(form.written)
                read = questionnaire_file.read(content)
                if read.key != queries.KEY:
                    raise Refused([Fault("key", read.key, queries.KEY)])
            except Refused as refused:
                context["faults"] = refused.faults
            else:
                if request.POST.get("deed") == "keep":
                    kept = actions.put_questionnaire(by=by, content=content, why=form.cleaned_data["why"])
                    text = _("Version %(number)d is kept. It is asked once you put it in use.")
                    messages.success(request, text % {"number": kept.version})
                    return redirect("questionnaire_edit")
                context["preview"] = read
                form = TextForm(initial={"text": _text(form, content), "why": form.cleaned_data["why"]})
    context |= {
        "page_title": _("The questionnaire"),
        "breadcrumbs": way(Crumb(_("The questionnaire"))),
        "form": form,
        "now": now.row,
        "versions": queries.versions(by)[:50],
    }
    return render(request, "catalogue/academy/questionnaire_edit.html", context)


def _text(form: TextForm, content: dict[str, Any]) -> str:
    return _dumped(content) if form.cleaned_data.get("file") else form.cleaned_data["text"]


def text_of(row: Questionnaire | None) -> str:
    """A version as YAML; the one that comes with Mainport with its own remarks."""
    if row is None or row.content == questionnaire_file.embedded():
        source = resources.files("mainport.catalogue") / "data" / "digitale-academie.yaml"
        return source.read_text("utf-8")
    return _dumped(row.content)


def _dumped(content: dict[str, Any]) -> str:
    found: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    return found


def _version(request: HttpRequest, pk: int) -> Questionnaire:
    found = queries.versions(actor_of(request.user)).filter(pk=pk).first()
    if found is None:
        raise Http404(str(pk))
    return found


@require_POST
@edits
def questionnaire_activate(request: HttpRequest, pk: int) -> HttpResponse:
    found = _version(request, pk)
    actions.activate(by=actor_of(request.user), version=found)
    messages.success(request, _("Version %(number)d is asked from now on.") % {"number": found.version})
    return redirect("questionnaire_edit")


@require_safe
@edits
def questionnaire_file_view(request: HttpRequest, pk: int) -> HttpResponse:
    found = _version(request, pk)
    response = HttpResponse(text_of(found), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.key}-{found.version}.yaml"'
    return response
