# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the check tells: the right page, enough around it to find it, and never the number itself."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mainport.catalogue.rules.checking import MOST, UNREAD, Known, Place, cover, fingerprint, look, mask
from mainport.catalogue.rules.personal_data import Kind, passes_eleven_test

BSN = "111222333"


def _file(text: str, unread: int = 0) -> Place:
    return Place("file", text, file="scriptie.pdf", has_pages=True, unread=unread)


def test_page_and_context() -> None:
    [told] = look([_file(f"Een\ftwee\fIn de bijlage staat BSN {BSN} van iemand.\fvier")])
    assert (told.page, told.kind, told.sure) == (3, "bsn", True)
    assert told.context == "In de bijlage staat BSN 1112***** van iemand."


def test_what_stands_beside_it_is_covered_too() -> None:
    text = f"Mevrouw Jansen, BSN {BSN}, tel. 050 123 45 67, Voorbeeldstraat 12, 9712 AB Groningen"
    told = look([_file(text)])
    kept = json.dumps([one.to_json() for one in told])
    assert {"bsn", "phone", "address", "name"} <= {one.kind for one in told}
    for secret in (BSN, "Jansen", "050 123", "9712 AB"):
        assert secret not in kept


def test_pages_without_words_are_told() -> None:
    [told] = look([_file("Een\f\f", unread=2)])
    assert (told.kind, told.page, told.sure) == (UNREAD, 2, False)


def test_no_more_than_is_of_use() -> None:
    many = " ".join(f"depressie en BSN {BSN}." for _turn in range(400))
    told = look([_file(many)])
    assert len(told) == MOST
    assert all(one.sure for one in told), "what counts most comes first"


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=10_000_000, max_value=999_999_999).map(str), st.text(max_size=60), st.text(max_size=60))
def test_a_number_is_never_kept(number: str, before: str, after: str) -> None:
    nine = number.zfill(9)
    text = f"{before} BSN {nine} {after}"
    kept = [one.to_json() for one in look([_file(text)])]
    if passes_eleven_test(nine) and any(one["kind"] == "bsn" for one in kept):
        assert nine not in json.dumps(kept)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.HEALTH])
@pytest.mark.parametrize("text", ["a", "ab", "abc", "050 123 45 67", "NL91 ABNA 0417 1643 00", "alice@example.org"])
def test_cover_leaves_less_than_half(text: str, kind: Kind) -> None:
    covered = cover(text, kind)
    assert len(covered) == len(text)
    shown = sum(one.isalnum() for one in covered)
    assert shown <= max(1, len(text) * 4 // 9)


def test_mask_takes_numbers_out_and_leaves_words() -> None:
    assert mask(f"De heer Jansen, BSN {BSN}.") == "De heer Jansen, BSN *********."
    assert mask("IBAN NL91ABNA0417164300") == "IBAN " + "*" * 18


def test_fingerprint_changes_with_words_and_files() -> None:
    places = [Place("titles", "Titel", language="nl")]
    first = fingerprint(places, {"a.pdf": "1"})
    assert first == fingerprint([*places, _file("words of the file")], {"a.pdf": "1"})
    assert first != fingerprint([Place("titles", "Titel!", language="nl")], {"a.pdf": "1"})
    assert first != fingerprint(places, {"a.pdf": "2"})
    assert first != fingerprint(places, {"b.pdf": "1"})


def test_authors_and_supervisor_may_stand_in_it() -> None:
    known = Known.of(["Heidi de Boer", "Dr. S. de Vries"], ["heidi@example.org", ""])
    title_page = "Heidi de Boer, heidi@example.org. Begeleider: dr. S. de Vries. Met dank aan mevrouw De Boer."
    assert look([_file(title_page)], known) == []
    assert len(look([_file("Mevrouw Jansen, jansen@example.org")], known)) == 2
    assert look([_file("Respondent De Boer zei ja.")], known), "whoever took part in research is somebody else"
