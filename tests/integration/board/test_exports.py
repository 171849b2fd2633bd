# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Open Raadsinformatie and MDTO: valid by their schemas, and with nothing in them that the asker may not read.

The schemas of ORI are those in its `openapi.yaml`, by which every row and page is validated. Its remote
`common.yaml` isn't to be had: what it defines (headers, parameters and the bodies of errors) isn't in a file.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone
from jsonschema import Draft7Validator, FormatChecker
from lxml import etree

from mainport.board import queries
from mainport.board.actions import decisions, documents, items, meetings
from mainport.board.actions.decisions import NewFollowUp, decide
from mainport.board.exports import mdto, ori
from mainport.board.rules.voting import Ballot, Choice
from mainport.core.models import AuditEvent
from mainport.core.rules.permissions import VISITOR
from tests.integration.board.conftest import Board, pdf

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LISTS = {
    "vergaderingen": "Vergadering",
    "agendapunten": "Agendapunt",
    "informatieobjecten": "InformatieObject",
    "stemmingen": "Stemming",
    "besluiten": "Besluit",
    "fracties": "Fractie",
    "stemresultatenperfractie": "StemresultaatPerFractie",
}


@pytest.fixture
def full(board: Board) -> Board:
    """A meeting with a public and a confidential item, papers, votes, follow-ups and minutes; one to come."""
    meeting = board.plan(start=timezone.now() - timedelta(days=1))
    open_item = board.item(meeting, "Open point", purpose="decide")
    closed_item = board.item(meeting, "Secret point", confidential="About a person")
    documents.add_document(by=board.office, item=open_item, file=pdf("open.pdf", b"%PDF-1.7 open"))
    documents.add_document(by=board.office, item=closed_item, file=pdf("secret.pdf", b"%PDF-1.7 secret"))
    meeting = meetings.convene(by=board.office, meeting=meeting)
    meeting = meetings.hold_meeting(by=board.office, meeting=meeting, attended=[p.pk for p in board.voters])
    votes = [Ballot("gemeente-groningen", Choice.FOR), Ballot("rug", Choice.FOR), Ballot("hanze", Choice.ABSTAINED)]
    decide(
        by=board.office,
        item=open_item,
        title={"nl": "Open besluit " * 30},
        text={"nl": "Tekst <&> \x0b" * 60},
        manner="vote",
        votes=votes,
        follow_ups=[NewFollowUp("hanze", {"nl": "Doe het"}, timezone.localdate())],
    )
    decide(by=board.office, item=closed_item, title={"nl": "Geheim besluit"}, text={"nl": "Geheime tekst"})
    meetings.write_minutes(by=board.office, meeting=meeting, text={"nl": "Wat er werd gezegd"})
    meetings.close(by=board.office, meeting=meeting)
    items.propose(by=board.office, meeting=board.plan(), title={"nl": "Nog niet openbaar"})
    decisions.enter(
        by=board.office,
        body="steering-group",
        key="2022-01",
        date=datetime(2022, 3, 1).date(),
        title={"nl": "Van vroeger"},
        text={"nl": "Zo was het."},
    )
    return board


@cache
def schemas_in(file: Path) -> Any:
    return _plain(yaml.safe_load(file.read_text("utf-8"))["components"]["schemas"])


@cache
def validator(shared: Path, name: str) -> Draft7Validator:
    """The validator of one schema of the standard; `nullable` of OpenAPI 3.0 as JSON Schema says it."""
    schemas = schemas_in(shared / "standards" / "ori-2.0" / "openapi.yaml")
    return Draft7Validator(
        {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}, format_checker=FormatChecker()
    )


def _plain(schema: Any) -> Any:
    if isinstance(schema, dict):
        made = {key: _plain(value) for key, value in schema.items()}
        if made.pop("nullable", False) is True and "type" in made:
            made["type"] = [made["type"], "null"]
        return made
    return [_plain(item) for item in schema] if isinstance(schema, list) else schema


def test_ori_is_valid(full: Board, shared: Path) -> None:
    for by in (VISITOR, full.office):
        data = json.loads(ori.write(by=by, site="https://mainport.example.org"))
        assert set(data) == set(LISTS)
        for name, schema in LISTS.items():
            assert data[name]["results"], name
            for checked, what in (
                (data[name], f"Paginated{schema}List"),
                *((r, schema) for r in data[name]["results"]),
            ):
                errors = list(validator(shared, what).iter_errors(checked))
                assert not errors, (name, errors[0].message, list(errors[0].path))


