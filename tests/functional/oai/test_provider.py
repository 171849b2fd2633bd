# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The provider of OAI-PMH: verbs, errors, periods, sets, deletions."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from mainport.api import door
from mainport.api.catalogue.oai import answers, tokens
from mainport.catalogue.actions import records
from mainport.catalogue.models import Record
from mainport.catalogue.rules.works import Work
from tests.functional.oai.conftest import BY, OAI, Ask, errors, keys

pytestmark = [pytest.mark.django_db, pytest.mark.shared]


def _moment(record: Record) -> str:
    return f"{record.changed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def test_identify(ask: Ask, catalogue: dict[str, Record]) -> None:
    said = ask(verb="Identify").find(f"{OAI}Identify")
    assert said is not None
    assert said.findtext(f"{OAI}baseURL") == "http://testserver/oai"
    assert said.findtext(f"{OAI}deletedRecord") == "persistent"
    assert said.findtext(f"{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert said.findtext(f"{OAI}earliestDatestamp") == _moment(catalogue["work"])
    assert "oai:mainport.localhost:wonen" in etree.tostring(said, encoding="unicode")


def test_an_empty_catalogue_answers_as_well(ask: Ask) -> None:
    assert errors(ask(verb="ListRecords", metadataPrefix="oai_dc")) == ["noRecordsMatch"]
    assert errors(ask(verb="ListSets")) == []
    assert errors(ask(verb="Identify")) == []


def test_lists_with_deletions(ask: Ask, catalogue: dict[str, Record]) -> None:
    expected = ["wonen", "mailen", "digitaal", "-dubbel", "-weg"]
    assert keys(ask(verb="ListIdentifiers", metadataPrefix="oai_dc")) == expected
    listed = ask(verb="ListRecords", metadataPrefix="oai_dc")
    assert keys(listed) == expected
    assert [len(record.findall(f"{OAI}metadata")) for record in listed.iter(f"{OAI}record")] == [1, 1, 1, 0, 0]
    assert listed.find(f".//{OAI}resumptionToken") is None
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_mainport")) == expected
    assert keys(ask(verb="ListRecords", metadataPrefix="datacite")) == ["wonen", "-dubbel", "-weg"]


def test_one_record(ask: Ask, catalogue: dict[str, Record]) -> None:
    identifier = "oai:mainport.localhost:wonen"
    found = ask(verb="GetRecord", identifier=identifier, metadataPrefix="oai_dc")
    assert keys(found) == ["wonen"]
    request = found.find(f"{OAI}request")
    assert request is not None
    assert dict(request.attrib.items()) == {"verb": "GetRecord", "identifier": identifier, "metadataPrefix": "oai_dc"}
    assert [node.text for node in found.iter(f"{OAI}setSpec")] == [
        "kind", "kind:work", "type", "type:thesis", "access", "access:open", "sector", "sector:E", "task", "task:E3",
        "openaire",
    ]  # fmt: skip
    assert keys(ask(verb="GetRecord", identifier="oai:mainport.localhost:weg", metadataPrefix="oai_dc")) == ["-weg"]
    course = ask(verb="GetRecord", identifier="oai:mainport.localhost:mailen", metadataPrefix="datacite")
    assert errors(course) == ["cannotDisseminateFormat"]


def test_a_draft_is_told_to_nobody_and_one_taken_back_is_deleted(ask: Ask, catalogue: dict[str, Record]) -> None:
    draft = {"verb": "GetRecord", "identifier": "oai:mainport.localhost:klad", "metadataPrefix": "oai_dc"}
    assert errors(ask(**draft)) == ["idDoesNotExist"]
    records.set_state(by=BY, record=catalogue["draft"], state=Record.State.PUBLISHED)
    assert keys(ask(**draft)) == ["klad"]
    records.set_state(by=BY, record=catalogue["draft"], state=Record.State.RETURNED)
    assert keys(ask(**draft)) == ["-klad"]


def test_formats(ask: Ask, catalogue: dict[str, Record]) -> None:
    def prefixes(**arguments: str) -> list[str | None]:
        return [node.text for node in ask(verb="ListMetadataFormats", **arguments).iter(f"{OAI}metadataPrefix")]

    assert prefixes()[0] == "oai_dc"
    assert "datacite" in prefixes(identifier="oai:mainport.localhost:wonen")
    assert "datacite" not in prefixes(identifier="oai:mainport.localhost:mailen")
    assert errors(ask(verb="ListMetadataFormats", identifier="oai:other.example:wonen")) == ["idDoesNotExist"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["badVerb"]),
        ("verb=", ["badVerb"]),
        ("verb=identify", ["badVerb"]),
        ("verb=Identify&verb=Identify", ["badVerb"]),
        ("verb=%00%0B%ED", ["badVerb"]),
        ("verb=Identify&set=x", ["badArgument"]),
        ("verb=ListSets&metadataPrefix=oai_dc", ["badArgument"]),
        ("verb=ListSets&resumptionToken=x", ["badResumptionToken"]),
        ("verb=GetRecord", ["badArgument", "badArgument"]),
        ("verb=GetRecord&identifier=oai:mainport.localhost:wonen", ["badArgument"]),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=a+b%00c", ["idDoesNotExist"]),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:mainport.localhost:nix", ["idDoesNotExist"]),
        ("verb=GetRecord&metadataPrefix=no&identifier=oai:mainport.localhost:wonen", ["cannotDisseminateFormat"]),
        ("verb=GetRecord&metadataPrefix=oai_dc&metadataPrefix=oai_dc&identifier=oai:x:y", ["badArgument"]),
        ("verb=ListRecords", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=a+b", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=nothing", ["cannotDisseminateFormat"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=really_wrong_set", ["noRecordsMatch"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=kind:", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=kind:nothing", ["noRecordsMatch"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-30", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-2-3", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-03T00:00Z", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-03T00:00:00%2B01:00", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-03T00:00:00.5Z", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=%D9%A2002-02-03", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2001-01-01T00:00:00Z&until=2002-01-01", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-01-01&until=2001-01-01", ["badArgument"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", ["noRecordsMatch"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2999-01-01", ["noRecordsMatch"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", ["badArgument"]),
        ("verb=ListRecords&resumptionToken=x", ["badResumptionToken"]),
        ("verb=ListRecords&resumptionToken=", ["badArgument"]),
        ("verb=ListIdentifiers&resumptionToken=%00", ["badResumptionToken"]),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31", []),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=0001-01-01", []),
    ],
)
def test_errors(
    client: Client, oai_schema: etree.XMLSchema, catalogue: dict[str, Record], query: str, expected: list[str]
) -> None:
    response = client.get(f"/oai?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    oai_schema.assertValid(root)
    assert errors(root) == expected
    request = root.find(f"{OAI}request")
    assert request is not None
    if "badVerb" in expected or "badArgument" in expected:
        assert not request.attrib
    else:
        assert request.get("verb")


def test_post_asks_the_same(client: Client, catalogue: dict[str, Record]) -> None:
    said = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    posted = Client(enforce_csrf_checks=True).post("/oai", said)
    assert keys(etree.fromstring(posted.content)) == keys(etree.fromstring(client.get("/oai", said).content))
    other = client.post("/oai", b'{"verb": "Identify"}', content_type="application/json")
    assert errors(etree.fromstring(other.content)) == ["badVerb"]
    # A form without its boundary isn't one, which is told in the protocol's own words.
    torn = client.generic("POST", "/oai", b"verb=Identify", content_type="multipart/form-data")
    assert (torn.status_code, errors(etree.fromstring(torn.content))) == (200, ["badArgument"])
    assert client.put("/oai").status_code == 405
    assert client.options("/oai").status_code == 204


def test_periods_are_closed_on_both_ends(ask: Ask, catalogue: dict[str, Record]) -> None:
    old = datetime(2024, 5, 31, 12, 0, 0, 900_000, UTC)
    Record.objects.filter(key="wonen").update(changed_at=old)

    def found(**period: str) -> list[str]:
        return keys(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", **period))

    stamp = "2024-05-31T12:00:00Z"
    assert found(from_=stamp, until=stamp) == ["wonen"]
    assert found(from_="2024-05-31", until="2024-05-31") == ["wonen"]
    assert found(until="2024-05-31") == ["wonen"]
    assert "wonen" not in found(from_="2024-05-31T12:00:01Z")
    assert errors(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", until="2024-05-31T11:59:59Z")) == [
        "noRecordsMatch"
    ]


def test_sets(ask: Ask, catalogue: dict[str, Record]) -> None:
    specs = [node.text for node in ask(verb="ListSets").iter(f"{OAI}setSpec")]
    assert {"kind", "kind:work", "kind:course", "type:thesis", "sector:E", "task:E3", "access:open", "openaire"} <= set(
        map(str, specs)
    )
    for spec in map(str, specs):
        found = ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)
        assert keys(found), spec
        for header in found.iter(f"{OAI}header"):
            own = [str(node.text) for node in header.iter(f"{OAI}setSpec")]
            assert spec in own
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_dc", set="kind:course")) == ["mailen"]
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_dc", set="task:E3")) == ["wonen"]


# --- Parts ---


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of two records."""
    monkeypatch.setattr(answers, "PAGE", {"ListRecords": 2, "ListIdentifiers": 2})


def _token(root: etree._Element) -> str:
    return root.findtext(f".//{OAI}resumptionToken") or ""


def test_a_list_in_parts(ask: Ask, catalogue: dict[str, Record], small: None) -> None:
    first = ask(verb="ListRecords", metadataPrefix="oai_dc")
    said = first.find(f".//{OAI}resumptionToken")
    assert said is not None
    assert (said.get("cursor"), said.get("completeListSize")) == ("0", "5")
    assert datetime.fromisoformat(str(said.get("expirationDate"))) > datetime.now(UTC) + timedelta(days=6)
    second = ask(verb="ListRecords", resumptionToken=_token(first))
    assert keys(ask(verb="ListRecords", resumptionToken=_token(first))) == keys(second)
    third = ask(verb="ListRecords", resumptionToken=_token(second))
    assert [*keys(first), *keys(second), *keys(third)] == ["wonen", "mailen", "digitaal", "-dubbel", "-weg"]
    last = third.find(f".//{OAI}resumptionToken")
    assert last is not None
    assert (last.text, last.get("cursor"), last.get("completeListSize")) == (None, "4", "5")


def test_a_token_is_of_its_verb_and_of_us_and_ends(
    ask: Ask, catalogue: dict[str, Record], small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = _token(ask(verb="ListRecords", metadataPrefix="oai_dc"))
    assert errors(ask(verb="ListIdentifiers", resumptionToken=token)) == ["badResumptionToken"]
    assert errors(ask(verb="ListRecords", resumptionToken=token[:-1])) == ["badResumptionToken"]
    assert errors(ask(verb="ListRecords", resumptionToken=token, metadataPrefix="oai_dc")) == ["badArgument"]
    monkeypatch.setattr(tokens, "LIFE", timedelta(seconds=-1))
    assert errors(ask(verb="ListRecords", resumptionToken=token)) == ["badResumptionToken"]


def test_what_changes_meanwhile_is_met_again_and_nothing_is_skipped(
    ask: Ask, catalogue: dict[str, Record], small: None
) -> None:
    first = ask(verb="ListRecords", metadataPrefix="oai_dc", set="kind")
    records.withdraw(by=BY, record=catalogue["course"], why="tests")  # Given already.
    records.put(by=BY, value=Work({"nl": "Nieuw"}), key="nieuw")
    records.put(by=BY, value=Work({"nl": "Anders"}), record=catalogue["double"])  # To come.
    seen = keys(first)
    while token := _token(first):
        first = ask(verb="ListRecords", resumptionToken=token)
        seen += keys(first)
    assert seen == ["wonen", "mailen", "digitaal", "-weg", "-mailen", "nieuw", "-dubbel"]


def test_the_rest_that_left_the_period_ends_the_list_well(ask: Ask, catalogue: dict[str, Record], small: None) -> None:
    Record.objects.update(changed_at=datetime(2024, 1, 1, tzinfo=UTC))
    first = ask(verb="ListRecords", metadataPrefix="oai_dc", until="2024-02-01")
    Record.objects.exclude(key__in=[key.removeprefix("-") for key in keys(first)]).update(
        changed_at=datetime(2025, 1, 1, tzinfo=UTC)
    )
    rest = ask(verb="ListRecords", resumptionToken=_token(first))
    assert keys(rest) == keys(first)[-1:]
    assert _token(rest) == ""


def test_a_full_part_ends_sooner(ask: Ask, catalogue: dict[str, Record], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "FULL", 100)
    assert keys(ask(verb="ListRecords", metadataPrefix="oai_dc")) == ["wonen"]


# --- Around it ---


def test_an_answer_can_be_packed(client: Client, catalogue: dict[str, Record]) -> None:
    said = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
    packed = client.get("/oai", said, headers={"Accept-Encoding": "deflate, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    plain = client.get("/oai", said, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain
    assert keys(etree.fromstring(gzip.decompress(packed.content))) == keys(etree.fromstring(plain.content))


def test_who_asks_too_often_is_asked_to_wait(client: Client, settings: LazySettings) -> None:
    settings.API_RATE = 0
    response = client.get("/oai", {"verb": "Identify"})
    assert response.status_code == 503
    assert 0 < int(response["Retry-After"]) <= 60
    door._asked.clear()


def test_few_queries_however_long_the_list(
    ask: Ask, catalogue: dict[str, Record], django_assert_max_num_queries: object
) -> None:
    assert callable(django_assert_max_num_queries)
    with django_assert_max_num_queries(5):
        ask(verb="ListRecords", metadataPrefix="oai_dc")


def test_the_schema_of_our_own_format_is_at_its_address(client: Client, ask: Ask) -> None:
    where = [node.text for node in ask(verb="ListMetadataFormats").iter(f"{OAI}schema")]
    assert "http://localhost:8000/schemas/mainport-record-1.xsd" in where
    response = client.get("/schemas/mainport-record-1.xsd")
    etree.XMLSchema(etree.fromstring(response.content))
