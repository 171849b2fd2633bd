# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Why something about money can't be done: which field, what was found, what was expected."""

from __future__ import annotations

from collections.abc import Iterable

from mainport.cycle.rules.ledger import Trouble


class Refused(ValueError):
    """It is not done, and nothing of it; `troubles` says all that is wrong."""

    def __init__(self, troubles: Iterable[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("; ".join(str(trouble) for trouble in self.troubles))


def refuse(field: str, found: object, expected: str) -> Refused:
    """The refusal for one trouble, to raise."""
    return Refused([Trouble(field, str(found) if found not in ("", None) else "nothing", expected)])
