# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is found, what is not, and how the index follows the database."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from mainport.agenda import actions, queries
from mainport.agenda.models import Version
from mainport.agenda.queries import history
from mainport.agenda.rules.document import read
from mainport.agenda.rules.elements import Agenda, Kind
from mainport.agenda.search import catalogue, catch_up, cli, rebuild, search
from tests.conftest import BY


@pytest.fixture(autouse=True)
def index_dir(tmp_path: Path, settings: Any) -> Path:
    settings.INDEX_DIR = tmp_path / "index"
    return tmp_path / "index" / "agenda"


def uids(asked: str, language: str = "nl", **more: Any) -> list[str]:
    return [hit.uid for hit in search(asked, language=language, **more).hits]


# --- What is found ---


@pytest.mark.parametrize("asked", ["E3", "e3", " e3 ", "opgave E3", "(E3)", "task E3"])
def test_a_code_stands_first(groningen: Agenda, asked: str) -> None:
    assert uids(asked)[0] == "task:E3"


def test_a_code_with_a_hyphen_is_found_as_written(groningen: Agenda) -> None:
    assert uids("waterstof-werkt")[0] == "flagship:waterstof-werkt"


def test_words_are_found_by_their_stem_in_each_language(groningen: Agenda) -> None:
    assert "task:O3" in uids("bedrijf", "nl")  # bedrijven
    assert "task:O3" in uids("company", "en")  # companies


def test_the_other_language_is_found_too_and_said(groningen: Agenda) -> None:
    hits = {hit.uid: hit for hit in search("hydrogen", language="nl").hits}
    assert hits["flagship:waterstof-werkt"].language == "en"
    assert "<mark>hydrogen</mark>" in hits["flagship:waterstof-werkt"].passage
    assert hits["flagship:waterstof-werkt"].title == "Waterstof Werkt"


def test_accents_do_not_matter(groningen: Agenda) -> None:
    assert uids("fryslan") == uids("Fryslân") == uids("FRYSLÂN")
    assert uids("fryslan")[0] == "place:campus-fryslan"
    assert search("fryslan", language="nl").hits[0].title == "Campus <mark>Fryslân</mark>"


def test_the_last_word_may_be_a_beginning(groningen: Agenda) -> None:
    assert "flagship:waterstof-werkt" in uids("waterst")
    assert uids("waterst ") == []  # After a space the word is finished.
    assert "flagship:waterstof-werkt" in uids("economie waterst")


def test_all_words_must_be_there_and_else_any(groningen: Agenda) -> None:
    both = search("waterstof vakmensen", language="nl")
    assert both.every_word
    assert [hit.uid for hit in both.hits] == ["flagship:waterstof-werkt"]
    some = search("waterstof zeepaardjes", language="nl")
    assert not some.every_word
    assert "flagship:waterstof-werkt" in [hit.uid for hit in some.hits]


def test_little_words_do_not_decide(groningen: Agenda) -> None:
    assert uids("de vakmensen van het waterstof") == uids("vakmensen waterstof")


def test_by_kind_with_counts_and_pages(groningen: Agenda) -> None:
    whole = search("energie", language="nl", limit=100)
    assert sum(whole.counts.values()) == whole.total == len(whole.hits)
    tasks = search("energie", language="nl", kinds=[Kind.TASK], limit=100)
    assert tasks.total == whole.counts[Kind.TASK] == len(tasks.hits)
    assert tasks.counts == whole.counts
    paged = [uid for offset in range(0, whole.total, 2) for uid in uids("energie", offset=offset, limit=2)]
    assert paged == [hit.uid for hit in whole.hits]
    assert search("energie", language="nl", offset=10**9).hits == ()


def test_marks_are_the_only_markup(groningen: Agenda) -> None:
    task = queries.agenda().elements["task:E3"]
    nasty = {"nl": "Stoommachine <script>alert('x')</script> & meer", "en": "Steam engine"}
    actions.put_element(by=BY, element=replace(task, summary=nasty), why="nasty")
    (hit,) = search("stoommachines", language="nl").hits
    assert hit.passage == "<mark>Stoommachine</mark> &lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; meer"


