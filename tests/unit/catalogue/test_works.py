# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mainport.catalogue.rules import identifiers
from mainport.catalogue.rules.texts import Day, day, language
from mainport.catalogue.rules.works import (
    Access,
    Author,
    Identifier,
    Organisation,
    Recommendation,
    Scheme,
    Work,
    WorkFile,
    check,
    identify,
)

GOOD = Work(
    titles={"nl": "Wonen na de bevingen", "en": "Living after the quakes"},
    identifiers=(Identifier(Scheme.DOI, "10.1000/182"), Identifier(Scheme.ISBN, "9780306406157")),
    authors=(Author("J. Jansen", orcid="0000-0002-1825-0097", organisations=(Organisation("RUG", "012p63287"),)),),
    recommendations=(Recommendation(1, {"nl": "Betaal sneller uit."}),),
    files=(WorkFile("scriptie.pdf", sha256="0" * 64, size=1),),
    licence="CC-BY-4.0",
    access=Access.OPEN,
    published=Day(2024, 6),
    language="nl",
)


def test_a_good_work_has_no_faults() -> None:
    assert check(GOOD) == []
    assert GOOD.doi == "10.1000/182"


@pytest.mark.parametrize(
    ("work", "field"),
    [
        (replace(GOOD, titles={"nl": " "}), "titles"),
        (replace(GOOD, abstracts={"Dutch": "x"}), "abstracts.Dutch"),
        (replace(GOOD, authors=(Author(""),)), "authors[0].name"),
        (replace(GOOD, authors=(Author("X", orcid="0000-0002-1825-0098"),)), "authors[0].orcid"),
        (replace(GOOD, organisations=(Organisation("RUG", "012p63288"),)), "organisations[0].ror"),
        (replace(GOOD, organisations=(Organisation(""),)), "organisations[0].name"),
        (replace(GOOD, identifiers=(Identifier(Scheme.DOI, "10.1000/ABC"),)), "identifiers[0]"),
        (replace(GOOD, identifiers=(Identifier(Scheme.ISBN, "9780306406158"),)), "identifiers[0]"),
        (replace(GOOD, identifiers=(Identifier(Scheme.URL, "javascript:alert(1)"),)), "identifiers[0]"),
        (replace(GOOD, files=(WorkFile("a.pdf"),)), "files[0]"),
        (replace(GOOD, files=(WorkFile("a.pdf", url="file:///etc/passwd"),)), "files[0].url"),
        (replace(GOOD, files=(WorkFile("a.pdf", sha256="FF"),)), "files[0].sha256"),
        (replace(GOOD, files=(WorkFile("a.pdf", sha256="0" * 64, size=-1),)), "files[0].size"),
        (replace(GOOD, licence=""), "licence"),
        (replace(GOOD, access=Access.EMBARGOED), "embargo_until"),
        (replace(GOOD, embargo_until=date(2024, 5, 31)), "embargo_until"),
        (replace(GOOD, recommendations=(Recommendation(1, {}),)), "recommendations[0].text"),
        (replace(GOOD, recommendations=GOOD.recommendations * 2), "recommendations"),
    ],
)
def test_a_fault_names_its_field(work: Work, field: str) -> None:
    faults = check(work)
    assert [fault.field for fault in faults] == [field]
    assert str(faults[0]).startswith(f"{field}: found ")


def test_the_agenda_decides_which_tasks_there_are() -> None:
    work = replace(GOOD, task="T9", goal="G1")
    levels = {"task": frozenset({"T1"}), "goal": frozenset({"G1"}), "sector": frozenset[str]()}
    assert [str(fault) for fault in check(work, levels=levels)] == ["task: found T9, expected a task of the agenda"]


@given(st.integers(0, 10**15 - 1))
def test_each_beginning_of_an_orcid_has_one_check_digit(number: int) -> None:
    body = f"{number:015}"
    right = [found for digit in "0123456789X" if (found := identifiers.orcid(body + digit))]
    assert len(right) == 1
    assert identifiers.orcid(f"https://orcid.org/{right[0]}") == right[0]


@given(st.integers(0, 10**9 - 1))
def test_an_isbn_of_10_and_of_13_digits_are_one(number: int) -> None:
    body = f"{number:09}"
    (thirteen,) = {found for digit in "0123456789X" if (found := identifiers.isbn(body + digit))}
    assert thirteen.startswith("978" + body)
    assert identifiers.isbn(thirteen) == thirteen


@given(st.text(alphabet="0123456789abcdefghjkmnpqrstvwxyz", min_size=6, max_size=6))
def test_each_beginning_of_a_ror_has_one_pair_of_check_digits(body: str) -> None:
    assert len([1 for check in range(100) if identifiers.ror(f"0{body}{check:02}")]) == 1


@given(st.text(max_size=40))
def test_any_text_is_an_identifier_or_none(text: str) -> None:
    found = identify(text)
    assert (found is None) == (not text.strip())


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("https://doi.org/10.1000/ABC", Scheme.DOI, "10.1000/abc"),
        ("https://hdl.handle.net/1887/3", Scheme.HANDLE, "1887/3"),
        ("urn:isbn:0306406152", Scheme.ISBN, "9780306406157"),
        ("urn:nbn:nl:ui:10-1", Scheme.URN, "urn:nbn:nl:ui:10-1"),
        ("oai:x.nl:1", Scheme.OAI, "oai:x.nl:1"),
        ("https://x.nl/1", Scheme.URL, "https://x.nl/1"),
        ("ISSN 0378-5955", Scheme.ISSN, "0378-5955"),
        ("12", Scheme.LOCAL, "12"),
    ],
)
def test_an_identifier_tells_its_scheme(text: str, scheme: Scheme, value: str) -> None:
    assert identify(text) == Identifier(scheme, value)


def test_days_months_and_years() -> None:
    assert [str(day(text)) for text in ("2024", "2024-06", "2024-6-3", "2024-06-03T10:00:00Z")] == [
        "2024",
        "2024-06",
        "2024-06-03",
        "2024-06-03",
    ]
    assert [day(text) for text in ("", None, "0000", "2024-13", "June 2024", "2023-02-29")] == [None] * 6
    assert Day(2024) < Day(2024, 1, 2)


def test_languages_by_whatever_code() -> None:
    assert {language(code) for code in ("nl", "NL-nl", "dut", "nld", "Dutch", "Nederlands")} == {"nl"}
    assert [language(code) for code in ("eng", "en_US", "fry", "", None, "x?")] == [
        "en",
        "en",
        "fy",
        "und",
        "und",
        "und",
    ]
