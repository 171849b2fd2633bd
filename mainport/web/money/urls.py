# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the public pages of money."""

from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.money import overview, totals
from mainport.web.pages import routes

_MONEY = pgettext_lazy("route", "money")

urlpatterns = [
    *routes(_MONEY, overview.money, "money"),
    *routes(format_lazy("{}/{}", _MONEY, pgettext_lazy("route", "sub-totals")), totals.money_totals, "money_totals"),
]