def test_a_long_text_is_cut_around_the_word(groningen: Agenda) -> None:
    task = queries.agenda().elements["task:E3"]
    long = {"mul": "begin " * 200 + "stoommachine " + "eind " * 200}
    actions.put_element(by=BY, element=replace(task, summary=long), why="long")
    (hit,) = search("stoommachine", language="nl").hits
    assert hit.passage.startswith("… begin")
    assert hit.passage.endswith("eind …")
    assert "<mark>stoommachine</mark>" in hit.passage
    assert len(hit.passage) < 260


ODD = ["", " ", "\0", '"', "'", "((", "AND", "NOT OR AND", "title_nl:x", "*", "?", "a~2", "[a TO b]", "é" * 5000]
ODD += ["\\", "^9", "-energie", "+energie", '"energie', "energie AND (", "x" * 100_000, "😀", "\ud800", "ﬁ", "ǅ"]


@pytest.mark.parametrize("asked", ODD)
def test_odd_questions_are_no_fault(groningen: Agenda, asked: str) -> None:
    assert search(asked, language="nl").total >= 0


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(asked=st.text(max_size=80), language=st.sampled_from(["nl", "en", "fy"]))
def test_no_question_is_a_fault(groningen: Agenda, asked: str, language: str) -> None:
    search(asked, language=language, limit=3)


def test_without_an_agenda_nothing_is_found(db: None) -> None:
    assert search("energie", language="nl").total == 0
    assert catch_up() is None
    assert rebuild() is None


def test_another_alliance_has_its_own_languages(db: None) -> None:
    small = {
        "format": 1,
        "alliance": {
            "id": "moor",
            "title": "Moor",
            "languages": ["de", "fy"],
            "period": {"start": "2024", "end": "2028"},
            "ambition": {"de": "Häuser bauen", "fy": "Huzen bouwe"},
        },
        "goals": [{"id": "houses", "title": {"de": "Häuser in den Dörfern", "fy": "Huzen yn 'e doarpen"}}],
    }
    actions.load(by=BY, agenda=read(yaml.safe_dump(small, allow_unicode=True)), why="tests")
    assert "goal:houses" in uids("Haus Dorf", "de") or "goal:houses" in uids("Häuser Dörfer", "de")
    assert uids("doarpen", "fy") == ["goal:houses"]
    assert uids("doarp", "fy") == ["goal:houses"]


# --- How the index follows ---


def test_what_changed_is_found_at_once(groningen: Agenda) -> None:
    assert uids("stoommachine") == []
    task = queries.agenda().elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, title={"mul": "Stoommachine"}), why="changed")
    assert uids("stoommachine") == ["task:E3"]
    assert "task:E3" not in uids("Energie Human Capital Agenda 2030")
    assert "flagship:waterstof-werkt" in uids("waterstof")
    actions.remove_element(by=BY, uid="flagship:waterstof-werkt", why="away")
    assert "flagship:waterstof-werkt" not in uids("waterstof")


def test_only_what_changed_is_read(groningen: Agenda) -> None:
    first = catch_up()
    assert first is not None
    assert (first.built, first.elements) == (True, len(groningen.elements))
    task = queries.agenda().elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, demo=True), why="changed")
    second = catch_up()
    assert second is not None
    assert (second.built, second.read, second.elements) == (False, 1, first.elements)
    assert second.version == history.newest_version()
    third = catch_up()
    assert third is not None
    assert (third.built, third.read) == (False, 0)


def folder_of(index_dir: Path) -> str:
    return str(json.loads((index_dir / "current").read_text())["folder"])


