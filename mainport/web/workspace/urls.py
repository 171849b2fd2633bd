# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the workspace."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web import pages
from mainport.web.workspace.views import home, periods, reports

BASE = pgettext_lazy("route", "workspace")
PERIODS = format_lazy("{}/{}", BASE, pgettext_lazy("route", "periods"))
PERIOD = format_lazy("{}/<slug:key>", PERIODS)
REPORT = format_lazy(
    "{}/{}/<slug:period>/<slug:kind>/<slug:key>/<slug:organisation>", BASE, pgettext_lazy("route", "reports")
)

urlpatterns: list[URLPattern] = [
    *pages.routes(BASE, home.workspace, "workspace"),
    path(format_lazy("{}/{}/", BASE, pgettext_lazy("route", "reminders")), periods.reminders, name="reminders"),
    path(format_lazy("{}/{}/", PERIODS, pgettext_lazy("route", "open")), periods.period_open, name="period_open"),
    *pages.routes(PERIODS, periods.period_list, "period_list"),
    *pages.routes(PERIOD, periods.period, "period"),
    path(format_lazy("{}/{}/", PERIOD, pgettext_lazy("route", "due")), periods.period_due, name="period_due"),
    path(format_lazy("{}/{}/", PERIOD, pgettext_lazy("route", "lock")), periods.period_lock, name="period_lock"),
    *pages.routes(REPORT, reports.report, "report"),
    path(format_lazy("{}/{}/", REPORT, pgettext_lazy("route", "write")), reports.report_write, name="report_write"),
    path(
        format_lazy("{}/{}/", REPORT, pgettext_lazy("route", "withdraw")),
        reports.report_withdraw,
        name="report_withdraw",
    ),
    path(
        format_lazy("{}/{}/", REPORT, pgettext_lazy("route", "approve")), reports.report_approve, name="report_approve"
    ),
    path(format_lazy("{}/{}/", REPORT, pgettext_lazy("route", "return")), reports.report_return, name="report_return"),
    path(
        format_lazy("{}/{}/<int:pk>/", BASE, pgettext_lazy("route", "evidence")),
        reports.report_evidence,
        name="report_evidence",
    ),
]
