# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads of indicators: their values through their formulas, how they stand, and what is lacking.

Everything is read for many indicators at once, in a fixed number of questions to the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from mainport.core.rules.languages import Text
from mainport.core.rules.mergers import Part, Region, parts, read_regions
from mainport.core.rules.permissions import Actor
from mainport.monitor.models import Dataset, Feed, Indicator, Series, Subscription, Target
from mainport.monitor.queries.observations import Value, values
from mainport.monitor.rules.formula import Address, Line, Point, Span, Where, addresses, evaluate, tables
from mainport.monitor.rules.indicators import Area, Definition, Published
from mainport.monitor.rules.standing import Figure, Goal, Standing, agreed, standing

#: Key of the dataset that holds published figures: a measure for each indicator, at each source.
PUBLISHED = "published-figures"
#: Key of the dataset that holds what people entered by hand: a measure for each indicator, at area and source.
ENTERED = "entered-by-hand"


@dataclass(frozen=True)
class IndicatorValues:
    """An indicator with all that is known of it: lines by area, published figures, targets, how it stands."""

    indicator: Indicator
    definition: Definition
    lines: Mapping[str, Line]
    figures: Sequence[Figure]
    goals: Sequence[Goal]
    #: The feed that brought the table of the connection; none where nothing came from it.
    feed: Feed | None = None

    @property
    def standing(self) -> Standing:
        """The verdict, on the first of the areas."""
        return standing(self.definition, self.lines.get(self.definition.areas[0], {}), self.figures, self.goals)

    @property
    def has_values(self) -> bool:
        return any(self.lines.values()) or bool(self.figures)


@dataclass(frozen=True)
class Gaps:
    """What is lacking among the indicators: keys in their order."""

    indicators: int
    without_target: tuple[str, ...]
    without_number: tuple[str, ...]  # A target in words alone.
    not_connected: tuple[str, ...]
    without_values: tuple[str, ...]


def find_indicators(measures: Iterable[int] | None = None) -> QuerySet[Indicator]:
    """All indicators in their order, or those that measure these elements (by id), with their open targets."""
    found = Indicator.objects.prefetch_related(
        "measures", Prefetch("targets", Target.objects.filter(until__isnull=True), to_attr="open_targets")
    )
    return found if measures is None else found.filter(measures__in=list(measures)).distinct()


def titles_of(keys: Iterable[str] | None = None) -> dict[str, Text]:
    """The titles of these indicators, or of all in their order, by key. One query."""
    rows = Indicator.objects.all() if keys is None else Indicator.objects.filter(key__in=list(keys))
    return dict(rows.values_list("key", "title"))


def find_indicator(key: str) -> Indicator:
    """Raises Indicator.DoesNotExist."""
    return find_indicators().get(key=key)


def definition_of(indicator: Indicator) -> Definition:
    return Definition.model_validate(indicator.definition)


def target_history(indicator: Indicator) -> list[Target]:
    """Every target that was ever set, by period and then in the order in which it was."""
    return list(indicator.targets.order_by("period", "at", "id"))


def values_of(found: Iterable[Indicator], known_at: datetime | None = None) -> list[IndicatorValues]:
    """The values of these indicators (from `find_indicators()`), as known now or as known at a moment."""
    chosen = [(one, definition_of(one)) for one in found]
    read = Reads([definition for _one, definition in chosen])
    read.fill(values(read.series, known_at) if read.series else [])
    goals = goals_of([one for one, _definition in chosen], known_at)
    return [read.values_of(one, definition, goals.get(one.pk, [])) for one, definition in chosen]


def gaps(found: Sequence[IndicatorValues]) -> Gaps:
    return Gaps(
        indicators=len(found),
        without_target=tuple(one.indicator.key for one in found if not one.goals),
        without_number=tuple(
            one.indicator.key for one in found if one.goals and all(goal.value is None for goal in one.goals)
        ),
        not_connected=tuple(one.indicator.key for one in found if not one.definition.connected),
        without_values=tuple(one.indicator.key for one in found if not one.has_values),
    )


def subscriptions(by: Actor) -> list[Subscription]:
    """To what the asker is subscribed."""
    if by.person_id is None:
        return []
    found = Subscription.objects.filter(person_id=by.person_id).select_related("indicator")
    return list(found.order_by("indicator__position"))


def goals_of(found: Sequence[Indicator], known_at: datetime | None = None) -> dict[int, list[Goal]]:
    """The targets of each indicator (by id) that stand now, or that stood at a moment. One query at most."""
    if known_at is None and all(hasattr(one, "open_targets") for one in found):
        # As `find_indicators()` brought them along.
        rows = [row for one in found for row in getattr(one, "open_targets")]  # noqa: B009 - the type has no such name
    else:
        asked = Target.objects.filter(indicator__in=[one.pk for one in found])
        stands = Q(until__isnull=True)
        if known_at is not None:
            asked, stands = asked.filter(at__lte=known_at), stands | Q(until__gt=known_at)
        rows = list(asked.filter(stands))
    return goals_in(rows)


def goals_in(rows: Iterable[Target]) -> dict[int, list[Goal]]:
    """These targets by the indicator (id) that they are of."""
    goals: dict[int, list[Goal]] = {}
    for row in rows:
        goal = Goal(row.period, row.value, row.words, row.interim, row.source)
        goals.setdefault(row.indicator_id, []).append(goal)
    return goals


