# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables and scenarios are kept where they can be read, and else refused whole."""

from __future__ import annotations

from typing import Any

import pytest

from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed, system
from mainport.talent import demo
from mainport.talent.actions.keeping import About, put_scenario, put_table
from mainport.talent.models import Scenario, Table
from mainport.talent.queries import kept
from mainport.talent.rules.faults import Refused

pytestmark = pytest.mark.django_db
BY = system("tests")


def test_the_examples_are_loaded_once_and_can_be_reckoned_with() -> None:
    first = demo.load(by=BY)
    assert demo.load(by=BY) == first
    assert Table.objects.count() == first["talent tables"]
    plan = kept.plan(kept.scenarios("human-capital").get())
    assert plan.about.demo
    assert plan.back_test
    assert {cell.sector for cell in plan.plan.cells} == {"care", "energy", "digital"}
    peak = kept.peak(kept.scenarios("peak").get())
    assert set(peak.intakes) == {"NL", "EER", "Niet-EER"}


def test_another_text_is_another_version_and_the_old_one_stays() -> None:
    demo.load(by=BY)
    scenario = kept.scenarios("peak").get()
    about = About(scenario.key, scenario.kind, scenario.title, demo=True)
    body = scenario.body.replace("regular: 700", "regular: 800")
    new = put_scenario(by=BY, about=about, body=body, tables=scenario.tables, why="100 rooms more")
    assert (new.version, new.current) == (2, True)
    assert Scenario.objects.get(key=scenario.key, version=1).current is False
    assert kept.peak(new).peak.regular == 800
    assert AuditEvent.objects.filter(subject=f"scenario:{scenario.key}", why="100 rooms more").count() == 1


def test_a_scenario_that_cant_be_read_is_refused_and_the_one_before_stays() -> None:
    demo.load(by=BY)
    scenario = kept.scenarios("peak").get()
    about = About(scenario.key, scenario.kind, scenario.title)
    with pytest.raises(Refused, match="regular"):
        put_scenario(
            by=BY, about=about, body=scenario.body.replace("regular: 700", "regular: -1"), tables=scenario.tables
        )
    with pytest.raises(Refused, match="a file beside the scenario"):
        put_scenario(by=BY, about=about, body=scenario.body, tables={})
    assert kept.scenarios("peak").get() == scenario


def test_a_wrong_table_is_refused_with_its_row() -> None:
    about = About("x", Table.Kind.PATHS, {"nl": "x"})
    with pytest.raises(Refused, match="row 2"):
        put_table(by=BY, about=about, body=b"home_16,study,home_28,people\nA,B,C,-1\n", file_name="x.csv")
    with pytest.raises(Refused, match="one of paths"):
        put_table(by=BY, about=About("x", "nothing", {"nl": "x"}), body=b"", file_name="x.csv")
    assert not Table.objects.exists()


def test_only_who_keeps_the_region_keeps_these(cast: Any) -> None:
    about = About("x", Table.Kind.PATHS, {"nl": "x"})
    with pytest.raises(NotAllowed):
        put_table(by=cast.alice.actor, about=about, body=b"home_16,study,home_28\nA,B,C\n", file_name="x.csv")
