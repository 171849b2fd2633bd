# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions out of flows: drawn by a method of the reader's choice, kept by who manages the region, compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.region.actions import delineations as actions
from mainport.region.models import Delineation, FlowTable
from mainport.region.queries import delineations as of_kept
from mainport.region.queries import flows as queries
from mainport.region.queries.flows import Opened
from mainport.region.rules.areas import LAST
from mainport.region.rules.methods import Method
from mainport.web.access import needs
from mainport.web.agenda.views.parts import Crumb
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.geography import name_of
from mainport.web.region.method_forms import ABOUT, FORMS, METHODS, MethodForm
from mainport.web.region.reach import cities
from mainport.web.region.regions import (
    WAYS,
    CantDraw,
    Compared,
    Regions,
    Row,
    compared,
    drawn,
    from_kept,
    label_of,
    map_of,
    neighbours,
    row_json,
    table_named,
    table_of,
    usual,
    zone_rows,
)
from mainport.web.region.shading import USUAL_TABLE
from mainport.web.templatetags.mainport import number

manages = needs(Permission.MANAGE_REGION)


@dataclass(frozen=True)
class Asked:
    """What somebody asked to be drawn: the flows, the method with its form, and what the form says."""

    opened: Opened
    towns: list[str]
    method: str
    form: MethodForm
    said: Mapping[str, Any]
    kept: list[Delineation]

    @property
    def options(self) -> dict[str, Any]:
        return self.form.options(self.said)

    def draw(self) -> Regions:
        """Raises CantDraw."""
        one_piece = bool(self.said.get("one_piece"))
        return drawn(self.opened, self.method, self.options, str(METHODS[self.method]), one_piece=one_piece)


def _asked(data: QueryDict, tables: Sequence[FlowTable]) -> Asked:
    table = table_named(tables, data.get("table", ""), USUAL_TABLE)
    written, own = data.get("borders", ""), min(table.borders, LAST)
    borders = int(written) if written.isdecimal() and len(written) == 4 and own <= int(written) <= LAST else own
    opened = queries.opened(table, borders)
    towns = cities(opened)
    method = data.get("method", "") if data.get("method", "") in FORMS else Method.COOMBES_BOND.value
    kept = list(of_kept.kept())
    has_borders = method in (Method.FUA, Method.INTRAMAX) and neighbours(opened) is not None
    form, said = show.filled(
        FORMS[method],
        data,
        method=method,
        tables=tables,
        table=table,
        towns=towns,
        others=other_choices(kept),
        has_borders=has_borders,
    )
    assert isinstance(form, MethodForm)
    return Asked(opened, towns, method, form, said, kept)


def other_choices(kept: Sequence[Delineation]) -> list[tuple[str, str]]:
    return [
        *((f"way.{way}", label_of(way, METHODS)) for way in WAYS),
        *((f"kept.{one.key}", _("Kept: %(title)s") % {"title": one.title}) for one in kept),
    ]


def result_of(choice: str, opened: Opened, towns: Sequence[str], kept: Sequence[Delineation]) -> Regions:
    """The regions behind a choice of _others. Raises CantDraw, and KeyError for a choice that there isn't."""
    sort, _dot, name = choice.partition(".")
    if sort == "kept":
        return from_kept({one.key: one for one in kept}[name])
    return usual(opened, {way: way for way in WAYS}[name], towns)


def head(title: str, *after: Crumb) -> dict[str, Any]:
    way = [Crumb(_("Draw regions"), reverse("delineation_new")), *after] if after else [Crumb(_("Draw regions"))]
    return {"page_title": title, "breadcrumbs": show.way(*way)}


