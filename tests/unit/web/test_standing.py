# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How a state is said: in one sentence, with what decided it."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from mainport.agenda.rules.status import Reason, Standing, State
from mainport.web.agenda.standing import say

TITLES = {"task:A4": "A4 Housing", "milestone:opened": "Desk opened", "hanze": "Hanze"}
GROUP = {State.ON_TRACK: 1, State.NO_REPORT: 2}


@pytest.mark.parametrize(
    ("standing", "reason", "url"),
    [
        (Standing(State.BEHIND, Reason.REPORT, "hanze", date(2026, 9, 30)), "Hanze reports this.", ""),
        (
            Standing(State.AT_RISK, Reason.OVERDUE, "milestone:opened"),
            "The milestone “Desk opened” is past its day, and nobody reported it as reached.",
            "/en/milestones/opened/",
        ),
        (
            Standing(State.NO_REPORT, Reason.NONE_COUNTS),
            "There is a plan with a lead, and no approved report yet that counts.",
            "",
        ),
        (
            Standing(State.NO_REPORT, Reason.NONE_COUNTS, counts={State.NO_REPORT: 2}),
            "None of the tasks has an approved report that still counts.",
            "",
        ),
        (Standing(State.NO_PLAN, Reason.NO_LEAD), "Nobody has laid down a plan with a lead yet.", ""),
        (
            Standing(State.NO_PLAN, Reason.NO_LEAD, counts={State.NO_PLAN: 5}),
            "None of the tasks has a plan with a lead yet.",
            "",
        ),
        (
            Standing(State.BEHIND, Reason.WORST, "task:A4", counts={State.BEHIND: 1}),
            "As its worst task stands: A4 Housing.",
            "/en/tasks/A4/",
        ),
        (
            Standing(State.ON_TRACK, Reason.WORST, "task:A4", counts={State.ON_TRACK: 3}),
            "More than half of the tasks have news, and all of it is good.",
            "",
        ),
        (
            Standing(State.NO_REPORT, Reason.TOO_LITTLE_NEWS, counts=GROUP),
            "1 of 3 tasks have news, all of it good; that is too little to call the whole on track.",
            "",
        ),
        (Standing(State.NO_PLAN, Reason.NOTHING_BELOW), "The agenda sets no tasks here.", ""),
    ],
)
def test_reason(standing: Standing, reason: str, url: str) -> None:
    with translation.override("en"):
        said = say(standing, TITLES)
    assert said.reason == reason
    assert said.url == url


def test_counts_go_from_best_to_worst_and_leave_nothing_out() -> None:
    standing = Standing(State.BEHIND, Reason.WORST, "task:A4", counts={State.BEHIND: 1, State.DONE: 2})
    with translation.override("en"):
        assert [(tally.state, tally.count) for tally in say(standing, TITLES).counts] == [("done", 2), ("behind", 1)]
        assert say(standing, TITLES).to_json()["counts"] == {"done": 2, "behind": 1}


def test_nothing_known_is_no_plan() -> None:
    with translation.override("en"):
        assert say(None, {}).state == "no-plan"
