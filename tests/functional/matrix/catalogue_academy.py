# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Pages of the Digitale Academie: learning, courses of providers, certificates, the questionnaire."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mainport.catalogue.actions import academy, badges, courses
from mainport.catalogue.models import Following, Record
from mainport.catalogue.rules.courses import Competence, Course, Mode, Offering
from mainport.catalogue.rules.following import Learner
from mainport.catalogue.rules.questionnaire_file import embedded
from mainport.core.models import Organisation
from tests.functional.matrix import Stage, page, row, table


def _course(stage: Stage) -> Record:
    """A course of the Hanzehogeschool, with dates."""
    organisation = Organisation.objects.get(key="hanze")
    value = Course(
        "",
        {"nl": "Veilig mailen", "en": "Safe e-mail"},
        descriptions={"nl": "U leert veilig mailen."},
        languages=("nl",),
        competences=(Competence("2.1", 2),),
        mode=Mode.ONLINE,
    )
    record = courses.add(by=stage.cast.dave.actor, organisation=organisation, course=value)
    starts = timezone.localdate() + timedelta(days=9)
    courses.put_offering(
        by=stage.cast.dave.actor, record=record, offering=Offering("", starts=starts, mode=Mode.ONLINE)
    )
    return Record.objects.get(pk=record.pk)


def course(stage: Stage) -> str:
    return _course(stage).key


def _enrolled(stage: Stage) -> Following:
    """Bob is enrolled for it."""
    learner = Learner(stage.cast.bob.pk)
    return academy.enrol(by=stage.cast.bob.actor, learner=learner, record=_course(stage))


def followed(stage: Stage) -> str:
    return _enrolled(stage).record.key


def badge(stage: Stage) -> Any:
    return badges.confirm(by=stage.cast.dave.actor, following=_enrolled(stage)).pk


def version(stage: Stage) -> int:
    return academy.put_questionnaire(by=stage.cast.dave.actor, content=embedded()).pk


class OneCourse:
    """The arguments of one address that must speak of the same course."""

    def __init__(self) -> None:
        self.record: Record | None = None

    def key(self, stage: Stage) -> str:
        self.record = _course(stage)
        return self.record.key

    def offering(self, _stage: Stage) -> str:
        assert self.record is not None
        return self.record.offerings.get().key


class OneFollowing:
    def __init__(self) -> None:
        self.following: Following | None = None

    def key(self, stage: Stage) -> str:
        self.following = _enrolled(stage)
        return self.following.record.key

    def pk(self, _stage: Stage) -> int:
        assert self.following is not None
        return self.following.pk


dates, confirmed = OneCourse(), OneFollowing()
COURSE = {
    "organisation": "hanze",
    "title_nl": "Veilig mailen",
    "about_nl": "U leert veilig mailen.",
    "mode": "online",
    "languages": ["nl"],
    "level-2-1": "2",
}
DATES = {"starts": "2099-01-01", "mode": "online"}
WHY = {"why": "Komt niet terug"}
#: Dave looks after all courses; nobody else of these roles gives any.
OFFICE = "302     403   403     403 200  403  403   403"
BY_OFFICE = "302     403   403     403 302  403  403   403"
BEGIN = {"deed": "begin"}
THESE = {"key": dates.key, "offering": dates.offering}
ANSWERS = {"situation": "work", "home": "9712", "distance": "any"}

# fmt: off
ROWS = table(
    #                                                    visitor alice charlie bob dave erin frank grace
    page("learn",                                  get="200"),
    row("questions",                               get="302"),
    row("question_step", {"step": "where"},        get="200", post="302", data=ANSWERS),
    row("question_step", {"step": "nothing"},      get="302"),
    row("questions_again",                         get="405", post="302"),
    page("offer",                                  get="302"),
    page("offer_print",                            get="302"),
    page("my_courses",                             get="200"),
    row("list_open",                               get="200", post="200", data={"code": "K7QM 3XWP 9RTV"}),
    row("list_keep",                               get="405", post="302", data={"keep": "yes"}),
    row("forget_me",                               get="200", post="302"),
    row("course_save", {"key": course},            get="405", post="302"),
    row("course_save", {"key": "nothing"},         get="405", post="404"),
    row("course_enrol", {"key": course},           get="200"),
    row("course_enrol", {"key": "nothing"},        get="404"),
    row("course_do", {"key": followed},            get="405",
                                                  post="404     404   404     302 404  404  404   404", data=BEGIN),
    row("course_ask", {"key": followed},           get="405", post="404"),
    row("badge_check",                             get="200", post="200", data={"text": "{}"}),
    page("badge", {"pk": badge},                   get="200"),
    page("badge", {"pk": "0b6e4d4e-0000-4000-8000-000000000001"}, get="404"),
    row("badge_revoke", {"pk": badge},             get=OFFICE, post=BY_OFFICE, data=WHY),
    row("badge_credential", {"pk": badge},         get="200"),
    row("badge_jwt", {"pk": badge},                get="200"),
    row("badge_image", {"pk": badge},              get="200"),
    row("badge_edubadge", {"pk": badge},           get="200"),
    row("badge_class", {"pk": badge},              get="200"),
    row("badge_states", {"number": 0},             get="200"),
    row("badge_states_token", {"number": 0},       get="200"),
    row("badge_issuer",                            get="200"),
    row("badge_keys",                              get="200"),
    row("did_document",                            get="200"),
    row("provider_courses",                        get=OFFICE),
    row("provider_course_add",                     get=OFFICE, post=BY_OFFICE, data=COURSE),
    row("provider_course", {"key": followed},      get=OFFICE),
    row("provider_course", {"key": "nothing"},     get="302     403   403     403 404  403  403   403"),
    row("provider_course_edit", {"key": course},   get=OFFICE, post=BY_OFFICE, data=COURSE),
    row("provider_course_withdraw", {"key": course}, get=OFFICE, post=BY_OFFICE, data=WHY),
    row("provider_offering_add", {"key": course},  get=OFFICE, post=BY_OFFICE, data=DATES),
    row("provider_offering_edit", THESE, get=OFFICE, post=BY_OFFICE, data=DATES),
    row("provider_offering_cancel", THESE, get=OFFICE, post=BY_OFFICE, data=WHY),
    row("provider_confirm", {"key": confirmed.key, "pk": confirmed.pk}, get="405", post=BY_OFFICE),
    row("questionnaire_edit",                      get=OFFICE, post=OFFICE, data={"text": "a: [", "deed": "check"}),
    row("questionnaire_activate", {"pk": version}, get="405", post=BY_OFFICE),
    row("questionnaire_file", {"pk": version},     get=OFFICE),
)
# fmt: on
