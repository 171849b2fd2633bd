# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of finding."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.catalogue.search import feed, page, provider_map, saved, suggest
from mainport.web.pages import routes

_SEARCH = pgettext_lazy("route", "search")
_SAVED = format_lazy("{}/{}", _SEARCH, pgettext_lazy("route", "saved"))

urlpatterns: list[URLPattern] = [
    *routes(_SEARCH, page.search_page, "search"),
    path(format_lazy("{}.atom", _SEARCH), feed.search_feed, name="search_feed"),
    path(
        format_lazy("{}/{}/", _SEARCH, pgettext_lazy("route", "suggestions")),
        suggest.search_suggest,
        name="search_suggest",
    ),
    path(format_lazy("{}/{}/", _SEARCH, pgettext_lazy("route", "save")), saved.search_save, name="search_save"),
    *routes(_SAVED, saved.saved_searches, "saved_searches"),
    path(format_lazy("{}/<int:pk>/", _SAVED), saved.saved_search, name="saved_search"),
    path(
        format_lazy("{}/{}/<str:secret>/", _SEARCH, pgettext_lazy("route", "letters")),
        saved.letters_end,
        name="letters_end",
    ),
    *routes(pgettext_lazy("route", "map-of-courses"), provider_map.provider_map, "provider_map"),
]
