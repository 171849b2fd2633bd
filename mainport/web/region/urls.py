# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the region."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.region import areas, comparing, delineation, flows, network, places, shading

_REGION = pgettext_lazy("route", "region")
_SYSTEM = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "daily-urban-system"))
_NETWORK = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "network"))
_AREAS = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "municipalities"))
_FLOWS = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "flows"))
_DRAWN = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "regions"))
_NEW = format_lazy("{}/{}", _DRAWN, pgettext_lazy("route", "new"))
_COMPARE = format_lazy("{}/{}", _DRAWN, pgettext_lazy("route", "compare"))
_KEEP = format_lazy("{}/{}/", _DRAWN, pgettext_lazy("route", "keep"))
_ADD = format_lazy("{}/{}/", _FLOWS, pgettext_lazy("route", "add"))
_REMOVE = pgettext_lazy("route", "remove")

urlpatterns: list[URLPattern] = [
    *routes(_REGION, places.region, "region"),
    *routes(_NETWORK, network.region_places, "region_places"),
    *routes(_SYSTEM, shading.shading, "region_shading"),
    *routes(_AREAS, areas.region_areas, "region_areas"),
    *routes(_FLOWS, flows.flow_list, "flow_list"),
    # Before the tables, of which none has this key.
    path(_ADD, flows.flow_add, name="flow_add"),
    *routes(format_lazy("{}/<slug:key>", _FLOWS), flows.flow, "flow"),
    # Before what was kept, of which nothing has these keys.
    *routes(_NEW, delineation.delineation_new, "delineation_new"),
    *routes(_COMPARE, comparing.delineation_compare, "delineation_compare"),
    path(_KEEP, delineation.delineation_keep, name="delineation_keep"),
    *routes(format_lazy("{}/<slug:key>", _DRAWN), delineation.delineation, "delineation"),
    path(format_lazy("{}/<slug:key>/{}/", _DRAWN, _REMOVE), delineation.delineation_remove, name="delineation_remove"),
]
