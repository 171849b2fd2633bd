# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.feeds import oai, xml
from mainport.catalogue.rules.faults import Refused


def answer(inner: str, *, date: str = "2026-01-02T03:04:05Z") -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>{date}</responseDate>'
        f'<request verb="ListRecords">https://x.nl/oai</request>{inner}</OAI-PMH>'
    ).encode()


def record(
    number: int, *, status: str = "", stamp: str = "2026-01-01", metadata: str = "<a xmlns='urn:a'>é</a>"
) -> str:
    body = f"<metadata>{metadata}</metadata>" if metadata else ""
    return (
        f"<record><header{status}><identifier>oai:x.nl:{number}</identifier><datestamp>{stamp}</datestamp>"
        f"<setSpec>theses</setSpec><setSpec>open</setSpec></header>{body}</record>"
    )


def test_reads_records_deletions_and_the_token() -> None:
    attributes = 'cursor="0" completeListSize="7" expirationDate="2026-01-03T00:00:00Z"'
    token = f"<resumptionToken {attributes}> a b&amp;c </resumptionToken>"
    gone = record(2, status=' status="deleted"', metadata="")
    got = oai.read(answer(f"<ListRecords>{record(1)}{gone}{token}</ListRecords>"))
    first, second = got.records
    assert first.header == oai.Header("oai:x.nl:1", "2026-01-01", ("theses", "open"))
    assert xml.words(xml.parse(first.raw())) == "é"
    assert first.provenance("x", "oai_dc").record == "oai:x.nl:1"
    assert second.header.deleted
    assert second.raw() == b""
    assert got.token == oai.Token("a b&c", "2026-01-03T00:00:00Z", 7, 0)
    assert got.faults == ()


def test_a_record_that_cannot_be_read_is_told_and_the_others_stay() -> None:
    bad = record(1, stamp="2026-1-1") + record(2, metadata="") + record(3) + "<record/>"
    got = oai.read(answer(f"<ListRecords>{bad}</ListRecords>"))
    assert [one.header.identifier for one in got.records] == ["oai:x.nl:3"]
    assert [fault.field for fault in got.faults] == [
        "record[0]/header/datestamp",
        "record[1]/metadata",
        "record[3]/header",
    ]


def test_identify_formats_and_sets() -> None:
    got = oai.read(
        answer(
            "<Identify><repositoryName>X</repositoryName><baseURL>https://x.nl/oai</baseURL><protocolVersion>2.0"
            "</protocolVersion><adminEmail>a@x.nl</adminEmail><earliestDatestamp>2001-01-01T00:00:00Z</earliestDatestamp>"
            "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity></Identify>"
        )
    )
    assert got.identity is not None
    assert (got.identity.deletions, got.identity.to_the_second, got.identity.emails) == (
        "persistent",
        True,
        ("a@x.nl",),
    )
    formats = oai.read(
        answer(
            "<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>s</schema>"
            "<metadataNamespace>n</metadataNamespace></metadataFormat></ListMetadataFormats>"
        )
    )
    assert formats.formats == (oai.Format("oai_dc", "s", "n"),)
    sets = oai.read(answer("<ListSets><set><setSpec>a:b</setSpec><setName>A</setName></set></ListSets>"))
    assert sets.sets == (oai.Set("a:b", "A"),)


def test_nothing_new_is_no_failure_and_other_errors_are() -> None:
    none = oai.read(answer('<error code="noRecordsMatch">none</error>'))
    assert none.failed == ()
    assert oai.Walk("oai_dc").following(none) is None
    bad = oai.read(answer('<error code="badArgument">x</error>'))
    with pytest.raises(Refused, match="badArgument: x"):
        oai.Walk("oai_dc").following(bad)


def test_a_walk_asks_on_and_stops_for_a_token_that_comes_again() -> None:
    walk = oai.Walk("oai_dc", part="theses", since="2026-01-01")
    assert walk.first() == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "theses", "from": "2026-01-01"}
    page = oai.read(answer(f"<ListRecords>{record(1)}<resumptionToken>t1</resumptionToken></ListRecords>"))
    assert walk.following(page) == {"verb": "ListRecords", "resumptionToken": "t1"}
    with pytest.raises(Refused, match="wasn't given before"):
        walk.following(page)
    last = oai.read(answer(f"<ListRecords>{record(2)}<resumptionToken/></ListRecords>"))
    assert walk.following(last) is None


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<html/>", "<OAI-PMH>"),
        (answer(""), "an error or one of"),
        (b"<OAI-PMH", "well-formed XML"),
        (b"", "well-formed XML"),
        (b'<!-- <a> --><?x y?>\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "without a DOCTYPE"),
        (answer("<error code='x'>\xe9</error>").replace("\xe9".encode(), b"\xe9"), "well-formed XML"),
        ('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "XML in UTF-8"),
        (b'<?xml version="1.0" encoding="ebcdic"?><a/>', "XML in UTF-8"),
        (b"<a>" * 5000, "well-formed XML"),
        (b"<a/>" * (xml.TAGS + 1), "at most"),
    ],
)
def test_refuses_what_is_no_answer(data: bytes, expected: str) -> None:
    with pytest.raises(Refused) as refused:
        oai.read(data)
    assert expected in str(refused.value)


def test_a_doctype_in_a_text_and_control_signs_do_no_harm() -> None:
    root = xml.parse(b"<a><![CDATA[<!DOCTYPE html>\x0b]]> x</a>")
    assert xml.words(root) == "<!DOCTYPE html> x"


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        oai.read(data)
    except Refused as refused:
        told = refused.faults
    else:
        told = []
    assert told  # By chance alone nobody writes an answer.


def test_reads_thousands_of_records_a_second() -> None:
    data = answer("<ListRecords>" + "".join(map(record, range(2000))) + "</ListRecords>")
    begin = time.process_time()
    assert len(oai.read(data).records) == 2000
    assert time.process_time() - begin < 1
