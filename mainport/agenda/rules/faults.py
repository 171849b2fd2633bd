# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with an agenda file, said to the person who wrote it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from mainport.agenda.rules.nodes import KEY_PATTERN, LANGUAGE_PATTERN, UID_PATTERN, WEBSITE_PATTERN, WORDS_PATTERN

#: Names and places in lists from the top of the file down: tasks, 2, title.
Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong: where it stands, what was found there and what was expected."""

    line: int
    column: int
    path: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.path}: found {self.found}, expected {self.expected}"


class AgendaError(Exception):
    """The file is refused; `faults` holds every reason, in the order of the file."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def path_words(path: Path) -> str:
    """tasks, 2, title, en as tasks[2].title.en, counted from 0 as in JSON."""
    words = ""
    for part in path:
        words += f"[{part}]" if isinstance(part, int) else f".{short(part)}" if words else short(part)
    return words or "file"


def short(words: str) -> str:
    return words if len(words) <= 80 else words[:79] + "…"


def show(value: Any) -> str:
    """A value as a fault names it."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, dict):
        return "a mapping" if value else "an empty mapping"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(short(value)) if isinstance(value, str) else short(str(value))


def listing(names: Collection[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def one_of(written: str, known: Collection[str]) -> str:
    return f"one of {', '.join(known)}{hint(written, known)}"


def hint(written: str, known: Collection[str]) -> str:
    """The name that was probably meant, where one comes close."""
    close = difflib.get_close_matches(short(written), known, n=1)
    return f"; did you mean {close[0]}?" if close else ""


#: What pydantic's types of error mean to somebody who writes a file.
_EXPECTED = {
    "string_type": "text",
    "dict_type": "text, or a text for each language",
    "mapping_type": "text, or a text for each language",
    "string_too_short": "text that isn't empty",
    "string_too_long": "at most {max_length} characters",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "model_type": "a mapping of fields",
    "too_short": "at least one",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "literal_error": "{expected}",
    "finite_number": "a number",
}
_PATTERNS = {
    KEY_PATTERN: "letters, digits and hyphens",
    WEBSITE_PATTERN: "an address that begins with https:// or http://",
    UID_PATTERN: "kind:id, such as task:E3",
    WORDS_PATTERN: "text that isn't empty, without control characters",
    LANGUAGE_PATTERN: "a language code of two or three letters",
}


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[tuple[Path, str, str]]:
    """(path, found, expected) of each fault; of a field that may be of two types, one fault only."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        first, *rest = detail["loc"]
        # What pydantic adds to tell the types of a union, and a mapping's names from its values.
        where: Path = (first, *(part for part in rest if part not in ("int", "float", "[key]")))
        if where in seen:
            continue
        seen.add(where)
        sort, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
        if sort == "string_type" and isinstance(value, bool | int | float):
            yield where, show(value), "text; a number, or a word such as no, stands in quotes"
        elif "int" in rest and sort == "int_type":
            yield where, show(value), "a number"
        elif "[key]" in rest:
            yield (
                where,
                show(value),
                _PATTERNS[LANGUAGE_PATTERN] + "; between { and } a text with a comma stands in quotes",
            )
        elif sort == "missing":
            yield where, "nothing", _needs(model, where)
        elif sort == "extra_forbidden":
            yield where, show(where[-1]), "no such field"
        elif sort == "string_pattern_mismatch":
            yield where, show(value), _PATTERNS.get(context["pattern"], f"the form {context['pattern']}")
        elif sort == "value_error":
            yield where, show(value), str(context["error"])
        elif sort in _EXPECTED:
            yield where, show(value), _EXPECTED[sort].format(**context)
        else:
            yield where, show(value), detail["msg"]


def _needs(model: type[BaseModel], where: Path) -> str:
    info = model.model_fields.get(str(where[0])) if len(where) == 1 else None
    if info is not None and str(info.annotation).startswith("dict"):
        return "text, or a text for each language"
    return "a value: the field is required"
