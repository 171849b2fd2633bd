# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a visit to a feed keeps, and that nothing that a source does destroys what was there."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from mainport import __version__
from mainport.core.fetching import raw
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import NotAllowed, system
from mainport.monitor import queries
from mainport.monitor.actions import FeedRefused, Visited, add_feed, refresh
from mainport.monitor.models import Dataset, Feed, Fetch, Observation
from tests.replay import Replay

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
BY = system("tests")
TABLE = "82235NED"
COUNT = 889


def make_feed(replay: Replay, **more: Any) -> Feed:
    values = {"key": TABLE, "format": "cbs", "title": {}, "url": replay.url, "settings": {"table": TABLE}}
    return add_feed(by=BY, **{**values, **more})


@pytest.fixture
def visit(replay: Replay, django_capture_on_commit_callbacks):
    """Visit the feed, with the jobs that follow from it."""

    def go(**options: Any) -> Visited:
        with django_capture_on_commit_callbacks(execute=True):
            return refresh(by=BY, feed=Feed.objects.get(key=TABLE), **options)

    return go


@pytest.fixture
def good(replay, visit, cast) -> Feed:
    """A feed of Bob that went well once."""
    make_feed(replay, owner=cast.bob, every=24)
    assert not visit().stale
    replay.forget()
    return Feed.objects.get(key=TABLE)


# --- Whatever comes, what was there stays ---


def html(replay: Replay) -> None:
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(
        200, b"<!DOCTYPE html><title>Onderhoud</title>", "text/html"
    )


