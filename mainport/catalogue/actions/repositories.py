# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Adds and changes the sources that are harvested."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone

from mainport.catalogue.feeds import FORMATS
from mainport.catalogue.models import Repository
from mainport.core.actions import record
from mainport.core.fetching.problems import NotTrusted
from mainport.core.models import Organisation, Person
from mainport.core.rules.languages import Text
from mainport.core.rules.permissions import Actor, Permission, require

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


class RepositoryRefused(ValueError):
    """There can't be such a repository; the message says why."""


@transaction.atomic
def add_repository(
    *,
    by: Actor,
    key: str,
    format: str,
    url: str = "",
    title: Text | None = None,
    settings: Mapping[str, Any] | None = None,
    organisation: Organisation | None = None,
    owner: Person | None = None,
    preference: int = 100,
    every: int | None = None,
    demo: bool = False,
) -> Repository:
    """Add a source that is harvested each `every` hours, from now on; None: when somebody asks for it.

    Raises NotAllowed, RepositoryRefused.
    """
    require(by, Permission.MANAGE_CATALOGUE)
    if not _KEY.fullmatch(key):
        raise RepositoryRefused(f"{key!r} can't be the name of a repository: letters, digits, - and _ only, at most 80")
    if Repository.objects.filter(key=key).exists():
        raise RepositoryRefused(f"there is a repository {key} already")
    wanted = dict(settings or {})
    _check(format, url, wanted)
    repository = Repository.objects.create(
        key=key,
        format=format,
        url=url,
        title=dict(title or {"mul": key}),
        settings=wanted,
        organisation=organisation,
        owner=owner,
        preference=preference,
        every=every if url else None,
        next_at=timezone.now() if every and url else None,
        demo=demo,
    )
    record(by=by, action="repository.add", subject=subject(repository), format=format, url=url, settings=wanted)
    return repository


@transaction.atomic
def set_rhythm(*, by: Actor, repository: Repository, every: int | None, active: bool) -> None:
    """Harvest it each `every` hours, or only when somebody asks; an inactive one isn't harvested at all."""
    require(by, Permission.MANAGE_CATALOGUE)
    repository.every, repository.active = every, active
    repository.next_at = timezone.now() if every and active else None
    repository.save(update_fields=["every", "active", "next_at"])
    record(by=by, action="repository.edit", subject=subject(repository), every=every, active=active)


def _check(format: str, url: str, settings: Mapping[str, Any]) -> None:
    from mainport.core.fetching.http import check_address

    if format not in FORMATS:
        raise RepositoryRefused(f"{format} isn't a format; the formats are {', '.join(FORMATS)}")
    if not url and not FORMATS[format].is_file:
        raise RepositoryRefused(f"{FORMATS[format].name} is harvested from an address, which is missing")
    if url:
        if len(url) > 500:
            raise RepositoryRefused("the address has more than 500 signs")
        try:
            check_address(url)
        except NotTrusted as error:
            raise RepositoryRefused(str(error)) from error
    for name in ("prefix", "set"):
        value = settings.get(name, "")
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_.!~*'():-]*", value):
            raise RepositoryRefused(f"{value!r} can't be a {name} of OAI-PMH")
    days = settings.get("whole_every", 1)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 3650:
        raise RepositoryRefused(f"{days!r} can't be the days between harvests of all there is: from 1 to 3650")
    pause = settings.get("pause", 0)
    if isinstance(pause, bool) or not isinstance(pause, int | float) or not 0 <= pause <= 600:
        raise RepositoryRefused(f"{pause!r} can't be a pause: seconds, from 0 to 600")


def key_for(url: str, *parts: str) -> str:
    """A key that says where a source is, which isn't taken yet.

    >>> plain("https://repo.example.nl/oai/", "oai_dc")
    'repo-example-nl-oai-oai-dc'
    """
    key = plain(url, *parts)
    taken = set(Repository.objects.filter(key__startswith=key).values_list("key", flat=True))
    return (
        key if key not in taken else next(f"{key}-{n}" for n in range(2, len(taken) + 3) if f"{key}-{n}" not in taken)
    )


def plain(url: str, *parts: str) -> str:
    at = urlsplit(url)
    words = " ".join([at.netloc, at.path, *parts]).lower()
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:70].strip("-") or "repository"


def subject(repository: Repository) -> str:
    return f"repository:{repository.key}"
