# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Invented people, at least one for each role, with log-ins that can be printed again.

Their passwords are random and differ from one installation to the next. They stand in the data
directory, readable by its owner only; each person is marked as invented.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.db import transaction

from mainport.core.actions import add_person, record, set_grants
from mainport.core.models import Organisation, Person
from mainport.core.rules.permissions import Actor, Grant, Role, needs_organisation

#: The cast of the tests, and as many others as there may be organisations beside theirs.
_EVERYWHERE = {
    "Dave": Role.PROGRAMME_OFFICE,
    "Erin": Role.STEERING_GROUP,
    "Frank": Role.DATA_STEWARD,
    "Heidi": Role.STUDENT,
    "Ivan": Role.RESEARCH_OFFICE,
    "Grace": Role.ADMINISTRATOR,
}
_REPORTERS = ("Alice", "Charlie", "Heleen", "Jorrit", "Liesbeth", "Nynke", "Pieter", "Roelof", "Tjitske", "Ubbo")
_COORDINATORS = ("Bob", "Ingrid", "Klaas", "Marijke", "Olaf", "Quirine", "Sietske", "Tamme", "Vera", "Wiebe")


class RealPeople(Exception):
    """The installation has accounts of people who exist: invented ones do not belong beside them."""


@dataclass(frozen=True)
class Login:
    """How an invented person logs in. `organisation` is its key, '' for a role in the whole alliance;
    `secret` is that of the second step, '' where there is none."""

    email: str
    name: str
    role: str
    organisation: str
    password: str
    secret: str = ""

    def code(self) -> str:
        """The six digits of this moment."""
        if not self.secret:
            return ""
        return str(totp.format_hotp_value(totp.hotp_value(self.secret, int(time.time()) // 30)))


def path() -> Path:
    """Where the log-ins are kept."""
    return Path(settings.DATA_DIR) / "demo-logins.json"


def logins() -> list[Login]:
    """The log-ins of the invented people, as they were made; none before `load`."""
    if not path().exists():
        return []
    return [Login(**entry) for entry in json.loads(path().read_text("utf-8"))]


def load(*, by: Actor, organisations: Sequence[str], force: bool = False) -> dict[str, int]:
    """Make the invented people: a reporter and a coordinator for each organisation (by key), and one
    for every other role. Doing it again makes only who is missing.

    Raises RealPeople where somebody has an account who is not invented, unless forced.
    """
    if not force and Person.objects.filter(demo=False).exists():
        raise RealPeople
    kept = {login.email: login for login in logins()}
    new = 0
    made: list[Login] = []
    with transaction.atomic():
        known = set(Organisation.objects.values_list("key", flat=True))
        for name, grant in _cast([key for key in organisations if key in known]):
            login, is_new = _put(by, name, grant, kept)
            made.append(login)
            new += is_new
    _keep(made)
    return {"people": len(made), "new": new}


def _cast(organisations: Sequence[str]) -> Iterator[tuple[str, Grant]]:
    """Who holds which role. Two organisations are those of the tests' cast, where the alliance has them."""
    first = [key for key in ("hanze", "rug") if key in organisations]
    order = [*first, *(key for key in organisations if key not in first)]
    for reporter, coordinator, key in zip(_REPORTERS, _COORDINATORS, order, strict=False):
        yield reporter, Grant(Role.REPORTER, key)
        yield coordinator, Grant(Role.COORDINATOR, key)
    for key in first[:1] or order[:1]:
        yield "Judy", Grant(Role.COURSE_PROVIDER, key)
    for name, role in _EVERYWHERE.items():
        assert not needs_organisation(role)
        yield name, Grant(role)


def _put(by: Actor, name: str, grant: Grant, kept: dict[str, Login]) -> tuple[Login, bool]:
    """This person with a log-in that works: the one that is kept, or a new one."""
    email = f"{name.lower()}@example.org"
    person = Person.objects.filter(email=email).first()
    if person and not person.demo:
        raise RealPeople(email)
    is_new = person is None
    person = person or add_person(by=by, email=email, name=name, demo=True, why="demonstration")
    set_grants(by=by, person=person, grants=[grant], why="demonstration")
    old = kept.get(email)
    login = Login(
        email=email,
        name=name,
        role=grant.role.value,
        organisation=grant.organisation or "",
        password=old.password if old else secrets.token_urlsafe(12),
        secret=(old.secret if old else "") or (totp.generate_totp_secret() if person.actor.is_staff else ""),
    )
    if login.secret and not Authenticator.objects.filter(user=person, data__secret=login.secret).exists():
        Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
        totp.TOTP.activate(person, login.secret)
    if not person.check_password(login.password):
        person.set_password(login.password)
        person.save(update_fields=["password"])
        record(by=by, action="person.demo-login", subject=f"person:{person.pk}")
    return login, is_new


def _keep(made: list[Login]) -> None:
    """Write the log-ins, readable by the owner only from the first byte on."""
    text = json.dumps([asdict(login) for login in made], ensure_ascii=False, indent=2)
    draft = path().with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    draft.replace(path())
