# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What became different in an indicator's values."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from mainport.monitor.rules.formula import Line, Point, Span
from mainport.monitor.rules.standing import Figure

K = TypeVar("K", bound=Hashable)
Said = Point | Mapping[str, str] | None


@dataclass(frozen=True)
class Change:
    """One value that came, went or differs. `where` is an area, or the source of a published figure.

    Old and new are a number with its margin, words, or None where there is no value.
    """

    where: str
    is_area: bool
    span: Span
    old: Said
    new: Said


def changes(
    old: tuple[Mapping[str, Line], Sequence[Figure]], new: tuple[Mapping[str, Line], Sequence[Figure]]
) -> list[Change]:
    """What differs between the lines and published figures of then and of now, newest period first."""
    found = [
        Change(area, True, span, was, now)
        for area, (before, after) in _pairs(old[0], new[0])
        for span, (was, now) in _pairs(before or {}, after or {})
        if was != now
    ]
    figures = _pairs(_by_place(old[1]), _by_place(new[1]))
    found += [Change(source, False, span, was, now) for (source, span), (was, now) in figures if was != now]
    return sorted(found, key=lambda change: (change.span.start, change.span.end), reverse=True)


def _by_place(figures: Sequence[Figure]) -> dict[tuple[str, Span], Said]:
    return {(figure.source, figure.span): figure.point or figure.words for figure in figures}


V = TypeVar("V")


def _pairs(old: Mapping[K, V], new: Mapping[K, V]) -> Iterator[tuple[K, tuple[V | None, V | None]]]:
    for key in {**old, **new}:
        yield key, (old.get(key), new.get(key))
