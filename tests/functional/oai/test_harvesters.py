# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Harvesters of others, unmodified, through a real server; and our own reader of what they bring."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree
from oaipmh_scythe import Scythe
from sickle import Sickle  # type: ignore[import-untyped]
from sickle.oaiexceptions import NoRecordsMatch  # type: ignore[import-untyped]

from mainport.api.catalogue.addresses import file_address
from mainport.api.catalogue.oai import answers
from mainport.catalogue.actions import records
from mainport.catalogue.feeds import datacite, dublin_core, mainport_xml, oai, xml
from mainport.catalogue.models import Record
from mainport.catalogue.rules.works import Provenance, Work
from tests.functional.oai.conftest import BY, COURSE, PROGRAMME, WORK

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 23


@pytest.fixture
def address(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """A catalogue of some dozens of records, in parts of five."""
    monkeypatch.setattr(answers, "PAGE", {"ListRecords": 5, "ListIdentifiers": 5})
    records.put(by=BY, value=WORK, key="wonen")
    records.put(by=BY, value=COURSE, key="mailen")
    records.put(by=BY, value=PROGRAMME, key="digitaal")
    records.put_many([records.Item(Work({"nl": f"Werk {place}"}), key=f"werk-{place}") for place in range(MANY)])
    records.withdraw(by=BY, record=Record.objects.get(key="werk-7"), why="tests")
    return f"{live_server.url}/oai"


def _key(identifier: str) -> str:
    return identifier.rpartition(":")[2]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sickle_takes_everything(address: str, method: str) -> None:
    sickle = Sickle(address, http_method=method)
    assert sickle.Identify().deletedRecord == "persistent"
    found = list(sickle.ListRecords(metadataPrefix="oai_dc"))
    assert {_key(one.header.identifier) for one in found} == set(Record.objects.values_list("key", flat=True))
    assert len(found) == MANY + 3
    assert [_key(one.header.identifier) for one in found if one.deleted] == ["werk-7"]
    wonen = next(one for one in found if _key(one.header.identifier) == "wonen")
    assert wonen.metadata["creator"] == ["Veen, Anna van der", "Lectoraat Noord"]
    assert wonen.metadata["title"][0] == "Wonen & leven na de bevingen"
    kept = list(sickle.ListRecords(metadataPrefix="oai_mainport", ignore_deleted=True))
    assert len(kept) == MANY + 2
    headers = list(sickle.ListIdentifiers(metadataPrefix="oai_dc", set="kind:work"))
    assert len(headers) == MANY + 1
    assert {one.metadataPrefix for one in sickle.ListMetadataFormats()} >= {"oai_dc", "datacite", "oai_mainport"}
    assert len(list(sickle.ListSets())) > 5
    one = sickle.GetRecord(identifier=wonen.header.identifier, metadataPrefix="datacite")
    assert etree.fromstring(one.raw) is not None
    with pytest.raises(NoRecordsMatch):
        sickle.ListRecords(metadataPrefix="oai_dc", until="1999-01-01")


def test_scythe_takes_everything(address: str) -> None:
    with Scythe(address) as scythe:
        found: list[Any] = list(scythe.list_records(metadata_prefix="oai_dc"))
        assert {_key(str(one.header.identifier)) for one in found} == set(Record.objects.values_list("key", flat=True))
        assert len(list(scythe.list_identifiers(metadata_prefix="oai_mainport"))) == MANY + 3
        assert len(list(scythe.list_sets())) > 5
        assert scythe.identify() is not None


def test_a_harvest_sees_what_changes_and_goes_while_it_runs(address: str) -> None:
    walk = iter(Sickle(address).ListRecords(metadataPrefix="oai_dc"))
    seen = {one.header.identifier: one for one in (next(walk) for _ in range(6))}
    records.put(by=BY, value=Work({"nl": "Anders"}), record=Record.objects.get(key="wonen"))
    records.withdraw(by=BY, record=Record.objects.get(key="werk-20"), why="tests")
    records.put(by=BY, value=Work({"nl": "Nieuw"}), key="nieuw")
    seen |= {one.header.identifier: one for one in walk}
    by_key = {_key(name): one for name, one in seen.items()}
    assert set(by_key) == set(Record.objects.values_list("key", flat=True))
    assert by_key["wonen"].metadata["title"] == ["Anders"]
    assert by_key["werk-20"].deleted
    assert "nieuw" in by_key


def test_what_our_readers_read_is_what_was_written(address: str) -> None:
    def metadata(key: str, prefix: str) -> etree._Element:
        found = Sickle(address).GetRecord(identifier=f"oai:mainport.localhost:{key}", metadataPrefix=prefix)
        said = oai.read(
            f'<OAI-PMH xmlns="{oai.NAMESPACE}"><responseDate/><GetRecord>{found.raw}</GetRecord></OAI-PMH>'.encode()
        )
        node = said.records[0].metadata
        assert node is not None
        return node

    source = Provenance("other", "oai_mainport")
    kept = replace(WORK.files[0], url=file_address("wonen", "these.pdf"))
    for key, value in (("wonen", replace(WORK, files=(kept,))), ("mailen", COURSE), ("digitaal", PROGRAMME)):
        read, faults = mainport_xml.read(metadata(key, "oai_mainport"), source)
        assert (read, faults) == (replace(value, provenance=source), [])
    work, faults = dublin_core.read(metadata("wonen", "oai_dc"))
    assert faults == []
    assert (work.titles, work.type, work.licence, work.access) == (WORK.titles, WORK.type, "CC-BY-4.0", WORK.access)
    assert work.doi == "10.1000/x"
    work, faults = datacite.read(metadata("wonen", "datacite"))
    assert faults == []
    assert (work.titles, work.subtitles, work.type) == (WORK.titles, WORK.subtitles, WORK.type)
    assert work.authors[0] == WORK.authors[0]
    assert xml.raw(metadata("wonen", "datacite")).startswith(b"<resource")
