# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The Digitale Academie: versions of the questionnaire, answers, what is saved, followed, claimed and forgotten."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from mainport.catalogue import demo_courses
from mainport.catalogue.actions import academy as actions
from mainport.catalogue.models import Answers, Badge, Following, Questionnaire, Record
from mainport.catalogue.queries import academy as queries
from mainport.catalogue.queries.badges import checked
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.following import Deed, Learner, NotPossible
from mainport.catalogue.rules.offer import offer
from mainport.catalogue.rules.profile import profile
from mainport.catalogue.rules.questionnaire import Answer, Step, Trouble
from mainport.catalogue.rules.questionnaire_file import embedded
from mainport.core.models import AuditEvent, Person
from mainport.core.rules.permissions import VISITOR, NotAllowed, system
from tests.conftest import Cast

pytestmark = pytest.mark.django_db

BY = system("tests")
VISIT = Learner(visit="of-a-visit")


@pytest.fixture
def courses(db: None) -> None:
    demo_courses.load(by=BY)


def step(key: str) -> Step:
    return next(step for step in queries.asked().questionnaire.steps if step.key == key)


def answer(learner: Learner = VISIT, at: str = "want", **given: list[str]) -> dict[str, Trouble]:
    return actions.answer(by=VISITOR, learner=learner, step=step(at), given=given, language="nl")


def record(key: str = "demo-klik-en-tik") -> Record:
    return Record.objects.get(key=key)


class TestQuestionnaire:
    def test_the_one_that_comes_with_mainport_is_asked_and_kept_at_its_first_answer(self) -> None:
        assert queries.asked().row is None
        answer(areas=["start"])
        row = queries.asked().row
        assert row is not None
        assert (row.version, row.active, row.content) == (1, True, embedded())

    def test_a_version_is_kept_and_asked_once_it_is_activated(self, cast: Cast) -> None:
        answer(areas=["1"])
        content = copy.deepcopy(embedded())
        content["title"]["nl"] = "Welke cursus past?"
        made = actions.put_questionnaire(by=cast.dave.actor, content=content, why="Korter")
        assert (made.version, made.active) == (2, False)
        assert queries.asked().questionnaire.title["nl"] == "Welke cursus past bij mij?"
        actions.activate(by=cast.dave.actor, version=made)
        assert queries.asked().questionnaire.title["nl"] == "Welke cursus past?"
        assert queries.current(VISIT, queries.asked()) == {"areas": ["1"]}
        answer(areas=["2"])
        assert Answers.objects.count() == 2  # What was answered to the first version stands as it was asked.
        assert AuditEvent.objects.filter(action="questionnaire.put", why="Korter").exists()

    def test_the_same_again_is_no_new_version(self, cast: Cast) -> None:
        first = actions.put_questionnaire(by=cast.dave.actor, content=embedded())
        assert actions.put_questionnaire(by=cast.dave.actor, content=embedded()) == first

    def test_what_is_wrong_is_refused_and_nothing_is_kept(self, cast: Cast) -> None:
        with pytest.raises(Refused):
            actions.put_questionnaire(by=cast.dave.actor, content={"key": "x"})
        assert not Questionnaire.objects.exists()

    def test_only_for_who_looks_after_all_courses(self, cast: Cast) -> None:
        for person in (cast.judy, cast.alice, cast.ivan):
            with pytest.raises(NotAllowed):
                actions.put_questionnaire(by=person.actor, content=embedded())


class TestAnswers:
    def test_wrong_ones_are_told_and_the_right_ones_kept(self) -> None:
        troubles = answer(at="where", situation=["resident"], home=["Atlantis"], distance=["15"])
        assert troubles == {"home": Trouble.UNKNOWN_PLACE}
        assert queries.current(VISIT, queries.asked()) == {"situation": "resident", "distance": "15"}

    def test_of_another_visit_are_not_seen(self) -> None:
        answer(areas=["1"])
        assert queries.current(Learner(visit="another"), queries.asked()) == {}
        assert queries.current(None, queries.asked()) == {}

    def test_of_visits_that_nobody_came_back_to_are_deleted(self, courses: None) -> None:
        answer(areas=["1"])
        actions.save(by=VISITOR, learner=VISIT, record=record())
        past = timezone.now() - timedelta(days=91)
        Answers.objects.update(at=past)
        Following.objects.update(changed_at=past)
        answer(Learner(visit="a-later-one"), areas=["2"])
        assert [row.visit for row in Answers.objects.all()] == ["a-later-one"]
        assert not Following.objects.exists()

    def test_no_event_names_an_answer_or_a_course(self, courses: None, cast: Cast) -> None:
        mine = Learner(cast.alice.pk)
        answer(mine, at="computer", ease=["never"], reading=["hard"])
        actions.save(by=cast.alice.actor, learner=mine, record=record())
        for event in AuditEvent.objects.filter(action__startswith="academy."):
            assert "klik" not in f"{event.subject} {event.data}"
            assert "never" not in str(event.data)