def half_a_page(replay: Replay) -> None:
    body = json.dumps(replay.recorded(TABLE, "Observations")).encode()
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(200, body[: len(body) // 2])


def cut_off(replay: Replay) -> None:
    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(b'{"value": [')
        handler.close_connection = True

    replay.answers[f"{TABLE}/Observations"] = answer


def half_the_rows(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Observations"] = lambda found: {**found, "value": found["value"][: COUNT // 2]}


def nothing(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Observations"] = lambda found: {**found, "value": []}


def changed_dimension(replay: Replay) -> None:
    def renamed(found: Any) -> Any:
        return {**found, "value": [{**d, "Identifier": "Tijdvakken"} for d in found["value"]]}

    replay.changes[f"{TABLE}/Dimensions"] = renamed
    replay.answers[f"{TABLE}/TijdvakkenCodes"] = lambda h: h.send(
        200, json.dumps(replay.recorded(TABLE, "PeriodenCodes")).encode()
    )
    replay.changes[f"{TABLE}/Observations"] = lambda found: {
        "value": [{**row, "Tijdvakken": row["Perioden"]} for row in found["value"]]
    }


def another_dimension(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Observations"] = lambda found: {
        "value": [{**row, "RegioS": "NL01"} for row in found["value"]]
    }


def whole_new_shape(replay: Replay) -> None:
    """A dimension more, and everything agrees with it."""
    one = {"Identifier": "NL01", "Title": "Nederland"}
    replay.changes[f"{TABLE}/Dimensions"] = lambda found: {
        "value": [{"Identifier": "RegioS", "Title": "Regio", "Kind": "GeoDimension"}, *found["value"]]
    }
    replay.answers[f"{TABLE}/RegioSCodes"] = lambda h: h.send(200, json.dumps({"value": [one]}).encode())
    another_dimension(replay)


def unknown_code(replay: Replay) -> None:
    replay.changes[f"{TABLE}/PeriodenCodes"] = lambda found: {**found, "value": found["value"][1:]}


def below_zero(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Observations"] = lambda found: {
        "value": [
            {**row, "Value": -1} if row["Measure"] == found["value"][0]["Measure"] else row for row in found["value"]
        ]
    }


def not_a_number(replay: Replay) -> None:
    body = json.dumps(replay.recorded(TABLE, "Observations")).replace('"Value": 1442', '"Value": NaN').encode()
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(200, body)


def number_in_quotes(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Observations"] = lambda found: {
        "value": [{**row, "Value": str(row["Value"])} for row in found["value"]]
    }


def another_table(replay: Replay) -> None:
    replay.changes[f"{TABLE}/Properties"] = lambda found: {**found, "Identifier": "37789ksz"}


def error_500(replay: Replay) -> None:
    replay.answers[f"{TABLE}/Properties"] = lambda h: h.send(500, b"Internal Server Error", "text/plain")


def inside(replay: Replay) -> None:
    to = "http://169.254.169.254/latest/meta-data/"
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(302, b"", Location=to)


def inside_here(replay: Replay) -> None:
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(302, b"", Location="http://127.0.0.1:1/")


def inside_next(replay: Replay) -> None:
    page = {"value": [], "@odata.nextLink": "http://10.0.0.1/secret"}
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(200, json.dumps(page).encode())


def local_file(replay: Replay) -> None:
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(302, b"", Location="file:///etc/passwd")


def round_and_round(replay: Replay) -> None:
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(302, b"", Location=h.path)


def circle_of_pages(replay: Replay) -> None:
    page = {"value": [], "@odata.nextLink": f"{replay.url}/{TABLE}/Observations?$skip=1"}
    replay.answers[f"{TABLE}/Observations"] = lambda h: h.send(200, json.dumps(page).encode())


def two_gigabytes(replay: Replay) -> None:
    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(2 * 1024**3))
        handler.end_headers()
        handler.close_connection = True

    replay.answers[f"{TABLE}/Observations"] = answer


def endless(replay: Replay) -> None:
    """Gigabytes that don't say so in front, packed small."""
    import zlib

    def answer(handler: Any) -> None:
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        packer = zlib.compressobj(wbits=31)
        try:
            for _piece in range(200):
                handler.wfile.write(packer.compress(b" " * 10_000_000))
        except OSError:
            pass

    replay.answers[f"{TABLE}/Observations"] = answer


TRICKS = [
    (html, "refused", "sent a web page"),
    (half_a_page, "refused", "isn't whole"),
    (cut_off, "failed", "broke off its answer"),
    (half_the_rows, "refused", "444 observations came where 889 were known, of the same version"),
    (nothing, "refused", "0 observations came where 889 were known"),
    (changed_dimension, "refused", "the dimensions of 82235NED changed"),
    (another_dimension, "refused", "an observation came with RegioS"),
    (whole_new_shape, "refused", "the dimensions of 82235NED changed: now RegioS, Perioden; before Perioden"),
    (unknown_code, "refused", "has the Perioden '1921JJ00', which the table doesn't name"),
    (below_zero, "refused", "Beginstand voorraad can't be below zero: -1 x 1 000 at 1921JJ00"),
    (not_a_number, "refused", "NaN is no number"),
    (number_in_quotes, "refused", "a value that is no number: '1442'"),
    (another_table, "refused", "doesn't speak of 82235NED, but of '37789ksz'"),
    (error_500, "failed", "answered 500 Internal Server Error (asked 3 times)"),
    (inside, "refused", "169.254.169.254 is the inside address 169.254.169.254"),
    (inside_here, "refused", "127.0.0.1:1 is an inside address"),
    (inside_next, "refused", "10.0.0.1 is the inside address 10.0.0.1"),
    (local_file, "refused", "file:///etc/passwd isn't an address that begins with https://"),
    (round_and_round, "refused", "sends on more than 5 times"),
    (circle_of_pages, "refused", "goes in circles"),
    (two_gigabytes, "refused", "is 2,048 MiB: a visit may bring 512 MiB"),
    (endless, "refused", "goes on: one answer may bring 128 MiB"),
]


def stored() -> list[tuple[Any, ...]]:
    return list(Observation.objects.order_by("pk").values_list("pk", "value", "missing", "current", "fetch"))


@pytest.mark.parametrize(("trick", "outcome", "message"), TRICKS, ids=[trick.__name__ for trick, *_ in TRICKS])
def test_a_source_that_breaks_leaves_what_was_there(replay, good, visit, trick, outcome, message):
    before, described = stored(), Dataset.objects.values().get(key=TABLE)
    trick(replay)

    visited = visit()

    assert message in visited.fetch.message
    assert visited.fetch.outcome == outcome
    assert stored() == before
    assert Dataset.objects.values().get(key=TABLE) == described
    (state,) = queries.feed_states(by=BY)
    assert state.stale
    assert message in state.problem
    assert state.good_at == good.good_at
    assert state.observations == COUNT
    (letter,) = mail.outbox
    assert letter.to == ["bob@example.org"]
    assert visited.fetch.message in letter.body

    replay.forget()
    assert not visit().stale
    assert queries.feed_states(by=BY)[0].problem == ""
    assert stored() == before


def test_more_than_a_visit_may_bring_is_not_read_to_its_end(replay, good, visit, settings):
    settings.FEEDS_MAX_MIB = 20
    endless(replay)
    visited = visit()
    assert "goes on: a visit may bring 20 MiB; ask for less, with a filter" in visited.fetch.message
    assert visited.stale


def test_a_source_that_takes_too_long(replay, good, visit, settings):
    settings.FEEDS_MAX_SECONDS = 0
    visited = visit()
    assert "takes longer than 0 seconds" in visited.fetch.message
    assert visited.fetch.outcome == "failed"


def test_a_feed_that_never_went_well(replay, visit, cast):
    make_feed(replay)
    error_500(replay)
    assert visit().stale
    assert [letter.to for letter in mail.outbox] == [["dave@example.org"]], "without owner, the programme office hears"
    assert "No values" in mail.outbox[0].body or "geen" in mail.outbox[0].body.lower()
    assert not Dataset.objects.exists()


def test_the_owner_is_told_once(replay, good, visit):
    error_500(replay)
    visit()
    visit()
    assert len(mail.outbox) == 1
    replay.forget()
    visit()
    html(replay)
    visit()
    assert len(mail.outbox) == 2, "it went well between"


def test_a_letter_that_is_sent_twice_goes_out_once(replay, good, visit):
    from mainport.monitor.tasks import tell_owner

    error_500(replay)
    fetch = visit().fetch
    tell_owner.enqueue(fetch.pk)
    assert len(mail.outbox) == 1


def test_what_looks_impossible_is_stored_when_somebody_accepts_it(replay, good, visit):
    below_zero(replay)
    assert visit().stale
    assert not visit(accept=True).stale
    assert Observation.objects.filter(value=-1, current=True).count() > 50
    assert AuditEvent.objects.filter(action="feed.refresh", data__accepted=True).count() == 1


def test_a_source_that_fails_for_a_moment_is_asked_again(replay, visit):
    make_feed(replay)
    asked = []

    def answer(handler: Any) -> None:
        asked.append(1)
        if len(asked) < 3:
            handler.send(503, b"", **{"Retry-After": "0"})
        else:
            handler.send(200, json.dumps(replay.recorded(TABLE, "Observations")).encode())

    replay.answers[f"{TABLE}/Observations"] = answer
    assert visit().stored.observations == COUNT
    assert len(asked) == 3


def test_loopback_is_refused_unless_it_is_allowed(replay, visit, settings):
    settings.FEEDS_ALLOW_LOOPBACK = False
    make_feed(replay)
    assert "loopback address 127.0.0.1" in visit().fetch.message
    assert replay.asked == []


# --- What is kept ---


def test_raw_answers_are_kept_with_where_they_came_from(replay, visit):
    make_feed(replay)
    fetch = visit().fetch
    assert (fetch.outcome, fetch.by_name, fetch.code_version) == ("stored", "tests", __version__)
    assert fetch.url == f"{replay.url}/{TABLE}/Properties"
    assert fetch.licence == "https://creativecommons.org/licenses/by/4.0/"
    with zipfile.ZipFile(raw.folder() / fetch.raw) as archive:
        answers = json.loads(archive.read(raw.LIST))
        assert [answer["url"].rsplit("/", 1)[1] for answer in answers] == [
            "Properties",
            "Dimensions",
            "MeasureCodes",
            "PeriodenCodes",
            "PeriodenGroups",
            "Observations",
        ]
        assert json.loads(archive.read(answers[5]["name"]))["value"] == replay.recorded(TABLE, "Observations")["value"]
    assert fetch.size == sum(answer["size"] for answer in answers)
    assert len(fetch.sha256) == 64


def test_what_was_refused_is_kept_too(replay, good, visit):
    html(replay)
    fetch = visit().fetch
    with zipfile.ZipFile(raw.folder() / fetch.raw) as archive:
        assert b"Onderhoud" in archive.read("0006")


def test_nothing_is_left_of_a_visit_that_brought_nothing(replay, visit):
    make_feed(replay)
    error_500(replay)
    assert visit().fetch.raw == ""
    assert list(raw.folder().rglob("*")) == []


def test_a_second_visit_asks_only_whether_anything_changed(replay, good, visit):
    visited = visit()
    assert {status for _path, status in replay.asked} == {304}
    assert (visited.fetch.outcome, visited.stored.observations, visited.stored.changed) == ("unchanged", COUNT, 0)
    assert visited.fetch.raw == Fetch.objects.get(outcome="stored").raw


def test_without_etags_the_same_answers_are_recognised(replay, visit):
    replay.etags = False
    make_feed(replay)
    visit()
    assert visit().fetch.outcome == "unchanged"
    assert len(list(raw.folder().rglob("*.zip"))) == 1


def test_one_changed_value_is_one_other_row(replay, good, visit):
    def revised(found: Any) -> Any:
        found["value"][0]["Value"] = 1342
        return found

    replay.changes[f"{TABLE}/Observations"] = revised
    visited = visit()
    assert (visited.stored.observations, visited.stored.changed) == (COUNT, 1)
    statuses = [status for _path, status in replay.asked]
    assert statuses == [304, 304, 304, 304, 304, 200], "what didn't change isn't sent again"
    old = Observation.objects.get(current=False)
    new = Observation.objects.get(series=old.series, period=old.period, current=True)
    assert (old.value, new.value) == (1442, 1342)


def test_a_period_that_becomes_definitive_is_learnt(replay, visit):
    make_feed(replay)

    def provisional(found: Any) -> Any:
        found["value"][-1]["Status"] = "Voorlopig"
        return found

    replay.changes[f"{TABLE}/PeriodenCodes"] = provisional
    visit()
    assert Observation.objects.filter(finality=1).count() == 9
    replay.forget()
    assert visit().stored.changed == 9
    assert not Observation.objects.filter(finality=1, current=True).exists()


def test_by_schedule_the_version_of_the_table_says_enough(replay, good, visit):
    replay.etags = False
    visited = visit(if_changed=True)
    assert [path.rsplit("/", 1)[1] for path, _status in replay.asked] == ["Properties"]
    assert (visited.fetch.outcome, visited.stored.observations) == ("unchanged", COUNT)


def test_a_stale_feed_is_read_whole_whatever_its_version(replay, good, visit):
    error_500(replay)
    visit()
    replay.forget()
    visit(if_changed=True)
    assert len(replay.asked) == 6


# --- Feeds themselves ---


def test_a_feed_is_visited_again_after_its_hours_and_sooner_when_it_failed(replay, good, visit):
    assert good.next_at == good.good_at + timedelta(hours=24)
    error_500(replay)
    waits = []
    for _time in range(5):
        feed = visit().feed
        waits.append((feed.next_at - feed.tried_at) / timedelta(hours=1))
    assert waits == [2, 4, 8, 16, 24]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "a b"}, "can't be the name of a feed"),
        ({"format": "fax"}, "fax isn't a format"),
        ({"url": "file:///etc/passwd"}, "isn't an address"),
        ({"url": "https://a:b@cbs.nl/"}, "with a name or password"),
    ],
)
def test_what_can_not_be_a_feed(replay, change, message):
    with pytest.raises(FeedRefused, match=message):
        make_feed(replay, **change)
    assert not Feed.objects.exists()


