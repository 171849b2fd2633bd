# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where those who left a place live, and where those who came grew up: a map, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mainport.talent.feeds.flows import Read, Shape, names_of
from mainport.talent.models import Table
from mainport.talent.queries import kept
from mainport.talent.queries.staying import paths
from mainport.web.agenda.views.parts import Crumb
from mainport.web.pages import Page
from mainport.web.region.show import columns, filled, percent, refused, sorted_by, wants_data
from mainport.web.talent import maps, show
from mainport.web.talent.show import way
from mainport.web.templatetags.mainport import words

#: Whether a column begins with most.
ORDERS = {"people": True, "name": False, "share": True}
TO, FROM = "to", "from"
_WAYS: dict[str, Promise] = {
    TO: gettext_lazy("Where those who left live at 28"),
    FROM: gettext_lazy("Where those who came grew up"),
}


class MovesForm(forms.Form):
    """Which table, which place, and which way."""

    table = forms.ChoiceField(label=gettext_lazy("Graduates of"))
    place = forms.ChoiceField(label=gettext_lazy("Place"))
    way = forms.ChoiceField(label=gettext_lazy("Shows"), choices=list(_WAYS.items()), initial=TO)

    def __init__(
        self, *arguments: Any, tables: Sequence[Table], table: str, places: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*arguments, **more)
        self.fields["table"].choices = [(one.key, words(one.title)) for one in tables]  # type: ignore[attr-defined]
        self.fields["table"].initial = table
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["place"].initial = places[0][0] if places else ""


@require_safe
def talent_moves(request: HttpRequest) -> Page | HttpResponse:
    """The moves from or to one place of a table."""
    tables = sorted(kept.tables(Table.Kind.PATHS), key=lambda one: one.demo)
    table = next((one for one in tables if one.key == request.GET.get("table")), tables[0] if tables else None)
    read = paths(table) if table else None
    title = _("Where they go, where they come from")
    context: dict[str, Any] = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("Who stays"), reverse("talent_monitor")), Crumb(title)),
        "table": table,
        "reset_url": request.path,
    }
    if table is None or read is None or read.shape is not Shape.FLOWS or not read.counts:
        return Page("talent/moves.html", context, {"table": table.key if table else None, "moves": []}, [])
    names = {one.place: names_of(read.retention).get(one.place, one.place) for one in read.retention}
    # The place that most grew up in comes first.
    first = max(read.counts, key=lambda one: one.graduates).place
    places = sorted(names.items(), key=lambda one: (one[0] != first, one[1]))
    form, said = filled(MovesForm, request.GET, tables=tables, table=table.key, places=places)
    if form.errors and wants_data(request):
        return refused(request, form)
    place, to = str(said["place"]), said["way"] == TO
    whole = read.left.get(place) if to else next(one.inward for one in read.retention if one.place == place)
    found = _rows(read, names, place, whole, to=to)
    ordered, taken = sorted_by(found, request.GET.get("sort", ""), ORDERS)
    context |= {
        "form": form,
        "rows": [_shown(one) for one in ordered],
        "columns": columns(request, _labels(to=to), taken, ORDERS),
        "map": _map(ordered, names, place, whole, to=to),
        **_told(found, names[place], whole, to=to),
    }
    data = {
        "table": table.key,
        "source": table.source,
        "demo": table.demo,
        "place": place,
        "way": TO if to else FROM,
        "people": whole,
        "moves": ordered,
    }
    return Page("talent/moves.html", context, data, ordered, status=400 if form.errors else 200)


def _rows(read: Read, names: Mapping[str, str], place: str, whole: float | None, *, to: bool) -> list[dict[str, Any]]:
    """A row for every other place; nobody where it is told that nobody went."""
    if to and place not in read.left:
        return []
    moved = {(one.home, one.later): one.people for one in read.moved}
    others = [one.place for one in (read.retention if to else read.counts) if one.place != place]
    rows = []
    for other in others:
        pair = (place, other) if to else (other, place)
        people = moved.get(pair, 0) if pair[0] in read.left else None
        rows.append(
            {
                "place": other,
                "name": names[other],
                "people": people,
                "share": people / whole if people is not None and whole else None,
                "kept_back": people is None,
            }
        )
    return rows


def _shown(row: Mapping[str, Any]) -> dict[str, str]:
    if row["kept_back"]:
        return {"name": row["name"], "people": _("kept back"), "share": ""}
    return {"name": row["name"], "people": show.whole(row["people"]), "share": percent(row["share"])}


def _labels(*, to: bool) -> list[tuple[str, str]]:
    share = _("Share of those who left") if to else _("Share of those who came")
    return [("name", _("Lives in") if to else _("Grew up in")), ("people", _("People")), ("share", share)]


def _told(rows: Sequence[Mapping[str, Any]], name: str, whole: float | None, *, to: bool) -> dict[str, Any]:
    """What is seen, in words; and of how many the place isn't told."""
    told = [one for one in rows if one["people"]]
    most = max(told, key=lambda one: (one["people"], one["name"]), default=None)
    seen = _seen(name, whole, most, to=to)
    rest = None if whole is None else round(whole - sum(one["people"] for one in told))
    return {"seen": seen, "rest": rest, "to": to, "place_name": name, "whole": whole}


def _seen(name: str, whole: float | None, most: Mapping[str, Any] | None, *, to: bool) -> str:
    told = {"place": name, "count": show.whole(whole)}
    if whole is None:
        return (
            _("Where those who left %(place)s live is kept back")
            if to
            else _("How many came to %(place)s is kept back")
        ) % told
    if not whole:
        return (_("Nobody left %(place)s") if to else _("Nobody came to %(place)s")) % told
    if most is None:
        text = (
            ngettext("%(count)s graduate left %(place)s", "%(count)s graduates left %(place)s", round(whole))
            if to
            else ngettext("%(count)s graduate came to %(place)s", "%(count)s graduates came to %(place)s", round(whole))
        )
        return text % told
    told |= {"most": most["name"], "share": percent(most["share"], 0)}
    if to:
        return _("Of %(count)s graduates who left %(place)s, the largest group lives in %(most)s: %(share)s") % told
    return _("Of %(count)s graduates who came to %(place)s, the largest group grew up in %(most)s: %(share)s") % told


def _map(
    rows: Sequence[Mapping[str, Any]], names: Mapping[str, str], place: str, whole: float | None, *, to: bool
) -> maps.AreaMap | None:
    if not whole or not rows:
        return None
    told = {"place": names[place]}
    return maps.area_map(
        {place: names[place]} | {one["place"]: one["name"] for one in rows},
        {one["place"]: one["share"] for one in rows},
        title=_("Share of those who left %(place)s, by where they live at 28") % told
        if to
        else _("Share of those who came to %(place)s, by where they grew up") % told,
        label=_("Map of areas by where those who left %(place)s live at 28") % told
        if to
        else _("Map of areas by where those who came to %(place)s grew up") % told,
        rows=[*(one["place"] for one in rows), place],
        city=place,
        hidden=_("kept back"),
    )