class TestFollowing:
    def test_from_saved_to_completed(self, courses: None, cast: Cast) -> None:
        by, mine = cast.alice.actor, Learner(cast.alice.pk)
        first = actions.save(by=by, learner=mine, record=record())
        assert actions.save(by=by, learner=mine, record=record()) == first
        assert (
            actions.enrol(by=by, learner=mine, record=record(), offering=record().offerings.first()).state == "enrolled"
        )
        actions.do(by=by, learner=mine, record=record(), deed=Deed.BEGIN)
        followed = actions.do(by=by, learner=mine, record=record(), deed=Deed.PROGRESS, percent=140)
        assert followed is not None
        assert (followed.state, followed.progress) == ("busy", 100)
        done = actions.do(by=by, learner=mine, record=record(), deed=Deed.COMPLETE)
        assert done is not None
        assert done.completed_on == timezone.localdate()
        with pytest.raises(NotPossible):
            actions.do(by=by, learner=mine, record=record(), deed=Deed.BEGIN)

    def test_stopped_and_taken_off(self, courses: None) -> None:
        actions.enrol(by=VISITOR, learner=VISIT, record=record())
        actions.do(by=VISITOR, learner=VISIT, record=record(), deed=Deed.STOP)
        assert actions.do(by=VISITOR, learner=VISIT, record=record(), deed=Deed.REMOVE) is None
        assert not Following.objects.exists()
        with pytest.raises(NotPossible):
            actions.do(by=VISITOR, learner=VISIT, record=record(), deed=Deed.REMOVE)

    def test_only_the_provider_of_the_course_confirms(self, courses: None, cast: Cast) -> None:
        of_hanze = record("demo-data-lezen")
        followed = actions.enrol(by=cast.alice.actor, learner=Learner(cast.alice.pk), record=of_hanze)
        for person in (cast.alice, cast.charlie, cast.ivan):
            with pytest.raises(NotAllowed):
                actions.complete(by=person.actor, following=followed)
        assert actions.complete(by=cast.judy.actor, following=followed).state == "completed"
        of_library = actions.enrol(by=cast.alice.actor, learner=Learner(cast.alice.pk), record=record())
        with pytest.raises(NotAllowed):
            actions.complete(by=cast.judy.actor, following=of_library)
        assert actions.complete(by=cast.dave.actor, following=of_library).state == "completed"

    def test_a_provider_sees_who_enrolled_and_not_who_saved(self, courses: None, cast: Cast) -> None:
        of_hanze = record("demo-data-lezen")
        actions.save(by=cast.alice.actor, learner=Learner(cast.alice.pk), record=of_hanze)
        actions.enrol(by=cast.bob.actor, learner=Learner(cast.bob.pk), record=of_hanze)
        actions.enrol(by=VISITOR, learner=VISIT, record=of_hanze)
        assert [one.person for one in queries.participants(cast.judy.actor, of_hanze)] == [cast.bob]
        assert queries.participants(cast.judy.actor, record()) == []
        assert queries.participants(cast.charlie.actor, of_hanze) == []


class TestWhose:
    def test_a_visit_is_claimed_by_who_logs_in(self, courses: None, cast: Cast) -> None:
        mine = Learner(cast.alice.pk)
        answer(areas=["3"])
        actions.save(by=VISITOR, learner=VISIT, record=record())
        actions.save(by=VISITOR, learner=VISIT, record=record("demo-digid-regelen"))
        actions.enrol(by=cast.alice.actor, learner=mine, record=record())
        actions.claim(by=cast.alice.actor, person=cast.alice, visit=VISIT.visit)
        assert queries.current(mine, queries.asked()) == {"areas": ["3"]}
        assert queries.followed_keys(mine) == {"demo-klik-en-tik", "demo-digid-regelen"}
        assert queries.following(mine, "demo-klik-en-tik").state == "enrolled"  # type: ignore[union-attr]
        assert not queries.followings(VISIT).exists()

    def test_forgetting_takes_only_ones_own(self, courses: None, cast: Cast) -> None:
        mine = Learner(cast.alice.pk)
        for learner in (mine, VISIT):
            answer(learner, areas=["3"])
            actions.save(by=VISITOR, learner=learner, record=record())
        assert actions.forget(by=cast.alice.actor, learner=mine) == 2
        assert not queries.followings(mine).exists()
        assert queries.answers_of(mine) is None
        assert queries.followings(VISIT).exists()


class TestDemo:
    def test_sixty_courses_of_four_providers_over_all_competences_marked_as_invented(self, courses: None) -> None:
        found = Record.objects.filter(kind="course")
        assert found.count() == 60
        assert not found.filter(demo=False).exists()
        assert set(found.values_list("organisation__key", flat=True)) == {"biblionet", "hanze", "noorderpoort", "rug"}
        taught = {one.code for each in queries.candidates() for one in each.course.competences}
        assert taught == {one.code for area in framework().areas for one in area.competences}

    def test_again_makes_nothing_twice(self, courses: None) -> None:
        before = dict(Record.objects.values_list("key", "changed_at"))
        demo_courses.load(by=BY)
        assert dict(Record.objects.values_list("key", "changed_at")) == before

    def test_the_invented_student_has_a_certificate(self, cast: Cast) -> None:
        demo_courses.load(by=BY)
        assert not Following.objects.exists()  # Heidi of the tests isn't an invented person.
        Person.objects.filter(pk=cast.heidi.pk).update(demo=True)
        demo_courses.load(by=BY)
        demo_courses.load(by=BY)
        found = queries.followings(Learner(cast.heidi.pk))
        assert sorted(found.values_list("state", flat=True)) == ["busy", "completed", "saved"]
        assert checked(Badge.objects.get()).stands

    def test_whoever_never_uses_a_computer_gets_the_library_next_door(self, courses: None) -> None:
        answers: dict[str, Answer] = {
            "ease": "never",
            "areas": ["start"],
            "home": "9671",
            "distance": "5",
            "mode": "place",
            "price": "0",
        }
        found = offer(
            profile(queries.asked().questionnaire, {**answers, "language": ["nl"]}),
            queries.candidates(),
            today=timezone.localdate(),
        )
        assert found.widened == ()
        assert len(found.picks) >= 4
        for pick in found.picks:
            assert pick.library
            assert pick.phone.startswith("050 000")
        assert found.picks[0].offering is not None
        assert found.picks[0].offering.places[0].town == "Winschoten"