def test_two_feeds_have_two_names(replay):
    make_feed(replay)
    with pytest.raises(FeedRefused, match="there is a feed 82235NED already"):
        make_feed(replay)


def test_one_table_may_come_by_two_feeds(replay):
    make_feed(replay)
    other = make_feed(replay, key="woningen")
    assert refresh(by=BY, feed=other).stored.observations == COUNT
    assert Dataset.objects.get().key == "woningen"


def test_who_may(replay, cast):
    for person in (cast.alice, cast.bob, cast.erin):
        with pytest.raises(NotAllowed):
            add_feed(by=person.actor, key="x", format="cbs", title={}, url="", settings={})
    feed = add_feed(
        by=cast.frank.actor, key="x", format="cbs", title={}, url=replay.url, settings={"table": TABLE}, owner=cast.bob
    )
    with pytest.raises(NotAllowed):
        refresh(by=cast.alice.actor, feed=feed)
    assert [queries.feed_states(by=person.actor)[0].owner for person in (cast.dave, cast.alice)] == ["Bob", ""]


def test_every_deed_leaves_an_event(replay, good, visit):
    error_500(replay)
    visit()
    events = AuditEvent.objects.filter(subject="feed:82235NED").order_by("pk")
    assert [event.action for event in events] == [
        "feed.add",
        "monitor.store",
        "feed.refresh",
        "feed.refresh",
        "feed.tell",
    ]
    assert "answered 500" in events[3].data["problem"]


def test_the_list_of_feeds_takes_two_queries(replay, good, django_assert_num_queries):
    for number in range(5):
        make_feed(replay, key=f"feed-{number}")
    with django_assert_num_queries(2):
        assert len(queries.feed_states(by=BY)) == 6


def test_a_damaged_raw_answer_is_asked_for_again(replay, good, visit):
    """Raw answers lie on a disk, among other things."""
    path = raw.folder() / Fetch.objects.get().raw
    with zipfile.ZipFile(path) as archive:
        listed = archive.read(raw.LIST)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(raw.LIST, listed)
    assert (visit().stored.observations, visit().stale) == (COUNT, False)
    path.write_bytes(b"no zip")
    assert not visit().stale


def test_what_the_database_can_not_hold_is_refused(replay, good, visit):
    replay.changes[f"{TABLE}/Properties"] = lambda found: {**found, "Title": "nul \0 en lang " * 100, "Version": "2"}
    before = stored()
    visited = visit()
    assert stored() == before
    assert visited.stale == (visited.fetch.outcome == "refused")
