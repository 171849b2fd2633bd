# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads JSON of other people's servers with suspicion, and gathers what is of another kind than it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Never
from zoneinfo import ZoneInfo

from mainport.catalogue.rules.faults import Fault, Refused

#: Bytes that one answer may have.
LIMIT = 64 * 1024 * 1024
#: Signs that a number may have: none that is meant has more.
_SIGNS = 40
_HERE = ZoneInfo("Europe/Amsterdam")


def parse(data: bytes) -> object:
    """The value of an answer, fractions as decimals. Raises Refused for what is too large or no JSON in UTF-8."""
    if len(data) > LIMIT:
        raise _refused(f"{len(data):,} bytes", f"at most {LIMIT:,}")
    try:
        words = data.decode("utf-8-sig")
        return json.loads(words, parse_float=_decimal, parse_int=_int, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise _refused(f"byte {error.start} that is no UTF-8", "JSON in UTF-8") from error
    except RecursionError as error:
        raise _refused("brackets inside each other without end", "JSON") from error
    except ValueError as error:
        raise _refused(str(error), "JSON") from error


def _refused(found: str, expected: str) -> Refused:
    return Refused([Fault("", found, expected)])


def _decimal(words: str) -> Decimal:
    if len(words) > _SIGNS:
        raise ValueError(f"a number of {len(words)} signs")
    return Decimal(words)


def _int(words: str) -> int:
    if len(words) > _SIGNS:
        raise ValueError(f"a number of {len(words)} signs")
    return int(words)


def _no_number(words: str) -> Never:
    raise ValueError(f"{words}, which JSON doesn't have")


@dataclass
class Fields:
    """An object of which the fields are taken out by kind; one of another kind counts as absent, and is told."""

    values: Mapping[str, object]
    where: str = ""
    faults: list[Fault] = field(default_factory=list)

    def path(self, name: str) -> str:
        return f"{self.where}.{name}" if self.where else name

    def fault(self, name: str, found: object, expected: str) -> None:
        self.faults.append(Fault(self.path(name), str(found)[:200], expected))

    def text(self, *names: str) -> str:
        """The first of these fields that has words or a whole number; ''."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str):
                if words := value.strip():
                    return words
            elif isinstance(value, int) and not isinstance(value, bool):
                return str(value)
            elif value is not None:
                self.fault(name, value, "words")
        return ""

    def items(self, *names: str) -> list[object]:
        """The items of the first of these fields that there is; a single value is a list of one."""
        for name in names:
            value = self.values.get(name)
            if value is not None:
                return list(value) if isinstance(value, list) else [value]
        return []

    def objects(self, *names: str) -> list[Fields]:
        """The objects of the first of these fields that there is."""
        name = next((name for name in names if self.values.get(name) is not None), names[0])
        found = []
        for place, value in enumerate(self.items(name)):
            if isinstance(value, dict):
                found.append(Fields(value, f"{self.path(name)}[{place}]", self.faults))
            else:
                self.fault(f"{name}[{place}]", value, "an object")
        return found

    def object(self, *names: str) -> Fields | None:
        """The first of these fields that is an object; words are left to `text`, as for what may be expanded."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, dict):
                return Fields(value, self.path(name), self.faults)
        return None

    def number(self, *names: str) -> Decimal | None:
        """The first of these fields that there is, as a number, whether written as one or as words."""
        for name in names:
            value = self.values.get(name)
            if value is None or value == "":
                continue
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                # 1e999999999 is eleven signs, and as a whole number it fills the memory.
                if abs(Decimal(value).adjusted()) <= _SIGNS:
                    return Decimal(value)
                self.fault(name, value, "a number such as 12.50")
                return None
            try:
                if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,20}(?:\.[0-9]{1,10})?", value.strip()):
                    return Decimal(value.strip())
            except InvalidOperation:
                pass
            self.fault(name, value, "a number such as 12.50")
            return None
        return None

    def whole(self, *names: str) -> int | None:
        amount = self.number(*names)
        return None if amount is None else int(amount)

    def day(self, *names: str) -> date | None:
        """The first of these fields that there is, as a day; of a moment, the day that it is in the Netherlands."""
        for name in names:
            value = self.values.get(name)
            if value is None or value == "":
                continue
            try:
                if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                    return date.fromisoformat(value)
                if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d", value):
                    moment = datetime.fromisoformat(value)
                    return (moment.astimezone(_HERE) if moment.tzinfo else moment).date()
            except (ValueError, OverflowError):
                pass
            self.fault(name, value, "a date such as 2026-09-01, or a moment such as 2026-09-01T09:00:00+02:00")
            return None
        return None
