# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Addresses of handing in, judging and adopting."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import pgettext_lazy

from mainport.catalogue.rules.handing_in import Step
from mainport.web import pages
from mainport.web.catalogue.handing_in import adoptions, mine, review, steps

OWN = pgettext_lazy("route", "hand-in")
ONE = format_lazy("{}/<slug:key>", OWN)
REVIEWS = format_lazy("{}/{}", pgettext_lazy("route", "workspace"), pgettext_lazy("route", "works-to-judge"))
REVIEW = format_lazy("{}/<slug:key>", REVIEWS)
ADOPTIONS = pgettext_lazy("route", "adopted-recommendations")
ADVICE = format_lazy(
    "{}/<slug:key>/{}/<int:number>", pgettext_lazy("route", "works"), pgettext_lazy("route", "recommendations")
)
ROUTES: dict[Step, Promise] = {
    Step.DETAILS: pgettext_lazy("route", "details"),
    Step.PEOPLE: pgettext_lazy("route", "people"),
    Step.SUMMARY: pgettext_lazy("route", "summary"),
    Step.RECOMMENDATIONS: pgettext_lazy("route", "recommendations"),
    Step.QUESTIONS: pgettext_lazy("route", "questions"),
    Step.SOURCES: pgettext_lazy("route", "sources"),
    Step.FILES: pgettext_lazy("route", "files"),
    Step.RIGHTS: pgettext_lazy("route", "rights"),
    Step.CHECK: pgettext_lazy("route", "check"),
}


def below(base: Any, word: Any, view: Any, name: str) -> URLPattern:
    found: URLPattern = path(format_lazy("{}/{}/", base, word), view, name=name)
    return found


def _step(step: Step) -> URLPattern:
    view = {Step.FILES: steps.files, Step.CHECK: steps.check}.get(step) or steps.view_of(step)
    return below(ONE, ROUTES[step], view, f"handing_in_{step.value}")


_FILE = format_lazy("{}/<int:pk>", ROUTES[Step.FILES])

urlpatterns: list[URLPattern] = [
    *pages.routes(OWN, mine.handing_in_list, "handing_in_list"),
    below(OWN, pgettext_lazy("route", "new"), mine.handing_in_start, "handing_in_start"),
    *pages.routes(ONE, mine.handing_in, "handing_in"),
    *(_step(step) for step in Step),
    below(ONE, _FILE, mine.handing_in_file, "handing_in_file"),
    below(
        ONE, format_lazy("{}/{}", _FILE, pgettext_lazy("route", "remove")), steps.file_remove, "handing_in_file_remove"
    ),
    below(ONE, pgettext_lazy("route", "send"), mine.handing_in_send, "handing_in_send"),
    below(ONE, pgettext_lazy("route", "take-back"), mine.handing_in_take_back, "handing_in_take_back"),
    below(ONE, pgettext_lazy("route", "throw-away"), mine.handing_in_discard, "handing_in_discard"),
    below(ONE, pgettext_lazy("route", "new-version"), mine.handing_in_renew, "handing_in_renew"),
    *pages.routes(REVIEWS, review.review_list, "review_list"),
    *pages.routes(REVIEW, review.review, "review"),
    below(REVIEW, pgettext_lazy("route", "approve"), review.review_approve, "review_approve"),
    below(REVIEW, pgettext_lazy("route", "return"), review.review_return, "review_return"),
    below(REVIEW, pgettext_lazy("route", "withdraw-work"), review.review_withdraw, "review_withdraw"),
    below(REVIEW, pgettext_lazy("route", "exchange-file"), review.review_correct, "review_correct"),
    below(ADVICE, pgettext_lazy("route", "take-up"), adoptions.recommendation_adopt, "recommendation_adopt"),
    *pages.routes(ADOPTIONS, adoptions.adoption_list, "adoption_list"),
    below(
        format_lazy("{}/<int:pk>", ADOPTIONS), pgettext_lazy("route", "done"), adoptions.adoption_done, "adoption_done"
    ),
    below(
        format_lazy("{}/<int:pk>", ADOPTIONS), pgettext_lazy("route", "drop"), adoptions.adoption_drop, "adoption_drop"
    ),
]
