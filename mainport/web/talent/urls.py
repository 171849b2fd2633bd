# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages about talent."""

from django.urls import URLPattern
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.talent import human_capital, landing, monitor, peak

_TALENT = pgettext_lazy("route", "talent")

urlpatterns: list[URLPattern] = [
    *routes(_TALENT, landing.talent, "talent"),
    *routes(format_lazy("{}/{}", _TALENT, pgettext_lazy("route", "who-stays")), monitor.talent_monitor, "talent_monitor"),
    *routes(
        format_lazy("{}/{}/<slug:key>", _TALENT, pgettext_lazy("route", "human-capital")),
        human_capital.human_capital,
        "human_capital",
    ),
    *routes(format_lazy("{}/{}/<slug:key>", _TALENT, pgettext_lazy("route", "autumn-peak")), peak.peak, "peak"),
]
