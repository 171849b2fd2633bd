# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where learning begins, and the personal offer with the reasons for each course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import places
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.offer import MOST, Candidate, Offer, Pick, Why, is_library
from mainport.catalogue.rules.offer import offer as make_offer
from mainport.catalogue.rules.profile import Profile, profile
from mainport.catalogue.rules.questionnaire import open_step
from mainport.core.queries import actor_of
from mainport.core.rules.permissions import Permission
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, today
from mainport.web.catalogue.academy import words as said
from mainport.web.catalogue.academy.visits import keeping, learner_of, way
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

#: What is somebody's own is kept by no cache on the way.
PRIVATE = {"Cache-Control": "private, no-store"}
#: Kilometres within which a library is worth calling.
WITHIN_CALL = 50
#: Whoever finds reading on a screen hard gets fewer courses to choose from.
MOST_FOR_LOWEST = 5


@require_safe
def learn(request: HttpRequest) -> Page:
    """What the Digitale Academie is for, and the way in: the questions, or the telephone."""
    now = queries.asked()
    learner = learner_of(request)
    answers = queries.current(learner, now)
    candidates = queries.candidates()
    counts = {
        one.code: sum(any(c.code == one.code for c in each.course.competences) for each in candidates)
        for area in framework().areas
        for one in area.competences
    }
    by = actor_of(request.user)
    context = {
        "page_title": _("Learning with the computer"),
        "breadcrumbs": way(),
        "questionnaire": now.questionnaire,
        "answered": bool(answers),
        "complete": bool(answers) and open_step(now.questionnaire, answers) is None,
        "areas": [
            {
                "label": area.label,
                "questions": [(one.question, counts[one.code], _courses(one.code)) for one in area.competences],
            }
            for area in framework().areas
        ],
        "courses": len(candidates),
        "libraries": libraries(candidates, now.questionnaire.libraries),
        "search_url": _courses(),
        "map_url": url_or_nothing("provider_map"),
        "providers_url": url_or_nothing("provider_list"),
        "may_provide": by.may(Permission.MANAGE_COURSES) or bool(by.organisations(Permission.MANAGE_COURSES)),
        "may_edit": by.may(Permission.MANAGE_COURSES),
        "digcomp": framework(),
    }
    rows = [
        {"competence": one.code, "label": words(one.label), "area": words(area.label), "courses": counts[one.code]}
        for area in framework().areas
        for one in area.competences
    ]
    return Page("catalogue/academy/learn.html", context, {"competences": rows}, rows)


def _courses(competence: str = "") -> str:
    """The page with all courses, or those in which one learns this."""
    more = {"competence": competence} if competence else {}
    return f"{reverse('search')}?{urlencode({'tab': 'courses', **more})}"


def libraries(candidates: Sequence[Candidate], names: Sequence[str]) -> list[dict[str, str]]:
    """Libraries that can be called, each once, by town."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    nobody = Profile({}, (), libraries=tuple(names))
    for one in candidates:
        if is_library(nobody, one.course):
            for offering in one.course.offerings:
                for spot in offering.places:
                    if spot.phone:
                        found[spot.town, spot.phone] = {"name": spot.name, "town": spot.town, "phone": spot.phone}
    return [found[key] for key in sorted(found)]


def nearest(profile: Profile, found: Sequence[dict[str, str]]) -> dict[str, str] | None:
    """The library that is nearest to somebody's home."""
    if profile.home is None:
        return None
    home = profile.home
    known = [(place, one) for one in found if (place := places.find(one["town"]))]
    measured = [(places.kilometres(home, place.latitude, place.longitude), one["town"], one) for place, one in known]
    close = [each for each in measured if each[0] <= WITHIN_CALL]
    return min(close, key=lambda each: each[:2])[2] if close else None


