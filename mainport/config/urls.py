# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Every address of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from mainport.web import service

urlpatterns = [
    path("healthz", service.healthz, name="healthz"),
    path("readyz", service.readyz, name="readyz"),
    path(".well-known/security.txt", service.security_txt, name="security_txt"),
    path("robots.txt", service.robots_txt, name="robots_txt"),
    path("", service.to_language, name="root"),
    *i18n_patterns(
        path("", include("mainport.web.urls")),
        path("account/", include("allauth.urls")),
        path("admin/", admin.site.urls),
    ),
]
