# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Tables whose columns a template names once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(row: Mapping[str, Any], name: str) -> Any:
    """What stands under that name; '' where nothing does."""
    return row.get(name, "")


@register.simple_tag
def heads(*parts: Any) -> list[tuple[str, str, bool]]:
    """Columns as `talent/_table.html` takes them: of each its name, its label, and 1 where it holds numbers.

    >>> heads("year", "Year", 0, "people", "People", 1)
    [('year', 'Year', False), ('people', 'People', True)]
    """
    return [(name, label, bool(numeric)) for name, label, numeric in zip(*[iter(parts)] * 3, strict=True)]
