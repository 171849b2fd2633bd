# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What the flag of a value means: those of Eurostat (https://ec.europa.eu/eurostat/data/database/information)
and the codes of SDMX's CL_OBS_STATUS, which sources of JSON-stat and SDMX use alike."""

from __future__ import annotations

import re

from mainport.monitor.rules.tables import Finality, Missing

#: Eurostat's in small letters, SDMX's in capitals. A flag that isn't here says nothing of why there is no number.
_MISSING = {
    "c": Missing.CONFIDENTIAL,
    "C": Missing.CONFIDENTIAL,
    "Q": Missing.CONFIDENTIAL,  # Suppressed.
    "z": Missing.IMPOSSIBLE,  # Not applicable.
    "M": Missing.IMPOSSIBLE,  # Data can't exist.
}
_FINALITY = {
    "p": Finality.PROVISIONAL,
    "P": Finality.PROVISIONAL,
    "e": Finality.ESTIMATED,
    "s": Finality.ESTIMATED,  # Eurostat's own estimate.
    "f": Finality.ESTIMATED,  # Forecast.
    "i": Finality.ESTIMATED,  # Imputed.
    "E": Finality.ESTIMATED,
    "F": Finality.ESTIMATED,
    "I": Finality.ESTIMATED,
}
_LETTER = re.compile(r"[A-Za-z]")


def missing(flag: str) -> Missing:
    """Why there is no number, where there is none. Several flags may stand together (`: c`, `bp`)."""
    found = (_MISSING[letter] for letter in _LETTER.findall(flag) if letter in _MISSING)
    return next(found, Missing.NOT_AVAILABLE)


def finality(flag: str) -> Finality:
    """How final a number is.

    >>> finality("bp"), finality("b")
    (<Finality.PROVISIONAL: 1>, <Finality.UNKNOWN: 0>)
    """
    found = (_FINALITY[letter] for letter in _LETTER.findall(flag) if letter in _FINALITY)
    return next(found, Finality.UNKNOWN)
