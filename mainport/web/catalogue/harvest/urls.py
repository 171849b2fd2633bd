# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of harvesting."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web import pages
from mainport.web.catalogue.harvest import duplicates, raw, sources

WORKSPACE = pgettext_lazy("route", "workspace")
ALL = format_lazy("{}/{}", WORKSPACE, pgettext_lazy("route", "catalogue-sources"))
NEW = format_lazy("{}/{}", ALL, pgettext_lazy("route", "new"))
ONE = format_lazy("{}/<slug:key>", format_lazy("{}/{}", WORKSPACE, pgettext_lazy("route", "catalogue-source")))
RECORDS = format_lazy("{}/{}", ONE, pgettext_lazy("route", "records"))
PAIRS = format_lazy("{}/{}", WORKSPACE, pgettext_lazy("route", "duplicates"))

urlpatterns: list[URLPattern] = [
    *pages.routes(ALL, sources.harvest_list, "harvest_list"),
    path(format_lazy("{}/", NEW), sources.harvest_add, name="harvest_add"),
    *pages.routes(ONE, sources.harvest_source, "harvest_source"),
    path(format_lazy("{}/{}/", ONE, pgettext_lazy("route", "harvest")), sources.harvest_start, name="harvest_start"),
    path(format_lazy("{}/{}/", ONE, pgettext_lazy("route", "stop")), sources.harvest_stop, name="harvest_stop"),
    path(format_lazy("{}/{}/", ONE, pgettext_lazy("route", "switch")), sources.harvest_switch, name="harvest_switch"),
    *pages.routes(RECORDS, raw.harvest_records, "harvest_records"),
    *pages.routes(format_lazy("{}/<int:number>", RECORDS), raw.harvest_record, "harvest_record"),
    *pages.routes(PAIRS, duplicates.match_list, "match_list"),
    path(format_lazy("{}/<int:number>/", PAIRS), duplicates.match_decide, name="match_decide"),
]
