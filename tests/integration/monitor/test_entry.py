# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Values by hand: nothing counts before a second person has confirmed it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from mainport.core.models import AuditEvent, Person
from mainport.core.rules.permissions import NotAllowed, system
from mainport.monitor import queries
from mainport.monitor.actions import store, subscribe
from mainport.monitor.actions.entry import Proposal, confirm, propose, send_back, withdraw
from mainport.monitor.models import Dataset, Entry, Feed, Fetch, Indicator, Observation
from mainport.monitor.queries import entry as reads
from mainport.monitor.queries.indicators import ENTERED
from mainport.monitor.rules.entry import EntryRefused, No
from mainport.monitor.rules.tables import Code, Dimension, Lines, Measure, Missing, Role
from tests.conftest import BY, Cast
from tests.functional.matrix.entry import make_indicator

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator(db: None) -> Indicator:
    return make_indicator()


def enter(person: Person, value: float | None = 60_000.0, place: str = "indicator:students", **more) -> Entry:
    told = {"at": ("groningen",), "period": "2021", "source": "Jaarverslag 2021, p. 4", **more}
    return propose(by=person.actor, place=reads.place_of(place), proposal=Proposal(value=value, **told))


def figures() -> list[tuple[str, float | None]]:
    (found,) = queries.values_of(queries.find_indicators().filter(key="students"))
    return [(figure.period, figure.point and figure.point.value) for figure in found.figures]


def test_only_what_another_confirmed_counts(cast: Cast, indicator: Indicator) -> None:
    entry = enter(cast.dave)
    assert figures() == []
    assert reads.waiting(cast.frank.actor) == [entry]

    confirm(by=cast.frank.actor, entry=entry)

    assert figures() == [("2021", 60_000.0)]
    assert reads.waiting(cast.frank.actor) == []
    fetch = Fetch.objects.get()
    assert (fetch.feed.format, fetch.by_name, fetch.changed) == (Feed.Format.HAND, "Frank", 1)
    (shown,) = queries.values_of(queries.find_indicators().filter(key="students"))
    from mainport.monitor.queries.citing import sources_of

    assert [source.document for source in sources_of([shown]).values()] == ["Jaarverslag 2021, p. 4"]


def test_nobody_confirms_or_returns_their_own(cast: Cast, indicator: Indicator) -> None:
    entry = enter(cast.dave)
    for decide in (
        lambda: confirm(by=cast.dave.actor, entry=entry),
        lambda: send_back(by=cast.dave.actor, entry=entry, why="no"),
        lambda: confirm(by=system("worker"), entry=entry),
    ):
        with pytest.raises(EntryRefused) as refused:
            decide()
        assert refused.value.faults == {"": No.OWN_ENTRY}
    assert Observation.objects.count() == 0


def test_the_database_too_keeps_the_four_eyes(cast: Cast, indicator: Indicator) -> None:
    entry = enter(cast.dave)
    with pytest.raises(IntegrityError, match="entry_four_eyes"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(
            state="returned", why="x", decided_by=cast.dave, decided_at=timezone.now()
        )


@pytest.mark.parametrize("name", ["alice", "bob", "erin", "grace"])
def test_only_who_manages_feeds(cast: Cast, indicator: Indicator, name: str) -> None:
    person = getattr(cast, name)
    with pytest.raises(NotAllowed):
        enter(person)
    entry = enter(cast.dave)
    for decide in (confirm, withdraw):
        with pytest.raises(NotAllowed):
            decide(by=person.actor, entry=entry)
    assert reads.waiting(person.actor) == []


def test_returned_with_a_reason_and_entered_again(cast: Cast, indicator: Indicator) -> None:
    entry = enter(cast.dave)
    with pytest.raises(EntryRefused) as refused:
        send_back(by=cast.frank.actor, entry=entry, why=" ")
    assert refused.value.faults == {"why": No.NO_REASON}
    send_back(by=cast.frank.actor, entry=entry, why="The page says 61,000")
    assert figures() == []
    with pytest.raises(EntryRefused):
        confirm(by=cast.frank.actor, entry=entry)
    again = enter(cast.dave, 61_000.0)
    confirm(by=cast.frank.actor, entry=again)
    assert figures() == [("2021", 61_000.0)]
    assert list(
        AuditEvent.objects.filter(action__startswith="entry.").order_by("id").values_list("action", "by_name", "why")
    ) == [
        ("entry.propose", "Dave", ""),
        ("entry.return", "Frank", "The page says 61,000"),
        ("entry.propose", "Dave", ""),
        ("entry.confirm", "Frank", ""),
    ]


def test_withdrawn_by_who_entered_it_alone(cast: Cast, indicator: Indicator) -> None:
    entry = enter(cast.dave)
    with pytest.raises(EntryRefused):
        withdraw(by=cast.frank.actor, entry=entry)
    withdraw(by=cast.dave.actor, entry=entry)
    assert reads.decided(cast.dave.actor)[0].state == Entry.State.WITHDRAWN
    with pytest.raises(EntryRefused):
        withdraw(by=cast.dave.actor, entry=entry)


def test_one_waits_for_a_cell_at_a_time(cast: Cast, indicator: Indicator) -> None:
    enter(cast.dave)
    with pytest.raises(EntryRefused) as refused:
        enter(cast.frank, 1.0)
    assert refused.value.faults == {"": No.WAITS_ALREADY}
    enter(cast.frank, 1.0, period="2022")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"period": "last year"}, {"period": No.NO_PERIOD}),
        ({"source": "  "}, {"source": No.NO_SOURCE}),
        ({"value": None}, {"value": No.VALUE_OR_REASON}),
        ({"missing": Missing.CONFIDENTIAL}, {"value": No.VALUE_OR_REASON}),
        ({"value": float("inf")}, {"value": No.VALUE_OR_REASON}),
        ({"at": ("mars",)}, {"side_0": No.NO_SUCH_CELL}),
        ({"at": ()}, {"side_0": No.NO_SUCH_CELL}),
    ],
)
def test_what_cannot_be_entered(cast: Cast, indicator: Indicator, more, fault) -> None:
    with pytest.raises(EntryRefused) as refused:
        enter(cast.dave, **more)
    assert refused.value.faults == fault
    assert not Entry.objects.exists()