class NarrowForm(forms.Form):
    """What of the offer is shown."""

    area = forms.ChoiceField(label=gettext_lazy("What you learn"), required=False)
    mode = forms.ChoiceField(
        label=gettext_lazy("Where"),
        required=False,
        choices=[
            ("", gettext_lazy("As I answered")),
            ("place", gettext_lazy("In a building")),
            ("online", gettext_lazy("Online")),
        ],
    )
    free = forms.BooleanField(label=gettext_lazy("Free only"), required=False)

    def __init__(self, *args: Any, profile: Profile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All that I chose"))]
        choices += [
            (str(area.number), words(area.label))
            for area in framework().areas
            if any(code.startswith(f"{area.number}.") for code in profile.wanted)
        ]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def narrow(self, profile: Profile) -> Profile:
        """The profile with what was chosen here."""
        chosen = self.cleaned_data if self.is_valid() else {}
        if area := chosen.get("area"):
            profile = replace(profile, wanted=tuple(c for c in profile.wanted if c.startswith(f"{area}.")))
        if mode := chosen.get("mode"):
            profile = replace(profile, mode=mode)
        if chosen.get("free"):
            profile = replace(profile, price=Decimal(0))
        return profile


@require_safe
def offer(request: HttpRequest) -> Page | HttpResponse:
    return _offer(request, "catalogue/academy/offer.html", _("Courses that suit you"))


@require_safe
def offer_print(request: HttpRequest) -> Page | HttpResponse:
    """The same to take along on paper: large, with telephone numbers, and nothing to press."""
    return _offer(request, "catalogue/academy/offer_print.html", _("Courses that suit you, to take along"))


def _offer(request: HttpRequest, template: str, title: str) -> Page | HttpResponse:
    now = queries.asked()
    learner = learner_of(request)
    answers = queries.current(learner, now)
    if open_step(now.questionnaire, answers):
        return redirect("questions")
    who = profile(now.questionnaire, answers)
    form = NarrowForm(request.GET, profile=who)
    candidates = queries.candidates()
    found = make_offer(form.narrow(who), candidates, today=today(), most=MOST_FOR_LOWEST if who.lowest else MOST)
    saved = queries.followed_keys(learner)
    call = who.lowest or who.by_phone
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "form": form,
        "filtered": any(form.cleaned_data.values()) if form.is_valid() else False,
        "picks": [_shown(pick, saved, plain=who.lowest) for pick in found.picks],
        "widened": [said.LIMITS[limit] for limit in found.widened] if found.picks else [],
        "without": [said.competence(code) for code in found.without],
        "lowest": who.lowest,
        "library": nearest(who, libraries(candidates, who.libraries)) if call else None,
        "home": who.home,
        "print_url": f"{reverse('offer_print')}{f'?{request.GET.urlencode()}' if request.GET else ''}",
        "day": today(),
        "keeping": keeping(request, learner),
        "list_address": request.build_absolute_uri(reverse("list_open")).partition("://")[2],
    }
    data = _data(found, who)
    return Page(template, context, data, data["courses"], headers=PRIVATE)


def _shown(pick: Pick, saved: frozenset[str], *, plain: bool) -> dict[str, Any]:
    one, course, offering = pick.candidate, pick.candidate.course, pick.offering
    return {
        "key": one.key,
        "title": course.titles,
        "about": course.descriptions,
        "url": url_or_nothing("course", key=one.key),
        "provider": course.provider.name if course.provider else "",
        "start": said.start(offering),
        "place": said.place(offering, course),
        "price": said.price(offering),
        "phone": pick.phone,
        "library": pick.library,
        "demo": one.demo,
        "saved": one.key in saved,
        "offering": offering.identifier if offering else "",
        "reasons": said.reasons(pick.reasons, plain=plain),
        "minds": said.minds(pick.reasons),
    }


def _data(found: Offer, who: Profile) -> dict[str, Any]:
    return {
        "levels": dict(who.levels),
        "wanted": list(who.wanted),
        "widened": [limit.value for limit in found.widened],
        "without": list(found.without),
        "courses": [
            {
                "rank": rank,
                "key": pick.candidate.key,
                "title": words(pick.candidate.course.titles),
                "provider": pick.candidate.course.provider.name if pick.candidate.course.provider else "",
                "competences": " ".join(pick.competences),
                "starts": pick.offering.starts if pick.offering else None,
                "place": said.place(pick.offering, pick.candidate.course),
                "price": said.price(pick.offering),
                "km": next((r.km for r in pick.reasons if r.why in (Why.NEAR, Why.FAR)), None),
                "phone": pick.phone,
                "score": pick.score,
                "reasons": " ".join([*said.reasons(pick.reasons), *said.minds(pick.reasons)]),
                "demo": pick.candidate.demo,
            }
            for rank, pick in enumerate(found.picks, start=1)
        ],
    }
