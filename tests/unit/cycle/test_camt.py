# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bank statements are read to the cent, or refused with the place of what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mainport.cycle.feeds import xml
from mainport.cycle.feeds.camt import read
from mainport.cycle.rules.files import Refused, is_iban
from mainport.cycle.rules.statements import Statement, troubles

DATA = Path(__file__).resolve().parents[2] / "data" / "cycle"
OLD = (DATA / "camt053-02.xml").read_bytes()
NEW = (DATA / "camt053-08.xml").read_bytes()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(data, "march.xml")
    return str(caught.value)


def changed(found: str, put: str, data: bytes = OLD) -> bytes:
    assert found.encode() in data
    return data.replace(found.encode(), put.encode(), 1)


def test_version_02() -> None:
    [statement] = read(OLD, "march.xml")
    assert statement.iban == "NL91ABNA0417164300"
    assert (statement.start, statement.end) == (date(2023, 3, 1), date(2023, 3, 31))
    assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("113490.12"))
    assert [line.amount for line in statement.lines] == [
        Decimal("125000.00"),
        Decimal("-10000.00"),
        Decimal("-2500.00"),
        Decimal("-9.88"),
    ]
    assert [line.position for line in statement.lines] == [1, 2, 3, 4]
    assert statement.sha256
    assert troubles(statement) == []


def test_counterparty_reference_and_words() -> None:
    receipt, payment, other, costs = read(OLD, "march.xml")[0].lines
    assert (receipt.counter_name, receipt.counter_iban) == ("Hanzehogeschool Groningen", "NL86INGB0002445588")
    assert receipt.reference == "RF18 2023-0001"  # The structured one, since NOTPROVIDED is none.
    assert (payment.counter_name, payment.counter_iban) == ("Bureau Noord BV", "NL20INGB0001234567")
    assert (payment.reference, payment.words) == ("F2023-17", "Invoice F2023-17 research")
    assert (other.counter_name, other.counter_iban, other.reference) == ("Zaal Zuid", "", "2023/88")
    assert costs.words == "Costs of the account, March"
    assert costs.row > payment.row > 0


def test_version_08_with_several_statements() -> None:
    first, second = read(NEW, "may.xml")
    assert first.opening == Decimal("-50.00")  # Out of PRCD, and overdrawn.
    assert first.start == date(2023, 5, 1)
    assert first.pending == 1
    assert [line.amount for line in first.lines] == [Decimal("100.00")]
    assert [line.amount for line in second.lines] == [Decimal("-60.00"), Decimal("10.00")]


def test_what_is_taken_back_names_who_was_paid() -> None:
    [line] = read(NEW, "may.xml")[0].lines
    assert line.is_reversal
    assert line.counter_name == "Bureau Noord BV"


@pytest.mark.parametrize("version", ["03", "04", "06", "09", "13"])
def test_other_versions(version: str) -> None:
    data = changed("camt.053.001.08", f"camt.053.001.{version}", NEW)
    assert len(read(data, "may.xml")) == 2


def test_a_period_until_midnight_ends_the_day_before() -> None:
    until = changed("<ToDtTm>2023-03-31T23:59:59+02:00", "<ToDtTm>2023-04-01T00:00:00+02:00")
    assert read(until, "march.xml")[0].end == date(2023, 3, 31)
    on_the_day = changed("<ToDtTm>2023-03-31T23:59:59+02:00", "<ToDtTm>2023-03-31T00:00:00+02:00")
    assert read(on_the_day, "march.xml")[0].end == date(2023, 3, 31)


def test_batch_without_amounts_is_one_line() -> None:
    data = OLD
    for amount in ("10000.00", "2500.00"):
        data = changed(f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>', "", data)
    [statement] = read(data, "march.xml")
    assert [line.amount for line in statement.lines][1] == Decimal("-12500.00")


def test_doctype() -> None:
    bomb = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]>\n<Document>&c;</Document>'
    assert refusal(bomb) == "march.xml, line 2: found <!DOCTYPE, expected XML without a DOCTYPE and entities"


