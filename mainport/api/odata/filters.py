# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""`$filter` of OData (4.01, part 2, 5.1.1): read into a test of rows that also says what it needs to know.

No text of a filter ever becomes SQL.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mainport.api.odata.refusal import Refused

Row = Mapping[str, Any]
#: Columns by name, with their type.
Columns = Mapping[str, str]

TEXT, NUMBER, BOOLEAN, NULL = "text", "number", "boolean", "null"
#: Parentheses within parentheses; nobody writes more.
_DEPTH = 40
_LENGTH = 20_000

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    r"|(?P<moment>\d{4}-\d\d-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d)?)?)"
    r"|(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])"
    r"|(?P<name>[^\W\d]\w*)"
    r"|(?P<mark>[(),]))"
)
_ORDERED: dict[str, Callable[[Any, Any], bool]] = {
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}


@dataclass(frozen=True)
class Expression:
    """A part of a filter. `parts` are the tests that must all hold; `chosen` is the values of one column that pass."""

    kind: str
    columns: frozenset[str]
    of: Callable[[Row], Any]
    all_of: tuple[Expression, ...] = ()
    chosen: tuple[str, frozenset[Any]] | None = None
    #: The column that it is, and the literal that it is.
    column: str = ""
    literal: bool = False

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.all_of or (self,)


def read(text: str, columns: Columns) -> Expression:
    """The filter as a test. Raises Refused for what isn't one."""
    if len(text) > _LENGTH:
        raise _wrong(f"is longer than {_LENGTH} characters")
    return _Reader(text, columns).whole()


def _wrong(what: str) -> Refused:
    return Refused(400, f"$filter {what}", "$filter")


class _Reader:
    def __init__(self, text: str, columns: Columns) -> None:
        self._columns = columns
        self._tokens = self._split(text)
        self._at = 0
        self._depth = 0

    @staticmethod
    def _split(text: str) -> list[tuple[str, str]]:
        found, at, text = [], 0, text.rstrip()
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                raise _wrong(f"can't be read from {text[at : at + 20].strip()!r} on")
            kind = str(match.lastgroup)
            found.append((kind, match[kind]))
            at = match.end()
        return found

    def whole(self) -> Expression:
        found = self._test(self._or())
        if self._at < len(self._tokens):
            raise _wrong(f"has {self._tokens[self._at][1]!r} where it should end")
        return found

    # --- Tokens ---

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "the end")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _word(self, *words: str) -> str:
        """The word that comes, if it is one of these."""
        kind, value = self._peek()
        if kind == "name" and value.lower() in words:
            self._at += 1
            return value.lower()
        return ""

    def _mark(self, mark: str) -> bool:
        if self._peek() == ("mark", mark):
            self._at += 1
            return True
        return False

    def _must(self, mark: str) -> None:
        if not self._mark(mark):
            raise _wrong(f"has {self._peek()[1]!r} where {mark!r} should stand")

    # --- Tests ---

    def _test(self, found: Expression) -> Expression:
        if found.kind not in (BOOLEAN, NULL):
            raise _wrong("has a value where a comparison should stand")
        return found

    def _or(self) -> Expression:
        found = [self._and()]
        while self._word("or"):
            found.append(self._and())
        if len(found) == 1:
            return found[0]
        return _any([self._test(one) for one in found])

    def _and(self) -> Expression:
        found = [self._not()]
        while self._word("and"):
            found.append(self._not())
        if len(found) == 1:
            return found[0]
        tests = tuple(part for one in found for part in self._test(one).parts)
        return Expression(BOOLEAN, _together(tests), lambda row: all(one.of(row) for one in tests), all_of=tests)

    def _not(self) -> Expression:
        if self._word("not"):
            self._deeper()
            found = self._test(self._not())
            self._depth -= 1
            return Expression(BOOLEAN, found.columns, lambda row: not found.of(row))
        return self._comparison()

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEPTH:
            raise _wrong(f"has more than {_DEPTH} parentheses within each other")

    def _comparison(self) -> Expression:
        left = self._operand()
        if self._word("in"):
            return self._in(left)
        if sign := self._word("eq", "ne", *_ORDERED):
            return self._compared(left, sign, self._operand())
        if unknown := self._word("add", "sub", "mul", "div", "divby", "mod", "has"):
            raise Refused(501, f"$filter: {unknown} isn't on offer here", "$filter")
        return left

    def _in(self, left: Expression) -> Expression:
        self._must("(")
        values = []
        while True:
            right = self._operand()
            if not right.literal:
                raise _wrong("has something else than values behind in")
            _same_kind(left, right)
            values.append(right.of({}))
            if not self._mark(","):
                break
        self._must(")")
        among = frozenset(values)
        of = left.of
        return Expression(
            BOOLEAN, left.columns, lambda row: of(row) in among, chosen=(left.column, among) if left.column else None
        )

    def _compared(self, left: Expression, sign: str, right: Expression) -> Expression:
        _same_kind(left, right)
        columns, a, b = left.columns | right.columns, left.of, right.of
        if sign == "ne":
            return Expression(BOOLEAN, columns, lambda row: a(row) != b(row))
        if sign == "eq":
            column, value = (left, right) if left.column else (right, left)
            chosen = (column.column, frozenset([value.of({})])) if column.column and value.literal else None
            return Expression(BOOLEAN, columns, lambda row: a(row) == b(row), chosen=chosen)
        compare = _ORDERED[sign]

        def ordered(row: Row) -> bool:
            one, other = a(row), b(row)
            return one is not None and other is not None and compare(one, other)

        return Expression(BOOLEAN, columns, ordered)

    # --- Values ---

    def _operand(self) -> Expression:
        kind, value = self._next()
        match kind:
            case "text":
                return _literal(TEXT, value[1:-1].replace("''", "'"))
            case "moment":
                return _literal(TEXT, value)
            case "number":
                return _literal(NUMBER, _number(value))
            case "mark" if value == "(":
                self._deeper()
                found = self._or()
                self._must(")")
                self._depth -= 1
                return found
            case "name":
                return self._named(value)
        raise _wrong(f"has {value!r} where a value should stand")

    def _named(self, name: str) -> Expression:
        if self._peek() == ("mark", "("):
            return self._function(name.lower())
        if name in self._columns:
            return Expression(self._columns[name], frozenset([name]), operator.itemgetter(name), column=name)
        if name in ("null", "true", "false"):
            return _literal(NULL if name == "null" else BOOLEAN, {"null": None, "true": True, "false": False}[name])
        raise _wrong(f"speaks of {name!r}; there are: {', '.join(self._columns)}")

    def _function(self, name: str) -> Expression:
        known = _FUNCTIONS.get(name)
        if not known:
            raise Refused(501, f"$filter: {name}() isn't on offer here; there are: {', '.join(_FUNCTIONS)}", "$filter")
        count, result, apply = known
        self._deeper()
        self._must("(")
        arguments = [self._or()]
        while self._mark(","):
            arguments.append(self._or())
        self._must(")")
        self._depth -= 1
        if len(arguments) != count or any(one.kind not in (TEXT, NULL) for one in arguments):
            raise _wrong(f"gives {name}() something else than {count} text{'s' if count > 1 else ''}")
        values = [one.of for one in arguments]

        def of(row: Row) -> Any:
            given = [value(row) for value in values]
            return None if None in given else apply(*given)

        return Expression(result, _together(arguments), of)


