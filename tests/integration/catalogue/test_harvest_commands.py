# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue harvest`, `repositories`, `import` and `merge`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mainport.catalogue.cli import catalogue
from mainport.catalogue.models import Record, Repository
from tests.harvest_server import Source, served

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(catalogue, list(words))


def data(*words: str) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture(autouse=True)
def loopback(settings: Any) -> None:
    settings.FEEDS_ALLOW_LOOPBACK = True


def test_an_address_is_kept_and_harvested_and_then_known_by_its_name() -> None:
    source = Source().add(12)
    with served(source) as url:
        found = data("harvest", url, "--name", "hanze", "--set", "theses")
        assert (found["repository"], found["state"], found["new"]) == ("hanze", "complete", 12)
        assert source.asked[-2]["set"] == "theses"
        assert data("harvest", url, "--set", "theses")["repository"] == "hanze"
        assert data("harvest", "hanze", "--whole")["same"] == 12
        source.bad, source.bad_from = "html", 0
        result = run("harvest", "hanze", "--whole", "--json")
        assert result.exit_code == 1
        assert "DOCTYPE" in json.loads(result.stdout.partition("\n}")[0] + "}")["error"]
    listed = data("repositories")
    assert [(one["repository"], one["state"], one["records"]) for one in listed] == [("hanze", "failed", 12)]
    assert "DOCTYPE" in run("repositories", "list").stdout


def test_a_source_that_is_not_there_is_told() -> None:
    result = run("harvest", "nothing")
    assert result.exit_code == 1
    assert "There is no repository nothing" in result.output
    assert run("harvest", "https://user:secret@example.org/").exit_code == 1
    assert not Repository.objects.exists()


def test_a_repository_is_added_with_all_that_it_needs() -> None:
    url = "https://example.org/sitemap.xml"
    found = data(
        "repositories", "add", url, "--format", "schema-org", "--match", "/cursus/", "--every", "12", "--pause", "1"
    )
    assert found["settings"] == {"match": "/cursus/", "pause": 1.0}
    repository = Repository.objects.get(key=found["repository"])
    assert (repository.every, repository.preference) == (12, 100)
    assert repository.next_at is not None
    assert run("repositories", "add", url, "--owner", "nobody@example.org").exit_code == 1
    assert run("repositories", "add", url, "--organisation", "nobody").exit_code == 1


def test_files_are_imported(tmp_path: Path) -> None:
    file = tmp_path / "works.ris"
    file.write_text("TY  - THES\nTI  - Warmte\nER  - \n")
    assert data("import", str(file))["new"] == 1
    assert data("import", str(file))["same"] == 1
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Titel;Jaar\nLicht;2024\n")
    assert "--mapping" in run("import", str(sheet)).output
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("kind: work\nlanguage: nl\nfields:\n  titles: Titel\n  published: Jaar\n")
    assert data("import", str(sheet), "--mapping", str(mapping))["new"] == 1
    mapping.write_text("kind: nonsense")
    assert run("import", str(sheet), "--mapping", str(mapping), "--into", "other").exit_code == 1
    assert run("import", str(tmp_path / "mapping.yaml")).exit_code == 1
    assert run("import", str(file), "--into", "sheet").exit_code == 1
    assert Record.objects.count() == 2


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.ris"
    with file.open("wb") as out:
        out.truncate(2 * 1024**3)
    result = run("import", str(file))
    assert result.exit_code == 1
    assert "2,048 MiB" in result.output
    assert not Record.objects.exists()


def test_duplicates_are_looked_for(tmp_path: Path) -> None:
    for name in ("a", "b"):
        file = tmp_path / f"{name}.ris"
        file.write_text(
            "TY  - THES\nTI  - Warmte in de wijk\nAU  - Jansen, Alice\nDO  - 10.1000/a\nPY  - 2024\nER  - \n"
        )
        data("import", str(file))
    assert data("merge") == {"compared": 2, "merged": 1, "asked": 0}
    assert "0 joined" in run("merge", "--all").output
