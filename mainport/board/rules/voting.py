# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Consensus and votes: what makes that a proposal is adopted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mainport.board.rules.refusals import Reason, Trouble


class Manner(StrEnum):
    CONSENSUS = "consensus"
    VOTE = "vote"


class Choice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


@dataclass(frozen=True)
class Ballot:
    """How one organisation (its key) stood, and what it wants to be recorded with that."""

    organisation: str
    choice: Choice
    words: str = ""


@dataclass(frozen=True)
class Tally:
    """How often each choice was made."""

    for_: int
    against: int
    abstained: int


def tally(ballots: Iterable[Ballot]) -> Tally:
    counts = Counter(ballot.choice for ballot in ballots)
    return Tally(counts[Choice.FOR], counts[Choice.AGAINST], counts[Choice.ABSTAINED])


def is_adopted(manner: Manner, ballots: Iterable[Ballot]) -> bool:
    """Whether a proposal is adopted.

    By consensus: nobody is against. By vote: a simple majority of the votes cast, one for each organisation; more
    are for than against. Who abstains has cast no vote; with as many for as against it is not adopted, and with
    abstentions alone neither. (The agenda says nothing of votes, so this is the usual rule of Dutch associations,
    Burgerlijk Wetboek 2:13.)
    """
    counts = tally(ballots)
    if manner is Manner.CONSENSUS:
        return counts.against == 0
    return counts.for_ > counts.against


def troubles(manner: Manner, ballots: Sequence[Ballot], present: Collection[str]) -> list[Trouble]:
    """What is wrong with these ballots, where these organisations with a vote are present.

    By vote each of them makes a choice; by consensus only who abstains is recorded.
    """
    found = [
        Trouble(Reason.NO_VOTE, "votes", ballot.organisation, "an organisation with a vote that was present")
        for ballot in ballots
        if ballot.organisation not in present
    ]
    counts = Counter(ballot.organisation for ballot in ballots)
    found += [
        Trouble(Reason.TWICE, "votes", f"{times} votes of {key}", "one vote for each organisation")
        for key, times in counts.items()
        if times > 1
    ]
    if manner is Manner.VOTE:
        found += [
            Trouble(Reason.MISSING, "votes", f"no choice of {key}", "for, against or abstained")
            for key in sorted(set(present) - counts.keys())
        ]
    else:
        found += [
            Trouble(Reason.VALUE, "votes", f"{ballot.organisation} for", "abstentions only, by consensus")
            for ballot in ballots
            if ballot.choice is Choice.FOR
        ]
    return found
