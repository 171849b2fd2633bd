# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What is measured in a glyph and a word, of one indicator and of several together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mainport.monitor.queries.measured import Brief
from mainport.monitor.rules.summary import Verdict, together
from mainport.web.templatetags.mainport import number

WORDS: dict[Verdict, Promise] = {
    Verdict.REACHED: gettext_lazy("Target reached"),
    Verdict.ON_TRACK: gettext_lazy("On track"),
    Verdict.SLOW: gettext_lazy("Too slow for the target"),
    Verdict.OFF_TRACK: gettext_lazy("Moves away from the target"),
    Verdict.NO_VERDICT: gettext_lazy("No verdict possible yet"),
    Verdict.NO_TARGET: gettext_lazy("No target agreed"),
    Verdict.NO_FIGURE: gettext_lazy("No figure yet"),
    Verdict.NOT_CONNECTED: gettext_lazy("Not connected yet"),
    Verdict.RECOUNTING: gettext_lazy("Being counted anew"),
    Verdict.NO_INDICATOR: gettext_lazy("No indicator"),
}
#: After a number, in a sentence.
_COUNTED: dict[Verdict, Promise] = {
    Verdict.REACHED: gettext_lazy("at their target"),
    Verdict.ON_TRACK: gettext_lazy("on track"),
    Verdict.SLOW: gettext_lazy("too slow for their target"),
    Verdict.OFF_TRACK: gettext_lazy("moving away from their target"),
    Verdict.NO_VERDICT: gettext_lazy("with a target, without a verdict yet"),
    Verdict.NO_TARGET: gettext_lazy("without an agreed target"),
    Verdict.NO_FIGURE: gettext_lazy("without a figure"),
    Verdict.NOT_CONNECTED: gettext_lazy("not connected to a source"),
    Verdict.RECOUNTING: gettext_lazy("being counted anew"),
}
#: The state that lends its colour.
_STATES = {
    Verdict.REACHED: "done",
    Verdict.ON_TRACK: "on-track",
    Verdict.SLOW: "at-risk",
    Verdict.OFF_TRACK: "behind",
}


@dataclass(frozen=True)
class Sign:
    """As `components/measured.html` shows it."""

    verdict: str
    count: int = 0

    @property
    def word(self) -> str:
        return str(WORDS[Verdict(self.verdict)])

    @property
    def state(self) -> str:
        return _STATES.get(Verdict(self.verdict), "no-figure")

    @property
    def said(self) -> str:
        """After the state of a plan, for who can't see the glyph."""
        return _("measured: %(verdict)s") % {"verdict": _inside(self.word)}


NOTHING = Sign(Verdict.NO_INDICATOR.value)


@dataclass(frozen=True)
class Tally:
    """How much there is to measure with, and what lacks."""

    indicators: int
    connected: int
    with_target: int
    gaps: int
    stale: int

    def to_json(self) -> dict[str, int]:
        return {
            "indicators": self.indicators,
            "connected": self.connected,
            "with_target": self.with_target,
            "gaps": self.gaps,
            "stale": self.stale,
        }


def sign(verdicts: Iterable[Verdict]) -> Sign:
    return Sign(together(verdicts).value)


def sign_of(briefs: Iterable[Brief]) -> Sign:
    """Of several indicators the verdict on them together: see `rules.summary.together`."""
    return sign(brief.verdict for brief in briefs)


def tally(briefs: Sequence[Brief]) -> Tally:
    return Tally(
        indicators=len(briefs),
        connected=sum(brief.connected for brief in briefs),
        with_target=sum(brief.with_target for brief in briefs),
        gaps=sum(brief.lacks for brief in briefs),
        stale=sum(brief.stale for brief in briefs),
    )


def counted(signs: Iterable[Sign]) -> list[Sign]:
    """How often there is each of these, in the order of a legend."""
    found = Counter(Verdict(one.verdict) for one in signs)
    return [Sign(verdict.value, found[verdict]) for verdict in Verdict if found[verdict]]


def sentence(briefs: Sequence[Brief]) -> str:
    """12 indicators: 1 on track, 11 without an agreed target."""
    if not briefs:
        return _("Nothing is measured here yet.")
    parts = [
        f"{number(one.count)} {_COUNTED[Verdict(one.verdict)]}"
        for one in counted(Sign(b.verdict.value) for b in briefs)
    ]
    return ngettext("%(count)s indicator: %(parts)s.", "%(count)s indicators: %(parts)s.", len(briefs)) % {
        "count": number(len(briefs)),
        "parts": ", ".join(parts),
    }


def to_json(briefs: Sequence[Brief]) -> dict[str, Any]:
    found = counted(Sign(brief.verdict.value) for brief in briefs)
    return {
        "verdict": sign_of(briefs).verdict,
        "word": sign_of(briefs).word,
        "counts": {one.verdict: one.count for one in found},
        **tally(briefs).to_json(),
    }


def _inside(word: str) -> str:
    """A word as part of a sentence."""
    return word[:1].lower() + word[1:]
