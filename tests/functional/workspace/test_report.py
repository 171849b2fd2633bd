# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages of one report: what goes wrong is said, and nothing that was typed is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from mainport.agenda import actions
from mainport.agenda.models import Evidence, Report
from tests.conftest import Cast
from tests.functional.workspace.test_way_of_a_report import address, revision_of
from tests.planning import BY, open_period, place, plan, today, write

pytestmark = pytest.mark.usefixtures("groningen")

FILLED = {"status": "on-track", "words": "Zoals gepland.", "language": "nl", "verb": "save"}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path


def test_handing_in_what_isnt_whole_keeps_it_and_says_what_is_missing(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    url = address("report_write", open_period().key)
    file = SimpleUploadedFile("bewijs.pdf", b"%PDF-1.7")
    answer = as_person(cast.alice).post(
        url, {"status": "", "words": "Wel woorden.", "language": "nl", "verb": "submit", "file": file}
    )
    assert answer.status_code == 200
    assert "Wel woorden." in answer.text
    assert 'href="#id_status_0"' in answer.text
    report = Report.objects.get()
    assert (report.state, report.words, report.evidence.count()) == ("draft", "Wel woorden.", 1)
    again = {"status": "on-track", "words": "Wel woorden.", "language": "nl", "verb": "submit"}
    answer = as_person(cast.alice).post(url, again | {"revision": revision_of(answer.text)})
    assert answer.status_code == 302
    assert (Report.objects.get().state, Evidence.objects.count()) == ("submitted", 1)


def test_two_who_write_at_once_both_see_both_texts(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    url = address("report_write", open_period().key)
    as_person(cast.alice).post(url, FILLED | {"words": "Van Alice."})
    bob = as_person(cast.bob)
    answer = bob.post(url, FILLED | {"words": "Van Bob."})
    assert answer.status_code == 200
    assert "Van Alice." in answer.text
    assert "Van Bob." in answer.text
    assert Report.objects.get().words == "Van Alice."
    bob.post(url, FILLED | {"words": "Van beiden.", "revision": revision_of(answer.text)})
    assert Report.objects.get().words == "Van beiden."


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"link": "geen adres"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link_title": "Zonder adres"}, "link"),
        ({"file_title": "Zonder bestand"}, "file"),
        ({"file": ("a.pdf", b"<html>")}, "file"),
        ({"file": ("a.exe", b"MZ")}, "file"),
        ({"reached-M-1": "morgen"}, "reached-M-1"),
        ({"status": "prima"}, "status"),
    ],
)
def test_a_mistake_is_said_at_its_field(cast: Cast, as_person, sent: dict, field: str) -> None:  # type: ignore[no-untyped-def,type-arg]
    plan(milestones=[("M-1", "2026-01")])
    url = address("report_write", open_period().key)
    if "file" in sent:
        sent = {"file": SimpleUploadedFile(*sent["file"])}
    answer = as_person(cast.alice).post(url, FILLED | sent)
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in answer.text
    assert "Zoals gepland." in answer.text
    assert not Report.objects.exists()


