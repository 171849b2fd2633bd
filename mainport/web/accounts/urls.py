# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses about one's own account and about people."""

from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web import pages
from mainport.web.accounts.account import account
from mainport.web.accounts.audit import audit
from mainport.web.accounts.people import people, person, person_access, person_add, person_invite

_workspace = pgettext_lazy("route", "workspace")
_people = format_lazy("{}/{}", _workspace, pgettext_lazy("route", "people"))

urlpatterns = [
    path(format_lazy("{}/", pgettext_lazy("route", "my-account")), account, name="account"),
    *pages.routes(_people, people, "people"),
    path(format_lazy("{}/{}/", _people, pgettext_lazy("route", "add")), person_add, name="person_add"),
    path(format_lazy("{}/<int:pk>/", _people), person, name="person"),
    path(
        format_lazy("{}/<int:pk>/{}/", _people, pgettext_lazy("route", "access")), person_access, name="person_access"
    ),
    path(
        format_lazy("{}/<int:pk>/{}/", _people, pgettext_lazy("route", "invitation")),
        person_invite,
        name="person_invite",
    ),
    *pages.routes(format_lazy("{}/{}", _workspace, pgettext_lazy("route", "audit-log")), audit, "audit"),
]
