# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Indicators in a paper: their value of the year, the last one, the target and whether it comes nearer."""

from __future__ import annotations

from collections.abc import Sequence

from mainport.core.rules.languages import say
from mainport.cycle.queries.drawn.facts import Facts
from mainport.cycle.queries.drawn.words import DASH, Words
from mainport.cycle.rules.charts import Line, Target, lines
from mainport.cycle.rules.document import Block, Chart, Column, Paragraph, Table
from mainport.monitor.queries.indicators import IndicatorValues
from mainport.monitor.rules.formula import Line as Values
from mainport.monitor.rules.formula import Span
from mainport.monitor.rules.standing import Goal, agreed, moment, one_frequency

#: A line is drawn from so many figures on.
_ENOUGH = 3
_HARD_SPACE = "\N{NO-BREAK SPACE}"


def line_of(one: IndicatorValues) -> Values:
    """The line that is judged: of the first area, or where that has none the published figures that agree."""
    own = one.lines.get(one.definition.areas[0]) or agreed(one.figures)[0]
    return one_frequency(own)


def value_words(one: IndicatorValues, value: float, w: Words, *, unit: bool = True) -> str:
    said = w.number(value, one.definition.decimals)
    name = w.say(one.definition.unit)
    if not unit or not name:
        return said
    return f"{said}%" if name == "%" and w.language != "nl" else f"{said}{_HARD_SPACE}{name}"


def _of_year(line: Values, year: int) -> tuple[Span, float] | None:
    """The last value of a period that ends in the year."""
    found = [(span, point.value) for span, point in line.items() if span.end.year == year]
    return max(found, key=lambda pair: pair[0].end) if found else None


def goal_words(one: IndicatorValues, goal: Goal | None, w: Words) -> str:
    if goal is None:
        return w("geen", "none")
    if goal.value is None:
        return f"{w.say(goal.words)} ({w.reduced(goal.period)})"
    return w(
        f"{value_words(one, goal.value, w)} in {w.reduced(goal.period)}",
        f"{value_words(one, goal.value, w)} by {w.reduced(goal.period)}",
    )


def source_names(found: Sequence[IndicatorValues], facts: Facts, language: str) -> list[str]:
    names: dict[str, None] = {}
    for one in found:
        if one.feed and any(one.lines.values()):
            names[say(one.feed.title, language)] = None
        for figure in one.figures:
            if source := facts.sources.get(figure.source):
                names[f"{source.document}" if source.document else say(source.title, language)] = None
    return list(names)


def source_line(found: Sequence[IndicatorValues], facts: Facts, w: Words) -> str:
    names = source_names(found, facts, w.language)
    known = w(f"zoals bekend op {w.day(facts.today)}", f"as known on {w.day(facts.today)}")
    return w(f"{'; '.join(names)}; {known}.", f"{'; '.join(names)}; {known}.") if names else ""


def tables(found: Sequence[IndicatorValues], facts: Facts, w: Words, caption: str) -> list[Block]:
    """Those of which something is known in a table, and the others by their names."""
    known = [one for one in found if one.has_values or one.goals]
    unknown = [w.say(one.indicator.title) for one in found if not one.has_values and not one.goals]
    blocks: list[Block] = [_table(known, facts, w, caption)] if known else []
    if unknown:
        names = "; ".join(unknown)
        blocks.append(
            Paragraph(
                w(
                    f"Nog geen cijfer en geen streefwaarde ({len(unknown)}): {names}.",
                    f"No figure and no target yet ({len(unknown)}): {names}.",
                )
            )
        )
    return blocks


def _table(found: Sequence[IndicatorValues], facts: Facts, w: Words, caption: str) -> Table:
    rows = []
    for one in found:
        line, standing = line_of(one), one.standing
        of_year = _of_year(line, facts.year)
        last = max(line.items(), key=lambda pair: pair[0].end) if line else None
        rows.append(
            (
                w.say(one.indicator.title),
                value_words(one, of_year[1], w) if of_year else DASH,
                f"{value_words(one, last[1].value, w)} ({w.period(last[0])})" if last else _worded(one, w),
                goal_words(one, standing.goal, w),
                w.verdict(standing.assessment.method, standing.assessment.status),
            )
        )
    columns = (
        Column(w("Indicator", "Indicator"), share=1.8),
        Column(str(facts.year), share=0.9),
        Column(w("Laatst bekend", "Last known"), share=1.3),
        Column(w("Streefwaarde", "Target"), share=1.2),
        Column(w("Voortgang", "Progress"), share=1.3),
    )
    return Table(caption, columns, tuple(rows), source=source_line(found, facts, w))


