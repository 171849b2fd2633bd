# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The page from which a person takes the whole agenda along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mainport.agenda import queries
from mainport.agenda.exports import FORMATS
from mainport.agenda.rules.elements import Kind

#: What each format is for, in the order in which most people will want them.
USES = {
    "xlsx": ("XLSX", _("To sort, filter and pass on as a spreadsheet: a sheet for each kind.")),
    "csv": ("CSV", _("To use in another program: one table, with both languages.")),
    "yaml": ("YAML", _("To keep, change and load again: nothing is lost.")),
    "stratml": ("StratML", _("To exchange with other strategic plans (ISO 17469-1).")),
    "jsonld": ("JSON-LD", _("To link with other open data.")),
}


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Every format, each with a link that downloads it."""
    alliance = queries.elements(Kind.ALLIANCE).first()
    languages: list[str] = alliance.attributes["languages"] if alliance else []
    own = get_language()
    files = [
        {
            "name": title,
            "use": use,
            "url": reverse("api:get_export", kwargs={"format": name})
            + (f"?language={own}" if FORMATS[name].one_language and own in languages else ""),
        }
        for name, (title, use) in USES.items()
    ]
    return render(request, "api/open-data.html", {"files": files if alliance else []})
