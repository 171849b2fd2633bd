# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The OpenAPI document, the command that writes it, and the page that shows it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from django.test import Client

import mainport.api
from mainport.agenda.rules.elements import Agenda
from mainport.api.cli import api, document_text
from mainport.api.document import EXAMPLE_SITE, TAGS, document

COMMITTED = Path(mainport.api.__file__).parent / "openapi.json"


def test_the_committed_document_is_what_the_code_says() -> None:
    assert COMMITTED.read_text() == document_text(EXAMPLE_SITE), (
        "run: mainport api schema --out mainport/api/openapi.json; and raise the version in mainport/api/door.py"
    )


def test_every_operation_says_all() -> None:
    found = document(EXAMPLE_SITE)
    for path, operations in found["paths"].items():
        for operation in operations.values():
            assert operation["description"], path
            assert operation["tags"][0] in TAGS
            assert set(operation["responses"]) == {"200", "304", "400", "404", "405", "406", "429", "500"}
            for parameter in operation["parameters"]:
                assert parameter.get("description"), f"{path} {parameter['name']}"


def test_examples_are_valid() -> None:
    found = document(EXAMPLE_SITE)
    for name, schema in found["components"]["schemas"].items():
        if "example" in schema:
            whole = {"$ref": f"#/components/schemas/{name}", "components": found["components"]}
            jsonschema.validate(schema["example"], whole)


def test_it_speaks_of_the_site_that_serves_it(db: None) -> None:
    data = Client().get("/api/v1/openapi.json").json()
    assert data["openapi"] == "3.1.0"
    assert data["servers"][0]["url"] == "http://localhost:8000/api/v1"
    assert data["info"]["contact"]["email"] == "mainport@localhost"
    assert document("https://agenda.example")["servers"][0]["url"] == "https://agenda.example/api/v1"


def test_the_command(tmp_path: Path) -> None:
    assert CliRunner().invoke(api, ["schema"]).output == COMMITTED.read_text()
    out = tmp_path / "openapi.json"
    result = CliRunner().invoke(api, ["schema", "--out", str(out), "--url", "https://agenda.example/", "--json"])
    assert json.loads(result.output)["file"] == str(out)
    assert json.loads(out.read_text())["servers"][0]["url"] == "https://agenda.example/api/v1"
    refused = CliRunner().invoke(api, ["schema", "--out", str(tmp_path / "no" / "x")])
    assert refused.exit_code == 1


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_reference(groningen: Agenda, language: str) -> None:
    response = Client().get(f"/{language}/api/")
    assert response.status_code == 200
    content = response.content.decode()
    for path in document(EXAMPLE_SITE)["paths"]:
        assert f"GET {path}" in content
    assert 'href="/api/v1/elements/task:E3"' in content
    assert "style=" not in content


def test_every_example_of_the_reference_answers(groningen: Agenda) -> None:
    page = Client().get("/en/api/").content.decode()
    urls = [part.split('"')[0] for part in page.split('href="/api/v1/')[1:]]
    tried = [f"/api/v1/{url.replace('&amp;', '&')}" for url in urls]
    assert len(tried) >= 15
    for url in tried:
        assert Client().get(url).status_code in (200, 404), url
        assert Client().get(url).status_code == 200 or "/versions/" in url or "/reports/" in url, url
