# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Finds what in a text may be about a person, so that its author can take it out before anybody else reads it.

It errs to the side of showing: each finding says why, and how sure it is. It decides nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Kind(StrEnum):
    """What was found."""

    BSN = "bsn"
    IBAN = "iban"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    NAME = "name"
    HEALTH = "health"


class Reason(StrEnum):
    """Why it was taken for that."""

    ELEVEN_TEST_AND_LABEL = "passes-eleven-test-beside-its-name"
    ELEVEN_TEST = "passes-eleven-test"
    FAILS_ELEVEN_TEST = "named-so-but-fails-eleven-test"
    CHECK_DIGITS = "check-digits-are-right"
    DUTCH_NUMBER = "form-of-a-dutch-number"
    FOREIGN_NUMBER = "form-of-a-foreign-number"
    SHARED_NUMBER = "number-of-an-organisation"
    PERSONAL_BOX = "address-of-a-person"
    SHARED_BOX = "address-of-an-organisation"
    POSTCODE_AND_NUMBER = "postcode-with-house-number"
    SALUTATION = "name-after-salutation"
    TITLE = "name-after-title"
    IN_CARE = "name-after-word-for-somebody-in-care-or-research"
    HEALTH_NEAR_NAME = "health-word-near-name"
    HEALTH_WORD = "health-word"


#: Reasons that by themselves are a reason to warn; the others are shown as worth a look.
SURE = frozenset(
    {
        Reason.ELEVEN_TEST_AND_LABEL,
        Reason.CHECK_DIGITS,
        Reason.DUTCH_NUMBER,
        Reason.PERSONAL_BOX,
        Reason.POSTCODE_AND_NUMBER,
        Reason.SALUTATION,
        Reason.IN_CARE,
        Reason.HEALTH_NEAR_NAME,
    }
)


@dataclass(frozen=True)
class Finding:
    """A piece of the text, from `start` up to `end`, and why it was taken for what it is."""

    start: int
    end: int
    kind: Kind
    text: str
    reason: Reason

    @property
    def sure(self) -> bool:
        return self.reason in SURE


def find(text: str) -> list[Finding]:
    """All that may be about a person, in the order of the text; no two findings overlap."""
    taken: list[Finding] = []
    # What has check digits goes first: the digits of an IBAN aren't a telephone number as well.
    for search in (_emails, _ibans, _bsns, _phones, _addresses, _names):
        taken += _free(taken, search(text))
        taken.sort(key=lambda found: found.start)
    names = [found.start for found in taken if found.kind is Kind.NAME]
    taken += _free(taken, _health(text, names))
    return sorted(taken, key=lambda found: found.start)


def _free(taken: list[Finding], found: Iterable[Finding]) -> list[Finding]:
    """What doesn't overlap with what is taken, which is in order and without overlap itself."""
    starts = [one.start for one in taken]
    free = []
    for one in found:
        after = bisect_left(starts, one.start)
        clear_before = after == 0 or taken[after - 1].end <= one.start
        if clear_before and (after == len(taken) or taken[after].start >= one.end):
            free.append(one)
    return free


# Spaces and dashes as text out of a PDF has them.
_S = "[ \u00a0\u2009\u202f]"
_D = "[-\u2010\u2011\u2013]"

