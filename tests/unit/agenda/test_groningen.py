# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The agenda of Groningen that comes with the package: whole, in both languages, and nothing invented."""

from __future__ import annotations

import csv
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

from mainport.agenda.rules.elements import Element, Kind
from mainport.agenda.rules.nesting import nest
from mainport.agenda.rules.summary import counts
from mainport.core.rules.languages import EVERY_LANGUAGE
from tests.unit.agenda.files import groningen

ELEMENTS = groningen().elements
FILE = resources.files("mainport.agenda") / "data" / "groningen-2022-2026.yaml"


def of(kind: Kind) -> dict[str, Element]:
    return {element.key: element for element in ELEMENTS.values() if element.kind is kind}


def linked(element: Element, role: str) -> list[str]:
    return [link.target.partition(":")[2] for link in element.links if link.role == role]


def test_the_counts_are_those_of_the_agenda() -> None:
    found = counts(ELEMENTS.values())
    assert found.pop("contributions") == {"count": 7, "per_year": 1_050_000, "total": 4_200_000}
    wanted = {"partners": 8, "goals": 3, "sectors": 4, "tasks": 33, "flagships": 13, "places": 29}
    assert {name: found[name] for name in wanted} == wanted
    assert found["plans"] == found["projects"] == found["milestones"] == 0, "the agenda gives none"


def test_every_contribution_is_pledged_for_four_years() -> None:
    for contribution in of(Kind.CONTRIBUTION).values():
        fields = contribution.attributes
        assert fields["years"] == 4
        assert fields["per_year"] * 4 == fields["total"]
    payers = Counter(partner for c in of(Kind.CONTRIBUTION).values() for partner in linked(c, "partners"))
    assert payers == Counter(dict.fromkeys(of(Kind.PARTNER), 1)), "each partner pays one contribution"


def test_every_element_says_where_it_stands() -> None:
    assert [uid for uid, element in ELEMENTS.items() if not element.source] == []
    assert {element.source for element in ELEMENTS.values()} == set(groningen().sources), "each chapter is of use"


def test_every_chapter_belongs_to_the_one_agenda() -> None:
    assert {(source.document, source.published) for source in groningen().sources.values()} == {
        ("Strategische agenda 2022-2026, Akkoord van Groningen", "2022-01")
    }


def test_tasks_and_flagships_stand_in_the_chapter_under_which_they_hang() -> None:
    for kind in (Kind.TASK, Kind.FLAGSHIP, Kind.THEME):
        for element in of(kind).values():
            assert element.parent is not None
            assert element.source == element.parent.partition(":")[2], element.uid


def test_no_element_is_made_up() -> None:
    assert [uid for uid, element in ELEMENTS.items() if element.demo] == []


def test_every_text_speaks_both_languages() -> None:
    """By the reader's rule; here that nothing but a name is left as plain words."""
    same = {e.title[EVERY_LANGUAGE] for e in ELEMENTS.values() if EVERY_LANGUAGE in e.title}
    assert not {title for title in same if title.islower()}, "a name begins with a capital letter"
    for element in ELEMENTS.values():
        assert element.summary is None or set(element.summary) == {"nl", "en"}, element.uid
        if element.kind in (Kind.GOAL, Kind.SECTOR, Kind.CHAPTER, Kind.THEME, Kind.TASK, Kind.PAPER, Kind.BODY):
            assert set(element.title) == {"nl", "en"}, element.uid


def test_sentences_end_with_a_full_stop_and_titles_do_not() -> None:
    for element in ELEMENTS.values():
        assert not any(words.endswith(".") for words in element.title.values()), element.uid
        assert all(words.endswith(".") for words in (element.summary or {}).values()), element.uid


def test_the_file_names_its_fields_in_the_order_of_the_format() -> None:
    """Whoever compares it with an export sees differences of content only."""
    written = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert list(written) == list(nest(groningen()))


# --- Against what it was made from ---


@pytest.fixture
def original(shared: Path) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((shared / "agenda" / "groningen-2022-2026.yaml").read_text(encoding="utf-8"))
    return data


@pytest.fixture
def coordinates(shared: Path) -> list[dict[str, str]]:
    with (shared / "facts" / "places.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("partners", Kind.PARTNER),
        ("funds", Kind.FUND),
        ("bodies", Kind.BODY),
        ("papers", Kind.PAPER),
        ("goals", Kind.GOAL),
        ("sectors", Kind.SECTOR),
        ("flagships", Kind.FLAGSHIP),
        ("instruments", Kind.INSTRUMENT),
        ("monitors", Kind.MONITOR),
        ("figures", Kind.FIGURE),
        ("places", Kind.PLACE),
    ],
)
def test_every_id_was_taken_over_in_its_order(original: dict[str, Any], section: str, kind: Kind) -> None:
    ids = [item["id"] for item in original[section]]
    # The flagships now hang under their chapters; the rest stands as it stood.
    assert sorted(of(kind)) == sorted(ids) if kind is Kind.FLAGSHIP else list(of(kind)) == ids


@pytest.mark.shared
@pytest.mark.parametrize("section", ["partners", "funds", "flagships", "instruments", "monitors", "places"])
def test_every_name_was_taken_over(original: dict[str, Any], section: str) -> None:
    kind = next(kind for kind in Kind if kind.value == section.removesuffix("s"))
    for item in original[section]:
        title = of(kind)[item["id"]].title
        assert title.get("nl", title.get(EVERY_LANGUAGE)) == item["name"]


