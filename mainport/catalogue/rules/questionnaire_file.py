# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Reads a questionnaire out of YAML and checks it: every fault is told, with where it is and what was expected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import yaml

from mainport.catalogue.rules.digcomp import framework
from mainport.catalogue.rules.faults import Fault, Refused
from mainport.catalogue.rules.questionnaire import FACTS, NEEDED, Kind, Option, Question, Questionnaire, Step

LANGUAGES = ("nl", "en")
LONGEST_TEXT = 1000
#: A file larger than this is none of ours.
LARGEST = 256 * 1024

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FREE = {"distance": r"\d{1,3}|any", "price": r"\d{1,4}|any", "language": r"[a-z]{2,3}"}


def embedded() -> dict[str, Any]:
    """The questionnaire that comes with Mainport, as its file says."""
    source = resources.files("mainport.catalogue") / "data" / "digitale-academie.yaml"
    return parse(source.read_bytes())


def parse(data: bytes | str) -> dict[str, Any]:
    """A YAML file as a mapping. Raises Refused, with the line where it can't be read."""
    if len(data) > LARGEST:
        raise Refused([Fault("", f"{len(data)} bytes", f"at most {LARGEST} bytes")])
    try:
        # The events first: a few lines of aliases can stand for gigabytes ("billion laughs").
        for event in yaml.parse(data, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 0
                raise Refused([Fault(f"line {line}", f"*{event.anchor}", "the text itself, not an alias")])
        content = yaml.safe_load(data)
    except Refused:  # It is a ValueError too, and says already what is wrong.
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        found = getattr(error, "problem", None) or str(error).split("\n")[0]
        raise Refused([Fault(where, str(found), "YAML")]) from error
    except (UnicodeError, RecursionError, ValueError) as error:
        raise Refused([Fault("", type(error).__name__, "YAML in UTF-8")]) from error
    if not isinstance(content, dict):
        raise Refused([Fault("", type(content).__name__, "a mapping with key, title and steps")])
    return content


def read(content: Mapping[str, Any]) -> Questionnaire:
    """The questionnaire in this mapping. Raises Refused with everything that is wrong with it."""
    reader = _Reader()
    found = reader.questionnaire(content)
    if not reader.faults:
        reader.conditions(found)
    if reader.faults:
        raise Refused(reader.faults)
    return found


class _Reader:
    """Reads part by part and goes on after a fault, so that all are told at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, where: str, found: object, expected: str) -> None:
        self.faults.append(Fault(where, str(found)[:100] if found is not None else "", expected))

    def questionnaire(self, content: Mapping[str, Any]) -> Questionnaire:
        self.known("", content, "key", "title", "intro", "libraries", "scale", "steps")
        scale = self.options("scale", content.get("scale"), about="scale")
        steps = []
        for position, step in enumerate(self.items("steps", content.get("steps"))):
            steps.append(self.step(f"steps[{position}]", step, scale))
        self.once("steps", [step.key for step in steps])
        questions = [question for step in steps for question in step.questions]
        self.once("questions", [question.key for question in questions])
        self.once("about", [question.about for question in questions if question.about])
        for fact in NEEDED:
            if all(question.about != fact for question in questions):
                self.fault("steps", None, f"a question about {fact}: no offer can be made without it")
        return Questionnaire(
            key=self.key("key", content.get("key")),
            title=self.texts("title", content.get("title")),
            intro=self.texts("intro", content.get("intro")),
            steps=tuple(steps),
            libraries=tuple(str(name) for name in self.items("libraries", content.get("libraries", []), of=str)),
        )

    def step(self, where: str, content: Mapping[str, Any], scale: tuple[Option, ...]) -> Step:
        self.known(where, content, "key", "title", "lead", "ask_if", "area", "questions")
        if "area" in content:
            if "questions" in content:
                self.fault(f"{where}.questions", "questions", "none, where an area is named")
            questions = self.of_area(where, content["area"], scale)
        else:
            questions = tuple(
                self.question(f"{where}.questions[{position}]", question, scale)
                for position, question in enumerate(self.items(f"{where}.questions", content.get("questions")))
            )
        return Step(
            key=self.key(f"{where}.key", content.get("key")),
            title=self.texts(f"{where}.title", content.get("title")),
            lead=self.texts(f"{where}.lead", content["lead"]) if "lead" in content else {},
            questions=questions,
            ask_if=self.condition(f"{where}.ask_if", content.get("ask_if")),
        )

    def of_area(self, where: str, number: object, scale: tuple[Option, ...]) -> tuple[Question, ...]:
        area = next((one for one in framework().areas if one.number == number), None)
        if area is None:
            self.fault(f"{where}.area", number, "an area of DigComp 2.2, from 1 to 5")
            return ()
        return tuple(
            Question(
                key=f"can-{one.code.replace('.', '-')}",
                kind=Kind.SCALE,
                text=one.question,
                options=scale,
                competence=one.code,
            )
            for one in area.competences
        )

    def question(self, where: str, content: Mapping[str, Any], scale: tuple[Option, ...]) -> Question:
        self.known(
            where, content, "key", "about", "kind", "text", "help", "options", "required", "competence", "ask_if"
        )
        kind = self.kind(f"{where}.kind", content.get("kind"))
        about = str(content.get("about", ""))
        if about and about not in FACTS:
            self.fault(f"{where}.about", about, f"one of {', '.join(FACTS)}, or nothing")
            about = ""
        if about and kind is not FACTS[about][0]:
            self.fault(f"{where}.kind", kind, f"{FACTS[about][0]}, for a question about {about}")
        competence = str(content.get("competence", ""))
        if competence and framework().competence(competence) is None:
            self.fault(f"{where}.competence", competence, "a competence of DigComp 2.2, from 1.1 to 5.4")
        if (kind is Kind.SCALE) != bool(competence):
            self.fault(f"{where}.competence", competence, "a competence for a scale, and for nothing else")
        options: tuple[Option, ...] = ()
        if kind is Kind.SCALE:
            options = scale
        elif kind in (Kind.SINGLE, Kind.MULTI):
            options = self.options(f"{where}.options", content.get("options"), about=about)
        elif "options" in content:
            self.fault(f"{where}.options", "options", "none, for a place")
        required = content.get("required", True)
        if not isinstance(required, bool):
            self.fault(f"{where}.required", required, "true or false")
        return Question(
            key=self.key(f"{where}.key", content.get("key")),
            kind=kind,
            text=self.texts(f"{where}.text", content.get("text")),
            help=self.texts(f"{where}.help", content["help"]) if "help" in content else {},
            options=options,
            about=about,
            competence=competence,
            required=bool(required),
            ask_if=self.condition(f"{where}.ask_if", content.get("ask_if")),
        )

    def kind(self, where: str, said: object) -> Kind:
        if said in set(Kind):
            return Kind(str(said))
        self.fault(where, said, f"one of {', '.join(Kind)}")
        return Kind.SINGLE

    def options(self, where: str, content: object, *, about: str) -> tuple[Option, ...]:
        found = []
        for position, option in enumerate(self.items(where, content)):
            at = f"{where}[{position}]"
            self.known(at, option, "value", "level", "text")
            value = option.get("value")
            if not isinstance(value, str) or not _KEY.fullmatch(value):
                self.fault(f"{at}.value", value, 'a word of a-z, 0-9 and -, in quotes where it is a number ("5")')
                value = ""
            elif about in FACTS:
                self.value(f"{at}.value", value, about)
            level = option.get("level")
            if level is None:
                if about in ("ease", "scale"):
                    self.fault(f"{at}.level", level, "a level from 0 to 8")
            elif isinstance(level, bool) or not isinstance(level, int) or not 0 <= level <= 8:
                self.fault(f"{at}.level", level, "a level from 0 to 8")
                level = None
            found.append(Option(value, self.texts(f"{at}.text", option.get("text")), level))
        if len(found) < 2 and content is not None:
            self.fault(where, f"{len(found)} of them", "at least two to choose from")
        self.once(where, [option.value for option in found])
        return tuple(found)

    def value(self, where: str, value: str, about: str) -> None:
        allowed = FACTS[about][1]
        if allowed and value not in allowed:
            self.fault(where, value, f"one of {', '.join(sorted(allowed))}")
        elif about in _FREE and not re.fullmatch(_FREE[about], value):
            what = {"distance": "kilometres or any", "price": "euros or any", "language": "the code of a language"}
            self.fault(where, value, what[about])

    def condition(self, where: str, content: object) -> dict[str, tuple[str, ...]]:
        if content is None:
            return {}
        if not isinstance(content, dict):
            self.fault(where, content, "questions with the answers upon which this is asked")
            return {}
        return {
            str(key): tuple(str(value) for value in self.items(f"{where}.{key}", values, of=str))
            for key, values in content.items()
        }

    def conditions(self, found: Questionnaire) -> None:
        """A condition may name what was asked before, and answers that can be given to it."""
        before: dict[str, Question] = {}
        for number, step in enumerate(found.steps):
            self.condition_holds(f"steps[{number}].ask_if", step.ask_if, before)
            for position, question in enumerate(step.questions):
                # Of the same screen too: there it counts when the screen was sent.
                self.condition_holds(f"steps[{number}].questions[{position}].ask_if", question.ask_if, before)
                before[question.key] = question

    def condition_holds(
        self, where: str, condition: Mapping[str, tuple[str, ...]], before: Mapping[str, Question]
    ) -> None:
        for key, values in condition.items():
            question = before.get(key)
            if question is None:
                self.fault(f"{where}.{key}", key, "a question that was asked before")
                continue
            known = {option.value for option in question.options}
            for value in values:
                if value not in known:
                    self.fault(f"{where}.{key}", value, f"one of {', '.join(sorted(known))}")

    def texts(self, where: str, content: object) -> dict[str, str]:
        if not isinstance(content, dict):
            self.fault(where, content, "a text in nl and en")
            return {}
        self.known(where, content, *LANGUAGES)
        for language in LANGUAGES:
            said = content.get(language)
            if not isinstance(said, str) or not said.strip():
                self.fault(f"{where}.{language}", said, "a text")
            elif len(said) > LONGEST_TEXT:
                self.fault(f"{where}.{language}", f"{len(said)} characters", f"at most {LONGEST_TEXT}")
        return {language: str(content.get(language, "")).strip() for language in LANGUAGES}

    def key(self, where: str, said: object) -> str:
        if isinstance(said, str) and _KEY.fullmatch(said) and len(said) <= 40:
            return said
        self.fault(where, said, "a name of at most 40 characters: a-z, 0-9 and -")
        return ""

    def items(self, where: str, content: object, *, of: type = dict) -> list[Any]:
        if not isinstance(content, list):
            self.fault(where, content, "a list")
            return []
        for position, item in enumerate(content):
            if not isinstance(item, of):
                self.fault(f"{where}[{position}]", item, "a text, in quotes" if of is str else "a mapping")
        return [item for item in content if isinstance(item, of)]

    def known(self, where: str, content: Mapping[str, Any], *fields: str) -> None:
        for name in content:
            if name not in fields:
                self.fault(f"{where}.{name}".strip("."), name, f"one of {', '.join(fields)}")

    def once(self, where: str, names: Sequence[str]) -> None:
        for name in dict.fromkeys(names):
            if name and names.count(name) > 1:
                self.fault(where, name, f"{name} once")
