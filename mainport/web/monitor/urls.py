# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the monitor."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.monitor import changes, feeds, indicators, one
from mainport.web.pages import routes

_INDICATORS = pgettext_lazy("route", "indicators")
_INDICATOR = format_lazy("{}/<slug:key>", _INDICATORS)
_CHART = pgettext_lazy("route", "chart")

urlpatterns: list[URLPattern] = [
    *routes(pgettext_lazy("route", "feeds"), feeds.feed_list, "feed_list"),
    *routes(_INDICATORS, indicators.indicator_list, "indicator_list"),
    *routes(pgettext_lazy("route", "not-measured-yet"), indicators.gap_list, "gap_list"),
    # Before the indicators, of which none has this key.
    *routes(format_lazy("{}/{}", _INDICATORS, pgettext_lazy("route", "changes")), changes.changes, "monitor_changes"),
    *routes(_INDICATOR, one.indicator, "indicator"),
    path(format_lazy("{}/{}/", _INDICATOR, _CHART), one.indicator_chart, name="indicator_chart"),
    path(format_lazy("{}/{}.svg", _INDICATOR, _CHART), one.indicator_chart_svg, name="indicator_chart_svg"),
]
