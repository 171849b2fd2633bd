# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the monitor."""

from django.urls import URLPattern
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.monitor import feeds, indicators
from mainport.web.pages import routes

_INDICATORS = pgettext_lazy("route", "indicators")

urlpatterns: list[URLPattern] = [
    *routes(pgettext_lazy("route", "feeds"), feeds.feed_list, "feed_list"),
    *routes(_INDICATORS, indicators.indicator_list, "indicator_list"),
    *routes(pgettext_lazy("route", "not-measured-yet"), indicators.gap_list, "gap_list"),
    *routes(format_lazy("{}/<slug:key>", _INDICATORS), indicators.indicator, "indicator"),
]
