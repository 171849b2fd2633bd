# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who stays, who leaves, who returns: paths and rates of places, and how long people stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.talent.feeds.flows import Read, names_of
from mainport.talent.models import Table
from mainport.talent.queries import kept
from mainport.talent.queries.staying import paths, staying
from mainport.talent.rules.paths import PATHS, PathCounts
from mainport.talent.rules.retention import Retention
from mainport.talent.rules.staying import BY_YEAR, OTHERS, Curve, Move, Staying
from mainport.web.agenda.views.parts import Crumb
from mainport.web.charts import rows as charts_rows
from mainport.web.charts.bands import Scale, Series
from mainport.web.pages import Page
from mainport.web.region.show import columns, filled, percent, refused, sorted_by, wants_data
from mainport.web.talent import maps, published, show
from mainport.web.talent.sankey import path_word, sankey
from mainport.web.talent.show import Chart, way, word
from mainport.web.templatetags.mainport import words

#: Whether a column begins with most.
ORDERS = {"retention": True, "name": False, "graduates": True, "inward": True, "net": True}
#: Rows that a drawing holds; the table has all.
DRAWN = 20

CUTS: dict[str, Promise] = {
    BY_YEAR: gettext_lazy("Year"),
    "level": gettext_lazy("Level"),
    "sector": gettext_lazy("Sector"),
    "nationality": gettext_lazy("Nationality"),
}
STATES: dict[str, Promise] = {
    "here": gettext_lazy("here"),
    "away": gettext_lazy("away"),
    "returned": gettext_lazy("returned"),
}
_GROUPS: dict[str, Promise] = {
    "nl": gettext_lazy("Dutch"),
    "other": gettext_lazy("Another nationality"),
    OTHERS: gettext_lazy("Other groups together"),
    "": gettext_lazy("Not known"),
}


class MonitorForm(forms.Form):
    """Which tables, which place, and by what people are taken apart."""

    table = forms.ChoiceField(label=gettext_lazy("Paths and rates of"))
    place = forms.ChoiceField(label=gettext_lazy("Place"))
    years = forms.ChoiceField(label=gettext_lazy("People year by year"))
    by = forms.ChoiceField(label=gettext_lazy("Taken apart by"))

    def __init__(
        self,
        *arguments: Any,
        tables: Sequence[Table],
        yearly: Sequence[Table],
        places: Sequence[tuple[str, str]],
        cuts: Sequence[str],
        table: str,
        years: str,
        **more: Any,
    ) -> None:
        super().__init__(*arguments, **more)
        self._choose("table", [(one.key, words(one.title)) for one in tables], table)
        self._choose("years", [(one.key, words(one.title)) for one in yearly], years)
        self._choose("place", [("*", _("All places together")), *places], "*")
        self._choose("by", [(one, str(CUTS[one])) for one in cuts], cuts[1] if len(cuts) > 1 else "".join(cuts[:1]))

    def _choose(self, name: str, choices: list[tuple[str, str]], initial: str) -> None:
        if not choices or (name == "place" and len(choices) < 2):
            del self.fields[name]
            return
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial


@dataclass(frozen=True)
class Asked:
    """The tables that were asked for, with what may be told of them."""

    table: Table | None
    read: Read | None
    years: Table | None
    stays: Staying | None


def _asked(request: HttpRequest) -> tuple[Asked, MonitorForm, Mapping[str, Any]]:
    tables = sorted(kept.tables(), key=lambda one: one.demo)
    of_paths = [one for one in tables if one.kind in (Table.Kind.PATHS, Table.Kind.RETENTION)]
    yearly = [one for one in tables if one.kind == Table.Kind.YEARLY]
    table, years = _chosen(of_paths, request.GET.get("table")), _chosen(yearly, request.GET.get("years"))
    asked = Asked(table, paths(table) if table else None, years, staying(years) if years else None)
    names = names_of(asked.read.retention) if asked.read else {}
    places = [(one.place, names.get(one.place) or one.place) for one in asked.read.counts] if asked.read else []
    form, said = filled(
        MonitorForm,
        request.GET,
        tables=of_paths,
        yearly=yearly,
        places=places,
        cuts=asked.stays.cuts if asked.stays else [],
        table=table.key if table else "",
        years=years.key if years else "",
    )
    assert isinstance(form, MonitorForm)
    return asked, form, said


def _chosen(tables: Sequence[Table], key: str | None) -> Table | None:
    return next((one for one in tables if one.key == key), tables[0] if tables else None)


