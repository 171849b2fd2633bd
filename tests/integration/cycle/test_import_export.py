# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The commands that take files in and give files out: all of them or none."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from mainport.agenda.rules.elements import Agenda
from mainport.cycle.actions.invoices import send_contribution
from mainport.cycle.actions.parties import set_address, set_own_account
from mainport.cycle.actions.pledges import book_pledges
from mainport.cycle.cli import cycle
from mainport.cycle.exports import iati
from mainport.cycle.feeds.ubl import read
from mainport.cycle.models import BankFile, BankLine, Invoice, Movement, Party
from mainport.cycle.rules.refusals import Refused
from tests.conftest import BY
from tests.integration.cycle import books

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data" / "cycle"
MARCH, MAY = DATA / "camt053-02.xml", DATA / "camt053-08.xml"
INVOICE, CREDIT = DATA / "ubl-invoice.xml", DATA / "ubl-credit-note.xml"


@pytest.fixture(autouse=True)
def elsewhere(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cycle, [str(word) for word in words])


def nothing_stored() -> bool:
    return not (BankFile.objects.exists() or Invoice.objects.exists() or Movement.objects.exists())


# --- In ---


def test_statement_is_booked() -> None:
    done = run("import", "camt", MARCH, "--json")
    assert done.exit_code == 0, done.output
    [row] = json.loads(done.stdout)["statements"]
    assert (row["lines"], row["assigned"], row["closing"]) == (4, 0, "113490.12")
    assert BankLine.objects.count() == 4
    assert BankFile.objects.get().sha256


def test_statements_for_people() -> None:
    done = run("import", "camt", MAY)
    assert done.exit_code == 0, done.output
    first = done.stdout.splitlines()[0]
    assert first == (
        "camt053-08.xml, statement 2023-05-01: 1 lines, 0 assigned, 1 not booked by the bank yet and left out;"
        " closing balance 50.00 euro"
    )


def test_the_same_statement_twice() -> None:
    assert run("import", "camt", MARCH).exit_code == 0
    done = run("import", "camt", MARCH)
    assert done.exit_code == 1
    assert "nothing was stored: camt053-02.xml, statement 20230331-0417164300: identification: found" in done.stderr
    assert BankFile.objects.count() == 1


def test_a_gap_between_statements() -> None:
    assert run("import", "camt", MARCH).exit_code == 0
    done = run("import", "camt", MAY)
    assert done.exit_code == 1
    assert "opening: found -50.00, expected 113490.12" in done.stderr
    assert BankFile.objects.count() == 1


