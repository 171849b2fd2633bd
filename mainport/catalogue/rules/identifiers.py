# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The numbers by which the world knows people, works, organisations and books: read, checked, written one way."""

from __future__ import annotations

import re

_ORCID = re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dX])/?", re.I)
_ROR = re.compile(r"(?:(?:https?://)?(?:www\.)?ror\.org/|ror:\s*)?(0[a-hj-km-np-tv-z0-9]{6}\d\d)/?", re.I)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*|info:doi/)?(10\.\d{4,9}(?:\.\d+)*/\S+)", re.I)
_ISBN = re.compile(r"(?:urn:isbn:|isbn(?:-1[03])?:?\s*)?((?:97[89][ -]?)?(?:\d[ -]?){9}[\dX])", re.I)
_ISSN = re.compile(r"(?:urn:issn:|issn:?\s*)?(\d{4})-?(\d{3}[\dX])", re.I)
#: Crockford's alphabet of 32 signs, without the letters that look like a digit.
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def orcid(text: str) -> str | None:
    """An ORCID as 0000-0000-0000-0000, check digit included (ISO 7064 MOD 11-2); None if it isn't one.

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("0000-0002-1825-0098")
    ('0000-0002-1825-0097', None)
    """
    found = _ORCID.fullmatch(text.strip())
    if not found:
        return None
    parts = [part.upper() for part in found.groups()]
    digits = "".join(parts)
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return "-".join(parts) if digits[-1] == ("X" if check == 10 else str(check)) else None


def ror(text: str) -> str | None:
    """The nine signs of a ROR, check digits included (ISO 7064 MOD 97-10); None if it isn't one.

    >>> ror("https://ror.org/012p63287"), ror("012p63288")
    ('012p63287', None)
    """
    found = _ROR.fullmatch(text.strip())
    if not found:
        return None
    name = found.group(1).lower()
    number = 0
    for sign in name[:7]:
        number = number * 32 + _CROCKFORD.index(sign)
    return name if 98 - number * 100 % 97 == int(name[7:]) else None


def doi(text: str) -> str | None:
    """A DOI without its address, in small letters: a DOI is the same in either case (DOI Handbook, 2.4).

    A DOI has no check digit: the form is all that can be checked without asking doi.org.

    >>> doi("https://doi.org/10.1000/ABC.1"), doi("11.1000/abc")
    ('10.1000/abc.1', None)
    """
    found = _DOI.fullmatch(text.strip())
    return found.group(1).lower() if found else None


def isbn(text: str) -> str | None:
    """An ISBN as its 13 digits, from 10 or 13, check digit included; None if it isn't one.

    >>> isbn("ISBN 0-306-40615-2"), isbn("978-0-306-40615-8")
    ('9780306406157', None)
    """
    found = _ISBN.fullmatch(text.strip())
    if not found:
        return None
    signs = re.sub(r"[ -]", "", found.group(1)).upper()
    if len(signs) == 10:
        total = sum((10 - i) * (10 if sign == "X" else int(sign)) for i, sign in enumerate(signs))
        if total % 11:
            return None
        body = "978" + signs[:9]
        return body + str(_last_of_13(body))
    if len(signs) != 13 or not signs.isdecimal() or _last_of_13(signs[:12]) != int(signs[12]):
        return None
    return signs


def _last_of_13(body: str) -> int:
    return -sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(body)) % 10


def issn(text: str) -> str | None:
    """An ISSN as 0000-0000, check digit included; None if it isn't one.

    >>> issn("ISSN 0378-5955"), issn("0378-5954")
    ('0378-5955', None)
    """
    found = _ISSN.fullmatch(text.strip())
    if not found:
        return None
    digits = (found.group(1) + found.group(2)).upper()
    total = sum((8 - i) * int(digit) for i, digit in enumerate(digits[:7]))
    check = -total % 11
    return f"{digits[:4]}-{digits[4:]}" if digits[7] == ("X" if check == 10 else str(check)) else None
