# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Who follows an indicator is told what changed in it: once, and only that."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone

from mainport.agenda.rules.elements import Agenda
from mainport.core.models import AuditEvent, Person
from mainport.monitor import tasks
from mainport.monitor.actions import indicators as actions
from mainport.monitor.actions import store
from mainport.monitor.actions.alerts import tell_of
from mainport.monitor.actions.open_sdg import import_open_sdg
from mainport.monitor.actions.sheet import import_sheet
from mainport.monitor.models import Alert, Fetch, Indicator
from mainport.monitor.tasks import tell_subscribers
from tests.conftest import BY, Cast
from tests.integration.monitor.test_indicators import EMBEDDED, people, read, visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def indicators(groningen: Agenda) -> None:
    actions.load(by=BY, file=read(EMBEDDED, elements=groningen.elements))


@pytest.fixture
def population(indicators: None) -> Indicator:
    """An indicator that reads CBS's table of inhabitants."""
    return next(
        one
        for one in Indicator.objects.all()
        if (one.definition.get("formula") or {}).get("table") == "03759ned"
        and one.definition["formula"].get("kind") == "series"
    )


def follow(person: Person, indicator: Indicator, language: str = "en") -> None:
    Person.objects.filter(pk=person.pk).update(language=language)
    actions.subscribe(by=person.actor, indicator=indicator)


def bring(values: dict[str, dict[int, float]]) -> Fetch:
    fetch = visit("03759ned", timezone.now())
    store(by=BY, fetch=fetch, tables=[people(values)])
    return fetch


def regions(population: Indicator) -> list[str]:
    return list(population.definition["places"][0]["codes"])


def test_old_and_new_in_one_letter(cast: Cast, population: Indicator) -> None:
    follow(cast.erin, population)
    codes = regions(population)
    bring({code: {2020: 1000.0, 2021: 1100.0} for code in codes})
    fetch = bring({code: {2020: 1000.0, 2021: 1250.0, 2022: 1300.0} for code in codes})

    assert tell_subscribers.call(fetch.pk) == 1

    (letter,) = mail.outbox
    assert letter.to == [cast.erin.email]
    assert population.title["en"] in letter.subject
    size = len(codes)
    assert f"2021, Municipality of Groningen: {1250 * size:,} (was {1100 * size:,})" in letter.body
    assert f"2022, Municipality of Groningen: {1300 * size:,} (new)" in letter.body
    assert "2020" not in letter.body, "what stayed is no news"
    assert "/en/workspace/following/" in letter.body


def test_in_dutch_to_who_reads_dutch(cast: Cast, population: Indicator) -> None:
    follow(cast.erin, population, "nl")
    fetch = bring({code: {2021: 1250.5} for code in regions(population)})
    tell_subscribers.call(fetch.pk)
    assert population.title["nl"] in mail.outbox[0].subject


def test_told_once_however_often_the_job_runs(cast: Cast, population: Indicator) -> None:
    follow(cast.erin, population)
    fetch = bring({code: {2021: 1.0} for code in regions(population)})
    assert tell_subscribers.call(fetch.pk) == 1
    assert tell_subscribers.call(fetch.pk) == 0
    assert len(mail.outbox) == 1
    assert AuditEvent.objects.filter(action="indicator.tell").count() == 1


