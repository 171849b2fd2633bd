# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Municipalities through the years: which there were, what became of them, and by what figures are brought along."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.region.rules.areas import FIRST, LAST, Area, Larger, Municipality, larger, netherlands
from mainport.web.agenda.views.parts import Crumb
from mainport.web.pages import Page
from mainport.web.region import show
from mainport.web.region.geography import crosswalk, name_of
from mainport.web.region.shading import BASES

KINDS: dict[Larger, Promise] = {
    Larger.PROVINCE: gettext_lazy("Province"),
    Larger.COROP: gettext_lazy("COROP area"),
    Larger.ALLIANCE: gettext_lazy("Region by agreement"),
}
EVERYWHERE = "nl"


class YearForm(forms.Form):
    """The municipalities of which year, in which part of the country, and to the borders of which later year."""

    year = forms.TypedChoiceField(
        label=gettext_lazy("Municipalities on 1 January"),
        coerce=int,
        initial=2014,
        choices=[(year, str(year)) for year in range(FIRST, LAST + 1)],
        widget=forms.Select(attrs={"data-mainport-years": ""}),
    )
    to = forms.TypedChoiceField(
        label=gettext_lazy("To the borders of"),
        coerce=int,
        initial=LAST,
        choices=[(year, str(year)) for year in range(FIRST, LAST + 1)],
    )
    within = forms.ChoiceField(label=gettext_lazy("In"), initial="PV20")
    q = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=60)

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        choices = [(area.code, f"{area.name} ({KINDS[area.kind]})") for area in larger()]
        self.fields["within"].choices = [*choices, (EVERYWHERE, _("the Netherlands"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("year") and data.get("to") and data["to"] < data["year"]:
            self.add_error("to", _("Give a year that isn't before the other: what merged can't be told apart again."))
        return data


@require_safe
def region_areas(request: HttpRequest) -> Page | HttpResponse:
    """The municipalities of a year with what they are part of later: the crosswalk, with what it rests on."""
    form, said = show.filled(YearForm, request.GET)
    if form.errors and show.wants_data(request):
        return show.refused(request, form)
    year, to = said["year"], max(said["to"], said["year"])
    area = next((one for one in larger() if one.code == said["within"]), None)
    found = [
        one
        for one in netherlands().on(date(year, 1, 1))
        if _lies_in(one.code, year, area) and (said["q"] or "").casefold() in one.name.casefold()
    ]
    rows = [line for one in found for line in _lines(one, year, to)]
    changed = {row["code"] for row in rows if not row["same"]}
    title = _("Municipalities through the years")
    context = {
        "page_title": title,
        "breadcrumbs": show.way(Crumb(_("Municipalities"))),
        "form": form,
        "reset_url": request.path,
        "year": str(year),
        "to": str(to),
        "same_year": year == to,
        "rows": rows,
        "count": len(found),
        "changed": len(changed),
        "of_today": len({row["newer"] for row in rows}),
        "all_then": len(netherlands().on(date(year, 1, 1))),
        "all_later": len(netherlands().on(date(to, 1, 1))),
        "larger": [_larger_json(one) for one in larger()],
    }
    data = {
        "year": year,
        "to": to,
        "within": said["within"],
        "source": "CBS, 03759ned (CC BY 4.0)",
        "municipalities": rows,
        "larger": context["larger"],
    }
    flat = [
        {name: value for name, value in row.items() if name not in ("basis_label", "percent", "same")} for row in rows
    ]
    return Page("region/areas.html", context, data, flat, status=400 if form.errors else 200)


def _lies_in(code: str, year: int, area: Area | None) -> bool:
    """Whether any of it lies in the larger area, of which the municipalities of the last year are known."""
    return area is None or any(part.code in area.municipalities for part in crosswalk(year, LAST).get(code, ()))


def _lines(one: Municipality, year: int, to: int) -> list[dict[str, Any]]:
    """One line for each later municipality that it is, or is part of."""
    parts = crosswalk(year, to)[one.code]
    return [
        {
            "year": year,
            "code": one.code,
            "name": one.name,
            "began": one.began,
            "ended": one.ended,
            "to": to,
            "newer": part.code,
            "newer_name": name_of(part.code),
            "share": round(part.share, 6),
            "basis": part.basis.value,
            "basis_label": BASES[part.basis],
            "percent": show.percent(part.share) if part.share < 1 else "",
            "same": part.code == one.code and part.share == 1,
        }
        for part in parts
    ]


def _larger_json(area: Area) -> dict[str, Any]:
    return {
        "kind": area.kind.value,
        "kind_label": str(KINDS[area.kind]),
        "code": area.code,
        "name": area.name,
        "inhabitants": _inhabitants(area.municipalities),
        "municipalities": [name_of(code) for code in area.municipalities],
    }


def _inhabitants(codes: Collection[str]) -> int:
    known = netherlands().municipalities
    return sum(known[code].inhabitants or 0 for code in codes)