@pytest.fixture
def tasks(shared: Path) -> list[dict[str, str]]:
    """The tasks of the original, in whose texts commas aren't quoted: YAML takes what follows for more names."""
    root = yaml.compose((shared / "agenda" / "groningen-2022-2026.yaml").read_text(encoding="utf-8"))
    (section,) = (value for key, value in root.value if key.value == "tasks")
    found = []
    for item in section.value:
        task: dict[str, str] = {}
        for key, value in item.value:
            if value.value:
                task[key.value] = value.value
            else:
                last = list(task)[-1]
                task[last] += f", {key.value}"
        found.append(task)
    return found


@pytest.mark.shared
def test_every_task_was_taken_over_under_its_chapter(tasks: list[dict[str, str]]) -> None:
    assert sorted(item["code"] for item in tasks) == sorted(of(Kind.TASK))
    for item in tasks:
        task = of(Kind.TASK)[item["code"]]
        assert task.parent is not None
        assert task.parent.partition(":")[2] == item["chapter"]
        assert task.title["nl"] == item["nl"]
        # Where the English said more than the Dutch, the rest is a summary in both languages.
        assert item["en"].startswith(task.title["en"])
        assert task.title["en"] == item["en"] or task.summary is not None, task.uid
        assert task.attributes.get("horizon") == item.get("horizon")


@pytest.mark.shared
def test_every_flagship_was_taken_over_with_its_facts(original: dict[str, Any]) -> None:
    for item in original["flagships"]:
        flagship = of(Kind.FLAGSHIP)[item["id"]]
        assert flagship.parent is not None
        assert flagship.parent.partition(":")[2] == item["chapter"]
        wanted = {name: item[name] for name in ("status", "partners_count") if name in item}
        wanted |= {name: str(item[name]) for name in ("start", "end") if name in item}
        assert flagship.attributes == wanted
        assert linked(flagship, "partners") == item.get("partners", item.get("members", []))
        assert linked(flagship, "place") == ([item["place"]] if "place" in item else [])
        assert linked(flagship, "lead") == (["new-energy-coalition"] if "lead" in item else [])


@pytest.mark.shared
def test_the_alliance_and_its_money_were_taken_over(original: dict[str, Any]) -> None:
    alliance, fields = original["alliance"], groningen().alliance.attributes
    assert groningen().alliance.key == alliance["id"]
    assert (fields["mission"], fields["ambition"]) == (alliance["mission"], alliance["ambition"])
    assert (fields["founded"], fields["adopted"]) == (str(alliance["founded"]), alliance["adopted"])
    assert fields["period"] == {name: str(year) for name, year in alliance["period"].items()}
    assert fields["towns"] == original["daily_urban_system_towns"]
    rows = [
        {"partners": linked(c, "partners"), "per_year": c.attributes["per_year"], "total": c.attributes["total"]}
        for c in of(Kind.CONTRIBUTION).values()
    ]
    assert rows == original["contributions"]["rows"]
    assert {f["id"]: f["amount"] for f in original["funds"] if "amount" in f} == {
        key: fund.attributes["amount"] for key, fund in of(Kind.FUND).items() if fund.attributes
    }
    assert [forum.title[EVERY_LANGUAGE] for forum in of(Kind.FORUM).values()] == original["forums"]


@pytest.mark.shared
def test_the_partners_facts_were_taken_over(original: dict[str, Any]) -> None:
    for item in original["partners"]:
        wanted = {"sort": item["kind"]} | ({"short": item["short"]} if "short" in item else {})
        wanted |= {"joined": str(item["joined"])} if "joined" in item else {}
        assert of(Kind.PARTNER)[item["id"]].attributes == wanted


@pytest.mark.shared
def test_sectors_goals_and_instruments_kept_what_they_are(original: dict[str, Any]) -> None:
    for item in original["sectors"]:
        assert of(Kind.SECTOR)[item["id"]].attributes.get("core", False) is item["core"]
        assert ("promise_en" in item) is bool(of(Kind.SECTOR)[item["id"]].summary)
    (themes,) = [item["themes"] for item in original["sectors"] if "themes" in item]
    assert [theme.title["en"].lower() for theme in of(Kind.THEME).values()] == themes
    for item in original["goals"]:
        assert (of(Kind.GOAL)[item["id"]].summary or {})["en"] == item["aim_en"]
    for item in original["instruments"]:
        assert of(Kind.INSTRUMENT)[item["id"]].attributes == {"service": item["service"]}


@pytest.mark.shared
def test_every_figure_was_taken_over(original: dict[str, Any]) -> None:
    for item in original["figures"]:
        fields = of(Kind.FIGURE)[item["id"]].attributes
        unit = fields["unit"] if isinstance(fields["unit"], str) else fields["unit"]["en"]
        assert fields["value"] == item["value"]
        assert item["unit"] in (unit, f"{unit} in the Netherlands"), "a rank tells of what in its area"
        assert ("qualifier" in fields) is ("qualifier" in item)
        assert ("note" in fields) is ("note" in item)
        assert fields.get("stated_by") == item.get("by")
        assert ("area" in fields) is ("area" in item or "rank" in item["unit"])


@pytest.mark.shared
def test_every_place_was_taken_over_with_coordinates_of_its_own(
    original: dict[str, Any], coordinates: list[dict[str, str]]
) -> None:
    known = {(float(row["lat"]), float(row["lon"]), row["municipality"], row["source"]) for row in coordinates}
    used = set()
    for item in original["places"]:
        place = of(Kind.PLACE)[item["id"]]
        fields = place.attributes
        heading = linked(place, "sector") or [fields["field"]]
        assert heading == [item["sector"]]
        assert fields.get("year") == (str(item["year"]) if "year" in item else None)
        found = (fields["latitude"], fields["longitude"], fields["municipality"], fields["coordinates_source"])
        assert found in known, place.uid
        used.add(found)
    # Two pairs of places share a point; Lifelines in Roden, where the agenda doesn't put it, shares the health hub's.
    assert used == known
