# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What several pages of the region share: the way here, shares, how a request is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mainport.region.models import FlowTable
from mainport.web.agenda.views.parts import Crumb, crumbs
from mainport.web.pages import csv_of

PURPOSES: dict[str, Promise] = {
    FlowTable.Purpose.WORK: gettext_lazy("Work"),
    FlowTable.Purpose.STUDY: gettext_lazy("Study"),
    FlowTable.Purpose.PUPILS: gettext_lazy("School"),
    FlowTable.Purpose.CARE: gettext_lazy("Care"),
    FlowTable.Purpose.SHOPPING: gettext_lazy("Shopping"),
    FlowTable.Purpose.OTHER: gettext_lazy("Something else"),
}


def way(*after: Crumb) -> list[Crumb]:
    """The way from the home page by that of the region."""
    return crumbs(Crumb(_("Region"), reverse("region")), *after)


def percent(share: float | None, decimals: int = 1) -> str:
    """58.5% on an English page, 58,5 % on a Dutch one; '' for none.

    A share that isn't known (NaN) is none.
    """
    if share is None or math.isnan(share):
        return ""
    language = (get_language() or "en").partition("-")[0]
    pattern = "#,##0." + "0" * decimals if decimals else "#,##0"
    said = format_decimal(round(100 * share, decimals), format=pattern, locale="nl" if language == "nl" else "en")
    return f"{said}\N{NO-BREAK SPACE}%" if language == "nl" else f"{said}%"


def number_or_none(value: float) -> float | None:
    """As JSON has it: no NaN."""
    return None if math.isnan(value) else round(value, 4)


def wants_data(request: HttpRequest) -> bool:
    return request.path.endswith((".json", ".csv"))


def refused(request: HttpRequest, form: forms.Form) -> HttpResponse:
    """For programs that ask for what there isn't: 400 with each fault; people get the page with its form."""
    faults = [
        {"field": field, "found": form.data.get(field, ""), "fault": str(fault)}
        for field, several in form.errors.items()
        for fault in several
    ]
    if request.path.endswith(".csv"):
        return HttpResponse(csv_of(faults), status=400, content_type="text/csv; charset=utf-8; header=present")
    return JsonResponse({"faults": faults}, status=400)


def filled(
    form_class: Callable[..., forms.Form], data: QueryDict, **arguments: Any
) -> tuple[forms.Form, Mapping[str, Any]]:
    """A form of what was asked in the address, with what it says; where it says nothing or nonsense, what it begins
    with."""
    blank = form_class(**arguments)
    begins = {name: blank.get_initial_for_field(field, name) for name, field in blank.fields.items()}
    given = data.copy()
    for name, value in begins.items():
        # A box that isn't ticked isn't sent: where the form was sent at all, that's an answer.
        if name not in given and not (isinstance(blank.fields[name], forms.BooleanField) and "sent" in data):
            given[name] = (
                "" if value is None else str(value) if not isinstance(value, bool) else ("on" if value else "")
            )
    form = form_class(given, **arguments)
    if form.is_valid():
        return form, form.cleaned_data
    sound = {name: form.cleaned_data.get(name, begins[name]) for name in begins}
    return form, sound


def sorted_by(rows: Iterable[Mapping[str, Any]], asked: str, orders: Mapping[str, bool]) -> tuple[list[Any], str]:
    """Rows in the order of a column (`orders`: whether it begins with most); the order that was taken."""
    order = asked.lstrip("-") if asked.lstrip("-") in orders else next(iter(orders))
    down = orders[order] != asked.startswith("-")
    rows = list(rows)
    # What isn't known comes last, whichever way.
    known = sorted((row for row in rows if row[order] is not None), key=lambda row: row[order], reverse=down)
    unknown = [row for row in rows if row[order] is None]
    return known + unknown, f"-{order}" if asked.startswith("-") else order


class Column:
    """The head of a column by which a table can be ordered: a link, and how it is ordered now."""

    def __init__(self, request: HttpRequest, name: str, label: str, taken: str, orders: Mapping[str, bool]) -> None:
        self.label = label
        self.numeric = orders[name]
        current = taken.lstrip("-") == name
        down = orders[name] != taken.startswith("-")
        self.aria = ("descending" if down else "ascending") if current else ""
        query = request.GET.copy()
        query["sort"] = f"-{name}" if taken == name else name
        self.url = f"?{query.urlencode()}#table"


def columns(
    request: HttpRequest, labels: Sequence[tuple[str, str]], taken: str, orders: Mapping[str, bool]
) -> list[Column]:
    return [Column(request, name, label, taken, orders) for name, label in labels]
