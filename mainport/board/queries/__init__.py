# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of the board: what the asker may see is filtered first, and what is withheld is never in the answer."""

from mainport.board.queries.asking import Unseen, asker_of, body_of
from mainport.board.queries.brief import Brief, ToDo, in_brief
from mainport.board.queries.decisions import (
    DecisionView,
    Named,
    VoteView,
    decision,
    decisions_about,
    decisions_of_meeting,
    find_decision,
    lines_of,
    register,
    years,
)
from mainport.board.queries.documents import (
    Damaged,
    DocumentView,
    content_of,
    documents_of_meeting,
    file_name,
    find_document,
)
from mainport.board.queries.follow_ups import (
    FollowUpView,
    find_follow_up,
    follow_up,
    follow_ups,
    follow_ups_of,
    overdue,
)
from mainport.board.queries.meetings import (
    MeetingView,
    find_item,
    find_meeting,
    meeting_years,
    meetings,
    meetings_of_calendar,
    meetings_of_person,
    next_meetings,
)
from mainport.board.queries.one_meeting import FullMeeting, InvitationView, ItemView, meeting, proposals_of
from mainport.board.queries.seats import (
    BodyView,
    SeatView,
    bodies,
    body,
    find_seat,
    organisations_with_vote,
    seats_of_organisation,
)
from mainport.board.queries.waiting import ProposalView, Waiting, waiting

__all__ = [
    "BodyView",
    "Brief",
    "Damaged",
    "DecisionView",
    "DocumentView",
    "FollowUpView",
    "FullMeeting",
    "InvitationView",
    "ItemView",
    "MeetingView",
    "Named",
    "ProposalView",
    "SeatView",
    "ToDo",
    "Unseen",
    "VoteView",
    "Waiting",
    "asker_of",
    "bodies",
    "body",
    "body_of",
    "content_of",
    "decision",
    "decisions_about",
    "decisions_of_meeting",
    "documents_of_meeting",
    "file_name",
    "find_decision",
    "find_document",
    "find_follow_up",
    "find_item",
    "find_meeting",
    "find_seat",
    "follow_up",
    "follow_ups",
    "follow_ups_of",
    "in_brief",
    "lines_of",
    "meeting",
    "meeting_years",
    "meetings",
    "meetings_of_calendar",
    "meetings_of_person",
    "next_meetings",
    "organisations_with_vote",
    "overdue",
    "proposals_of",
    "register",
    "seats_of_organisation",
    "waiting",
    "years",
]
