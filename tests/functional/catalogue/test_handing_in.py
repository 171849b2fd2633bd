# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which works are handed in and judged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from mainport.agenda.rules.elements import Agenda
from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import KeptFile, Record, Relation
from mainport.catalogue.queries.handing_in import value_of
from mainport.catalogue.rules.works import Access
from mainport.core.actions import set_grants
from mainport.core.models import Person
from mainport.core.rules.permissions import Grant, Role
from tests.conftest import BY, Cast
from tests.integration.catalogue.handing_in import BSN, WITH_BSN, Desk, fresh, make_desk, pdf, upload

pytestmark = pytest.mark.django_db

LogIn = Callable[[Person | None], Client]


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_desk(cast)


@pytest.fixture
def heidi(as_person: LogIn, cast: Cast) -> Client:
    return as_person(cast.heidi)


@pytest.fixture
def ivan(as_person: LogIn, cast: Cast) -> Client:
    return as_person(cast.ivan)


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def started(client: Client) -> Record:
    said = {"type": "thesis", "title_nl": "Waterstof", "language": "nl"}
    response = client.post("/en/hand-in/new/", said)
    record = Record.objects.get()
    assert response["Location"] == f"/en/hand-in/{record.key}/details/"
    return record


def test_all_steps_by_form(heidi: Client, groningen: Agenda, cast: Cast) -> None:
    record = started(heidi)
    at = f"/en/hand-in/{record.key}"
    told = {
        "details": {
            "type": "internship-report",
            "title_nl": "Waterstof in de haven",
            "title_en": "Hydrogen in the port",
            "language": "en",
            "task": "E3",
            "written": "2026-06",
            "subjects": "waterstof, haven",
            "programme": "Bedrijfskunde",
        },
        "people": {
            "given": "Heidi",
            "family": "de Boer",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
            "others": "Jan Smit 0000-0001-5109-3700\nPiet Bakker",
            "institution": "Hanze",
            "supervisor_name": "Dr. S. de Vries",
            "supervisor_email": "s@example.org",
            "client": "Groningen Seaports",
        },
        "summary": {"summary_nl": "Wij vroegen tien bedrijven wat zij nodig hebben."},
        "recommendations": {"nl_0": "Leg een leiding aan.", "task_0": "E3", "en_2": "Train people.", "task_2": ""},
        "questions": {"nl_0": "Wat kost een leiding?"},
        "sources": {"builds_on": "https://doi.org/10.1000/ABC\nhttps://example.org/work"},
        "rights": {"closed": "", "licence": "CC-BY-4.0", "consent": "given", "consent_note": "Formulieren"},
    }
    for step, said in told.items():
        assert "Step " in page(heidi, f"{at}/{step}/")
        response = heidi.post(f"{at}/{step}/", {**said, "verb": "next"})
        assert response.status_code == 302, (step, response.context and response.context["form"].errors)
    work = value_of(fresh(record))
    assert (work.type, work.task, str(work.published), work.language) == ("internship-report", "E3", "2026-06", "en")
    assert work.sector or work.goal, "what the task hangs under goes along"
    assert [(one.name, one.orcid) for one in work.authors] == [
        ("Heidi de Boer", "0000-0002-1825-0097"),
        ("Jan Smit", "0000-0001-5109-3700"),
        ("Piet Bakker", ""),
    ]
    assert [(one.name, one.role) for one in work.organisations] == [
        ("Hanze", "grantor"),
        ("Groningen Seaports", "client"),
    ]
    assert [(one.number, one.task) for one in work.recommendations] == [(1, "E3"), (2, "")]
    assert [one.identifier.value for one in work.relations] == ["10.1000/abc", "https://example.org/work"]
    # Each step shows what was filled in, to be changed.
    assert "Piet Bakker" in page(heidi, f"{at}/people/")
    assert "10.1000/abc" in page(heidi, f"{at}/sources/")
    heidi.post(f"{at}/files/", {"file": upload(), "verb": "add"})
    assert "scriptie.pdf" in page(heidi, f"{at}/files/")
    heidi.post(f"{at}/check/", {"verb": "check"})
    assert "All that is needed is there." in page(heidi, f"{at}/")
    heidi.post(f"{at}/send/", {"deposit": "on"})
    assert fresh(record).state == "submitted"
    assert "sent, waits for the research office" in page(heidi, "/en/hand-in/")


