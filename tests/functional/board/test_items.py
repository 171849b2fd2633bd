# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Proposing items, changing, placing, ordering, refusing and handling them; their papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mainport.board.actions import documents, items, meetings
from mainport.board.models import Document, Item, Meeting
from tests.functional.board.conftest import errors_of, everywhere
from tests.integration.board.conftest import Board, pdf

pytestmark = pytest.mark.django_db

ITEM = {
    "organisation": "hanze",
    "title_nl": "Praktijkplekken",
    "title_en": "Places for practice",
    "summary_nl": "Graag besluiten.",
    "purpose": "decide",
    "minutes": "20",
    "elements": ["task:E3"],
}


@pytest.fixture
def meeting(board: Board) -> Meeting:
    return board.plan()


def proposed(board: Board, meeting: Meeting) -> Item:
    return items.propose(by=board.cast.bob.actor, meeting=meeting, title={"en": "Of Bob"}, organisation="hanze")


def url(name: str, row: Item | Document) -> str:
    return reverse(name, kwargs={"pk": row.pk})


def shown(meeting: Meeting) -> str:
    return reverse("meeting", kwargs={"key": meeting.key})


def test_propose(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    bob, address = as_person(board.cast.bob), reverse("item_propose", kwargs={"key": meeting.key})
    field = bob.get(address).context["form"].fields["organisation"]
    assert [key for key, _name in field.choices] == ["hanze"]
    assert field.required
    response = bob.post(address, ITEM, follow=True)
    assert response.redirect_chain == [(shown(meeting), 302)]
    assert "Proposed. The programme office puts the agenda in order." in response.text
    item = Item.objects.get()
    assert (item.purpose, item.minutes, item.proposed_by.key) == ("decide", 20, "hanze")  # type: ignore[union-attr]
    assert [element.uid for element in item.elements.all()] == ["task:E3"]
    assert "Places for practice" not in everywhere(as_person(None), "meeting", key=meeting.key)
    assert "Places for practice" not in as_person(board.cast.charlie).get(shown(meeting)).text


def test_the_office_proposes_for_itself(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    address = reverse("item_propose", kwargs={"key": meeting.key})
    as_person(board.cast.dave).post(address, ITEM | {"organisation": ""})
    assert Item.objects.get().proposed_by is None


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"title_nl": ""}, "title_nl"),
        ({"organisation": "rug"}, "organisation"),
        ({"organisation": ""}, "organisation"),
        ({"purpose": "sleep"}, "purpose"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "10000"}, "minutes"),
        ({"elements": ["task:nowhere"]}, "elements"),
    ],
)
def test_refused_at_the_field(board: Board, meeting: Meeting, as_person, fields: dict[str, Any], where: str) -> None:  # type: ignore[no-untyped-def]
    address = reverse("item_propose", kwargs={"key": meeting.key})
    response = as_person(board.cast.bob).post(address, ITEM | fields)
    assert list(errors_of(response)) == [where]
    assert response.context["form"]["title_en"].value() == "Places for practice"
    assert not Item.objects.exists()


