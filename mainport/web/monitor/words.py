# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How the monitor says values, periods, verdicts and what a chart shows."""

from __future__ import annotations

from babel.dates import format_skeleton
from babel.numbers import format_compact_decimal
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mainport.monitor.rules.formula import Span
from mainport.monitor.rules.indicators import Definition, Kind
from mainport.monitor.rules.progress import Assessment, Method, Note, Status
from mainport.web.templatetags.mainport import number, when, words

_HARD_SPACE = "\N{NO-BREAK SPACE}"

#: The glyph of a verdict.
GLYPHS = {
    Status.TARGET_ACHIEVED: "done",
    Status.SUBSTANTIAL: "on-track",
    Status.MODERATE: "at-risk",
    Status.LIMITED: "at-risk",
    Status.DETERIORATION: "behind",
    Status.NOT_AVAILABLE: "no-figure",
}
#: The verdict with a target, and without one: then only the direction can be judged.
VERDICTS: dict[Method, dict[Status, Promise]] = {
    Method.RATIO: {
        Status.TARGET_ACHIEVED: gettext_lazy("Target reached"),
        Status.SUBSTANTIAL: gettext_lazy("Fast enough for the target"),
        Status.MODERATE: gettext_lazy("Not quite fast enough for the target"),
        Status.LIMITED: gettext_lazy("Much too slow for the target"),
        Status.DETERIORATION: gettext_lazy("Moves away from the target"),
        Status.NOT_AVAILABLE: gettext_lazy("No verdict possible yet"),
    },
    Method.GROWTH: {
        Status.TARGET_ACHIEVED: gettext_lazy("Target reached"),
        Status.SUBSTANTIAL: gettext_lazy("Moves clearly the right way"),
        Status.MODERATE: gettext_lazy("Moves the right way"),
        Status.LIMITED: gettext_lazy("Hardly moves"),
        Status.DETERIORATION: gettext_lazy("Moves the wrong way"),
        Status.NOT_AVAILABLE: gettext_lazy("No verdict possible yet"),
    },
}
NOTES: dict[Note, Promise] = {
    Note.TOO_FEW_POINTS: gettext_lazy("There are too few figures: growth needs at least two years."),
    Note.TWO_POINTS: gettext_lazy("There are only two figures, so one unusual year decides the outcome."),
    Note.YEARS_OUT_OF_ORDER: gettext_lazy("The last year, or the year of the target, doesn't come after the first."),
    Note.BASELINE_ZERO: gettext_lazy(
        "The first value is zero. Growth from zero doesn't exist: a straight line counts."
    ),
    Note.BASELINE_NEGATIVE: gettext_lazy("The first value is below zero, so growth is counted in the opposite sense."),
    Note.SIGN_CHANGED: gettext_lazy("The value crossed zero. Growth doesn't exist then: a straight line counts."),
    Note.TOO_CLOSE_TO_ZERO: gettext_lazy("A value is so close to zero that growth can't be counted."),
    Note.TARGET_ZERO: gettext_lazy("The target is zero. The method counts it as 0.001, which depends on the unit."),
    Note.TARGET_ACROSS_ZERO: gettext_lazy("The target and the first value stand on either side of zero."),
    Note.BASELINE_MEETS_TARGET: gettext_lazy("The first value met the target already."),
    Note.TARGET_REACHED: gettext_lazy("The target has been reached."),
    Note.TARGET_YEAR_PASSED: gettext_lazy("The year of the target has passed, and the target was not reached."),
    Note.CHANGE_WITHIN_MARGIN: gettext_lazy("The change is within the margins of error: it may be chance."),
    Note.STATUS_WITHIN_MARGIN: gettext_lazy("Within the margins of error another verdict is possible."),
    Note.NO_DIRECTION: gettext_lazy("Nobody has decided whether this should go up or down."),
    Note.TARGET_WITHIN_MARGIN: gettext_lazy("Whether the target has been reached is within the margin of error."),
}


def verdict(found: Assessment) -> str:
    if Note.NO_DIRECTION in found.notes:
        return _("Neither up nor down is better")
    return str(VERDICTS[found.method][found.status])


def value_words(value: float, definition: Definition, *, unit: bool = True) -> str:
    """230 companies; 6.5%; 6,5 % on a Dutch page."""
    said = number(round(value, definition.decimals))
    name = words(definition.unit)
    if not unit or not name:
        return said
    if name == "%" and (get_language() or "en").startswith("en"):
        return f"{said}%"
    if "=" in name:  # Of an index: what it is a hundred of.
        return f"{said} ({name})"
    return f"{said}{_HARD_SPACE}{name}"


def short_value(value: float) -> str:
    """For the scale of a chart, where room is scarce."""
    if abs(value) < 10**6:
        return number(value)
    language = (get_language() or "en").replace("-", "_")
    return format_compact_decimal(value, format_type="short", locale=language, fraction_digits=2)


def period_words(span: Span) -> str:
    """2021; April 2021; 2nd quarter of 2021; else the days."""
    if span.frequency == "A" and (span.start.month, span.start.day, span.end.month) == (1, 1, 12):
        return str(span.start.year)
    if span.frequency == "Q":
        quarters = {1: _("1st quarter of %s"), 4: _("2nd quarter of %s"), 7: _("3rd quarter of %s")}
        return quarters.get(span.start.month, _("4th quarter of %s")) % span.start.year
    if span.frequency == "M":
        return format_skeleton("yMMMM", span.start, locale=(get_language() or "en").replace("-", "_"))
    if span.start == span.end:
        return when(span.start)
    return _("%(start)s to %(end)s") % {"start": when(span.start), "end": when(span.end)}


def seen(line: list[tuple[Span, float]], definition: Definition) -> str:
    """What a chart of this line shows, in a sentence."""
    if not line:
        return _("Said in words, not in figures") if definition.kind == Kind.QUALITATIVE else _("No figure yet")
    (first_span, first), (last_span, last) = line[0], line[-1]
    told = {
        "first": value_words(first, definition, unit=False),
        "from": period_words(first_span),
        "last": value_words(last, definition),
        "to": period_words(last_span),
    }
    if len(line) == 1:
        return _("%(last)s (%(to)s)") % told
    if round(first, definition.decimals) == round(last, definition.decimals):
        return _("As much as before: %(last)s (%(from)s and %(to)s)") % told
    if last > first:
        return _("Up from %(first)s (%(from)s) to %(last)s (%(to)s)") % told
    return _("Down from %(first)s (%(from)s) to %(last)s (%(to)s)") % told