def _worded(one: IndicatorValues, w: Words) -> str:
    """What a source says in words, where there are no figures."""
    words = [figure.words for figure in one.figures if figure.words]
    return w.say(words[-1]) if words else w("nog geen cijfer", "no figure yet")


def chart(one: IndicatorValues, facts: Facts, w: Words) -> Chart | None:
    """The line of an indicator with its target, and those of the areas it is held against; None of too few figures."""
    line = line_of(one)
    if len(line) < _ENOUGH:
        return None
    places = [(place, one_frequency(one.lines.get(place.id, {}))) for place in one.definition.places]
    several = (
        [(w.say(place.title), values) for place, values in places if values] if one.lines.get(places[0][0].id) else []
    )
    several = several or [(w.say(places[0][0].title), line)]
    spans = sorted({span for _name, values in several for span in values}, key=lambda span: (span.start, span.end))
    goal = one.standing.goal
    labels = [w.period(span) for span in spans]
    series = [
        Line(
            name,
            tuple(round(values[span].value, one.definition.decimals) if span in values else None for span in spans),
        )
        for name, values in several
    ]
    target = None
    if goal and goal.value is not None:
        target = Target(w.reduced(goal.period), goal.value, moment=goal.year)
    unit = w.say(one.definition.unit)
    drawing = lines(
        labels,
        series,
        language=w.language,
        unit=unit if unit == "%" else "",
        target=target,
        moments=[moment(span) for span in spans],
    )
    first, last = (min(line), max(line))
    start, end = line[first].value, line[last].value
    change = w("gelijk gebleven", "stayed the same")
    if round(start, one.definition.decimals) != round(end, one.definition.decimals):
        up = end > start
        change = w("gestegen" if up else "gedaald", "rose" if up else "fell")
    told = (
        f"{value_words(one, start, w, unit=False)} ({w.period(first)})",
        f"{value_words(one, end, w)} ({w.period(last)})",
    )
    title = w(
        f"{w.say(one.indicator.title)}: {change}, van {told[0]} naar {told[1]}",
        f"{w.say(one.indicator.title)}: {change}, from {told[0]} to {told[1]}",
    )
    data = Table(
        caption=w.say(one.indicator.title) + (f" ({unit})" if unit else ""),
        columns=(Column(w("Periode", "Period")), *(Column(name, figures=True) for name, _values in several)),
        rows=tuple(
            (
                w.period(span),
                *(
                    value_words(one, values[span].value, w, unit=False) if span in values else DASH
                    for _name, values in several
                ),
            )
            for span in spans
        ),
    )
    return Chart(title, drawing.description, drawing.svg, data, source_line([one], facts, w))


def all_indicators(facts: Facts, w: Words) -> list[Block]:
    if not facts.indicators:
        return [Paragraph(w("Er zijn nog geen indicatoren vastgelegd.", "No indicators have been laid down yet."))]
    with_target = [one for one in facts.indicators if one.goals]
    told = w(
        f"De agenda wordt afgemeten aan {len(facts.indicators)} indicatoren; {len(with_target)} daarvan hebben een "
        f"streefwaarde. De cijfers staan hier zoals zij op {w.day(facts.today)} bekend waren.",
        f"The agenda is measured by {len(facts.indicators)} indicators; {len(with_target)} of them have a target. "
        f"The figures stand here as they were known on {w.day(facts.today)}.",
    )
    caption = w("Alle indicatoren", "All indicators")
    known = [one for one in facts.indicators if one.has_values or one.goals]
    if without := len(facts.indicators) - len(known):
        told += w(
            f" Van {without} is nog geen cijfer en geen streefwaarde bekend; zij staan bij hun doel of sector.",
            f" Of {without} no figure and no target is known yet; they stand with their goal or sector.",
        )
    return [Paragraph(told), *tables(known, facts, w, caption)]
