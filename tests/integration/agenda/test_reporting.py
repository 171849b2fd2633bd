# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reports on their way, who sees them, who is late, reminders, evidence."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.files.base import ContentFile
from django.utils import timezone

from mainport.agenda import actions, queries, tasks
from mainport.agenda.models import Element, Evidence, Reminder, Report
from mainport.agenda.rules.evidence import BadEvidence
from mainport.agenda.rules.reporting import No, PeriodTrouble, ReportState
from mainport.core.actions import set_grants
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, Grant, Role
from tests.conftest import Cast
from tests.planning import BY, open_period, place, plan, quarter, today, write

pytestmark = pytest.mark.usefixtures("groningen")


@pytest.fixture
def media(tmp_path: Path, settings) -> Path:  # type: ignore[no-untyped-def]
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_the_whole_way(cast: Cast) -> None:
    plan()
    period = open_period()
    report = write(cast.alice, period, words="Kort.")
    at = place(cast.bob, period)
    actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason="Schrijf meer.")
    at = place(cast.alice, period)
    assert at.state is ReportState.RETURNED
    assert at.report is not None
    assert at.report.reason == "Schrijf meer."
    report = write(cast.alice, period, words="Langer.", reviewer=cast.bob)
    assert (report.state, report.words, report.reviewer) == ("approved", "Langer.", cast.bob)
    events = AuditEvent.objects.filter(subject=actions.subject_of(report)).order_by("id")
    assert [(event.action, event.by_name, event.why) for event in events] == [
        ("report.begin", "Alice", ""),
        ("report.submit", "Alice", ""),
        ("report.return", "Bob", "Schrijf meer."),
        ("report.change", "Alice", ""),
        ("report.submit", "Alice", ""),
        ("report.approve", "Bob", ""),
    ]


def test_what_others_see(cast: Cast) -> None:
    plan("task:E3", "hanze", ["rug"])
    period = open_period()
    everybody = (cast.alice, cast.bob, cast.charlie, cast.dave, cast.erin)

    def readers() -> str:
        found = [p.name for p in everybody if queries.visible(p.actor).exists()]
        return " ".join(found + (["visitor"] if queries.visible(VISITOR).exists() else []))

    report = write(cast.alice, period, submit=False)
    assert readers() == "Alice Bob"
    report = actions.submit_report(by=cast.alice.actor, place=place(cast.alice, period), revision=report.revision)
    assert readers() == "Alice Bob Dave Erin"
    at = place(cast.bob, period)
    report = actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason="Meer.")
    assert readers() == "Alice Bob"
    write(cast.alice, period, reviewer=cast.bob)
    assert readers() == "Alice Bob Charlie Dave Erin visitor"
    assert list(queries.reports_on(queries.find("E3"), VISITOR)) == [Report.objects.get()]


def test_another_organisations_place_does_not_exist(cast: Cast) -> None:
    plan("task:E3", "hanze", ["rug"])
    period = open_period()
    write(cast.alice, period, submit=False)
    with pytest.raises(queries.NoSuchReport):
        place(cast.charlie, period)
    assert place(cast.charlie, period, organisation="rug").state is ReportState.MISSING
    with pytest.raises(queries.NoSuchReport):
        place(cast.dave, period)
    with pytest.raises(queries.NoSuchReport):
        place(cast.alice, period, "task:E1")  # No plan in which her organisation takes part.


def test_nobody_writes_for_another_organisation(cast: Cast) -> None:
    plan("task:E3", "hanze", ["rug"])
    period = open_period()
    at = place(cast.alice, period)
    for person in (cast.charlie, cast.dave, cast.erin, cast.grace):
        with pytest.raises(actions.NotAllowed):
            actions.save_report(by=person.actor, place=at, content=actions.Content(words="Voor u."))
    report = write(cast.alice, period)
    at = place(cast.alice, period)
    set_grants(by=BY, person=cast.charlie, grants=[Grant(Role.COORDINATOR, "rug")])
    for person in (cast.alice, cast.charlie, cast.dave):
        with pytest.raises(actions.NotAllowed):
            actions.approve_report(by=person.actor, place=at, revision=report.revision)


