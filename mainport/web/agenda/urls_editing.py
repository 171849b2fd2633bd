# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of searching, looking back and editing."""

from django.urls import URLPattern
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.agenda import history
from mainport.web.agenda.search import search_page
from mainport.web.pages import routes

_HISTORY = format_lazy("{}/<slug:kind>/<slug:key>", pgettext_lazy("route", "history"))

urlpatterns: list[URLPattern] = [
    *routes(pgettext_lazy("route", "search"), search_page, "search"),
    *routes(pgettext_lazy("route", "changes"), history.changes, "changes"),
    *routes(pgettext_lazy("route", "agenda-on-a-day"), history.agenda_on, "agenda_on"),
    *routes(_HISTORY, history.element_history, "element_history"),
]
