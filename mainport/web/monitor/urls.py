# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the monitor."""

from django.urls import URLPattern
from django.utils.translation import pgettext_lazy

from mainport.web.monitor import feeds
from mainport.web.pages import routes

urlpatterns: list[URLPattern] = [
    *routes(pgettext_lazy("route", "feeds"), feeds.feed_list, "feed_list"),
]
