# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What young companies come to: jobs, funding, growth, and how long they last. Years are all that is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

#: How long companies are followed, in years.
MOST_AGE = 5
#: A scale-up began with so many jobs (OECD, Eurostat-OECD Manual on Business Demography Statistics, 2007).
LEAST_JOBS = 10
#: More than 20 % a year, three years long: 1.2³ = 1.728 times as many.
_GROWTH = (1728, 1000)
_NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Year:
    """What is known of a company in a year; None is not known."""

    year: int
    jobs: int | None = None
    funding: Decimal | None = None


@dataclass(frozen=True)
class One:
    """A company with its years."""

    key: str
    founded: int | None
    closed: int | None
    years: tuple[Year, ...] = ()

    @cached_property
    def _by_year(self) -> dict[int, Year]:
        return {one.year: one for one in self.years}

    def jobs(self, year: int) -> int | None:
        known = self._by_year.get(year)
        return known.jobs if known else None

    def funding(self, year: int) -> Decimal | None:
        known = self._by_year.get(year)
        return known.funding if known else None

    def is_there(self, year: int) -> bool:
        """Whether it was active in (a part of) that year."""
        return self.founded is not None and self.founded <= year and (self.closed is None or self.closed >= year)


def is_scale_up(one: One, year: int) -> bool | None:
    """Whether its jobs grew by more than 20 % a year in the three years up to this one, from 10 or more.

    None where its jobs aren't known in the first or the last year.
    """
    before, now = one.jobs(year - 3), one.jobs(year)
    if before is None or now is None:
        return None
    return _grew(before, now)


@dataclass(frozen=True)
class Figures:
    """What companies came to in a year. The counts beside jobs, funding and growth tell of how many they are known."""

    year: int
    companies: int
    founded: int
    closed: int
    jobs: int
    jobs_known: int
    funding: Decimal
    funding_known: int
    scale_ups: int
    growth_known: int


def figures(companies: Iterable[One], year: int) -> Figures:
    """The figures of a year, of the companies that were active in it."""
    return by_year(companies, year, year)[0]


def by_year(companies: Iterable[One], first: int, last: int) -> list[Figures]:
    """The figures of each year from the first to the last, each company looked at once."""
    count = max(last - first + 1, 0)
    there, founded, closed, jobs, jobs_known, funding_known, scale_ups, growth_known = ([0] * count for _ in range(8))
    funding = [Decimal(0)] * count
    for one in companies:
        if one.founded is None:
            continue
        for year in range(max(one.founded, first), min(last if one.closed is None else one.closed, last) + 1):
            there[year - first] += 1
        if first <= one.founded <= last and (one.closed is None or one.closed >= one.founded):
            founded[one.founded - first] += 1
        if one.closed is not None and max(first, one.founded) <= one.closed <= last:
            closed[one.closed - first] += 1
        by = {known.year: known.jobs for known in one.years}
        for known in one.years:
            at = known.year - first
            if not 0 <= at < count or not one.is_there(known.year):
                continue
            if known.funding is not None:
                funding[at] += known.funding
                funding_known[at] += 1
            if known.jobs is None:
                continue
            jobs[at] += known.jobs
            jobs_known[at] += 1
            before = by.get(known.year - 3)
            if before is not None:
                growth_known[at] += 1
                scale_ups[at] += _grew(before, known.jobs)
    return [
        Figures(
            year=first + at,
            companies=there[at],
            founded=founded[at],
            closed=closed[at],
            jobs=jobs[at],
            jobs_known=jobs_known[at],
            funding=funding[at],
            funding_known=funding_known[at],
            scale_ups=scale_ups[at],
            growth_known=growth_known[at],
        )
        for at in range(count)
    ]


def _grew(before: int, now: int) -> bool:
    return before >= LEAST_JOBS and now * _GROWTH[1] > before * _GROWTH[0]


