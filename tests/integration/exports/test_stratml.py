# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from mainport.agenda.exports import FORMATS
from mainport.agenda.exports.stratml import NAMESPACE
from mainport.agenda.rules.elements import Agenda, Kind
from tests.conftest import groningen_file
from tests.integration.exports.conftest import EDITION, invented, with_elements

NAMES = {"s": NAMESPACE}


@pytest.fixture
def schema(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(shared / "standards/stratml/StrategicPlanISOVersion20140401.xsd")))


def plan(agenda: Agenda, language: str = "nl") -> etree._Element:
    return etree.fromstring(FORMATS["stratml"].write(agenda, replace(EDITION, language=language)))


def found(node: etree._Element, path: str) -> list[str]:
    return [one.text or "" for one in node.xpath(path, namespaces=NAMES)]


@pytest.mark.shared
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_validates(schema: etree.XMLSchema, demo_agenda: Agenda, language: str) -> None:
    for agenda in (groningen_file(), demo_agenda):
        schema.assertValid(plan(agenda, language))


@pytest.mark.shared
def test_an_agenda_without_pillars_validates(schema: etree.XMLSchema) -> None:
    agenda = groningen_file()
    alone = replace(agenda, elements={agenda.alliance.uid: agenda.alliance})
    schema.assertValid(plan(alone))


@pytest.mark.shared
def test_what_xml_has_no_place_for_is_left_out(schema: etree.XMLSchema) -> None:
    agenda = groningen_file()
    task = replace(agenda.elements["task:E3"], title={"mul": "tab\x0bvertical\x00 and \ufffe"})
    root = plan(replace(agenda, elements={**agenda.elements, task.uid: task}))
    schema.assertValid(root)
    assert found(root, "//s:Objective[s:Identifier='task-E3']/s:Name") == ["tabvertical and "]


def test_goals_sectors_and_chapters_are_goals_with_their_tasks() -> None:
    root = plan(groningen_file(), "en")
    agenda = groningen_file()
    pillars = [e for e in agenda.elements.values() if e.kind in (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER)]
    assert found(root, "//s:Goal/s:Identifier") == [e.uid.replace(":", "-") for e in pillars]
    tasks = [e for e in agenda.elements.values() if e.kind is Kind.TASK]
    identifiers = found(root, "//s:Objective/s:Identifier")
    assert {e.uid.replace(":", "-") for e in tasks} <= set(identifiers)
    assert len(identifiers) == len(set(identifiers))
    assert found(root, "//s:Vision/s:Description") == [agenda.alliance.attributes["ambition"]["en"]]
    assert found(root, "//s:Mission/s:Description") == [agenda.alliance.attributes["mission"]["en"]]
    assert found(root, "//s:StartDate") == ["2022-01-01"]
    assert found(root, "//s:EndDate") == ["2026-12-31"]
    assert found(root, "//s:Source") == ["https://mainport.example/en/"]
    assert len(found(root, "//s:Organization/s:Stakeholder/s:Name")) == 8


def test_who_does_it_stands_with_the_objective(demo_agenda: Agenda) -> None:
    objective = plan(demo_agenda).xpath("//s:Objective[s:Identifier='task-E3']", namespaces=NAMES)[0]
    assert found(objective, "s:Stakeholder/s:Name") == [
        "Hanzehogeschool Groningen",
        "Rijksuniversiteit Groningen",
        "LIFE Cooperative",
    ]
    assert found(objective, "s:Stakeholder/s:Description") == ["trekker, partner", "partner", "overlegtafel"]
    assert objective.xpath("s:Stakeholder/@StakeholderTypeType", namespaces=NAMES) == [
        "Organization",
        "Organization",
        "Generic_Group",
    ]
    note = found(objective, "s:OtherInformation")[0]
    assert note.startswith("Opgave. Onderdeel van: Energie.")
    assert "Mijlpaal 2025-06-30: Eerste groep & <klaar>." in note


def test_nested_themes_keep_their_place_in_the_number() -> None:
    agenda = with_elements(
        groningen_file(),
        invented(Kind.THEME, "outer", "goal:labour", position=9),
        invented(Kind.THEME, "inner", "theme:outer"),
        invented(Kind.TASK, "Z1", "theme:inner"),
        invented(Kind.GOAL, "under", "goal:labour", position=9),
    )
    root = plan(agenda, "en")
    number = found(root, "//s:Objective[s:Identifier='theme-outer']/s:SequenceIndicator")[0]
    assert found(root, "//s:Objective[s:Identifier='task-Z1']/s:SequenceIndicator") == [f"{number}.1.1"]
    assert found(root, "//s:Goal[s:Identifier='goal-under']/s:SequenceIndicator")[0].startswith("2.")
    assert "Part of: inner." in found(root, "//s:Objective[s:Identifier='task-Z1']/s:OtherInformation")[0]


def test_another_language_than_the_house_speaks() -> None:
    assert "Task." in found(plan(groningen_file(), "de"), "//s:Objective/s:OtherInformation")[0]
