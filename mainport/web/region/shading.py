# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The daily urban system: the map of how much each municipality works in the city, with what lies behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mainport.agenda import queries as agenda
from mainport.agenda.models import Element
from mainport.agenda.rules.elements import Kind
from mainport.region.models import FlowTable
from mainport.region.queries import flows as queries
from mainport.region.rules.areas import LAST, Basis, Larger, larger, netherlands
from mainport.web.agenda.addresses import url_of, url_or_nothing
from mainport.web.agenda.views.parts import Crumb, site_of
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.geography import name_of
from mainport.web.region.reach import Became, Part, Reach, Step, became, cities, made_of, map_of, moved_centres, reach
from mainport.web.templatetags.mainport import words

#: The table that comes with Mainport, and the figure that the agenda names beside it.
USUAL_TABLE = "commuting-groningen-2014"
USUAL_FIGURE = "daily-travellers"
#: What isn't on the map and has less than this share isn't shown in the table at first.
FEW = 0.01
ORDERS = {"share": True, "name": False, "residents": True, "to_city": True, "from_city": True}

BASES: dict[Basis, Promise] = {
    Basis.WHOLE: gettext_lazy("as a whole"),
    Basis.PEOPLE: gettext_lazy("by inhabitants"),
    Basis.LAND: gettext_lazy("by land"),
    Basis.EQUAL: gettext_lazy("in equal parts"),
}


class ShadingForm(forms.Form):
    """Which table, which city, at the borders of which year, and what counts as much."""

    table = forms.ChoiceField(label=gettext_lazy("Figures"))
    city = forms.ChoiceField(label=gettext_lazy("City"))
    borders = forms.TypedChoiceField(label=gettext_lazy("Borders of the year"), coerce=int)
    threshold = forms.FloatField(
        label=gettext_lazy("At least, in percent"), min_value=0.1, max_value=99, initial=15, widget=forms.NumberInput
    )
    second = forms.FloatField(
        label=gettext_lazy("Second threshold, in percent"), min_value=0.1, max_value=99, initial=10, required=False
    )

    def __init__(
        self, *arguments: Any, tables: list[FlowTable], table: FlowTable, towns: list[str], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        names = [(one.key, f"{words(one.title)}, {one.year}") for one in tables]
        first = min(table.borders, LAST)
        self._choose("table", names, table.key)
        self._choose("city", sorted(((code, name_of(code)) for code in towns), key=lambda one: one[1]), towns[0])
        self._choose("borders", [(year, str(year)) for year in range(first, LAST + 1)], first)

    def _choose(self, name: str, choices: list[Any], initial: Any) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]
        field.initial = initial

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("threshold"), data.get("second")
        if first and second and second >= first:
            self.add_error("second", _("Give less than the first threshold, or leave it empty."))
        return data


