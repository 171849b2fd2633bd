# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Editing a scenario as the text that it is: checked, looked at beforehand, kept as a new version with its reason."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mainport.core.queries import actor_of
from mainport.talent.actions.keeping import About, put_scenario
from mainport.talent.feeds.scenario_files import PeakFile, PlanFile
from mainport.talent.models import Scenario
from mainport.talent.queries import kept
from mainport.talent.rules.faults import Refused
from mainport.talent.rules.human_capital import project
from mainport.talent.rules.peak import simulate
from mainport.talent.rules.scenarios import load
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.talent.show import signed, way, whole, word
from mainport.web.talent.tables import manages
from mainport.web.templatetags.mainport import words

#: Fields of a scenario that name a file.
_FILES = ("registrations", "enrolled", "roa", "uwv", "history")
_MOST = 200_000


class ScenarioForm(forms.Form):
    body = forms.CharField(
        label=gettext_lazy("The scenario, in YAML"),
        max_length=_MOST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "mainport-talent-yaml"}),
    )
    why = forms.CharField(
        label=gettext_lazy("Why it changes"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Needed to keep it. Stands with the version, for everybody who may see the log."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
@limited("scenario", "240/h/user")
def scenario_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Show the text; check it with what would come of it; keep it as a new version."""
    versions = list(kept.versions(key))
    scenario = next((one for one in versions if one.current), None)
    if scenario is None:
        raise Http404(f"scenario:{key}")
    from_version = next((one for one in versions if str(one.version) == request.GET.get("version")), scenario)
    form = ScenarioForm(request.POST or None, initial={"body": from_version.body})
    faults: tuple[list[Any], int] = ([], 0)
    preview: list[dict[str, str]] = []
    diff: list[str] = []
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"].replace("\r\n", "\n")
        keeps = "keep" in request.POST
        try:
            tables = _tables(body, scenario)
            tried = kept.tried(scenario.kind, key, body, tables)
            if keeps and not form.cleaned_data["why"].strip():
                form.add_error("why", _("Say why it changes; then it can be kept."))
            elif keeps:
                return _kept(request, scenario, form, body, tables)
            preview = _preview(scenario, tried)
            diff = _diff(scenario.body, body)
        except Refused as error:
            faults = error.faults, error.more
    title = words(scenario.title)
    context = {
        "page_title": _("Edit: %(title)s") % {"title": title},
        "breadcrumbs": way(Crumb(title, _page(scenario)), Crumb(_("Edit"))),
        "scenario": scenario,
        "form": form,
        "faults": faults[0],
        "more": faults[1],
        "preview": preview,
        "diff": diff,
        "checked": bool(preview),
        "versions": [_version(request, one) for one in versions],
    }
    wrong = bool(request.method == "POST" and (form.errors or faults[0]))
    return render(request, "talent/scenario_edit.html", context, status=400 if wrong else 200)


def _page(scenario: Scenario) -> str:
    name = "human_capital" if scenario.kind == Scenario.Kind.HUMAN_CAPITAL else "peak"
    return reverse(name, kwargs={"key": scenario.key})


def _tables(body: str, scenario: Scenario) -> dict[str, str]:
    """The tables that the text names. Raises Refused where the text is no scenario."""
    data, _lines = load(body.encode(), f"{scenario.key}.yaml")
    return kept.named_tables(str(data[field]) for field in _FILES if field in data)


def _kept(
    request: HttpRequest, scenario: Scenario, form: forms.Form, body: str, tables: dict[str, str]
) -> HttpResponse:
    about = About(scenario.key, scenario.kind, scenario.title, demo=scenario.demo)
    new = put_scenario(
        by=actor_of(request.user), about=about, body=body, tables=tables, why=form.cleaned_data["why"].strip()
    )
    if new.version == scenario.version:
        messages.info(request, _("Nothing changed, so there is no new version."))
    else:
        messages.success(request, _("Kept as version %(version)s.") % {"version": new.version})
    return redirect(_page(scenario))


def _preview(scenario: Scenario, tried: PlanFile | PeakFile) -> list[dict[str, str]]:
    """What comes of the text, beside what comes of the version in force."""
    if isinstance(tried, PlanFile):
        before, after = _gaps(kept.plan(scenario)), _gaps(tried)
    else:
        before, after = _beds(kept.peak(scenario)), _beds(tried)
    return [{"what": what, "now": before.get(what, ""), "then": after.get(what, "")} for what in {**before, **after}]


def _gaps(read: PlanFile) -> dict[str, str]:
    lines = project(replace(read.plan, runs=0))
    return {
        _("%(sector)s, %(demand)s: people less jobs in %(year)s")
        % {
            "sector": _("All sectors") if line.sector == "*" else word(line.sector),
            "demand": word(line.scenario),
            "year": line.year,
        }: signed(line.gap)
        for line in lines
        if line.level == "*" and line.year == read.plan.end
    }


def _beds(read: PeakFile) -> dict[str, str]:
    outcome = simulate(read.peak)
    return {
        _("Tightest week"): str(outcome.peak_week or "–"),
        _("Rooms short, one of ten autumns exceeds"): whole(outcome.p90),
        _("Beds to add, to be as certain as the scenario asks"): whole(outcome.beds),
    }


def _diff(before: str, after: str) -> list[str]:
    return [
        line
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=1)
        if not line.startswith(("---", "+++", "@@"))
    ]


def _version(request: HttpRequest, one: Scenario) -> dict[str, Any]:
    return {
        "title": _("Version %(version)s") % {"version": one.version},
        "date": one.at,
        "by": one.by_name,
        "url": f"{request.path}?version={one.version}",
        "current": one.current,
    }
