# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The file of indicators: what it must hold, every fault with its line, and the one that comes with Mainport."""

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from mainport.core.rules.languages import say
from mainport.monitor.rules.formula import Index, Ratio, Series, Sum
from mainport.monitor.rules.indicators import TAKEN, Definition, File, FileError, Kind, read
from mainport.monitor.rules.progress import Direction
from tests.conftest import groningen_file

HEAD = """format: 1
sources:
  - {id: press, title: Press, document: The paper}
feeds:
  - {id: count, format: hand, title: {nl: Telling, en: Count}}
areas:
  - {id: city, title: {nl: Stad, en: City}, codes: [GM0014]}
indicators:
"""
ONE = """  - id: jobs
    title: {nl: Banen, en: Jobs}
    definition: {nl: Aantal banen., en: Number of jobs.}
    unit: {nl: banen, en: jobs}
    direction: positive
    owner: rug
    measures: ['task:K2']
    connection: {feed: count, table: jobs}
    areas: [city]
    published:
      - {period: 2018, value: 10, source: press}
"""


def embedded() -> bytes:
    return (resources.files("mainport.monitor") / "data" / "groningen-indicators.yaml").read_bytes()


@pytest.fixture(scope="module")
def groningen_indicators() -> File:
    return read(embedded(), elements=groningen_file().elements)


def faults(content: str, **options: list[str]) -> list[str]:
    with pytest.raises(FileError) as error:
        read(content, **options)
    return [str(fault) for fault in error.value.faults]


def test_a_definition_is_read_and_survives_being_stored() -> None:
    found = read(HEAD + ONE).indicators["jobs"]
    assert (found.direction, found.kind, found.connected) == (Direction.POSITIVE, Kind.NUMBER, False)
    assert found.places[0].codes == ("GM0014",)
    assert Definition.model_validate(json.loads(found.model_dump_json())) == found


def test_all_faults_come_at_once_with_their_lines() -> None:
    wrong = (
        ONE.replace("en: Jobs", "de: Stellen")
        .replace("positive", "sideways")
        .replace("period: 2018, value: 10", "period: 18, value: 10, note: x")
    )
    assert faults(HEAD + wrong) == [
        "line 10, indicators[0].title: found a mapping, expected the text in en too",
        "line 13, indicators[0].direction: found 'sideways', expected 'positive', 'negative' or 'none'",
        "line 19, indicators[0].published[0].period: found 18, expected '18' is no period that Mainport knows, "
        "such as 2015, 2015-Q1, 2015-03 or 2015JJ00",
        "line 19, indicators[0].published[0].note: found 'note', expected no such field",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("source: press", "source: radio", "line 19, indicators[0].published[0].source: found 'radio'"),
        (
            "[city]",
            "[citty]",
            "line 17, indicators[0].areas[0]: found 'citty', expected one of city; did you mean city?",
        ),
        ("feed: count", "feed: tally", "line 16, indicators[0].connection.feed: found 'tally'"),
        ("value: 10", "margin: 1", "found a mapping, expected either a value or words"),
        ("    areas: [city]\n", "", "line 9, indicators[0].areas: found nothing"),
        ("table: jobs}", "table: jobs, checked: yes it is}", "a formula, since it is connected"),
        ("[city]\n", "[city]\n    interim: [{period: 2025, value: 2, source: press}]\n", "since there are interim"),
        (
            "[city]\n",
            "[city]\n    target: {period: 2025, source: press}\n",
            "target: found a mapping, expected a value, or",
        ),
        ("[city]\n", "[city]\n    formula: {kind: index, base: 2020}\n", "indicators[0].formula.of: found nothing"),
        (
            "[city]\n",
            "[city]\n    formula: {kind: series, table: other, measure: a}\n",
            "connection.table: found 'jobs', expected a table that the formula reads",
        ),
        ("[city]\n", "[city]\n    places: [{id: city, title: x}]\n", "indicators[0].places: found 'places'"),
    ],
)
def test_what_an_indicator_must_hold(old: str, new: str, fault: str) -> None:
    assert old in ONE
    assert fault in "\n".join(faults(HEAD + ONE.replace(old, new)))


def test_what_it_measures_and_who_owns_it_must_be_in_the_agenda() -> None:
    found = faults(HEAD + ONE, elements=["task:K1", "partner:hanze"])
    assert found[0].startswith("line 14, indicators[0].owner: found 'rug'")
    assert found[1].startswith("line 15, indicators[0].measures[0]: found 'task:K2', expected one of task:K1")
    assert read(HEAD + ONE, elements=["task:K2", "partner:rug"]).lines == {"jobs": 9}


def test_the_file_itself_must_have_its_shape() -> None:
    assert "expected an agenda" in faults("")[0]
    assert "a mapping with format" in faults("- a")[0]
    assert [fault for fault in faults("format: 2\nthings: []\n") if "things" in fault]
    assert "an id that no other has; line 9 has it" in faults(HEAD + ONE + ONE)[0]


