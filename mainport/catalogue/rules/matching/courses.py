# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Records of one course: the same provider teaches it under the same title, code or address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mainport.catalogue.rules.courses import Course
from mainport.catalogue.rules.matching.evidence import PERHAPS, Evidence, Pair, Reason, candidates, weigh
from mainport.catalogue.rules.names import fold

#: An address of more courses than this is that of a provider, not of a course.
_OF_ONE = 3
_FORMS = re.compile(
    r"\b(?:stichting|vereniging|b v|bv|nv|inc|ltd|university of applied sciences|hogeschool|academie)\b"
)


def course_keys(course: Course) -> frozenset[str]:
    """The keys of a course: those who share none are not compared."""
    found = {f"title:{title}" for title in _titles(course)}
    provider = _provider(course)
    if course.code and provider:
        found.add(f"code:{provider}:{fold(course.code)}")
    if course.url:
        found.add(f"url:{_address(course.url)}")
    if course.identifier:
        found.add(f"id:{course.identifier}")
    return frozenset(found)


def course_pairs(courses: Mapping[str, Course], *, least: float = PERHAPS) -> list[Pair]:
    """All pairs of courses, by the keys of their keepers, that are at least so certain; the most certain first."""
    names = list(courses)
    listed: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for key in course_keys(courses[name]):
            listed.setdefault(key, []).append(place)
    kept = {key: places for key, places in listed.items() if len(places) <= _OF_ONE or not key.startswith("url:")}
    shared = {key.removeprefix("url:") for key in listed.keys() - kept.keys()}
    found = (_compare(names[one], names[other], courses, shared) for one, other in candidates(kept))
    return sorted(
        (pair for pair in found if pair.certainty >= least), key=lambda pair: (-pair.certainty, pair.first, pair.second)
    )


def _compare(first: str, second: str, courses: Mapping[str, Course], shared: set[str]) -> Pair:
    return weigh(first, second, _reasons(courses[first], courses[second], shared))


def _reasons(one: Course, other: Course, shared: set[str]) -> Iterator[Reason]:
    mine, theirs = _provider(one), _provider(other)
    same = mine == theirs if mine and theirs else None
    titles = set(_titles(one)) & set(_titles(other))
    if one.identifier == other.identifier:
        yield Reason(Evidence.RECORD, one.identifier, 0.7)
    if titles:
        yield Reason(Evidence.TITLE, min(titles), 0.6 if len(min(titles).split()) > 2 else 0.45)
    if same and (titles or one.identifier == other.identifier):
        yield Reason(Evidence.PROVIDER, mine, 0.8)
    if same and one.code and fold(one.code) == fold(other.code):
        yield Reason(Evidence.CODE, one.code, 0.7)
    if one.url and _address(one.url) == _address(other.url) and _address(one.url) not in shared:
        yield Reason(Evidence.ADDRESS, one.url, 0.8)
    if same is False:
        yield Reason(Evidence.OTHER_AUTHORS, f"{mine}, {theirs}", most=0.45)
    if _titles(one) and _titles(other) and not titles:
        yield Reason(Evidence.OTHER_TITLE, "", most=0.8)


def _titles(course: Course) -> list[str]:
    flat = (" ".join(re.findall(r"[^\W_]+", fold(words).replace("&", " en "))) for words in course.titles.values())
    return [words for words in flat if words]


def _provider(course: Course) -> str:
    """The provider by its ROR, else by its name without what kind of body it is."""
    if course.provider is None:
        return ""
    flat = " ".join(re.findall(r"[^\W_]+", fold(course.provider.name)))
    return course.provider.ror or " ".join(_FORMS.sub(" ", flat).split()) or flat


def _address(url: str) -> str:
    """An address without what doesn't change where it leads."""
    return re.sub(r"^https?://(?:www\.)?|[?&]utm_[^&#]*|#.*$|/+$", "", url.casefold()).rstrip("/")
