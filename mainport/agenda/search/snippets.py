# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Where in a text the words stand that were asked for, as safe HTML."""

from __future__ import annotations

from django.utils.html import escape

from mainport.agenda.search.words import Question, analyzer

#: Characters of a passage, about two lines.
LENGTH = 220
#: Of those, before the first word that was found.
BEFORE = 60


def marked(text: str, language: str, wanted: Question) -> str:
    """The text with the words marked."""
    return _with_marks(text, _places(text, language, wanted), 0, len(text))


def snippet(text: str, language: str, wanted: Question, *, anyway: bool = False) -> str:
    """The passage around the first word that was found; where there is none, '' or (`anyway`) the beginning."""
    text = " · ".join(" ".join(line.split()) for line in text.splitlines())
    places = _places(text, language, wanted)
    if not places and not anyway:
        return ""
    start = _word_start(text, places[0][0] - BEFORE) if places else 0
    end = _word_end(text, start + LENGTH)
    passage = _with_marks(text, places, start, end)
    return ("… " if start > 0 else "") + passage + (" …" if end < len(text) else "")


def _places(text: str, language: str, wanted: Question) -> list[tuple[int, int]]:
    """Beginning and end of each word of the text that answers the question."""
    stems = set(wanted.stems(language).values())
    found = {
        (token.char_offset_from, token.char_offset_to)
        for token in analyzer(language).pre_tokenize(text).tokens
        if token.text in stems
    }
    if wanted.open_ended:
        found |= {
            (token.char_offset_from, token.char_offset_to)
            for token in analyzer().pre_tokenize(text).tokens
            if token.text.startswith(wanted.words[-1])
        }
    return sorted(found)


def _with_marks(text: str, places: list[tuple[int, int]], start: int, end: int) -> str:
    pieces: list[str] = []
    at = start
    for begin, finish in places:
        if begin < at or finish > end:
            continue
        pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:finish]), "</mark>"]
        at = finish
    return "".join([*pieces, escape(text[at:end])])


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > 0 else at
