# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""The grammar of what people type: "a phrase", -without, author:name, title:"a phrase"; and words.

Nothing is refused: a quotation mark that isn't closed, a minus by itself and a field that doesn't exist are read as
what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mainport.catalogue.search.analysis import telling, words

#: Nobody asks with more; the rest is left out.
MOST_WORDS = 60
#: But a whole paragraph may be put as a question by a program.
MOST_PLAIN_WORDS = 250
LONGEST_QUESTION = 2_000
#: The names of a field, in both languages.
FIELDS = {
    "author": "names",
    "auteur": "names",
    "person": "names",
    "persoon": "names",
    "organisation": "names",
    "organisatie": "names",
    "title": "title",
    "titel": "title",
    "text": "text",
    "tekst": "text",
    "doi": "identifier",
    "isbn": "identifier",
    "id": "identifier",
}

_PART = re.compile(
    r"""(?P<sign>(?<!\S)[-+])?
        (?:(?P<field>[^\W\d_]+):(?=\S))?
        (?:"(?P<phrase>[^"]*)"|[“„](?P<curled>[^“”„"]*)[”“]|(?P<word>\S+))""",
    re.VERBOSE,
)

#: What has any of this may be more than words.
_GRAMMAR = re.compile(r"""["“„:]|(?<!\S)[-+]|\b(?:AND|OR|NOT)\b""")
_OPERATOR = re.compile(r"(?<!\S)(?:(?P<no>NOT)|AND|OR)\s+(?=\S)")
_JOINED = re.compile(r"[^\W_]+(?:[-.\u2010\u2011][^\W_]+)+")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words that must stand next to each other where there are several; in one field, or in any ('')."""

    words: tuple[str, ...]
    field: str = ""
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: loose words, those of them that say something, and clauses that must hold or must not."""

    asked: str
    words: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    #: What was asked without its grammar, as it was typed: what is embedded.
    plain: str = ""
    #: Words that were written as one with a hyphen or a point between them, and how they are written without.
    joined: tuple[tuple[tuple[str, ...], str], ...] = ()

    @property
    def empty(self) -> bool:
        return not self.words and not self.clauses

    @property
    def highlighted(self) -> tuple[str, ...]:
        """The words to be marked where they stand."""
        held = [word for clause in self.clauses if not clause.excluded for word in clause.words]
        return tuple(dict.fromkeys((*self.telling, *held)))


def read(asked: str, language: str | Callable[[], str], *, plain_words: bool = False) -> Question:
    """The question in what was typed. `language` tells which small words say nothing, and may be told when that is
    needed; `plain_words` have no grammar."""
    asked = asked[:LONGEST_QUESTION].replace("\0", " ").encode(errors="replace").decode().strip()
    loose: list[str] = []
    plain: list[str] = []
    clauses: list[Clause] = []
    parts: Iterable[re.Match[str]] = ()
    simple = asked.islower() and asked.replace(" ", "").isalnum()
    if plain_words:
        loose, plain = words(asked), [asked]
    elif simple or not _GRAMMAR.search(asked):
        loose, plain = words(asked), asked.split()
    else:
        parts = _PART.finditer(_without_operators(asked))
    for match in parts:
        clause, text = _clause(match)
        if clause:
            if clause.words:
                clauses.append(clause)
            if not clause.excluded and clause.field not in ("names", "identifier"):
                plain.append(text)
        else:
            loose += words(text)
            plain.append(text)
    every = tuple(dict.fromkeys(loose))[: MOST_PLAIN_WORDS if plain_words else MOST_WORDS]
    return Question(
        asked=asked,
        words=every,
        telling=tuple(telling(every, language)),
        clauses=tuple(clauses[:MOST_WORDS]),
        plain=" ".join(plain),
        joined=() if simple else _joined(" ".join(plain)),
    )


def _joined(text: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """e-health is ehealth, A.I. is AI, and 2.000 is 2000."""
    found = [tuple(words(match[0])) for match in _JOINED.finditer(text)]
    return tuple((cut, "".join(cut)) for cut in found if len(cut) > 1)


def _without_operators(asked: str) -> str:
    """NOT is a minus, AND and OR say nothing: every word is asked for, and where nothing holds all, any. Written in
    capitals among other letters; who writes everything in capitals means words."""
    if asked.isupper():
        return asked
    return _OPERATOR.sub(lambda match: "-" if match["no"] else "", asked)


def _clause(match: re.Match[str]) -> tuple[Clause | None, str]:
    """The clause of a part, if it is one, and its text without signs."""
    sign, field = match["sign"], FIELDS.get((match["field"] or "").lower(), "")
    quoted = match["phrase"] if match["phrase"] is not None else match["curled"]
    text = quoted if quoted is not None else match["word"].strip('"')
    if match["field"] and not field:
        text = f"{match['field']}:{text}"
    if quoted is None and not sign and not field:
        return None, text
    found = (text.strip().lower(),) if field == "identifier" else tuple(words(text))
    return Clause(found, field, excluded=sign == "-"), text
