# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.agenda import actions, queries
from mainport.agenda.exports import FORMATS
from mainport.agenda.models import Element
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda
from tests.conftest import BY, groningen_file
from tests.integration.exports.conftest import EDITION

write = FORMATS["yaml"].write


def test_the_file_reads_again_as_the_same_agenda(demo_agenda: Agenda) -> None:
    again = read(write(demo_agenda, EDITION))
    assert again.elements == demo_agenda.elements
    assert again.sources == demo_agenda.sources


def test_the_file_says_where_it_comes_from_and_what_it_holds() -> None:
    content = write(groningen_file(), EDITION).decode()
    assert content.startswith("# The agenda of Akkoord van Groningen, as it stood on 2026-03-01.\n")
    assert "# Source: https://mainport.example\n" in content
    assert "\nalliance:\n  id: akkoord-van-groningen\n" in content
    assert "&id0" not in content
    assert "{" not in content


def test_a_title_cannot_break_out_of_the_heading() -> None:
    agenda = groningen_file()
    alliance = replace(agenda.alliance, title={"mul": "Akkoord\nformat: 7\u2028x"})
    agenda = replace(agenda, elements={**agenda.elements, alliance.uid: alliance})
    again = read(write(agenda, EDITION))
    assert again.alliance.title == {"mul": "Akkoord\nformat: 7\u2028x"}


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_any_words_survive(words: str) -> None:
    agenda = groningen_file()
    if not words.strip():
        words += "x"
    task = replace(agenda.elements["task:E3"], title={"nl": words, "en": f"{words}\n\n  {words}: #\n"})
    again = read(write(replace(agenda, elements={**agenda.elements, task.uid: task}), EDITION))
    assert again.elements["task:E3"].title == task.title


@pytest.mark.django_db
def test_the_whole_cycle_changes_nothing(groningen: Agenda, demo_agenda: Agenda) -> None:
    actions.load(by=BY, agenda=demo_agenda, why="demo")
    stored = queries.agenda()
    assert stored is not None
    assert actions.difference(read(write(stored, EDITION))) == []


@pytest.mark.django_db
def test_an_empty_database_comes_to_the_same_state(demo_agenda: Agenda) -> None:
    content = write(demo_agenda, EDITION)
    assert not Element.objects.exists()
    actions.load(by=BY, agenda=read(content), why="restore")
    stored = queries.agenda()
    assert stored is not None
    assert stored.elements == demo_agenda.elements
    assert stored.sources == demo_agenda.sources
    assert write(stored, EDITION) == content