@require_safe
def delineation_new(request: HttpRequest) -> Page | HttpResponse:
    """Regions by the method and parameters in the address."""
    tables = list(queries.tables())
    if not tables:
        return Page("region/no_flows.html", head(_("Draw regions out of flows")), {"regions": []}, [])
    asked = _asked(request.GET, tables)
    if asked.form.errors and show.wants_data(request):
        return show.refused(request, asked.form)
    context: dict[str, Any] = {
        **head(_("Draw regions out of flows")),
        "form": asked.form,
        "method": asked.method,
        "method_label": METHODS[asked.method],
        "about": ABOUT[asked.method],
        "methods": _methods(request, asked),
        "table": asked.opened.table,
        "kept": asked.kept,
        "reset_url": f"{request.path}?method={asked.method}",
        "may_keep": actor_of(request.user).may(Permission.MANAGE_REGION),
    }
    try:
        regions = asked.draw()
    except CantDraw as error:
        asked.form.add_error(None, str(error))
        if show.wants_data(request):
            return show.refused(request, asked.form)
        return Page("region/delineation_new.html", context, {"regions": []}, [], status=400)
    rows = table_of(regions)
    against = _against(asked, regions)
    context |= _shown(regions, rows, against[1] if against else None)
    context |= {"facts": _facts(asked, regions), "against": against[0] if against else None}
    context |= {"against_result": agreement(against[1]) if against else None}
    if asked.method == Method.COOMBES_BOND:
        context |= _modes(asked, regions)
    context["sent"] = _sent(asked)
    context["keep_form"] = KeepForm(initial={"title": f"{METHODS[asked.method]}, {asked.opened.table.year}"})
    data = _data(regions, rows) | {
        "method": asked.method,
        "parameters": asked.options,
        "facts": dict(regions.facts),
        "against": agreement(against[1]) if against else None,
    }
    return Page(
        "region/delineation_new.html",
        context,
        data,
        zone_rows(regions, rows),
        status=400 if asked.form.errors else 200,
    )


def _methods(request: HttpRequest, asked: Asked) -> list[dict[str, Any]]:
    """The way to each method, with the same flows."""
    kept = {"table": asked.opened.table.key, "borders": str(asked.opened.year)}
    found = []
    for method, label in METHODS.items():
        query = QueryDict(mutable=True)
        query.update({"method": str(method), **kept})
        found.append({"url": f"{request.path}?{query.urlencode()}", "label": label, "current": method == asked.method})
    return found


def _sent(asked: Asked) -> list[tuple[str, str]]:
    """All that was asked, to be sent again with the title under which it is kept."""
    return [(name, str(value)) for name, value in asked.form.data.items() if name in asked.form.fields] + [
        ("method", asked.method)
    ]


def _against(asked: Asked, regions: Regions) -> tuple[str, Compared] | None:
    choice = asked.said.get("against") or ""
    if not choice:
        return None
    try:
        other = result_of(choice, asked.opened, asked.towns, asked.kept)
    except CantDraw as error:
        asked.form.add_error("against", str(error))
        return None
    return other.label, compared(regions, other)


def _modes(asked: Asked, regions: Regions) -> dict[str, Any]:
    """What the other way of reckoning makes of the same, for Coombes and Bond."""
    other = "istat34" if asked.options["mode"] == "strict" else "strict"
    try:
        found = drawn(asked.opened, asked.method, asked.options | {"mode": other}, other)
    except CantDraw:
        return {}
    return {"other_mode": other, "mode": asked.options["mode"], "modes": agreement(compared(regions, found))}


def agreement(found: Compared) -> dict[str, Any]:
    return {
        "ari": round(found.ari, 4),
        "equal": found.equal,
        "moved": found.moved,
        "in_one_only": [{"code": zone, "name": name_of(zone)} for zone in found.unknown],
    }


def _shown(regions: Regions, rows: Sequence[Row], against: Compared | None = None) -> dict[str, Any]:
    """The map and the table of regions."""
    moved = against.codes if against else frozenset()
    return {
        "regions": regions,
        "borders_year": str(regions.opened.year),
        "map": map_of(regions, rows, moved),
        "region_rows": [
            {
                **row_json(row),
                "of_residents": show.percent(row.of_residents),
                "of_workers": show.percent(row.of_workers),
                "first_zones": [name_of(zone) for zone in row.zones[:12]],
                "more_zones": max(len(row.zones) - 12, 0),
            }
            for row in rows
        ],
        "in_none": sorted(name_of(zone) for zone, region in regions.region.items() if not region),
        "zone_count": len(regions.region),
    }


def _data(regions: Regions, rows: Sequence[Row]) -> dict[str, Any]:
    table = regions.opened.table
    return {
        "table": table.key,
        "borders": regions.opened.year,
        "source": table.source,
        "partial": table.partial,
        "suppressed_pairs": table.suppressed,
        "zones": len(regions.region),
        "regions": [row_json(row) for row in rows],
        "in_none": [zone for zone, region in regions.region.items() if not region],
    }


