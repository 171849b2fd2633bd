# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""filter_query, by which the specification lets a client compare any field: filter_query[field][operation]=value.

All of them must hold; of those under [__or][], one. A field within a field is reached by dots: organisation.name. What
can't be read as a filter leaves nothing, so that a misspelt one never passes for none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

PREFIX = "filter_query["
_NAME = re.compile(r"filter_query(\[__or\]\[\d*\])?\[([^\[\]]{1,200})\]\[([a-z_]{1,20})\]")
#: So many a question may have.
MOST = 20


@dataclass(frozen=True)
class Test:
    """One comparison; `either` for one of those of which one is enough."""

    path: tuple[str, ...]
    operation: str
    words: str
    either: bool

    def of(self, item: Any) -> bool:
        compare = _OPERATIONS.get(self.operation)
        return compare is not None and compare(list(_reach(item, self.path)), self.words)


@dataclass(frozen=True)
class Filter:
    """All comparisons of a question; None among them is one that can't be read."""

    tests: tuple[Test | None, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.tests)

    def of(self, item: Any) -> bool:
        """Whether an object passes."""
        if None in self.tests or len(self.tests) > MOST:
            return False
        known = [test for test in self.tests if test]
        some = [test for test in known if test.either]
        return all(test.of(item) for test in known if not test.either) and (
            not some or any(test.of(item) for test in some)
        )


def read(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter in these parameters."""
    return Filter(tuple(_test(name, words) for name, words in pairs if name.startswith(PREFIX)))


def _test(name: str, words: str) -> Test | None:
    found = _NAME.fullmatch(name)
    return Test(tuple(found[2].split(".")), found[3], words, bool(found[1])) if found else None


def _reach(item: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The values at the end of a path; of a list, those of each of its items."""
    if isinstance(item, list):
        for one in item:
            yield from _reach(one, path)
    elif not path:
        if item is not None:
            yield item
    elif isinstance(item, dict):
        yield from _reach(item.get(path[0]), path[1:])


def _said(value: Any) -> str:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def _listed(words: str) -> set[str]:
    return {one.strip() for one in words.split(",")}


def _like(values: list[Any], words: str) -> bool:
    # Stars in a row say what one says, and would take long to try.
    parts = [re.escape(part) for part in re.sub(r"\*+", "*", words[:200]).split("*")]
    pattern = re.compile(".*".join(parts), re.I | re.S)
    return any(pattern.fullmatch(_said(value)) for value in values)


def _presence(values: list[Any], words: str) -> bool:
    if words in ("empty", "null"):
        return not values
    return bool(values) if words in ("not_empty", "not_null") else words in map(_said, values)


def _compared(read: Callable[[Any], Any], *, greater: bool) -> Callable[[list[Any], str], bool]:
    def compare(values: list[Any], words: str) -> bool:
        try:
            bound = read(words)
            found = [read(value) for value in values]
            return any(value > bound if greater else value < bound for value in found)
        except (ValueError, TypeError, OverflowError):
            return False

    return compare


def _moment(words: Any) -> datetime:
    found = datetime.fromisoformat(str(words))
    return found if found.tzinfo else found.replace(tzinfo=UTC)


_OPERATIONS: dict[str, Callable[[list[Any], str], bool]] = {
    "is": _presence,
    "in": lambda values, words: any(_said(value) in _listed(words) for value in values),
    "not_in": lambda values, words: not any(_said(value) in _listed(words) for value in values),
    "like": _like,
    "not_like": lambda values, words: not _like(values, words),
    "any_in_array": lambda values, words: bool(_listed(words) & set(map(_said, values))),
    "all_in_array": lambda values, words: _listed(words) <= set(map(_said, values)),
    "gt_int": _compared(int, greater=True),
    "lt_int": _compared(int, greater=False),
    "gt_float": _compared(float, greater=True),
    "lt_float": _compared(float, greater=False),
    "gt_date": _compared(_moment, greater=True),
    "lt_date": _compared(_moment, greater=False),
}