class Reads:
    """Finds what the formulas of several definitions ask for, all at once; `fill` gives it the values."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self.lines: dict[Address, dict[Span, float]] = {}
        self.regions: dict[tuple[str, str], Mapping[str, Region]] = {}
        self.published: dict[str, list[tuple[str, Value]]] = {}
        self.entered: dict[tuple[str, str], list[tuple[str, Value]]] = {}
        named = {name for definition in definitions for name in _tables(definition)}
        datasets = Dataset.objects.filter(key__in=[*named, PUBLISHED]).select_related("feed")
        self.datasets = {row.key: row for row in datasets}
        for dataset in self.datasets.values():
            for dimension in dataset.dimensions:
                if dimension["role"] == "geo":
                    told = ((code["key"], code.get("description", "")) for code in dimension["codes"])
                    self.regions[dataset.key, dimension["key"]] = read_regions(told)
        asked = {
            address
            for definition in definitions
            if definition.formula
            for place in definition.places
            for address in addresses(definition.formula, Where(place.id, place.codes), self)
        }
        #: Where the series stand that will be asked for, by table, measure and coordinates; and those there are.
        self.wanted = self._wanted(asked)
        self.series = self._series([definition.id for definition in definitions])

    def values_of(self, one: Indicator, definition: Definition, goals: Sequence[Goal]) -> IndicatorValues:
        """An indicator out of the values that were filled in."""
        return IndicatorValues(
            indicator=one,
            definition=definition,
            lines=self.lines_of(definition),
            figures=self.figures(definition),
            goals=goals,
            feed=self.feed(definition),
        )

    def lines_of(self, definition: Definition) -> dict[str, Line]:
        return {
            place.id: line
            for place in definition.places
            if (line := self.line_of(definition, place)) or definition.formula
        }

    def feed(self, definition: Definition) -> Feed | None:
        dataset = self.datasets.get(definition.connection.table)
        return dataset.feed if dataset and definition.connected else None

    def parts(self, table: str, dimension: str, code: str) -> Sequence[Part]:
        return parts(code, self.regions.get((table, dimension), {}))

    def line(self, address: Address) -> Mapping[Span, float]:
        return self.lines.get(address, {})

    def figures(self, definition: Definition) -> list[Figure]:
        """What sources published, with what the definition says of each figure."""
        told = {(figure.source, figure.period): figure for figure in definition.published}
        rows = self.published.get(definition.id, []) + self.entered.get((definition.id, definition.areas[0]), [])
        return self._figures(rows, told)

    def line_of(self, definition: Definition, place: Area) -> Line:
        """The line of an area. For areas to compare with, what was entered by hand fills what no formula gives.

        What was entered for the area that is judged is a figure of its source.
        """
        found = evaluate(definition.formula, Where(place.id, place.codes), self) if definition.formula else {}
        entered = self.entered.get((definition.id, place.id))
        if not entered or place.id == definition.areas[0]:
            return found
        return dict(sorted({**agreed(self._figures(entered, {}))[0], **found}.items()))

    @staticmethod
    def _figures(rows: Iterable[tuple[str, Value]], told: Mapping[tuple[str, str], Published]) -> list[Figure]:
        found = []
        for source, row in rows:
            said = told.get((source, row.period))
            words = None if row.value is not None else said.words if said and said.words else {"mul": row.text or ""}
            point = None if row.value is None else Point(row.value, (said.margin if said else None) or 0.0)
            if point or row.text:
                span = Span(row.start, row.end, row.frequency)
                found.append(Figure(source, row.period, span, point, words, said.qualifier if said else None))
        return sorted(found, key=lambda figure: (figure.span, figure.source))

    def _wanted(self, asked: Iterable[Address]) -> dict[tuple[str, str, str], Address]:
        wanted: dict[tuple[str, str, str], Address] = {}
        for address in asked:
            table, measure, codes = address
            dataset = self.datasets.get(table)
            coordinates = _coordinates(dataset, dict(codes)) if dataset else None
            if coordinates is not None:
                wanted[table, measure, coordinates] = address
        return wanted

    def _series(self, keys: Sequence[str]) -> dict[int, tuple[str, str, str]]:
        mine = Q(dataset__key__in=(PUBLISHED, ENTERED), measure__in=list(keys))
        if self.wanted:
            named, measures, places = (set(column) for column in zip(*self.wanted, strict=True))
            mine |= Q(dataset__key__in=named, measure__in=measures, coordinates__in=places)
        rows = Series.objects.filter(mine).values_list("id", "dataset__key", "measure", "coordinates")
        found = {pk: (table, measure, coordinates) for pk, table, measure, coordinates in rows}
        return {pk: at for pk, at in found.items() if at[0] in (PUBLISHED, ENTERED) or at in self.wanted}

    def fill(self, rows: Iterable[Value]) -> None:
        """Take these values, in the order of time, instead of those of before."""
        self.lines, self.published, self.entered = {}, {}, {}
        for row in rows:
            table, measure, coordinates = self.series[row.series]
            if table == PUBLISHED:
                self.published.setdefault(measure, []).append((coordinates, row))
            elif table == ENTERED:
                area, source = coordinates.split("|")
                self.entered.setdefault((measure, area), []).append((source, row))
            elif row.value is not None:
                line = self.lines.setdefault(self.wanted[table, measure, coordinates], {})
                line[Span(row.start, row.end, row.frequency)] = row.value


def _tables(definition: Definition) -> set[str]:
    return tables(definition.formula) if definition.formula else set()


def _coordinates(dataset: Dataset, codes: Mapping[str, str]) -> str | None:
    """The codes in the order of the dataset's dimensions; None where they don't name every one of them."""
    sides = [dimension["key"] for dimension in dataset.dimensions if dimension["role"] != "time"]
    return "|".join(codes[side] for side in sides) if set(sides) == set(codes) else None
