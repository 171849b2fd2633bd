# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Recommendations are taken up, done and dropped, by who may."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mainport.catalogue.actions import adopting
from mainport.catalogue.models import Recommendation
from mainport.catalogue.queries import adopting as queries
from mainport.catalogue.queries.learnt import learnt
from mainport.catalogue.rules.handing_in import No, Refused
from mainport.core.models import Organisation
from mainport.core.rules.permissions import NotAllowed
from tests.conftest import Cast
from tests.integration.catalogue.handing_in import make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def advice(cast: Cast, settings: Any, tmp_path: Path) -> Recommendation:
    settings.MEDIA_ROOT = tmp_path
    record = make_desk(cast).public()
    found = queries.recommendation(record.key, 1)
    assert found is not None
    return found


@pytest.fixture
def hanze(cast: Cast) -> Organisation:
    return Organisation.objects.get(key="hanze")


def test_adopted_for_a_task(advice: Recommendation, hanze: Organisation, cast: Cast) -> None:
    adopted = adopting.adopt(
        by=cast.alice.actor, recommendation=advice, task="K2", organisation=hanze, note="In het jaarplan"
    )
    assert (adopted.task, adopted.state, adopted.text) == ("K2", "adopted", advice.text)
    [shown] = learnt(["K2"]).adopted
    assert (shown.organisation, shown.number) == ("Hanzehogeschool Groningen", 1)
    with pytest.raises(Refused) as caught:
        adopting.adopt(by=cast.bob.actor, recommendation=advice, task="K2", organisation=hanze)
    assert caught.value.no is No.KNOWN


def test_only_for_ones_own_organisation(advice: Recommendation, hanze: Organisation, cast: Cast) -> None:
    for other in (cast.charlie, cast.heidi, cast.ivan, cast.erin):
        with pytest.raises(NotAllowed):
            adopting.adopt(by=other.actor, recommendation=advice, task="K2", organisation=hanze)
    with pytest.raises(NotAllowed):
        adopting.adopt(by=cast.alice.actor, recommendation=advice, task="K2", organisation=None)
    for organisation in (None, hanze):
        adopting.adopt(by=cast.dave.actor, recommendation=advice, task="K2", organisation=organisation)


def test_done_and_dropped_say_why(advice: Recommendation, hanze: Organisation, cast: Cast) -> None:
    adopted = adopting.adopt(by=cast.alice.actor, recommendation=advice, task="K2", organisation=hanze)
    with pytest.raises(Refused):
        adopting.done(by=cast.bob.actor, adoption=adopted, note="")
    with pytest.raises(NotAllowed):
        adopting.drop(by=cast.charlie.actor, adoption=adopted, note="Nee")
    adopting.done(by=cast.bob.actor, adoption=adopted, note="De leiding ligt er.")
    [kept] = queries.adoptions(cast.alice.actor, state="done")
    assert (kept.row.note, kept.may_end) == ("De leiding ligt er.", False)
    with pytest.raises(Refused):
        adopting.drop(by=cast.bob.actor, adoption=adopted, note="Toch niet")
    # It can be taken up anew.
    again = adopting.adopt(by=cast.alice.actor, recommendation=advice, task="K2", organisation=hanze)
    assert adopting.drop(by=cast.dave.actor, adoption=again, note="Te duur").state == "dropped"


def test_only_of_what_is_public(advice: Recommendation, hanze: Organisation, cast: Cast) -> None:
    from mainport.catalogue.actions.handing_in import withdraw

    withdraw(by=cast.ivan.actor, record=advice.record, why="Op verzoek")
    assert queries.recommendation(advice.record.key, 1) is None
    advice.refresh_from_db()
    with pytest.raises(Refused):
        adopting.adopt(by=cast.alice.actor, recommendation=advice, task="K2", organisation=hanze)
