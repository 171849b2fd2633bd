# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Courses that somebody saved and follows: save, enrol, say how far, complete, stop; and have all of it forgotten."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundWidget
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mainport.catalogue.actions import academy as actions
from mainport.catalogue.actions import enrolling
from mainport.catalogue.models import Following, Record
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.rules import contents
from mainport.catalogue.rules.courses import Course, Offering
from mainport.catalogue.rules.following import Deed, Learner, NotPossible, possible
from mainport.catalogue.rules.offer import distance, is_open
from mainport.core.fetching.problems import Problem
from mainport.core.models import Person
from mainport.core.queries import actor_of
from mainport.web.agenda.addresses import url_or_nothing
from mainport.web.agenda.views.parts import Crumb, today
from mainport.web.catalogue.academy import words as said
from mainport.web.catalogue.academy.offers import PRIVATE
from mainport.web.catalogue.academy.questions import RATE
from mainport.web.catalogue.academy.visits import home_of, keeping, learner_of, learner_to_be, off_device, way
from mainport.web.limits import limited
from mainport.web.pages import Page
from mainport.web.templatetags.mainport import words

#: Times and telephone numbers that are shown before the visitor asks for more.
SHOWN = 6
MOST_PHONES = 3

DEEDS = {
    Deed.BEGIN: pgettext_lazy("course", "I have begun"),
    Deed.COMPLETE: pgettext_lazy("course", "I have completed it"),
    Deed.STOP: pgettext_lazy("course", "I have stopped"),
    Deed.REMOVE: pgettext_lazy("course", "Take it off my list"),
}


class ProgressForm(forms.Form):
    percent = forms.TypedChoiceField(
        label=gettext_lazy("How far are you?"),
        coerce=int,
        choices=[
            (0, gettext_lazy("Only just begun")),
            (25, gettext_lazy("A quarter")),
            (50, gettext_lazy("Half-way")),
            (75, gettext_lazy("Three quarters")),
            (100, gettext_lazy("Nearly done")),
        ],
    )


@require_safe
def my_courses(request: HttpRequest) -> Page:
    """What somebody saved, follows and completed."""
    learner = learner_of(request)
    found = list(queries.followings(learner))
    groups = [
        {"label": said.STATES[state], "courses": [_shown(one) for one in found if one.state == state]}
        for state in ("busy", "enrolled", "saved", "completed", "stopped")
    ]
    context = {
        "page_title": _("My courses"),
        "breadcrumbs": way(Crumb(_("My courses"))),
        "groups": [group for group in groups if group["courses"]],
        "keeping": keeping(request, learner) if queries.is_kept(learner) else None,
        "learner": learner,
    }
    data = [
        {
            "key": one.record.key,
            "title": words(one.record.titles),
            "provider": one.record.provider,
            "state": one.state,
            "progress": one.progress,
            "completed_on": one.completed_on,
            "badge": str(one.badge.pk) if hasattr(one, "badge") else "",
        }
        for one in found
    ]
    return Page("catalogue/academy/my_courses.html", context, {"courses": data}, data, headers=PRIVATE)


def _shown(one: Following) -> dict[str, Any]:
    badge = getattr(one, "badge", None)
    deeds = possible(one.state, has_badge=badge is not None)
    offering = contents.read_offering(one.offering.content) if one.offering else None
    spots = offering.places if offering else ()
    return {
        "following": one,
        "key": one.record.key,
        "title": one.record.titles,
        "provider": one.record.provider,
        "demo": one.record.demo,
        "url": url_or_nothing("course", key=one.record.key) if one.record.state == Record.State.PUBLISHED else "",
        "gone": one.record.state != Record.State.PUBLISHED,
        "start": said.start(offering) if offering else "",
        "where": ", ".join(dict.fromkeys(filter(None, (spot.name or spot.town for spot in spots)))),
        "phones": list(dict.fromkeys(spot.phone for spot in spots if spot.phone)),
        "badge": badge,
        "may_enrol": Deed.ENROL in deeds,
        "may_ask": bool(one.association) and one.state in ("enrolled", "busy") and enrolling.is_possible(one.record),
        "deeds": [(deed.value, label) for deed, label in DEEDS.items() if deed in deeds],
        "progress_form": ProgressForm(initial={"percent": one.progress - one.progress % 25}, auto_id=f"far-{one.pk}-%s")
        if Deed.PROGRESS in deeds
        else None,
    }


def _course(key: str) -> Record:
    found = queries.public_course(key)
    if found is None:
        raise Http404(key)
    return found


@require_POST
@limited("academy", RATE)
def course_save(request: HttpRequest, key: str) -> HttpResponse:
    """Put a course on the list; back to where it was pressed."""
    record = _course(key)
    offering = record.offerings.filter(identifier=request.POST.get("offering") or None).first()
    actions.save(by=actor_of(request.user), learner=learner_to_be(request), record=record, offering=offering)
    messages.success(request, _("Saved: %(course)s. You find it under My courses.") % {"course": words(record.titles)})
    return redirect("offer" if request.POST.get("from") == "offer" else "my_courses")


@require_POST
@limited("academy", RATE)
def course_do(request: HttpRequest, key: str) -> HttpResponse:
    """Begin, say how far one is, complete, stop, take off the list."""
    learner = learner_of(request)
    following = queries.following(learner, key)
    if learner is None or following is None:
        raise Http404(key)
    try:
        deed = Deed(request.POST.get("deed", ""))
        percent = int(request.POST.get("percent", "0"))
    except ValueError as error:
        raise Http404(key) from error
    try:
        actions.do(by=actor_of(request.user), learner=learner, record=following.record, deed=deed, percent=percent)
    except NotPossible:
        messages.error(request, _("That can’t be done with this course now. Look how it stands below."))
    else:
        messages.success(request, _("Kept."))
    return redirect("my_courses")


