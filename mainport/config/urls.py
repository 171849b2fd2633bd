# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from mainport.api import urls as api
from mainport.core.admin import site as admin
from mainport.web import service, sitemaps
from mainport.web.accounts.entrance_urls import callback
from mainport.web.agenda.views.service import sitemap
from mainport.web.catalogue.records.urls import for_machines

urlpatterns = [
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path(".well-known/security.txt", service.security_txt, name="security_txt"),
    path("robots.txt", service.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-agenda.xml", sitemap, name="sitemap_agenda"),
    path("sitemap-<int:part>.xml", sitemaps.part, name="sitemap_part"),
    path("llms.txt", sitemaps.llms, name="llms"),
    *for_machines,
    path("", include("mainport.web.catalogue.academy.machine_urls")),
    path("", service.to_language, name="root"),
    callback,
    path("", include(api)),
    *i18n_patterns(
        path("", include(api.page_patterns)),
        path("", include("mainport.web.urls")),
        path("account/", include("mainport.web.accounts.entrance_urls")),
        path("admin/", admin.urls),
    ),
]
