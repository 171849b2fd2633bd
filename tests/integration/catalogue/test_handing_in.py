# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A work comes in: every state, who may do what, what is kept and what is gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ObjectDoesNotExist

from mainport.catalogue.actions import handing_in as actions
from mainport.catalogue.models import KeptFile, Recommendation, Record, Relation, Review, Submission
from mainport.catalogue.queries import handing_in as queries
from mainport.catalogue.rules import checking
from mainport.catalogue.rules.files import BadFile, Trouble
from mainport.catalogue.rules.handing_in import Deed, Lack, No, Refused
from mainport.catalogue.rules.works import Access, WorkType
from mainport.core.actions import set_grants
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import Grant, NotAllowed, Role
from tests.conftest import BY, Cast
from tests.integration.catalogue.handing_in import BSN, WITH_BSN, Desk, fresh, make_desk, pdf, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return make_desk(cast)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_draft_is_of_its_author_alone(desk: Desk, cast: Cast) -> None:
    record = desk.draft()
    assert queries.find(desk.author, record.key).is_author
    for other in (desk.office, cast.dave.actor, cast.alice.actor, cast.grace.actor):
        with pytest.raises(queries.Unseen):
            queries.find(other, record.key)
    with pytest.raises(NotAllowed):
        actions.save(by=desk.office, record=record, work={"licence": "CC0-1.0"})