@require_safe
def shading(request: HttpRequest) -> Page | HttpResponse:
    """How far the city reaches: a map, the same as a table, and what changes with the borders."""
    tables = list(queries.tables())
    named = agenda.with_alliance(Kind.FIGURE, keys=[USUAL_FIGURE])
    site = site_of(named.alliance) if named.alliance else {}
    if not tables:
        return _nothing(site)
    by_key = {table.key: table for table in tables}
    table = by_key.get(request.GET.get("table", "")) or by_key.get(USUAL_TABLE) or tables[0]
    borders = _borders(request, table)
    towns = cities(queries.opened(table, borders))
    form, asked = show.filled(ShadingForm, request.GET, tables=tables, table=table, towns=towns)
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    first, second = asked["threshold"] / 100, (asked["second"] or 0) / 100 or None
    found = reach(table, asked["city"], borders, first, second)
    context = {
        **site,
        **_words(found),
        **_drawn(found),
        **_borders_told(found),
        **_size(found, named.one(f"{Kind.FIGURE}:{USUAL_FIGURE}")),
        "form": form,
        "table": table,
        "table_year": str(table.year),
        "reset_url": request.path,
        "breadcrumbs": show.way(Crumb(_("Daily urban system"))),
    }
    rows = [_json(row, found) for row in found.rows]
    ordered, taken = show.sorted_by(rows, request.GET.get("sort", ""), ORDERS)
    on_map = {one["row"].code for one in context["shapes"]}
    every = "all" in request.GET
    shown = [row for row in ordered if every or row["code"] in on_map or (row["share"] or 0) >= FEW]
    context["rows"] = [{**row, "percent": show.percent(row["share"])} for row in shown]
    context["left_out"] = len(rows) - len(shown)
    context["all_url"] = f"?{urlencode({**request.GET.dict(), 'all': 'on'})}#table"
    context["columns"] = show.columns(request, _columns(found), taken, ORDERS)
    data = {
        "table": table.key,
        "year": table.year,
        "borders": found.year,
        "city": found.city,
        "threshold": first,
        "second": second,
        "above": [row.code for row in found.above],
        "source": table.source,
        "notes": table.notes,
        "suppressed_pairs": table.suppressed,
        "municipalities": rows,
    }
    return Page("region/shading.html", context, data, rows, status=400 if form.errors else 200)


def _nothing(site: Mapping[str, Any]) -> Page:
    context = {**site, "page_title": _("Daily urban system"), "breadcrumbs": show.way(Crumb(_("Daily urban system")))}
    return Page("region/no_flows.html", context, {"municipalities": []}, [])


def _borders(request: HttpRequest, table: FlowTable) -> int:
    """The year of the borders that was asked for, where the table can be brought there; else its own."""
    asked = request.GET.get("borders", "")
    own = min(table.borders, LAST)
    return int(asked) if asked.isdecimal() and len(asked) == 4 and own <= int(asked) <= LAST else own


def _columns(found: Reach) -> list[tuple[str, str]]:
    city = name_of(found.city)
    return [
        ("name", _("Municipality")),
        ("share", _("Share that works in %(city)s") % {"city": city}),
        ("residents", _("Jobs of residents")),
        ("to_city", _("Of which in %(city)s") % {"city": city}),
        ("from_city", _("Jobs there of people of %(city)s") % {"city": city}),
    ]


def labels(found: Reach) -> dict[Step, str]:
    """What each class of the map is called."""
    told = {"first": show.percent(found.first, 0)}
    names = {Step.CITY: _("the city"), Step.FIRST: _("%(first)s or more") % told}
    least = told["first"]
    if found.second is not None:
        least = told["second"] = show.percent(found.second, 0)
        names[Step.SECOND] = _("%(second)s to %(first)s") % told
    names[Step.BELOW] = _("less than %(share)s") % {"share": least}
    names[Step.UNKNOWN] = _("not known")
    return names


def _json(row: Any, found: Reach) -> dict[str, Any]:
    return {
        "number": row.number,
        "code": row.code,
        "name": row.name,
        "share": show.number_or_none(row.share),
        "residents": round(row.residents),
        "to_city": None if row.kept_back else round(row.to_city),
        "from_city": round(row.from_city),
        "kept_back": row.kept_back,
        "class": row.step.value,
        "class_label": labels(found)[row.step],
        "borders": found.year,
    }


def _words(found: Reach) -> dict[str, Any]:
    """The title says what is seen."""
    count = len(found.above)
    told = {"count": count, "city": name_of(found.city), "first": show.percent(found.first, 0), "year": str(found.year)}
    table = found.opened.table
    return {
        "page_title": _("Daily urban system of %(city)s") % told,
        "lead": _(
            "From where people travel to %(city)s to work: which part of the jobs of each municipality lies there."
        )
        % told
        if table.purpose == FlowTable.Purpose.WORK
        else _("From where people travel to %(city)s: which part of the travellers of each municipality goes there.")
        % told,
        "seen": ngettext(
            "%(count)s municipality beside %(city)s has %(first)s or more of its jobs there (borders of %(year)s)",
            "%(count)s municipalities beside %(city)s have %(first)s or more of their jobs there (borders of %(year)s)",
            count,
        )
        % told,
        "count": count,
        "city_name": told["city"],
        "first": told["first"],
    }


