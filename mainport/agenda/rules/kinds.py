# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The kinds of element; apart from their nodes, since every command loads the tables and few check a file."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of element, in the order in which an agenda lists them."""

    ALLIANCE = "alliance"
    PARTNER = "partner"
    ORGANISATION = "organisation"
    CONTRIBUTION = "contribution"
    FUND = "fund"
    BODY = "body"
    FORUM = "forum"
    PAPER = "paper"
    GOAL = "goal"
    SECTOR = "sector"
    CHAPTER = "chapter"
    THEME = "theme"
    TASK = "task"
    FLAGSHIP = "flagship"
    PROJECT = "project"
    PLAN = "plan"
    MILESTONE = "milestone"
    INSTRUMENT = "instrument"
    MONITOR = "monitor"
    FIGURE = "figure"
    PLACE = "place"
