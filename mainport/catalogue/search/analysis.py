# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How texts are cut into words and reduced to stems: the same for what is stored and for what is asked.

Each text is cut by the analyser of its own language, and all texts go into the same fields of the index: a question
is looked up by its stems in every language, so that a name is found in whatever language it stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from tantivy import Filter, PreTokenizedString, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from mainport.catalogue.search.documents import LANGUAGES, UNKNOWN

#: The names by which tantivy knows the languages of LANGUAGES.
STEMMERS = {"nl": "dutch", "en": "english"}
#: What is longer is no word; Dutch compounds stay below it.
LONGEST_WORD = 60
#: Words of questions that are remembered: few are asked often, and each costs two calls into the index's library.
_KEPT = 65_536
#: Words that say nothing are no longer than this; the longest of tantivy's lists has seven letters.
LONGEST_SMALL = 10
#: They are looked for among so many words of a language.
_OFTEN = 10_000
ANALYSED = (*LANGUAGES, UNKNOWN)


@cache
def analyser(language: str) -> TextAnalyzer:
    """Words without case and accents (Fryslân is fryslan), without those that say nothing by themselves, as stems."""
    if language not in STEMMERS:
        return plain()
    name = STEMMERS[language]
    return _builder().filter(Filter.stopword(name)).filter(Filter.ascii_fold()).filter(Filter.stemmer(name)).build()


@cache
def plain() -> TextAnalyzer:
    """Words without case and accents, as they are."""
    return _builder().filter(Filter.ascii_fold()).build()


@cache
def _stemmer(language: str) -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer(STEMMERS[language])).build()


@cache
def _telling(language: str) -> TextAnalyzer:
    return _builder().filter(Filter.stopword(STEMMERS[language])).build()


def _builder() -> TextAnalyzerBuilder:
    return TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST_WORD)).filter(Filter.lowercase())


def words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    return plain().analyze(text)


def tokens(text: str, language: str) -> PreTokenizedString:
    """The stems of a text with their places, in the index's own form."""
    return analyser(language).pre_tokenize(text)


@lru_cache(maxsize=_KEPT)
def stem(word: str, language: str) -> str:
    """The stem of one word that is already without case and accents."""
    if language not in STEMMERS:
        return word
    return _stemmer(language).analyze(word)[0]


@lru_cache(maxsize=_KEPT)
def stems(word: str) -> tuple[str, ...]:
    """The stems of one word in every language, each once: the first one is the Dutch one."""
    found = [_stemmer(language).analyze(word)[0] for language in LANGUAGES]
    return tuple(dict.fromkeys([*found, word]))


@lru_cache(maxsize=_KEPT)
def says_something(word: str, language: str) -> bool:
    """Whether the word is more than an article, a pronoun or an auxiliary in this language."""
    return language not in STEMMERS or bool(_telling(language).analyze(word))


@cache
def small_words() -> frozenset[str]:
    """The words that say nothing in some language: each is among those that are written most."""
    from wordfreq import top_n_list

    return frozenset(
        word
        for language in LANGUAGES
        for word in top_n_list(language, _OFTEN)
        if len(word) <= LONGEST_SMALL and not says_something(word, language)
    )


def telling(found: Iterable[str], language: str | Callable[[], str]) -> list[str]:
    """Those of the words that say something; all of them where none does. The language is asked for where it counts."""
    every = list(found)
    if small_words().isdisjoint(every):
        return every
    told = language if isinstance(language, str) else language()
    return [word for word in every if says_something(word, told)] or every
