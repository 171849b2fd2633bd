# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Identifiers out of words: valid in every format that we write, and the same each time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

#: Stands for all values of a dimension together, in SDMX.
TOTAL = "_T"
_FORBIDDEN = re.compile(r"[^A-Za-z0-9]+")
#: SDMX's IDType, and for what names a concept its NCNameIDType.
_CODE = re.compile(r"[A-Za-z0-9_@hmB]+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def identifier(label: str, most: int = 40) -> str:
    """Letters, digits and underscores out of a label; what is cut off or lost is told apart by a hash."""
    plain = _FORBIDDEN.sub("_", label).strip("_")
    if not plain or len(plain) > most:
        return f"{plain[: most - 7]}_{digest(label)}".lstrip("_")
    return plain


def digest(label: str) -> str:
    return hashlib.sha256(label.encode()).hexdigest()[:6]


class Codes:
    """The codes of one column or list, made as its labels come by; no two labels share one."""

    def __init__(self, official: Mapping[str, str], most: int = 40) -> None:
        self._official, self._most = official, most
        self.by_label: dict[str, str] = {}
        self._taken: set[str] = {TOTAL}

    def code(self, label: str) -> str:
        known = self.by_label.get(label)
        if known is not None:
            return known
        code = self._official.get(label) or identifier(label, self._most)
        # Codes that differ in nothing but their case would be one file, address or key elsewhere.
        if code.lower() in self._taken:
            code = f"{code[: self._most - 7]}_{digest(label)}"
        self._taken.add(code.lower())
        self.by_label[label] = code
        return code


def sdmx_code(code: str) -> str:
    """The code itself where SDMX takes it; else one made out of it."""
    return code if _CODE.fullmatch(code) else identifier(code)


def sdmx_name(key: str) -> str:
    """The key itself where SDMX takes it as the name of a concept; else one made out of it."""
    if _NAME.fullmatch(key):
        return key
    made = identifier(key)
    return made if _NAME.fullmatch(made) else f"D_{made}"
