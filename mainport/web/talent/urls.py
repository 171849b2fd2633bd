# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages about talent."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.talent import graduates, human_capital, landing, monitor, moves, peak, scenarios, tables

_TALENT = pgettext_lazy("route", "talent")
_STAYS = format_lazy("{}/{}", _TALENT, pgettext_lazy("route", "who-stays"))
_TABLES = format_lazy("{}/{}", _TALENT, pgettext_lazy("route", "tables"))

urlpatterns: list[URLPattern] = [
    *routes(_TALENT, landing.talent, "talent"),
    *routes(_STAYS, monitor.talent_monitor, "talent_monitor"),
    *routes(format_lazy("{}/{}", _STAYS, pgettext_lazy("route", "from-and-to")), moves.talent_moves, "talent_moves"),
    *routes(
        format_lazy("{}/{}/<slug:key>", _TALENT, pgettext_lazy("route", "human-capital")),
        human_capital.human_capital,
        "human_capital",
    ),
    *routes(format_lazy("{}/{}/<slug:key>", _TALENT, pgettext_lazy("route", "autumn-peak")), peak.peak, "peak"),
    *routes(format_lazy("{}/{}", _TALENT, pgettext_lazy("route", "graduates")), graduates.graduates, "graduates"),
    *routes(_TABLES, tables.talent_table_list, "talent_table_list"),
    path(
        format_lazy("{}/{}/", _TABLES, pgettext_lazy("route", "upload")),
        tables.talent_table_upload,
        name="talent_table_upload",
    ),
    path(
        format_lazy(
            "{}/{}/<slug:key>/{}/", _TALENT, pgettext_lazy("route", "scenarios"), pgettext_lazy("route", "edit")
        ),
        scenarios.scenario_edit,
        name="scenario_edit",
    ),
]