def test_who_names_what_could_not_be_read_is_not_to_blame() -> None:
    found = faults(HEAD.replace("title: Press, ", "") + ONE)
    assert [fault.split(":")[0] for fault in found] == ["line 3, sources[0].title"]


# --- The file that comes with Mainport ---


def test_the_embedded_set_covers_the_three_goals_and_four_sectors(groningen_indicators: File) -> None:
    assert len(groningen_indicators.indicators) >= 40
    measured = {uid for item in groningen_indicators.indicators.values() for uid in item.measures}
    pillars = {uid for uid in groningen_file().elements if uid.startswith(("goal:", "sector:"))}
    tasks = {uid for uid in groningen_file().elements if uid.startswith("task:") and not uid.startswith("task:R")}
    assert pillars | tasks <= measured


def test_only_what_the_agenda_sets_is_a_target(groningen_indicators: File) -> None:
    targets = {key: item.target for key, item in groningen_indicators.indicators.items() if item.target}
    assert set(targets) == {"digital-literacy-rank", "energy-human-capital-agenda"}
    rank = targets["digital-literacy-rank"]
    assert rank is not None
    assert (rank.period, rank.value, rank.source) == ("2025", 1, "agenda-digital")


def test_two_sources_that_differ_both_stand(groningen_indicators: File) -> None:
    image = groningen_indicators.indicators["image-by-others"].published
    assert [(figure.period, figure.value) for figure in image] == [("2020", 4.3), ("2020", 4.5)]


def test_what_is_not_connected_says_why(groningen_indicators: File) -> None:
    for key, item in groningen_indicators.indicators.items():
        assert item.connected or item.connection.remark, key
        for text in (item.title, item.definition):
            assert say(text, "nl"), key


def _series(formula: Series | Ratio | Index | Sum) -> Iterator[Series]:
    if isinstance(formula, Series):
        yield formula
        if formula.weight:
            yield formula.weight
    elif isinstance(formula, Ratio):
        yield from (*_series(formula.of), *_series(formula.over))
    elif isinstance(formula, Index):
        yield from _series(formula.of)
    else:
        for part in (*formula.of, *formula.minus):
            yield from _series(part)


def _codes(folder: Path, dimension: str) -> set[str]:
    return {code["Identifier"] for code in json.loads((folder / f"codes-{dimension}.json").read_text())["value"]}


def test_what_counts_as_connected_is_in_the_recorded_answers(groningen_indicators: File, shared: Path) -> None:
    connected = [item for item in groningen_indicators.indicators.values() if item.connected]
    assert connected
    for item in connected:
        assert item.formula
        for series in _series(item.formula):
            folder = shared / "data" / "cbs" / series.table
            measures = json.loads((folder / "measure-codes.json").read_text())["value"]
            assert series.measure in {measure["Identifier"] for measure in measures}, item.id
            dimensions = json.loads((folder / "dimensions.json").read_text())["value"]
            sides = {dimension["Identifier"] for dimension in dimensions} - {"Perioden"}
            at = {**series.at, **(series.low or {}), **(series.high or {})}
            assert {*at, *([series.area] if series.area else [])} == sides, item.id
            for dimension, code in at.items():
                assert code in _codes(folder, dimension), item.id
            if series.area:
                for place in item.places:
                    codes = series.codes.get(place.id, place.codes)
                    assert set(codes) <= _codes(folder, series.area), item.id


def test_tables_of_the_catalogue_are_in_it(groningen_indicators: File, shared: Path) -> None:
    catalogue = json.loads((shared / "data" / "cbs" / "_catalog.json").read_text())["value"]
    known = {table["Identifier"] for table in catalogue}
    named = {
        item.connection.table
        for item in groningen_indicators.indicators.values()
        if item.connection.remark and "catalogue" in say(item.connection.remark, "en")
    }
    assert named == {"85792NED", "82015NED", "85004NED"}
    assert named <= known


def test_a_direction_of_none_has_its_reason_and_no_target() -> None:
    none = ONE.replace("direction: positive", "direction: none")
    why = "\n    direction_why: {nl: Onbeslist., en: Undecided.}"
    assert read(HEAD + none.replace("direction: none", f"direction: none{why}")).indicators["jobs"].direction_why
    assert any("direction_why: found no reason" in fault for fault in faults(HEAD + none))
    reasoned = ONE.replace("direction: positive", f"direction: positive{why}")
    assert any("direction_why: found a reason" in fault for fault in faults(HEAD + reasoned))
    aimed = (
        none.replace("direction: none", f"direction: none{why}")
        + "    target: {period: 2030, value: 12, source: press}\n"
    )
    assert any("target: found a target" in fault for fault in faults(HEAD + aimed))


def test_an_id_that_is_the_address_of_another_page() -> None:
    for taken in TAKEN:
        (fault,) = faults(HEAD + ONE.replace("id: jobs", f"id: {taken}"))
        assert "a page of the site has this address" in fault
