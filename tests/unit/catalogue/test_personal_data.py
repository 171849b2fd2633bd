# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.rules.personal_data import Kind, Reason, find, health_words, passes_eleven_test

NAMELESS = st.text(alphabet="abcdefgh ,;()\n", max_size=40)


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(found.kind, found.text) for found in find(text)]


@st.composite
def bsns(draw: st.DrawFn) -> str:
    """Nine digits that pass the test: the last one is what the first eight ask for, where that is one digit."""
    first = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(any))
    last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
    if last == 10:  # No BSN has this beginning: raise the digit of weight 2, which takes the rest elsewhere.
        first[7] = (first[7] + 1) % 10
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), first, strict=True)) % 11
    return "".join(map(str, first)) + str(last) if last < 10 else "111222333"


@given(bsns(), NAMELESS, NAMELESS)
@settings(max_examples=60, deadline=None)
def test_finds_every_bsn_beside_its_name(bsn: str, before: str, after: str) -> None:
    assert passes_eleven_test(bsn)
    text = f"{before} BSN: {bsn} {after}"
    found = [one for one in find(text) if one.kind is Kind.BSN]
    assert [(one.text, one.reason) for one in found] == [(bsn, Reason.ELEVEN_TEST_AND_LABEL)]


@given(bsns(), st.integers(0, 8), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_one_wrong_digit_always_fails_the_eleven_test(bsn: str, place: int, more: int) -> None:
    wrong = bsn[:place] + str((int(bsn[place]) + more) % 10) + bsn[place + 1 :]
    assert not passes_eleven_test(wrong)


@given(st.text(max_size=300) | st.text(alphabet="0123456789 .-+()NLAB@dhr\n", max_size=300))
@settings(max_examples=150, deadline=None)
def test_spans_are_pieces_of_the_text_in_order_without_overlap(text: str) -> None:
    end = 0
    for found in find(text):
        assert found.text == text[found.start : found.end]
        assert found.start >= end
        assert found.text.strip()
        end = found.end


@given(st.text(alphabet="abcdefghij klmnop\n", max_size=200))
@settings(max_examples=50, deadline=None)
def test_small_letters_alone_hold_no_numbers_and_no_addresses(text: str) -> None:
    assert {found.kind for found in find(text)} <= {Kind.HEALTH}


@pytest.mark.parametrize("written", ["111222333", "1112.22.333", "111 222 333", "111-222-333", "111.222.333"])
def test_a_bsn_is_known_however_it_is_written(written: str) -> None:
    assert kinds(f"Zijn burgerservicenummer is {written}.") == [(Kind.BSN, written)]


def test_a_bsn_without_its_name_is_shown_as_less_sure() -> None:
    (found,) = find("In de bijlage staat 111222333 zonder meer.")
    assert found.reason is Reason.ELEVEN_TEST
    assert not found.sure


def test_a_mistyped_bsn_is_shown_too() -> None:
    (found,) = find("BSN: 111222334")
    assert found.reason is Reason.FAILS_ELEVEN_TEST


@pytest.mark.parametrize(
    "text",
    [
        "KvK 111222333",
        "https://doi.org/10.1000/111222333",
        "PMID: 111222333",
        "studentnummer: 111222333",
        "ordernummer 111222333",
        "een waarde van 0,111222333",
        "€111222333",
        "111222333%",
        "1112223330",
        "000000000",
        "wij telden 12345678 reizen",
    ],
)
def test_other_numbers_are_no_bsn(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("iban", ["NL91ABNA0417164300", "NL91 ABNA 0417 1643 00", "DE89 3704 0044 0532 0130 00"])
def test_finds_accounts_and_where_they_end(iban: str) -> None:
    assert kinds(f"Maak over op {iban} ten name van") == [(Kind.IBAN, iban)]


def test_a_wrong_account_is_none() -> None:
    assert Kind.IBAN not in {found.kind for found in find("NL92 ABNA 0417 1643 00")}


@pytest.mark.parametrize(
    "phone",
    [
        "06-12345678",
        "0612345678",
        "06 12 34 56 78",
        "+31 6 12345678",
        "0031612345678",
        "(050) 123 45 67",
        "050-1234567",
    ],
)
def test_finds_telephone_numbers(phone: str) -> None:
    (found,) = find(f"Bel {phone}, na zes uur.")
    assert (found.kind, found.text, found.reason) == (Kind.PHONE, phone, Reason.DUTCH_NUMBER)


def test_a_number_of_an_organisation_is_less_sure() -> None:
    (found,) = find("Bel 088-1234567.")
    assert found.reason is Reason.SHARED_NUMBER


def test_dates_and_figures_are_no_telephone_numbers() -> None:
    assert kinds("Op 01-02-2023 en 02-03-2024 telden wij 0,612345678 en 1.234.567.890 keer; blz. 12-34.") == []


def test_finds_boxes_of_people_and_of_organisations() -> None:
    found = find("Mail j.jansen@student.example.nl of info@example.nl.")
    assert [(one.text, one.reason) for one in found] == [
        ("j.jansen@student.example.nl", Reason.PERSONAL_BOX),
        ("info@example.nl", Reason.SHARED_BOX),
    ]


def test_finds_addresses_but_no_boxes_and_years() -> None:
    assert kinds("Hij woont Kerkstraat 12a, 9712 HV Groningen.") == [(Kind.ADDRESS, "Kerkstraat 12a, 9712 HV")]
    assert kinds("Postcode 9712HV, huisnummer 5") == [(Kind.ADDRESS, "9712HV, huisnummer 5")]
    assert kinds("Postbus 72, 9700 AB Groningen; in 2019 EU 27 landen; cijfers over 9712 HV") == []


def test_finds_names_after_salutations() -> None:
    found = find("Met dank aan mevrouw A. van der Veen en dr. Jan de Boer; patiënt Willem sprak, de heer zweeg.")
    assert [(one.text, one.reason) for one in found if one.kind is Kind.NAME] == [
        ("A. van der Veen", Reason.SALUTATION),
        ("Jan de Boer", Reason.TITLE),
        ("Willem", Reason.IN_CARE),
    ]


def test_a_health_word_near_a_name_is_sure_and_far_from_it_is_not() -> None:
    text = "Mevrouw De Wit kreeg borstkanker." + " Woorden over iets anders." * 20 + " Kosten van diabetes."
    health = [(one.text, one.reason) for one in find(text) if one.kind is Kind.HEALTH]
    assert health == [("borstkanker", Reason.HEALTH_NEAR_NAME), ("diabetes", Reason.HEALTH_WORD)]


def test_the_list_of_health_words_has_words_beginnings_endings_and_parts() -> None:
    words = health_words()
    assert all(map(words.has, ["adhd", "verslaafde", "hoofdpijnmedicatie", "longkankerpatiënt", "dementia"]))
    assert not any(map(words.has, ["zorg", "gezondheid", "fiets", "aidsfonds"]))


def test_a_long_text_takes_time_in_proportion() -> None:
    piece = "0" * 3000 + "a" * 3000 + " 1" * 1500 + "a." * 1500 + "A. " * 1000 + "NL00" * 500
    begin = time.process_time()
    find(piece * 4)
    assert time.process_time() - begin < 5
