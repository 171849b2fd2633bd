# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""An agenda with everything in it that an export can stumble over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mainport.agenda.exports import Edition
from mainport.agenda.rules.elements import Agenda, Element, Kind, Link, in_tree_order
from tests.conftest import groningen_file

EDITION = Edition(site_url="https://mainport.example", day=date(2026, 3, 1), language="nl")


def invented(kind: Kind, key: str, parent: str, title: Mapping[str, str] | None = None, **rest: Any) -> Element:
    fields: dict[str, Any] = {"position": 0, "title": title or {"mul": key}, "demo": True, **rest}
    return Element(kind=kind, key=key, parent=parent, **fields)


def with_elements(agenda: Agenda, *more: Element) -> Agenda:
    found = in_tree_order([*agenda.elements.values(), *more])
    return replace(agenda, elements={element.uid: element for element in found}, stated=None)


@pytest.fixture
def demo_agenda() -> Agenda:
    """Groningen with an invented plan, project and milestones, and with words that try to be something else."""
    return with_elements(
        groningen_file(),
        invented(
            Kind.PLAN,
            "task-E3",
            "task:E3",
            {"mul": "Plan"},
            attributes={
                "start": "2024",
                "end": "2026-06",
                "result": {"nl": '=HYPERLINK("https://evil.example")', "en": "# no comment: really"},
                "risks": [{"title": {"nl": "- te laat", "en": "@late"}, "size": "large"}],
            },
            links=(
                Link("lead", "partner:hanze"),
                Link("partners", "partner:rug"),
                Link("partners", "partner:hanze"),
                Link("forums", "forum:life-cooperative"),
                Link("depends_on", "task:E1"),
            ),
        ),
        invented(
            Kind.MILESTONE,
            "e3-first",
            "plan:task-E3",
            {"nl": "Eerste groep & <klaar>", "en": "yes"},
            attributes={"due": "2025-06-30"},
            links=(Link("owner", "organisation:new-energy-coalition"),),
        ),
        invented(
            Kind.PROJECT,
            "e3-school",
            "task:E3",
            {"nl": "'''\"”  dubbel\nen nog een regel", "en": "2022"},
            attributes={"budget": 125000, "start": "2024-01-01"},
        ),
    )
