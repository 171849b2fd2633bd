# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""One Mainport harvests another: in our own format, to an equal catalogue, whatever happens meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mainport.api.catalogue.addresses import with_addresses
from mainport.api.catalogue.oai import answers
from mainport.catalogue.actions import harvesting, records, taking_in
from mainport.catalogue.actions.repositories import add_repository
from mainport.catalogue.models import Harvest, Record, Repository
from mainport.catalogue.queries import records as queries
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.works import Provenance, Work
from mainport.core.fetching import http
from mainport.core.models import Organisation
from tests.functional.oai.conftest import BY, COURSE, PROGRAMME, WORK

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 31


@pytest.fixture
def source(live_server: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """What an organisation keeps here as the catalogue of another: a set parts the two, which share a database."""
    settings.FEEDS_ALLOW_LOOPBACK = True
    monkeypatch.setattr(http, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(answers, "PAGE", {"ListRecords": 4, "ListIdentifiers": 4})
    here = Organisation.objects.create(key="here", name="Here")
    values: list[Value] = [
        WORK,
        COURSE,
        PROGRAMME,
        *(Work({"nl": f"Werk \u0002 {place}\r\n"}) for place in range(MANY)),
    ]
    items = [records.Item(value, key=f"here-{place}") for place, value in enumerate(values)]
    records.put_many(items, organisation=here)
    return add_repository(
        by=BY,
        key="other",
        format="oai-pmh",
        url=f"{live_server.url}/oai",
        settings={"prefix": "oai_mainport", "set": "organisation:here"},
    )


def _go(repository: Repository) -> Harvest:
    repository.refresh_from_db()
    return harvesting.harvest(by=BY, repository=repository)


def _said(found: Any) -> list[str]:
    """What records say, but for where they came from."""
    values = ((one.key, queries.value(one)) for one in found.filter(state=Record.State.PUBLISHED))
    return sorted(repr(replace(with_addresses(key, value), provenance=Provenance())) for key, value in values)


def _theirs() -> list[str]:
    return _said(Record.objects.filter(organisation__key="here"))


def _ours(repository: Repository) -> list[str]:
    return _said(Record.objects.filter(repository=repository))


def test_an_equal_catalogue(source: Repository) -> None:
    found = _go(source)
    assert (found.state, found.new, found.refused) == (Harvest.State.COMPLETE, MANY + 3, 0)
    assert _ours(source) == _theirs()
    assert len(_ours(source)) == MANY + 3


def test_changes_deletions_and_a_kill_on_the_way(source: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = taking_in.take_in
    parts = []

    def killed(**options: Any) -> Any:
        parts.append(1)
        if len(parts) == 4:
            raise SystemExit  # As a process that is gone: nothing is said, nothing is tidied up.
        return whole(**options)

    with monkeypatch.context() as broken:
        broken.setattr(harvesting, "take_in", killed)
        with pytest.raises(SystemExit):
            _go(source)
    assert 0 < len(_ours(source)) < MANY
    # This process lives on, so that its harvest must look like one of another that was silent for long.
    Harvest.objects.update(alive_at=timezone.now() - timedelta(hours=1))
    for key in ("here-3", "here-20"):
        records.withdraw(by=BY, record=Record.objects.get(key=key), why="tests")
    for key in ("here-0", "here-25"):
        records.put(by=BY, value=Work({"nl": "Anders"}), record=Record.objects.get(key=key))
    records.put(by=BY, value=Work({"nl": "Nieuw"}), organisation=Organisation.objects.get(key="here"))
    assert _go(source).state == Harvest.State.COMPLETE
    assert _go(source).state == Harvest.State.COMPLETE
    assert _ours(source) == _theirs()
    assert len(_ours(source)) == MANY + 2


def test_what_was_invented_stays_marked(source: Repository) -> None:
    Record.objects.filter(key="here-2").update(demo=True)
    _go(source)
    invented = Record.objects.get(repository=source, demo=True)
    assert invented.titles == dict(PROGRAMME.titles)
