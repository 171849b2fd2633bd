# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a decision changes: the sorts of change, read from JSON or a form and checked at the door.

Each change knows what it is about and how it is written down; `actions.changes` carries it out and fills in
`before`: what was there, for the register.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from mainport.board.rules.refusals import Reason, Refused, Trouble
from mainport.cycle.rules.amounts import Unreadable, euro
from mainport.cycle.rules.chart import CostType

Before = Mapping[str, Any]


@dataclass(frozen=True)
class ElementChange:
    """Other values for fields of an element of the agenda; None takes a field away."""

    sort: ClassVar[str] = "element"
    element: str  # uid
    fields: Mapping[str, Any]
    before: Before | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        return (self.element,)

    def __str__(self) -> str:
        return f"element {self.element}: {', '.join(self.fields)}"


@dataclass(frozen=True)
class TargetChange:
    """Another target of an indicator for a period: a number, words, or both."""

    sort: ClassVar[str] = "target"
    indicator: str
    period: str
    value: float | None = None
    words: Mapping[str, str] | None = None
    interim: bool | None = None  # None leaves it as it was.
    before: Before | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"target of {self.indicator} for {self.period}"


@dataclass(frozen=True)
class Virement:
    """An amount of the budget of a year from one element to another."""

    sort: ClassVar[str] = "virement"
    year: int
    source: str  # uid
    target: str  # uid
    fund: str
    cost: str
    amount: Decimal
    before: Before | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        return (self.source, self.target)

    def __str__(self) -> str:
        return f"virement of {self.amount} from {self.source} to {self.target} in {self.year}"


@dataclass(frozen=True)
class BudgetDecided:
    """The draft budget of a year comes into force."""

    sort: ClassVar[str] = "budget"
    year: int
    version: int | None = None  # None: the draft that there is.
    before: Before | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"budget {self.year}"


@dataclass(frozen=True)
class PaperDecided:
    """A yearly paper is decided, and reads the same for ever."""

    sort: ClassVar[str] = "paper"
    kind: str
    year: int
    version: int | None = None  # None: the one at work.
    #: Why it is decided without the partners who haven't agreed; '' where all have.
    ahead: str = ""
    before: Before | None = None

    @property
    def elements(self) -> tuple[str, ...]:
        return ()

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


Change = ElementChange | TargetChange | Virement | BudgetDecided | PaperDecided


def to_json(change: Change) -> dict[str, Any]:
    """The change as a decision keeps it; amounts as texts, so that no cent is lost."""
    fields = {name: getattr(change, name) for name in change.__dataclass_fields__}
    return {"sort": change.sort} | {
        name: str(value) if isinstance(value, Decimal) else value for name, value in fields.items()
    }


def read_all(data: Any) -> list[Change]:
    """The changes in a list of mappings. Raises Refused with all that is wrong, named by place."""
    if not isinstance(data, list | tuple):
        raise Refused([Trouble(Reason.VALUE, "changes", type(data).__name__, "a list of changes")])
    found: list[Change] = []
    troubles: list[Trouble] = []
    for place, item in enumerate(data, 1):
        try:
            found.append(read(item))
        except Refused as error:
            troubles += [
                replace(trouble, field=f"change {place} {trouble.field}".strip()) for trouble in error.troubles
            ]
    if troubles:
        raise Refused(troubles)
    return found


def read(data: Any) -> Change:
    """One change. Raises Refused."""
    if not isinstance(data, Mapping):
        raise Refused([Trouble(Reason.VALUE, "", _show(data), "a mapping with `sort`")])
    sort = data.get("sort")
    if sort not in _READERS:
        raise Refused([Trouble(Reason.VALUE, "sort", _show(sort), ", ".join(_READERS))])
    reader = _Reader(data)
    change = _READERS[sort](reader)
    reader.require_no_more(change.__dataclass_fields__ if change else ())
    if reader.troubles or change is None:
        raise Refused(reader.troubles)
    return change


