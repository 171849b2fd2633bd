# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of following indicators."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.monitor import subscriptions
from mainport.web.pages import routes

_WORKSPACE = pgettext_lazy("route", "workspace")
_INDICATOR = format_lazy("{}/<slug:key>", pgettext_lazy("route", "indicators"))

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
]