def test_four_eyes_also_for_whoever_changed_it_last(cast: Cast) -> None:
    plan()
    period = open_period()
    write(cast.alice, period, submit=False)
    report = write(cast.bob, period)
    with pytest.raises(actions.ReportRefused) as refused:
        actions.approve_report(by=cast.bob.actor, place=place(cast.bob, period), revision=report.revision)
    assert refused.value.no is No.OWN_REPORT


def test_two_who_write_at_once(cast: Cast) -> None:
    plan()
    period = open_period()
    opened_by_both = place(cast.alice, period)
    actions.save_report(by=cast.alice.actor, place=opened_by_both, content=actions.Content(words="Van Alice."))
    with pytest.raises(actions.Stale) as stale:
        actions.save_report(by=cast.bob.actor, place=opened_by_both, content=actions.Content(words="Van Bob."))
    assert (stale.value.report.words, stale.value.report.author) == ("Van Alice.", cast.alice)
    assert Report.objects.get().words == "Van Alice."


def test_what_is_missing_is_said(cast: Cast) -> None:
    plan()
    period = open_period()
    report = write(cast.alice, period, status=None, words=" ", submit=False)
    with pytest.raises(actions.Incomplete) as incomplete:
        actions.submit_report(by=cast.alice.actor, place=place(cast.alice, period), revision=report.revision)
    assert incomplete.value.missing == ("status", "words")
    report = write(cast.alice, period)
    at = place(cast.bob, period)
    with pytest.raises(actions.Incomplete):
        actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason=" ")
    actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason="Meer.")
    with pytest.raises(actions.Incomplete):  # What was returned stays whole.
        write(cast.alice, period, words="", submit=False)


def test_withdrawing_and_taking_an_approval_back(cast: Cast) -> None:
    plan()
    period = open_period()
    report = write(cast.alice, period)
    report = actions.withdraw_report(by=cast.alice.actor, place=place(cast.alice, period), revision=report.revision)
    assert (report.state, report.submitted_at) == ("draft", None)
    report = write(cast.alice, period, reviewer=cast.bob)
    at = place(cast.bob, period)
    actions.return_report(by=cast.bob.actor, place=at, revision=report.revision, reason="Er staat een naam in.")
    assert not queries.visible(VISITOR).exists()


def test_nothing_changes_in_a_locked_period(cast: Cast) -> None:
    plan()
    period = open_period()
    report = write(cast.alice, period)
    at = place(cast.bob, period)
    actions.lock_period(by=cast.dave.actor, period=period)
    with pytest.raises(actions.ReportRefused) as refused:
        actions.approve_report(by=cast.bob.actor, place=at, revision=report.revision)
    assert refused.value.no is No.LOCKED
    with pytest.raises(actions.PeriodRefused):
        actions.change_due(by=cast.dave.actor, period=period, due=today() + timedelta(days=30))
    period.refresh_from_db()
    assert queries.slots(cast.alice.actor, today() + timedelta(days=400), of=[period])[0].late is False


def test_periods_are_the_programme_offices(cast: Cast) -> None:
    start, end = quarter(1)
    for person in (cast.alice, cast.bob, cast.erin, cast.frank):
        with pytest.raises(actions.NotAllowed):
            actions.open_period(by=person.actor, start=start, end=end, due=end)
    period = actions.open_period(by=cast.dave.actor, start=start, end=end, due=end)
    with pytest.raises(actions.PeriodRefused) as refused:
        actions.open_period(by=cast.dave.actor, start=start, end=end, due=end)
    assert refused.value.trouble is PeriodTrouble.OVERLAPS
    for person in (cast.bob, cast.erin):
        with pytest.raises(actions.NotAllowed):
            actions.lock_period(by=person.actor, period=period)
        with pytest.raises(actions.NotAllowed):
            actions.send_reminders(by=person.actor, today=today())


# --- Who is late ---