def test_errors_are_at_their_fields(heidi: Client, groningen: Agenda) -> None:
    record = started(heidi)
    at = f"/en/hand-in/{record.key}"
    wrong: dict[str, tuple[dict[str, str], list[str]]] = {
        "details": ({"type": "thesis", "language": "nl", "written": "2026-13"}, ["title_nl", "written"]),
        "people": (
            {"given": "H", "family": "B", "orcid": "1234", "others": "0000-0001-5109-3700", "supervisor_name": "S"},
            ["orcid", "others"],
        ),
        "sources": ({"builds_on": "10.1000/a\nsomething"}, ["builds_on"]),
        "rights": ({"embargo_until": f"{timezone.localdate()}", "consent": "given"}, ["embargo_until", "consent_note"]),
    }
    for step, (said, fields) in wrong.items():
        response = heidi.post(f"{at}/{step}/", said)
        assert response.status_code == 200, step
        assert set(response.context["form"].errors) == set(fields), step
        html = response.content.decode()
        assert 'role="alert"' in html
        for name in fields:
            assert f'href="#id_{name}"' in html or f'href="#id_{name}_0"' in html, (step, name)
    assert "Line 2" in heidi.post(f"{at}/sources/", wrong["sources"][0]).content.decode()


def test_source_on_this_site_is_tied(heidi: Client, desk: Desk) -> None:
    old = desk.public()
    new = desk.draft()
    heidi.post(f"/en/hand-in/{new.key}/sources/", {"builds_on": f"http://localhost:8000/en/works/{old.key}/"})
    assert Relation.objects.get(record=new).other == old