def test_another_layout_is_built_anew(groningen: Agenda, index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    before = folder_of(index_dir)
    monkeypatch.setattr(catalogue, "FORMAT", catalogue.FORMAT + 1)
    state = catch_up()
    assert state is not None
    assert state.built
    assert folder_of(index_dir) != before


def test_another_database_is_built_anew(groningen: Agenda) -> None:
    catch_up()
    first = Version.objects.order_by("id").first()
    Version.objects.filter(pk=first.pk).update(at=first.at.replace(year=2000))
    state = catch_up()
    assert state is not None
    assert state.built


def test_an_older_backup_is_built_anew(groningen: Agenda) -> None:
    task = queries.agenda().elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, title={"mul": "Stoommachine"}), why="lost")
    assert uids("stoommachine") == ["task:E3"]
    newest = Version.objects.get(pk=history.newest_version())
    Version.objects.filter(pk=newest.pk).delete()
    Version.objects.filter(uid="task:E3").update(until=None)
    assert uids("stoommachine") == []
    assert uids("E3") == ["task:E3"]


@pytest.mark.parametrize("damage", ["current", "meta.json", "folder"])
def test_a_damaged_index_is_built_anew(groningen: Agenda, index_dir: Path, damage: str) -> None:
    catch_up()
    folder = index_dir / folder_of(index_dir)
    if damage == "current":
        (index_dir / "current").write_text("{")
    elif damage == "meta.json":
        (folder / "meta.json").write_text("no json")
    else:
        folder.rename(index_dir / "elsewhere")
    assert uids("E3") == ["task:E3"]


def test_while_another_writes_the_index_is_searched_as_it_is(groningen: Agenda, index_dir: Path) -> None:
    catch_up()
    origin = history.origin()
    assert origin is not None
    opened = catalogue.open_index(origin)
    assert opened is not None
    writer = opened.index.writer(heap_size=catalogue.HEAP, num_threads=1)
    task = queries.agenda().elements["task:E3"]
    actions.put_element(by=BY, element=replace(task, title={"mul": "Stoommachine"}), why="changed")
    assert uids("E3") == ["task:E3"]
    assert uids("stoommachine") == []
    writer.rollback()
    del writer
    assert uids("stoommachine") == ["task:E3"]


def test_folders_left_over_are_cleared(groningen: Agenda, index_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catch_up()
    monkeypatch.setattr(catalogue, "LEFT_OVER", -1)
    rebuild()
    assert sorted(path.name for path in index_dir.iterdir()) == sorted(["current", folder_of(index_dir)])


def test_many_search_while_one_builds(groningen: Agenda) -> None:
    """Readers open what is whole, whatever the writer is doing."""
    catch_up()
    origin = history.origin()
    assert origin is not None
    faults: list[str] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            opened = catalogue.open_index(origin)
            found = opened.searcher().num_docs - 1 if opened else -1
            if found != len(groningen.elements):
                faults.append(f"{found} elements")

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []


# --- The commands ---


@pytest.fixture
def run() -> Any:
    runner = CliRunner()
    return lambda command, *arguments: runner.invoke(command, arguments)


def test_index_and_search_as_commands(groningen: Agenda, run: Any) -> None:
    built = json.loads(run(cli.index, "--json").output)
    assert built == {
        "version": history.newest_version(),
        "elements": len(groningen.elements),
        "built": True,
        "read": len(groningen.elements),
    }
    assert not json.loads(run(cli.index, "--json").output)["built"]
    assert json.loads(run(cli.index, "--rebuild", "--json").output)["built"]
    assert "up to version" in run(cli.index).output
    found = json.loads(run(cli.search, "waterstof", "vakmensen", "--json").output)
    assert found["total"] == 1
    assert found["hits"][0]["id"] == "flagship:waterstof-werkt"
    assert "<mark>" not in found["hits"][0]["passage"]
    assert "task:E3" in run(cli.search, "E3").output
    assert "Nothing found" in run(cli.search, "zeepaardje").output


def test_index_without_an_agenda_says_what_to_do(db: None, run: Any) -> None:
    result = run(cli.index)
    assert result.exit_code == 1
    assert "mainport agenda load" in result.output


def test_the_embedded_agenda_can_be_searched_whole(groningen: Agenda) -> None:
    """Each element of it is found by its own title."""
    for element in groningen.elements.values():
        for language in ("nl", "en"):
            title = element.title.get(language) or element.title["mul"]
            assert element.uid in uids(f"{title} ", language, limit=50), title