def test_after_the_deadline_only_the_office(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    start = timezone.now() + timedelta(days=3)
    meeting = board.plan(start=start, papers_due=timezone.now() - timedelta(hours=1))
    address = reverse("item_propose", kwargs={"key": meeting.key})
    assert as_person(board.cast.bob).get(address).status_code == 403
    assert address not in as_person(board.cast.bob).get(shown(meeting)).text
    assert as_person(board.cast.dave).post(address, ITEM).status_code == 302


def test_edit(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    item = proposed(board, meeting)
    bob = as_person(board.cast.bob)
    assert bob.get(url("item_edit", item)).context["form"]["title_en"].value() == "Of Bob"
    bob.post(url("item_edit", item), {**ITEM, "confidential": "Names people"})
    item.refresh_from_db()
    assert (item.title["nl"], item.confidential) == ("Praktijkplekken", "Names people")
    items.place(by=board.office, item=item)
    # Once it stands on the agenda, its words are the office's.
    assert url("item_edit", item) not in bob.get(shown(meeting)).text
    assert errors_of(bob.post(url("item_edit", item), ITEM))["__all__"]


def test_place_order_and_refuse(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    dave = as_person(board.cast.dave)
    first, second = board.item(meeting, "One"), board.item(meeting, "Two")
    third = proposed(board, meeting)

    def order() -> list[str]:
        return [item.view.title["en"] for item in map(_Row, dave.get(shown(meeting)).context["items"])]

    response = dave.post(url("item_place", third))
    assert response.headers["Location"] == shown(meeting)
    assert order() == ["One", "Two", "Of Bob"]
    dave.post(url("item_place", third), {"to": "1"})
    assert order() == ["Of Bob", "One", "Two"]
    dave.post(url("item_place", first), {"to": "3"})
    assert order() == ["Of Bob", "Two", "One"]
    response = dave.post(url("item_place", second), {"to": "9"}, follow=True)
    assert "We can&#x27;t read this." in response.text
    assert order() == ["Of Bob", "Two", "One"]
    assert errors_of(dave.post(url("item_refuse", third), {"reason": " "}))["reason"]
    dave.post(url("item_refuse", third), {"reason": "Another time"})
    assert order() == ["Two", "One"]
    assert [item.position for item in Item.objects.filter(state="placed").order_by("position")] == [1, 2]
    bob = as_person(board.cast.bob).get(shown(meeting)).text
    assert "Another time" in bob
    assert "Another time" not in everywhere(as_person(None), "meeting", key=meeting.key)


class _Row:
    def __init__(self, row: dict[str, Any]) -> None:
        self.view = row["view"]


def test_handle(board: Board, as_person) -> None:  # type: ignore[no-untyped-def]
    meeting, [item] = board.held()
    dave = as_person(board.cast.dave)
    response = dave.post(url("item_handle", item), {"notes_nl": "Eens.", "notes_en": "All agree."}, follow=True)
    assert "Kept what was said." in response.text
    assert "All agree." in response.text
    assert "All agree." not in everywhere(as_person(None), "meeting", key=meeting.key)
    assert dave.get(url("item_handle", item)).context["form"]["notes_en"].value() == "All agree."


def test_papers(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    item = proposed(board, meeting)
    bob = as_person(board.cast.bob)
    assert 'enctype="multipart/form-data"' in bob.get(url("document_add", item)).text
    response = bob.post(url("document_add", item), {"file": pdf("plan.pdf"), "title": "The plan"}, follow=True)
    assert "The paper is added." in response.text
    document = Document.objects.get()
    response = bob.get(url("document", document))
    assert response.content == b"%PDF-1.7 a paper"
    assert 'filename="The plan.pdf"' in response.headers["Content-Disposition"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert as_person(None).get(url("document", document)).status_code == 404
    items.place(by=board.office, item=item)
    meetings.convene(by=board.office, meeting=meeting)
    response = as_person(None).get(url("document", document))
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")
    # What people have been sent stays.
    response = as_person(board.cast.dave).post(url("document_remove", document), follow=True)
    assert "can&#x27;t be done as things are now" in response.text
    assert Document.objects.exists()


def test_papers_are_taken_away(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    item = proposed(board, meeting)
    document = documents.add_document(by=board.cast.bob.actor, item=item, file=pdf(), title="Draft")
    response = as_person(board.cast.bob).post(url("document_remove", document), follow=True)
    assert "The paper is taken away." in response.text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"), [("plan.exe", b"MZ"), ("plan.pdf", b"<html>"), ("plan.pdf", b""), ("plan", b"%PDF-1.7")]
)
def test_other_files_are_refused(board: Board, meeting: Meeting, as_person, name: str, content: bytes) -> None:  # type: ignore[no-untyped-def]
    item = proposed(board, meeting)
    response = as_person(board.cast.bob).post(url("document_add", item), {"file": SimpleUploadedFile(name, content)})
    assert list(errors_of(response)) == ["file"]
    assert not Document.objects.exists()


def test_a_paper_that_was_tampered_with_isnt_handed_out(board: Board, meeting: Meeting, as_person) -> None:  # type: ignore[no-untyped-def]
    item = proposed(board, meeting)
    document = documents.add_document(by=board.cast.bob.actor, item=item, file=pdf())
    with document.file.storage.open(str(document.file.name), "wb") as file:
        file.write(b"%PDF-1.7 another")
    assert as_person(board.cast.bob).get(url("document", document)).status_code == 404
