# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What can be kept of a record of somebody else in which something is wrong: all but that, told off by its faults.

Who hands in a work here is asked to put it right; a source elsewhere isn't there to ask.
"""

from __future__ import annotations

import re
from dataclasses import MISSING, fields, replace
from typing import Any

from mainport.catalogue.rules import courses, works
from mainport.catalogue.rules.contents import Value
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.texts import UNKNOWN
from mainport.catalogue.rules.works import Access, Work

#: Without these there is no record.
_FATAL = frozenset({"titles", "identifier"})
#: Wrong of the source, but no reason to leave anything out.
_TOLD = frozenset({"licence"})
#: Faults after which somebody has sent nonsense.
MOST = 200


def mend(value: Value) -> tuple[Value, list[Fault]]:
    """The value without what is wrong with it, and what that was. Raises Refused where too little is left of it."""
    told: list[Fault] = []
    for _turn in range(MOST):
        faults = [fault for fault in check(value) if fault.field not in _TOLD or fault not in told]
        if not faults:
            return value, told
        if fatal := [fault for fault in faults if fault.field in _FATAL]:
            raise Refused([*told, *fatal])
        told.append(faults[0])
        if faults[0].field not in _TOLD:
            value = _without(value, faults[0].field)
    raise Refused(told)


def check(value: Value) -> list[Fault]:
    """All that is wrong with a value."""
    return works.check(value) if isinstance(value, Work) else courses.check(value)


def _without(value: Value, path: str) -> Value:
    """The value without what stands at a path such as offerings[0].places[1].latitude."""
    if path == "embargo_until" and isinstance(value, Work):
        # Closed without a day on which that ends: nobody may read it, and nobody knows until when.
        restricted = value.access is Access.EMBARGOED
        return replace(value, embargo_until=None, access=Access.RESTRICTED if restricted else value.access)
    steps = [int(step) if step.isdecimal() else step for step in re.findall(r"[^.\[\]]+", path)]
    found: Value = _left_out(value, steps)
    return found


def _left_out(value: Any, steps: list[Any]) -> Any:
    """The value without what these steps lead to; None where nothing of it can stay."""
    step, rest = steps[0], steps[1:]
    if isinstance(value, tuple) and isinstance(step, int):
        inner = _left_out(value[step], rest) if rest else None
        return (*value[:step], *(() if inner is None else (inner,)), *value[step + 1 :])
    if isinstance(value, dict):
        kept = {code: words for code, words in value.items() if code != step}
        return kept if UNKNOWN in kept or step not in value else {**kept, UNKNOWN: value[step]}
    one = next(field for field in fields(value) if field.name == step)
    if rest:
        inner = _left_out(getattr(value, step), rest)
        return None if inner is None and one.default is MISSING else replace(value, **{step: inner})
    if step == "embargo_until":
        return replace(value, access=Access.RESTRICTED, embargo_until=None)
    if one.default is not MISSING:
        return replace(value, **{step: one.default}) if getattr(value, step) != one.default else None
    if one.default_factory is not MISSING:
        return replace(value, **{step: one.default_factory()})
    return None
