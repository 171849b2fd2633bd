# SPDX-FileCopyrightText: 2026 The Mainport founders
# SPDX-License-Identifier: EUPL-1.2
"""What all texts of one language have in common in a model's eyes, and how alike two of them are by chance.

A model knows in which language a text is, and puts texts of one language nearer to each other than what they say
deserves; that common part is taken away. Similarities are then told in standard deviations above chance, so that
those of two models, and of short and long texts, can be added. Both are measured on this product's own texts, which
exist in Dutch and in English (bench/search_centres.py), never on a judged collection.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np

from mainport.catalogue.search.documents import LANGUAGES
from mainport.catalogue.search.embedding import Matrix, Role


@cache
def _measured() -> dict[str, np.ndarray]:
    with resources.files("mainport.catalogue").joinpath("data", "centres.npz").open("rb") as file:
        return dict(np.load(file))


@cache
def centre(encoder: str, role: Role, language: str) -> Matrix:
    """The common part of texts in this language; of all languages where it is none of ours."""
    measured = _measured()
    chosen = [language] if language in LANGUAGES else LANGUAGES
    found: Matrix = np.mean([measured[f"{encoder}/{role}/{one}"] for one in chosen], axis=0, dtype=np.float32)
    return found


@cache
def spread(encoder: str, role: Role) -> float:
    """The standard deviation of the similarity of a question and an arbitrary text that was embedded in this role."""
    return float(_measured()[f"{encoder}/{role}/spread"])


def centred(vectors: Matrix, encoder: str, role: Role, language: str) -> Matrix:
    """The vectors without what is common to their language, at length 1."""
    moved = vectors - centre(encoder, role, language)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    found: Matrix = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return found
