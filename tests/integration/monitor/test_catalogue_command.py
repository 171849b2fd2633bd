# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Datasets of a catalogue, and variables of ABF Swing, from nothing to observations."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml

from mainport.core.fetching import raw
from mainport.monitor.models import Dataset, Feed, Fetch, Observation
from tests.integration.monitor.test_feeds_command import read, run
from tests.unit.monitor.test_dcat_reading import CSV, MAPPING, PACKAGE
from tests.unit.monitor.test_jsonstat_reading import CUBE
from tests.unit.monitor.test_swing_reading import ANSWERS, ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def serve(replay: Any, path: str, found: Any) -> None:
    body = found if isinstance(found, bytes) else json.dumps(found).encode()
    replay.answers[path] = lambda handler: handler.send(200, body)


@pytest.fixture
def catalogue(replay) -> str:
    """A catalogue like data.overheid.nl on this machine, with one dataset."""
    package = json.loads(json.dumps(PACKAGE).replace("https://catalogue.example/werk", f"{replay.root}/werk"))
    serve(replay, "/data/api/3/action/package_show", package)
    serve(replay, "/werk.json", CUBE)
    serve(replay, "/werk.csv", CSV)
    return f"{replay.root}/data"


def test_a_dataset_of_a_catalogue(catalogue):
    added = run("add-feed", "dcat", "werk", "--base-url", catalogue, "--every", "0", "--json")
    assert added.exit_code == 0, added.output
    found = read(added)
    assert found["feed"] == found["dataset"] == "werk"
    assert [(one["distribution"], one["read_as"], one["chosen"]) for one in found["distributions"]] == [
        ("r1", None, False),
        ("r2", "sheet", False),
        ("r3", "jsonstat", True),
    ]
    assert found["licence"] == "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
    refreshed = read(run("refresh", "werk", "--json"))
    assert (refreshed["outcome"], refreshed["observations"]) == ("stored", 8)
    dataset = Dataset.objects.get()
    assert (dataset.licence, dataset.modified) == (found["licence"], "2026-04-01T00:00:00")
    # The catalogue's own answer is kept beside that of the source.
    kept = raw.kept(Fetch.objects.get().raw)
    assert [url.rpartition("/")[2] for url in kept.answers] == ["package_show?id=werk", "werk.json"]
    assert read(run("refresh", "werk", "--json"))["outcome"] == "unchanged"


def test_what_the_catalogue_has_is_shown(catalogue):
    shown = run("add-feed", "dcat", "werk", "--base-url", catalogue).output
    assert "Werk in de regio" in shown
    assert "jsonstat (chosen)" in " ".join(shown.split())
    assert "not read" in shown


def test_a_file_of_a_catalogue_by_its_mapping(catalogue, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(yaml.safe_dump(MAPPING), encoding="utf-8")
    options = ("--distribution", "r2", "--mapping", str(mapping), "--name", "banen")
    assert run("add-feed", "dcat", "werk", "--base-url", catalogue, *options, "--json").exit_code == 0
    assert read(run("refresh", "banen", "--json"))["observations"] == 2
    assert Feed.objects.get().settings["mapping"] == MAPPING


def test_a_dataset_that_can_not_be_read_is_not_added(catalogue, replay, tmp_path):
    result = run("add-feed", "dcat", "werk", "--base-url", catalogue, "--distribution", "r1", "--json")
    assert result.exit_code == 1
    assert "needs a format that is read here; it is HTML" in read(result)["error"]
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("feed: [", encoding="utf-8")
    result = run("add-feed", "dcat", "werk", "--base-url", catalogue, "--mapping", str(mapping), "--json")
    assert "mapping.yaml" in read(result)["error"]
    assert not Feed.objects.exists()


def test_a_catalogue_that_breaks_keeps_the_old_values(catalogue, replay):
    run("add-feed", "dcat", "werk", "--base-url", catalogue)
    run("refresh", "werk")
    serve(replay, "/data/api/3/action/package_show", {"success": True, "result": {"name": "werk", "resources": []}})
    result = run("refresh", "werk", "--json")
    assert result.exit_code == 1
    assert "has no distribution" in read(result)["error"]
    assert Observation.objects.filter(current=True).count() == 8


@pytest.fixture
def swing(replay) -> str:
    """A site of ABF Swing on this machine, which wants a key."""

    def answer(found: Any) -> Any:
        def send(handler: Any) -> None:
            if handler.headers.get("apikey") == "secret":
                handler.send(200, json.dumps(found).replace(ROOT, f"{replay.root}/jiveservices/odata").encode())
            else:
                handler.send(401, b"Guest user group not found", "text/plain")

        return send

    for url, found in ANSWERS.items():
        if "?" not in url:
            path = url.replace(ROOT, "/jiveservices/odata").replace("'", "%27")
            replay.answers[path] = answer({**found, "@odata.nextLink": None} if "value" in found else found)
    # One page is enough here: the server knows no queries.
    places = f"{ROOT}/GeoLevels('gemeente')/GeoItems"
    both = {"value": ANSWERS[places]["value"] + ANSWERS[f"{places}?$skip=1"]["value"]}
    replay.answers["/jiveservices/odata/GeoLevels(%27gemeente%27)/GeoItems"] = answer(both)
    replay.answers |= {path.replace("%27", "'"): one for path, one in replay.answers.items()}
    return replay.root


def test_a_variable_of_swing_with_a_key(swing, settings):
    settings.FEEDS_API_KEYS = {"127.0.0.1": "secret"}
    added = run("add-feed", "swing", "hern_tot", "--base-url", swing, "--geo-level", "gemeente", "--json")
    assert added.exit_code == 0, added.output
    assert "secret" not in added.output
    refreshed = run("refresh", "hern_tot", "--json")
    assert read(refreshed)["observations"] == 4, refreshed.output
    values = Observation.objects.filter(value__isnull=False).values_list("value", flat=True)
    assert sorted(values) == [0.0, 1203.5]


def test_without_its_key_it_says_where_to_set_one(swing, settings):
    settings.FEEDS_API_KEYS = {"other.example": "secret"}
    run("add-feed", "swing", "hern_tot", "--base-url", swing, "--geo-level", "gemeente")
    result = run("refresh", "hern_tot", "--json")
    assert "401" in read(result)["error"]
    assert "MAINPORT_FEEDS_API_KEYS=127.0.0.1=KEY" in read(result)["error"]


def test_a_key_goes_to_no_other_host(swing, settings, replay):
    settings.FEEDS_API_KEYS = {"127.0.0.1": "secret"}
    seen: list[str | None] = []
    path = "/jiveservices/odata/Variables('hern_tot')"

    def elsewhere(handler: Any) -> None:
        seen.append(handler.headers.get("apikey"))
        port = handler.server.server_port
        if handler.headers["Host"].startswith("127"):
            handler.send(302, b"", Location=f"http://localhost:{port}{path}")
        else:
            handler.send(200, b"{}")

    for one in (path, path.replace("'", "%27")):
        replay.answers[one] = elsewhere
    run("add-feed", "swing", "hern_tot", "--base-url", swing, "--geo-level", "gemeente")
    run("refresh", "hern_tot", "--json")
    assert seen == ["secret", None]


def test_a_mark_without_a_meaning_is_refused_at_once():
    result = run(
        "add-feed", "swing", "a", "--base-url", "https://a.example", "--geo-level", "g", "--missing", "x=secret"
    )
    assert result.exit_code == 1
    assert "--missing x=secret: expected MARK=WORD" in result.output
