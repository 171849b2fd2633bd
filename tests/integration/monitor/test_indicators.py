# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators in the database: loaded, revised, targeted, read through their formulas."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from click.testing import CliRunner
from django.utils import timezone

from mainport.agenda.rules.elements import Agenda
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR, NotAllowed, system
from mainport.monitor.actions import indicators as actions
from mainport.monitor.actions import store
from mainport.monitor.cli import monitor
from mainport.monitor.models import Feed, Fetch, Indicator, Observation, Target
from mainport.monitor.queries import indicators as queries
from mainport.monitor.rules.formula import Point, Span
from mainport.monitor.rules.indicators import File, read
from mainport.monitor.rules.progress import Note, Status
from mainport.monitor.rules.tables import Cell, Code, Dimension, LineKey, Lines, Measure, Role
from tests.conftest import Cast

pytestmark = pytest.mark.django_db
BY = system("tests")
EMBEDDED = (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()
HAREN = "Opgeheven per 01-01-2019, overgegaan naar:\r\n- Groningen (GM0014),\r\n... 9120 woningen en 20191 inwoners\r\n"


def year(number: int) -> Span:
    return Span(date(number, 1, 1), date(number, 12, 31), "A")


@pytest.fixture
def file(groningen: Agenda) -> File:
    return read(EMBEDDED, elements=groningen.elements)


@pytest.fixture
def loaded(file: File) -> File:
    actions.load(by=BY, file=file)
    return file


def visit(key: str, at: datetime | None = None) -> Fetch:
    feed, _made = Feed.objects.get_or_create(key=key, defaults={"format": "cbs", "title": {"mul": key}})
    return Fetch.objects.create(feed=feed, at=at or timezone.now(), outcome="stored", code_version="0", by_name="tests")


def people(values: dict[str, dict[int, float]]) -> Lines:
    """CBS's table 03759ned, by region and year."""
    lines: dict[LineKey, dict[str, Cell]] = {
        ("M000352", f"T001019|T001038|10000|{region}"): {
            f"{number}JJ00": (value, None, 0, 3) for number, value in line.items()
        }
        for region, line in values.items()
    }
    sides = {"BurgerlijkeStaat": "T001019", "Geslacht": "T001038", "Leeftijd": "10000"}
    return Lines(
        key="03759ned",
        title="Bevolking",
        dimensions=(
            *(Dimension(key, key, Role.OTHER, (Code(code, code),)) for key, code in sides.items()),
            Dimension(
                "RegioS",
                "Regio's",
                Role.GEO,
                tuple(Code(region, region, HAREN if region == "GM0017" else "") for region in values),
            ),
            Dimension("Perioden", "Perioden", Role.TIME, ()),
        ),
        measures=(Measure("M000352", "Bevolking op 1 januari", "aantal"),),
        lines=lines,
    )


def found(key: str, known_at: datetime | None = None) -> queries.IndicatorValues:
    (one,) = queries.values_of([queries.find_indicator(key)], known_at)
    return one


def test_loading_makes_indicators_with_what_they_measure(loaded: File) -> None:
    assert Indicator.objects.count() == len(loaded.indicators)
    one = queries.find_indicator("campus-companies")
    assert {element.uid for element in one.measures.all()} == {"task:K2", "goal:ecosystem", "flagship:campus-groningen"}
    assert AuditEvent.objects.filter(action="indicator.add").count() == len(loaded.indicators)
    assert queries.definition_of(one) == loaded.indicators["campus-companies"]


def test_loading_again_changes_only_what_differs(loaded: File) -> None:
    before = Observation.objects.count()
    again = actions.load(by=BY, file=loaded)
    assert (again.added, again.changed, again.targets, again.stored.changed) == ((), (), (), 0)
    jobs = loaded.indicators["campus-jobs"].model_copy(update={"decimals": 1})
    other = replace(loaded, indicators={**loaded.indicators, "campus-jobs": jobs})
    assert actions.load(by=BY, file=other).changed == ("campus-jobs",)
    assert Observation.objects.count() == before


def test_an_agenda_that_came_later_is_measured_after_loading_again(loaded: File) -> None:
    queries.find_indicator("campus-jobs").measures.clear()
    assert actions.load(by=BY, file=loaded).changed == ()
    assert queries.find_indicator("campus-jobs").measures.count() == 3


def test_published_figures_are_observations_of_their_source(loaded: File) -> None:
    one = found("campus-companies")
    assert [(figure.period, figure.source, figure.point) for figure in one.figures][:3] == [
        ("2014", "economie-groningen", Point(114)),
        ("2018", "economie-groningen", Point(198)),
        ("2018", "rtvnoord-2018", Point(198)),
    ]
    assert list(one.standing.line) == [2014, 2018, 2020, 2021]
    assert one.standing.assessment.status is Status.SUBSTANTIAL
    assert one.standing.no_forecast == "4 points; a forecast needs 5"


def test_where_sources_differ_none_is_picked(loaded: File) -> None:
    one = found("image-by-others")
    assert [figure.point for figure in one.figures] == [Point(4.3), Point(4.5)]
    assert (one.standing.line, one.standing.differing) == ({}, (2020.0,))


def test_a_published_figure_that_changes_is_a_revision(loaded: File) -> None:
    before = timezone.now()
    jobs = loaded.indicators["knowledge-jobs"]
    figure = jobs.published[0].model_copy(update={"value": 30000.0})
    changed = replace(
        loaded,
        indicators={**loaded.indicators, "knowledge-jobs": jobs.model_copy(update={"published": (figure,)})},
    )
    assert actions.load(by=BY, file=changed).stored.changed == 1
    assert found("knowledge-jobs").figures[0].point == Point(30000)
    assert found("knowledge-jobs", before).figures[0].point == Point(29000)


def test_values_come_through_the_formula_with_municipalities_that_merged(loaded: File) -> None:
    values = {
        "GM0014": {2018: 202.0, 2019: 231.0, 2020: 232.0, 2021: 233.0, 2022: 234.0},
        "GM0017": {2018: 20.0},
        "PV20": {2021: 586.0, 2022: 590.0},
        "PV21": {2021: 651.0},
        "PV22": {2021: 494.0},
    }
    store(by=BY, fetch=visit("03759ned"), tables=[people(values)])
    one = found("inhabitants")
    assert one.lines["groningen"][year(2018)] == Point(222.0)
    assert one.lines["north"] == {year(2021): Point(1731.0)}
    assert one.lines["netherlands"] == {}
    index = found("population-index")
    assert index.lines["province"] == {year(2021): Point(100.0), year(2022): Point(pytest.approx(590 / 5.86))}
    # From the baseline of 2021: 234 over 233.
    assert one.standing.assessment.value == pytest.approx(234 / 233 - 1)
    assert one.standing.assessment.notes == (Note.TWO_POINTS,)
    assert one.standing.forecast
    assert [step.at for step in one.standing.forecast.steps] == [2023, 2024, 2025]


def test_what_was_known_on_a_day_stays_known(loaded: File) -> None:
    first = datetime(2026, 1, 1, tzinfo=UTC)
    store(by=BY, fetch=visit("03759ned", first), tables=[people({"NL01": {2021: 17.0}})])
    store(by=BY, fetch=visit("03759ned", first + timedelta(days=9)), tables=[people({"NL01": {2021: 18.0}})])
    assert found("inhabitants").lines["netherlands"] == {year(2021): Point(18.0)}
    assert found("inhabitants", first + timedelta(days=1)).lines["netherlands"] == {year(2021): Point(17.0)}


def test_targets_of_the_file_and_those_set_later(loaded: File, cast: Cast) -> None:
    rank = queries.find_indicator("digital-literacy-rank")
    assert found("digital-literacy-rank").standing.goal == queries.Goal(
        "2025", 1.0, rank.targets.get().words, interim=False, source="agenda-digital"
    )
    moment = timezone.now()
    actions.set_target(
        by=cast.dave.actor, indicator=rank, period="2025", value=2, why="Steering group, 3 March", source="decision-7"
    )
    history = queries.target_history(rank)
    assert [(target.value, target.until is None, target.by_name) for target in history] == [
        (1.0, False, "tests"),
        (2.0, True, "Dave"),
    ]
    assert [goal.value for goal in found("digital-literacy-rank", moment).goals] == [1.0]
    event = AuditEvent.objects.filter(action="target.set").latest("id")
    assert (event.why, event.data["old"]["value"], event.data["new"]["value"]) == ("Steering group, 3 March", 1.0, 2)
    # What was decided since stays when the file is loaded again, also where the file changed.
    definition = loaded.indicators["digital-literacy-rank"].model_copy(update={"ceiling": 13.0})
    again = replace(loaded, indicators={**loaded.indicators, "digital-literacy-rank": definition})
    assert actions.load(by=BY, file=again).targets == ()
    actions.end_target(by=BY, target=rank.targets.get(until=None), why="No longer")
    assert found("digital-literacy-rank").goals == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"why": " "}, "its reason"),
        ({"value": None}, "a number, or words"),
        ({"period": "soon"}, "is no period"),
    ],
)
def test_a_target_must_say_something(loaded: File, wrong: dict[str, object], words: str) -> None:
    given = {"period": "2030", "value": 3.0, "why": "decided", **wrong}
    with pytest.raises(actions.TargetRefused, match=words):
        actions.set_target(by=BY, indicator=queries.find_indicator("campus-jobs"), **given)  # type: ignore[arg-type]
    assert not Target.objects.filter(indicator__key="campus-jobs").exists()


