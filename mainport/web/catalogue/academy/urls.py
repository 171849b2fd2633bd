# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the Digitale Academie."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.web.catalogue.academy import mine, offers, questions
from mainport.web.pages import routes

LEARN = pgettext_lazy("route", "learn")
QUESTIONS = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "questions"))
OFFER = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "offer"))
MINE = format_lazy("{}/{}", LEARN, pgettext_lazy("route", "my-courses"))
COURSE = format_lazy("{}/<slug:key>", MINE)


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
    below(LEARN, pgettext_lazy("route", "forget-me"), mine.forget_me, "forget_me"),
    below(COURSE, pgettext_lazy("route", "save"), mine.course_save, "course_save"),
    below(COURSE, pgettext_lazy("route", "enrol"), mine.course_enrol, "course_enrol"),
    below(COURSE, pgettext_lazy("route", "keep"), mine.course_do, "course_do"),
]