def test_a_milestone_is_not_reached_tomorrow(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan(milestones=[("M-1", "2026-01")])
    url = address("report_write", open_period().key)
    alice = as_person(cast.alice)
    answer = alice.post(url, FILLED | {"reached-M-1": (today() + timedelta(days=1)).isoformat()})
    assert 'id="id_reached-M-1_error"' in answer.text
    alice.post(url, FILLED | {"reached-M-1": today().isoformat(), "about-M-1": "Op tijd."})
    said = Report.objects.get().milestones.get()
    assert (said.reached_on, said.words) == (today(), "Op tijd.")
    assert f'value="{today().isoformat()}"' in alice.get(url).text


def test_who_may_not_write_may_not(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan("task:E3", "hanze", ["rug"])
    period = open_period()
    url = address("report_write", period.key)
    for person in (cast.charlie, cast.dave, cast.erin):
        assert as_person(person).post(url, FILLED).status_code == 404
    write(cast.alice, period)
    assert as_person(cast.charlie).post(url, FILLED).status_code == 404
    assert as_person(cast.dave).post(url, FILLED).status_code == 403
    assert as_person(cast.dave).post(address("report_approve", period.key), {"revision": 2}).status_code == 403
    assert as_person(cast.dave).get(address("report", period.key)).status_code == 200
    assert as_person(cast.alice).post(address("report_approve", period.key), {"revision": 2}).status_code == 403
    assert Report.objects.get().state == "submitted"


def test_the_author_asks_another_to_approve(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    write(cast.bob, period)
    bob = as_person(cast.bob)
    page = bob.get(address("report", period.key))
    assert address("report_approve", period.key) not in page.text
    assert "another coordinator" in page.text
    answer = bob.post(address("report_approve", period.key), {"revision": revision_of(page.text)}, follow=True)
    assert "another coordinator" in answer.text
    assert Report.objects.get().state == "submitted"


def test_a_decision_on_an_older_text_is_refused(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    write(cast.alice, period)
    answer = as_person(cast.bob).post(address("report_approve", period.key), {"revision": 1}, follow=True)
    assert "changed after you opened it" in answer.text
    assert Report.objects.get().state == "submitted"


def test_withdrawing(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    write(cast.alice, period)
    alice = as_person(cast.alice)
    page = alice.get(address("report", period.key))
    alice.post(address("report_withdraw", period.key), {"revision": revision_of(page.text)})
    assert Report.objects.get().state == "draft"


def test_locked(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    write(cast.alice, period, submit=False)
    actions.lock_period(by=BY, period=period)
    alice = as_person(cast.alice)
    assert alice.get(address("report_write", period.key)).status_code == 302
    answer = alice.post(address("report_write", period.key), FILLED | {"revision": 1, "words": "Te laat getypt."})
    assert answer.status_code == 200
    assert "locked" in answer.text
    assert "Te laat getypt." in answer.text
    assert Report.objects.get().words != "Te laat getypt."


def test_evidence_is_handed_to_who_may_read_the_report_and_can_do_nothing(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    alice = as_person(cast.alice)
    file = SimpleUploadedFile("bewijs.txt", "Vóór alles.".encode())
    alice.post(address("report_write", period.key), FILLED | {"file": file, "file_title": "Ons <b>bewijs</b>"})
    with translation.override("en"):
        url = reverse("report_evidence", kwargs={"pk": Evidence.objects.get().pk})
    answer = alice.get(url)
    assert answer.getvalue().decode() == "Vóór alles."
    assert answer["Content-Disposition"] == 'attachment; filename="ons-bbewijsb.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert as_person(cast.charlie).get(url).status_code == 404
    assert as_person(None).get(url).status_code == 302
    assert alice.get(f"/media/{Evidence.objects.get().file.name}").status_code == 404
    write(cast.alice, period, reviewer=cast.bob)
    visitor = as_person(None).get(url)
    assert visitor.status_code == 200
    visitor.close()


def test_evidence_can_be_taken_away(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    url = address("report_write", open_period().key)
    alice = as_person(cast.alice)
    alice.post(url, FILLED | {"link": "www.example.org/a", "link_title": "Een pagina"})
    item = Evidence.objects.get()
    assert item.url == "https://www.example.org/a"
    page = alice.get(url)
    assert "Een pagina" in page.text
    alice.post(url, FILLED | {"removed": item.pk, "revision": revision_of(page.text)})
    assert not Evidence.objects.exists()


def test_the_same_as_json_and_csv(cast: Cast, as_person) -> None:  # type: ignore[no-untyped-def]
    plan()
    period = open_period()
    write(cast.alice, period, words="=SOM(A1)")
    as_json, as_csv = address("report_json", period.key), address("report_csv", period.key)
    data = json.loads(as_person(cast.bob).get(as_json).content)
    assert (data["element"], data["state"], data["words"]) == ("task:E3", "submitted", "=SOM(A1)")
    assert "'=SOM(A1)" in as_person(cast.bob).get(as_csv).text
    assert as_person(cast.charlie).get(as_json).status_code == 404
    assert as_person(cast.charlie).get(as_csv).status_code == 404


def test_queries(cast: Cast, as_person, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    plan(milestones=[(f"M-{n}", "2026-01") for n in range(9)])
    period = open_period()
    content = actions.Content(words="x", links=[actions.EvidenceLink(str(n), "https://example.org") for n in range(9)])
    actions.save_report(by=cast.alice.actor, place=place(cast.alice, period), content=content)
    alice = as_person(cast.alice)
    for name in ("report", "report_write"):
        with django_assert_max_num_queries(12):
            assert alice.get(address(name, period.key)).status_code == 200