def test_only_the_programme_office_sets_targets_and_loads(file: File, cast: Cast) -> None:
    actions.load(by=cast.dave.actor, file=file)
    one = queries.find_indicator("campus-jobs")
    for person in (cast.alice, cast.bob, cast.erin):
        with pytest.raises(NotAllowed):
            actions.set_target(by=person.actor, indicator=one, period="2030", value=1, why="because")
        with pytest.raises(NotAllowed):
            actions.load(by=person.actor, file=file)


def test_what_is_lacking_is_counted(loaded: File) -> None:
    gaps = queries.gaps(queries.values_of(queries.find_indicators()))
    assert gaps.indicators == len(loaded.indicators)
    assert len(gaps.without_target) == gaps.indicators - 2
    assert gaps.without_number == ("energy-human-capital-agenda",)
    assert "inhabitants" not in gaps.not_connected
    assert "campus-jobs" in gaps.not_connected
    assert "broker-questions" in gaps.without_values


def test_everything_is_read_in_a_few_questions(loaded: File, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    store(by=BY, fetch=visit("03759ned"), tables=[people({"GM0014": {2021: 233.0}})])
    with django_assert_max_num_queries(6):
        all_of_them = queries.values_of(queries.find_indicators())
        assert [one.standing.assessment.status for one in all_of_them]
    with django_assert_max_num_queries(6):
        found("inhabitants")


def test_indicators_of_a_goal(loaded: File) -> None:
    goal = queries.find_indicator("campus-jobs").measures.get(kind="goal")
    keys = {one.key for one in queries.find_indicators(measures=[goal.pk])}
    assert {"campus-companies", "campus-jobs", "knowledge-jobs"} <= keys
    assert "peak-beds" not in keys


def test_subscribing_is_for_who_has_an_account(loaded: File, cast: Cast) -> None:
    one = queries.find_indicator("campus-jobs")
    for _ in range(2):
        actions.subscribe(by=cast.alice.actor, indicator=one)
    assert [row.indicator for row in queries.subscriptions(cast.alice.actor)] == [one]
    assert queries.subscriptions(cast.bob.actor) == queries.subscriptions(VISITOR) == []
    actions.unsubscribe(by=cast.alice.actor, indicator=one)
    assert queries.subscriptions(cast.alice.actor) == []
    with pytest.raises(NotAllowed):
        actions.subscribe(by=VISITOR, indicator=one)


def test_feeds_of_what_is_connected_are_added_when_asked(file: File) -> None:
    missing = actions.load(by=BY, file=file).feeds_missing
    assert {"03759ned", "83625NED"} <= set(missing)
    assert not {"85004NED", "campus-key-figures"} & set(missing)
    done = actions.load(by=BY, file=file, with_feeds=True)
    assert (done.feeds_added, done.feeds_missing) == (missing, ())
    feed = Feed.objects.get(key="03759ned")
    assert feed.settings["table"] == "03759ned"
    assert "RegioS" in feed.settings["filter"]


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(monitor, arguments)
    return result.exit_code, result.stdout


def test_the_commands(groningen: Agenda) -> None:
    code, output = run("indicators", "load", "--json")
    assert (code, json.loads(output)["indicators"]) == (0, 83)
    code, output = run("indicators", "list", "--json")
    data = json.loads(output)
    assert len(data["indicators"]) == 83
    assert len(data["gaps"]["without_target"]) == 81
    assert "campus-companies" in run("indicators", "list")[1]
    code, output = run("progress", "campus-companies", "--json")
    data = json.loads(output)
    assert data["assessment"]["status"] == "substantial_progress"
    assert data["line"][0] == {"at": 2014.0, "value": 114.0, "margin": 0.0}
    assert "230" in run("progress", "campus-companies")[1]
    assert run("progress", "image-by-others")[0] == 0
    code, output = run("progress", "campus-companies", "--on", "2020-01-01", "--json")
    assert json.loads(output)["line"] == []


def test_the_commands_say_what_is_wrong(groningen: Agenda, tmp_path) -> None:  # type: ignore[no-untyped-def]
    code, output = run("progress", "happiness", "--json")
    assert code == 1
    assert "There is no indicator happiness" in output
    (tmp_path / "wrong.yaml").write_text("format: 2\n")
    code, output = run("indicators", "load", str(tmp_path / "wrong.yaml"), "--json")
    assert code == 1
    assert '"path": "format"' in output
    assert run("indicators", "load", "utrecht")[0] == 1


def test_without_an_agenda_there_is_nothing_to_measure(db: None) -> None:
    code, output = run("indicators", "load", "--json")
    assert code == 1
    assert "mainport agenda load" in output