def test_a_correction_is_a_revision_and_another_source_a_difference(cast: Cast, indicator: Indicator) -> None:
    confirm(by=cast.frank.actor, entry=enter(cast.dave, 1.0))
    confirm(by=cast.dave.actor, entry=enter(cast.frank, 2.0))
    assert figures() == [("2021", 2.0)]
    assert Observation.objects.filter(current=False).count() == 1
    confirm(by=cast.dave.actor, entry=enter(cast.frank, 3.0, source="https://example.org/report"))
    assert sorted(value for _period, value in figures()) == [2.0, 3.0]
    (found,) = queries.values_of(queries.find_indicators().filter(key="students"))
    assert found.standing.differing == (2021.0,)


def test_a_reason_for_none_takes_the_value_back(cast: Cast, indicator: Indicator) -> None:
    confirm(by=cast.frank.actor, entry=enter(cast.dave, 1.0))
    confirm(by=cast.frank.actor, entry=enter(cast.dave, None, missing=Missing.CONFIDENTIAL))
    assert figures() == []
    assert Observation.objects.get(current=True).missing == Missing.CONFIDENTIAL


def test_another_area_is_a_line_to_compare_with(cast: Cast, indicator: Indicator) -> None:
    confirm(by=cast.frank.actor, entry=enter(cast.dave, 700.0, at=("nederland",)))
    (found,) = queries.values_of(queries.find_indicators().filter(key="students"))
    assert found.figures == []
    assert [point.value for point in found.lines["nederland"].values()] == [700.0]


def test_a_measure_of_a_table_that_nobody_visits(cast: Cast) -> None:
    feed = Feed.objects.create(key="survey", format=Feed.Format.SHEET, title={"mul": "Survey"})
    fetch = Fetch.objects.create(feed=feed, at=timezone.now(), outcome="stored", code_version="0", by_name="tests")
    table = Lines(
        key="survey",
        title="Survey",
        dimensions=(
            Dimension("Regio", "Regio", Role.GEO, (Code("GM0014", "Groningen"),)),
            Dimension("Perioden", "Perioden", Role.TIME, (Code("2020JJ00", "2020"),)),
        ),
        measures=(Measure("M1", "Answers", "people"),),
        lines={("M1", "GM0014"): {"2020JJ00": (5.0, None, 0, 0)}},
    )
    store(by=BY, fetch=fetch, tables=[table])
    place = {"place": "dataset:survey", "at": ("GM0014",), "measure": "M1"}
    with pytest.raises(EntryRefused) as refused:
        enter(cast.dave, 6.0, **{**place, "measure": "M2"})
    assert refused.value.faults == {"measure": No.NO_SUCH_CELL}

    confirm(by=cast.frank.actor, entry=enter(cast.dave, 6.0, **{**place, "period": "2020"}))
    confirm(by=cast.frank.actor, entry=enter(cast.dave, 7.0, **place))

    (line,) = queries.lines(Dataset.objects.get(key="survey")).lines.values()
    assert {period: cell[0] for period, cell in line.items()} == {"2020JJ00": 6.0, "2021": 7.0}
    assert Fetch.objects.filter(feed__key=ENTERED).count() == 2


def test_what_a_source_brings_cannot_be_overruled_by_hand(cast: Cast) -> None:
    feed = Feed.objects.create(key="cbs", format=Feed.Format.CBS, title={"mul": "CBS"})
    Dataset.objects.create(key="cbs", feed=feed, title="CBS", language="nl", dimensions=[], measures=[])
    with pytest.raises(Dataset.DoesNotExist):
        reads.place_of("dataset:cbs")


def test_followers_are_told(cast: Cast, indicator: Indicator, django_capture_on_commit_callbacks) -> None:
    Person.objects.filter(pk=cast.erin.pk).update(language="en")
    subscribe(by=cast.erin.actor, indicator=indicator)
    entry = enter(cast.dave)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(by=cast.frank.actor, entry=entry)
    (letter,) = mail.outbox
    assert letter.to == [cast.erin.email]
    assert "60,000 (new)" in letter.body
