# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The door for scenarios: a YAML file as the dataclasses of a question, or every fault with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from mainport.talent.rules.faults import Fault, Refused, show

T = TypeVar("T")
Place = tuple[str | int, ...]

#: What a scenario file says besides the question: what it is, whether it's invented, where its numbers come from.
ABOUT = ("title", "demo", "source")


def load(content: bytes, name: str) -> tuple[dict[str, Any], dict[Place, int]]:
    """The mapping in the file, and the line at which each of its values stands. Raises Refused."""
    try:
        if alias := next((event for event in yaml.parse(content) if isinstance(event, yaml.AliasEvent)), None):
            # A few lines of aliases to aliases would be as many values as no machine can hold.
            line = alias.start_mark.line + 1 if alias.start_mark else 1
            raise Refused([Fault(name, line, "file", f"*{alias.anchor}", "values written out")])
        root = yaml.compose(content, Loader=yaml.SafeLoader)
        data = yaml.safe_load(content)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Refused([Fault(name, line, "file", error.problem or "something else", "YAML")]) from error
    except Refused:
        raise
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Refused([Fault(name, 1, "file", str(error), "YAML in UTF-8")]) from error
    if not isinstance(data, dict) or root is None:
        raise Refused([Fault(name, 1, "file", show(type(data).__name__), "a mapping of fields")])
    if wrong := [key for key in data if not isinstance(key, str)]:
        raise Refused([Fault(name, 1, "file", show(wrong[0]), "names of fields")])
    return data, dict(_lines(root, ()))


def _lines(node: yaml.Node, place: Place) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            # Weeks are numbers, as in what the loader gives.
            word = int(key.value) if key.tag.endswith(":int") and key.value.isdigit() else key.value
            yield from _lines(value, (*place, word))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _lines(value, (*place, number))


def checked(kind: type[T], data: Mapping[str, Any], lines: Mapping[Place, int], name: str) -> T:
    """The question that the mapping asks. Raises Refused with every fault."""
    question = {key: value for key, value in data.items() if key not in ABOUT}
    faults = _about(data, lines, name)
    try:
        asked = TypeAdapter(kind).validate_python(question)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place: Place = tuple(part for part in detail["loc"] if part != "[key]")
            missing = detail["type"] in ("missing", "missing_argument")
            found = "nothing" if missing else show(detail["input"])
            if detail["type"] == "value_error":
                expected, found = "what makes sense", str(detail["ctx"]["error"])
            else:
                expected = "no such field" if detail["type"].startswith("unexpected") else _words(detail["msg"])
            faults.append(Fault(name, line_of(place, lines), field_of(place), found, expected))
    if faults:
        raise Refused(faults)
    return asked


def _about(data: Mapping[str, Any], lines: Mapping[Place, int], name: str) -> list[Fault]:
    wrong = [key for key in ("title", "source") if not isinstance(data.get(key, ""), str)]
    faults = [Fault(name, line_of((key,), lines), key, show(data[key]), "text") for key in wrong]
    if not isinstance(data.get("demo", False), bool):
        faults.append(Fault(name, line_of(("demo",), lines), "demo", show(data["demo"]), "true or false"))
    return faults


def _words(message: str) -> str:
    for start in ("Input should be ", "Value error, "):
        message = message.removeprefix(start)
    return message[:1].lower() + message[1:]


def line_of(place: Sequence[str | int], lines: Mapping[Place, int]) -> int:
    """The line of the value, or of what it stands in."""
    for depth in range(len(place), -1, -1):
        if (found := lines.get(tuple(place[:depth]))) is not None:
            return found
    return 1


def field_of(place: Sequence[str | int]) -> str:
    """groups, 0, away as groups[0].away."""
    words = ""
    for part in place:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else part
    return words or "file"
