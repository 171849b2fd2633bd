# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records of different sources that are one: found, joined, changed at their sources, taken apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from mainport.catalogue.actions import harvesting, merging, records
from mainport.catalogue.actions.duplicates import look
from mainport.catalogue.actions.repositories import add_repository
from mainport.catalogue.models import KeptFile, Match, Record, Repository
from mainport.catalogue.queries import records as queries
from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Author, Identifier, Organisation, Scheme, Subject, Work, WorkType
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed, system
from tests.harvest_server import Kept, Source

pytestmark = pytest.mark.django_db
BY = system("tests")


def repository(key: str, preference: int = 100) -> Repository:
    return add_repository(by=BY, key=key, format="oai-pmh", url=f"https://{key}.example/", preference=preference)


def work(title: str, doi: str = "", **more: Any) -> Work:
    numbers = (Identifier(Scheme.DOI, doi),) if doi else ()
    return Work(
        {"nl": title},
        type=WorkType.THESIS,
        identifiers=numbers,
        authors=(Author("Alice Jansen", family="Jansen", given="Alice"),),
        published=Day(2025),
        **more,
    )


def put(value: Any, source: Repository | None = None) -> Record:
    return records.put_many([records.Item(value)], repository=source)[0].record


def fresh(record: Record) -> Record:
    return Record.objects.get(pk=record.pk)


def test_the_same_doi_is_the_same_work_and_the_preferred_source_is_kept() -> None:
    far, near = repository("far", 200), repository("near", 10)
    one = put(work("Warmte in de wijk", "10.1000/a", subjects=(Subject("warmte"),)), far)
    other = put(work("Warmte in de wijk", "10.1000/a", abstracts={"nl": "Over buizen."}), near)
    put(work("Iets heel anders over vogels", "10.1000/b"), near)
    before = timezone.now()
    found = look(by=BY)
    assert (found.compared, found.merged, found.asked) == (3, 1, 0)
    one, other = fresh(one), fresh(other)
    assert (one.merged_into, other.merged_into) == (other, None)
    said = queries.value(other)
    assert isinstance(said, Work)
    assert [subject.label for subject in said.subjects] == ["warmte"]
    assert said.abstracts == {"nl": "Over buizen."}
    assert other.own is not None
    assert "subjects" not in other.own
    assert min(one.changed_at, other.changed_at) > before
    assert queries.published().count() == 2
    assert look(by=BY).merged == 0


def test_what_was_joined_is_taken_apart_and_never_joined_again() -> None:
    one = put(work("Warmte in de wijk", "10.1000/a"), repository("a"))
    other = put(work("Warmte in de wijk", "10.1000/a", subjects=(Subject("warmte"),)), repository("b"))
    contents = fresh(one).content, fresh(other).content
    look(by=BY)
    match = Match.objects.get()
    merging.tell_apart(by=BY, match=match, why="two studies")
    assert (fresh(one).content, fresh(other).content) == contents
    assert (fresh(one).own, fresh(other).merged_into) == (None, None)
    assert look(by=BY, all_anew=True).merged == 0
    with pytest.raises(merging.CannotMerge, match="told apart"):
        merging.merge(by=BY, first=one, second=other, reason="by hand")
    match.refresh_from_db()
    merging.ask_again(by=BY, match=match)
    assert merging.merge(by=BY, first=other, second=one, reason="by hand").verdict == "merged"
    assert fresh(other).merged_into == one
    assert AuditEvent.objects.filter(action__startswith="record.").count() == 4


def test_a_group_of_three_is_taken_apart_one_by_one() -> None:
    made = [put(work("Warmte in de wijk", "10.1000/a"), repository(key)) for key in "abc"]
    look(by=BY)
    assert {fresh(one).merged_into_id for one in made} == {None, made[0].pk}
    merging.tell_apart(by=BY, match=Match.objects.get(other=made[1]))
    assert fresh(made[1]).merged_into is None
    assert fresh(made[2]).merged_into == made[0]
    # By way of the third, the two that were told apart don't come together.
    with pytest.raises(merging.CannotMerge):
        merging.merge(by=BY, first=made[2], second=made[1], reason="by hand")


def test_two_trees_are_joined_at_their_roots_and_come_apart_there() -> None:
    one, two, three, four = (put(work(f"Titel {key}"), repository(key)) for key in "abcd")
    merging.merge(by=BY, first=one, second=two, reason="by hand")
    merging.merge(by=BY, first=three, second=four, reason="by hand")
    match = merging.merge(by=BY, first=two, second=four, reason="by hand")
    assert {fresh(part).merged_into_id for part in (two, three, four)} == {one.pk}
    merging.tell_apart(by=BY, match=match)
    assert (fresh(two).merged_into_id, fresh(three).merged_into_id) == (one.pk, None)
    assert fresh(four).merged_into_id == three.pk


def test_what_is_uncertain_is_asked() -> None:
    title = {"nl": "Warmte in de wijk: een onderzoek naar buizen"}
    one = put(work(title["nl"]), repository("a"))
    other = put(Work(title, type=WorkType.THESIS, published=Day(2025)), repository("b"))
    assert look(by=BY).asked == 1
    match = Match.objects.get()
    assert (match.verdict, match.kept, match.other, match.reason) == ("open", one, other, "same-title")
    assert look(by=BY, all_anew=True).asked == 0
    assert merging.merge(by=BY, first=other, second=one, reason=match.reason).pk == match.pk