class _Reader:
    """Reads fields one by one and gathers what is wrong."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.troubles: list[Trouble] = []

    def wrong(self, name: str, expected: str) -> None:
        value = self.data.get(name)
        reason = Reason.MISSING if value in (None, "") else Reason.VALUE
        self.troubles.append(Trouble(reason, name, _show(value), expected))

    def words(self, name: str, expected: str) -> str:
        value = self.data.get(name)
        if not isinstance(value, str) or not value.strip() or len(value) > 200:
            self.wrong(name, expected)
            return ""
        return value.strip()

    def uid(self, name: str) -> str:
        value = self.words(name, "kind:key of an element of the agenda")
        kind, colon, key = value.partition(":")
        if value and not (kind and colon and key):
            self.wrong(name, "kind:key of an element of the agenda")
        return value

    def year(self, name: str) -> int:
        value = self.data.get(name)
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        if not isinstance(number, int) or isinstance(number, bool) or not 2000 <= number <= 2200:
            self.wrong(name, "a year")
            return 0
        return number

    def version(self) -> int | None:
        value = self.data.get("version")
        if value in (None, ""):
            return None
        number = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            self.wrong("version", "the number of a version")
            return None
        return number

    def amount(self, name: str) -> Decimal:
        value = self.data.get(name)
        try:
            amount = euro(value)
        except Unreadable:
            amount = Decimal(0)
        if amount <= 0:
            self.wrong(name, "an amount above zero in whole cents, such as 50000.00")
        return amount

    def number(self, name: str) -> float | None:
        value = self.data.get(name)
        if value in (None, ""):
            return None
        try:
            number = float(value) if not isinstance(value, bool) else math.nan
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            self.wrong(name, "a number")
            return None
        return number

    def text(self, name: str) -> dict[str, str] | None:
        value = self.data.get(name)
        if not value:
            return None
        if not isinstance(value, Mapping) or not all(
            isinstance(language, str) and isinstance(words, str) for language, words in value.items()
        ):
            self.wrong(name, "words by language, such as {nl: …, en: …}")
            return None
        return {language: words.strip() for language, words in value.items() if words.strip()} or None

    def require_no_more(self, known: Any) -> None:
        for name in self.data:
            if known and name not in known and name != "sort":
                self.troubles.append(Trouble(Reason.UNKNOWN, str(name), _show(self.data[name]), "no such field"))


def _element(reader: _Reader) -> Change:
    fields = reader.data.get("fields")
    if not isinstance(fields, Mapping) or not fields:
        reader.wrong("fields", "the fields that change, with their new values")
        fields = {}
    for name in _FIXED & set(fields):
        reader.troubles.append(Trouble(Reason.VALUE, f"fields {name}", _show(fields[name]), "a field that may change"))
    return ElementChange(reader.uid("element"), dict(fields), reader.data.get("before"))


#: Its address stands for ever, and what is invented doesn't become real by a decision.
_FIXED = frozenset({"id", "demo"})


def _target(reader: _Reader) -> Change:
    value, words = reader.number("value"), reader.text("words")
    if value is None and words is None and not any(t.field in ("value", "words") for t in reader.troubles):
        reader.wrong("value", "a number, or words")
    interim = reader.data.get("interim")
    if interim not in (None, True, False):
        reader.wrong("interim", "true, false or nothing")
    return TargetChange(
        reader.words("indicator", "the key of an indicator"),
        reader.words("period", "a year, a month or a day"),
        value,
        words,
        interim,
        reader.data.get("before"),
    )


def _virement(reader: _Reader) -> Change:
    source, target = reader.uid("source"), reader.uid("target")
    if source and source == target:
        reader.wrong("target", "another element than the source")
    cost = reader.data.get("cost") or ""
    if cost not in ("", *CostType):
        reader.wrong("cost", ", ".join(CostType))
    return Virement(
        reader.year("year"),
        source,
        target,
        reader.words("fund", "the key of a fund, or base"),
        str(cost),
        reader.amount("amount"),
        reader.data.get("before"),
    )


def _budget(reader: _Reader) -> Change:
    return BudgetDecided(reader.year("year"), reader.version(), reader.data.get("before"))


def _paper(reader: _Reader) -> Change:
    kind = reader.words("kind", "a kind of paper, such as annual-report")
    ahead = reader.data.get("ahead") or ""
    if not isinstance(ahead, str):
        reader.wrong("ahead", "why it is decided without those who haven't agreed")
    return PaperDecided(kind, reader.year("year"), reader.version(), str(ahead).strip(), reader.data.get("before"))


_READERS: dict[Any, Callable[[_Reader], Change]] = {
    ElementChange.sort: _element,
    TargetChange.sort: _target,
    Virement.sort: _virement,
    BudgetDecided.sort: _budget,
    PaperDecided.sort: _paper,
}


def _about(change: Change) -> tuple[Any, ...]:
    if isinstance(change, ElementChange):
        return (change.element,)
    if isinstance(change, TargetChange):
        return (change.indicator, change.period)
    if isinstance(change, PaperDecided):
        return (change.kind, change.year)
    return (change.year,)


def clashes(changes: list[Change]) -> Iterator[Trouble]:
    """Changes of one decision that are about the same thing: which of them would count?"""
    seen: set[tuple[Any, ...]] = set()
    for place, change in enumerate(changes, 1):
        if isinstance(change, Virement):
            continue  # Several may well concern the same elements.
        name = (change.sort, *_about(change))
        if name in seen:
            yield Trouble(Reason.TWICE, f"change {place}", str(change), "one change of each thing in a decision")
        seen.add(name)


def _show(value: Any) -> str:
    return "nothing" if value in (None, "") else str(value)[:100]
