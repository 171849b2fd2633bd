# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A reporter of the Hanze reports on E3, her coordinator returns it, she mends it, he approves it: home changes."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from mainport.agenda.models import Report
from tests.conftest import Cast
from tests.planning import open_period, plan

pytestmark = pytest.mark.usefixtures("groningen")


def address(name: str, period: str, organisation: str = "hanze", language: str = "en") -> str:
    with translation.override(language):
        return reverse(name, kwargs={"period": period, "kind": "task", "key": "E3", "organisation": organisation})


def revision_of(html: str) -> str:
    found = re.search(r'name="revision" value="(\d+)"', html)
    assert found, "the form knows which version it shows"
    return found[1]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_way(cast: Cast, as_person, language: str) -> None:  # type: ignore[no-untyped-def]
    plan()
    key = open_period().key
    alice, bob, charlie, visitor = (as_person(p) for p in (cast.alice, cast.bob, cast.charlie, None))
    report, write = address("report", key, language=language), address("report_write", key, language=language)
    approve, give_back = (
        address("report_approve", key, language=language),
        address("report_return", key, language=language),
    )
    with translation.override(language):
        workspace, home, task = reverse("workspace"), reverse("home"), reverse("task", kwargs={"key": "E3"})

    # It waits for Alice.
    assert write in alice.get(workspace).text
    form = alice.get(write)
    assert form.status_code == 200
    filled = {"status": "behind", "words": "Er is vertraging.", "language": "nl", "verb": "save"}
    answer = alice.post(write, filled, follow=True)
    assert answer.redirect_chain[-1][0] == write
    assert "Er is vertraging." in answer.text
    assert charlie.get(report).status_code == 404
    assert visitor.get(report).status_code == 302
    filled |= {"verb": "submit"}
    answer = alice.post(write, filled | {"revision": revision_of(answer.text)}, follow=True)
    assert answer.redirect_chain[-1][0] == report

    # It waits for Bob; he returns it.
    assert report in bob.get(workspace).text
    assert charlie.get(report).status_code == 404
    page = bob.get(report)
    empty = bob.post(give_back, {"reason": "", "revision": revision_of(page.text)})
    assert empty.status_code == 200
    assert 'aria-invalid="true"' in empty.text
    bob.post(give_back, {"reason": "Waardoor komt dat?", "revision": revision_of(page.text)})

    # It waits for Alice again, with his reason; she mends it.
    assert "Waardoor komt dat?" in alice.get(workspace).text
    form = alice.get(write)
    assert "Waardoor komt dat?" in form.text
    filled |= {"words": "Vertraging door te weinig docenten.", "revision": revision_of(form.text)}
    alice.post(write, filled)
    before = visitor.get(home).text
    assert "Vertraging" not in visitor.get(task).text

    # He approves it: it is public and the home page changes.
    page = bob.get(report)
    answer = bob.post(approve, {"revision": revision_of(page.text)}, follow=True)
    assert answer.status_code == 200
    assert Report.objects.get().state == "approved"
    after = visitor.get(home).text
    assert before.count("mainport-state--behind") < after.count("mainport-state--behind")
    assert "Vertraging door te weinig docenten." in visitor.get(task).text
    for reader in (charlie, visitor):
        read = reader.get(report)
        assert read.status_code == 200
        assert "Vertraging door te weinig docenten." in read.text
        assert "Alice" not in read.text
        assert "Waardoor komt dat?" not in read.text
    assert "Alice" in bob.get(report).text
