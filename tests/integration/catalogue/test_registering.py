# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""DOIs of works that were handed in: registered once, told anew, hidden; and what happens where that fails."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import etree

from mainport.catalogue import doi_jobs
from mainport.catalogue.actions import records, registering
from mainport.catalogue.actions.registering import Registered
from mainport.catalogue.commands.registering import register as command
from mainport.catalogue.models import Record, Registration, Submission
from mainport.catalogue.queries import records as queries
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Identifier, Scheme, Work, WorkType
from mainport.core.actions import add_person
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import system
from tests.conftest import SHARED
from tests.doi_server import ACCOUNT, PASSWORD, PREFIX, Agency, served

pytestmark = pytest.mark.django_db
BY = system("tests")
WORK = Work(
    {"nl": "Wonen na de bevingen"},
    type=WorkType.THESIS,
    authors=(Author("Anna Bos", "Bos", "Anna"),),
    published=Day(2026, 6, 1),
    language="nl",
)


@pytest.fixture
def agency(settings: Any) -> Iterator[Agency]:
    schema = SHARED / "standards" / "datacite" / "source" / "meta" / "kernel-4.7" / "metadata.xsd"
    made = Agency(schema=etree.XMLSchema(etree.parse(schema)) if Path(schema).exists() else None)
    settings.FEEDS_ALLOW_LOOPBACK = True
    with served(made) as url:
        settings.DATACITE = {"url": url, "prefix": PREFIX, "account": ACCOUNT, "password": PASSWORD}
        yield made


def _handed_in(work: Work = WORK, key: str = "wonen", **more: Any) -> Record:
    record = records.put(by=BY, value=work, key=key, **more).record
    author = add_person(by=BY, email=f"{key}@example.org", name="Anna Bos")
    Submission.objects.create(record=record, author=author)
    return record


def _now(record: Record) -> Work:
    record.refresh_from_db()
    value = queries.value(record)
    assert isinstance(value, Work)
    return value


def test_a_public_work_gets_its_doi_once(agency: Agency) -> None:
    record = _handed_in()
    assert registering.round_of(by=BY) == Registered(1, 0)
    doi = record.registration.doi
    assert doi.startswith("10.5072/")
    assert agency.calls == [(doi, ""), (doi, "publish")]
    assert agency.known[doi]["state"] == "findable"
    assert agency.known[doi]["url"] == "http://localhost:8000/record/wonen"
    assert _now(record).identifiers == (Identifier(Scheme.DOI, doi),)
    assert AuditEvent.objects.filter(subject="record:wonen", action="doi.findable").count() == 1
    assert registering.round_of(by=BY) == Registered()
    assert len(agency.calls) == 2


def test_what_changes_is_told_and_a_withdrawn_work_is_hidden(agency: Agency) -> None:
    record = _handed_in()
    registering.round_of(by=BY)
    changed = replace(_now(record), titles={"nl": "Wonen, later"})
    records.put(by=BY, value=changed, record=record)
    assert registering.round_of(by=BY) == Registered(1, 0)
    doi = Registration.objects.get().doi
    assert "Wonen, later" in base64.b64decode(agency.known[doi]["xml"]).decode()
    assert agency.calls[-1] == (doi, "publish")
    records.withdraw(by=BY, record=record, why="tests")
    assert registering.round_of(by=BY) == Registered(1, 0)
    assert agency.known[doi]["state"] == "registered"
    assert registering.round_of(by=BY) == Registered()
    records.set_state(by=BY, record=record, state=Record.State.PUBLISHED)
    assert registering.round_of(by=BY) == Registered(1, 0)
    assert agency.known[doi]["state"] == "findable"
    assert len(agency.known) == 1


@pytest.mark.parametrize("bad", [["500"], ["lost"], ["", "500"], ["", "lost"]])
def test_a_call_that_fails_is_made_again_and_says_the_same(agency: Agency, bad: list[str]) -> None:
    record = _handed_in()
    agency.bad = list(bad)
    assert registering.round_of(by=BY) == Registered(0, 1)
    registration = Registration.objects.get()
    assert registration.problem
    assert registration.tries == 1
    assert _now(record).identifiers == ()
    assert AuditEvent.objects.filter(subject="record:wonen", action="doi.failed").count() == 1
    assert registering.round_of(by=BY) == Registered()  # Not yet: it waits.
    Registration.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert registering.round_of(by=BY) == Registered(1, 0)
    assert list(agency.known) == [registration.doi]
    assert _now(record).doi == registration.doi
    registration.refresh_from_db()
    assert (registration.problem, registration.tries, registration.state) == ("", 0, "findable")


def test_a_killed_job_goes_on_without_a_second_doi(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    record = _handed_in()

    def killed(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(registering, "_write_down", killed)
        with pytest.raises(KeyboardInterrupt):
            registering.round_of(by=BY)
    assert _now(record).identifiers == ()
    assert registering.round_of(by=BY) == Registered(1, 0)
    assert list(agency.known) == [_now(record).doi]


def test_what_the_agency_refuses_is_told_in_its_words(agency: Agency, settings: Any) -> None:
    settings.DATACITE = {**settings.DATACITE, "prefix": "10.1000"}
    _handed_in()
    assert registering.round_of(by=BY) == Registered(0, 1)
    assert "422" in Registration.objects.get().problem
    assert "This prefix isn't yours" in Registration.objects.get().problem
    result = CliRunner().invoke(command, ["--json"])
    assert result.exit_code == 1
    assert "This prefix isn't yours" in result.output


def test_a_wrong_password_is_told(agency: Agency, settings: Any) -> None:
    settings.DATACITE = {**settings.DATACITE, "password": "guess"}
    _handed_in()
    registering.round_of(by=BY)
    assert "401" in Registration.objects.get().problem
    assert "Bad credentials." in Registration.objects.get().problem
    assert "guess" not in Registration.objects.get().problem


def test_others_get_none(agency: Agency) -> None:
    _handed_in(replace(WORK, identifiers=(Identifier(Scheme.DOI, "10.1000/own"),)), key="own")
    _handed_in(key="draft", state=Record.State.DRAFT)
    _handed_in(key="demo", demo=True)
    records.put(by=BY, value=WORK, key="harvested")
    assert registering.round_of(by=BY) == Registered()
    assert agency.calls == []


def test_without_an_agency_nothing_happens(settings: Any) -> None:
    _handed_in()
    assert not registering.is_on()
    assert registering.round_of(by=BY) == Registered()
    assert not doi_jobs.keep_registering(soon=True)
    assert CliRunner().invoke(command, []).exit_code == 1


def test_a_round_follows_another(agency: Agency, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert doi_jobs.keep_registering()
    assert not doi_jobs.keep_registering()
    assert doi_jobs.keep_registering(soon=True)
    assert DBTaskResult.objects.filter(task_path=doi_jobs.register_dois.module_path).count() == 2
    _handed_in()
    assert doi_jobs.register_dois.func() == 1


def test_dois_are_typed_easily_and_differ(agency: Agency) -> None:
    made = {registering.doi_of(f"work-{place}") for place in range(2000)}
    assert len(made) == 2000
    assert all(len(one) == len("10.5072/abcd-efgh") and one == one.lower() for one in made)
