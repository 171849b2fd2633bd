# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The days that a period covers, out of any of the ways in which sources write one.

CBS (2015JJ00, 2015HJ01, 2015KW01, 2015MM03, 2015W105, 20150315, 2010X000, 2015SJ00), SDMX
(2005, 2005-S1, 2005-Q1, 2005-03, 2024-W05, 2005-03-15), Eurostat (2005S1, 2005Q1, 2005M03), and what
people write (2000 Q1, 2019/20, 2019-2020, 2014 to 2015, maart 2020, 17 May to 11 June 2023).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """First and last day, and SDMX's code of the frequency (A, S, Q, M, W, D; O: other)."""

    start: date
    end: date
    frequency: str


_MONTHS = {"S": 6, "Q": 3, "M": 1}  # in one period of this frequency

_PLAIN = re.compile(
    r"(?P<year>\d{4})(?:"
    r"(?P<annual>JJ00|-A1|A)?"
    r"|(?P<cbs>HJ|KW|MM)(?P<cbs_number>\d\d)"
    r"|(?P<school>SJ00)"
    r"|(?P<other>X\d{3})"
    r"|W1(?P<cbs_week>\d\d)"
    r"|[- ]?W(?P<week>\d\d?)"
    r"|[- ]?(?P<part>[SQMHK])(?P<part_number>\d\d?)"
    r"|[- ](?P<month>\d\d)(?:-(?P<day>\d\d))?"
    r"|(?P<packed>\d{4})"
    r")"
)
_QUARTER_FIRST = re.compile(r"[QK]([1-4])[- ](\d{4})")
#: Two years: 2019/20, 2019/'20, 2019-2020, 2014 to 2015, 2017 t/m 2019; more may stand behind it in brackets.
_YEARS = re.compile(r"(\d{4}) ?(?:/|-|–|to|t/m|tot) ?'?(\d{4}|\d\d)")
#: Two split years with all between them: 2015/16 to 2017/18.
_SPLIT_YEARS = re.compile(r"(\d{4})/(\d\d) ?(?:-|–|to|t/m|tot) ?(\d{4})/(\d\d)")
_NOTE = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])$")
#: March 2020, 12 maart 2020, 17 May to 11 June 2023.
_DATE = r"(?:(\d\d?) )?([a-z]{3,9})\.?(?: (\d{4}))?"
_WORDS = re.compile(rf"{_DATE}(?: (?:to|tot|t/m|-|–) {_DATE})?", re.IGNORECASE)
_NAMES = (
    ("january", "januari"),
    ("february", "februari"),
    ("march", "maart"),
    ("april",),
    ("may", "mei"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "augustus"),
    ("september",),
    ("october", "oktober"),
    ("november",),
    ("december",),
)
_MONTH_NAMES = {
    spelling: number
    for number, names in enumerate(_NAMES, 1)
    for name in names
    for spelling in (name, name[:3], *(("mrt",) if number == 3 else ("sept",) if number == 9 else ()))
}

_CBS = {"HJ": "S", "KW": "Q", "MM": "M"}
_PARTS = {"S": "S", "H": "S", "Q": "Q", "K": "Q", "M": "M"}


@lru_cache(maxsize=65536)
def parse(code: str) -> PeriodSpan:
    """The span of a period as a source writes it.

    Two years with a slash or words between them that follow each other (2019/20) are one year that begins
    on an unknown day of the first: the span holds every day that it may cover, and its frequency is annual.
    Years further apart are one period of all those years, of another frequency. YYYY-MM is a month, as in
    ISO 8601, also where it could be two years. A note in brackets behind the period says nothing of its days.

    Raises ValueError for what isn't a period.
    """
    text = _NOTE.sub("", code.strip())
    try:
        if match := _PLAIN.fullmatch(text):
            return _plain(match)
        if match := _QUARTER_FIRST.fullmatch(text):
            return _part(int(match[2]), "Q", int(match[1]))
        if match := _YEARS.fullmatch(text):
            return _years(int(match[1]), match[2])
        if match := _SPLIT_YEARS.fullmatch(text):
            start, end = _years(int(match[1]), match[2]).start, _years(int(match[3]), match[4]).end
            return PeriodSpan(start, end, "O")
        if match := _WORDS.fullmatch(text):
            return _words(match)
    except ValueError as error:
        raise ValueError(f"{code!r} is no period: {error}") from None
    raise ValueError(f"{code!r} is no period that Mainport knows, such as 2015, 2015-Q1, 2015-03 or 2015JJ00")


def _plain(match: re.Match[str]) -> PeriodSpan:
    part = match.groupdict()
    year = int(part["year"])
    if part["cbs"]:
        return _part(year, _CBS[part["cbs"]], int(part["cbs_number"]))
    if part["part"]:
        return _part(year, _PARTS[part["part"]], int(part["part_number"]))
    if part["month"] and not part["day"]:
        month = int(part["month"])
        # 2016-18 can't be a month: it is two years.
        return _part(year, "M", month) if 1 <= month <= 12 else _years(year, part["month"])
    if part["day"]:
        return _day(date(year, int(part["month"]), int(part["day"])))
    if part["packed"]:
        return _day(date(year, int(part["packed"][:2]), int(part["packed"][2:])))
    if week := part["cbs_week"] or part["week"]:
        monday = date.fromisocalendar(year, int(week), 1)
        return PeriodSpan(monday, monday + timedelta(days=6), "W")
    if part["school"]:  # CBS: a school year runs from 1 August until 31 July.
        return PeriodSpan(date(year, 8, 1), date(year + 1, 7, 31), "A")
    return PeriodSpan(date(year, 1, 1), date(year, 12, 31), "O" if part["other"] else "A")


def _day(day: date) -> PeriodSpan:
    return PeriodSpan(day, day, "D")


def _part(year: int, frequency: str, number: int) -> PeriodSpan:
    months = _MONTHS[frequency]
    if not 1 <= number <= 12 // months:
        raise ValueError(f"a year has no {frequency}{number}")
    last = number * months
    return PeriodSpan(date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1]), frequency)


def _years(first: int, last: str) -> PeriodSpan:
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    if len(last) == 2 and end < first:  # 1999/00
        end += 100
    if not first < end <= first + 100:
        raise ValueError("its last year must come after its first")
    return PeriodSpan(date(first, 1, 1), date(end, 12, 31), "A" if end == first + 1 else "O")


def _words(match: re.Match[str]) -> PeriodSpan:
    day, month, year, last_day, last_month, last_year = match.groups()
    if not last_month:
        if not year:
            raise ValueError("it has no year")
        start = _month(month, year)
        return _day(start.start.replace(day=int(day))) if day else start
    if not last_year:
        raise ValueError("it has no year")
    first, last = _month(month, year or last_year), _month(last_month, last_year)
    begin = first.start.replace(day=int(day)) if day else first.start
    end = last.start.replace(day=int(last_day)) if last_day else last.end
    if begin > end:
        raise ValueError("it ends before it begins")
    return PeriodSpan(begin, end, "O")


def _month(name: str, year: str) -> PeriodSpan:
    number = _MONTH_NAMES.get(name.lower())
    if number is None:
        raise ValueError(f"{name} is no month")
    return _part(int(year), "M", number)