@require_safe
def talent_monitor(request: HttpRequest) -> Page | HttpResponse:
    """Paths, rates, curves and moves of the tables in the address; and what others published."""
    asked, form, said = _asked(request)
    if form.errors and wants_data(request):
        return refused(request, form)
    found, taken = sorted_by([_rate(one) for one in _retention(asked)], request.GET.get("sort", ""), ORDERS)
    counts = _counts(asked, said.get("place") or "*")
    where = dict(form.fields["place"].choices).get(said.get("place") or "*") if "place" in form.fields else ""  # type: ignore[attr-defined]
    title = _("Who stays, who leaves, who returns")
    rates = published.rates()
    moves = asked.stays.moves.get(said.get("by") or "", ()) if asked.stays else ()
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("Who stays"))),
        "form": form,
        "reset_url": request.path,
        "table": asked.table,
        "years": asked.years,
        "shape": asked.read.shape if asked.read else "",
        "moves_url": f"{reverse('talent_moves')}?{urlencode({'table': asked.table.key})}" if asked.table else "",
        "sankey": sankey(counts, str(where) or _("All places together")) if counts else None,
        "paths": _path_rows(counts) if counts else [],
        "hidden": sum(count is None for one in counts for count in one.counts),
        "without": asked.read.without if asked.read else 0,
        "rates": found,
        "columns": columns(request, _labels(), taken, ORDERS),
        "map": maps.of_retention(found),
        "dots": _dots(found),
        "drawn": DRAWN,
        "curves": _curves(asked.stays, said.get("by") or "") if asked.stays else [],
        "curve_rows": _curve_rows(asked.stays, said.get("by") or "") if asked.stays else [],
        "moves": [_move(one) for one in moves],
        "by_word": str(CUTS.get(said.get("by") or "", "")),
        "published": rates,
    }
    rows = [{name: value for name, value in one.items() if name != "shown"} for one in found]
    data = {
        "table": asked.table.key if asked.table else None,
        "source": asked.table.source if asked.table else None,
        "demo": asked.table.demo if asked.table else None,
        "threshold": 10,
        "rates": rows,
        "paths": [
            {"place": one.place, "graduates": one.graduates}
            | {str(path): count for path, count in zip(PATHS, one.counts, strict=True)}
            for one in (asked.read.counts if asked.read else ())
        ],
        "years": asked.years.key if asked.years else None,
        "curves": {
            cut: [vars(one) for one in curves] for cut, curves in (asked.stays.curves if asked.stays else {}).items()
        },
        "states": [vars(one) for one in (asked.stays.occupancy if asked.stays else ())],
        "moves": {
            cut: [vars(one) for one in several] for cut, several in (asked.stays.moves if asked.stays else {}).items()
        },
        "published": [one.to_json() for one in rates],
    }
    return Page("talent/monitor.html", context, data, rows, status=400 if form.errors else 200)


# --- Paths and rates ---


def _retention(asked: Asked) -> Sequence[Retention]:
    return asked.read.retention if asked.read else ()


def _counts(asked: Asked, place: str) -> list[PathCounts]:
    if asked.read is None:
        return []
    return [one for one in asked.read.counts if place in ("*", one.place)]


def _labels() -> list[tuple[str, str]]:
    return [
        ("name", _("Place")),
        ("graduates", _("Graduates")),
        ("retention", _("Retention")),
        ("inward", _("Came from elsewhere")),
        ("net", _("Net")),
    ]


def _rate(one: Retention) -> dict[str, Any]:
    share = one.rate()
    return {
        "place": one.place,
        "name": one.name or one.place,
        "graduates": one.graduates,
        "retained": one.retained,
        "retention": share.value if share else None,
        "retention_low": share.low if share else None,
        "retention_high": share.high if share else None,
        "inward": one.inward_rate,
        "net": one.net_rate,
        "shown": {
            "graduates": show.whole(one.graduates),
            "retention": percent(share.value) if share else "",
            "interval": _("%(low)s to %(high)s") % {"low": percent(share.low), "high": percent(share.high)}
            if share
            else "",
            "inward": percent(one.inward_rate),
            "net": _net(one.net_rate),
        },
    }


def _net(value: float | None) -> str:
    if value is None:
        return ""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{percent(abs(value))}"


def _path_rows(counts: Sequence[PathCounts]) -> list[dict[str, str]]:
    """Each path: over the places of which it is told, as a share of all graduates of these places."""
    rows = []
    for at, path in enumerate(PATHS):
        told = [(one.counts[at], one.graduates) for one in counts if one.counts[at] is not None]
        people, of = sum(count or 0.0 for count, _of in told), sum(whole for _count, whole in told)
        rows.append(
            {
                "path": path_word(path),
                "people": show.whole(people) if told else _("kept back"),
                "share": percent(people / of) if told and of else "",
                "places": f"{len(told)} / {len(counts)}",
            }
        )
    return rows


