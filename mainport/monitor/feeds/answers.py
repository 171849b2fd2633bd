# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads answers in JSON, whatever they hold."""

from __future__ import annotations

import json
from typing import Any

from mainport.core.fetching.problems import NotTrusted

Json = dict[str, Any]


def json_object(body: bytes, url: str) -> Json:
    """The object that an answer holds. Raises NotTrusted where it isn't one, or isn't whole."""
    if body.lstrip()[:1] == b"<":
        raise NotTrusted(f"{url} sent a web page (HTML) or XML where JSON was asked for")
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotTrusted(f"{url} sent JSON that isn't whole or isn't right: {error}") from error
    if not isinstance(found, dict):
        raise NotTrusted(f"{url} sent JSON that isn't an object")
    return found


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")
