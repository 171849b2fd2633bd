# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Django's admin, to look with: for administrators only, and nothing can be changed here, since a
change goes by an action that leaves an audit event."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from mainport.core.models import AuditEvent, Membership, Organisation, Person, Source


class Site(admin.AdminSite):
    """Shows our tables only: other packages register theirs, secrets among them, elsewhere."""

    site_header = site_title = "Mainport"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, Person) and request.user.is_staff

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """By our own log-in, with its limits and its second step."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", request.get_full_path()))

    def password_change(  # type: ignore[override]  # Django's own answers a redirect too, when it is done.
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")


site = Site(name="admin")


class ReadOnly(admin.ModelAdmin[Model]):
    """Looking only."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Person, site=site)
class PersonAdmin(ReadOnly):
    list_display = (
        "email",
        "name",
        "is_active",
        "demo",
        "joined_at",
        "last_login",
    )
    list_filter = (
        "is_active",
        "demo",
    )
    search_fields = (
        "email",
        "name",
    )
    exclude = ("password",)


@admin.register(Organisation, site=site)
class OrganisationAdmin(ReadOnly):
    list_display = (
        "key",
        "name",
    )
    search_fields = (
        "key",
        "name",
    )


@admin.register(Membership, site=site)
class MembershipAdmin(ReadOnly):
    list_display = (
        "person",
        "role",
        "organisation",
    )
    list_filter = ("role",)
    list_select_related = (
        "person",
        "organisation",
    )


@admin.register(Source, site=site)
class SourceAdmin(ReadOnly):
    list_display = (
        "key",
        "document",
        "published",
    )
    search_fields = (
        "key",
        "document",
    )


@admin.register(AuditEvent, site=site)
class AuditEventAdmin(ReadOnly):
    list_display = (
        "at",
        "by_name",
        "action",
        "subject",
        "why",
    )
    search_fields = (
        "by_name",
        "action",
        "subject",
    )
    show_full_result_count = False
