# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What somebody's answers come to: a level for each competence of DigComp, and what a course must be like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mainport.catalogue.rules import places
from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.places import Place
from mainport.catalogue.rules.questionnaire import Answers, Questionnaire

HIGHEST = 8
#: With what somebody begins who wants to begin at the beginning: looking things up, contact, safety, what to do when
#: something doesn't work.
FIRST = ("1.1", "1.3", "2.1", "4.1", "5.1")
#: What somebody who hardly uses a computer says of one competence counts at most this much above the rest: people who
#: know little overrate what they can most (Kruger and Dunning 1999).
MODEST = 2


@dataclass(frozen=True)
class Profile:
    """What a course is sought for. `levels` is 0 where somebody can't do it yet; `limit` and `price` None: no limit."""

    levels: Mapping[str, int]
    wanted: tuple[str, ...]
    lowest: bool = False
    by_phone: bool = False
    home: Place | None = None
    limit: int | None = None
    mode: str = "either"
    moments: frozenset[str] = frozenset()
    guidance: bool = False
    languages: tuple[str, ...] = ()
    price: Decimal | None = None
    situation: str = ""
    libraries: tuple[str, ...] = field(default=())


def profile(questionnaire: Questionnaire, answers: Answers) -> Profile:
    """Reads the answers. What wasn't answered asks nothing of a course."""

    def one(fact: str) -> str:
        question = questionnaire.about(fact)
        found = answers.get(question.key, "") if question else ""
        return found if isinstance(found, str) else ""

    def several(fact: str) -> list[str]:
        question = questionnaire.about(fact)
        found = answers.get(question.key, []) if question else []
        return [found] if isinstance(found, str) else list(found)

    ease = one("ease")
    lowest = ease in ("never", "hard")
    distance, price = one("distance"), one("price")
    languages = tuple(several("language"))
    return Profile(
        levels=levels(questionnaire, answers),
        wanted=_wanted(several("areas")),
        lowest=lowest,
        by_phone=one("contact") == "phone" or ease == "never",
        home=places.find(one("place")) if one("place") else None,
        limit=int(distance) if distance.isdecimal() else None,
        mode=one("mode") or "either",
        moments=frozenset(several("moment")),
        # Whoever finds reading hard isn't sent to learn alone from a screen.
        guidance=one("guidance") == "wanted" or lowest or one("reading") == "hard",
        languages=languages,
        price=Decimal(price) if price.isdecimal() else None,
        situation=one("situation"),
        libraries=questionnaire.libraries,
    )


def levels(questionnaire: Questionnaire, answers: Answers) -> dict[str, int]:
    """For each of the 21 competences the level that somebody has, 0 for none yet.

    What was asked counts as it was answered. The rest follows from how somebody gets on with a computer at all; and
    for whom that is hard, one answer reaches no further than MODEST above it.
    """
    question = questionnaire.about("ease")
    said = {option.value: option.level or 0 for option in question.options} if question else {}
    ease = str(answers.get(question.key, "")) if question else ""
    base = said.get(ease, 0)
    most = base + MODEST if ease in ("never", "hard") else HIGHEST
    found = {one.code: base for area in framework().areas for one in area.competences}
    for asked in questionnaire.questions():
        if asked.competence and asked.key in answers:
            by_value = {option.value: option.level or 0 for option in asked.options}
            found[asked.competence] = min(by_value.get(str(answers[asked.key]), base), most)
    return found


def _wanted(areas: list[str]) -> tuple[str, ...]:
    """The competences of the areas that were chosen, in the order of DigComp; those to begin with come first."""
    first = FIRST if "start" in areas else ()
    rest = (one.code for area in framework().areas if str(area.number) in areas for one in area.competences)
    return tuple(dict.fromkeys([*first, *rest]))
