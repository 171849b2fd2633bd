# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport people`."""

import json

import pytest
from click.testing import CliRunner

from mainport.core.cli import people
from mainport.core.models import Person
from mainport.core.rules.permissions import Grant, Role

pytestmark = pytest.mark.django_db


def run(*arguments):
    return CliRunner().invoke(people, arguments)


def error_of(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 1
    return json.loads(result.stdout)["error"]


def test_the_first_administrator_of_an_empty_installation():
    result = run("add", "heidi@example.org", "--name", "Heidi", "--role", "administrator", "--json")
    assert json.loads(result.stdout) == {
        "name": "Heidi",
        "email": "heidi@example.org",
        "language": "nl",
        "may_log_in": True,
        "demo": False,
        "roles": ["administrator"],
    }
    assert Person.objects.get().actor.grants == (Grant(Role.ADMINISTRATOR),)


def test_listing(cast):
    data = json.loads(run("list", "--json").stdout)
    assert [(row["email"], row["roles"]) for row in data][:2] == [
        ("alice@example.org", ["reporter@hanze"]),
        ("bob@example.org", ["coordinator@hanze"]),
    ]
    assert "charlie@example.org" in run("list").stdout


def test_granting_adds_and_removing_takes_away(cast):
    result = run("grant", "Alice@example.org", "coordinator@rug", "steering-group", "--why", "helps out", "--json")
    assert json.loads(result.stdout)["roles"] == ["coordinator@rug", "reporter@hanze", "steering-group"]
    result = run("grant", "alice@example.org", "coordinator@rug", "reporter@hanze", "--remove", "--json")
    assert json.loads(result.stdout)["roles"] == ["steering-group"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "alice@example.org"), "already exists"),
        (("add", "no-address"), "valid"),
        (("add", "x@example.org", "--role", "king"), "king is not a role"),
        (("add", "x@example.org", "--role", "reporter"), "write reporter@ORGANISATION"),
        (("add", "x@example.org", "--role", "administrator@hanze"), "write administrator"),
        (("add", "x@example.org", "--role", "reporter@nowhere"), "no organisation nowhere"),
        (("grant", "x@example.org", "administrator"), "mainport people add x@example.org"),
        (("grant", "grace@example.org", "administrator", "--remove"), "last administrator"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(cast, arguments, words):
    assert words in error_of(*arguments)
    assert Person.objects.count() == 7
    assert Person.objects.get(email="grace@example.org").actor.grants == (Grant(Role.ADMINISTRATOR),)