def test_records_of_one_source_are_asked_and_never_joined_by_themselves() -> None:
    source = repository("a")
    put(work("Warmte in de wijk", "10.1000/a"), source)
    put(work("Warmte in de wijk", "10.1000/a"), source)
    found = look(by=BY)
    assert (found.merged, found.asked) == (0, 1)


def test_the_same_full_text_is_found() -> None:
    text = " ".join(f"woord{number % 97} over warmte {number}" for number in range(400))
    one, other = put(work("Warmte"), repository("a")), put(work("Eindverslag van mijn stage"), repository("b"))
    for record in (one, other):
        KeptFile.objects.create(
            record=record, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, text=text,
            access="open", by_name="x", at=timezone.now(),
        )  # fmt: skip
    look(by=BY)
    assert Match.objects.get().reason == "alike-text"


def test_courses_of_one_provider_are_one() -> None:
    def course(number: str) -> Course:
        return Course(
            number, {"nl": "Klik en tik"}, provider=Organisation("Forum Groningen"), url="https://forum.example/klik"
        )

    put(course("c1"), repository("a"))
    put(course("c2"), repository("b"))
    found = look(by=BY)
    assert found.merged + found.asked == 1


def test_works_and_courses_are_never_one() -> None:
    one, other = put(work("Warmte")), put(Course("c1", {"nl": "Warmte"}))
    with pytest.raises(merging.CannotMerge):
        merging.merge(by=BY, first=one, second=other, reason="by hand")
    with pytest.raises(NotAllowed):
        merging.merge(by=VISITOR, first=one, second=one, reason="by hand")


def _harvested(key: str, source: Source, preference: int) -> Repository:
    made = repository(key, preference)
    harvest(made, source)
    return made


def harvest(repository: Repository, source: Source) -> Any:
    from urllib.parse import parse_qs, urlsplit

    def get(url: str, *, accept: str = "*/*") -> bytes:
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        return source.answer(query)[2]

    repository.refresh_from_db()
    return harvesting.harvest(by=BY, repository=repository, get=get)


def test_a_harvest_changes_what_is_joined_and_deletions_leave_what_others_say() -> None:
    first, second = Source(), Source()
    first.records["oai:a:1"] = Kept("Warmte", "2026-01-01T00:00:00Z", "10.1000/a")
    second.records["oai:b:1"] = Kept("Warmte", "2026-01-01T00:00:00Z", "10.1000/a")
    near, far = _harvested("near", first, 1), _harvested("far", second, 9)
    assert look(by=BY).merged == 1
    kept, other = Record.objects.get(repository=near), Record.objects.get(repository=far)
    second.records["oai:b:1"] = Kept("Warmte, of hitte", "2026-01-11T00:00:00Z", "10.1000/zz")
    harvest(far, second)
    assert {one.value for one in fresh(kept).identifiers.all()} >= {"10.1000/a", "10.1000/zz"}
    assert fresh(kept).titles == {"nl": "Warmte"}
    first.records["oai:a:1"] = Kept("", "2026-01-11T00:00:00Z", deleted=True)
    harvest(near, first)
    kept = fresh(kept)
    assert (kept.state, kept.titles) == ("published", {"nl": "Warmte, of hitte"})
    second.records["oai:b:1"] = Kept("", "2026-01-12T00:00:00Z", deleted=True)
    harvest(far, second)
    assert (fresh(kept).state, fresh(other).state) == ("withdrawn", "withdrawn")
    first.records["oai:a:1"] = Kept("Terug", "2026-01-13T00:00:00Z", "10.1000/a")
    harvest(near, first)
    assert (fresh(kept).state, fresh(kept).titles) == ("published", {"nl": "Terug"})


def test_what_is_written_here_is_joined_anew() -> None:
    one = put(work("Warmte in de wijk", "10.1000/a"))
    other = put(work("Warmte in de wijk", "10.1000/a", subjects=(Subject("warmte"),)), repository("b"))
    look(by=BY)
    records.put(by=BY, value=work("Hitte in de wijk", "10.1000/a"), record=fresh(one))
    said = queries.value(fresh(one))
    assert isinstance(said, Work)
    assert (said.titles, len(said.subjects)) == ({"nl": "Hitte in de wijk"}, 1)
    records.withdraw(by=BY, record=fresh(other), why="wrong")
    said = queries.value(fresh(one))
    assert isinstance(said, Work)
    assert said.subjects == ()
    records.withdraw(by=BY, record=fresh(one), why="wrong")
    assert fresh(one).state == "withdrawn"


def test_what_somebody_here_withdrew_stays_withdrawn() -> None:
    source = Source()
    source.records["oai:a:1"] = Kept("Warmte", "2026-01-01T00:00:00Z", "10.1000/a")
    near = _harvested("near", source, 1)
    record = Record.objects.get()
    records.withdraw(by=BY, record=record, why="personal data")
    source.records["oai:a:1"] = Kept("Warmte 2", "2026-01-12T00:00:00Z", "10.1000/a")
    assert harvest(near, source).same == 1
    assert fresh(record).state == "withdrawn"
