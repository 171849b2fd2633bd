# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Splits Dutch compounds: aardbevingsschade is aardbeving and schade.

Of all ways to cut a word into words of the dictionary, with a linking -s-, -e-, -en- or -er- between them, the one is
taken whose parts are written most often (Koehn & Knight 2003: the geometric mean of their counts), unless the whole
word is written more often than that. The dictionary is that of wordfreq with the region's own terms.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

#: A compound has two parts of at least so many letters; shorter ones cut words into chance pieces.
SHORTEST_PART = 4
SHORTEST_COMPOUND = 2 * SHORTEST_PART
LONGEST_COMPOUND = 60
MOST_PARTS = 4
#: What may stand between two parts, by its first letter.
LINKS = {"s": ("s",), "e": ("e", "en", "er")}
#: A word that is long enough for a compound.
LONG_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST_COMPOUND},}}")
#: Parts below these counts (of a billion words) are chance; short ones more often than long ones.
LEAST_OFTEN = {4: 2e-6, 5: 5e-7}
LEAST = 2e-7
#: What a term of the region counts at least.
OF_THE_REGION = 2e-5
#: A link is less likely than none, so that "bedrijfs-leider" wins from chance and "bedrijf-sleider" loses.
LINK_COST = 0.5
#: Of two cuts the one with fewer parts: ziekenhuis-apotheker, and not ziek-huis-apotheker.
PART_COST = 1.0


@cache
def dictionary() -> dict[str, float]:
    """Words without accents that may be part of a compound, with the logarithm of how often they are written."""
    from wordfreq import get_frequency_dict

    from mainport.catalogue.search.analysis import says_something

    never = _list("compound-affixes.txt")
    found: dict[str, float] = {}
    for word, often in get_frequency_dict("nl", "best").items():
        if word.isalpha() and len(word) >= SHORTEST_PART and often >= LEAST_OFTEN.get(len(word), LEAST):
            plain = fold(word)
            if plain.isascii() and plain not in never:
                found[plain] = max(found.get(plain, -99.0), math.log(often))
    for term in region_terms():
        found[term] = max(found.get(term, -99.0), math.log(OF_THE_REGION))
    return {word: often for word, often in found.items() if len(word) > 6 or says_something(word, "nl")}


@cache
def whole_words() -> dict[str, float]:
    """How often every word is written, compounds too, as a logarithm."""
    from wordfreq import get_frequency_dict

    return {fold(word): math.log(often) for word, often in get_frequency_dict("nl", "best").items() if len(word) >= 8}


@cache
def region_terms() -> frozenset[str]:
    """Words that the region builds compounds with and that general counts hardly know."""
    return _list("region-terms.txt")


def _list(name: str) -> frozenset[str]:
    text = resources.files("mainport.catalogue").joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(fold(line) for line in lines if line)


def fold(word: str) -> str:
    """Without case and accents."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(char))


@lru_cache(maxsize=10_000)
def parts(word: str) -> tuple[str, ...]:
    """The parts of a compound, without their links; nothing where the word is no compound. `word` is folded."""
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or not word.isascii():
        return ()
    known = dictionary()
    best = _best(word, known)
    if best is None:
        return ()
    mean, found = best
    # A word that is itself written more often than its parts would be by chance is a word of its own.
    if whole_words().get(word, -99.0) > mean:
        return ()
    return found


def _best(word: str, known: dict[str, float]) -> tuple[float, tuple[str, ...]] | None:
    """The cut with the highest mean, by the best cut of each beginning into each number of parts."""
    size = len(word)
    begins = _beginnings()
    # ways[place][number of parts] = (sum of the logarithms, parts), where `place` is past a part and its link.
    ways: list[dict[int, tuple[float, tuple[str, ...]]] | None] = [None] * (size + 1)
    ways[0] = {0: (0.0, ())}
    for start in range(size - SHORTEST_PART + 1):
        before = ways[start]
        if before is None or word[start : start + SHORTEST_PART] not in begins:
            continue
        for end in range(start + SHORTEST_PART, size + 1 if start else size):
            often = known.get(word[start:end])
            # A part ends where the word does, or with room for another one.
            if often is None or size - SHORTEST_PART < end < size:
                continue
            for after in _ends(word, end, size):
                score = often if after == end else often - LINK_COST
                held = ways[after]
                if held is None:
                    held = ways[after] = {}
                for number, (total, found) in before.items():
                    if number < MOST_PARTS and (number + 1 not in held or held[number + 1][0] < total + score):
                        held[number + 1] = (total + score, (*found, word[start:end]))
    ended = [
        (total / number - PART_COST * (number - 2), found)
        for number, (total, found) in (ways[size] or {}).items()
        if number > 1
    ]
    return max(ended, default=None)


def _ends(word: str, end: int, size: int) -> list[int]:
    """Where the next part may begin: right here, or after a link."""
    found = [end]
    for link in LINKS.get(word[end], ()) if end < size else ():
        after = end + len(link)
        if after <= size - SHORTEST_PART and word.startswith(link, end):
            found.append(after)
    return found


@cache
def _beginnings() -> frozenset[str]:
    """The first letters of the words that may be part of a compound."""
    return frozenset(word[:SHORTEST_PART] for word in dictionary())