@require_POST
@limited("academy-ask", "60/h/ip")
def course_ask(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the provider how an enrolment stands."""
    following = queries.following(learner_of(request), key)
    if following is None or not following.association:
        raise Http404(key)
    try:
        after = enrolling.refresh(following=following)
    except (Problem, NotPossible):
        messages.error(request, _("The provider can’t be reached now. Try again later."))
    else:
        messages.success(request, _("The provider says: %(state)s.") % {"state": said.STATES[after.state]})
    return redirect("my_courses")


class EnrolForm(forms.Form):
    """Which time and place."""

    offering = forms.ChoiceField(label=gettext_lazy("When and where?"), widget=forms.RadioSelect, choices=())

    def __init__(
        self, *args: Any, offerings: list[tuple[str, Offering]], course: Course, chosen: str = "", **kwargs: Any
    ) -> None:
        """`chosen` is the time that somebody saved."""
        super().__init__(*args, **kwargs)
        choices = [(key, f"{said.start(one)}, {said.place(one, course)}, {said.price(one)}") for key, one in offerings]
        if choices:
            self.fields["offering"].choices = choices  # type: ignore[attr-defined]
            self.fields["offering"].initial = chosen if chosen in dict(choices) else choices[0][0]
        else:
            del self.fields["offering"]

    @property
    def first(self) -> list[BoundWidget]:
        """The times that are shown at once: the nearest ones, and the one that is chosen."""
        return self._split()[0]

    @property
    def rest(self) -> list[BoundWidget]:
        return self._split()[1]

    def _split(self) -> tuple[list[BoundWidget], list[BoundWidget]]:
        every = list(self["offering"]) if "offering" in self.fields else []
        room = len(every) if len(every) <= SHOWN + 2 else SHOWN
        first = [one for place, one in enumerate(every) if place < room or one.data["selected"]]
        return first, [one for one in every if one not in first]


def _nearest_first(
    request: HttpRequest, offerings: list[tuple[str, Offering]]
) -> tuple[list[tuple[str, Offering]], bool]:
    """What is nearest to the home that somebody answered in front, then what begins first; whether that was known."""
    home = home_of(request)
    if home is None:
        return offerings, False
    return sorted(offerings, key=lambda pair: (distance(home, pair[1]), pair[1].starts or date.max)), True


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@limited("academy", RATE)
def course_enrol(request: HttpRequest, key: str) -> HttpResponse:
    """Enrol at the provider: by its own page or telephone, or through its Open Education API."""
    record = _course(key)
    value = contents.read(record.kind, record.content)
    assert isinstance(value, Course)
    rows = {row.key: row for row in record.offerings.all()}
    offerings = [
        (row.key, one) for row in rows.values() if is_open(one := contents.read_offering(row.content), today())
    ]
    offerings, by_distance = _nearest_first(request, offerings)
    before = queries.following(learner_of(request), key)
    form = EnrolForm(
        request.POST if request.method == "POST" else None,
        offerings=offerings,
        course=value,
        chosen=before.offering.key if before and before.offering else "",
    )
    through = enrolling.is_possible(record) and isinstance(request.user, Person) and bool(offerings)
    if request.method == "POST" and form.is_valid():
        chosen = rows.get(form.cleaned_data.get("offering", ""))
        try:
            if through and chosen and isinstance(request.user, Person):
                enrolling.enrol(by=actor_of(request.user), person=request.user, record=record, offering=chosen)
            else:
                actions.enrol(by=actor_of(request.user), learner=learner_to_be(request), record=record, offering=chosen)
        except NotPossible:
            messages.error(request, _("You enrolled for this course before. Look how it stands below."))
        except Problem:
            text = _("The provider can’t be reached now, and you are not enrolled. Try again later, or call.")
            form.add_error(None, text)
        else:
            messages.success(request, _("You are enrolled for %(course)s.") % {"course": words(record.titles)})
            return redirect("my_courses")
        if not form.errors:
            return redirect("my_courses")
    title = _("Enrol for a course")
    phones = list(dict.fromkeys((s.name or s.town, s.phone) for _key, one in offerings for s in one.places if s.phone))
    if not by_distance:
        phones.sort()
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(_("My courses"), reverse("my_courses")), Crumb(title)),
        "record": record,
        "course": value,
        "form": form,
        "through": through,
        "enrol_url": next((one.url for _key, one in offerings if one.url), value.url),
        "phones": phones[:MOST_PHONES],
        "more_phones": phones[MOST_PHONES:],
        "by_distance": by_distance,
    }
    return render(request, "catalogue/academy/enrol.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def forget_me(request: HttpRequest) -> HttpResponse:
    """Delete what is kept of somebody here, after asking once more."""
    learner = learner_of(request)
    if request.method == "POST":
        if learner:
            actions.forget(by=actor_of(request.user), learner=learner)
        messages.success(request, _("Your answers and your list of courses are gone."))
        response = redirect("learn")
        off_device(response)
        return response
    title = _("Forget what I answered and saved")
    context = {
        "page_title": title,
        "breadcrumbs": way(Crumb(title)),
        "answers": queries.answers_of(learner) is not None,
        "courses": queries.followings(learner).count(),
        "badges": _badges(learner),
    }
    return render(request, "catalogue/academy/forget.html", context)


def _badges(learner: Learner | None) -> int:
    return queries.followings(learner).filter(badge__isnull=False).count()
