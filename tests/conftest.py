# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The cast and the stage of the tests.

Alice reports for the Hanzehogeschool, Bob coordinates there; Charlie reports for the university.
Dave runs the programme office, Erin sits in the steering group, Frank is the data steward,
Grace the administrator.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from mainport.agenda import actions
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda
from mainport.core.actions import add_person, put_organisations, set_grants
from mainport.core.models import Person
from mainport.core.rules.permissions import Grant, Role, system
from mainport.cycle.models import guards

BY = system("tests")
SHARED = Path(os.environ.get("MAINPORT_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With MAINPORT_ALL_TESTS, as in .ci/run, a test that lacks something ("no …") fails instead of being skipped."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and os.environ.get("MAINPORT_ALL_TESTS"):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        if reason.startswith("no "):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} may not be skipped here: {reason}"
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Generator[None, None, None]:
    """End what a server's thread or a browser's last request left open: PostgreSQL drops no database in use."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture(autouse=True)
def ledger_can_be_emptied(request: pytest.FixtureRequest) -> Generator[None, None, None]:
    """A test that commits is tidied up by emptying every table, which the ledger's own guards would refuse."""
    if "transactional_db" not in request.fixturenames and "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    guards.install(connection)
    yield
    guards.remove(connection)


@pytest.fixture(autouse=True)
def ledger_guarded(request: pytest.FixtureRequest) -> None:
    """The guards stand in every other test as in production, also after one that had to lift them."""
    if "db" in request.fixturenames and "transactional_db" not in request.fixturenames:
        request.getfixturevalue("db")
        guards.install(connection)


@pytest.fixture
def shared() -> Path:
    """The folder of others' data and standards."""
    if not SHARED.is_dir():
        pytest.skip(f"no folder {SHARED}: set MAINPORT_SHARED")
    return SHARED


@cache
def groningen_file() -> Agenda:
    return read((resources.files("mainport.agenda") / "data" / "groningen-2022-2026.yaml").read_bytes())


@pytest.fixture
def groningen(db: None) -> Agenda:
    """The Groningen agenda, loaded."""
    actions.load(by=BY, agenda=groningen_file(), why="tests")
    return groningen_file()


@dataclass(frozen=True)
class Cast:
    """People of the tests; a second factor is set up for those who must have one."""

    alice: Person
    bob: Person
    charlie: Person
    dave: Person
    erin: Person
    frank: Person
    grace: Person

    # Who comes in from outside the programme: made when a test first speaks of them.

    @cached_property
    def heidi(self) -> Person:
        return make_person("heidi", Grant(Role.STUDENT))

    @cached_property
    def ivan(self) -> Person:
        return make_person("ivan", Grant(Role.RESEARCH_OFFICE))

    @cached_property
    def judy(self) -> Person:
        return make_person("judy", Grant(Role.COURSE_PROVIDER, "hanze"))


def make_person(name: str, grant: Grant) -> Person:
    """Somebody with this role, and with a second factor where it asks for one."""
    person = add_person(by=BY, email=f"{name}@example.org", name=name.capitalize())
    set_grants(by=BY, person=person, grants=[grant])
    if person.actor.is_staff:
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "of-the-tests"})
    return person


def make_cast() -> Cast:
    """Everybody of the cast, in the database."""
    put_organisations(by=BY, names={"hanze": "Hanzehogeschool Groningen", "rug": "Rijksuniversiteit Groningen"})
    grants = {
        "alice": Grant(Role.REPORTER, "hanze"),
        "bob": Grant(Role.COORDINATOR, "hanze"),
        "charlie": Grant(Role.REPORTER, "rug"),
        "dave": Grant(Role.PROGRAMME_OFFICE),
        "erin": Grant(Role.STEERING_GROUP),
        "frank": Grant(Role.DATA_STEWARD),
        "grace": Grant(Role.ADMINISTRATOR),
    }
    return Cast(**{name: make_person(name, grant) for name, grant in grants.items()})


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def as_person():
    """A client logged in as somebody of the cast."""

    def log_in(person: Person | None) -> Client:
        client = Client()
        if person:
            client.force_login(person, backend="mainport.web.accounts.backends.AuthenticationBackend")
        return client

    return log_in