def test_slots(cast: Cast) -> None:
    plan("task:E3", "hanze", ["rug"])
    plan("task:E1", "rug")
    plan("task:E2", "hanze", end="2001")
    period = open_period(late=True)
    seen = [
        (s.element.uid, s.organisation.key, s.must, s.state, s.late)
        for s in queries.slots(cast.dave.actor, today(), of=[period])
    ]
    assert seen == [
        ("task:E1", "rug", True, ReportState.MISSING, True),
        ("task:E3", "hanze", True, ReportState.MISSING, True),
        ("task:E3", "rug", False, ReportState.MISSING, False),
    ]
    own = queries.slots(cast.alice.actor, today(), of=[period])
    assert [(s.element.uid, s.organisation.key) for s in own] == [("task:E3", "hanze")]
    assert queries.slots(cast.erin.actor, today(), of=[period]) == []
    assert queries.slots(VISITOR, today(), of=[period]) == []


def test_a_report_stays_in_its_place_when_the_plan_changes(cast: Cast) -> None:
    plan()
    period = open_period(late=True)
    write(cast.alice, period)
    actions.remove_element(by=BY, uid="plan:task-E3", why="tests")
    (slot,) = queries.slots(cast.alice.actor, today(), of=[period])
    assert (slot.state, slot.must, slot.late) == (ReportState.SUBMITTED, False, True)


# --- Reminders ---


def test_one_e_mail_to_each_whose_turn_it_is(cast: Cast) -> None:
    plan("task:E3")
    plan("task:E1")
    plan("task:G1", "rug")
    period = open_period(late=True)
    write(cast.alice, period, "task:E1")
    cast.charlie.language = "en"
    cast.charlie.save()
    reminders = actions.send_reminders(by=cast.dave.actor, today=today())
    assert {m.to[0] for m in mail.outbox} == {f"{p}@example.org" for p in ("alice", "bob", "charlie")}
    bodies = {m.to[0].partition("@")[0]: m.body for m in mail.outbox}
    paths = {who: set(re.findall(r"/task/(\w+)/\w+/(\S*)", body)) for who, body in bodies.items()}
    assert {code for code, _ in paths["alice"]} == {"E3"}
    assert {code for code, _ in paths["bob"]} == {"E1", "E3"}
    assert {code for code, _ in paths["charlie"]} == {"G1"}
    assert "/en/" in bodies["charlie"]
    assert "/nl/" in bodies["alice"]
    assert all(settings.SITE_URL in body for body in bodies.values())
    assert all("\n\n\n" not in body for body in bodies.values())
    assert all(r.sent and r.handled_at for r in Reminder.objects.all())
    event = AuditEvent.objects.get(action="reminders.send")
    assert sorted(event.data["people"]) == sorted(r.person_id for r in reminders)
    assert len(event.data["late"]) == 3


def test_not_twice_within_a_day_unless_confirmed(cast: Cast) -> None:
    plan()
    open_period(late=True)
    actions.send_reminders(by=cast.dave.actor, today=today())
    with pytest.raises(actions.RemindedAlready):
        actions.send_reminders(by=cast.dave.actor, today=today())
    assert len(mail.outbox) == 2
    actions.send_reminders(by=cast.dave.actor, today=today(), again=True)
    assert len(mail.outbox) == 4
    Reminder.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    actions.send_reminders(by=cast.dave.actor, today=today())
    assert len(mail.outbox) == 6
    last = queries.last_round()
    assert last is not None
    assert (last.people, last.sent) == (2, 2)


def test_nobody_is_late_nobody_is_reminded(cast: Cast) -> None:
    plan()
    assert actions.send_reminders(by=cast.dave.actor, today=today()) == []
    open_period()
    assert actions.send_reminders(by=cast.dave.actor, today=today()) == []
    assert not mail.outbox
    assert queries.last_round() is None


def test_the_job_can_be_run_twice(cast: Cast) -> None:
    plan()
    open_period(late=True)
    reminder = Reminder.objects.create(person=cast.alice, asked_at=timezone.now())
    assert tasks.send_reminder.call(reminder.pk) is True
    assert tasks.send_reminder.call(reminder.pk) is False
    assert len(mail.outbox) == 1


