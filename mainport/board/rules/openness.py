# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is open to whom.

Open is what stands on the agenda of a meeting that was convened, its papers, adopted minutes and decisions,
unless it is confidential. What is confidential is for those who sit in the body (but for guests) and for the
programme office. Who may read along with the board sees what isn't public yet, and nothing confidential.
An organisation sees what it proposed itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mainport.board.rules.meetings import CONVENED, ON_THE_AGENDA, ItemState, MeetingState


@dataclass(frozen=True)
class Asker:
    """Who asks: `bodies` are the uids of those in which they sit today and are privy to what is confidential."""

    manages: bool = False  # the programme office
    reads: bool = False
    bodies: frozenset[str] = frozenset()
    #: Keys of the organisations for which they propose items, and for which they follow up decisions.
    proposes: frozenset[str] = frozenset()
    follows: frozenset[str] = frozenset()

    def is_privy(self, body: str) -> bool:
        return self.manages or body in self.bodies

    def is_inside(self, body: str) -> bool:
        """Whether they see what isn't public yet."""
        return self.reads or self.is_privy(body)


def sees_item(asker: Asker, body: str, meeting: MeetingState, state: ItemState, proposer: str | None) -> bool:
    """Whether there is such an item, for this asker; what it says may still be withheld."""
    public = meeting in CONVENED and state in ON_THE_AGENDA
    return public or asker.is_inside(body) or proposer in asker.proposes


def reads_item(asker: Asker, body: str, confidential: str, proposer: str | None) -> bool:
    """Whether this asker, who sees the item, may read what it is about."""
    return not confidential or asker.is_privy(body) or proposer in asker.proposes


def is_confidential(confidential: str, public_from: date | None, today: date) -> bool:
    """Whether a decision is confidential today: it has a reason, and no day on which that ended."""
    return bool(confidential) and (public_from is None or today < public_from)


def reads_minutes(asker: Asker, body: str, meeting: MeetingState) -> bool:
    """Minutes are public once they are adopted."""
    return meeting is MeetingState.CLOSED or asker.is_inside(body)
