# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How words are cut and reduced to their stems, the same for what is stored and for what is asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

#: Languages that tantivy has a stemmer for. Another one is searched by whole words and beginnings.
STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
#: Languages with a list of words that say little by themselves: of, the, van, de.
STOPWORDS = frozenset({"da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "no", "pt", "ru", "sv"})
#: What is longer is no word; Dutch compounds stay below it.
LONGEST_WORD = 60
#: Nobody asks with more; the rest is left out.
MOST_WORDS = 12
LONGEST_QUESTION = 500

KEYS = "keys"


@cache
def analyzer(language: str = "") -> TextAnalyzer:
    """Cuts text into words without case and accents, so that Fryslân is fryslan, and stems them."""
    return _builder(language).build()


@cache
def _telling(language: str) -> TextAnalyzer:
    """Cuts likewise, without stems and without words that say little by themselves."""
    builder = _builder("")
    if language in STOPWORDS:
        builder = builder.filter(Filter.stopword(STEMMERS[language]))
    return builder.build()


def _builder(language: str) -> TextAnalyzerBuilder:
    builder = (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
    return builder.filter(Filter.stemmer(STEMMERS[language])) if language in STEMMERS else builder


@cache
def key_analyzer() -> TextAnalyzer:
    """Takes a code as one word, without case: E3, energie-academy."""
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


@dataclass(frozen=True)
class Question:
    """What was asked: its words, and whether the last one may be the beginning of a longer one."""

    words: tuple[str, ...]
    open_ended: bool
    codes: tuple[str, ...]

    def stems(self, language: str) -> dict[str, str]:
        """Each word's stem in this language."""
        return {word: next(iter(analyzer(language).analyze(word)), word) for word in self.words}


def question(asked: str, language: str) -> Question:
    """The question in these words, whatever else was typed: signs and operators mean nothing here."""
    asked = asked[:LONGEST_QUESTION].replace("\0", " ").encode(errors="replace").decode()
    every = list(dict.fromkeys(analyzer().analyze(asked)))[:MOST_WORDS]
    telling = [word for word in dict.fromkeys(_telling(language).analyze(asked)) if word in every]
    codes = dict.fromkeys(code for part in [asked, *asked.split()] for code in key_analyzer().analyze(part.strip()))
    return Question(
        words=tuple(telling or every),
        open_ended=bool(asked) and not asked[-1].isspace() and bool(every) and (telling or every)[-1] == every[-1],
        codes=tuple(codes)[: MOST_WORDS + 1],
    )
