# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the board's pages."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.board.views import decisions, follow_ups, items, meetings, seats
from mainport.web.pages import routes

DECISIONS = pgettext_lazy("route", "decisions")
DECISION = format_lazy("{}/<slug:key>", DECISIONS)
FOLLOW_UPS = format_lazy("{}/{}", DECISIONS, pgettext_lazy("route", "follow-ups"))
FOLLOW_UP = format_lazy("{}/<int:pk>", FOLLOW_UPS)
MEETINGS = pgettext_lazy("route", "meetings")
MEETING = format_lazy("{}/<slug:key>", MEETINGS)
ITEM = format_lazy("{}/{}/<int:pk>", MEETINGS, pgettext_lazy("route", "items"))
DOCUMENT = format_lazy("{}/{}/<int:pk>", MEETINGS, pgettext_lazy("route", "documents"))
SEATS = format_lazy("{}/{}", MEETINGS, pgettext_lazy("route", "seats"))
CALENDAR = format_lazy("{}/{}", MEETINGS, pgettext_lazy("route", "calendar"))


def below(base: Any, word: Any, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(format_lazy("{}/{}/", base, word), view, name=name)
    return found


urlpatterns: list[URLPattern] = [
    *routes(FOLLOW_UPS, follow_ups.follow_up_list, "follow_up_list"),
    below(FOLLOW_UPS, pgettext_lazy("route", "remind"), follow_ups.follow_up_remind, "follow_up_remind"),
    *routes(FOLLOW_UP, follow_ups.follow_up, "follow_up"),
    below(FOLLOW_UP, pgettext_lazy("route", "done"), follow_ups.follow_up_close, "follow_up_close"),
    below(FOLLOW_UP, pgettext_lazy("route", "drop"), follow_ups.follow_up_drop, "follow_up_drop"),
    below(FOLLOW_UP, pgettext_lazy("route", "reopen"), follow_ups.follow_up_reopen, "follow_up_reopen"),
    below(FOLLOW_UP, pgettext_lazy("route", "due"), follow_ups.follow_up_due, "follow_up_due"),
    below(FOLLOW_UP, pgettext_lazy("route", "assign"), follow_ups.follow_up_assign, "follow_up_assign"),
    *routes(DECISIONS, decisions.decision_list, "decision_list"),
    *routes(DECISION, decisions.decision, "decision"),
    below(DECISION, pgettext_lazy("route", "publish"), decisions.decision_publish, "decision_publish"),
    *routes(SEATS, seats.seat_list, "seat_list"),
    path(format_lazy("{}/<slug:key>/{}/", SEATS, pgettext_lazy("route", "add")), seats.seat_take, name="seat_take"),
    path(format_lazy("{}/<int:pk>/{}/", SEATS, pgettext_lazy("route", "end")), seats.seat_leave, name="seat_leave"),
    path(format_lazy("{}.ics", MEETINGS), seats.meetings_calendar, name="meetings_calendar"),
    path(format_lazy("{}/", CALENDAR), seats.calendar_address, name="calendar_address"),
    below(CALENDAR, pgettext_lazy("route", "make"), seats.calendar_make, "calendar_make"),
    below(CALENDAR, pgettext_lazy("route", "end"), seats.calendar_end, "calendar_end"),
    path(format_lazy("{}/<str:secret>.ics", CALENDAR), seats.personal_calendar, name="personal_calendar"),
    below(MEETINGS, pgettext_lazy("route", "plan"), meetings.meeting_plan, "meeting_plan"),
    below(ITEM, pgettext_lazy("route", "change"), items.item_edit, "item_edit"),
    below(ITEM, pgettext_lazy("route", "place"), items.item_place, "item_place"),
    below(ITEM, pgettext_lazy("route", "refuse"), items.item_refuse, "item_refuse"),
    below(ITEM, pgettext_lazy("route", "handle"), items.item_handle, "item_handle"),
    below(ITEM, pgettext_lazy("route", "paper"), items.document_add, "document_add"),
    below(ITEM, pgettext_lazy("route", "decide"), decisions.decide, "decide"),
    path(format_lazy("{}/", DOCUMENT), items.document, name="document"),
    below(DOCUMENT, pgettext_lazy("route", "remove"), items.document_remove, "document_remove"),
    *routes(MEETINGS, meetings.meeting_list, "meeting_list"),
    *routes(MEETING, meetings.meeting, "meeting"),
    below(MEETING, pgettext_lazy("route", "change"), meetings.meeting_change, "meeting_change"),
    below(MEETING, pgettext_lazy("route", "convene"), meetings.meeting_convene, "meeting_convene"),
    below(MEETING, pgettext_lazy("route", "present"), meetings.meeting_hold, "meeting_hold"),
    below(MEETING, pgettext_lazy("route", "minutes"), meetings.meeting_minutes, "meeting_minutes"),
    below(MEETING, pgettext_lazy("route", "adopt"), meetings.meeting_close, "meeting_close"),
    below(MEETING, pgettext_lazy("route", "call-off"), meetings.meeting_cancel, "meeting_cancel"),
    below(MEETING, pgettext_lazy("route", "answer"), meetings.meeting_answer, "meeting_answer"),
    below(MEETING, pgettext_lazy("route", "propose"), items.item_propose, "item_propose"),
    path(format_lazy("{}.pdf", MEETING), meetings.meeting_pack, name="meeting_pack"),
]
