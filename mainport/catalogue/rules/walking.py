# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where a harvest is in a list of unknown length, and when that list can't be one: it goes round, or never ends."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final, Self

from mainport.catalogue.rules.faults import Fault, Refused

Json = dict[str, Any]
#: Parts in a row that bring nothing new, after which nothing new is expected any more.
IDLE: Final = 100
#: Positions that are remembered one by one; rounds that are longer are found by Brent's milestone.
RECENT: Final = 50
#: How often a list is begun again without that this brings anything new, and at all.
RESTARTS_IN_VAIN: Final = 2
RESTARTS: Final = 50


@dataclass(frozen=True)
class Place:
    """Where a harvest is: with what to ask for the next part, or that the list is done."""

    at: Json = field(default_factory=dict)
    done: bool = False
    pages: int = 0  # Since the list was begun (again).
    records: int = 0  # Seen for the first time in this harvest.
    idle: int = 0
    before: int = 0  # Parts before the list was begun again: as many may bring nothing new.
    restarts: int = 0
    in_vain: int = 0
    size: int | None = None  # Of the whole list, where the source says so.
    latest: str = ""  # The last change that was seen, by the source's clock.
    recent: tuple[str, ...] = ()
    milestone: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """The place that `as_json` wrote; what isn't there is as in the beginning."""
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept}
        return cls(**{**known, "recent": tuple(known.get("recent", ()))})

    def as_json(self) -> Json:
        return asdict(self) | {"recent": list(self.recent)}

    def after(
        self, fresh: int, following: Json | None, *, size: int | None = None, latest: str = "", most: int
    ) -> Place:
        """The place after a part with `fresh` records that this harvest hadn't seen. Raises Refused for no list."""
        records, idle = self.records + fresh, 0 if fresh else self.idle + 1
        if records > most:
            raise Refused([Fault("", f"more than {most:,} records", f"a list that ends before {most:,} records")])
        if following is not None and idle > IDLE + self.before:
            raise Refused([Fault("", f"{idle} pages in a row without anything new", "a list that comes to an end")])
        moved = replace(
            self,
            at=following or {},
            done=following is None,
            pages=self.pages + 1,
            records=records,
            idle=idle,
            in_vain=0 if fresh else self.in_vain,
            size=size if size is not None else self.size,
            latest=max(self.latest, latest),
        )
        return moved if following is None else moved._checked(following)

    def _checked(self, following: Json) -> Place:
        name = hashlib.sha256(json.dumps(following, sort_keys=True).encode()).hexdigest()[:16]
        if name in self.recent or name == self.milestone:
            asked = json.dumps(following, ensure_ascii=False)[:200]
            raise Refused([Fault("", f"{asked}, which was asked before", "a next page that is another one")])
        # Brent: a milestone at each power of two is met again by a round of whatever length.
        milestone = name if self.pages & (self.pages - 1) == 0 else self.milestone
        return replace(self, recent=(*self.recent, name)[-RECENT:], milestone=milestone)

    def again(self) -> Place:
        """The beginning of the list, where its place was lost. Raises Refused where that happens on and on."""
        if self.in_vain >= RESTARTS_IN_VAIN or self.restarts >= RESTARTS:
            found = f"a position that expires each time ({self.restarts} times so far)"
            raise Refused([Fault("", found, "a list that can be read to its end")])
        return replace(
            self,
            at={},
            pages=0,
            idle=0,
            before=self.pages,
            restarts=self.restarts + 1,
            in_vain=self.in_vain + 1,
            recent=(),
            milestone="",
        )
