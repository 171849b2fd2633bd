# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""A file that speaks of a part only must fit to the part that stays."""

import pytest

from mainport.agenda import actions, queries
from mainport.agenda.rules.document import read
from tests.conftest import BY

pytestmark = pytest.mark.django_db

WHOLE = """
format: 1
alliance:
  id: here
  title: Here
  languages: [en]
  period: {start: 2022, end: 2026}
  ambition: {en: To be}
partners:
  - {id: one, title: One}
  - {id: two, title: Two}
goals:
  - {id: g, title: {en: Goal}, tasks: [{id: T1, title: {en: Task}, plan: {lead: two}}]}
"""
GOALS = WHOLE.index("goals:")


def test_dropping_what_a_kept_plan_names_is_refused_and_changes_nothing() -> None:
    actions.load(by=BY, agenda=read(WHOLE))
    without_two = read(WHOLE[:GOALS].replace("  - {id: two, title: Two}\n", ""))
    with pytest.raises(actions.Refused, match="plan:task-T1 lead"):
        actions.load(by=BY, agenda=without_two)
    agenda = queries.agenda()
    assert agenda is not None
    assert "partner:two" in agenda.elements


def test_a_part_that_fits_leaves_the_rest() -> None:
    actions.load(by=BY, agenda=read(WHOLE))
    changes = actions.load(by=BY, agenda=read(WHOLE[:GOALS].replace("title: Two", "title: Second")))
    assert [change.uid for change in changes] == ["partner:two"]
    agenda = queries.agenda()
    assert agenda is not None
    assert "task:T1" in agenda.elements