def test_a_letter_that_fails_is_tried_again_and_holds_up_no_other(
    cast: Cast, population: Indicator, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(cast.erin, population)
    follow(cast.dave, population)
    fetch = bring({code: {2021: 1.0} for code in regions(population)})
    send = tasks.send_mail

    def refuse_dave(*arguments, **more):
        if cast.dave.email in arguments[3]:
            raise SMTPException("mailbox full")
        return send(*arguments, **more)

    monkeypatch.setattr(tasks, "send_mail", refuse_dave)
    with pytest.raises(ExceptionGroup, match="1 letters"):
        tell_subscribers.call(fetch.pk)
    assert [letter.to for letter in mail.outbox] == [[cast.erin.email]]

    monkeypatch.setattr(tasks, "send_mail", send)
    assert tell_subscribers.call(fetch.pk) == 1
    assert [letter.to for letter in mail.outbox] == [[cast.erin.email], [cast.dave.email]]


def test_nobody_hears_of_what_they_do_not_follow(cast: Cast, population: Indicator) -> None:
    other = Indicator.objects.exclude(pk=population.pk).exclude(definition__formula__kind="series").first()
    assert other is not None
    follow(cast.erin, other)
    fetch = visit("elsewhere")
    assert tell_subscribers.call(fetch.pk) == 0
    follow(cast.dave, population)
    actions.unsubscribe(by=cast.dave.actor, indicator=population)
    fetch = bring({code: {2021: 1.0} for code in regions(population)})
    tell_subscribers.call(fetch.pk)
    assert cast.dave.email not in [to for letter in mail.outbox for to in letter.to]


def test_who_may_no_longer_log_in_is_not_told(cast: Cast, population: Indicator) -> None:
    follow(cast.erin, population)
    Person.objects.filter(pk=cast.erin.pk).update(is_active=False)
    fetch = bring({code: {2021: 1.0} for code in regions(population)})
    assert tell_subscribers.call(fetch.pk) == 0
    assert not Alert.objects.exists()


def test_the_same_answer_whenever_the_job_runs(cast: Cast, population: Indicator) -> None:
    """A later visit doesn't change what this one brought."""
    follow(cast.erin, population)
    codes = regions(population)
    first = visit("03759ned", timezone.now() - timedelta(hours=1))
    store(by=BY, fetch=first, tables=[people({code: {2021: 10.0} for code in codes})])
    bring({code: {2021: 20.0} for code in codes})
    tell_subscribers.call(first.pk)
    assert f"2021, Municipality of Groningen: {10 * len(codes)} (new)" in mail.outbox[0].body


def test_a_job_only_where_something_changed_and_somebody_follows(
    cast: Cast, population: Indicator, django_capture_on_commit_callbacks
) -> None:
    fetch = bring({code: {2021: 1.0} for code in regions(population)})
    with django_capture_on_commit_callbacks() as callbacks:
        tell_of(fetch)
    assert callbacks == [], "nobody follows"
    follow(cast.erin, population)
    unchanged = bring({code: {2021: 1.0} for code in regions(population)})
    with django_capture_on_commit_callbacks() as callbacks:
        tell_of(unchanged)
    assert callbacks == []
    with django_capture_on_commit_callbacks(execute=True):
        tell_of(fetch)
    assert len(mail.outbox) == 1


def test_published_figures_that_are_loaded_anew(
    cast: Cast, groningen: Agenda, indicators: None, django_capture_on_commit_callbacks
) -> None:
    file = read(EMBEDDED, elements=groningen.elements)
    chosen = next(item for item in file.indicators.values() if item.published and item.published[0].value is not None)
    follow(cast.erin, Indicator.objects.get(key=chosen.id))
    figure = chosen.published[0]
    revised = figure.model_copy(update={"value": 424242.0})
    item = chosen.model_copy(update={"published": (revised, *chosen.published[1:])})
    changed = type(file)(**{**file.__dict__, "indicators": {**file.indicators, chosen.id: item}})
    with django_capture_on_commit_callbacks(execute=True):
        actions.load(by=BY, file=changed)
    (letter,) = mail.outbox
    assert f"as published by {figure.source}: 424,242" in letter.body


# --- Files tell subscribers as visits do ---


@pytest.fixture
def told(monkeypatch) -> list[Fetch]:
    """The visits of which subscribers are to hear."""
    found: list[Fetch] = []
    for module in ("sheet", "open_sdg"):
        monkeypatch.setattr(f"mainport.monitor.actions.{module}.tell_of", found.append)
    return found


def test_a_file_that_is_taken_in_tells_subscribers(told, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    file = tmp_path / "work.csv"
    file.write_text("Year,Jobs\n2024,10\n")
    mapping = {"feed": "work", "title": "Work", "period": {"column": "Year"}, "measures": [{"column": "Jobs"}]}
    import_sheet(by=BY, path=file, mapping=mapping, preview=True)
    assert told == []
    import_sheet(by=BY, path=file, mapping=mapping)
    assert [(fetch.feed.key, fetch.changed) for fetch in told] == [("work", 1)]


def test_a_repository_that_is_taken_in_tells_subscribers(told, tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "uk" / "data").mkdir(parents=True)
    (tmp_path / "uk" / "data" / "indicator_1-1-1.csv").write_text("Year,Value\n2024,10\n")
    import_open_sdg(by=BY, path=tmp_path / "uk", name="uk")
    assert [(fetch.feed.key, fetch.changed) for fetch in told] == [("uk", 1)]
