# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the Digitale Academie."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.catalogue.academy import badges, editing, lists, mine, offers, provide, questions
from mainport.web.pages import routes

LEARN = pgettext_lazy("route", "learn")
QUESTIONS = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "questions"))
OFFER = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "offer"))
MINE = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "my-courses"))
COURSE = format_lazy("{}/<slug:key>", MINE)
CERTIFICATES = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "certificates"))
CERTIFICATE = format_lazy("{}/<uuid:pk>", CERTIFICATES)
GIVEN = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "courses-that-you-give"))
GIVEN_ONE = format_lazy("{}/<slug:key>", GIVEN)
DATES = format_lazy("{}/{}", GIVEN_ONE, pgettext_lazy("route", "dates"))
DATES_ONE = format_lazy("{}/<slug:offering>", DATES)
QUESTIONNAIRE = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "questionnaire"))


def below(base: Any, word: Any, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(format_lazy("{}/{}/", base, word), view, name=name)
    return found


urlpatterns: list[URLPattern] = [
    *routes(LEARN, offers.learn, "learn"),
    path(format_lazy("{}/", QUESTIONS), questions.questions, name="questions"),
    below(QUESTIONS, pgettext_lazy("route", "begin-again"), questions.questions_again, "questions_again"),
    path(format_lazy("{}/<slug:step>/", QUESTIONS), questions.question_step, name="question_step"),
    *routes(OFFER, offers.offer, "offer"),
    *routes(format_lazy("{}/{}", OFFER, pgettext_lazy("route", "print")), offers.offer_print, "offer_print"),
    *routes(MINE, mine.my_courses, "my_courses"),
    below(LEARN, pgettext_lazy("route", "my-list"), lists.list_open, "list_open"),
    below(LEARN, pgettext_lazy("route", "keep-my-list"), lists.list_keep, "list_keep"),
    below(LEARN, pgettext_lazy("route", "forget-me"), mine.forget_me, "forget_me"),
    below(COURSE, pgettext_lazy("route", "save"), mine.course_save, "course_save"),
    below(COURSE, pgettext_lazy("route", "enrol"), mine.course_enrol, "course_enrol"),
    below(COURSE, pgettext_lazy("route", "keep"), mine.course_do, "course_do"),
    below(COURSE, pgettext_lazy("route", "ask"), mine.course_ask, "course_ask"),
    below(CERTIFICATES, pgettext_lazy("route", "check"), badges.badge_check, "badge_check"),
    *routes(CERTIFICATE, badges.badge, "badge"),
    below(CERTIFICATE, pgettext_lazy("route", "take-back"), badges.badge_revoke, "badge_revoke"),
    path(format_lazy("{}/", GIVEN), provide.provider_courses, name="provider_courses"),
    below(GIVEN, pgettext_lazy("route", "add"), provide.provider_course_add, "provider_course_add"),
    path(format_lazy("{}/", GIVEN_ONE), provide.provider_course, name="provider_course"),
    below(GIVEN_ONE, pgettext_lazy("route", "change"), provide.provider_course_edit, "provider_course_edit"),
    below(GIVEN_ONE, pgettext_lazy("route", "withdraw"), provide.provider_course_withdraw, "provider_course_withdraw"),
    below(DATES, pgettext_lazy("route", "add"), provide.provider_offering_add, "provider_offering_add"),
    below(DATES_ONE, pgettext_lazy("route", "change"), provide.provider_offering_edit, "provider_offering_edit"),
    below(DATES_ONE, pgettext_lazy("route", "call-off"), provide.provider_offering_cancel, "provider_offering_cancel"),
    path(
        format_lazy("{}/{}/<int:pk>/", GIVEN_ONE, pgettext_lazy("route", "completed")),
        provide.provider_confirm,
        name="provider_confirm",
    ),
    path(format_lazy("{}/", QUESTIONNAIRE), editing.questionnaire_edit, name="questionnaire_edit"),
    path(
        format_lazy("{}/<int:pk>/{}/", QUESTIONNAIRE, pgettext_lazy("route", "use")),
        editing.questionnaire_activate,
        name="questionnaire_activate",
    ),
    path(format_lazy("{}/<int:pk>.yaml", QUESTIONNAIRE), editing.questionnaire_file_view, name="questionnaire_file"),
]
