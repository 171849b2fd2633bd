# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Which harvest a process is at: the one that was broken off, or a new one; never one that another is at."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from mainport.catalogue import feeds
from mainport.catalogue.actions import owners
from mainport.catalogue.actions.repositories import subject
from mainport.catalogue.feeds.walks import Asked
from mainport.catalogue.models import Harvest, Repository
from mainport.catalogue.rules.walking import Place
from mainport.core.actions import record
from mainport.core.rules.permissions import Actor

State = Harvest.State

#: A running harvest that was silent for so long was killed, wherever it ran.
SILENT = timedelta(minutes=15)
#: A page number means something else after a while: other records came before it.
LASTING = timedelta(minutes=10)


class Busy(Exception):
    """This repository is being harvested already."""


@transaction.atomic
def begin(*, by: Actor, repository: Repository, whole: bool, owner: str) -> Harvest:
    """The harvest to go on with, or a new one; it is this process's from now on. Raises Busy."""
    now = timezone.now()
    repository = Repository.objects.select_for_update().get(pk=repository.pk)
    last = repository.harvests.order_by("-started_at", "-id").first()
    if last and last.state == State.RUNNING:
        if last.alive_at > now - SILENT and owners.is_alive(last.position.get("owner", {})):
            raise Busy(f"{repository.key} is being harvested since {timezone.localtime(last.started_at):%H:%M}")
        last.state = State.STOPPED
        last.save(update_fields=["state"])
    asked = _asked_for(repository)
    if last and last.state != State.COMPLETE and (last.whole or not whole) and last.position.get("asked") == asked:
        return _take_up(last, owner, now, repository)
    whole = whole or not repository.until or _is_time_for_all(repository, now)
    try:
        with transaction.atomic():
            made = Harvest.objects.create(
                repository=repository,
                started_at=now,
                alive_at=now,
                whole=whole,
                since="" if whole else repository.until,
                position={**Place().as_json(), "owner": owners.this(owner), "asked": asked},
                by_name=by.name[:200],
            )
    except IntegrityError as error:
        raise Busy(f"{repository.key} is being harvested already") from error
    record(by=by, action="repository.harvest", subject=subject(repository), harvest=made.pk, whole=whole)
    return made


def _is_time_for_all(repository: Repository, now: datetime) -> bool:
    """Whether all there is has to be asked for again, of a source that doesn't tell everything."""
    days = feeds.walk(repository.format, asked(repository)).whole_every
    if days != 0:
        days = repository.settings.get("whole_every", days)
    if days is None:
        return False
    last = repository.harvests.filter(state=State.COMPLETE, whole=True).first()
    return last is None or last.started_at < now - timedelta(days=days)


def _take_up(last: Harvest, owner: str, now: datetime, repository: Repository) -> Harvest:
    """Go on with a harvest: where it was, or from the beginning of its list where such a place doesn't last."""
    # Whoever asks for it anew may know that the source was mended.
    forgotten = {"paused": False, "in_vain": 0, "restarts": 0, "idle": 0, "recent": [], "milestone": ""}
    position = {**last.position, "owner": owners.this(owner), **forgotten}
    lasting = feeds.walk(repository.format, asked(repository, last)).lasting
    if not lasting and not position.get("done") and last.alive_at < now - LASTING:
        position |= Place.of(position).again().as_json() | {"in_vain": 0}
    last.position, last.state, last.problem, last.ended_at, last.alive_at = position, State.RUNNING, "", None, now
    last.save(update_fields=["position", "state", "problem", "ended_at", "alive_at"])
    return last


def _asked_for(repository: Repository) -> str:
    """What a harvest was asked for: of a repository that was changed since, none is taken up."""
    return f"{repository.format} {repository.url} {sorted(repository.settings.items())}"


def asked(repository: Repository, harvest: Harvest | None = None) -> Asked:
    return Asked(repository.key, repository.url, repository.settings, harvest.since if harvest else "")
