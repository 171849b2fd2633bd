# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Dimensions and measures as JSON, as a dataset keeps them, and how a newer description joins an older."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from mainport.monitor.rules.tables import Code, Dimension, Finality, Measure, Role

T = TypeVar("T", Code, Measure)


def dimensions_to_json(dimensions: Sequence[Dimension]) -> list[dict[str, Any]]:
    return [
        {
            "key": dimension.key,
            "title": dimension.title,
            "role": dimension.role.value,
            "description": dimension.description,
            "codes": [_code_to_json(code) for code in dimension.codes],
        }
        for dimension in dimensions
    ]


def _code_to_json(code: Code) -> dict[str, Any]:
    """Only what is said: a dimension may have thousands of codes."""
    data: dict[str, Any] = {"key": code.key, "title": code.title}
    if code.description:
        data["description"] = code.description
    if code.group is not None:
        data["group"] = code.group
    if code.finality:
        data["finality"] = int(code.finality)
    return data


def dimensions_from_json(data: Sequence[dict[str, Any]]) -> tuple[Dimension, ...]:
    return tuple(
        Dimension(
            key=item["key"],
            title=item["title"],
            role=Role(item["role"]),
            description=item["description"],
            codes=tuple(
                Code(
                    code["key"],
                    code["title"],
                    code.get("description", ""),
                    code.get("group"),
                    Finality(code.get("finality", 0)),
                )
                for code in item["codes"]
            ),
        )
        for item in data
    )


def measures_to_json(measures: Sequence[Measure]) -> list[dict[str, Any]]:
    return [dict(measure.__dict__) for measure in measures]


def measures_from_json(data: Sequence[dict[str, Any]]) -> tuple[Measure, ...]:
    return tuple(Measure(**item) for item in data)


def joined_dimensions(old: Sequence[Dimension], new: Sequence[Dimension]) -> tuple[Dimension, ...]:
    """The newer dimensions, with the codes that only the older knew behind: older values still speak of them."""
    known = {dimension.key: dimension for dimension in old}
    return tuple(
        Dimension(d.key, d.title, d.role, joined(known[d.key].codes, d.codes), d.description) if d.key in known else d
        for d in new
    )


def joined(old: Sequence[T], new: Sequence[T]) -> tuple[T, ...]:
    keys = {item.key for item in new}
    return tuple(new) + tuple(item for item in old if item.key not in keys)


def grown(old: Sequence[Dimension], new: Sequence[Dimension]) -> list[int | None] | None:
    """For each newer side its place among the older sides, None for one that is new.

    None altogether where more differs than that sides were added: one is gone, or another came before.
    """
    before = [(d.key, d.role) for d in old if d.role is not Role.TIME]
    now = [(d.key, d.role) for d in new if d.role is not Role.TIME]
    if [side for side in now if side in before] != before or _time(old) != _time(new):
        return None
    return [before.index(side) if side in before else None for side in now]


def _time(dimensions: Sequence[Dimension]) -> list[str]:
    return [d.key for d in dimensions if d.role is Role.TIME]
