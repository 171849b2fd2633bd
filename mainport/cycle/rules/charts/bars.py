# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Bars that lie: beside each other (budgeted and spent) or behind each other (by fund)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .drawing import GREY, INK, LABEL, LEADING, SMALL, WIDTH, Canvas, Drawing, Number, labelled, text_width, wrapped

#: Room of the labels, of the whole width.
LABELS = 0.34
THICK, BETWEEN, ROW_GAP = 15.0, 3.0, 14.0


@dataclass(frozen=True)
class Series:
    """One measure of every bar, in the order of their labels; None where there is no figure."""

    name: str
    values: tuple[Number | None, ...]


def bars(
    labels: Sequence[str], series: Sequence[Series], *, language: str, unit: str = "€", width: float = WIDTH
) -> Drawing:
    """A group of bars a label, one bar a series, each with its figure at its end."""
    _check(labels, series)
    canvas = Canvas(width)
    figures = [float(value) for one in series for value in one.values if value is not None]
    low, high = min([0.0, *figures]), max([0.0, *figures])
    left = width * LABELS + 10
    ends = max((text_width(labelled(value, language, unit), SMALL) for value in figures), default=0) + 8
    scale = max(width - left - ends - (ends if low < 0 else 0), 20) / ((high - low) or 1)
    zero = left + (ends if low < 0 else 0) - low * scale
    y = canvas.key(0, tuple(one.name for one in series)) if len(series) > 1 else 4.0
    top = y
    for row, label in enumerate(labels):
        words = wrapped(label, width * LABELS)
        group = len(series) * THICK + (len(series) - 1) * BETWEEN
        tall = max(group, len(words) * LABEL * LEADING)
        canvas.lines(0, y + tall / 2, words)
        bar_top = y + (tall - group) / 2
        for number, one in enumerate(series):
            value = one.values[row]
            place = bar_top + number * (THICK + BETWEEN)
            if value is None:
                canvas.text(zero + 6, place + THICK - 3, "–", size=SMALL, colour=GREY)
                continue
            long = float(value) * scale
            canvas.rect(zero + min(long, 0), place, abs(long), THICK, canvas.fill(number))
            end = zero + long + (6 if long >= 0 else -6)
            anchor = "start" if long >= 0 else "end"
            canvas.text(end, place + THICK - 3, labelled(value, language, unit), size=SMALL, anchor=anchor)
        y += tall + ROW_GAP
    canvas.line(zero, top - 2, zero, y - ROW_GAP + 2, INK)
    description = _described(labels, series, language, unit, stacked=False)
    return Drawing(canvas.svg(y - ROW_GAP + 6, description), description)


def stacked(
    labels: Sequence[str], series: Sequence[Series], *, language: str, unit: str = "€", width: float = WIDTH
) -> Drawing:
    """One bar a label, built up out of the series, with the total at its end. Parts below zero have no length, and
    are refused."""
    _check(labels, series)
    if any(value is not None and value < 0 for one in series for value in one.values):
        raise ValueError("a part of a stacked bar is below zero")
    canvas = Canvas(width)
    totals = [sum(float(one.values[row] or 0) for one in series) for row in range(len(labels))]
    left = width * LABELS + 10
    ends = max((text_width(labelled(value, language, unit), LABEL) for value in totals), default=0) + 10
    scale = max(width - left - ends, 20) / (max([0.0, *totals]) or 1)
    y = canvas.key(0, tuple(one.name for one in series))
    top = y
    for row, label in enumerate(labels):
        words = wrapped(label, width * LABELS)
        tall = max(24.0, len(words) * LABEL * LEADING)
        canvas.lines(0, y + tall / 2, words)
        x = left
        for number, one in enumerate(series):
            long = float(one.values[row] or 0) * scale
            if long > 0:
                # White between the parts: two patterns that touch can't be told apart.
                canvas.rect(x, y + tall / 2 - 11, max(long - 1, 0.5), 22, canvas.fill(number))
            x += long
        canvas.text(x + 6, y + tall / 2 + 5, labelled(totals[row], language, unit), bold=True)
        y += tall + ROW_GAP
    canvas.line(left, top - 2, left, y - ROW_GAP + 2, INK)
    description = _described(labels, series, language, unit, stacked=True)
    return Drawing(canvas.svg(y - ROW_GAP + 6, description), description)


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"series {one.name!r} has {len(one.values)} values for {len(labels)} labels")


def _described(
    labels: Sequence[str], series: Sequence[Series], language: str, unit: str, *, stacked: bool
) -> str:  # fmt: skip
    """What is seen: figure by figure where they are few, and the extremes where they are many."""
    dutch = language == "nl"
    sort = ("Gestapelde staven" if stacked else "Staven") if dutch else ("Stacked bars" if stacked else "Bars")
    if len(labels) * len(series) <= 18:
        each = "; ".join(
            f"{label}: "
            + ", ".join(
                f"{one.name} {labelled(one.values[row], language, unit)}"  # type: ignore[arg-type]
                for one in series
                if one.values[row] is not None
            )
            for row, label in enumerate(labels)
        )
        return f"{sort}. {each}."
    parts = []
    for one in series:
        known = [(float(value), label) for value, label in zip(one.values, labels, strict=True) if value is not None]
        if not known:
            continue
        (most, where_most), (least, where_least) = max(known), min(known)
        most_said, least_said = labelled(most, language, unit), labelled(least, language, unit)
        parts.append(
            f"{one.name}: het meest {where_most} ({most_said}), het minst {where_least} ({least_said})"
            if dutch
            else f"{one.name}: most {where_most} ({most_said}), least {where_least} ({least_said})"
        )
    of = f"{len(labels)} rijen" if dutch else f"{len(labels)} rows"
    return f"{sort}, {of}. {'; '.join(parts)}."
