# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The audit log."""

import csv
import io

import pytest
from django.db import transaction
from django.urls import reverse

from mainport.core.actions import record, set_details
from mainport.core.rules.permissions import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def frank(cast, as_person):
    set_details(by=cast.alice.actor, person=cast.alice, name="=Alicia", language="nl")
    return as_person(cast.frank)


def test_the_newest_first_with_what_changed(frank, cast):
    page = frank.get(reverse("audit"))
    event, details = page.context["events"][0]
    assert (event.action, event.by_name) == ("person.edit", "Alice")
    assert '"old": {"name": "Alice"' in details
    assert "17 events" in page.content.decode()


@pytest.mark.parametrize(
    ("chosen", "number"),
    [
        ({"person": "alice"}, 1),
        ({"action": "person.add"}, 7),
        ({"subject": "organisation:hanze"}, 1),
        ({"subject": "task:"}, 0),
    ],
)
def test_filters(frank, chosen, number):
    data = frank.get(reverse("audit_json"), chosen).json()
    assert data["count"] == len(data["events"]) == number


def test_pages_and_few_queries(frank, groningen, django_assert_max_num_queries):
    with transaction.atomic():
        for number in range(60):
            record(by=system("tests"), action="tests.page", subject=f"test:{number}")
    with django_assert_max_num_queries(12):
        page = frank.get(reverse("audit"), {"page": 2})
    assert page.context["page_obj"].number == 2


def test_the_whole_as_csv_safe_to_open(frank, cast):
    rows = list(csv.DictReader(io.StringIO(frank.get(reverse("audit_csv")).content.decode())))
    assert len(rows) == 17
    assert rows[0]["by"] == "Alice"
    set_details(by=cast.alice.actor, person=cast.alice, name="Alice", language="nl")
    assert '"=Alicia"' in frank.get(reverse("audit_json")).content.decode()
