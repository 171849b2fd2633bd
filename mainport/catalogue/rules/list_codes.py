# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The code by which a visitor without an account finds their list of courses again.

It is written down and typed over: no signs that look alike (0 and O, 1, I and L, U and V), and no vowels, so that it
makes no words. Twelve signs of these are 57 bits: with the few tries that a form allows, nobody guesses one.
"""

from __future__ import annotations

import secrets

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"
LENGTH = 12
#: So many are read at once.
GROUP = 4


def make() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(code: str) -> str:
    """In groups, as it is read out and written down; '' for what isn't a code."""
    if not is_code(code):
        return ""
    return " ".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(said: str) -> str:
    """The code in what somebody typed, whatever stands between its signs; '' where there is none."""
    found = "".join(sign for sign in said.upper() if sign.isalnum())
    return found if is_code(found) else ""


def is_code(said: str) -> bool:
    return len(said) == LENGTH and all(sign in SIGNS for sign in said)