_NINE = re.compile(
    rf"(?<![\w/@#=&?%+€$-])(?<![0-9][.,])(?:[0-9]{{8,9}}|[0-9]{{4}}[.][0-9]{{2}}[.][0-9]{{3}}"
    rf"|[0-9]{{3}}(?:{_S}|{_D}|[.])[0-9]{{3}}(?:{_S}|{_D}|[.])[0-9]{{3}})(?![\w/@%]|[.,:-][0-9]|{_S}?€)"
)
_LABEL = re.compile(
    r"\b(?:bsn|burger ?service ?nummer|burgerservicenr|sofi(?: ?-?nummer|nr)?|citizen service number)\b", re.I
)
#: Nine digits after one of these are something else, and one in eleven of them passes the test by chance.
_OTHER_NUMBER = re.compile(
    r"\b(?:kvk|k\.v\.k\.|kamer van koophandel|chamber of commerce|rsin|btw|vat|doi|isbn|issn|pmid|pubmed|arxiv|"
    r"student(?:en)?(?:nummer|nr)?|student (?:number|no|id)|factuur\w*|invoice|order\w*|dossier\w*|ordernummer|"
    r"tel|telefoon\w*|phone|mobiel|eur|euro|usd|www|https?)\b[\s.:#n°ro]*$",
    re.I,
)


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits (eight: without the first 0) can be a BSN.

    >>> passes_eleven_test("111222333"), passes_eleven_test("111222334")
    (True, False)
    """
    digits = digits.zfill(9)
    if len(digits) != 9 or not re.fullmatch("[0-9]+", digits) or not digits.strip("0"):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 == 0


def _bsns(text: str) -> Iterator[Finding]:
    for match in _NINE.finditer(text):
        digits = re.sub("[^0-9]", "", match[0])
        before = text[max(0, match.start() - 60) : match.start()]
        labelled = bool(_LABEL.search(before))
        if passes_eleven_test(digits):
            if not labelled and (len(digits) == 8 or _OTHER_NUMBER.search(before)):
                continue
            reason = Reason.ELEVEN_TEST_AND_LABEL if labelled else Reason.ELEVEN_TEST
        elif labelled and re.search(r"(?:bsn|nummer|nr|number)\W*(?:is|was)?\W*$", before, re.I):
            # Somebody who mistypes a digit has given away the other eight.
            reason = Reason.FAILS_ELEVEN_TEST
        else:
            continue
        yield Finding(match.start(), match.end(), Kind.BSN, match[0], reason)


_IBAN = re.compile(rf"(?<![A-Za-z0-9])[A-Za-z]{{2}}[0-9]{{2}}(?:{_S}?[A-Za-z0-9]){{11,30}}(?![A-Za-z0-9])")
#: How many signs an IBAN has (ISO 13616 registry), where that decides how far a match goes.
_IBAN_LENGTHS = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "ES": 24, "IT": 27, "GB": 22, "IE": 22, "LU": 20, "AT": 20, "CH": 21,
    "PL": 28, "PT": 25, "DK": 18, "NO": 15, "SE": 24, "FI": 18, "TR": 26,
}  # fmt: skip


def _ibans(text: str) -> Iterator[Finding]:
    for match in re.finditer(rf"(?<![A-Za-z0-9])(?=([A-Za-z]{{2}})[0-9]{{2}}{_S}?[A-Za-z0-9])", text):
        length = _IBAN_LENGTHS.get(match[1].upper())
        if length is None:
            whole = _IBAN.match(text, match.start())
            end = whole.end() if whole else match.start()
        else:
            end = _after(text, match.start(), length)
        signs = re.sub(_S, "", text[match.start() : end]).upper()
        if 15 <= len(signs) <= 34 and signs.isascii() and signs.isalnum() and is_iban(signs):
            yield Finding(match.start(), end, Kind.IBAN, text[match.start() : end], Reason.CHECK_DIGITS)


def _after(text: str, start: int, length: int) -> int:
    """Where so many signs end, single spaces between them left out; `start` where they don't end a word there."""
    position = start
    for count in range(length):
        if count and re.match(_S, text[position : position + 1]):
            position += 1
        if not re.match("[A-Za-z0-9]", text[position : position + 1]):
            return start
        position += 1
    return start if re.match("[A-Za-z0-9]", text[position : position + 1]) else position


def is_iban(signs: str) -> bool:
    """Whether these are the signs of an IBAN, without spaces, in capitals (ISO 13616).

    >>> is_iban("NL91ABNA0417164300"), is_iban("NL92ABNA0417164300")
    (True, False)
    """
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", signs):
        return False
    if (length := _IBAN_LENGTHS.get(signs[:2])) and len(signs) != length:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1


