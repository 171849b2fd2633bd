# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""How alike two texts are, without comparing them word by word: signatures by MinHash, in bands that can be keys."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from mainport.catalogue.rules.names import fold

if TYPE_CHECKING:
    from datasketch import MinHash

#: Signs of a signature, and how many of them make a band: texts that are half the same share a band nearly always.
SIGNS, BAND = 128, 5
#: The same for titles, of which the pieces are three letters.
TITLE_SIGNS, TITLE_BAND = 60, 5
#: Words that a text must have to say anything, that stand together in a piece, and that are read at most.
LEAST, SHINGLE, MOST = 60, 5, 200_000
_SEED = 1
_WIDTH = 4  # Bytes of a sign: what the scheme affine32 gives.


def signature(text: str) -> bytes:
    """The signature of a text by its pieces of five words: 512 bytes to keep; b'' for a text of but a few words."""
    words = re.findall(r"\w+", fold(text[: MOST * 12]))[:MOST]
    if len(words) < LEAST:
        return b""
    pieces = {" ".join(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}
    return _signature(pieces, SIGNS)


def title_signature(title: str) -> bytes:
    """The signature of a title, folded, by its pieces of three letters; b'' for one of but a few letters."""
    if len(title) < 12:
        return b""
    return _signature({title[place : place + 3] for place in range(len(title) - 2)}, TITLE_SIGNS)


def likeness(one: bytes, other: bytes) -> float:
    """Which share of their pieces two texts have in common, about (±0.09); 0 without one of the signatures."""
    if not one or len(one) != len(other):
        return 0.0
    same = sum(one[place : place + _WIDTH] == other[place : place + _WIDTH] for place in range(0, len(one), _WIDTH))
    return same / (len(one) // _WIDTH)


def bands(signed: bytes, size: int) -> Iterator[str]:
    """The bands of a signature, as words that are equal where the bands are."""
    width = size * _WIDTH
    for number, place in enumerate(range(0, len(signed) - width + 1, width)):
        yield f"{number}:{hashlib.blake2b(signed[place : place + width], digest_size=8).hexdigest()}"


def _signature(pieces: Iterable[str], signs: int) -> bytes:
    made = _empty(signs).copy()
    made.update_batch([piece.encode() for piece in pieces])
    return bytes(made.hashvalues.astype("<u4").tobytes())


@cache
def _empty(signs: int) -> MinHash:
    """A signature of nothing, whose permutations all others share; its scheme is fixed, since signatures are kept."""
    from datasketch import MinHash  # Takes a second to load.

    return MinHash(num_perm=signs, seed=_SEED, scheme="affine32")
