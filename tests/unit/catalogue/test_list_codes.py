# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Codes that people write down and type over."""

from __future__ import annotations

import pytest

from mainport.catalogue.rules import list_codes


def test_a_code_is_read_back_however_it_is_typed() -> None:
    code = list_codes.make()
    shown = list_codes.shown(code)
    assert len(shown.split(" ")) == 3
    for typed in (code, shown, shown.lower(), shown.replace(" ", "-"), f"  {shown.replace(' ', '. ')}\n"):
        assert list_codes.read(typed) == code


def test_no_two_are_the_same_and_no_sign_looks_like_another() -> None:
    codes = {list_codes.make() for _ in range(2000)}
    assert len(codes) == 2000
    assert not set("".join(codes)) & set("01OILUAE")


@pytest.mark.parametrize("said", ["", "K7QM 3XWP", "K7QM 3XWP 9RTV 2", "K7QM 3XWP 9RT0", "K7QM 3XWP 9RTÖ", "٣" * 12])
def test_what_is_no_code(said: str) -> None:
    assert list_codes.read(said) == ""
    assert list_codes.shown(said) == ""
