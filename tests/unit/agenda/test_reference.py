# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The reference of the agenda file says what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mainport.agenda.rules.document import AgendaError, SourceFields, read
from mainport.agenda.rules.elements import Kind
from mainport.agenda.rules.nodes import NODES, SHAPES
from mainport.agenda.rules.reference import agenda_file

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "agenda-file.md"


def example() -> str:
    (found,) = re.findall(r"```yaml\n(.*?)```", agenda_file(), re.DOTALL)
    return found


def test_the_page_in_the_docs_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == agenda_file(), "write it anew: mainport docs build"


def test_every_kind_has_a_heading_with_its_meaning() -> None:
    page = agenda_file()
    for kind, node in NODES.items():
        assert node.__doc__, f"{kind} says what it is"
        assert f"\n## {kind}\n\n{node.__doc__.split()[0]}" in page


@pytest.mark.parametrize("kind", list(Kind))
def test_every_field_of_a_kind_says_what_it_means(kind: Kind) -> None:
    """Children don't: their own heading tells."""
    section = agenda_file().partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
    shape = SHAPES[kind]
    for name in (*shape.attributes, *shape.relations):
        assert NODES[kind].model_fields[name].description, f"{kind}.{name} has a description"
        assert f"| `{name}` |" in section


def test_every_field_of_a_source_says_what_it_means() -> None:
    assert all(field.description for field in SourceFields.model_fields.values())


def test_no_link_leads_nowhere() -> None:
    page = agenda_file()
    headings = set(re.findall(r"^## (.+)$", page, re.MULTILINE))
    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings


def test_the_example_is_a_whole_agenda() -> None:
    assert "milestone:doors-open" in read(example()).elements


def test_the_fault_that_the_page_shows_is_the_one_that_comes() -> None:
    (shown,) = re.findall(r"```text\n(.*?)\n```", agenda_file(), re.DOTALL)
    with pytest.raises(AgendaError) as refusal:
        read(example().replace("lead: town", "lead: twon"))
    assert str(refusal.value) == shown
