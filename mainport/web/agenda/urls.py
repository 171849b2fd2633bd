# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the agenda's pages, in each language of the site."""

from django.urls import URLPattern, URLResolver, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.agenda import urls_editing
from mainport.web.agenda.addresses import FOLDERS, LISTS
from mainport.web.agenda.views import dashboard, elements, home, lists, service, tree
from mainport.web.pages import routes

_AGENDA = pgettext_lazy("route", "agenda")

urlpatterns: list[URLPattern | URLResolver] = [
    *urls_editing.urlpatterns,
    *routes("", home.home, "home"),
    *routes(_AGENDA, tree.agenda_tree, "agenda_tree"),
    *routes(
        format_lazy("{}/{}", _AGENDA, pgettext_lazy("route", "implementation")),
        tree.implementation_agenda,
        "implementation_agenda",
    ),
    *routes(format_lazy("{}/{}", _AGENDA, pgettext_lazy("route", "print")), service.print_view, "print"),
    *routes(format_lazy("{}/{}/<str:uid>", _AGENDA, pgettext_lazy("route", "print")), service.print_view, "print_one"),
    *routes(pgettext_lazy("route", "glossary"), service.glossary, "glossary"),
    path(format_lazy("{}/", pgettext_lazy("route", "state-rule")), service.status_rule, name="status_rule"),
    path(format_lazy("{}/", pgettext_lazy("route", "about")), service.about, name="about"),
    path(format_lazy("{}/", pgettext_lazy("route", "accessibility")), service.accessibility, name="accessibility"),
    path(format_lazy("{}/", pgettext_lazy("route", "privacy")), service.privacy, name="privacy"),
]

for _kind, _name in LISTS.items():
    urlpatterns += routes(FOLDERS[_kind], lists.list_page(_kind), _name)

for _kind, _folder in FOLDERS.items():
    _route = format_lazy("{}/<slug:key>", _folder)
    if _kind == "milestone":
        urlpatterns.append(path(format_lazy("{}/", _route), elements.milestone, name=_kind.value))
    elif _kind == "plan":
        urlpatterns.append(path(format_lazy("{}/", _route), elements.plan_page, name=_kind.value))
    else:
        urlpatterns += routes(_route, elements.element_page(_kind), _kind.value)
    if _kind in elements.GROUPS:
        _all = format_lazy("{}/{}", _route, pgettext_lazy("route", "dashboard"))
        urlpatterns += routes(_all, dashboard.dashboard(_kind), f"{_kind.value}_dashboard")
