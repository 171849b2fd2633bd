# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Django's admin: administrators look, nobody writes."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from mainport.core.admin import site

pytestmark = pytest.mark.django_db


def test_it_shows_our_tables_and_no_secrets():
    assert {model._meta.label for model in site._registry} == {
        "core.Person",
        "core.Organisation",
        "core.Membership",
        "core.Source",
        "core.AuditEvent",
    }


def test_an_administrator_looks(cast, as_person):
    client = as_person(cast.grace)
    for model in site._registry:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        page = client.get(url)
        assert page.status_code == 200
        assert "unsafe" not in page["Content-Security-Policy"]
    page = client.get(reverse("admin:core_person_change", args=[cast.alice.pk])).content.decode()
    assert "alice@example.org" in page
    assert 'name="_save"' not in page
    assert "password" not in page.lower().replace("change password", "").replace("password_change", "").replace(
        "password/", ""
    )


def test_nothing_is_written_here(cast, as_person):
    client = as_person(cast.grace)
    client.post(reverse("admin:core_person_change", args=[cast.alice.pk]), {"name": "X"})
    client.post(reverse("admin:core_person_delete", args=[cast.alice.pk]), {"post": "yes"})
    client.post(
        reverse("admin:core_person_changelist"),
        {"action": "delete_selected", "_selected_action": [cast.alice.pk], "post": "yes"},
    )
    assert get_user_model().objects.get(pk=cast.alice.pk).name == "Alice"


def test_the_way_in_is_our_own(client, cast):
    page = client.get(reverse("admin:index"), follow=True)
    assert page.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert page.templates[0].name == "account/login.html"
