# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of following indicators, and of entering values by hand."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.monitor import entry, subscriptions
from mainport.web.pages import routes

_WORKSPACE = pgettext_lazy("route", "workspace")
_INDICATOR = format_lazy("{}/<slug:key>", pgettext_lazy("route", "indicators"))
_ENTRIES = format_lazy("{}/{}", _WORKSPACE, pgettext_lazy("route", "values-by-hand"))
_ENTRY = format_lazy("{}/<int:pk>", _ENTRIES)

urlpatterns: list[URLPattern] = [
    *routes(
        format_lazy("{}/{}", _WORKSPACE, pgettext_lazy("route", "following")),
        subscriptions.subscription_list,
        "subscription_list",
    ),
    path(
        format_lazy("{}/{}/", _INDICATOR, pgettext_lazy("route", "follow")),
        subscriptions.indicator_subscribe,
        name="indicator_subscribe",
    ),
    path(
        format_lazy("{}/{}/", _INDICATOR, pgettext_lazy("route", "unfollow")),
        subscriptions.indicator_unsubscribe,
        name="indicator_unsubscribe",
    ),
    *routes(_ENTRIES, entry.entry_list, "entry_list"),
    path(format_lazy("{}/{}/", _ENTRIES, pgettext_lazy("route", "add")), entry.entry_add, name="entry_add"),
    path(format_lazy("{}/", _ENTRY), entry.entry, name="entry"),
    path(format_lazy("{}/{}/", _ENTRY, pgettext_lazy("route", "confirm")), entry.entry_confirm, name="entry_confirm"),
    path(format_lazy("{}/{}/", _ENTRY, pgettext_lazy("route", "return")), entry.entry_return, name="entry_return"),
    path(
        format_lazy("{}/{}/", _ENTRY, pgettext_lazy("route", "withdraw")), entry.entry_withdraw, name="entry_withdraw"
    ),
]
