# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One's own account."""

import pytest
from django.urls import reverse

from mainport.core.models import AuditEvent, Person

pytestmark = pytest.mark.django_db


def test_it_shows_roles_and_ways_in(cast, as_person):
    page = as_person(cast.bob).get(reverse("account")).content.decode()
    assert "Coordinator for Hanzehogeschool Groningen" in page
    assert "bob@example.org" in page
    page = as_person(cast.dave).get(reverse("account")).content.decode()
    assert "code from an app" in page


def test_name_and_language_are_ones_own(cast, as_person):
    response = as_person(cast.alice).post(reverse("account"), {"name": "Alice de Vries", "language": "en"}, follow=True)
    assert "Your details are saved." in response.content.decode()
    alice = Person.objects.get(pk=cast.alice.pk)
    assert (alice.name, alice.language) == ("Alice de Vries", "en")
    assert AuditEvent.objects.get(action="person.edit").by_name == "Alice"


def test_a_language_that_is_not_there_is_refused(cast, as_person):
    page = as_person(cast.alice).post(reverse("account"), {"name": "", "language": "xx"})
    assert set(page.context["form"].errors) == {"name", "language"}
    assert Person.objects.get(pk=cast.alice.pk).name == "Alice"


def test_it_takes_few_queries(cast, as_person, groningen, django_assert_max_num_queries):
    client = as_person(cast.grace)
    with django_assert_max_num_queries(12):
        client.get(reverse("account"))


def test_forms_have_a_limit(cast, as_person):
    client = as_person(cast.alice)
    statuses = [client.post(reverse("account"), {"name": "A", "language": "nl"}).status_code for _ in range(21)]
    assert statuses == [302] * 20 + [429]
    assert client.get(reverse("account")).status_code == 200