def test_student_is_warned_of_a_bsn_before_sending(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    actions.add_file(by=desk.author, record=record, file=upload(pdf(*WITH_BSN)))
    at = f"/en/hand-in/{record.key}"
    actions.check(by=desk.author, record=record)
    html = page(heidi, f"{at}/check/")
    assert "Citizen service number (BSN)" in html
    assert "scriptie.pdf, page 3" in html
    assert "1112*****" in html
    assert BSN not in html
    response = heidi.post(f"{at}/send/", {"deposit": "on"})
    assert response["Location"] == f"{at}/check/"
    assert fresh(record).state == "draft"
    heidi.post(f"{at}/check/", {"verb": "accept", "note": ""})
    assert fresh(record).submission.accepted_note == ""
    heidi.post(f"{at}/check/", {"verb": "accept", "note": "Het is een verzonnen nummer."})
    heidi.post(f"{at}/send/", {"deposit": "on"})
    assert fresh(record).state == "submitted"


def test_sending_checks_what_was_not_checked(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    actions.add_file(by=desk.author, record=record, file=upload(pdf(*WITH_BSN)))
    response = heidi.post(f"/en/hand-in/{record.key}/send/", {"deposit": "on"})
    assert response["Location"] == f"/en/hand-in/{record.key}/check/"
    assert "Personal data found" in page(heidi, f"/en/hand-in/{record.key}/check/")


def test_sending_asks_to_allow_keeping(heidi: Client, desk: Desk) -> None:
    record = desk.ready()
    response = heidi.post(f"/en/hand-in/{record.key}/send/", {})
    assert "Without this we may not keep and show your work." in response.content.decode()
    assert fresh(record).state == "draft"


def test_another_student_sees_nothing(as_person: LogIn, desk: Desk, cast: Cast) -> None:
    set_grants(by=BY, person=cast.charlie, grants=[Grant(Role.STUDENT)], why="Studies now")
    client = as_person(cast.charlie)
    actions.add_file(by=desk.author, record=(record := desk.draft()), file=upload())
    file = KeptFile.objects.get()
    at = f"/en/hand-in/{record.key}"
    addresses = [
        f"{at}/",
        f"{at}/details/",
        f"{at}/files/",
        f"{at}/check/",
        f"{at}/files/{file.pk}/",
        f"{at}/throw-away/",
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)
    for address in (f"{at}/send/", f"{at}/files/{file.pk}/remove/", f"{at}/take-back/", f"{at}/new-version/"):
        assert client.post(address, {"deposit": "on"}).status_code == 404, address
    assert record.key not in page(client, "/en/hand-in/")


def test_sent_work_cannot_be_changed(heidi: Client, desk: Desk) -> None:
    record = desk.sent()
    assert heidi.get(f"/en/hand-in/{record.key}/details/").status_code == 403
    assert heidi.post(f"/en/hand-in/{record.key}/details/", {"type": "thesis"}).status_code == 403
    heidi.post(f"/en/hand-in/{record.key}/take-back/")
    assert fresh(record).state == "draft"
    assert heidi.get(f"/en/hand-in/{record.key}/details/").status_code == 200


def test_file_is_handed_out_harmless(heidi: Client, ivan: Client, desk: Desk, as_person: LogIn, cast: Cast) -> None:
    record = desk.sent()
    file = KeptFile.objects.get(record=record)
    address = f"/en/hand-in/{record.key}/files/{file.pk}/"
    for client in (heidi, ivan):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Disposition"] == 'attachment; filename="scriptie.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert b"".join(response.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert as_person(cast.dave).get(address).status_code == 404
    assert as_person(None).get(address).status_code == 302


def test_office_returns_and_approves(heidi: Client, ivan: Client, desk: Desk) -> None:
    record = desk.sent()
    assert "1 work waits for you." in page(ivan, "/en/workspace/works-to-judge/")
    assert "Works that wait to be judged" in page(ivan, "/en/workspace/")
    at = f"/en/workspace/works-to-judge/{record.key}"
    assert "Dr. S. de Vries" in page(ivan, f"{at}/")
    assert ivan.post(f"{at}/return/", {"reasons": ""}).status_code == 200
    ivan.post(f"{at}/return/", {"reasons": "Bijlage 3 noemt iemand."})
    assert "Bijlage 3 noemt iemand." in page(heidi, f"/en/hand-in/{record.key}/")
    assert "Bijlage 3 noemt iemand." in page(heidi, f"/en/hand-in/{record.key}/files/")
    actions.send(by=desk.author, record=record)
    assert "Judged before" in page(ivan, f"{at}/")
    ivan.post(f"{at}/approve/", {"note": "Mooi werk."})
    assert fresh(record).state == "published"
    assert "Mooi werk." in page(heidi, f"/en/hand-in/{record.key}/")
    # A second time there is nothing left to judge.
    assert ivan.post(f"{at}/approve/", {"note": ""}).status_code == 302
    assert fresh(record).submission.reviews.count() == 2


def test_office_exchanges_a_file_and_withdraws(ivan: Client, desk: Desk) -> None:
    record = desk.public()
    at = f"/en/workspace/works-to-judge/{record.key}"
    response = ivan.post(f"{at}/exchange-file/", {"file": upload(b"%PDF- no"), "why": "Een naam"})
    assert "This file is damaged" in response.content.decode()
    ivan.post(f"{at}/exchange-file/", {"file": upload(pdf("Zonder naam")), "why": "Een naam"})
    assert record.files.filter(current=True).get().version == 2
    ivan.post(f"{at}/withdraw-work/", {"why": "Op verzoek"})
    assert fresh(record).state == "withdrawn"


def test_files_refused_with_a_message(heidi: Client, desk: Desk, settings: Any, media: Path) -> None:
    settings.FILE_LIMIT = 200_000
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/files/"
    refused = {
        "is larger than": upload(b"%PDF-1.7" + b"0" * 300_000),
        "There is nothing in this file.": upload(b""),
        "take files of this kind": upload(b"MZ", "virus.exe"),
        "something else than its name says": upload(b"MZ rubbish", "scriptie.pdf"),
        "This file is damaged": upload(b"%PDF-1.7 rubbish"),
    }
    for words, file in refused.items():
        response = heidi.post(at, {"file": file, "verb": "add"})
        assert response.status_code == 200, words
        html = response.content.decode()
        assert words in html
        assert 'href="#id_file"' in html, words
    assert not KeptFile.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_no_file_with_a_reason(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    response = heidi.post(f"/en/hand-in/{record.key}/files/", {"no_file_reason": "Geheim", "verb": "next"})
    assert response["Location"] == f"/en/hand-in/{record.key}/rights/"
    assert fresh(record).submission.no_file_reason == "Geheim"


def test_closed_files(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    heidi.post(f"/en/hand-in/{record.key}/rights/", {"closed": "closed", "consent": "nobody"})
    assert value_of(fresh(record)).access is Access.RESTRICTED
    heidi.post(f"/en/hand-in/{record.key}/rights/", {"closed": "", "consent": "nobody"})
    assert value_of(fresh(record)).access is Access.UNKNOWN


def test_hints_on_plain_words(heidi: Client, desk: Desk) -> None:
    record = desk.draft(summaries={"nl": "Waterstofinfrastructuurontwikkeling " + "is heel erg moeilijk " * 8 + "."})
    html = page(heidi, f"/en/hand-in/{record.key}/summary/")
    assert "These sentences are long." in html
    assert "Waterstofinfrastructuurontwikkeling" in html


def test_thrown_away_after_asking(heidi: Client, desk: Desk) -> None:
    record = desk.ready()
    assert "be undone" in page(heidi, f"/en/hand-in/{record.key}/throw-away/")
    heidi.post(f"/en/hand-in/{record.key}/throw-away/")
    assert not Record.objects.filter(pk=record.pk).exists()


def test_new_version(heidi: Client, desk: Desk) -> None:
    old = desk.public()
    response = heidi.post(f"/en/hand-in/{old.key}/new-version/")
    new = Record.objects.get(state="draft")
    assert response["Location"] == f"/en/hand-in/{new.key}/"
    assert "New version of" in page(heidi, f"/en/hand-in/{new.key}/")


def test_queries_do_not_grow(heidi: Client, ivan: Client, desk: Desk, django_assert_max_num_queries: Any) -> None:
    for _turn in range(3):
        record = desk.sent()
    desk.public()
    for client, address in (
        (heidi, "/en/hand-in/"),
        (heidi, f"/en/hand-in/{record.key}/"),
        (ivan, "/en/workspace/works-to-judge/"),
        (ivan, f"/en/workspace/works-to-judge/{record.key}/"),
        (ivan, "/en/workspace/"),
        (heidi, "/en/adopted-recommendations/"),
    ):
        with django_assert_max_num_queries(12):
            page(client, address)


@pytest.mark.parametrize(
    ("name", "where"),
    [("heidi", "/en/hand-in/"), ("ivan", "/en/workspace/"), ("alice", "/en/workspace/")],
)
def test_where_somebody_lands(name: str, where: str, cast: Cast, client: Client) -> None:
    from mainport.web.accounts.adapters import landing_page

    assert landing_page(getattr(cast, name).actor).endswith(where.removeprefix("/en"))


def test_data_beside_the_pages(heidi: Client, ivan: Client, desk: Desk) -> None:
    record = desk.sent()
    assert heidi.get("/en/hand-in.json").json()["works"][0]["key"] == record.key
    found = ivan.get(f"/en/workspace/works-to-judge/{record.key}.json").json()
    assert found["files"][0]["name"] == "scriptie.pdf"
    assert record.key in ivan.get("/en/workspace/works-to-judge.csv").content.decode()


def test_sending_what_is_not_whole(heidi: Client, desk: Desk) -> None:
    record = desk.draft(summaries={})
    response = heidi.post(f"/en/hand-in/{record.key}/send/", {}, follow=True)
    assert "something is missing" in response.content.decode()
    assert "All that is needed is there." not in response.content.decode()
    assert fresh(record).state == "draft"


# --- Two windows, pressing twice, a log-in that runs out ---


def _seen(client: Client, address: str) -> str:
    return str(html.fromstring(client.get(address).content).xpath("string(//input[@name='seen']/@value)"))


def test_what_was_changed_in_another_window_is_not_overwritten_unseen(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/summary/"
    first, second = _seen(heidi, at), _seen(heidi, at)
    heidi.post(at, {"summary_nl": "Uit het ene venster.", "verb": "next", "seen": first})
    answer = heidi.post(at, {"summary_nl": "Uit het andere venster.", "verb": "next", "seen": second})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "This step was changed in another window." in text
    assert "Uit het ene venster." in text, "what is kept now is shown"
    assert ">\nUit het andere venster.</textarea>" in text, "and nothing that was filled in is lost"
    assert value_of(fresh(record)).summaries["nl"] == "Uit het ene venster."
    again = html.fromstring(answer.content).xpath("string(//input[@name='seen']/@value)")
    heidi.post(at, {"summary_nl": "Uit het andere venster.", "verb": "next", "seen": again})
    assert value_of(fresh(record)).summaries["nl"] == "Uit het andere venster."


def test_who_goes_back_to_a_page_and_mends_it_is_asked_nothing(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/summary/"
    page_as_it_was = _seen(heidi, at)
    for text in ("Eerst dit.", "Toen dit.", "En ten slotte dit."):
        answer = heidi.post(at, {"summary_nl": text, "verb": "next", "seen": page_as_it_was})
        assert answer.status_code == 302, text
    assert value_of(fresh(record)).summaries["nl"] == "En ten slotte dit."
    other = _seen(heidi, at)
    heidi.post(at, {"summary_nl": "Uit een ander venster.", "verb": "next", "seen": other})
    answer = heidi.post(at, {"summary_nl": "Weer terug.", "verb": "next", "seen": page_as_it_was})
    assert "This step was changed in another window." in answer.content.decode()


def test_a_step_that_is_sent_twice_is_kept_once_and_nothing_is_asked(heidi: Client, desk: Desk) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/questions/"
    told = {"nl_0": "Wat kost het?", "verb": "next", "seen": _seen(heidi, at)}
    assert heidi.post(at, told).status_code == 302
    assert heidi.post(at, told).status_code == 302
    assert len(value_of(fresh(record)).questions) == 1


def test_who_begins_a_work_twice_gets_one(heidi: Client) -> None:
    said = {"type": "thesis", "title_nl": "Waterstof", "language": "nl"}
    places = {heidi.post("/en/hand-in/new/", said)["Location"] for _ in range(3)}
    assert len(places) == 1
    heidi.post("/en/hand-in/new/", {**said, "title_nl": "Iets anders"})
    assert Record.objects.count() == 2


def test_who_sends_or_approves_twice_is_told_that_it_is_done(heidi: Client, ivan: Client, desk: Desk) -> None:
    record = desk.ready()
    for _ in range(2):
        answer = heidi.post(f"/en/hand-in/{record.key}/send/", {"deposit": "on"}, follow=True)
        assert "Your work is sent." in answer.content.decode()
        assert "can’t be done now" not in answer.content.decode()
    for _ in range(2):
        answer = ivan.post(f"/en/workspace/works-to-judge/{record.key}/approve/", {"note": ""}, follow=True)
        assert "The work is public" in answer.content.decode()
    assert fresh(record).submission.reviews.count() == 1


def test_nobody_approves_what_was_sent_anew_after_they_read_it(ivan: Client, desk: Desk) -> None:
    record = desk.sent()
    read = html.fromstring(ivan.get(f"/en/workspace/works-to-judge/{record.key}/").content)
    (approve,) = read.xpath("//a[.='Approve']/@href")
    assert ivan.get(approve).status_code == 200
    actions.take_back(by=desk.author, record=record)
    actions.save(by=desk.author, record=record, work={"summaries": {"nl": "Heel iets anders."}})
    actions.check(by=desk.author, record=record)
    actions.send(by=desk.author, record=record)
    answer = ivan.post(approve, {"note": ""}, follow=True)
    assert "Read it again" in answer.content.decode()
    assert fresh(record).state == "submitted"


def test_nobody_accepts_findings_that_they_did_not_see(heidi: Client, desk: Desk) -> None:
    record = desk.ready(WITH_BSN)
    at = f"/en/hand-in/{record.key}/check/"
    read = html.fromstring(heidi.get(at).content).xpath("string(//input[@name='read']/@value)")
    actions.save(by=desk.author, record=record, work={"summaries": {"nl": f"Mijn BSN is {BSN}."}})
    actions.check(by=desk.author, record=record)
    answer = heidi.post(at, {"verb": "accept", "note": "Dat moet.", "read": read})
    assert "Read it again" in answer.content.decode()
    assert fresh(record).submission.accepted_note == ""


def test_what_is_sent_after_the_log_in_ran_out_comes_back(client: Client, cast: Cast, desk: Desk) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/summary/"
    answer = client.post(at, {"summary_nl": "Een uur werk.", "verb": "next", "csrfmiddlewaretoken": "x"})
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert "x" not in client.session["unsent"]
    client.force_login(cast.heidi, backend="mainport.web.accounts.backends.AuthenticationBackend")
    text = page(client, at)
    assert ">\nEen uur werk.</textarea>" in text
    assert "It is not kept yet" in text
    assert value_of(fresh(record)).summaries["nl"] != "Een uur werk.", "it isn't sent by itself"
    assert "Een uur werk." not in page(client, at), "and is shown once"
    assert "unsent" not in client.session


def test_what_was_sent_before_the_log_in_is_shown_to_nobody_else(client: Client, cast: Cast, desk: Desk) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}/summary/"
    client.post(at, {"summary_nl": "Een uur werk.", "verb": "next"})
    client.force_login(cast.ivan, backend="mainport.web.accounts.backends.AuthenticationBackend")
    answer = client.get(at)
    assert answer.status_code in (403, 404)
    assert "Een uur werk." not in answer.content.decode()


def test_nothing_waiting_says_so_once(ivan: Client) -> None:
    text = page(ivan, "/en/workspace/works-to-judge/")
    assert "Nothing waits." in text
    assert "0 works" not in text


# --- What the steps say ---


def test_a_scan_is_said_to_be_unread_where_it_comes_in_and_where_it_is_checked(
    heidi: Client, ivan: Client, desk: Desk
) -> None:
    record = desk.draft()
    at = f"/en/hand-in/{record.key}"
    answer = heidi.post(f"{at}/files/", {"file": upload(pdf("", ""), "scan.pdf"), "verb": "add"}, follow=True)
    assert "is it a scan?" in answer.content.decode()
    checked = heidi.post(f"{at}/check/", {"verb": "check"}, follow=True).content.decode()
    assert "we couldn’t read everything" in checked
    assert "We could not read everything." in checked
    assert "scan.pdf: 2 pages or parts" in checked
    assert "Checked: nothing that must go out." not in checked
    heidi.post(f"{at}/send/", {"deposit": "on"})
    judged = page(ivan, f"/en/workspace/works-to-judge/{record.key}/")
    assert "We could not read everything." in judged
    assert "Not checked" in judged


def test_a_file_with_words_is_not_called_a_scan(heidi: Client, desk: Desk) -> None:
    answer = heidi.post(f"/en/hand-in/{desk.draft().key}/files/", {"file": upload(), "verb": "add"}, follow=True)
    assert "is kept." in answer.content.decode()
    assert "is it a scan?" not in answer.content.decode()


def test_each_lack_is_said_in_its_own_words(heidi: Client, groningen: Agenda, desk: Desk) -> None:
    at = f"/en/hand-in/{desk.draft().key}"
    for step, said in (("people", "Fill in who supervised you."), ("people", "Fill in your given name.")):
        assert said in heidi.post(f"{at}/{step}/", {"verb": "next"}).content.decode()
    nothing = heidi.post(f"{at}/files/", {"verb": "add"}).content.decode()
    assert "Choose a file first." in nothing
    assert "required" not in html.fromstring(nothing).xpath("string(//*[@role='alert'])")


def test_a_day_is_taken_as_it_is_written(heidi: Client, groningen: Agenda, desk: Desk) -> None:
    record = desk.draft()
    said = {"type": "thesis", "title_nl": "Waterstof", "language": "nl", "written": "juni 2026", "verb": "next"}
    assert heidi.post(f"/en/hand-in/{record.key}/details/", said).status_code == 302
    assert str(value_of(fresh(record)).published) == "2026-06"


def test_tasks_are_chosen_under_what_they_hang_under(heidi: Client, groningen: Agenda, desk: Desk) -> None:
    found = html.fromstring(page(heidi, f"/en/hand-in/{desk.draft().key}/details/"))
    assert found.xpath("//select[@name='task']/optgroup[option[@value='E3']]/@label") == ["Energy"]
    assert len(found.xpath("//select[@name='task']//option")) > 30


def test_neither_title_is_said_to_be_needless_where_one_is_needed(heidi: Client) -> None:
    assert "not required" not in page(heidi, "/en/hand-in/new/")