def test_only_who_may_hand_in_begins(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.start(by=cast.alice.actor, titles={"nl": "Titel"}, type=WorkType.THESIS, language="nl")
    with pytest.raises(Refused):
        actions.start(by=cast.heidi.actor, titles={"nl": "Titel"}, type=WorkType.SOFTWARE, language="nl")


def test_lacks_are_told_all_at_once(desk: Desk) -> None:
    record = actions.start(by=desk.author, titles={"nl": "Titel"}, type=WorkType.THESIS, language="nl")
    with pytest.raises(actions.Incomplete) as caught:
        actions.send(by=desk.author, record=record)
    assert caught.value.lacks == [Lack.SUPERVISOR, Lack.SUMMARY, Lack.FILE, Lack.CONSENT, Lack.CHECK]
    assert fresh(record).state == "draft"


def test_work_without_a_file_says_why(desk: Desk) -> None:
    record = desk.draft()
    actions.save(by=desk.author, record=record, work={}, beside={"no_file_reason": "Het bedrijf wil dat niet."})
    actions.check(by=desk.author, record=record)
    actions.send(by=desk.author, record=record)
    actions.approve(by=desk.office, record=record)
    assert fresh(record).access == Access.METADATA_ONLY


def test_bsn_in_appendix_is_found_and_never_kept(desk: Desk) -> None:
    record = desk.ready(WITH_BSN)
    found = queries.find(desk.author, record.key)
    [told] = [one for one in found.submission.findings if one["kind"] == "bsn"]
    assert (told["file"], told["page"], told["covered"], told["sure"]) == ("scriptie.pdf", 3, "1112*****", True)
    assert "BSN 1112*****" in told["context"]
    assert BSN not in json.dumps(found.submission.findings)
    assert BSN not in json.dumps(list(AuditEvent.objects.values_list("data", flat=True)))
    assert Lack.FINDINGS in found.lacks
    with pytest.raises(actions.Incomplete):
        actions.send(by=desk.author, record=record)


def test_findings_are_accepted_with_a_note(desk: Desk) -> None:
    record = desk.ready(WITH_BSN)
    with pytest.raises(Refused) as caught:
        actions.accept_findings(by=desk.author, record=record, note=" ")
    assert caught.value.no is No.NO_NOTE
    actions.accept_findings(by=desk.author, record=record, note="Dit nummer is van niemand.")
    actions.send(by=desk.author, record=record)
    actions.approve(by=desk.office, record=record)
    assert BSN not in KeptFile.objects.get(record=record).text, "nobody finds a work by somebody's number"


def test_other_file_asks_for_another_check(desk: Desk) -> None:
    record = desk.ready(WITH_BSN)
    actions.accept_findings(by=desk.author, record=record, note="Dit nummer is van niemand.")
    actions.add_file(by=desk.author, record=record, file=upload(pdf("Zonder bijlage")))
    assert Lack.CHECK in queries.find(desk.author, record.key).lacks
    actions.check(by=desk.author, record=record)
    found = queries.find(desk.author, record.key)
    assert not found.lacks
    assert found.submission.accepted_note == "", "a note belongs to what was found then"


def test_file_that_was_never_public_is_really_gone(
    desk: Desk, media: Path, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    record = desk.draft()
    with django_capture_on_commit_callbacks(execute=True):
        actions.add_file(by=desk.author, record=record, file=upload(pdf(*WITH_BSN)))
        actions.add_file(by=desk.author, record=record, file=upload(pdf("Zonder bijlage")))
    [kept] = KeptFile.objects.filter(record=record)
    assert (kept.version, len(_files(media))) == (1, 1)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_file(by=desk.author, file=kept)
    assert _files(media) == []
    assert not KeptFile.objects.exists()


def test_same_file_again_changes_nothing(desk: Desk) -> None:
    record = desk.draft()
    content = pdf("Waterstof")
    first = actions.add_file(by=desk.author, record=record, file=upload(content))
    assert actions.add_file(by=desk.author, record=record, file=upload(content)) == first


def test_bad_file_leaves_nothing(desk: Desk, media: Path) -> None:
    record = desk.draft()
    with pytest.raises(BadFile) as caught:
        actions.add_file(by=desk.author, record=record, file=upload(b"%PDF-1.7 rubbish"))
    assert caught.value.trouble is Trouble.DAMAGED
    assert not KeptFile.objects.exists()
    assert _files(media) == []


def test_nothing_stays_on_disk_where_the_row_fails(desk: Desk, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = desk.draft()

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("no room")

    monkeypatch.setattr(KeptFile, "save", fail)
    with pytest.raises(RuntimeError):
        actions.add_file(by=desk.author, record=record, file=upload())
    assert _files(media) == []


def test_sent_work_waits_for_the_office(
    desk: Desk, cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    record = desk.ready()
    with django_capture_on_commit_callbacks(execute=True):
        actions.send(by=desk.author, record=record)
    assert [one.record for one in queries.queue(desk.office)] == [record]
    assert queries.queue(cast.dave.actor) == []
    assert queries.find(desk.office, record.key).deeds == [Deed.APPROVE, Deed.RETURN]
    with pytest.raises(queries.Unseen):
        queries.find(cast.dave.actor, record.key)
    with pytest.raises(Refused):
        actions.save(by=desk.author, record=record, work={"licence": "CC0-1.0"})
    assert {letter.to[0] for letter in mail.outbox} == {cast.heidi.email, cast.ivan.email}
    assert Submission.objects.get(record=record).deposited_at


def test_letter_is_in_the_language_of_its_reader(
    desk: Desk, cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    cast.heidi.language = "en"
    cast.heidi.save()
    record = desk.sent()
    with django_capture_on_commit_callbacks(execute=True):
        actions.return_(by=desk.office, record=record, reasons="Bijlage 3 noemt iemand.")
    [letter] = mail.outbox
    assert letter.subject == "Please change something in your work: Hydrogen in the port"
    assert "Bijlage 3 noemt iemand." in letter.body
    assert f"/en/hand-in/{record.key}/" in letter.body


def test_take_back_and_send_again(desk: Desk) -> None:
    record = desk.sent()
    actions.take_back(by=desk.author, record=record)
    assert fresh(record).state == "draft"
    assert queries.queue(desk.office) == []
    actions.send(by=desk.author, record=record)
    assert fresh(record).state == "submitted"


def test_returned_with_reasons_then_approved(desk: Desk) -> None:
    record = desk.sent()
    with pytest.raises(Refused):
        actions.return_(by=desk.office, record=record, reasons=" ")
    actions.return_(by=desk.office, record=record, reasons="Bijlage 3 noemt iemand.")
    found = queries.find(desk.author, record.key)
    assert found.returned is not None
    assert found.returned.reasons == "Bijlage 3 noemt iemand."
    actions.send(by=desk.author, record=record)
    actions.approve(by=desk.office, record=record)
    assert [one.verdict for one in Review.objects.all()] == ["approved", "returned"]
    with pytest.raises(Refused):
        actions.approve(by=desk.office, record=record)


def test_nobody_judges_their_own(desk: Desk, cast: Cast) -> None:
    set_grants(
        by=BY, person=cast.heidi, grants=[Grant(Role.STUDENT), Grant(Role.RESEARCH_OFFICE)], why="Works there too"
    )
    record = make_desk(cast).sent()
    both = cast.heidi.actor
    assert queries.queue(both) == []
    assert Deed.APPROVE not in queries.find(both, record.key).deeds
    with pytest.raises(Refused) as caught:
        actions.approve(by=both, record=record)
    assert caught.value.no is No.OWN_WORK
    for other in (cast.dave.actor, cast.grace.actor, cast.alice.actor):
        with pytest.raises(NotAllowed):
            actions.approve(by=other, record=record)


def test_public_work_says_all(desk: Desk) -> None:
    record = desk.public()
    work = queries.value_of(record)
    assert (record.state, record.access, record.task) == ("published", "open", "E3")
    assert record.published is not None
    assert record.published_at is not None
    [file] = work.files
    kept = KeptFile.objects.get(record=record)
    assert (file.sha256, kept.access, kept.licence) == (kept.sha256, "open", "CC-BY-4.0")
    assert Recommendation.objects.get(record=record).task == "E3"


def test_embargo_and_closed_files(desk: Desk) -> None:
    from datetime import timedelta

    from django.utils import timezone

    until = timezone.localdate() + timedelta(days=100)
    record = desk.public(embargo_until=until)
    kept = KeptFile.objects.get(record=record)
    assert (record.access, kept.access, kept.embargo_until) == ("embargoed", "embargoed", until)
    closed = desk.public(closed=True, licence="")
    assert closed.access == "restricted"
    too_long = desk.draft(embargo_until=timezone.localdate() + timedelta(days=9 * 365))
    assert Lack.EMBARGO in queries.find(desk.author, too_long.key).lacks


def test_corrected_file_keeps_the_version_before(desk: Desk) -> None:
    record = desk.public()
    with pytest.raises(Refused):
        actions.correct_file(by=desk.office, record=record, file=upload(pdf("Beter")), why="")
    new = actions.correct_file(by=desk.office, record=record, file=upload(pdf("Beter")), why="Een naam stond erin")
    assert (new.version, new.access) == (2, "open")
    assert [file.version for file in record.files.filter(current=True)] == [2]
    assert record.files.count() == 2
    assert queries.value_of(fresh(record)).files[0].sha256 == new.sha256


def test_new_version_follows_the_old_one_up(desk: Desk) -> None:
    old = desk.public()
    new = actions.renew(by=desk.author, record=old)
    assert (new.state, fresh(old).state) == ("draft", "published")
    relation = Relation.objects.get(record=new, kind="IsNewVersionOf")
    assert relation.other == old
    found = queries.find(desk.author, new.key)
    assert found.work.titles == queries.value_of(old).titles
    assert {Lack.FILE, Lack.CONSENT, Lack.CHECK} <= set(found.lacks)


def test_withdrawn_by_the_office_with_a_reason(desk: Desk) -> None:
    record = desk.public()
    with pytest.raises(Refused):
        actions.withdraw(by=desk.office, record=record, why="")
    actions.withdraw(by=desk.office, record=record, why="De auteur vroeg erom.")
    assert fresh(record).state == "withdrawn"


def test_discarded_is_gone(desk: Desk, media: Path, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    record = desk.returned()
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard(by=desk.author, record=record)
    with pytest.raises(ObjectDoesNotExist):
        fresh(record)
    assert not Record.objects.exists()
    assert _files(media) == []
    with pytest.raises(Refused):
        actions.discard(by=desk.author, record=desk.public())


def test_every_deed_is_audited(desk: Desk) -> None:
    record = desk.sent()
    assert record.state == "submitted"
    done = set(AuditEvent.objects.filter(subject=f"record:{record.key}").values_list("action", flat=True))
    assert {"record.add", "record.edit", "file.keep", "work.check", "record.state"} <= done


def test_what_changes_during_a_check_asks_for_another(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    record = desk.draft()
    actions.add_file(by=desk.author, record=record, file=upload(pdf("Eerst")))
    real = checking.look

    def look(places: Any, known: Any) -> Any:
        actions.save(by=desk.author, record=record, work={"titles": {"nl": "Een andere titel"}})
        return real(places, known)

    monkeypatch.setattr(checking, "look", look)
    actions.check(by=desk.author, record=record)
    assert Lack.CHECK in queries.find(desk.author, record.key).lacks


def test_what_is_too_much_to_check_counts_as_unread(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "MOST_CHECKED", 40)
    record = desk.ready(("Waterstof " * 3, f"BSN {BSN}"))
    [told] = queries.find(desk.author, record.key).submission.findings
    assert (told["kind"], told["page"]) == ("unread", 1)


def test_authors_own_address_needs_no_reason(desk: Desk, cast: Cast) -> None:
    record = desk.ready((f"Door {cast.heidi.name}, {cast.heidi.email}",))
    assert queries.find(desk.author, record.key).submission.findings == []