_DUTCH_PHONE = re.compile(
    rf"(?<![\w+.,/-])(?:(?:\+|00)31{_S}?(?:\(0\))?(?:{_S}|{_D})?|\(?0)([1-9](?:{_S}?[0-9]){{0,2}})\)?"
    rf"(?:{_S}?{_D}?{_S}?)([0-9](?:{_S}?[0-9]){{5,7}})(?![\w/]|[.,:-][0-9])"
)
_FOREIGN_PHONE = re.compile(rf"(?<![\w+.,])\+(?!31)[1-9][0-9]{{0,2}}(?:(?:{_S}|{_D}|[().])?[0-9]){{7,12}}(?![\w])")


def _phones(text: str) -> Iterator[Finding]:
    for match in _DUTCH_PHONE.finditer(text):
        digits = re.sub("[^0-9]", "", match[1] + match[2])
        if len(digits) == 9:
            shared = digits.startswith(("800", "900", "906", "909", "85", "88"))
            reason = Reason.SHARED_NUMBER if shared else Reason.DUTCH_NUMBER
            yield Finding(match.start(), match.end(), Kind.PHONE, match[0], reason)
    for match in _FOREIGN_PHONE.finditer(text):
        yield Finding(match.start(), match.end(), Kind.PHONE, match[0], Reason.FOREIGN_NUMBER)


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_SHARED_BOX = re.compile(
    r"(?:info|contact|secretariaat|secretariat|office|support|helpdesk|servicedesk|receptie|administratie|"
    r"no-?reply|post|mail|pers|press|privacy|fg|hr|webmaster|bibliotheek|library)@",
    re.I,
)


def _emails(text: str) -> Iterator[Finding]:
    for match in _EMAIL.finditer(text):
        reason = Reason.SHARED_BOX if _SHARED_BOX.match(match[0]) else Reason.PERSONAL_BOX
        yield Finding(match.start(), match.end(), Kind.EMAIL, match[0], reason)


#: Four digits and two letters, of which SA, SD and SS were never given out.
_POSTCODE = re.compile(rf"(?<![\w.,-])[1-9][0-9]{{3}}{_S}?(?!SA|SD|SS)[A-Z]{{2}}(?![\w])")
_NUMBER_BEFORE = re.compile(rf"[^\W\d_]{_S}+[1-9][0-9]{{0,4}}{_S}?(?:{_D}?{_S}?[a-zA-Z0-9]{{1,4}})?[\s,]{{1,6}}$")
_NUMBER_AFTER = re.compile(
    rf"[\s,]{{1,4}}(?:(?:huisnummer|nummer|nr\.?|no\.?){_S}*)?[1-9][0-9]{{0,4}}[a-zA-Z]?\b", re.I
)
_BOX = re.compile(r"(?:postbus|p\.?\s?o\.?\s?box|antwoordnummer)\W+[0-9]{1,6}[\s,]*$", re.I)


def _addresses(text: str) -> Iterator[Finding]:
    for match in _POSTCODE.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        if _BOX.search(before):
            continue
        if house := _NUMBER_BEFORE.search(before):
            start = match.start() - len(before) + house.start()
            # The street's name goes along: back to the beginning of the word that the number follows.
            while start > 0 and text[start - 1].isalpha():
                start -= 1
            yield Finding(start, match.end(), Kind.ADDRESS, text[start : match.end()], Reason.POSTCODE_AND_NUMBER)
        elif (house := _NUMBER_AFTER.match(text, match.end())) and not re.match(r"(?:19|20)", match[0]):
            # From 1900 to 2099 it is rather a year: "in 2019 EU 27".
            yield Finding(
                match.start(), house.end(), Kind.ADDRESS, text[match.start() : house.end()], Reason.POSTCODE_AND_NUMBER
            )


