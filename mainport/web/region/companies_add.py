# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Companies are taken in from a file: first looked at if wanted, then each row is told what was made of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.region.actions.companies import Report, Terms, Unlicensed, put_file
from mainport.region.feeds.faults import Fault, Refused
from mainport.region.rules.companies import Match, Reason
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.region import show
from mainport.web.uploads import refused_files, tells_refused_files, too_large

manages = needs(Permission.MANAGE_REGION)
#: So many rows are shown of each kind; `mainport region companies --json` gives all.
MOST_SHOWN = 200

REASONS: dict[Reason, Promise] = {
    Reason.NUMBER: gettext_lazy("same KvK number"),
    Reason.NAME_AND_TOWN: gettext_lazy("same name and town"),
    Reason.NEW: gettext_lazy("not known yet"),
    Reason.AMBIGUOUS: gettext_lazy("may be several companies"),
}
TOLD: dict[str, Promise] = {
    "several numbers go with this name and town": gettext_lazy("several numbers go with this name and town"),
    "several companies have this name in this town": gettext_lazy("several companies have this name in this town"),
    "a company has this name, and a town isn't known": gettext_lazy("a company has this name, and a town isn't known"),
}


class CompaniesForm(forms.Form):
    """A file of companies, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV in UTF-8 or XLSX with a row a company, or a row for each year of it: name, kvk, town, municipality, "
            "sector, founded, closed, website, year, jobs, funding. An export of Dealroom is known by its columns."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        help_text=gettext_lazy("As it will stand beside the figures, with its date."),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Under which terms you got it: CC BY 4.0, or an agreement with its date."),
    )
    rows_public = forms.ChoiceField(
        label=gettext_lazy("Who may see single companies of this file"),
        required=False,
        choices=[
            ("", gettext_lazy("of Dealroom who manages the region; of other sources everybody")),
            ("yes", gettext_lazy("everybody: the licence allows it")),
            ("no", gettext_lazy("who manages the region; others see totals only")),
        ],
    )
    look = forms.BooleanField(
        label=gettext_lazy("Only show what would become of each row; store nothing"), required=False
    )

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        public = {"yes": True, "no": False}.get(data["rows_public"])
        return Terms(data["source"], data["licence"], public)


@require_http_methods(["GET", "HEAD", "POST"])
@manages
@limited("companies", "30/h/user")
@tells_refused_files
def company_add(request: HttpRequest) -> HttpResponse:
    """Take companies in, or tell every fault with its row; then nothing is stored. Sent again, it changes nothing."""
    form = CompaniesForm(request.POST, request.FILES) if request.method == "POST" else CompaniesForm()
    faults: Sequence[Fault] = ()
    report: Report | None = None
    for name, file in refused_files(request).items():
        if name == "file":
            form.add_error("file", too_large(file))
    if form.is_bound and form.is_valid():
        try:
            report = _put(request, form)
        except Refused as error:
            faults = error.faults
            form.add_error("file", _("Nothing was stored: see what is wrong with the file below."))
        except Unlicensed:
            form.add_error(
                "licence", _("Single companies of Dealroom may be shown only where a licence says so. Fill in which.")
            )
    title = _("Take companies in")
    context = {
        "page_title": title,
        "breadcrumbs": show.way(Crumb(_("Young companies"), reverse("company_list")), Crumb(title)),
        "form": form,
        "faults": faults,
        "report": report,
        "groups": _groups(report) if report else [],
    }
    return render(request, "region/companies_add.html", context, status=400 if form.errors else 200)


def _put(request: HttpRequest, form: CompaniesForm) -> Report:
    upload: UploadedFile[bytes] = form.cleaned_data["file"]
    return put_file(
        by=actor_of(request.user),
        body=upload.read(),
        name=(upload.name or "companies.csv")[:100],
        terms=form.terms,
        look=form.cleaned_data["look"],
    )


def _groups(report: Report) -> list[dict[str, Any]]:
    """Rows by what was made of them: what needs somebody's eye comes first."""
    found = []
    for reason in (Reason.AMBIGUOUS, Reason.NAME_AND_TOWN, Reason.NUMBER, Reason.NEW):
        rows = [_row(match) for match in report.matches if match.reason is reason]
        if rows:
            found.append({"title": REASONS[reason], "count": len(rows), "rows": rows[:MOST_SHOWN]})
    return found


def _row(match: Match) -> dict[str, Any]:
    return {
        "row": str(match.entry.row),
        "name": match.entry.name,
        "town": match.entry.town,
        "kvk": match.entry.kvk,
        "company": ", ".join(match.candidates),
        "told": str(TOLD.get(match.told, match.told)),
    }
