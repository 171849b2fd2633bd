# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from mainport.api import urls as api
from mainport.core.admin import site as admin
from mainport.web import service
from mainport.web.accounts.entrance_urls import callback
from mainport.web.agenda.views.service import sitemap

urlpatterns = [
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path(".well-known/security.txt", service.security_txt, name="security_txt"),
    path("robots.txt", service.robots_txt, name="robots_txt"),
    path("sitemap.xml", sitemap, name="sitemap"),
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
