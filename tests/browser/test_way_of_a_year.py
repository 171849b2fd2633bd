# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""In Chromium: 2023 is pledged, budgeted, planned, spent, accounted for and reported, and its report is taken along.

Dave keeps the books, Alice and Bob of the Hanze write and sign; what the other partners would only repeat is done by
actions. Set MAINPORT_SCREENSHOTS to a folder to look at each step.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from mainport.agenda.rules.elements import Agenda
from mainport.core.models import Person
from mainport.cycle.actions import papers
from mainport.cycle.models import BankFile, Invoice, Movement, Paper
from mainport.cycle.queries import papers as queries
from mainport.cycle.queries.totals import totals
from mainport.cycle.rules.chart import Code
from tests.conftest import Cast
from tests.integration.board.conftest import media as media
from tests.integration.cycle.stage import coordinator

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("media")]

BOOKS, WORK, PAPERS = "/en/workspace/books/", "/en/workspace/yearly-papers/", "/en/yearly-papers/"
PLAN, ACCOUNTS, REPORT = "annual-plan", "annual-accounts", "annual-report"
#: The supplier's invoice: 10,000.00 with a VAT of cents.
BILL = (Path(__file__).parents[1] / "data" / "cycle" / "ubl-invoice.xml").read_bytes()
BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE bomb [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<bomb>&c;</bomb>"""
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><NtryDtls><TxDtls><RltdPties>{who}</RltdPties>
<RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""
PAYER = "<Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>"
PAYEE = """<Cdtr><Pty><Nm>{name}</Nm></Pty></Cdtr>
<CdtrAcct><Id><IBAN>NL20INGB0001234567</IBAN></Id></CdtrAcct>"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"""


def _statement(invoice: str) -> bytes:
    """What the bank says of 2023: who paid an invoice by its number, who paid without saying for what, what we paid,
    and a cent more or less than whole euros for what the bank itself costs."""
    entries = [
        ("300000.00", "CRDT", "2023-03-01", PAYER.format(name="Gemeente Groningen"), f"Factuur {invoice}"),
        ("125000.00", "CRDT", "2023-03-02", PAYER.format(name="Penningmeester"), "onze bijdrage"),
        ("10000.00", "DBIT", "2023-04-01", PAYEE.format(name="Bureau Noord BV"), "F2023-17"),
        ("12.34", "DBIT", "2023-12-31", "", "Kosten van de rekening"),
    ]
    body = "".join(
        ENTRY.format(amount=amount, side=side, day=day, who=who, words=words)
        for amount, side, day, who, words in entries
    )
    opening = BALANCE.format(code="OPBD", amount="0.00", day="2023-01-01")
    closing = BALANCE.format(code="CLBD", amount="414987.66", day="2023-12-31")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2024-01-02T04:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>2023</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>{opening}{closing}{body}</Stmt>
</BkToCstmrStmt></Document>""".encode()


@pytest.fixture
def window(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[[Person | None], Page]]:
    """A window of its own for each person, logged in; how logging in works is held elsewhere."""
    contexts = []

    def opened(person: Person | None) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person:
            client = Client()
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@dataclass(frozen=True)
class People:
    """Their windows, and the office for what is done by actions."""

    alice: Page
    bob: Page
    dave: Page
    visitor: Page
    cast: Cast


def _keep(page: Page, name: str) -> None:
    """A picture of this step at both widths, where somebody wants to look; it never scrolls sideways."""
    folder = os.environ.get("MAINPORT_SCREENSHOTS")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


def _field(page: Page, name: str) -> Locator:
    return page.locator(f"[name='{name}']")


def _press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def _follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name, exact=True).click()


def _said(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("main").inner_text()


def _stands(code: Code) -> Decimal:
    """What stands on an account for 2023, by the ledger."""
    return sum((total.amount for total in totals([code], where={"year": 2023})), Decimal("0.00"))


def test_way_of_a_year(groningen: Agenda, cast: Cast, window: Callable[[Person | None], Page], tmp_path: Path) -> None:
    people = People(window(cast.alice), window(cast.bob), window(cast.dave), window(None), cast)
    _pledge(people)
    _budget(people.dave)
    _plan(people)
    _spend(people.dave)
    _receive_and_pay(people.dave)
    _close_and_account(people)
    _report(people)
    _take_along(people.visitor, tmp_path)


# --- Pledged, budgeted and planned ---


def _pledge(people: People) -> None:
    """The agenda says 1,050,000 a year and 4,200,000 in all; once booked, the ledger says so too."""
    dave = people.dave
    dave.goto(BOOKS)
    _press(dave, "Book the pledges of the agenda")
    expect(dave.locator("body")).to_contain_text("28 pledges are booked")
    said = _said(people.visitor, "/en/money/?year=2023")
    assert "€1,050,000" in said
    assert "4,200,000" in said
    assert _stands(Code.PLEDGED) == Decimal(1_050_000)
    assert sum((total.amount for total in totals([Code.PLEDGED])), Decimal(0)) == Decimal(4_200_000)
    _keep(people.visitor, "1-money")


def _budget(dave: Page) -> None:
    dave.goto(f"{BOOKS}?year=2023")
    _follow(dave, "Draft a budget")
    _press(dave, "Begin the draft")
    for element, cost, amount in (
        ("task:K1", "research", "12.000,50"),
        ("task:A1", "staff", "400,000"),
        ("chapter:organisation", "other", "100"),
    ):
        _follow(dave, "Add a line")
        _field(dave, "element").select_option(element)
        _field(dave, "fund").select_option("base")
        _field(dave, "cost").select_option(cost)
        _field(dave, "amount").fill(amount)
        _press(dave, "Add the line")
    expect(dave.locator("main")).to_contain_text("€412,100.50")
    _keep(dave, "2-draft-budget")
    _follow(dave, "Bring it into force")
    dave.get_by_label("This budget was decided as it stands here").check()
    _press(dave, "Bring it into force")
    expect(dave.locator("body")).to_contain_text("The budget of 2023 is in force.")
    assert _stands(Code.BUDGETED) == Decimal("412100.50")


def _plan(people: People) -> None:
    """The annual plan: Alice writes for the Hanze, Dave the rest; Bob signs; it goes ahead without the others."""
    dave, bob = people.dave, people.bob
    _open(dave, PLAN)
    dave.locator("#goal-labour").get_by_role("link", name="change").click()
    _field(dave, "organisation").select_option("hanze")
    _press(dave, "Keep")
    _write(people.alice, PLAN, "goal-labour", "Wij leiden vakmensen op.", "We train skilled people.")
    _keep(people.alice, "3-alice-wrote-of-the-plan")
    assert people.alice.goto(f"{WORK}{PLAN}/2023/sections/priorities/").ok  # type: ignore[union-attr]
    expect(_field(people.alice, "text_en")).to_have_count(0)

    # Dave can't lay it before the partners while a text is lacking.
    _write(dave, PLAN, "priorities", "Eerst dit.", "This comes first.")
    dave.goto(f"{WORK}{PLAN}/2023/")
    _press(dave, "Lay it before the partners")
    expect(dave.locator("main")).to_contain_text("1 section is still to be written.")
    _write(dave, PLAN, "co-financing", "Geld van fondsen is nog niet nodig.", "No money of funds is needed yet.")
    _lay_before(dave, PLAN)
    _sign(bob, PLAN)
    dave.goto(f"{WORK}{PLAN}/2023/")
    _follow(dave, "Decide it here")
    _press(dave, "Decide this paper")
    expect(dave.locator("main")).to_contain_text("This paper can't be decided yet.")
    _field(dave, "ahead").fill("The others agreed by telephone.")
    _press(dave, "Decide this paper")
    expect(dave.locator("body")).to_contain_text("It reads the same for ever from now on.")
    said = _said(people.visitor, f"{PAPERS}{PLAN}/2023/")
    assert "We train skilled people." in said
    assert "412,100.50" in said
    _keep(people.visitor, "4-plan")


# --- Spent ---


def _spend(dave: Page) -> None:
    """The partners are asked for their contributions; a supplier's invoice is taken in for task K1."""
    dave.goto(f"{BOOKS}?year=2023")
    _follow(dave, "Send the contributions of 2023")
    expect(dave.locator("main")).to_contain_text("€1,050,000")
    _field(dave, "on").fill("2023-02-01")
    _press(dave, "Book the invoices")
    expect(dave.locator("body")).to_contain_text("7 invoices are booked.")
    _keep(dave, "5-contributions-asked")

    dave.goto(f"{BOOKS}invoices/")
    _follow(dave, "Take in an invoice")
    _refused(dave, "bomb.xml", BOMB, "The file has 1 fault; nothing was taken in.", "6-a-bomb-is-refused")
    _upload(dave, "bill.xml", BILL)
    _follow(dave, "Say what it is for")
    _field(dave, "element").select_option("task:K1")
    _field(dave, "fund").select_option("base")
    _field(dave, "cost").select_option("research")
    _press(dave, "Book it")
    expect(dave.locator("body")).to_contain_text("It is to be paid now.")
    dave.goto(f"{BOOKS}invoices/upload/")
    _refused(dave, "bill.xml", BILL, "We have this invoice already: F2023-17")
    assert (_stands(Code.CONTRIBUTION), _stands(Code.EXPENDITURE)) == (Decimal(1_050_000), Decimal(10_000))


def _receive_and_pay(dave: Page) -> None:
    """The bank says who paid: two lines are recognised, of two Dave says what they were for."""
    city, hanze = (
        Invoice.objects.get(party__element=f"contribution:{key}").number for key in ("gemeente-groningen", "hanze")
    )
    statement = _statement(city)
    dave.goto(f"{BOOKS}bank/")
    _follow(dave, "Take in statements")
    _refused(dave, "bomb.xml", BOMB, "The file has 1 fault; nothing was taken in.")
    wrong = statement.replace(b"414987.66", b"414987.67")
    _refused(dave, "wrong.xml", wrong, "nothing was taken in")
    _upload(dave, "bank.xml", statement)
    expect(dave.locator("main")).to_contain_text("2 lines wait until you say what they were for.")
    assert (BankFile.objects.count(), Invoice.objects.filter(state=Invoice.State.PAID).count()) == (1, 2)
    _keep(dave, "7-bank")

    # The same file again is told off and changes nothing.
    _follow(dave, "Take in statements")
    _refused(dave, "bank.xml", statement, "This statement was taken in already: 2023", "8-the-same-file-twice")

    overlapping = statement.replace(b"<Id>2023</Id>", b"<Id>2023-again</Id>")
    _refused(dave, "bank.xml", overlapping, "This statement overlaps 2023, which ends on 31 December 2023.")

    # As long as money waits the accounts don't tie.
    _open(dave, ACCOUNTS)
    assert "€124,987.66" in _said(dave, f"{WORK}{ACCOUNTS}/2023/check/")
    _keep(dave, "9-accounts-do-not-tie")

    dave.goto(f"{BOOKS}bank/")
    waits = dave.locator(".mainport-waits__item", has_text="Penningmeester")
    waits.get_by_role("button", name=f"For {hanze} of").click()
    dave.locator(".mainport-waits").get_by_role("link", name="A cost without an invoice").click()
    _field(dave, "element").select_option("chapter:organisation")
    _field(dave, "fund").select_option("base")
    _field(dave, "cost").select_option("other")
    _press(dave, "Book it")
    expect(dave.locator("main")).to_contain_text("No line waits.")
    assert (_stands(Code.SUSPENSE), _stands(Code.BANK)) == (Decimal(0), Decimal("414987.66"))
    assert (_stands(Code.RECEIVABLE), _stands(Code.EXPENDITURE)) == (Decimal(625_000), Decimal("10012.34"))


# --- Accounted for and reported ---


def _close_and_account(people: People) -> None:
    dave = people.dave
    dave.goto(f"{BOOKS}?year=2023")
    _keep(dave, "10-books")
    _follow(dave, "Close 2023")
    dave.get_by_label("I have checked it").check()
    _press(dave, "Close the year")
    expect(dave.locator("main")).to_contain_text("The books of 2023 are closed.")

    # The report can't be decided before the accounts are.
    _open(dave, REPORT)
    expect(dave.locator("main")).to_contain_text("sections are still to be written")
    assert "€10,012.34" in _said(dave, f"{WORK}{REPORT}/2023/check/")
    _write(dave, ACCOUNTS, "management", "Het was een rustig jaar.", "It was a quiet year.")
    _write(dave, ACCOUNTS, "spending", "Er is minder besteed.", "Less was spent.")
    assert "The figures tie and every text is there." in _said(dave, f"{WORK}{ACCOUNTS}/2023/check/")
    _lay_before(dave, ACCOUNTS)
    _all_agree(ACCOUNTS)
    _decide(dave, ACCOUNTS)
    _keep(dave, "11-accounts")


def _report(people: People) -> None:
    """Dave gives a section to the Hanze and writes of the money; the other texts are put there by actions."""
    office = people.cast.dave.actor
    paper = Paper.objects.get(kind=REPORT, year=2023)
    papers.assign(by=office, section=paper.sections.get(key="sector-health"), organisation="hanze")
    _write(people.alice, REPORT, "sector-health", "Wij leerden veel.", "We learnt a lot.")
    _write(people.dave, REPORT, "money", "Het geld bleef binnen de begroting.", "The money stayed within the budget.")
    for lack in queries.lacking(paper):
        section = paper.sections.get(key=lack.section)
        text = {"nl": f"Tekst van {lack.section}.", "en": f"Text of {lack.section}."}
        papers.write(by=office, section=section, text=text, revision=section.revision)
    _lay_before(people.dave, REPORT)
    _sign(people.bob, REPORT)
    _keep(people.bob, "12-bob-signed")
    _all_agree(REPORT)
    _decide(people.dave, REPORT)


def _take_along(visitor: Page, folder: Path) -> None:
    """Anybody reads the report and takes its PDF along; its totals are the ledger's, to the cent."""
    address = f"{PAPERS}{REPORT}/2023"
    said = _said(visitor, f"{address}/")
    assert "We learnt a lot." in said
    _keep(visitor, "13-report")
    income = [_stands(Code.PLEDGED), _stands(Code.CONTRIBUTION), Decimal(425_000), _stands(Code.RECEIVABLE)]
    assert income == [1_050_000, 1_050_000, 425_000, 625_000]
    spent, budget = _stands(Code.EXPENDITURE), _stands(Code.BUDGETED)
    content = visitor.request.get(f"{address}.json").json()["content"]
    assert _total(content["en"], "Contributions of the partners in 2023") == income
    for language, captions in {
        "en": ("per fund", "per type of cost"),
        "nl": ("per fonds", "per kostensoort"),
    }.items():
        for caption in captions:
            word = "Budgeted and spent" if language == "en" else "Begroot en besteed"
            assert _total(content[language], f"{word} {caption} in 2023") == [budget, spent, budget - spent]
    assert _total(content["en"], "Budget and expenditure of 2023") == [budget, 0, spent, budget - spent]
    # What isn't for a task but for the chapter itself stands in its section too, in whole euros.
    [own] = [b for b in content["en"]["blocks"] if "of ‘Working together and organising’" in b.get("caption", "")]
    assert (own["rows"][-1][0], own["rows"][-1][-2:], own["total"][-2:]) == ("Outside the tasks", *[["100", "12"]] * 2)

    for language in ("en", "nl"):
        link = visitor.locator(f"a[href$='/{language}.pdf']").first
        # Chromium would show it; this is “save link as”.
        link.evaluate("link => link.setAttribute('download', '')")
        with visitor.expect_download() as kept_file:
            link.click()
        file = folder / f"report-{language}.pdf"
        kept_file.value.save_as(file)
        assert kept_file.value.suggested_filename == f"{REPORT}-2023-v1-{language}.pdf"
        _read_back(file, language, content[language], [spent, budget, budget - spent])
        if kept := os.environ.get("MAINPORT_SCREENSHOTS"):
            shutil.copy(file, kept)


def _read_back(file: Path, language: str, content: Any, sums: list[Decimal]) -> None:
    with pikepdf.open(file) as pdf:
        meta = pdf.open_metadata()
        found = [meta.get(name) for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance")]
        assert found == ["1", "2", "A"]
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang).startswith(language)
        assert len(pdf.pages) >= 20
        elements = list(_elements(root.StructTreeRoot))
        charts = [block for block in content["blocks"] if block["sort"] == "Chart"]
        told = [str(one.get("/Alt", "")) for one in elements if one.get("/S") == "/Figure"]
        assert len(told) == len(charts) > 0
        assert all(told)
        tables = sum(block["sort"] == "Table" for block in content["blocks"]) + sum(bool(c["table"]) for c in charts)
        assert sum(one.get("/S") == "/Table" for one in elements) == tables
        assert sum(one.get("/S") == "/TH" for one in elements) > tables
    if reader := shutil.which("pdftotext"):
        words = subprocess.run([reader, "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
        for amount in sums:
            written = f"{amount:,.2f}"
            assert (written if language == "en" else written.translate(str.maketrans(",.", ".,"))) in words


def _elements(node: Any) -> Iterator[Any]:
    """Every element of the tree that tells a reading machine what is what."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += list(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                yield one
            if "/K" in one:
                waiting.append(one["/K"])


def _total(content: Any, caption: str) -> list[Decimal]:
    """The last row of the table with this caption."""
    [table] = [b for b in content["blocks"] if b.get("caption", "").startswith(f"{caption} (")]
    dutch = content["language"] == "nl"
    return [Decimal(re.sub(r"\.", "", cell).replace(",", ".") if dutch else cell.replace(",", ""))
            for cell in table["total"][1:]]  # fmt: skip


# --- What happens several times ---


def _upload(dave: Page, name: str, content: bytes) -> None:
    _field(dave, "file").set_input_files(FilePayload(name=name, mimeType="application/xml", buffer=content))
    dave.locator("main form[enctype] button[type=submit]").click()


def _refused(dave: Page, name: str, content: bytes, said: str, picture: str = "") -> None:
    """A bad file shows its message, and the books are as they were."""
    before = (Movement.objects.count(), Invoice.objects.count(), BankFile.objects.count(), _files())
    _upload(dave, name, content)
    expect(dave.locator("main")).to_contain_text(said)
    assert before == (Movement.objects.count(), Invoice.objects.count(), BankFile.objects.count(), _files())
    if picture:
        _keep(dave, picture)


def _files() -> int:
    return sum(1 for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file())


def _open(dave: Page, kind: str) -> None:
    dave.goto(WORK)
    _follow(dave, "Open a paper")
    _field(dave, "kind").select_option(kind)
    _field(dave, "year").fill("2023")
    _press(dave, "Open this paper")
    expect(dave.locator("body")).to_contain_text("Say who writes which section.")


def _write(page: Page, kind: str, section: str, dutch: str, english: str) -> None:
    page.goto(f"{WORK}{kind}/2023/")
    page.locator(f"#{section} th a").click()
    _field(page, "text_nl").fill(dutch)
    _field(page, "text_en").fill(english)
    _press(page, "Keep this text")
    expect(page.locator("body")).to_contain_text("Kept.")


def _lay_before(dave: Page, kind: str) -> None:
    dave.goto(f"{WORK}{kind}/2023/")
    _press(dave, "Lay it before the partners")
    expect(dave.locator("body")).to_contain_text("The paper lies before the partners.")


def _sign(bob: Page, kind: str) -> None:
    bob.goto(WORK)
    bob.locator("main").get_by_role("link", name="Sign this paper").first.click()
    expect(bob).to_have_url(re.compile(rf"{kind}/2023/sign/"))
    bob.get_by_label("It agrees with this paper as it reads").check()
    _press(bob, "Sign")
    expect(bob.locator("body")).to_contain_text("Kept what your organisation says of this paper.")


def _all_agree(kind: str) -> None:
    paper = Paper.objects.get(kind=kind, year=2023)
    for partner, _said in queries.unsigned(paper):
        papers.sign(by=coordinator(partner), paper=paper, organisation=partner, agrees=True)


def _decide(dave: Page, kind: str) -> None:
    assert "Nothing stands in the way" in _said(dave, f"{WORK}{kind}/2023/check/")
    dave.goto(f"{WORK}{kind}/2023/")
    _follow(dave, "Decide it here")
    _press(dave, "Decide this paper")
    expect(dave.locator("body")).to_contain_text("It reads the same for ever from now on.")