def last_year(companies: Iterable[One]) -> int | None:
    """The last year of which anything is known: until then companies were followed."""
    return max(
        (
            year
            for one in companies
            for year in (one.founded, one.closed, *(known.year for known in one.years))
            if year is not None
        ),
        default=None,
    )


@dataclass(frozen=True)
class Point:
    """So many years after founding: of how many it could be seen, how many were gone since a year earlier, and the
    share that is still there, with the interval in which it lies with 95 % certainty."""

    age: int
    at_risk: int
    ended: int
    share: float
    low: float
    high: float


def survival(companies: Iterable[One], until: int, *, most: int = MOST_AGE) -> list[Point]:
    """The share that is still active 1, 2, … years after the year of founding, by Kaplan and Meier (1958).

    Active is active in any part of that year, as Eurostat counts. A company that was founded less than that many
    years before `until` is no longer counted from there on: what becomes of it isn't known yet. The interval is
    Greenwood's, on the scale of log(-log), which stays between 0 and 1. Ages that nobody has reached are left out.
    """
    lives = [
        (one.closed - one.founded if one.closed is not None else None, until - one.founded)
        for one in companies
        if one.founded is not None and one.founded <= until
    ]
    points: list[Point] = []
    share, spread = 1.0, 0.0
    for age in range(1, most + 1):
        seen = [life for life, known in lives if known >= age and (life is None or life >= age - 1)]
        if not seen:
            break
        ended = sum(life == age - 1 for life in seen)
        share *= 1 - ended / len(seen)
        if ended < len(seen):
            spread += ended / (len(seen) * (len(seen) - ended))
        low, high = _interval(share, spread)
        points.append(Point(age, len(seen), ended, share, low, high))
    return points


def _interval(share: float, spread: float) -> tuple[float, float]:
    if share <= 0 or share >= 1:
        return share, share
    width = _NORMAL_95 * math.sqrt(spread) / abs(math.log(share))
    return share ** math.exp(width), share ** math.exp(-width)


@dataclass(frozen=True)
class Kept:
    """Jobs so many years after founding, of as many companies as they are known of."""

    age: int
    jobs: int
    known: int


@dataclass(frozen=True)
class Cohort:
    """Companies that were founded from the first year to the last, followed together."""

    first: int
    last: int
    companies: int
    points: tuple[Point, ...]
    jobs: tuple[Kept, ...]


def cohorts(companies: Sequence[One], until: int, *, width: int = 1) -> list[Cohort]:
    """Companies by the years in which they were founded, `width` years together, the last ending in `until`.

    A cohort of one year is followed as a whole, so that its curve is a plain share.
    """
    born = [one for one in companies if one.founded is not None and one.founded <= until]
    groups: dict[int, list[One]] = {}
    for one in born:
        assert one.founded is not None
        groups.setdefault(until - (until - one.founded) // width * width, []).append(one)
    began = min((one.founded for one in born if one.founded is not None), default=until)
    return [
        Cohort(
            max(last - width + 1, began), last, len(group), tuple(survival(group, until)), tuple(_jobs(group, until))
        )
        for last, group in sorted(groups.items())
    ]


def spans(companies: Iterable[One], until: int, *, most: int = 4) -> int:
    """How many years of founding to take together so that at most `most` cohorts remain."""
    born = [one.founded for one in companies if one.founded is not None and one.founded <= until]
    return max(1, math.ceil((until - min(born) + 1) / most)) if born else 1


def _jobs(group: Sequence[One], until: int) -> list[Kept]:
    found = []
    for age in range(MOST_AGE + 1):
        # All of the cohort must have reached that age, or a bend in the line would be one in who is counted.
        if any(one.founded is not None and one.founded + age > until for one in group):
            break
        known = [jobs for one in group if one.founded is not None and (jobs := one.jobs(one.founded + age)) is not None]
        if known:
            found.append(Kept(age, sum(known), len(known)))
    return found