def _facts(asked: Asked, regions: Regions) -> list[tuple[str, str]]:
    """What the method tells about its result."""
    facts = regions.facts
    named = {
        name: ", ".join(map(name_of, facts.get(name, []))) for name in ("put_aside", "alone", "enclaves", "exclaves")
    }
    found: list[tuple[str, str]] = []
    if "steps" in facts:
        found.append((_("Steps"), number(facts["steps"])))
        found.append((_("Put aside, and given out at the end"), named["put_aside"] or _("none")))
    if named["alone"]:
        found.append((_("Alone, because nothing links them to a region"), named["alone"]))
    if merged := facts.get("merged"):
        found.append(
            (_("Cities that became one"), ", ".join(f"{city} → {into}" for city, into in sorted(merged.items())))
        )
    if named["enclaves"]:
        found.append((_("Came in, because an area surrounds it"), named["enclaves"]))
    if named["exclaves"]:
        found.append((_("Fell out, because it doesn't touch its area"), named["exclaves"]))
    if "stability" in facts:
        found.append((_("Agreement of the beginnings (adjusted Rand index)"), number(round(facts["stability"], 3))))
        found.append((_("Modularity"), number(round(facts["modularity"], 3))))
    if asked.method == Method.FUA and not asked.said.get("one_piece"):
        found.append((_("In one piece"), _("not looked at: the borders of these municipalities aren't stored here")))
    return found


# --- Kept ---


class KeepForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)


@require_POST
@manages
@limited("delineation", "120/h/user")
def delineation_keep(request: HttpRequest) -> HttpResponse:
    """Draw once more what was sent, and keep it."""
    tables = list(queries.tables())
    if not tables:
        raise Http404
    asked = _asked(request.POST, tables)
    title = KeepForm(request.POST)
    back = QueryDict(mutable=True)
    back.update(dict(_sent(asked)))
    again = redirect(f"{reverse('delineation_new')}?{back.urlencode()}")
    if asked.form.errors or not title.is_valid():
        messages.error(request, _("Not kept: give it a title, and parameters that the method takes."))
        return again
    try:
        regions = asked.draw()
    except CantDraw as error:
        messages.error(request, str(error))
        return again
    kept = actions.keep(
        by=actor_of(request.user),
        title=title.cleaned_data["title"],
        table=asked.opened.table,
        method=asked.method,
        parameters=asked.options | {"borders": asked.opened.year, "one_piece": bool(asked.said.get("one_piece"))},
        region=regions.region,
    )
    messages.success(request, _("Kept as “%(title)s”.") % {"title": kept.title})
    return redirect("delineation", key=kept.key)


@require_safe
def delineation(request: HttpRequest, key: str) -> Page:
    """Regions that somebody kept."""
    kept = of_kept.find(key)
    if kept is None:
        raise Http404(key)
    try:
        regions = from_kept(kept)
    except CantDraw as error:
        raise Http404(key) from error
    rows = table_of(regions)
    context = {
        **head(kept.title, Crumb(kept.title)),
        **_shown(regions, rows),
        "kept_one": kept,
        "table": kept.table,
        "method_label": METHODS.get(kept.method, kept.method),
        "about": ABOUT.get(kept.method, ""),
        "parameters": _parameters(kept),
        "may_remove": actor_of(request.user).may(Permission.MANAGE_REGION),
        "compare_url": f"{reverse('delineation_compare')}?first=kept.{kept.key}",
    }
    data = _data(regions, rows) | {
        "key": kept.key,
        "title": kept.title,
        "method": kept.method,
        "parameters": kept.parameters,
        "kept_at": kept.at,
    }
    return Page("region/delineation.html", context, data, zone_rows(regions, rows))


def _parameters(kept: Delineation) -> list[tuple[str, str]]:
    """What it was drawn by, as the form calls it."""
    fields = FORMS[kept.method].base_fields if kept.method in FORMS else {}
    found = []
    for name, value in kept.parameters.items():
        if name not in fields:
            continue
        field = fields[name]
        if name == "cities" and isinstance(value, Mapping):
            said = ", ".join(f"{name_of(code)} ({city})" for code, city in value.items())
        elif name == "city":
            said = name_of(str(value))
        elif isinstance(field, forms.BooleanField):
            said = _("yes") if value else _("no")
        elif isinstance(field, forms.ChoiceField) and isinstance(field.choices, list):
            said = str(dict(field.choices).get(value, value))
        elif "percent" in type(field).__name__.casefold():
            said = number(round(float(value) * 100, 4))
        else:
            said = str(value) if name == "borders" else number(value) if isinstance(value, (int, float)) else str(value)
        found.append((str(field.label), said))
    return found


@require_POST
@manages
def delineation_remove(request: HttpRequest, key: str) -> HttpResponse:
    kept = of_kept.find(key)
    if kept is None:
        raise Http404(key)
    actions.remove(by=actor_of(request.user), kept=kept)
    messages.success(request, _("“%(title)s” is thrown away.") % {"title": kept.title})
    return redirect("delineation_new")


# --- Compared ---
