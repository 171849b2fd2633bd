# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The questionnaire of the Digitale Academie as data: what it is, how it is asked step by step, and answered.

Words, order, conditions and levels are whoever's who edits the file. What a question is *about* is fixed here, with
the values that its answers may have: the offer is made from those (see profile.py). questionnaire_file.py reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mainport.catalogue.rules import places
from mainport.catalogue.rules.texts import Texts

#: What one answer may hold.
LONGEST_ANSWER = 100


class Kind(StrEnum):
    """How a question is answered: one choice, several, a choice out of the scale, or a place in words."""

    SINGLE = "single"
    MULTI = "multi"
    SCALE = "scale"
    PLACE = "place"


#: What a question can be about: the kind that it must have, and the values that its options may have (none: free).
FACTS: dict[str, tuple[Kind, frozenset[str]]] = {
    "situation": (Kind.SINGLE, frozenset({"work", "seeking", "resident", "student"})),
    "place": (Kind.PLACE, frozenset()),
    "distance": (Kind.SINGLE, frozenset()),  # Kilometres, or "any".
    "ease": (Kind.SINGLE, frozenset({"never", "hard", "some", "easy", "very"})),
    "reading": (Kind.SINGLE, frozenset({"fine", "sometimes", "hard"})),
    "contact": (Kind.SINGLE, frozenset({"phone", "typing"})),
    "areas": (Kind.MULTI, frozenset({"start", "1", "2", "3", "4", "5"})),
    "mode": (Kind.SINGLE, frozenset({"place", "online", "either"})),
    "moment": (Kind.MULTI, frozenset({"day", "evening", "weekend"})),
    "guidance": (Kind.SINGLE, frozenset({"wanted", "either"})),
    "language": (Kind.MULTI, frozenset()),  # Codes of languages.
    "price": (Kind.SINGLE, frozenset()),  # Euros at most, or "any".
}
#: Without these there is no offer to make.
NEEDED = ("ease", "areas")

Answer = str | list[str]
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen. `level`: the level of DigComp that it speaks of, where it speaks of one."""

    value: str
    text: Texts
    level: int | None = None


@dataclass(frozen=True)
class Question:
    """One question. `ask_if`: for each question named, one of these values must have been answered."""

    key: str
    kind: Kind
    text: Texts
    options: tuple[Option, ...] = ()
    about: str = ""
    competence: str = ""
    help: Texts = field(default_factory=dict)
    required: bool = True
    ask_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """Questions on one screen."""

    key: str
    title: Texts
    questions: tuple[Question, ...]
    lead: Texts = field(default_factory=dict)
    ask_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Questionnaire:
    """The whole, checked."""

    key: str
    title: Texts
    intro: Texts
    steps: tuple[Step, ...]
    libraries: tuple[str, ...] = ()

    def questions(self) -> Iterator[Question]:
        return (question for step in self.steps for question in step.questions)

    def about(self, fact: str) -> Question | None:
        return next((question for question in self.questions() if question.about == fact), None)


def asked(questionnaire: Questionnaire, answers: Answers) -> list[Step]:
    """The steps to be asked as things stand, each with the questions of it that are to be asked."""
    steps = []
    for step in questionnaire.steps:
        if _holds(step.ask_if, answers):
            here = {question.key for question in step.questions}
            questions = tuple(
                question
                for question in step.questions
                # What depends on an answer of the same screen is shown with it, and not required.
                if _holds({k: v for k, v in question.ask_if.items() if k not in here}, answers)
            )
            if questions:
                steps.append(Step(step.key, step.title, questions, step.lead, step.ask_if))
    return steps


def needed(question: Question, answers: Answers) -> bool:
    """Whether this question must be answered, with these answers to the others."""
    return question.required and _holds(question.ask_if, answers)


def _holds(condition: Mapping[str, tuple[str, ...]], answers: Answers) -> bool:
    return all(set(values) & set(_listed(answers.get(key))) for key, values in condition.items())


def _listed(answer: Answer | None) -> list[str]:
    return [] if answer is None else [answer] if isinstance(answer, str) else list(answer)


class Trouble(StrEnum):
    """What can be wrong with an answer."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    UNKNOWN_PLACE = "unknown-place"


def take(
    step: Step, given: Mapping[str, Iterable[str]], before: Answers
) -> tuple[dict[str, Answer], dict[str, Trouble]]:
    """What was sent of a step: the answers that count, and what is wrong, by question."""
    answers: dict[str, Answer] = {}
    troubles: dict[str, Trouble] = {}
    for question in step.questions:
        values = [value.strip()[:LONGEST_ANSWER] for value in given.get(question.key, ()) if value.strip()]
        if values and (trouble := _trouble(question, values)):
            troubles[question.key] = trouble
        elif values:
            answers[question.key] = values if question.kind is Kind.MULTI else values[0]
    for question in step.questions:
        if not _holds(question.ask_if, {**before, **answers}):
            answers.pop(question.key, None)
            troubles.pop(question.key, None)
        elif question.required and question.key not in answers and question.key not in troubles:
            troubles[question.key] = Trouble.MISSING
    return answers, troubles


def _trouble(question: Question, values: Sequence[str]) -> Trouble | None:
    if question.kind is Kind.PLACE:
        return None if places.find(values[0]) else Trouble.UNKNOWN_PLACE
    known = {option.value for option in question.options}
    return None if known.issuperset(values) else Trouble.UNKNOWN


def clean(questionnaire: Questionnaire, answers: Answers) -> dict[str, Answer]:
    """Only answers that this version still asks for and knows, in its order; nobody keeps what isn't asked."""
    kept: dict[str, Answer] = {}
    for step in questionnaire.steps:
        if _holds(step.ask_if, kept):
            given = {question.key: _listed(answers.get(question.key)) for question in step.questions}
            kept |= take(step, given, kept)[0]
    return kept


def open_step(questionnaire: Questionnaire, answers: Answers) -> Step | None:
    """The first step that lacks an answer; None once all is answered."""
    for step in asked(questionnaire, answers):
        if any(needed(question, answers) and question.key not in answers for question in step.questions):
            return step
    return None
