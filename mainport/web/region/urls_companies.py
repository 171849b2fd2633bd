# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of young companies and of the campus."""

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.pages import routes
from mainport.web.region import companies, companies_add, companies_campus, companies_imports

_REGION = pgettext_lazy("route", "region")
_COMPANIES = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "companies"))
_ADD = format_lazy("{}/{}/", _COMPANIES, pgettext_lazy("route", "add"))
_IMPORTS = format_lazy("{}/{}/", _COMPANIES, pgettext_lazy("route", "imports"))
_UNDO = pgettext_lazy("route", "undo")
_PLACE = pgettext_lazy("route", "place")
_CAMPUS = format_lazy("{}/{}", _REGION, pgettext_lazy("route", "campus"))

urlpatterns: list[URLPattern] = [
    *routes(_COMPANIES, companies.company_list, "company_list"),
    path(_ADD, companies_add.company_add, name="company_add"),
    path(_IMPORTS, companies_imports.company_imports, name="company_imports"),
    path(format_lazy("{}<int:number>/", _IMPORTS), companies_imports.company_import, name="company_import"),
    path(
        format_lazy("{}<int:number>/{}/", _IMPORTS, _UNDO),
        companies_imports.company_import_undo,
        name="company_import_undo",
    ),
    path(
        format_lazy("{}<int:number>/{}/", _IMPORTS, _PLACE),
        companies_imports.company_import_place,
        name="company_import_place",
    ),
    *routes(_CAMPUS, companies_campus.campus_figures, "campus_figures"),
]
