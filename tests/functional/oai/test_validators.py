# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What well-known validators ask of a provider, one by one.

Of the registry of openarchives.org (HTTP::OAIPMH::Validator), BASE (OVAL) and OpenAIRE.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from lxml import etree

from mainport.api.catalogue.oai import answers
from mainport.catalogue.models import Record
from tests.functional.oai.conftest import OAI, Ask, errors, keys

pytestmark = [pytest.mark.django_db, pytest.mark.shared]
DC = "{http://purl.org/dc/elements/1.1/}"


def _text(root: etree._Element, name: str) -> str:
    return root.findtext(f".//{OAI}{name}") or ""


def test_the_registrys_walk(ask: Ask, catalogue: dict[str, Record]) -> None:
    """Identify; the first set; the first record in it that isn't deleted; that record by its own datestamp."""
    identity = ask(verb="Identify")
    assert _text(identity, "baseURL") == "http://testserver/oai"
    assert re.fullmatch(
        r"[a-z][a-z0-9\-]*(\.[a-z][a-z0-9\-]+)+",
        "".join(str(node.text) for node in identity.iter() if etree.QName(node).localname == "repositoryIdentifier"),
    )
    assert 'xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"' in etree.tostring(identity, encoding="unicode")
    spec = _text(ask(verb="ListSets"), "setSpec")
    listed = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
    header = next(one for one in listed.iter(f"{OAI}header") if one.get("status") != "deleted")
    identifier = str(header.findtext(f"{OAI}identifier"))
    assert "oai_dc" in [
        one.text for one in ask(verb="ListMetadataFormats", identifier=identifier).iter(f"{OAI}metadataPrefix")
    ]
    record = ask(verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    stamp = _text(record, "datestamp")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp)
    assert spec in [one.text for one in record.iter(f"{OAI}setSpec")]
    again = ask(verb="ListRecords", from_=stamp, until=stamp, metadataPrefix="oai_dc")
    assert identifier in [one.text for one in again.iter(f"{OAI}identifier")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("junk", {"badVerb"}),
        ("verb=junk", {"badVerb"}),
        ("verb=GetRecord&metadataPrefix=oai_dc", {"badArgument"}),
        ("verb=GetRecord&identifier=oai:mainport.localhost:wonen", {"badArgument"}),
        ('verb=GetRecord&identifier=invalid"id&metadataPrefix=oai_dc', {"badArgument", "idDoesNotExist"}),
        ("verb=ListIdentifiers&until=junk", {"badArgument"}),
        ("verb=ListIdentifiers&from=junk", {"badArgument"}),
        ("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", {"badArgument", "badResumptionToken"}),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", {"badArgument"}),
        ("verb=ListRecords&resumptionToken=junk", {"badResumptionToken"}),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", {"badArgument"}),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=junk", {"badArgument"}),
        ("verb=ListRecords", {"badArgument"}),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", {"badArgument"}),
    ],
)
def test_the_registrys_errors(client: Client, catalogue: dict[str, Record], query: str, expected: set[str]) -> None:
    found = set(errors(etree.fromstring(client.get(f"/oai?{query}").content)))
    assert found
    assert found <= expected


def test_nothing_a_year_before_the_earliest(ask: Ask, catalogue: dict[str, Record]) -> None:
    earliest = datetime.fromisoformat(_text(ask(verb="Identify"), "earliestDatestamp"))
    before = f"{earliest - timedelta(days=365):%Y-%m-%dT%H:%M:%SZ}"
    assert errors(ask(verb="ListRecords", metadataPrefix="oai_dc", until=before)) == ["noRecordsMatch"]
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_dc", from_=f"{earliest:%Y-%m-%dT%H:%M:%SZ}"))


def test_what_base_asks(ask: Ask, catalogue: dict[str, Record], monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of 100 to 500; tokens that last a day and know of more; minimal Dublin Core; known languages."""
    assert all(100 <= size <= 500 for size in answers.PAGE.values())
    found = ask(verb="ListRecords", metadataPrefix="oai_dc")
    for record in found.iter(f"{OAI}record"):
        if record.find(f"{OAI}header[@status='deleted']") is None:
            said = {etree.QName(node).localname for node in record.iter() if str(node.tag).startswith(DC)}
            wanted = {"identifier", "title", "date", "type", "creator"}
            # A programme has no day of its own but that on which it came here.
            assert wanted <= said, etree.tostring(record, encoding="unicode")
            assert any(str(node.text).startswith("http") for node in record.iter(f"{DC}identifier"))
            assert all(re.fullmatch("[a-z]{2,3}", str(node.text)) for node in record.iter(f"{DC}language"))
            for node in record.iter(f"{DC}date"):
                assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?|info:eu-repo/.*", str(node.text))
    monkeypatch.setattr(answers, "PAGE", {"ListRecords": 2, "ListIdentifiers": 2})
    token = ask(verb="ListRecords", metadataPrefix="oai_dc").find(f".//{OAI}resumptionToken")
    assert token is not None
    assert datetime.fromisoformat(str(token.get("expirationDate"))) - datetime.now(UTC) > timedelta(hours=23)
    assert int(str(token.get("completeListSize"))) > 2


def test_what_openaire_asks(ask: Ask, catalogue: dict[str, Record]) -> None:
    """A set of its name; its terms for access, types, embargoes and grants; the page as first identifier."""
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_dc", set="openaire")) == ["wonen"]
    record = ask(verb="GetRecord", identifier="oai:mainport.localhost:wonen", metadataPrefix="oai_dc")
    said = {
        name: [str(node.text) for node in record.iter(f"{DC}{name}")] for name in ("identifier", "rights", "relation")
    }
    assert said["identifier"][0] == "http://localhost:8000/record/wonen"
    assert "info:eu-repo/semantics/openAccess" in said["rights"]
    assert "https://creativecommons.org/licenses/by/4.0/" in said["rights"]
    assert "info:eu-repo/grantAgreement/NWO//12.3" in said["relation"]
    literature = _plain("oai_openaire")
    assert "http://purl.org/coar/access_right/c_abf2" in literature
    assert "http://purl.org/coar/resource_type/c_46ec" in literature


def _plain(prefix: str) -> str:
    """A record in a format whose schema can't stand beside that of DataCite 4.7: both say what its namespace holds."""
    response = Client().get(
        "/oai", {"verb": "GetRecord", "identifier": "oai:mainport.localhost:wonen", "metadataPrefix": prefix}
    )
    return response.content.decode()
