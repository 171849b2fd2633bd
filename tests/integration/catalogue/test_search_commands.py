# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue index` and `search`, and what is like a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mainport.catalogue.actions import records
from mainport.catalogue.commands import index as indexing
from mainport.catalogue.commands.index import index
from mainport.catalogue.commands.search import search
from mainport.catalogue.models import Record
from mainport.catalogue.queries.similar import more_like
from mainport.catalogue.rules.texts import Day
from mainport.catalogue.rules.works import Work, WorkType
from tests import works
from tests.conftest import BY


@pytest.fixture(autouse=True)
def own_index(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.INDEX_DIR = tmp_path
    monkeypatch.setattr(indexing, "encoders", lambda: ())


def a_work(title: str, **more: Any) -> Record:
    return records.put(by=BY, value=Work({"nl": title}, **{"type": WorkType.THESIS, **more})).record


def told(command: Any, *arguments: str) -> Any:
    done = CliRunner().invoke(command, [*arguments, "--json"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_index_is_built_and_kept(db: None) -> None:
    a_work("Water")
    assert told(index)["built"]
    a_work("Wind")
    again = told(index)
    assert (again["built"], again["read"], again["records"]) == (False, 1, 2)
    assert told(index, "--rebuild")["built"]


def test_in_words(db: None) -> None:
    a_work("Water")
    done = CliRunner().invoke(index, catch_exceptions=False)
    assert done.output.strip().splitlines()[-1] == "1 records: built anew."
    done = CliRunner().invoke(search, ["water"], catch_exceptions=False)
    assert "1 found" in done.output
    assert "Nothing found." in CliRunner().invoke(search, ["zeepaardje"], catch_exceptions=False).output


def test_a_search_explains_itself(db: None) -> None:
    record = a_work("Water", published=Day(2024))
    works.course()
    data = told(search, "water", "--lang", "nl", "--kind", "work", "--facet", "year")
    (hit,) = data["hits"]
    assert (data["total"], hit["id"], hit["explanation"]["words_rank"]) == (1, f"work:{record.key}", 1)
    assert data["facets"] == {"year": {"2024": 1}}
    assert told(search, "water", "--filter", "year=1999")["total"] == 0
    assert told(search, "--kind", "course")["total"] == 1
    assert told(search, "--kind", "programme")["total"] == 0


def test_a_filter_must_be_one(db: None) -> None:
    assert "isn't FACET=VALUE" in CliRunner().invoke(search, ["a", "--filter", "colour=blue"]).output


def test_more_like_a_work_are_works(db: None) -> None:
    first = a_work("Waterstof in de haven van Delfzijl", abstracts={"nl": "Opslag van waterstof in zoutcavernes."})
    other = a_work("Opslag van waterstof", abstracts={"nl": "Waterstof in zoutcavernes bij de haven."})
    for number in range(5):
        a_work(f"Iets heel anders {number}")
    works.course()
    found = more_like(first)
    assert found[0] == other
    assert first not in found
    assert {record.kind for record in found} == {"work"}
    records.withdraw(by=BY, record=other, why="tests")
    assert other not in more_like(first)
