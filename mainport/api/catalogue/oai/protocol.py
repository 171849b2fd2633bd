# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What a harvester may ask: the six verbs with their arguments, and the errors by which others are told off.

Pure: pairs of words in, a question or a list of errors out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

#: By verb: the arguments that it needs, and those that it may have.
ARGUMENTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set", "resumptionToken"})),
}

_MARKS = r"[A-Za-z0-9\-_.!~*'()]"
_PREFIX = re.compile(f"{_MARKS}+")
_SET = re.compile(f"{_MARKS}+(?::{_MARKS}+)*")
#: What a URI is made of (RFC 3986); more isn't echoed, since the schema asks for one.
_URI = re.compile(r"(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9\-._~:/?@!$&'()*+,;=])+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True)
class Error:
    """An error by its code in the protocol."""

    code: str
    message: str


class Refused(Exception):
    """The question is answered with these errors."""

    def __init__(self, *errors: Error) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))

    @classmethod
    def because(cls, code: str, message: str) -> Refused:
        return cls(Error(code, message))

    @property
    def echoes(self) -> bool:
        """Whether the answer may repeat what was asked: not where that itself was wrong."""
        return not any(error.code in ("badVerb", "badArgument") for error in self.errors)


@dataclass(frozen=True)
class Question:
    """A question that can be meant. `since` is included and `before` isn't, to the second."""

    verb: str
    arguments: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None
    before: datetime | None = None

    def get(self, name: str) -> str:
        return self.arguments.get(name, "")

    @property
    def echoed(self) -> dict[str, str]:
        """The attributes of <request>."""
        said = {"verb": self.verb, **self.arguments}
        return {name: words for name, words in said.items() if name != "identifier" or _URI.fullmatch(words)}


def parse(pairs: Iterable[tuple[str, str]]) -> Question:
    """The question that these arguments ask. Raises Refused with all that is wrong with them."""
    given: dict[str, list[str]] = {}
    for name, words in pairs:
        given.setdefault(name, []).append(words)
    verbs = given.pop("verb", [])
    if len(verbs) != 1 or verbs[0] not in ARGUMENTS:
        found = "no verb" if not verbs else "several verbs" if len(verbs) > 1 else f"the verb {verbs[0][:80]!r}"
        raise Refused.because("badVerb", f"Found {found}; ask with one of {', '.join(ARGUMENTS)}.")
    verb = verbs[0]
    errors = list(_illegal(verb, given))
    errors += _missing(verb, given)
    since, before = _period(given, errors)
    if errors:
        raise Refused(*errors)
    return Question(verb, {name: words[0] for name, words in given.items()}, since, before)


def _illegal(verb: str, given: dict[str, list[str]]) -> Iterable[Error]:
    needed, possible = ARGUMENTS[verb]
    for name, words in given.items():
        if name not in needed | possible:
            known = ", ".join(sorted(needed | possible)) or "none"
            yield _bad(f"{verb} has no argument {name[:80]!r}; it has: {known}.")
        elif len(words) > 1:
            yield _bad(f"The argument {name} stands there {len(words)} times.")
        elif not words[0]:
            yield _bad(f"The argument {name} is empty.")
        elif (form := {"metadataPrefix": _PREFIX, "set": _SET}.get(name)) and not form.fullmatch(words[0]):
            yield _bad(f"The argument {name} has signs in it that it can't have.")


def _missing(verb: str, given: dict[str, list[str]]) -> Iterable[Error]:
    if "resumptionToken" in given and "resumptionToken" in ARGUMENTS[verb][1]:
        if len(given) > 1:
            others = ", ".join(sorted(name[:80] for name in given.keys() - {"resumptionToken"}))
            yield _bad(f"A resumptionToken stands alone; take away: {others}.")
        return
    for name in sorted(ARGUMENTS[verb][0] - given.keys()):
        yield _bad(f"{verb} needs the argument {name}.")


def _bad(message: str) -> Error:
    return Error("badArgument", message)


def _period(given: dict[str, list[str]], errors: list[Error]) -> tuple[datetime | None, datetime | None]:
    """From and until, as moments between which the datestamps lie."""
    said = {name: given[name][0] for name in ("from", "until") if name in given and given[name][0]}
    moments: dict[str, datetime] = {}
    for name, words in said.items():
        moment = _moment(words)
        if moment is None:
            errors.append(_bad(f"{name} is {words[:40]!r}; write YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ."))
        else:
            moments[name] = moment
    if len(moments) == 2:
        if len(said["from"]) != len(said["until"]):
            errors.append(_bad("from and until must both be days, or both be seconds."))
        elif moments["from"] > moments["until"]:
            errors.append(_bad("from is later than until."))
    until = moments.get("until")
    if until is not None:
        step = timedelta(days=1) if _DAY.fullmatch(said["until"]) else timedelta(seconds=1)
        # The last moment of the calendar has none after it.
        until = until + step if until < datetime.max.replace(tzinfo=UTC) - step else datetime.max.replace(tzinfo=UTC)
    return moments.get("from"), until


def _moment(words: str) -> datetime | None:
    try:
        if _DAY.fullmatch(words):
            return datetime.combine(date.fromisoformat(words), datetime.min.time(), UTC)
        if _SECOND.fullmatch(words):
            return datetime.strptime(words, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    return None


def stamp(moment: datetime) -> str:
    """A moment as the protocol writes it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
