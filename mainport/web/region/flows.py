# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables of flows: which there are, what is in one, a municipality through the years, and taking one in."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.region.actions import flows as actions
from mainport.region.feeds.flows_file import Fault, Layout, Refused, Unit
from mainport.region.models import FlowTable
from mainport.region.queries import flows as queries
from mainport.region.queries.flows import Opened
from mainport.region.rules.areas import FIRST, LAST
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.geography import name_of
from mainport.web.region.reach import cities
from mainport.web.templatetags.mainport import words
from mainport.web.uploads import refused_files, tells_refused_files, too_large

manages = needs(Permission.MANAGE_REGION)
#: So many of the largest flows are shown; all of them are in the table's CSV.
TOP = 25
#: So many years stand side by side.
MOST_YEARS = 6
#: Words that stand in addresses where a key could.
TAKEN = ("add", "toevoegen")


def _head(title: str, *after: Crumb) -> dict[str, Any]:
    way = [Crumb(_("Flows"), reverse("flow_list")), *after] if after else [Crumb(_("Flows"))]
    return {"page_title": title, "breadcrumbs": show.way(*way)}


@require_safe
def flow_list(request: HttpRequest) -> Page:
    """All tables, by purpose, the newest year first."""
    tables = list(queries.tables())
    context = {
        **_head(_("Flows between municipalities")),
        "tables": [
            {
                "table": table,
                "purpose": show.PURPOSES[table.purpose],
                "year": str(table.year),
                "borders": str(table.borders),
            }
            for table in tables
        ],
        "may_add": actor_of(request.user).may(Permission.MANAGE_REGION),
    }
    rows = [_table_json(table) for table in tables]
    return Page("region/flows.html", context, {"count": len(rows), "tables": rows}, rows)


def _table_json(table: FlowTable) -> dict[str, Any]:
    return {
        "key": table.key,
        "title": words(table.title),
        "purpose": table.purpose,
        "year": table.year,
        "borders": table.borders,
        "pairs": table.rows,
        "suppressed_pairs": table.suppressed,
        "partial": table.partial,
        "source": table.source,
        "source_url": table.source_url,
        "demo": table.demo,
        "sha256": table.sha256,
    }


