# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Totals of companies that may not be shown one by one: none is told that gives a few of them away.

Whoever sees the other companies in the list can take them off a total. So what counts is what is left: a total is told
where none of these companies is in it, or ten and more of which none holds more than 70 % of what they come to.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from mainport.region.rules.companies.figures import MOST_AGE, Cohort, Figures, One, Point, by_year, survival

LEAST = 10
MOST_SHARE = Decimal("0.7")


def is_safe(count: int, largest: int | Decimal = 0, total: int | Decimal = 0) -> bool:
    """Whether a total of so many companies that aren't shown, with the largest among them, may be told.

    >>> is_safe(0), is_safe(9), is_safe(10, 7, 10), is_safe(10, 8, 10)
    (True, False, True, False)
    """
    return count == 0 or (count >= LEAST and largest <= MOST_SHARE * total)


def guarded(all_: Sequence[Figures], hidden: Sequence[One]) -> list[dict[str, Any]]:
    """Figures as they may be told to everybody; None is kept back. `hidden` are companies that aren't shown."""
    if not all_:
        return []
    own = by_year(hidden, all_[0].year, all_[-1].year)
    largest = _largest(hidden)
    return [_guarded(one, kept, *largest.get(one.year, (0, Decimal(0)))) for one, kept in zip(all_, own, strict=True)]


def _largest(hidden: Iterable[One]) -> dict[int, tuple[int, Decimal]]:
    found: dict[int, tuple[int, Decimal]] = {}
    for one in hidden:
        for year in one.years:
            if one.is_there(year.year):
                jobs, funding = found.get(year.year, (0, Decimal(0)))
                found[year.year] = max(jobs, year.jobs or 0), max(funding, year.funding or Decimal(0))
    return found


def _guarded(one: Figures, hidden: Figures, jobs: int, funding: Decimal) -> dict[str, Any]:
    told = asdict(one)
    for name in ("companies", "founded", "closed"):
        if not is_safe(getattr(hidden, name)):
            told[name] = None
    sums: tuple[tuple[tuple[str, ...], str, int | Decimal, int | Decimal], ...] = (
        (("jobs",), "jobs_known", jobs, hidden.jobs),
        (("funding",), "funding_known", funding, hidden.funding),
        (("scale_ups",), "growth_known", 0, 0),
    )
    for names, known, largest, total in sums:
        if not is_safe(getattr(hidden, known), largest, total):
            told |= dict.fromkeys(names)
        if not is_safe(getattr(hidden, known)):
            told[known] = None
    return told


def guarded_survival(points: Sequence[Point], hidden: Sequence[One], until: int) -> list[Point]:
    """The points that may be told: of an age that enough of those who aren't shown have reached."""
    safe = {one.age for one in survival(hidden, until) if is_safe(one.at_risk)}
    reached = {one.age for one in survival(hidden, until)}
    return [one for one in points if one.age in safe or one.age not in reached]


def guarded_cohorts(groups: Sequence[Cohort], hidden: Sequence[One], until: int) -> list[Cohort]:
    """Cohorts as they may be told: without those of a few companies that aren't shown, and without jobs of a few."""
    found = []
    for group in groups:
        own = [one for one in hidden if one.founded is not None and group.first <= one.founded <= group.last]
        if not is_safe(len(own)):
            continue
        jobs = tuple(kept for kept in group.jobs if _jobs_are_safe(own, kept.age))
        points = tuple(guarded_survival(group.points, own, until))
        found.append(Cohort(group.first, group.last, group.companies, points, jobs))
    return found


def _jobs_are_safe(hidden: Sequence[One], age: int) -> bool:
    assert age <= MOST_AGE
    known = [jobs for one in hidden if one.founded is not None and (jobs := one.jobs(one.founded + age)) is not None]
    return is_safe(len(known), max(known, default=0), sum(known))


def offered(hidden: Mapping[str, Collection[str]], whole: int) -> set[str]:
    """Which values of a column one may choose by, out of the companies that aren't shown by value (their keys).

    Neither a value nor what is left of the whole may be a few of them.
    """
    taken = {value for value, keys in hidden.items() if is_safe(len(keys))}
    for value in sorted(taken, key=lambda value: (len(hidden[value]), value)):
        if is_safe(whole - sum(len(hidden[one]) for one in taken)):
            break
        if hidden[value]:
            taken.discard(value)
    return taken


def may_choose(
    hidden: Sequence[One], first: Callable[[One], bool] | None, second: Callable[[One], bool] | None
) -> bool:
    """Whether two choices together tell of no few companies: neither what fits both, nor what fits one of them only."""
    if first is None or second is None:
        return True
    both = sum(first(one) and second(one) for one in hidden)
    ones, others = sum(map(first, hidden)), sum(map(second, hidden))
    return is_safe(both) and is_safe(ones - both) and is_safe(others - both)


def without_nested(one: Mapping[str, Collection[str]], other: Mapping[str, Collection[str]]) -> set[str]:
    """Values of `one` that lie wholly within a value of `other` but for a few, which their difference would tell."""
    found = set()
    for value, keys in one.items():
        own = set(keys)
        for others in other.values():
            rest = len(set(others) - own)
            if own and own <= set(others) and not is_safe(rest):
                found.add(value)
    return found