def _dots(found: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    things = [
        (one["name"], [charts_rows.Bar(one["retention"], one["retention_low"], one["retention_high"])])
        for one in found
        if one["retention"] is not None
    ][:DRAWN]
    if not things:
        return None
    most = max(things, key=lambda one: one[1][0].value)
    least = min(things, key=lambda one: one[1][0].value)
    title = _("%(most)s keeps %(most_share)s of the graduates who grew up there, %(least)s %(least_share)s") % {
        "most": most[0],
        "most_share": percent(most[1][0].value, 0),
        "least": least[0],
        "least_share": percent(least[1][0].value, 0),
    }

    def say(value: float) -> str:
        return percent(value, 0)

    drawings = [
        (size, charts_rows.draw(things, say, width=width, most=1.0)) for size, width in (("wide", 760), ("narrow", 340))
    ]
    return {
        "title": title,
        "drawings": drawings,
        "more": len([one for one in found if one["retention"] is not None]) > DRAWN,
    }


# --- How long people stay ---


def group_word(group: str) -> str:
    return str(_GROUPS[group]) if group in _GROUPS else word(group)


def _scale(curves: Sequence[Curve]) -> Scale:
    last = int(max((one.time[-1] for one in curves), default=1.0))
    return Scale(lambda value: percent(value, 0), [(float(year), str(year)) for year in range(last + 1)], most=1.0)


def _series(curve: Curve, name: str) -> Series:
    return Series(
        name,
        list(zip(curve.time, curve.share, strict=True)),
        list(zip(curve.time, curve.low, curve.high, strict=True)),
    )


def _curves(stays: Staying, by: str) -> list[Chart]:
    charts = []
    chosen = [one for one in stays.curves.get(by, stays.curves.get("", ())) if len(one.time) > 1]
    if chosen:
        lasts = [(group_word(one.group) if one.group or by in stays.curves else _("everybody"), one) for one in chosen]
        most = max(lasts, key=lambda one: one[1].share[-1])
        year = int(most[1].time[-1])
        title = _("After %(year)s years %(share)s of “%(group)s” never left") % {
            "year": year,
            "share": percent(most[1].share[-1], 0),
            "group": most[0],
        }
        text = _("Lines of the share that never left, by years since somebody was first seen here: %(named)s.") % {
            "named": "; ".join(f"{name} {percent(one.share[-1], 0)}" for name, one in lasts)
        }
        charts.append(
            show.chart("never-left", title, text, [_series(one, name) for name, one in lasts], _scale(chosen))
        )
    if stays.occupancy:
        by_state = {one.group: one for one in stays.occupancy}
        title = _("After %(year)s years %(here)s never left, %(returned)s left and came back") % {
            "year": int(stays.occupancy[0].time[-1]),
            "here": percent(by_state["here"].share[-1], 0),
            "returned": percent(by_state["returned"].share[-1], 0),
        }
        text = _("Lines of the share that is here, away or returned, by years since somebody was first seen here.")
        series = [_series(one, str(STATES[one.group])) for one in stays.occupancy]
        charts.append(show.chart("states", title, text, series, _scale(stays.occupancy)))
    return charts


def _curve_rows(stays: Staying, by: str) -> list[dict[str, str]]:
    """The same as a table: each group or state and year."""
    chosen = list(stays.curves.get(by, stays.curves.get("", ())))
    named = [
        (group_word(one.group) if one.group or by in stays.curves else _("everybody"), _("never left"), one)
        for one in chosen
    ]
    named += [(_("everybody"), str(STATES[one.group]), one) for one in stays.occupancy]
    return [
        {
            "group": name,
            "state": state,
            "year": str(int(time)),
            "share": percent(share),
            "interval": _("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)},
        }
        for name, state, one in named
        for time, share, low, high in zip(one.time, one.share, one.low, one.high, strict=True)
        if time
    ]


def _move(one: Move) -> dict[str, str]:
    told = one.chance is not None
    return {
        "group": one.group if one.group.isdigit() else group_word(one.group),
        "before": str(STATES[one.before]),
        "after": str(STATES[one.after]),
        "people": _("kept back") if one.people is None else show.whole(one.people),
        "chance": percent(one.chance) if told else _("kept back") if one.people != 0 else "",
        "interval": _("%(low)s to %(high)s") % {"low": percent(one.low), "high": percent(one.high)} if told else "",
    }