_PREFIX = r"(?:(?:van|von|de|der|den|het|ter|ten|te|in|op|el|al|la|le|du|da|dos|bin|ibn|'t|’t)\s){0,3}"
_PART = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}(?:[-'’][^\W\d_]{1,30})?"
_FULL = rf"(?:[A-ZÀ-ÖØ-Þ]\.{_S}?){{0,5}}(?:{_PREFIX}{_PART})(?:{_S}{_PREFIX}{_PART}){{0,2}}"
_SALUTATION = re.compile(
    r"(?<!\w)(?P<call>"
    r"(?P<care>pati[eë]nte?|cli[eë]nte?|client|respondente?|ge[iï]nterviewde|interviewee|deelneemster|bewoon(?:st)?er)"
    r"|(?P<title>prof\.|dr\.|drs\.|ir\.|ing\.|professor|doctor|dokter)"
    r"|de heer|dhr\.?|mevrouw|mevr\.?|mw\.?|meneer|mrs\.?|ms\.?|miss|mr\.|"
    r"mijn naam is|my name is|ik heet|beste|dear|geachte heer|geachte mevrouw"
    rf")(?:{_S}(?:dr|drs|ir|ing|prof)\.)*{_S}+(?P<name>(?-i:{_FULL}))",
    re.I,
)
#: What follows a salutation without being somebody's name.
_NO_NAME = frozenset(
    [
        "collega",
        "lezer",
        "student",
        "heer",
        "mevrouw",
        "allemaal",
        "reader",
        "colleague",
        "sir",
        "madam",
        "all",
        "a",
        "b",
    ]
)


def _names(text: str) -> Iterator[Finding]:
    for match in _SALUTATION.finditer(text):
        name = match["name"]
        if name.casefold() in _NO_NAME:
            continue
        reason = Reason.IN_CARE if match["care"] else Reason.TITLE if match["title"] else Reason.SALUTATION
        yield Finding(match.start("name"), match.end("name"), Kind.NAME, name, reason)


@dataclass(frozen=True)
class HealthWords:
    """The list of data/health-words.txt, made ready for looking up word by word."""

    whole: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]
    inside: frozenset[str]

    def has(self, word: str) -> bool:
        if word in self.whole:
            return True
        lengths = range(2, len(word) + 1)
        if any(word[:length] in self.beginnings or word[-length:] in self.endings for length in lengths):
            return True
        return any(part in word for part in self.inside)


def read_health_words(text: str) -> HealthWords:
    """Reads the list: a word a line, * for anything before or after it, # before a remark."""
    lines = {line.strip().casefold() for line in text.splitlines()}
    words = {line for line in lines if line and not line.startswith("#")}
    inside = {word for word in words if word.startswith("*") and word.endswith("*")}
    beginnings = {word for word in words - inside if word.endswith("*")}
    endings = {word for word in words - inside if word.startswith("*")}
    return HealthWords(
        frozenset(words - inside - beginnings - endings),
        *(frozenset(word.strip("*") for word in group) for group in (beginnings, endings, inside)),
    )


@cache
def health_words() -> HealthWords:
    """The list that comes with Mainport."""
    source = resources.files("mainport.catalogue") / "data" / "health-words.txt"
    return read_health_words(source.read_text(encoding="utf-8"))


#: So many characters from a name a health word is about that person, roughly a sentence.
_NEAR = 160


def _health(text: str, names: list[int]) -> Iterator[Finding]:
    words = health_words()
    known: dict[str, bool] = {}
    for match in re.finditer(r"[^\W\d_]+(?:-[^\W\d_]+)*", text):
        word = match[0].casefold()
        if word not in known:
            known[word] = len(word) < 64 and words.has(word)
        if not known[word]:
            continue
        next_name = bisect_left(names, match.start() - _NEAR)
        near = next_name < len(names) and names[next_name] <= match.end() + _NEAR
        reason = Reason.HEALTH_NEAR_NAME if near else Reason.HEALTH_WORD
        yield Finding(match.start(), match.end(), Kind.HEALTH, match[0], reason)
