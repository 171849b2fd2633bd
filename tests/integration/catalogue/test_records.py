# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Storing records: the rows that follow from what each says."""

from __future__ import annotations

from typing import Any

import pytest

from mainport.catalogue.actions import records
from mainport.catalogue.actions.records import Item, Outcome
from mainport.catalogue.models import Adoption
from mainport.catalogue.queries import records as queries
from mainport.catalogue.rules.courses import Competence, Course, Offering
from mainport.catalogue.rules.faults import Refused
from mainport.catalogue.rules.works import Identifier, Recommendation, Relation, Scheme, Work
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, system

pytestmark = pytest.mark.django_db
BY = system("tests")


def _doi(value: str) -> Identifier:
    return Identifier(Scheme.DOI, value)


ENERGY = Work({"nl": "Energie in de wijk"}, identifiers=(_doi("10.1000/x"),), language="nl")


def test_a_work_is_stored_once_and_changed_where_it_says_something_else() -> None:
    stored = records.put(by=BY, value=ENERGY)
    assert stored.outcome is Outcome.NEW
    assert records.put(by=BY, value=ENERGY, record=stored.record).outcome is Outcome.SAME
    other = Work({"nl": "Warmte in de wijk"}, identifiers=(_doi("10.1000/z"),))
    assert records.put(by=BY, value=other, record=stored.record).outcome is Outcome.CHANGED
    found = queries.find(VISITOR, stored.record.key)
    assert found is not None
    assert queries.value(found) == other
    assert [str(one) for one in found.identifiers.all()] == ["doi:10.1000/z"]
    assert AuditEvent.objects.filter(subject=f"record:{found.key}").count() == 2


def test_a_wrong_value_is_refused_and_nothing_is_stored() -> None:
    with pytest.raises(Refused, match="title"):
        records.put(by=BY, value=Work({}))
    assert not queries.published().exists()


def test_relations_find_their_record_whichever_comes_first() -> None:
    builds_on = Work({"nl": "Later"}, relations=(Relation("Continues", _doi("10.1000/x")),))
    late = records.put(by=BY, value=builds_on).record
    assert late.relations.get().other is None
    first = records.put(by=BY, value=ENERGY).record
    assert late.relations.get().other == first
    again = records.put(by=BY, value=Work({"nl": "Nog later"}, relations=builds_on.relations)).record
    assert again.relations.get().other == first


def test_a_course_keeps_the_row_of_an_offering_that_stays() -> None:
    course = Course("c1", {"nl": "Mailen"}, offerings=(Offering("o1", of="c1"), Offering("o2", of="c1")))
    record = records.put(by=BY, value=course).record
    kept = record.offerings.get(identifier="o1").pk
    later = Course("c1", {"nl": "Mailen"}, competences=(Competence("2.1", 1),), offerings=(Offering("o1", of="c1"),))
    records.put(by=BY, value=later, record=record)
    assert record.offerings.get().pk == kept


def test_an_adopted_recommendation_stays_where_the_work_drops_it() -> None:
    advice = (Recommendation(1, {"nl": "Isoleer"}), Recommendation(2, {"nl": "Meet"}))
    record = records.put(by=BY, value=Work({"nl": "Wonen"}, recommendations=advice)).record
    first = record.recommendations.get(number=1)
    Adoption.objects.create(
        recommendation=first, task="A1", text=first.text, by_name="x", at=record.made_at, changed_at=record.made_at
    )
    records.put(by=BY, value=Work({"nl": "Wonen"}), record=record)
    assert [one.number for one in record.recommendations.all()] == [1]


def test_a_page_of_a_harvest_takes_a_handful_of_queries(django_assert_max_num_queries: Any) -> None:
    page = [Item(Work({"nl": f"Werk {number}"}, identifiers=(_doi(f"10.1000/{number}"),))) for number in range(100)]
    with django_assert_max_num_queries(14):
        records.put_many(page)
    assert queries.published().count() == 100


def test_what_waits_is_seen_by_its_author_and_the_research_office_alone(cast: Any) -> None:
    value = Work({"nl": "Nog niet klaar"})
    waiting = records.put(by=BY, value=value, state="submitted", made_by=cast.heidi).record
    draft = records.put(by=BY, value=value, state="draft", made_by=cast.heidi).record
    seen = {
        name: [one for one in (waiting, draft) if queries.find(getattr(cast, name).actor, one.key)]
        for name in ("heidi", "ivan", "dave", "frank", "grace", "alice")
    }
    assert seen == {"heidi": [waiting, draft], "ivan": [waiting], "dave": [], "frank": [], "grace": [], "alice": []}
