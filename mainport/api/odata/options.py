# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The query options of a question: which rows, which columns, in which order, from where on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.http import QueryDict

from mainport.api.odata.filters import Columns, Expression, read
from mainport.api.odata.refusal import Refused

#: Rows of one page, as many as CBS sends.
PAGE = 100_000
_KNOWN = {"$filter", "$select", "$top", "$skip", "$orderby", "$count", "$skiptoken", "$format"}
_MOST = 10**12


@dataclass(frozen=True)
class Options:
    """What was asked; `given` is as it was written, for the address of the next page."""

    filter: Expression | None = None
    select: list[str] = field(default_factory=list)
    top: int | None = None
    skip: int = 0
    order: list[tuple[str, bool]] = field(default_factory=list)
    count: bool = False
    #: The series and the period where the page begins, behind which it goes on.
    token: tuple[int, int] | None = None
    given: Mapping[str, str] = field(default_factory=dict)

    def following(self, url: str, done: int, token: tuple[int, int] | None = None) -> str:
        """The address of the next page, after `done` rows of this one."""
        more = dict(self.given)
        if self.top is not None:
            more["$top"] = str(self.top - done)
        if token:
            more.pop("$skip", None)
            more["$skiptoken"] = f"{token[0]}.{token[1]}"
        else:
            more["$skip"] = str(self.skip + done)
        return f"{url}?" + "&".join(f"{name}={quote(value, safe=_SAFE)}" for name, value in more.items())


_SAFE = "$'(),:;@!*/-._~"


def parse(query: QueryDict, columns: Columns) -> Options:
    """Raises Refused for an option that isn't on offer or can't be understood."""
    given = {}
    for name, values in query.lists():
        if not name.startswith("$"):
            continue
        if name not in _KNOWN:
            raise Refused(501, f"{name[:40]} isn't on offer here; there are: {', '.join(sorted(_KNOWN))}", name[:40])
        if len(values) > 1:
            raise Refused(400, f"{name} is given more than once", name)
        given[name] = values[0]
    if given.get("$format", "json").split(";")[0] not in ("json", "application/json"):
        raise Refused(406, "$format: answers here are json", "$format")
    count = given.get("$count", "false").lower()
    if count not in ("true", "false"):
        raise Refused(400, f"$count is {count[:40]!r}; it is true or false", "$count")
    chosen = given.get("$filter", "").strip()
    return Options(
        filter=read(chosen, columns) if chosen else None,
        select=_select(given.get("$select", ""), columns),
        top=_number(given["$top"], "$top") if "$top" in given else None,
        skip=_number(given.get("$skip", "0"), "$skip"),
        order=_order(given.get("$orderby", ""), columns),
        count=count == "true",
        token=_token(given.get("$skiptoken", "")),
        given=given,
    )


def _number(written: str, name: str) -> int:
    if not re.fullmatch(r"[0-9]{1,12}", written):
        raise Refused(400, f"{name} is {written[:40]!r}; it is a whole number of rows", name)
    return min(int(written), _MOST)


def _select(written: str, columns: Columns) -> list[str]:
    names = [name.strip() for name in written.split(",") if name.strip()]
    if "*" in names:
        return []
    for name in names:
        _known(name, columns, "$select")
    return list(dict.fromkeys(names))


def _known(name: str, columns: Columns, option: str) -> None:
    if name not in columns:
        raise Refused(400, f"{option} speaks of {name[:80]!r}; there are: {', '.join(columns)}", option)


def _order(written: str, columns: Columns) -> list[tuple[str, bool]]:
    found = []
    for one in filter(None, (part.strip() for part in written.split(","))):
        name, _space, way = one.partition(" ")
        _known(name, columns, "$orderby")
        if way.strip().lower() not in ("", "asc", "desc"):
            raise Refused(400, f"$orderby has {way[:40]!r} behind {name}; it is asc or desc", "$orderby")
        found.append((name, way.strip().lower() == "desc"))
    return found


def _token(written: str) -> tuple[int, int] | None:
    if not written:
        return None
    match = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,18})", written)
    if not match:
        raise Refused(400, "$skiptoken isn't one that was given out", "$skiptoken")
    return int(match[1]), int(match[2])


def ordered(rows: list[Any], order: list[tuple[str, bool]], value: Any) -> list[Any]:
    """The rows in this order; what has no value comes first, as OData has it."""
    for name, down in reversed(order):
        rows = sorted(rows, key=lambda row: ((v := value(row, name)) is not None, 0 if v is None else v), reverse=down)
    return rows
