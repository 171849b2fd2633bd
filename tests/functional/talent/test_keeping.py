# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who manages the region uploads tables and edits scenarios; what is wrong stands on the page, and nothing is kept."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from mainport.talent.models import Scenario, Table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("talent")]


@pytest.fixture
def dave(client, cast):
    client.force_login(cast.dave, backend=settings.AUTHENTICATION_BACKENDS[0])
    with translation.override("en"):
        yield client


def sent(body, **more):
    said = {"kind": "enrolled", "title_nl": "Wie kwamen", "title_en": "Who came", "source": "Us"}
    return {**said, "file": SimpleUploadedFile("came.csv", body), **more}


def test_a_good_table_is_kept_with_its_source(dave):
    answer = dave.post(reverse("talent_table_upload"), sent(b"year,group,enrolled\n2024,NL,4000\n"))
    assert answer["Location"] == reverse("talent_table_list")
    table = Table.objects.get(key="who-came")
    assert (table.rows, table.source, table.demo, table.public) == (1, "Us", False, False)
    again = sent(b"year,group,enrolled\n2024,NL,4100\n")
    dave.post(reverse("talent_table_upload"), again)
    assert Table.objects.filter(key="who-came-2").exists()
    dave.post(reverse("talent_table_upload"), sent(b"year,group,enrolled\n2024,NL,4200\n", replaces="who-came"))
    assert bytes(Table.objects.get(key="who-came").body).endswith(b"4200\n")


def test_every_fault_stands_on_the_page_with_its_row_and_nothing_is_kept(dave):
    before = Table.objects.count()
    answer = dave.post(reverse("talent_table_upload"), sent(b"year,group,enrolled\n2024,NL,-5\n2024,,12\n"))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Row 2, enrolled" in page
    assert "Row 3, group" in page
    assert Table.objects.count() == before


def test_a_table_takes_the_place_of_one_of_its_own_kind_only(dave):
    body = b"year,group,enrolled\n2024,NL,4000\n"
    answer = dave.post(reverse("talent_table_upload"), sent(body, replaces="flows-demo"))
    assert answer.status_code == 400
    assert Table.objects.get(key="flows-demo").kind == "paths"


def test_a_scenario_is_checked_and_looked_at_before_it_is_kept(dave):
    address = reverse("scenario_edit", kwargs={"key": "peak-demo"})
    body = Scenario.objects.get(key="peak-demo").body.replace("regular: 700", "regular: 900")
    page = dave.post(address, {"body": body, "check": "yes"}).content.decode()
    assert "+regular: 900" in page
    assert "Beds to add" in page
    assert Scenario.objects.filter(key="peak-demo").count() == 1
    assert dave.post(address, {"body": body, "keep": "yes"}).status_code == 400
    kept = dave.post(address, {"body": body, "keep": "yes", "why": "200 more"})
    assert kept["Location"] == reverse("peak", kwargs={"key": "peak-demo"})
    now = Scenario.objects.get(key="peak-demo", current=True)
    assert (now.version, now.demo) == (2, True)
    assert "Version 2" in dave.get(address).content.decode()
    assert "regular: 700" in dave.get(address, {"version": "1"}).content.decode()


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("regular: 700", "regular: -1", "regular: found -1"),
        ("enrolled: enrolled-demo.csv", "enrolled: nowhere.csv", "a file beside the scenario"),
        ("regular: 700", "regular: [", "expected YAML"),
    ],
)
def test_a_scenario_with_a_fault_is_refused_with_its_row(dave, before, after, words):
    body = Scenario.objects.get(key="peak-demo").body.replace(before, after)
    answer = dave.post(
        reverse("scenario_edit", kwargs={"key": "peak-demo"}), {"body": body, "keep": "yes", "why": "a try"}
    )
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert Scenario.objects.filter(key="peak-demo").count() == 1


def test_the_gap_with_a_plans_new_text_is_shown(dave):
    body = Scenario.objects.get(key="human-capital-demo").body.replace("stock: 9000", "stock: 9500")
    page = dave.post(
        reverse("scenario_edit", kwargs={"key": "human-capital-demo"}), {"body": body, "check": "yes"}
    ).content.decode()
    assert "Care, Steady growth: people less jobs in 2032" in page