def _drawn(found: Reach) -> dict[str, Any]:
    drawn, far, source = map_of(found)
    by_code = {row.code: row for row in found.rows}
    names = labels(found)
    shapes = [(shape, by_code[shape.code], names[by_code[shape.code].step]) for shape in drawn.shapes] if drawn else []
    # With the keyboard one goes from the greatest share to the smallest.
    shapes.sort(key=lambda one: one[1].number)
    return {
        "drawing": drawn,
        "shapes": [
            {"shape": shape, "row": row, "class": label, "share": show.percent(row.share)}
            for shape, row, label in shapes
        ],
        "far": far,
        "borders_source": source,
        "legend": [
            {"step": step.value, "label": label, "count": len(found.of(step))}
            for step, label in names.items()
            if found.of(step)
        ],
        "moved_centres": moved_centres([shape.code for shape, _row, _label in shapes], found.year)
        if drawn and not drawn.bordered
        else [],
    }


def _borders_told(found: Reach) -> dict[str, Any]:
    """What the borders of another year make of it: from the table's own to today's."""
    table = found.opened.table
    own = min(table.borders, LAST)
    if own == LAST:
        return {}
    try:
        before = found if found.year == own else reach(table, found.city, own, found.first, found.second)
        after = found if found.year == LAST else reach(table, found.city, LAST, found.first, found.second)
    except KeyError:  # The city itself isn't there at the borders of both years.
        return {}
    steps = became(before, after)
    above = {row.code for row in before.above}
    made = made_of(after, before)
    kept = [one.older.name for one in steps if one.same and one.older.code in above]
    into_city = [one.older.name for one in made.get(found.city, []) if one.older.code != found.city]
    return {
        "before": before,
        "after": after,
        "before_year": str(before.year),
        "after_year": str(after.year),
        "before_count": len(before.above),
        "after_count": len(after.above),
        "became": [_became_json(one) for one in steps],
        "into_city": [one.older.name for one in made.get(found.city, []) if one.older.code in above],
        "merged": [
            {
                "name": row.name,
                "share": show.percent(row.share),
                "within": row.step is Step.FIRST,
                "parts": [_part(one, above) for one in sorted(made[row.code], key=lambda one: -one.older.share)],
            }
            for row in after.rows
            if row.code in made and row.code != found.city and any(one.older.code in above for one in made[row.code])
        ],
        "kept": kept,
        "came": _came(before, after, made),
        # Who works in what became part of the city isn't in a table of the flows to the city alone.
        "lacks": into_city if table.partial else [],
    }


def _came(before: Reach, after: Reach, made: Mapping[str, list[Part]]) -> list[str]:
    """Those that reach the threshold since the city itself grew, though nothing came to them."""
    shares = {row.code: row.share for row in before.rows}
    old = {row.code for row in before.above}
    return [
        _("%(name)s (%(before)s, now %(after)s)")
        % {"name": row.name, "before": show.percent(shares[row.code]), "after": show.percent(row.share)}
        for row in after.above
        if row.code not in made and row.code not in old and row.code in shares
    ]


def _part(one: Part, above: set[str]) -> str:
    """Winsum (51.4%); in part, by inhabitants."""
    said = f"{one.older.name} ({show.percent(one.older.share)})"
    if one.part < 1:
        told = {"part": show.percent(one.part, 0), "basis": BASES[one.basis], "name": said}
        said = _("%(part)s of %(name)s, %(basis)s") % told
    return said if one.older.code in above else _("%(name)s, which was below it") % {"name": said}


