# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented people: one for each role, with log-ins that work and can be printed again."""

import json
import stat

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from click.testing import CliRunner

from mainport.config.commands.demo import demo as command
from mainport.core import demo
from mainport.core.models import Person
from mainport.core.rules.permissions import ORGANISATION_ROLES, Role, system

pytestmark = pytest.mark.django_db

BY = system("tests")
PARTNERS = ["rug", "hanze", "umcg"]


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def loaded(groningen):
    return demo.load(by=BY, organisations=PARTNERS)


def test_every_role_has_somebody_and_every_organisation_two(loaded):
    logins = demo.logins()
    assert loaded == {"people": 13, "new": 13}
    assert {login.role for login in logins} == {role.value for role in Role} - {"visitor"}
    held = {(login.organisation, login.role) for login in logins if login.organisation}
    everywhere = ORGANISATION_ROLES.keys() - {Role.COURSE_PROVIDER}
    assert held == {(key, role.value) for key in PARTNERS for role in everywhere} | {("hanze", "course-provider")}
    named = {login.name: (login.role, login.organisation) for login in logins}
    assert named["Alice"] == ("reporter", "hanze")
    assert named["Bob"] == ("coordinator", "hanze")
    assert named["Charlie"] == ("reporter", "rug")


def test_they_are_marked_as_invented_and_can_log_in(loaded):
    for login in demo.logins():
        person = Person.objects.get(email=login.email)
        assert person.demo
        assert person.email.endswith("@example.org")
        assert person.check_password(login.password)
        assert EmailAddress.objects.filter(user=person, verified=True).exists()
        totp = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        assert bool(totp) == person.actor.is_staff
        if totp:
            assert totp.wrap().validate_code(login.code())
        else:
            assert login.code() == ""


def test_passwords_differ_and_their_file_is_its_owners(loaded):
    logins = demo.logins()
    assert len({login.password for login in logins}) == len(logins)
    assert stat.S_IMODE(demo.path().stat().st_mode) == 0o600


def test_loading_again_keeps_the_log_ins(loaded):
    before = demo.logins()
    assert demo.load(by=BY, organisations=PARTNERS) == {"people": 13, "new": 0}
    assert demo.logins() == before


def test_when_the_file_is_lost_they_get_new_passwords(loaded):
    before = {login.email: login.password for login in demo.logins()}
    demo.path().unlink()
    demo.load(by=BY, organisations=PARTNERS)
    for login in demo.logins():
        assert login.password != before[login.email]
        assert Person.objects.get(email=login.email).check_password(login.password)


def test_no_invention_among_people_who_exist(cast, groningen):
    with pytest.raises(demo.RealPeople):
        demo.load(by=BY, organisations=PARTNERS)
    assert not Person.objects.filter(demo=True).exists()
    assert not demo.path().exists()


def test_even_when_forced_nobody_who_exists_is_turned_into_an_invention(cast, groningen):
    with pytest.raises(demo.RealPeople):
        demo.load(by=BY, organisations=PARTNERS, force=True)
    assert not Person.objects.get(email="alice@example.org").demo


def test_the_command_loads_and_prints(groningen):
    loaded = CliRunner().invoke(command, ["load", "--json"])
    assert loaded.exit_code == 0, loaded.output
    assert json.loads(loaded.stdout)["people"] == 23
    printed = CliRunner().invoke(command, ["logins", "--json"])
    rows = json.loads(printed.stdout)
    assert list(rows[0]) == ["role", "organisation", "name", "email", "password", "code"]
    assert {row["role"] for row in rows if len(row["code"]) == 6} == {
        "programme-office",
        "research-office",
        "data-steward",
        "administrator",
    }
    table = CliRunner().invoke(command, ["logins"])
    assert all(row["password"] in table.stdout for row in rows)


def test_the_command_says_what_to_do(db, settings):
    without_agenda = CliRunner().invoke(command, ["load", "--json"])
    assert without_agenda.exit_code == 1
    assert "mainport agenda load" in json.loads(without_agenda.stdout)["error"]
    without_people = CliRunner().invoke(command, ["logins"])
    assert without_people.exit_code == 1
    assert "mainport demo load" in without_people.output


def test_the_command_refuses_beside_people_who_exist(groningen, cast):
    refused = CliRunner().invoke(command, ["load", "--json"])
    assert refused.exit_code == 1
    assert "not invented" in json.loads(refused.stdout)["error"]
