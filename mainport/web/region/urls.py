# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the region."""

from django.urls import URLPattern
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.region import places, shading

_REGION = pgettext_lazy("route", "region")

urlpatterns: list[URLPattern] = [
    *routes(_REGION, places.region, "region"),
    *routes(
        format_lazy("{}/{}", _REGION, pgettext_lazy("route", "daily-urban-system")), shading.shading, "region_shading"
    ),
]