def test_one_bad_file_and_nothing_is_stored(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(MARCH.read_bytes().replace(b">9.88<", b">9.87<", 1))
    done = run("import", "camt", MAY, bad)
    assert done.exit_code == 1
    assert "nothing was stored:" in done.stderr
    assert "bad.xml, line 30" in done.stderr
    assert nothing_stored()


def test_faults_as_json(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xml"
    bomb.write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    done = run("import", "camt", bomb, "--json")
    assert done.exit_code == 1
    [fault] = json.loads(done.stdout)["faults"]
    assert (fault["file"], fault["line"], fault["found"]) == ("bomb.xml", 1, "<!DOCTYPE")
    assert nothing_stored()


def test_invoice_waits() -> None:
    done = run("import", "ubl", INVOICE, "--json")
    assert done.exit_code == 0, done.output
    [row] = json.loads(done.stdout)["invoices"]
    assert (row["number"], row["supplier"], row["total"]) == ("F2023-17", "Bureau Noord BV", "10000.00")
    stored = Invoice.objects.get()
    assert (stored.state, stored.net, stored.vat) == ("waiting", 8309.5, 1690.5)
    assert Party.objects.get().kvk == "87654321"


def test_credit_note_that_comes_along_takes_the_invoice_back() -> None:
    done = run("import", "ubl", CREDIT, INVOICE)
    assert done.exit_code == 0, done.output
    assert Invoice.objects.get().state == "refused"
    assert "credit note C2023-02 of Bureau Noord BV, 10000.00 euro" in done.stdout


def test_the_same_invoice_twice() -> None:
    done = run("import", "ubl", INVOICE, INVOICE)
    assert done.exit_code == 1
    assert "ubl-invoice.xml, F2023-17: number: found F2023-17 of Bureau Noord BV" in done.stderr
    assert nothing_stored()


def test_an_invoice_to_somebody_else(settings: Any) -> None:
    settings.BOOKS = {**settings.BOOKS, "kvk": "11111111"}
    done = run("import", "ubl", INVOICE)
    assert done.exit_code == 1
    assert "buyer: found Alliance of the tests, KvK 12345678, expected KvK 11111111: an invoice to us" in done.stderr
    assert nothing_stored()
    settings.BOOKS = {**settings.BOOKS, "kvk": "12345678"}
    assert run("import", "ubl", INVOICE).exit_code == 0


def test_every_fault_of_every_file(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    first.write_bytes(INVOICE.read_bytes().replace(b">8409.50<", b">8409.51<", 1))
    second.write_bytes(b"<html/>")
    done = run("import", "ubl", first, second)
    assert done.exit_code == 1
    assert "a.xml, line " in done.stderr
    assert "b.xml, line 1" in done.stderr
    assert nothing_stored()


# --- Out ---


def test_iati_in_a_folder(groningen: Agenda, tmp_path: Path) -> None:
    done = run("export", "iati", "--out", tmp_path / "iati", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [Path(file["path"]).name for file in told["files"]] == ["activities.xml", "organisation.xml"]
    root = etree.parse(str(tmp_path / "iati" / "activities.xml")).getroot()
    assert len(root) == told["activities"] > 1
    assert [path.name for path in sorted((tmp_path / "iati").iterdir())] == ["activities.xml", "organisation.xml"]


def test_iati_by_name(groningen: Agenda, tmp_path: Path) -> None:
    assert run("export", "iati", "--out", tmp_path / "a.xml").exit_code == 0
    assert sorted(path.name for path in tmp_path.glob("*.xml")) == ["a-organisation.xml", "a.xml"]


def test_iati_without_an_agenda_leaves_what_was_there(tmp_path: Path) -> None:
    old = tmp_path / "a.xml"
    old.write_text("old")
    done = run("export", "iati", "--out", old)
    assert done.exit_code == 1
    assert "there is no agenda yet" in done.stderr
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["a.xml"]


def test_xaf(groningen: Agenda, tmp_path: Path) -> None:
    books.keep()
    done = run("export", "xaf", "--year", "2023", "--out", tmp_path / "2023.xaf")
    assert done.exit_code == 0, done.output
    assert etree.parse(str(tmp_path / "2023.xaf")).getroot().tag == "{http://www.auditfiles.nl/XAF/3.2}auditfile"
    assert "2023.xaf: " in done.stdout


def test_xaf_asks_for_the_year(tmp_path: Path) -> None:
    assert "--year" in run("export", "xaf", "--out", tmp_path / "a.xaf").stderr


def test_csv(tmp_path: Path) -> None:
    books.keep()
    assert run("export", "csv", "--out", tmp_path / "tables").exit_code == 0
    for name in ("ledger.csv", "totals.csv"):
        with (tmp_path / "tables" / name).open(encoding="utf-8", newline="") as file:
            assert list(csv.DictReader(file))
    assert run("export", "csv", "--year", "2022", "--out", tmp_path / "l.csv").exit_code == 0
    assert (tmp_path / "l-totals.csv").exists()


def test_where_it_can_not_be_written(groningen: Agenda, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("export", "iati", "--out", tmp_path / "file" / "folder", "--json")
    assert done.exit_code == 1
    assert "can't be written" in json.loads(done.stdout)["error"]


@pytest.fixture
def sent(groningen: Agenda, settings: Any) -> Invoice:
    """An invoice to the Hanzehogeschool, with all that has to stand on it."""
    address = {"street": "Kade 1", "city": "Groningen", "postcode": "9711 AA"}
    settings.BOOKS = {**settings.BOOKS, "kvk": "12345678", "vat": "NL001234567B01", **address}
    book_pledges(by=BY)
    set_own_account(by=BY, iban="NL91ABNA0417164300")
    party = Party.objects.get(element="contribution:hanze")
    set_address(by=BY, party=party, street="Zernikeplein 7", postcode="9747 AS", city="Groningen", kvk="87654321")
    return send_contribution(by=BY, party=party, year=2023, on=date(2023, 1, 15))


def test_invoice_that_was_sent(sent: Invoice, tmp_path: Path) -> None:
    out = tmp_path / "invoice.xml"
    done = run("export", "ubl", sent.number, "--out", out)
    assert done.exit_code == 0, done.output
    again = read(out.read_bytes(), out.name)
    assert (again.number, again.total, again.due) == (sent.number, sent.total, sent.due)
    assert (again.seller.kvk, again.buyer.kvk) == ("12345678", "87654321")
    assert again.seller.vat == ""  # Outside the scope of VAT (BR-O-02).
    assert (again.iban, again.payment_reference) == ("NL91ABNA0417164300", sent.number)
    assert again.buyer.street == "Zernikeplein 7"


def test_invoice_by_nlcius(sent: Invoice, tmp_path: Path) -> None:
    out = tmp_path / "invoice.xml"
    assert run("export", "ubl", sent.number, "--nlcius", "--out", out, "--json").exit_code == 0
    assert b"urn:fdc:nen.nl:nlcius:v1.0" in out.read_bytes()


def test_invoice_that_lacks_an_address(sent: Invoice, tmp_path: Path) -> None:
    Party.objects.update(street="")
    done = run("export", "ubl", sent.number, "--out", tmp_path / "a.xml", "--json")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert [lack["field"] for lack in told["lacks"]] == ["buyer street"]
    assert not (tmp_path / "a.xml").exists()


def test_invoice_that_was_never_sent(tmp_path: Path) -> None:
    done = run("export", "ubl", "2023-9999", "--out", tmp_path / "a.xml")
    assert "2023-9999: no invoice with this number was sent" in done.stderr


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"country": "nl"}, "country: found nl, expected a country as two capitals"),
        ({"street": " "}, "street: found nothing"),
        ({"kvk": "123"}, "kvk: found 123, expected eight digits"),
    ],
)
def test_bad_address(fields: dict[str, str], said: str) -> None:
    party = Party.objects.create(key="a", name="A")
    plain = {"street": "Kade 1", "postcode": "9711 AA", "city": "Groningen"}
    with pytest.raises(Refused, match=r"found") as caught:
        set_address(by=BY, party=party, **{**plain, **fields})
    assert said in str(caught.value)
    party.refresh_from_db()
    assert party.city == ""


def test_what_is_written_is_what_is_made(groningen: Agenda) -> None:
    assert iati.organisation().startswith(b"<?xml")