_FUNCTIONS: dict[str, tuple[int, str, Callable[..., Any]]] = {
    "contains": (2, BOOLEAN, lambda text, part: part in text),
    "startswith": (2, BOOLEAN, str.startswith),
    "endswith": (2, BOOLEAN, str.endswith),
    "substringof": (2, BOOLEAN, lambda part, text: part in text),
    "indexof": (2, NUMBER, str.find),
    "concat": (2, TEXT, operator.add),
    "length": (1, NUMBER, len),
    "tolower": (1, TEXT, str.lower),
    "toupper": (1, TEXT, str.upper),
    "trim": (1, TEXT, str.strip),
}


def _number(written: str) -> float | int:
    value = float(written)
    if value in (float("inf"), float("-inf")):
        raise _wrong(f"has a number that is too large: {written[:20]}")
    return int(written) if written.lstrip("+-").isdigit() and len(written) < 20 else value


def _literal(kind: str, value: Any) -> Expression:
    return Expression(kind, frozenset(), lambda row: value, literal=True)


def _together(expressions: Any) -> frozenset[str]:
    return frozenset().union(*(one.columns for one in expressions))


def _any(tests: list[Expression]) -> Expression:
    columns = _together(tests)
    names = {one.chosen[0] if one.chosen else "" for one in tests}
    if len(names) == 1 and "" not in names:
        # A list of values of one column, as clients write it: looked up at once.
        (name,) = names
        among = frozenset(value for one in tests if one.chosen for value in one.chosen[1])
        return Expression(BOOLEAN, columns, lambda row: row[name] in among, chosen=(name, among))
    return Expression(BOOLEAN, columns, lambda row: any(one.of(row) for one in tests))


def _same_kind(left: Expression, right: Expression) -> None:
    if NULL in (left.kind, right.kind) or left.kind == right.kind:
        return
    raise _wrong(f"compares a {left.kind} with a {right.kind}: texts stand between single quotes, numbers don't")