def test_the_schemas_do_refuse(shared: Path) -> None:
    row = {"url": "https://example.org/1", "id": "1", "vergaderingstype": "feest"}
    assert not validator(shared, "Vergadering").is_valid(row)
    assert not validator(shared, "Besluit").is_valid({"url": "https://example.org/1", "id": "1"})


def test_every_reference_of_ori_leads_somewhere(full: Board) -> None:
    data = json.loads(ori.write(site="https://mainport.example.org", link=lambda paper: f"https://example.org/{paper}"))
    known = {row["url"] for page in data.values() for row in page["results"]}

    def urls(value: Any) -> set[str]:
        if isinstance(value, dict):
            return set().union(*(urls(v) for key, v in value.items() if key != "link"))
        if isinstance(value, list):
            return set().union(*map(urls, value))
        return {value} if isinstance(value, str) and value.startswith("https://mainport.example.org/") else set()

    assert urls(data) <= known
    [paper] = [row for row in data["informatieobjecten"]["results"] if "link" in row]
    assert paper["titel"] == "open"


def test_ori_says_nothing_confidential_to_the_public(full: Board) -> None:
    public = ori.write(site="https://mainport.example.org").decode()
    for words in ("Geheim", "Secret", "secret", "Nog niet openbaar"):
        assert words not in public
    assert "Vertrouwelijk besluit" in public
    assert "About a person" in public
    assert "Van vroeger" in public
    assert "Geheim besluit" in ori.write(by=full.office, site="https://mainport.example.org").decode()


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_mdto_is_valid_and_checksums_agree(full: Board, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(str(shared / "standards" / "mdto" / "MDTO-XML.xsd")))
    files = opened(mdto.write(by=full.office, maker="Akkoord van Groningen", source="Mainport", now=NOW))
    described = {name.removesuffix(".bestand.mdto.xml") for name in files if name.endswith(".bestand.mdto.xml")}
    contents = {name for name in files if not name.endswith(".mdto.xml")}
    assert described == contents
    assert len(contents) == 6  # three decisions, minutes, two papers
    space = {"m": mdto.NAMESPACE}
    ids, named = set(), set()
    for name, content in files.items():
        if not name.endswith(".mdto.xml"):
            continue
        tree = etree.fromstring(content)
        schema.assertValid(tree)
        ids.add(tree.findtext("*/m:identificatie/m:identificatieKenmerk", namespaces=space))
        named |= {e.text for e in tree.iterfind(".//m:verwijzingIdentificatie/m:identificatieKenmerk", space)}
        if name.endswith(".bestand.mdto.xml"):
            shown = files[name.removesuffix(".bestand.mdto.xml")]
            assert tree.findtext(".//m:checksumWaarde", namespaces=space) == hashlib.sha256(shown).hexdigest()
            assert tree.findtext(".//m:omvang", namespaces=space) == str(len(shown))
    assert named <= ids
    assert AuditEvent.objects.filter(action="document.open").count() == 1


def test_mdto_for_others_holds_nothing_confidential(full: Board) -> None:
    files = opened(mdto.write(by=VISITOR, maker="Akkoord", source="Mainport", now=NOW))
    everything = b"\n".join(files.values()).decode()
    for words in ("Geheim", "Secret", "%PDF-1.7 secret"):
        assert words not in everything
    assert "Dit besluit is vertrouwelijk." in everything
    assert not AuditEvent.objects.filter(action="document.open").exists()


def test_the_same_records_give_the_same_bytes(full: Board) -> None:
    first = mdto.write(by=VISITOR, maker="Akkoord", source="Mainport", now=NOW)
    assert first == mdto.write(by=VISITOR, maker="Akkoord", source="Mainport", now=NOW)


def test_a_damaged_file_is_not_archived(full: Board) -> None:
    from mainport.board.models import Document

    paper = Document.objects.get(title="open")
    with paper.file.storage.open(str(paper.file.name), "wb") as file:
        file.write(b"%PDF-1.7 something else")
    with pytest.raises(queries.Damaged, match="open"):
        mdto.write(by=full.office, maker="Akkoord", source="Mainport", now=NOW)
