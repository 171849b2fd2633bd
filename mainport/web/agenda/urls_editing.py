# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of searching, looking back and editing."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.agenda import edit, history
from mainport.web.pages import routes

_KIND_AND_KEY = "{}/<slug:kind>/<slug:key>"
_HISTORY = format_lazy(_KIND_AND_KEY, pgettext_lazy("route", "history"))

urlpatterns: list[URLPattern] = [
    *routes(pgettext_lazy("route", "changes"), history.changes, "changes"),
    *routes(pgettext_lazy("route", "agenda-on-a-day"), history.agenda_on, "agenda_on"),
    *routes(_HISTORY, history.element_history, "element_history"),
    path(
        format_lazy(f"{_KIND_AND_KEY}/", pgettext_lazy("route", "edit")),
        edit.element_edit,
        name="element_edit",
    ),
    path(
        format_lazy("{}/<slug:kind>/<str:parent>/", pgettext_lazy("route", "add")),
        edit.element_add,
        name="element_add",
    ),
    path(
        format_lazy(f"{_KIND_AND_KEY}/", pgettext_lazy("route", "take-out")),
        edit.element_remove,
        name="element_remove",
    ),
]
