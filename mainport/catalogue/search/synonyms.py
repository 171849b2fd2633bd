# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What means the same in the region: abbreviations, names and subjects in both languages (data/synonyms.yaml); and
what is written as one word, as two, or with a hyphen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from mainport.catalogue.search.analysis import words
from mainport.catalogue.search.detection import _frequencies

#: The longest name of the list is looked for in so many words.
LONGEST = 6


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name[0] for name in _meanings() if name)


@cache
def _meanings() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    import yaml

    text = resources.files("mainport.catalogue").joinpath("data", "synonyms.yaml").read_text(encoding="utf-8")
    found: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
    for group in yaml.safe_load(text)["groups"]:
        names = list(dict.fromkeys(tuple(words(str(name))) for name in group))
        for name in names:
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *(other for other in names if other != name))))
    return found


def synonyms(asked: Sequence[str]) -> list[tuple[int, int, tuple[tuple[str, ...], ...]]]:
    """Where in the words a known name begins and ends, with its other names; the longest name at each place."""
    begins = _first_words()
    if begins.isdisjoint(asked):
        return []
    meanings = _meanings()
    found: list[tuple[int, int, tuple[tuple[str, ...], ...]]] = []
    at = 0
    while at < len(asked):
        for size in range(min(LONGEST, len(asked) - at), 0, -1):
            others = meanings.get(tuple(asked[at : at + size]))
            if others:
                found.append((at, at + size, others))
                at += size
                break
        else:
            at += 1
    return found


#: Words that others, of at least so many letters, are written on to with a hyphen, or without.
BEFORE = (
    "ai", "co", "co2", "cv", "e", "eu", "ggz", "havo", "hbo", "ict", "it", "mbo", "mkb", "off", "on", "ov", "pc", "tv",
    "vmbo", "vr", "vwo", "wo", "zzp",
)  # fmt: skip
SHORTEST_AFTER = 4
#: … and so often written.
OFTEN = 1e-6
#: What is written in both ways with less after it.
SHORT = {"wifi": ("wi", "fi"), "hifi": ("hi", "fi"), "popup": ("pop", "up"), "startup": ("start", "up")}


def _often(word: str) -> float:
    return max(often.get(word, 0.0) for often in _frequencies())


def spelled(
    asked: Sequence[str], joined: Sequence[tuple[tuple[str, ...], str]]
) -> list[tuple[int, int, tuple[tuple[str, ...], ...]]]:
    """Where in the words something begins and ends that others write as one word (e-health is ehealth), or with a
    hyphen (wifi is wi-fi), and how; as `synonyms` has it."""
    found: list[tuple[int, int, tuple[tuple[str, ...], ...]]] = []
    for cut, whole in joined:
        for at in range(len(asked) - len(cut) + 1):
            if tuple(asked[at : at + len(cut)]) == cut:
                found.append((at, at + len(cut), ((whole,),)))
    for at, word in enumerate(asked):
        if word in SHORT:
            found.append((at, at + 1, (SHORT[word],)))
        elif word.startswith(BEFORE):
            for before in BEFORE:
                after = word[len(before) :]
                if len(after) >= SHORTEST_AFTER and word.startswith(before) and _often(after) >= OFTEN:
                    found.append((at, at + 1, ((before, after),)))
    return found