class FlowForm(forms.Form):
    """At the borders of which year, and which municipality in particular."""

    borders = forms.TypedChoiceField(label=gettext_lazy("Borders of the year"), coerce=int)
    area = forms.ChoiceField(label=gettext_lazy("Municipality"))

    def __init__(self, *arguments: Any, table: FlowTable, zones: Sequence[str], area: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        first = min(table.borders, LAST)
        years = [(year, str(year)) for year in range(first, LAST + 1)]
        named = sorted(((code, name_of(code)) for code in zones), key=lambda one: one[1])
        for name, choices, initial in (("borders", years, first), ("area", named, area)):
            field = self.fields[name]
            field.choices = choices  # type: ignore[attr-defined]
            field.initial = initial


@require_safe
def flow(request: HttpRequest, key: str) -> Page | HttpResponse:
    """A table: what is in it, its largest flows, and where people of one municipality go and come from."""
    tables = list(queries.tables())
    table = next((one for one in tables if one.key == key), None)
    if table is None:
        raise Http404(key)
    own = min(table.borders, LAST)
    written = request.GET.get("borders", "")
    borders = int(written) if written.isdecimal() and len(written) == 4 and own <= int(written) <= LAST else own
    opened = queries.opened(table, borders)
    towns = cities(opened)
    area = towns[0] if towns else opened.flows.zones[0]
    form, said = show.filled(FlowForm, request.GET, table=table, zones=opened.flows.zones, area=area)
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    pairs = _pairs(opened)
    context = {
        **_head(words(table.title), Crumb(words(table.title))),
        "table": table,
        "form": form,
        "reset_url": request.path,
        "purpose": show.PURPOSES[table.purpose],
        "years": {"year": str(table.year), "borders": str(table.borders), "shown": str(borders)},
        "counts": _counts(opened),
        "divided": sorted(name_of(code) for code in opened.shared),
        "top": [_flow_json(row) for row in pairs.head(TOP).iter_rows(named=True)],
        **_of_area(opened, said["area"]),
        **_side_by_side([one for one in tables if one.purpose == table.purpose], said["area"], borders),
        "ways": _ways(table, borders, said["area"], towns),
    }
    data = _table_json(table) | {"shown_at_borders_of": borders, "counts": context["counts"], "notes": table.notes}
    rows = [_flow_json(row) for row in opened.pairs.iter_rows(named=True)]
    return Page("region/flow.html", context, data | {"pairs": rows}, rows, status=400 if form.errors else 200)


def _ways(table: FlowTable, borders: int, area: str, towns: Sequence[str]) -> list[dict[str, str]]:
    query = f"table={table.key}&borders={borders}"
    city = f"&city={area}" if area in towns else ""
    return [
        {
            "url": f"{reverse('region_shading')}?{query}{city}",
            "label": _("See how far a city reaches with these flows"),
        },
        {"url": f"{reverse('delineation_new')}?{query}", "label": _("Draw regions out of them")},
    ]


def _pairs(opened: Opened) -> pl.DataFrame:
    """Flows between two different municipalities, the largest first."""
    zones = list(opened.flows.zones)
    return opened.pairs.filter(
        (pl.col("home") != pl.col("work"))
        & pl.col("amount").is_not_null()
        & pl.col("home").is_in(zones)
        & pl.col("work").is_in(zones)
    ).sort(["amount", "home", "work"], descending=[True, False, False])


def _counts(opened: Opened) -> dict[str, int]:
    amount = opened.pairs["amount"]
    zones = len(opened.flows)
    known = int((amount > 0).sum())
    return {
        "municipalities": zones,
        "with_a_number": known,
        "zero": int((amount == 0).sum()),
        "kept_back": int(amount.null_count()),
        "not_mentioned": max(zones * zones - opened.pairs.height, 0),
    }


def _flow_json(row: Mapping[str, Any]) -> dict[str, Any]:
    amount = row["amount"]
    return {
        "home": row["home"],
        "home_name": name_of(row["home"]),
        "work": row["work"],
        "work_name": name_of(row["work"]),
        "amount": None if amount is None else round(amount, 2),
        "kept_back": amount is None,
    }


def _of_area(opened: Opened, area: str) -> dict[str, Any]:
    """Out of it and into it: the largest, and the totals."""
    flows, pairs = opened.flows, opened.pairs
    place = flows.index(area)
    zones = list(flows.zones)
    stays = float(flows.within[place])

    def largest(own: str, other: str) -> list[dict[str, Any]]:
        found = pairs.filter((pl.col(own) == area) & (pl.col(other) != area) & pl.col(other).is_in(zones))
        ordered = found.sort(["amount", other], descending=[True, False], nulls_last=True).head(10)
        return [
            {
                "name": name_of(row[other]),
                "amount": None if row["amount"] is None else round(row["amount"]),
                "url": f"?borders={opened.year}&area={row[other]}#area",
            }
            for row in ordered.iter_rows(named=True)
            if row["amount"] is None or row["amount"] > 0
        ]

    return {
        "area": area,
        "area_name": name_of(area),
        "area_total": {
            "residents": round(float(flows.residents[place])),
            "workers": round(float(flows.workers[place])),
            "stays": round(stays),
            "goes": round(float(flows.residents[place]) - stays),
            "comes": round(float(flows.workers[place]) - stays),
            "stay_share": show.percent(stays / flows.residents[place]) if flows.residents[place] else "",
        },
        "goes_to": largest("home", "work"),
        "comes_from": largest("work", "home"),
    }


def _side_by_side(tables: Sequence[FlowTable], area: str, borders: int) -> dict[str, Any]:
    """The same municipality in every table of this purpose, at the same borders."""
    rows = []
    fitting = [table for table in tables if min(table.borders, LAST) <= borders]
    for table in fitting[:MOST_YEARS]:
        opened = queries.opened(table, borders)
        # Of other municipalities than its city, a table that isn't whole knows too little.
        if area not in opened.flows.zones or (table.partial and area not in cities(opened)):
            continue
        place = opened.flows.index(area)
        stays = float(opened.flows.within[place])
        rows.append(
            {
                "year": str(table.year),
                "title": table.title,
                "url": reverse("flow", kwargs={"key": table.key}),
                "residents": round(float(opened.flows.residents[place])),
                "workers": round(float(opened.flows.workers[place])),
                "stays": round(stays),
                "goes": round(float(opened.flows.residents[place]) - stays),
                "comes": round(float(opened.flows.workers[place]) - stays),
                "partial": table.partial,
                "source": table.source,
            }
        )
    return {
        "by_year": rows if len(rows) > 1 else [],
        "years_left_out": [str(table.year) for table in tables if table not in fitting[:MOST_YEARS]],
    }


# --- Taken in ---


class UploadForm(forms.Form):
    """A file of flows with what is to be known of it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX with a row a pair (home, work, amount), or with a row a home and a column a place of work. "
            "Tables 85481NED and 81251NED of CBS are known by their columns. A dot is an amount that the source keeps "
            "back, which is not zero."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.gz,text/csv"}),
    )
    title_nl = forms.CharField(label=gettext_lazy("Title in Dutch"), max_length=200)
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200)
    purpose = forms.ChoiceField(
        label=gettext_lazy("For what people travel"), choices=list(show.PURPOSES.items()), initial="work"
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1900, max_value=2100)
    borders = forms.TypedChoiceField(
        label=gettext_lazy("Borders of the year"),
        coerce=int,
        choices=[(year, str(year)) for year in range(LAST, FIRST - 1, -1)],
        help_text=gettext_lazy("Every code must have been a municipality on the first of January of that year."),
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Unit"),
        required=False,
        choices=[
            ("", gettext_lazy("as the file tells: thousands for CBS, else ones")),
            (Unit.ONE.value, gettext_lazy("jobs, people or trips")),
            (Unit.THOUSANDS.value, gettext_lazy("thousands of them")),
        ],
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("What the rows are"),
        required=False,
        choices=[
            (Layout.AUTO.value, gettext_lazy("as the file tells")),
            (Layout.PAIRS.value, gettext_lazy("pairs of a home and a place of work")),
            (Layout.ROWS_ARE_HOMES.value, gettext_lazy("homes, with a column for each place of work")),
            (Layout.ROWS_ARE_WORKS.value, gettext_lazy("places of work, with a column for each home")),
        ],
    )
    decimal = forms.ChoiceField(
        label=gettext_lazy("Sign before decimals"),
        required=False,
        choices=[("", gettext_lazy("as the file tells")), (",", gettext_lazy("comma")), (".", gettext_lazy("point"))],
    )
    columns = forms.CharField(
        label=gettext_lazy("Columns"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "The names of those of home, work and amount, separated by commas, where they are called otherwise."
        ),
    )
    period = forms.CharField(
        label=gettext_lazy("Period"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Which one, where the file has several: 2014MM12."),
    )
    partial = forms.BooleanField(
        label=gettext_lazy("The file doesn't hold all flows, such as those of one city only"), required=False
    )
    source = forms.CharField(
        label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Who published it, where and when.")
    )
    source_url = forms.URLField(
        label=gettext_lazy("Address of the source"), required=False, max_length=500, assume_scheme="https"
    )
    notes_nl = forms.CharField(
        label=gettext_lazy("What to know of it, in Dutch"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("How it was rounded, and what is missing."),
    )
    notes_en = forms.CharField(
        label=gettext_lazy("What to know of it, in English"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_columns(self) -> list[str]:
        written: str = self.cleaned_data["columns"]
        names = [name.strip() for name in written.split(",") if name.strip()]
        if names and len(names) != 3:
            raise forms.ValidationError(
                _("Found %(count)s names. Expected three: of home, work and amount."), params={"count": len(names)}
            )
        return names

    @property
    def key(self) -> str:
        """Under which it is kept: by purpose, year and title, so that a better file takes its place."""
        data = self.cleaned_data
        key = slugify(f"{data['title_en']}-{data['year']}")[:80] or f"{data['purpose']}-{data['year']}"
        return f"{key}-1" if key in TAKEN else key

    @property
    def about(self) -> actions.About:
        data = self.cleaned_data
        notes = {"nl": data["notes_nl"], "en": data["notes_en"]}
        return actions.About(
            key=self.key,
            title={"nl": data["title_nl"], "en": data["title_en"]},
            purpose=data["purpose"],
            year=data["year"],
            borders=data["borders"],
            source=data["source"],
            source_url=data["source_url"],
            notes={language: text for language, text in notes.items() if text},
            partial=data["partial"],
        )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
@limited("flows", "30/h/user")
@tells_refused_files
def flow_add(request: HttpRequest) -> HttpResponse:
    """Take a table in, or tell every fault in it with its row; then nothing is stored."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    faults: Sequence[Fault] = ()
    for name, file in refused_files(request).items():
        if name == "file":
            form.add_error("file", too_large(file))
    if form.is_bound and form.is_valid():
        try:
            table = _put(request, form)
        except Refused as error:
            faults = error.faults
            form.add_error("file", _("Nothing was stored: see what is wrong with the file below."))
        except ValueError as error:
            form.add_error("file", str(error))
        else:
            told = {"count": table.rows, "kept": table.suppressed, "title": words(table.title)}
            messages.success(
                request, _("“%(title)s” is stored: %(count)s pairs, of which %(kept)s kept back by the source.") % told
            )
            return redirect("flow", key=table.key)
    title = _("Take a table of flows in")
    context = {**_head(title, Crumb(title)), "form": form, "faults": faults}
    return render(request, "region/flow_add.html", context, status=400 if form.errors else 200)


def _put(request: HttpRequest, form: UploadForm) -> FlowTable:
    data = form.cleaned_data
    upload: UploadedFile[Any] = data["file"]
    with tempfile.NamedTemporaryFile(suffix=".csv") as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        return actions.put_file(
            by=actor_of(request.user),
            path=Path(kept.name),
            about=form.about,
            columns=data["columns"] or None,
            unit=Unit(data["unit"]) if data["unit"] else None,
            period=data["period"],
            layout=Layout(data["layout"] or Layout.AUTO),
            decimal=data["decimal"],
            name=(upload.name or "flows.csv")[:100],
        )