def test_another_encoding_hides_nothing() -> None:
    bomb = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
    assert "expected XML in UTF-8" in refusal(bomb)
    assert "found encoding UTF-7, expected XML in UTF-8" in refusal(b'<?xml version="1.0" encoding="UTF-7"?><a/>')


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "LIMIT", 100)
    assert "bytes, expected at most 100" in refusal(OLD)


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "TAGS", 100)
    assert "tags, expected at most 100" in refusal(OLD)


def test_too_deep() -> None:
    assert "expected well-formed XML" in refusal(b"<a>" * 100_000)


def test_not_well_formed() -> None:
    assert "expected well-formed XML" in refusal(OLD[:2000])
    assert "expected well-formed XML" in refusal(b"")
    assert "expected well-formed XML" in refusal(b"no XML at all")


def test_another_message() -> None:
    said = refusal(changed("xsd:camt.053.001.02", "xsd:camt.054.001.02"))
    assert "found Document in urn:iso:std:iso:20022:tech:xsd:camt.054.001.02" in said
    assert "expected Document in urn:iso:std:iso:20022:tech:xsd:camt.053.001.02 or a later version" in said
    assert "march.xml, line 1, html: found html in no namespace" in refusal(b"<html/>")


def test_no_statement() -> None:
    empty = b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>'
    assert "Document/BkToCstmrStmt/Stmt: found nothing, expected at least one statement" in refusal(empty)


PLACE = "Document/BkToCstmrStmt/Stmt"


@pytest.mark.parametrize(
    ("found", "put", "said"),
    [
        (
            "113490.12</Amt>\n        <CdtDbtInd>CRDT",
            "113490.13</Amt>\n        <CdtDbtInd>CRDT",
            f"line 30, {PLACE}, closing balance: found 113490.13, expected 113490.12: 1000.00 and the lines",
        ),
        ("<Id>20230331-0417164300</Id>", "", f"{PLACE}/Id: found nothing, expected the statement's identification"),
        (
            "<Id><IBAN>NL91ABNA0417164300",
            "<Id><IBAN>NL92ABNA0417164300",
            f"{PLACE}, iban: found NL92ABNA0417164300, expected an IBAN with right check digits",
        ),
        ("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", f"{PLACE}/Acct/Ccy: found USD, expected EUR"),
        ('Ccy="EUR">9.88', 'Ccy="USD">9.88', f"{PLACE}/Ntry[3]/Amt: found USD, expected EUR"),
        ('<Amt Ccy="EUR">9.88', "<Amt>9.88", f"{PLACE}/Ntry[3]/Amt: found no currency, expected EUR"),
        (">9.88<", ">9.885<", f"{PLACE}/Ntry[3]/Amt: found 9.885, expected an amount in whole cents"),
        (">9.88<", ">9,88<", f"{PLACE}/Ntry[3]/Amt: found 9,88, expected an amount in whole cents"),
        (">9.88<", ">1e3<", f"{PLACE}/Ntry[3]/Amt: found 1e3, expected an amount in whole cents"),
        (">9.88<", ">NaN<", f"{PLACE}/Ntry[3]/Amt: found NaN, expected an amount in whole cents"),
        (">9.88<", ">-9.88<", f"{PLACE}/Ntry[3]/Amt: found -9.88, expected zero or more"),
        (">9.88<", ">0.00<", f"{PLACE}/Ntry[3]/Amt: found 0.00, expected an amount above zero"),
        (
            "<CdtDbtInd>DBIT</CdtDbtInd>\n        <Sts>BOOK</Sts>\n        <BookgDt><Dt>2023-03-31",
            "<Sts>BOOK</Sts>\n        <BookgDt><Dt>2023-03-31",
            f"{PLACE}/Ntry[3]/CdtDbtInd: found nothing, expected CRDT or DBIT",
        ),
        ("<Sts>BOOK</Sts>", "<Sts>DONE</Sts>", f"{PLACE}/Ntry[1]/Sts: found DONE, expected BOOK"),
        (
            "<BookgDt><Dt>2023-03-31</Dt></BookgDt>",
            "<BookgDt><Dt>31-03-2023</Dt></BookgDt>",
            f"{PLACE}/Ntry[3]/BookgDt/Dt: found 31-03-2023, expected a date such as 2023-05-31",
        ),
        (
            "<BookgDt><Dt>2023-03-31</Dt></BookgDt>",
            "<BookgDt><Dt>2023-02-30</Dt></BookgDt>",
            f"{PLACE}/Ntry[3]/BookgDt/Dt: found 2023-02-30, expected a date such as 2023-05-31",
        ),
        (
            "<BookgDt><Dt>2023-03-31</Dt></BookgDt>",
            "",
            f"{PLACE}/Ntry[3]/BookgDt/Dt: found nothing, expected a date",
        ),
        (
            "<BookgDt><Dt>2023-03-31</Dt></BookgDt>",
            "<BookgDt><Dt>2023-04-01</Dt></BookgDt>",
            f"line 93, {PLACE}, line 4 booking date: found 2023-04-01, expected a day from 2023-03-01 to 2023-03-31",
        ),
        (
            ">2500.00<",
            ">2500.01<",
            f"{PLACE}/Ntry[2]/NtryDtls/TxDtls: found -12500.01, expected -12500.00, the amount of the entry",
        ),
        ("<Cd>OPBD</Cd>", "<Cd>ITBD</Cd>", f"{PLACE}/Bal: found no OPBD or PRCD, expected a balance OPBD or PRCD"),
        ("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", f"{PLACE}/Bal: found no CLBD, expected a balance CLBD"),
        ("<NbOfNtries>3<", "<NbOfNtries>4<", f"{PLACE}/TxsSummry/TtlNtries/NbOfNtries: found 4, expected 3"),
        ("<Sum>137509.88<", "<Sum>137509.89<", f"{PLACE}/TxsSummry/TtlNtries/Sum: found 137509.89, expected 137509.88"),
        ("<Sum>12509.88<", "<Sum>1.00<", f"{PLACE}/TxsSummry/TtlDbtNtries/Sum: found 1.00, expected 12509.88"),
        (
            "<TtlNetNtryAmt>112490.12<",
            "<TtlNetNtryAmt>0<",
            f"{PLACE}/TxsSummry/TtlNtries/TtlNetNtryAmt: found 0, expected 112490.12",
        ),
        (
            "<FrDtTm>2023-03-01T00",
            "<FrDtTm>2023-04-01T00",
            f"{PLACE}, end: found 2023-03-31, expected 2023-04-01 or later",
        ),
    ],
)
def test_bad_statement(found: str, put: str, said: str) -> None:
    message = refusal(changed(found, put))
    assert said in message
    assert all(fault.startswith("march.xml, line ") for fault in message.splitlines())


