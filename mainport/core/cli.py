# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport people`: who has an account, and with which roles. Makes the first administrator too."""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from mainport.core import actions, queries
from mainport.core.models import Person
from mainport.core.rules.people import Refused
from mainport.core.rules.permissions import Actor, Grant, Role, needs_organisation, system
from mainport.core.terminal import console, emit, fail, json_option, table

BY = system("mainport people")

ROLE_HELP = "A role: administrator, programme-office, …; or ROLE@ORGANISATION for reporter and coordinator."


@click.group()
def people() -> None:
    """People and their roles: list, add, grant."""


@people.command("list")
@json_option
def show(as_json: bool) -> None:
    """List everybody with an account."""
    data = [_as_data(person) for person in queries.people(by=BY)]
    rows = [[row["name"], row["email"], " ".join(row["roles"]), "" if row["may_log_in"] else "ended"] for row in data]
    emit(data, as_json=as_json, show=lambda: table(["name", "e-mail", "roles", "access"], rows))


@people.command()
@click.argument("email")
@click.option("--name", default="", help="As it is shown.")
@click.option(
    "--language",
    default=settings.LANGUAGE_CODE,
    show_default=True,
    type=click.Choice([c for c, _n in settings.LANGUAGES]),
)
@click.option("--role", "roles", multiple=True, help=ROLE_HELP)
@json_option
def add(email: str, name: str, language: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Give EMAIL an account with these roles. They set a password by "Password forgotten, or none yet"."""
    try:
        person = actions.welcome(
            by=BY, email=email, name=name or email, language=language, grants=_grants(roles), why=""
        )
    except (Refused, ValueError, ValidationError) as error:
        fail(_words(error), as_json=as_json, email=email)
        return
    emit(_as_data(person), as_json=as_json, show=lambda: console.print(f"{person.email} has an account."))


@people.command()
@click.argument("email")
@click.argument("roles", nargs=-1)
@click.option("--remove", is_flag=True, help="Take these roles away instead.")
@click.option("--why", default="", help="The reason, kept with the change.")
@json_option
def grant(email: str, roles: tuple[str, ...], remove: bool, why: str, as_json: bool) -> None:
    """Give EMAIL these ROLES beside those that they hold (--remove takes them away).

    ROLE is administrator, programme-office, steering-group or data-steward; or reporter@ORGANISATION
    or coordinator@ORGANISATION, by the key of the organisation.
    """
    person = queries.people(by=BY).filter(email__iexact=email).first()
    if not person:
        fail(f"Nobody has an account with {email}: first `mainport people add {email}`.", as_json=as_json)
        return
    try:
        _change(person, _grants(roles), remove=remove, why=why, by=BY)
    except (Refused, ValueError, ValidationError) as error:
        fail(_words(error), as_json=as_json, email=email)
    emit(
        data := _as_data(queries.people(by=BY).get(pk=person.pk)),
        as_json=as_json,
        show=lambda: console.print(f"{data['email']}: {' '.join(data['roles']) or 'no roles'}"),
    )


@transaction.atomic
def _change(person: Person, grants: list[Grant], *, remove: bool, why: str, by: Actor) -> None:
    held = set(person.actor.grants)
    actions.set_grants(by=by, person=person, grants=held - set(grants) if remove else held | set(grants), why=why)


def _grants(written: tuple[str, ...]) -> list[Grant]:
    grants = []
    for text in written:
        role_name, _at, organisation = text.partition("@")
        roles = [role.value for role in Role if role != Role.VISITOR]
        if role_name not in roles:
            raise ValueError(f"{role_name} is not a role; the roles are {', '.join(roles)}")
        role = Role(role_name)
        if needs_organisation(role) != bool(organisation):
            wanted = f"{role}@ORGANISATION" if needs_organisation(role) else role.value
            raise ValueError(f"{text}: write {wanted}")
        grants.append(Grant(role, organisation or None))
    return grants


def _as_data(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "may_log_in": person.is_active,
        "demo": person.demo,
        "roles": [f"{g.role}@{g.organisation}" if g.organisation else g.role.value for g in person.actor.grants],
    }


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        with translation.override("en"):  # The command line speaks English, whatever the site speaks.
            return " ".join(error.messages)
    if isinstance(error, Refused):
        return f"Refused: {error.reason.value.replace('-', ' ')}."
    return str(error)
