# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The tables behind the pages: which there are, and a new one uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.talent.actions.keeping import About, put_table
from mainport.talent.models import Table
from mainport.talent.queries import kept
from mainport.talent.rules.faults import Refused
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.talent.show import way, whole
from mainport.web.templatetags.mainport import when, words

manages = needs(Permission.MANAGE_REGION)
#: Of an uploaded file.
MOST_BYTES = 20_000_000

KINDS: dict[str, Promise] = {
    Table.Kind.PATHS: gettext_lazy("Graduates: home at 16, study, home at 28"),
    Table.Kind.RETENTION: gettext_lazy("Retention by place, as others published it"),
    Table.Kind.YEARLY: gettext_lazy("The same people year by year"),
    Table.Kind.REGISTRATIONS: gettext_lazy("Registrations by week"),
    Table.Kind.ENROLLED: gettext_lazy("Who came, by year"),
    Table.Kind.LABOUR: gettext_lazy("Labour market (ROA or UWV)"),
    Table.Kind.HISTORY: gettext_lazy("Past years of a human-capital agenda"),
    Table.Kind.GRADUATES: gettext_lazy("Who is graduating, by month"),
}
_COLUMNS: dict[str, str] = {
    Table.Kind.PATHS: "home_16, study, home_28, people",
    Table.Kind.RETENTION: "place, graduates, retained, name, inward, cohort",
    Table.Kind.YEARLY: "person, year, here, level, sector, nationality",
    Table.Kind.REGISTRATIONS: "year, group, week, registered",
    Table.Kind.ENROLLED: "year, group, enrolled",
    Table.Kind.LABOUR: "sector, jaar, kwartaal, openstaande_vacatures",
    Table.Kind.HISTORY: "year, sector, level, field, stock, retirement, exit, graduates, retention",
    Table.Kind.GRADUATES: "institution, programme, level, field, sector, month, number",
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("CSV in UTF-8, or a workbook (XLSX); at most 20 MB.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), choices=list(KINDS.items()))
    replaces = forms.ChoiceField(label=gettext_lazy("Takes the place of"), required=False)
    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Stands under every figure of it.")
    )
    source_url = forms.URLField(
        label=gettext_lazy("Address of the source"), max_length=500, required=False, assume_scheme="https"
    )
    public = forms.BooleanField(
        label=gettext_lazy("The file itself may be published"),
        required=False,
        help_text=gettext_lazy("Otherwise only what protects small counts is shown."),
    )

    def __init__(self, *arguments: Any, tables: list[Table], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["file"].widget.attrs["accept"] = ".csv,.xlsx,text/csv"
        self.fields["replaces"].choices = [  # type: ignore[attr-defined]
            ("", _("none: it is a new table")),
            *((one.key, words(one.title)) for one in tables),
        ]
        self.kinds = {one.key: one.kind for one in tables}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Take out what isn't needed, or split it."))
        return file

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        replaces = said.get("replaces")
        if replaces and said.get("kind") != self.kinds[replaces]:
            self.add_error("replaces", _("That table is of another kind; a table takes the place of one of its own."))
        return said

    def key(self) -> str:
        said = self.cleaned_data
        if said["replaces"]:
            return str(said["replaces"])
        base = slugify(said["title_en"])[:70] or "table"
        return next(key for at in range(1, 10_000) if (key := base if at == 1 else f"{base}-{at}") not in self.kinds)


@require_safe
@manages
def talent_table_list(request: HttpRequest) -> Page:
    """Every table with its source."""
    tables = list(kept.tables())
    title = _("Tables of talent")
    rows = [
        {
            "key": one.key,
            "kind": one.kind,
            "title": words(one.title),
            "file": one.file_name,
            "rows": one.rows,
            "source": one.source,
            "by": one.by_name,
            "at": one.at.isoformat(),
            "public": one.public,
            "demo": one.demo,
        }
        for one in tables
    ]
    shown = [
        {
            "title": _("%(title)s (invented)") % {"title": words(one.title)} if one.demo else words(one.title),
            "kind": KINDS[one.kind],
            "rows": whole(one.rows),
            "source": one.source,
            "at": f"{when(one.at.date())}, {one.by_name}",
        }
        for one in tables
    ]
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "rows": shown,
        "upload_url": reverse("talent_table_upload"),
        "scenarios": [
            (reverse("scenario_edit", kwargs={"key": one.key}), words(one.title), one.version)
            for one in kept.scenarios()
        ],
    }
    return Page("talent/tables.html", context, {"tables": rows}, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@manages
@limited("talent-table", "60/h/user")
def talent_table_upload(request: HttpRequest) -> HttpResponse:
    """Take in a table; with any fault nothing is stored, and each stands on the page with its row."""
    tables = list(kept.tables())
    form = UploadForm(request.POST or None, request.FILES or None, tables=tables)
    faults: list[Any] = []
    more = 0
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        about = About(
            form.key(),
            said["kind"],
            {"nl": said["title_nl"], "en": said["title_en"]},
            said["source"],
            said["source_url"],
            public=said["public"],
        )
        try:
            table = put_table(
                by=actor_of(request.user), about=about, body=said["file"].read(), file_name=said["file"].name
            )
        except Refused as error:
            faults, more = error.faults, error.more
        else:
            messages.success(
                request,
                _("Taken in: %(title)s, %(rows)s rows.") % {"title": words(table.title), "rows": whole(table.rows)},
            )
            return redirect("talent_table_list")
    title = _("Upload a table")
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("Tables of talent"), reverse("talent_table_list")), Crumb(title)),
        "form": form,
        "faults": faults,
        "more": more,
        "kinds": [(label, _COLUMNS[kind]) for kind, label in KINDS.items()],
    }
    wrong = request.method == "POST"
    return render(request, "talent/upload.html", context, status=400 if wrong else 200)
