# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Regions are kept and thrown away by who may, each with a line in the audit log."""

from __future__ import annotations

import pytest

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import Actor, NotAllowed
from mainport.region import demo
from mainport.region.actions.delineations import keep, remove
from mainport.region.actions.flows import load_groningen
from mainport.region.models import Delineation, FlowTable
from mainport.region.queries import delineations as queries
from tests.conftest import BY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> FlowTable:
    return load_groningen(by=BY)


def _keep(table: FlowTable, title: str = "Dagelijks stedelijk systeem", by: Actor = BY) -> Delineation:
    region = {"GM0014": "GM0014", "GM0005": "GM0014", "GM0114": ""}
    return keep(by=by, title=title, table=table, method="shading", parameters={"city": "GM0014"}, region=region)


def test_what_is_kept_can_be_found_again(table: FlowTable, cast: Cast) -> None:
    kept = _keep(table, by=cast.frank.actor)
    assert (kept.key, kept.regions, kept.by_name) == ("dagelijks-stedelijk-systeem", 1, cast.frank.actor.name)
    assert queries.find(kept.key) == kept
    event = AuditEvent.objects.get(action="delineation.keep")
    assert event.subject == f"delineation:{kept.key}"


def test_two_of_one_title_get_two_keys_and_none_that_stands_in_an_address(table: FlowTable) -> None:
    assert [_keep(table).key, _keep(table).key] == ["dagelijks-stedelijk-systeem", "dagelijks-stedelijk-systeem-2"]
    assert _keep(table, "New").key == "new-2"
    assert _keep(table, "!!!").key == "region"


def test_it_is_thrown_away_and_the_flows_stay(table: FlowTable, cast: Cast) -> None:
    kept = _keep(table)
    with pytest.raises(NotAllowed):
        remove(by=cast.alice.actor, kept=kept)
    remove(by=cast.frank.actor, kept=kept)
    assert not Delineation.objects.exists()
    assert FlowTable.objects.count() == 1
    assert AuditEvent.objects.filter(action="delineation.remove").count() == 1


def test_who_may_not_keeps_nothing(table: FlowTable, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _keep(table, by=cast.alice.actor)
    assert not Delineation.objects.exists()


def test_a_demonstration_has_the_flows_of_groningen() -> None:
    assert demo.load(by=BY) == demo.load(by=BY) == {"flows": 261, "companies": 40}
    assert FlowTable.objects.get().key == "commuting-groningen-2014"