def _became_json(one: Became) -> dict[str, Any]:
    newer = one.newer
    return {
        "older": one.older.name,
        "older_share": show.percent(one.older.share) if one.older.step is not Step.CITY else "",
        "newer": newer.name if newer else "",
        "newer_share": show.percent(newer.share) if newer and newer.step is not Step.CITY else "",
        "is_city": bool(newer and newer.step is Step.CITY),
        "within": bool(newer and newer.step in (Step.CITY, Step.FIRST)),
        "part": show.percent(one.part, 0) if one.part < 1 else "",
        "basis": BASES[one.basis],
        "same": one.same,
    }


# --- How large the region is, by each source ---


def _size(found: Reach, figure: Element | None) -> dict[str, Any]:
    """What each source says of how large it is. None is fitted to another."""
    table = found.opened.table
    flows = found.opened.flows
    place = flows.index(found.city)
    city = next(row for row in found.rows if row.code == found.city)
    comes = float(flows.workers[place] - flows.within[place])
    goes = city.residents - float(flows.within[place])
    told = {"city": name_of(found.city), "first": show.percent(found.first, 0)}
    rows: list[dict[str, Any]] = []
    in_our_region = any(found.city in area.municipalities for area in larger() if area.kind is Larger.ALLIANCE)
    if figure and in_our_region:
        rows.append(
            {
                "label": words(figure.title),
                "value": figure.attributes["value"],
                "unit": words(figure.attributes.get("unit")),
                "source": words(figure.source.title) if figure.source else "",
                "url": url_of(figure),
                "why": _("People on a working day, for whatever they travel. How they were counted isn't told."),
            }
        )
    if table.purpose == FlowTable.Purpose.WORK:
        by_table = {"unit": _("jobs"), "source": table.source, "url": url_or_nothing("flow", key=table.key)}
        rows += [
            by_table
            | {
                "label": _("Jobs in %(city)s of people from elsewhere") % told,
                "value": round(comes),
                "why": _("Employees only; a job is no day at work, and whoever has two jobs counts twice."),
            },
            by_table
            | {
                "label": _("Jobs elsewhere of people from %(city)s") % told,
                "value": round(goes),
                "why": _("The way back: they leave the city in the morning."),
            },
            by_table
            | {
                "label": _("Both together"),
                "value": round(comes + goes),
                "why": _("All who cross the city's border for their job; no students, pupils, patients or shoppers."),
            },
            by_table
            | {
                "label": _("Jobs of all who live in the daily urban system (%(first)s or more)") % told,
                "value": round(sum(row.residents for row in found.of(Step.CITY, Step.FIRST))),
                "why": _("Also of those who work where they live, or outside the region."),
            },
        ]
    rows += _people(found, told, in_our_region)
    return {"sizes": rows}


def _people(found: Reach, told: Mapping[str, str], in_our_region: bool) -> list[dict[str, Any]]:
    """Inhabitants, which are known of the municipalities of the last year."""
    known = netherlands().municipalities
    source = _("CBS, neighbourhoods of 2023")
    rows = []
    if found.year == LAST:
        codes = [row.code for row in found.of(Step.CITY, Step.FIRST)]
        rows.append(
            {
                "label": _("Inhabitants of the daily urban system (%(first)s or more)") % told,
                "value": sum(known[code].inhabitants or 0 for code in codes if code in known),
                "unit": _("people"),
                "source": source,
                "url": "",
                "why": _("Everybody, also who doesn't travel."),
            }
        )
    if in_our_region:
        area = next(area for area in larger() if area.kind is Larger.ALLIANCE)
        rows.append(
            {
                "label": _("Inhabitants of %(area)s") % {"area": area.name},
                "value": sum(known[code].inhabitants or 0 for code in area.municipalities),
                "unit": _("people"),
                "source": source,
                "url": url_or_nothing("region_areas"),
                "why": _("What the governments agreed to be their region: drawn by agreement, not by travel."),
            }
        )
    return rows