def test_the_same_statement_twice_in_a_file() -> None:
    data = changed("<Id>2023-05-02</Id>", "<Id>2023-05-01</Id>", NEW)
    assert "Stmt[2]/Id: found 2023-05-01, expected a statement that isn't in this file already" in refusal(data)


def test_all_faults_at_once() -> None:
    data = changed("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>", changed(">9.88<", ">x<"))
    assert len(refusal(data).splitlines()) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"identification": ""}, "identification: found nothing, expected 1 to 60 characters"),
        ({"end": date(2023, 2, 1)}, "end: found 2023-02-01, expected 2023-03-01 or later"),
        ({"closing": Decimal(0)}, "closing balance: found 0, expected 113490.12: 1000.00 and the lines"),
    ],
)
def test_rules_of_a_statement(fields: dict[str, object], said: str) -> None:
    [statement] = read(OLD, "march.xml")
    broken: Statement = replace(statement, **fields)  # type: ignore[arg-type]
    assert said in [str(trouble) for trouble in troubles(broken)]


def test_rules_of_a_line() -> None:
    [statement] = read(OLD, "march.xml")
    wrong = replace(statement.lines[0], amount=Decimal("0.00"), position=7)
    said = [str(trouble) for trouble in troubles(replace(statement, lines=(wrong, *statement.lines[1:])))]
    assert "line 1 position: found 7, expected 1" in said
    assert "line 1 amount: found 0.00, expected an amount other than zero" in said


@pytest.mark.parametrize("iban", ["", "NL91ABNA041716430", "nl91abna0417164300", "NL91 ABNA 0417 1643 00", "91NL"])
def test_no_iban(iban: str) -> None:
    assert not is_iban(iban)


def test_iban_of_another_country() -> None:
    assert is_iban("DE89370400440532013000")