def test_a_job_that_failed_can_be_run_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan()
    open_period(late=True)
    reminder = Reminder.objects.create(person=cast.alice, asked_at=timezone.now())

    def away(*_: object) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(tasks, "send_mail", away)
        with pytest.raises(ConnectionRefusedError):
            tasks.send_reminder.call(reminder.pk)
    assert tasks.send_reminder.call(reminder.pk) is True


def test_who_has_handed_in_meanwhile_gets_no_e_mail(cast: Cast) -> None:
    plan()
    period = open_period(late=True)
    reminder = Reminder.objects.create(person=cast.alice, asked_at=timezone.now())
    write(cast.alice, period)
    assert tasks.send_reminder.call(reminder.pk) is False
    assert not mail.outbox
    reminder.refresh_from_db()
    assert (reminder.sent, reminder.handled_at is not None) == (False, True)


# --- Evidence ---


def test_evidence_is_kept_with_its_hash_and_goes_with_its_row(
    cast: Cast, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    plan()
    period = open_period()
    file = ContentFile(b"%PDF-1.7 bewijs", name="../../Ons bewijs.PDF")
    content = actions.Content(
        words="Zie bijlage.",
        links=[actions.EvidenceLink("", "https://www.example.org/a")],
        files=[actions.EvidenceFile("Verslag", file)],
    )
    report = actions.save_report(by=cast.alice.actor, place=place(cast.alice, period), content=content)
    link, stored = report.evidence.all()
    assert (link.title, link.url) == ("https://www.example.org/a", "https://www.example.org/a")
    assert stored.sha256 == hashlib.sha256(b"%PDF-1.7 bewijs").hexdigest()
    assert (stored.title, stored.media_type, stored.size) == ("Verslag", "application/pdf", 15)
    path = Path(stored.file.path)
    assert path.is_relative_to(media)
    assert re.fullmatch(r"[0-9a-f]{32}\.pdf", path.name)
    assert not path.is_relative_to(settings.STATIC_ROOT)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.save_report(
            by=cast.alice.actor,
            place=place(cast.alice, period),
            content=actions.Content(words="Zonder.", removed=[stored.pk]),
            revision=report.revision,
        )
    assert not path.exists()
    assert list(Evidence.objects.all()) == [link]


def test_bad_evidence_changes_nothing(cast: Cast, media: Path) -> None:
    plan()
    period = open_period()
    content = actions.Content(words="Zie.", files=[actions.EvidenceFile("", ContentFile(b"<html>", name="a.pdf"))])
    with pytest.raises(BadEvidence):
        actions.save_report(by=cast.alice.actor, place=place(cast.alice, period), content=content)
    assert not Report.objects.exists()
    assert not list(media.rglob("*.pdf"))


def test_evidence_of_another_report_stays_where_it_is(cast: Cast) -> None:
    plan()
    plan("task:E1", "rug")
    period = open_period()
    content = actions.Content(links=[actions.EvidenceLink("Van Charlie", "https://www.example.org/")])
    theirs = actions.save_report(
        by=cast.charlie.actor, place=place(cast.charlie, period, "task:E1", "rug"), content=content
    )
    mine = actions.Content(removed=[theirs.evidence.get().pk])
    actions.save_report(by=cast.alice.actor, place=place(cast.alice, period), content=mine)
    assert theirs.evidence.count() == 1
    with pytest.raises(Evidence.DoesNotExist):
        queries.evidence(cast.alice.actor, theirs.evidence.get().pk)


def test_milestones_of_others_are_not_reported_on(cast: Cast) -> None:
    plan()
    plan("task:E1", "rug", milestones=[("M-9", "2030")])
    content = actions.Content(milestones={"M-9": actions.Reached(on=today())})
    with pytest.raises(Element.DoesNotExist):
        actions.save_report(by=cast.alice.actor, place=place(cast.alice, open_period()), content=content)
    assert not Report.objects.exists()
