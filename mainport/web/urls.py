# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages; each in Dutch and in English."""

from django.urls import include, path

urlpatterns = [
    path("", include("mainport.web.agenda.urls")),
    path("", include("mainport.web.workspace.urls")),
    path("", include("mainport.web.money.urls")),
    path("", include("mainport.web.monitor.urls")),
    path("", include("mainport.web.monitor.urls_entry")),
    path("", include("mainport.web.board.urls")),
    path("", include("mainport.web.cycle.urls")),
    path("", include("mainport.web.papers.urls")),
    path("", include("mainport.web.catalogue.search.urls")),
    path("", include("mainport.web.catalogue.handing_in.urls")),
    path("", include("mainport.web.catalogue.records.urls")),
    path("", include("mainport.web.catalogue.academy.urls")),
    path("", include("mainport.web.catalogue.harvest.urls")),
    path("", include("mainport.web.region.urls")),
    path("", include("mainport.web.region.urls_companies")),
    path("", include("mainport.web.talent.urls")),
    path("", include("mainport.web.accounts.urls")),
]
