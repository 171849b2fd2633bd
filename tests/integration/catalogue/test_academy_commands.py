# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`mainport catalogue questionnaire` and `sign`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mainport.catalogue.commands.academy import questionnaire, sign
from mainport.catalogue.models import Questionnaire
from mainport.catalogue.queries import badges
from mainport.web.catalogue.academy.editing import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "questionnaire.yaml"
    found.write_text(text_of(None), "utf-8")
    return found


def run(command: Any, *arguments: object) -> tuple[int, Any]:
    result = CliRunner().invoke(command, [*map(str, arguments), "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_check_load_and_use(file: Path) -> None:
    assert run(questionnaire, file) == (
        0,
        {"key": "digitale-academie", "steps": 9, "questions": 33, "version": None, "active": False},
    )
    assert not Questionnaire.objects.exists()
    assert run(questionnaire, file, "--load")[1]["version"] == 1
    assert not Questionnaire.objects.get().active
    assert run(questionnaire, file, "--use")[1] == {
        "key": "digitale-academie",
        "steps": 9,
        "questions": 33,
        "version": 1,
        "active": True,
    }


def test_faults(file: Path) -> None:
    file.write_text(file.read_text().replace("kind: multi", "kind: many", 1))
    code, said = run(questionnaire, file, "--use")
    assert code == 1
    assert said["faults"][0]["found"] == "many"
    assert not Questionnaire.objects.exists()
    shown = CliRunner().invoke(questionnaire, [str(file)])
    assert "found many, expected one of single, multi, scale, place" in shown.stderr


def credential() -> dict[str, Any]:
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:0b6e4d4e-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": badges.issuer().did, "type": ["Profile"], "name": "Digitale Academie"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:0b6e4d4e-0000-4000-8000-000000000002",
                "type": ["Achievement"],
                "name": "Klik en tik",
                "criteria": {"narrative": "Afgerond"},
            },
        },
    }


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_sign_and_check(tmp_path: Path, suite: str) -> None:
    plain, signed = tmp_path / "plain.json", tmp_path / "signed.json"
    plain.write_text(json.dumps(credential()))
    assert run(sign, plain, "--suite", suite, "--out", signed)[0] == 0
    code, said = run(sign, signed, "--check")
    assert (code, said["stands"], said["signature"], said["achievement"]) == (0, True, suite, "Klik en tik")
    signed.write_text(signed.read_text().replace("Klik en tik", "Klik"))
    code, said = run(sign, signed, "--check")
    assert (code, said["problems"]) == (1, ["bad-signature"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"issuer": "did:web:other.example"}, "expected did:web:localhost%3A8000"),
        ({"proof": {}}, "signed already"),
        ({"mood": "good"}, "term mood"),
    ],
)
def test_what_cant_be_signed(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    plain = tmp_path / "plain.json"
    plain.write_text(json.dumps(credential() | change))
    code, said = run(sign, plain)
    assert code == 1
    assert told in said["error"]
