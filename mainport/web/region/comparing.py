# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Two ways of drawing regions side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.region.models import FlowTable
from mainport.region.queries import delineations as of_kept
from mainport.region.queries import flows as queries
from mainport.web.agenda.views.parts import Crumb
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.delineation import agreement, head, other_choices, result_of
from mainport.web.region.reach import cities
from mainport.web.region.regions import CantDraw, compared, map_of, numbered_as, table_named, table_of
from mainport.web.region.shading import USUAL_TABLE
from mainport.web.templatetags.mainport import words


class CompareForm(forms.Form):
    """Two ways of drawing, on the same flows; or what was kept."""

    table = forms.ChoiceField(label=gettext_lazy("Flows"))
    first = forms.ChoiceField(label=gettext_lazy("First"))
    second = forms.ChoiceField(label=gettext_lazy("Second"))

    def __init__(
        self,
        *arguments: Any,
        tables: Sequence[FlowTable],
        table: FlowTable,
        others: Sequence[tuple[str, str]],
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        names = [(one.key, f"{words(one.title)}, {one.year}") for one in tables]
        usual_pair = ("way.coombes-bond.strict", "way.coombes-bond.istat34")
        for name, choices, initial in (
            ("table", names, table.key),
            ("first", others, usual_pair[0]),
            ("second", others, usual_pair[1]),
        ):
            field = self.fields[name]
            field.choices = list(choices)  # type: ignore[attr-defined]
            field.initial = initial


@require_safe
def delineation_compare(request: HttpRequest) -> Page | HttpResponse:
    """Two results side by side: how far they agree, and what lies elsewhere."""
    tables = list(queries.tables())
    title = _("Two ways of drawing compared")
    if not tables:
        return Page("region/no_flows.html", head(title, Crumb(title)), {"moved": []}, [])
    table = table_named(tables, request.GET.get("table", ""), USUAL_TABLE)
    kept = list(of_kept.kept())
    form, said = show.filled(CompareForm, request.GET, tables=tables, table=table, others=other_choices(kept))
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    opened = queries.opened(table)
    towns = cities(opened)
    context = {**head(title, Crumb(title)), "form": form, "table": table, "reset_url": request.path}
    sides = []
    for name in ("first", "second"):
        try:
            sides.append(result_of(said[name], opened, towns, kept))
        except CantDraw as error:
            form.add_error(name, str(error))
    if len(sides) < 2:
        if show.wants_data(request):
            return show.refused(request, form)
        return Page("region/delineation_compare.html", context, {"moved": []}, [], status=400)
    found = compared(*sides)
    moved = found.codes
    first = table_of(sides[0])
    tables_of = [first, numbered_as(table_of(sides[1]), first)]
    context |= {
        "compared": agreement(found),
        "modes": {said["first"], said["second"]} == {"way.coombes-bond.strict", "way.coombes-bond.istat34"},
        "sides": [
            {"regions": side, "map": map_of(side, rows, moved), "count": len(rows)}
            for side, rows in zip(sides, tables_of, strict=True)
        ],
    }
    data = {
        "table": table.key,
        "first": said["first"],
        "second": said["second"],
        "regions": [len(rows) for rows in tables_of],
        **agreement(found),
    }
    return Page("region/delineation_compare.html", context, data, found.moved, status=400 if form.errors else 200)
